//! gRPC connections over TLS, with a certificate that is made for the run.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_util::either::Either;

use super::grpc::Grpc;

const NAME: &str = "localhost";

/// A certificate, and those who trust it.
pub struct Tls {
    folder: TempDir,
    client: TlsConnector,
}

impl Tls {
    /// Makes a certificate.
    pub fn new() -> Result<Self> {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("server.pem"), made.cert.pem())?;
        std::fs::write(folder.path().join("server.key"), made.signing_key.serialize_pem())?;
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone())?;
        let client = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let mut client =
            client.with_safe_default_protocol_versions()?.with_root_certificates(roots).with_no_client_auth();
        client.alpn_protocols = vec![b"h2".to_vec()];
        Ok(Self { folder, client: Arc::new(client).into() })
    }

    /// The settings of a service that shows it.
    pub fn settings(&self) -> [String; 2] {
        [("certificate", "pem"), ("key", "key")].map(|(key, end)| {
            format!("grpc.tls_{key}={}", self.folder.path().join("server").with_extension(end).display())
        })
    }

    /// Connects.
    pub async fn connect(&self, address: &str) -> Result<Grpc> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        let stream = self.client.connect(ServerName::try_from(NAME)?, socket).await?;
        Ok(Grpc::over(Either::Right(Box::new(stream))))
    }
}
