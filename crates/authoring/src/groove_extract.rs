//! Takes the feel out of a MIDI file and lays it on other notes: where each step really falls, how hard it is
//! struck, and how much of that is swing.
//!
//! Every onset is compared with the nearest sixteenth of its bar, at the tempo there; steps count as patterns
//! do, by beat, so that a file in 7/8 gives the same sixteen places. Lateness that all off-beats share is
//! swing ([`swing`]) and is told apart; the rest is the usual place of a piece at a step, and what that does
//! not explain is the remainder, which drifts. Takes its time; never on the audio thread.

mod grid;
mod measure;
mod swing;
mod transplant;

use files::midi::{AnyFile, FileNote};
use music::drum::{PIECES, Piece};
use music::groove::{GROOVE_STEPS, GrooveSwing, GrooveTemplate, SwingUnit};
use music::lane::Lane;

use crate::parts;
use grid::places;

pub use transplant::{lay, transplant};

/// Straight playing.
pub const STRAIGHT: GrooveSwing = GrooveSwing {
    unit: SwingUnit::Eighth,
    ratio: 1000,
};

/// Fewest strokes that tell a feel. Taste: two bars of eighths.
const LEAST_NOTES: usize = 16;

/// A feel and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// Usual places, forces, remainder and swing; no name yet.
    pub template: GrooveTemplate,
    /// How often each piece was struck at each step.
    pub struck: [[u32; GROOVE_STEPS]; PIECES],
    /// Strokes that were measured.
    pub notes: usize,
    /// Bars that they lie in.
    pub bars: usize,
}

impl Extracted {
    /// Its swing; straight where there is none.
    pub fn swing(&self) -> GrooveSwing {
        self.template.swing.unwrap_or(STRAIGHT)
    }
}

/// Which piece's row a note of a lane belongs to: drums by key; pitched lanes play where the closed hat is.
pub fn row(lane: Lane, note: &FileNote) -> Option<Piece> {
    match lane {
        Lane::Drums => parts::piece_of(note.pitch),
        _ => Some(Piece::HatClosed),
    }
}

/// The feel of one lane of a file. With `swing` given, places are measured against it instead of the file's
/// own.
///
/// # Errors
/// When the file lacks the lane or has too few notes in it.
pub fn extract(
    file: &AnyFile,
    lane: Lane,
    swing: Option<GrooveSwing>,
) -> Result<Extracted, String> {
    let notes = parts::notes_of(file, lane);
    if notes.is_empty() {
        let lanes = parts::lanes_of(file);
        let mut known: Vec<&str> = Vec::new();
        for lane in lanes.iter().flatten() {
            if !known.contains(&lane.id()) {
                known.push(lane.id());
            }
        }
        let known = if known.is_empty() {
            "no notes at all".to_string()
        } else {
            format!("only {}", known.join(", "))
        };
        return Err(format!("has no {}, {known}", lane.id()));
    }
    extract_notes(file, &notes, |note| row(lane, note), swing)
}

/// The feel of some notes in a file's bars.
///
/// # Errors
/// When there are too few.
pub fn extract_notes(
    file: &AnyFile,
    notes: &[FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
    swing: Option<GrooveSwing>,
) -> Result<Extracted, String> {
    let places = places(file, notes, row);
    if places.len() < LEAST_NOTES {
        return Err(format!(
            "has {} notes of it, a feel needs {LEAST_NOTES} or more",
            places.len()
        ));
    }
    let swing = swing.unwrap_or_else(|| swing::estimate(&places));
    Ok(measure::measure(&places, swing))
}

/// A note at a step of its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// Number of its bar.
    pub bar: usize,
    /// Whose row it belongs to.
    pub piece: Piece,
    /// Step of the 4/4 pattern, 0–15.
    pub step: u8,
    /// Ticks after the step's place.
    pub late: i64,
    /// Which note of the list it is.
    pub note: usize,
}

/// The step that each note plays, under a swing.
pub fn steps_of(
    file: &AnyFile,
    notes: &[FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
    swing: GrooveSwing,
) -> Vec<Stepped> {
    let step = |place: &grid::Place| {
        let (slot, late) = place.read(swing);
        Stepped {
            bar: place.bar,
            piece: place.piece,
            step: slot.pattern_step,
            late,
            note: place.note,
        }
    };
    places(file, notes, row).iter().map(step).collect()
}

/// How some notes swing; straight where nothing is clear.
pub fn estimate(
    file: &AnyFile,
    notes: &[FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
) -> GrooveSwing {
    swing::estimate(&places(file, notes, row))
}

/// How far the result of a transplant is from the feel it was given, in milliseconds: the root of the mean
/// squared difference of usual places, over the steps that both strike. `None` where there are none.
pub fn residual_ms(given: &Extracted, result: &Extracted, pitched: bool) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0);
    for piece in Piece::ALL {
        for step in 0..GROOVE_STEPS {
            if result.struck[piece as usize][step] == 0 {
                continue;
            }
            let Some(wanted) = transplant::usual(&given.template, piece, step as u8, pitched)
            else {
                continue;
            };
            let got = result.template.pieces[piece as usize][step].offset_us as f64;
            sum += (got - wanted.offset_us as f64).powi(2);
            count += 1;
        }
    }
    (count > 0).then(|| (sum / count as f64).sqrt() / 1000.0)
}

#[cfg(test)]
mod tests;
