//! Where the steps of a 4/4 pattern fall in a bar of any meter, at half and double time too.
//!
//! A bar's beats have roles; each takes the pattern beat of its role, so that an odd meter keeps its own
//! accents and is never a cut or padded 4/4. At half time a pattern bar is stretched over two bars of the
//! song, at double time two pattern bars fill one. Every engine reads the same [`BarGrid`], so that the
//! band changes its pace together.
//!
//! Runs in the audio callback, once a bar. It never chooses what is played.

use heapless::Vec;
use music::style::{Pattern, Step};
use music::technique::Pace;
use music::time::{BeatRole, MAX_STEPS, Meter, TICKS_PER_STEP};

/// Most slots of a bar: the longest bar at double time.
pub const MAX_SLOTS: usize = 2 * MAX_STEPS;

/// How fast patterns run against the bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeScale {
    /// A pattern bar lasts two bars.
    Half,
    /// A pattern bar is a bar.
    #[default]
    Plain,
    /// Two pattern bars fill a bar.
    Double,
}

impl TimeScale {
    /// The pace of a style with the tempo range `low..=high` (BPM) at a tempo: half or double where that
    /// brings its pulse nearer to the range.
    pub const fn at(low: u16, high: u16, tempo_mbpm: u32) -> TimeScale {
        let (low, high, tempo) = (low as u64 * 1000, high as u64 * 1000, tempo_mbpm as u64);
        if low == 0 || high < low || tempo == 0 {
            return TimeScale::Plain;
        }
        // Above: tempo/high against low/(tempo/2); below: low/tempo against 2·tempo/high.
        if tempo > high && (tempo >= 2 * low || tempo * tempo > 2 * low * high) {
            TimeScale::Half
        } else if tempo < low && (2 * tempo <= high || 2 * tempo * tempo < low * high) {
            TimeScale::Double
        } else {
            TimeScale::Plain
        }
    }
    /// The pace that the user chose, or the one of a style with the tempo range (lowest, usual, highest).
    pub const fn chosen(pace: Pace, range: (u16, u16, u16), tempo_mbpm: u32) -> TimeScale {
        match pace {
            Pace::Auto => TimeScale::at(range.0, range.2, tempo_mbpm),
            Pace::Half => TimeScale::Half,
            Pace::Plain => TimeScale::Plain,
            Pace::Double => TimeScale::Double,
        }
    }
    /// Length of a pattern step in ticks.
    pub const fn step_ticks(self) -> i64 {
        match self {
            TimeScale::Half => 2 * TICKS_PER_STEP,
            TimeScale::Plain => TICKS_PER_STEP,
            TimeScale::Double => TICKS_PER_STEP / 2,
        }
    }
    /// The tempo that patterns are felt at.
    pub const fn felt_tempo(self, tempo_mbpm: u32) -> u32 {
        match self {
            TimeScale::Half => tempo_mbpm / 2,
            TimeScale::Plain => tempo_mbpm,
            TimeScale::Double => tempo_mbpm.saturating_mul(2),
        }
    }
}

/// One step of a bar, and the pattern step that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Pattern bar within the section, from 0: two-bar patterns count by it.
    pub pattern_bar: u16,
    /// Step of the 4/4 pattern bar, 0–15.
    pub pattern_step: u8,
    /// Place of its beat in the bar, from 0.
    pub beat: u8,
    /// Step within its beat, from 0.
    pub in_beat: u8,
    /// Steps that its beat lasts.
    pub beat_steps: u8,
    /// What its beat does in the bar.
    pub role: BeatRole,
    /// Metrical strength, 4 bar line … 0 between eighths, as [`Meter::strength`].
    pub strength: u8,
    /// Where the band's timing drifts here, thousandths of a standard deviation.
    pub drift: i16,
}

impl Slot {
    /// The step that a pattern has here.
    pub fn step(&self, pattern: &Pattern) -> Step {
        self.step_at(pattern, self.pattern_step)
    }
    /// Another step of the same pattern bar.
    pub fn step_at(&self, pattern: &Pattern, pattern_step: u8) -> Step {
        let bar = self.pattern_bar as usize % pattern.bars();
        pattern
            .steps
            .get(bar * 16 + pattern_step as usize)
            .copied()
            .unwrap_or_default()
    }
}

/// The steps of one bar, evenly spaced.
#[derive(Clone, Debug, Default)]
pub struct BarGrid {
    /// By rising tick.
    pub slots: Vec<Slot, MAX_SLOTS>,
    /// Pace of the patterns.
    pub scale: TimeScale,
}

impl BarGrid {
    /// Lays out a bar: `bar_in_section` tells which half of a stretched pattern bar it is.
    pub fn lay(&mut self, meter: Meter, scale: TimeScale, bar_in_section: u16) {
        self.slots.clear();
        self.scale = scale;
        let (bar, ticks) = (bar_in_section, meter.bar_ticks());
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
                let cell = if in_beat < 4 {
                    in_beat
                } else {
                    2 + in_beat % 2
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
                    beat: index as u8,
                    in_beat,
                    beat_steps: beat.steps,
                    role: beat.role,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(n: u8, d: u8, scale: TimeScale, bar: u16) -> BarGrid {
        let mut grid = BarGrid::default();
        grid.lay(Meter::new(n, d).unwrap(), scale, bar);
        grid
    }

    fn steps(grid: &BarGrid) -> Vec<u8, MAX_SLOTS> {
        grid.slots.iter().map(|s| s.pattern_step).collect()
    }

    #[test]
    fn common_time_is_taken_as_it_is_written() {
        let grid = laid(4, 4, TimeScale::Plain, 0);
        assert!(
            grid.slots
                .iter()
                .enumerate()
                .all(|(i, s)| s.pattern_step as usize == i)
        );
        assert!(
            grid.slots
                .iter()
                .enumerate()
                .all(|(i, s)| s.tick == 240 * i as i64)
        );
    }

    #[test]
    fn odd_meters_take_beats_by_their_role() {
        let seven = laid(7, 8, TimeScale::Plain, 0);
        assert_eq!(steps(&seven), [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 6, 7]);
        let five = laid(5, 4, TimeScale::Plain, 0);
        let beats: Vec<u8, 8> = five
            .slots
            .iter()
            .filter(|s| s.in_beat == 0)
            .map(|s| s.pattern_step / 4)
            .collect();
        assert_eq!(beats, [0, 2, 1, 2, 3]);
        assert_eq!(
            steps(&laid(6, 8, TimeScale::Plain, 0)),
            [0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 7]
        );
    }

    #[test]
    fn strength_agrees_with_the_meter() {
        for (n, d) in [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (13, 8), (5, 16)] {
            let meter = Meter::new(n, d).unwrap();
            for (i, slot) in laid(n, d, TimeScale::Plain, 0).slots.iter().enumerate() {
                assert_eq!(slot.strength, meter.strength(i), "{n}/{d} step {i}");
            }
        }
    }

    #[test]
    fn half_time_spreads_a_pattern_bar_over_two() {
        let (a, b) = (
            laid(4, 4, TimeScale::Half, 2),
            laid(4, 4, TimeScale::Half, 3),
        );
        assert_eq!(steps(&a), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(steps(&b), [8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(a.slots[1].tick, 480);
        assert!(a.slots.iter().chain(&b.slots).all(|s| s.pattern_bar == 1));
    }

    #[test]
    fn double_time_plays_two_pattern_bars_in_one() {
        let grid = laid(4, 4, TimeScale::Double, 3);
        assert_eq!(grid.slots.len(), 32);
        assert_eq!((grid.slots[16].tick, grid.slots[16].pattern_bar), (1920, 7));
    }

    #[test]
    fn pace_follows_the_range() {
        assert_eq!(TimeScale::at(80, 140, 120_000), TimeScale::Plain);
        assert_eq!(TimeScale::at(80, 140, 200_000), TimeScale::Half);
        assert_eq!(TimeScale::at(160, 180, 200_000), TimeScale::Plain);
        assert_eq!(TimeScale::at(80, 140, 60_000), TimeScale::Double);
        assert_eq!(TimeScale::at(80, 90, 75_000), TimeScale::Plain);
        assert_eq!(TimeScale::at(0, 0, 75_000), TimeScale::Plain);
    }

    #[test]
    fn every_slot_is_found_again() {
        for (n, d) in [(4, 4), (7, 8), (3, 16), (13, 4)] {
            for scale in [TimeScale::Half, TimeScale::Plain, TimeScale::Double] {
                for bar in 0..3 {
                    let grid = laid(n, d, scale, bar);
                    for (i, slot) in grid.slots.iter().enumerate() {
                        assert_eq!(
                            grid.slot_at(slot.tick).map(|(k, _)| k),
                            Some(i),
                            "{n}/{d} {scale:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn gates_fall_with_priority() {
        assert_eq!(density_gate(9, 0), 0);
        assert_eq!(density_gate(4, 0), 60);
        assert_eq!(density_gate(1, 0), 96);
        assert!((1..9).all(|p| density_gate(p, 0) > density_gate(p + 1, 0)));
    }
}
