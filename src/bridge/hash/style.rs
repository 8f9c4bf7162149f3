//! The choices within the text encoding, as section `text` of the configuration makes them.

/// What becomes of a reserved character in a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reserved {
    /// A blank: a desktop that knows of no escapes shows the value as nearly as can be.
    #[default]
    Blank,
    /// `%` and two hexadecimal digits for each byte of its UTF-8; `%` itself too. Nothing is lost.
    Percent,
}

/// What ends `AgentInfo`: the old product changed it between two builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentInfoTail {
    /// `[8]` the id of the agent's team, `[9]` the full name: later builds.
    #[default]
    TeamAndName,
    /// `[8]` the full name: earlier builds.
    Name,
}

/// What a refused monitoring, barge-in or removal of a participant is told as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SupervisorErrors {
    /// As every other refusal.
    #[default]
    Error,
    /// As `Control`, whose token `[3]` the known desktop shows for some seconds.
    Control,
}

/// A token of `Error` behind the event's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorToken {
    /// The code.
    Code,
    /// The sentence for people.
    Message,
    /// Our reason, which is the code unless the old product or Finesse has one of their own.
    Reason,
    /// The verb that was refused.
    Command,
    /// The call that it is about.
    DialogId,
    /// Nothing: it keeps a place.
    Empty,
}

impl ErrorToken {
    /// Reads the configuration's word for it; an empty text keeps a place.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "code" => Some(Self::Code),
            "message" => Some(Self::Message),
            "reason" => Some(Self::Reason),
            "command" => Some(Self::Command),
            "dialog_id" => Some(Self::DialogId),
            "" => Some(Self::Empty),
            _ => None,
        }
    }
}

/// How the text encoding writes what the old product's known sources leave open.
#[derive(Clone, Debug)]
pub struct TextStyle {
    /// What becomes of a reserved character in a value (`text.reserved`).
    pub reserved: Reserved,
    /// What ends `AgentInfo` (`text.agent_info`).
    pub agent_info: AgentInfoTail,
    /// What a refused command of a supervisor is told as (`text.supervisor_errors`).
    pub supervisor_errors: SupervisorErrors,
    /// The tokens of `Error` behind the event's name (`text.error`).
    pub error: Vec<ErrorToken>,
    /// Names of events.
    pub events: EventNames,
    /// Labels of tokens that hold one value.
    pub labels: Labels,
    /// Labels of the fields of list entries.
    pub fields: FieldLabels,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            reserved: Reserved::default(),
            agent_info: AgentInfoTail::default(),
            supervisor_errors: SupervisorErrors::default(),
            error: vec![ErrorToken::Code, ErrorToken::Message],
            events: EventNames::default(),
            labels: Labels::default(),
            fields: FieldLabels::default(),
        }
    }
}

/// The names of events that are not the same in all sources, or in none.
#[derive(Clone, Debug)]
pub struct EventNames {
    /// The state of an agent (`text.event_state`); the developer guide calls it `AgentState`.
    pub state: String,
    /// The state of a call (`text.event_dialog_state`); the developer guide calls it `DialogStatus`.
    pub dialog_state: String,
    /// That the agents of a destination must connect again (`text.event_reconnect`).
    pub reconnect: String,
}

impl Default for EventNames {
    fn default() -> Self {
        Self { state: "State".to_owned(), dialog_state: "DialogState".to_owned(), reconnect: "RECONNECT".to_owned() }
    }
}

/// What stands before the colon of a token that has one. The known desktop skips it unread.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Of a call's id (`text.label_dialog_id`).
    pub dialog_id: String,
    /// Of a consult's id (`text.label_consult_id`).
    pub consult_id: String,
    /// Of the id that a call had before (`text.label_prev_dialog_id`).
    pub prev_dialog_id: String,
    /// Of a call's type (`text.label_call_type`).
    pub call_type: String,
    /// Of the participants (`text.label_participants`).
    pub participants: String,
    /// Of the number of supervised teams (`text.label_teams`).
    pub teams: String,
    /// Of the texts of reasons (`text.label_reasons`).
    pub reasons: String,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            dialog_id: "dialogId".to_owned(),
            consult_id: "assDialogId".to_owned(),
            prev_dialog_id: "prevDialogId".to_owned(),
            call_type: "callType".to_owned(),
            participants: "participants".to_owned(),
            teams: "numberOfTeams".to_owned(),
            reasons: "reasonLabels".to_owned(),
        }
    }
}

/// The labels of each field of a list's entry, in the order of the fields; an empty one leaves the colon out too.
#[derive(Clone, Debug)]
pub struct FieldLabels {
    /// Of a team's member (`text.user_labels`).
    pub user: [String; 8],
    /// Of an agent who is signed in (`text.agent_labels`).
    pub agent: [String; 3],
    /// Of a queue (`text.queue_labels`).
    pub queue: [String; 10],
    /// Of a phone book (`text.phonebook_labels`).
    pub phone_book: [String; 3],
    /// Of a phone book's contact (`text.contact_labels`).
    pub contact: [String; 5],
}

impl Default for FieldLabels {
    fn default() -> Self {
        let user =
            ["firstName", "lastName", "extension", "loginId", "state", "reasonCode", "pendingState", "stateChangeTime"];
        Self {
            user: user.map(str::to_owned),
            agent: ["firstName", "lastName", "extension"].map(str::to_owned),
            queue: Default::default(),
            phone_book: ["name", "type", "id"].map(str::to_owned),
            contact: Default::default(),
        }
    }
}

/// Whether a text may be the name of an event or a label: no separator, no escape, nothing invisible, at most 64 bytes.
pub fn is_word(text: &str) -> bool {
    let separates = |c: char| matches!(c, '#' | ',' | '|' | ':' | '=' | '%') || c.is_control();
    !text.is_empty() && text.len() <= 64 && !text.contains(separates) && text.trim() == text
}
