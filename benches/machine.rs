//! Where and with what the figures were taken.

use std::fs;
use std::process::Command;

use anyhow::Result;

/// The opening of the document.
pub fn about(quick: bool) -> Result<String> {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let model = model.trim_start_matches([' ', '\t', ':']);
    let memory = crate::process::field("/proc/meminfo", "MemTotal:") / 1024.0 / 1024.0;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    };
    let (date, commit) = (said("date", &["-u", "+%Y-%m-%d"]), said("git", &["rev-parse", "--short", "HEAD"]));
    let dirty = if said("git", &["status", "--porcelain", "src", "benches"]).is_empty() { "" } else { ", changed" };
    let command = if quick { "make bench-quick" } else { "make bench" };
    Ok(format!(
        "What `{command}` found on {date} at commit {commit}{dirty}: {model}, 2 cores used, {memory:.0} GiB, Linux {}, {}, release build.\n\n\
         One run on one machine: ratios between things of the same run say something, absolute figures say little about another\n\
         machine. Each figure is the median of its rounds, with their range; each ratio is the median of the rounds' ratios. Nothing\n\
         is concluded where a baseline varied more than 2× between rounds. How it is measured: `benches/README.md`. How to look into a\n\
         figure: [profiling.md](profiling.md).\n",
        kernel.trim(),
        said("rustc", &["--version"]),
    ))
}
