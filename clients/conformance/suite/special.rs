//! The cases that a service of their own plays ([`fake`]): every reason there is, what is newer than the SDK, a stream
//! that breaks its contract, and more agents than an observer may go on with.

use std::collections::BTreeSet;
use std::sync::Arc;

use generic_connector::command::catalogue::REASONS;
use generic_connector::pb;
use generic_connector::shutdown::Tasks;
use serde_json::{Value, json};

use super::fake::{self, CROWD, EPOCH, Log};
use super::json::Codec;
use super::refusal;
use super::runner::Runner;
use super::sdk::view;

/// Their names.
pub const NAMES: &[&str] = &["every_reason", "sent_again", "broken_stream", "many_agents"];

/// The header of a service's key.
const KEY: &str = "x-api-key";

/// What an SDK answers by itself, and does not tell the caller.
const HIDDEN: &[&str] = &["SESSION_EXPIRED", "NOT_CONNECTED", "SHUTTING_DOWN"];

/// The options of every client.
fn options() -> Value {
    json!({
        "backoff_first_ms": 20, "backoff_longest_ms": 100, "client_name": "a desk", "metadata": {"x-desk": "7"},
        "event_buffer": 3 * CROWD,
    })
}

/// A session at the fake.
struct Fake {
    runner: Arc<Runner>,
    log: Log,
    session: String,
    address: String,
    tasks: Tasks,
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.tasks.cancel();
    }
}

/// Plays a case; gives the reasons that the SDK told.
pub async fn play(name: &str, runner: Arc<Runner>, codec: Arc<Codec>) -> BTreeSet<String> {
    let tasks = Tasks::new();
    let (address, log) = fake::start(&tasks).await;
    let fake = Fake { runner, log, session: format!("fake.{name}"), address: format!("http://{address}"), tasks };
    fake.runner.forget(&fake.session);
    let opened = fake.runner.ask(json!({
        "op": "open", "session": fake.session, "address": fake.address, "agent_id": "1001", "password": "demo",
        "options": options(),
    }));
    let opened = opened.await;
    assert_eq!(opened, Ok(json!({"epoch": EPOCH.to_string()})), "open");
    let told = match name {
        "every_reason" => fake.every_reason().await,
        "sent_again" => fake.sent_again().await,
        "broken_stream" => fake.broken_stream(&codec).await,
        _ => fake.many_agents().await,
    };
    fake.close().await;
    told
}

impl Fake {
    async fn hold(&self, dialog: &str) -> Result<Value, Value> {
        let request = json!({"dialogId": dialog});
        self.runner.ask(json!({"op": "command", "session": self.session, "rpc": "HoldCall", "request": request})).await
    }

    /// Each reason, one that is newer than the SDK and a status of something between are told as they were said.
    async fn every_reason(&self) -> BTreeSet<String> {
        let known = REASONS.iter().map(|row| row.name).filter(|name| !HIDDEN.contains(name));
        let mut told = BTreeSet::new();
        for reason in known.chain(["SOMETHING_NEWER"]) {
            let error = self.hold(reason).await.expect_err(reason);
            let said = refusal::of_status(&fake::refusal(reason), "HoldCall");
            assert_eq!(said, refusal::of_runner(&error), "the service said so, and the SDK otherwise");
            let delay = error["retry_after_ms"].as_u64().unwrap_or(0);
            assert_eq!(delay, if said["waits"] == true { 1500 } else { 0 }, "retry_after_ms of {reason}");
            told.insert(reason.to_owned());
        }
        let between = self.hold("BETWEEN").await.expect_err("a status of something between");
        let members = ["reason", "code", "message", "retry"].map(|member| between[member].as_str().unwrap_or_default());
        assert_eq!(members, ["SERVICE_UNREACHABLE", "UNIMPLEMENTED", "a proxy's own words", "RETRY_AFTER_DELAY"]);
        assert_eq!(between["retryable"], true, "{between}");
        told
    }

    /// What may be sent again is, with the same request id; the caller is not told.
    async fn sent_again(&self) -> BTreeSet<String> {
        for reason in ["SHUTTING_DOWN", "BROKEN", "SESSION_EXPIRED", "NOT_CONNECTED"] {
            let before = self.log.lock().unwrap().len();
            let done = self.hold(&format!("once {reason}")).await;
            assert!(done.is_ok(), "{reason} at the first attempt: {done:?}");
            let asked = self.log.lock().unwrap().get(before..).unwrap_or_default().to_vec();
            let of =
                |rpc: &str| asked.iter().filter(|asked| asked.rpc == rpc).map(|a| a.said.clone()).collect::<Vec<_>>();
            let ids = of("HoldCall");
            let one = ids.len() == 2 && ids[0] == ids[1] && ids[0].len() == 36;
            assert!(one, "{reason}: the request ids of the attempts are {ids:?}");
            let connects = usize::from(["SESSION_EXPIRED", "NOT_CONNECTED"].contains(&reason));
            assert_eq!(of("Connect").len(), connects, "Connects after {reason}");
        }
        HIDDEN.iter().map(|name| (*name).to_owned()).collect()
    }

    /// What was repeated is dropped, what is unknown counts, and a hole opens the stream anew after the last event.
    async fn broken_stream(&self, codec: &Codec) -> BTreeSet<String> {
        let fourth = |log: &[Value]| log.iter().any(|item| item["event"]["sequence"] == "4");
        self.runner.until("event 4", &self.session, fourth).await;
        let log = self.runner.log(&self.session);
        let events = log.iter().filter(|item| item.get("event").is_some());
        let events: Vec<pb::Event> = events.map(|item| codec.message("Event", &item["event"]).unwrap()).collect();
        // Whether one with an unknown payload is given out is the SDK's choice.
        let expected: Vec<pb::Event> = [1, 2, 3, 4].into_iter().map(fake::event).collect();
        let without: Vec<pb::Event> = expected.iter().filter(|event| event.sequence != 2).cloned().collect();
        assert!(events == expected || events == without, "the events were {events:#?}");
        let (connection, picture) = view(&self.runner, codec, &self.session).await;
        let shown = (connection.as_str(), picture.sequence, picture.cursor.as_str(), picture.epoch);
        assert_eq!(shown, ("CONNECTED", 4, "cursor 4", EPOCH), "the view");
        let asked = self.log.lock().unwrap().clone();
        let cursors: Vec<&str> = asked.iter().filter(|a| a.rpc == "Subscribe").map(|a| &*a.said).collect();
        assert_eq!(cursors, ["cursor 0", "cursor 2"], "the cursors of the streams");
        BTreeSet::new()
    }

    /// An observer goes on with as many agents as the service lets it, and says of the others that they begin anew.
    async fn many_agents(&self) -> BTreeSet<String> {
        let session = format!("{}.observer", self.session);
        self.runner.forget(&session);
        let begun = self.runner.ask(json!({
            "op": "observe", "session": session, "address": self.address, "api_key": "the key",
            "agents": ["0001", "0001"], "teams": [], "all": true, "options": options(),
        }));
        assert_eq!(begun.await, Ok(json!({})), "observe");
        let agents = |log: &[Value], kind: &str| -> Vec<String> {
            let of = |item: &&Value| item.get(kind).is_some();
            log.iter().filter(of).map(|item| item["agent_id"].as_str().unwrap_or_default().to_owned()).collect()
        };
        self.runner
            .until("all agents, and some anew", &session, |log| agents(log, "snapshot").len() == CROWD + 2)
            .await;
        let log = self.runner.log(&session);
        let detached = agents(&log, "detached");
        assert_eq!(detached.len(), 2, "the agents who begin anew");
        assert_eq!(agents(&log, "snapshot").split_off(CROWD), detached, "the snapshots of the second stream");
        assert!(agents(&log, "reset").is_empty(), "nobody was behind");
        let asked = self.log.lock().unwrap().clone();
        let of_service = asked.iter().filter(|asked| asked.rpc == "Subscribe" && asked.headers.contains_key(KEY));
        let shown: Vec<_> = of_service.map(|asked| (&*asked.said, asked.selected)).collect();
        assert_eq!(
            shown,
            [("", (1, 0)), ("cursor 0", (1, 2000))],
            "the named agent's cursor, and how many are asked for"
        );
        let closed = self.runner.ask(json!({"op": "close", "session": session})).await;
        assert!(closed.is_ok(), "close: {closed:?}");
        BTreeSet::new()
    }

    /// Closing disconnects. Every call showed the token, or the key, and the caller's own headers.
    async fn close(&self) {
        let closed = self.runner.ask(json!({"op": "close", "session": self.session})).await;
        assert!(closed.is_ok(), "close: {closed:?}");
        let log = self.log.lock().unwrap().clone();
        let calls: Vec<&str> = log.iter().map(|asked| asked.rpc).collect();
        assert_eq!(calls.last(), Some(&"Disconnect"), "the calls of a session that was closed: {calls:?}");
        for asked in &log {
            let header = |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let keyed = asked.headers.contains_key(KEY);
            let token = if asked.rpc == "Connect" || keyed { "" } else { "Bearer the token" };
            let shown = (header("x-desk"), header("authorization"));
            assert_eq!(shown, ("7", token), "headers of {}", asked.rpc);
            assert!(asked.rpc != "Connect" || asked.said == "a desk", "the client's name: {:?}", asked.said);
        }
    }
}
