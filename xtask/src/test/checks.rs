//! The plug-in in hosts that are not Rust, in a window, and on its own.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::suites::output_within;
use super::{Bench, Tally};
use crate::build::Profile;
use crate::{paths, python, system};

/// Longest that one check may take.
const LIMIT: Duration = Duration::from_secs(300);

/// Runs every check that can be run here.
pub fn run(bench: &Bench, tally: &mut Tally) {
    shots(bench, tally);
    standalone(bench, tally);
    python_hosts(bench, tally);
}

/// The editor in an embedded window, at both scales.
fn shots(bench: &Bench, tally: &mut Tally) {
    for scale in ["1", "2"] {
        let name = format!("editor in a window at scale {scale}");
        if !bench.wants(&name) {
            continue;
        }
        let Some(display) = &bench.display else {
            tally.skip(name, bench.lacks(system::XVFB.what).unwrap_or("no screen"));
            continue;
        };
        if let Some(why) = bench.lacks(system::GL.what) {
            tally.skip(name, why);
            continue;
        }
        let out = paths::target().join(format!("editor-{scale}.png"));
        let mut command = Command::new(program("host"));
        command
            .arg("shot")
            .arg(&bench.bundles.clap)
            .arg("--out")
            .arg(out)
            .args(["--scale", scale]);
        check(tally, &name, command.env("DISPLAY", &display.name));
    }
}

/// The standalone program with no sound card.
fn standalone(bench: &Bench, tally: &mut Tally) {
    let name = "standalone program with the dummy backend";
    if !bench.wants(name) {
        return;
    }
    let (true, Some(display)) = (bench.standalone, &bench.display) else {
        let what = if bench.standalone {
            system::XVFB.what
        } else {
            system::SOUND.what
        };
        tally.skip(name, bench.lacks(what).unwrap_or("no screen"));
        return;
    };
    let mut command = Command::new(program("musearoo-standalone"));
    command
        .args(["--backend", "dummy"])
        .env("DISPLAY", &display.name)
        .stdin(Stdio::null());
    // It plays until its window is closed: still running after a while is what is wanted.
    match output_within(&mut command, Duration::from_secs(6)) {
        Err(said) if !said.contains("panicked") => {
            println!("    1 passed  {name}");
            tally.pass(1);
        }
        Ok((_, said)) | Err(said) => {
            tally.fail(name, format!("it should have gone on playing\n{said}"))
        }
    }
}

/// Every script in tests/python that hosts the plug-in: it prints `ok NAME` and `FAILED NAME: why`.
fn python_hosts(bench: &Bench, tally: &mut Tally) {
    let folder = paths::root().join("tests/python");
    let mut scripts: Vec<_> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| {
            p.file_name()
                .is_some_and(|n| n.to_string_lossy().ends_with("_host.py"))
        })
        .collect();
    scripts.sort();
    scripts.retain(|s| bench.wants(&s.file_stem().unwrap_or_default().to_string_lossy()));
    if scripts.is_empty() {
        return;
    }
    let missing = bench.lacks(system::PYTHON.what).map(str::to_owned);
    let interpreter = match missing {
        Some(why) => Err(why),
        None => python::interpreter().map_err(|e| format!("{e:#}")),
    };
    for script in scripts {
        let name = script
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let ardour_missing = if name.starts_with("ardour") {
            bench.lacks(system::ARDOUR.what)
        } else {
            None
        };
        match (&interpreter, ardour_missing) {
            (Err(why), _) => tally.skip(name, why.clone()),
            (_, Some(why)) => tally.skip(name, why),
            (Ok(python), None) => script_check(bench, tally, python, &script, &name),
        }
    }
}

fn script_check(bench: &Bench, tally: &mut Tally, python: &Path, script: &Path, name: &str) {
    let mut command = Command::new(python);
    command
        .arg("-u")
        .arg(script)
        .current_dir(paths::root())
        .stdin(Stdio::null());
    command
        .env("MUSEAROO_VST3", &bench.bundles.vst3)
        .env("MUSEAROO_CLAP", &bench.bundles.clap);
    command
        .env("MUSEAROO_HOST", program("host"))
        .env("MUSEAROO_WORK", paths::target().join(name));
    if let Some(version) = system::ardour() {
        command.env("ARDOUR", version);
    }
    // These hosts open no window here, and JUCE stumbles over a display without a window manager. Without
    // the variable it would try :0, which may be the screen of our own tests: name one that is not there.
    command.env("DISPLAY", ":9999");
    let (ok, said) = output_within(&mut command, LIMIT).unwrap_or_else(|why| (false, why));
    let passed = said.lines().filter(|l| l.starts_with("ok ")).count();
    let failed: Vec<&str> = said
        .lines()
        .filter_map(|l| l.strip_prefix("FAILED "))
        .collect();
    tally.pass(passed);
    println!("{passed:>5} passed  {name}");
    for line in &failed {
        tally.fail(format!("{name}: {line}"), "");
    }
    if failed.is_empty() && (!ok || passed == 0) {
        tally.fail(name, said);
    }
}

/// A check that a program makes by its exit code.
fn check(tally: &mut Tally, name: &str, command: &mut Command) {
    match output_within(command.stdin(Stdio::null()), LIMIT) {
        Ok((true, _)) => {
            println!("    1 passed  {name}");
            tally.pass(1);
        }
        Ok((false, said)) | Err(said) => tally.fail(name, said),
    }
}

fn program(name: &str) -> std::path::PathBuf {
    Profile::Dev
        .folder()
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
