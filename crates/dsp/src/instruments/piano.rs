//! Struck strings as partials: stretched by stiffness, two or three strings a key that beat and fall in two
//! stages, a hammer that opens with velocity.
//!
//! Of the third string the two sides hear opposite signs, which is what makes it wide.
//!
//! Reference: H. Fletcher, "Normal vibration frequencies of a stiff piano string"; G. Weinreich,
//! "Coupled piano strings" (double decay).

use music::patch::PianoTable;

use super::{Hit, Scratch, Tick};
use crate::filters::{OnePole, Svf};
use crate::math::hz_from_pitch;
use crate::noise::{Noise, chance, hash};
use crate::partials::Partials;
use crate::ramp::Ramp;

/// Partials of which all strings are played.
const DOUBLED: usize = 8;
/// Most partials.
const PARTIALS: usize = 40;
/// Partials so far under the strongest are left out.
///
/// Taste: −62 dB is masked by the neighbours.
const FAINT: f32 = 8e-4;

/// The first key without a damper.
///
/// Reference: N. Fletcher, T. Rossing, "The Physics of Musical Instruments", ch. 12: the top octave and a half of a
/// grand has none.
const UNDAMPED: u8 = 90;

/// A piano key that sounds.
#[derive(Clone, Debug)]
pub(crate) struct PianoVoice {
    strings: Partials<48>,
    third: Partials<8>,
    rise: f32,
    rise_per_sample: f32,
    attack: Ramp,
    knock: f32,
    knock_fall: f32,
    noise: Noise,
    dull: OnePole,
    wood: Svf,
    side: f32,
    place: f32,
    gain: f32,
    release_s: f32,
    /// Felt that falls back on the strings, and wood.
    thud: f32,
    /// The top has no dampers.
    damped: bool,
}

/// B of a key's strings on a grand: partial n sounds at n √(1 + B n²).
///
/// Reference: R. Young, "Inharmonicity of plain wire piano strings", 1952: the second mode of C4 is 1.2 cents sharp,
/// which is 0.00035, and that doubles every 8 keys above. Large grands have a little less: about 0.01 at C8. Wound
/// strings are least stiff about two octaves down and three times as stiff at the lowest key.
fn stiffness(pitch: f32) -> f32 {
    3e-4 * (((pitch - 60.0) / 9.2).exp2() + ((21.0 - pitch) / 6.5).exp2())
}

impl PianoVoice {
    pub(crate) fn start(table: &PianoTable, hit: &Hit) -> PianoVoice {
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch);
        let b = table.stiffness * stiffness(pitch);
        // The pitch is the first partial's, whatever the stiffness.
        let tuned = hz / (1.0 + b).sqrt();
        let frequency = |n: f32| tuned * n * (1.0 + b * n * n).sqrt();
        let hammer =
            table.hammer_hz * hit.octaves(table.velocity_octaves).exp2() * hit.hardness(0.8);
        // Reference: D. Martin, "Decay rates of piano tones": the top octaves fall some ten times as fast as the
        // middle, the bass at half its rate.
        let t60 = table.decay_s * hit.body(1.0) * (-(pitch - 60.0) / 13.0).clamp(-3.2, 1.2).exp2();
        let mut levels = [0.0f32; PARTIALS];
        let (mut power, mut top) = (0.0, 0.0f32);
        let count = ((11_000.0 / hz) as usize).clamp(1, PARTIALS);
        for (i, level) in levels[..count].iter_mut().enumerate() {
            let n = (i + 1) as f32;
            let f = frequency(n);
            // The hammer strikes near an eighth of the string and leaves that partial weak.
            let place = (core::f32::consts::PI * n / 8.3).sin().abs() + 0.12;
            // The soundboard is uneven, hears little below 90 Hz, and differs from partial to partial.
            let board = 1.0 + 0.22 * chance(i as u32 * 131 + u32::from(hit.pitch), 72);
            let low = f * f / (f * f + 55.0 * 55.0);
            *level = board * low * place * n.powf(-0.35) / (1.0 + (f / hammer).powi(2));
            power += *level * *level;
            top = top.max(*level);
        }
        let scale = 0.5 / power.sqrt();
        let mut strings = Partials::new(2e-5);
        let mut third = Partials::new(2e-5);
        let beat = (table.detune_cents * (1.0 + 0.3 * chance(hit.phase, 70)) / 1200.0).exp2();
        for (i, level) in levels[..count].iter().enumerate() {
            if *level < FAINT * top {
                continue;
            }
            let n = (i + 1) as f32;
            let f = frequency(n);
            let fall = t60 / (1.0 + 2.4 * table.damping * (f / 1000.0)) / (1.0 + 0.05 * n);
            // Signs scattered once and for all keep the peak low.
            let sign = if hash(i as u32 * 31 + u32::from(hit.pitch)) & 1 == 0 {
                1.0
            } else {
                -1.0
            };
            let level = sign * scale * level;
            if i < DOUBLED {
                strings.strike(f / beat.sqrt(), 0.45 * fall, 0.62 * level, rate);
                strings.strike(f * beat.sqrt(), fall, 0.38 * level, rate);
                let away = beat.powf(1.3 * chance(i as u32 + u32::from(hit.pitch) * 7, 73));
                third.strike(f * away, 0.7 * fall, 0.55 * level, rate);
            } else {
                strings.strike(f, 0.7 * fall, level, rate);
            }
        }
        PianoVoice {
            strings,
            third,
            rise: 0.0,
            rise_per_sample: 1.0
                / ((0.0012 + 0.003 * (1.0 - hit.velocity)) * hit.slowness() * rate),
            attack: Ramp::at(0.0),
            knock: 1.1 * table.knock * hit.hardness(1.0) * (0.3 + 0.7 * hit.velocity),
            knock_fall: (-6.9 / (0.05 * rate)).exp(),
            noise: Noise::new(hit.phase, 71),
            dull: OnePole::new(300.0 + 500.0 * hit.velocity, rate),
            wood: Svf::new(170.0, 0.9, rate),
            side: table.width,
            place: table.width * ((pitch - 60.0) / 90.0).clamp(-0.4, 0.4),
            gain: 0.8 * hit.gain(),
            // Heavy strings take the felt longer to still. Taste: twice as long two octaves and a half down.
            release_s: table.release_ms * 0.001 * hit.body(0.4) * (-(pitch - 60.0) / 30.0).exp2(),
            thud: 0.14 * table.knock,
            damped: hit.pitch < UNDAMPED,
        }
    }
    pub(crate) fn release(&mut self, rate: f32) {
        self.knock = self.knock.max(self.thud);
        if self.damped {
            self.strings.damp(self.release_s, rate);
            self.third.damp(self.release_s, rate);
        }
    }
    pub(crate) fn is_over(&self) -> bool {
        self.strings.is_silent() && self.third.is_silent() && self.knock == 0.0
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.attack.aim(self.rise, tick.frames);
        self.dull.settle();
        self.wood.settle();
        if self.knock < 2e-5 {
            self.knock = 0.0;
        }
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize) {
        let (left, right) = (&mut out.left[..frames], &mut out.right[..frames]);
        left.fill(0.0);
        self.strings.render(left);
        if self.knock > 0.0 {
            for sample in left.iter_mut() {
                let push = self.dull.low(self.knock * self.noise.next());
                *sample += push + 0.8 * self.wood.next(push).1;
                self.knock *= self.knock_fall;
            }
        }
        right.fill(0.0);
        if self.side > 0.0 {
            self.third.render(right);
        }
        self.attack.scale_two(left, right, self.gain);
        let (near, far) = (1.0 - self.place, 1.0 + self.place);
        for (l, r) in left.iter_mut().zip(right) {
            let (middle, side) = (*l, self.side * *r);
            *l = near * middle + side;
            *r = far * middle - side;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_stiffest_at_both_ends() {
        let near = |key: f32, b: f32| {
            let found = stiffness(key);
            assert!((found / b - 1.0).abs() < 0.2, "key {key}: {found}");
        };
        near(21.0, 3e-4);
        near(40.0, 1e-4);
        near(60.0, 3e-4);
        near(108.0, 1.1e-2);
        let keys: Vec<f32> = (21..=108).map(|key| stiffness(key as f32)).collect();
        let least = keys.iter().copied().fold(f32::MAX, f32::min);
        let at = 21 + keys.iter().position(|b| *b == least).unwrap_or(0);
        assert!((36..=50).contains(&at), "least at key {at}");
    }
}
