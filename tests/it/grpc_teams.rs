//! A service that watches teams: whom it sees, as they come and go, and whom it does not.

use std::collections::{BTreeMap, BTreeSet};

use generic_connector::pb;
use generic_connector::pb::subscribe_response::Message;
use tonic::Code;

use super::grpc_world::{As, Door, OF_1001, OF_TEAM_1, WALLBOARD, call, options, reason};
use super::support::within;

fn teams(ids: &[&str]) -> pb::SubscribeRequest {
    pb::SubscribeRequest { team_ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..Default::default() }
}

fn agent(id: &str) -> pb::SubscribeRequest {
    let selector = pb::AgentSelector { agent_id: id.into(), cursor: None };
    pb::SubscribeRequest { agents: vec![selector], ..Default::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_of_a_team_are_streamed_as_they_come_and_go() {
    let door = Door::open(options()).await;
    let early = door.connect("1001").await;
    let mut team = door.subscribe(As::Key(OF_TEAM_1), teams(&["1"])).await.unwrap();
    assert_eq!(team.snapshot().await.agent_id, "1001");
    // All that the identity may see is the same here, and two teams are all there are.
    let mut all = pb::SubscribeRequest { all: true, ..Default::default() };
    let mut everyone = door.subscribe(As::Key(OF_TEAM_1), all.clone()).await.unwrap();
    assert_eq!(everyone.snapshot().await.agent_id, "1001");
    let mut both = door.subscribe(As::Key(WALLBOARD), teams(&["1", "2"])).await.unwrap();
    assert_eq!(both.snapshot().await.agent_id, "1001");

    // Agent 1011 is in the other team, agent 1002 in this one.
    door.connect("1011").await;
    door.connect("1002").await;
    for feed in [&mut team, &mut everyone] {
        assert_eq!(feed.attached().await, "1002");
        assert_eq!(feed.snapshot().await.agent_id, "1002");
    }
    assert_eq!(both.attached().await, "1011");
    both.snapshot().await;
    assert_eq!(both.attached().await, "1002");

    let me = As::Bearer(&early.token);
    door.sign_in(&early.token, "2001").await;
    assert_eq!(team.event().await.agent_id, "1001");
    within("force", door.agents().force_logout(call(me, pb::ForceLogoutRequest::default()))).await.unwrap();
    let gone = loop {
        match team.next().await {
            Message::AgentDetached(gone) => break gone.agent_id,
            Message::Event(_) | Message::Stale(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(gone, "1001");
    door.connect("1001").await;
    assert_eq!(team.attached().await, "1001");
    all.all = false;
    let nobody = door.subscribe(As::Key(OF_TEAM_1), all).await.err().unwrap();
    assert_eq!((nobody.code(), reason(&nobody).as_str()), (Code::InvalidArgument, "INVALID_INPUT"));
    drop((team, everyone, both));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_is_resumed_without_naming_whom_it_holds() {
    let door = Door::open(options()).await;
    for id in ["1001", "1002", "1011"] {
        door.connect(id).await;
    }
    let all = pb::SubscribeRequest { all: true, ..Default::default() };
    let mut everyone = door.subscribe(As::Key(WALLBOARD), all).await.unwrap();
    let mut cursors = BTreeMap::new();
    while cursors.len() < 3 {
        let snapshot = everyone.snapshot().await;
        cursors.insert(snapshot.agent_id, snapshot.cursor);
    }
    // Of those who are gone on with, agent 1011 is in another team and agent 1020 was never here.
    cursors.insert("1020".to_owned(), cursors["1001"].clone());
    cursors.remove("1002");
    let selector = |(agent_id, cursor)| pb::AgentSelector { agent_id, cursor: Some(cursor) };
    let resume = cursors.into_iter().map(selector).collect();
    let mut team = door.subscribe(As::Key(OF_TEAM_1), pb::SubscribeRequest { resume, ..teams(&["1"]) }).await.unwrap();
    let mut told = BTreeSet::new();
    while told.len() < 4 {
        told.insert(match team.next().await {
            Message::AgentDetached(gone) => (gone.agent_id, "detached"),
            Message::Resumed(resumed) => (resumed.agent_id, "resumed"),
            Message::Snapshot(snapshot) => (snapshot.agent_id, "snapshot"),
            other => panic!("{other:?}"),
        });
    }
    let expected = [("1001", "resumed"), ("1002", "snapshot"), ("1011", "detached"), ("1020", "detached")];
    assert_eq!(told, expected.map(|(id, what)| (id.to_owned(), what)).into());
    // It adds nobody, and a named agent's cursor is not left without an answer either.
    door.connect("1020").await;
    assert_eq!(everyone.attached().await, "1020");
    let cursor = Some(everyone.snapshot().await.cursor);
    door.connect("1003").await;
    assert_eq!(team.attached().await, "1003");
    let absent = pb::AgentSelector { agent_id: "1004".into(), cursor };
    let named = pb::SubscribeRequest { agents: vec![absent], ..Default::default() };
    let mut named = door.subscribe(As::Key(WALLBOARD), named).await.unwrap();
    match named.next().await {
        Message::AgentDetached(gone) => assert_eq!(gone.agent_id, "1004"),
        other => panic!("{other:?}"),
    }
    door.connect("1004").await;
    assert_eq!((named.attached().await, named.snapshot().await.agent_id), ("1004".into(), "1004".into()));
    let resume = vec![pb::AgentSelector { agent_id: "1001".into(), cursor: None }; 2001];
    let many =
        door.subscribe(As::Key(WALLBOARD), pb::SubscribeRequest { resume, ..teams(&["1"]) }).await.err().unwrap();
    assert_eq!(reason(&many), "INVALID_INPUT");
    drop((team, everyone, named));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_who_is_moved_to_another_team_is_not_seen_any_further() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let all = pb::SubscribeRequest { all: true, ..Default::default() };
    let mut limited = door.subscribe(As::Key(OF_TEAM_1), all.clone()).await.unwrap();
    let mut asking = door.subscribe(As::Key(WALLBOARD), teams(&["1"])).await.unwrap();
    let mut everyone = door.subscribe(As::Key(WALLBOARD), all).await.unwrap();
    for feed in [&mut limited, &mut asking, &mut everyone] {
        assert_eq!(feed.snapshot().await.agent_id, "1001");
    }
    assert!(door.world.sim.control().move_to_team("1001", "2"));
    let me = As::Bearer(&connected.token);
    within("ready", door.agents().make_ready(call(me, pb::MakeReadyRequest::default()))).await.unwrap();
    // What comes next to those who may or would see the team is somebody else.
    door.connect("1002").await;
    for feed in [&mut limited, &mut asking] {
        loop {
            match feed.next().await {
                Message::AgentDetached(gone) => break assert_eq!(gone.agent_id, "1001"),
                Message::Stale(_) | Message::Heartbeat(_) => {}
                other => panic!("{other:?}"),
            }
        }
        match feed.next().await {
            Message::AgentAttached(attached) => assert_eq!(attached.agent_id, "1002"),
            other => panic!("{other:?}"),
        }
    }
    let moved = loop {
        if let Some(pb::event::Payload::AgentInfo(moved)) = everyone.event().await.payload {
            break moved;
        }
    };
    assert_eq!(moved.team.unwrap().id, "2");
    assert_eq!(everyone.attached().await, "1002");
    let refused = door.subscribe(As::Key(OF_TEAM_1), agent("1001")).await.err().unwrap();
    assert_eq!(reason(&refused), "PERMISSION_DENIED");
    drop((limited, asking, everyone));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_identity_may_not_see_is_refused() {
    let door = Door::open(options()).await;
    let (own, other) = (door.connect("1001").await, door.connect("1011").await);
    let denied = async |who: As<'_>, request: pb::SubscribeRequest| {
        let status = door.subscribe(who, request).await.err().unwrap();
        assert_eq!((status.code(), reason(&status).as_str()), (Code::PermissionDenied, "PERMISSION_DENIED"));
    };
    denied(As::Key(OF_TEAM_1), teams(&["1", "2"])).await;
    denied(As::Key(OF_1001), teams(&["1"])).await;
    denied(As::Bearer(&own.token), teams(&["1"])).await;
    denied(As::Key(OF_TEAM_1), agent("1011")).await;
    let mut one = door.subscribe(As::Key(OF_TEAM_1), agent("1001")).await.unwrap();
    assert_eq!(one.snapshot().await.agent_id, "1001");

    // Whose team is not known yet is waited for, and not shown when it is another one.
    let mut named = agent("1012");
    named.agents.push(pb::AgentSelector { agent_id: "1003".into(), cursor: None });
    let mut waiting = door.subscribe(As::Key(OF_TEAM_1), named).await.unwrap();
    door.connect("1012").await;
    door.connect("1003").await;
    assert_eq!(waiting.attached().await, "1003");

    let many: Vec<String> = (0..101).map(|id| id.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let refused = door.subscribe(As::Key(WALLBOARD), teams(&many)).await.err().unwrap();
    assert_eq!(reason(&refused), "INVALID_INPUT");
    drop((one, waiting, other));
    door.close().await;
}
