//! `host groove`: the feel of a MIDI file into a groove file, and onto another file. Loads no plug-in.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use authoring::{groove_extract, groove_file, parts, problem};
use files::midi::AnyFile;
use music::groove::SwingUnit;
use music::lane::Lane;

use crate::render::arguments::usage;

/// What the user asked for.
#[derive(Default)]
struct Request {
    input: Option<PathBuf>,
    out: Option<PathBuf>,
    lane: Option<Lane>,
    onto: Option<PathBuf>,
    onto_lane: Option<Lane>,
    out_midi: Option<PathBuf>,
}

const OPTIONS: [&str; 4] = ["--out", "--lane", "--onto", "--out-midi"];

fn parse(words: &[String]) -> Result<Request> {
    let mut request = Request::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            if request.input.replace(word.into()).is_some() {
                bail!(usage(format!("one file at a time: what is \"{word}\"?")));
            }
            continue;
        }
        if !OPTIONS.contains(&word.as_str()) {
            bail!(usage(problem::unknown("option", word, &OPTIONS)));
        }
        let Some(value) = words.next() else {
            bail!(usage(format!("{word} needs a value")));
        };
        match word.as_str() {
            "--out" => request.out = Some(value.into()),
            "--onto" => request.onto = Some(value.into()),
            "--out-midi" => request.out_midi = Some(value.into()),
            _ => {
                let ids = Lane::PLAYED.map(Lane::id);
                let found = Lane::PLAYED.into_iter().find(|l| l.id() == value);
                let lane = found.ok_or_else(|| usage(problem::unknown("lane", value, &ids)))?;
                // Behind --onto it is the lane that takes the feel.
                match request.onto {
                    Some(_) => request.onto_lane = Some(lane),
                    None => request.lane = Some(lane),
                }
            }
        }
    }
    Ok(request)
}

/// `groove IN.mid --out NAME.toml [--lane drums] [--onto SONG.mid --lane bass --out-midi OUT.mid]`
///
/// # Errors
/// [`crate::render::arguments::Usage`] for files that are missing, broken or lack the lane.
pub fn command(words: &[String]) -> Result<()> {
    let request = parse(words)?;
    let Some(input) = &request.input else {
        bail!(usage(
            "groove needs a MIDI file: groove IN.mid --out NAME.toml"
        ));
    };
    if request.out.is_none() && request.onto.is_none() {
        bail!(usage("groove needs --out NAME.toml or --onto SONG.mid"));
    }
    if request.onto.is_some() != request.out_midi.is_some() {
        bail!(usage("--onto SONG.mid and --out-midi OUT.mid go together"));
    }
    let lane = request.lane.unwrap_or(Lane::Drums);
    let file = AnyFile::read(input).map_err(usage_of)?;
    let mut found = groove_extract::extract(&file, lane, None)
        .map_err(|said| usage(format!("{}: {said}", input.display())))?;
    let named = request.out.as_deref().unwrap_or(input);
    let stem = named.file_stem().unwrap_or_default().to_string_lossy();
    found.template.name = music::name(&stem);
    let (sd, lag1) = (
        found.template.residual_sd_us as f64 / 1000.0,
        found.template.residual_lag1 as f64 / 100.0,
    );
    let swing = found.swing();
    let unit = match swing.unit {
        SwingUnit::Eighth => "eighths",
        SwingUnit::Sixteenth => "sixteenths",
    };
    let swings = match swing.ratio {
        1000 => "straight".to_owned(),
        ratio => format!("{unit} {:.2} to 1", ratio as f64 / 1000.0),
    };
    println!(
        "{}: {} notes in {} bars, {swings}, remainder {sd:.1} ms, neighbours correlate {lag1:.2}",
        lane.id(),
        found.notes,
        found.bars
    );
    if let Some(out) = &request.out {
        let source = format!(
            "{} notes, {} bars of {}",
            found.notes,
            found.bars,
            input.file_name().unwrap_or_default().to_string_lossy()
        );
        let comments = [
            format!("{stem}: {}, {swings}.", lane.id()),
            "Sixteen steps of a 4/4 bar, four a beat. offset_ms: usual place against the grid, swing taken out \
             (negative is early)."
                .to_owned(),
            "Steps that were hardly struck take the mean of their kind (beat, eighth, sixteenth).".to_owned(),
        ];
        let text = groove_file::write(&found.template, &source, &comments);
        write(out, text.as_bytes())?;
    }
    if let (Some(onto), Some(out)) = (&request.onto, &request.out_midi) {
        let lane = request.onto_lane.unwrap_or(Lane::Drums);
        transplant(&found, onto, lane, out)?;
    }
    Ok(())
}

fn transplant(
    found: &groove_extract::Extracted,
    onto: &Path,
    lane: Lane,
    out: &Path,
) -> Result<()> {
    let bytes = std::fs::read(onto).map_err(|e| usage(format!("{}: {e}", onto.display())))?;
    let named = |said: String| usage(format!("{}: {said}", onto.display()));
    let mut song = AnyFile::from_bytes(&bytes).map_err(named)?;
    let before = groove_extract::extract(&song, lane, Some(found.swing())).map_err(named)?;
    let pitched = lane != Lane::Drums;
    let whole = song.clone();
    let lanes = parts::lanes_of(&whole);
    for (track, own) in song.tracks.iter_mut().zip(lanes) {
        if own == Some(lane) {
            let row = |note: &_| groove_extract::row(lane, note);
            groove_extract::transplant(&whole, &mut track.notes, row, &found.template, pitched);
        }
    }
    let after = groove_extract::extract(&song, lane, Some(found.swing())).map_err(named)?;
    write(out, &song.with_notes(&bytes).map_err(named)?)?;
    let apart = |of| groove_extract::residual_ms(found, of, pitched);
    match (apart(&before), apart(&after)) {
        (Some(before), Some(after)) => println!(
            "{} of {}: {before:.1} ms from the feel before, {after:.2} ms after",
            lane.id(),
            onto.display()
        ),
        _ => println!("{}: the feel says nothing about its pieces", lane.id()),
    }
    Ok(())
}

fn usage_of(error: impl Display) -> anyhow::Error {
    usage(error.to_string())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(path, bytes).with_context(|| path.display().to_string())?;
    println!("  {}", path.display());
    Ok(())
}
