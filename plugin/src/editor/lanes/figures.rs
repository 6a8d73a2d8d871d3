//! What is worth knowing about a score's notes before drawing them, counted once a revision.

use authoring::editing::notes::Written;
use music::drum::Piece;
use music::lane::{LANES, Lane};
use music::note::{Note, Role};

use super::feel::{Felt, felt};
use crate::snapshot::Score;

/// Pitches around notes for which a lane makes room: notes may be taller than their line.
const AIR: u8 = 2;

/// Figures of every lane.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    counted: Option<(u64, usize)>,
    lanes: [LaneFigures; LANES],
}

/// Figures of one lane.
#[derive(Clone, Debug, Default)]
pub struct LaneFigures {
    /// Longest note, ticks: how far before the view a note may start and still be seen.
    pub longest_ticks: i64,
    /// Lowest pitch of the roll, some air included.
    pub low: u8,
    /// Highest pitch of the roll.
    pub high: u8,
    /// Pieces that have a line, from the bottom of the grid up.
    pub pieces: Vec<Piece>,
    /// Pitches that have a line where the others are folded away; empty: all from `low` to `high`.
    pub folded: Vec<u8>,
    /// How each place of a bar is played.
    pub felt: Vec<Felt>,
    /// The same of every piece that is struck, in the order of `pieces`.
    pub felt_pieces: Vec<Vec<Felt>>,
}

impl Figures {
    /// Counts again if the score is another.
    pub fn renew(&mut self, score: &Score) {
        let these = Some((score.revision, score.notes.iter().map(Vec::len).sum()));
        if self.counted == these {
            return;
        }
        self.counted = these;
        for lane in Lane::ALL {
            self.lanes[lane.index()] = {
                let (notes, origins) = (&score.notes[lane.index()], &score.origins[lane.index()]);
                LaneFigures {
                    felt: felt(notes, origins, |_| true),
                    felt_pieces: match lane {
                        Lane::Drums => by_piece(notes, origins),
                        _ => Vec::new(),
                    },
                    ..LaneFigures::of(notes)
                }
            };
        }
    }
    /// One lane's.
    pub fn lane(&self, lane: Lane) -> &LaneFigures {
        &self.lanes[lane.index()]
    }
}

impl LaneFigures {
    /// Lines of the roll or grid.
    pub fn lines(&self, lane: Lane) -> usize {
        match lane {
            Lane::Drums => self.pieces.len(),
            _ if self.folded.is_empty() => usize::from(self.high - self.low) + 1,
            _ => self.folded.len(),
        }
        .max(1)
    }
    /// The line of a pitch, from the bottom; it may lie outside of what is shown.
    pub fn line_of(&self, pitch: u8) -> Option<i32> {
        match self.folded.as_slice() {
            [] => Some(i32::from(pitch) - i32::from(self.low)),
            folded => Some(folded.iter().position(|own| *own == pitch)? as i32),
        }
    }
    /// The pitch of a line.
    pub fn pitch_of(&self, line: i32) -> Option<u8> {
        match self.folded.as_slice() {
            [] => u8::try_from(i32::from(self.low) + line).ok(),
            folded => folded.get(usize::try_from(line).ok()?).copied(),
        }
        .filter(|pitch| *pitch < 128)
    }
    /// What is played and nothing else.
    pub fn fold(&self, notes: &[Note]) -> LaneFigures {
        let mut folded: Vec<u8> = notes.iter().map(|n| n.pitch.0).collect();
        folded.sort_unstable();
        folded.dedup();
        LaneFigures {
            folded,
            felt: Vec::new(),
            felt_pieces: Vec::new(),
            ..self.clone()
        }
    }
    /// With lines for more notes, where they have none.
    pub fn with<'n>(&self, notes: impl Iterator<Item = &'n Note> + Clone) -> LaneFigures {
        let mut wider = self.clone();
        for note in notes.clone() {
            wider.low = wider.low.min(note.pitch.0.saturating_sub(AIR));
            wider.high = wider.high.max((note.pitch.0 + AIR).min(127));
        }
        let is = |p: &Piece| {
            self.pieces.contains(p) || notes.clone().any(|note| piece(note) == Some(*p))
        };
        wider.pieces = Piece::ALL.into_iter().filter(is).collect();
        if !wider.folded.is_empty() {
            wider.folded.extend(notes.map(|note| note.pitch.0));
            wider.folded.sort_unstable();
            wider.folded.dedup();
        }
        wider
    }
    /// With room around what is there, for a hand that writes: every piece, some pitches more.
    pub fn with_room(&self) -> LaneFigures {
        LaneFigures {
            low: self.low.saturating_sub(5),
            high: (self.high + 5).min(127),
            pieces: Piece::ALL.to_vec(),
            folded: Vec::new(),
            longest_ticks: self.longest_ticks,
            felt: Vec::new(),
            felt_pieces: Vec::new(),
        }
    }
    fn of(notes: &[Note]) -> LaneFigures {
        let low = notes.iter().map(|n| n.pitch.0).min().unwrap_or(54);
        let high = notes.iter().map(|n| n.pitch.0).max().unwrap_or(66);
        let air = (13 - i16::from(high - low)).max(2);
        let low = (i16::from(low) - air / 2).max(0) as u8;
        let high = (i16::from(high) + air - air / 2).min(127) as u8;
        let pieces = struck(notes);
        let longest_ticks = notes
            .iter()
            .map(|n| i64::from(n.duration))
            .max()
            .unwrap_or(0);
        LaneFigures {
            longest_ticks,
            low,
            high,
            pieces,
            folded: Vec::new(),
            felt: Vec::new(),
            felt_pieces: Vec::new(),
        }
    }
}

/// Pieces that are struck, in the kit's own order.
fn struck(notes: &[Note]) -> Vec<Piece> {
    let is = |p: &Piece| notes.iter().any(|n| piece(n) == Some(*p));
    Piece::ALL.into_iter().filter(is).collect()
}

fn by_piece(notes: &[Note], origins: &[Written]) -> Vec<Vec<Felt>> {
    let of = |own: Piece| felt(notes, origins, |note| piece(note) == Some(own));
    struck(notes).into_iter().map(of).collect()
}

/// The piece that a drum note strikes.
pub fn piece(note: &Note) -> Option<Piece> {
    match note.role {
        Role::Beat(p) | Role::Ghost(p) | Role::Fill(p) | Role::Polyrhythm(p) => Some(p),
        _ => Piece::from_general_midi(note.pitch),
    }
}
