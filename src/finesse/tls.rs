//! TLS towards Finesse: rustls with ring, the system's roots with further authorities, or pinned certificates.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::options::{BuildError, Tls};
use crate::config::tls_roots;

/// The client side of TLS as the options want it. The system's roots are read only when they decide.
pub(super) fn client_config(tls: &Tls, needed: bool) -> Result<ClientConfig, BuildError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|e| BuildError::Setup(e.to_string()))?;
    if tls.danger_accept_invalid || !tls.pinned_sha256.is_empty() {
        let pins = if tls.danger_accept_invalid { None } else { Some(tls.pinned_sha256.clone()) };
        let verifier = Arc::new(Exact { pins, provider });
        return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
    }
    let authorities = || tls_roots(tls.extra_ca_pem.as_deref()).map_err(BuildError::Authorities);
    let roots = if needed { authorities()? } else { RootCertStore::empty() };
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Accepts exactly the pinned certificates, or any when there are no pins. The peer must still prove its key.
#[derive(Debug)]
struct Exact {
    pins: Option<Vec<[u8; 32]>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Exact {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let hash = ring::digest::digest(&ring::digest::SHA256, end_entity);
        match &self.pins {
            Some(pins) if !pins.iter().any(|pin| pin == hash.as_ref()) => {
                Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
