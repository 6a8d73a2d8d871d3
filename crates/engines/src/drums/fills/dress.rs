//! How a fill is dressed: the same figure on other drums, or driven harder, so that what comes again is not
//! the same.

use music::drum::Piece;
use music::lane::Lane;
use music::style::{DrumFill, Step};

use crate::dice::{Dice, Purpose};
use crate::placement::Slot;
use crate::view::BarView;

/// What happens to the written figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dress {
    /// As written.
    Plain,
    /// Each tom one lower.
    Lower,
    /// Each tom one higher.
    Higher,
    /// Soft snare strokes of the last beat go to the toms.
    Around,
    /// A machine's run starts in eighths, ends in double strokes and grows all the way.
    Build,
}

/// Players with toms, machines with toms, machines without. Taste.
const PLAYED: [Dress; 4] = [Dress::Plain, Dress::Around, Dress::Lower, Dress::Higher];
const DRIVEN: [Dress; 4] = [Dress::Plain, Dress::Build, Dress::Lower, Dress::Build];
const BARE: [Dress; 4] = [Dress::Plain, Dress::Build, Dress::Plain, Dress::Build];

/// The dress of the `turn`-th fill: each round wears another.
pub fn choose(view: &BarView, turn: usize) -> Dress {
    let drums = &view.style.drums;
    let tom = |p| matches!(p, Piece::TomHigh | Piece::TomMid | Piece::TomLow);
    let toms = |f: &DrumFill| f.lines.iter().any(|l| tom(l.piece));
    let dresses = match (drums.players, drums.fills.iter().any(toms)) {
        (0, true) => DRIVEN,
        (0, false) => BARE,
        (_, true) => PLAYED,
        // Players without toms keep to their sounds.
        (_, false) => return Dress::Plain,
    };
    let dice = Dice::song(view.latch.seed).lane(Lane::Drums);
    let first = dice.throw(Purpose::Fill, 90, 4) as usize;
    let round = turn / drums.fills.len().max(1);
    dresses[(first + round + turn) % 4]
}

/// Whether a run may be driven on a piece.
const fn runs(piece: Piece) -> bool {
    matches!(
        piece,
        Piece::Snare | Piece::Clap | Piece::HatClosed | Piece::TomLow | Piece::TomMid
    )
}

impl Dress {
    /// The piece that a written stroke is played on.
    pub fn piece(self, piece: Piece, priority: u8, last_beat: bool) -> Piece {
        match (self, piece) {
            (Dress::Lower, Piece::TomHigh) | (Dress::Higher, Piece::TomLow) => Piece::TomMid,
            (Dress::Lower, Piece::TomMid) => Piece::TomLow,
            (Dress::Higher, Piece::TomMid) => Piece::TomHigh,
            (Dress::Around, Piece::Snare) if last_beat && priority < 9 => Piece::TomLow,
            (Dress::Around, Piece::Snare) if priority < 7 => Piece::TomMid,
            (_, piece) => piece,
        }
    }

    /// The step that a build makes of a written one: `at` of `count` slots through the fill, `run` strokes of the
    /// piece beside it. Taste: eighths in the first half, double strokes in the last quarter, four at the end.
    pub fn step(
        self,
        piece: Piece,
        step: Step,
        slot: &Slot,
        (at, count): (usize, usize),
        run: bool,
    ) -> Step {
        if self != Dress::Build || !runs(piece) || !run {
            return step;
        }
        if at * 2 < count && slot.in_beat % 2 == 1 {
            return Step::default();
        }
        let span = match (at * 8 / count.max(1), piece) {
            (7, Piece::HatClosed) => 3,
            (7, Piece::Snare) => 4,
            (6.., _) => 2,
            _ => step.span,
        };
        Step {
            span: span.max(step.span),
            ..step
        }
    }

    /// How a build grows: percent of the written force. Taste.
    pub const fn force(self, at: usize, count: usize) -> usize {
        match self {
            Dress::Build => 70 + 45 * at / if count == 0 { 1 } else { count },
            _ => 100,
        }
    }
}
