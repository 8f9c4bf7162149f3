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
pub trait Answers: Send + Sync {
    /// Answers a request that was let in.
    fn answer(&self, request: Request<Body>) -> BoxFuture<'static, Result<Response<Body>, Infallible>>;
}

impl<S> Answers for S
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + Sync,
    S: Service<Request<Body>, Future = BoxFuture<'static, Result<Response<Body>, Infallible>>>,
{
    fn answer(&self, request: Request<Body>) -> BoxFuture<'static, Result<Response<Body>, Infallible>> {
        self.clone().call(request)
    }
}

impl Calls {
    /// No calls yet; those that are added pass this gate.
    pub fn new(gate: Arc<Gate>) -> Self {
        Self { gate, by_path: HashMap::new() }
    }

    /// Adds a service's calls.
    pub fn add<S: Answers + NamedService + 'static>(&mut self, service: S) {
        let service: Arc<dyn Answers> = Arc::new(service);
        let own = RPCS.iter().filter(|rpc| S::NAME.strip_prefix("gc.v1.") == Some(rpc.service));
        self.by_path.extend(own.map(|rpc| (rpc.path, Call { rpc, service: service.clone() })));
    }

    /// Which call a request is, if it is a plain one.
    pub fn find<B>(&self, request: &Request<B>) -> Option<&Call> {
        if is_plain(request) { self.by_path.get(request.uri().path()) } else { None }
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

/// Whether a request needs nothing of the router, as what pages send does, and what is no gRPC.
fn is_plain<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    request.version() == Version::HTTP_2
        && request.method() == Method::POST
        && web::is_grpc(headers)
        && !headers.contains_key(ORIGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_sends_and_what_is_no_grpc_goes_by_the_router() {
        let plain = |version, method, headers: &[(&str, &str)]| {
            let mut request = Request::builder().version(version).method(method);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            is_plain(&request.body(()).unwrap())
        };
        let (grpc, page) = (("content-type", "application/grpc"), ("origin", "https://desk.example"));
        assert!(plain(Version::HTTP_2, Method::POST, &[grpc]));
        assert!(plain(Version::HTTP_2, Method::POST, &[("content-type", "application/grpc+proto")]));
        assert!(!plain(Version::HTTP_11, Method::POST, &[grpc]));
        assert!(!plain(Version::HTTP_2, Method::OPTIONS, &[grpc]));
        assert!(!plain(Version::HTTP_2, Method::POST, &[grpc, page]));
        assert!(!plain(Version::HTTP_2, Method::POST, &[("content-type", "application/grpc-web")]));
        assert!(!plain(Version::HTTP_2, Method::POST, &[]));
    }
}
