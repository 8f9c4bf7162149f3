//! From configuration keys to the options of the components: one file per section, thin.

mod auth;
mod grpc;
mod session;
mod sim;

use crate::config::{Faults, Reader, Sources};
use crate::grpc::Options as GrpcOptions;
use crate::session::Options as SessionOptions;
use crate::telemetry;

pub use sim::SimSettings;

/// What every component is told.
#[derive(Debug)]
pub struct Settings {
    /// The log.
    pub log: telemetry::Options,
    /// The typed door.
    pub grpc: GrpcOptions,
    /// Sessions.
    pub session: SessionOptions,
    /// The simulator.
    pub sim: SimSettings,
}

impl Settings {
    /// Reads all keys.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(sources: Sources) -> Result<Self, Faults> {
        let mut reader = Reader::new(sources);
        let settings = Self::from_reader(&mut reader);
        reader.finish()?;
        Ok(settings)
    }

    fn from_reader(reader: &mut Reader) -> Self {
        let log = log(reader);
        let mut grpc = grpc::read(reader);
        grpc.members = auth::members(reader);
        let settings = Self { log, grpc, session: session::read(reader), sim: sim::read(reader) };
        settings.refuse_open_doors(reader);
        settings
    }

    /// A door that others can reach needs TLS, for passwords and tokens pass through it.
    fn refuse_open_doors(&self, reader: &mut Reader) {
        let mut allowed = false;
        reader.set("auth.allow_insecure", &mut allowed);
        if !allowed && !self.grpc.listen.ip().is_loopback() && self.grpc.tls.is_none() {
            let what = "is not a loopback address: set grpc.tls_certificate and grpc.tls_key, or auth.allow_insecure";
            reader.fault("grpc.listen", what);
        }
    }
}

fn log(reader: &mut Reader) -> telemetry::Options {
    let mut log = telemetry::Options::default();
    let filter = |text: &str| telemetry::is_filter(text).then(|| text.to_owned());
    reader.set_with("log.filter", &mut log.filter, filter, "a level, or target=level separated by commas");
    let format = |text: &str| match text {
        "text" => Some(telemetry::Format::Text),
        "json" => Some(telemetry::Format::Json),
        _ => None,
    };
    reader.set_with("log.format", &mut log.format, format, "text or json");
    log
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DEFAULTS, Origin};

    fn read(text: &str) -> (Settings, Reader) {
        let mut reader = Reader::new(Sources::new().text(Origin::File("default.toml".into()), text));
        (Settings::from_reader(&mut reader), reader)
    }

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        let (documented, reader) = read(DEFAULTS);
        reader.finish().unwrap();
        let (defaults, _) = read("");
        assert_eq!(format!("{documented:?}"), format!("{defaults:?}"));
    }

    #[test]
    fn every_key_is_documented() {
        let (_, reader) = read("");
        let table: toml::Table = DEFAULTS.parse().unwrap();
        for key in reader.known() {
            let (section, name) = key.split_once('.').unwrap();
            assert!(table[section].get(name).is_some(), "{key} is not in default.toml");
        }
        // A key stands below the comment that explains it, or below another key that shares it.
        let lines: Vec<_> = DEFAULTS.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[1].contains(" = ") && !pair[1].starts_with('#')) {
            assert!(pair[0].starts_with('#') || pair[0].contains(" = "), "{} has no comment", pair[1]);
        }
    }

    #[test]
    fn a_door_that_others_reach_needs_tls() {
        let open = "[grpc]\nlisten = \"0.0.0.0:50051\"\n";
        let faults = read(open).1.finish().unwrap_err();
        assert!(faults.to_string().contains("grpc.listen: is not a loopback address"), "{faults}");
        read(&format!("{open}[auth]\nallow_insecure = true\n")).1.finish().unwrap();
        read(&format!("{open}tls_certificate = \"a.pem\"\ntls_key = \"b.pem\"\n")).1.finish().unwrap();
    }
}
