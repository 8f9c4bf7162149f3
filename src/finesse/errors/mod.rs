//! Finesse's words about a failure, from a REST answer (`ApiErrors`) or a notification (`apiErrors`), and the one table
//! that turns them into a [`Reason`]: [`TABLE`], with the failures of the CTI server in a file of their own.

mod cti;
mod table;
#[cfg(test)]
mod tests;

use super::xml::{Reader, XmlError};
use crate::model::Reason;
use crate::model::error::FinesseFault;
pub use table::{Row, Source, TABLE};

/// What one field of a fault may hold; the rest is cut, for it goes into replies and logs.
const MAX_WORDS: usize = 512;
/// How many faults of one answer are kept; one is what Finesse sends.
const MAX_FAULTS: usize = 16;

/// Reads the children of an ApiErrors element whose start tag has just been read.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Vec<FinesseFault>, XmlError> {
    let mut faults = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is("ApiError") && faults.len() < MAX_FAULTS {
            faults.push(read_one(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(faults)
}

/// Reads a whole error answer: `ApiErrors` with any number of errors, or one `ApiError` alone.
pub fn parse_api_errors(body: &[u8]) -> Result<Vec<FinesseFault>, XmlError> {
    let mut reader = Reader::new(std::str::from_utf8(body).map_err(|_| XmlError::NotUtf8)?);
    let root = reader.root()?;
    if root.is("ApiErrors") {
        read(&mut reader)
    } else if root.is("ApiError") {
        Ok(vec![read_one(&mut reader)?])
    } else {
        Err(XmlError::OtherRoot)
    }
}

fn read_one(reader: &mut Reader<'_>) -> Result<FinesseFault, XmlError> {
    let mut fault = FinesseFault::default();
    let mut text = String::new();
    while let Some(element) = reader.child()? {
        let field = if element.is("ErrorType") {
            &mut fault.error_type
        } else if element.is("ErrorMessage") {
            &mut fault.error_message
        } else if element.is("ErrorData") {
            &mut fault.error_data
        } else if element.is("peripheralErrorCode") {
            &mut fault.peripheral_code
        } else if element.is("peripheralErrorMsg") {
            &mut fault.peripheral_message
        } else if element.is("peripheralErrorText") {
            &mut text
        } else {
            reader.skip()?;
            continue;
        };
        let words = reader.text()?;
        *field = words.trim().chars().take(MAX_WORDS).collect();
    }
    if fault.peripheral_message.is_empty() {
        fault.peripheral_message = text;
    }
    Ok(fault)
}

/// The reason that the table gives: of what it says of the fault, most specific first, the first that is sure; else the
/// first; and GENERAL_ERROR for a fault of which it says nothing.
pub fn reason_of(fault: &FinesseFault) -> Reason {
    let sure = table::lookup(fault).find(|row| row.sure);
    sure.or_else(|| table::lookup(fault).next()).map_or(Reason::GeneralError, |row| row.reason)
}

/// What a bare HTTP status says.
pub(super) fn by_status(status: u16) -> Reason {
    table::status(status).map_or(Reason::GeneralError, |row| row.reason)
}
