//! The standalone window: the same plug-in over JACK, ALSA, CoreAudio or WASAPI, or over a dummy backend
//! for tests (`--backend dummy`).
//!
//! Decides what the framework leaves open: without a screen or a sound device it says what to do and ends
//! with code 1, where the framework would panic or open a silent window.

use std::process::ExitCode;

use musearoo::MuseAroo;
use nice_plug::prelude::nice_export_standalone_with_args;

/// Sound systems to try when none is asked for, in this order.
const BACKENDS: &[&str] = if cfg!(target_os = "macos") {
    &["jack", "core-audio"]
} else if cfg!(target_os = "windows") {
    &["jack", "wasapi"]
} else {
    &["jack", "alsa"]
};

fn main() -> ExitCode {
    if !musearoo::machine::suits() {
        return ExitCode::FAILURE;
    }
    let words: Vec<String> = std::env::args().collect();
    let asks = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if asks(&["--help", "-h", "--version", "-V"]) {
        // The framework prints and ends the process.
        nice_export_standalone_with_args::<MuseAroo, _>(words);
        return ExitCode::SUCCESS;
    }
    if let Err(reason) = screen() {
        eprintln!(
            "error: MuseAroo opens a window, and {reason}. Start it from a desktop session, \
             or in a screen in memory: xvfb-run -a cargo xtask run -- --backend dummy"
        );
        return ExitCode::FAILURE;
    }
    // The framework takes Ctrl-C and does nothing with it while a window is open.
    eprintln!("MuseAroo opens its window; close the window to end.");
    if let Some(backend) = backend_of(&words) {
        let backend = backend.to_owned();
        return if nice_export_standalone_with_args::<MuseAroo, _>(words) {
            ExitCode::SUCCESS
        } else {
            no_sound(&backend)
        };
    }
    for backend in BACKENDS {
        let mut words = without_backend(&words);
        words.extend(["--backend".to_owned(), (*backend).to_owned()]);
        if nice_export_standalone_with_args::<MuseAroo, _>(words) {
            return ExitCode::SUCCESS;
        }
    }
    no_sound(&BACKENDS.join(" or "))
}

fn no_sound(backend: &str) -> ExitCode {
    if backend == "dummy" {
        eprintln!("error: the window did not open; the reason is above.");
        return ExitCode::FAILURE;
    }
    eprintln!(
        "error: no sound through {backend}; the reason is above. Start a JACK server or PipeWire, or connect \
         a sound device. `--backend dummy` opens the window without sound; `--help` lists devices and rates."
    );
    ExitCode::FAILURE
}

/// The sound system that the user asks for; `auto` leaves it to us.
fn backend_of(words: &[String]) -> Option<&str> {
    let mut words = words.iter();
    let mut asked = None;
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "--backend" | "-b") {
            // Without a value the framework says what is missing.
            asked = Some(words.next().map_or("", String::as_str));
        } else if let Some(value) = word
            .strip_prefix("--backend=")
            .or_else(|| word.strip_prefix("-b"))
        {
            asked = Some(value.trim_start_matches('='));
        }
    }
    asked.filter(|name| *name != "auto")
}

/// The words without `--backend auto`, which would be said twice.
fn without_backend(words: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--backend" | "-b" => _ = words.next(),
            "--backend=auto" | "-bauto" | "-b=auto" => {}
            _ => kept.push(word.clone()),
        }
    }
    kept
}

/// Whether a window can be opened at all: the framework panics where there is no X server.
#[cfg(target_os = "linux")]
fn screen() -> Result<(), String> {
    match std::env::var("DISPLAY") {
        Err(_) => Err("there is no X server: DISPLAY is not set".to_owned()),
        Ok(name) => match x11rb::connect(None) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("no X server answers at \"{name}\" ({error})")),
        },
    }
}

#[cfg(not(target_os = "linux"))]
fn screen() -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_sound_system_that_is_asked_for_is_the_only_one_tried() {
        for line in [
            "x --backend dummy",
            "x -r 44100 -b dummy",
            "x -bdummy",
            "x --backend=dummy",
        ] {
            assert_eq!(backend_of(&words(line)), Some("dummy"), "{line}");
        }
        assert_eq!(backend_of(&words("x --backend")), Some(""));
        for line in ["x", "x --backend auto", "x -b auto", "x --backend=auto"] {
            assert_eq!(backend_of(&words(line)), None, "{line}");
            assert_eq!(without_backend(&words(line)), ["x"], "{line}");
        }
    }
}
