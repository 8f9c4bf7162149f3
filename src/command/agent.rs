//! Commands of an agent's session, sign-in and states.

use std::hash::{Hash, Hasher};

use secrecy::{ExposeSecret, SecretString};

use super::field::{self, empty};
use crate::model::agent::MobileMode;
use crate::model::id::{AgentId, DialNumber, Extension};
use crate::model::reason::ReasonKey;
use crate::model::{Error, Reason};
use crate::pb;

/// Proves an agent's password and opens the session.
#[derive(Clone, Debug)]
pub struct Connect {
    /// The login id.
    pub agent_id: AgentId,
    /// The Finesse password.
    pub password: SecretString,
    /// The client's name for itself; the destination of a legacy client.
    pub client_name: Option<String>,
}

impl TryFrom<pb::ConnectRequest> for Connect {
    type Error = Error;

    fn try_from(request: pb::ConnectRequest) -> Result<Self, Error> {
        Ok(Self {
            agent_id: request.agent_id.try_into()?,
            password: field::password(request.password)?,
            client_name: field::client_name(request.client_name)?,
        })
    }
}

impl PartialEq for Connect {
    fn eq(&self, other: &Self) -> bool {
        self.agent_id == other.agent_id
            && self.client_name == other.client_name
            && self.password.expose_secret() == other.password.expose_secret()
    }
}

/// Without the password, which is kept nowhere, in no form.
impl Hash for Connect {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.agent_id, &self.client_name).hash(state);
    }
}

/// Signs the agent in on an extension.
#[derive(Clone, Debug)]
pub struct Login {
    /// The password that Connect proved, where the client sends it again.
    pub password: Option<SecretString>,
    /// The extension.
    pub extension: Extension,
}

impl TryFrom<pb::LoginRequest> for Login {
    type Error = Error;

    fn try_from(request: pb::LoginRequest) -> Result<Self, Error> {
        let password = request.password.map(field::password).transpose()?;
        Ok(Self { password, extension: extension(request.extension)? })
    }
}

impl PartialEq for Login {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension && same(&self.password, &other.password)
    }
}

/// Without the password, which is kept nowhere, in no form.
impl Hash for Login {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.extension.hash(state);
    }
}

/// Signs the agent in with a phone of their own.
#[derive(Clone, Debug)]
pub struct MobileAgentLogin {
    /// The password that Connect proved, where the client sends it again.
    pub password: Option<SecretString>,
    /// The extension (CTI port).
    pub extension: Extension,
    /// The agent's phone.
    pub dial_number: DialNumber,
    /// How the phone is connected.
    pub mode: MobileMode,
}

impl TryFrom<pb::MobileAgentLoginRequest> for MobileAgentLogin {
    type Error = Error;

    fn try_from(request: pb::MobileAgentLoginRequest) -> Result<Self, Error> {
        let mode = match request.mode() {
            pb::MobileMode::CallByCall => MobileMode::CallByCall,
            pb::MobileMode::NailedConnection => MobileMode::NailedConnection,
            pb::MobileMode::Unspecified => return Err(field::invalid("mode is missing or unknown")),
        };
        let password = request.password.map(field::password).transpose()?;
        let extension = extension(request.extension)?;
        Ok(Self { password, extension, dial_number: request.dial_number.try_into()?, mode })
    }
}

impl PartialEq for MobileAgentLogin {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension
            && self.dial_number == other.dial_number
            && self.mode == other.mode
            && same(&self.password, &other.password)
    }
}

/// Without the password, which is kept nowhere, in no form.
impl Hash for MobileAgentLogin {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.extension, &self.dial_number, &self.mode).hash(state);
    }
}

/// Signs the agent out with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogoutWithReason {
    /// The reason.
    pub reason: ReasonKey,
}

impl TryFrom<pb::LogoutWithReasonRequest> for LogoutWithReason {
    type Error = Error;

    fn try_from(request: pb::LogoutWithReasonRequest) -> Result<Self, Error> {
        Ok(Self { reason: field::reason(request.reason_id, request.reason_code)? })
    }
}

/// Makes the agent not ready with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MakeNotReadyWithReason {
    /// The reason.
    pub reason: ReasonKey,
}

impl TryFrom<pb::MakeNotReadyWithReasonRequest> for MakeNotReadyWithReason {
    type Error = Error;

    fn try_from(request: pb::MakeNotReadyWithReasonRequest) -> Result<Self, Error> {
        Ok(Self { reason: field::reason(request.reason_id, request.reason_code)? })
    }
}

empty! {
    /// Ends the token that the call carries.
    Disconnect: DisconnectRequest;
    /// Signs the agent out.
    Logout: LogoutRequest;
    /// Signs the agent out whatever the state.
    ForceLogout: ForceLogoutRequest;
    /// Makes the agent ready.
    MakeReady: MakeReadyRequest;
    /// Makes the agent not ready, without a reason.
    MakeNotReady: MakeNotReadyRequest;
    /// Asks for wrap-up after the call, ready afterwards.
    MakeWorkReady: MakeWorkReadyRequest;
    /// Asks for wrap-up after the call, not ready afterwards.
    MakeWorkNotReady: MakeWorkNotReadyRequest;
    /// Asks for the agent's state and open calls.
    GetState: GetStateRequest;
    /// Asks for the agents that are signed in through this service.
    GetAllAgents: GetAllAgentsRequest;
}

/// The extension to sign in on, refused with the reasons that the old product documents.
fn extension(extension: String) -> Result<Extension, Error> {
    if extension.is_empty() {
        return Err(Error::new(Reason::MissingExtension, "extension is missing"));
    }
    Extension::try_from(extension).map_err(|invalid| Error::new(Reason::WrongExtension, invalid.to_string()))
}

fn same(a: &Option<SecretString>, b: &Option<SecretString>) -> bool {
    a.as_ref().map(ExposeSecret::expose_secret) == b.as_ref().map(ExposeSecret::expose_secret)
}
