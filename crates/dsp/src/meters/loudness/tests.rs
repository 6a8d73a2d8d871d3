//! The loudness meter against signals whose loudness is known.
//!
//! Reference: EBU Tech 3341, table 1: tones of 1 kHz in both channels, generated here; and where that has
//! programmes, noise with a second meter beside it.

use super::*;

const RATE: f32 = 48_000.0;

/// Highest momentary and short-term value, the lowest of each once its window is full, and the integrated.
struct Heard {
    momentary: (f32, f32),
    short: (f32, f32),
    integrated: f32,
}

/// Plays tones: (dBFS, seconds).
fn tones(parts: &[(f64, f64)]) -> Vec<[f32; 2]> {
    let mut out = Vec::new();
    for (db, seconds) in parts {
        let gain = 10f64.powf(db / 20.0);
        for _ in 0..(seconds * f64::from(RATE)).round() as usize {
            let turns = 1000.0 * out.len() as f64 / f64::from(RATE);
            let x = (gain * (std::f64::consts::TAU * turns).sin()) as f32;
            out.push([x, x]);
        }
    }
    out
}

fn hear(signal: &[[f32; 2]]) -> Heard {
    let mut meter = Loudness::new(RATE);
    let mut heard = Heard {
        momentary: (-200.0, 200.0),
        short: (-200.0, 200.0),
        integrated: -200.0,
    };
    for (n, ten) in signal.chunks(480).enumerate() {
        for piece in ten.chunks(TICK) {
            let mut block = [[0.0; TICK]; 2];
            for (i, x) in piece.iter().enumerate() {
                (block[0][i], block[1][i]) = (x[0], x[1]);
            }
            meter.take(&block, piece.len());
        }
        let now = meter.read();
        heard.momentary.0 = heard.momentary.0.max(now.momentary);
        heard.short.0 = heard.short.0.max(now.short_term);
        if n >= MOMENT {
            heard.momentary.1 = heard.momentary.1.min(now.momentary);
        }
        if n >= SHORT {
            heard.short.1 = heard.short.1.min(now.short_term);
        }
        heard.integrated = now.integrated;
    }
    heard
}

#[track_caller]
fn near(got: f32, wanted: f32) {
    assert!((got - wanted).abs() <= 0.05, "{got} for {wanted}");
}

#[test]
fn steady_tones_read_their_level_on_all_three() {
    for db in [-23.0, -33.0] {
        let heard = hear(&tones(&[(db, 20.0)]));
        near(heard.momentary.0, db as f32);
        near(heard.short.0, db as f32);
        near(heard.integrated, db as f32);
    }
}

#[test]
fn what_is_soft_is_gated_out_of_the_whole() {
    let three = [(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)];
    near(hear(&tones(&three)).integrated, -23.0);
    let five = [
        (-72.0, 10.0),
        (-36.0, 10.0),
        (-23.0, 60.0),
        (-36.0, 10.0),
        (-72.0, 10.0),
    ];
    near(hear(&tones(&five)).integrated, -23.0);
    let near_gate = [(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)];
    near(hear(&tones(&near_gate)).integrated, -23.0);
}

#[test]
fn sides_add_as_powers() {
    // 3 dB louder left, silent right.
    let signal: Vec<[f32; 2]> = tones(&[(-23.0, 10.0)])
        .iter()
        .map(|x| [x[0] * std::f32::consts::SQRT_2, 0.0])
        .collect();
    near(hear(&signal).integrated, -23.0);
}

#[test]
fn short_term_takes_three_seconds() {
    let five: Vec<(f64, f64)> = [(-20.0, 1.34), (-30.0, 1.66)].repeat(5);
    let heard = hear(&tones(&five));
    near(heard.short.0, -23.0);
    near(heard.short.1, -23.0);
    for shift in 0..20 {
        let parts = [
            (-120.0, 0.15 * f64::from(shift)),
            (-23.0, 3.0),
            (-120.0, 1.0),
        ];
        near(hear(&tones(&parts)).short.0, -23.0);
    }
    let mut steps = Vec::new();
    for step in 0..20 {
        steps.extend([(-120.0, 0.5), (-38.0 + f64::from(step), 3.0), (-120.0, 0.5)]);
    }
    near(hear(&tones(&steps)).short.0, -19.0);
}

#[test]
fn momentary_takes_400_ms() {
    let many: Vec<(f64, f64)> = [(-20.0, 0.18), (-30.0, 0.22)].repeat(25);
    let heard = hear(&tones(&many));
    near(heard.momentary.0, -23.0);
    near(heard.momentary.1, -23.0);
    for shift in 0..20 {
        let parts = [
            (-120.0, 0.02 * f64::from(shift)),
            (-23.0, 0.4),
            (-120.0, 1.0),
        ];
        near(hear(&tones(&parts)).momentary.0, -23.0);
    }
    let mut steps = Vec::new();
    for step in 0..20 {
        steps.extend([(-120.0, 0.4), (-38.0 + f64::from(step), 0.4), (-120.0, 0.4)]);
    }
    near(hear(&tones(&steps)).momentary.0, -19.0);
}

#[test]
fn noise_that_comes_and_goes_reads_as_on_another_meter() {
    let mut noise = crate::noise::Noise::new(5, 9);
    let (mut pink, mut signal) = ([0.0f32; 2], Vec::new());
    for i in 0..30 * 48_000 {
        let swell = 0.02 + 0.2 * (0.5 + 0.5 * (i as f32 * 2e-5).sin()).powi(3);
        for p in &mut pink {
            *p += 0.05 * (noise.next() - *p);
        }
        let side = 0.3 * noise.next();
        signal.push([swell * (pink[0] + side), swell * (pink[1] - 0.5 * side)]);
    }
    as_on_another_meter(&signal);
}

/// Holds all three loudnesses against those of another meter; says the integrated.
#[track_caller]
fn as_on_another_meter(signal: &[[f32; 2]]) -> f32 {
    let heard = hear(signal);
    let mut other = ebur128::EbuR128::new(
        2,
        48_000,
        ebur128::Mode::I | ebur128::Mode::S | ebur128::Mode::M,
    )
    .expect("a meter");
    let mut loudest = (-200.0f64, -200.0f64);
    for ten in signal.chunks(480) {
        other.add_frames_f32(ten.as_flattened()).expect("frames");
        loudest.0 = loudest.0.max(other.loudness_momentary().expect("read"));
        loudest.1 = loudest.1.max(other.loudness_shortterm().expect("read"));
    }
    near(
        heard.integrated,
        other.loudness_global().expect("read") as f32,
    );
    near(heard.momentary.0, loudest.0 as f32);
    near(heard.short.0, loudest.1 as f32);
    heard.integrated
}

/// Something like speech in a room with music under it: syllables of coloured noise with pauses between them, in
/// scenes of a level each (dB, seconds). A narrow programme has scenes alike, a wide one whispers and storms.
fn programme(scenes: &[(f32, f32)]) -> Vec<[f32; 2]> {
    let mut noise = crate::noise::Noise::new(7, 41);
    let (mut voice, mut room, mut out) = (0.0f32, [0.0f32; 2], Vec::new());
    let mut level = 0.0f32;
    for (db, seconds) in scenes {
        for i in 0..(seconds * RATE) as usize {
            let at = i as f32 / RATE;
            // Four syllables a second, a breath every three seconds.
            let speaks = (at * 4.1).fract() < 0.7 && (at / 3.0).fract() < 0.85;
            let wanted = if speaks { 10f32.powf(db / 20.0) } else { 0.0 };
            level += 0.002 * (wanted - level);
            voice += 0.15 * (noise.next() - voice);
            let music = 10f32.powf((db - 12.0) / 20.0);
            for side in &mut room {
                *side += 0.03 * (noise.next() - *side);
            }
            out.push(room.map(|side| 0.3 * (level * voice + music * side)));
        }
    }
    out
}

#[test]
fn programmes_of_narrow_and_of_wide_range_read_as_on_another_meter() {
    let narrow = [
        (-1.0, 9.0),
        (1.0, 7.0),
        (0.0, 11.0),
        (-2.0, 8.0),
        (1.5, 10.0),
    ];
    let wide = [
        (-14.0, 9.0),
        (2.0, 6.0),
        (-38.0, 8.0),
        (-6.0, 9.0),
        (8.0, 5.0),
        (-20.0, 12.0),
    ];
    for scenes in [&narrow[..], &wide[..]] {
        let mut signal = programme(scenes);
        // Brought to −23 LUFS by what the first measuring says, as a programme is delivered.
        let gain = 10f32.powf((-23.0 - as_on_another_meter(&signal)) / 20.0);
        for x in signal.iter_mut().flatten() {
            *x *= gain;
        }
        near(as_on_another_meter(&signal), -23.0);
    }
}
