//! A runner: the process of one SDK, to which many cases talk at once in lines of JSON.

use std::collections::HashMap;
use std::fs::File;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use generic_connector::shutdown::Tasks;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot, watch};

use crate::support::within;

/// A language, and the command that starts its runner.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    pub name: String,
    pub command: Vec<String>,
}

impl Language {
    /// Reads `go=path args;java=…`.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let one = |part: &str| {
            let (name, command) = part.split_once('=').ok_or(format!("{part:?} is not language=command"))?;
            let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
            let name = name.trim().to_owned();
            if command.is_empty() { Err(format!("{name} has no command")) } else { Ok(Self { name, command }) }
        };
        text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
    }
}

/// What a runner has said.
#[derive(Default)]
struct Said {
    waiting: HashMap<u64, oneshot::Sender<Value>>,
    /// The items of each session, and its end.
    sessions: HashMap<String, Vec<Value>>,
    /// Why nothing more will come.
    over: Option<String>,
}

/// A running process; it ends with this value.
pub struct Runner {
    up: mpsc::Sender<String>,
    said: Arc<Mutex<Said>>,
    changed: watch::Receiver<u64>,
    next: AtomicU64,
    _process: Child,
}

impl Runner {
    /// Starts it; what it says on standard error goes to `log`.
    pub fn start(language: &Language, log: File, tasks: &Tasks) -> Result<Arc<Self>, String> {
        let (program, arguments) = language.command.split_first().ok_or("no command")?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process = command.spawn().map_err(|error| format!("{program}: {error}"))?;
        let (Some(mut input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("no pipes".to_owned());
        };
        let (up, mut lines) = mpsc::channel::<String>(256);
        tasks.spawn_abortable(0, async move {
            while let Some(line) = lines.recv().await {
                if input.write_all(line.as_bytes()).await.is_err() || input.flush().await.is_err() {
                    return;
                }
            }
        });
        let said = Arc::new(Mutex::new(Said::default()));
        let (tell, changed) = watch::channel(0);
        let hear = said.clone();
        tasks.spawn_abortable(0, async move {
            let mut lines = BufReader::new(output).lines();
            let why = loop {
                match lines.next_line().await {
                    Ok(Some(line)) => match serde_json::from_str(&line) {
                        Ok(line) => hear.lock().unwrap().take(line),
                        Err(error) => break format!("the runner said {line:?}: {error}"),
                    },
                    Ok(None) => break "the runner has ended".to_owned(),
                    Err(error) => break error.to_string(),
                }
                tell.send_modify(|count| *count += 1);
            };
            let mut said = hear.lock().unwrap();
            said.over = Some(why);
            said.waiting.clear();
            drop(said);
            tell.send_modify(|count| *count += 1);
        });
        Ok(Arc::new(Self { up, said, changed, next: AtomicU64::new(1), _process: process }))
    }

    /// Whether the process is gone, and why.
    pub fn over(&self) -> Option<String> {
        self.said.lock().unwrap().over.clone()
    }

    /// Sends an operation; gives its number and, later, its answer.
    pub async fn send(&self, mut operation: Value) -> (u64, oneshot::Receiver<Value>) {
        let id = self.next.fetch_add(1, Relaxed);
        operation["id"] = json!(id);
        let (done, answer) = oneshot::channel();
        {
            let mut said = self.said.lock().unwrap();
            if said.over.is_none() {
                said.waiting.insert(id, done);
            }
        }
        let _ = self.up.send(format!("{operation}\n")).await;
        (id, answer)
    }

    /// Sends an operation whose answer nobody waits for.
    pub fn post(&self, mut operation: Value) {
        operation["id"] = json!(self.next.fetch_add(1, Relaxed));
        let _ = self.up.try_send(format!("{operation}\n"));
    }

    /// The answer to an operation: what is `ok`, or the error.
    pub async fn answer(&self, what: &str, answer: oneshot::Receiver<Value>) -> Result<Value, Value> {
        match within(what, answer).await {
            Ok(mut answer) => match answer.get_mut("error") {
                Some(error) => Err(error.take()),
                None => Ok(answer["ok"].take()),
            },
            Err(_) => panic!("{what}: {}", self.over().unwrap_or_default()),
        }
    }

    pub async fn ask(&self, operation: Value) -> Result<Value, Value> {
        let what = format!("{} {}", operation["op"], operation["rpc"]);
        let (_, answer) = self.send(operation).await;
        self.answer(&what, answer).await
    }

    /// What a session has said so far: items, and `{"end": …}`.
    pub fn log(&self, session: &str) -> Vec<Value> {
        self.said.lock().unwrap().sessions.get(session).cloned().unwrap_or_default()
    }

    /// Waits until something holds of what a session has said.
    pub async fn until(&self, what: &str, session: &str, holds: impl Fn(&[Value]) -> bool) {
        let mut changed = self.changed.clone();
        let held = async {
            loop {
                changed.borrow_and_update();
                let log = self.log(session);
                if holds(&log) {
                    return;
                }
                if let Some(why) = self.over() {
                    panic!("{what}: {why}");
                }
                let _ = changed.changed().await;
            }
        };
        if tokio::time::timeout(crate::support::LIMIT, held).await.is_err() {
            let log: Vec<String> = self.log(session).iter().map(brief).collect();
            panic!("{what} did not come; the SDK said\n  {}", log.join("\n  "));
        }
    }

    /// Forgets a session.
    pub fn forget(&self, session: &str) {
        self.said.lock().unwrap().sessions.remove(session);
    }
}

/// An item as people want to see it in a failure: its kind, its number, and not much more.
pub fn brief(item: &Value) -> String {
    let text = match item.as_object().and_then(|item| item.iter().next()) {
        Some((kind, of)) if kind == "event" || kind == "snapshot" => {
            let payload = of.as_object().and_then(|event| event.keys().next_back()).cloned().unwrap_or_default();
            format!("{kind} {} {} {payload}", of["epoch"], of["sequence"])
        }
        _ => item.to_string(),
    };
    text.chars().take(400).collect()
}

impl Said {
    fn take(&mut self, mut line: Value) {
        if let Some(id) = line["id"].as_u64() {
            if let Some(waiting) = self.waiting.remove(&id) {
                let _ = waiting.send(line);
            }
            return;
        }
        let session = line["session"].as_str().unwrap_or_default().to_owned();
        let agent = line["agent_id"].take();
        let said = match line.get_mut("item") {
            // An observer's items are of many agents; what an item is stands first in it.
            Some(item) if agent.is_string() => {
                item["agent_id"] = agent;
                item.take()
            }
            Some(item) => item.take(),
            None => json!({"end": line["end"], "error": line["error"]}),
        };
        self.sessions.entry(session).or_default().push(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_their_commands_are_read() {
        let read = Language::parse("go=out/runner -v; java=java -jar a.jar;").unwrap();
        let names: Vec<&str> = read.iter().map(|language| &*language.name).collect();
        assert_eq!(names, ["go", "java"]);
        assert_eq!(read[1].command, ["java", "-jar", "a.jar"]);
        assert!(Language::parse("go").is_err() && Language::parse("go= ").is_err());
    }
}
