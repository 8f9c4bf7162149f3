//! The roll-back rehearsed: ours stops, the old connector takes the queue, desktops connect again, and back.

use serde_json::json;

use crate::broker::desk::Desk as _;
use crate::broker::site::Site;
use crate::broker::{Broker, jms, stomp};

#[tokio::test]
async fn the_old_connector_takes_the_queue_and_gives_it_back() {
    let Some(broker) = Broker::start().await else { return };
    let mut desk = jms::Desktop::start(&broker.url(), "desk.1", "Connector1").await;
    let mut other = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    // Both run: ours, a primary with priority 127, wins over 100.
    let mut old = jms::OldConnector::start(&broker.url(), "Connector1", 100).await;
    let mut site = Site::start(&[&broker]).await;
    // The old one answers until ours has subscribed.
    loop {
        desk.send("Hello#desk.1", "").await;
        let event = desk.until("System").await;
        assert_eq!(event["status"], "IN_SERVICE");
        if event.get("from").is_none() {
            break;
        }
        assert_eq!(old.command().await.0, "Hello#desk.1");
    }
    desk.sign_in("1001", "desk.1").await;
    other.sign_in("1002", "desk.2").await;
    // A burst, for the broker spills to the other consumer what the first has no room for.
    for _ in 0..50 {
        other.send("GetState#1002", "").await;
    }
    for _ in 0..50 {
        other.until("State").await;
    }

    // Ours stops in good order; what the desktops say from then on is the old one's.
    site.stop_service().await;
    desk.send("Hello#desk.1", "").await;
    let old_event = json!({"type": "System", "status": "IN_SERVICE", "from": "old"});
    assert_eq!(desk.find(|event| event.get("from").is_some()).await, old_event);
    desk.send("Connect#1001", "desk.1,demo").await;
    desk.send("MakeReady#1001", "").await;
    other.send("Connect#1002", "desk.2,demo").await;
    assert_eq!(old.command().await.0, "Hello#desk.1", "nothing came to the old one while ours had the queue");
    let mut taken = [old.command().await, old.command().await, old.command().await];
    taken.sort();
    assert_eq!(
        taken.each_ref().map(|(command, _)| command.as_str()),
        ["Connect#1001", "Connect#1002", "MakeReady#1001"]
    );
    assert_eq!(site.requests("1001", "READY"), 0);

    // And back: ours comes up beside the old one, which then stops.
    site.start_service().await;
    desk.find(|event| event["type"] == "Reconnect" && event["agentIds"] == json!(["1001"])).await;
    other.find(|event| event["type"] == "Reconnect" && event["agentIds"] == json!(["1002"])).await;
    old.stop().await;
    desk.sign_in("1001", "desk.1").await;
    desk.send("MakeReady#1001", "").await;
    desk.state("1001", "READY").await;
    assert_eq!(site.requests("1001", "READY"), 1);
    other.sign_in("1002", "desk.2").await;
    site.stop().await;
}
