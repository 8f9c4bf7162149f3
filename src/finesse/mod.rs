//! The surface of the Finesse adapter, so that sessions and doors compile against it until the adapter lands.
#![allow(missing_docs)]
use crate::model::{self, Error, Reason, agent::*, dialog::*, error::FinesseFault, id::*, reason::*, system::*};
#[derive(Clone)]
pub struct Client;
#[derive(Clone)]
pub struct Credentials;
impl Credentials {
    pub fn new(_a: AgentId, _p: secrecy::SecretString) -> Self {
        Self
    }
}
#[derive(Debug)]
pub enum SendError {
    NotSent(Error),
    Refused(Error),
    Unknown(Error),
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Answer,
    Hold,
    Retrieve,
    Drop,
}
#[derive(Clone, Debug)]
pub struct Mobile {
    pub mode: MobileMode,
    pub dial_number: DialNumber,
}
pub fn reason_of(_: &FinesseFault) -> Reason {
    Reason::GeneralError
}
impl Client {
    pub fn answer_timeout(&self) -> std::time::Duration {
        std::time::Duration::from_secs(5)
    }
    pub async fn system_info(&self) -> Result<SystemInfo, model::Error> {
        std::future::pending().await
    }
    pub async fn user(&self, _: &Credentials) -> Result<AgentUpdate, model::Error> {
        std::future::pending().await
    }
    pub async fn dialogs(&self, _: &Credentials) -> Result<Vec<Dialog>, Error> {
        std::future::pending().await
    }
    pub async fn reasons(&self, _: &Credentials, _: ReasonCategory) -> Result<Vec<ReasonCode>, Error> {
        std::future::pending().await
    }
    pub async fn sign_in(
        &self,
        _: &Credentials,
        _: &Extension,
        _: Option<&Mobile>,
        _: &RequestId,
    ) -> Result<(), SendError> {
        std::future::pending().await
    }
    pub async fn set_state(
        &self,
        _: &Credentials,
        _: AgentState,
        _: Option<&ReasonId>,
        _: &RequestId,
    ) -> Result<(), SendError> {
        std::future::pending().await
    }
    pub async fn make_call(
        &self,
        _: &Credentials,
        _: &Extension,
        _: &DialNumber,
        _: &RequestId,
    ) -> Result<(), SendError> {
        std::future::pending().await
    }
    pub async fn act(
        &self,
        _: &Credentials,
        _: &DialogId,
        _: Action,
        _: &Extension,
        _: &RequestId,
    ) -> Result<(), SendError> {
        std::future::pending().await
    }
    pub async fn update_call_data(
        &self,
        _: &Credentials,
        _: &DialogId,
        _: Option<&str>,
        _: &[CallVariable],
        _: &RequestId,
    ) -> Result<(), SendError> {
        std::future::pending().await
    }
}
pub mod notify {
    use super::*;
    use crate::shutdown::Tasks;
    use tokio::sync::mpsc;
    pub struct Link;
    impl Link {
        pub fn open(_: &Client, _: Credentials, _: &Tasks, _: u64) -> (Link, mpsc::Receiver<LinkEvent>) {
            (Link, mpsc::channel(1).1)
        }
        pub fn close(&self) {}
        pub fn renew(&self, _: Credentials) {}
    }
    #[derive(Debug)]
    pub enum DownReason {
        X,
    }
    pub enum LinkEvent {
        Up { jid: String },
        Down { why: DownReason, retry_in: std::time::Duration },
        Refused(model::Error),
        Conflict,
        Notification(Box<Notification>),
        Skipped { why: String },
    }
    pub struct Notification {
        pub node: String,
        pub item_id: String,
        pub delayed: bool,
        pub update: Update,
    }
    pub struct Update {
        pub event: UpdateEvent,
        pub source: Source,
        pub request_id: Option<String>,
        pub data: Data,
    }
    pub enum UpdateEvent {
        Post,
        Put,
        Delete,
    }
    pub enum Source {
        User(AgentId),
        UserDialogs(AgentId),
        Dialog(DialogId),
        SystemInfo,
        Other,
    }
    pub enum Data {
        User(Box<AgentUpdate>),
        Dialogs(Vec<Dialog>),
        Errors(Vec<FinesseFault>),
        System(Box<SystemInfo>),
        Team(u8),
        Queue(u8),
        Other,
    }
}
