//! Runs every case with every SDK.
//!
//! [`case`] reads a case, [`stand`] is what one is played in and [`play`] plays it: over [`sdk`] by way of a [`runner`], with
//! a [`proxy`] between SDK and service. [`ledger`] takes down what the service's own stream says, [`judge`] compares the SDK
//! with it, [`refusal`] says what a refusal must say. [`special`] has the cases for which a service of their own stands in
//! ([`fake`]). [`json`] knows the messages, [`storm`] is many calls at once, [`table`] shows what came of it all, [`tls`]
//! is before the proxy where a case wants it.

pub mod case;
mod fake;
mod folder;
mod json;
mod judge;
mod ledger;
mod play;
pub mod proxy;
mod refusal;
mod runner;
mod sdk;
mod special;
mod stand;
mod storm;
mod table;
mod tls;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{FutureExt as _, StreamExt as _, stream};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::Flavour;
use serde_json::Value;
use tokio::sync::{Mutex, OnceCell};

use case::Case;
use json::Codec;
use runner::{Language, Runner};
use table::{Cell, Table};

/// The languages that there are.
const LANGUAGES: &[&str] = &["go", "java", "typescript", "browser"];
/// How many cases are played at once, unless `GC_JOBS` says otherwise.
const JOBS: usize = 8;
/// The longest that one case may take.
const CASE_LIMIT: Duration = Duration::from_secs(120);

/// A runner that is started when it is needed, and again when it is gone.
struct Column {
    language: Language,
    runner: Mutex<Option<Arc<Runner>>>,
}

impl Column {
    async fn runner(&self, tasks: &Tasks) -> Result<Arc<Runner>, String> {
        let mut runner = self.runner.lock().await;
        if let Some(running) = runner.as_ref().filter(|runner| runner.over().is_none()) {
            return Ok(running.clone());
        }
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("conformance-{}.log", self.language.name));
        let log = File::options().create(true).append(true).open(&log).map_err(|error| error.to_string())?;
        let started = Runner::start(&self.language, log, tasks)?;
        *runner = Some(started.clone());
        Ok(started)
    }
}

/// A case on a platform, and what plain gRPC was refused in it.
struct Job {
    case: Arc<Case>,
    flavour: Flavour,
    plain: OnceCell<Result<BTreeMap<usize, Value>, String>>,
}

/// The languages that are there, or why nothing can be run.
fn languages() -> Result<Vec<Language>, ExitCode> {
    let said = std::env::var("GC_RUNNERS").unwrap_or_default();
    let languages = Language::parse(&said).map_err(|why| {
        println!("conformance: GC_RUNNERS: {why}");
        ExitCode::FAILURE
    })?;
    let required = std::env::var("GC_RUNNERS_REQUIRED").unwrap_or_default();
    let there = |name: &&str| languages.iter().any(|language| language.name == *name);
    let missing: Vec<&str> = required.split(',').filter(|name| !name.is_empty() && !there(name)).collect();
    if !missing.is_empty() {
        println!("conformance: GC_RUNNERS has no runner for {}", missing.join(", "));
        return Err(ExitCode::FAILURE);
    }
    if languages.is_empty() {
        println!(
            "conformance: skipped, for GC_RUNNERS names no runner of an SDK; `make conformance` builds and runs them"
        );
        return Err(ExitCode::SUCCESS);
    }
    Ok(languages)
}

/// Runs what the arguments ask for: names of languages, and parts of the names of cases.
pub async fn main() -> ExitCode {
    let languages = match languages() {
        Ok(languages) => languages,
        Err(code) => return code,
    };
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let (wanted, parts): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| LANGUAGES.contains(&&**word));
    let columns: Vec<Column> = languages
        .into_iter()
        .filter(|language| wanted.is_empty() || wanted.contains(&language.name))
        .map(|language| Column { language, runner: Mutex::default() })
        .collect();
    let cases = match folder::cases() {
        Ok(cases) => cases,
        Err(why) => {
            println!("conformance: {why}");
            return ExitCode::FAILURE;
        }
    };
    let asked = |case: &Case| parts.is_empty() || parts.iter().any(|part| case.name.contains(&**part));
    let cases: Vec<Arc<Case>> = cases.into_iter().filter(asked).map(Arc::new).collect();
    let named = |name: &str| parts.is_empty() || parts.iter().any(|part| name.contains(&**part));
    let special: Vec<&str> = special::NAMES.iter().copied().filter(|name| named(name)).collect();
    let names = cases.iter().map(|case| &*case.name).chain(special.iter().copied()).map(str::to_owned).collect();
    let table = Mutex::new(Table::new(names, LANGUAGES));
    let met = Mutex::new(BTreeSet::new());
    let jobs: Vec<Job> = cases
        .iter()
        .flat_map(|case| case.flavours.iter().map(|flavour| (case.clone(), *flavour)))
        .map(|(case, flavour)| Job { case, flavour, plain: OnceCell::new() })
        .collect();
    std::panic::set_hook(Box::new(|panic| play::remember(panic.to_string())));
    let (tasks, codec, begin) = (Tasks::new(), Arc::new(Codec::new()), Instant::now());
    let fit = |(job, column): &(&Job, &Column)| job.case.is_for(&column.language.name);
    let all = jobs.iter().flat_map(|job| columns.iter().map(move |column| (job, column))).filter(fit);
    let count = std::env::var("GC_JOBS").ok().and_then(|jobs| jobs.parse().ok()).unwrap_or(JOBS);
    stream::iter(all)
        .for_each_concurrent(count, async |(job, column)| {
            let outcome = run(job, column, &codec, &tasks).await;
            let cell = match outcome {
                Ok(reasons) => {
                    met.lock().await.extend(reasons);
                    Cell::Done
                }
                Err(why) => Cell::Failed(format!("{}: {why}", job.flavour)),
            };
            table.lock().await.set(&job.case.name, &column.language.name, cell);
        })
        .await;
    // A page calls what it is allowed to, and the stand-in allows nothing; its code is that of the other TypeScript.
    let pages = |column: &&Column| column.language.name != "browser";
    let all = special.iter().flat_map(|name| columns.iter().filter(pages).map(move |column| (*name, column)));
    stream::iter(all)
        .for_each_concurrent(count, async |(name, column)| {
            let played = async {
                let runner = column.runner(&tasks).await?;
                guarded(special::play(name, runner, codec.clone())).await
            };
            let cell = match played.await {
                Ok(reasons) => {
                    met.lock().await.extend(reasons);
                    Cell::Done
                }
                Err(why) => Cell::Failed(why),
            };
            table.lock().await.set(name, &column.language.name, cell);
        })
        .await;
    let table = table.into_inner();
    print!("{table}");
    if parts.is_empty() {
        println!("{}", table::reasons(&met.into_inner()));
    }
    println!("{} cases in {:.0?}", cases.len() + special.len(), begin.elapsed());
    drop(columns);
    tasks.drain(Duration::from_secs(2)).await;
    if table.failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Plays a case with one SDK. Gives the reasons that the SDK told, or why the case failed.
async fn run(job: &Job, column: &Column, codec: &Arc<Codec>, tasks: &Tasks) -> Result<BTreeSet<String>, String> {
    let (case, flavour) = (&job.case, job.flavour);
    let plain = job.plain.get_or_init(|| guarded(play::plain(case, flavour))).await;
    let plain = plain.as_ref().map_err(|why| format!("over plain gRPC: {why}"))?;
    let runner = column.runner(tasks).await?;
    guarded(play::with(case, flavour, (&column.language.name, runner), codec.clone(), plain)).await
}

/// What a run comes to; one that panics or hangs has failed.
async fn guarded<T>(run: impl Future<Output = T>) -> Result<T, String> {
    let run = AssertUnwindSafe(tokio::time::timeout(CASE_LIMIT, run)).catch_unwind();
    match run.await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => Err(format!("it took longer than {CASE_LIMIT:?}")),
        Err(_) => Err(play::remembered()),
    }
}
