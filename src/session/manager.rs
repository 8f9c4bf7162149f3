//! Opens, finds and ends sessions; holds the tokens and the one prober of Finesse's status.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use secrecy::SecretString;
use tokio::sync::{Notify, mpsc, oneshot, watch};

use super::Options;
use super::actor::{Actor, Parts, now};
use super::directory::Directory;
use super::gate::{Gates, Passage};
use super::handle::{Handle, INBOX, Message};
use super::interactions::Interactions;
use super::suspects::Suspects;
use super::system::{System, probe};
use super::token::{Proof, TokenRef, TokenUse, Tokens, random};
use crate::command::agent::Connect;
use crate::finesse::notify::Link;
use crate::finesse::{Client, Credentials};
use crate::model::agent::{Agent, AgentUpdate};
use crate::model::event::Snapshot;
use crate::model::id::{AgentId, Epoch};
use crate::model::system::{Platform, SystemStatus};
use crate::model::{Error, Reason};
use crate::shutdown::Tasks;

/// A successful Connect.
#[derive(Debug)]
pub struct Connected {
    /// What the client proves itself with from now on.
    pub token: SecretString,
    /// Names the token, for Disconnect.
    pub reference: TokenRef,
    /// The session.
    pub handle: Handle,
    /// The picture at this moment.
    pub snapshot: Arc<Snapshot>,
}

struct Entry {
    handle: Handle,
    proof: Arc<Mutex<Proof>>,
}

struct Inner {
    options: Arc<Options>,
    finesse: Client,
    tasks: Tasks,
    sessions: RwLock<HashMap<AgentId, Entry>>,
    tokens: Mutex<Tokens>,
    gates: Gates,
    suspects: Mutex<Suspects>,
    system: watch::Receiver<System>,
    status: watch::Receiver<SystemStatus>,
    trouble: Arc<Notify>,
    journal_bytes: Arc<AtomicUsize>,
    directory: Arc<Directory>,
    links: Arc<Interactions>,
    generation: watch::Sender<u64>,
}

/// All sessions of this service. Cheap to clone.
#[derive(Clone)]
pub struct Manager(Arc<Inner>);

impl std::fmt::Debug for Manager {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Manager")
            .field("sessions", &self.sessions().len())
            .field("tokens", &lock(&self.0.tokens).len())
            .field("connecting", &self.0.gates.len())
            .field("suspects", &lock(&self.0.suspects).len())
            .field("journal_bytes", &self.0.journal_bytes)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Manager {
    /// A manager without sessions; it begins to watch Finesse's status at once.
    pub fn new(options: Options, finesse: Client, tasks: &Tasks) -> Self {
        let (system_sender, system) = watch::channel(System::default());
        let (status_sender, status) = watch::channel(SystemStatus::default());
        let trouble = Arc::new(Notify::new());
        let probe = probe(finesse.clone(), options.clone(), trouble.clone(), system_sender, status_sender);
        tasks.spawn_abortable(0, probe);
        Self(Arc::new(Inner {
            tokens: Mutex::new(Tokens::new(options.token_idle)),
            suspects: Mutex::new(Suspects::new(options.password_window)),
            options: Arc::new(options),
            finesse,
            tasks: tasks.clone(),
            sessions: RwLock::default(),
            gates: Gates::default(),
            system,
            status,
            trouble,
            journal_bytes: Arc::default(),
            directory: Arc::default(),
            links: Arc::default(),
            generation: watch::channel(0).0,
        }))
    }

    /// Whether Finesse can be used, and each change of it.
    pub fn system(&self) -> watch::Receiver<SystemStatus> {
        self.0.status.clone()
    }

    /// The platform behind Finesse, once Finesse has told it.
    pub fn platform(&self) -> Option<Platform> {
        self.0.system.borrow().platform
    }

    /// The earliest release of Finesse whose SystemInfo looks like the one that was read; none for old ones and before
    /// it was read.
    pub fn release(&self) -> Option<&'static str> {
        self.0.system.borrow().release
    }

    /// A number that rises whenever a session opens or ends.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.generation.subscribe()
    }

    /// The open session of an agent.
    pub fn session(&self, agent: &AgentId) -> Option<Handle> {
        let sessions = self.0.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.get(agent).map(|entry| entry.handle.clone())
    }

    /// All open sessions, at most as many as the options allow.
    pub fn sessions(&self) -> Vec<Handle> {
        let sessions = self.0.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.values().map(|entry| entry.handle.clone()).collect()
    }

    /// How many sessions are open.
    pub fn count(&self) -> usize {
        self.0.sessions.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The session that a token belongs to.
    ///
    /// # Errors
    /// SESSION_EXPIRED when the token is unknown, ended or its session is over.
    pub fn authenticate(&self, token: &TokenRef) -> Result<Handle, Error> {
        let expired = || Error::new(Reason::SessionExpired, "the token is not valid, connect again");
        let (agent, epoch) = lock(&self.0.tokens).agent(token, now()).ok_or_else(expired)?;
        self.session(&agent).filter(|handle| handle.epoch() == epoch).ok_or_else(expired)
    }

    /// Lets a stream hold the token that opened it, for a stream must not outlive its token; none when it has ended.
    pub fn hold(&self, token: &TokenRef) -> Option<TokenUse> {
        lock(&self.0.tokens).hold(token)
    }

    /// Ends one token; the session and its other tokens stay.
    pub fn disconnect(&self, token: &TokenRef) {
        lock(&self.0.tokens).end(token);
    }

    /// Proves the password and opens the agent's session when there is none. Every call yields a token of its own.
    ///
    /// # Errors
    /// AUTHORIZATION_FAILURE, USER_NOT_FOUND, TOO_MANY_REQUESTS after wrong passwords, LICENSES_EXCEEDED,
    /// SUBSCRIPTION_FAILED when the notification service refuses or stays silent, FINESSE_OUT_OF_SERVICE.
    pub async fn connect(&self, connect: Connect) -> Result<Connected, Error> {
        let gate = self.0.gates.at(&connect.agent_id);
        let connected = tokio::time::timeout(self.0.options.connect_timeout, async {
            let passage = gate.pass().await;
            self.connect_alone(&connect, passage).await
        });
        connected.await.unwrap_or_else(|_| {
            Err(Error::new(Reason::SubscriptionFailed, "the notification service did not answer in time"))
        })
    }

    async fn connect_alone(&self, connect: &Connect, passage: Passage) -> Result<Connected, Error> {
        let mut attempts = self.0.options.password_attempts;
        if let Some((handle, proof)) = self.entry(&connect.agent_id) {
            if lock(&proof).fits(&connect.password) {
                match self.join(handle).await {
                    Err(error) if error.reason == Reason::NotConnected => {}
                    joined => return joined,
                }
            } else {
                // Another password for an agent that is connected: Finesse is asked once, the session is left alone.
                attempts = 1;
            }
        }
        lock(&self.0.suspects).may_try(&connect.agent_id, &connect.password, attempts, now())?;
        let (user, _passage) = self.prove(connect, passage).await?;
        let id = user.id.clone().unwrap_or_else(|| connect.agent_id.clone());
        // The agent may have come under another of its names, or with a newer password.
        if let Some((handle, proof)) = self.entry(&id) {
            let fits = lock(&proof).fits(&connect.password);
            let joined = if fits { self.join(handle).await } else { self.renewed(connect, handle, &proof).await };
            match joined {
                Err(error) if error.reason == Reason::NotConnected => {}
                joined => return joined,
            }
        }
        self.open(id, user, connect).await
    }

    fn entry(&self, agent: &AgentId) -> Option<(Handle, Arc<Mutex<Proof>>)> {
        let sessions = self.0.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let open = sessions.get(agent).filter(|entry| !entry.handle.is_closed());
        open.map(|entry| (entry.handle.clone(), entry.proof.clone()))
    }

    /// Asks Finesse whether the password is right. A client that gives up does not keep the answer from being counted,
    /// nor does it let the next one pass before.
    async fn prove(&self, connect: &Connect, passage: Passage) -> Result<(AgentUpdate, Passage), Error> {
        let manager = self.clone();
        let credentials = Credentials::new(connect.agent_id.clone(), connect.password.clone());
        let (tell, told) = oneshot::channel();
        self.0.tasks.spawn_abortable(self.0.tasks.near(), async move {
            let answer = manager.0.finesse.user(&credentials).await;
            let proof = Proof::of(&credentials.password);
            match (&answer, proof) {
                (Ok(_), _) => lock(&manager.0.suspects).clear(&credentials.agent_id),
                (Err(error), Ok(proof)) if error.reason == Reason::AuthorizationFailure => {
                    lock(&manager.0.suspects).refused(&credentials.agent_id, proof, now());
                }
                (Err(_), _) => manager.0.trouble.notify_one(),
            }
            // Nobody listens where the client gave up.
            let _ = tell.send(answer.map(|user| (user, passage)));
        });
        let stopping = || Error::new(Reason::ShuttingDown, "the service is stopping");
        told.await.map_err(|_| stopping())?
    }

    async fn renewed(&self, connect: &Connect, handle: Handle, proof: &Mutex<Proof>) -> Result<Connected, Error> {
        *lock(proof) = Proof::of(&connect.password)?;
        let credentials = Credentials::new(handle.agent_id().clone(), connect.password.clone());
        handle.tell(Message::Renew { credentials }).await;
        self.join(handle).await
    }

    /// Joins an open session, as soon as its first picture is complete.
    ///
    /// # Errors
    /// NOT_CONNECTED when the session has ended meanwhile; it is off the books then.
    async fn join(&self, handle: Handle) -> Result<Connected, Error> {
        let joined = async {
            let snapshot = handle.connected().await?;
            let (token, reference) = self.issue(&handle)?;
            Ok::<_, Error>((snapshot, token, reference))
        };
        match joined.await {
            Ok((snapshot, token, reference)) => Ok(Connected { token, reference, handle, snapshot }),
            Err(error) => {
                if error.reason == Reason::NotConnected {
                    self.take_off(handle.agent_id(), handle.epoch());
                }
                Err(error)
            }
        }
    }

    /// A token of a session that is open: with its session a token ends, and none may be made after that.
    fn issue(&self, handle: &Handle) -> Result<(SecretString, TokenRef), Error> {
        let sessions = self.0.sessions.read().unwrap_or_else(PoisonError::into_inner);
        if sessions.get(handle.agent_id()).is_none_or(|entry| entry.handle.epoch() != handle.epoch()) {
            return Err(Error::new(Reason::NotConnected, "the session is over"));
        }
        lock(&self.0.tokens).issue(handle.agent_id(), handle.epoch(), now())
    }

    /// Takes a session that has ended off the books, and its tokens with it.
    fn take_off(&self, agent: &AgentId, epoch: Epoch) {
        let mut sessions = self.0.sessions.write().unwrap_or_else(PoisonError::into_inner);
        if sessions.get(agent).is_some_and(|entry| entry.handle.epoch() == epoch) {
            sessions.remove(agent);
            self.0.directory.remove(agent);
            lock(&self.0.tokens).end_all(agent, epoch);
        }
    }

    async fn open(&self, id: AgentId, user: AgentUpdate, connect: &Connect) -> Result<Connected, Error> {
        let mut agent = Agent::unknown(id.clone());
        agent.absorb(user);
        let proof = Arc::new(Mutex::new(Proof::of(&connect.password)?));
        let epoch = Epoch(u64::from_le_bytes(random()?));
        let (inbox, messages) = mpsc::channel(INBOX);
        let handle = Handle::new(id.clone(), epoch, inbox);
        {
            let mut sessions = self.0.sessions.write().unwrap_or_else(PoisonError::into_inner);
            if sessions.len() >= self.0.options.max_sessions {
                return Err(Error::new(Reason::LicensesExceeded, "as many sessions are open as may be"));
            }
            sessions.insert(id.clone(), Entry { handle: handle.clone(), proof: proof.clone() });
        }
        let mut registered = Registered { manager: self.clone(), agent: id.clone(), epoch, refused: None };
        self.0.generation.send_modify(|generation| *generation += 1);
        let credentials = Credentials::new(id.clone(), connect.password.clone());
        let tasks = self.0.tasks.child();
        let (shard, used) = (tasks.near(), proof.clone());
        let link = Link::open(&self.0.finesse, credentials.clone());
        let (ready, is_ready) = oneshot::channel();
        let actor = Actor::new(Parts {
            options: self.0.options.clone(),
            finesse: self.0.finesse.clone(),
            credentials,
            proof,
            agent,
            epoch,
            link,
            system: self.0.system.clone(),
            trouble: self.0.trouble.clone(),
            journal_bytes: self.0.journal_bytes.clone(),
            directory: self.0.directory.clone(),
            links: self.0.links.clone(),
            ready,
        });
        let token = tasks.token().clone();
        tasks.spawn(shard, async move {
            // Dropped also when the actor panics, so that only this session ends.
            let (reason, link) = actor.run(messages, token).await;
            if reason == Reason::AuthorizationFailure {
                registered.refused = Some(lock(&used).clone());
            }
            drop(registered);
            link.close().await;
        });
        // If this wait is given up, the session has no client and ends by its grace; until then a retry finds it.
        let over = || Error::new(Reason::SubscriptionFailed, "the session ended before it was complete");
        let snapshot = is_ready.await.map_err(|_| over())??;
        let (token, reference) = self.issue(&handle)?;
        Ok(Connected { token, reference, handle, snapshot })
    }
}

/// Takes a session off the books when its task ends, however it ends.
struct Registered {
    manager: Manager,
    agent: AgentId,
    epoch: Epoch,
    /// The session's password, if Finesse refused it.
    refused: Option<Proof>,
}

impl Drop for Registered {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!(agent = %self.agent, "the session failed, the others go on");
        }
        let inner = &self.manager.0;
        if let Some(refused) = self.refused.take() {
            lock(&inner.suspects).refused(&self.agent, refused, now());
        }
        self.manager.take_off(&self.agent, self.epoch);
        inner.generation.send_modify(|generation| *generation += 1);
    }
}
