//! The generated catalogue: every command, RPC, verb and error reason, and the parser of the old text protocol.
//!
//! `build.rs` writes the tables, [`Command`] and its conversions from the options of `proto/gc/v1/*.proto`; by hand
//! stand here only the shape of the tables and the splitting of a text body into parameters.

use super::field::invalid;
use super::{Options, Request};
use crate::model::id::AgentId;
use crate::model::{Error, Reason};
use crate::pb;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// Longest destination after the `#`, in bytes.
const MAX_DESTINATION: usize = 128;

/// An RPC, and what its options say of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rpc {
    /// gRPC's path, for example `/gc.v1.CallService/HoldCall`.
    pub path: &'static str,
    /// The service, for example `CallService`.
    pub service: &'static str,
    /// The name, for example `HoldCall`.
    pub name: &'static str,
    /// The first paragraph of its comment in the proto, as one line.
    pub doc: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether UCCX can't do it.
    pub ucce_only: bool,
    /// Whether a side of it is a stream. There is no [`Command`] for such an RPC, nor for those of BridgeService.
    pub streaming: bool,
    /// Whether it carries options, and so may change something in Finesse.
    pub changing: bool,
    /// The reply's fields.
    pub reply: &'static [&'static str],
    /// The event payloads that a success may publish.
    pub events: &'static [&'static str],
    /// The error reasons beside the common ones.
    pub errors: &'static [&'static str],
}

/// Who may call an RPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Anyone.
    Public,
    /// An agent, by token.
    Agent,
    /// An agent with the Supervisor role.
    Supervisor,
    /// A service identity as far as it may observe, and an agent for themselves.
    Service,
    /// An administrator of this service.
    Admin,
}

/// A verb of the old text protocol.
#[derive(Debug, PartialEq, Eq)]
pub struct Verb {
    /// Its spelling in the old product's document.
    pub name: &'static str,
    /// Other spellings that shipped clients send.
    pub aliases: &'static [&'static str],
    /// The old product's category.
    pub category: &'static str,
    /// What stands after the `#`.
    pub id: IdKind,
    /// The body's parameters, in order.
    pub params: &'static [Param],
    /// The types of the lines that a success sends, in order.
    pub lines: &'static [&'static str],
    /// Whether the old product's document does not list it.
    pub undocumented: bool,
    /// The RPC that it stands for.
    pub rpc: &'static Rpc,
}

/// What stands after the `#` of a legacy command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// An agent's login id.
    Agent,
    /// The client's destination.
    Destination,
}

/// A parameter of a verb's body.
#[derive(Debug, PartialEq, Eq)]
pub struct Param {
    /// The request's field.
    pub field: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it takes surplus commas.
    pub greedy: bool,
}

/// An error reason, as `error.proto` describes it.
#[derive(Debug, PartialEq, Eq)]
pub struct ReasonRow {
    /// Its name without prefix.
    pub name: &'static str,
    /// Its number in `ErrorReason`.
    pub number: i32,
    /// The name of the gRPC code, for example `FAILED_PRECONDITION`.
    pub code: &'static str,
    /// Whether the same request can succeed later.
    pub retry: Retry,
    /// What it means.
    pub meaning: &'static str,
    /// When it comes, for example.
    pub example: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// Whether the same request can succeed when it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Never.
    No,
    /// When what refused it has changed.
    AfterChange,
    /// After a delay.
    AfterDelay,
    /// After Connect.
    AfterConnect,
    /// Only with the same request id and epoch.
    SameRequestId,
}

impl Retry {
    /// Whether a retry of what failed for a reason can succeed.
    pub fn of(reason: Reason) -> Self {
        REASONS.iter().find(|row| row.name == reason.as_str()).map_or(Self::No, |row| row.retry)
    }

    /// The name that clients see, as in the proto without its prefix.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "NO",
            Self::AfterChange => "AFTER_CHANGE",
            Self::AfterDelay => "AFTER_DELAY",
            Self::AfterConnect => "AFTER_CONNECT",
            Self::SameRequestId => "SAME_REQUEST_ID",
        }
    }
}

/// A legacy command that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The verb.
    pub verb: &'static Verb,
    /// What stood after the `#`, as it was sent.
    pub id: String,
    /// The command.
    pub command: Command,
}

impl Command {
    /// The RPC's name, for example `HoldCall`.
    pub fn name(&self) -> &'static str {
        self.rpc().name
    }

    /// Whether it may change something in Finesse.
    pub fn is_changing(&self) -> bool {
        self.rpc().changing
    }
}

/// The RPC of a gRPC path; none for those of other packages (health, reflection).
pub fn rpc(path: &str) -> Option<&'static Rpc> {
    RPCS.binary_search_by(|rpc| rpc.path.cmp(path)).ok().and_then(|index| RPCS.get(index))
}

/// The verb of a name, whatever its case.
pub fn verb(name: &str) -> Option<&'static Verb> {
    find(name).map(|(_, verb)| verb)
}

/// Understands a legacy command: the verb before the `#`, the id after it, and the body's parameters (empty for none).
///
/// # Errors
///
/// INVALID_INPUT for an unknown verb, surplus or missing parameters and malformed values; for a sign-in
/// MISSING_PASSWORD, MISSING_EXTENSION and WRONG_EXTENSION, as the old product documents them.
pub fn parse(verb: &str, id: &str, body: &str) -> Result<Parsed, Error> {
    let (index, verb) = find(verb.trim()).ok_or_else(|| invalid("unknown verb"))?;
    let id = id.trim();
    match verb.id {
        IdKind::Agent => drop(id.parse::<AgentId>()?),
        IdKind::Destination => drop(super::field::text("destination", id.to_owned(), MAX_DESTINATION)?),
    }
    let params = split(verb, body)?;
    let command = build(index, id, params.into_iter())?;
    Ok(Parsed { verb, id: id.to_owned(), command })
}

fn find(name: &str) -> Option<(usize, &'static Verb)> {
    let is = |other: &&str| other.eq_ignore_ascii_case(name);
    VERBS.iter().enumerate().find(|(_, verb)| is(&verb.name) || verb.aliases.iter().any(&is))
}

/// The body's parameters: blanks around them do not count, save in the greedy one, which is taken to the letter.
fn split<'a>(verb: &Verb, body: &'a str) -> Result<Vec<&'a str>, Error> {
    let given = if body.trim().is_empty() { 0 } else { body.split(',').count() };
    let required = verb.params.iter().filter(|param| !param.optional).count();
    if given < required {
        return Err(missing(verb, given));
    }
    let Some(greedy) = verb.params.iter().position(|param| param.greedy) else {
        if given > verb.params.len() {
            return Err(invalid(format!("{} takes {} parameters, {given} were given", verb.name, verb.params.len())));
        }
        return Ok(body.split(',').take(given).map(str::trim).collect());
    };
    let mut params: Vec<&str> = Vec::with_capacity(verb.params.len());
    let mut rest = body;
    for _ in 0..greedy {
        let (param, tail) = rest.split_once(',').ok_or_else(|| missing(verb, params.len()))?;
        params.push(param.trim());
        rest = tail;
    }
    let mut tail = Vec::new();
    for _ in greedy + 1..verb.params.len() {
        let (head, param) = rest.rsplit_once(',').ok_or_else(|| missing(verb, params.len() + 1))?;
        tail.push(param.trim());
        rest = head;
    }
    params.push(rest);
    params.extend(tail.into_iter().rev());
    Ok(params)
}

/// Names the parameters from `given` on, with the old product's reason where it has one.
fn missing(verb: &Verb, given: usize) -> Error {
    let fields: Vec<&str> = verb.params.iter().skip(given).filter(|p| !p.optional).map(|p| p.field).collect();
    let documented =
        |field: &str, reason: Reason| fields.contains(&field) && verb.rpc.errors.contains(&reason.as_str());
    let reason = if documented("password", Reason::MissingPassword) {
        Reason::MissingPassword
    } else if documented("extension", Reason::MissingExtension) {
        Reason::MissingExtension
    } else if fields.contains(&"reason_id") {
        Reason::ReasonCodeRequired
    } else {
        Reason::InvalidInput
    };
    Error::new(reason, format!("missing: {}", fields.join(", ")))
}

fn flag(field: &str, text: &str) -> Result<bool, Error> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(invalid(format!("{field} is not true or false"))),
    }
}

fn word(field: &str, text: &str, words: &[(&str, i32)]) -> Result<i32, Error> {
    let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, number)| *number);
    known.ok_or_else(|| invalid(format!("{field} is not one of its values")))
}
