//! A low-pass of the first order for whole pieces: what a delay line loses each time round.

use core::f32::consts::TAU;

use crate::math::{F8, Row, TICK, across8, behind, eights, flush, flush8, fused, whole};

/// g (1 − p) / (1 − p z⁻¹).
///
/// The pole is multiplied out to eight samples, so that eight are computed at once:
/// (1 + p z⁻¹)(1 + p² z⁻²)(1 + p⁴ z⁻⁴) / (1 − p⁸ z⁻⁸).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Damping {
    gain: f32,
    /// p, p², p⁴, p⁸.
    powers: [f32; 4],
    /// The last eight samples, their sums after one and two of the factors, and of the answer.
    past: [F8; 4],
}

impl Damping {
    /// 60 dB in `decay_s` at low frequencies, in half of that at `damp_hz`.
    pub(crate) fn set(&mut self, length: f32, decay_s: f32, damp_hz: f32, rate: f32) {
        let g = 10f32.powf(-3.0 * length / (decay_s * rate));
        // At the corner the filter takes g once more: a quadratic in p.
        let r2 = f64::from(g) * f64::from(g);
        let cos = f64::from((TAU * damp_hz / rate).cos());
        let (a, b) = (1.0 - r2, 1.0 - r2 * cos);
        let p = (b - (b * b - a * a).max(0.0).sqrt()) / a;
        self.set_pole(p.clamp(0.0, 0.98) as f32, g);
    }
    /// A low-pass of gain 1 with a corner.
    pub(crate) fn set_corner(&mut self, hz: f32, rate: f32) {
        self.set_pole((-TAU * (hz / rate).min(0.45)).exp(), 1.0);
    }
    /// The same by its pole, 0–1, with a gain.
    pub(crate) fn set_pole(&mut self, p: f32, gain: f32) {
        let (p2, p4) = (p * p, p * p * p * p);
        self.powers = [p, p2, p4, p4 * p4].map(flush);
        self.gain = gain * (1.0 - p);
    }
    /// Takes the corner and the gain of another, with what this one holds.
    pub(crate) const fn take_corner(&mut self, other: &Damping) {
        (self.gain, self.powers) = (other.gain, other.powers);
    }
    /// Drops what is too small to matter. At a tick: wherever a piece ends, how time is cut would show.
    pub(crate) fn settle(&mut self) {
        for past in &mut self.past {
            *past = flush8(*past);
        }
    }
    /// The first `frames` samples.
    #[inline(always)]
    pub(crate) fn process(&mut self, row: &Row, frames: usize) -> Row {
        if frames == TICK {
            self.all(row)
        } else {
            // By value: a row that lies in memory is slow to turn.
            self.some(whole(*row), frames)
        }
    }
    /// A whole piece, eight samples at once.
    #[inline(always)]
    fn all(&mut self, row: &Row) -> Row {
        let gain = F8::splat(self.gain);
        let [p, p2, p4, p8] = self.powers.map(F8::splat);
        let [mut x, mut one, mut two, mut y] = self.past;
        let mut out = [F8::ZERO; TICK / 8];
        for n in 0..TICK / 8 {
            let first = p.mul_add(behind::<1>(x, row[n]), row[n]);
            let second = p2.mul_add(behind::<2>(one, first), first);
            let third = p4.mul_add(behind::<4>(two, second), second);
            y = p8.mul_add(y, gain * third);
            (x, one, two) = (row[n], first, second);
            out[n] = y;
        }
        self.past = [x, one, two, y];
        out
    }
    /// The same sums over a part of one.
    #[inline(never)]
    fn some(&mut self, row: [f32; TICK], frames: usize) -> Row {
        let [p, p2, p4, p8] = self.powers;
        let mut rows = [[0.0; 8 + TICK]; 4];
        for (row, past) in rows.iter_mut().zip(self.past) {
            row[..8].copy_from_slice(&past.to_array());
        }
        let [x, one, two, y] = &mut rows;
        x[8..].copy_from_slice(&row);
        for i in 8..8 + frames {
            one[i] = fused(p, x[i - 1], x[i]);
            two[i] = fused(p2, one[i - 2], one[i]);
            y[i] = fused(p8, y[i - 8], self.gain * fused(p4, two[i - 4], two[i]));
        }
        for (row, past) in rows.iter().zip(&mut self.past) {
            *past = F8::new(core::array::from_fn(|k| row[frames + k]));
        }
        let mut out = [0.0; TICK];
        out[..frames].copy_from_slice(&rows[3][8..8 + frames]);
        eights(&out)
    }
}

/// Eight of them side by side, each on a signal of its own: sample by sample.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dampings {
    gain: [f32; 8],
    p: [f32; 8],
    y: [f32; 8],
}

impl Dampings {
    /// See [`Damping::set`].
    pub(crate) fn set(&mut self, k: usize, length: f32, decay_s: f32, damp_hz: f32, rate: f32) {
        let mut one = Damping::default();
        one.set(length, decay_s, damp_hz, rate);
        (self.gain[k], self.p[k]) = (one.gain, one.powers[0]);
    }
    /// The first `frames` samples of eight rows, in place.
    #[inline(always)]
    pub(crate) fn process(&mut self, rows: &mut [Row; 8], frames: usize) {
        let (gain, p, mut y) = (F8::new(self.gain), F8::new(self.p), F8::new(self.y));
        for n in 0..TICK / 8 {
            let [a, b, c, d, e, f, g, h] = &*rows;
            let mut samples = across8([a[n], b[n], c[n], d[n], e[n], f[n], g[n], h[n]]);
            for (i, x) in samples.iter_mut().enumerate() {
                if 8 * n + i < frames {
                    y = p.mul_add(y, gain * *x);
                }
                *x = y;
            }
            for (row, eight) in rows.iter_mut().zip(across8(samples)) {
                row[n] = eight;
            }
        }
        self.y = y.to_array();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    const RATE: f32 = 48_000.0;

    /// g (1 − p) / (1 − p z⁻¹) as it is written.
    fn plain(pole: &Damping, row: &[f32]) -> Vec<f32> {
        let mut y = 0.0;
        let next = |x: &f32| {
            y = pole.gain * x + pole.powers[0] * y;
            y
        };
        row.iter().map(next).collect()
    }

    #[test]
    fn eight_at_once_are_the_same_filter_and_every_cut_is_alike() {
        let mut noise = Noise::new(3, 7);
        let row: Vec<f32> = (0..64 * TICK).map(|_| noise.next()).collect();
        let mut pole = Damping::default();
        pole.set(1203.0, 1.7, 5200.0, RATE);
        let wanted = plain(&pole, &row);
        let (mut one, mut cut, mut many) = (pole, pole, Dampings::default());
        for k in 0..8 {
            many.set(k, 1203.0 + 100.0 * ((k + 5) % 8) as f32, 1.7, 5200.0, RATE);
        }
        for (n, (piece, wanted)) in row
            .as_chunks()
            .0
            .iter()
            .zip(wanted.chunks(TICK))
            .enumerate()
        {
            let all = whole(one.process(&eights(piece), TICK));
            let mut rows = [eights(piece); 8];
            many.process(&mut rows, TICK);
            let at = n % (TICK + 1);
            let mut rest = [0.0; TICK];
            rest[..TICK - at].copy_from_slice(&piece[at..]);
            let head = whole(cut.process(&eights(piece), at));
            let tail = whole(cut.process(&eights(&rest), TICK - at));
            for i in 0..TICK {
                let parts = if i < at { head[i] } else { tail[i - at] };
                assert_eq!(all[i], parts, "cut at {at}");
                assert!((all[i] - wanted[i]).abs() < 1e-5, "sample {i}");
                // The fourth line of the eight is as long.
                assert!((whole(rows[3])[i] - wanted[i]).abs() < 1e-5, "line, {i}");
            }
        }
    }
}
