//! Cymbals speak of energy: hats that open, a crash where a section begins, the stroke that ends a song.

use music::drum::Piece;
use music::note::{Gate, Role};
use music::plan::SectionKind;

use super::kit::{Kit, piece_of};
use crate::dice::Purpose;

/// Taste: effective energy from which off-beat hats are struck half open, and all hats on the beat.
const OFF_BEATS_OPEN_FROM: u8 = 78;
const ALL_OPEN_FROM: u8 = 90;
/// Taste: effective energy below which the snare becomes a side stick.
const RIM_BELOW: u8 = 24;
/// Taste: effective energy from which a section may begin with a crash.
const CRASH_FROM: u8 = 36;

/// Lays open hats beside closed ones for high energy, and side sticks beside snares for low energy.
/// Machines keep their sounds.
pub fn open_up(kit: &mut Kit) {
    if kit.view.style.drums.players == 0 {
        return;
    }
    for index in 0..kit.out.len() {
        let stroke = kit.out[index];
        let tick = kit.tick_of(&stroke);
        let strength = kit.view.grid.slot_at(tick).map_or(0, |(_, s)| s.strength);
        match piece_of(&stroke) {
            Some(Piece::HatClosed) if strength >= 1 && stroke.gate.energy == (0, 100) => {
                let from = if strength == 1 {
                    OFF_BEATS_OPEN_FROM
                } else {
                    ALL_OPEN_FROM
                };
                exchange(kit, index, Piece::HatOpen, (from, 100), (0, from - 1), 6);
            }
            Some(Piece::Snare) if stroke.velocity >= 80 && stroke.gate.energy == (0, 100) => {
                exchange(
                    kit,
                    index,
                    Piece::Rim,
                    (0, RIM_BELOW - 1),
                    (RIM_BELOW, 100),
                    -24,
                );
            }
            _ => {}
        }
    }
}

/// Writes `piece` beside a candidate: the one is heard in `energy`, the other in `else_energy`.
fn exchange(
    kit: &mut Kit,
    index: usize,
    piece: Piece,
    energy: (u8, u8),
    else_energy: (u8, u8),
    louder: i32,
) {
    let mut other = kit.out[index];
    other.pitch = piece.general_midi();
    other.role = Role::Beat(piece);
    other.velocity = (other.velocity as i32 + louder).clamp(1, 127) as u8;
    other.gate.energy = energy;
    if kit.out.push(other).is_ok() {
        kit.out[index].gate.energy = else_energy;
    }
}

/// A crash with a kick where a section begins, in the style's share of sections.
pub fn crash(kit: &mut Kit) {
    let view = kit.view;
    if view.bar_in_section != 0 || view.style.drums.crash == 0 {
        return;
    }
    // Taste: quiet kinds are entered quietly.
    let chance = match view.section.kind {
        SectionKind::Intro | SectionKind::Breakdown | SectionKind::Outro => {
            view.style.drums.crash as u32 / 3
        }
        SectionKind::Chorus | SectionKind::Drop => view.style.drums.crash as u32 * 3 / 2,
        _ => view.style.drums.crash as u32,
    };
    if !view.section_dice.chance(Purpose::Crash, 0, chance) {
        return;
    }
    let gate = Gate {
        energy: (CRASH_FROM, 100),
        ..Gate::density(6)
    };
    kit.strike(0, Piece::Crash, 108, gate, Role::Beat(Piece::Crash));
    if !kit.has(0, &[Piece::Kick]) {
        kit.strike(0, Piece::Kick, 104, gate, Role::Beat(Piece::Kick));
    }
}

/// The last bar of the song: one stroke together, then rest.
pub fn end(kit: &mut Kit) {
    let groove = super::skeleton::groove(kit.view);
    let plays = |piece| groove.is_some_and(|g| g.lines.iter().any(|l| l.piece == piece));
    if plays(Piece::Kick) || groove.is_none() {
        kit.strike(0, Piece::Kick, 100, Gate::OPEN, Role::Beat(Piece::Kick));
    }
    if plays(Piece::Snare) || plays(Piece::HatClosed) || plays(Piece::Ride) {
        kit.strike(0, Piece::Crash, 100, Gate::OPEN, Role::Beat(Piece::Crash));
    }
}
