//! Development: what can be done to a motif so that it is still known. One technique a file.

mod augment;
mod diminish;
mod fragment;
mod invert;
mod liquidate;
mod repeat;
mod retrograde;
mod sequence;

pub use augment::augment;
pub use diminish::diminish;
pub use fragment::fragment;
pub use invert::invert;
pub use liquidate::liquidate;
pub use repeat::repeat;
pub use retrograde::retrograde;
pub use sequence::sequence;

use super::motif::{Measure, Motif};

/// A named transformation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Technique {
    /// As it was.
    Repeat,
    /// The same some scale steps higher or lower.
    Sequence(i8),
    /// Upside down.
    Invert,
    /// The contour backwards.
    Retrograde,
    /// Twice as slow: its first half fills the whole.
    Augment,
    /// Twice as fast: the whole in its first half.
    Diminish,
    /// Its head again and again.
    Fragment,
    /// Its first bar, then less and less of its head.
    Liquidate,
}

impl Technique {
    /// The motif developed, over `bars` bars.
    pub fn apply(self, motif: &Motif, measure: &Measure, bars: u8) -> Motif {
        match self {
            Technique::Repeat => repeat(motif),
            Technique::Sequence(steps) => sequence(motif, steps),
            Technique::Invert => invert(motif),
            Technique::Retrograde => retrograde(motif),
            Technique::Augment => augment(motif, measure, bars),
            Technique::Diminish => diminish(motif, measure, bars),
            Technique::Fragment => fragment(motif, measure, bars),
            Technique::Liquidate => liquidate(motif, measure, bars),
        }
    }
}

#[cfg(test)]
mod tests;
