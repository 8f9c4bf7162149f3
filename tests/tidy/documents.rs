//! What the documents and lists say is there: paths, links, `make` targets, fuzz targets.

use super::source::File;

/// What the repository holds, to look names up in.
pub struct Tree<'a>(pub &'a [File]);

impl Tree<'_> {
    /// Whether a file has this path, or stands below it.
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let below = format!("{path}/");
        path.is_empty() || self.0.iter().any(|f| f.path == path || f.path.starts_with(&below))
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|f| f.path == path).map(|f| f.text.as_str())
    }

    /// The documents that must be true of the tree as it stands. The change log speaks of the past.
    fn documents(&self) -> impl Iterator<Item = &File> {
        self.0.iter().filter(|f| f.path.ends_with(".md") && f.path != "CHANGELOG.md")
    }
}

/// Folders by which a word in backticks is known as a path.
const FOLDERS: &[&str] =
    &["src/", "build/", "proto/", "tests/", "clients/", "docs/", "benches/", "deploy/", "fuzz/", ".ci/", ".github/"];

/// Ends by which a word in backticks is known as a file at the top level.
const ENDS: &[&str] = &[".md", ".toml", ".rs", ".yaml", ".lock"];

/// Every path in backticks, and every relative link, leads to something.
pub fn paths(tree: &Tree<'_>) -> Vec<String> {
    let mut complaints = Vec::new();
    for document in tree.documents() {
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut program = false;
        for (number, line) in document.text.lines().enumerate() {
            program ^= line.starts_with("```");
            let words = line.split('`').skip(1).step_by(2).flat_map(str::split_whitespace).filter(|w| is_path(w));
            for word in words.filter(|w| !tree.has(concrete(w)) && !tree.has(&join(folder, concrete(w)))) {
                complaints.push(document.complaint(number + 1, format!("`{word}` does not exist")));
            }
            for link in links(line).filter(|l| !program && !tree.has(&join(folder, l))) {
                complaints.push(document.complaint(number + 1, format!("the link to {link} leads nowhere")));
            }
        }
    }
    complaints
}

fn is_path(word: &str) -> bool {
    FOLDERS.iter().any(|f| word.starts_with(f) && !word.contains("://"))
        || !word.contains('/')
            && ENDS.iter().any(|end| word.ends_with(end) && word.len() > end.len())
            && word.starts_with(|c: char| {
                c.is_ascii_uppercase() || ["build.rs", "buf.yaml", "deny.toml"].contains(&word) || c == '.'
            })
}

/// The part of a path before a placeholder or a pattern: `src/grpc/<area>.rs` asks for `src/grpc`.
fn concrete(word: &str) -> &str {
    let word = word.trim_end_matches([',', '.', ':', ';']);
    match word.find(['<', '*', '…', '{']) {
        Some(at) => word[..at].rsplit_once('/').map_or("", |(folder, _)| folder),
        None => word.split('#').next().unwrap_or(word),
    }
}

/// The relative targets of `[text](target)` in a line, without their fragments.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets.map(|t| t.split('#').next().unwrap_or(t)).filter(|t| !t.is_empty() && !t.contains(':'))
}

/// Resolves a link against the folder of its document.
fn join(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Every `make` command that a document shows is a target of the Makefile.
pub fn make_targets(tree: &Tree<'_>) -> Vec<String> {
    let makefile = tree.text("Makefile").unwrap_or_default();
    let mut complaints = Vec::new();
    for document in tree.documents() {
        let mut fenced = false;
        for (number, line) in document.text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            let quoted = line.split('`').skip(1).step_by(2);
            for command in quoted.chain(fenced.then_some(line)) {
                let command = command.trim_start().trim_start_matches("$ ");
                let Some(target) = command.strip_prefix("make ").and_then(|rest| rest.split_whitespace().next()) else {
                    continue;
                };
                if !makefile.lines().any(|l| l.starts_with(&format!("{target}:"))) {
                    complaints.push(document.complaint(number + 1, format!("the Makefile has no target {target}")));
                }
            }
        }
    }
    complaints
}

/// Every fuzz target that is listed has its file, and every file is listed.
pub fn fuzz_targets(tree: &Tree<'_>) -> Vec<String> {
    let manifest = tree.text("fuzz/Cargo.toml").unwrap_or_default();
    let listed = manifest.lines().filter_map(|l| l.strip_prefix("path = \"")?.strip_suffix('"'));
    let listed: Vec<String> = listed.filter(|p| !p.starts_with("..")).map(|p| format!("fuzz/{p}")).collect();
    let missing = listed.iter().filter(|p| tree.text(p).is_none()).map(|p| format!("{p}: listed but not there"));
    let there = tree.0.iter().map(|f| &f.path).filter(|p| p.starts_with("fuzz/fuzz_targets/") && !listed.contains(p));
    missing.chain(there.map(|p| format!("{p}: not listed in fuzz/Cargo.toml"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(document: &str) -> Vec<File> {
        vec![
            File::new("README.md", document),
            File::new("docs/a.md", "[up](../README.md#what) and `b.toml`"),
            File::new("src/model/id.rs", ""),
            File::new("Makefile", "test: ## x\n\tcargo test\n"),
        ]
    }

    #[test]
    fn a_path_that_is_not_there_is_found() {
        for text in ["see `src/model/gone.rs`", "`GONE.md`", "[a](docs/gone.md)", "`src/gone/<area>.rs`", "`build.rs`"]
        {
            assert_eq!(paths(&Tree(&tree(text))).len(), 1, "{text}");
        }
        let fine = "`src/model/`, `src/model/<area>.rs`, `README.md` [a](docs/a.md#b) [b](https://x/y.md) `a/b` `x.rs`";
        assert_eq!(paths(&Tree(&tree(fine))), [""; 0]);
    }

    #[test]
    fn a_make_target_that_is_not_there_is_found() {
        assert_eq!(make_targets(&Tree(&tree("`make gone`"))).len(), 1);
        assert_eq!(make_targets(&Tree(&tree("```sh\nmake gone ARGS=--once\n```"))).len(), 1);
        assert_eq!(make_targets(&Tree(&tree("`make test`, and to make gone things\n```\nmake test\n```"))), [""; 0]);
    }

    #[test]
    fn fuzz_targets_and_their_list_agree() {
        let manifest = "[[bin]]\nname = \"line\"\npath = \"fuzz_targets/line.rs\"\n";
        let missing = [File::new("fuzz/Cargo.toml", manifest)];
        let unlisted = [File::new("fuzz/fuzz_targets/line.rs", "")];
        assert_eq!(fuzz_targets(&Tree(&missing)).len(), 1);
        assert_eq!(fuzz_targets(&Tree(&unlisted)).len(), 1);
        assert_eq!(fuzz_targets(&Tree(&[missing, unlisted].concat())), [""; 0]);
    }
}
