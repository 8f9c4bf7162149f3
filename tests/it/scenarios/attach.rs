//! A client on the bidirectional stream: commands go up, their results come down between the events, each event is
//! acknowledged.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use generic_connector::command::catalogue::Rpc;
use generic_connector::model::id::RequestId;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::pb::{self, attach_request, attach_response};
use generic_connector::shutdown::Tasks;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic_types::StatusExt as _;

use super::dynamic::Requests;
use super::mirror::{Seen, seen};
use crate::support::within;

/// A result, and the number of the last event before it.
type Told = (pb::AttachResult, u64);

/// Who waits for the result of which command; none once the stream has ended, and why it has.
type Waiting = Arc<Mutex<Result<HashMap<String, oneshot::Sender<Told>>, String>>>;

/// The stream of one client for one agent.
pub struct Attached {
    up: mpsc::Sender<pb::AttachRequest>,
    waiting: Waiting,
    log: watch::Receiver<Vec<Seen>>,
}

/// A command under way.
pub struct Asked {
    rpc: &'static Rpc,
    result: Option<oneshot::Receiver<Told>>,
    waiting: Waiting,
}

impl Attached {
    /// Opens the stream with a token, and waits for its Snapshot.
    pub async fn open(channel: Channel, token: &str, tasks: &Tasks) -> Self {
        let (up, requests) = mpsc::channel(64);
        let attach = pb::Attach { token: token.to_owned(), ..Default::default() };
        up.send(message(attach_request::Message::Attach(attach))).await.unwrap();
        let mut client = EventServiceClient::new(channel);
        let opened = within("a bidirectional stream", client.attach(ReceiverStream::new(requests)));
        let mut down = opened.await.unwrap().into_inner();
        let waiting: Waiting = Arc::new(Mutex::new(Ok(HashMap::new())));
        let (logged, log) = watch::channel(Vec::new());
        let (open, acknowledge) = (waiting.clone(), up.clone());
        tasks.spawn_abortable(0, async move {
            let why = loop {
                match down.message().await {
                    Ok(Some(response)) => match response.message {
                        Some(attach_response::Message::Result(result)) => {
                            let waiter =
                                open.lock().unwrap().as_mut().ok().and_then(|all| all.remove(&result.request_id));
                            let last = last(&logged.borrow());
                            let _ = waiter.expect("a result that nobody asked for").send((result, last));
                        }
                        Some(attach_response::Message::Event(event)) => {
                            let Some(kind) = event.message.filter(|kind| !matches!(kind, Kind::Heartbeat(_))) else {
                                continue;
                            };
                            if let Kind::Event(event) = &kind {
                                let cursor = event.clone().into_event().unwrap().cursor;
                                let done = attach_request::Message::Acknowledgement(pb::Acknowledgement { cursor });
                                let _ = acknowledge.send(message(done)).await;
                            }
                            logged.send_modify(|log| log.push(seen(kind)));
                        }
                        None => {}
                    },
                    Ok(None) => break "the stream ended".to_owned(),
                    Err(status) => break reason(&status),
                }
            };
            // Those who wait learn it by the loss of their senders.
            *open.lock().unwrap() = Err(why);
        });
        let mut opened = Self { up, waiting, log };
        let snapshot = |log: &Vec<Seen>| log.iter().any(|seen| seen.text.starts_with("snapshot"));
        within("a snapshot", opened.log.wait_for(snapshot)).await.unwrap();
        opened
    }

    /// Sends a command.
    pub async fn ask(&self, requests: &Requests, rpc: &'static Rpc, request: &[u8]) -> Asked {
        let request_id = RequestId::random().to_string();
        let (done, result) = oneshot::channel();
        let open = match &mut *self.waiting.lock().unwrap() {
            Ok(waiting) => {
                waiting.insert(request_id.clone(), done);
                true
            }
            Err(_) => false,
        };
        if open {
            let command = requests.command(rpc, request, &request_id);
            let _ = self.up.send(message(attach_request::Message::Command(command))).await;
        }
        Asked { rpc, result: open.then_some(result), waiting: self.waiting.clone() }
    }

    /// What the stream showed; waits for the event with that number.
    pub async fn shown(&mut self, last: u64) -> Vec<Seen> {
        let far = |log: &Vec<Seen>| self::last(log) >= last;
        within("the stream's events", self.log.wait_for(far)).await.expect("the stream ended before").clone()
    }
}

impl Asked {
    /// The encoded reply, or the reason why there is none.
    pub async fn outcome(self, requests: &Requests) -> Result<Bytes, String> {
        if let Some(result) = self.result
            && let Ok((result, last)) = result.await
        {
            let reply = requests.result(&result)?;
            let as_of = requests.reply(self.rpc, &reply)["as_of_sequence"].as_u64().unwrap_or(0);
            assert!(as_of <= last, "the result of {} as of {as_of} came right after event {last}", self.rpc.name);
            return Ok(reply);
        }
        Err(self.waiting.lock().unwrap().as_ref().err().cloned().unwrap_or_default())
    }
}

fn last(log: &[Seen]) -> u64 {
    log.iter().filter_map(|seen| seen.sequence).max().unwrap_or(0)
}

/// The reason in a status.
pub fn reason(status: &tonic::Status) -> String {
    status.get_error_details().error_info().map_or("", |info| info.reason.as_str()).to_owned()
}

fn message(message: attach_request::Message) -> pb::AttachRequest {
    pb::AttachRequest { message: Some(message) }
}
