//! The short way of a plain call of `gc.v1`: from HTTP/2 to its service with nothing but the gate between them. The router,
//! with a layer for each thing that other requests need, costs a command more than its own work here.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::header::ORIGIN;
use http::{Method, Request, Response, Version};
use hyper::body::Body as HttpBody;
use tonic::body::Body;
use tonic::codegen::StdError;
use tonic::server::NamedService;
use tower::Service;

use super::auth::{Gate, within};
use super::server::Peer;
use super::web;
use crate::command::catalogue::{RPCS, Rpc};

/// The calls that can be made this way, by path.
pub struct Calls {
    gate: Arc<Gate>,
    by_path: HashMap<&'static str, Call>,
}

/// A call, and who answers it.
pub struct Call {
    rpc: &'static Rpc,
    service: Arc<dyn Answers>,
}

/// A generated service, whichever it is.
trait Answers: Send + Sync {
    fn answer(&self, request: Request<Body>) -> BoxFuture<'static, Result<Response<Body>, Infallible>>;
}

impl<S> Answers for S
where
    S: Generated,
{
    fn answer(&self, request: Request<Body>) -> BoxFuture<'static, Result<Response<Body>, Infallible>> {
        self.clone().call(request)
    }
}

/// What `build.rs` generates for each service of the protos.
pub trait Generated:
    Service<
        Request<Body>,
        Response = Response<Body>,
        Error = Infallible,
        Future = BoxFuture<'static, Result<Response<Body>, Infallible>>,
    > + NamedService
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> Generated for S where
    S: Service<
            Request<Body>,
            Response = Response<Body>,
            Error = Infallible,
            Future = BoxFuture<'static, Result<Response<Body>, Infallible>>,
        > + NamedService
        + Clone
        + Send
        + Sync
        + 'static
{
}

impl Calls {
    /// No calls yet; those that are added pass this gate.
    pub fn new(gate: Arc<Gate>) -> Self {
        Self { gate, by_path: HashMap::new() }
    }

    /// Adds a service's calls.
    pub fn add<S: Generated>(&mut self, service: S) {
        let service: Arc<dyn Answers> = Arc::new(service);
        let own = RPCS.iter().filter(|rpc| S::NAME.strip_prefix("gc.v1.") == Some(rpc.service));
        self.by_path.extend(own.map(|rpc| (rpc.path, Call { rpc, service: service.clone() })));
    }

    /// Which call a request is, if it is one that needs nothing of the router: what pages send does, and what is no gRPC.
    pub fn find<B>(&self, request: &Request<B>) -> Option<&Call> {
        let headers = request.headers();
        let plain = request.version() == Version::HTTP_2
            && request.method() == Method::POST
            && web::is_grpc(headers)
            && !headers.contains_key(ORIGIN);
        if plain { self.by_path.get(request.uri().path()) } else { None }
    }

    /// Answers a call. Whether its caller may make it is decided here and now.
    pub fn answer<B>(
        &self,
        call: &Call,
        peer: &Peer,
        request: Request<B>,
    ) -> impl Future<Output = Response<Body>> + use<B>
    where
        B: HttpBody<Data = Bytes, Error: Into<StdError>> + Send + 'static,
    {
        let admitted = self.gate.enter(Some(call.rpc), Some(peer), request);
        let begun = admitted.map(|(request, limit)| (call.service.answer(request), limit));
        async {
            match begun {
                Ok((answer, limit)) => within(limit, answer.map(|Ok(answer)| answer)).await,
                Err(refusal) => refusal.into_http(),
            }
        }
    }
}
