//! Which of two styles a lane plays in a bar.
//!
//! Bars turn from the first style to the second one after another, so that a lane in between plays whole bars
//! of each: first the answers, at last the bars that open a group of four. Nothing but the amount and the
//! bar's place in its section counts, and a bar that has turned stays turned as the amount rises.

use music::controls::Latch;
use music::lane::Lane;
use music::style::{Style, StyleBook};

/// Amount from which on a bar is the second style's, by its place in a group of four. Taste: the last bar is
/// where a band answers itself, the first where it says what it is.
const TURNS_AT: [u8; 4] = [90, 40, 65, 15];

/// Whether a bar of a section is the second style's at an amount in percent.
pub const fn is_turned(amount: u8, bar_in_section: u16) -> bool {
    amount >= TURNS_AT[(bar_in_section % 4) as usize]
}

/// The styles that a phrase is planned from.
#[derive(Clone, Copy, Debug)]
pub struct PlanStyles<'a> {
    /// Chords, comping voices and where phrases are cut.
    pub harmony: &'a Style,
    /// Voices of the Texture lane.
    pub texture: &'a Style,
    /// The tune.
    pub melody: &'a Style,
}

impl<'a> PlanStyles<'a> {
    /// Those that a latch chooses.
    pub fn new(styles: StyleBook<'a>, latch: &Latch) -> PlanStyles<'a> {
        let of = |lane| styles.get(latch.style_of(lane));
        PlanStyles {
            harmony: of(Lane::Harmony),
            texture: of(Lane::Texture),
            melody: of(Lane::Melody),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_turned;

    #[test]
    fn bars_turn_one_by_one_and_stay_turned() {
        for bar in 0..8 {
            assert!(!is_turned(0, bar) && is_turned(100, bar));
            let turned = (0..=100u8).map(|amount| is_turned(amount, bar));
            assert!(turned.is_sorted());
        }
        let count = |amount| (0..4).filter(|bar| is_turned(amount, *bar)).count();
        assert_eq!([10, 20, 50, 70, 95].map(count), [0, 1, 2, 3, 4]);
        assert!(is_turned(20, 3) && is_turned(20, 7));
    }
}
