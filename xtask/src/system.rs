//! What the machine must have: found, named, and installed where apt can.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// Something of the system that a command needs.
pub struct Need {
    /// What it is, for a person.
    pub what: &'static str,
    /// Why it is needed.
    pub why: &'static str,
    /// Debian's packages.
    pub packages: &'static [&'static str],
    found: fn() -> bool,
}

/// A screen in memory.
pub const XVFB: Need = Need {
    what: "Xvfb (an X server in memory)",
    why: "the editor opens in a window",
    packages: &["xvfb"],
    found: || has_program("Xvfb"),
};
/// Drawing without a graphics card.
pub const GL: Need = Need {
    what: "OpenGL and X11 libraries",
    why: "the editor draws with OpenGL",
    packages: &[
        "libgl1",
        "libgl1-mesa-dri",
        "libx11-6",
        "libx11-xcb1",
        "libxcursor1",
        "libxcb1",
        "libxkbcommon0",
    ],
    found: || {
        let libraries = [
            "libGL.so.1",
            "libX11.so.6",
            "libX11-xcb.so.1",
            "libXcursor.so.1",
        ];
        libraries.into_iter().all(has_library) && has_driver()
    },
};
/// Mouse and keys from a script.
pub const XDOTOOL: Need = Need {
    what: "xdotool",
    why: "a test clicks and types in the editor",
    packages: &["xdotool"],
    found: || has_program("xdotool"),
};
/// What the standalone program is linked with.
pub const SOUND: Need = Need {
    what: "ALSA and JACK development files, pkg-config",
    why: "the standalone program plays through them",
    packages: &["libasound2-dev", "libjack-jackd2-dev", "pkg-config"],
    found: || succeeds("pkg-config", &["--exists", "alsa", "jack"]),
};
/// A private Python.
pub const PYTHON: Need = Need {
    what: "Python 3 with venv",
    why: "pedalboard and dawdreamer are Python hosts",
    packages: &["python3", "python3-venv"],
    found: || succeeds("python3", &["-c", "import venv, ensurepip"]),
};
/// A real DAW.
pub const ARDOUR: Need = Need {
    what: "Ardour",
    why: "a real DAW records what the plug-in plays",
    packages: &["ardour"],
    found: || ardour().is_some(),
};

/// The version of Ardour that is installed: `7` for `ardour7-lua`.
pub fn ardour() -> Option<String> {
    (6..20)
        .rev()
        .map(|n| n.to_string())
        .find(|n| has_program(&format!("ardour{n}-lua")))
}

/// Makes sure that all of them are there.
///
/// # Errors
/// Names what is missing and what to install.
pub fn require(needs: &[Need]) -> Result<()> {
    let missing = obtain(needs);
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "{}",
        missing
            .iter()
            .map(|(what, why)| format!("{what}: {why}"))
            .collect::<Vec<_>>()
            .join("\n")
    )
}

/// Installs what is missing where it can; gives what is missing still, with the reason.
pub fn obtain(needs: &[Need]) -> Vec<(&'static str, String)> {
    let missing: Vec<&Need> = needs.iter().filter(|n| !(n.found)()).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|n| n.packages.iter().copied())
        .collect();
    let mut reason = format!(
        "missing; install the counterpart of {} on this system",
        packages.join(" ")
    );
    if cfg!(target_os = "linux") && has_program("apt-get") {
        for need in &missing {
            eprintln!(
                "missing: {} ({}); package {}",
                need.what,
                need.why,
                need.packages.join(" ")
            );
        }
        reason = match apt_install(&packages) {
            Ok(()) => "installed, and still not found".to_owned(),
            Err(why) => format!(
                "{why}; install it with: apt-get install {}",
                packages.join(" ")
            ),
        };
    }
    missing
        .into_iter()
        .filter(|n| !(n.found)())
        .map(|n| (n.what, reason.clone()))
        .collect()
}

fn apt_install(packages: &[&str]) -> Result<(), String> {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    if !root && !has_program("sudo") {
        return Err("not root, and there is no sudo".to_owned());
    }
    let apt = |words: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        // apt's own output goes to the error stream: what a command prints stays clean.
        command
            .args(words)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
        command.status().is_ok_and(|s| s.success())
    };
    let mut install = vec!["install", "-y", "-q", "--no-install-recommends"];
    install.extend(packages);
    eprintln!(
        "installing {} with apt-get{}",
        packages.join(" "),
        if root { "" } else { " and sudo" }
    );
    // The list of packages may be missing or old: refresh it first.
    apt(&["update", "-q"]);
    if apt(&install) {
        Ok(())
    } else {
        Err("apt-get could not install it".to_owned())
    }
}

/// Whether a program is on the path.
pub fn has_program(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}

/// Whether some OpenGL driver is there: Mesa's software one will do.
fn has_driver() -> bool {
    let own = format!("/usr/lib/{}-linux-gnu/dri", std::env::consts::ARCH);
    let folders = [own.as_str(), "/usr/lib/dri", "/usr/lib64/dri"];
    folders
        .into_iter()
        .any(|f| std::fs::read_dir(f).is_ok_and(|mut d| d.next().is_some()))
}

fn has_library(name: &str) -> bool {
    let ldconfig = if Path::new("/sbin/ldconfig").exists() {
        "/sbin/ldconfig"
    } else {
        "ldconfig"
    };
    let out = Command::new(ldconfig).arg("-p").output();
    out.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).contains(name))
}

fn succeeds(program: &str, words: &[&str]) -> bool {
    let status = Command::new(program)
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|s| s.success())
}
