//! A player's ear: how many times a blown note came round against how many it should have, and what to do
//! about it.

use crate::filters::Svf;

/// Periods that are counted before the length of the tube is corrected.
const PERIODS: f32 = 7.0;
/// Furthest correction, in octaves either way.
const FURTHEST: f32 = 0.2;

/// Counts periods by their rising zeros.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ear {
    pure: Svf,
    last: f32,
    /// Samples since the first zero of this count, and turns wanted since.
    samples: f32,
    wanted: f32,
    step: f32,
    zeros: u32,
    /// Where the first zero lay.
    begun: bool,
    octaves: f32,
    share: f32,
    rate: f32,
    waiting: f32,
}

impl Ear {
    pub(super) fn new(hz: f32, rate: f32) -> Ear {
        Ear {
            pure: Svf::new(1.1 * hz, 1.0, rate),
            last: 0.0,
            samples: 0.0,
            wanted: 0.0,
            step: hz / rate,
            zeros: 0,
            begun: false,
            octaves: 0.0,
            share: 0.8,
            rate,
            // Taste: the start is too uneven to listen to.
            waiting: 0.035 * rate,
        }
    }
    /// Another pitch.
    pub(super) fn forget(&mut self, hz: f32, rate: f32) {
        self.pure = Svf::new(1.1 * hz, 1.0, rate);
        self.begun = false;
        self.waiting = 0.03 * rate;
        self.share = self.share.max(0.5);
    }
    /// The factor on the frequency that brings it in tune; from here on `hz` is wanted.
    pub(super) fn listen(&mut self, hz: f32, frames: usize) -> f32 {
        self.waiting -= frames as f32;
        self.step = hz / self.rate;
        self.pure.settle();
        self.octaves.exp2()
    }
    pub(super) fn hear(&mut self, piece: &[f32]) {
        for x in piece {
            let now = self.pure.next(*x).0;
            self.samples += 1.0;
            self.wanted += self.step;
            if self.last < 0.0 && now >= 0.0 {
                self.zero(now / (now - self.last));
            }
            self.last = now;
        }
    }
    /// A rising zero, `since` samples ago.
    fn zero(&mut self, since: f32) {
        if self.waiting > 0.0 {
            return;
        }
        if !self.begun {
            self.begun = true;
            self.samples = since;
            self.wanted = since * self.step;
            self.zeros = 0;
            return;
        }
        self.zeros += 1;
        if (self.zeros as f32) < PERIODS || self.samples < 0.025 * self.rate {
            return;
        }
        let turns = self.wanted - since * self.step;
        let off = (turns / self.zeros as f32).log2();
        // What is far off is not the pitch.
        if off.abs() < 0.15 {
            self.octaves = (self.octaves + self.share * off).clamp(-FURTHEST, FURTHEST);
            // Ever gentler, so that breath does not make it waver.
            self.share = (0.88 * self.share).max(0.15);
        }
        self.begun = false;
        self.zero(since);
    }
}
