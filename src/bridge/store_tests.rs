//! Tests of the state files.

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
        drop(self.store);
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

#[tokio::test]
async fn what_changes_while_it_is_stopped_is_written_too() {
    let directory = tempfile::tempdir().unwrap();
    let on_disk = async || read::<State>(directory.path(), "counts", 1).await.unwrap().unwrap_or_default();
    let kept = open(directory.path()).await;
    kept.tasks.cancel();
    kept.set("a", 1);
    // The writer has noticed the stop by now.
    let written = async { while on_disk().await.is_empty() {} };
    timeout(Duration::from_secs(30), written).await.unwrap();
    kept.set("b", 2);
    kept.stop().await;
    assert_eq!(on_disk().await, State::from([("a".into(), 1), ("b".into(), 2)]));

    // And it ends although somebody keeps it open.
    let kept = open(directory.path()).await;
    kept.set("c", 3);
    assert_eq!(kept.tasks.drain(Duration::from_secs(30)).await, 0);
    assert_eq!(on_disk().await.len(), 3);
}
