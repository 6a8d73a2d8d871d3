//! Golden tables: what every style plays, eight of them longer and with two seeds, as text that a change of notes
//! shows in a diff.
//!
//! One line a note: `bar.beat.tick lane pitch velocity duration`, bars and beats from 1.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use music::time::Meter;

use crate::clap_rig::ClapRig;
use crate::paths;
use crate::stage::{self, Cue, Sounded};

/// Styles with long tables, from different worlds.
pub const STYLES: [&str; 8] = [
    "lofi", "house", "rock", "funk", "jazz", "bossa", "trap", "ballad",
];
/// Seeds in the tables.
pub const SEEDS: [u16; 2] = [1, 7];
/// Length of the song whose notes they hold, and how much of it the other styles' tables hold.
const BARS: u16 = 16;
const OTHER_BARS: i32 = 6;

/// Every table: style and seed.
pub fn tables() -> Vec<(&'static str, u16)> {
    let mut all = Vec::new();
    for style in stage::styles() {
        let is_long = STYLES.contains(&style.stem.as_str());
        let seeds = if is_long { &SEEDS[..] } else { &SEEDS[..1] };
        all.extend(seeds.iter().map(|seed| (style.stem.as_str(), *seed)));
    }
    all
}

/// Where a table lies.
pub fn path(stem: &str, seed: u16) -> PathBuf {
    paths::root()
        .join("tests/golden")
        .join(format!("{stem}-{seed}.txt"))
}

/// What a style plays at present.
pub fn table(stem: &str, seed: u16) -> String {
    let mut cue = Cue::new(stage::style(stem), Meter::default(), BARS, seed);
    if !STYLES.contains(&stem) {
        // Where verse and chorus of most songs meet.
        cue.bars = 6..6 + OTHER_BARS;
    }
    let notes = cue.play();
    let bars = cue.bars.len();
    let mut text = format!(
        "# {stem}, seed {seed}, {bars} bars of 4/4 at {} BPM\n",
        cue.tempo_mbpm / 1000
    );
    for note in &notes {
        let _ = writeln!(text, "{}", line(&cue, note));
    }
    text
}

fn line(cue: &Cue, note: &Sounded) -> String {
    let bar_ticks = cue.meter.bar_ticks();
    let beat_ticks = bar_ticks / cue.meter.numerator as i64;
    let at = note.onset.0.max(0);
    let (bar, inside) = (at / bar_ticks + 1, at % bar_ticks);
    format!(
        "{bar}.{}.{:03} {} {} {} {}",
        inside / beat_ticks + 1,
        inside % beat_ticks,
        note.lane.id(),
        note.pitch.0,
        note.velocity,
        note.duration
    )
}

/// Rewrites every table, says how many lines of each changed, and adds new parameters to their list.
///
/// # Errors
/// When the plug-in cannot be loaded or the disk refuses.
pub fn bless(bundle: &Path) -> Result<()> {
    for (stem, seed) in tables() {
        let (path, new) = (path(stem, seed), table(stem, seed));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let before: std::collections::HashSet<&str> = old.lines().collect();
        let changed = new.lines().filter(|l| !before.contains(l)).count();
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        std::fs::write(&path, &new).with_context(|| format!("cannot write {}", path.display()))?;
        println!(
            "{stem}-{seed}: {} lines, {changed} new",
            new.lines().count()
        );
    }
    bless_params(bundle)
}

/// Where the frozen parameter ids lie.
pub fn params_path() -> PathBuf {
    paths::root().join("tests/params.txt")
}

/// Adds ids that the plug-in has and the list has not, each after the one before it. Takes none away: an
/// id that went missing is for the test to complain about.
fn bless_params(bundle: &Path) -> Result<()> {
    let path = params_path();
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let rig = ClapRig::load(bundle)?;
    let mut after = lines.iter().take_while(|l| l.starts_with('#')).count();
    for param in rig.params() {
        if let Some(at) = lines.iter().position(|l| *l == param.id) {
            after = at + 1;
        } else {
            println!("params: {} is new", param.id);
            lines.insert(after, param.id.clone());
            after += 1;
        }
    }
    std::fs::write(&path, lines.join("\n") + "\n")
        .with_context(|| format!("cannot write {}", path.display()))
}
