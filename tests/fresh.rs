//! Generated documents match the protos, and the catalogue is whole.
//!
//! `GC_WRITE=1 cargo test --test fresh` writes the documents anew.

#![allow(clippy::unwrap_used, clippy::panic)]

mod fresh {
    pub mod errors;
    pub mod sdk;
}

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use generic_connector::command::Command;
use generic_connector::command::call::SendDtmf;
use generic_connector::command::catalogue::{self, Access, IdKind, RPCS, Rpc, VERBS, Verb};
use generic_connector::command::supervisor::{LogOutMember, SetMemberState};
use generic_connector::model::agent::AgentState;
use generic_connector::model::id::AgentId;
use generic_connector::session::effect_of;

/// The verbs of the seed, as it spells them.
const SEED: [&str; 38] = [
    "Hello",
    "Beat",
    "Connect",
    "Login",
    "MobileAgentLogin",
    "Logout",
    "MakeReady",
    "MakeNotReady",
    "GetState",
    "MakeNotReadyWithReason",
    "MakeCall",
    "AnswerCall",
    "HoldCall",
    "RetrieveCall",
    "ReleaseCall",
    "wrapupreasoncode",
    "reasoncodelogout",
    "reasoncodenotready",
    "Transfer_sst",
    "ConsultCall",
    "TransferCall",
    "Conferencecall",
    "getdialogstate",
    "wrapup",
    "logoutwithreason",
    "force_logout",
    "getdialogstatecontrols",
    "makeworknotready",
    "makeworkready",
    "getDialogParticipants",
    "getallagents",
    "update_call_variable",
    "getqueuelist",
    "silentmonitor",
    "dropparticipant",
    "getteamusers",
    "getteamuserstate",
    "bargein",
];

/// What shipped clients send besides.
const BESIDES: [&str; 4] = ["endsilentmonitor", "GetPhonebooks", "GetTeamPhonebooks", "GetPhonebookContacts"];

#[test]
fn every_verb_of_the_seed_is_in_the_catalogue() {
    let has: BTreeSet<&str> = VERBS.iter().map(|verb| verb.name).collect();
    assert_eq!(has, SEED.into_iter().chain(BESIDES).collect());
    for verb in VERBS {
        assert_eq!(BESIDES.contains(&verb.name), verb.undocumented, "{}", verb.name);
        assert!(!verb.rpc.streaming && catalogue::rpc(verb.rpc.path).is_some(), "{}", verb.name);
    }
}

#[test]
fn what_only_ucce_can_do_says_so_among_its_errors() {
    for rpc in RPCS.iter().filter(|rpc| rpc.ucce_only) {
        assert!(rpc.errors.contains(&"UNSUPPORTED_ON_PLATFORM"), "{}", rpc.path);
    }
}

#[test]
fn every_rpc_says_who_may_call_it() {
    let public: Vec<&str> = RPCS.iter().filter(|rpc| rpc.access == Access::Public).map(|rpc| rpc.path).collect();
    // The two streams carry their proof inside.
    assert_eq!(
        public,
        [
            "/gc.v1.AgentService/Connect",
            "/gc.v1.BridgeService/Exchange",
            "/gc.v1.EventService/Attach",
            "/gc.v1.SystemService/Hello",
        ]
    );
}

#[test]
fn the_descriptors_carry_the_options() {
    let holds =
        |text: &str| generic_connector::pb::DESCRIPTORS.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(holds("force_logout") && holds("Signs the agent in to Finesse"));
}

#[test]
fn the_commands_of_the_sdks_are_fresh() {
    fresh("clients/go/gc/commands.gen.go", &fresh::sdk::go());
    fresh("clients/java/src/generated/java/io/github/genericconnector/AgentCommands.java", &fresh::sdk::java());
    fresh("clients/typescript/src/gen/commands.ts", &fresh::sdk::typescript());
}

#[test]
fn programs_in_documents_are_files_that_tests_run() {
    for document in ["docs/sdk.md", "clients/go/README.md", "clients/java/README.md", "clients/typescript/README.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        fresh(document, &with_programs(&text));
    }
}

/// The document with the file in each block that names one: `<!-- file: path -->`, and the block in the lines after it.
fn with_programs(document: &str) -> String {
    let mut out = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(path) = line.strip_prefix("<!-- file: ").and_then(|rest| rest.strip_suffix(" -->")) else { continue };
        let file = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let opening = lines.next().unwrap();
        assert!(opening.starts_with("```"), "no block follows {line}");
        let _ = lines.by_ref().find(|line| *line == "```").unwrap();
        writeln!(out, "{opening}\n{}\n```", file.trim_end()).unwrap();
    }
    out
}

#[test]
fn the_sdks_have_the_version_of_the_service() {
    let version = env!("CARGO_PKG_VERSION");
    for (path, holds) in [
        (
            "clients/java/pom.xml",
            format!("<artifactId>generic-connector-client</artifactId>\n  <version>{version}</version>"),
        ),
        ("clients/typescript/package.json", format!("\"version\": \"{version}\"")),
        ("docs/sdk.md", format!("generic-connector-client-{version}.tgz")),
    ] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        assert!(text.contains(&holds), "{path}: not version {version}");
    }
}

#[test]
fn docs_commands_is_fresh() {
    fresh("docs/commands.md", &commands());
}

#[test]
fn docs_outcomes_is_fresh_and_names_every_command_that_changes_something() {
    let mut out = String::from(OUTCOMES);
    let verbs = VERBS.iter().filter(|verb| verb.rpc.changing).map(|verb| {
        let values: Vec<&str> = verb.params.iter().map(|param| sample(param.field)).collect();
        catalogue::parse(verb.name, "1001", &values.join(",")).unwrap().command
    });
    let commands: Vec<Command> = verbs.chain(without_verb()).collect();
    let changing: BTreeSet<&str> = RPCS.iter().filter(|rpc| rpc.changing).map(|rpc| rpc.name).collect();
    assert_eq!(commands.iter().map(Command::name).collect::<BTreeSet<_>>(), changing);
    for command in commands {
        let row = effect_of(&command).unwrap_or_else(|| panic!("{} has no effect", command.name()));
        let passes = if row.urgent { "yes" } else { "" };
        writeln!(out, "| {} | {} | {} | {passes} |", row.command, row.object, row.effect).unwrap();
    }
    fresh("docs/outcomes.md", &out);
}

#[test]
fn docs_errors_is_fresh() {
    fresh("docs/errors.md", &fresh::errors::document());
}

/// The commands that the old product never had.
fn without_verb() -> [Command; 3] {
    let member_id: AgentId = "1001".parse().unwrap();
    [
        Command::SendDtmf(SendDtmf { dialog_id: "1".parse().unwrap(), digits: "1".to_owned() }),
        Command::SetMemberState(SetMemberState { member_id: member_id.clone(), state: AgentState::Ready }),
        Command::LogOutMember(LogOutMember { member_id }),
    ]
}

/// A value that a parameter may have.
fn sample(field: &str) -> &'static str {
    match field {
        "extension" | "to" => "2001",
        "name" => "callVariable1",
        "mode" => "CALL_BY_CALL",
        _ => "1",
    }
}

/// Compares a document with what is generated, or writes it.
fn fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("GC_WRITE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(held == text, "{path} is not fresh: run GC_WRITE=1 cargo test --test fresh");
}

fn commands() -> String {
    let mut out = String::from(INTRODUCTION);
    out += "\n## Verbs\n\n| verb | body | category | RPC | platform |\n|---|---|---|---|---|\n";
    let mut verbs: Vec<&Verb> = VERBS.iter().collect();
    verbs.sort_by_key(|verb| verb.name.to_lowercase());
    for verb in &verbs {
        let body = if verb.params.is_empty() { String::new() } else { format!("`{}`", body(verb)) };
        let link = format!("[{}.{}](#{})", verb.rpc.service, verb.rpc.name, verb.rpc.name.to_lowercase());
        let platform = if verb.rpc.ucce_only { "UCCE" } else { "both" };
        writeln!(out, "| `{}` | {body} | {} | {link} | {platform} |", spelled(verb), verb.category).unwrap();
    }
    let services: BTreeSet<&str> = RPCS.iter().map(|rpc| rpc.service).collect();
    for service in services {
        writeln!(out, "\n## {service}").unwrap();
        for rpc in RPCS.iter().filter(|rpc| rpc.service == service) {
            section(&mut out, rpc, verbs.iter().find(|verb| verb.rpc == rpc));
        }
    }
    out
}

fn section(out: &mut String, rpc: &Rpc, verb: Option<&&Verb>) {
    writeln!(out, "\n### {}\n\n{}\n", rpc.name, wrapped(rpc.doc)).unwrap();
    let stream = if rpc.streaming { " (stream)" } else { "" };
    writeln!(out, "* RPC: `{}`{stream}; access: {}", rpc.path, access(rpc.access)).unwrap();
    if let Some(verb) = verb {
        let aliases: String = verb.aliases.iter().map(|alias| format!(", also `{alias}`")).collect();
        let body = if verb.params.is_empty() { "no body".into() } else { format!("body `{}`", body(verb)) };
        writeln!(out, "* Legacy: `{}`{aliases}; {body}; category {}", spelled(verb), verb.category).unwrap();
        if let Some(greedy) = verb.params.iter().find(|param| param.greedy) {
            writeln!(out, "* Surplus commas belong to `{}`", greedy.field).unwrap();
        }
        let lines = if verb.lines.is_empty() { "none on success".into() } else { verb.lines.join(", ") };
        writeln!(out, "* Legacy lines: {lines}").unwrap();
    }
    for (what, names) in [("Reply", rpc.reply), ("Events", rpc.events), ("Errors", rpc.errors)] {
        if !names.is_empty() {
            writeln!(out, "* {what}: {}", names.join(", ")).unwrap();
        }
    }
}

fn spelled(verb: &Verb) -> String {
    let id = match verb.id {
        IdKind::Agent => "agent",
        IdKind::Destination => "destination",
    };
    format!("{}#<{id}>", verb.name)
}

fn body(verb: &Verb) -> String {
    let mut body = String::new();
    for (index, param) in verb.params.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        if param.optional {
            write!(body, "[{comma}<{}>]", param.field).unwrap();
        } else {
            write!(body, "{comma}<{}>", param.field).unwrap();
        }
    }
    body
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Public => "anyone",
        Access::Agent => "agent",
        Access::Supervisor => "supervisor",
        Access::Service => "service or agent",
        Access::Admin => "administrator",
    }
}

/// A paragraph in lines of at most 120 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        if width + 1 + word.len() > 120 && width > 0 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out += word;
        width += word.len();
    }
    out
}

const INTRODUCTION: &str = "\
<!-- Generated from proto/gc/v1 by `GC_WRITE=1 cargo test --test fresh`; do not edit. -->

# Commands

Every command is an RPC of `gc.v1`, and most are a verb of the old text protocol too: type `Verb#id`, and a body of
parameters joined by commas. Verbs are compared without regard to case, the id is kept as sent, blanks around the `#`
and around parameters do not count. `[…]` may be left out.

Requests name no agent: the token, or the legacy binding, says for whom. Changing commands carry `options` (request id,
epoch, expected version, what to wait for). Replies tell in `as_of_sequence` which events they take into account.

Beside the errors named at each command, any may end in INVALID_INPUT, AUTHORIZATION_FAILURE, NOT_CONNECTED,
SESSION_EXPIRED, PERMISSION_DENIED, TOO_MANY_REQUESTS, FINESSE_OUT_OF_SERVICE, FINESSE_UNREACHABLE, GENERAL_ERROR,
DEADLINE_TOO_SHORT, COMMAND_EXPIRED or SHUTTING_DOWN; a changing one also in OUTCOME_UNKNOWN, REQUEST_ID_REUSED or
VERSION_MISMATCH. [errors.md](errors.md) tells what each means, and what to do.
";

const OUTCOMES: &str = "\
<!-- Generated from src/session by `GC_WRITE=1 cargo test --test fresh`; do not edit. -->

# Outcomes

Finesse accepts a command with 202 and says later what became of it. A reply of this service is the outcome: it comes
when the effect below is seen, in a notification or in a read; when Finesse refuses, at once or later; or, as
OUTCOME_UNKNOWN, when a read at the end of the time shows neither. An effect that somebody else caused counts.

Commands of one agent are sent in the order they came in. While a command awaits its effect, others about the same
object wait; those that pass do not.

| command | object | effect | passes |
|---|---|---|---|
";
