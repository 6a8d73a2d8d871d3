//! The low-pass of synth voices, whose corner moves: filters of eight channels run side by side, whichever
//! voices they belong to. Each channel's arithmetic is its own, so company changes no bit of it.

use crate::filters::SvfCoefficients;
use crate::math::{F8, TICK, eights, flush, whole};
use crate::ramp::Ramp;

/// Channels side by side.
pub(crate) const LANES: usize = 8;
type Row = [f32; LANES];

/// The filter and the level of one synth voice.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sweep {
    a1: Ramp,
    a2: Ramp,
    a3: Ramp,
    level: Ramp,
    /// Two states of two stages, by channel.
    states: [[f32; 4]; 2],
    steep: bool,
}

impl Sweep {
    pub(crate) const fn new(steep: bool) -> Sweep {
        let rest = Ramp::at(0.0);
        Sweep {
            a1: rest,
            a2: rest,
            a3: rest,
            level: rest,
            states: [[0.0; 4]; 2],
            steep,
        }
    }
    /// Begins at a corner.
    pub(crate) fn hold(&mut self, c: SvfCoefficients) {
        let (a1, a2, a3) = c.row();
        self.a1.hold(a1);
        self.a2.hold(a2);
        self.a3.hold(a3);
    }
    /// Reaches a corner and a level in straight lines.
    pub(crate) fn aim(&mut self, c: SvfCoefficients, level: f32, frames: usize) {
        let (a1, a2, a3) = c.row();
        self.a1.aim(a1, frames);
        self.a2.aim(a2, frames);
        self.a3.aim(a3, frames);
        self.level.aim(level, frames);
        for s in self.states.as_flattened_mut() {
            *s = flush(*s);
        }
    }
    /// Goes on behind a piece whose channels have all been filtered.
    pub(crate) fn advance(&mut self, frames: usize) {
        for ramp in [&mut self.a1, &mut self.a2, &mut self.a3, &mut self.level] {
            ramp.line(frames);
        }
    }
    pub(crate) const fn level(&self) -> f32 {
        self.level.value()
    }
}

/// Eight channels on their way through their filters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bench {
    a: [[Row; 2]; 3],
    level: [Row; 2],
    states: [Row; 4],
    steep: Row,
    any_steep: bool,
}

impl Bench {
    /// Takes a channel's filter over.
    pub(crate) fn take(&mut self, k: usize, sweep: &Sweep, channel: usize) {
        for (row, ramp) in self.a.iter_mut().zip([&sweep.a1, &sweep.a2, &sweep.a3]) {
            row[0][k] = ramp.value();
            row[1][k] = ramp.step();
        }
        self.level[0][k] = sweep.level.value();
        self.level[1][k] = sweep.level.step();
        for (row, state) in self.states.iter_mut().zip(sweep.states[channel]) {
            row[k] = state;
        }
        self.steep[k] = if sweep.steep { 1.0 } else { 0.0 };
        self.any_steep |= sweep.steep;
    }
    /// Gives a channel's filter back.
    pub(crate) fn give(&self, k: usize, sweep: &mut Sweep, channel: usize) {
        for (row, state) in self.states.iter().zip(&mut sweep.states[channel]) {
            *state = row[k];
        }
    }
    /// The first `frames` samples of the channels behind their filters.
    pub(crate) fn run(
        &mut self,
        channels: &[&[f32; TICK]; LANES],
        frames: usize,
    ) -> [[f32; TICK]; LANES] {
        let eight = |n: usize| F8::transpose(core::array::from_fn(|k| eights(channels[k])[n]));
        let mut samples = [eight(0), eight(1)];
        let piece = &mut samples.as_flattened_mut()[..frames];
        // Told apart so that the compiler knows how long a whole piece is.
        match (piece.as_mut_array::<TICK>(), self.any_steep) {
            (Some(whole), false) => self.filter::<false>(whole),
            (Some(whole), true) => self.filter::<true>(whole),
            (None, false) => self.filter::<false>(piece),
            (None, true) => self.filter::<true>(piece),
        }
        let [early, late] = samples.map(F8::transpose);
        core::array::from_fn(|k| whole([early[k], late[k]]))
    }
    #[inline(always)]
    fn filter<const STEEP: bool>(&mut self, samples: &mut [F8]) {
        let (half, one, two) = (F8::splat(0.5), F8::splat(1.0), F8::splat(2.0));
        // Twice what the filter is told: so its states are sums without factors.
        let mut k = self.a.map(|row| two * F8::new(row[0]));
        let step = self.a.map(|row| two * F8::new(row[1]));
        k[0] -= one;
        let [mut level, rise] = self.level.map(|row| half * F8::new(row));
        let [mut s1, mut s2, mut t1, mut t2] = self.states.map(F8::new);
        let steep = F8::new(self.steep);
        for x in samples {
            let mut out = pole_pair(*x, &k, &mut s1, &mut s2);
            if STEEP {
                let twice = pole_pair(half * out, &k, &mut t1, &mut t2);
                out = steep.mul_add(twice - out, out);
            }
            *x = out * level;
            for (k, step) in k.iter_mut().zip(&step) {
                *k += *step;
            }
            level += rise;
        }
        self.states = [s1, s2, t1, t2].map(F8::to_array);
    }
}

/// Twice the low-pass of a trapezoidal state-variable filter, by 2 a1 − 1, 2 a2 and 2 a3.
#[inline(always)]
fn pole_pair(x: F8, [k1, k2, k3]: &[F8; 3], s1: &mut F8, s2: &mut F8) -> F8 {
    let (before1, before2) = (*s1, *s2);
    let rest = x - before2;
    *s1 = k2.mul_add(rest, *k1 * before1);
    *s2 = k3.mul_add(rest, k2.mul_add(before1, before2));
    before2 + *s2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    const RATE: f32 = 48_000.0;

    /// Noise through a filter whose corner jumps at random every tick, or faster.
    fn wild(frames: usize, damping: f32) -> f32 {
        let mut sweep = Sweep::new(true);
        let mut noise = Noise::new(1, 2);
        sweep.hold(SvfCoefficients::new(1000.0, damping, RATE));
        let mut peak = 0.0f32;
        for _ in 0..200_000 / frames {
            let hz = 30.0 * (4.6 + 4.6 * noise.next()).exp2();
            sweep.aim(SvfCoefficients::new(hz, damping, RATE), 1.0, frames);
            let samples = core::array::from_fn(|_| noise.next());
            let mut channels = [&[0.0; TICK]; LANES];
            channels[2] = &samples;
            let mut bench = Bench::default();
            bench.take(2, &sweep, 0);
            let samples = bench.run(&channels, frames)[2];
            bench.give(2, &mut sweep, 0);
            sweep.advance(frames);
            peak = samples[..frames].iter().fold(peak, |p, x| p.max(x.abs()));
        }
        peak
    }

    #[test]
    fn it_stays_tame_under_modulation_at_audio_rate() {
        for frames in [1, 4, 16] {
            for (damping, most) in [(1.4, 4.0), (0.3, 40.0), (0.1, 160.0)] {
                let peak = wild(frames, damping);
                assert!(peak < most, "{frames} samples, damping {damping}: {peak}");
            }
        }
    }

    #[test]
    fn steps_settle_at_one_and_impulses_ring_at_the_corner() {
        let mut sweep = Sweep::new(false);
        let c = SvfCoefficients::new(1000.0, 0.2, RATE);
        sweep.hold(c);
        sweep.aim(c, 1.0, TICK);
        sweep.level.hold(1.0);
        let mut heard = Vec::new();
        for _ in 0..300 {
            sweep.aim(c, 1.0, TICK);
            let mut bench = Bench::default();
            let mut channels = [&[0.0; TICK]; LANES];
            channels[0] = &[1.0; TICK];
            bench.take(0, &sweep, 1);
            let samples = bench.run(&channels, TICK)[0];
            bench.give(0, &mut sweep, 1);
            sweep.advance(TICK);
            heard.extend(samples);
        }
        assert!((heard[4_700] - 1.0).abs() < 1e-4);
        // Zeros of the ringing around 1 are half a period apart.
        let crossings = heard[..480]
            .windows(2)
            .filter(|w| w[0] < 1.0 && w[1] >= 1.0)
            .count();
        assert!((9..=11).contains(&crossings), "{crossings} in 10 ms");
        // It overshoots by e^(−π d / √(4 − d²)).
        let top = heard.iter().fold(0.0f32, |p, x| p.max(*x)) - 1.0;
        assert!((top - 0.729).abs() < 0.02, "{top}");
    }

    #[test]
    fn company_changes_nothing() {
        let mut noise = Noise::new(5, 6);
        let samples: [f32; TICK] = core::array::from_fn(|_| noise.next());
        let mut sweep = Sweep::new(true);
        sweep.hold(SvfCoefficients::new(800.0, 0.5, RATE));
        sweep.aim(SvfCoefficients::new(900.0, 0.5, RATE), 0.7, TICK);
        let run = |others: bool, k: usize| {
            let mut bench = Bench::default();
            let other = samples.map(|x| 0.3 * x);
            let mut channels = [&[0.0; TICK]; LANES];
            if others {
                channels = [&other; LANES];
                for j in 0..LANES {
                    bench.take(j, &Sweep::new(j % 2 == 0), 0);
                }
            }
            channels[k] = &samples;
            bench.take(k, &sweep, 0);
            bench.run(&channels, TICK)[k]
        };
        assert_eq!(run(false, 0), run(true, 3));
    }
}
