//! Reads a scenario file. The format is described in `tests/scenarios/README.md`.

use std::time::Duration;

use generic_connector::sim::{Fault, Flavour, Service};
use serde_json::Value;

use super::door::{Door, Group};

/// A scenario.
pub struct Script {
    pub name: String,
    pub flavours: Vec<Flavour>,
    /// Clients that speak TCP where the others are behind a broker.
    pub apart: Vec<String>,
    pub steps: Vec<Step>,
}

/// One line of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Line number in the file.
    pub number: usize,
    /// The platform that it is for; none: both.
    pub flavour: Option<Flavour>,
    /// The doors that it is for: those that are in all of these groups.
    pub groups: Vec<Group>,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    /// A client sends a command; `later`: nobody waits for its answer here.
    Send { client: String, line: String, later: bool },
    /// A client is told; `exact`: with just these members in this order; `like`: with the layout of that sample.
    Told { client: String, line: Value, exact: bool, like: Option<String> },
    /// The reply to a typed client's last command holds these members.
    Reply { client: String, reply: Value },
    /// The typed stream shows an event of an agent whose description holds all of the words.
    Event { agent: String, words: Vec<String> },
    /// Nothing that the typed stream shows of an agent holds all of the words, from the beginning to the end.
    Never { agent: String, words: Vec<String> },
    /// Something happens in the world.
    Act { into: Option<String>, act: Act },
}

#[derive(Clone, Debug)]
pub enum Act {
    Call { from: String, to: String, variables: Vec<(String, String)> },
    Answer(String),
    HangUp(String),
    Fault(Fault),
    ClearFaults,
    Release,
    Kill(String),
    Service(Service),
    Step(Duration),
}

impl Script {
    /// The door of a client where the scenario is played over another.
    pub fn door_of(&self, client: &str, door: Door) -> Door {
        let apart = door == Door::Stomp && self.apart.iter().any(|apart| apart == client);
        if apart { Door::Tcp } else { door }
    }

    /// The steps of a platform and a door.
    pub fn steps(&self, flavour: Flavour, door: Door) -> impl Iterator<Item = &Step> {
        let fits = move |step: &&Step| {
            step.flavour.is_none_or(|own| own == flavour) && step.groups.iter().all(|group| door.is_in(*group))
        };
        self.steps.iter().filter(fits)
    }

    /// Reads a file; says which line can't be read.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let flavours = vec![Flavour::Ucce, Flavour::Uccx];
        let mut script = Self { name: name.to_owned(), flavours, apart: Vec::new(), steps: Vec::new() };
        for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let why = |why: String| format!("{name}.txt:{number}: {why}");
            if let Some(list) = line.strip_prefix("flavours:") {
                let flavours = list.split(',').map(|flavour| flavour.trim().parse::<Flavour>());
                script.flavours = flavours.collect::<Result<_, _>>().map_err(|error| why(error.to_string()))?;
                continue;
            }
            if let Some(list) = line.strip_prefix("apart:") {
                script.apart = list.split(',').map(|client| client.trim().to_owned()).collect();
                continue;
            }
            script.steps.push(step(number, line).map_err(why)?);
        }
        Ok(script)
    }
}

/// One line, without comments.
pub fn step(number: usize, mut line: &str) -> Result<Step, String> {
    let (mut flavour, mut groups, mut later, mut like) = (None, Vec::new(), false, None);
    while let Some((tag, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        match tag {
            "ucce" => flavour = Some(Flavour::Ucce),
            "uccx" => flavour = Some(Flavour::Uccx),
            "text" => groups.push(Group::Text),
            "connection" => groups.push(Group::Connection),
            "broker" => groups.push(Group::Broker),
            "typed" => groups.push(Group::Typed),
            "plain" => groups.push(Group::Plain),
            "sdk" => groups.push(Group::Sdk),
            "later" => later = true,
            other => match other.strip_prefix("like ") {
                Some(sample) => like = Some(sample.to_owned()),
                None => return Err(format!("unknown tag {other}")),
            },
        }
        line = rest.trim_start();
    }
    let (head, rest) = line.split_once(' ').ok_or("a line has a mark, a blank and a content")?;
    let rest = rest.trim_start();
    let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    let what = if let Some(client) = head.strip_suffix('>') {
        What::Send { client: client.to_owned(), line: rest.to_owned(), later }
    } else if let Some(client) = head.strip_suffix("<=") {
        What::Told { client: client.to_owned(), line: json(rest)?, exact: true, like }
    } else if let Some(client) = head.strip_suffix('<') {
        What::Told { client: client.to_owned(), line: json(rest)?, exact: false, like }
    } else if let Some(client) = head.strip_suffix('=') {
        groups.push(Group::Typed);
        What::Reply { client: client.to_owned(), reply: json(rest)? }
    } else if matches!(head, "*" | "-") {
        let mut words = rest.split_whitespace().map(str::to_owned);
        let (agent, words) = (words.next().ok_or("an event has an agent")?, words.collect());
        if head == "*" { What::Event { agent, words } } else { What::Never { agent, words } }
    } else if head == "!" {
        let (into, act) = match rest.split_once('=') {
            Some((name, act)) if name.trim_start().starts_with('$') && !name.trim().contains(' ') => {
                (Some(name.trim().to_owned()), act.trim())
            }
            _ => (None, rest),
        };
        What::Act { into, act: self::act(act)? }
    } else {
        return Err(format!("unknown mark {head}"));
    };
    Ok(Step { number, flavour, groups, what })
}

fn act(text: &str) -> Result<Act, String> {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    Ok(match verb {
        "call" => {
            let (from, rest) = rest.split_once("->").ok_or("call <from> -> <to> [name=value …]")?;
            let mut words = rest.split_whitespace();
            let to = words.next().ok_or("a call goes somewhere")?.to_owned();
            let pair = |word: &str| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
            let variables = words.map(pair).collect::<Option<_>>().ok_or("variables are name=value")?;
            Act::Call { from: from.trim().to_owned(), to, variables }
        }
        "answer" => Act::Answer(rest.to_owned()),
        "hangup" => Act::HangUp(rest.to_owned()),
        "fault" => Act::Fault(serde_json::from_str(rest).map_err(|error| error.to_string())?),
        "clear" => Act::ClearFaults,
        "release" => Act::Release,
        "kill" => Act::Kill(rest.to_owned()),
        "service" => Act::Service(match rest {
            "IN_SERVICE" => Service::In,
            "OUT_OF_SERVICE" => Service::Out,
            "PARTIAL_SERVICE" => Service::Partial,
            other => return Err(format!("unknown service status {other}")),
        }),
        "step" => Act::Step(Duration::from_millis(rest.parse().map_err(|_| "step <milliseconds>")?)),
        other => return Err(format!("unknown action {other}")),
    })
}
