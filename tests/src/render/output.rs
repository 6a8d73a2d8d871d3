//! The files of a render.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use files::picture::{self, Caption};
use files::wav::{self, Audio};
use serde_json::Value;

use super::{Arguments, Bar, Choices, Made, Song, meter_text, play, report};
use crate::clap_rig::ClapRig;

/// Renders and writes everything that the arguments ask for.
pub(super) fn write_all(
    rig: &mut ClapRig,
    bundle: &Path,
    arguments: &Arguments,
    choices: Choices,
    load_ms: f64,
) -> Result<Made> {
    let begun = Instant::now();
    let mut made = Made {
        files: Vec::new(),
        seconds: 0.0,
        render_s: 0.0,
        report: Value::Null,
    };
    let songs = arguments.count.unwrap_or(1);
    for index in 0..songs {
        let mut choices = choices.clone();
        choices.seed = (choices.seed as u32 + index).min(9999) as u16;
        let label = if songs > 1 {
            format!("song {}", index + 1)
        } else {
            "rendering".to_owned()
        };
        let mut bar = if songs > 20 {
            Bar::quiet()
        } else {
            Bar::new(&label)
        };
        let song = play(rig, &choices, !arguments.no_audio, &mut bar)?;
        made.seconds += song.seconds;
        made.render_s += song.render_s;
        let suffix = if arguments.count.is_some() {
            format!("-{:04}", index + 1)
        } else {
            String::new()
        };
        made.files
            .extend(write_song(rig, arguments, &choices, &song, &suffix)?);
        if index == 0 {
            made.report = report::make(rig, bundle, arguments, &choices, &song, load_ms)?;
        }
    }
    made.report["timing"]["total_s"] = super::round(begun.elapsed().as_secs_f64(), 2).into();
    let path = arguments.out.join("report.json");
    std::fs::write(&path, serde_json::to_string_pretty(&made.report)? + "\n")
        .with_context(|| format!("cannot write {}", path.display()))?;
    made.files.push(path);
    Ok(made)
}

fn write_song(
    rig: &ClapRig,
    arguments: &Arguments,
    choices: &Choices,
    song: &Song,
    suffix: &str,
) -> Result<Vec<PathBuf>> {
    let out = &arguments.out;
    let mut written = vec![out.join(format!("song{suffix}.mid"))];
    song.file.write(&written[0])?;
    if arguments.no_audio {
        return Ok(written);
    }
    let audio = |bus: usize| Audio {
        rate_hz: choices.rate_hz as u32,
        channels: song.take.sound[bus].clone(),
    };
    let mix = audio(0);
    let path = out.join(format!("mix{suffix}.wav"));
    wav::write(&path, &mix)?;
    written.push(path);
    if !suffix.is_empty() {
        return Ok(written);
    }
    let stems = out.join("stems");
    std::fs::create_dir_all(&stems).with_context(|| format!("cannot make {}", stems.display()))?;
    for (index, bus) in rig.outputs.iter().enumerate().skip(1) {
        // Vocal has its bus and no engine yet: a silent file would only puzzle.
        if bus.name != "Vocal" {
            let path = stems.join(format!("{}.wav", bus.name.to_lowercase()));
            wav::write(&path, &audio(index))?;
            written.push(path);
        }
    }
    let path = out.join("song.png");
    let caption = Caption {
        title: choices.title(),
        detail: format!(
            "{} BPM   {}   {} bars   seed {}",
            super::round(choices.tempo_bpm, 2),
            meter_text(choices.meter),
            choices.bars,
            choices.seed
        ),
    };
    picture::write(&path, &song.file, Some((&mix, song.seconds)), &caption, 2.0)?;
    written.push(path);
    Ok(written)
}
