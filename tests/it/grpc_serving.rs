//! What stands on the port beside `gc.v1`: health, reflection, plain HTTP; and TLS with client certificates.

use std::path::Path;

use generic_connector::config::Tls;
use generic_connector::grpc::auth::{Credential, Member, Observe, Role};
use generic_connector::grpc::{Beside, Options, Server};
use generic_connector::pb;
use generic_connector::pb::system_service_client::SystemServiceClient;
use generic_connector::sim::Flavour;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

use super::grpc_world::{Door, options};
use super::support::{World, within};

#[tokio::test(flavor = "multi_thread")]
async fn health_is_told_for_all_and_for_each_service() {
    let door = Door::open(options()).await;
    let mut client = HealthClient::new(door.channel.clone());
    for service in ["", "gc.v1.AgentService", "gc.v1.EventService"] {
        let request = HealthCheckRequest { service: service.to_owned() };
        let health = within("health", client.check(request)).await.unwrap().into_inner();
        assert_eq!(health.status(), ServingStatus::Serving, "{service}");
    }
    drop(client);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_lists_the_services_on_loopback() {
    let door = Door::open(options()).await;
    let mut client = ServerReflectionClient::new(door.channel.clone());
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers =
        within("reflection", client.server_reflection_info(tokio_stream::iter([request]))).await.unwrap().into_inner();
    let answer = within("an answer", answers.message()).await.unwrap().unwrap();
    let Some(MessageResponse::ListServicesResponse(list)) = answer.message_response else { panic!("no list") };
    let names: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
    for name in ["gc.v1.AgentService", "gc.v1.EventService", "grpc.health.v1.Health"] {
        assert!(names.iter().any(|listed| listed == name), "{name} is not in {names:?}");
    }
    drop((client, answers));
    door.close().await;

    let door = Door::open(Options { reflection: false, ..options() }).await;
    let mut client = ServerReflectionClient::new(door.channel.clone());
    let refused = client.server_reflection_info(tokio_stream::iter([])).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unimplemented);
    drop(client);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_finds_health_and_nothing_else() {
    let door = Door::open(options()).await;
    let get = async |request: &str| {
        let mut socket = TcpStream::connect(door.address).await.unwrap();
        let request = format!("{request} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        socket.write_all(format!("{request}\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        within("an answer", socket.read_to_string(&mut answer)).await.unwrap();
        answer
    };
    assert!(get("GET /healthz").await.ends_with("\r\n\r\nok\n"));
    assert!(get("GET /readyz").await.ends_with("ready, finesse IN_SERVICE\n"));
    assert!(get("GET /nothing").await.starts_with("HTTP/1.1 404"));
    door.close().await;
}

#[derive(Clone)]
pub struct Certificates {
    ca: String,
    client: String,
    client_key: String,
}

pub fn write_certificates(folder: &Path) -> Certificates {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let signed = |names: Vec<String>, common_name: &str| {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, common_name);
        (params.signed_by(&key, &ca).unwrap().pem(), key.serialize_pem())
    };
    let (server, server_key) = signed(vec!["localhost".to_owned()], "server");
    let (client, client_key) = signed(Vec::new(), "wallboard.example");
    std::fs::write(folder.join("ca.pem"), ca.pem()).unwrap();
    std::fs::write(folder.join("server.pem"), server).unwrap();
    std::fs::write(folder.join("server.key"), server_key).unwrap();
    Certificates { ca: ca.pem(), client, client_key }
}

/// One TLS connection that carries HTTP/2.
pub async fn tls_channel(
    address: std::net::SocketAddr,
    certificates: &Certificates,
    show: bool,
) -> tonic::transport::Channel {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificates.ca.as_bytes()).unwrap()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let mut config = if show {
        let chain = vec![CertificateDer::from_pem_slice(certificates.client.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(certificates.client_key.as_bytes()).unwrap();
        builder.with_client_auth_cert(chain, key).unwrap()
    } else {
        builder.with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    let connector = tokio_rustls::TlsConnector::from(std::sync::Arc::new(config));
    let connect = tower::service_fn(move |_: tonic::transport::Uri| {
        let connector = connector.clone();
        async move {
            let socket = TcpStream::connect(address).await?;
            socket.set_nodelay(true)?;
            let stream = connector.connect(ServerName::try_from("localhost").unwrap(), socket).await?;
            Ok::<_, std::io::Error>(hyper_util::rt::TokioIo::new(stream))
        }
    });
    let endpoint = tonic::transport::Endpoint::from_static("http://localhost");
    within("tls", endpoint.connect_with_connector(connect)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_spoken_and_a_client_certificate_names_a_service() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = write_certificates(folder.path());
    let file = |name: &str| folder.path().join(name);
    let tls = Tls { certificate: file("server.pem"), key: file("server.key"), client_ca: Some(file("ca.pem")) };
    let wallboard = Member {
        name: "wallboard".to_owned(),
        credential: Credential::Subject("wallboard.example".to_owned()),
        role: Role::Service { observe: Observe::Everyone },
    };
    let door = Door::open(Options { tls: Some(tls), members: vec![wallboard], ..options() }).await;
    let known = tls_channel(door.address, &certificates, true).await;
    let unknown = tls_channel(door.address, &certificates, false).await;
    let beat = || pb::BeatRequest { client_name: "wallboard".into() };
    within("beat", SystemServiceClient::new(known).beat(beat())).await.unwrap();
    let refused = within("beat", SystemServiceClient::new(unknown).beat(beat())).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_and_a_missing_certificate_are_said() {
    let door = Door::open(options()).await;
    let manager = door.world.manager.clone();
    let taken =
        Server::bind(Options { listen: door.address, ..options() }, manager.clone(), Beside::default()).err().unwrap();
    assert!(taken.to_string().starts_with(&format!("can't listen on {}", door.address)), "{taken}");
    let tls = Tls { certificate: "no/such.pem".into(), key: "no/such.key".into(), client_ca: None };
    let missing = Server::bind(Options { tls: Some(tls), ..options() }, manager, Beside::default()).err().unwrap();
    assert!(missing.to_string().starts_with("no/such"), "{missing}");
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_in_flight_may_finish_and_then_nothing_answers() {
    let world = World::start(Flavour::Uccx).await;
    let door = Door::open_to(world, options()).await;
    let address = door.address;
    door.connect("1001").await;
    door.close().await;
    assert!(TcpStream::connect(address).await.is_err());
}
