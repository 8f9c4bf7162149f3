//! Clients that say that they are there, and stop: `bridge.beat_timeout`.

use std::time::Duration;

use generic_connector::bridge::peer::Limits;
use generic_connector::session::{LossPolicy, Options as Sessions};
use generic_connector::sim::Flavour;
use tokio::io::AsyncBufReadExt as _;

use crate::bridge_client::{Client, open, options};
use crate::broker::desk::Desk as _;
use crate::broker::site::{Site, link};
use crate::broker::{Broker, stomp};
use crate::support::{World, session_options};

fn limits() -> Limits {
    Limits { beat_timeout: Duration::from_millis(200), ..Limits::default() }
}

fn sessions() -> Sessions {
    Sessions { grace: Duration::from_millis(200), loss_policy: LossPolicy::Logout, ..session_options() }
}

#[tokio::test]
async fn a_connection_that_beat_and_fell_silent_counts_as_gone_and_one_that_never_did_stays() {
    let world = World::with(Flavour::Ucce, sessions()).await;
    let mut options = options();
    options.limits = limits();
    let door = open(&world, options);
    let mut quiet = Client::sign_in(door, "1002").await;
    let mut desk = Client::sign_in(door, "1001").await;
    desk.send("Beat#desk").await;
    desk.until("System").await;
    // Silence, and the connection stays: its lines go on.
    desk.state("LOGOUT").await;
    quiet.send("GetState#1002").await;
    assert_eq!(quiet.until("State").await["state"], "NOT_READY");
    desk.send("Connect#1001#desk,demo\nLogin#1001#demo,2001").await;
    desk.state("NOT_READY").await;
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    desk.until("NewInboundCall").await;
    world.stop().await;
}

#[tokio::test]
async fn a_destination_that_beat_and_fell_silent_counts_as_gone_and_one_that_never_did_stays() {
    let Some(broker) = Broker::start().await else { return };
    let mut site = Site::with_sessions(link(&[&broker]), sessions()).await;
    site.stop_service().await;
    site.limits = limits();
    site.start_service().await;
    let mut quiet = stomp::Desktop::connect(broker.stomp(), "quiet").await;
    quiet.sign_in("1002", "quiet").await;
    let mut desk = stomp::Desktop::connect(broker.stomp(), "desk").await;
    desk.sign_in("1001", "desk").await;
    desk.send("Beat#desk", "").await;
    desk.until("System").await;
    desk.state("1001", "LOGOUT").await;
    quiet.send("GetState#1002", "").await;
    assert_eq!(quiet.until("State").await["state"], "NOT_READY");
    desk.sign_in("1001", "desk").await;
    site.sim.control().place_call("5551234", "2001", &[]).unwrap();
    desk.until("NewInboundCall").await;
    site.stop().await;
}

#[tokio::test]
async fn who_is_back_within_the_grace_goes_on() {
    let grace = Duration::from_millis(1500);
    let world = World::with(Flavour::Ucce, Sessions { grace, ..sessions() }).await;
    let mut options = options();
    options.limits = limits();
    let door = open(&world, options);
    let mut desk = Client::sign_in(door, "1001").await;
    let mut other = Client::connect(door).await;
    other.send("Connect#1002#other,demo\nLogin#1002#demo,2002\nBeat#other").await;
    // Both fall silent, this one first; the other's end shows that its time would be over, too.
    desk.send("Beat#desk").await;
    desk.until("System").await;
    other.until("AgentInfo").await;
    loop {
        let told = tokio::time::timeout(Duration::from_millis(500), other.input.fill_buf()).await.is_ok();
        desk.send("GetState#1001").await;
        assert_ne!(desk.until("State").await["state"], "LOGOUT");
        if told && other.next().await["state"] == "LOGOUT" {
            break;
        }
    }
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    desk.until("NewInboundCall").await;
    world.stop().await;
}
