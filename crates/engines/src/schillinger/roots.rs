//! Cycles of roots: diatonic by a constant interval, or symmetric divisions of the octave.

use music::technique::RootCycle;

/// What the `index`-th root of a cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// A degree of the scale, from 0.
    Degree(u8),
    /// Semitones above the tonic: the chord is built like the tonic's own.
    Semitones(u8),
}

/// The root at a place of a cycle; `None` where the style's progressions decide.
///
/// # Example
/// ```
/// use engines::schillinger::roots::{Root, root};
/// use music::technique::RootCycle;
/// assert_eq!(root(RootCycle::Fifths, 1), Some(Root::Degree(3)));
/// assert_eq!(root(RootCycle::ThreeTonics, 2), Some(Root::Semitones(8)));
/// ```
pub const fn root(cycle: RootCycle, index: u32) -> Option<Root> {
    // Degrees that a root falls; a fall of two is a third, of four a fifth, of six a seventh.
    let falls = match cycle {
        RootCycle::Style => return None,
        RootCycle::Thirds => 2,
        RootCycle::Fifths => 4,
        RootCycle::Sevenths => 6,
        RootCycle::RisingThirds => 5,
        RootCycle::RisingFifths => 3,
        _ => 0,
    };
    let parts = match cycle {
        RootCycle::TwoTonics => 2,
        RootCycle::ThreeTonics => 3,
        RootCycle::FourTonics => 4,
        RootCycle::SixTonics => 6,
        RootCycle::TwelveTonics => 12,
        _ => return Some(Root::Degree(((index % 7) * (7 - falls) % 7) as u8)),
    };
    Some(Root::Semitones((index % parts * (12 / parts)) as u8))
}
