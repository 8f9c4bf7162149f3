//! Arguments, configuration, log, signals and exit code; everything else is the library's.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use clap::{CommandFactory, Parser};
use generic_connector::app::settings::systemd;
use generic_connector::app::{App, Purpose, Settings, Simulator, capture, demo, migration, record};
use generic_connector::config::DEFAULTS;
use generic_connector::shutdown::Shards;
use generic_connector::telemetry;
use tokio::signal::unix::{Signal, SignalKind, signal};

use generic_connector::app::cli::{self, Cli, Command};

/// Chosen by measurement: docs/profiling.md.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// `EX_USAGE` of sysexits: the command line is wrong.
const USAGE: u8 = 64;
/// `EX_CONFIG` of sysexits: the configuration is wrong.
const CONFIGURATION: u8 = 78;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults; nothing can be done about a closed terminal.
            let _ = error.print();
            return if error.use_stderr() { USAGE.into() } else { ExitCode::SUCCESS };
        }
    };
    match cli.command {
        Command::Version => {
            println!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        Command::Check { defaults: true, .. } => {
            print!("{DEFAULTS}");
            ExitCode::SUCCESS
        }
        Command::Check { flags, capture: Some(file), json, .. } => check_capture(&flags, &file, json),
        Command::Check { flags, .. } => match settings(&flags, Purpose::Serve) {
            Ok(_) => {
                println!("the configuration is valid");
                ExitCode::SUCCESS
            }
            Err(code) => code,
        },
        Command::MigrationReport { flags } => on_runtime(migration::run(&flags)),
        Command::Record { flags } => on_runtime(async move {
            let mut signals = Signals::new()?;
            record::run(&flags, signals.next()).await
        }),
        Command::Serve { flags } => with_settings(&flags, Purpose::Serve, serve),
        Command::Sim { flags } => with_settings(&flags, Purpose::Simulate, simulate),
        Command::Demo { mut flags, once } => {
            flags.sim.sim = true;
            // The story is told on the terminal that shows the log.
            flags.quiet = true;
            with_settings(&flags, Purpose::Serve, move |settings| async move {
                match demo::run(settings, once).await? {
                    Some(app) => wait_and_stop(app).await,
                    None => Ok(()),
                }
            })
        }
    }
}

fn settings(flags: &cli::Flags, purpose: Purpose) -> Result<Settings, ExitCode> {
    let sources = flags.sources().map_err(|what| {
        eprintln!("error: {what}");
        ExitCode::from(USAGE)
    })?;
    let mut settings = Settings::read(sources, purpose).map_err(|faults| {
        eprintln!("the configuration has faults:\n{faults}");
        ExitCode::from(CONFIGURATION)
    })?;
    settings.state = settings.state.or_else(|| systemd(std::env::var_os("STATE_DIRECTORY")));
    Ok(settings)
}

fn check_capture(flags: &cli::Flags, file: &Path, json: bool) -> ExitCode {
    // Where Finesse is has nothing to do with how lines look.
    let settings = match settings(flags, Purpose::Simulate) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let told = capture::compare(file, &settings.bridge.options.style).and_then(|report| {
        let mut out = std::io::stdout().lock();
        if json {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        } else {
            capture::tell(&report, &mut out)?;
        }
        Ok(report.is_equal())
    });
    match told {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn with_settings<F>(flags: &cli::Flags, purpose: Purpose, run: impl FnOnce(Settings) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    let settings = match settings(flags, purpose) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    telemetry::init(&settings.log);
    let count = match settings.threads {
        // The simulator runs on one thread.
        _ if purpose == Purpose::Simulate => 1,
        0 => thread::available_parallelism().map_or(1, usize::from),
        count => count,
    };
    on_shards(count, |shards| run(Settings { shards, ..settings }))
}

fn on_runtime(work: impl Future<Output = anyhow::Result<()>>) -> ExitCode {
    on_shards(1, |_| work)
}

fn on_shards<F>(count: usize, work: impl FnOnce(Shards) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    match Shards::run(count, work) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: the runtime can't start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: Settings) -> anyhow::Result<()> {
    wait_and_stop(App::start(settings).await?).await
}

async fn wait_and_stop(app: App) -> anyhow::Result<()> {
    let mut signals = Signals::new()?;
    telemetry::announce(&app.addresses())?;
    signals.next().await;
    tracing::info!("stopping");
    tokio::select! {
        () = app.stop() => {}
        () = signals.next() => tracing::warn!("stopped at once by a second signal"),
    }
    Ok(())
}

async fn simulate(settings: Settings) -> anyhow::Result<()> {
    let mut signals = Signals::new()?;
    let simulator = Simulator::start(settings.sim.options).await?;
    telemetry::announce(&simulator.addresses())?;
    signals.next().await;
    simulator.stop().await;
    Ok(())
}

/// The signals that ask the process to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
