//! What an agent may do in a state, so that a desktop enables exactly the buttons that work. Sans-IO.

use crate::model::agent::{Agent, AgentState, WrapUpMode};
use crate::model::system::Platform;

const READY: &str = "MakeReady";
const NOT_READY: &str = "MakeNotReady";
const NOT_READY_REASON: &str = "MakeNotReadyWithReason";
const LOGOUT: &str = "Logout";
const LOGOUT_REASON: &str = "LogoutWithReason";
const FORCE: &str = "ForceLogout";
const CALL: &str = "MakeCall";

/// The RPCs that change the agent and work in its state, from the transitions that Cisco documents
/// (User: change agent state). What Finesse has not told (the state, the platform) allows nothing that may fail.
pub fn actions(agent: &Agent, platform: Option<Platform>) -> &'static [&'static str] {
    use AgentState as S;
    let uccx = platform == Some(Platform::Uccx);
    let chooses = matches!(agent.wrap_up_on_incoming, Some(WrapUpMode::Optional));
    match agent.state {
        S::Unknown => &[],
        S::Logout if uccx => &["Login"],
        S::Logout => &["Login", "MobileAgentLogin"],
        S::NotReady => &[READY, NOT_READY, NOT_READY_REASON, LOGOUT, LOGOUT_REASON, FORCE, CALL],
        S::Ready if uccx => &[NOT_READY, NOT_READY_REASON, LOGOUT, LOGOUT_REASON, FORCE],
        S::Ready => &[NOT_READY, NOT_READY_REASON, FORCE, CALL],
        // A ringing call is answered or not; what a campaign reserved ends with its call.
        S::Reserved | S::ReservedOutbound | S::ReservedOutboundPreview => &[FORCE],
        // On UCCX a state is asked for once in a call, and READY never.
        S::Talking | S::Hold if uccx && agent.pending_state.is_some() => &[FORCE],
        S::Talking | S::Hold if uccx && chooses => &[NOT_READY, NOT_READY_REASON, "MakeWorkNotReady", FORCE],
        S::Talking | S::Hold if uccx => &[NOT_READY, NOT_READY_REASON, FORCE],
        S::Talking | S::Hold if chooses => {
            &[READY, NOT_READY, NOT_READY_REASON, "MakeWorkReady", "MakeWorkNotReady", FORCE]
        }
        S::Talking | S::Hold => &[READY, NOT_READY, NOT_READY_REASON, FORCE],
        S::Work | S::WorkReady => &[READY, NOT_READY, NOT_READY_REASON, FORCE],
    }
}
