//! Where the steps of a 4/4 pattern fall in a bar of any meter, at half and double time too.
//!
//! A bar's beats have roles; each takes the pattern beat of its role, so that an odd meter keeps its own
//! accents and is never a cut or padded 4/4. In a dotted beat the pattern's second half is the beat's last
//! third, as in a shuffle. At half time a pattern bar is stretched over two bars of the
//! song, at double time two pattern bars fill one. Every engine reads the same [`BarGrid`], so that the
//! band changes its pace together.
//!
//! Runs in the audio callback, once a bar. It never chooses what is played.

mod pace;
mod rhythm;
#[cfg(test)]
mod tests;

use heapless::Vec;
use music::style::{Pattern, Step};
use music::time::{BeatRole, MAX_STEPS, Meter};

pub use pace::TimeScale;
pub use rhythm::{Laid, Onsets, Placed, is_heard, lay};

/// Most slots of a bar: the longest bar at double time.
pub const MAX_SLOTS: usize = 2 * MAX_STEPS;

/// One step of a bar, and the pattern step that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Pattern bar within the section, from 0: two-bar patterns count by it.
    pub pattern_bar: u16,
    /// Step of the 4/4 pattern bar, 0–15.
    pub pattern_step: u8,
    /// Step from the section's start, at the bar's pace: what runs on across bar lines counts by it.
    pub section_step: u32,
    /// Place of its beat in the bar, from 0.
    pub beat: u8,
    /// Step within its beat, from 0.
    pub in_beat: u8,
    /// Steps that its beat lasts.
    pub beat_steps: u8,
    /// What its beat does in the bar.
    pub role: BeatRole,
    /// In a dotted beat, between the pattern's first half and its second: sounds only where the pattern pulses.
    pub is_between: bool,
    /// Metrical strength, 4 bar line … 0 between eighths, as [`Meter::strength`].
    pub strength: u8,
    /// Where the band's timing drifts here, thousandths of a standard deviation.
    pub drift: i16,
}

impl Slot {
    /// Place in its beat in quarters of a pattern step.
    const fn cell_quarters(&self) -> u32 {
        match self.in_beat {
            inside if self.beat_steps <= 4 => 4 * inside as u32,
            2 => 6,
            3 => 7,
            4 => 8,
            5.. => 12,
            inside => 4 * inside as u32,
        }
    }
    /// The step that a pattern has here.
    pub fn step(&self, pattern: &Pattern) -> Step {
        if pattern.cycles {
            cycled(pattern, self.section_step, pattern.steps.len())
        } else {
            self.step_at(pattern, self.pattern_step)
        }
    }
    /// Another step of the same pattern bar. Between the halves of a dotted beat a pattern sounds where it pulses:
    /// where the same half sounds before and after, a little less wanted than either.
    pub fn step_at(&self, pattern: &Pattern, pattern_step: u8) -> Step {
        let bar = self.pattern_bar as usize % pattern.bars();
        let at = |step: u8| {
            let found = pattern.steps.get(bar * 16 + step as usize).copied();
            found.unwrap_or_default()
        };
        let written = at(pattern_step);
        if !self.is_between {
            return written;
        }
        let before = at(pattern_step.saturating_sub(2));
        let wanted = before.priority.min(written.priority);
        Step {
            priority: wanted.saturating_sub(1),
            ..if wanted > 1 { written } else { Step::default() }
        }
    }
}

/// The step of a pattern that goes round in `length` steps, whatever the bar is.
fn cycled(pattern: &Pattern, section_step: u32, length: usize) -> Step {
    let inside = section_step as usize % length.max(1);
    let written = pattern.steps.len().max(1);
    pattern
        .steps
        .get(inside % written)
        .copied()
        .unwrap_or_default()
}

/// The steps of one bar, evenly spaced.
#[derive(Clone, Debug, Default)]
pub struct BarGrid {
    /// By rising tick.
    pub slots: Vec<Slot, MAX_SLOTS>,
    /// Pace of the patterns.
    pub scale: TimeScale,
    /// Length of the bar in ticks.
    pub bar_ticks: i64,
    /// Ticks from the section's start to the bar's, while the section keeps its meter.
    pub section_tick: i64,
}

impl BarGrid {
    /// Lays out a bar: `bar_in_section` tells which half of a stretched pattern bar it is.
    pub fn lay(&mut self, meter: Meter, scale: TimeScale, bar_in_section: u16) {
        self.slots.clear();
        self.scale = scale;
        let (bar, ticks) = (bar_in_section, meter.bar_ticks());
        self.bar_ticks = ticks;
        self.section_tick = bar as i64 * ticks;
        match scale {
            TimeScale::Plain => self.lay_pattern_bar(meter, bar, 0),
            TimeScale::Half => self.lay_pattern_bar(meter, bar / 2, -((bar % 2) as i64 * ticks)),
            TimeScale::Double => {
                self.lay_pattern_bar(meter, bar.wrapping_mul(2), 0);
                self.lay_pattern_bar(meter, bar.wrapping_mul(2).wrapping_add(1), ticks / 2);
            }
        }
    }

    fn lay_pattern_bar(&mut self, meter: Meter, pattern_bar: u16, offset: i64) {
        let (length, step_ticks) = (meter.bar_ticks(), self.scale.step_ticks());
        let mut backs = 0;
        for (index, beat) in meter.beats().iter().enumerate() {
            let pattern_beat = match beat.role {
                BeatRole::Down => 0,
                BeatRole::Mid | BeatRole::Weak => 2,
                BeatRole::Back => {
                    backs += 1;
                    if backs % 2 == 1 { 1 } else { 3 }
                }
            };
            for in_beat in 0..beat.steps {
                let tick = offset + (beat.first_step + in_beat) as i64 * step_ticks;
                if !(0..length).contains(&tick) {
                    continue;
                }
                let (cell, is_between) = match in_beat {
                    2 | 3 => (in_beat, beat.steps > 4),
                    4.. => (2 + in_beat % 2, false),
                    _ => (in_beat, false),
                };
                let strength = match (in_beat, beat.role) {
                    (0, BeatRole::Down) => 4,
                    (0, BeatRole::Mid) => 3,
                    (0, _) => 2,
                    (inside, _) if inside % 2 == 0 => 1,
                    _ => 0,
                };
                let _ = self.slots.push(Slot {
                    tick,
                    pattern_bar,
                    pattern_step: pattern_beat * 4 + cell,
                    section_step: pattern_bar as u32 * meter.steps() as u32
                        + (beat.first_step + in_beat) as u32,
                    beat: index as u8,
                    in_beat,
                    beat_steps: beat.steps,
                    role: beat.role,
                    is_between,
                    strength,
                    drift: 0,
                });
            }
        }
    }

    /// Length of a slot in ticks.
    pub const fn step_ticks(&self) -> i64 {
        self.scale.step_ticks()
    }

    /// Steps of this bar that a stroke is held which is written `span` steps long: a written beat is a beat, dotted
    /// or short. 0 stays 0.
    pub fn held(&self, index: usize, span: u8) -> u8 {
        let Some(first) = self.slots.get(index).filter(|_| span > 0) else {
            return 0;
        };
        let (mut beat, until) = (0, first.cell_quarters() + 4 * span as u32);
        for (steps, slot) in self.slots[index..].iter().enumerate().skip(1) {
            beat += 16 * u32::from(slot.in_beat == 0);
            if beat + slot.cell_quarters() >= until {
                return steps as u8;
            }
        }
        let rest = until.saturating_sub(beat + 16) / 4;
        (self.slots.len() - index) as u8 + rest as u8
    }

    /// The slot that a tick of the bar lies in, with its index; the first or last one outside.
    pub fn slot_at(&self, tick: i64) -> Option<(usize, &Slot)> {
        let first = self.slots.first()?.tick;
        let index = (tick - first)
            .div_euclid(self.step_ticks())
            .clamp(0, self.slots.len() as i64 - 1) as usize;
        Some((index, &self.slots[index]))
    }
}

/// The density from which a pattern step is heard: priority 9 always, 4 at the default of 60 %, 1 near the
/// top; of equal priority, metrically strong steps come a little earlier.
pub const fn density_gate(priority: u8, strength: u8) -> u8 {
    // Taste: twelve percent a priority puts 4 and above at the default density.
    let priority = if priority > 9 { 9 } else { priority };
    let base = (9 - priority) * 12;
    let strong = if strength > 4 { 8 } else { strength * 2 };
    base.saturating_sub(strong)
}
