//! One publisher, many subscribers: over gRPC as a stream, over raw TCP by a task per connection.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::Stream;
use generic_connector::pb;
use prost::Message as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tonic::Status;

/// What waits for one subscriber at most.
pub const QUEUE: usize = 8 * 1024;

/// What is published: the event, and its bytes.
type Published = (Arc<pb::Event>, Bytes);

/// The subscribers.
#[derive(Clone, Default)]
pub struct Fan(Arc<Mutex<Vec<mpsc::Sender<Published>>>>);

impl Fan {
    fn subscribe(&self) -> mpsc::Receiver<Published> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// The events as messages.
    pub fn events(&self) -> impl Stream<Item = Arc<pb::Event>> + Send + use<> {
        let mut receiver = self.subscribe();
        futures_util::stream::poll_fn(move |cx| receiver.poll_recv(cx).map(|next| next.map(|(event, _)| event)))
    }

    /// The events as bytes.
    pub fn bytes(&self) -> impl Stream<Item = Bytes> + Send + use<> {
        let mut receiver = self.subscribe();
        futures_util::stream::poll_fn(move |cx| receiver.poll_recv(cx).map(|next| next.map(|(_, bytes)| bytes)))
    }

    /// Publishes so many copies of an event: the number of them, a space, and the event's bytes.
    pub fn publish(&self, wanted: &[u8]) -> Result<Bytes, Status> {
        let wrong = || Status::invalid_argument("a number and an event are wanted");
        let space = memchr::memchr(b' ', wanted).ok_or_else(wrong)?;
        let (count, event) = wanted.split_at(space);
        let count: usize = std::str::from_utf8(count).ok().and_then(|text| text.parse().ok()).ok_or_else(wrong)?;
        let bytes = Bytes::copy_from_slice(event.get(1..).unwrap_or_default());
        let event = pb::Event::decode(bytes.clone()).map_err(|_| wrong())?;
        let mut subscribers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        subscribers.retain(|subscriber| !subscriber.is_closed());
        for _ in 0..count {
            let published = (Arc::new(event.clone()), bytes.clone());
            for subscriber in subscribers.iter() {
                if subscriber.try_send(published.clone()).is_err() {
                    return Err(Status::resource_exhausted("a subscriber is too slow for this"));
                }
            }
        }
        Ok(Bytes::new())
    }
}

/// Sends each connection the events, as many as wait in one write, each behind its length in four bytes.
pub async fn serve_tcp(listener: TcpListener, fan: Fan) {
    while let Ok((mut socket, _)) = listener.accept().await {
        let _ = socket.set_nodelay(true);
        let mut events = fan.subscribe();
        tokio::task::spawn_local(async move {
            let (mut ready, mut out) = (Vec::new(), Vec::new());
            while events.recv_many(&mut ready, 64).await > 0 {
                out.clear();
                for (_, bytes) in ready.drain(..) {
                    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
                    out.extend_from_slice(&bytes);
                }
                if socket.write_all(&out).await.is_err() {
                    return;
                }
            }
        });
    }
}
