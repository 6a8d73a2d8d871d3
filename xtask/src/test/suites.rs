//! The Rust tests: unit tests by the program, tests that load the plug-in by the test.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{Bench, Tally};
use crate::build::{self, Made};
use crate::display::Display;
use crate::{paths, system};

/// One process to run.
struct Job {
    name: String,
    program: PathBuf,
    words: Vec<String>,
    folder: PathBuf,
}

/// How a process went.
struct Ran {
    passed: usize,
    failed: Vec<String>,
    said: String,
    ok: bool,
    took: Duration,
}

/// Longest that one process may take: something that hangs is a failure, not a wait.
const LIMIT: Duration = Duration::from_secs(600);

/// Runs every suite, two processes at a time at least.
pub fn run(bench: &Bench, tally: &mut Tally) -> Result<()> {
    let mut jobs = Vec::new();
    for made in bench.made.iter().filter(|m| m.is_test) {
        collect(bench, made, &mut jobs, tally)?;
    }
    println!("{} test programs and tests of hosts", jobs.len());
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get().max(2));
    let queue = Mutex::new(jobs.into_iter());
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let send = send.clone();
            let queue = &queue;
            scope.spawn(move || {
                loop {
                    let Some(job) = queue.lock().ok().and_then(|mut q| q.next()) else {
                        return;
                    };
                    let begun = Instant::now();
                    let mut ran = execute(bench, &job);
                    ran.took = begun.elapsed();
                    if send.send((job.name, ran)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (name, ran) in receive {
            record(tally, &name, ran);
        }
    });
    if bench.wants("doc") {
        documented(tally)?;
    }
    Ok(())
}

fn collect(bench: &Bench, made: &Made, jobs: &mut Vec<Job>, tally: &mut Tally) -> Result<()> {
    // A package's folder is where cargo would run its tests.
    let folder = ["crates", ""]
        .iter()
        .map(|d| paths::root().join(d).join(&made.package))
        .find(|f| f.is_dir());
    let folder = folder.unwrap_or_else(paths::root);
    let suite = format!("{}::{}", made.package, made.target);
    let in_hosts = made.package == "tests" && made.kind == "test";
    if !in_hosts {
        if bench.only.is_none() || bench.wants(&suite) {
            jobs.push(Job {
                name: suite,
                program: made.path.clone(),
                words: vec![],
                folder,
            });
            return Ok(());
        }
        let words = bench.only.clone().into_iter().collect();
        jobs.push(Job {
            name: suite,
            program: made.path.clone(),
            words,
            folder,
        });
        return Ok(());
    }
    if made.target == "editor" && bench.display.is_none() {
        tally.skip(suite, bench.lacks(system::XVFB.what).unwrap_or("no screen"));
        return Ok(());
    }
    let list = Command::new(&made.path)
        .args(["--list", "--format", "terse"])
        .output()?;
    for line in String::from_utf8_lossy(&list.stdout).lines() {
        let Some(test) = line.strip_suffix(": test") else {
            continue;
        };
        let name = format!("{}::{test}", made.target);
        if bench.wants(&name) {
            let words = vec!["--exact".to_owned(), test.to_owned()];
            jobs.push(Job {
                name,
                program: made.path.clone(),
                words,
                folder: folder.clone(),
            });
        }
    }
    Ok(())
}

fn execute(bench: &Bench, job: &Job) -> Ran {
    let mut command = Command::new(&job.program);
    command
        .args(&job.words)
        .current_dir(&job.folder)
        .stdin(Stdio::null());
    command
        .env("MUSEAROO_CLAP", &bench.bundles.clap)
        .env("MUSEAROO_VST3", &bench.bundles.vst3);
    // What tests like and drag is not the user's.
    command.env("XDG_DATA_HOME", paths::target().join("test-user"));
    // Plans and bars are large values; unoptimised code moves them over the stack.
    command
        .env("RUST_MIN_STACK", "16777216")
        .env("RUST_BACKTRACE", "0");
    // A window test looks at the whole screen: it gets one of its own.
    let own = job.name.starts_with("editor::").then(Display::start);
    match (&own, &bench.display) {
        (Some(Ok(display)), _) | (None, Some(display)) => {
            command.env("DISPLAY", &display.name);
        }
        (Some(Err(why)), _) => {
            let said = format!("{why:#}");
            return Ran {
                passed: 0,
                failed: Vec::new(),
                said,
                ok: false,
                took: Duration::ZERO,
            };
        }
        (None, None) => {}
    }
    match output_within(&mut command, LIMIT) {
        Ok((ok, said)) => read(ok, said),
        Err(why) => Ran {
            passed: 0,
            failed: Vec::new(),
            said: why,
            ok: false,
            took: Duration::ZERO,
        },
    }
}

/// Runs a program to its end, or ends it when its time is up. Gives both its streams as one text.
pub fn output_within(command: &mut Command, limit: Duration) -> Result<(bool, String), String> {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = paths::target().join(format!("xtask-output-{}-{number}.txt", std::process::id()));
    let file = std::fs::File::create(&path).map_err(|e| e.to_string())?;
    let other = file.try_clone().map_err(|e| e.to_string())?;
    let mut child = command
        .stdout(file)
        .stderr(other)
        .spawn()
        .map_err(|e| format!("cannot run it: {e}"))?;
    let begun = std::time::Instant::now();
    let ended = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if begun.elapsed() < limit => std::thread::sleep(Duration::from_millis(10)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    let bytes = std::fs::read(&path).unwrap_or_default();
    let _ = std::fs::remove_file(&path);
    let mut said = String::from_utf8_lossy(&bytes).into_owned();
    match ended {
        Some(status) => {
            if status.code().is_none() {
                said += &format!("\nended by a signal: {status}");
            }
            Ok((status.success(), said))
        }
        None => Err(format!("{said}\nended after {} s", limit.as_secs())),
    }
}

/// Reads what libtest prints.
fn read(ok: bool, said: String) -> Ran {
    let mut ran = Ran {
        passed: 0,
        failed: Vec::new(),
        said: String::new(),
        ok,
        took: Duration::ZERO,
    };
    for line in said.lines() {
        if let Some(result) = line.strip_prefix("test result: ") {
            ran.passed += number_before(result, " passed");
        } else if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|l| l.strip_suffix(" ... FAILED"))
        {
            ran.failed.push(name.to_owned());
        }
    }
    ran.said = said;
    ran
}

fn number_before(text: &str, word: &str) -> usize {
    let Some(at) = text.find(word) else { return 0 };
    text[..at]
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}

fn record(tally: &mut Tally, name: &str, ran: Ran) {
    tally.pass(ran.passed);
    if ran.ok {
        let seconds = ran.took.as_secs();
        println!("{:>5} passed {seconds:>4} s  {name}", ran.passed);
        return;
    }
    let said: String = {
        let lines: Vec<&str> = ran.said.lines().collect();
        lines[lines.len().saturating_sub(200)..].join("\n")
    };
    match ran.failed.as_slice() {
        [] => tally.fail(name, said),
        [first, rest @ ..] => {
            tally.fail(format!("{name} {first}"), said);
            for other in rest {
                tally.fail(format!("{name} {other}"), "see above");
            }
        }
    }
}

/// The examples in the documentation.
fn documented(tally: &mut Tally) -> Result<()> {
    let mut command = build::cargo();
    let pure = ["music", "engines", "dsp", "authoring", "files"];
    command.args(["test", "--quiet", "--doc"]);
    for package in pure {
        command.args(["-p", package]);
    }
    match output_within(&mut command, LIMIT) {
        Ok((ok, said)) => record(tally, "examples in the documentation", read(ok, said)),
        Err(why) => tally.fail("examples in the documentation", why),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_what_libtest_prints() {
        let said = "running 3 tests\ntest a::b ... ok\ntest a::c ... FAILED\ntest d ... ok\n\n\
                    test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        let ran = read(false, said.to_owned());
        assert_eq!(ran.passed, 2);
        assert_eq!(ran.failed, ["a::c"]);
        let mut tally = Tally::default();
        record(&mut tally, "suite", ran);
        assert_eq!((tally.passed, tally.failed.len()), (2, 1));
    }

    #[test]
    fn a_process_that_dies_without_a_word_has_failed() {
        let mut tally = Tally::default();
        record(&mut tally, "suite", read(false, "aborted".to_owned()));
        assert_eq!(tally.failed.len(), 1);
    }
}
