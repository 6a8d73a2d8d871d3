//! The one tool to learn: builds, plays, tests, measures and installs MuseAroo.
//!
//! It links neither engines nor plug-in. What needs them is done by the binary `host`, which loads the
//! built `.clap` as a DAW would.

mod build;
mod bundle;
mod cli;
mod demo;
mod display;
mod editor;
mod host;
mod install;
mod musicality;
mod paths;
mod python;
mod standalone;
mod styles;
mod system;
mod test;

use std::process::ExitCode;

/// What the user can mend: one line, exit code 2.
#[derive(Debug)]
struct Usage(String);

impl std::fmt::Display for Usage {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// A program that we ran has said what is wrong; we end with its code.
#[derive(Debug)]
struct Ended(u8);

impl std::fmt::Display for Ended {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "ended with code {}", self.0)
    }
}

impl std::error::Error for Ended {}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match cli::run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(Ended(code)) = error.downcast_ref() {
                return ExitCode::from(*code);
            }
            if error.is::<Usage>() {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
