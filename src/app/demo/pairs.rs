//! Puts each typed event beside the legacy line that says the same.

use crate::pb;
use crate::pb::event::Payload;

/// What both say, by which an event and a line find each other: the type, the call, the state.
type Key = (&'static str, String, String);

/// Typed events and legacy lines of one agent that have not been shown yet.
pub(super) struct Pairs {
    /// Whose they are: the id, and what stands before them.
    agent: String,
    whose: &'static str,
    events: Vec<(Key, String)>,
    lines: Vec<(Key, String)>,
    /// Calls whose end a line has told.
    ended: Vec<String>,
    /// The agent's state as the last event and the last line have it.
    states: [String; 2],
}

impl Pairs {
    /// None yet.
    pub(super) fn new(agent: &str, whose: &'static str) -> Self {
        let (events, lines, ended, states) = Default::default();
        Self { agent: agent.to_owned(), whose, events, lines, ended, states }
    }

    /// The agent's id.
    pub(super) fn agent(&self) -> &str {
        &self.agent
    }

    /// A typed event came.
    pub(super) fn event(&mut self, sequence: u64, payload: &Payload) {
        let key = event_key(payload);
        if key.0 == "State" && key.1.is_empty() {
            self.states[0].clone_from(&key.2);
        }
        self.events.push((key, format!("#{sequence} {}", super::typed::describe(payload))));
    }

    /// A legacy line came.
    pub(super) fn line(&mut self, line: &str) {
        let mut key = line_key(line);
        if key.0 == "State" && key.1 == self.agent {
            key.1.clear();
            self.states[1].clone_from(&key.2);
        }
        self.lines.push((key, brief(line)));
    }

    /// Which of the two has told last that the agent is in a state: the event, the line.
    pub(super) fn in_state(&self, name: &str) -> [bool; 2] {
        self.states.each_ref().map(|state| state == name)
    }

    /// Shows what has come: a line without an event answers a command; an event without a line, while a later one has
    /// its line or the call's end was told, would only have repeated the line before.
    pub(super) fn show(&mut self) {
        let mut shown = Vec::new();
        for (key, event) in std::mem::take(&mut self.events) {
            let partner = self.lines.iter().position(|(of, _)| *of == key);
            let line = partner.map(|position| self.lines.remove(position).1);
            let over = key.2 == "DROPPED";
            let told = over && self.ended.contains(&key.1);
            if over && line.is_some() {
                self.ended.push(key.1.clone());
            }
            shown.push((key, event, line, told));
        }
        let whose = self.whose;
        self.lines.drain(..).for_each(|(_, line)| println!("  {whose}text <  {line}"));
        let last = shown.iter().rposition(|(_, _, line, told)| line.is_some() || *told);
        for (index, (key, event, line, told)) in shown.into_iter().enumerate() {
            match line {
                Some(line) => println!("  {whose}event   {event}\n  {whose}   line {line}"),
                None if told || last.is_some_and(|last| index < last) => {
                    println!("  {whose}event   {event}\n  {whose}   line (none: it would say the same again)")
                }
                None => self.events.push((key, event)),
            }
        }
    }
}

fn event_key(payload: &Payload) -> Key {
    let call = |kind, dialog: Option<&pb::Dialog>, state: Option<&str>| {
        let Some(dialog) = dialog else { return (kind, String::new(), String::new()) };
        let own = dialog.own_participant.as_ref().map(pb::Participant::state).unwrap_or_default();
        let shown = match own {
            pb::ParticipantState::Held => "HELD",
            pb::ParticipantState::Alerting => "ALERTING",
            pb::ParticipantState::Dropped | pb::ParticipantState::WrapUp => "DROPPED",
            _ => super::typed::name(dialog.state().as_str_name()),
        };
        let kind = if dialog.kind() == pb::DialogKind::Consult { "ConsultCall" } else { kind };
        (kind, dialog.id.clone(), state.unwrap_or(shown).to_owned())
    };
    match payload {
        Payload::AgentStateChanged(change) => {
            let state = change.status.as_ref().map(pb::AgentStatus::state).unwrap_or_default();
            ("State", String::new(), super::typed::name(state.as_str_name()).to_owned())
        }
        Payload::DialogOffered(offered) => call("NewInboundCall", offered.dialog.as_ref(), Some("")),
        Payload::TeamMemberChanged(changed) => {
            let member = changed.member.as_ref();
            let state =
                member.and_then(|member| member.status.as_ref()).map(pb::AgentStatus::state).unwrap_or_default();
            let id = member.map(|member| member.id.clone()).unwrap_or_default();
            ("State", id, super::typed::name(state.as_str_name()).to_owned())
        }
        Payload::DialogChanged(changed) => call("InboundCall", changed.dialog.as_ref(), None),
        Payload::DialogEnded(ended) => call("InboundCall", ended.dialog.as_ref(), Some("DROPPED")),
        _ => ("", String::new(), String::new()),
    }
}

fn line_key(line: &str) -> Key {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let member = |name: &str| value.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let kind = match member("type").as_str() {
        "State" => return ("State", member("agentId"), member("state")),
        "ConsultCall" => return ("ConsultCall", member("assDialogId"), member("state")),
        "NewInboundCall" => "NewInboundCall",
        "InboundCall" => "InboundCall",
        _ => "other",
    };
    (kind, member("dialogId"), member("state"))
}

/// A line with its empty call variables left out, so that it fits on a screen.
pub(super) fn brief(line: &str) -> String {
    let mut brief = line.to_owned();
    for number in 1..=10 {
        brief = brief.replace(&format!("{{\"callVariable{number}\":\"\"}},"), "");
    }
    brief
}
