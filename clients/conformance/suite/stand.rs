//! What a case is played in: a contact centre, a service that can die and come back, and the network before it.

use std::time::Duration;

use generic_connector::grpc;
use generic_connector::session;
use generic_connector::session::LossPolicy;
use generic_connector::sim::{ClockMode, Flavour};
use serde_json::Value;

use super::ledger::Ledger;
use super::proxy::Proxy;
use crate::scenarios::mirror::Observer;
use crate::scenarios::play::{self, Play, World};
use crate::scenarios::stage::Doors;

/// A world with an observer and a proxy before it.
pub struct Stand {
    pub world: World,
    pub proxy: Proxy,
    pub ledger: Ledger,
    /// The service was another one at the beginning.
    pub renewed: bool,
}

impl Stand {
    /// Builds the world, with what a case has otherwise.
    pub async fn build(flavour: Flavour, service: &Value) -> (Self, Play) {
        let world = world(flavour, service);
        let play = Play::with(world.clone(), None).await;
        let proxy = Proxy::start(play.doors.http, &play.tasks).await;
        let ledger = Ledger::new();
        ledger.follow(play.doors.observe().await, &play.tasks);
        (Self { world, proxy, ledger, renewed: false }, play)
    }

    /// The service ends with a notice.
    pub async fn stop(&mut self, play: &mut Play) {
        if let Some(stop) = play.doors.stop.take() {
            stop.stop().await;
        }
        self.proxy.lead(None);
        play.service.cancel();
        self.renewed = true;
    }

    /// The service is killed, and at the same moment another one is there.
    pub async fn replace(&mut self, play: &mut Play) {
        let old = play.service.clone();
        self.start(play).await;
        // What is cut is what led to the old one; what comes then is the new one's.
        self.proxy.cut();
        old.cancel();
        self.renewed = true;
    }

    /// Another service in front of the same contact centre.
    pub async fn start(&mut self, play: &mut Play) {
        play.service = play.tasks.child();
        play.manager = play::manager(self.world.session.clone(), &play.sim, &play.service).await;
        play.doors = Doors::serve(None, self.world.grpc.clone(), &play.manager, &play.service).await;
        play.observer = Observer::new(play.doors.observe().await);
        self.ledger.follow(play.doors.observe().await, &play.tasks);
        self.proxy.lead(Some(play.doors.http));
    }
}

/// The scenarios' world with what is otherwise; a key that is none fails the case.
fn world(flavour: Flavour, otherwise: &Value) -> World {
    let mut world = World::of(flavour);
    world.grpc.cors_origins = vec![grpc::EVERY_ORIGIN.to_owned()];
    world.grpc.drain_notice = Duration::from_millis(200);
    world.grpc.drain_deadline = Duration::from_millis(500);
    for (key, value) in otherwise.as_object().into_iter().flatten() {
        let number = || value.as_u64().unwrap_or_else(|| panic!("{key}: {value} is no number"));
        let (count, time) = (|| number() as usize, || Duration::from_millis(number()));
        match key.as_str() {
            "clock" => {
                // The scenarios' patience with doubts is for a clock that stands still.
                world.sim.clock = ClockMode::Automatic;
                world.session.doubts_after = session::Options::default().doubts_after;
            }
            // Of the way to the service, not of the service.
            "tls" => {}
            "max_sessions" => world.session.max_sessions = count(),
            "journal_events" => world.session.journal.events = count(),
            "journal_bytes" => world.session.journal.bytes = count(),
            "connect_timeout_ms" => world.session.connect_timeout = time(),
            "subscriber_queue" => world.session.subscriber_queue = count(),
            "token_idle_ms" => world.session.token_idle = time(),
            "outcome_timeout_ms" => world.session.outcome_timeout = time(),
            "require_reasons" => world.sim.seed.require_reasons = value == true,
            "grace_ms" => world.session.grace = time(),
            "keep_lost" => world.session.loss_policy = LossPolicy::Keep,
            "heartbeat_ms" => world.grpc.heartbeat = time(),
            "send_buffer_bytes" => {
                world.grpc.send_buffer_bytes = count();
                world.grpc.socket_send_buffer_bytes = number() as u32;
            }
            _ => panic!("{key} can't be set at the service"),
        }
    }
    world
}
