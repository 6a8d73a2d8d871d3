//! What engines write (candidates) and what sounds (notes).

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::controls::LaneControls;
use crate::drum::Piece;
use crate::lane::Lane;
use crate::pitch::Pitch;
use crate::time::Tick;

/// Most candidates of one lane in one bar. Drums have rolls and fills; 13/4 is the longest bar.
pub const BAR_CANDIDATES: usize = 256;

/// Why a note is there: shown when the mouse rests on it, and used to fit it to a chord that is held live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The groove's own stroke.
    Beat(Piece),
    /// A soft stroke between the strokes.
    Ghost(Piece),
    /// Part of a fill.
    Fill(Piece),
    /// A layer against the beat (3:2, 4:3 …).
    Polyrhythm(Piece),
    /// The `n`-th chord tone: 0 root, 1 third, 2 fifth, 3 seventh ….
    ChordTone(u8),
    /// The `n`-th voice of a chord, from the bottom.
    Voice(u8),
    /// Leads by step into the next chord's root or the next chord tone.
    Approach,
    /// Between two chord tones, by step.
    Passing,
    /// Next to a chord tone and back.
    Neighbour,
    /// Leads into a bar or a phrase.
    Pickup,
    /// A tone of the scale, free of the chord.
    ScaleTone,
    /// Played by the user's hand.
    Played,
}

/// Ticks that a note reaches into the next one of its lane to be tied to it: an instrument slides there, and on
/// MIDI the notes overlap. A note of a lane with one voice that would sound longer beside the next is ended there.
///
/// Taste: 10 ms at 120 BPM, so that the feel of both onsets does not tear them apart.
pub const TIE_TICKS: i64 = 20;

/// Whether a note that reaches so many ticks into the next is tied to it.
pub const fn is_tied(overlap: i64, from: Pitch, to: Pitch) -> bool {
    from.0 != to.0 && 0 < overlap && overlap <= TIE_TICKS
}

/// When a candidate is heard: each live control must lie inside its range (percent, inclusive).
/// Density and complexity only have a lower end, so turning them up never takes a note away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Heard from this density on.
    pub density: u8,
    /// Heard from this complexity on.
    pub complexity: u8,
    /// Lowest and highest syncopation.
    pub syncopation: (u8, u8),
    /// Lowest and highest variation: a varied bar hides the plain one and shows its own.
    pub variation: (u8, u8),
    /// Lowest and highest amount of fills.
    pub fills: (u8, u8),
    /// Lowest and highest energy (after the section's own energy is counted in).
    pub energy: (u8, u8),
    /// Lowest and highest lock of the bass to the kick.
    pub lock: (u8, u8),
}

impl Gate {
    /// Always heard.
    pub const OPEN: Gate = Gate {
        density: 0,
        complexity: 0,
        syncopation: (0, 100),
        variation: (0, 100),
        fills: (0, 100),
        energy: (0, 100),
        lock: (0, 100),
    };
    /// Whether every live control of its lane lies inside, at an energy with the section's counted in.
    pub const fn is_open(&self, own: &LaneControls, energy: u8) -> bool {
        const fn inside(range: (u8, u8), value: u8) -> bool {
            range.0 <= value && value <= range.1
        }
        own.density >= self.density
            && own.complexity >= self.complexity
            && inside(self.syncopation, own.syncopation)
            && inside(self.variation, own.variation)
            && inside(self.fills, own.fills)
            && inside(self.energy, energy)
            && inside(self.lock, own.lock)
    }
    /// Heard from `density` on.
    pub const fn density(density: u8) -> Gate {
        Gate {
            density,
            ..Gate::OPEN
        }
    }
}

/// A note that an engine offers. Everything about it is settled but whether it is heard, how hard,
/// and (under a chord held live) its pitch: that is decided at its own onset from the controls there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Whose note.
    pub lane: Lane,
    /// Place on the grid, before swing, push and human timing.
    pub grid: Tick,
    /// Place where it is played. May lie before its bar.
    pub onset: Tick,
    /// Length in ticks, at least 1. A mono lane's next note may end it sooner.
    pub duration: i32,
    /// MIDI pitch; General MIDI keys for drums.
    pub pitch: Pitch,
    /// Velocity 1–127 at neutral energy, human variation included.
    pub velocity: u8,
    /// When it is heard.
    pub gate: Gate,
    /// Why it is there.
    pub role: Role,
}

/// The candidates of one lane in one bar, by rising onset, then pitch.
pub type Candidates = Vec<Candidate, BAR_CANDIDATES>;

/// A note as it is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Whose note.
    pub lane: Lane,
    /// Start.
    pub onset: Tick,
    /// Length in ticks, at least 1.
    pub duration: i32,
    /// MIDI pitch.
    pub pitch: Pitch,
    /// Velocity 1–127.
    pub velocity: u8,
    /// Why it is there.
    pub role: Role,
}
