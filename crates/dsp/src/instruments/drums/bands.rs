//! Four bands of noise side by side: wires, air, the wash of cymbals, grains in a gourd.
//!
//! Each band has its own noise, filter, delay, rise and a fall in two stages, so that the top of a cymbal
//! dies before its middle. All four are computed at once; the first and third lean to one side, the
//! second and fourth to the other.

mod filters;

use crate::math::{F4, F8, TICK, eights, meshed, signed8, sum, whole};
use crate::noise::hash;
use filters::Filters;
use wide::{i32x8, u32x8};

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

/// Share of the floor at which a sound is over.
const GONE: f32 = 0.03;

/// Four bands that sound.
#[derive(Clone, Debug)]
pub(crate) struct Bands {
    /// Of each band, for one sample and for the next.
    noise: [u32; 8],
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
    /// What is under this is on its way out: it falls faster, and so ends without an edge.
    floor: f32,
    hush: f32,
    on: bool,
    /// Nothing waits and no burst is to come.
    even: bool,
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
            noise: core::array::from_fn(|k| hash(phase ^ hash(12 + k as u32)) | 1),
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
            // Taste: gone within 30 ms, as a plate's modes are.
            hush: fall_over_tick(0.06, rate),
            on: bands.iter().any(|b| b.level > 0.0),
            even: false,
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
        // Noise without gaps never lets them fall so low.
        if !self.dense {
            self.first.settle();
            if self.steep {
                self.second.settle();
            }
        }
        let whole = frames == TICK;
        if whole && self.even {
            self.go_on();
            return;
        }
        let n = frames as f32;
        let over = |fall: f32| {
            if whole {
                fall
            } else {
                fall.powf(n / TICK as f32)
            }
        };
        let left = sum(F4::new(self.fast) + F4::new(self.slow));
        let hush = over(self.hush(left));
        for k in 0..4 {
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
                self.fast[k] *= over(self.fast_fall[k]) * hush;
                self.slow[k] *= over(self.slow_fall[k]) * hush;
            }
        }
        self.on = left > GONE * self.floor;
        self.even = self.delay.iter().all(|d| *d <= 0.0) && self.bursts == [0; 4];
    }
    /// How much faster what is under the floor falls.
    fn hush(&self, left: f32) -> f32 {
        if left < self.floor { self.hush } else { 1.0 }
    }
    /// A tick without delays and bursts: all four at once.
    fn go_on(&mut self) {
        let [fast, slow] = [self.fast, self.slow].map(F4::new);
        let level = fast + slow;
        let left = sum(level);
        let hush = F4::splat(self.hush(left));
        self.on = left > GONE * self.floor;
        let one = F4::splat(1.0);
        let n = F4::splat(TICK as f32);
        let rise = (F4::new(self.rise) + F4::new(self.rise_step) * n).fast_min(one);
        let target = rise * F4::new(self.burst) * level;
        self.rise = rise.to_array();
        self.step = ((target - F4::new(self.gain)) / n).to_array();
        // What still rises does not fall yet.
        let risen = rise.simd_ge(one);
        let fallen = [(fast, self.fast_fall), (slow, self.slow_fall)];
        [self.fast, self.slow] = fallen.map(|(now, fall)| {
            let next = now * F4::new(fall) * hush;
            risen.select(next, now).to_array()
        });
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
        // Told apart so that the compiler knows how long a whole piece is.
        match (left.as_mut_array::<TICK>(), right.as_mut_array::<TICK>()) {
            (Some(left), Some(right)) => self.run(left, right, metal),
            _ => self.run(left, right, metal),
        }
    }
    #[inline(always)]
    fn run(&mut self, left: &mut [f32], right: &mut [f32], metal: Option<&[f32; TICK]>) {
        let frames = left.len();
        let mut pairs = self.hiss();
        if let Some(metal) = metal {
            let share = twice(self.metal);
            for (pair, [a, b]) in pairs.iter_mut().zip(metal.as_chunks().0) {
                *pair = share.mul_add(F8::new([*a, *a, *a, *a, *b, *b, *b, *b]), *pair);
            }
        }
        self.first.run(&mut pairs, frames);
        if self.steep {
            self.second.run(&mut pairs, frames);
        }
        let (gain, step) = (F4::new(self.gain), F4::new(self.step));
        let [a, b, c, d] = gain.to_array();
        let [e, f, g, h] = (gain + step).to_array();
        let mut gains = F8::new([a, b, c, d, e, f, g, h]);
        let stride = twice((step + step).to_array());
        for pair in &mut pairs {
            *pair *= gains;
            gains += stride;
        }
        self.gain = (gain + step * F4::splat(frames as f32)).to_array();
        let cross = F8::splat(self.cross);
        let [p, q, r, s, t, u, v, w] = F8::transpose(pairs);
        // Of every other sample, then of those between them.
        let (a, b, c, d) = (p + r, q + s, t + v, u + w);
        let near = [cross.mul_add(b, a), cross.mul_add(d, c)];
        let far = [cross.mul_add(a, b), cross.mul_add(c, d)];
        for (side, [even, odd]) in [(left, near), (right, far)] {
            let more = whole(meshed(even, odd));
            match side.as_mut_array() {
                Some(side) => {
                    let (old, more) = (eights(side), eights(&more));
                    *side = whole([old[0] + more[0], old[1] + more[1]]);
                }
                None => {
                    for (x, more) in side.iter_mut().zip(&more) {
                        *x += more;
                    }
                }
            }
        }
    }
    /// The noise of a piece.
    #[inline(always)]
    fn hiss(&mut self) -> [F8; TICK / 2] {
        let (mut noise, hiss) = (u32x8::new(self.noise), twice(self.hiss));
        let mut next = || {
            noise ^= noise << 13u32;
            noise ^= noise >> 17u32;
            noise ^= noise << 5u32;
            noise
        };
        let mut pairs = [F8::ZERO; TICK / 2];
        if self.dense {
            for x in &mut pairs {
                *x = hiss * F8::from_i32x8(signed8(next()));
            }
        } else {
            let [a, b, c, d] = self.below;
            let below = i32x8::new([a, b, c, d, a, b, c, d]);
            for x in &mut pairs {
                let n = next();
                let chosen = signed8((n << 9u32) | (n >> 23u32)).simd_lt(below);
                *x = hiss * F8::from_i32x8(signed8(n) & chosen);
            }
        }
        self.noise = noise.to_array();
        pairs
    }
}

/// A four for both samples of a pair.
#[inline(always)]
fn twice([a, b, c, d]: Four) -> F8 {
    F8::new([a, b, c, d, a, b, c, d])
}
