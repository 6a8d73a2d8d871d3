//! Rhythms of motifs: the style's cells, or what a named technique strikes; and how words fill them.

use heapless::Vec;
use music::style::{Pattern, RhythmCell};
use music::technique::Rhythm;
use music::time::TICKS_PER_STEP;

use super::motif::{MOTIF_BARS, Measure, Motif, Tone};
use crate::dice::{Dice, Purpose};
use crate::placement::{BarGrid, is_heard};
use crate::schillinger;

/// Share of motifs whose one-bar cell returns in their second bar, percent. Taste: a bar said twice is a hook.
const TWICE: u32 = 68;

/// Where a motif's onsets come from.
#[derive(Clone, Copy)]
pub struct Rhythms<'a> {
    /// The style's cells.
    pub cells: &'a [RhythmCell],
    /// The technique that lays the onsets instead.
    pub technique: Rhythm,
    /// A bar's steps.
    pub grid: &'a BarGrid,
}

impl Rhythms<'_> {
    /// Lays the onsets of a motif. Whether both of its bars have one cell.
    pub fn lay(&self, out: &mut Motif, measure: &Measure, dice: Dice) -> bool {
        let units = measure.bar as u32 * MOTIF_BARS as u32;
        match self.technique {
            Rhythm::Style => return self.of_cells(out, measure, dice),
            Rhythm::Cycle(steps) => self.cycle(out, measure, steps, dice),
            Rhythm::Rotating(..) => {
                let twice = self.of_cells(out, measure, dice);
                out.tones
                    .retain(|tone| is_heard(self.technique, u32::from(tone.at)));
                return twice;
            }
            Rhythm::Polyrhythm(strokes, beats) => {
                let ticks = beats as i64 * 4 * TICKS_PER_STEP;
                for index in 0.. {
                    let tick = schillinger::stroke_tick(index, strokes, ticks);
                    let at = tick / TICKS_PER_STEP;
                    if at >= units as i64 || beats == 0 || out.tones.is_full() {
                        break;
                    }
                    strike(out, measure, at as u8, (tick % TICKS_PER_STEP) as u8, 2);
                }
            }
            technique => {
                let Some(series) = schillinger::series(technique) else {
                    return self.of_cells(out, measure, dice);
                };
                let mut at = 0u32;
                for duration in series.iter().cycle() {
                    if at >= units {
                        break;
                    }
                    strike(out, measure, at as u8, 0, *duration);
                    at += (*duration).max(1) as u32;
                }
            }
        }
        false
    }

    /// The style's cells: one of two bars, one said twice, or two in turn.
    fn of_cells(&self, out: &mut Motif, measure: &Measure, dice: Dice) -> bool {
        let fallback = walk();
        let first = self.pick(dice, 0);
        let second = if dice.chance(Purpose::MotifRhythm, 9, TWICE) {
            first
        } else {
            self.pick(dice, 1)
        };
        for bar in 0..MOTIF_BARS {
            let chosen = if bar == 0 { first } else { second };
            let (pattern, source) = match (first, chosen) {
                // A cell of two bars fills the motif by itself.
                (Some(long), _) if self.cells[long].pattern.bars() == 2 => {
                    (&self.cells[long].pattern, bar)
                }
                (_, Some(own)) => (&self.cells[own].pattern, 0),
                _ => (&fallback, 0),
            };
            for (index, slot) in self.grid.slots.iter().enumerate() {
                let mut slot = *slot;
                slot.pattern_bar = source as u16;
                let step = slot.step(pattern);
                if step.priority > 0 {
                    let _ = out.tones.push(Tone {
                        at: bar * measure.bar + index as u8,
                        length: step.span,
                        priority: step.priority,
                        velocity: step.velocity,
                        ..Tone::default()
                    });
                }
            }
        }
        first == second
    }

    /// The first `steps` steps of a cell, again and again across the bar line.
    fn cycle(&self, out: &mut Motif, measure: &Measure, steps: u8, dice: Dice) {
        let fallback = walk();
        let chosen = self.pick(dice, 0);
        let pattern = chosen.map_or(&fallback, |i| &self.cells[i].pattern);
        let length = (steps as usize).clamp(1, pattern.steps.len().max(1));
        for at in 0..measure.bar * MOTIF_BARS {
            let Some(step) = pattern.steps.get(at as usize % length) else {
                continue;
            };
            if step.priority > 0 {
                let _ = out.tones.push(Tone {
                    at,
                    length: step.span,
                    priority: step.priority,
                    velocity: step.velocity,
                    ..Tone::default()
                });
            }
        }
    }

    fn pick(&self, dice: Dice, place: u32) -> Option<usize> {
        let weights: Vec<u8, 16> = self.cells.iter().map(|c| c.weight.max(1)).collect();
        dice.pick(Purpose::MotifRhythm, place, &weights)
    }
}

/// Adds a stroke of a technique: long and metrically strong ones are wanted most. Taste.
fn strike(out: &mut Motif, measure: &Measure, at: u8, late: u8, duration: u8) {
    let priority = (4 + duration.min(3) + measure.strength(at) / 2 + (at == 0) as u8 * 2).min(9);
    let _ = out.tones.push(Tone {
        at,
        late,
        priority,
        ..Tone::default()
    });
}

/// Says some eighths as two sixteenths: `percent` of the tones that are exactly that long. What stands at one
/// place of the bar is said alike in both bars.
pub fn speak(motif: &mut Motif, measure: &Measure, percent: u32, dice: Dice) {
    if percent == 0 {
        return;
    }
    let mut index = 0;
    while index < motif.tones.len() {
        let tone = motif.tones[index];
        let end = motif
            .tones
            .get(index + 1)
            .map_or(measure.bar * MOTIF_BARS, |t| t.at);
        let place = (tone.at % measure.bar) as u32;
        let eighth = end - tone.at == 2 && (tone.length == 0 || tone.length == 2);
        let able = eighth && tone.priority >= super::contour::TUNE_PRIORITY;
        if able && dice.chance(Purpose::MotifRhythm, 0x3100 + place, percent) {
            motif.tones[index].length = tone.length.min(1);
            let second = Tone {
                at: tone.at + 1,
                length: 0,
                priority: (tone.priority - 1).max(super::contour::TUNE_PRIORITY),
                ..tone
            };
            if motif.tones.insert(index + 1, second).is_err() {
                return;
            }
            index += 1;
        }
        index += 1;
    }
}

/// Quarters and a pair of eighths, where a style has no cells.
fn walk() -> Pattern {
    let mut pattern = Pattern::default();
    for (at, priority) in [(0, 9), (4, 7), (6, 5), (8, 8), (10, 4), (12, 3)] {
        pattern.steps[at].priority = priority;
    }
    pattern
}
