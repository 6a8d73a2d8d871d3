//! Momentary loudness of the strips, while somebody watches: K-weighted like main's, in single precision and
//! four channels at a time.

use music::lane::LANES;

use super::loudness::{k_weighting, loudness};
use crate::math::{TICK, sounds};
use crate::mixer::{Bank, BusBlock, Quad};

/// Left and right of two lanes.
const QUADS: usize = LANES / 2;
/// Parts of 10 ms in the 400 ms window.
const PARTS: usize = 40;
const ALL: u32 = 0b11;

/// The loudness of every lane's stem.
pub(crate) struct StripLoudness {
    bank: Bank<2, QUADS>,
    rate: f64,
    /// Samples of a part, and those of the part that fills.
    part_samples: usize,
    samples: usize,
    power: [f32; LANES],
    parts: [[f32; LANES]; PARTS],
    at: usize,
    /// Parts since the lanes of a quad last sounded; after a whole window of silence nothing is worked out.
    silent: [usize; QUADS],
}

impl StripLoudness {
    pub(crate) fn new(rate: f32) -> StripLoudness {
        let mut meter = StripLoudness {
            bank: Bank::new(),
            rate: f64::from(rate),
            part_samples: ((0.01 * rate).round() as usize).max(1),
            samples: 0,
            power: [0.0; LANES],
            parts: [[0.0; LANES]; PARTS],
            at: 0,
            silent: [PARTS; QUADS],
        };
        meter.reset();
        meter
    }
    pub(crate) fn reset(&mut self) {
        self.bank = Bank::new();
        for (slot, (b, a)) in k_weighting(self.rate).into_iter().enumerate() {
            let design = [b[0], b[1], b[2], a[0], a[1]].map(|c| c as f32);
            for quad in 0..QUADS {
                self.bank.set(slot, quad, 0, design);
                self.bank.set(slot, quad, 2, design);
            }
        }
        for quad in 0..QUADS {
            self.bank.arrive(quad);
        }
        self.samples = 0;
        self.power = [0.0; LANES];
        self.parts = [[0.0; LANES]; PARTS];
        self.at = 0;
        self.silent = [PARTS; QUADS];
    }
    /// Takes a piece of all buses.
    pub(crate) fn take(&mut self, buses: &BusBlock, frames: usize) {
        for quad in 0..QUADS {
            let pair = &buses[1 + 2 * quad..][..2];
            if pair.iter().flatten().any(sounds) {
                self.silent[quad] = 0;
            } else if self.silent[quad] >= PARTS {
                continue;
            }
            let mut block: [Quad; TICK] = core::array::from_fn(|i| {
                [pair[0][0][i], pair[0][1][i], pair[1][0][i], pair[1][1][i]]
            });
            self.bank.process(quad, ALL, &mut block[..frames], 0);
            for [a, b, c, d] in &block[..frames] {
                self.power[2 * quad] += a * a + b * b;
                self.power[2 * quad + 1] += c * c + d * d;
            }
        }
        self.samples += frames;
        // Where a tick reaches into the next part, all of it counts here: the meter's window is none the longer.
        if self.samples >= self.part_samples {
            self.samples -= self.part_samples;
            self.parts[self.at] = core::mem::take(&mut self.power);
            self.at = (self.at + 1) % PARTS;
            for quad in 0..QUADS {
                self.silent[quad] = (self.silent[quad] + 1).min(PARTS);
                self.bank.settle(quad);
            }
        }
    }
    /// LUFS of every lane.
    pub(crate) fn read(&self) -> [f32; LANES] {
        let samples = (PARTS * self.part_samples) as f64;
        core::array::from_fn(|lane| {
            let power: f64 = self.parts.iter().map(|part| f64::from(part[lane])).sum();
            loudness(power / samples) as f32
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meters::Loudness;
    use crate::mix::BUSES;
    use crate::noise::Noise;

    /// Two seconds of noise on one lane at some level, then as much silence; what this meter and main's say
    /// of each.
    fn compare(rate: f32, lane: usize) {
        let (mut meter, mut other) = (StripLoudness::new(rate), Loudness::new(rate));
        let mut noise = Noise::new(3, 7);
        for gain in [0.1, 0.0] {
            for _ in 0..(2.0 * rate) as usize / TICK {
                let mut out: BusBlock = [[[0.0; TICK]; 2]; BUSES];
                out[1 + lane] = [(); 2].map(|()| core::array::from_fn(|_| gain * noise.next()));
                meter.take(&out, TICK);
                other.take(&out[1 + lane], TICK);
            }
            let (strips, wanted) = (meter.read(), other.read().momentary);
            assert!(
                (strips[lane] - wanted).abs() < 0.3,
                "{rate} Hz: {strips:?}, {wanted}"
            );
            assert!(
                strips
                    .iter()
                    .enumerate()
                    .all(|(n, x)| n == lane || *x == -120.0)
            );
        }
    }

    #[test]
    fn a_strip_is_as_loud_as_the_meter_of_main_says() {
        for rate in [44_100.0, 48_000.0, 96_000.0] {
            for lane in 0..LANES {
                compare(rate, lane);
            }
        }
    }
}
