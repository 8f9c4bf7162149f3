//! What supervisors do to the members of their teams: READY, NOT_READY and sign-out, without a reason of their own.

use super::agent::{AgentState, Principal, Shown};
use super::error::{ApiError, CtiError};
use super::request::Command;
use super::{UserId, World};
use crate::sim::seed::Category;
use crate::sim::xml::Element;

impl World {
    /// The supervisor and the member, when a supervisor names somebody else; `None` for everybody else.
    ///
    /// # Errors
    /// 401 Invalid Supervisor for a member of no supervised team.
    pub fn acting_on(&self, who: Principal, id: &str) -> Result<Option<(UserId, UserId)>, ApiError> {
        let (Principal::User(by), Some(member)) = (who, self.find_user(id, false)) else { return Ok(None) };
        if by == member || !self.is_supervisor(who) {
            return Ok(None);
        }
        if self.supervises(by, member) { Ok(Some((by, member))) } else { Err(ApiError::invalid_supervisor(id)) }
    }

    /// Whether the member belongs to a team that the user supervises.
    pub(super) fn supervises(&self, by: UserId, member: UserId) -> bool {
        let team = self.users.get(member).map(|member| member.team);
        self.users.get(by).is_some_and(|user| team.is_some_and(|team| user.supervises.contains(&team)))
    }

    /// Checks a supervisor's `PUT /User/<member>`.
    ///
    /// # Errors
    /// The documented 400s; a reason is one of them.
    pub fn check_member_put(&self, by: UserId, member: UserId, body: &Element) -> Result<Command, ApiError> {
        if body.name != "User" {
            return Err(ApiError::bad_request("User"));
        }
        let signed_out = self.users.get(member).is_none_or(|user| user.state == AgentState::Logout);
        let state = match body.text_of("state").ok_or_else(|| ApiError::missing("state"))? {
            "READY" => AgentState::Ready,
            "NOT_READY" => AgentState::NotReady,
            "LOGOUT" if signed_out => {
                return Err(ApiError::invalid_state("The user is already signed out", "state"));
            }
            "LOGOUT" => AgentState::Logout,
            _ => return Err(ApiError::invalid_input("State specified for user", "state")),
        };
        if body.text_of("reasonCodeId").is_some() {
            return Err(ApiError::invalid_input("reasonCodeId specified for user", "reasonCodeId"));
        }
        Ok(Command::Member { user: member, by, state })
    }

    pub(super) fn force_state(&mut self, id: UserId, state: AgentState, now: u64) -> Result<(), CtiError> {
        use AgentState::{Hold, Logout, NotReady, Ready, Reserved, Talking, Work, WorkReady};
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let forced = |category| Some(Shown::system(category, self.platform.forced_code, "Supervisor Action"));
        let wanted = match state {
            NotReady => (state, forced(Category::NotReady)),
            Logout => (state, forced(Category::Logout)),
            _ => (state, None),
        };
        match (user.state, state) {
            (NotReady | Reserved | Talking | Hold, NotReady) => {
                Err(CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE"))
            }
            (Ready | NotReady, Logout) if user.calls.is_empty() => {
                self.enter(id, wanted, now);
                Ok(())
            }
            (Ready | NotReady, Logout) => Err(CtiError::invalid_state("33", "CF_RESOURCE_BUSY")),
            (Reserved | Talking | Hold, Logout) => {
                if let Some(user) = self.users.get_mut(id) {
                    user.pending = Some(wanted);
                }
                self.tell_user(id);
                Ok(())
            }
            (Work | WorkReady, Logout) => {
                self.end_wrap_up(id, wanted, now);
                Ok(())
            }
            _ => self.request_state(id, wanted, now),
        }
    }
}
