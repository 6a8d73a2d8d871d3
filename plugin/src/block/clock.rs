//! A clock on samples: an anchor in ticks and the frames since it.

use music::time::TICKS_PER_QUARTER;

/// Song time by samples. Positions are recomputed from the anchor, so that blocks of any size give the
/// same ones.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    rate_hz: f64,
    tempo_bpm: f64,
    anchor: f64,
    frames: u64,
}

impl Default for Clock {
    fn default() -> Self {
        Clock {
            rate_hz: 48_000.0,
            tempo_bpm: 120.0,
            anchor: 0.0,
            frames: 0,
        }
    }
}

impl Clock {
    pub fn prepare(&mut self, rate_hz: f64) {
        let here = self.position();
        if rate_hz.is_finite() && rate_hz > 0.0 {
            self.rate_hz = rate_hz;
        }
        self.locate(here);
    }
    pub fn rate_hz(&self) -> f64 {
        self.rate_hz
    }
    pub fn tempo_bpm(&self) -> f64 {
        self.tempo_bpm
    }
    pub fn ticks_per_frame(&self) -> f64 {
        ticks_per_frame(self.tempo_bpm, self.rate_hz)
    }
    /// Position in ticks.
    pub fn position(&self) -> f64 {
        self.anchor + self.frames as f64 * self.ticks_per_frame()
    }
    /// Frames since the anchor was set.
    pub fn frames_since_anchor(&self) -> u64 {
        self.frames
    }
    /// Goes somewhere.
    pub fn locate(&mut self, position: f64) {
        self.anchor = position;
        self.frames = 0;
    }
    /// Goes on from here at another tempo.
    pub fn set_tempo(&mut self, tempo_bpm: f64) {
        if tempo_bpm != self.tempo_bpm {
            self.locate(self.position());
            self.tempo_bpm = tempo_bpm;
        }
    }
    pub fn advance(&mut self, frames: u32) {
        self.frames += frames as u64;
    }
}

pub(super) fn ticks_per_frame(tempo_bpm: f64, rate_hz: f64) -> f64 {
    tempo_bpm / 60.0 * TICKS_PER_QUARTER as f64 / rate_hz
}
