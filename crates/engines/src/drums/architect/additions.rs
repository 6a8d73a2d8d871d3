//! What joins in when a section returns or lifts, and what a machine adds to a song of its own.

use music::drum::Piece;
use music::plan::SectionKind;
use music::style::{DrumGroove, Step};

use super::time::{Timekeeper, is_timekeeper, knows};
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

/// One more line.
#[derive(Clone, Copy, Debug)]
pub struct Addition {
    /// What is struck.
    pub piece: Piece,
    rhythm: &'static [u8; 16],
}

impl Addition {
    /// The step that it plays.
    pub fn step(&self, pattern_step: u8) -> Step {
        Step {
            // A dot lies below the digits: silence.
            priority: self.rhythm[pattern_step as usize % 16].saturating_sub(b'0'),
            ..Step::default()
        }
    }
}

/// What a hand beside the kit adds, as priorities by sixteenth. Taste: layers that leave the backbeat alone.
const LAYERS: [(Piece, &[u8; 16]); 9] = [
    (Piece::Tambourine, b"..7...7...7...7."),
    (Piece::Tambourine, b"....8.......8..."),
    (Piece::Shaker, b"7.6.7.6.7.6.7.6."),
    (Piece::Shaker, b"6476647664766476"),
    (Piece::Cowbell, b"7...7...7...7..."),
    (Piece::Cowbell, b"..7...7.7.....7."),
    (Piece::Claves, b"7..7..7...7.7..."),
    (Piece::CongaHigh, b"..6..6....6..66."),
    (Piece::TomLow, b"......6..6......"),
];
/// How readily each comes. Taste.
const WEIGHTS: [u8; 9] = [6, 3, 6, 4, 2, 2, 2, 3, 2];
/// What the foot of one drummer adds. Taste: it keeps the beat, or answers it.
const FOOT: [&[u8; 16]; 3] = [
    b"....7.......7...",
    b"6...7...6...7...",
    b"..7...7...7...7.",
];

/// Chooses for the section's kind.
pub fn choose(
    view: &BarView,
    groove: &DrumGroove,
    dice: Dice,
    time: Option<Timekeeper>,
) -> Option<Addition> {
    let players = view.style.drums.players;
    let loud = matches!(
        view.section.kind,
        SectionKind::Chorus | SectionKind::Drop | SectionKind::Solo
    );
    let plays = |piece| groove.lines.iter().any(|l| l.piece == piece);
    // Taste, in percent: what returns has more company, and a last chorus most of all.
    let chance = match (players, view.section.statement) {
        _ if view.section.is_final && loud => 85,
        (1, 0) => 12,
        (1, _) => 40,
        (_, 0) => 55,
        _ => 65,
    };
    if !dice.chance(Purpose::Variant, 60, chance) {
        return None;
    }
    if players == 1 {
        let hat = |piece| matches!(piece, Piece::HatClosed | Piece::HatOpen | Piece::HatPedal);
        let kept = time.map(|t| t.piece);
        let on_hat = match kept {
            Some(piece) => hat(piece),
            None => groove.lines.iter().any(|l| hat(l.piece)),
        };
        if on_hat || plays(Piece::HatPedal) {
            return None;
        }
        let rhythm = FOOT[dice.throw(Purpose::Variant, 61, 3) as usize];
        return Some(Addition {
            piece: Piece::HatPedal,
            rhythm,
        });
    }
    // Only sounds that the style's grooves use: a hand that no groove names belongs to another style.
    let mut weights = WEIGHTS;
    for (weight, (piece, _)) in weights.iter_mut().zip(LAYERS) {
        let kept = time.is_some_and(|t| t.piece == piece) && is_timekeeper(piece);
        if plays(piece) || kept || !knows(view, piece) {
            *weight = 0;
        }
    }
    let (piece, rhythm) = LAYERS[dice.pick(Purpose::Variant, 62, &weights)?];
    Some(Addition { piece, rhythm })
}
