//! Opens, finds and ends sessions; holds the tokens and the one prober of Finesse's status.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use secrecy::SecretString;
use tokio::sync::{Notify, mpsc, oneshot, watch};

use super::Options;
use super::actor::{Actor, Parts, now};
use super::handle::{Handle, INBOX, Message};
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

/// Of how many agents wrong passwords are remembered at most.
const MAX_SUSPECTS: usize = 10_000;

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
    /// One Connect of an agent at a time.
    gates: Mutex<HashMap<AgentId, Arc<tokio::sync::Mutex<()>>>>,
    failures: Mutex<HashMap<AgentId, VecDeque<Instant>>>,
    system: watch::Receiver<System>,
    status: watch::Receiver<SystemStatus>,
    trouble: Arc<Notify>,
    journal_bytes: Arc<AtomicUsize>,
    generation: watch::Sender<u64>,
}

/// All sessions of this service. Cheap to clone.
#[derive(Clone)]
pub struct Manager(Arc<Inner>);

impl std::fmt::Debug for Manager {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let connecting = lock(&self.0.gates).len();
        let sessions = self.sessions().len();
        f.debug_struct("Manager").field("sessions", &sessions).field("connecting", &connecting).finish_non_exhaustive()
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
            options: Arc::new(options),
            finesse,
            tasks: tasks.clone(),
            sessions: RwLock::default(),
            gates: Mutex::default(),
            failures: Mutex::default(),
            system,
            status,
            trouble,
            journal_bytes: Arc::default(),
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

    /// The session that a token belongs to.
    ///
    /// # Errors
    /// SESSION_EXPIRED when the token is unknown, ended or its session is over.
    pub fn authenticate(&self, token: &str) -> Result<(Handle, TokenRef), Error> {
        let expired = || Error::new(Reason::SessionExpired, "the token is not valid, connect again");
        let (agent, epoch, reference) = lock(&self.0.tokens).agent(token, now()).ok_or_else(expired)?;
        let handle = self.session(&agent).filter(|handle| handle.epoch() == epoch).ok_or_else(expired)?;
        Ok((handle, reference))
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
        let gate = Gate::of(&self.0, &connect.agent_id);
        let connected = tokio::time::timeout(self.0.options.connect_timeout, async {
            let _alone = gate.mutex.lock().await;
            self.connect_alone(&connect).await
        });
        connected.await.unwrap_or_else(|_| {
            Err(Error::new(Reason::SubscriptionFailed, "the notification service did not answer in time"))
        })
    }

    async fn connect_alone(&self, connect: &Connect) -> Result<Connected, Error> {
        if let Some((handle, proof)) = self.entry(&connect.agent_id) {
            if lock(&proof).fits(&connect.password) {
                return self.join(handle).await;
            }
            // Another password for an agent that is connected: Finesse is asked once, the session is left alone.
            self.may_try(&connect.agent_id, 1)?;
            self.prove(connect).await?;
            return self.renewed(connect, handle, &proof).await;
        }
        self.may_try(&connect.agent_id, self.0.options.password_attempts)?;
        let user = self.prove(connect).await?;
        let id = user.id.clone().unwrap_or_else(|| connect.agent_id.clone());
        match self.entry(&id) {
            // The agent came under another of its names.
            Some((handle, proof)) if lock(&proof).fits(&connect.password) => self.join(handle).await,
            Some((handle, proof)) => self.renewed(connect, handle, &proof).await,
            None => self.open(id, user, connect).await,
        }
    }

    fn entry(&self, agent: &AgentId) -> Option<(Handle, Arc<Mutex<Proof>>)> {
        let sessions = self.0.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let open = sessions.get(agent).filter(|entry| !entry.handle.is_closed());
        open.map(|entry| (entry.handle.clone(), entry.proof.clone()))
    }

    /// Asks Finesse whether the password is right. Until the answer is there the attempt counts as a wrong one: Finesse
    /// counts it, too, when the caller goes away meanwhile.
    async fn prove(&self, connect: &Connect) -> Result<AgentUpdate, Error> {
        let credentials = Credentials::new(connect.agent_id.clone(), connect.password.clone());
        lock(&self.0.failures).entry(connect.agent_id.clone()).or_default().push_back(now());
        let answer = self.0.finesse.user(&credentials).await;
        let mut failures = lock(&self.0.failures);
        match &answer {
            Ok(_) => {
                failures.remove(&connect.agent_id);
            }
            Err(error) if error.reason == Reason::AuthorizationFailure => {}
            Err(_) => {
                failures.get_mut(&connect.agent_id).and_then(VecDeque::pop_back);
                self.0.trouble.notify_one();
            }
        }
        answer
    }

    /// Whether Finesse may be asked about another password: five wrong sign-ins lock the account there.
    fn may_try(&self, agent: &AgentId, attempts: usize) -> Result<(), Error> {
        let window = self.0.options.password_window;
        let mut failures = lock(&self.0.failures);
        failures.retain(|_, times| {
            times.retain(|at| now().saturating_duration_since(*at) < window);
            !times.is_empty()
        });
        let failed = failures.get(agent).map_or(0, VecDeque::len);
        if failed < attempts && failures.len() < MAX_SUSPECTS {
            return Ok(());
        }
        Err(Error::new(Reason::TooManyRequests, "too many wrong passwords").with_retry_after(window))
    }

    async fn renewed(&self, connect: &Connect, handle: Handle, proof: &Mutex<Proof>) -> Result<Connected, Error> {
        *lock(proof) = Proof::of(&connect.password)?;
        let credentials = Credentials::new(handle.agent_id().clone(), connect.password.clone());
        handle.tell(Message::Renew { credentials }).await;
        self.join(handle).await
    }

    async fn join(&self, handle: Handle) -> Result<Connected, Error> {
        handle.tell(Message::Connected).await;
        let snapshot = handle.snapshot().await?;
        let (token, reference) = lock(&self.0.tokens).issue(handle.agent_id(), handle.epoch(), now())?;
        Ok(Connected { token, reference, handle, snapshot })
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
        let registered = Registered { manager: self.clone(), agent: id.clone(), epoch };
        self.0.generation.send_modify(|generation| *generation += 1);
        let credentials = Credentials::new(id.clone(), connect.password.clone());
        let shard = shard_of(&id);
        let tasks = self.0.tasks.child();
        let (link, link_events) = Link::open(&self.0.finesse, credentials.clone(), &tasks, shard);
        let (ready, is_ready) = oneshot::channel();
        let (actor, link_events) = Actor::new(Parts {
            options: self.0.options.clone(),
            finesse: self.0.finesse.clone(),
            credentials,
            proof,
            agent,
            epoch,
            link,
            link_events,
            system: self.0.system.clone(),
            trouble: self.0.trouble.clone(),
            journal_bytes: self.0.journal_bytes.clone(),
            ready,
        });
        let token = tasks.token().clone();
        tasks.spawn(shard, async move {
            // Dropped also when the actor panics, so that only this session ends.
            let _registered = registered;
            actor.run(messages, link_events, token).await;
        });
        // If this wait is given up, the session has no client and ends by its grace; until then a retry finds it.
        let over = || Error::new(Reason::SubscriptionFailed, "the session ended before it was complete");
        let snapshot = is_ready.await.map_err(|_| over())??;
        let (token, reference) = lock(&self.0.tokens).issue(&id, epoch, now())?;
        Ok(Connected { token, reference, handle, snapshot })
    }
}

/// Where the Connects of one agent wait for each other; gone with the last of them, also when its caller goes away.
struct Gate<'a> {
    inner: &'a Inner,
    agent: AgentId,
    mutex: Arc<tokio::sync::Mutex<()>>,
}

impl<'a> Gate<'a> {
    fn of(inner: &'a Inner, agent: &AgentId) -> Self {
        let mutex = lock(&inner.gates).entry(agent.clone()).or_default().clone();
        Self { inner, agent: agent.clone(), mutex }
    }
}

impl Drop for Gate<'_> {
    fn drop(&mut self) {
        let mut gates = lock(&self.inner.gates);
        // This one and the map's: nobody else waits.
        if Arc::strong_count(&self.mutex) <= 2 {
            gates.remove(&self.agent);
        }
    }
}

/// Takes a session off the books when its task ends, however it ends.
struct Registered {
    manager: Manager,
    agent: AgentId,
    epoch: Epoch,
}

impl Drop for Registered {
    fn drop(&mut self) {
        let inner = &self.manager.0;
        let mut sessions = inner.sessions.write().unwrap_or_else(PoisonError::into_inner);
        if sessions.get(&self.agent).is_some_and(|entry| entry.handle.epoch() == self.epoch) {
            sessions.remove(&self.agent);
        }
        drop(sessions);
        lock(&inner.tokens).end_all(&self.agent, self.epoch);
        inner.generation.send_modify(|generation| *generation += 1);
    }
}

fn shard_of(agent: &AgentId) -> u64 {
    let mut hasher = DefaultHasher::new();
    agent.hash(&mut hasher);
    hasher.finish()
}
