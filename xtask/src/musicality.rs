//! `cargo xtask musicality`: is the music inside what people play?
//!
//! Renders songs from the built plug-in (MIDI only, humanize 100 %), lets the evaluation kit beside the checkout
//! compare them with human bands, makes the kit's bad controls of the same songs, and holds all of it against the
//! targets. What comes out lies in target/musicality: the songs, the kit's answers, report.json and a picture.
//! The kit uses none of our code; nothing here judges by itself what is good.

mod targets;
mod variety;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{Usage, host, paths, python, styles};
use targets::Row;

/// Where the evaluation kit is looked for: beside the checkout.
const KIT: &str = "../shared/musicality";
/// Fewest styles of the protocol, and the songs that each has.
const STYLES: usize = 20;
const SEEDS: usize = 10;
/// Songs where no count is asked for: all pop-like styles and two of most kinds of drummers.
const COUNT: usize = 260;
/// Songs of each kind of music that the controls are made of.
const CONTROLS_OF: usize = 30;

struct Options {
    count: usize,
    first_seed: u32,
    bars: u32,
    variety: usize,
    kit: PathBuf,
    out: PathBuf,
}

/// The command.
pub fn command(words: &[String]) -> Result<()> {
    let options = parse(words)?;
    if !options.kit.join("evaluate.py").exists() {
        bail!(Usage(format!(
            "no evaluate.py in {}: --kit FOLDER says where the evaluation kit lies",
            options.kit.display()
        )));
    }
    let python = python::interpreter()?;
    let (bundles, command) = host::ready()?;
    let host = PathBuf::from(command.get_program());
    let songs = render(&options, &host, &bundles.clap)?;
    let mut groups = BTreeMap::new();
    for (reference, files) in &songs {
        eprintln!(" comparing {} songs with {reference}", files.len());
        let json = options.out.join(format!("{reference}.json"));
        groups.insert(
            reference.clone(),
            evaluate(&python, &options.kit, reference, files, &json)?,
        );
    }
    let controls = match songs.get("pop") {
        Some(files) => make_controls(&options, &python, files)?,
        None => BTreeMap::new(),
    };
    let rows = targets::judge(&groups);
    print_rows(&rows);
    let variety = match options.variety {
        0 | 1 => Value::Null,
        seeds => variety::measure(&host, &options.out, seeds)?,
    };
    let report = options.out.join("report.json");
    let all = json!({
        "songs": songs.iter().map(|(r, f)| (r.clone(), f.len())).collect::<BTreeMap<_, _>>(),
        "bars": options.bars,
        "first_seed": options.first_seed,
        "rows": rows.iter().map(Row::json).collect::<Vec<_>>(),
        "chart": targets::chart(&groups, &controls),
        "variety": variety,
    });
    fs::write(&report, serde_json::to_string_pretty(&all)? + "\n")?;
    let picture = options.out.join("musicality.png");
    host::finish(Command::new(&host).arg("chart").arg(&report).arg(&picture))?;
    println!(
        "{}, {} and the kit's answers are in {}",
        paths::shown(&report),
        paths::shown(&picture),
        paths::shown(&options.out)
    );
    Ok(())
}

fn parse(words: &[String]) -> Result<Options> {
    let mut options = Options {
        count: COUNT,
        first_seed: 1,
        bars: 64,
        variety: 1000,
        kit: paths::root().join(KIT),
        out: paths::target().join("musicality"),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .ok_or_else(|| Usage(format!("{word} needs a value")))
        };
        let number = |text: &String, least: u32, most: u32| match text.parse::<u32>() {
            Ok(n) if (least..=most).contains(&n) => Ok(n),
            _ => Err(Usage(format!("{word} needs {least} to {most}, not {text}"))),
        };
        match word.as_str() {
            "--count" => options.count = number(value()?, 1, 100_000)? as usize,
            "--seed" => options.first_seed = number(value()?, 0, 9999)?,
            "--bars" => options.bars = number(value()?, 4, 400)?,
            "--variety" => options.variety = number(value()?, 0, 9999)? as usize,
            "--kit" => options.kit = PathBuf::from(value()?),
            "--out" => options.out = PathBuf::from(value()?),
            other => bail!(Usage(format!(
                "unknown option \"{other}\": there are --count, --seed, --bars, --variety, --kit and --out"
            ))),
        }
    }
    Ok(options)
}

/// Songs by reference, rendered by the plug-in: as many of each style.
fn render(options: &Options, host: &Path, clap: &Path) -> Result<BTreeMap<String, Vec<PathBuf>>> {
    let mut by_reference: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for style in styles::all()? {
        let reference = match style.reference.as_str() {
            "" => "none".to_owned(),
            word => word.to_owned(),
        };
        by_reference.entry(reference).or_default().push(style.stem);
    }
    let chosen = chosen(&by_reference, (options.count / SEEDS).max(STYLES));
    let seeds = options.count.div_ceil(chosen.len().max(1));
    let mut songs: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (index, (reference, stem)) in chosen.iter().enumerate() {
        eprintln!(
            " rendering {stem}: {seeds} songs ({} of {} styles)",
            index + 1,
            chosen.len()
        );
        let folder = options.out.join("songs").join(stem);
        let _ = fs::remove_dir_all(&folder);
        let mut command = Command::new(host);
        command
            .arg("render")
            .arg(clap)
            .arg("--out")
            .arg(&folder)
            .args(["--style", stem, "--no-audio"])
            .args(["--set", "humanize=100 %"])
            .args(["--bars", &options.bars.to_string()])
            .args(["--seed", &options.first_seed.to_string()])
            .args(["--count", &seeds.to_string()]);
        host::finish(command.stdout(Stdio::null()))?;
        // The kit tells songs apart by file name.
        for number in 1..=seeds {
            let from = folder.join(format!("song-{number:04}.mid"));
            let to = folder.join(format!("{stem}-{number:04}.mid"));
            fs::rename(&from, &to)
                .with_context(|| format!("the render left no {}", from.display()))?;
            songs.entry(reference.clone()).or_default().push(to);
        }
    }
    Ok(songs)
}

/// The styles that are drawn, each with its reference, `most` in all but never fewer than the kit needs: every pop-like
/// one, since what holds for pop must hold for each of them; then styles in turn from every other kind of music.
fn chosen(by_reference: &BTreeMap<String, Vec<String>>, most: usize) -> Vec<(String, String)> {
    let pair = |reference: &String, stem: &String| (reference.clone(), stem.clone());
    let mut chosen: Vec<(String, String)> = Vec::new();
    let (pop, others): (Vec<_>, Vec<_>) = by_reference.iter().partition(|(r, _)| *r == "pop");
    for (reference, stems) in pop {
        chosen.extend(stems.iter().map(|stem| pair(reference, stem)));
    }
    let most = most.max(chosen.len() + others.len());
    let longest = others.iter().map(|(_, stems)| stems.len()).max();
    for place in 0..longest.unwrap_or(0) {
        for (reference, stems) in &others {
            if let Some(stem) = stems.get(place).filter(|_| chosen.len() < most) {
                chosen.push(pair(reference, stem));
            }
        }
    }
    chosen
}

/// The kit's answer about some files.
fn evaluate(
    python: &Path,
    kit: &Path,
    style: &str,
    files: &[PathBuf],
    json: &Path,
) -> Result<Value> {
    let style = if style == "none" { "all" } else { style };
    let text = json.with_extension("txt");
    let out =
        fs::File::create(&text).with_context(|| format!("cannot write {}", text.display()))?;
    let status = Command::new(python)
        .arg(kit.join("evaluate.py"))
        .args(files)
        .args(["--style", style])
        .arg("--json")
        .arg(json)
        .stdin(Stdio::null())
        .stdout(out)
        .status()
        .context("cannot run evaluate.py")?;
    if !status.success() {
        bail!(
            "evaluate.py ended with {status}; it said what it had in {}",
            text.display()
        );
    }
    Ok(serde_json::from_str(&fs::read_to_string(json)?)?)
}

/// The kit's bad variants of some songs, judged like the songs, by the name of the control.
fn make_controls(
    options: &Options,
    python: &Path,
    files: &[PathBuf],
) -> Result<BTreeMap<String, Value>> {
    eprintln!(" making the bad controls");
    let folder = options.out.join("controls");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let every = files.len().div_ceil(CONTROLS_OF).max(1);
    let status = Command::new(python)
        .arg(options.kit.join("controls.py"))
        .args(files.iter().step_by(every))
        .arg("--out")
        .arg(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .context("cannot run controls.py")?;
    if !status.success() {
        bail!("controls.py ended with {status}");
    }
    let mut by_control: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // pop-0003_random_in_key
        let after = stem.split_once('_').map(|(_, control)| control.to_owned());
        if let Some(control) = after.filter(|_| path.extension().is_some_and(|e| e == "mid")) {
            by_control.entry(control).or_default().push(path);
        }
    }
    let mut judged = BTreeMap::new();
    for (control, mut files) in by_control {
        files.sort();
        let json = folder.join(format!("{control}.json"));
        judged.insert(
            control,
            evaluate(python, &options.kit, "pop", &files, &json)?,
        );
    }
    Ok(judged)
}

fn print_rows(rows: &[Row]) {
    println!(
        "\n{:<10} {:<38} {:>9} {:>17} {:>8}  target",
        "songs", "metric", "median", "human band", "inside"
    );
    for row in rows {
        println!("{}", row.line());
    }
    let met = rows.iter().filter(|r| r.met == Some(true)).count();
    let missed = rows.iter().filter(|r| r.met == Some(false)).count();
    println!("\n{met} targets met, {missed} missed");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> BTreeMap<String, Vec<String>> {
        let sizes = [
            ("afrobeat", 1),
            ("jazz", 5),
            ("none", 28),
            ("pop", 10),
            ("rock", 9),
        ];
        let stems = |name: &str, count| (0..count).map(|n| format!("{name}-{n}")).collect();
        sizes
            .map(|(name, count)| (name.to_owned(), stems(name, count)))
            .into()
    }

    fn drawn(most: usize) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (reference, _) in chosen(&library(), most) {
            *counts.entry(reference).or_default() += 1;
        }
        counts
    }

    #[test]
    fn every_pop_like_style_is_drawn_and_every_kind_of_drummer() {
        for most in [0, 20, 26, 100] {
            let drawn = drawn(most);
            assert_eq!(drawn["pop"], 10, "{most}");
            assert_eq!(drawn.len(), 5, "{most}: {drawn:?}");
        }
    }

    #[test]
    fn the_others_come_in_turn_up_to_the_number_asked_for() {
        assert_eq!(drawn(20).values().sum::<usize>(), 20);
        assert_eq!((drawn(20)["jazz"], drawn(20)["rock"]), (3, 3));
        assert_eq!(drawn(100).values().sum::<usize>(), 53);
    }

    #[test]
    fn the_styles_at_hand_have_all_pop_like_ones_among_the_usual_songs() {
        let styles = styles::all().unwrap();
        let pop = styles.iter().filter(|s| s.reference == "pop").count();
        let mut by_reference: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for style in styles {
            by_reference
                .entry(style.reference)
                .or_default()
                .push(style.stem);
        }
        let drawn = chosen(&by_reference, COUNT / SEEDS);
        assert_eq!(drawn.len(), COUNT / SEEDS);
        assert!(drawn.len() >= STYLES && pop >= 10);
        assert_eq!(drawn.iter().filter(|d| d.0 == "pop").count(), pop);
    }
}
