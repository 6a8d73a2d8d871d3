//! Cargo builds with a progress bar that knows how far it is.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::paths;

/// How hard the compiler tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// With the checks of a debug build.
    Dev,
    /// Optimised, quick to build.
    Quick,
    /// As it is given to users.
    Release,
}

impl Profile {
    /// Cargo's name for it.
    pub const fn name(self) -> &'static str {
        ["dev", "quick", "release"][self as usize]
    }
    /// Folder of what it built.
    pub fn folder(self) -> PathBuf {
        paths::target().join(["debug", "quick", "release"][self as usize])
    }
}

/// A program or test that a build made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Package that it belongs to.
    pub package: String,
    /// Name of the target.
    pub target: String,
    /// `lib`, `bin`, `test` …
    pub kind: String,
    /// Whether it is a test program.
    pub is_test: bool,
    /// Where it lies.
    pub path: PathBuf,
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::root());
    command
}

/// The program that loads the plug-in, built together with it, so that both share what they depend on.
pub fn plugin_and_host(profile: Profile) -> Result<PathBuf> {
    let packages = ["-p", "musearoo", "--lib", "-p", "tests", "--bin", "host"];
    let mut arguments = vec!["build", "--profile", profile.name()];
    arguments.extend(packages);
    run("building", &arguments)?;
    Ok(profile
        .folder()
        .join(format!("host{}", std::env::consts::EXE_SUFFIX)))
}

/// The same program alone, for what needs no plug-in.
pub fn host(profile: Profile) -> Result<PathBuf> {
    let arguments = [
        "build",
        "--profile",
        profile.name(),
        "-p",
        "tests",
        "--bin",
        "host",
    ];
    run("building", &arguments)?;
    Ok(profile
        .folder()
        .join(format!("host{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs cargo with `arguments` and shows how far it is; gives every program that it made.
///
/// What the compiler says goes to a log; it is shown when the build fails.
pub fn run(label: &str, arguments: &[&str]) -> Result<Vec<Made>> {
    let total = crates_of(arguments)?;
    let log_path = paths::target().join("xtask-build.log");
    std::fs::create_dir_all(paths::target())?;
    let log =
        File::create(&log_path).with_context(|| format!("cannot write {}", log_path.display()))?;
    let mut bar = Bar::new(label, total);
    let mut build = cargo();
    if is_optimised(arguments) && processor_suits() {
        // What RUSTFLAGS says instead comes before this.
        build.env("CARGO_BUILD_RUSTFLAGS", "-C target-feature=+avx2,+fma");
    }
    let mut cargo = build
        .args(arguments)
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .context("cannot run cargo")?;
    let mut made = Vec::new();
    let mut crates = BTreeSet::new();
    let lines = lines_of(cargo.stdout.take().context("no output of cargo")?);
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                let Ok(message) = serde_json::from_str::<Value>(&line) else {
                    continue;
                };
                if message["reason"] == "compiler-artifact" {
                    crates.insert(
                        message["package_id"]
                            .as_str()
                            .unwrap_or_default()
                            .to_owned(),
                    );
                    bar.set(crates.len());
                    made.extend(program(&message));
                }
            }
            // A large crate takes its time: the seconds go on.
            Err(RecvTimeoutError::Timeout) => bar.show(false),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if !cargo.wait()?.success() {
        bar.end();
        let text = std::fs::read_to_string(&log_path).unwrap_or_default();
        let from = text
            .find("error")
            .unwrap_or(text.len().saturating_sub(4000));
        let from = text[..from].rfind('\n').map_or(0, |at| at + 1);
        eprintln!("{}", text[from..].chars().take(8000).collect::<String>());
        bail!(
            "the build failed; all of its messages are in {}",
            paths::shown(&log_path)
        );
    }
    bar.done();
    Ok(made)
}

/// Whether a build is meant to be fast. Measured: for AVX2 the mixer takes a quarter fewer instructions, and fused
/// products take a tenth off the time of what sounds. Builds with checks stay as they are, so that cargo by hand shares
/// them.
fn is_optimised(arguments: &[&str]) -> bool {
    let optimised = [Profile::Quick, Profile::Release].map(Profile::name);
    (arguments.windows(2)).any(|pair| pair[0] == "--profile" && optimised.contains(&pair[1]))
}

/// A machine that builds for processors that it is none of could not run what it built.
#[cfg(target_arch = "x86_64")]
fn processor_suits() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
}

#[cfg(not(target_arch = "x86_64"))]
const fn processor_suits() -> bool {
    false
}

/// The lines of a stream as they come, so that waiting for one can be cut short.
fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    receive
}

fn program(message: &Value) -> Option<Made> {
    let path = PathBuf::from(message["executable"].as_str()?);
    let target = &message["target"];
    let manifest = message["manifest_path"].as_str().unwrap_or_default();
    let folder = Path::new(manifest)
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    Some(Made {
        package: folder.to_string_lossy().into_owned(),
        target: target["name"].as_str()?.to_owned(),
        kind: target["kind"][0].as_str().unwrap_or_default().to_owned(),
        is_test: message["profile"]["test"].as_bool().unwrap_or(false),
        path,
    })
}

/// How many crates a build is made of. Downloads what is missing, which cargo shows itself.
fn crates_of(arguments: &[&str]) -> Result<usize> {
    let mut tree = cargo();
    tree.args([
        "tree",
        "--prefix",
        "none",
        "--edges",
        "normal,build",
        "--format",
        "{p}",
    ]);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if matches!(*word, "-p" | "--features" | "--exclude") {
            tree.arg(word).args(words.next());
        } else if *word == "--workspace" {
            tree.arg(word);
        }
    }
    let out = tree
        .stderr(if std::io::stderr().is_terminal() {
            Stdio::inherit()
        } else {
            Stdio::piped()
        })
        .output()?;
    if !out.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&out.stderr));
        bail!("cargo could not get the crates that MuseAroo needs; is there a network?");
    }
    let text = String::from_utf8_lossy(&out.stdout);
    Ok(text
        .lines()
        .map(|l| l.trim_end_matches(" (*)"))
        .collect::<BTreeSet<_>>()
        .len())
}

/// A progress bar: a moving one on a terminal, a line now and then elsewhere.
struct Bar {
    label: String,
    total: usize,
    count: usize,
    begun: Instant,
    said: Option<Instant>,
    moving: bool,
}

impl Bar {
    fn new(label: &str, total: usize) -> Bar {
        let moving = std::io::stderr().is_terminal();
        let mut bar = Bar {
            label: label.to_owned(),
            total,
            count: 0,
            begun: Instant::now(),
            said: None,
            moving,
        };
        bar.show(true);
        bar
    }
    fn set(&mut self, count: usize) {
        self.count = count;
        // The last crates are the large ones: never say that all is done before it is.
        self.total = self.total.max(count + 1);
        self.show(false);
    }
    fn show(&mut self, now: bool) {
        let pause = if self.moving {
            Duration::from_millis(80)
        } else {
            Duration::from_secs(20)
        };
        if !now && self.said.is_some_and(|at| at.elapsed() < pause) {
            return;
        }
        self.said = Some(Instant::now());
        let percent = 100 * self.count / self.total.max(1);
        let filled = percent / 4;
        let line = format!(
            "{:>10} [{}{}] {percent:>3} %  {} of {} crates, {:.0} s",
            self.label,
            "=".repeat(filled),
            " ".repeat(25 - filled),
            self.count,
            self.total,
            self.begun.elapsed().as_secs_f64()
        );
        let mut err = std::io::stderr();
        let _ = if self.moving {
            write!(err, "\r{line}")
        } else {
            writeln!(err, "{line}")
        };
        let _ = err.flush();
    }
    fn done(&mut self) {
        self.count = self.total;
        self.show(true);
        self.end();
    }
    fn end(&self) {
        if self.moving {
            eprintln!();
        }
    }
}
