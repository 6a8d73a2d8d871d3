//! The whole plug-in in a host.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::{Map, Value};

use super::{PASSES, figure};
use crate::clap_rig::{Buses, ClapRig, Transport};
use crate::paths;

const RATE_HZ: f64 = 48_000.0;
const TEMPO_BPM: f64 = 120.0;
/// Bars that are played; at 120 BPM a bar lasts two seconds.
const BARS: u64 = 24;
const BAR_FRAMES: u64 = 96_000;
/// Measured: of all styles it takes the player most instructions a second of audio.
const BUSIEST: &str = "Jungle";

pub(super) fn measure(bundle: &Path) -> Result<Map<String, Value>> {
    let mut figures = Map::new();
    figures.insert("load_ms".into(), figure(load_ms(bundle)?));
    figures.insert(
        "binary_mb".into(),
        figure(std::fs::metadata(paths::clap_library(bundle))?.len() as f64 / 1e6),
    );
    figures.insert("instance_mb".into(), figure(instance_mb(bundle)?));
    let (factor_512, _) = play(bundle, 512, None)?;
    let (busiest, _) = play(bundle, 512, Some(BUSIEST))?;
    let (factor_64, worst) = play(bundle, 64, None)?;
    figures.insert("realtime_factor_busiest".into(), figure(busiest));
    figures.insert("realtime_factor_512".into(), figure(factor_512));
    figures.insert("realtime_factor_64".into(), figure(factor_64));
    figures.insert("block_64_worst_share".into(), figure(worst));
    Ok(figures)
}

/// Load, make an instance, activate, play one block; the middle one of five.
fn load_ms(bundle: &Path) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..PASSES {
        let begun = Instant::now();
        let mut rig = ClapRig::load(bundle)?;
        rig.activate(RATE_HZ, 512)?;
        rig.block(512, Some(&at(0)), &[], Buses::All)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[PASSES / 2])
}

fn instance_mb(bundle: &Path) -> Result<f64> {
    const INSTANCES: usize = 6;
    let mut rigs = vec![ready(bundle)?];
    let before = resident_bytes();
    for _ in 0..INSTANCES {
        rigs.push(ready(bundle)?);
    }
    Ok((resident_bytes() - before) / INSTANCES as f64 / 1e6)
}

fn ready(bundle: &Path) -> Result<ClapRig> {
    let mut rig = ClapRig::load(bundle)?;
    rig.activate(RATE_HZ, 512)?;
    for block in 0..100 {
        rig.block(512, Some(&at(block * 512)), &[], Buses::All)?;
    }
    Ok(rig)
}

/// Memory of this process that is in use; 0 where the system does not say so in a file.
fn resident_bytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = text
        .split_whitespace()
        .nth(1)
        .and_then(|p| p.parse().ok())
        .unwrap_or(0.0);
    pages * 4096.0
}

/// Times faster than real time in a style, else the usual one, and the dearest block that holds a bar's start as a share of its time.
/// The time is that of the plug-in's `process`, all stems connected. Passes repeat the same bars from a reset, so that block `n` does the same work in each.
fn play(bundle: &Path, frames: u64, style: Option<&str>) -> Result<(f64, f64)> {
    let blocks = BARS * BAR_FRAMES / frames;
    let mut least = vec![f64::MAX; blocks as usize];
    for _ in 0..PASSES {
        let mut rig = ClapRig::load(bundle)?;
        if let Some(style) = style {
            rig.set("style", style)?;
        }
        rig.activate(RATE_HZ, frames as usize)?;
        for block in 0..blocks {
            let transport = at(block * frames);
            let played = rig.block(frames as usize, Some(&transport), &[], Buses::All)?;
            let slot = &mut least[block as usize];
            *slot = slot.min(played.seconds);
        }
    }
    let total: f64 = least.iter().sum();
    let length = frames as f64 / RATE_HZ;
    // Bars are prepared at or just before their line: the blocks around it count.
    let near_bar = |block: u64| {
        let inside = (block * frames) % BAR_FRAMES;
        inside < 2 * frames || inside + 8 * frames > BAR_FRAMES
    };
    let worst = (0..blocks)
        .filter(|b| near_bar(*b))
        .map(|b| least[b as usize])
        .fold(0.0, f64::max);
    Ok((blocks as f64 * length / total, worst / length))
}

fn at(frame: u64) -> Transport {
    let beats = frame as f64 * TEMPO_BPM / (60.0 * RATE_HZ);
    Transport {
        tempo_bpm: TEMPO_BPM,
        playing: true,
        beats,
        seconds: frame as f64 / RATE_HZ,
        cycle: None,
        meter: (4, 4),
        bar_start: (beats / 4.0).floor() * 4.0,
        bar_number: (beats / 4.0).floor() as i32,
    }
}
