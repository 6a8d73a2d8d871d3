//! Which way dependencies point: a crate that reaches the wrong way fails here, not in a review.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Crate, and everything of ours that it may use.
const ARROWS: [(&str, &[&str]); 8] = [
    ("music", &[]),
    ("engines", &["music"]),
    ("dsp", &["music"]),
    ("files", &["music"]),
    ("authoring", &["music", "engines", "files"]),
    (
        "musearoo",
        &["music", "engines", "dsp", "files", "authoring"],
    ),
    ("tests", &["music", "engines", "dsp", "files", "authoring"]),
    ("xtask", &[]),
];

/// What the pure crates may use of others' at all.
const OUTSIDE: [(&str, &[&str]); 3] = [
    ("music", &["heapless", "serde"]),
    ("engines", &["heapless", "libm"]),
    ("dsp", &["heapless", "libm", "rustysynth", "wide"]),
];

fn packages() -> Vec<Value> {
    let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(tests::paths::root())
        .output()
        .expect("cargo metadata runs");
    let json: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata is JSON");
    json["packages"].as_array().cloned().unwrap_or_default()
}

fn normal(package: &Value) -> BTreeSet<String> {
    let all = package["dependencies"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    all.iter()
        .filter(|d| d["kind"].is_null())
        .map(|d| d["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn crates_use_only_what_lies_below_them() {
    let packages = packages();
    let ours: BTreeSet<&str> = ARROWS.iter().map(|a| a.0).collect();
    let found: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(
        found, ours,
        "a crate came or went: say in ARROWS what it may use"
    );
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let allowed = ARROWS.iter().find(|a| a.0 == name).map_or(&[][..], |a| a.1);
        for used in normal(package).iter().filter(|d| ours.contains(d.as_str())) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn pure_crates_use_nothing_heavy() {
    let packages = packages();
    for (name, allowed) in OUTSIDE {
        let package = packages
            .iter()
            .find(|p| p["name"] == name)
            .expect("the crate is there");
        for used in normal(package).iter().filter(|d| *d != "music") {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}
