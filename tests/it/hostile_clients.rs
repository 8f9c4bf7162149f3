//! A hundred hostile clients at the four legacy doors of the real binary, while a good client at each works as ever.

mod storm;

use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::event::Payload;
use generic_connector::pb::{self};
use generic_connector::shutdown::Tasks;
use serde_json::Value;

use crate::attach_attacks::{attach, channel, token};
use crate::binary::Service;
use crate::binary_attacks::most_resident;
use crate::broker::desk::Desk;
use crate::broker::{Broker, stomp};
use crate::grpc_world::{Attached, Down};
use crate::support::within;
use crate::{bridge_client, websocket_client};
use storm::{Steps, at_broker, at_exchange, at_tcp, at_websocket};

const AT_EACH_DOOR: usize = 25;
const ROUNDS: usize = 2;
/// How long a command may take on a machine that does all of this at once: as long as Finesse itself may.
const DEADLINE: Duration = Duration::from_secs(10);
/// The same behind a broker: one queue has one order, so that whatever the hostile ones have put there comes first.
const DEADLINE_IN_A_QUEUE: Duration = Duration::from_secs(30);
/// A client may have a line of 64 KiB, a backlog of 256 KiB and buffers on its way, and 75 of the hundred are connections.
const MAX_GROWTH_KIB: u64 = 64 * 1024;

impl Desk for bridge_client::Client {
    async fn send(&mut self, command: &str, body: &str) {
        self.send(&format!("{command}#{body}")).await;
    }

    async fn text(&mut self) -> String {
        self.line().await.expect("the connection has ended")
    }
}

impl Desk for websocket_client::Client {
    async fn send(&mut self, command: &str, body: &str) {
        self.send(&format!("{command}#{body}")).await;
    }

    async fn text(&mut self) -> String {
        self.next().await.to_string()
    }
}

/// A good client of a legacy door.
struct Good<D> {
    desk: D,
    agent: &'static str,
    told: Vec<Value>,
    slowest: Duration,
}

impl<D: Desk> Good<D> {
    async fn sign_in(mut desk: D, agent: &'static str, destination: &str) -> Self {
        desk.send(&format!("Hello#{destination}"), "").await;
        desk.until("System").await;
        desk.sign_in(agent, destination).await;
        Self { desk, agent, told: Vec::new(), slowest: Duration::ZERO }
    }

    /// Reads until a line is wanted. Every line is the agent's own, none comes twice, and nothing is refused.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.desk.event().await;
            // At a broker, whoever names a destination has its answers go there: what others ask in its name is heard.
            if line["type"] == "System" || line["reason"] == "AUTHORIZATION_FAILURE" {
                continue;
            }
            assert_eq!(line["agentId"], self.agent, "{line}");
            assert_ne!(line["type"], "Error", "{line}");
            assert_ne!(Some(&line), self.told.last(), "told twice");
            self.told.push(line.clone());
            if wanted(&line) {
                return line;
            }
        }
    }

    async fn ask(&mut self, verb: &str, body: &str, kind: &str, state: &str) -> Value {
        let asked = Instant::now();
        self.desk.send(&format!("{verb}#{}", self.agent), body).await;
        let line = self.until(|line| line["type"] == kind && line["state"] == state).await;
        self.slowest = self.slowest.max(asked.elapsed());
        line
    }

    async fn ready_and_not_ready(&mut self) {
        self.ask("MakeReady", "", "State", "READY").await;
        self.ask("MakeNotReady", "", "State", "NOT_READY").await;
    }

    async fn ringing(&mut self) -> String {
        self.until(|line| line["type"] == "NewInboundCall").await["dialogId"].as_str().unwrap().to_owned()
    }

    async fn state_of_call(&mut self, state: &str) {
        self.until(|line| line["type"] == "InboundCall" && line["state"] == state).await;
    }

    async fn state(&mut self, state: &str) {
        self.until(|line| line["type"] == "State" && line["state"] == state).await;
    }

    /// The states and the ends of calls since the last time, in their order.
    fn heard(&mut self) -> Vec<String> {
        let counts =
            |line: &Value| line["type"] == "State" || line["type"] == "NewInboundCall" || line["state"] == "DROPPED";
        let of = |line: Value| format!("{} {}", line["type"], line["state"]);
        std::mem::take(&mut self.told).into_iter().filter(counts).map(of).collect()
    }
}

/// A good client that speaks gRPC.
struct Typed {
    stream: Attached,
    sequence: u64,
    slowest: Duration,
}

impl Typed {
    async fn sign_in(service: &Service, agent: &str) -> Self {
        let mut stream = attach(&channel(service).await, &token(service, agent).await).await;
        let sequence = stream.snapshot().await.sequence;
        let mut typed = Self { stream, sequence, slowest: Duration::ZERO };
        typed.ask(Request::Login(pb::LoginRequest { extension: "2004".to_owned(), ..Default::default() })).await;
        typed
    }

    /// Events are numbered without a gap.
    fn take(&mut self, event: pb::Event) -> Option<Payload> {
        assert_eq!((event.sequence, event.agent_id.as_str()), (self.sequence + 1, "1004"));
        self.sequence += 1;
        event.payload
    }

    async fn ask(&mut self, request: Request) {
        let asked = Instant::now();
        let id = self.stream.command(request).await;
        loop {
            match self.stream.next().await {
                Down::Event(event) => drop(self.take(event)),
                Down::Result(result) => {
                    assert_eq!(result.request_id, id);
                    assert!(!matches!(result.reply, Some(Reply::Error(_)) | None), "{result:?}");
                    break;
                }
                Down::Other(other) => panic!("{other:?}"),
            }
        }
        self.slowest = self.slowest.max(asked.elapsed());
    }

    async fn until<T>(&mut self, pick: impl Fn(Payload) -> Option<T>) -> T {
        loop {
            match self.stream.next().await {
                Down::Event(event) => {
                    if let Some(found) = self.take(event).and_then(&pick) {
                        return found;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }

    async fn ready_and_not_ready(&mut self) {
        self.ask(Request::MakeReady(pb::MakeReadyRequest::default())).await;
        self.ask(Request::MakeNotReady(pb::MakeNotReadyRequest::default())).await;
    }

    async fn answer(&mut self) {
        let offered = |payload| match payload {
            Payload::DialogOffered(offered) => offered.dialog.map(|dialog| dialog.id),
            _ => None,
        };
        let dialog_id = self.until(offered).await;
        self.ask(Request::AnswerCall(pb::AnswerCallRequest { dialog_id, options: None })).await;
    }
}

/// Ready, not ready, and a call from one to the other.
async fn work(a: &mut Good<impl Desk>, b: &mut Good<impl Desk>) -> [Vec<String>; 2] {
    a.ready_and_not_ready().await;
    b.ready_and_not_ready().await;
    a.ask("MakeCall", "2002", "InboundCall", "INITIATED").await;
    let call = b.ringing().await;
    b.ask("AnswerCall", &call, "InboundCall", "ACTIVE").await;
    a.state_of_call("ACTIVE").await;
    a.ask("ReleaseCall", &call, "InboundCall", "DROPPED").await;
    a.state("NOT_READY").await;
    b.state_of_call("DROPPED").await;
    b.state("NOT_READY").await;
    [a.heard(), b.heard()]
}

/// The same between a legacy and a typed client.
async fn work_with(a: &mut Good<impl Desk>, b: &mut Typed) -> Vec<String> {
    a.ready_and_not_ready().await;
    b.ready_and_not_ready().await;
    let call = a.ask("MakeCall", "2004", "InboundCall", "INITIATED").await;
    b.answer().await;
    a.state_of_call("ACTIVE").await;
    a.ask("ReleaseCall", call["dialogId"].as_str().unwrap(), "InboundCall", "DROPPED").await;
    a.state("NOT_READY").await;
    b.until(|payload| matches!(payload, Payload::DialogEnded(_)).then_some(())).await;
    a.heard()
}

fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
}

/// The connections that the doors have, where the system tells: those to Finesse's simulator in the same process, which
/// are kept for a while, are not the clients'.
fn connections(service: &Service) -> Option<usize> {
    let table = std::fs::read_to_string(format!("/proc/{}/net/tcp", service.process.id().unwrap())).ok()?;
    let doors = [service.grpc, service.bridge].map(|door| format!(":{:04X}", door.port()));
    let open = |line: &&str| {
        let mut columns = line.split_whitespace().skip(1);
        let (own, state) = (columns.next().unwrap_or_default(), columns.nth(1).unwrap_or_default());
        // Established, or closed by the client alone.
        doors.iter().any(|door| own.ends_with(door.as_str())) && ["01", "08"].contains(&state)
    };
    Some(table.lines().filter(open).count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_hostile_clients_disturb_nobody_else() {
    let Some(broker) = Broker::start().await else { return };
    let brokers = format!("stomp.brokers=stomp://{}", broker.stomp());
    let service = Service::start(&["--log=error", "--set", &brokers, "--set", "stomp.resume_delay=100ms"]).await;
    let process = service.process.id().unwrap();
    let mut tcp = Good::sign_in(bridge_client::Client::connect(service.bridge).await, "1001", "desk.a").await;
    let mut socket = Good::sign_in(websocket_client::Client::open(service.grpc).await, "1002", "desk.b").await;
    let mut queued = Good::sign_in(stomp::Desktop::connect(broker.stomp(), "desk.c").await, "1003", "desk.c").await;
    let mut typed = Typed::sign_in(&service, "1004").await;
    let calm = (work(&mut tcp, &mut socket).await, work_with(&mut queued, &mut typed).await);
    let calm_slowest = [tcp.slowest, socket.slowest, queued.slowest, typed.slowest];
    let (before, open) = (resident(process), connections(&service));

    let steps: [Vec<Steps>; 4] = std::array::from_fn(|_| (0..AT_EACH_DOOR).map(|_| Steps::default()).collect());
    let storm = Tasks::new();
    let [at_lines, at_frames, at_streams, at_queue] = &steps;
    for (n, (((lines, frames), streams), queue)) in
        at_lines.iter().zip(at_frames).zip(at_streams).zip(at_queue).enumerate()
    {
        let doors = [service.grpc, service.bridge];
        storm.spawn_abortable(0, at_tcp(n, doors, lines.clone()));
        storm.spawn_abortable(0, at_websocket(n, doors, frames.clone()));
        storm.spawn_abortable(0, at_exchange(n, channel(&service).await, streams.clone()));
        storm.spawn_abortable(0, at_broker(n, broker.stomp(), queue.clone()));
    }
    within("the storm", async {
        while steps.iter().flatten().any(|steps| steps.load(Relaxed) == 0) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    for _ in 0..ROUNDS {
        let (first, second) = tokio::join!(work(&mut tcp, &mut socket), work_with(&mut queued, &mut typed));
        assert_eq!((first, second), calm, "as without the hostile ones: nothing is lost, nothing comes twice");
    }
    let slowest = [tcp.slowest, socket.slowest, queued.slowest, typed.slowest];
    let done = steps.map(|door| door.iter().map(|steps| steps.load(Relaxed)).sum::<usize>());
    let (peak, most) = (most_resident(process), connections(&service));
    println!("steps at TCP, WebSocket, Exchange, broker: {done:?}");
    println!("slowest answers there, with gRPC last: {slowest:?}, {calm_slowest:?} before");
    assert_eq!(storm.drain(DEADLINE).await, 0);

    // The good ones go on while the others' connections are closed.
    let closed = tokio::time::timeout(2 * DEADLINE_IN_A_QUEUE, async {
        while connections(&service) > open {
            tcp.ready_and_not_ready().await;
        }
    });
    closed.await.expect("the hostile connections do not end");
    work_with(&mut queued, &mut typed).await;
    println!("connections: {open:?}, then {most:?}, then {:?}", connections(&service));
    if let (Some(before), Some(peak), Some(after)) = (before, peak, resident(process)) {
        println!("resident: {before} KiB, at most {peak} KiB, then {after} KiB");
        assert!(peak.saturating_sub(before) <= MAX_GROWTH_KIB, "{before} KiB, then {peak} KiB");
    }
    let [tcp, socket, queued, typed] = slowest;
    assert!(tcp.max(socket).max(typed) <= DEADLINE && queued <= DEADLINE_IN_A_QUEUE, "{slowest:?}");
}
