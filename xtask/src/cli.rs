//! Commands, their help, and what to do about a mistyped one.

use std::io::Write;

use anyhow::{Result, bail};

use crate::{Usage, bundle, demo, host, install, musicality, standalone, styles, test};

/// A command: its word, one line about it, its help, and what it does with the words after it.
struct Command {
    word: &'static str,
    line: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: [Command; 14] = [
    Command {
        word: "demo",
        line: "build, load the built .clap, play a 32-bar song into target/demo/",
        help: "cargo xtask demo [options of render]\n\n\
               Builds the plug-in, loads it in a host with a rolling transport and writes target/demo/:\n\
               song.mid, mix.wav, stems/*.wav, song.png and report.json.",
        run: demo::demo,
    },
    Command {
        word: "test",
        line: "every test, and the list of what could not be tested here",
        help: "cargo xtask test [WORD]\n\n\
               Sets up what it needs (system packages with apt where that exists, Python hosts in target/venv),\n\
               builds, runs every test and ends with one line: N passed, N failed.\n\
               WORD runs only the tests and checks whose names hold it.",
        run: test::run,
    },
    Command {
        word: "render",
        line: "what a DAW would get: MIDI, mix and stems of a song",
        help: "cargo xtask render --out DIR [options]\n\n\
               --style NAME          stem of a style file: `cargo xtask styles` lists them\n\
               --prompt TEXT         words: \"slow lo-fi in D minor, no drums\"; options win over them\n\
               --key \"D minor\"       tonic and scale\n\
               --tempo 92            quarter notes a minute (default: the style's)\n\
               --meter 7/8           meter\n\
               --bars 32             length, 4 to 400\n\
               --seed 7              0 to 9999\n\
               --set PARAM_ID=VALUE  any parameter, as the host shows it: \"humanize=100 %\"; repeat at will\n\
               --rate 48000          samples a second\n\
               --block 512           frames a block\n\
               --count N             N songs with seeds counting up: song-0001.mid ...\n\
               --no-audio            notes only
               --loudness LUFS       mix the song first, to an integrated loudness
               --ceiling DBTP        no peak between samples above this
               --master on|off       off: the plain sum of stems and returns
               --reference FILE      mix the song first, towards another piece
               --amount PERCENT      how far towards it",
        run: demo::render,
    },
    Command {
        word: "bundle",
        line: "build MuseAroo.clap and MuseAroo.vst3 into target/bundled/",
        help: "cargo xtask bundle [--release]\n\n\
               Without --release the build is optimised and quick; with it, smaller and a little faster.",
        run: bundle::command,
    },
    Command {
        word: "install",
        line: "build the release and put it into your plug-in folders",
        help: "cargo xtask install\n\n\
               Linux: ~/.clap and ~/.vst3. macOS: ~/Library/Audio/Plug-Ins. Windows: %LOCALAPPDATA%\\Programs\\Common.",
        run: install::command,
    },
    Command {
        word: "run",
        line: "open MuseAroo in a window of its own",
        help: "cargo xtask run [-- options of the standalone program]\n\n\
               Plays through JACK or ALSA. `-- --backend dummy` runs without a sound card, `-- --help` lists the rest.\n\
               Close the window to end.",
        run: standalone::command,
    },
    Command {
        word: "styles",
        line: "list the styles, or have them checked",
        help: "cargo xtask styles [--check [NAME]...]\n\n\
               Name, name on screen, genre, slot and tempo of every built-in style.\n\
               --check says what is weak in them: variants that nothing reaches, sections without a fill, empty lanes.",
        run: styles::command,
    },
    Command {
        word: "groove",
        line: "the feel of a MIDI file as a groove file, and onto other notes",
        help: "cargo xtask groove IN.mid --out NAME.toml [--lane drums] [--onto SONG.mid --lane bass --out-midi OUT.mid]\n\n\
               Measures where a lane's players really play: usual place and force of each piece at each step, swing\n\
               told apart, and how the rest drifts. Put the file into presets/grooves/ or grooves/ of your own folder.\n\
               --lane NAME           drums (default), bass, harmony, texture or melody; behind --onto: who takes the feel\n\
               --onto SONG.mid       lays the feel on a lane of another file and says how near it comes, in ms\n\
               --out-midi OUT.mid    where that goes; everything but the lane's notes stays as it was",
        run: |words| host::engines_only("groove", words),
    },
    Command {
        word: "learn",
        line: "a folder of MIDI files as one style file",
        help: "cargo xtask learn FOLDER --out NAME.toml [--name \"My style\"]\n\n\
               Counts what the songs have in common: tempo, swing, hit rates and forces of the kit, fills, bass against\n\
               the chords, comping, progressions, rhythms of the tune. Passages are not kept. Form and mix come from the\n\
               nearest built-in style. Broken files are named and left out. Put the file into styles/ of your own folder\n\
               and edit it like any style.",
        run: |words| host::engines_only("learn", words),
    },
    Command {
        word: "bless",
        line: "rewrite the golden note tables and the list of parameters",
        help: "cargo xtask bless\n\n\
               Rewrites tests/golden/ with what the engines play at present, and adds new parameters to\n\
               tests/params.txt. Say in the commit what changed and why.",
        run: |words| {
            no_more(words)?;
            host::with_bundle("bless", words)
        },
    },
    Command {
        word: "musicality",
        line: "compare rendered songs with human music",
        help: "cargo xtask musicality [--count 260] [--seed 1] [--bars 64] [--variety 1000] [--kit FOLDER]\n\
               [--out DIR]\n\n\
               Renders songs of 20 styles or more from the built plug-in, compares them with human bands by the\n\
               evaluation kit (default: ../shared/musicality beside the checkout), makes the kit's bad controls, prints\n\
               every target, then what songs of a style and pairs of styles share over so many seeds (0: leaves that\n\
               out), and writes report.json and musicality.png into target/musicality/.",
        run: musicality::command,
    },
    Command {
        word: "bench",
        line: "measure the engines and the whole plug-in",
        help: "cargo xtask bench [--json FILE]\n\n\
               Prints costs against their goals. Close other programs: the figures are of this machine, as it is.",
        run: demo::bench,
    },
    Command {
        word: "shot",
        line: "a picture of the editor from a real embedded window",
        help: "cargo xtask shot --out FILE.png [--scale 2] [--set PARAM_ID=VALUE]... [--click X,Y]...\n\
               cargo xtask shot --all | --bless\n\n\
               Opens the editor in a host's window under Xvfb, plays a while and takes the picture.\n\
               Clicks are in points of the editor, one after the other, and need xdotool.\n\n\
               --all draws every panel in every theme at both scales into target/shots, without a screen or a host.\n\
               --bless takes what is drawn at present as right: the pictures that the tests compare with.",
        run: host::shot,
    },
    Command {
        word: "help",
        line: "this list",
        help: "cargo xtask help",
        run: |_| overview(),
    },
];

/// Runs a command line.
pub fn run(words: &[String]) -> Result<()> {
    let Some((word, rest)) = words.split_first() else {
        return overview();
    };
    if matches!(word.as_str(), "--help" | "-h") {
        return overview();
    }
    let Some(command) = COMMANDS.iter().find(|c| c.word == word) else {
        let near = nearest(word, COMMANDS.iter().map(|c| c.word)).unwrap_or("help");
        bail!(Usage(format!(
            "unknown command \"{word}\", nearest is \"{near}\""
        )));
    };
    let own = rest.iter().take_while(|w| *w != "--");
    if own.into_iter().any(|w| w == "--help" || w == "-h") {
        say(command.help);
        return Ok(());
    }
    (command.run)(rest)
}

/// Refuses words after a command that takes none.
pub fn no_more(words: &[String]) -> Result<()> {
    match words.first() {
        Some(word) => bail!(Usage(format!(
            "unknown option \"{word}\": this command takes none"
        ))),
        None => Ok(()),
    }
}

fn overview() -> Result<()> {
    say("cargo xtask COMMAND [options]; each command has --help\n");
    for command in &COMMANDS {
        say(&format!("  {:<11} {}", command.word, command.line));
    }
    Ok(())
}

/// Prints a line; a reader that has heard enough (`| head`) is no mistake.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The word that takes the fewest edits to get to (Levenshtein distance).
pub fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words.min_by_key(|word| edits(text, word))
}

fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_command_names_the_nearest() {
        let error = run(&["redner".into()]).unwrap_err();
        assert!(error.is::<Usage>());
        assert_eq!(
            error.to_string(),
            "unknown command \"redner\", nearest is \"render\""
        );
        assert_eq!(edits("kitten", "sitting"), 3);
    }

    #[test]
    fn every_command_has_help_that_names_it() {
        for command in &COMMANDS {
            assert!(
                command
                    .help
                    .starts_with(&format!("cargo xtask {}", command.word)),
                "{}",
                command.word
            );
        }
    }
}
