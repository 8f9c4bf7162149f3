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

use futures_util::FutureExt as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::fs::{self, DirBuilder, File, OpenOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::shutdown::Tasks;

/// Least time between two writes of a file, where nothing else is said.
const INTERVAL: Duration = Duration::from_secs(1);
/// Time until the next attempt after one that failed.
const RETRY: Duration = Duration::from_secs(10);
/// How long a disk may take before that counts as a fault.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long after the stop began changes are still waited for, where whoever could make them does not end.
const LAST_CHANGES: Duration = Duration::from_secs(1);
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
    /// Cancelled when the last clone is gone, and with it whoever could say that the state has changed.
    gone: CancellationToken,
    _gone: Arc<DropGuard>,
}

impl Store {
    /// Reads what an earlier process kept under a name (a lower-case word). Without a directory there is nothing, and
    /// nothing will be kept. A file that can't be understood is set aside as `NAME.json.broken`.
    pub async fn open<T: DeserializeOwned>(
        directory: Option<&Path>,
        name: &'static str,
        version: u32,
    ) -> (Option<T>, Self) {
        let store = Self::new(directory, name, version);
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
        Self::new(None, name, 0)
    }

    fn new(directory: Option<&Path>, name: &'static str, version: u32) -> Self {
        let gone = CancellationToken::new();
        let guard = Arc::new(gone.clone().drop_guard());
        let (directory, changed) = (directory.map(Into::into), Arc::default());
        Self { directory, name, version, interval: INTERVAL, changed, gone, _gone: guard }
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

    /// Starts the task that writes what `snapshot` returns whenever the state has changed. It ends when all clones of
    /// this are gone, or a moment after `tasks` are cancelled, and before that writes what is unwritten. So `snapshot`
    /// may hold no clone.
    pub fn keep<T, F>(&self, tasks: &Tasks, snapshot: F)
    where
        T: Serialize + Send + Sync,
        F: Fn() -> T + Send + Sync + 'static,
    {
        let Some(directory) = self.directory.clone() else { return };
        let mut writer = Writer { directory, name: self.name, version: self.version, degraded: false };
        writer.show();
        let (changed, interval, gone, stop) =
            (self.changed.clone(), self.interval, self.gone.clone(), tasks.token().clone());
        tasks.spawn(0, async move {
            let mut ended = pin!(async {
                // What is being stopped may change the state a last time.
                let stopped = async {
                    stop.cancelled().await;
                    sleep(LAST_CHANGES).await;
                };
                tokio::select! {
                    () = stopped => {}
                    () = gone.cancelled() => {}
                }
            });
            loop {
                tokio::select! {
                    biased;
                    () = &mut ended => break,
                    () = changed.notified() => {}
                }
                while !writer.write(&snapshot()).await {
                    if timeout(RETRY, &mut ended).await.is_ok() {
                        writer.write(&snapshot()).await;
                        return;
                    }
                }
                tokio::select! {
                    () = sleep(interval) => {}
                    () = stop.cancelled() => {}
                    () = gone.cancelled() => {}
                }
            }
            if changed.notified().now_or_never().is_some() {
                writer.write(&snapshot()).await;
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
#[path = "store_tests.rs"]
mod tests;
