//! Call variables: which names and values a call may carry.

use super::error::ApiError;
use crate::sim::xml::Element;

/// Longest `callVariable1` … `callVariable10`, in bytes.
const MAX_VARIABLE: usize = 40;
/// Most bytes of names and values of all ECC variables.
const MAX_ECC: usize = 2_000;
/// Most ECC variables of one call.
const MAX_ECC_COUNT: usize = 64;

/// Call variables: ten plain ones and ECC variables by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Variables {
    plain: [Option<String>; 10],
    ecc: Vec<(String, String)>,
}

impl Variables {
    /// Builds them from names and values.
    ///
    /// # Errors
    /// 400 for an unknown, repeated or read-only name and for values that are too long.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ApiError> {
        let mut variables = Self::default();
        for (name, value) in pairs {
            let fault = || ApiError::invalid_input("call variable specified for dialog", name);
            let number = name.strip_prefix("callVariable").and_then(|number| number.parse::<usize>().ok());
            if let Some(slot) = number.and_then(|n| n.checked_sub(1)).and_then(|n| variables.plain.get_mut(n)) {
                if slot.is_some() || value.len() > MAX_VARIABLE {
                    return Err(fault());
                }
                *slot = Some(value.to_owned());
            } else if name.starts_with("user.") && variables.ecc.iter().all(|(known, _)| known != name) {
                variables.ecc.push((name.to_owned(), value.to_owned()));
            } else {
                return Err(fault());
            }
        }
        if variables.ecc.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MAX_ECC {
            return Err(ApiError::invalid_input("call variables specified for dialog", "callvariables"));
        }
        Ok(variables)
    }

    /// Every variable: the ten plain ones always, then the ECC ones.
    pub fn iter(&self) -> impl Iterator<Item = (String, &str)> {
        let plain = self.plain.iter().zip(1..);
        let plain = plain.map(|(value, n)| (format!("callVariable{n}"), value.as_deref().unwrap_or_default()));
        plain.chain(self.ecc.iter().map(|(name, value)| (name.clone(), value.as_str())))
    }

    /// Takes what is newer. Returns whether anything changed.
    pub(super) fn merge(&mut self, newer: Self) -> bool {
        let mut changed = false;
        for (old, new) in self.plain.iter_mut().zip(newer.plain).filter(|(_, new)| new.is_some()) {
            changed |= *old != new;
            *old = new;
        }
        for (name, value) in newer.ecc {
            let room = self.ecc.len() < MAX_ECC_COUNT;
            match self.ecc.iter_mut().find(|(known, _)| *known == name) {
                Some((_, old)) => {
                    changed |= *old != value;
                    *old = value;
                }
                None if room => {
                    changed = true;
                    self.ecc.push((name, value));
                }
                None => {}
            }
        }
        changed
    }

    pub(super) fn of(dialog: &Element) -> Result<Option<Self>, ApiError> {
        let Some(list) = dialog.child("mediaProperties").and_then(|media| media.child("callvariables")) else {
            return Ok(None);
        };
        let pair = |variable: &Element| {
            let text = |name| variable.child(name).map(|child| child.text.clone()).unwrap_or_default();
            (text("name"), text("value"))
        };
        let pairs = list.children.iter().filter(|c| c.name == "CallVariable").map(pair).collect::<Vec<_>>();
        Self::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).map(Some)
    }
}
