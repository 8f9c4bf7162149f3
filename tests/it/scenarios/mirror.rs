//! What the typed stream showed, and what legacy lines follow from it by the bridge's documented rules.
//!
//! The rules are written down here a second time, from the documentation and for the typed messages, so that the bridge
//! is not tested with itself.

use std::collections::HashMap;

use generic_connector::pb;
use generic_connector::pb::event::Payload;
use generic_connector::pb::subscribe_response::Message as Kind;
use serde_json::{Value, json};
use tonic::Streaming;

use super::stage::next_message;

/// One thing that the stream said about an agent.
#[derive(Clone, Debug)]
pub struct Seen {
    pub agent: String,
    /// The event's number; none for what is no event.
    pub sequence: Option<u64>,
    /// Kind and essentials, for comparison and for people.
    pub text: String,
    /// The members of the legacy line that the event stands for, as far as they follow from the rules; null for none.
    pub line: Value,
}

/// A stream with everything that it has said.
pub struct Observer {
    stream: Streaming<pb::SubscribeResponse>,
    pub log: Vec<Seen>,
}

impl Observer {
    pub fn new(stream: Streaming<pb::SubscribeResponse>) -> Self {
        Self { stream, log: Vec::new() }
    }

    /// Takes the next message; the numbers of an agent's events must rise by one.
    pub async fn next(&mut self) -> &Seen {
        let Some(kind) = next_message(&mut self.stream).await else {
            panic!("the stream ended after {:#?}", self.log);
        };
        let seen = seen(kind);
        if let Some(sequence) = seen.sequence.filter(|_| !seen.text.starts_with("snapshot")) {
            assert_eq!(self.last(&seen.agent) + 1, sequence, "a hole or a repetition before {seen:?}");
        }
        self.log.push(seen);
        self.log.last().unwrap()
    }

    /// The number of the last event of an agent, or of the snapshot before the first.
    pub fn last(&self, agent: &str) -> u64 {
        self.log.iter().rev().filter(|seen| seen.agent == agent).find_map(|seen| seen.sequence).unwrap_or(0)
    }

    /// Reads on until something holds of the log.
    pub async fn until(&mut self, holds: impl Fn(&[Seen]) -> bool) {
        while !holds(&self.log) {
            self.next().await;
        }
    }

    /// The numbered events of an agent.
    pub fn events(&self, agent: &str) -> Vec<&Seen> {
        let numbered = |seen: &&Seen| seen.agent == agent && seen.sequence.is_some();
        self.log.iter().filter(numbered).filter(|seen| !seen.text.starts_with("snapshot")).collect()
    }

    /// The agents that were seen.
    pub fn agents(&self) -> Vec<String> {
        let mut agents: Vec<String> = self.log.iter().map(|seen| seen.agent.clone()).collect();
        agents.sort();
        agents.dedup();
        agents
    }
}

/// What a message of a stream says.
pub fn seen(kind: Kind) -> Seen {
    let bare = |agent: &str, text: String| Seen { agent: agent.to_owned(), sequence: None, text, line: Value::Null };
    match kind {
        Kind::Snapshot(snapshot) => Seen {
            sequence: Some(snapshot.sequence),
            line: snapshot.status.as_ref().map_or(Value::Null, |status| state_line(status, &snapshot.agent_id)),
            ..bare(&snapshot.agent_id, format!("snapshot after {} {:?}", snapshot.sequence, calls(&snapshot)))
        },
        Kind::Event(event) => event_seen(&event.into_event().unwrap()),
        Kind::Stale(stale) => {
            let why = stale.reason.map_or("current", |_| stale.reason().as_str_name());
            bare(&stale.agent_id, format!("stale {why}"))
        }
        Kind::AgentAttached(attached) => bare(&attached.agent_id, "attached".to_owned()),
        Kind::AgentDetached(detached) => bare(&detached.agent_id, "detached".to_owned()),
        other => bare("", format!("{other:?}")),
    }
}

/// The open calls of a snapshot.
fn calls(snapshot: &pb::Snapshot) -> Vec<String> {
    let call = |dialog: &pb::Dialog| format!("{} own={}{}", dialog.id, own(dialog), links(dialog));
    snapshot.dialogs.iter().map(call).collect()
}

fn event_seen(event: &pb::Event) -> Seen {
    let agent = event.agent_id.as_str();
    let (text, line) = match event.payload.as_ref().unwrap() {
        Payload::AgentStateChanged(changed) => {
            let line = state_line(changed.status.as_ref().unwrap(), agent);
            let text = format!("AgentStateChanged {} pending={}", word(&line, "state"), word(&line, "pendingState"));
            (text, line)
        }
        Payload::DialogOffered(offered) => {
            let dialog = offered.dialog.as_ref().unwrap();
            let line = json!({"type": "NewInboundCall", "dialogId": dialog.id, "agentId": agent});
            (format!("DialogOffered {} own={}", dialog.id, own(dialog)), line)
        }
        Payload::DialogChanged(changed) => {
            let dialog = changed.dialog.as_ref().unwrap();
            let changes: Vec<&str> = changed.changes().map(|change| short(change.as_str_name())).collect();
            let text = format!("DialogChanged {} own={}{} {changes:?}", dialog.id, own(dialog), links(dialog));
            (text, call_line(dialog, agent))
        }
        Payload::DialogEnded(ended) => {
            let dialog = ended.dialog.as_ref().unwrap();
            (format!("DialogEnded {}{}", dialog.id, links(dialog)), line_of_call(dialog, "DROPPED", agent))
        }
        Payload::CommandFailed(failed) => {
            let why = failed.error.as_ref().map_or("", |error| error.reason().as_str_name());
            (format!("CommandFailed {} {why}", failed.command), Value::Null)
        }
        Payload::CommandCompleted(done) => (format!("CommandCompleted {}", done.command), Value::Null),
        Payload::AgentInfo(_) => ("AgentInfo".to_owned(), Value::Null),
        Payload::SystemStatus(changed) => (format!("SystemStatus {}", changed.status().as_str_name()), Value::Null),
        Payload::TeamMemberChanged(changed) => {
            let member = changed.member.as_ref().unwrap();
            let line = state_line(member.status.as_ref().unwrap(), &member.id);
            (format!("TeamMemberChanged {} {}", member.id, word(&line, "state")), line)
        }
        Payload::QueueChanged(changed) => {
            let queue = changed.queue.as_ref().unwrap();
            (format!("QueueChanged {} waiting={}", queue.id, queue.calls_in_queue()), Value::Null)
        }
    };
    // A watch begins with a read, and whether that or a notification shows a change first is chance.
    let watched = matches!(event.payload, Some(Payload::TeamMemberChanged(_) | Payload::QueueChanged(_)));
    let origin = if event.origin() == pb::Origin::Reconciled && !watched { " RECONCILED" } else { "" };
    Seen { agent: agent.to_owned(), sequence: Some(event.sequence), text: text + origin, line }
}

/// What a call is to the agent, and the calls that it is linked with.
fn links(dialog: &pb::Dialog) -> String {
    let kind = match dialog.kind() {
        pb::DialogKind::Call => String::new(),
        other => format!(" kind={}", other.as_str_name().trim_start_matches("DIALOG_KIND_")),
    };
    let link = |name: &str, id: &Option<String>| id.as_ref().map_or(String::new(), |id| format!(" {name}={id}"));
    let (consult, previous) = (link("consult_of", &dialog.consult_of), link("previous", &dialog.previous_dialog_id));
    let survivor = link("survivor", &dialog.survivor_dialog_id);
    format!("{kind}{consult}{previous}{survivor} interaction={}", dialog.interaction_id)
}

/// A state's legacy line.
pub fn state_line(status: &pb::AgentStatus, agent: &str) -> Value {
    let reason = status.reason.as_ref().map(|reason| if reason.id.is_empty() { &reason.code } else { &reason.id });
    let reason = reason.or(status.reason_id.as_ref()).cloned().unwrap_or_default();
    let name = |state: pb::AgentState| state.as_str_name().trim_start_matches("AGENT_STATE_");
    let pending = status.pending_state.map_or("", |_| name(status.pending_state()));
    json!({"type": "State", "agentId": agent, "state": name(status.state()), "reasonCode": reason, "pendingState": pending})
}

/// `state`: own HELD, own ALERTING, the short form once the agent has left, else the dialog's.
fn call_line(dialog: &pb::Dialog, agent: &str) -> Value {
    let state = match own(dialog) {
        own @ ("HELD" | "ALERTING") => own,
        "WRAP_UP" | "DROPPED" => "DROPPED",
        _ => dialog.state().as_str_name().trim_start_matches("DIALOG_STATE_"),
    };
    line_of_call(dialog, state, agent)
}

fn line_of_call(dialog: &pb::Dialog, state: &str, agent: &str) -> Value {
    match dialog.kind() {
        pb::DialogKind::Consult => {
            json!({"type": "ConsultCall", "assDialogId": dialog.id, "state": state, "agentId": agent})
        }
        _ => json!({"type": "InboundCall", "dialogId": dialog.id, "state": state, "agentId": agent}),
    }
}

fn own(dialog: &pb::Dialog) -> &'static str {
    let own = dialog.own_participant.as_ref().map(|own| own.state().as_str_name());
    own.map_or("NONE", |own| own.trim_start_matches("PARTICIPANT_STATE_"))
}

fn short(change: &'static str) -> &'static str {
    change.trim_start_matches("DIALOG_CHANGE_")
}

/// A member that is text; empty when it is not there.
pub fn word<'a>(line: &'a Value, member: &str) -> &'a str {
    line[member].as_str().unwrap_or_default()
}

/// What lines about states and calls say, without what repeats the last about the same thing.
fn news(lines: impl Iterator<Item = Value>) -> Vec<String> {
    let mut last = HashMap::new();
    let mut news = Vec::new();
    for line in lines {
        let (about, says) = match word(&line, "type") {
            "State" => {
                let members = ["state", "pendingState", "reasonCode"].map(|member| word(&line, member));
                (String::new(), format!("State {}", members.join(" ")))
            }
            kind @ ("NewInboundCall" | "InboundCall" | "ConsultCall") => {
                let id = format!("{}{}", word(&line, "dialogId"), word(&line, "assDialogId"));
                let says = format!("{kind} {id} {}", word(&line, "state"));
                (id, says)
            }
            _ => continue,
        };
        // A call is left once.
        if last.insert(about, says.clone()).is_none_or(|before| before != says) {
            news.push(says);
        }
    }
    news
}

/// Checks that a legacy client was told of the same changes in the same order as the stream. A client that came late
/// was told at its sign-in what is, and missed what was before.
pub fn agree(who: &str, events: &[&Seen], lines: &[Value], late: bool) {
    // That a forced sign-out waits for the end of a call is no state of Finesse's: its reply alone says so.
    let of_events = |line: &&Value| word(line, "pendingState") != "LOGOUT";
    let told = news(lines.iter().filter(of_events).cloned());
    // What a supervisor is shown of members is about them.
    let own = |seen: &&&Seen| word(&seen.line, "agentId") == seen.agent;
    let shown = |from: usize| news(events.iter().skip(from).filter(own).map(|seen| seen.line.clone()));
    let all = shown(0);
    let latest = if late { events.len() } else { 0 };
    let opening = |told: &[String]| late && told.iter().all(|says| all.contains(says));
    let agrees = (0..=latest).any(|from| {
        let shown = shown(from);
        told.strip_suffix(&*shown).is_some_and(|before| before.is_empty() || opening(before))
    });
    assert!(agrees, "{who}: the client was told\n{told:#?}\nand the stream showed\n{all:#?}\n{events:#?}");
}
