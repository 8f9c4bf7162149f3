//! The command line: each flag is another spelling of a configuration key.

use std::path::PathBuf;

use super::{migration, record};
use crate::config::Sources;
use clap::{Args, Parser, Subcommand};

/// A typed gRPC door and a legacy text door in front of Cisco Finesse, with an embedded simulator.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  generic-connector demo --once                       an agent's day against the embedded simulator
  generic-connector serve --sim                       serve in front of the embedded simulator
  generic-connector serve --config /etc/gc.toml       serve in front of your Finesse
  generic-connector serve --sim --listen 127.0.0.1:0  on any free port; it is printed as JSON when ready
  generic-connector check --config /etc/gc.toml       say everything that is wrong with a configuration
  generic-connector check --defaults > gc.toml        write a configuration to start from
  generic-connector sim --sim-flavour uccx            the simulator alone
  generic-connector check --capture old.jsonl         what differs from an old connector's recording
  generic-connector migration-report --state DIR      who still sends legacy commands

Environment: GC_CONFIG names the file, GC_SECTION__KEY sets a key (GC_GRPC__LISTEN for grpc.listen).
Exit codes: 0 done, 1 failed, 64 wrong command line, 78 wrong configuration.";

const REPORT_EXAMPLES: &str = "\
Examples:
  generic-connector migration-report --state /var/lib/generic-connector
  generic-connector migration-report --address http://127.0.0.1:50051 --key-file admin.key --json";

const RECORD_EXAMPLES: &str = "\
Example, and what to do with the file then:
  generic-connector record --broker stomp://mq1:61613 --destination 192.168.1.148 --for 4h --out old.jsonl
  generic-connector check --capture old.jsonl --config gc.toml";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves in front of Finesse, or of the embedded simulator with --sim, until SIGINT or SIGTERM
    Serve {
        /// The configuration.
        #[command(flatten)]
        flags: Flags,
    },
    /// Shows an agent's day with simulator and service in one process, then stays up
    Demo {
        /// The configuration.
        #[command(flatten)]
        flags: Flags,
        /// Exits when the day is over
        #[arg(long)]
        once: bool,
    },
    /// Runs the Finesse simulator alone
    Sim {
        /// The configuration.
        #[command(flatten)]
        flags: Flags,
    },
    /// Reads the configuration and says everything that is wrong with it, or what differs from a recording
    Check {
        /// The configuration.
        #[command(flatten)]
        flags: Flags,
        /// Writes every key with its meaning and default instead
        #[arg(long)]
        defaults: bool,
        /// Compares a recording of an old connector (see record) with what this configuration would say; exit code 1 if
        /// anything differs
        #[arg(long, value_name = "FILE", conflicts_with = "defaults")]
        capture: Option<PathBuf>,
        /// Tells the comparison as JSON
        #[arg(long, requires = "capture")]
        json: bool,
    },
    /// Tells which legacy clients still send which verbs, and which RPC replaces each
    #[command(after_help = REPORT_EXAMPLES)]
    MigrationReport {
        /// From where, and what of it.
        #[command(flatten)]
        flags: migration::Flags,
    },
    /// Writes down the layout of the events of a live old connector, without their values
    #[command(after_help = RECORD_EXAMPLES)]
    Record {
        /// From where, and where to.
        #[command(flatten)]
        flags: record::Flags,
    },
    /// Says the version
    Version,
    /// Writes completions for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// The configuration, as flags say it.
#[derive(Args, Debug)]
pub struct Flags {
    /// The configuration file (TOML)
    #[arg(long, env = "GC_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Sets any key, for example --set session.grace=30s; may be repeated
    #[arg(long, value_name = "SECTION.KEY=VALUE")]
    set: Vec<String>,
    /// Which log lines are written: a level, or target=level separated by commas
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
    /// Where gRPC and HTTP listen [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Where the legacy text protocol listens [default: 127.0.0.1:7070]
    #[arg(long, value_name = "ADDRESS")]
    bridge_tcp: Option<String>,
    /// The simulator's flags.
    #[command(flatten)]
    pub sim: SimFlags,
    /// Whether the log has warnings alone, unless the user says otherwise.
    #[arg(skip)]
    pub quiet: bool,
}

/// The simulator, as flags describe it.
#[derive(Args, Debug)]
#[command(next_help_heading = "Simulator")]
pub struct SimFlags {
    /// Serves in front of the embedded simulator
    #[arg(long)]
    pub sim: bool,
    /// A seed file for its world
    #[arg(long, value_name = "FILE")]
    sim_seed: Option<String>,
    /// How many agents its world has
    #[arg(long, value_name = "N")]
    sim_agents: Option<String>,
    /// The platform: ucce or uccx
    #[arg(long, value_name = "FLAVOUR")]
    sim_flavour: Option<String>,
    /// Its REST API over HTTPS
    #[arg(long, value_name = "ADDRESS")]
    sim_https: Option<String>,
    /// Its REST API over HTTP
    #[arg(long, value_name = "ADDRESS")]
    sim_http: Option<String>,
    /// Its XMPP over TCP
    #[arg(long, value_name = "ADDRESS")]
    sim_xmpp: Option<String>,
    /// Its XMPP over TLS
    #[arg(long, value_name = "ADDRESS")]
    sim_xmpp_tls: Option<String>,
    /// Its XMPP over plain WebSocket and BOSH
    #[arg(long, value_name = "ADDRESS")]
    sim_ws: Option<String>,
    /// Its XMPP over secure WebSocket and BOSH
    #[arg(long, value_name = "ADDRESS")]
    sim_wss: Option<String>,
    /// Where its second node listens, at the same ports
    #[arg(long, value_name = "HOST")]
    sim_second_host: Option<String>,
    /// Its control API
    #[arg(long, value_name = "ADDRESS")]
    sim_control: Option<String>,
    /// Puts all of its ports on any free ones
    #[arg(long)]
    sim_free_ports: bool,
}

impl Flags {
    /// File, environment and flags.
    ///
    /// # Errors
    /// When a `--set` is no `section.key=value`.
    pub fn sources(&self) -> Result<Sources, String> {
        let mut sources = Sources::new();
        if self.quiet {
            sources = sources.flag("demo", "log.filter", "warn");
        }
        if let Some(file) = &self.config {
            sources = sources.file(file);
        }
        // A variable that is no Unicode is none of ours.
        let variables =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        sources = sources.environment(variables);
        let sim = &self.sim;
        let ports = ["http", "https", "xmpp", "xmpp_tls", "ws", "wss", "control"];
        for port in ports.iter().filter(|_| sim.sim_free_ports) {
            sources = sources.flag("--sim-free-ports", &format!("sim.{port}"), "127.0.0.1:0");
        }
        if sim.sim {
            sources = sources.flag("--sim", "sim.embedded", "true");
        }
        let flags = [
            ("--log", "log.filter", &self.log),
            ("--listen", "grpc.listen", &self.listen),
            ("--bridge-tcp", "bridge.listen", &self.bridge_tcp),
            ("--sim-seed", "sim.seed", &sim.sim_seed),
            ("--sim-agents", "sim.agents", &sim.sim_agents),
            ("--sim-flavour", "sim.flavour", &sim.sim_flavour),
            ("--sim-https", "sim.https", &sim.sim_https),
            ("--sim-http", "sim.http", &sim.sim_http),
            ("--sim-xmpp", "sim.xmpp", &sim.sim_xmpp),
            ("--sim-xmpp-tls", "sim.xmpp_tls", &sim.sim_xmpp_tls),
            ("--sim-ws", "sim.ws", &sim.sim_ws),
            ("--sim-wss", "sim.wss", &sim.sim_wss),
            ("--sim-second-host", "sim.second_host", &sim.sim_second_host),
            ("--sim-control", "sim.control", &sim.sim_control),
        ];
        for (name, key, value) in flags {
            if let Some(value) = value {
                sources = sources.flag(name, key, value);
            }
        }
        for set in &self.set {
            let (key, value) =
                set.split_once('=').filter(|(key, _)| key.contains('.')).ok_or("--set wants section.key=value")?;
            sources = sources.flag("--set", key, value);
        }
        Ok(sources)
    }
}
