//! The legacy door as a bidirectional gRPC stream: one request is one command, and one response is one line. Beside it
//! the service tells who still uses the legacy doors.

use std::collections::VecDeque;
use std::error::Error as _;
use std::io;
use std::mem::size_of;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context as Polling, Poll, ready};

use axum::extract::ConnectInfo;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use secrecy::zeroize::Zeroizing;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::PollSender;
use tonic::{Request, Response, Status, Streaming};

use super::message::Message;
use super::migration;
use super::pump::{Closed, Common, Heard, Outlet, lines};
use super::say::{Encoding, Target};
use super::usage::Door;
use crate::model::{Error, Reason};
use crate::pb;
use crate::pb::bridge_service_server::{BridgeService, BridgeServiceServer};

/// What the encoding of a request adds to type and body, at most: two tags and two lengths.
const ENVELOPE: usize = 2 * (1 + 5);
/// How many bytes of lines are handed over together at least, where so many wait.
const BATCH: usize = 32 * 1024;
/// What a line that waits counts beside its text.
const RESPONSE: usize = size_of::<pb::ExchangeResponse>();

/// What the typed door knows of gRPC: it is the one to choose and to read status codes.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// The status that tells an error.
    pub status: fn(&Error) -> Status,
    /// Whether a message can't be read because of its length.
    pub is_too_long: fn(&Status) -> bool,
}

/// Implements the service.
#[derive(Clone, Debug)]
pub struct Service {
    common: Common,
    encoding: Encoding,
    wire: Wire,
}

impl Service {
    /// For clients that are told lines in an encoding.
    pub fn new(common: Common, encoding: Encoding, wire: Wire) -> Self {
        Self { common, encoding, wire }
    }

    /// The service, with its message size bounded.
    pub fn into_server(self) -> BridgeServiceServer<Self> {
        let max = self.common.bounds.max_line + ENVELOPE;
        BridgeServiceServer::new(self).max_decoding_message_size(max)
    }
}

#[tonic::async_trait]
impl BridgeService for Service {
    type ExchangeStream = Pin<Box<dyn Stream<Item = Result<pb::ExchangeResponse, Status>> + Send>>;

    async fn exchange(
        &self,
        request: Request<Streaming<pb::ExchangeRequest>>,
    ) -> Result<Response<Self::ExchangeStream>, Status> {
        let address = request.extensions().get().map(|ConnectInfo(address): &ConnectInfo<SocketAddr>| *address);
        let from = address.map(|address| address.to_string()).unwrap_or_default();
        let Some(place) = self.common.admit() else {
            tracing::warn!(%from, "exchange refused, too many legacy clients are connected");
            let error = Error::new(Reason::TooManyRequests, "too many legacy clients are connected");
            return Err((self.wire.status)(&error));
        };
        let to = Target { name: from.clone(), encoding: self.encoding };
        let client = self.common.sender(Door::Exchange, address);
        let input = Commands { requests: request.into_inner(), is_too_long: self.wire.is_too_long };
        let (sender, responses) = mpsc::channel(1);
        let (ended, end) = oneshot::channel();
        let output = Batches { output: PollSender::new(sender), waiting: VecDeque::new(), bytes: 0 };
        let (common, status) = (self.common.clone(), self.wire.status);
        self.common.tasks().spawn_here(async move {
            let why = common.serve(client, to, input, output, None).await;
            tracing::info!(%from, %why, "exchange closed");
            // A client that is gone asks no more.
            let _ = ended.send(verdict(&why).map(|error| status(&error)));
            drop(place);
        });
        Ok(Response::new(responses_until(responses, end)))
    }

    async fn get_migration_report(
        &self,
        request: Request<pb::GetMigrationReportRequest>,
    ) -> Result<Response<pb::GetMigrationReportResponse>, Status> {
        let counts = self.common.context.usage.counts();
        migration::page(&counts, request.get_ref()).map(Response::new).map_err(|error| (self.wire.status)(&error))
    }
}

/// What a stream ends in; none: it ends well.
fn verdict(why: &Closed) -> Option<Error> {
    let reason = match why {
        Closed::Left => return None,
        Closed::Slow => Reason::SlowConsumer,
        Closed::Stopping => Reason::ShuttingDown,
        Closed::Silent
        | Closed::Dead
        | Closed::TooLong
        | Closed::Garbled
        | Closed::Flood(_)
        | Closed::Tls(_)
        | Closed::Io(_) => Reason::InvalidInput,
    };
    Some(Error::new(reason, why.to_string()))
}

/// The lines, and behind the last the end.
fn responses_until(
    responses: mpsc::Receiver<Vec<pb::ExchangeResponse>>,
    end: oneshot::Receiver<Option<Status>>,
) -> Pin<Box<dyn Stream<Item = Result<pb::ExchangeResponse, Status>> + Send>> {
    let batches = stream::unfold(responses, |mut responses| async { Some((responses.recv().await?, responses)) });
    let end = stream::once(end).filter_map(async |end| end.ok().flatten().map(Err));
    batches.flat_map(|batch| stream::iter(batch.into_iter().map(Ok))).chain(end).boxed()
}

/// What a client sends, request by request.
struct Commands {
    requests: Streaming<pb::ExchangeRequest>,
    is_too_long: fn(&Status) -> bool,
}

impl Stream for Commands {
    type Item = Result<Heard, Closed>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Polling<'_>) -> Poll<Option<Self::Item>> {
        let said = ready!(self.requests.poll_next_unpin(cx));
        Poll::Ready(said.map(|said| match said {
            Ok(pb::ExchangeRequest { r#type, body }) => {
                let body = Zeroizing::new(body);
                Ok(Message::from_parts(&r#type, Some(&body)).map_or_else(Heard::refused, Heard::Command))
            }
            Err(broken) if (self.is_too_long)(&broken) => Err(Closed::TooLong),
            // The transport's fault, not the message's: the client is gone.
            Err(broken) if broken.source().is_some() => Err(Closed::Left),
            Err(_) => Err(Closed::Garbled),
        }))
    }
}

/// What waits for a client. Lines go together, when those before them were taken.
struct Batches {
    output: PollSender<Vec<pb::ExchangeResponse>>,
    waiting: VecDeque<pb::ExchangeResponse>,
    bytes: usize,
}

impl Batches {
    fn next(&mut self) -> Vec<pb::ExchangeResponse> {
        let (mut batch, whole) = (Vec::new(), self.bytes);
        while whole - self.bytes < BATCH
            && let Some(line) = self.waiting.pop_front()
        {
            self.bytes -= line.body.len() + RESPONSE;
            batch.push(line);
        }
        batch
    }
}

impl Outlet for Batches {
    fn put(&mut self, text: &Bytes) {
        for line in lines(text) {
            self.bytes += line.len() + RESPONSE;
            self.waiting.push_back(pb::ExchangeResponse { body: String::from_utf8_lossy(&line).into_owned() });
        }
    }

    fn waiting(&self) -> usize {
        self.bytes
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn poll_push(&mut self, cx: &mut Polling<'_>) -> Poll<io::Result<()>> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        ready!(self.output.poll_reserve(cx)).map_err(gone)?;
        let batch = self.next();
        Poll::Ready(self.output.send_item(batch).map_err(gone))
    }
}
