//! Asks a running service for the migration report.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use http::Uri;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use super::{Flags, Report};
use crate::config::tls_client;
use crate::pb::GetMigrationReportRequest;
use crate::pb::bridge_service_client::BridgeServiceClient;

/// How long a connection, and then each page, may take.
const LIMIT: Duration = Duration::from_secs(10);
/// Where the key is where no file is named. An argument would show it to everybody on the machine.
const KEY: &str = "GC_ADMIN_KEY";
/// Longest file with a key that is read, bytes.
const LONGEST_KEY: u64 = 4096;

/// All pages that a service has.
///
/// # Errors
/// When there is no key, the service can't be reached, or it refuses.
pub(super) async fn all(address: &str, flags: &Flags, request: GetMigrationReportRequest) -> anyhow::Result<Report> {
    let mut key: MetadataValue<Ascii> = key(flags.key_file.as_deref())?
        .expose_secret()
        .parse()
        .map_err(|_| anyhow::anyhow!("the key has characters that no key has"))?;
    key.set_sensitive(true);
    let channel = timeout(LIMIT, connect(address, flags.ca_file.as_deref())).await;
    let channel = channel.unwrap_or_else(|_| Err(anyhow::anyhow!("no connection within {LIMIT:?}")));
    let mut client = BridgeServiceClient::new(channel.with_context(|| format!("can't reach {address}"))?);
    let mut report = Report::default();
    let mut next = Some(request);
    while let Some(request) = next {
        let mut asked = Request::new(request.clone());
        asked.metadata_mut().insert("x-api-key", key.clone());
        let page = timeout(LIMIT, client.get_migration_report(asked)).await.context("no answer in time")?;
        next = report.take(page.map_err(|status| refused(&status))?.into_inner(), request);
    }
    Ok(report)
}

fn refused(status: &Status) -> anyhow::Error {
    anyhow::anyhow!("the service refused: {} ({:?})", status.message(), status.code())
}

fn key(file: Option<&Path>) -> anyhow::Result<SecretString> {
    let key = match file {
        Some(file) => {
            let read = || match std::fs::metadata(file)?.len() {
                0..=LONGEST_KEY => std::fs::read_to_string(file),
                _ => Err(io::Error::other("too large for a key")),
            };
            SecretString::from(read().with_context(|| format!("the key file {}", file.display()))?.trim())
        }
        None => SecretString::from(std::env::var(KEY).unwrap_or_default()),
    };
    anyhow::ensure!(!key.expose_secret().is_empty(), "no key: name a file by --key-file, or set {KEY}");
    Ok(key)
}

async fn connect(address: &str, ca: Option<&Path>) -> anyhow::Result<Channel> {
    let uri: Uri = address.parse().context("not a URL")?;
    let host = uri.host().context("no host in the URL")?.trim_matches(['[', ']']).to_owned();
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => anyhow::bail!("the URL begins neither with http:// nor with https://"),
    };
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let endpoint = Endpoint::from(uri);
    if !secure {
        anyhow::ensure!(ca.is_none(), "--ca-file is for https://");
        if host != "localhost" && !host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()) {
            eprintln!("warning: the key crosses the network in the clear, better ask by https://");
        }
        return Ok(endpoint.connect().await?);
    }
    let ca = ca.map(|file| std::fs::read(file).with_context(|| file.display().to_string())).transpose()?;
    let mut config = tls_client(ca.as_deref()).map_err(anyhow::Error::msg)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from(host.clone()).context("the host is no name for TLS")?;
    // Tonic would speak TLS by itself, with one more TLS set-up in the tree.
    let connect = tower::service_fn(move |_: Uri| {
        let (connector, name, host) = (connector.clone(), name.clone(), host.clone());
        async move {
            let socket = TcpStream::connect((host.as_str(), port)).await?;
            Ok::<_, io::Error>(TokioIo::new(connector.connect(name, socket).await?))
        }
    });
    Ok(endpoint.connect_with_connector(connect).await?)
}
