//! From configuration keys to the options of the components: one file per section, thin.

mod auth;
mod bridge;
pub(super) mod finesse;
mod grpc;
mod session;
mod sim;
mod state;
mod stomp;
mod text;
mod websocket;

use std::path::PathBuf;

use crate::config::{Faults, Reader, Sources, Tls, TlsError, tls_server};
use crate::finesse::Options as FinesseOptions;
use crate::grpc::Options as GrpcOptions;
use crate::session::Options as SessionOptions;
use crate::shutdown::Shards;
use crate::telemetry;

pub use bridge::BridgeSettings;
pub use sim::SimSettings;
pub use state::systemd;
pub use stomp::StompSettings;
pub use websocket::WebsocketSettings;

/// More cores than this nobody gives it.
const MAX_THREADS: usize = 1024;

/// What every component is told.
#[derive(Debug)]
pub struct Settings {
    /// The log.
    pub log: telemetry::Options,
    /// How many threads serve; 0: one for each core.
    pub threads: usize,
    /// The threads, once they have been started; none: the runtime on which the service is started.
    pub shards: Shards,
    /// The typed door.
    pub grpc: GrpcOptions,
    /// The legacy door on the same port.
    pub websocket: WebsocketSettings,
    /// The legacy door.
    pub bridge: BridgeSettings,
    /// The legacy door behind a broker.
    pub stomp: StompSettings,
    /// Sessions.
    pub session: SessionOptions,
    /// Finesse; without sides when the simulator takes its place.
    pub finesse: FinesseOptions,
    /// The simulator.
    pub sim: SimSettings,
    /// The directory for what is to survive a restart.
    pub state: Option<PathBuf>,
}

/// What the settings are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To serve: Finesse must be named, or the simulator embedded.
    Serve,
    /// To run the simulator alone.
    Simulate,
}

impl Settings {
    /// Reads all keys.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(sources: Sources, purpose: Purpose) -> Result<Self, Faults> {
        let mut reader = Reader::new(sources);
        let settings = Self::from_reader(&mut reader);
        if purpose == Purpose::Serve && settings.finesse.sides.is_empty() && !settings.sim.embedded {
            reader.fault("finesse.rest", "is missing: name your Finesse, or serve with --sim");
        }
        reader.finish()?;
        Ok(settings)
    }

    fn from_reader(reader: &mut Reader) -> Self {
        let log = log(reader);
        let (mut threads, shards) = (0, Shards::default());
        reader.set_within("runtime.threads", &mut threads, 0..=MAX_THREADS);
        let mut grpc = grpc::read(reader);
        grpc.members = auth::members(reader);
        let (session, finesse, sim) = (session::read(reader), finesse::read(reader), sim::read(reader));
        let (websocket, mut bridge, state) = (websocket::read(reader), bridge::read(reader), state::read(reader));
        bridge.options.style.text = text::read(reader);
        let stomp = stomp::read(reader, bridge.options.limits);
        let settings = Self { log, threads, shards, grpc, websocket, bridge, stomp, session, finesse, sim, state };
        settings.refuse_open_doors(reader);
        settings
    }

    /// A door that others can reach needs TLS, for passwords and tokens pass through it.
    fn refuse_open_doors(&self, reader: &mut Reader) {
        let mut allowed = false;
        reader.set("auth.allow_insecure", &mut allowed);
        let doors = [
            ("grpc", Some(self.grpc.listen), &self.grpc.tls),
            ("bridge", self.bridge.open.then_some(self.bridge.options.listen), &self.bridge.tls),
        ];
        for (section, listen, tls) in doors {
            if !allowed && tls.is_none() && listen.is_some_and(|address| !address.ip().is_loopback()) {
                let need = format!("set {section}.tls_certificate and {section}.tls_key, or auth.allow_insecure");
                reader.fault(&format!("{section}.listen"), format!("is not a loopback address: {need}"));
            }
        }
    }
}

/// The origins whose pages may use a door.
fn origins(reader: &mut Reader, key: &str, field: &mut Vec<String>, allowed: impl Fn(&str) -> bool) {
    reader.set(key, field);
    if let Some(strange) = field.iter().find(|origin| !allowed(origin)) {
        let what = format!("{strange:?} is no origin, expected for example \"https://desk.example:8443\"");
        reader.fault(key, what);
    }
}

/// The certificate files of a door: certificate and key together, or neither.
fn tls(reader: &mut Reader, section: &str) -> Option<Tls> {
    let [certificate_key, key_key, ca_key] =
        ["tls_certificate", "tls_key", "tls_client_ca"].map(|key| format!("{section}.{key}"));
    let (mut certificate, mut key, mut client_ca) = (None::<PathBuf>, None::<PathBuf>, None::<PathBuf>);
    reader.set(&certificate_key, &mut certificate);
    reader.set(&key_key, &mut key);
    reader.set(&ca_key, &mut client_ca);
    match (certificate, key) {
        (Some(certificate), Some(key)) => {
            let tls = Tls { certificate, key, client_ca };
            // Read here once, so that a file that can't be used is said with everything else.
            if let Err(error) = tls_server(&tls, &[]) {
                let key = if matches!(error, TlsError::ClientCa { .. }) { &ca_key } else { &certificate_key };
                reader.fault(key, format!("can't be used: {error}"));
            }
            return Some(tls);
        }
        (Some(_), None) => reader.fault(&certificate_key, format!("needs {key_key}")),
        (None, Some(_)) => reader.fault(&key_key, format!("needs {certificate_key}")),
        (None, None) if client_ca.is_some() => reader.fault(&ca_key, format!("needs {certificate_key}")),
        (None, None) => {}
    }
    None
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
    fn the_document_shows_the_defaults() {
        let document = include_str!("../../docs/configuration.md");
        assert!(document.contains(DEFAULTS), "docs/configuration.md does not show src/config/default.toml");
    }

    #[test]
    fn a_door_that_others_reach_needs_tls() {
        let open = "[grpc]\nlisten = \"0.0.0.0:50051\"\n";
        let faults = read(open).1.finish().unwrap_err();
        assert!(faults.to_string().contains("grpc.listen: is not a loopback address"), "{faults}");
        read(&format!("{open}[auth]\nallow_insecure = true\n")).1.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("a.pem"), folder.path().join("b.pem"));
        let with_tls = format!("{open}tls_certificate = {certificate:?}\ntls_key = {key:?}\n");
        let faults = read(&with_tls).1.finish().unwrap_err();
        assert!(faults.to_string().contains("grpc.tls_certificate: can't be used"), "{faults}");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(certificate, made.cert.pem()).unwrap();
        std::fs::write(key, made.signing_key.serialize_pem()).unwrap();
        read(&with_tls).1.finish().unwrap();
    }
    proptest::proptest! {
        #[test]
        fn no_value_of_a_key_panics_and_a_refused_one_is_named(
            (which, text) in (0usize..1000, "[ -~\\n]{0,24}|[0-9]{1,20}(ms|s|m|h)?|[0-9.:]{1,24}|[a-z]{2,9}://[ -~]{0,20}"),
        ) {
            let keys = read("").1;
            let keys: Vec<String> = keys.known().map(ToString::to_string).collect();
            let key = &keys[which % keys.len()];
            let mut reader = Reader::new(Sources::new().flag("--set", key, &text));
            Settings::from_reader(&mut reader);
            if let Err(faults) = reader.finish() {
                let section = key.split('.').next().unwrap();
                proptest::prop_assert!(faults.to_string().contains(section), "{key}={text}: {faults}");
            }
        }

        #[test]
        fn no_file_panics(text in "([\\[\\]a-z_.]{1,12}|=|\"|[0-9]{1,4}|\\n| |#|\\{|\\}|é){0,60}") {
            let mut reader = Reader::new(Sources::new().text(Origin::File("gc.toml".into()), &text));
            Settings::from_reader(&mut reader);
            let _ = reader.finish();
        }
    }
}
