//! TLS before the proxy, with an authority that no system knows.

use std::net::SocketAddr;
use std::sync::Arc;

use generic_connector::shutdown::Tasks;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Takes TLS connections to `localhost` and leads them to an address. Gives the port's address for clients and the
/// authority as PEM.
pub async fn front(target: SocketAddr, tasks: &Tasks) -> (String, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    // Of another name than the authority, or it would pass for signed by itself.
    params.distinguished_name.push(DnType::CommonName, "a service");
    let certificate = params.signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let mut config = builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let of_each = tasks.clone();
    tasks.spawn_abortable(0, async move {
        while let Ok((client, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            of_each.spawn_abortable(0, async move {
                let (Ok(mut client), Ok(mut service)) =
                    (acceptor.accept(client).await, TcpStream::connect(target).await)
                else {
                    return;
                };
                let _ = tokio::io::copy_bidirectional(&mut client, &mut service).await;
            });
        }
    });
    (address, authority.pem())
}
