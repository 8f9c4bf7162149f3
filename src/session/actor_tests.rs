//! The actor without its loop: after everything that can be done was done, the next wake-up lies ahead.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, oneshot, watch};

use super::Options;
use super::actor::{Actor, Parts, now};
use super::state::Doubt;
use super::system::System;
use super::token::Proof;
use super::truth::{Reading, Truth};
use crate::finesse::notify::{Data, DownReason, Link, LinkEvent, Notification, Source, Update, UpdateEvent};
use crate::finesse::{self, Client, Credentials};
use crate::model::agent::{Agent, AgentState, AgentUpdate};
use crate::model::dialog::ParticipantState;
use crate::model::id::{AgentId, Epoch};
use crate::model::system::{Platform, SystemStatus};

pub(super) struct Rig {
    pub(super) actor: Box<Actor>,
    pub(super) system: watch::Sender<System>,
}

pub(super) fn system(status: SystemStatus) -> System {
    System { status, platform: Some(Platform::Ucce), release: None }
}

impl Rig {
    /// An agent that was read once and is READY.
    pub(super) fn new() -> Self {
        let side = finesse::Side {
            rest: "http://127.0.0.1:1".to_owned(),
            notify: finesse::Notify {
                transport: finesse::Transport::WebSocket,
                host: "127.0.0.1".to_owned(),
                port: 1,
                path: "/ws/".to_owned(),
                secure: false,
            },
        };
        let client = Client::new(finesse::Options::new(side)).unwrap();
        let id: AgentId = "1001".parse().unwrap();
        let password = || "demo".to_owned().into();
        let credentials = Credentials::new(id.clone(), password());
        let link = Link::open(&client, credentials.clone());
        let (system_sender, system) = watch::channel(system(SystemStatus::InService));
        let (ready, _) = oneshot::channel();
        let mut agent = Agent::unknown(id);
        agent.state = AgentState::Ready;
        let mut actor = Actor::new(Parts {
            options: Arc::new(Options::default()),
            finesse: client,
            credentials,
            proof: Arc::new(std::sync::Mutex::new(Proof::of(&password()).unwrap())),
            agent,
            epoch: Epoch(7),
            link,
            system,
            trouble: Arc::new(Notify::new()),
            journal_bytes: Arc::default(),
            directory: Arc::default(),
            links: Arc::default(),
            ready,
        });
        actor.ready = None;
        actor.resync = false;
        actor.link_up = true;
        actor.tell_stale();
        Self { actor, system: system_sender }
    }

    pub(super) fn out_of_service(&mut self) {
        self.system.send_replace(system(SystemStatus::OutOfService));
        self.actor.system_changed();
    }

    pub(super) fn link_down(&mut self) {
        let retry_in = Duration::from_secs(60);
        self.actor.link_event(LinkEvent::Down { why: DownReason::Closed, retry_in });
    }

    /// The read under way comes back.
    pub(super) fn read(&mut self) {
        let user = AgentUpdate { state: Some(AgentState::Ready), ..AgentUpdate::default() };
        self.actor.read_done(Ok(Box::new(Truth { user: Some(user), dialogs: Vec::new() })));
    }

    /// Lets a while pass, and does all that is due then.
    async fn later(&mut self) {
        tokio::time::advance(Duration::from_secs(40)).await;
        self.actor.settle();
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_due_and_cannot_proceed_does_not_keep_the_actor_turning() {
    type Arrange = fn(&mut Rig);
    let cases: [(&str, Arrange); 6] = [
        ("a doubt while the link is down", |rig| {
            rig.link_down();
            rig.actor.link_event(LinkEvent::Skipped { why: "test" });
        }),
        ("a read that failed in an outage", |rig| {
            rig.actor.read_at = Some(now());
            rig.out_of_service();
        }),
        ("polling in an outage", |rig| {
            rig.actor.link_event(LinkEvent::Conflict);
            rig.out_of_service();
        }),
        ("a poll that was due when the link came back in an outage", |rig| {
            rig.actor.link_event(LinkEvent::Conflict);
            rig.out_of_service();
            rig.actor.link_event(LinkEvent::Up { jid: String::new() });
        }),
        ("a forced logout that tries again in an outage", |rig| {
            rig.actor.force_logout(None);
            rig.actor.forced_step(&Err(crate::model::Error::new(crate::model::Reason::GeneralError, "test")));
            rig.out_of_service();
        }),
        ("a forced logout whose second attempt is under way", |rig| {
            rig.actor.force_logout(None);
            rig.actor.forced_step(&Err(crate::model::Error::new(crate::model::Reason::GeneralError, "test")));
        }),
    ];
    for (name, arrange) in cases {
        let mut rig = Rig::new();
        arrange(&mut rig);
        rig.later().await;
        assert!(rig.actor.next_wake() > now(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_from_before_the_link_came_back_does_not_end_the_resync() {
    let mut rig = Rig::new();
    let up = || LinkEvent::Up { jid: String::new() };
    rig.actor.link_event(up());
    rig.actor.settle();
    rig.link_down();
    rig.actor.link_event(up());
    rig.actor.settle();
    rig.read();
    assert!(rig.actor.stale.is_some(), "what changed between the two links is not known yet");
    rig.actor.settle();
    rig.read();
    assert_eq!(rig.actor.stale, None);
}

#[tokio::test(start_paused = true)]
async fn what_a_link_said_before_it_was_lost_does_not_outlive_the_read_that_follows() {
    let mut rig = Rig::new();
    let up = || LinkEvent::Up { jid: String::new() };
    rig.actor.link_event(up());
    rig.actor.settle();
    let offered = Notification {
        node: "/finesse/api/User/1001/Dialogs".to_owned(),
        item_id: "1".to_owned(),
        delayed: false,
        update: Update {
            event: UpdateEvent::Post,
            source: Source::UserDialogs("1001".parse().unwrap()),
            request_id: None,
            data: Data::Dialogs(vec![super::state_tests::dialog("7", ParticipantState::Alerting, 1)]),
        },
    };
    rig.actor.link_event(LinkEvent::Notification(Box::new(offered)));
    // The call ends while no link tells of it.
    rig.link_down();
    rig.read();
    rig.actor.link_event(up());
    rig.actor.settle();
    rig.read();
    assert_eq!(rig.actor.stale, None);
    assert!(rig.actor.state.dialogs().is_empty(), "the read is later than what the lost link said");
}

#[tokio::test(start_paused = true)]
async fn changes_that_bear_no_time_are_collected_for_one_read_and_a_worse_doubt_comes_first() {
    let mut rig = Rig::new();
    rig.actor.read_at = None;
    let begun = now();
    for _ in 0..3 {
        rig.actor.doubt(Doubt::Untimed);
        tokio::time::advance(Duration::from_millis(300)).await;
    }
    let within = |at: Option<Instant>, begun: Instant| {
        at.is_some_and(|at| (begun + Duration::from_secs(1)..=begun + Duration::from_secs(2)).contains(&at))
    };
    assert!(rig.actor.read_at.is_none() && within(rig.actor.calls_at, begun));
    tokio::time::advance(Duration::from_millis(1_100)).await;
    rig.actor.settle();
    assert!(rig.actor.reading.as_ref().is_some_and(Reading::is_of_calls), "the agent is in no doubt");
    rig.actor.dialog_news += 1;
    rig.actor.read_done(Ok(Box::new(Truth { user: None, dialogs: Vec::new() })));
    assert!(within(rig.actor.calls_at, now()), "it was overtaken");
    rig.actor.doubt(Doubt::Unordered);
    assert_eq!(rig.actor.read_at, Some(now() + rig.actor.options.doubts_after));
    tokio::time::advance(rig.actor.options.doubts_after).await;
    rig.actor.settle();
    assert!(rig.actor.reading.as_ref().is_some_and(|reading| !reading.is_of_calls()));
    assert_eq!((rig.actor.read_at, rig.actor.calls_at), (None, None), "the one is in the other");
}
