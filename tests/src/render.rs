//! A song rendered as a DAW would: the song goes into the built plug-in as state, the transport rolls, and
//! notes and sound come out of it.

pub mod arguments;
pub mod choices;
mod loudness;
pub mod mastering;
mod output;
mod progress;
mod report;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use files::midi::{FileNote, Mark, SongFile, Track};
use music::lane::Lane;
use music::pitch::Pitch;
use music::time::{Meter, TICKS_PER_QUARTER, Tick};
use serde_json::{Value, json};

use crate::clap_rig::{ClapRig, OutEvent};
use crate::saved;
use crate::script::{self, Script, Take};
pub use arguments::Arguments;
pub use choices::Choices;
pub use progress::Bar;

/// Seconds that roll on after the last bar, so that tails die away.
const TAIL_S: f64 = 4.0;

/// One rendered song.
pub struct Song {
    /// Notes and markers.
    pub file: SongFile,
    /// Everything that came out.
    pub take: Take,
    /// Seconds from bar 1 to the end of the last bar.
    pub seconds: f64,
    /// Seconds that rendering took.
    pub render_s: f64,
}

/// What a whole command made.
pub struct Made {
    /// Files, in the order in which they were written.
    pub files: Vec<PathBuf>,
    /// Seconds of music.
    pub seconds: f64,
    /// Seconds of work.
    pub render_s: f64,
    /// What the report says.
    pub report: Value,
}

/// Loads the plug-in, renders what is asked for and writes the files.
///
/// # Errors
/// [`arguments::Usage`] for what the user can mend; anything else is ours.
pub fn run(bundle: &Path, arguments: &Arguments) -> Result<Made> {
    let begun = Instant::now();
    let mut rig = ClapRig::load(bundle)?;
    let load_ms = begun.elapsed().as_secs_f64() * 1000.0;
    let choices = Choices::resolve(&mut rig, arguments)?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make {}", arguments.out.display()))?;
    output::write_all(&mut rig, bundle, arguments, choices, load_ms)
}

/// Gives the plug-in the song and plays it once. The rig must not be active.
///
/// # Errors
/// When the plug-in fails.
pub fn play(rig: &mut ClapRig, choices: &Choices, keep_sound: bool, bar: &mut Bar) -> Result<Song> {
    choices.apply(rig)?;
    let state = rig.save()?;
    let mut song = saved::field(&state, "song")?;
    choices.write_song(&mut song);
    let setup = mastering::setup(choices);
    let state = saved::with_field(&state, "song", &song)?;
    rig.restore(&saved::with_field(&state, "setup", &setup)?)?;
    rig.set_offline(true);
    let mut script = choices.script();
    let song_frames = script.frames;
    if choices.listens {
        mastering::listen(rig, &script)?;
    }
    rig.activate(script.rate_hz, script.block)?;
    // What a host evens out: everything comes so much later than it was asked for.
    let latency = u64::from(rig.latency_samples()?);
    script.frames += (TAIL_S * script.rate_hz) as u64 + latency;
    script.keep_sound = keep_sound;
    let begun = Instant::now();
    let mut take = script::roll_with(rig, &script, &mut |share| bar.set(share))?;
    take.come_earlier(latency);
    script::stop(rig, &script, &mut take)?;
    let render_s = begun.elapsed().as_secs_f64();
    rig.deactivate();
    let lead_sheet = saved::field(&rig.save()?, "lead_sheet")?;
    let seconds = song_frames as f64 / script.rate_hz;
    let file = song_file(rig, choices, &script, &take, &lead_sheet)?;
    Ok(Song {
        file,
        take,
        seconds,
        render_s,
    })
}

/// Notes by lane, with tempo, meter, key and the lead sheet's markers.
fn song_file(
    rig: &mut ClapRig,
    choices: &Choices,
    script: &Script,
    take: &Take,
    lead_sheet: &Value,
) -> Result<SongFile> {
    let end = Tick(choices.bars as i64 * choices.meter.bar_ticks());
    let channels = lane_channels(rig)?;
    let ticks_per_frame = choices.tempo_bpm * TICKS_PER_QUARTER as f64 / (60.0 * script.rate_hz);
    let mut tracks: Vec<Track> = channels
        .iter()
        .map(|(lane, channel)| Track {
            lane: *lane,
            channel: *channel,
            notes: Vec::new(),
        })
        .collect();
    let mut open: Vec<(u8, u8, Tick, u8)> = Vec::new();
    for (frame, event) in &take.events {
        let at = Tick((*frame as f64 * ticks_per_frame).round() as i64);
        match *event {
            OutEvent::On {
                channel,
                key,
                velocity,
            } => open.push((channel, key, at, velocity)),
            OutEvent::Off { channel, key } => {
                let Some(index) = open.iter().position(|o| (o.0, o.1) == (channel, key)) else {
                    continue;
                };
                let (_, _, onset, velocity) = open.remove(index);
                if let Some(track) = tracks.iter_mut().find(|t| t.channel == channel) {
                    let duration = (at.0 - onset.0).max(1);
                    track.notes.push(FileNote {
                        onset,
                        pitch: Pitch(key),
                        velocity,
                        duration,
                    });
                }
            }
            OutEvent::Other(_) => {}
        }
    }
    for track in &mut tracks {
        track.notes.retain(|note| note.onset < end);
        track.notes.sort();
    }
    Ok(SongFile {
        title: choices.title(),
        tempi: vec![(Tick(0), (60_000_000.0 / choices.tempo_bpm).round() as u32)],
        meters: vec![(Tick(0), choices.meter)],
        signature: Some(files::midi::signature(choices.key, choices.scale)),
        marks: marks(lead_sheet, end),
        tracks,
        end,
    })
}

/// The channel of each lane that plays, as the plug-in has it; lanes switched off keep their usual number.
fn lane_channels(rig: &mut ClapRig) -> Result<Vec<(Lane, u8)>> {
    Lane::PLAYED
        .into_iter()
        .map(|lane| {
            let channel = rig.value(&format!("{}_channel", lane.id()))?.round() as u8;
            Ok((lane, if channel == 0 { 0 } else { channel }))
        })
        .collect()
}

/// The lead sheet's marks before `end`.
fn marks(lead_sheet: &Value, end: Tick) -> Vec<(Tick, Mark)> {
    let list = lead_sheet
        .get("marks")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .filter_map(|mark| {
            let at = Tick(mark.get("tick")?.as_i64()?);
            let text = mark.get("text")?.as_str()?.to_owned();
            let mark = match mark.get("kind")?.as_str()? {
                "section" => Mark::Section(text),
                "chord" => Mark::Chord(text),
                _ => return None,
            };
            (at < end).then_some((at, mark))
        })
        .collect()
}

/// Level in dB of a linear peak; nothing below −120.
fn decibels(linear: f32) -> Value {
    if linear > 1e-6 {
        json!(round(20.0 * linear.log10() as f64, 2))
    } else {
        Value::Null
    }
}

fn round(value: f64, places: i32) -> f64 {
    let scale = 10f64.powi(places);
    (value * scale).round() / scale
}

/// A meter as text.
fn meter_text(meter: Meter) -> String {
    meter.to_string()
}
