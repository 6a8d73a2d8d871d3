//! Where a bar's second half starts, in any meter: harmony moves by bars and half bars.

use music::time::{BeatRole, Meter};

/// Shortest bar that is halved, in steps. Taste: in 3/8 chords go by bars.
const SHORTEST: usize = 8;

/// The step at which the second group of beats starts; in bars of one group the last beat. `None` in bars
/// of one beat and in short ones.
pub fn half_bar(meter: Meter) -> Option<u8> {
    if meter.steps() < SHORTEST {
        return None;
    }
    let beats = meter.beats();
    let middle = meter.steps() as u8;
    let groups = beats.iter().filter(|b| b.role == BeatRole::Mid);
    let central = groups
        .min_by_key(|b| (2 * b.first_step).abs_diff(middle))
        .map(|b| b.first_step);
    central.or(beats.iter().skip(1).last().map(|b| b.first_step))
}

#[cfg(test)]
mod tests;
