//! TLS for the doors: rustls with ring, from certificate files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;

use super::Tls;

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

/// The server's side of TLS. With a client authority, clients may show a certificate; who shows none is anonymous.
///
/// # Errors
/// When a file is missing, is no PEM, or does not fit.
pub fn server_config(tls: &Tls, protocols: &[&[u8]]) -> Result<ServerConfig, TlsError> {
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

/// The common name of a certificate's subject. The certificate has been verified before; a broken one gives none.
pub fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    const SEQUENCE: u8 = 0x30;
    const SET: u8 = 0x31;
    const VERSION: u8 = 0xa0;
    const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
    let (_, certificate, _) = tlv(certificate.as_ref())?;
    let (_, mut rest, _) = tlv(certificate)?;
    // Version, serial number, signature algorithm, issuer, validity; then the subject.
    let (tag, _, after_version) = tlv(rest)?;
    if tag == VERSION {
        rest = after_version;
    }
    for _ in 0..4 {
        rest = tlv(rest)?.2;
    }
    let (_, mut names, _) = tlv(rest)?;
    while let Some((SET, name, others)) = tlv(names) {
        if let Some((SEQUENCE, attribute, _)) = tlv(name)
            && let Some((_, COMMON_NAME, value)) = tlv(attribute)
        {
            return tlv(value).and_then(|(_, text, _)| String::from_utf8(text.to_vec()).ok());
        }
        names = others;
    }
    None
}

/// Tag, content and what follows of a DER element.
fn tlv(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(*length), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (digits.iter().fold(0, |sum, digit| (sum << 8) | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_name_is_found_and_broken_certificates_give_none() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::OrganizationName, "Example");
        params.distinguished_name.push(rcgen::DnType::CommonName, "wallboard");
        let certificate = params.self_signed(&key).unwrap();
        assert_eq!(common_name(certificate.der()).as_deref(), Some("wallboard"));
        let der = certificate.der().to_vec();
        for end in 0..der.len() {
            common_name(&der[..end].to_vec().into());
        }
        assert_eq!(common_name(&vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff].into()), None);
    }
}
