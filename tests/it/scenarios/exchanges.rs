//! `docs/exchanges.md`: one exchange of each verb, as it went over the wire in a scenario.
//!
//! `GC_WRITE=1 cargo test --test it exchanges` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use generic_connector::command::catalogue::{IdKind, VERBS, Verb};
use generic_connector::sim::Flavour;
use serde_json::Value;

use super::coverage::{Cell, played};
use super::desk::parts;
use super::door::Door;
use super::dynamic::Requests;
use super::mirror::word;
use super::script::{Script, Step, What};
use super::{PLAYED, read, text};

const FILE: &str = "docs/exchanges.md";

const INTRODUCTION: &str = "\
<!-- Generated from tests/scenarios by `GC_WRITE=1 cargo test --test it exchanges`; do not edit. -->

# One exchange per verb

What a legacy client sends and is told, byte by byte, and the call that replaces it: the RPC and its request. Each exchange is the first in the
[scenarios](../tests/scenarios/README.md) in which the verb is done, taken from a run over TCP in front of the simulator's UCCE; where UCCX
can't do it, its refusal follows. `>` is the line that the client sends, `<` a line that it is told about that agent, up to the next command or
happening; lines of different types may come in another order. Through ActiveMQ (as JMSType and text) and `BridgeService.Exchange` the type
and the body of a command travel apart: they stand above the lines, and the RPC beside them. What is told there is the same.

Requests are shown as JSON and name no agent: the token that Connect yields says for whom. Times are not literal: each is shown as
`2026-01-05 09:00:00`. Passwords are the simulator's. The parameters and errors of every verb are in
[commands.md](commands.md), the rules in [legacy.md](legacy.md).
";

/// What every time is shown as.
const TIME: &str = "2026-01-05 09:00:00";

/// The services in the order in which an agent's client needs them.
const SERVICES: [&str; 7] = [
    "SystemService",
    "AgentService",
    "ReasonService",
    "CallService",
    "DialogService",
    "SupervisorService",
    "PhonebookService",
];

/// A command in a scenario.
struct Place {
    script: &'static str,
    flavour: Flavour,
    number: usize,
}

#[tokio::test]
async fn docs_exchanges_is_fresh() {
    let scripts: BTreeMap<&str, Script> = PLAYED.iter().map(|name| (*name, read(name))).collect();
    let done = |verb: &Verb| place(&scripts, verb, Flavour::Ucce, Cell::Done);
    let refused = |verb: &Verb| place(&scripts, verb, Flavour::Uccx, Cell::Unsupported);
    let mut places: Vec<(&Verb, Vec<Place>)> = Vec::new();
    for verb in VERBS {
        let mut of_verb = vec![done(verb)];
        of_verb.extend(verb.rpc.ucce_only.then(|| refused(verb)));
        places.push((verb, of_verb));
    }
    // As a client meets them: the agent's day comes first.
    places.sort_by_key(|(_, of)| (of[0].script, of[0].number));
    let runs: BTreeSet<(&str, String)> =
        places.iter().flat_map(|(_, of)| of).map(|place| (place.script, place.flavour.to_string())).collect();
    let mut wires = BTreeMap::new();
    for (script, flavour) in runs {
        let run = text::play(&scripts[script], flavour.parse().unwrap(), Door::Tcp, None).await;
        wires.insert((script, flavour), run.wire);
    }

    let mut out = String::from(INTRODUCTION);
    let mut names: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
    names.sort_by_key(|name| name.to_lowercase());
    for (index, name) in names.into_iter().enumerate() {
        let between = if index % 8 == 0 { "\n" } else { " " };
        write!(out, "{between}[{name}](#{})", name.to_lowercase()).unwrap();
    }
    out += "\n";
    for service in SERVICES {
        writeln!(out, "\n## {service}").unwrap();
        for (verb, of_verb) in places.iter().filter(|(verb, _)| verb.rpc.service == service) {
            writeln!(out, "\n### {}", verb.name).unwrap();
            for place in of_verb {
                let wire = &wires[&(place.script, place.flavour.to_string())];
                exchange(&mut out, verb, &scripts[place.script], place, wire);
            }
        }
    }
    assert!(VERBS.iter().all(|verb| SERVICES.contains(&verb.rpc.service)));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("GC_WRITE").is_some() {
        std::fs::write(&file, &out).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(held == out, "{FILE} is not fresh: run GC_WRITE=1 cargo test --test it exchanges");
}

/// The first command with a verb, in the catalogue's spelling and for an agent of the client's own, of which that becomes.
fn place(scripts: &BTreeMap<&'static str, Script>, verb: &Verb, flavour: Flavour, wanted: Cell) -> Place {
    for (name, script) in scripts.iter().filter(|(_, script)| script.flavours.contains(&flavour)) {
        let own = |number: usize| match script.steps.iter().find(|step| step.number == number).map(|step| &step.what) {
            Some(What::Send { client, line, later: false }) => {
                let id = line.strip_prefix(verb.name).and_then(|rest| rest.strip_prefix('#'));
                let id = id.map(|rest| rest.split('#').next().unwrap_or_default());
                let connected = |id| script.steps.iter().any(|step| connects(step, client, id));
                id.is_some_and(|id| verb.id == IdKind::Destination || connected(id))
            }
            _ => false,
        };
        let mut sent = played(script, flavour, Door::Tcp).into_iter();
        let fits = sent.find(|sent| sent.verb == verb && sent.cell == wanted && own(sent.number));
        if let Some(sent) = fits {
            return Place { script: name, flavour, number: sent.number };
        }
    }
    panic!("no scenario shows {} on {flavour} as {wanted:?}", verb.name);
}

/// The command and what its client is told about its agent.
fn exchange(out: &mut String, verb: &Verb, script: &Script, place: &Place, wire: &BTreeMap<usize, String>) {
    let steps: Vec<&Step> = script.steps(place.flavour, Door::Tcp).collect();
    let at = steps.iter().position(|step| step.number == place.number).unwrap();
    let What::Send { client: by, .. } = &steps[at].what else { panic!("a command is sent") };
    let sent = &wire[&place.number];
    let (kind, body) = parts(sent);
    let id = kind.split('#').nth(1).unwrap_or_default();
    if place.flavour == Flavour::Uccx {
        writeln!(out, "\nUCCX refuses it:").unwrap();
    } else {
        let (name, link) = (verb.rpc.name, verb.rpc.name.to_lowercase());
        let request = Requests::new().shown(verb, id, &body);
        let body = if body.is_empty() { "no body".to_owned() } else { format!("body `{body}`") };
        writeln!(out, "\n* Type `{kind}`, {body} ([{0}](../tests/scenarios/{0}.txt))", script.name).unwrap();
        writeln!(out, "* [{}.{name}](commands.md#{link}) `{request}`", verb.rpc.service).unwrap();
    }
    writeln!(out, "\n```text\n> {sent}").unwrap();
    let mut silent = true;
    for step in &steps[at + 1..] {
        match &step.what {
            What::Send { .. } | What::Act { .. } => break,
            What::Told { client, .. } if client == by => {
                let line = &wire[&step.number];
                let about: Value = serde_json::from_str(line).unwrap();
                let agent = word(&about, "agentId");
                // What a client's other agents are told is not about this one.
                if agent == id || !steps.iter().any(|step| connects(step, by, agent)) {
                    writeln!(out, "< {}", without_times(line)).unwrap();
                    silent = false;
                }
            }
            _ => {}
        }
    }
    let none = if silent { "\nNothing is told on success.\n" } else { "" };
    write!(out, "```\n{none}").unwrap();
}

fn connects(step: &Step, by: &str, agent: &str) -> bool {
    match &step.what {
        What::Send { client, line, .. } => client == by && line.starts_with(&format!("Connect#{agent}#")),
        _ => false,
    }
}

/// A line with every time replaced.
fn without_times(line: &str) -> String {
    let shape = |text: &str| -> String { text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect() };
    let wanted = shape(TIME);
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = shape(rest).find(&wanted) {
        out.push_str(&rest[..at]);
        out.push_str(TIME);
        rest = &rest[at + TIME.len()..];
    }
    out + rest
}

#[test]
fn a_time_is_no_longer_in_a_line() {
    let line = r#"{"id":"16777217","at":"2031-12-31 23:59:59","b":"1999-01-01 00:00:00 2"}"#;
    let shown = format!(r#"{{"id":"16777217","at":"{TIME}","b":"{TIME} 2"}}"#);
    assert_eq!(without_times(line), shown);
}
