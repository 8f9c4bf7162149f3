//! Small state files: what the legacy door has to know again after a restart.
//!
//! A file is one JSON object `{"version":N,"state":…}`, bounded in size, readable by its owner only. It is read once, at
//! start, and written whole: to a temporary file beside it, which is synced and renamed, so that a crash leaves the old
//! one or the new one. One task writes, at most once per interval and once more at the stop; whoever changes the state
//! only says so. No fault of the disk stops the service: a file that can't be understood is set aside, and while
//! writing fails the service goes on, says so once, and shows it by the gauge `gc_state_degraded`.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::fs::{self, DirBuilder, File, OpenOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::shutdown::Tasks;

/// Least time between two writes of a file, where nothing else is said.
const INTERVAL: Duration = Duration::from_secs(1);
/// Time until the next attempt after one that failed.
const RETRY: Duration = Duration::from_secs(10);
/// How long a disk may take before that counts as a fault.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest file that is read or written, bytes.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A file's contents. Borrowed when written, owned when read.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    state: T,
}

/// Only the version, whatever the state looks like.
#[derive(Deserialize)]
struct VersionOnly {
    version: u32,
}

/// Why a file's contents are not used.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It can't be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is larger than any that the service writes.
    #[error("larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// It is no JSON, or none of this form.
    #[error("{0}")]
    Form(#[from] serde_json::Error),
    /// Another version of the service wrote it.
    #[error("of version {found}, not {expected}")]
    Version {
        /// The version in the file.
        found: u32,
        /// The version that is understood.
        expected: u32,
    },
}

/// A file's text.
///
/// # Errors
/// When the state has no JSON form.
pub fn encode<T: Serialize>(version: u32, state: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Versioned { version, state })
}

/// The state in a file's text.
///
/// # Errors
/// When the text has another form or another version.
pub fn decode<T: DeserializeOwned>(version: u32, text: &[u8]) -> Result<T, Broken> {
    let VersionOnly { version: found } = serde_json::from_slice(text)?;
    if found != version {
        return Err(Broken::Version { found, expected: version });
    }
    Ok(serde_json::from_slice::<Versioned<T>>(text)?.state)
}

/// Reads the state file of a name in a directory; nothing if there is none.
///
/// # Errors
/// When there is one that can't be read or understood.
pub async fn read<T: DeserializeOwned>(directory: &Path, name: &str, version: u32) -> Result<Option<T>, Broken> {
    let file = match File::open(path(directory, name)).await {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut text = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut text).await?;
    if text.len() as u64 > MOST_BYTES {
        return Err(Broken::TooLarge);
    }
    decode(version, &text).map(Some)
}

/// One state file, or the place where one would be. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Store {
    /// None: nothing is kept.
    directory: Option<Arc<Path>>,
    name: &'static str,
    version: u32,
    interval: Duration,
    changed: Arc<Notify>,
}

impl Store {
    /// Reads what an earlier process kept under a name (a lower-case word). Without a directory there is nothing, and
    /// nothing will be kept. A file that can't be understood is set aside as `NAME.json.broken`.
    pub async fn open<T: DeserializeOwned>(
        directory: Option<&Path>,
        name: &'static str,
        version: u32,
    ) -> (Option<T>, Self) {
        let store =
            Self { directory: directory.map(Into::into), name, version, interval: INTERVAL, changed: Arc::default() };
        let Some(directory) = directory else { return (None, store) };
        match read(directory, name, version).await {
            Ok(state) => (state, store),
            Err(why) => {
                let path = path(directory, name);
                tracing::warn!(file = %path.display(), error = %why, "state file can't be used, set aside");
                if let Err(error) = fs::rename(&path, beside(&path, "broken")).await {
                    tracing::warn!(file = %path.display(), %error, "state file can't be set aside");
                }
                (None, store)
            }
        }
    }

    /// A place where nothing is kept.
    pub fn nowhere(name: &'static str) -> Self {
        Self { directory: None, name, version: 0, interval: INTERVAL, changed: Arc::default() }
    }

    /// With another least time between two writes than one second.
    #[must_use]
    pub fn at_most_every(self, interval: Duration) -> Self {
        Self { interval, ..self }
    }

    /// Says that the state is another now. Cheap, and never waits.
    pub fn changed(&self) {
        self.changed.notify_one();
    }

    /// Starts the task that writes what `snapshot` returns whenever the state has changed, until `tasks` are cancelled;
    /// then a last time, if anything is unwritten.
    pub fn keep<T, F>(&self, tasks: &Tasks, snapshot: F)
    where
        T: Serialize + Send + Sync,
        F: Fn() -> T + Send + Sync + 'static,
    {
        let Some(directory) = self.directory.clone() else { return };
        let stop = tasks.token().clone();
        let mut writer = Writer { directory, name: self.name, version: self.version, degraded: false };
        let (changed, interval) = (self.changed.clone(), self.interval);
        writer.show();
        tasks.spawn(0, async move {
            loop {
                tokio::select! {
                    // A change that was said before the stop is written.
                    biased;
                    () = changed.notified() => {}
                    () = stop.cancelled() => return,
                }
                while !writer.write(&snapshot()).await {
                    if stop.run_until_cancelled(sleep(RETRY)).await.is_none() {
                        writer.write(&snapshot()).await;
                        return;
                    }
                }
                // A stop ends the pause, so that the last change is written at once.
                stop.run_until_cancelled(sleep(interval)).await;
            }
        });
    }
}

/// What writes one file.
struct Writer {
    directory: Arc<Path>,
    name: &'static str,
    version: u32,
    degraded: bool,
}

impl Writer {
    /// Whether the state is on the disk now. Tells the log when that begins to fail, and when it no longer does.
    async fn write<T: Serialize>(&mut self, state: &T) -> bool {
        let result = match encode(self.version, state) {
            Ok(text) if text.len() as u64 > MOST_BYTES => Err(io::Error::other(Broken::TooLarge)),
            Ok(text) => {
                let (directory, path) = (self.directory.clone(), path(&self.directory, self.name));
                let mut writing = pin!(async move { replace(&directory, &path, &text).await });
                match timeout(PATIENCE, &mut writing).await {
                    Ok(result) => result,
                    // The same attempt is waited for, so that a disk that hangs does not collect attempts.
                    Err(_) => {
                        self.fault(&"the disk does not answer");
                        writing.await
                    }
                }
            }
            Err(error) => Err(error.into()),
        };
        match result {
            Ok(()) => self.fine(),
            Err(error) => self.fault(&error),
        }
        !self.degraded
    }

    fn fault(&mut self, why: &dyn std::fmt::Display) {
        if !self.degraded {
            let directory = self.directory.display();
            tracing::warn!(file = self.name, %directory, error = %why, "state can't be written, a restart would forget it");
        }
        self.degraded = true;
        self.show();
    }

    fn fine(&mut self) {
        if self.degraded {
            tracing::warn!(file = self.name, "state is written again");
        }
        self.degraded = false;
        self.show();
    }

    fn show(&self) {
        metrics::gauge!("gc_state_degraded", "file" => self.name).set(f64::from(u8::from(self.degraded)));
    }
}

fn path(directory: &Path, name: &str) -> PathBuf {
    directory.join(format!("{name}.json"))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Puts a text in a file's place, all of it or none.
async fn replace(directory: &Path, path: &Path, text: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory).await?;
    let temporary = beside(path, "tmp");
    // What a crash left there; a new file has the mode asked for, and no link leads elsewhere.
    match fs::remove_file(&temporary).await {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary).await?;
    file.write_all(text).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&temporary, path).await?;
    // The new name too survives a power cut.
    File::open(directory).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::Mutex;

    use super::*;

    type State = BTreeMap<String, u32>;

    struct Kept {
        state: Arc<Mutex<State>>,
        store: Store,
        tasks: Tasks,
    }

    async fn open(directory: &Path) -> Kept {
        let (found, store) = Store::open::<State>(Some(directory), "counts", 1).await;
        let kept = Kept { state: Arc::new(Mutex::new(found.unwrap_or_default())), store, tasks: Tasks::new() };
        let state = kept.state.clone();
        kept.store.keep(&kept.tasks, move || state.lock().unwrap().clone());
        kept
    }

    impl Kept {
        fn set(&self, key: &str, value: u32) {
            self.state.lock().unwrap().insert(key.to_owned(), value);
            self.store.changed();
        }

        async fn stop(self) {
            assert_eq!(self.tasks.drain(Duration::from_secs(30)).await, 0);
        }
    }

    #[tokio::test]
    async fn what_was_changed_before_the_stop_is_there_at_the_start() {
        let directory = tempfile::tempdir().unwrap();
        let kept = open(directory.path()).await;
        kept.set("a", 1);
        kept.set("b", 2);
        kept.stop().await;
        let kept = open(directory.path()).await;
        assert_eq!(*kept.state.lock().unwrap(), State::from([("a".into(), 1), ("b".into(), 2)]));
        kept.stop().await;
        let path = directory.path().join("counts.json");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(path).unwrap(), r#"{"version":1,"state":{"a":1,"b":2}}"#);
    }

    #[tokio::test]
    async fn a_directory_that_is_not_there_is_made_for_the_owner_alone() {
        let directory = tempfile::tempdir().unwrap();
        let below = directory.path().join("one/two");
        let kept = open(&below).await;
        kept.set("a", 1);
        kept.stop().await;
        assert!(below.join("counts.json").exists());
        assert_eq!(std::fs::metadata(below).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[tokio::test]
    async fn nothing_is_kept_without_a_directory() {
        let (found, store) = Store::open::<State>(None, "counts", 1).await;
        assert!(found.is_none());
        let tasks = Tasks::new();
        store.keep(&tasks, State::new);
        store.changed();
        assert_eq!(tasks.running(), 0);
    }

    #[tokio::test]
    async fn what_is_no_state_is_set_aside() {
        let wrong: [&[u8]; 4] = [b"", b"\xff\xfe", br#"{"version":2,"state":{}}"#, br#"{"version":1,"state":7}"#];
        for text in wrong {
            let directory = tempfile::tempdir().unwrap();
            std::fs::write(directory.path().join("counts.json"), text).unwrap();
            let kept = open(directory.path()).await;
            assert!(kept.state.lock().unwrap().is_empty());
            assert_eq!(std::fs::read(directory.path().join("counts.json.broken")).unwrap(), text);
            kept.set("a", 1);
            kept.stop().await;
            assert_eq!(open(directory.path()).await.state.lock().unwrap()["a"], 1);
        }
    }

    #[tokio::test]
    async fn a_huge_file_is_not_read_whole() {
        let directory = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(directory.path().join("counts.json")).unwrap();
        file.set_len(1 << 40).unwrap();
        assert!(matches!(read::<State>(directory.path(), "counts", 1).await, Err(Broken::TooLarge)));
    }

    /// A directory whose parent is a file: nobody, not even root, can write there.
    #[tokio::test(start_paused = true)]
    async fn a_disk_that_refuses_is_tried_again() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join("state");
        std::fs::write(&state, "in the way").unwrap();
        let mut writer = Writer { directory: state.as_path().into(), name: "counts", version: 1, degraded: false };
        assert!(!writer.write(&State::new()).await);
        assert!(writer.degraded);
        std::fs::remove_file(&state).unwrap();
        assert!(writer.write(&State::new()).await);
        assert!(!writer.degraded);

        // And by the task, which needs no further change for it.
        std::fs::remove_dir_all(&state).unwrap();
        std::fs::write(&state, "in the way").unwrap();
        let kept = open(&state).await;
        kept.set("a", 1);
        std::fs::remove_file(&state).unwrap();
        kept.stop().await;
        assert_eq!(open(&state).await.state.lock().unwrap()["a"], 1);
    }
}
