//! From a reason as a client named it to the one that Finesse takes.

use super::execute::Lookup;
use super::jobs::{Job, Request};
use super::outcome::Expectation;
use crate::model::id::ReasonId;
use crate::model::reason::{ReasonCode, ReasonKey};
use crate::model::{Error, Reason};

/// What a lookup found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A reason code's id; none where none is needed.
    Code(Option<ReasonId>),
    /// A wrap-up reason's label.
    Label(String),
}

/// Finds a reason in the list that Finesse gave.
///
/// # Errors
/// UNKNOWN_REASON_CODE when the list does not hold it.
pub(super) fn look_up(lookup: &Lookup, list: &[ReasonCode]) -> Result<Found, Error> {
    let unknown = |key: &str| Error::new(Reason::UnknownReasonCode, format!("the agent's list has no reason {key:?}"));
    match lookup {
        Lookup::Code(_, ReasonKey::Id(id)) => {
            let listed = list.iter().any(|reason| reason.id.as_ref() == Some(id));
            if listed { Ok(Found::Code(Some(id.clone()))) } else { Err(unknown(id.as_str())) }
        }
        Lookup::Code(_, ReasonKey::Code(code)) => {
            let listed = list.iter().find(|reason| reason.code == *code && reason.id.is_some());
            listed.map(|reason| Found::Code(reason.id.clone())).ok_or_else(|| unknown(code))
        }
        Lookup::First(_, configured) => {
            let first = || list.iter().find_map(|reason| reason.id.clone());
            Ok(Found::Code(if list.is_empty() { None } else { configured.clone().or_else(first) }))
        }
        // Finesse takes any label; an id of the list stands for its label.
        Lookup::WrapUp(text) if list.iter().any(|reason| reason.label == *text) => Ok(Found::Label(text.clone())),
        Lookup::Member(_) | Lookup::Barge(_) => Ok(Found::Code(None)),
        Lookup::WrapUp(text) => {
            let by_id = list.iter().find(|reason| reason.id.as_ref().is_some_and(|id| id.as_str() == text));
            Ok(Found::Label(by_id.map_or_else(|| text.clone(), |reason| reason.label.clone())))
        }
    }
}

impl Found {
    /// Writes what was found into the request and into the effect that is awaited.
    pub(super) fn enter<W>(self, job: &mut Job<W>) {
        match (self, &mut job.request, &mut job.expectation) {
            (Self::Code(id), Request::SetState(_, reason), expectation) => {
                if let Expectation::AgentState { reason: awaited, .. } = expectation {
                    awaited.clone_from(&id);
                }
                *reason = id;
            }
            (Self::Label(label), Request::CallData(_, wrap_up, _), Expectation::Data { wrap_up_reason, .. }) => {
                *wrap_up = Some(label.clone());
                *wrap_up_reason = Some(label);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reason::ReasonCategory;

    fn reason(id: &str, code: &str, label: &str) -> ReasonCode {
        ReasonCode {
            category: ReasonCategory::NotReady,
            id: Some(id.parse().unwrap()),
            code: code.into(),
            label: label.into(),
            system: false,
            for_all: true,
        }
    }

    #[test]
    fn a_reason_is_found_by_what_names_it() {
        let list = [reason("4", "10", "Lunch"), reason("5", "11", "Break")];
        let code = |key| look_up(&Lookup::Code(ReasonCategory::NotReady, key), &list);
        let id = |id: &str| id.parse::<ReasonId>().unwrap();
        assert_eq!(code(ReasonKey::Id(id("5"))), Ok(Found::Code(Some(id("5")))));
        assert_eq!(code(ReasonKey::Code("10".into())), Ok(Found::Code(Some(id("4")))));
        assert_eq!(code(ReasonKey::Id(id("10"))).unwrap_err().reason, Reason::UnknownReasonCode);
        let label = |text: &str| look_up(&Lookup::WrapUp(text.into()), &list).unwrap();
        assert_eq!(label("Lunch"), Found::Label("Lunch".into()));
        assert_eq!(label("5"), Found::Label("Break".into()));
        assert_eq!(label("Other, unlisted"), Found::Label("Other, unlisted".into()));
        let first = |list: &[ReasonCode]| look_up(&Lookup::First(ReasonCategory::Logout, None), list).unwrap();
        assert_eq!((first(&list), first(&[])), (Found::Code(Some(id("4"))), Found::Code(None)));
    }
}
