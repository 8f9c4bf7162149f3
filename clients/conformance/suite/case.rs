//! Reads a case: a scenario, with what else can happen between an SDK and the service. `README.md` has the language.

use std::time::Duration;

use generic_connector::sim::Flavour;
use serde_json::{Value, json};

use super::proxy::Mode;
use super::sdk::How;
use crate::scenarios::script::{self, Step};

/// A case.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub flavours: Vec<Flavour>,
    /// The columns that it is for; none: all.
    languages: Vec<String>,
    /// The options of the SDK's clients, as runners take them.
    pub options: Value,
    /// What is other than usual at the service and the simulator.
    pub service: Value,
    pub lines: Vec<Placed>,
}

/// A line, and where it stands.
#[derive(Debug)]
pub struct Placed {
    pub number: usize,
    /// The languages that it is for; none: all.
    languages: Vec<String>,
    pub line: Line,
}

impl Placed {
    pub fn is_for(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|one| one == language)
    }
}

#[derive(Debug)]
pub enum Line {
    /// A line of a scenario; a command may have a way of its own.
    Step(Step, How),
    /// The SDK of a client gave out an item that holds these members, after the last one found.
    Item { client: String, expected: Value },
    /// At no time an item of the client holds these members.
    NoItem { client: String, unwanted: Value },
    /// Something happens between the SDK and the service.
    Fault(Fault),
}

/// What else can happen.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// All connections are reset.
    Cut,
    /// What passes between SDK and service from now on.
    Pass(Mode),
    /// The service dies and another one starts.
    Restart,
    /// The service announces its end and ends.
    Stop,
    /// A service starts.
    Start,
    /// Time passes.
    After(Duration),
    /// Finesse has seen just so many requests of a user with an action; since they were counted where the flag says so.
    /// Waits for them.
    Requests((String, String), u64, bool),
    /// Counts the requests of a user with an action that Finesse has seen by now.
    Count((String, String)),
    /// No item of the client without a name holds these members by now.
    None(Value),
    /// So many customers' calls come to a number, one after the other, and are hung up.
    Calls {
        count: usize,
        to: String,
    },
    /// Every client handles calls while so many connections are cut.
    Storm {
        cuts: usize,
        seed: u64,
    },
    /// The client without a name changes a call again and again while the service is replaced so many times.
    Upheaval {
        restarts: usize,
        seed: u64,
    },
    /// The consumer of a client stops, or goes on.
    Pause(String),
    Resume(String),
    /// The caller of a client's last command gives up.
    Cancel(String),
    /// A service begins to watch every agent.
    Observe(String),
    /// A client closes its session.
    Close(String),
}

impl Case {
    /// A scenario's file as it is.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let flavours = vec![Flavour::Ucce, Flavour::Uccx];
        let mut case = Self {
            name: name.to_owned(),
            flavours,
            languages: vec![],
            options: json!({}),
            service: json!({}),
            lines: vec![],
        };
        for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            case.take(number, line).map_err(|why| format!("{name}.txt:{number}: {why}"))?;
        }
        Ok(case)
    }

    fn take(&mut self, number: usize, line: &str) -> Result<(), String> {
        let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
        if let Some(list) = line.strip_prefix("flavours:") {
            let flavours = list.split(',').map(|flavour| flavour.trim().parse::<Flavour>());
            self.flavours = flavours.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        } else if let Some(list) = line.strip_prefix("languages:") {
            self.languages = list.split(',').map(|language| language.trim().to_owned()).collect();
        } else if let Some(options) = line.strip_prefix("options:") {
            self.options = json(options)?;
        } else if let Some(service) = line.strip_prefix("service:") {
            self.service = json(service)?;
        } else if !line.starts_with("apart:") {
            let of = line.strip_prefix("[for ").and_then(|rest| rest.split_once(']'));
            let (languages, line) = of.map_or((Vec::new(), line), |(names, line)| {
                (names.split_whitespace().map(str::to_owned).collect(), line.trim_start())
            });
            self.lines.push(Placed { number, languages, line: self::line(number, line)? });
        }
        Ok(())
    }

    pub fn is_for(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|one| one == language)
    }

    /// Whether nothing happens that plain gRPC would not get over: then its refusals must be the SDK's.
    pub fn is_plain(&self) -> bool {
        self.lines.iter().all(|placed| matches!(&placed.line, Line::Step(_, how) if !how.contains_key("timeout_ms")))
    }
}

fn line(number: usize, mut text: &str) -> Result<Line, String> {
    let mut how = How::new();
    while let Some((tag, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let (name, value) = tag.split_once(' ').unwrap_or((tag, ""));
        let (member, value) = match name {
            "timeout" => ("timeout_ms", json!(value.parse::<u64>().map_err(|_| "timeout <milliseconds>")?)),
            "id" => ("request_id", json!(value)),
            "version" => ("expected_version", json!(value)),
            "accepted" => ("wait", json!("WAIT_ACCEPTED")),
            _ => break,
        };
        how.insert(member.to_owned(), value);
        text = rest.trim_start();
    }
    let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    let (head, rest) = text.split_once(' ').ok_or("a line has a mark, a blank and a content")?;
    if let Some(client) = head.strip_suffix("-~") {
        return Ok(Line::NoItem { client: client.to_owned(), unwanted: json(rest)? });
    }
    if let Some(client) = head.strip_suffix('~') {
        return Ok(Line::Item { client: client.to_owned(), expected: json(rest)? });
    }
    let fault = if head == "!" { fault(rest)? } else { None };
    match fault {
        Some(fault) => Ok(Line::Fault(fault)),
        None => Ok(Line::Step(script::step(number, text)?, how)),
    }
}

/// None for what happens in the contact centre.
fn fault(text: &str) -> Result<Option<Fault>, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
    let client = |rest: &[&str]| rest.first().copied().unwrap_or_default().to_owned();
    let seen = |user: &str, action: &str| (user.to_owned(), action.to_owned());
    Ok(Some(match &*words {
        ["cut"] => Fault::Cut,
        ["refuse"] => Fault::Pass(Mode::Refuse),
        ["stall"] => Fault::Pass(Mode::Stall),
        ["stall", "down"] => Fault::Pass(Mode::StallDown),
        ["pass"] => Fault::Pass(Mode::Pass),
        ["restart"] => Fault::Restart,
        ["stop"] => Fault::Stop,
        ["start"] => Fault::Start,
        ["after", ms] => Fault::After(Duration::from_millis(number(ms)?)),
        ["requests", user, action, count] => match count.strip_prefix('+') {
            Some(more) => Fault::Requests(seen(user, action), number(more)?, true),
            None => Fault::Requests(seen(user, action), number(count)?, false),
        },
        ["count", user, action] => Fault::Count(seen(user, action)),
        ["none", ..] => {
            let unwanted = text.trim_start().trim_start_matches("none");
            Fault::None(serde_json::from_str(unwanted).map_err(|error| error.to_string())?)
        }
        ["calls", count, "->", to] => Fault::Calls { count: number(count)? as usize, to: (*to).to_owned() },
        ["storm", "cuts", cuts, "seed", seed] => Fault::Storm { cuts: number(cuts)? as usize, seed: number(seed)? },
        ["storm", "restarts", restarts, "seed", seed] => {
            Fault::Upheaval { restarts: number(restarts)? as usize, seed: number(seed)? }
        }
        ["pause", rest @ ..] => Fault::Pause(client(rest)),
        ["resume", rest @ ..] => Fault::Resume(client(rest)),
        ["cancel", rest @ ..] => Fault::Cancel(client(rest)),
        ["observe", name] => Fault::Observe((*name).to_owned()),
        ["close", rest @ ..] => Fault::Close(client(rest)),
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::script::What;

    #[test]
    fn a_case_is_read() {
        let text = "flavours: ucce\noptions: {\"event_buffer\":2}\n# why\n[timeout 50] [id x] [later] a> HoldCall#1001#1\n\
            a~ {\"reset\":{}}\na-~ {\"end\":null}\n! stall down\n! storm cuts 100 seed 7\n! hangup $call\n! after 20";
        let case = Case::parse("inline", text).unwrap();
        assert_eq!((case.flavours.len(), case.lines.len(), case.is_plain()), (1, 7, false));
        let Line::Step(step, how) = &case.lines[0].line else { panic!("{:?}", case.lines[0]) };
        assert!(matches!(&step.what, What::Send { later: true, .. }));
        assert_eq!((&how["timeout_ms"], &how["request_id"]), (&json!(50), &json!("x")));
        assert!(matches!(&case.lines[3].line, Line::Fault(Fault::Pass(Mode::StallDown))));
        assert!(matches!(&case.lines[4].line, Line::Fault(Fault::Storm { cuts: 100, seed: 7 })));
        assert!(matches!(&case.lines[5].line, Line::Step(..)));
    }

    #[test]
    fn a_line_that_can_not_be_read_is_named() {
        for (line, why) in [("! dance", "unknown action"), ("! after soon", "no number"), ("[x] > a#b", "unknown tag")]
        {
            let error = Case::parse("inline", &format!("# first\n{line}")).unwrap_err();
            assert!(error.starts_with("inline.txt:2: ") && error.contains(why), "{error}");
        }
    }
}
