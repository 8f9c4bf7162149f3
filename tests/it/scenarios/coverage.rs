//! Every verb that is built occurs in a scenario, at both doors and on both platforms.

use std::collections::{BTreeMap, BTreeSet};

use generic_connector::command::catalogue::{self, VERBS};
use generic_connector::sim::Flavour;

use super::script::{Door, What};
use super::{PLAYED, read};

const COLUMNS: [(Door, Flavour); 4] = [
    (Door::Text, Flavour::Ucce),
    (Door::Text, Flavour::Uccx),
    (Door::Typed, Flavour::Ucce),
    (Door::Typed, Flavour::Uccx),
];

#[test]
fn every_verb_that_is_built_occurs() {
    let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for name in PLAYED {
        let script = read(name);
        for (column, (door, flavour)) in COLUMNS.into_iter().enumerate() {
            if !script.flavours.contains(&flavour) {
                continue;
            }
            for step in script.steps(flavour, door) {
                let What::Send { line, .. } = &step.what else { continue };
                let name = line.split('#').next().unwrap_or_default().trim();
                if let Some(verb) = catalogue::verb(name) {
                    seen.entry(verb.name).or_default().insert(column);
                }
            }
        }
    }
    let mut missing = Vec::new();
    println!("{:<24} {:>10} {:>10} {:>10} {:>10}", "verb", "text ucce", "text uccx", "grpc ucce", "grpc uccx");
    for verb in VERBS {
        let columns = seen.remove(verb.name).unwrap_or_default();
        let mark = |column| if columns.contains(&column) { "yes" } else { "-" };
        let planned = if verb.rpc.planned { "  planned" } else { "" };
        println!("{:<24} {:>10} {:>10} {:>10} {:>10}{planned}", verb.name, mark(0), mark(1), mark(2), mark(3));
        if !verb.rpc.planned && columns.len() < COLUMNS.len() {
            missing.push(verb.name);
        }
    }
    assert!(missing.is_empty(), "no scenario has {missing:?} at both doors and on both platforms");
}
