//! What a file may hold: module docs, a length, and none of what this project keeps out.

use super::source::{File, lines_naming};

/// Lines that a file of code may have.
const LONGEST: usize = 400;

/// Modules (a file, or a folder of files) that take values and return values: no runtime, clock or socket in them.
const SANS_IO: &[&str] = &[
    "src/session/journal",
    "src/session/outcome",
    "src/session/state",
    "src/bridge/json",
    "src/bridge/line",
    "src/bridge/lines",
    "src/bridge/message",
    "src/bridge/stomp/acceptance",
    "src/bridge/stomp/frame",
    "src/finesse/notify/framer",
    "src/finesse/notify/stream",
    "src/finesse/notify/update",
    "src/finesse/xml",
    "src/sim/world",
    "src/sim/xmpp/framer",
    "src/sim/xmpp/stream",
];

const IO: &[&str] =
    &["tokio", "async", "await", "::now", "std::net", "TcpStream", "UdpSocket", "SystemTime", "std::fs", "std::thread"];

/// What may stand at the top level; everything else has a place below one of these.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "README.md",
    "benches",
    "buf.gen.yaml",
    "buf.yaml",
    "build",
    "build.rs",
    "clients",
    "clippy.toml",
    "deny.toml",
    "deploy",
    "docs",
    "fuzz",
    "proto",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "tests",
];

const SPAWNING: &[&str] = &[
    "tokio::spawn",
    "task::spawn",
    "thread::spawn",
    "thread::scope",
    "thread::Builder",
    "runtime::Handle",
    "spawn_blocking",
    "spawn_local",
    "JoinSet",
    "TaskTracker",
];

const UNBOUNDED: &[&str] = &[
    "unbounded_channel",
    "UnboundedSender",
    "UnboundedReceiver",
    "mpsc::unbounded",
    "std::sync::mpsc",
    "mpsc::Sender::new",
];

const SLEEPING: &[&str] = &["sleep", "sleep_until", "park_timeout"];

/// The calls and names that choose a gRPC status code.
const STATUS_CODES: &[&str] = &["tonic::Code", "Code::", "Status::new", "Status::with_details"];

/// Folders where a machine keeps its work; written apart so that this file passes its own check.
const MACHINE_FOLDERS: &[&str] = &[concat!("/", "work"), concat!("/", "root"), concat!("/", "home")];

/// Where packages come from is the machine's business.
const REGISTRIES: &[&str] = &[
    concat!("registry.", "npmjs.org"),
    concat!("files.", "pythonhosted.org"),
    concat!("pypi", ".org/simple"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("proxy.", "golang.org"),
    concat!("repo1.", "maven.org"),
    concat!("repo.", "maven.apache.org"),
    concat!("deb.", "debian.org"),
    concat!("index", "-url"),
    concat!("\"resolved\"", ": \"http"),
];

/// The top level holds what the layout names and nothing else.
pub fn top_level(files: &[File]) -> Vec<String> {
    let first = |file: &File| file.path.split('/').next().unwrap_or_default().to_owned();
    let strange = files.iter().filter(|f| !TOP_LEVEL.contains(&first(f).as_str()));
    strange.map(|f| f.complaint(1, format!("{} has no place at the top level", first(f)))).collect()
}

/// Every Rust file opens with the story of its module.
pub fn module_docs(files: &[File]) -> Vec<String> {
    let told = |file: &File| file.text.lines().next().is_some_and(|l| l.starts_with("//! ") && l.len() > 8);
    let rust = files.iter().filter(|f| f.is_rust() && !told(f));
    rust.map(|f| f.complaint(1, "does not open with a `//!` line")).collect()
}

/// No hand-written code file is longer than one sitting.
pub fn length(files: &[File]) -> Vec<String> {
    let code = [".rs", ".go", ".java", ".ts", ".mjs", ".js", ".py", ".sh"];
    let attributes = files.iter().find(|f| f.path == ".gitattributes").map_or("", |f| f.text.as_str());
    let marked = attributes.lines().filter_map(|line| line.strip_suffix(" linguist-generated"));
    let marked: Vec<&str> = marked.map(|pattern| pattern.trim_end_matches("**")).collect();
    let says_so = |f: &File| f.text.lines().take(5).any(|line| line.contains("Code generated"));
    let generated = |f: &File| says_so(f) || marked.iter().any(|place| f.path.starts_with(place));
    let mut complaints = Vec::new();
    for file in files.iter().filter(|f| code.iter().any(|end| f.path.ends_with(end)) && !generated(f)) {
        let lines = file.text.lines().count();
        if lines > LONGEST {
            complaints.push(file.complaint(LONGEST, format!("has {lines} lines, more than {LONGEST}: split it")));
        }
    }
    complaints
}

/// The sans-IO modules, and those whose story says "Sans-IO", name nothing that waits, tells the time or opens a socket.
/// Their unit tests may.
pub fn sans_io(files: &[File]) -> Vec<String> {
    let within = |path: &str, module: &str| path.strip_prefix(module).is_some_and(|p| p == ".rs" || p.starts_with('/'));
    let says = |file: &File| file.text.lines().take_while(|l| l.starts_with("//!")).any(|l| l.contains("Sans-IO"));
    let core = files.iter().filter(|f| SANS_IO.iter().any(|module| within(&f.path, module)) || says(f));
    naming(core, File::shipped, IO, "is not for a sans-IO module")
}

/// Nothing is spawned outside `src/shutdown.rs`.
pub fn spawning(files: &[File]) -> Vec<String> {
    let elsewhere = files.iter().filter(|f| f.path.starts_with("src/") && f.path != "src/shutdown.rs");
    naming(elsewhere, File::code, SPAWNING, "spawns: use shutdown::Tasks")
}

/// No channel is without a bound, in tests neither.
pub fn bounds(files: &[File]) -> Vec<String> {
    naming(files, File::code, UNBOUNDED, "has no bound")
}

/// No test sleeps: it waits for a fact with a deadline, or pauses the clock.
pub fn sleeping(files: &[File]) -> Vec<String> {
    naming(files, File::tests, SLEEPING, "in a test: wait for a fact with a deadline")
}

/// `src/grpc/status.rs` is the only file that chooses a gRPC code, for the legacy door's stream too.
pub fn status_codes(files: &[File]) -> Vec<String> {
    let door = |path: &str| path.starts_with("src/grpc/") || path.starts_with("src/bridge/");
    let elsewhere = files.iter().filter(|f| door(&f.path) && f.path != "src/grpc/status.rs");
    naming(elsewhere, File::shipped, STATUS_CODES, "chooses a gRPC code: only src/grpc/status.rs does")
}

fn naming<'a>(
    files: impl IntoIterator<Item = &'a File>,
    part: fn(&File) -> String,
    names: &[&str],
    why: &str,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.into_iter().filter(|f| f.is_rust()) {
        let code = part(file);
        for name in names {
            complaints
                .extend(lines_naming(&code, name).iter().map(|line| file.complaint(*line, format!("{name} {why}"))));
        }
    }
    complaints
}

/// No file holds what a merge leaves where it could not decide.
pub fn merges(files: &[File]) -> Vec<String> {
    let left = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let lines = files.iter().flat_map(|file| file.text.lines().enumerate().map(move |(at, line)| (file, at, line)));
    let found = lines.filter(|(_, _, line)| left(line));
    found
        .map(|(file, at, _)| file.complaint(at + 1, "is the mark of a merge that was not finished".to_owned()))
        .collect()
}

/// No file names a folder of somebody's machine, or a host that packages come from.
pub fn machine_paths(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            for folder in MACHINE_FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
                complaints.push(file.complaint(number + 1, format!("names {folder}, a folder of one machine")));
            }
            for registry in REGISTRIES.iter().filter(|registry| line.contains(**registry)) {
                complaints.push(file.complaint(number + 1, format!("names {registry}: say packages by name alone")));
            }
        }
    }
    complaints
}

/// Whether `folder` stands in the line as the begin of an absolute path.
fn names_folder(line: &str, folder: &str) -> bool {
    let in_path = |c: char| c.is_alphanumeric() || "_-./}>~*".contains(c);
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + folder.len()..].chars().next();
        !before.is_some_and(in_path) && !after.is_some_and(|c| c.is_alphanumeric() || "_-".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rule = fn(&[File]) -> Vec<String>;

    fn found(rule: Rule, path: &str, text: &str) -> usize {
        rule(&[File::new(path, text)]).len()
    }

    #[test]
    fn each_rule_finds_what_it_is_for() {
        let long = "//! Long.\n".repeat(LONGEST + 1);
        for (rule, path, text) in [
            (top_level as Rule, "scripts/a.sh", ""),
            (top_level, "a.rs", ""),
            (module_docs, "src/a.rs", "use b;"),
            (module_docs, "tests/a.rs", "//!\nuse b;"),
            (length, "src/a.rs", long.as_str()),
            (sans_io, "src/bridge/line.rs", "fn a() { Instant::now() }"),
            (sans_io, "src/sim/world.rs", "use tokio::sync::mpsc;"),
            (sans_io, "src/sim/world/agent.rs", "fn a() { SystemTime::now() }"),
            (sans_io, "src/grpc/cut.rs", "//! Cuts. Sans-IO.\nasync fn a() {}"),
            (spawning, "src/grpc/mod.rs", "fn a() { tokio::spawn(b) }"),
            (spawning, "src/grpc/mod.rs", "let set = JoinSet::new();"),
            (bounds, "tests/it/main.rs", "let a = mpsc::unbounded_channel();"),
            (bounds, "src/a.rs", "use std::sync::mpsc;"),
            (sleeping, "tests/it/main.rs", "tokio::time::sleep(a).await"),
            (sleeping, "src/a.rs", "#[cfg(test)]\nmod tests { fn a() { thread::sleep(b) } }"),
            (status_codes, "src/grpc/agent.rs", "Err(Status::new(Code::NotFound, \"\"))"),
            (status_codes, "src/bridge/exchange.rs", "Err(Status::unavailable(\"\")).map_err(|_| Code::Ok)"),
            (machine_paths, "docs/a.md", concat!("see `/", "work/x` there")),
            (machine_paths, "docs/a.md", concat!("cd /", "root")),
            (merges, "docs/a.md", concat!("<<<<<", "<< HEAD\n")),
            (machine_paths, "a.json", concat!("\"resolved\"", ": \"http", "://x\"")),
        ] {
            assert!(found(rule, path, text) >= 1, "{path}: {text}");
        }
    }

    #[test]
    fn each_rule_lets_the_rest_pass() {
        for (rule, path, text) in [
            (top_level as Rule, "src/a.rs", ""),
            (module_docs, "src/a.rs", "//! Tells what this is.\n"),
            (length, "docs/a.md", "a\n".repeat(LONGEST + 1).as_str()),
            (length, "clients/go/a.go", ("// Code generated by x.\n".to_owned() + &"a\n".repeat(LONGEST)).as_str()),
            (sans_io, "src/bridge/tcp.rs", "use tokio::net;"),
            (sans_io, "src/bridge/line.rs", "//! no tokio\n#[cfg(test)]\nmod tests { fn a() { Instant::now() } }"),
            (spawning, "src/shutdown.rs", "tokio::spawn(a)"),
            (spawning, "src/grpc/mod.rs", "tasks.spawn(0, a); // tokio::spawn"),
            (bounds, "src/a.rs", "mpsc::channel(8)"),
            (sleeping, "src/a.rs", "fn a() { tokio::time::sleep(b) }"),
            (status_codes, "src/grpc/status.rs", "Code::NotFound"),
            (merges, "docs/a.md", "a << b\n=======\n"),
            (machine_paths, "docs/a.md", concat!("see docs/", "work and ~/", "home and /", "workers")),
        ] {
            assert_eq!(found(rule, path, text), 0, "{path}: {text}");
        }
    }
}
