//! Strums: voices after each other, low to high on the beat, high to low off it.

use music::lane::Lane;
use music::style::CompTechnique;
use music::time::ticks_from_micros;

use super::Placed;
use crate::dice::Purpose;
use crate::view::BarView;

/// Time that a strum takes across all strings, microseconds. Taste: a relaxed pick.
const STRUM_US: i64 = 20_000;
/// How far apart the fingers of a block chord fall at full humanize, microseconds. Taste.
const FINGERS_US: i64 = 6_000;

/// How much later than the stroke a voice sounds, in ticks.
pub fn delay(
    view: &BarView,
    technique: CompTechnique,
    placed: Placed,
    voice: usize,
    count: usize,
) -> i64 {
    let tempo = view.place.tempo_mbpm;
    if technique == CompTechnique::Strum && count > 1 {
        let down = placed.strength > 0;
        let place = if down { voice } else { count - 1 - voice } as i64;
        return ticks_from_micros(STRUM_US * place / (count as i64 - 1), tempo);
    }
    let humanize = view.latch.feel[Lane::Harmony.index()].humanize as i64;
    let dice = view.dice.lane(Lane::Harmony);
    let throw = dice.throw(Purpose::Strum, (placed.tick as u32) * 8 + voice as u32, 100) as i64;
    ticks_from_micros(FINGERS_US * throw / 100 * humanize / 100, tempo)
}
