//! A phrase's tune while it is being made.

use heapless::Vec;

use super::contour::TUNE_PRIORITY;
use super::ear::Ear;
use super::motif::Measure;

/// Most tones of a phrase, ornaments and alternates apart.
pub const DRAFT_TONES: usize = 160;

/// A tone on its way to becoming a note.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Sixteenth of the phrase.
    pub at: u16,
    /// Ticks after it.
    pub late: u8,
    /// Sixteenth whose chord counts: its own, or the strong one that it anticipates.
    pub hears: u16,
    /// Length in sixteenths; as written until lengths are settled, 0 being open.
    pub length: u16,
    /// Scale steps from the phrase's anchor.
    pub degree: i8,
    /// Strength of its place in the metre.
    pub strength: u8,
    /// How much it is wanted, 1–9.
    pub priority: u8,
    /// Velocity, 0 by the metre.
    pub velocity: u8,
    /// Which unit of the phrase.
    pub unit: u8,
    /// Number of the tone in what is repeated: the same wherever the motif returns.
    pub key: u16,
    /// Last tone of the tune in its unit.
    pub is_last: bool,
    /// Its unit ends at home.
    pub closes: bool,
    /// Its unit is a question: it ends away from home.
    pub opens: bool,
    /// It belongs to a soloist's line.
    pub is_line: bool,
    /// The section's climax.
    pub is_peak: bool,
    /// In the unit of the climax, which may rise above the rest.
    pub soars: bool,
    /// Density from which it is heard.
    pub threshold: u8,
    /// Pitch, once chosen.
    pub pitch: u8,
}

impl Default for Draft {
    fn default() -> Self {
        Draft {
            at: 0,
            late: 0,
            hears: 0,
            length: 0,
            degree: 0,
            strength: 0,
            priority: 9,
            velocity: 0,
            unit: 0,
            key: 0,
            is_last: false,
            closes: false,
            opens: false,
            is_line: false,
            is_peak: false,
            soars: false,
            threshold: 0,
            pitch: 0,
        }
    }
}

impl Draft {
    /// Tick of the phrase.
    pub fn tick(&self) -> i64 {
        Ear::tick(self.at) + self.late as i64
    }
    /// Whether it is heard as strong: it stands on a beat, or anticipates one.
    pub const fn is_strong(&self) -> bool {
        self.strength >= 2 || self.hears != self.at
    }
}

/// Tones by rising place.
pub type Drafts = Vec<Draft, DRAFT_TONES>;

/// Settles which chord every tone of the tune hears: a weak tone that lasts into a strong place at most an
/// eighth later anticipates it.
pub fn anticipate(drafts: &mut Drafts, measure: &Measure) {
    for index in 0..drafts.len() {
        let draft = drafts[index];
        let next = drafts[index + 1..]
            .iter()
            .find(|d| d.priority >= TUNE_PRIORITY)
            .map_or(u16::MAX, |d| d.at);
        let end = match draft.length {
            0 => next,
            written => next.min(draft.at + written),
        };
        let ahead = (draft.at + 1..=draft.at + 2)
            .find(|s| *s < end && measure.strength((*s % measure.bar as u16) as u8) >= 3);
        drafts[index].hears = ahead.filter(|_| draft.strength < 2).unwrap_or(draft.at);
    }
}
