//! How fast a style's patterns run at a tempo.

use music::technique::Pace;
use music::time::TICKS_PER_STEP;

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
