//! The Dialog object: a call, as `GET Dialog`, `GET User/Dialogs` and Dialog notifications describe it.

use super::xml::{Reader, XmlError, last_segment, time};
use crate::model::Text;
use crate::model::dialog::{CallVariable, Dialog, DialogState, Participant, ParticipantState};
use crate::model::id::DialogId;

/// `callVariable1` to `callVariable10`.
const USUAL_VARIABLES: usize = 10;
/// An agent in a call may do so many things.
const USUAL_ACTIONS: usize = 8;

/// Reads the Dialog element whose start tag has just been read; none when it has no usable id.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Option<Dialog>, XmlError> {
    let (mut id, mut uri_id) = (None, None);
    let mut dialog = Fields::default();
    while let Some(element) = reader.child()? {
        if element.is("id") {
            id = reader.text()?.trim().parse::<DialogId>().ok();
        } else if element.is("uri") {
            uri_id = last_segment(&reader.text()?).parse::<DialogId>().ok();
        } else if element.is("state") {
            dialog.state = DialogState::from_name(reader.text()?.trim());
        } else if element.is("fromAddress") {
            dialog.from_address = reader.text()?.into();
        } else if element.is("toAddress") {
            dialog.to_address = reader.text()?.into();
        } else if element.is("mediaType") {
            dialog.media_type = reader.text()?.into();
        } else if element.is("associatedDialogUri") {
            dialog.associated = last_segment(&reader.text()?).parse().ok();
        } else if element.is("secondaryId") {
            dialog.secondary_id = reader.text()?.trim().parse().ok();
        } else if element.is("mediaProperties") {
            read_properties(reader, &mut dialog)?;
        } else if element.is("participants") {
            read_participants(reader, &mut dialog.participants)?;
        } else {
            reader.skip()?;
        }
    }
    Ok(id.or(uri_id).map(|id| dialog.with_id(id)))
}

/// Reads the children of a Dialogs element whose start tag has just been read. A dialog without an id is left out.
pub(super) fn read_list(reader: &mut Reader<'_>) -> Result<Vec<Dialog>, XmlError> {
    let mut dialogs = Vec::with_capacity(1);
    while let Some(element) = reader.child()? {
        if element.is("Dialog") {
            dialogs.extend(read(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(dialogs)
}

/// Reads a whole answer of `GET Dialog`.
pub fn parse(body: &str) -> Result<Option<Dialog>, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("Dialog")?;
    read(&mut reader)
}

/// Reads a whole answer of `GET User/Dialogs`.
pub fn parse_list(body: &str) -> Result<Vec<Dialog>, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("Dialogs")?;
    read_list(&mut reader)
}

/// A dialog without its id, which may come last.
#[derive(Default)]
struct Fields {
    state: DialogState,
    from_address: Text,
    to_address: Text,
    call_type: Text,
    media_type: Text,
    dnis: Text,
    dialed_number: Text,
    queue_number: Text,
    queue_name: Text,
    associated: Option<DialogId>,
    secondary_id: Option<DialogId>,
    wrap_up_reason: Option<Text>,
    variables: Vec<CallVariable>,
    participants: Vec<Participant>,
}

impl Fields {
    fn with_id(self, id: DialogId) -> Dialog {
        Dialog {
            id,
            state: self.state,
            from_address: self.from_address,
            to_address: self.to_address,
            call_type: self.call_type,
            media_type: self.media_type,
            dnis: self.dnis,
            dialed_number: self.dialed_number,
            queue_number: self.queue_number,
            queue_name: self.queue_name,
            associated: self.associated,
            secondary_id: self.secondary_id,
            wrap_up_reason: self.wrap_up_reason,
            variables: self.variables,
            participants: self.participants,
        }
    }
}

fn read_properties(reader: &mut Reader<'_>, dialog: &mut Fields) -> Result<(), XmlError> {
    while let Some(element) = reader.child()? {
        if element.is("callvariables") {
            read_variables(reader, &mut dialog.variables)?;
        } else if element.is("DNIS") {
            dialog.dnis = reader.text()?.into();
        } else if element.is("callType") {
            dialog.call_type = reader.text()?.into();
        } else if element.is("dialedNumber") {
            dialog.dialed_number = reader.text()?.into();
        } else if element.is("queueNumber") {
            dialog.queue_number = reader.text()?.into();
        } else if element.is("queueName") {
            dialog.queue_name = reader.text()?.into();
        } else if element.is("wrapUpReason") {
            dialog.wrap_up_reason = Some(Text::from(reader.text()?)).filter(|reason| !reason.is_empty());
        } else {
            reader.skip()?;
        }
    }
    Ok(())
}

fn read_variables(reader: &mut Reader<'_>, variables: &mut Vec<CallVariable>) -> Result<(), XmlError> {
    variables.reserve(USUAL_VARIABLES);
    while let Some(element) = reader.child()? {
        if !element.is("CallVariable") {
            reader.skip()?;
            continue;
        }
        let (mut name, mut value) = (Text::default(), Text::default());
        while let Some(element) = reader.child()? {
            if element.is("name") {
                name = reader.text()?.into();
            } else if element.is("value") {
                value = reader.text()?.into();
            } else {
                reader.skip()?;
            }
        }
        if !name.is_empty() {
            variables.push(CallVariable { name, value });
        }
    }
    Ok(())
}

fn read_participants(reader: &mut Reader<'_>, participants: &mut Vec<Participant>) -> Result<(), XmlError> {
    while let Some(element) = reader.child()? {
        if !element.is("Participant") {
            reader.skip()?;
            continue;
        }
        let mut participant = Participant::default();
        while let Some(element) = reader.child()? {
            if element.is("mediaAddress") {
                participant.media_address = reader.text()?.into();
            } else if element.is("mediaAddressType") {
                participant.address_type = reader.text()?.into();
            } else if element.is("state") {
                participant.state = ParticipantState::from_name(reader.text()?.trim());
            } else if element.is("stateCause") {
                participant.state_cause = reader.text()?.into();
            } else if element.is("startTime") {
                participant.start_time = time(&reader.text()?);
            } else if element.is("stateChangeTime") {
                participant.state_change_time = time(&reader.text()?);
            } else if element.is("actions") {
                participant.actions.reserve(USUAL_ACTIONS);
                while reader.child()?.is_some() {
                    let action = reader.text()?;
                    if !action.is_empty() {
                        participant.actions.push(action.into());
                    }
                }
            } else {
                reader.skip()?;
            }
        }
        participants.push(participant);
    }
    Ok(())
}
