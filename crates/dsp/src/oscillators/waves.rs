//! Single cycles drawn from formulas: six tables of nine cycles, each in octaves of ever fewer harmonics.
//!
//! Drawn once in the life of the program, when the first player is made; read without waiting after that.

use std::sync::OnceLock;

use music::patch::Wave;
use wide::u32x8;

use super::phases;
use crate::math::{F8, Row, signed8};

/// Cycles in a table.
pub(crate) const CYCLES: usize = 9;
/// Harmonics of the fullest octave.
const MOST: usize = 256;
/// Octaves: 256, 128 … 1 harmonics.
const OCTAVES: usize = 9;
const WAVES: [Wave; 6] = [
    Wave::Glass,
    Wave::Vowel,
    Wave::Bell,
    Wave::Organ,
    Wave::Pulse,
    Wave::Fold,
];

/// Two neighbours of a table in one octave: a power of two of samples of each, side by side, and the first again. So
/// a sample of both and the one behind it lie together.
pub(crate) struct Neighbours {
    pub(crate) samples: Box<[[f32; 2]]>,
    /// Turns to the right that bring a phase to a place, and what is left of it.
    pub(crate) bits: u32,
}

/// All tables.
pub(crate) struct Waves {
    neighbours: Vec<Neighbours>,
}

/// The tables, drawn at the first call.
pub(crate) fn waves() -> &'static Waves {
    static DRAWN: OnceLock<Waves> = OnceLock::new();
    DRAWN.get_or_init(Waves::draw)
}

impl Waves {
    /// A cycle of a table and the next, whose harmonics stay under what folds back to where it is heard.
    #[inline]
    pub(crate) fn from(&self, wave: Wave, cycle: usize, octave: usize) -> &Neighbours {
        &self.neighbours[((wave as usize) * (CYCLES - 1) + cycle) * OCTAVES + octave]
    }
    /// The octave for a frequency in turns a sample: what folds back lies above 0.34 of the rate, 16 kHz at
    /// 48 kHz.
    pub(crate) fn octave(turns: f32) -> usize {
        let harmonics = (0.66 / turns.max(1e-6)) as usize;
        (0..OCTAVES - 1)
            .find(|octave| MOST >> octave <= harmonics)
            .unwrap_or(OCTAVES - 1)
    }
    fn draw() -> Waves {
        let mut neighbours = Vec::with_capacity(WAVES.len() * (CYCLES - 1) * OCTAVES);
        for wave in WAVES {
            let drawn: Vec<_> = (0..CYCLES).map(|cycle| octaves(wave, cycle)).collect();
            for both in drawn.windows(2) {
                for (one, next) in both[0].iter().zip(&both[1]) {
                    neighbours.push(Neighbours {
                        samples: one.iter().zip(next).map(|(a, b)| [*a, *b]).collect(),
                        bits: (one.len() - 1).trailing_zeros(),
                    });
                }
            }
        }
        Waves { neighbours }
    }
}

/// A cycle in all octaves.
fn octaves(wave: Wave, cycle: usize) -> [Box<[f32]>; OCTAVES] {
    let levels = levels(wave, cycle as f64 / (CYCLES - 1) as f64);
    let loud = levels.iter().map(|l| l * l).sum::<f64>().sqrt();
    core::array::from_fn(|octave| {
        let count = MOST >> octave;
        // 32 samples to the highest harmonic, and never fewer than 2048: what straight lines between samples
        // add stays under −70 dB.
        let size = (32 * count).clamp(2048, 8192);
        let scaled: Vec<f64> = levels[..count].iter().map(|l| 0.8 * l / loud).collect();
        cycle_of(&scaled, size)
    })
}

/// The sum of two cycles of 2^`BITS` samples, the first of which follows once more, by their levels: a tick of it,
/// straight between the samples.
#[inline(always)]
pub(super) fn read<const BITS: u32, const LENGTH: usize>(
    samples: &[[f32; 2]],
    [at, bt]: [f32; 2],
    start: u32,
    step: u32,
) -> Row {
    let Some(samples) = samples.first_chunk::<LENGTH>() else {
        return [F8::ZERO; 2];
    };
    let levels = F8::new([at, bt, at, bt, at, bt, at, bt]);
    let mask = (1u32 << (32 - BITS)) - 1;
    let fine = F8::splat(1.0 / (mask as f32 + 1.0));
    let mut phase = start;
    let mut heard = [F8::ZERO; 2];
    for (heard, eight) in heard.iter_mut().zip(phases(start, step)) {
        // One by one: to take places out of a register is slower.
        let places: [usize; 8] = core::array::from_fn(|_| {
            phase = phase.wrapping_add(step);
            (phase >> (32 - BITS)) as usize
        });
        // Both cycles at a sample and at the one behind it, of two phases.
        let pick = |k: usize| {
            let (i, j) = (places[k], places[k + 4]);
            let ([a, b], [c, d]) = (samples[i], samples[i + 1]);
            let ([e, f], [g, h]) = (samples[j], samples[j + 1]);
            levels * F8::new([a, b, c, d, e, f, g, h])
        };
        let (one, two) = (added(pick(0), pick(1)), added(pick(2), pick(3)));
        let (near, far) = sorted(one, two);
        let part = F8::from_i32x8(signed8(eight & u32x8::splat(mask))) * fine;
        *heard = part.mul_add(far - near, near);
    }
    heard
}

/// Sums of neighbours, of either half by itself.
#[inline(always)]
fn added(one: F8, two: F8) -> F8 {
    let (even, odd) = sorted(one, two);
    even + odd
}

/// The even and the odd of two eights, of either half by itself.
#[inline(always)]
fn sorted(one: F8, two: F8) -> (F8, F8) {
    let [a, b, c, d, e, f, g, h] = one.to_array();
    let [i, j, k, l, m, n, o, p] = two.to_array();
    (
        F8::new([a, c, i, k, e, g, m, o]),
        F8::new([b, d, j, l, f, h, n, p]),
    )
}

/// Levels of the harmonics at a place of a table.
fn levels(wave: Wave, place: f64) -> Vec<f64> {
    let bump = |x: f64, centre: f64, width: f64| (-((x - centre) / width).powi(2)).exp();
    if wave == Wave::Fold {
        return folded(place);
    }
    (1..=MOST)
        .map(|n| {
            let x = n as f64;
            match wave {
                Wave::Glass => {
                    let odd = if n % 2 == 1 { 1.0 } else { place * place * 0.4 };
                    let comb = if n % 5 == 1 { 1.0 } else { 0.25 };
                    let slope = x.powf(-(2.6 - 1.7 * place));
                    let comb = 1.0 + place * (comb - 1.0);
                    if n == 1 {
                        1.0
                    } else {
                        odd * comb * slope * (0.2 + 1.6 * place)
                    }
                }
                Wave::Vowel => {
                    // Formants of u, o, a, e, i over a pitch of 160 Hz.
                    const FORMANTS: [[f64; 2]; 5] = [
                        [320.0, 870.0],
                        [570.0, 840.0],
                        [730.0, 1090.0],
                        [530.0, 1840.0],
                        [300.0, 2250.0],
                    ];
                    let at = place * 4.0;
                    let low = (at as usize).min(3);
                    let share = at - low as f64;
                    let formant = |k: usize| {
                        FORMANTS[low][k] + share * (FORMANTS[low + 1][k] - FORMANTS[low][k])
                    };
                    let hz = 160.0 * x;
                    let mouth = bump(hz, formant(0), 110.0)
                        + 0.55 * bump(hz, formant(1), 150.0)
                        + 0.25 * bump(hz, 2600.0, 300.0)
                        + 0.12 * bump(hz, 3400.0, 350.0)
                        + if n == 1 { 0.3 } else { 0.02 };
                    mouth * x.powf(-0.6)
                }
                Wave::Bell => {
                    let stretch = [1, 3, 4, 7, 9, 13, 17, 22, 28, 35];
                    let which = stretch.iter().position(|s| *s == n);
                    match which {
                        Some(0) => 1.0,
                        Some(k) => {
                            (0.15 + 0.85 * place) * (k as f64 + 1.0).powf(-1.5 + 0.9 * place)
                        }
                        None => 0.0,
                    }
                }
                Wave::Organ => {
                    let full = if n.is_power_of_two() || n == 3 || n == 6 {
                        1.0
                    } else {
                        place
                    };
                    full * x.powf(-1.25 + 0.35 * place)
                }
                _ => {
                    let width = 0.5 - 0.45 * place;
                    (core::f64::consts::PI * x * width).sin() / x
                }
            }
        })
        .collect()
}

/// Harmonics of a sine that is folded over: measured from the folded cycle itself.
fn folded(place: f64) -> Vec<f64> {
    const POINTS: usize = 1024;
    let push = 0.6 + 4.4 * place;
    let cycle: Vec<f64> = (0..POINTS)
        .map(|i| {
            let x = (2.0 * core::f64::consts::PI * i as f64 / POINTS as f64).sin();
            (push * x + 0.25 * place).sin()
        })
        .collect();
    (1..=MOST)
        .map(|n| {
            if n > 48 {
                return 0.0;
            }
            let (mut re, mut im) = (0.0, 0.0);
            for (i, x) in cycle.iter().enumerate() {
                let angle = 2.0 * core::f64::consts::PI * (n * i % POINTS) as f64 / POINTS as f64;
                re += x * angle.cos();
                im += x * angle.sin();
            }
            (re * re + im * im).sqrt()
        })
        .collect()
}

/// The sum of sines with these levels over a cycle, by halving (a fast transform of one side).
fn cycle_of(levels: &[f64], size: usize) -> Box<[f32]> {
    let (mut re, mut im) = (vec![0.0f64; size], vec![0.0f64; size]);
    let shift = usize::BITS - size.trailing_zeros();
    for (n, level) in levels.iter().enumerate() {
        // Phases turn with the square of the number, which keeps the peak low.
        let turn = core::f64::consts::PI * (n * n) as f64 / levels.len().max(8) as f64;
        let at = (n + 1).reverse_bits() >> shift;
        re[at] = level * turn.cos();
        im[at] = level * turn.sin();
    }
    let mut span = 2;
    while span <= size {
        let turn = 2.0 * core::f64::consts::PI / span as f64;
        for k in 0..span / 2 {
            let (sin, cos) = (turn * k as f64).sin_cos();
            for a in (k..size).step_by(span) {
                let b = a + span / 2;
                let (x, y) = (re[b] * cos - im[b] * sin, re[b] * sin + im[b] * cos);
                (re[b], im[b]) = (re[a] - x, im[a] - y);
                (re[a], im[a]) = (re[a] + x, im[a] + y);
            }
        }
        span *= 2;
    }
    let first = re[0];
    re.iter().chain([&first]).map(|x| *x as f32).collect()
}
