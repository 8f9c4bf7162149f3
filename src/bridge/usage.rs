//! Who still uses the legacy door: which client sends which verb, how often, when first and when last. The migration
//! report is made of it.
//!
//! A client is the destination that it names (Hello, Connect), else the address that it comes from; nobody proves such
//! a name, so the report is a help for people and no audit. The counters survive a restart where there is a state
//! directory. [`Counts`] is without IO; [`Usage`] shares it among the transports and has it kept.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::store::{self, Broken, Store};
use crate::command::catalogue;
use crate::model::Timestamp;
use crate::shutdown::Tasks;

/// Most keys (door, client, verb) that are told apart; then new ones are counted under [`OTHERS`].
pub const MOST_KEYS: usize = 10_000;
/// The client of what is counted together because there are too many.
pub const OTHERS: &str = "(others)";
/// The verb of what is none.
pub const UNKNOWN: &str = "(unknown)";
/// Longest name of a client, bytes; of a longer one this much counts.
const LONGEST_NAME: usize = 128;
/// The state file's name and version.
const NAME: &str = "usage";
const VERSION: u32 = 1;
/// A crash may lose the counts of so long; they change all the time, and a disk is not worn out for them.
const INTERVAL: Duration = Duration::from_secs(10);

/// How a legacy client reaches the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    /// Lines over TCP.
    Tcp,
    /// The WebSocket at `/ws`.
    WebSocket,
    /// The gRPC stream `BridgeService.Exchange`.
    Exchange,
    /// The site's broker.
    Stomp,
}

impl Door {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tcp, Self::WebSocket, Self::Exchange, Self::Stomp];

    /// Its name in metrics and state files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::WebSocket => "websocket",
            Self::Exchange => "exchange",
            Self::Stomp => "stomp",
        }
    }
}

/// How often something was sent, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How often.
    pub count: u64,
    /// When first.
    pub first: Timestamp,
    /// When last.
    pub last: Timestamp,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The client.
    pub client: String,
    /// Where it came in.
    pub door: Door,
    /// The verb as the catalogue spells it, or [`UNKNOWN`].
    pub verb: &'static str,
    /// How often and when.
    pub count: Count,
}

/// All counters.
#[derive(Clone, Debug)]
pub struct Counts {
    since: Timestamp,
    clients: HashMap<String, HashMap<(Door, &'static str), Count>>,
    /// How many keys there are, but for those of [`OTHERS`], of which there can't be many.
    keys: usize,
}

impl Counts {
    /// None yet.
    pub fn new(since: Timestamp) -> Self {
        Self { since, clients: HashMap::new(), keys: 0 }
    }

    /// Since when they count.
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// Counts a command. A verb is a name of the catalogue or [`UNKNOWN`].
    pub fn add(&mut self, door: Door, client: &str, verb: &'static str, now: Timestamp) {
        let client = clipped(client);
        let key = (door, verb);
        if let Some(count) = self.clients.get_mut(client).and_then(|verbs| verbs.get_mut(&key)) {
            count.count = count.count.saturating_add(1);
            // A clock that was set back leaves the newest time that was seen.
            count.last = count.last.max(now);
            return;
        }
        self.insert(client, key, Count { count: 1, first: now, last: now });
    }

    fn insert(&mut self, client: &str, key: (Door, &'static str), new: Count) {
        let client = if self.keys < MOST_KEYS { client } else { OTHERS };
        if client != OTHERS {
            self.keys += 1;
        }
        let verbs = match self.clients.get_mut(client) {
            Some(verbs) => verbs,
            None => self.clients.entry(client.to_owned()).or_default(),
        };
        let count = verbs.entry(key).or_insert(Count { count: 0, ..new });
        count.count = count.count.saturating_add(new.count);
        count.first = count.first.min(new.first);
        count.last = count.last.max(new.last);
    }

    /// The report, sorted by client, door and verb.
    pub fn rows(&self) -> Vec<Row> {
        let all = self.clients.iter().flat_map(|(client, verbs)| {
            verbs.iter().map(|(&(door, verb), &count)| Row { client: client.clone(), door, verb, count })
        });
        let mut rows: Vec<Row> = all.collect();
        rows.sort_by(|a, b| a.key().cmp(&b.key()));
        rows
    }

    fn kept(&self) -> Kept {
        let rows = self.rows().into_iter().map(|Row { client, door, verb, count }| KeptRow {
            client,
            door,
            verb: verb.to_owned(),
            count: count.count,
            first_ms: count.first.as_millisecond(),
            last_ms: count.last.as_millisecond(),
        });
        Kept { since_ms: self.since.as_millisecond(), rows: rows.collect() }
    }

    /// From a state file, whatever stands in it.
    fn restored(kept: Kept) -> Self {
        let time = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
        let mut counts = Self::new(time(kept.since_ms));
        for row in kept.rows {
            let verb = catalogue::verb(&row.verb).map_or(UNKNOWN, |verb| verb.name);
            let count = Count { count: row.count, first: time(row.first_ms), last: time(row.last_ms) };
            let client: String = row.client.chars().filter(|letter| !letter.is_control()).collect();
            counts.insert(clipped(&client), (row.door, verb), count);
        }
        counts
    }
}

impl Row {
    /// What it counts; rows are in this order.
    pub fn key(&self) -> (&str, Door, &str) {
        (&self.client, self.door, self.verb)
    }
}

/// As much of a name as counts.
fn clipped(name: &str) -> &str {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    (0..=LONGEST_NAME).rev().find_map(|end| name.get(..end)).unwrap_or_default()
}

/// The state file. Times are milliseconds since 1970.
#[derive(Serialize, Deserialize)]
struct Kept {
    since_ms: i64,
    rows: Vec<KeptRow>,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    door: Door,
    client: String,
    verb: String,
    count: u64,
    first_ms: i64,
    last_ms: i64,
}

/// The counters as all transports share them. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Usage {
    counts: Arc<Mutex<Counts>>,
    store: Store,
}

impl Default for Usage {
    /// Counters that begin with the process and end with it.
    fn default() -> Self {
        Self { counts: Arc::new(Mutex::new(Counts::new(Timestamp::now()))), store: Store::nowhere(NAME) }
    }
}

impl Usage {
    /// Goes on where the state directory's file ends, and keeps it up to date until `tasks` are cancelled. Without a
    /// directory the counters begin anew with each process.
    pub async fn open(directory: Option<&Path>, tasks: &Tasks) -> Self {
        let (kept, store) = Store::open::<Kept>(directory, NAME, VERSION).await;
        let counts = kept.map_or_else(|| Counts::new(Timestamp::now()), Counts::restored);
        let usage = Self { counts: Arc::new(Mutex::new(counts)), store: store.at_most_every(INTERVAL) };
        let counts = usage.counts.clone();
        usage.store.keep(tasks, move || lock(&counts).clone().kept());
        usage
    }

    /// Counts a command, whatever becomes of it. A verb is a name of the catalogue or [`UNKNOWN`].
    pub fn count(&self, door: Door, client: &str, verb: &'static str) {
        lock(&self.counts).add(door, client, verb, Timestamp::now());
        self.store.changed();
        metrics::counter!("gc_bridge_commands_total", "door" => door.as_str(), "verb" => verb).increment(1);
    }

    /// The counters as they are now.
    pub fn counts(&self) -> Counts {
        lock(&self.counts).clone()
    }
}

fn lock(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    // Each count is whole by itself, so a panic elsewhere leaves nothing broken.
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the counters of a service that need not run; none if it has kept none.
///
/// # Errors
/// When the file can't be read or understood.
pub async fn read(directory: &Path) -> Result<Option<Counts>, Broken> {
    Ok(store::read::<Kept>(directory, NAME, VERSION).await?.map(Counts::restored))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn commands_are_counted_by_door_client_and_verb() {
        let mut counts = Counts::new(at(1));
        for (door, client, verb, second) in [
            (Door::Tcp, "siebel-1", "Login", 10),
            (Door::Tcp, "siebel-1", "Login", 30),
            (Door::Tcp, "siebel-1", "Login", 20),
            (Door::Stomp, "siebel-1", "Login", 40),
            (Door::Tcp, "siebel-1", UNKNOWN, 50),
            (Door::Tcp, "10.0.0.7", "Hello", 60),
        ] {
            counts.add(door, client, verb, at(second));
        }
        let rows = counts.rows();
        let keys: Vec<_> = rows.iter().map(Row::key).collect();
        assert_eq!(
            keys,
            [
                ("10.0.0.7", Door::Tcp, "Hello"),
                ("siebel-1", Door::Tcp, UNKNOWN),
                ("siebel-1", Door::Tcp, "Login"),
                ("siebel-1", Door::Stomp, "Login"),
            ]
        );
        assert_eq!(rows[2].count, Count { count: 3, first: at(10), last: at(30) });
    }

    #[test]
    fn whoever_names_himself_anew_each_time_takes_a_bounded_place() {
        let mut counts = Counts::new(at(1));
        counts.add(Door::Tcp, "early", "Login", at(1));
        for n in 0..MOST_KEYS * 2 {
            counts.add(Door::Tcp, &format!("{n}{}", "x".repeat(1000)), "Hello", at(2));
        }
        counts.add(Door::Tcp, "late", "Login", at(3));
        counts.add(Door::Tcp, "early", "Login", at(4));
        let rows = counts.rows();
        assert_eq!(rows.len(), MOST_KEYS + 2);
        let of = |client: &str, verb: &str| rows.iter().find(|row| row.client == client && row.verb == verb);
        assert_eq!(of("early", "Login").unwrap().count.count, 2);
        assert_eq!(of(OTHERS, "Hello").unwrap().count.count, MOST_KEYS as u64 + 1);
        assert_eq!(of(OTHERS, "Login").unwrap().count.count, 1);
        assert!(rows.iter().all(|row| row.client.len() <= LONGEST_NAME));
        // It fits into the file, at its fullest.
        let text = store::encode(VERSION, &counts.kept()).unwrap();
        assert!((text.len() as u64) < store::MOST_BYTES / 2);
        assert_eq!(Counts::restored(store::decode(VERSION, &text).unwrap()).rows(), rows);
    }

    #[test]
    fn a_file_may_say_anything() {
        let text = br#"{"version":1,"state":{"since_ms":9223372036854775807,"rows":[
            {"door":"tcp","client":"a","verb":"LOGIN","count":18446744073709551615,"first_ms":-1,"last_ms":5},
            {"door":"tcp","client":"a","verb":"Login","count":1,"first_ms":0,"last_ms":4},
            {"door":"stomp","client":"b","verb":"gone","count":1,"first_ms":0,"last_ms":0}]}}"#;
        let mut counts = Counts::restored(store::decode(VERSION, text).unwrap());
        counts.add(Door::Tcp, "a", "Login", at(0));
        let rows = counts.rows();
        assert_eq!((rows[0].verb, rows[0].count.count, rows[0].count.last.as_millisecond()), ("Login", u64::MAX, 5));
        assert_eq!((rows[1].verb, rows.len()), (UNKNOWN, 2));
    }

    #[tokio::test]
    async fn a_restart_goes_on_counting() {
        let directory = tempfile::tempdir().unwrap();
        for round in 1..=3 {
            let tasks = Tasks::new();
            let usage = Usage::open(Some(directory.path()), &tasks).await;
            usage.count(Door::Stomp, "siebel-1", "Login");
            assert_eq!(usage.counts().rows()[0].count.count, round);
            assert_eq!(tasks.drain(Duration::from_secs(30)).await, 0);
            let offline = read(directory.path()).await.unwrap().unwrap();
            assert_eq!(offline.rows()[0].count.count, round);
        }
        assert!(read(&directory.path().join("none")).await.unwrap().is_none());
    }
}
