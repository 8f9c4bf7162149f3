//! Who may name whom: the table of `ARCHITECTURE.md`, and where the crates that know a wire may be named.

use super::source::{File, Token, tokens};

/// A module, and the modules that it may name. Each may name itself and, except the first two, the [`COMMON`] ones.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("pb", &[]),
    ("command", &["model", "pb"]),
    ("finesse", &["model"]),
    ("session", &["command", "model", "finesse"]),
    ("grpc", &["pb", "command", "model", "session"]),
    ("bridge", &["pb", "command", "model", "session"]),
    ("sim", &["model"]),
    ("addresses", &[]),
    ("config", &[]),
    ("shutdown", &[]),
    ("telemetry", &[]),
];

/// What anyone but `model` and `pb` may name.
const COMMON: &[&str] = &["addresses", "config", "shutdown", "telemetry"];

/// The modules that may name all.
const ROOTS: &[&str] = &["app", "main", "lib"];

/// A crate that knows a wire, a format or the runtime, and the only modules that may name it.
const KEPT_TO: &[(&str, &[&str])] = &[
    ("hyper_rustls", &["finesse"]),
    ("http_body_util", &["finesse"]),
    ("quick_xml", &["finesse", "sim"]),
    ("tonic", &["pb", "grpc", "bridge"]),
    ("tonic_types", &["grpc"]),
    ("tonic_health", &["grpc"]),
    ("tonic_reflection", &["grpc"]),
    ("tonic_web", &["grpc"]),
    ("prost", &["pb", "command", "grpc", "bridge"]),
    ("prost_types", &["pb", "command", "grpc", "bridge"]),
    ("tokio_tungstenite", &["finesse", "sim", "bridge"]),
    ("axum", &["grpc", "bridge", "sim"]),
    ("serde_json", &["bridge", "sim", "grpc", "config", "telemetry"]),
];

/// What `model` may not name besides: the nouns have no wire, no runtime and no clock.
const NOT_IN_MODEL: &[&str] = &["serde", "tokio", "tokio_stream", "tokio_util"];

/// Every place where a module names one that it may not.
pub fn layers(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|f| f.is_rust() && f.path.starts_with("src/")) {
        let home = module_path(&file.path);
        let Some(own) = home.first().map(String::as_str).filter(|own| !ROOTS.contains(own)) else { continue };
        let Some((_, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == own) else {
            complaints.push(file.complaint(1, format!("module {own} has no row in the table of tests/tidy/layers.rs")));
            continue;
        };
        let common = if ["model", "pb"].contains(&own) { &[] } else { COMMON };
        for (name, line) in named_modules(&tokens(&file.code()), &home) {
            if name != own && !allowed.contains(&name.as_str()) && !common.contains(&name.as_str()) {
                complaints.push(file.complaint(line, format!("{own} may not name crate::{name}")));
            }
        }
    }
    complaints
}

/// Every place that names a crate which is kept to other modules.
pub fn strangers(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|f| f.is_rust() && f.path.starts_with("src/")) {
        let home = module_path(&file.path);
        let Some(own) = home.first().map(String::as_str).filter(|own| !ROOTS.contains(own)) else { continue };
        let found = tokens(&file.shipped());
        for (at, token) in found.iter().enumerate() {
            let is_path_start = at == 0 || !["::", "."].contains(&found[at - 1].text.as_str());
            let goes_on = found.get(at + 1).is_some_and(|next| next.text == "::");
            let kept = KEPT_TO.iter().any(|(name, homes)| token.text == *name && !homes.contains(&own));
            let banned = kept || own == "model" && NOT_IN_MODEL.contains(&token.text.as_str());
            if is_path_start && goes_on && banned {
                complaints.push(file.complaint(token.line, format!("{own} may not name the crate {}", token.text)));
            }
        }
    }
    complaints
}

/// `src/finesse/notify/mod.rs` is `[finesse, notify]`; the crate's root is `[lib]` or `[main]`.
fn module_path(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    inner.split('/').map(String::from).collect()
}

/// The top-level modules that a file names through `crate::` or a chain of `super::`, with their lines.
fn named_modules(tokens: &[Token], home: &[String]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    // The modules written inside the file, with the depth of braces at which each began.
    let mut inside: Vec<usize> = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    let text = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    while at < tokens.len() {
        match text(at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inside.pop_if(|began| *began == depth);
            }
            "mod" if text(at + 2) == "{" => inside.push(depth),
            "crate" if text(at + 1) == "::" => at = tree(tokens, at + 2, &mut found),
            "super" if text(at + 1) == "::" => {
                let mut levels = 1;
                while text(at + 2) == "super" && text(at + 3) == "::" {
                    levels += 1;
                    at += 2;
                }
                at += 1;
                if levels == home.len() + inside.len() {
                    at = tree(tokens, at + 1, &mut found);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads what follows `crate::`: one name, or a group of paths of which each begins with a name. Returns the last
/// token read.
fn tree(tokens: &[Token], at: usize, found: &mut Vec<(String, usize)>) -> usize {
    let Some(first) = tokens.get(at) else { return at };
    if first.text != "{" {
        found.push((first.text.clone(), first.line));
        return at;
    }
    let (mut depth, mut begins) = (0usize, true);
    for (i, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return i,
            "}" => depth -= 1,
            "," if depth == 1 => begins = true,
            _ if begins && depth == 1 => {
                found.push((token.text.clone(), token.line));
                begins = false;
            }
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(path: &str, text: &str) -> Vec<String> {
        layers(&[File::new(path, text)])
    }

    #[test]
    fn a_name_out_of_order_is_found_in_every_spelling() {
        for text in [
            "use crate::session::Handle;",
            "fn a() { crate :: session::b() }",
            "use crate::{model::AgentId, session};",
            "use crate::{\n    model::{self, AgentId},\n    session::{Handle, manager},\n};",
            "pub(crate) use super::super::session;",
            "mod b { use super::super::super::session; }",
            "use super::super::{model, session};",
            "#[cfg(test)]\nmod tests { use super::*; use crate::session::Handle; }",
        ] {
            assert_eq!(complaints("src/finesse/client.rs", text).len(), 1, "{text}");
        }
        assert_eq!(complaints("src/model/id.rs", "use crate::config::Options;").len(), 1);
        assert_eq!(complaints("src/sim/rest.rs", "use crate::finesse::xml::Reader;").len(), 1);
        assert_eq!(complaints("src/novelty/mod.rs", "").len(), 1);
        assert_eq!(complaints("src/finesse/mod.rs", "use crate::*;").len(), 1);
    }

    #[test]
    fn what_the_table_allows_and_what_is_no_name_passes() {
        for text in [
            "use crate::model::AgentId;\nuse crate::{shutdown::Tasks, config, finesse};",
            "pub(crate) fn a() {}\npub(super) fn b() {}\npub(in crate::finesse) fn c() {}",
            "use super::session;\nmod b { use super::super::session; }",
            "/// See [`crate::session`].\nconst A: &str = \"crate::session\"; // crate::session",
            "mod a { fn b() { if true { } } }\nuse super::notify;",
        ] {
            assert_eq!(complaints("src/finesse/client.rs", text), [""; 0], "{text}");
        }
        assert_eq!(complaints("src/app.rs", "use crate::{grpc, sim};"), [""; 0]);
        assert_eq!(
            complaints("src/session/mod.rs", "use crate::finesse::Client; use crate::command::Command;"),
            [""; 0]
        );
    }

    #[test]
    fn a_wire_crate_is_kept_to_its_modules() {
        let found = |path: &str, text: &str| strangers(&[File::new(path, text)]).len();
        assert_eq!(found("src/session/actor.rs", "fn a() -> tonic::Status {}"), 1);
        assert_eq!(found("src/grpc/agent.rs", "use quick_xml::Reader;"), 1);
        assert_eq!(found("src/model/id.rs", "use serde::Serialize;\nuse tokio::sync::mpsc;"), 2);
        assert_eq!(found("src/finesse/client.rs", "use hyper_rustls::HttpsConnector;"), 0);
        assert_eq!(found("src/session/actor.rs", "fn tonic() { self.tonic::<u8>() } // tonic::Status"), 0);
    }
}
