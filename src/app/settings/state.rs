//! Section `state`: where what is to survive a restart is kept.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::config::Reader;

/// Reads the section.
pub fn read(r: &mut Reader) -> Option<PathBuf> {
    let mut directory = None;
    r.set("state.directory", &mut directory);
    directory
}

/// The directory that systemd made for the unit (`StateDirectory=`), by the value of `STATE_DIRECTORY`: a list with
/// colons, of which the first is meant.
pub fn systemd(variable: Option<OsString>) -> Option<PathBuf> {
    std::env::split_paths(&variable?).next().filter(|first| first.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systemds_first_directory_is_meant() {
        let of = |value: &str| systemd(Some(value.into()));
        assert_eq!(of("/var/lib/gc"), Some("/var/lib/gc".into()));
        assert_eq!(of("/var/lib/gc:/var/lib/other"), Some("/var/lib/gc".into()));
        assert_eq!((of(""), of("relative"), systemd(None)), (None, None, None));
    }
}
