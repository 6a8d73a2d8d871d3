//! Small arithmetic that the inner loops share.

use core::f32::consts::LN_10;

/// Samples between two updates of control values, counted from reset.
pub(crate) const TICK: usize = 16;

/// sin(2π · turns) for −0.5 … 0.5, within 7e-6.
///
/// Measured: minimax fit of x (¼ − x²) P(x²), largest error 6.5e-6.
#[inline(always)]
fn half_turn_sine(x: f32) -> f32 {
    let z = x * x;
    x * (0.25 - z) * (SINE[0] + z * (SINE[1] + z * (SINE[2] + z * SINE[3])))
}

const SINE: [f32; 4] = [25.132_17, -64.792_74, 66.238_89, -32.609_215];

/// sin(2π · turns), |turns| below a million.
#[inline(always)]
pub(crate) fn sine(turns: f32) -> f32 {
    // Adding and taking away 1.5 · 2^23 rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    half_turn_sine(turns - ((turns + ROUND) - ROUND))
}

/// sin of a phase that counts 2^32 to a turn.
#[inline(always)]
pub(crate) fn phase_sine(phase: u32) -> f32 {
    half_turn_sine(phase as i32 as f32 * (1.0 / 4_294_967_296.0))
}

/// A saturating curve: slope 1 at zero, ±1 from ±3 on.
///
/// Reference: the first Padé approximant of tanh that reaches 1 with slope 0.
#[inline(always)]
pub(crate) fn soft_clip(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let z = x * x;
    x * (27.0 + z) / (27.0 + 9.0 * z)
}

/// dB to a factor.
pub(crate) fn gain_from_db(db: f32) -> f32 {
    (db * (LN_10 / 20.0)).exp()
}

/// A factor to dB; −120 at silence.
pub(crate) fn db_from_gain(gain: f32) -> f32 {
    20.0 * gain.max(1e-6).log10()
}

/// Frequency of a MIDI pitch, which may lie between keys.
pub(crate) fn hz_from_pitch(pitch: f32) -> f32 {
    440.0 * ((pitch - 69.0) * (1.0 / 12.0)).exp2()
}

/// Zero where a value is too small to matter and would soon be slow to compute with.
#[inline(always)]
pub(crate) fn flush(x: f32) -> f32 {
    if x.abs() < 1e-15 { 0.0 } else { x }
}

/// The larger of two numbers, without the care for "not a number" that `f32::max` takes.
#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The largest absolute value of a piece.
#[inline(always)]
pub(crate) fn peak_of(piece: &[f32; TICK]) -> f32 {
    let mut peaks = [0.0f32; 4];
    for four in piece.as_chunks::<4>().0 {
        for k in 0..4 {
            peaks[k] = larger(four[k].abs(), peaks[k]);
        }
    }
    larger(larger(peaks[0], peaks[1]), larger(peaks[2], peaks[3]))
}

/// Whether all samples are numbers.
#[inline(always)]
pub(crate) fn is_finite(piece: &[f32; TICK]) -> bool {
    const EXPONENT: u32 = 0x7f80_0000;
    !piece
        .iter()
        .fold(false, |bad, x| bad | (x.to_bits() & EXPONENT == EXPONENT))
}

/// sin(2π · hz · seconds) of a slow oscillator, exact after hours.
pub(crate) fn slow_sine(hz: f64, seconds: f64, turns: f64) -> f32 {
    let turns = hz * seconds + turns;
    sine((turns - turns as i64 as f64) as f32)
}
