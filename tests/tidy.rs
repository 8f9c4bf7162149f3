//! The rules of `ARCHITECTURE.md` and `CONTRIBUTING.md` that a compiler does not check, read from the repository's text.
//!
//! Each rule stands in one of the modules below, beside tests in which it finds what it is for.

#![allow(clippy::unwrap_used)]

mod tidy {
    pub mod documents;
    pub mod layers;
    pub mod rules;
    pub mod source;
}

use std::path::Path;
use std::process::Command;

use tidy::documents::{self, Tree};
use tidy::source::File;
use tidy::{layers, rules};

/// Every file that git tracks or would track.
fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root).output().unwrap();
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).unwrap();
    // A file that is deleted but not yet staged is none; one that is no text has nothing to say.
    let read = |path: &str| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        Some(File::new(path, &String::from_utf8(bytes).unwrap_or_default()))
    };
    paths.split('\0').filter(|path| !path.is_empty()).filter_map(read).collect()
}

fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_repository_is_read() {
    let files = repository();
    assert!(files.iter().any(|f| f.path == "src/lib.rs") && files.iter().any(|f| f.path == "tests/tidy.rs"));
}

#[test]
fn modules_name_only_what_lies_below_them() {
    assert_none(layers::layers(&repository()));
}

#[test]
fn a_wire_is_known_only_to_its_modules() {
    assert_none(layers::strangers(&repository()));
}

#[test]
fn the_top_level_is_the_layout() {
    assert_none(rules::top_level(&repository()));
}

#[test]
fn every_rust_file_tells_what_it_is() {
    assert_none(rules::module_docs(&repository()));
}

#[test]
fn no_file_of_code_is_long() {
    assert_none(rules::length(&repository()));
}

#[test]
fn sans_io_files_have_no_io() {
    assert_none(rules::sans_io(&repository()));
}

#[test]
fn nothing_is_spawned_outside_shutdown() {
    assert_none(rules::spawning(&repository()));
}

#[test]
fn every_channel_has_a_bound() {
    assert_none(rules::bounds(&repository()));
}

#[test]
fn no_test_sleeps() {
    assert_none(rules::sleeping(&repository()));
}

#[test]
fn one_file_chooses_grpc_codes() {
    assert_none(rules::status_codes(&repository()));
}

#[test]
fn no_file_names_a_machine() {
    assert_none(rules::machine_paths(&repository()));
}

#[test]
fn every_merge_is_finished() {
    assert_none(rules::merges(&repository()));
}

#[test]
fn documents_name_what_exists() {
    assert_none(documents::paths(&Tree(&repository())));
}

#[test]
fn documents_show_targets_that_exist() {
    assert_none(documents::make_targets(&Tree(&repository())));
}

#[test]
fn fuzz_targets_are_listed() {
    assert_none(documents::fuzz_targets(&Tree(&repository())));
}
