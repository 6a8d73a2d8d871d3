//! The kit in front of the drummer: turns a place and a piece into a candidate.

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::time::{Tick, ticks_from_micros};

use super::architect::is_swung;
use super::integrator::INSTANT_US;
use crate::dice::Dice;
use crate::feel;
use crate::placement::Slot;
use crate::view::BarView;

/// Furthest that human timing brings drums before their bar line at full humanize, microseconds. The last
/// strokes of a bar keep an instant clear of that, since another call plays the next bar.
const EARLIEST_US: i64 = 28_000;

/// What the techniques write with.
pub struct Kit<'v, 'o> {
    /// The bar.
    pub view: &'v BarView<'v>,
    /// Its candidates so far.
    pub out: &'o mut Candidates,
    /// Dice of the bar for the drums.
    pub dice: Dice,
    /// Whether sixteenths belong to the style: where eighths swing, nothing is added between them.
    pub sixteenths: bool,
    /// Between these every stroke is played.
    earliest: Tick,
    latest: Tick,
}

impl<'v, 'o> Kit<'v, 'o> {
    /// An empty bar.
    pub fn new(view: &'v BarView<'v>, out: &'o mut Candidates) -> Kit<'v, 'o> {
        let place = &view.place;
        let ticks = |micros| ticks_from_micros(micros, place.tempo_mbpm);
        let feel = &view.latch.feel[Lane::Drums.index()];
        let push = ticks(feel.push_ms as i64 * 1000);
        let early_us = EARLIEST_US * feel.humanize as i64 / 100;
        let end = place.start.plus(place.meter.bar_ticks() + push);
        Kit {
            view,
            out,
            dice: view.dice.lane(Lane::Drums),
            sixteenths: !is_swung(view),
            earliest: place.start.plus(push - ticks(early_us)),
            // Machines may strike as close together as they like.
            latest: match view.style.drums.players {
                0 => end,
                _ => end.plus(-ticks(early_us + INSTANT_US + 1_000)),
            },
        }
    }

    /// Writes a stroke `tick` ticks into the bar.
    pub fn strike(&mut self, tick: i64, piece: Piece, velocity: u8, gate: Gate, role: Role) {
        let candidate = self.stroke(tick, piece, velocity, gate, role);
        let _ = self.out.push(candidate);
    }

    /// A stroke, not written yet.
    pub fn stroke(
        &self,
        tick: i64,
        piece: Piece,
        velocity: u8,
        gate: Gate,
        role: Role,
    ) -> Candidate {
        // A layer against the beat is even, however the beat swings.
        let felt = match role {
            Role::Polyrhythm(_) => {
                feel::place_even(self.view, Lane::Drums, Some(piece), tick, velocity)
            }
            _ => feel::place(self.view, Lane::Drums, Some(piece), tick, velocity),
        };
        Candidate {
            lane: Lane::Drums,
            grid: felt.grid,
            onset: felt.onset.min(self.latest).max(self.earliest),
            duration: (self.view.grid.step_ticks() / 2) as i32,
            pitch: piece.general_midi(),
            velocity: felt.velocity,
            gate,
            role,
        }
    }

    /// Ticks from the bar's start to a candidate's grid place.
    pub fn tick_of(&self, candidate: &Candidate) -> i64 {
        candidate.grid.since(self.view.place.start)
    }

    /// Whether something may be added at a slot.
    pub fn free(&self, slot: &Slot) -> bool {
        self.sixteenths || slot.in_beat.is_multiple_of(2)
    }

    /// Whether one of `pieces` is struck at a tick in what stands so far.
    pub fn has(&self, tick: i64, pieces: &[Piece]) -> bool {
        let grid = self.view.place.start.plus(tick);
        self.out
            .iter()
            .any(|c| c.grid == grid && pieces.iter().any(|p| p.general_midi() == c.pitch))
    }
}

/// The piece that a candidate strikes.
pub fn piece_of(candidate: &Candidate) -> Option<Piece> {
    match candidate.role {
        Role::Beat(p) | Role::Ghost(p) | Role::Fill(p) | Role::Polyrhythm(p) => Some(p),
        _ => None,
    }
}
