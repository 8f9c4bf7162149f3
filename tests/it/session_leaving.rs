//! What is done for an agent whose clients are gone, and for one whose notifications go to somebody else.

use std::time::Duration;

use generic_connector::command::Command;
use generic_connector::command::agent::{Connect, Login, MakeNotReady, MakeReady};
use generic_connector::finesse;
use generic_connector::model::agent::AgentState;
use generic_connector::model::event::{Origin, Payload, StaleReason};
use generic_connector::session::{self, Item, LossPolicy, Manager};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Way, Xmpp};
use crate::support::{Desk, World, finesse_options, session_options, within};

/// A ready agent whose only client goes away; somebody watches what becomes of it.
async fn left_alone(flavour: Flavour, loss_policy: LossPolicy) -> (World, Desk) {
    let options = session::Options { grace: Duration::from_millis(200), loss_policy, ..session_options() };
    let world = World::with(flavour, options).await;
    let desk = world.agent("1001").await;
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    let observer = desk.connected.handle.observe(Some(desk.events.cursor())).await.unwrap();
    (world, Desk { connected: desk.connected, events: observer })
}

#[tokio::test]
async fn an_abandoned_agent_is_made_not_ready_once_where_that_is_the_policy() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let (world, mut desk) = left_alone(flavour, LossPolicy::NotReady(None)).await;
        desk.state(AgentState::NotReady).await;
        assert!(world.manager.session(&"1001".parse().unwrap()).is_some(), "the session stays");
        // A client that is back finds the agent there, and is listened to.
        let back = desk.connected.handle.subscribe(None).await.unwrap();
        desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
        desk.state(AgentState::Ready).await;
        drop(back);
        desk.state(AgentState::NotReady).await;
        world.stop().await;
    }
}

#[tokio::test]
async fn an_abandoned_agent_is_signed_out_where_that_is_the_policy() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let (world, mut desk) = left_alone(flavour, LossPolicy::Logout).await;
        desk.state(AgentState::Logout).await;
        let ended = within("the end", async {
            loop {
                if let Item::Ended(ended) = desk.events.next().await {
                    break ended;
                }
            }
        });
        assert!(matches!(ended.await, session::Ended::SessionEnded(_)));
        world.stop().await;
    }
}

#[tokio::test]
async fn notifications_that_go_elsewhere_are_made_up_for_by_polling_until_they_come_back() {
    let site = Site::new(Flavour::Ucce, |options| options.notifications.all_sessions = false).await;
    let tasks = Tasks::new();
    let client = finesse::Client::new(finesse_options(&site.server)).unwrap();
    let options = session::Options { read_back_after: Duration::from_millis(300), ..session_options() };
    let manager = Manager::new(options, client, &tasks);
    let connect = Connect { agent_id: "1001".parse().unwrap(), password: "demo".to_owned().into(), client_name: None };
    let connected = within("connect", manager.connect(connect)).await.unwrap();
    let events = connected.handle.subscribe(None).await.unwrap();
    let mut desk = Desk { connected, events };
    let login = Login { password: None, extension: "2001".parse().unwrap() };
    desk.run(Command::Login(login)).await.unwrap();
    desk.state(AgentState::NotReady).await;

    // Another client of the same agent: from now on Finesse notifies that one alone.
    let mut other = Xmpp::sign_in(&site, Way::Tcp, "1001", "elsewhere").await;
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    let found = desk.state(AgentState::Ready).await;
    assert_eq!(found.origin, Origin::Reconciled);
    let stale = within("polling", async {
        loop {
            if let Item::Stale(reason) = desk.events.next().await {
                break reason;
            }
        }
    });
    assert_eq!(stale.await, StaleReason::NotificationsElsewhere);
    // What nobody here caused is found by the poll.
    site.server.control().place_call("5551234", "2001", &[]).unwrap();
    let call = desk
        .until(|event| match &event.payload {
            Payload::DialogOffered(_) => Some(event.origin),
            _ => None,
        })
        .await;
    assert_eq!(call, Origin::Reconciled);

    // The other client leaves; the next notification ends the polling.
    other.send("<presence type='unavailable'/></stream:stream>").await;
    other.closed().await;
    desk.run(Command::MakeNotReady(MakeNotReady {})).await.unwrap();
    let current = within("notifications", async {
        loop {
            match desk.events.next().await {
                Item::Current => break,
                Item::Ended(ended) => panic!("{ended:?}"),
                _ => {}
            }
        }
    });
    current.await;
    assert_eq!(tasks.drain(Duration::from_secs(5)).await, 0);
    site.stop().await;
}
