//! Four bands of noise side by side: wires, air, the wash of cymbals, grains in a gourd.
//!
//! Each band has its own noise, filter, delay, rise and a fall in two stages, so that the top of a cymbal
//! dies before its middle. All four are computed at once; the first and third lean to one side, the
//! second and fourth to the other.

use crate::filters::SvfCoefficients;
use crate::math::{TICK, flush};
use crate::noise::hash;

/// Which part of a filtered band is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Part {
    Low,
    #[default]
    Band,
    High,
}

/// What a design asks of a band.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band {
    pub(crate) hz: f32,
    /// 2 broad … 0.2 narrow.
    pub(crate) damping: f32,
    pub(crate) part: Part,
    pub(crate) level: f32,
    pub(crate) delay_s: f32,
    pub(crate) attack_s: f32,
    pub(crate) t60_s: f32,
    /// Share that falls slowly, and its time.
    pub(crate) tail: f32,
    pub(crate) tail_t60_s: f32,
    /// 1 unbroken noise … 0.01 single grains.
    pub(crate) density: f32,
    /// Share of the voice's own metal in place of noise.
    pub(crate) metal: f32,
    /// Bursts before the last and the time between them.
    pub(crate) bursts: u8,
    pub(crate) spread_s: f32,
}

impl Default for Band {
    fn default() -> Self {
        Band {
            hz: 1000.0,
            damping: 1.4,
            part: Part::Band,
            level: 0.0,
            delay_s: 0.0,
            attack_s: 0.0003,
            t60_s: 0.1,
            tail: 0.0,
            tail_t60_s: 0.1,
            density: 1.0,
            metal: 0.0,
            bursts: 0,
            spread_s: 0.01,
        }
    }
}

type Four = [f32; 4];

/// The filters of four bands: a state-variable filter each.
#[derive(Clone, Copy, Debug, Default)]
struct Filters {
    a1: Four,
    a2: Four,
    a3: Four,
    /// What is heard of input, band and low.
    m0: Four,
    m1: Four,
    m2: Four,
    s1: Four,
    s2: Four,
}

impl Filters {
    fn set(&mut self, k: usize, band: &Band, rate: f32) {
        let c = SvfCoefficients::new(band.hz, band.damping, rate);
        (self.a1[k], self.a2[k], self.a3[k]) = (c.a1, c.a2, c.a3);
        (self.m0[k], self.m1[k], self.m2[k]) = match band.part {
            Part::Low => (0.0, 0.0, 1.0),
            Part::Band => (0.0, c.k, 0.0),
            Part::High => (1.0, -c.k, -1.0),
        };
    }
    #[inline(always)]
    fn next(&mut self, x: Four) -> Four {
        let mut out = [0.0; 4];
        for k in 0..4 {
            let (s1, s2) = (self.s1[k], self.s2[k]);
            // Sums of products: the same filter with a shorter chain.
            let band = self.a1[k] * s1 + self.a2[k] * (x[k] - s2);
            let low = (self.a3[k] * x[k] + s2) + (self.a2[k] * s1 - self.a3[k] * s2);
            self.s1[k] = 2.0 * band - s1;
            self.s2[k] = 2.0 * low - s2;
            out[k] = self.m0[k] * x[k] + self.m1[k] * band + self.m2[k] * low;
        }
        out
    }
    fn settle(&mut self) {
        for s in self.s1.iter_mut().chain(&mut self.s2) {
            *s = flush(*s);
        }
    }
}

/// Four bands that sound.
#[derive(Clone, Debug)]
pub(crate) struct Bands {
    noise: [u32; 4],
    /// Noise is heard where other bits of it lie below.
    below: [i32; 4],
    hiss: Four,
    metal: Four,
    first: Filters,
    second: Filters,
    /// Two filters in a row: 24 dB an octave, for metal.
    steep: bool,
    gain: Four,
    step: Four,
    delay: Four,
    rise: Four,
    rise_step: Four,
    fast: Four,
    slow: Four,
    fast_fall: Four,
    slow_fall: Four,
    bursts: [u8; 4],
    until: Four,
    spread: Four,
    burst: Four,
    burst_fall: Four,
    /// How much of either side the other hears: 1 is mono.
    cross: f32,
    /// Every band is unbroken noise.
    dense: bool,
    /// What is under this is unheard.
    floor: f32,
    on: bool,
}

/// The factor over one tick of a fall by 60 dB.
fn fall_over_tick(t60_s: f32, rate: f32) -> f32 {
    (-3.0 * core::f32::consts::LN_10 * TICK as f32 / (t60_s * rate).max(1.0)).exp()
}

impl Bands {
    /// `gain` is the voice's own: the floor below which nothing is heard is what it leaves.
    pub(crate) fn new(
        bands: &[Band],
        steep: bool,
        cross: f32,
        gain: f32,
        phase: u32,
        rate: f32,
    ) -> Bands {
        // Taste: 70 dB under full scale, before the strip.
        let floor = (3e-4 / gain.max(0.01)).min(4e-3);
        let mut out = Bands {
            noise: core::array::from_fn(|k| hash(phase ^ hash(11 + k as u32)) | 1),
            below: [i32::MAX; 4],
            hiss: [0.0; 4],
            metal: [0.0; 4],
            first: Filters::default(),
            second: Filters::default(),
            steep,
            gain: [0.0; 4],
            step: [0.0; 4],
            delay: [0.0; 4],
            rise: [0.0; 4],
            rise_step: [1.0; 4],
            fast: [0.0; 4],
            slow: [0.0; 4],
            fast_fall: [0.0; 4],
            slow_fall: [0.0; 4],
            bursts: [0; 4],
            until: [0.0; 4],
            spread: [1.0; 4],
            burst: [1.0; 4],
            burst_fall: [1.0; 4],
            cross,
            dense: bands.iter().all(|b| b.density >= 1.0),
            floor,
            on: bands.iter().any(|b| b.level > 0.0),
        };
        for (k, band) in bands.iter().take(4).enumerate() {
            out.set(k, band, rate);
        }
        out
    }
    fn set(&mut self, k: usize, band: &Band, rate: f32) {
        self.first.set(k, band, rate);
        self.second.set(k, band, rate);
        // White noise through a narrow band loses power; this gives it back. So does noise with gaps.
        let share = (band.hz * band.damping / (0.5 * rate)).clamp(0.01, 1.0);
        let make_up = match band.part {
            Part::High => 1.0,
            _ => (0.25 / share).sqrt().clamp(0.7, 4.0),
        };
        let density = band.density.clamp(0.005, 1.0);
        if density < 1.0 {
            self.below[k] = ((2.0 * density - 1.0) * 2_147_483_648.0) as i32;
        }
        self.hiss[k] = (1.0 - band.metal) / density.sqrt() / 2_147_483_648.0;
        self.metal[k] = band.metal;
        let level = band.level.max(0.0) * make_up;
        self.delay[k] = band.delay_s * rate;
        self.rise_step[k] = 1.0 / (band.attack_s * rate).max(1.0);
        self.fast[k] = level * (1.0 - band.tail);
        self.slow[k] = level * band.tail;
        self.fast_fall[k] = fall_over_tick(band.t60_s, rate);
        self.slow_fall[k] = fall_over_tick(band.tail_t60_s, rate);
        self.bursts[k] = band.bursts;
        self.spread[k] = band.spread_s * rate;
        self.until[k] = self.spread[k];
        self.burst_fall[k] = fall_over_tick(2.2 * band.spread_s, rate);
    }
    pub(crate) const fn is_silent(&self) -> bool {
        !self.on
    }
    /// At control ticks.
    pub(crate) fn tick(&mut self, frames: usize) {
        if !self.on {
            return;
        }
        self.first.settle();
        self.second.settle();
        let n = frames as f32;
        let whole = frames == TICK;
        let over = |fall: f32| {
            if whole {
                fall
            } else {
                fall.powf(n / TICK as f32)
            }
        };
        let mut left = 0.0;
        for k in 0..4 {
            left += self.fast[k] + self.slow[k];
            if self.delay[k] > 0.0 {
                self.delay[k] -= n;
                continue;
            }
            self.rise[k] = (self.rise[k] + self.rise_step[k] * n).min(1.0);
            let target = self.rise[k] * self.burst[k] * (self.fast[k] + self.slow[k]);
            self.step[k] = (target - self.gain[k]) / n;
            if self.bursts[k] > 0 {
                self.burst[k] *= over(self.burst_fall[k]);
                self.until[k] -= n;
                if self.until[k] <= 0.0 {
                    self.bursts[k] -= 1;
                    self.until[k] += self.spread[k];
                    self.burst[k] = 1.0;
                }
            } else if self.rise[k] >= 1.0 {
                self.fast[k] *= over(self.fast_fall[k]);
                self.slow[k] *= over(self.slow_fall[k]);
            }
        }
        self.on = left > self.floor;
    }
    /// Adds to both sides; `metal` is the voice's own source.
    #[inline(never)]
    pub(crate) fn render(
        &mut self,
        left: &mut [f32],
        right: &mut [f32],
        metal: Option<&[f32; TICK]>,
    ) {
        if !self.on {
            return;
        }
        let mut source = [[0.0f32; 4]; TICK];
        let frames = left.len();
        let mut noise = self.noise;
        if self.dense {
            for x in source[..frames].iter_mut() {
                for k in 0..4 {
                    let mut n = noise[k];
                    n ^= n << 13;
                    n ^= n >> 17;
                    n ^= n << 5;
                    noise[k] = n;
                    x[k] = self.hiss[k] * n as i32 as f32;
                }
            }
        }
        let broken = if self.dense { 0 } else { frames };
        for x in source[..broken].iter_mut() {
            for k in 0..4 {
                let mut n = noise[k];
                n ^= n << 13;
                n ^= n >> 17;
                n ^= n << 5;
                noise[k] = n;
                let heard = if (n.rotate_left(9) as i32) < self.below[k] {
                    n as i32
                } else {
                    0
                };
                x[k] = self.hiss[k] * heard as f32;
            }
        }
        self.noise = noise;
        if let Some(metal) = metal {
            for (x, m) in source[..frames].iter_mut().zip(metal) {
                for k in 0..4 {
                    x[k] += self.metal[k] * m;
                }
            }
        }
        let mut first = self.first;
        for x in source[..frames].iter_mut() {
            *x = first.next(*x);
        }
        self.first = first;
        if self.steep {
            let mut second = self.second;
            for x in source[..frames].iter_mut() {
                *x = second.next(*x);
            }
            self.second = second;
        }
        let (mut gain, step) = (self.gain, self.step);
        for ((left, right), x) in left.iter_mut().zip(right).zip(&source) {
            let mut y = [0.0; 4];
            for k in 0..4 {
                y[k] = gain[k] * x[k];
                gain[k] += step[k];
            }
            let (a, b) = (y[0] + y[2], y[1] + y[3]);
            *left += a + self.cross * b;
            *right += b + self.cross * a;
        }
        self.gain = gain;
    }
}
