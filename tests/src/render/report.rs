//! `report.json`: what was asked for, what came out, how loud and how fast.

use std::path::Path;

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{Arguments, Choices, Song, decibels, loudness, mastering, meter_text, round};
use crate::clap_rig::ClapRig;
use crate::paths;

pub(super) fn make(
    rig: &mut ClapRig,
    bundle: &Path,
    arguments: &Arguments,
    choices: &Choices,
    song: &Song,
    load_ms: f64,
) -> Result<Value> {
    let mut report = json!({
        "settings": settings(arguments, choices),
        "parameters": parameters(rig)?,
        "notes": song.file.tracks.iter().map(|t| (t.lane.name().to_owned(), json!(t.notes.len()))).collect::<Map<_, _>>(),
        "timing": {
            "load_ms": round(load_ms, 1),
            "song_s": round(song.seconds, 2),
            "render_s": round(song.render_s, 2),
            "realtime_factor": round(song.take.places.len() as f64 * choices.block as f64 / choices.rate_hz / song.render_s, 1),
        },
        "plugin": {
            "binary_mb": round(std::fs::metadata(paths::clap_library(bundle))?.len() as f64 / 1e6, 2),
            "version": env!("CARGO_PKG_VERSION"),
        },
    });
    if !song.take.sound.is_empty() {
        report["mastering"] = mastering::report(rig)?;
        report["loudness"] = loudness::measure(&song.take.sound[0], choices.rate_hz)?;
        let peaks = rig
            .outputs
            .iter()
            .enumerate()
            .map(|(i, b)| (b.name.clone(), decibels(song.take.peak(i))));
        report["bus_peaks_dbfs"] = Value::Object(peaks.collect());
    }
    Ok(report)
}

fn settings(arguments: &Arguments, choices: &Choices) -> Value {
    json!({
        "style": choices.style_stem,
        "prompt": arguments.prompt,
        "not_understood": choices.not_understood,
        "key": music::pitch::PitchClass::SHARPS[choices.key.0 as usize % 12],
        "scale": choices.scale.name(),
        "tempo_bpm": choices.tempo_bpm,
        "meter": meter_text(choices.meter),
        "bars": choices.bars,
        "seed": choices.seed,
        "set": choices.set.iter().map(|(id, text)| (id.clone(), json!(text))).collect::<Map<_, _>>(),
        "rate_hz": choices.rate_hz,
        "block": choices.block,
        "count": arguments.count,
    })
}

/// Every parameter as the host shows it.
fn parameters(rig: &mut ClapRig) -> Result<Value> {
    let ids: Vec<String> = rig.params().iter().map(|p| p.id.clone()).collect();
    let mut texts = Map::new();
    for id in ids {
        let text = rig.text(&id)?;
        texts.insert(id, json!(text));
    }
    Ok(Value::Object(texts))
}
