//! Which bar the song is in, and where song bar 1 lies on the host's time line.
//!
//! With a bar number the song's bars are the host's, counted from the start bar. Without one (VST3) the
//! form follows quarter notes since the song's start. Where not even a bar's start is told, bars are counted
//! in the meter that stands.
//!
//! After the framework has split a block for automation it tells bars that it recomputed from zero with the
//! meter there, which is wrong after a meter change. Such a report, where it contradicts what followed, is
//! passed over for as long as one block may last.

use music::time::{Meter, TICKS_PER_QUARTER};

use super::host::Heard;

/// Rounding of bar lines, in ticks.
const ROUNDING_TICKS: f64 = 0.5;

/// A bar on the host's time line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bar {
    /// Bar of the song, from 0.
    pub index: i32,
    /// Where it starts, in the host's ticks.
    pub start: f64,
    /// Its meter.
    pub meter: Meter,
}

impl Bar {
    fn ticks(&self) -> f64 {
        self.meter.bar_ticks() as f64
    }
    fn is_at(&self, other: &Bar) -> bool {
        self.index == other.index && (self.start - other.start).abs() <= ROUNDING_TICKS
    }
    /// The bar at a position, if bars of this meter went on both ways.
    fn at(&self, position: f64) -> Bar {
        let bars = ((position - self.start + ROUNDING_TICKS) / self.ticks()).floor();
        Bar {
            index: self.index.saturating_add(bars as i32),
            start: self.start + bars * self.ticks(),
            meter: self.meter,
        }
    }
}

/// Follows the bars.
#[derive(Clone, Debug, Default)]
pub(super) struct Bars {
    bar: Bar,
    song_start: f64,
    /// (start bar, where it was seen to lie)
    seen_start: Option<(i32, f64)>,
    /// The start bar that the bar was counted from.
    start_bar: i32,
    doubted_frames: u32,
}

impl Bars {
    pub fn bar(&self) -> Bar {
        self.bar
    }
    /// Where song bar 1 lies, in the host's ticks.
    pub fn song_start(&self) -> f64 {
        self.song_start
    }
    /// The song moved to a position without a report.
    pub fn move_to(&mut self, position: f64) {
        self.bar = self.bar.at(position);
    }
    /// Bars of one meter from a place on: the plug-in's own clock.
    pub fn count_from(&mut self, start: f64, meter: Meter, position: f64) {
        self.song_start = start;
        self.bar = Bar {
            index: 0,
            start,
            meter,
        }
        .at(position);
    }
    /// Takes a report after a jump.
    pub fn jump(&mut self, heard: &Heard, start_bar: i32, position: f64) {
        self.doubted_frames = 0;
        (self.bar, self.song_start) = self.read(heard, start_bar, position);
    }
    /// Takes a report at the start of a block of `frames` that goes on from the one before.
    pub fn follow(
        &mut self,
        heard: &Heard,
        start_bar: i32,
        position: f64,
        frames: u32,
        max_block_frames: u32,
    ) {
        let predicted = Bar {
            meter: heard.meter,
            ..self.bar.at(position)
        };
        let same_start = self.start_bar == start_bar;
        let (told, song_start) = self.read(heard, start_bar, position);
        // A new meter is told where a host block starts, not at a split; a new start bar is the user's.
        if heard.meter == self.bar.meter
            && same_start
            && is_artefact(heard, position)
            && !told.is_at(&predicted)
            && self.doubted_frames <= max_block_frames
        {
            self.doubted_frames += frames;
            self.bar = predicted;
            return;
        }
        self.doubted_frames = 0;
        (self.bar, self.song_start) = (told, song_start);
    }
    /// The bar that a report speaks of, and where the song starts by it.
    fn read(&mut self, heard: &Heard, start_bar: i32, position: f64) -> (Bar, f64) {
        self.start_bar = start_bar;
        let bar_ticks = heard.meter.bar_ticks() as f64;
        let bars_before = start_bar.saturating_sub(1);
        // Where the start bar lies if the meter has been this one from the beginning.
        let counted_start = bars_before as f64 * bar_ticks;
        let seen = self
            .seen_start
            .filter(|(bar, _)| *bar == start_bar)
            .map(|(_, at)| at);
        let bar_start = heard.bar_start.filter(|start| {
            let inside = position - start;
            -ROUNDING_TICKS <= inside && inside < bar_ticks + ROUNDING_TICKS
        });
        let (Some(number), Some(start)) = (heard.bar_number, bar_start) else {
            let song_start = seen.unwrap_or(counted_start);
            if (song_start..song_start + bar_ticks).contains(&position) {
                self.seen_start = Some((start_bar, song_start));
            }
            let first = Bar {
                index: 0,
                start: song_start,
                meter: heard.meter,
            };
            return match bar_start {
                Some(start) => (
                    Bar {
                        start,
                        ..first.at(start)
                    },
                    song_start,
                ),
                None => (first.at(position), song_start),
            };
        };
        let index = number.saturating_sub(bars_before);
        let steady = (start - number as f64 * bar_ticks).abs() <= ROUNDING_TICKS;
        let song_start = if index == 0 {
            self.seen_start = Some((start_bar, start));
            start
        } else if let Some(seen) = seen {
            seen
        } else if steady {
            counted_start
        } else if bars_before == 0 {
            0.0
        } else {
            start - index as f64 * bar_ticks
        };
        (
            Bar {
                index,
                start,
                meter: heard.meter,
            },
            song_start,
        )
    }
}

/// Whether a report says just what the framework recomputes after a split: bars of this meter from zero.
fn is_artefact(heard: &Heard, position: f64) -> bool {
    let quarters = heard.position.unwrap_or(position) / TICKS_PER_QUARTER as f64;
    let bar_quarters = heard.meter.numerator as f64 / heard.meter.denominator as f64 * 4.0;
    let bars = (quarters / bar_quarters).floor();
    let start = bars * bar_quarters * TICKS_PER_QUARTER as f64;
    heard.bar_number.is_none_or(|number| number == bars as i32)
        && heard
            .bar_start
            .is_some_and(|told| (told - start).abs() < 1e-3)
}
