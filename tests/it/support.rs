//! What every integration test needs: a simulator on free ports, sessions on the real adapter, and waiting with a limit.

use std::future::Future;
use std::time::Duration;

use generic_connector::command::agent::{Connect, Login};
use generic_connector::command::call::{AnswerCall, HoldCall};
use generic_connector::command::dialog::UpdateCallVariable;
use generic_connector::command::{self, Command};
use generic_connector::finesse;
use generic_connector::model::event::{Event, Payload};
use generic_connector::model::id::DialogId;
use generic_connector::model::reply::{Answer, Reply};
use generic_connector::model::{Error, agent::AgentState};
use generic_connector::session::{self, Connected, Item, Manager, Subscription};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Flavour};

/// The longest any fact may take to come true in a test.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Waits for something that must happen.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, future).await.unwrap_or_else(|_| panic!("{what} did not happen within {LIMIT:?}"))
}

/// A simulator and a session manager in front of it.
pub struct World {
    pub sim: sim::Server,
    pub manager: Manager,
    pub tasks: Tasks,
}

/// Sessions with patience that suits a test.
pub fn session_options() -> session::Options {
    session::Options {
        confirm_after: Duration::from_millis(200),
        status_interval: Duration::from_secs(2),
        status_interval_down: Duration::from_millis(200),
        poll_interval: Duration::from_millis(300),
        ..session::Options::default()
    }
}

pub async fn start_sim(flavour: Flavour, tasks: &Tasks) -> sim::Server {
    let mut options = sim::Options::ephemeral();
    options.flavour = flavour;
    options.timers.far_end_answer = Some(Duration::from_millis(50));
    options.timers.wrap_up = Duration::from_millis(400);
    sim::start(options, tasks).await.unwrap()
}

/// The adapter's options for a simulator, over plain HTTP and WebSocket, with short times.
pub fn finesse_options(sim: &sim::Server) -> finesse::Options {
    let ws = sim.addresses().ws.unwrap();
    let mut options = finesse::Options::new(finesse::Side {
        rest: format!("http://{}", sim.addresses().http.unwrap()),
        notify: finesse::Notify {
            transport: finesse::Transport::WebSocket,
            host: ws.ip().to_string(),
            port: ws.port(),
            path: "/ws/".to_owned(),
            secure: false,
        },
    });
    options.allow_plain = true;
    options.ping_interval = Duration::from_millis(500);
    options.ping_timeout = Duration::from_millis(500);
    options.reconnect_min = Duration::from_millis(50);
    options.reconnect_max = Duration::from_millis(500);
    options.answer_timeout = Duration::from_secs(1);
    options
}

impl World {
    pub async fn start(flavour: Flavour) -> Self {
        Self::with(flavour, session_options()).await
    }

    pub async fn with(flavour: Flavour, options: session::Options) -> Self {
        let tasks = Tasks::new();
        let sim = start_sim(flavour, &tasks).await;
        let client = finesse::Client::new(finesse_options(&sim)).unwrap();
        let manager = Manager::new(options, client, &tasks);
        let mut status = manager.system();
        within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
        Self { sim, manager, tasks }
    }

    pub async fn connect(&self, agent: &str) -> Connected {
        self.try_connect(agent, "demo").await.unwrap()
    }

    pub async fn try_connect(&self, agent: &str, password: &str) -> Result<Connected, Error> {
        let connect =
            Connect { agent_id: agent.parse().unwrap(), password: password.to_owned().into(), client_name: None };
        within("connect", self.manager.connect(connect)).await
    }

    /// Connects an agent, subscribes and signs in on the extension of the demo world.
    pub async fn agent(&self, agent: &str) -> Desk {
        let connected = self.connect(agent).await;
        let events = connected.handle.subscribe(None).await.unwrap();
        let mut desk = Desk { connected, events };
        let extension = format!("2{}", &agent[1..]);
        desk.run(Command::Login(Login { password: None, extension: extension.parse().unwrap() })).await.unwrap();
        desk.state(AgentState::NotReady).await;
        desk
    }

    pub async fn stop(self) {
        assert_eq!(self.tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
    }
}

/// One agent with a subscription.
pub struct Desk {
    pub connected: Connected,
    pub events: Subscription,
}

impl Desk {
    pub async fn run(&self, command: Command) -> Result<Answer, Error> {
        self.run_with(command, command::Options::default()).await
    }

    pub async fn run_with(&self, command: Command, options: command::Options) -> Result<Answer, Error> {
        within("an outcome", self.connected.handle.execute(command, options, None)).await
    }

    /// The next numbered event.
    pub async fn event(&mut self) -> Event {
        loop {
            match within("an event", self.events.next()).await {
                Item::Event(published) => return published.event.clone(),
                Item::Stale(_) | Item::Current => {}
                Item::Ended(ended) => panic!("the subscription ended: {ended:?}"),
            }
        }
    }

    /// The next event that `pick` takes; others are passed over.
    pub async fn until<T>(&mut self, mut pick: impl FnMut(&Event) -> Option<T>) -> T {
        loop {
            let event = self.event().await;
            if let Some(found) = pick(&event) {
                return found;
            }
        }
    }

    /// Waits until the agent is in a state.
    pub async fn state(&mut self, wanted: AgentState) -> Event {
        self.until(|event| match &event.payload {
            Payload::AgentStateChanged { agent, .. } if agent.state == wanted => Some(event.clone()),
            _ => None,
        })
        .await
    }

    /// Waits until a call rings.
    pub async fn offered(&mut self) -> DialogId {
        self.until(|event| match &event.payload {
            Payload::DialogOffered(view) => Some(view.dialog.id.clone()),
            _ => None,
        })
        .await
    }

    /// Waits until a call has ended.
    pub async fn ended(&mut self) -> Event {
        self.until(|event| matches!(event.payload, Payload::DialogEnded { .. }).then(|| event.clone())).await
    }
}

/// The agent's state in a reply.
pub fn state_in(answer: &Answer) -> AgentState {
    match &answer.reply {
        Reply::Agent { agent, .. } => agent.state,
        other => panic!("not about an agent: {other:?}"),
    }
}

/// An agent of the world in a customer's call that it has answered.
pub async fn on_a_call(world: &World, agent: &str) -> (Desk, DialogId) {
    let mut desk = world.agent(agent).await;
    world.sim.control().place_call("5551234", &format!("2{}", &agent[1..]), &[]).unwrap();
    let dialog_id = desk.offered().await;
    desk.run(Command::AnswerCall(AnswerCall { dialog_id: dialog_id.clone() })).await.unwrap();
    (desk, dialog_id)
}

pub fn hold(id: &DialogId) -> Command {
    Command::HoldCall(HoldCall { dialog_id: id.clone() })
}

/// Sets the first call variable.
pub fn set(id: &DialogId, value: &str) -> Command {
    let name = "callVariable1".to_owned();
    Command::UpdateCallVariable(UpdateCallVariable { dialog_id: id.clone(), name, value: value.to_owned() })
}
