//! Reason codes and wrap-up reasons, as their lists and a User's state carry them.

use super::xml::{Reader, XmlError, last_segment};
use crate::model::id::ReasonId;
use crate::model::reason::{ReasonCategory, ReasonCode};

/// Reads the ReasonCode or WrapUpReason element whose start tag has just been read. `list` is the category where the
/// list decides it. None when there is neither an id nor a code nor a label, as in the empty element of a READY agent.
pub(super) fn read(reader: &mut Reader<'_>, list: Option<ReasonCategory>) -> Result<Option<ReasonCode>, XmlError> {
    let (mut id, mut uri_id) = (None, None);
    let mut reason = ReasonCode {
        category: list.unwrap_or(ReasonCategory::NotReady),
        id: None,
        code: String::new(),
        label: String::new(),
        system: false,
        for_all: false,
    };
    while let Some(element) = reader.child()? {
        if element.is("category") {
            if list.is_none() && reader.text()?.trim().eq_ignore_ascii_case("LOGOUT") {
                reason.category = ReasonCategory::Logout;
            } else if list.is_some() {
                reader.skip()?;
            }
        } else if element.is("uri") {
            // `/finesse/api/ReasonCode/16` and `/finesse/api/User/1001/ReasonCode/16` both occur.
            uri_id = last_segment(&reader.text()?).parse::<ReasonId>().ok();
        } else if element.is("id") {
            id = reader.text()?.trim().parse::<ReasonId>().ok();
        } else if element.is("code") {
            reason.code = reader.text()?.trim().to_owned();
        } else if element.is("label") {
            reason.label = reader.text()?.into_owned();
        } else if element.is("systemCode") {
            reason.system = is_true(&reader.text()?);
        } else if element.is("forAll") {
            reason.for_all = is_true(&reader.text()?);
        } else {
            reader.skip()?;
        }
    }
    reason.id = uri_id.or(id).filter(|id| id.as_str() != "-1");
    let nothing = reason.id.is_none() && reason.code.is_empty() && reason.label.is_empty();
    Ok((!nothing).then_some(reason))
}

/// Reads a whole list: the reasons that can be chosen, so without system codes and without those that have no id.
pub fn parse_list(body: &str, category: ReasonCategory) -> Result<Vec<ReasonCode>, XmlError> {
    let (list, item) = match category {
        ReasonCategory::WrapUp => ("WrapUpReasons", "WrapUpReason"),
        ReasonCategory::NotReady | ReasonCategory::Logout => ("ReasonCodes", "ReasonCode"),
    };
    let mut reader = Reader::new(body);
    reader.root_named(list)?;
    let mut reasons = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is(item) {
            reasons.extend(read(&mut reader, Some(category))?.filter(|reason| !reason.system && reason.id.is_some()));
        } else {
            reader.skip()?;
        }
    }
    Ok(reasons)
}

fn is_true(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("true")
}
