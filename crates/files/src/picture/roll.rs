//! One lane's piano roll: pitch upwards, drums by piece of the kit.

use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Pitch;

use super::canvas::Canvas;
use super::{Scale, colour};
use crate::midi::FileNote;

/// Narrowest span of pitches shown, in semitones: two notes a tone apart should not look like a leap.
const SPAN: f32 = 14.0;
const MARGIN: f32 = 8.0;

pub(super) fn draw(
    canvas: &mut Canvas,
    lane: Lane,
    notes: &[FileNote],
    scale: Scale,
    y: f32,
    height: f32,
) {
    if notes.is_empty() {
        return;
    }
    let rows = Rows::of(lane, notes);
    let row = (height - 2.0 * MARGIN) / rows.count;
    let thick = row.clamp(2.0, 9.0);
    for note in notes {
        let middle = y + height - MARGIN - (rows.place(note.pitch) + 0.5) * row;
        let left = scale.x(note.onset.0);
        let length = if lane == Lane::Drums {
            3.0
        } else {
            scale.x(note.onset.0 + note.duration) - left - 0.5
        };
        // Louder is brighter; even the softest ghost stays visible.
        let alpha = 0.30 + 0.70 * note.velocity as f32 / 127.0;
        canvas.rounded(
            left,
            middle - thick / 2.0,
            length.max(1.5),
            thick,
            1.5,
            colour(lane),
            alpha,
        );
    }
}

/// Which row a pitch has, from the bottom.
struct Rows {
    count: f32,
    lowest: f32,
    /// Pieces used, from the bottom; empty for pitched lanes.
    pieces: Vec<Pitch>,
}

impl Rows {
    fn of(lane: Lane, notes: &[FileNote]) -> Rows {
        if lane == Lane::Drums {
            let order =
                |p: &Pitch| Piece::from_general_midi(*p).map_or(usize::MAX, |piece| piece as usize);
            let mut pieces: Vec<Pitch> = notes.iter().map(|n| n.pitch).collect();
            pieces.sort_by_key(|p| (order(p), p.0));
            pieces.dedup();
            return Rows {
                count: pieces.len().max(5) as f32,
                lowest: 0.0,
                pieces,
            };
        }
        let low = notes.iter().map(|n| n.pitch.0).min().unwrap_or(60) as f32;
        let high = notes.iter().map(|n| n.pitch.0).max().unwrap_or(60) as f32;
        let count = (high - low + 1.0).max(SPAN);
        Rows {
            count,
            lowest: low - (count - (high - low + 1.0)) / 2.0,
            pieces: Vec::new(),
        }
    }
    fn place(&self, pitch: Pitch) -> f32 {
        match self.pieces.iter().position(|p| *p == pitch) {
            Some(row) => row as f32,
            None => pitch.0 as f32 - self.lowest,
        }
    }
}
