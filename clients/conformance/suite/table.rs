//! The table of cases and languages, and which reasons of errors were met.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Formatter, Result};

use generic_connector::command::catalogue::REASONS;

/// What became of a case with an SDK.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Done,
    Failed(String),
}

/// All cells.
pub struct Table {
    cases: Vec<String>,
    languages: Vec<String>,
    cells: BTreeMap<(String, String), Cell>,
}

impl Table {
    pub fn new(cases: Vec<String>, languages: &[&str]) -> Self {
        let languages = languages.iter().map(|name| (*name).to_owned()).collect();
        Self { cases, languages, cells: BTreeMap::new() }
    }

    /// Notes an outcome; a failure on one platform is the case's.
    pub fn set(&mut self, case: &str, language: &str, cell: Cell) {
        if !self.languages.iter().any(|known| known == language) {
            self.languages.push(language.to_owned());
        }
        let known = self.cells.entry((case.to_owned(), language.to_owned())).or_insert(Cell::Done);
        if let (Cell::Failed(all), Cell::Failed(more)) = (&mut *known, &cell) {
            *all = format!("{all}\n{more}");
        } else if cell != Cell::Done {
            *known = cell;
        }
    }

    pub fn failed(&self) -> bool {
        self.cells.values().any(|cell| *cell != Cell::Done)
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let heads: String = self.languages.iter().map(|name| format!("{name:>12}")).collect();
        writeln!(f, "{:<32}{heads}", "case")?;
        for case in &self.cases {
            let word = |language: &String| match self.cells.get(&(case.clone(), language.clone())) {
                None => "skipped",
                Some(Cell::Done) => "done",
                Some(Cell::Failed(_)) => "FAILED",
            };
            let row: String = self.languages.iter().map(|language| format!("{:>12}", word(language))).collect();
            writeln!(f, "{case:<32}{row}")?;
        }
        for ((case, language), cell) in &self.cells {
            if let Cell::Failed(why) = cell {
                writeln!(f, "\n{case}, {language}\n  {}", why.replace('\n', "\n  "))?;
            }
        }
        Ok(())
    }
}

/// Which of the reasons that there are the SDKs told, and which no case can bring about.
pub fn reasons(told: &BTreeSet<String>) -> String {
    let (met, others): (Vec<_>, Vec<_>) = REASONS.iter().map(|row| row.name).partition(|name| told.contains(*name));
    format!("{} reasons of errors were told; not: {}", met.len(), others.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_on_one_platform_is_the_cases() {
        let mut table = Table::new(vec!["a".into(), "b".into()], &["go", "java"]);
        table.set("a", "go", Cell::Failed("ucce: x".into()));
        table.set("a", "go", Cell::Done);
        table.set("b", "java", Cell::Done);
        let shown = table.to_string();
        assert!(table.failed() && shown.contains("FAILED") && shown.contains("skipped"), "{shown}");
        assert!(shown.contains("a, go\n  ucce: x"), "{shown}");
    }

    #[test]
    fn reasons_that_were_not_told_are_named() {
        let told = BTreeSet::from(["INVALID_INPUT".to_owned()]);
        let shown = reasons(&told);
        assert!(shown.starts_with("1 reasons") && shown.contains("NOT_FOUND") && !shown.contains("INVALID_INPUT"));
    }
}
