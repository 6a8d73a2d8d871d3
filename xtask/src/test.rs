//! Every test, in one command: Rust suites, then the plug-in in real hosts, then what could not be tested.
//!
//! Needs neither nextest nor anything else that cargo does not bring. Tests that load the plug-in run in a
//! process each: its allocation guard ends the process of a plug-in that allocates in its callback.

mod checks;
mod suites;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::build::{self, Made, Profile};
use crate::display::Display;
use crate::{Ended, Usage, bundle, system};

/// How it went.
#[derive(Debug, Default)]
pub struct Tally {
    passed: usize,
    /// Name, and what it said.
    failed: Vec<(String, String)>,
    /// Name, and why not.
    not_run: Vec<(String, String)>,
}

impl Tally {
    fn pass(&mut self, count: usize) {
        self.passed += count;
    }
    fn fail(&mut self, name: impl Into<String>, said: impl Into<String>) {
        let name = name.into();
        println!("FAILED {name}");
        self.failed.push((name, said.into()));
    }
    fn skip(&mut self, name: impl Into<String>, why: impl Into<String>) {
        self.not_run.push((name.into(), why.into()));
    }
}

/// Everything that tests run with.
pub struct Bench {
    /// Only what holds this word.
    pub only: Option<String>,
    /// The bundles with checks and allocation guard.
    pub bundles: bundle::Bundles,
    /// A screen, where there can be one.
    pub display: Option<Display>,
    /// Programs that were built.
    pub made: Vec<Made>,
    /// Whether the standalone program is among them.
    pub standalone: bool,
    /// What is missing, with the reason.
    pub missing: Vec<(&'static str, String)>,
}

impl Bench {
    /// Whether a test of this name is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.only
            .as_ref()
            .is_none_or(|word| name.contains(word.as_str()))
    }
    /// Why something that is needed is missing.
    pub fn lacks(&self, what: &str) -> Option<&str> {
        self.missing
            .iter()
            .find(|(name, _)| *name == what)
            .map(|(_, why)| why.as_str())
    }
}

/// `cargo xtask test`
pub fn run(words: &[String]) -> Result<()> {
    let only = match words {
        [] => None,
        [word] if !word.starts_with('-') => Some(word.clone()),
        _ => bail!(Usage(format!(
            "unknown option \"{}\": test takes one word at most",
            words.join(" ")
        ))),
    };
    let begun = Instant::now();
    let mut tally = Tally::default();
    let bench = set_up(only)?;
    suites::run(&bench, &mut tally)?;
    checks::run(&bench, &mut tally);
    finish(&tally, begun)
}

fn set_up(only: Option<String>) -> Result<Bench> {
    let missing = if cfg!(target_os = "linux") {
        use system::{ARDOUR, GL, PYTHON, SOUND, XDOTOOL, XVFB};
        system::obtain(&[XVFB, GL, XDOTOOL, SOUND, PYTHON, ARDOUR])
    } else {
        let why = "this check was written on Linux and has not been tried elsewhere".to_owned();
        [system::XVFB.what, system::PYTHON.what, system::ARDOUR.what]
            .map(|what| (what, why.clone()))
            .into()
    };
    let standalone = !missing.iter().any(|(what, _)| *what == system::SOUND.what);
    let features = if standalone {
        "musearoo/alloc-guard,musearoo/standalone"
    } else {
        "musearoo/alloc-guard"
    };
    // One build of everything with one set of features: nothing heavy is compiled twice.
    let arguments = [
        "build",
        "--workspace",
        "--exclude",
        "xtask",
        "--all-targets",
        "--features",
        features,
    ];
    let mut made = build::run("building", &arguments)?;
    made.extend(build::run(
        "building",
        &["build", "-p", "xtask", "--tests"],
    )?);
    let bundles = bundle::from_library(Profile::Dev, "bundled-test")?;
    let lacks_screen = missing.iter().any(|(what, _)| *what == system::XVFB.what);
    let display = if lacks_screen {
        None
    } else {
        Some(Display::start()?)
    };
    Ok(Bench {
        only,
        bundles,
        display,
        made,
        standalone,
        missing,
    })
}

/// Says everything that a person must know, and last the line that a machine reads.
fn finish(tally: &Tally, begun: Instant) -> Result<()> {
    for (name, said) in &tally.failed {
        println!("\n---- {name}\n{}", said.trim_end());
    }
    println!("\nWindows and macOS: untested, nobody has built and loaded MuseAroo there yet.");
    println!(
        "NOT RUN: {}",
        if tally.not_run.is_empty() {
            "nothing, every check ran"
        } else {
            ""
        }
    );
    for (name, why) in &tally.not_run {
        println!("  {name}: {why}");
    }
    println!("took {:.0} s\n", begun.elapsed().as_secs_f64());
    println!("{} passed, {} failed", tally.passed, tally.failed.len());
    if tally.failed.is_empty() {
        Ok(())
    } else {
        bail!(Ended(1))
    }
}
