//! Where cases are: the scenarios as they are, and what can happen to an SDK beside.

use std::path::Path;

use super::case::Case;

/// All cases, in the order of their names, scenarios first.
pub fn cases() -> Result<Vec<Case>, String> {
    let mut cases = of("tests/scenarios")?;
    cases.extend(of("clients/conformance/cases")?);
    Ok(cases)
}

fn of(folder: &str) -> Result<Vec<Case>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Case::parse(&name, &text)
    };
    paths.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_case_can_be_read() {
        assert!(super::cases().unwrap().len() > 38);
    }
}
