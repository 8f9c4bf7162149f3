//! The SystemInfo object: what a side is, whether it can be used, and where its notification service is.

use super::xml::{Reader, XmlError, time};
use crate::model::system::{Platform, SystemInfo, SystemStatus};

/// Reads the SystemInfo element whose start tag has just been read. Only `IN_SERVICE` counts as in service:
/// partial service refuses requests just as no service does.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<SystemInfo, XmlError> {
    let mut info = SystemInfo {
        status: SystemStatus::OutOfService,
        platform: None,
        xmpp_domain: None,
        xmpp_pubsub_domain: None,
        status_reason: String::new(),
        current_time: None,
        release: None,
    };
    while let Some(element) = reader.child()? {
        if element.is("status") {
            if reader.text()?.trim().eq_ignore_ascii_case("IN_SERVICE") {
                info.status = SystemStatus::InService;
            }
        } else if element.is("deploymentType") {
            info.platform = match reader.text()?.trim().to_ascii_uppercase().as_str() {
                "UCCE" | "PCCE" => Some(Platform::Ucce),
                "UCCX" => Some(Platform::Uccx),
                _ => None,
            };
        } else if element.is("xmppDomain") {
            info.xmpp_domain = domain(&reader.text()?);
        } else if element.is("xmppPubSubDomain") {
            info.xmpp_pubsub_domain = domain(&reader.text()?);
        } else if element.is("statusReason") {
            info.status_reason = reader.text()?.into_owned();
        } else if element.is("currentTimestamp") {
            info.current_time = time(&reader.text()?);
        } else if element.is("primaryNode") {
            while let Some(element) = reader.child()? {
                if element.is("xmppSecurePort") {
                    info.release = Some("12.6");
                }
                reader.skip()?;
            }
        } else if element.is("systemAuthMode") {
            info.release = info.release.or(Some("11.5"));
            reader.skip()?;
        } else {
            reader.skip()?;
        }
    }
    Ok(info)
}

/// Reads a whole answer of `GET SystemInfo`.
pub fn parse(body: &str) -> Result<SystemInfo, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("SystemInfo")?;
    read(&mut reader)
}

fn domain(text: &str) -> Option<String> {
    let text = text.trim();
    let plausible = !text.is_empty() && text.len() <= 255 && text.bytes().all(|b| b.is_ascii_graphic());
    plausible.then(|| text.to_owned())
}
