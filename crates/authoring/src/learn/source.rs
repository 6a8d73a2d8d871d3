//! A MIDI file as bars of sixteen steps: who strikes what, the chords, and which bars stand together.

use files::midi::{AnyFile, FileNote};
use music::drum::PIECES;
use music::groove::GrooveSwing;
use music::lane::Lane;
use music::pitch::{Key, Pitch, Scale};
use music::plan::SectionKind;
use music::time::{BeatRole, Meter, TICKS_PER_STEP, Tick};

use super::bars;
use super::chords::{self, Sounding};
use crate::groove_extract::{STRAIGHT, estimate, row, steps_of};
use crate::parts;

/// Steps of a bar of common time.
pub const STEPS: usize = 16;

/// Bars that a file must have. Taste: less is a sound check.
const LEAST_BARS: usize = 2;
/// Longest song that is learnt from, in bars.
const MOST_BARS: usize = 2000;

/// A pitched note in its bar.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Step of the bar, 0–15.
    pub step: u8,
    /// Length in steps, at least 1.
    pub span: u8,
    /// Pitch.
    pub pitch: Pitch,
    /// How hard.
    pub velocity: u8,
    /// Ticks from the grid.
    pub late: i64,
}

/// One bar of a song.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Force of each piece at each step; 0 silent.
    pub kit: [[u8; STEPS]; PIECES],
    /// Bass, harmony, texture and melody, by [`Lane::index`].
    pub lanes: [Vec<Stroke>; 6],
    /// The chord of each half.
    pub chords: [Option<Sounding>; 2],
    /// What the bar belongs to, by its markers or by how full it is.
    pub kind: SectionKind,
    /// Whether a new section starts with it.
    pub starts: bool,
}

impl Bar {
    /// The strokes of a lane.
    pub fn lane(&self, lane: Lane) -> &[Stroke] {
        &self.lanes[lane.index()]
    }
}

/// A song.
#[derive(Clone, Debug)]
pub struct Song {
    /// Tempo of most of it, BPM.
    pub tempo_bpm: f64,
    /// Swing of its drums, or of everything.
    pub swing: GrooveSwing,
    /// Tonic.
    pub key: Key,
    /// Major or minor.
    pub scale: Scale,
    /// In order.
    pub bars: Vec<Bar>,
}

/// Reads a file.
///
/// # Errors
/// Why it is of no use.
pub fn song(file: AnyFile) -> Result<Song, String> {
    if file.tracks.iter().all(|t| t.notes.is_empty()) {
        return Err("has no notes".to_string());
    }
    let starts = file.bars();
    if starts.len() < LEAST_BARS {
        return Err("is shorter than two bars".to_string());
    }
    let count = starts.len().min(MOST_BARS);
    let lanes = parts::lanes_of(&file);
    let mut by_lane: [Vec<FileNote>; 6] = Default::default();
    for (track, lane) in file.tracks.iter().zip(&lanes) {
        if let Some(lane) = lane {
            by_lane[lane.index()].extend(&track.notes);
        }
    }
    for notes in &mut by_lane {
        notes.sort();
    }
    let swing = swing(&file, &by_lane);
    let mut out = vec![
        Bar {
            kit: [[0; STEPS]; PIECES],
            lanes: Default::default(),
            chords: [None; 2],
            kind: SectionKind::Verse,
            starts: false,
        };
        count
    ];
    for lane in Lane::PLAYED {
        let notes = &by_lane[lane.index()];
        for placed in steps_of(&file, notes, |n| row(lane, n), swing) {
            let Some(bar) = out.get_mut(placed.bar) else {
                continue;
            };
            let note = &notes[placed.note];
            if lane == Lane::Drums {
                let force = &mut bar.kit[placed.piece as usize][placed.step as usize];
                *force = note.velocity.max(*force);
            } else {
                let span = (note.duration + TICKS_PER_STEP / 2) / TICKS_PER_STEP;
                bar.lanes[lane.index()].push(Stroke {
                    step: placed.step,
                    span: span.clamp(1, STEPS as i64) as u8,
                    pitch: note.pitch,
                    velocity: note.velocity,
                    late: placed.late,
                });
            }
        }
    }
    for (bar, start) in out.iter_mut().zip(&starts) {
        complete(bar, start.meter);
        for lane in &mut bar.lanes {
            lane.sort_by_key(|s| (s.step, s.pitch));
        }
    }
    let (key, scale) = chords::key(&by_lane, &starts[..count], file.signature);
    chords::hear(&by_lane, &starts[..count], &mut out);
    bars::kinds(&file, &starts[..count], &mut out);
    let middle = Tick(starts[count / 2].start.0);
    Ok(Song {
        tempo_bpm: 60_000_000.0 / file.tempo_at(middle) as f64,
        swing,
        key,
        scale,
        bars: out,
    })
}

/// A meter without a third or fourth beat plays its down and back beats there, as patterns are laid.
fn complete(bar: &mut Bar, meter: Meter) {
    let beats = meter.beats();
    let backs = beats.iter().filter(|b| b.role == BeatRole::Back).count();
    let middle = beats
        .iter()
        .any(|b| matches!(b.role, BeatRole::Mid | BeatRole::Weak));
    let mut copy = |from: usize, to: usize| {
        for row in &mut bar.kit {
            row.copy_within(from * 4..from * 4 + 4, to * 4);
        }
        for lane in &mut bar.lanes {
            let own = lane.iter().filter(|s| s.step as usize / 4 == from);
            let moved: Vec<Stroke> = own
                .map(|s| Stroke {
                    step: s.step % 4 + to as u8 * 4,
                    ..*s
                })
                .collect();
            lane.extend(moved);
        }
    };
    if !middle {
        copy(0, 2);
    }
    if backs < 2 {
        copy(usize::from(backs == 1), 3);
    }
}

fn swing(file: &AnyFile, by_lane: &[Vec<FileNote>; 6]) -> GrooveSwing {
    for lane in [Lane::Drums, Lane::Harmony, Lane::Bass, Lane::Melody] {
        let notes = &by_lane[lane.index()];
        if notes.len() >= 32 {
            return estimate(file, notes, |n| row(lane, n));
        }
    }
    STRAIGHT
}
