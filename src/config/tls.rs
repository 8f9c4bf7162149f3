//! TLS of the doors: rustls with ring, from certificate files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, ServerConfig};

/// Certificate files, PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate, with its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The authority of client certificates; none: clients show none.
    pub client_ca: Option<PathBuf>,
}

/// Why certificate files can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read as what it should be.
    #[error("{file}: {source}")]
    Pem {
        /// The file.
        file: PathBuf,
        /// Why.
        source: rustls::pki_types::pem::Error,
    },
    /// Key and certificate do not fit, or TLS can't be set up otherwise.
    #[error("{file}: {source}")]
    Rustls {
        /// The certificate's file.
        file: PathBuf,
        /// Why.
        source: rustls::Error,
    },
    /// The authority of the clients can't be used.
    #[error("{file}: {source}")]
    ClientCa {
        /// The authority's file.
        file: PathBuf,
        /// Why.
        source: rustls::server::VerifierBuilderError,
    },
}

/// The authorities that decide who a server is: the system's, and further ones as PEM.
///
/// # Errors
/// When the PEM text has no certificate, or one that is none.
pub fn tls_roots(further_pem: Option<&[u8]>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    if native.certs.is_empty() && further_pem.is_none() {
        tracing::warn!(errors = native.errors.len(), "the system has no certificate authorities");
    }
    roots.add_parsable_certificates(native.certs);
    if let Some(pem) = further_pem {
        let mut added = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
            added += 1;
        }
        if added == 0 {
            return Err("no certificate in the pem text".to_owned());
        }
    }
    Ok(roots)
}

/// The client's side of TLS, which trusts those authorities.
///
/// # Errors
/// As [`tls_roots`].
pub fn tls_client(further_pem: Option<&[u8]>) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(tls_roots(further_pem)?).with_no_client_auth())
}

/// The server's side of TLS. With a client authority, clients may show a certificate; who shows none is anonymous.
///
/// # Errors
/// When a file is missing, is no PEM, or does not fit.
pub fn tls_server(tls: &Tls, protocols: &[&[u8]]) -> Result<ServerConfig, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let rustls_error = |source| TlsError::Rustls { file: tls.certificate.clone(), source };
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(rustls_error)?;
    let builder = match &tls.client_ca {
        None => builder.with_no_client_auth(),
        Some(file) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(file)? {
                roots.add(certificate).map_err(|source| TlsError::Rustls { file: file.clone(), source })?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .allow_unauthenticated()
                .build()
                .map_err(|source| TlsError::ClientCa { file: file.clone(), source })?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let key =
        PrivateKeyDer::from_pem_file(&tls.key).map_err(|source| TlsError::Pem { file: tls.key.clone(), source })?;
    let mut config = builder.with_single_cert(certificates(&tls.certificate)?, key).map_err(rustls_error)?;
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(config)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let error = |source| TlsError::Pem { file: file.to_owned(), source };
    CertificateDer::pem_file_iter(file).map_err(error)?.collect::<Result<Vec<_>, _>>().map_err(error)
}
