//! Whose certificate a client showed.

use rustls::pki_types::CertificateDer;

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
