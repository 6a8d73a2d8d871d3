//! Where a grid place really falls: swing, push, and the drift of human hands.
//!
//! Three things move a stroke off the grid. Swing lengthens the first half of a pair of eighths or sixteenths
//! by an exact ratio. Push moves the whole lane. Human timing is what drummers were measured to do: a usual
//! place for each piece and step, and a remainder that drifts, as if the whole band breathed. The drift is
//! noise in octaves over the ticks of the section, so that it neither depends on what was asked before nor
//! changes when the section is moved. Humanize scales what is human; at 0 the grid (with swing and push)
//! stays.
//!
//! Runs in the audio callback, integers only. Never decides whether something is played.

mod drift;
mod groove;
mod swing;
#[cfg(test)]
mod tests;

use music::drum::Piece;
use music::lane::Lane;
use music::time::{Tick, ticks_from_micros};

use crate::dice::{Dice, Purpose};
use crate::placement::Slot;
use crate::view::BarView;

pub use drift::drift;
pub use groove::Groove;
pub use swing::warp;

/// Furthest that push and human timing together move an onset, microseconds.
pub const MAX_SHIFT_US: i64 = 60_000;

/// A place and a force after feel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Felt {
    /// Place on the grid, unmoved.
    pub grid: Tick,
    /// Place as played.
    pub onset: Tick,
    /// Velocity as played, 1–127.
    pub velocity: u8,
}

impl Felt {
    /// Length in ticks of a note that lasts `duration` on the grid: one that starts late, by swing or by hand,
    /// still lets go in time for the chord behind it.
    pub fn lasting(&self, duration: i64) -> i32 {
        let late = (self.onset.0 - self.grid.0).max(0);
        (duration - late).max(60) as i32
    }
}

/// How far pitched players stray, against drummers. Taste: their attacks are softer, so less is heard.
const PITCHED_SHARE: i64 = 60;
/// How far one player's usual places differ from what all players have in common, microseconds.
/// Measured: within single takes the spread of usual places is wider than over all takes together.
const OWN_HABIT_US: i64 = 4_000;
/// Share of the usual places that one take shows, percent. Measured: one take's habits are its own.
const USUAL_SHARE: i64 = 88;
/// The same where the style swings: most of what players lay back is in the swing already. Taste.
const SWUNG_SHARE: i64 = 32;
/// The spread that is played against the spread that is then measured, percent. Measured: usual places, taken out
/// as medians of few strokes, take some of it with them.
const WIDENED: i64 = 112;
/// Widest drift of a whole band, microseconds. Measured: takes spread by 12 to 18 ms; wider medians mix takes.
const WIDEST_SD_US: i64 = 18_000;
/// Share of the velocity spread that is chance within a bar, percent. Measured spreads hold soft and loud
/// takes together; about half remains within one.
const FORCE_SHARE: i32 = 54;
/// Velocity spread of pitched lanes. Taste.
const PITCHED_FORCE_SD: i32 = 6;

/// Places a stroke: `tick` counts from the bar's start, `velocity` is what the pattern asks for.
pub fn place(view: &BarView, lane: Lane, piece: Option<Piece>, tick: i64, velocity: u8) -> Felt {
    felt(view, lane, piece, tick, velocity, true)
}

/// The same without swing: for strokes that divide time evenly, whatever the style does.
pub fn place_even(
    view: &BarView,
    lane: Lane,
    piece: Option<Piece>,
    tick: i64,
    velocity: u8,
) -> Felt {
    felt(view, lane, piece, tick, velocity, false)
}

fn felt(
    view: &BarView,
    lane: Lane,
    piece: Option<Piece>,
    tick: i64,
    velocity: u8,
    swings: bool,
) -> Felt {
    let grid = view.place.start.plus(tick);
    let feel = view.latch.feel[lane.index()];
    let velocity = velocity.clamp(1, 127);
    let Some((_, slot)) = view.grid.slot_at(tick) else {
        return Felt {
            grid,
            onset: grid,
            velocity,
        };
    };
    let swung = if swings {
        swing::swung(view, lane, slot, tick, feel.swing)
    } else {
        tick
    };
    let (mut human_us, mut force) = (0, 0);
    if feel.humanize > 0 {
        human_us = human(view, slot, lane, piece, tick) * feel.humanize as i64 / 100;
        force = strength(view, slot, lane, piece, tick) * feel.humanize as i32 / 100;
    }
    let shift_us = (feel.push_ms as i64 * 1000 + human_us).clamp(-MAX_SHIFT_US, MAX_SHIFT_US);
    let onset = view
        .place
        .start
        .plus(swung + ticks_from_micros(shift_us, view.place.tempo_mbpm));
    Felt {
        grid,
        onset,
        velocity: (velocity as i32 + force).clamp(1, 127) as u8,
    }
}

/// Microseconds off the grid at full humanize.
fn human(view: &BarView, slot: &Slot, lane: Lane, piece: Option<Piece>, tick: i64) -> i64 {
    let groove = &view.seats[lane.index()].groove;
    let sd = (groove.residual_sd_us() * WIDENED / 100).min(WIDEST_SD_US);
    let (slow, quick) = drift::shares(groove.residual_lag1());
    let share = if swing::moves(view, lane, slot) {
        SWUNG_SHARE
    } else {
        USUAL_SHARE
    };
    match piece {
        Some(piece) => {
            let usual = groove.step(piece, slot.pattern_step).offset_us as i64;
            let place = piece as u32 * 16 + slot.pattern_step as u32;
            let usual = usual * share / 100;
            let habit = Dice::song(view.latch.seed)
                .lane(lane)
                .bell(Purpose::Timing, place) as i64
                * OWN_HABIT_US;
            let own = drift::noise(view.dice.lane(lane), (tick as u32) * 32 + piece as u32);
            usual + habit / 1000 + sd * (slow * slot.drift as i64 + quick * own) / 1_000_000
        }
        None => {
            // Half follows the band, half is the player's own.
            let own = drift::own(view.section_dice.lane(lane), view.section_tick() + tick);
            let usual = groove.pitched_us(slot.pattern_step).unwrap_or(0) * share / 100;
            usual + sd * PITCHED_SHARE / 100 * (slot.drift as i64 + own) * 707 / 1_000_000
        }
    }
}

/// Velocity off what the pattern asks for, at full humanize.
fn strength(view: &BarView, slot: &Slot, lane: Lane, piece: Option<Piece>, tick: i64) -> i32 {
    let sd = match piece {
        Some(piece) => {
            let groove = &view.seats[lane.index()].groove;
            let measured = groove.step(piece, slot.pattern_step).velocity_sd;
            (measured as i32 * FORCE_SHARE / 100).clamp(3, 19)
        }
        None => PITCHED_FORCE_SD,
    };
    let place = (tick as u32) * 32 + piece.map_or(31, |p| p as u32);
    sd * drift::noise(view.dice.lane(lane).at(1), place) as i32 / 1000
}
