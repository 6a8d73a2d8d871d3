//! Decay, colour and width of the three reverbs.

use super::*;
use crate::filters::Svf;

const RATE: f32 = 48_000.0;

/// The answer to one click on both sides.
pub(crate) fn answer(space: Space, decay_s: f32, seconds: f32, rate: f32) -> [Vec<f32>; 2] {
    let mut reverb = Reverb::new(space, rate);
    reverb.set(decay_s, 9000.0, 20.0);
    let mut out = [Vec::new(), Vec::new()];
    for tick in 0..(seconds * rate) as usize / TICK {
        reverb.tick((tick + 1) as f64 * TICK as f64 / f64::from(rate));
        let mut input = [[0.0; TICK]; 2];
        if tick == 0 {
            input[0][0] = 1.0;
            input[1][0] = 1.0;
        }
        let mut wet = [[0.0; TICK]; 2];
        reverb.process(&input, &mut wet, 0, TICK);
        for (out, wet) in out.iter_mut().zip(&wet) {
            out.extend_from_slice(wet);
        }
    }
    out
}

/// Seconds for 60 dB about a frequency, from the slope of the energy that is left between −5 and −35 dB.
fn t60(x: &[f32], hz: f32, rate: f32) -> f32 {
    let (mut a, mut b) = (Svf::new(hz, 0.5, rate), Svf::new(hz, 0.5, rate));
    let mut left: Vec<f64> = x
        .iter()
        .map(|x| f64::from(b.next(a.next(*x).1).1).powi(2))
        .collect();
    for i in (0..left.len() - 1).rev() {
        left[i] += left[i + 1];
    }
    let at = |db: f64| {
        let level = left[0] * 10f64.powf(0.1 * db);
        left.iter().position(|e| *e < level).expect("it decays") as f32 / rate
    };
    2.0 * (at(-35.0) - at(-5.0))
}

#[test]
fn decays_take_the_time_that_is_asked_for() {
    for space in Space::ALL {
        for (decay, rate) in [
            (0.4, RATE),
            (1.2, 44_100.0),
            (2.4, RATE),
            (5.0, RATE),
            (1.2, 96_000.0),
        ] {
            let audio = answer(space, decay, 1.2 * decay + 0.3, rate);
            for hz in [250.0, 1000.0] {
                let took = t60(&audio[0], hz, rate);
                assert!(
                    (took / decay - 1.0).abs() < 0.1,
                    "{space:?} at {hz} Hz: {took} s for {decay} s"
                );
            }
        }
    }
}

#[test]
fn the_top_dies_away_in_half_the_time() {
    let audio = answer(Space::Plate, 2.0, 2.8, RATE);
    let took = t60(&audio[0], 9000.0, RATE);
    assert!((took - 1.0).abs() < 0.15, "{took} s");
}

#[test]
fn nothing_rings_and_the_sides_differ() {
    for (space, decay) in [(Space::Room, 0.7), (Space::Plate, 2.0), (Space::Hall, 3.0)] {
        let audio = answer(space, decay, 2.0, RATE);
        // The tail with its decay taken out, so that it is like noise.
        let from = (0.2 * decay * RATE) as usize;
        let tail = |side: usize| -> Vec<f32> {
            (0..16_384)
                .map(|i| audio[side][from + i] * 10f32.powf(3.0 * i as f32 / (decay * RATE)))
                .collect()
        };
        let (left, right) = (tail(0), tail(1));
        let both: f32 = left.iter().zip(&right).map(|(l, r)| l * r).sum();
        let power = |x: &[f32]| x.iter().map(|x| x * x).sum::<f32>();
        let alike = both / (power(&left) * power(&right)).sqrt();
        assert!(alike.abs() < 0.15, "{space:?}: correlation {alike}");
        // Power by three hertz against 90 on each side.
        let power: Vec<f64> = (65..1_300).map(|k| bin(&left, k)).collect();
        let mut crest = 0.0f64;
        for (k, p) in power.iter().enumerate().skip(60).take(900) {
            let wide = 30;
            let near = &power[k - wide..=k + wide];
            crest = crest.max(p / (near.iter().sum::<f64>() / near.len() as f64));
        }
        // Noise reaches 7 to 10 times its mean in as many bins.
        assert!(
            crest < 16.0,
            "{space:?}: a mode {crest:.1} times its surroundings"
        );
        let (low, high) = (0.97f32, 1.03);
        let balance = (left.iter().map(|x| x * x).sum::<f32>()
            / right.iter().map(|x| x * x).sum::<f32>())
        .sqrt();
        assert!(low - 0.15 < balance && balance < high + 0.15, "{balance}");
    }
}

/// Power at a bin of 16 384 samples under a Hann window.
fn bin(x: &[f32], k: usize) -> f64 {
    let n = x.len() as f64;
    let w = std::f64::consts::TAU * k as f64 / n;
    let (mut re, mut im) = (0.0, 0.0);
    for (i, x) in x.iter().enumerate() {
        let window = 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / n).cos();
        let (sin, cos) = (w * i as f64).sin_cos();
        re += f64::from(*x) * window * cos;
        im += f64::from(*x) * window * sin;
    }
    re * re + im * im
}

#[test]
fn it_sleeps_when_its_tail_is_gone_and_wakes_without_a_step() {
    let mut reverb = Reverb::new(Space::Room, RATE);
    reverb.set(0.3, 6000.0, 160.0);
    let mut slept = false;
    for tick in 0..12_000 {
        reverb.tick(tick as f64 * TICK as f64 / f64::from(RATE));
        let mut input = [[0.0; TICK]; 2];
        if tick == 0 || tick == 9_000 {
            input = [[0.1; TICK]; 2];
        }
        let mut wet = [[0.0; TICK]; 2];
        reverb.process(&input, &mut wet, 0, TICK);
        if tick == 8_999 {
            slept = reverb.asleep;
            assert_eq!(wet, [[0.0; TICK]; 2]);
        }
        if tick == 9_000 {
            assert!(!reverb.asleep && wet[0].iter().all(|x| x.abs() < 1e-6));
        }
    }
    assert!(slept);
}
