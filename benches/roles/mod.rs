//! What the service is compared with, as processes of this programme: a bare tonic server with an echo, an unparsed relay
//! of notifications and a plain fan-out, and the same fan-out over raw TCP.

pub mod fan;
pub mod others;
mod raw;
mod relay;

use std::convert::Infallible;
use std::io::Write as _;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use anyhow::{Context as _, Result};
use fan::Fan;
use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt as _};
use generic_connector::pb;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use raw::RawCodec;
use relay::Relay;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::LocalSet;
use tonic::body::Body;
use tonic::server::Grpc;
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use tower::{Service, service_fn};

use crate::process::{Process, SUBJECT};

/// The echo: the command's request in, its reply out.
pub const ECHO: &str = "/bench.Baseline/Echo";
/// The relay: an agent's id in, the agent's notifications out, as they came.
pub const RELAY: &str = "/bench.Baseline/Relay";
/// The same for who watches agents: their ids in.
pub const WATCH: &str = "/bench.Baseline/Watch";
/// The fan-out with events as typed messages, cloned for each subscriber as one does who does not think of it.
pub const TYPED: &str = "/bench.Baseline/Typed";
/// The fan-out with the events' bytes, encoded once.
pub const RAW: &str = "/bench.Baseline/Raw";
/// Publishes: `events bytes`.
pub const PUBLISH: &str = "/bench.Baseline/Publish";

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Starts the baselines as a process on the subject's core.
pub fn start(xmpp: Option<&str>) -> Result<Process> {
    let mut arguments = vec!["--baseline".to_owned()];
    arguments.extend(xmpp.map(|xmpp| format!("--xmpp={xmpp}")));
    let own = std::env::current_exe()?;
    Process::start(SUBJECT, own.to_str().context("this programme's path")?, &arguments)
}

/// Runs the role until it is killed; `xmpp` is the simulator's notification port for the relay.
pub fn run(xmpp: Option<String>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let listeners = Listeners::open()?;
        let ready = serde_json::json!({
            "ready": true, "grpc": listeners.grpc()?, "tcp": listeners.tcp.local_addr()?.to_string(),
        });
        let mut out = std::io::stdout().lock();
        writeln!(out, "{ready}")?;
        out.flush()?;
        serve(listeners, xmpp).await
    })
}

/// Where the role is.
pub struct Listeners {
    grpc: TcpListener,
    tcp: TcpListener,
}

impl Listeners {
    /// Takes two ports.
    pub fn open() -> Result<Self> {
        Ok(Self { grpc: listen()?, tcp: listen()? })
    }

    /// The address of what speaks gRPC.
    pub fn grpc(&self) -> Result<String> {
        Ok(self.grpc.local_addr()?.to_string())
    }
}

/// A port that takes thousands of connections at once.
fn listen() -> Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    Ok(socket.listen(4_096)?)
}

/// Plays the role, on a [`LocalSet`].
pub async fn serve(listeners: Listeners, xmpp: Option<String>) -> Result<()> {
    let baseline = Baseline { fan: Fan::default(), relay: Relay::new(xmpp) };
    tokio::task::spawn_local(fan::serve_tcp(listeners.tcp, baseline.fan.clone()));
    let builder = Rc::new(auto::Builder::new(TokioExecutor::new()).http2_only());
    loop {
        let (socket, _) = listeners.grpc.accept().await.context("accept")?;
        socket.set_nodelay(true)?;
        let (builder, service) = (builder.clone(), TowerToHyperService::new(baseline.clone()));
        tokio::task::spawn_local(async move {
            // A client that goes away is the end of its connection, no more.
            let _ = builder.serve_connection(TokioIo::new(socket), service).await;
        });
    }
}

#[derive(Clone)]
struct Baseline {
    fan: Fan,
    relay: Relay,
}

impl Service<http::Request<hyper::body::Incoming>> for Baseline {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<hyper::body::Incoming>) -> Self::Future {
        let Self { fan, relay } = self.clone();
        Box::pin(async move {
            Ok(match request.uri().path() {
                ECHO => {
                    let echo = service_fn(|_: Request<pb::SendDtmfRequest>| async {
                        Ok::<_, Status>(Response::new(pb::SendDtmfResponse::default()))
                    });
                    Grpc::new(ProstCodec::<pb::SendDtmfResponse, pb::SendDtmfRequest>::default())
                        .unary(echo, request)
                        .await
                }
                RELAY => {
                    let subscribe = service_fn(move |request: Request<bytes::Bytes>| {
                        let relayed = relay.subscribe(request.into_inner());
                        async move { Ok::<_, Status>(Response::new(relayed.await?)) }
                    });
                    Grpc::new(RawCodec).server_streaming(subscribe, request).await
                }
                WATCH => {
                    let watch = service_fn(move |request: Request<bytes::Bytes>| {
                        let watched = relay.watch(&request.into_inner());
                        async move { Ok::<_, Status>(Response::new(watched)) }
                    });
                    Grpc::new(RawCodec).server_streaming(watch, request).await
                }
                TYPED => {
                    let events = fan.events().map(|event| Ok(Event::clone(&event)));
                    let mut events: Option<Answers<Event>> = Some(events.boxed());
                    let subscribe = service_fn(move |_: Request<pb::SubscribeRequest>| {
                        let events = events.take();
                        async move { events.map(Response::new).ok_or_else(|| Status::internal("twice")) }
                    });
                    Grpc::new(ProstCodec::<Event, pb::SubscribeRequest>::default())
                        .server_streaming(subscribe, request)
                        .await
                }
                RAW => {
                    let mut events: Option<Answers<bytes::Bytes>> = Some(fan.bytes().map(Ok).boxed());
                    let subscribe = service_fn(move |_: Request<bytes::Bytes>| {
                        let events = events.take();
                        async move { events.map(Response::new).ok_or_else(|| Status::internal("twice")) }
                    });
                    Grpc::new(RawCodec).server_streaming(subscribe, request).await
                }
                _ => {
                    let publish = service_fn(move |request: Request<bytes::Bytes>| {
                        let published = fan.publish(&request.into_inner());
                        async move { published.map(Response::new) }
                    });
                    Grpc::new(RawCodec).unary(publish, request).await
                }
            })
        })
    }
}

type Event = pb::Event;
