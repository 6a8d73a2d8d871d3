//! Keeps every instant playable: each drummer has two hands and two feet, and a drum can be struck once.
//!
//! All candidates are taken in rank order (what is heard at the lowest density first). One stays only if,
//! together with those that stay already, no instant asks for more hands or feet than there are, whichever
//! controls are set. Candidates that are never heard together do not stand in each other's way. Since this
//! is settled before any control acts, hiding one stroke never brings another. Strokes within 25 ms of each
//! other, feel included, are one instant. There is one kit, and one player sits at it: others bring hand
//! percussion. Machines (no players) only lose strokes that double another.

use core::cmp::Reverse;

use music::drum::{Limb, Piece};
use music::note::{Candidate, Candidates, Gate, Role};
use music::time::ticks_from_micros;

use super::kit::piece_of;
use crate::view::BarView;

/// Strokes this close are one instant.
pub const INSTANT_US: i64 = 25_000;

/// Whether both gates are open under some setting of the controls. Density and complexity have no upper end.
fn meet(a: &Gate, b: &Gate) -> bool {
    let over = |a: (u8, u8), b: (u8, u8)| a.0 <= b.1 && b.0 <= a.1;
    over(a.fills, b.fills)
        && over(a.variation, b.variation)
        && over(a.syncopation, b.syncopation)
        && over(a.energy, b.energy)
}

/// The surface that a piece is struck on: a hat cannot be open and closed at once.
fn surface(piece: Piece) -> Piece {
    match piece {
        Piece::HatOpen => Piece::HatClosed,
        Piece::RideBell => Piece::Ride,
        Piece::Rim => Piece::Snare,
        other => other,
    }
}

/// Whether a piece is struck by a hand at the kit, not brought by another player.
fn at_kit(piece: Piece) -> bool {
    !matches!(
        piece,
        Piece::Shaker
            | Piece::Tambourine
            | Piece::Cowbell
            | Piece::CongaHigh
            | Piece::CongaLow
            | Piece::Claves
            | Piece::BongoHigh
            | Piece::BongoLow
    ) && piece.limb() == Limb::Hand
}

/// Lower is settled earlier.
fn rank(c: &Candidate) -> (u8, u8, u8, Reverse<u8>) {
    let layer = match c.role {
        Role::Fill(_) => 0,
        Role::Beat(Piece::Crash) => 0,
        Role::Beat(Piece::Kick | Piece::Snare | Piece::Clap | Piece::Rim) => 1,
        Role::Beat(_) => 2,
        // A layer that was asked for stands; the style's gives way.
        Role::Polyrhythm(_) if c.gate.complexity == 0 => 0,
        Role::Polyrhythm(_) => 4,
        _ => 3,
    };
    // Within twelve percent of density (a priority) the layer counts first.
    (
        c.gate.density / 12,
        layer,
        c.gate.complexity,
        Reverse(c.velocity),
    )
}

/// Takes out what cannot be played.
pub fn settle(view: &BarView, out: &mut Candidates) {
    let players = view.style.drums.players as usize;
    out.sort_unstable_by_key(|c| {
        (
            rank(c),
            c.grid,
            c.pitch,
            c.gate.variation,
            c.gate.syncopation,
            c.gate.fills,
        )
    });
    let instant = ticks_from_micros(INSTANT_US, view.place.tempo_mbpm) + 1;
    let mut kept = 0;
    for i in 0..out.len() {
        let candidate = out[i];
        if fits(&candidate, &out[..kept], players, instant) {
            out[kept] = candidate;
            kept += 1;
        }
    }
    out.truncate(kept);
}

fn fits(candidate: &Candidate, kept: &[Candidate], players: usize, instant: i64) -> bool {
    let Some(piece) = piece_of(candidate) else {
        return true;
    };
    let limb = piece.limb();
    let mut busy = 0;
    for (i, other) in kept.iter().enumerate() {
        let apart = other.onset.since(candidate.onset);
        if apart.abs() > instant || !meet(&other.gate, &candidate.gate) {
            continue;
        }
        let Some(other_piece) = piece_of(other) else {
            continue;
        };
        let same = if players == 0 {
            other_piece == piece
        } else {
            surface(other_piece) == surface(piece)
        };
        if same {
            return false;
        }
        if players == 0 || limb != Limb::Hand || other_piece.limb() != Limb::Hand {
            continue;
        }
        busy += 1;
        // One player strikes everything; of more, one sits at the kit.
        let theirs = |p: Piece| players == 1 && p.limb() == Limb::Hand || at_kit(p);
        if theirs(piece)
            && theirs(other_piece)
            && third_hand(candidate, other, &kept[..i], apart, instant, theirs)
        {
            return false;
        }
    }
    // With more players, strokes up to an instant before and after are counted together: strict, but safe.
    players < 2 || busy < 2 * players
}

/// Whether candidate, `other` and one more kept stroke of the same player need three hands in one instant. Gates
/// are boxes, so three that meet pairwise meet together.
fn third_hand(
    candidate: &Candidate,
    other: &Candidate,
    kept: &[Candidate],
    apart: i64,
    instant: i64,
    theirs: impl Fn(Piece) -> bool,
) -> bool {
    kept.iter().any(|third| {
        let far = third.onset.since(candidate.onset);
        let span = apart.max(far).max(0) - apart.min(far).min(0);
        span <= instant
            && piece_of(third).is_some_and(&theirs)
            && meet(&third.gate, &candidate.gate)
            && meet(&third.gate, &other.gate)
    })
}
