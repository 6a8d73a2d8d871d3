//! What a host says, checked: what cannot be is replaced by what was last good, and remembered as a fault.

use music::time::{Meter, TICKS_PER_QUARTER};

use super::HostTransport;

/// Tempos that a host may tell, BPM; hosts stay well inside.
const TEMPO_BPM: core::ops::RangeInclusive<f64> = 1.0..=999.0;
/// Farthest position that is taken seriously, ticks: weeks of music.
const FARTHEST_TICKS: f64 = 1e10;

/// What is left of a report. Positions are in the host's ticks: quarters times 960, from its own zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heard {
    pub tempo_bpm: f64,
    pub meter: Meter,
    pub position: Option<f64>,
    pub bar_number: Option<i32>,
    pub bar_start: Option<f64>,
    pub cycle: Option<(f64, f64)>,
}

/// The last good values.
#[derive(Clone, Debug, Default)]
pub(super) struct Checked {
    tempo_bpm: Option<f64>,
    meter: Option<Meter>,
    bad: bool,
}

impl Checked {
    pub fn take_bad(&mut self) -> bool {
        std::mem::take(&mut self.bad)
    }
    /// The internal clock's tempo.
    pub fn own_tempo(&mut self, tempo_bpm: f64) -> f64 {
        self.tempo(Some(tempo_bpm))
    }
    pub fn check(&mut self, host: &HostTransport, own_meter: Meter, rate_hz: f64) -> Heard {
        let tempo_bpm = self.tempo(host.tempo_bpm);
        let meter = self.meter(host.meter, own_meter);
        let from_samples = || {
            let samples = host.position_samples? as f64;
            Some(samples / rate_hz * tempo_bpm / 60.0)
        };
        let position = self
            .ticks(host.position_quarters)
            .or_else(|| self.ticks(from_samples()));
        let bar_start = self.ticks(host.bar_start_quarters);
        let cycle = host.loop_quarters.and_then(|(start, end)| {
            let (start, end) = (self.ticks(Some(start))?, self.ticks(Some(end))?);
            (start < end).then_some((start, end))
        });
        Heard {
            tempo_bpm,
            meter,
            position,
            bar_number: host.bar_number,
            bar_start,
            cycle,
        }
    }
    fn tempo(&mut self, told: Option<f64>) -> f64 {
        match told {
            Some(tempo) if TEMPO_BPM.contains(&tempo) => {
                self.tempo_bpm = Some(tempo);
            }
            Some(_) => self.bad = true,
            None => {}
        }
        self.tempo_bpm.unwrap_or(120.0)
    }
    fn meter(&mut self, told: Option<(i32, i32)>, own: Meter) -> Meter {
        let Some((numerator, denominator)) = told else {
            return own;
        };
        let meter = u8::try_from(numerator)
            .ok()
            .zip(u8::try_from(denominator).ok())
            .and_then(|(numerator, denominator)| Meter::new(numerator, denominator));
        match meter {
            Some(meter) => self.meter = Some(meter),
            None => self.bad = true,
        }
        // No host tells how it groups its beats: the song's grouping counts where its meter is the host's.
        self.meter.unwrap_or(own).grouped_like(own)
    }
    fn ticks(&mut self, quarters: Option<f64>) -> Option<f64> {
        let ticks = quarters? * TICKS_PER_QUARTER as f64;
        let good = ticks.is_finite() && ticks.abs() <= FARTHEST_TICKS;
        self.bad |= !good;
        good.then_some(ticks)
    }
}
