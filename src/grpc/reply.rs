//! What each unary RPC replies, made of the session's answer: for a call and for a command of Attach alike.

use super::convert;
use super::door::{Door, Outcome, Respond};
use crate::model::reply::{Answer, Reply, dialog_state_name};
use crate::model::{Error, Reason, Text};
use crate::pb;

/// Replies of one field beside the place in the stream: which field, what reads it, and whose it is.
macro_rules! replies {
    ($field:ident by $read:ident: $($response:ident)*) => {$(
        impl Respond for pb::$response {
            fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
                Ok(Self { $field: $read(reply)?, as_of_sequence: as_of.0 })
            }
        }
    )*};
}

replies! {
    status by status:
    LogoutResponse LogoutWithReasonResponse ForceLogoutResponse
    MakeReadyResponse MakeNotReadyResponse MakeNotReadyWithReasonResponse MakeWorkReadyResponse MakeWorkNotReadyResponse
}
replies! {
    dialog by dialog:
    MakeCallResponse AnswerCallResponse HoldCallResponse RetrieveCallResponse ReleaseCallResponse
    TransferSingleStepResponse TransferCallResponse ConferenceCallResponse SendDtmfResponse
    WrapUpResponse UpdateCallVariableResponse
    SilentMonitorResponse EndSilentMonitorResponse BargeInResponse DropParticipantResponse
}
replies! { member by member: GetTeamUserStateResponse SetMemberStateResponse LogOutMemberResponse }
replies! { phonebooks by phonebooks: GetPhonebooksResponse GetTeamPhonebooksResponse }
replies! { agents by agents: GetAllAgentsResponse }
replies! { queues by queues: GetQueueListResponse }

fn status(reply: Reply) -> Result<Option<pb::AgentStatus>, Error> {
    match reply {
        Reply::Agent { agent, version, .. } => Ok(Some(convert::status(&agent, version))),
        Reply::Accepted | Reply::Done => Ok(None),
        other => Err(unexpected(&other)),
    }
}

fn dialog(reply: Reply) -> Result<Option<pb::Dialog>, Error> {
    match reply {
        Reply::Dialog(view) | Reply::DialogEnded(view) => Ok(Some(convert::dialog(&view))),
        Reply::Accepted | Reply::Done => Ok(None),
        other => Err(unexpected(&other)),
    }
}

fn member(reply: Reply) -> Result<Option<pb::TeamMember>, Error> {
    match reply {
        Reply::Member(member) => Ok(Some(convert::member(&member))),
        Reply::Accepted => Ok(None),
        other => Err(unexpected(&other)),
    }
}

fn phonebooks(reply: Reply) -> Result<Vec<pb::Phonebook>, Error> {
    let Reply::PhoneBooks(books) = reply else { return Err(unexpected(&reply)) };
    Ok(books.iter().map(convert::phonebook).collect())
}

fn agents(reply: Reply) -> Result<Vec<pb::SignedInAgent>, Error> {
    let Reply::Agents(agents) = reply else { return Err(unexpected(&reply)) };
    Ok(agents.iter().map(|agent| convert::signed_in(agent)).collect())
}

fn queues(reply: Reply) -> Result<Vec<pb::Queue>, Error> {
    let Reply::Queues(queues) = reply else { return Err(unexpected(&reply)) };
    Ok(queues.iter().map(convert::queue).collect())
}

/// Replies of a sign-in.
macro_rules! sign_in {
    ($($response:ident)*) => {$(
        impl Respond for pb::$response {
            fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
                let mut response = Self { as_of_sequence: as_of.0, ..Self::default() };
                match reply {
                    Reply::Agent { agent, version, dialogs } => {
                        response.status = Some(convert::status(&agent, version));
                        response.info = Some(convert::info(&agent));
                        response.dialogs = dialogs.iter().map(|view| convert::dialog(view)).collect();
                    }
                    Reply::Accepted => {}
                    other => return Err(unexpected(&other)),
                }
                Ok(response)
            }
        }
    )*};
}
sign_in! { LoginResponse MobileAgentLoginResponse }

/// Replies with a list of reasons.
macro_rules! reasons {
    ($($response:ident)*) => {$(
        impl Respond for pb::$response {
            fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
                let Reply::Reasons { category, reasons } = reply else { return Err(unexpected(&reply)) };
                Ok(Self {
                    category: convert::reason_category(category).into(),
                    reasons: reasons.iter().map(convert::reason_code).collect(),
                    as_of_sequence: as_of.0,
                })
            }
        }
    )*};
}
reasons! { GetWrapUpReasonCodesResponse GetLogoutReasonCodesResponse GetNotReadyReasonCodesResponse }

impl Respond for pb::HelloResponse {
    fn respond(door: &Door, _: Outcome) -> Result<Self, Error> {
        Ok(Self { status: door.system_status().into() })
    }
}

impl Respond for pb::BeatResponse {
    fn respond(door: &Door, _: Outcome) -> Result<Self, Error> {
        Ok(Self { status: door.system_status().into() })
    }
}

impl Respond for pb::GetCapabilitiesResponse {
    fn respond(door: &Door, _: Outcome) -> Result<Self, Error> {
        Ok(Self { capabilities: Some(door.capabilities()) })
    }
}

impl Respond for pb::DisconnectResponse {
    fn respond(_: &Door, _: Outcome) -> Result<Self, Error> {
        Ok(Self {})
    }
}

impl Respond for pb::GetStateResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::Agent { agent, version, dialogs } = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            status: Some(convert::status(&agent, version)),
            dialogs: dialogs.iter().map(|view| convert::dialog(view)).collect(),
            as_of_sequence: as_of.0,
        })
    }
}

impl Respond for pb::ConsultCallResponse {
    fn respond(_: &Door, Outcome { answer, held }: Outcome) -> Result<Self, Error> {
        Ok(Self {
            dialog: held.as_deref().map(convert::dialog),
            consult: dialog(answer.reply)?,
            as_of_sequence: answer.as_of.0,
        })
    }
}

impl Respond for pb::GetDialogStateResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::DialogState { dialog_id, view } = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            dialog_id: dialog_id.to_string(),
            state: dialog_state_name(view.as_deref()).to_owned(),
            dialog: view.as_deref().map(convert::dialog),
            as_of_sequence: as_of.0,
        })
    }
}

impl Respond for pb::GetDialogStateControlsResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::DialogControls(view) = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            dialog_id: view.dialog.id.to_string(),
            controls: view.allowed_actions().iter().map(Text::to_string).collect(),
            as_of_sequence: as_of.0,
        })
    }
}

impl Respond for pb::GetDialogParticipantsResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::DialogParticipants(view) = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            dialog_id: view.dialog.id.to_string(),
            participants: view.dialog.participants.iter().map(convert::participant).collect(),
            as_of_sequence: as_of.0,
        })
    }
}

impl Respond for pb::GetTeamUsersResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::Team { team, members, .. } = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            team: Some(convert::team(&team)),
            members: members.iter().map(|member| convert::member(member)).collect(),
            as_of_sequence: as_of.0,
        })
    }
}

impl Respond for pb::GetPhonebookContactsResponse {
    fn respond(_: &Door, Outcome { answer: Answer { as_of, reply }, .. }: Outcome) -> Result<Self, Error> {
        let Reply::Contacts(book) = reply else { return Err(unexpected(&reply)) };
        Ok(Self {
            phonebook_id: book.id.to_string(),
            contacts: book.contacts.iter().map(convert::contact).collect(),
            as_of_sequence: as_of.0,
        })
    }
}

/// The session answered with a reply that the command has not.
fn unexpected(reply: &Reply) -> Error {
    // The content may be personal, its kind is not.
    tracing::error!(kind = ?std::mem::discriminant(reply), "a command was answered with another command's reply");
    Error::new(Reason::GeneralError, "the session gave an unexpected reply")
}
