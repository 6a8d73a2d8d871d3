//! Metal: many modes of a plate, squares that share no common pitch, and bands of noise that fall each at
//! its own pace.

use super::super::{Scratch, Tick};
use super::bands::{Band, Bands};
use super::plate::Plate;
use super::pulse::Pulse;
use super::struck::finish;
use crate::math::{F8, TICK, eights, gain_from_db, whole};
use crate::noise::hash;
use wide::u32x4;

/// Ratios of the squares that multiply each other in pairs.
///
/// Taste: near-irrational and closer together towards the top; no product falls on another.
const PAIRED: [f32; 8] = [1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523, 2.5917, 3.0743];

/// Squares as a source.
#[derive(Clone, Debug)]
pub(crate) struct Squares {
    phases: [u32; 8],
    steps: [u32; 8],
    /// Multiplied in pairs: every sum and difference of their overtones.
    paired: bool,
    /// What each half says by which of its squares are down.
    says: [[f32; 16]; 2],
}

/// What four squares say together, in the mean `offset` times `scale` higher.
fn says(scale: f32, offset: i32) -> [f32; 16] {
    core::array::from_fn(|down| scale * (offset - 2 * down.count_ones() as i32) as f32)
}

impl Squares {
    /// Eight squares that multiply each other in pairs, the lowest at `hz`.
    pub(crate) fn paired(hz: f32, phase: u32, rate: f32) -> Squares {
        let mut squares = Squares::beside(&PAIRED.map(|r| hz * r), phase, rate);
        squares.paired = true;
        squares.says = [says(0.29, 4); 2];
        squares
    }
    /// Up to eight squares side by side.
    pub(crate) fn beside(hz: &[f32], phase: u32, rate: f32) -> Squares {
        let scale = 0.58 / (hz.len() as f32).sqrt();
        let mut squares = Squares {
            phases: [0; 8],
            steps: [0; 8],
            paired: false,
            says: [says(scale, hz.len() as i32), says(scale, 0)],
        };
        for (k, hz) in hz.iter().take(8).enumerate() {
            squares.phases[k] = hash(phase.wrapping_add(77 * k as u32));
            squares.steps[k] = (hz.min(0.45 * rate) / rate * 4_294_967_296.0) as u32;
        }
        squares
    }
    /// About as strong as white noise between −1 and 1.
    #[inline(always)]
    fn render(&mut self, out: &mut [f32]) {
        let four = |of: &[u32; 8], from: usize| u32x4::new(core::array::from_fn(|k| of[from + k]));
        let (mut low, mut high) = (four(&self.phases, 0), four(&self.phases, 4));
        let (a, b) = (four(&self.steps, 0), four(&self.steps, 4));
        let [first, second] = &self.says;
        for out in out.iter_mut() {
            low += a;
            high += b;
            *out = if self.paired {
                first[(low ^ high).to_bitmask() as usize & 15]
            } else {
                first[low.to_bitmask() as usize & 15] + second[high.to_bitmask() as usize & 15]
            };
        }
        self.phases[..4].copy_from_slice(&low.to_array());
        self.phases[4..].copy_from_slice(&high.to_array());
    }
}

/// What a design asks for beside its modes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design<'a> {
    pub(crate) level_db: f32,
    pub(crate) gain: f32,
    pub(crate) bands: &'a [Band],
    pub(crate) steep: bool,
    pub(crate) pulse: Pulse,
    pub(crate) rise_s: f32,
    /// How much either side hears of the other: 1 is mono.
    pub(crate) cross: f32,
}

/// A cymbal that sounds.
#[derive(Clone, Debug)]
pub(crate) struct Metal {
    plate: Plate,
    squares: Option<Squares>,
    bands: Bands,
    pulse: Pulse,
    gain: f32,
    rise: f32,
    rise_per_sample: f32,
    cross: f32,
}

impl Metal {
    pub(crate) fn new(
        d: &Design<'_>,
        plate: Plate,
        squares: Option<Squares>,
        phase: u32,
        rate: f32,
    ) -> Metal {
        let gain = d.gain * gain_from_db(d.level_db);
        Metal {
            plate,
            squares,
            bands: Bands::new(d.bands, d.steep, d.cross, gain, phase, rate),
            pulse: d.pulse,
            gain,
            rise: 0.0,
            rise_per_sample: 1.0 / (d.rise_s * rate).max(4.0),
            cross: d.cross,
        }
    }
    pub(crate) fn is_over(&self) -> bool {
        self.plate.is_silent() && self.bands.is_silent() && self.pulse.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        // Taste: 60 dB under the stroke's own full scale is unheard beside its wash.
        self.plate.settle(1e-3);
        self.bands.tick(tick.frames);
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize) {
        let [mut even, odd] = if self.plate.is_silent() {
            [[F8::ZERO; 2]; 2]
        } else {
            self.plate.render(frames)
        };
        if !self.pulse.is_over() {
            let mut push = [0.0; TICK];
            self.pulse.render(&mut push[..frames]);
            let push = eights(&push);
            even = [even[0] + push[0], even[1] + push[1]];
        }
        let cross = F8::splat(self.cross);
        out.left = whole([0, 1].map(|n| cross.mul_add(odd[n], even[n])));
        out.right = whole([0, 1].map(|n| cross.mul_add(even[n], odd[n])));
        let (left, right) = (&mut out.left[..frames], &mut out.right[..frames]);
        if !self.bands.is_silent() {
            let source = self.squares.as_mut().map(|squares| {
                let mut source = [0.0f32; TICK];
                squares.render(&mut source[..frames]);
                source
            });
            self.bands.render(left, right, source.as_ref());
        }
        finish(left, right, self.gain, &mut self.rise, self.rise_per_sample);
    }
}
