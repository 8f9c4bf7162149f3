//! Connecting while things go wrong: a notification service that can't be reached, wrong passwords, storms.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use generic_connector::command::agent::{Connect, ForceLogout, MakeReady};
use generic_connector::command::{Command, Options};
use generic_connector::finesse;
use generic_connector::model::Reason;
use generic_connector::model::event::{Origin, Payload};
use generic_connector::session::{self, Item, LossPolicy, Manager};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Fault, FaultKind, Flavour, Seed};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{World, finesse_options, session_options, start_sim, within};

/// A way to the notification service that can be shut.
struct Door {
    port: u16,
    open: Arc<AtomicBool>,
}

impl Door {
    async fn shut(sim: &sim::Server, tasks: &Tasks) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, target) = (listener.local_addr().unwrap().port(), sim.addresses().ws.unwrap());
        let open = Arc::new(AtomicBool::new(false));
        let (is_open, group) = (open.clone(), tasks.clone());
        tasks.spawn_abortable(0, async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                if is_open.load(Ordering::SeqCst) {
                    group.spawn_abortable(0, async move {
                        let mut far = TcpStream::connect(target).await.unwrap();
                        let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                    });
                }
            }
        });
        Self { port, open }
    }
}

fn asked(agent: &str, password: &str) -> Connect {
    Connect { agent_id: agent.parse().unwrap(), password: password.to_owned().into(), client_name: None }
}

#[tokio::test]
async fn a_connect_that_finds_a_session_without_its_first_picture_waits_for_it() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = world.agent("1001").await;
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let id = desk.offered().await;

    let door = Door::shut(&world.sim, &world.tasks).await;
    let mut adapter = finesse_options(&world.sim);
    adapter.sides[0].notify.port = door.port;
    let options = session::Options { connect_timeout: Duration::from_millis(600), ..session_options() };
    let other = Manager::new(options, finesse::Client::new(adapter).unwrap(), &world.tasks);
    for _ in 0..2 {
        let error = within("connect", other.connect(asked("1001", "demo"))).await.unwrap_err();
        assert_eq!(error.reason, Reason::SubscriptionFailed);
    }
    // Who watches from before the first picture is told what it brings.
    let mut early = other.session(&"1001".parse().unwrap()).unwrap().observe(None).await.unwrap();
    door.open.store(true, Ordering::SeqCst);
    let connected = loop {
        match within("connect", other.connect(asked("1001", "demo"))).await {
            Ok(connected) => break connected,
            Err(error) => assert_eq!(error.reason, Reason::SubscriptionFailed),
        }
    };
    assert_eq!(connected.snapshot.stale, None);
    assert_eq!(connected.snapshot.dialogs.len(), 1);
    let told = within("the call", async {
        loop {
            if let Item::Event(published) = early.next().await
                && let Payload::DialogOffered(view) = &published.event.payload
            {
                break (view.dialog.id.clone(), published.event.origin);
            }
        }
    });
    assert_eq!(told.await, (id, Origin::Reconciled));
    world.stop().await;
}

#[tokio::test]
async fn wrong_passwords_count_even_when_the_client_does_not_wait() {
    let world = World::start(Flavour::Ucce).await;
    let control = world.sim.control();
    let slow = Fault::new(FaultKind::Delay { ms: 300 }).of_user("1003").of_action("GET_USER").times(100);
    control.inject(slow).unwrap();
    for n in 0..8 {
        let connect = world.manager.connect(asked("1003", &format!("guess{n}")));
        let _ = tokio::time::timeout(Duration::from_millis(100), connect).await;
    }
    let refused = world.try_connect("1003", "guess").await.unwrap_err();
    assert_eq!(refused.reason, Reason::TooManyRequests);
    assert!(control.requests("1003", "GET_USER") <= 3, "five wrong passwords lock the account");
    let text = format!("{:?}", world.manager);
    assert!(text.contains("connecting: 0"), "what a Connect that was given up leaves behind: {text}");
    world.stop().await;
}

#[tokio::test]
async fn a_password_changed_at_finesse_ends_the_session_after_few_attempts() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = world.agent("1004").await;
    let control = world.sim.control();
    control.inject(Fault::new(FaultKind::Status { status: 401 }).of_user("1004").times(1_000)).unwrap();
    let attempts = || {
        let requests = control.picture().requests;
        requests.get("1004").map_or(0, |of_agent| of_agent.values().sum::<u64>())
    };
    let before = attempts();
    let ready = || desk.run(Command::MakeReady(MakeReady {}));
    for outcome in futures_util::future::join_all((0..10).map(|_| ready())).await {
        assert!(outcome.is_err());
    }
    let ended = within("the end", async {
        loop {
            if let Item::Ended(ended) = desk.events.next().await {
                break ended;
            }
        }
    });
    let session::Ended::SessionEnded(error) = ended.await else { panic!("no end of the session") };
    assert_eq!(error.reason, Reason::AuthorizationFailure);
    let token = desk.connected.reference;
    assert_eq!(world.manager.authenticate(&token).unwrap_err().reason, Reason::SessionExpired);
    // Clients come back with the password that they know: Finesse is not asked again.
    for _ in 0..5 {
        let refused = world.try_connect("1004", "demo").await.unwrap_err();
        assert_eq!(refused.reason, Reason::AuthorizationFailure);
    }
    assert!(attempts() - before <= 2, "five wrong passwords lock the account, {} were sent", attempts() - before);
    world.stop().await;
}

#[tokio::test]
async fn a_connect_that_meets_the_end_of_a_session_opens_a_new_one() {
    let world = World::start(Flavour::Uccx).await;
    for _ in 0..30 {
        let connected = world.connect("1005").await;
        let end = connected.handle.execute(Command::ForceLogout(ForceLogout {}), Options::default(), None);
        let (_, again) = tokio::join!(end, world.try_connect("1005", "demo"));
        again.unwrap();
    }
    world.stop().await;
}

#[tokio::test]
async fn a_storm_of_connects_leaves_nothing_behind() {
    let tasks = Tasks::new();
    let mut options = sim::Options { seed: Seed::with_agents(200).unwrap(), ..sim::Options::ephemeral() };
    options.flavour = Flavour::Ucce;
    let sim = sim::start(options, &tasks).await.unwrap();
    let client = finesse::Client::new(finesse_options(&sim)).unwrap();
    let options = session::Options {
        grace: Duration::from_millis(100),
        loss_policy: LossPolicy::Release,
        connect_timeout: Duration::from_secs(20),
        ..session_options()
    };
    let manager = Manager::new(options, client, &tasks);
    let mut status = manager.system();
    within("in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    let mut changes = manager.changes();
    for _ in 0..2 {
        let storm = (0..200).flat_map(|n| [n, n]).map(|n| manager.connect(asked(&(100_001 + n).to_string(), "demo")));
        let connected: Vec<_> =
            within("the storm", futures_util::future::join_all(storm)).await.into_iter().map(Result::unwrap).collect();
        drop(connected);
        within("the end of all", changes.wait_for(|_| manager.sessions().is_empty())).await.unwrap();
        let text = format!("{manager:?}");
        assert!(text.contains("sessions: 0, tokens: 0, connecting: 0, suspects: 0, journal_bytes: 0"), "{text}");
    }
    assert_eq!(tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
}

#[tokio::test]
async fn one_lost_answer_is_no_outage() {
    let tasks = Tasks::new();
    let sim = start_sim(Flavour::Ucce, &tasks).await;
    let client = finesse::Client::new(finesse_options(&sim)).unwrap();
    let options = session::Options { status_interval: Duration::from_millis(200), ..session_options() };
    let manager = Manager::new(options, client, &tasks);
    let mut status = manager.system();
    within("in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    let lost = Fault::new(FaultKind::LoseAnswer).of_action("GET_SYSTEM_INFO");
    sim.control().inject(lost).unwrap();
    let told = tokio::time::timeout(Duration::from_secs(2), status.changed()).await;
    assert!(told.is_err(), "the status changed to {:?}", *status.borrow());
    assert!(sim.control().picture().faults.is_empty(), "the answer was lost");
    assert_eq!(tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
}
