//! Decides a candidate at its own onset: whether it is heard, how hard, and at which pitch.
//!
//! Only the controls as they stand at that moment count, never other notes.

use music::chord::Chord;
use music::controls::{Controls, ENERGY, Keys};
use music::drum::Piece;
use music::lane::{Lane, LaneSet};
use music::pitch::Pitch;

use super::seat::Offer;
use crate::harmony::fit::fit_to_chord;

/// Share of the velocity that is left at no energy, in 1/1000.
/// Taste: about 4 dB softer, still clearly struck.
const SOFTEST_PERMILLE: i32 = 640;
/// Share of the velocity at full energy, in 1/1000. Taste: leaves accents room under 127.
const HARDEST_PERMILLE: i32 = 1260;

/// A note that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Pitch; General MIDI keys for drums.
    pub pitch: Pitch,
    /// Velocity 1–127.
    pub velocity: u8,
}

/// Whether a lane's own notes are heard: it is on, the song has it, and nobody plays it by hand.
pub(super) fn plays(controls: &Controls, lanes: LaneSet, lane: Lane) -> bool {
    controls.lane(lane).on && lanes.has(lane) && controls.keys != Keys::Lane(lane)
}

/// What becomes of a candidate under the controls at its onset and the chord that is held, if one is.
pub(super) fn decide(
    offer: &Offer,
    controls: &Controls,
    lanes: LaneSet,
    held: Option<&Chord>,
) -> Option<Heard> {
    let candidate = &offer.candidate;
    let lane = candidate.lane;
    let energy = energy(offer.energy, controls, lane);
    if !plays(controls, lanes, lane) || !candidate.gate.is_open(controls.lane(lane), energy) {
        return None;
    }
    let fitted = match held {
        Some(held) => fit_to_chord(
            lane,
            candidate.role,
            candidate.pitch,
            offer.planned,
            held,
            offer.key,
            offer.latch.scale,
        ),
        None => candidate.pitch,
    };
    let register = controls.lane(lane).register;
    let pitch = match lane {
        Lane::Drums => drum_register(fitted, register),
        _ => octaves(fitted, register),
    };
    Some(Heard {
        pitch,
        velocity: force(candidate.velocity, energy),
    })
}

/// Energy that counts for a lane: the section's, moved by what band and lane turn away from the middle.
fn energy(section: u8, controls: &Controls, lane: Lane) -> u8 {
    let turned = controls.energy as i32 + controls.lane(lane).energy as i32 - 2 * ENERGY.default;
    (section as i32 + turned).clamp(0, 100) as u8
}

/// Velocity under an energy: unchanged at 50 %.
fn force(velocity: u8, energy: u8) -> u8 {
    let away = energy as i32 - 50;
    let reach = if away < 0 {
        1000 - SOFTEST_PERMILLE
    } else {
        HARDEST_PERMILLE - 1000
    };
    let permille = 1000 + away * reach / 50;
    ((velocity as i32 * permille + 500) / 1000).clamp(1, 127) as u8
}

/// Moved by octaves, as far as MIDI reaches.
fn octaves(pitch: Pitch, octaves: i8) -> Pitch {
    let mut moved = pitch.0 as i32 + 12 * octaves as i32;
    while moved < 0 {
        moved += 12;
    }
    while moved > 127 {
        moved -= 12;
    }
    Pitch(moved as u8)
}

/// Drums keep the beat lower (floor tom for cymbals) or higher (ride, then bell), and toms move with it.
/// A hand stays a hand and a foot a foot, so what two hands could play they still can.
fn drum_register(key: Pitch, register: i8) -> Pitch {
    use Piece::{HatClosed, HatOpen, Ride, RideBell, TomHigh, TomLow, TomMid};
    let Some(piece) = Piece::from_general_midi(key) else {
        return key;
    };
    let moved = match (register, piece) {
        (..=-2, HatClosed | HatOpen | Ride | RideBell | TomMid | TomHigh) => TomLow,
        (-1, Ride | RideBell) => HatClosed,
        (-1, TomHigh) => TomMid,
        (-1, TomMid) => TomLow,
        (1, HatClosed | HatOpen) => Ride,
        (1, TomLow) => TomMid,
        (1, TomMid) => TomHigh,
        (2.., HatClosed) => Ride,
        (2.., HatOpen | Ride) => RideBell,
        (2.., TomLow | TomMid) => TomHigh,
        (_, piece) => piece,
    };
    moved.general_midi()
}

#[cfg(test)]
mod tests;
