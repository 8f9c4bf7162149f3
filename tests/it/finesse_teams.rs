//! What the adapter reads and changes for supervisors, and the nodes it watches for them, against the simulator.

use std::collections::BTreeSet;
use std::time::Duration;

use generic_connector::finesse::notify::{Data, Link, LinkEvent, Node, Source};
use generic_connector::finesse::{Client, Options, SendError, Transport, team};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::id::TeamId;
use generic_connector::model::phone_book::PhoneBookType;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, ClockMode, Flavour};

use crate::finesse_bench::{credentials, next, notification, options, platform, tag, up};

fn team_node(id: &str) -> Node {
    Node::Team(id.parse().unwrap())
}

fn queue_node(id: &str) -> Node {
    Node::Queue(id.parse().unwrap())
}

/// The next answer to a wish to watch.
async fn answer(link: &mut Link) -> Result<Node, (Node, String)> {
    loop {
        match next(link).await {
            LinkEvent::Watching { node } => return Ok(node),
            LinkEvent::NotWatching { node, why } => return Err((node, why)),
            _ => {}
        }
    }
}

/// The next change of a member that came from the team's node.
async fn member_changed(link: &mut Link) -> (String, AgentState) {
    notification(link, |n| match (&n.update.data, n.watched()) {
        (Data::User(user), Some(Node::Team(_))) => {
            let member = team::member((**user).clone()).unwrap();
            Some((member.id.to_string(), member.state))
        }
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_team_and_its_members() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let (client, boss, ann) = (&bench.client, credentials("1101", "demo"), credentials("1001", "demo"));
        client.sign_in(&ann, &"2001".parse().unwrap(), None, &tag()).await.unwrap();
        let id = "1".parse::<TeamId>().unwrap();
        let present = client.team(&boss, &id, false).await.unwrap();
        assert_eq!((present.team.unwrap().name.as_str(), present.members.len()), ("Sales", 1));
        let member = &present.members[0];
        assert_eq!((member.id.as_str(), member.state), ("1001", AgentState::NotReady));
        assert_eq!(member.extension.as_ref().map(|e| e.as_str()), Some("2001"));
        assert_eq!(client.team(&boss, &id, true).await.unwrap().members.len(), 11);
        assert!(client.team(&ann, &id, true).await.is_err());
        assert_eq!(client.team(&boss, &"9".parse().unwrap(), true).await.unwrap_err().reason, Reason::NotFound);
    }
}

#[tokio::test]
async fn a_supervisor_changes_a_members_state() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let (client, boss, ann) = (&bench.client, credentials("1101", "demo"), credentials("1001", "demo"));
        let mut link = Link::open(client, boss.clone());
        link.watch(vec![team_node("1")]);
        assert_eq!(answer(&mut link).await, Ok(team_node("1")));
        client.sign_in(&ann, &"2001".parse().unwrap(), None, &tag()).await.unwrap();
        assert_eq!(member_changed(&mut link).await, ("1001".to_owned(), AgentState::NotReady));
        for state in [AgentState::Ready, AgentState::NotReady, AgentState::Logout] {
            let tag = tag();
            client.set_member_state(&boss, &ann.agent_id, state, &tag).await.unwrap();
            let request = notification(&mut link, |n| match &n.update.data {
                Data::User(user) if user.state == Some(state) => Some(n.update.request_id.clone()),
                _ => None,
            })
            .await;
            assert_eq!(request, Some(tag.to_string()), "the supervisor's own request");
        }
        let other = "1011".parse().unwrap();
        let result = client.set_member_state(&boss, &other, AgentState::Ready, &tag()).await;
        assert!(matches!(result, Err(SendError::Refused(e)) if e.reason == Reason::NotSupervisor), "another team's");
    }
}

#[tokio::test]
async fn queues_have_figures_on_ucce_alone() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        bench.server.control().place_call("5551230000", "8010", &[]).unwrap();
        let queues = bench.client.queues(&credentials("1101", "demo")).await.unwrap();
        assert_eq!((queues.len(), queues[0].id.as_str(), queues[0].name.as_str()), (1, "10", "Sales"));
        let waiting = (flavour == Flavour::Ucce).then_some(1);
        assert_eq!((queues[0].calls_in_queue, queues[0].longest_call_since.is_some()), (waiting, waiting.is_some()));
        assert_eq!(queues[0].agents_ready, waiting.map(|_| 0));
    }
}

#[tokio::test]
async fn phone_books_are_everybodys_and_the_teams() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let (client, ann) = (&bench.client, credentials("1001", "demo"));
        let books = client.phone_books(&ann).await.unwrap();
        let kinds: Vec<_> = books.iter().map(|book| (book.id.as_str(), book.name.as_str(), book.kind)).collect();
        assert_eq!(kinds, [("1", "Company", PhoneBookType::Global), ("2", "Sales partners", PhoneBookType::Team)]);
        let rita = &books[0].contacts[0];
        assert_eq!((rita.id.as_str(), rita.first_name.as_str(), rita.last_name.as_str()), ("1", "Rita", "Reception"));
        assert_eq!((rita.phone_number.as_str(), rita.description.as_str()), ("5550100", "Front desk"));
        assert_eq!(books[1].contacts[0].description, "Orders & returns");
        let own = client.team_phone_books(&ann, &"1".parse().unwrap()).await.unwrap();
        assert_eq!(own, books[1..]);
        let other = client.team_phone_books(&ann, &"2".parse().unwrap()).await.unwrap_err();
        assert_eq!(other.reason, Reason::UnsupportedOnPlatform, "another team's");
    }
}

/// Finesse from 12.5 has a resource for it, which tells any team's.
#[tokio::test]
async fn a_teams_phone_books_come_from_its_resource_where_there_is_one() {
    let bench = platform(Flavour::Ucce).await;
    let path = "/finesse/api/TeamResource/2/PhoneBooks";
    let books = include_str!("../fixtures/finesse/phone_books.xml");
    let answer = move || async move { ([("content-type", "application/xml")], books) };
    let router = axum::Router::new().route(path, axum::routing::get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut options = options(&bench.server, Transport::WebSocket, false);
    options.sides[0].rest = format!("http://{}", listener.local_addr().unwrap());
    bench.tasks.spawn_abortable(0, async move { axum::serve(listener, router).await.unwrap() });
    let client = Client::new(options).unwrap();
    let found = client.team_phone_books(&credentials("1001", "demo"), &"2".parse().unwrap()).await.unwrap();
    assert_eq!(found.len(), 3);
}

#[tokio::test]
async fn a_team_is_watched_through_a_lost_link() {
    for transport in [Transport::WebSocket, Transport::Plain] {
        let bench = crate::finesse_bench::bench(transport, false).await;
        let (client, boss, ann) = (&bench.client, credentials("1101", "demo"), credentials("1001", "demo"));
        let mut link = Link::open(client, boss.clone());
        // Before the link is up, or after: it makes no difference.
        link.watch(vec![team_node("1"), team_node("4711")]);
        let mut answers = [answer(&mut link).await, answer(&mut link).await];
        answers.sort();
        let refused = Err((team_node("4711"), "item-not-found".to_owned()));
        assert_eq!(answers, [Ok(team_node("1")), refused.clone()]);

        client.sign_in(&ann, &"2001".parse().unwrap(), None, &tag()).await.unwrap();
        assert_eq!(member_changed(&mut link).await, ("1001".to_owned(), AgentState::NotReady));

        for state in [AgentState::Ready, AgentState::NotReady] {
            bench.server.control().kill_sessions(Some("1101")).unwrap();
            up(&mut link).await;
            answers = [answer(&mut link).await, answer(&mut link).await];
            answers.sort();
            assert_eq!(answers, [Ok(team_node("1")), refused.clone()], "again, each");
            client.set_state(&ann, state, None, &tag()).await.unwrap();
            assert_eq!(member_changed(&mut link).await, ("1001".to_owned(), state));
        }

        link.watch(vec![team_node("2")]);
        assert_eq!(answer(&mut link).await, Ok(team_node("2")));
        client.set_state(&ann, AgentState::Ready, None, &tag()).await.unwrap();
        client.sign_in(&credentials("1011", "demo"), &"2011".parse().unwrap(), None, &tag()).await.unwrap();
        assert_eq!(member_changed(&mut link).await.0, "1011", "the first team is watched no more");
    }
}

#[tokio::test]
async fn figures_of_a_watched_queue_are_pushed() {
    let tasks = Tasks::new();
    let simulated = sim::Options { clock: ClockMode::Stepped, ..sim::Options::ephemeral() };
    let server = sim::start(simulated, &tasks).await.unwrap();
    let client = Client::new(options(&server, Transport::WebSocket, false)).unwrap();
    let mut link = Link::open(&client, credentials("1101", "demo"));
    link.watch(vec![queue_node("10"), queue_node("99")]);
    let answers = BTreeSet::from([answer(&mut link).await, answer(&mut link).await]);
    assert!(answers.contains(&Ok(queue_node("10"))));
    assert!(answers.iter().any(|answer| answer.as_ref().is_err_and(|(node, _)| *node == queue_node("99"))));
    server.control().place_call("5551230000", "8010", &[]).unwrap();
    server.control().step(Duration::from_secs(10));
    let queue = notification(&mut link, |n| match &n.update.data {
        Data::Queue(queues) => {
            assert_eq!(n.update.source, Source::Queue("10".parse().unwrap()));
            assert_eq!(n.watched(), Some(queue_node("10")));
            queues.first().cloned()
        }
        _ => None,
    })
    .await;
    assert_eq!((queue.id.as_str(), queue.calls_in_queue), ("10", Some(1)));
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_told_and_asked_again() {
    let tasks = Tasks::new();
    let server = sim::start(sim::Options::ephemeral(), &tasks).await.unwrap();
    let client = Client::new(Options {
        answer_timeout: Duration::from_millis(300),
        connect_timeout: Duration::from_millis(200),
        ..options(&server, Transport::WebSocket, false)
    })
    .unwrap();
    let mut link = Link::open(&client, credentials("1101", "demo"));
    up(&mut link).await;
    server.control().stall_sessions(Some("1101"), true).unwrap();
    link.watch(vec![team_node("1")]);
    assert_eq!(answer(&mut link).await, Err((team_node("1"), "no answer in time".to_owned())));
    server.control().kill_sessions(Some("1101")).unwrap();
    assert_eq!(answer(&mut link).await, Ok(team_node("1")));
}
