//! A pattern's strokes under a rhythm: as written, going round in a length of its own, or on the onsets that
//! a technique lays.
//!
//! What a technique lays runs on from the section's start across bar lines. A lane's own pattern still says
//! what is played: each onset takes pitch, role and force of the pattern's stroke that is nearest before it. How
//! firmly an onset is wanted follows from the generators, so that density stays a threshold.

use heapless::Vec;
use music::style::{Pattern, Step};
use music::technique::Rhythm;
use music::time::BeatRole;

use super::{BarGrid, MAX_SLOTS, Slot, cycled};
use crate::schillinger::accents::is_stressed;
use crate::schillinger::density::sounding;
use crate::schillinger::{Series, groups, length, series, struck};

/// A stroke of a pattern where it falls in a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// How strong that place is; see [`music::time::Meter::strength`].
    pub strength: u8,
    /// What its beat does in the bar.
    pub role: BeatRole,
    /// What is played.
    pub step: Step,
}

/// A pattern's strokes in one bar, by rising tick.
pub type Laid = Vec<Placed, MAX_SLOTS>;

/// Priority of an onset where the technique begins anew, where one of its groups begins, and elsewhere.
/// Taste: all are heard at the default density, and thin out in this order.
const PRIORITY: [u8; 3] = [9, 7, 5];

/// Lays a pattern on the bar's grid, or on that of the bar `ahead` of it (in plain time).
pub fn lay(grid: &BarGrid, pattern: &Pattern, rhythm: Rhythm, ahead: u16) -> Laid {
    let mut out = Laid::new();
    let ahead_steps = ahead as u32 * (grid.bar_ticks / grid.step_ticks()) as u32;
    let moved = |slot: &Slot| Slot {
        pattern_bar: slot.pattern_bar.wrapping_add(ahead),
        section_step: slot.section_step + ahead_steps,
        ..*slot
    };
    if let Rhythm::Polyrhythm(strokes, beats) = rhythm {
        polyrhythm(grid, pattern, (strokes, beats), ahead, &mut out);
        return out;
    }
    let onsets = Onsets::new(rhythm);
    let mut before = first_stroke(pattern);
    for (index, slot) in grid.slots.iter().map(moved).enumerate() {
        if !is_heard(rhythm, slot.section_step) {
            continue;
        }
        let written = match rhythm {
            Rhythm::Cycle(length) => cycled(pattern, slot.section_step, length as usize),
            _ => slot.step(pattern),
        };
        if written.priority > 0 {
            before = written;
        }
        let step = match &onsets {
            None if pattern.cycles => written,
            None => Step {
                span: grid.held(index, written.span),
                ..written
            },
            Some(onsets) => match onsets.priority(slot.section_step) {
                0 => continue,
                priority => laid_out(before, priority),
            },
        };
        if step.priority > 0 {
            let _ = out.push(Placed {
                tick: slot.tick,
                strength: slot.strength,
                role: slot.role,
                step,
            });
        }
    }
    out
}

/// Whether a rotating rhythm lets a step of the section be heard; every other rhythm does.
///
/// The silent beats change places once in a round: the group that sounds begins one beat later each time.
pub fn is_heard(rhythm: Rhythm, section_step: u32) -> bool {
    let Rhythm::Rotating(heard, beats) = rhythm else {
        return true;
    };
    let beat = section_step / 4;
    let (round, place) = (
        beat / u32::from(beats.max(1)),
        beat % u32::from(beats.max(1)),
    );
    sounding(beats, heard, round) >> place & 1 == 1
}

/// The pattern's stroke that stands for those before the bar.
fn first_stroke(pattern: &Pattern) -> Step {
    let sounding = pattern.steps.iter().find(|step| step.priority > 0);
    sounding.copied().unwrap_or_default()
}

/// A stroke moved to an onset: its own length is the engine's again.
const fn laid_out(stroke: Step, priority: u8) -> Step {
    Step {
        priority,
        span: 0,
        ..stroke
    }
}

/// The onsets that a technique lays, in steps from the section's start.
#[derive(Clone, Debug)]
pub struct Onsets {
    series: Series,
    cycle: u32,
    groups: Series,
}

impl Onsets {
    /// Those of a rhythm; `None` where the onsets are the pattern's own, or lie between the steps.
    pub fn new(rhythm: Rhythm) -> Option<Onsets> {
        let series = series(rhythm)?;
        Some(Onsets {
            cycle: length(&series).max(1),
            groups: groups(rhythm),
            series,
        })
    }
    /// How firmly a stroke is wanted at a step of the section, 0 for not at all.
    pub fn priority(&self, section_step: u32) -> u8 {
        let unit = section_step % self.cycle;
        let struck = struck(&self.series, unit).is_some();
        match struck {
            false => 0,
            true if unit == 0 => PRIORITY[0],
            true if is_stressed(&self.groups, unit) => PRIORITY[1],
            true => PRIORITY[2],
        }
    }
}

/// So many even strokes in so many beats, to the tick.
fn polyrhythm(
    grid: &BarGrid,
    pattern: &Pattern,
    (strokes, beats): (u8, u8),
    ahead: u16,
    out: &mut Laid,
) {
    let strokes = strokes.max(1) as i64;
    let period = beats.max(1) as i64 * 4 * grid.step_ticks();
    let from = grid.section_tick + ahead as i64 * grid.bar_ticks;
    // The first stroke whose tick, rounded down, lies in the bar.
    let mut number = (from * strokes + period - 1) / period;
    loop {
        let tick = number * period / strokes - from;
        if tick >= grid.bar_ticks {
            break;
        }
        let Some((index, slot)) = grid.slot_at(tick) else {
            break;
        };
        let written = |slot: &Slot| {
            Slot {
                pattern_bar: slot.pattern_bar.wrapping_add(ahead),
                ..*slot
            }
            .step(pattern)
        };
        let before = grid.slots[..=index]
            .iter()
            .rev()
            .map(written)
            .find(|step| step.priority > 0)
            .unwrap_or_else(|| first_stroke(pattern));
        let priority = PRIORITY[usize::from(number % strokes != 0)];
        let strength = if slot.tick == tick { slot.strength } else { 0 };
        let stroke = Placed {
            tick,
            strength,
            role: slot.role,
            step: laid_out(before, priority),
        };
        if before.priority > 0 && out.push(stroke).is_err() {
            break;
        }
        number += 1;
    }
}
