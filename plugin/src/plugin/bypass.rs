//! Bypass without a click: every bus fades out within five milliseconds, then is silent; and back.
//!
//! Counts samples, so that it sounds the same however the host cuts its blocks.

/// Length of the fade.
const FADE_S: f32 = 0.005;

/// Fades the whole plug-in.
pub struct Bypass {
    bypassed: bool,
    /// Samples of the fade that are left to silence; the full length is no fade at all.
    level: u32,
    length: u32,
}

/// Whether the switch turned in this block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It did not.
    None,
    /// Bypass begins.
    In,
    /// Bypass ends.
    Out,
}

impl Default for Bypass {
    fn default() -> Self {
        Bypass {
            bypassed: false,
            level: 1,
            length: 1,
        }
    }
}

impl Bypass {
    /// Takes the sample rate.
    pub fn prepare(&mut self, sample_rate_hz: f32) {
        self.length = (sample_rate_hz * FADE_S).max(1.0) as u32;
        self.level = if self.bypassed { 0 } else { self.length };
    }
    /// Stands at once where the switch stands.
    pub fn reset(&mut self, bypassed: bool) {
        self.bypassed = bypassed;
        self.level = if bypassed { 0 } else { self.length };
    }
    /// Follows the switch.
    pub fn turn(&mut self, bypassed: bool) -> Turn {
        let before = std::mem::replace(&mut self.bypassed, bypassed);
        match (before, bypassed) {
            (false, true) => Turn::In,
            (true, false) => Turn::Out,
            _ => Turn::None,
        }
    }
    /// Faded out.
    pub const fn is_silent(&self) -> bool {
        self.bypassed && self.level == 0
    }
    /// Nothing to do.
    pub const fn is_open(&self) -> bool {
        !self.bypassed && self.level == self.length
    }
    /// The gain of the next sample.
    pub fn next_gain(&mut self) -> f32 {
        self.level = if self.bypassed {
            self.level.saturating_sub(1)
        } else {
            (self.level + 1).min(self.length)
        };
        self.level as f32 / self.length as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fades_to_silence_and_back_in_five_milliseconds() {
        let mut bypass = Bypass::default();
        bypass.prepare(48_000.0);
        assert!(bypass.is_open());
        assert_eq!(bypass.turn(true), Turn::In);
        assert_eq!(bypass.turn(true), Turn::None);
        let gains: Vec<f32> = (0..240).map(|_| bypass.next_gain()).collect();
        assert!(gains.is_sorted_by(|a, b| a > b), "no step back");
        assert!(
            gains.windows(2).all(|w| w[0] - w[1] < 0.005),
            "no step that clicks"
        );
        assert!(bypass.is_silent());
        assert_eq!(bypass.turn(false), Turn::Out);
        for _ in 0..240 {
            bypass.next_gain();
        }
        assert!(bypass.is_open());
    }
}
