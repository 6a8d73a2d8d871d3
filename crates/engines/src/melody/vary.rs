//! Varied bars behind the variation gate: the second bar of a unit with its contour turned round.
//!
//! Variation hashes the section itself, not its kind: the second chorus is varied in other bars than the
//! first. At the default variation a tune returns as it was.

use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::ear::Ear;
use super::pitching::{Manner, choose, resolve};
use super::{Tune, note, role, write};
use crate::band::PhraseSeat;
use crate::dice::Purpose;
use music::lane::Lane;

/// Lowest variation from which a bar may be varied. Taste: above the default.
const FIRST: u32 = 45;

/// Adds the varied bars of a phrase and gates the plain ones.
pub fn vary(
    tune: &mut Tune,
    drafts: &Drafts,
    ear: &Ear,
    manner: Manner,
    seat: &PhraseSeat,
    louder: i32,
) {
    let bar = ear.measure.bar as u16;
    let dice = seat
        .dice
        .lane(Lane::Melody)
        .at(0x4000 + seat.section.id as u32);
    let plain = tune.len();
    let bars = drafts.last().map_or(0, |d| d.at / bar + 1);
    for n in (1..bars).step_by(2) {
        let from = FIRST + dice.throw(Purpose::Variation, n as u32, 110);
        if from > 100 {
            continue;
        }
        let from = from as u8;
        let inside = |at: u16| at / bar == n;
        // Tones of the bar, their degrees in backward order, and the tone after them to lead to.
        let mut own: Drafts = drafts.iter().filter(|d| inside(d.at)).copied().collect();
        own.retain(|d| d.priority >= TUNE_PRIORITY);
        let count = own
            .len()
            .saturating_sub(own.last().is_some_and(|d| d.is_last) as usize);
        if count < 2 || own.iter().any(|d| d.is_peak) {
            continue;
        }
        let turned: Drafts = own[..count].iter().rev().copied().collect();
        for (draft, source) in own.iter_mut().zip(&turned) {
            draft.degree = source.degree + (source.degree == draft.degree) as i8;
        }
        let next = drafts
            .iter()
            .find(|d| d.at / bar > n && d.priority >= TUNE_PRIORITY)
            .copied();
        choose(&mut own, ear, manner, dice.at(n as u32));
        let varied = own.len();
        if let Some(next) = next {
            let _ = own.push(next);
        }
        resolve(&mut own, ear, manner.cap, dice);
        for note in tune[..plain].iter_mut().filter(|note| note.bar as u16 == n) {
            note.gate.variation = (0, from - 1);
        }
        for index in 0..varied {
            let mut sung = note(&own[index], role(&own, index, ear), louder);
            sung.gate.variation = (from, 100);
            write(tune, ear.measure, own[index].tick(), sung);
        }
    }
}
