//! Every verb is done in a scenario, over every door and on both platforms, or refused where the platform can't do it.

use std::collections::{BTreeMap, BTreeSet};

use generic_connector::command::catalogue::{self, VERBS, Verb};
use generic_connector::sim::Flavour;

use super::door::Door;
use super::mirror::word;
use super::script::{Script, Step, What};
use super::{PLAYED, read};

/// The old product's document lists so many verbs, and its clients send more.
const DOCUMENTED: usize = 38;
const UNDOCUMENTED: usize = 4;

const FLAVOURS: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

/// What became of a verb at a door on a platform, best last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    #[default]
    Missing,
    /// Refused in every scenario, and not because of the platform.
    Refused,
    /// Refused because the platform can't do it, as the catalogue says.
    Unsupported,
    Done,
}

#[test]
fn every_verb_is_done_over_every_door_on_both_platforms() {
    let mut cells: BTreeMap<(&str, Door, usize), Cell> = BTreeMap::new();
    for name in PLAYED {
        let script = read(name);
        for (at, flavour) in FLAVOURS.into_iter().enumerate().filter(|(_, flavour)| script.flavours.contains(flavour)) {
            for door in Door::ALL {
                for sent in played(&script, flavour, door) {
                    let best = cells.entry((sent.verb.name, door, at)).or_default();
                    *best = sent.cell.max(*best);
                }
            }
        }
    }
    let columns =
        || Door::ALL.iter().flat_map(|door| FLAVOURS.iter().enumerate().map(move |(at, on)| (*door, at, *on)));
    let heads: String = columns().map(|(door, _, on)| format!("{:>15}", format!("{door} {on}"))).collect();
    println!("{:<24}{heads}", "verb");
    let mut gaps = Vec::new();
    for verb in VERBS {
        let row: Vec<Cell> =
            columns().map(|(door, at, _)| cells.get(&(verb.name, door, at)).copied().unwrap_or_default()).collect();
        let shown: String = row.iter().map(|cell| format!("{:>15}", format!("{cell:?}").to_lowercase())).collect();
        println!("{:<24}{shown}", verb.name);
        let gap = |(cell, (door, _, flavour)): (&Cell, (Door, usize, Flavour))| {
            let unsupported = verb.rpc.ucce_only && flavour == Flavour::Uccx;
            let wanted = if unsupported { Cell::Unsupported } else { Cell::Done };
            (*cell != wanted).then(|| format!("{} over {door} on {flavour}: {cell:?}", verb.name))
        };
        gaps.extend(row.iter().zip(columns()).filter_map(gap));
    }
    let documented = VERBS.iter().filter(|verb| !verb.undocumented).count();
    println!("{documented} verbs of the old document, {} more", VERBS.len() - documented);
    assert_eq!((documented, VERBS.len() - documented), (DOCUMENTED, UNDOCUMENTED));
    assert!(gaps.is_empty(), "{gaps:#?}");
}

/// A verb that was sent.
pub struct Sent {
    pub verb: &'static Verb,
    /// What the script's lines expect to become of it.
    pub cell: Cell,
    /// The line in the file.
    pub number: usize,
}

/// The verbs that a script sends over a door.
pub fn played(script: &Script, flavour: Flavour, door: Door) -> Vec<Sent> {
    let steps: Vec<&Step> = script.steps(flavour, door).collect();
    // Before its Connect a client has no stream.
    let mut connected = BTreeSet::new();
    let mut played = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let What::Send { client, line, .. } = &step.what else { continue };
        if script.door_of(client, door) != door {
            continue;
        }
        let Some(verb) = catalogue::verb(line.split('#').next().unwrap_or_default().trim()) else { continue };
        if verb.rpc.name == "Connect" {
            connected.insert(client);
        } else if door == Door::Attach && !connected.contains(client) {
            continue;
        }
        let later = steps[at + 1..].iter();
        let until_next = later.take_while(|step| !matches!(&step.what, What::Send { client: by, .. } if by == client));
        let mut told = until_next.filter_map(|step| match &step.what {
            What::Told { client: to, line, .. } if to == client => Some(line),
            _ => None,
        });
        let refusal = told.find(|line| matches!(word(line, "type"), "Error" | "ConnectStatus"));
        let cell = match refusal.map(|line| word(line, "reason")) {
            None => Cell::Done,
            Some("UNSUPPORTED_ON_PLATFORM") => Cell::Unsupported,
            Some(_) => Cell::Refused,
        };
        played.push(Sent { verb, cell, number: step.number });
    }
    played
}
