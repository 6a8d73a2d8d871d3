//! A motif: two bars (or one) of rhythm with a contour in scale steps, free of key, chord and octave.

use heapless::Vec;
use music::time::{MAX_STEPS, Meter};

use crate::placement::BarGrid;

/// Bars of a motif.
pub const MOTIF_BARS: u8 = 2;
/// Most tones of a motif.
pub const MOTIF_TONES: usize = 48;

/// A tone of a motif.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tone {
    /// Sixteenth step from the motif's start.
    pub at: u8,
    /// Length in steps; 0 until the next tone.
    pub length: u8,
    /// Scale steps from the motif's anchor.
    pub degree: i8,
    /// How much it is wanted, 9 always … 1 only when dense.
    pub priority: u8,
    /// Velocity, 0 by the metre.
    pub velocity: u8,
    /// Ticks after its step, for rhythms that lie between the steps.
    pub late: u8,
}

/// Tones by rising place.
pub type Tones = Vec<Tone, MOTIF_TONES>;

/// A motif.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Motif {
    /// By rising place.
    pub tones: Tones,
}

/// The metre that a motif lives in: how strong each step of its two bars is.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Steps of a bar.
    pub bar: u8,
    strength: [u8; MAX_STEPS],
    /// Every beat is a quarter, so that halving and doubling keep to beats.
    pub even: bool,
}

impl Measure {
    /// The measure of a bar laid in plain time.
    pub fn new(meter: Meter, grid: &BarGrid) -> Measure {
        let mut strength = [0; MAX_STEPS];
        let mut even = true;
        for (step, slot) in grid.slots.iter().enumerate().take(MAX_STEPS) {
            strength[step] = slot.strength;
            even &= slot.beat_steps == 4;
        }
        Measure {
            bar: meter.steps() as u8,
            strength,
            even,
        }
    }
    /// Strength of a step counted from the motif's start; see [`music::time::Meter::strength`].
    pub fn strength(&self, at: u8) -> u8 {
        self.strength[(at % self.bar) as usize]
    }
}
