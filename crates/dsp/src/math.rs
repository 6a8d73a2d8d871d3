//! Small arithmetic that the inner loops share.

use core::f32::consts::LN_10;

/// Four numbers that are worked out at once, each as if alone.
pub(crate) use wide::f32x4 as F4;

/// Eight numbers likewise: one register where the processor has such, else two.
pub(crate) use wide::f32x8 as F8;
use wide::{i32x8, u32x8};

/// Samples between two updates of control values, counted from reset.
pub(crate) const TICK: usize = 16;

/// a · b + c, rounded once where the processor has one instruction for it. That is where [`F4`] and [`F8`] do so too:
/// what is worked out alone and what is worked out in a row agree to the bit.
#[inline(always)]
pub(crate) fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) {
        a.mul_add(b, c)
    } else {
        // Where there is none, it would be a call.
        a * b + c
    }
}

/// sin(2π · turns) for −0.5 … 0.5, within 7e-6.
///
/// Measured: minimax fit of x (¼ − x²) P(x²), largest error 6.5e-6.
#[inline(always)]
fn half_turn_sine(x: f32) -> f32 {
    let z = x * x;
    let [a, b, c, d] = SINE;
    x * (0.25 - z) * fused(z, fused(z, fused(z, d, c), b), a)
}

const SINE: [f32; 4] = [25.132_17, -64.792_74, 66.238_89, -32.609_215];

/// sin(2π · turns), |turns| below a million.
#[inline(always)]
pub(crate) fn sine(turns: f32) -> f32 {
    half_turn_sine(turns - ((turns + ROUND) - ROUND))
}

/// sin of a phase that counts 2^32 to a turn.
#[inline(always)]
pub(crate) fn phase_sine(phase: u32) -> f32 {
    half_turn_sine(phase as i32 as f32 * (1.0 / 4_294_967_296.0))
}

/// The same of eight such phases.
#[inline(always)]
pub(crate) fn phase_sine8(phase: u32x8) -> F8 {
    let x = F8::from_i32x8(signed8(phase)) * F8::splat(1.0 / 4_294_967_296.0);
    let z = x * x;
    let [a, b, c, d] = SINE.map(F8::splat);
    x * (F8::splat(0.25) - z) * z.mul_add(z.mul_add(z.mul_add(d, c), b), a)
}

/// A saturating curve: slope 1 at zero, ±1 from ±3 on.
///
/// Reference: the first Padé approximant of tanh that reaches 1 with slope 0.
#[inline(always)]
pub(crate) fn soft_clip(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let z = x * x;
    x * (27.0 + z) / fused(9.0, z, 27.0)
}

/// The same of eight.
#[inline(always)]
pub(crate) fn soft_clip8(x: F8) -> F8 {
    // In this order, so that what is not a number stays none.
    let x = F8::splat(3.0).fast_min(F8::splat(-3.0).fast_max(x));
    let z = x * x;
    x * (F8::splat(27.0) + z) / F8::splat(9.0).mul_add(z, F8::splat(27.0))
}

/// dB to a factor.
pub(crate) fn gain_from_db(db: f32) -> f32 {
    (db * (LN_10 / 20.0)).exp()
}

/// The samples of a tick from a place on, silence after them.
pub(crate) fn piece(whole: &[f32; TICK], from: usize, frames: usize) -> [f32; TICK] {
    let mut out = [0.0; TICK];
    out[..frames].copy_from_slice(&whole[from..from + frames]);
    out
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

/// The same of four.
#[inline(always)]
pub(crate) fn flush4(x: F4) -> F4 {
    x & x.abs().simd_ge(F4::splat(1e-15))
}

/// The same of eight.
#[inline(always)]
pub(crate) fn flush8(x: F8) -> F8 {
    x & x.abs().simd_ge(F8::splat(1e-15))
}

/// The eight samples that begin `BY` samples before `now`, of which `before` are the eight before.
#[inline(always)]
pub(crate) fn behind<const BY: usize>(before: F8, now: F8) -> F8 {
    let (before, now) = (before.to_array(), now.to_array());
    F8::new(core::array::from_fn(|k| {
        if k < BY {
            before[8 - BY + k]
        } else {
            now[k - BY]
        }
    }))
}

/// The larger of two numbers, without the care for "not a number" that `f32::max` takes.
#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The same bits with a sign.
#[inline(always)]
pub(crate) fn signed8(of: u32x8) -> i32x8 {
    i32x8::new(of.to_array().map(|x| x as i32))
}

/// A piece as four fours.
#[inline(always)]
pub(crate) fn fours(piece: &[f32; TICK]) -> [F4; TICK / 4] {
    let rows = piece.as_chunks::<4>().0;
    [
        F4::new(rows[0]),
        F4::new(rows[1]),
        F4::new(rows[2]),
        F4::new(rows[3]),
    ]
}

/// Four fours as a piece.
#[inline(always)]
pub(crate) fn unfold([a, b, c, d]: [F4; TICK / 4]) -> [f32; TICK] {
    // Row by row: an iterator over them would go through memory.
    let mut piece = [0.0; TICK];
    let rows = piece.as_chunks_mut::<4>().0;
    rows[0] = a.to_array();
    rows[1] = b.to_array();
    rows[2] = c.to_array();
    rows[3] = d.to_array();
    piece
}

/// A piece that is worked on.
pub(crate) type Row = [F8; TICK / 8];

/// A piece as two eights.
#[inline(always)]
pub(crate) fn eights(piece: &[f32; TICK]) -> Row {
    let rows = piece.as_chunks::<8>().0;
    [F8::new(rows[0]), F8::new(rows[1])]
}

/// Two eights as a piece.
#[inline(always)]
pub(crate) fn whole([a, b]: Row) -> [f32; TICK] {
    let mut piece = [0.0; TICK];
    let rows = piece.as_chunks_mut::<8>().0;
    rows[0] = a.to_array();
    rows[1] = b.to_array();
    piece
}

/// A piece of its even and its odd samples.
#[inline(always)]
pub(crate) fn meshed(even: F8, odd: F8) -> Row {
    let [a, b, c, d, e, f, g, h] = even.to_array();
    let [i, j, k, l, m, n, o, p] = odd.to_array();
    [
        F8::new([a, i, b, j, c, k, d, l]),
        F8::new([e, m, f, n, g, o, h, p]),
    ]
}

/// The sum of four.
#[inline(always)]
pub(crate) fn sum(of: F4) -> f32 {
    let [a, b, c, d] = of.to_array();
    (a + b) + (c + d)
}

/// The sum of a piece.
#[inline(always)]
pub(crate) fn total(piece: &[f32; TICK]) -> f32 {
    let [a, b] = eights(piece);
    sum8(a + b)
}

/// The sum of eight.
#[inline(always)]
pub(crate) fn sum8(of: F8) -> f32 {
    let [a, b, c, d, e, f, g, h] = of.to_array();
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// The largest of eight, all 0 or more.
#[inline(always)]
pub(crate) fn largest8(of: F8) -> f32 {
    let [a, b, c, d, e, f, g, h] = of.to_array();
    let low = larger(larger(a, e), larger(b, f));
    larger(low, larger(larger(c, g), larger(d, h)))
}

/// Whether all of some pieces are numbers: one that is not makes their sum one; levels never come near the largest
/// number.
#[inline(always)]
pub(crate) fn is_whole(pieces: &[[f32; TICK]]) -> bool {
    let mut sums = [F8::ZERO; 2];
    for piece in pieces {
        let [a, b] = eights(piece);
        sums[0] += a.abs();
        sums[1] += b.abs();
    }
    total(&whole(sums)) < f32::MAX
}

/// Eight eights turned on their side: the first of each, the second of each …
#[inline(always)]
pub(crate) fn across8(rows: [F8; 8]) -> [F8; 8] {
    if cfg!(target_feature = "avx") {
        return F8::transpose(rows);
    }
    // Where eight are two registers, four corners of fours.
    let halves = rows.map(|row| {
        let [a, b, c, d, e, f, g, h] = row.to_array();
        [F4::new([a, b, c, d]), F4::new([e, f, g, h])]
    });
    let corner = |from: usize, side: usize| {
        F4::transpose(core::array::from_fn(|k| halves[from + k][side])).map(F4::to_array)
    };
    let corners = [[corner(0, 0), corner(4, 0)], [corner(0, 1), corner(4, 1)]];
    core::array::from_fn(|k| {
        let [[a, b, c, d], [e, f, g, h]] = [0, 1].map(|side: usize| corners[k / 4][side][k % 4]);
        F8::new([a, b, c, d, e, f, g, h])
    })
}

/// The largest absolute value of a piece.
#[inline(always)]
pub(crate) fn peak(piece: &[f32; TICK]) -> f32 {
    let [a, b] = eights(piece).map(F8::abs);
    largest8(a.fast_max(b))
}

/// Whether anything in a piece is not zero.
#[inline(always)]
pub(crate) fn sounds(piece: &[f32; TICK]) -> bool {
    let [a, b] = eights(piece);
    (a | b).simd_ne(F8::ZERO).any()
}

/// `from + step · (into + i)` for a whole piece: a straight line that does not depend on how time is cut.
#[inline(always)]
pub(crate) fn line(from: f32, step: f32, into: usize) -> [f32; TICK] {
    unfold(line4(from, step, into))
}

/// The same as fours.
#[inline(always)]
pub(crate) fn line4(from: f32, step: f32, into: usize) -> [F4; TICK / 4] {
    let (from, step, into) = (F4::splat(from), F4::splat(step), F4::splat(into as f32));
    let four = |n: usize| step.mul_add(into + F4::new(INDEX.as_chunks::<4>().0[n]), from);
    [four(0), four(1), four(2), four(3)]
}

/// The same as eights.
#[inline(always)]
pub(crate) fn line8(from: f32, step: f32, into: usize) -> Row {
    let (from, step, into) = (F8::splat(from), F8::splat(step), F8::splat(into as f32));
    let eight = |n: usize| step.mul_add(into + F8::new(INDEX.as_chunks::<8>().0[n]), from);
    [eight(0), eight(1)]
}

const INDEX: [f32; TICK] = [
    0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0,
];

/// sin(2π · hz · seconds) of a slow oscillator, exact after hours.
pub(crate) fn slow_sine(hz: f64, seconds: f64, turns: f64) -> f32 {
    let turns = hz * seconds + turns;
    sine((turns - turns as i64 as f64) as f32)
}

/// log2 of a positive number, within 2e-5; fit for whole arrays at once.
///
/// Measured: minimax fit over 1 … 2, largest error 1.3e-5.
#[inline(always)]
pub(crate) fn quick_log2(x: f32) -> f32 {
    let (whole, m) = (exponent(x), mantissa(x));
    let [rest @ .., top] = LOG2;
    whole + rest.iter().rev().fold(top, |sum, p| fused(sum, m, *p))
}

const LOG2: [f32; 6] = [
    -2.800_364,
    5.091_710_6,
    -3.550_792_7,
    1.631_148_6,
    -0.416_563_63,
    0.044_873_603,
];

/// The same of eight.
#[inline(always)]
pub(crate) fn quick_log2_8(x: F8) -> F8 {
    let p = LOG2.map(F8::splat);
    let x = x.to_array();
    let (whole, m) = (F8::new(x.map(exponent)), F8::new(x.map(mantissa)));
    // In pairs: few steps that wait for each other.
    let m2 = m * m;
    let [low, middle, high] = [0, 2, 4].map(|k| m.mul_add(p[k + 1], p[k]));
    whole + m2.mul_add(m2.mul_add(high, middle), low)
}

/// The power of two in a positive number.
#[inline(always)]
fn exponent(x: f32) -> f32 {
    ((x.to_bits() >> 23) as i32 - 127) as f32
}

/// What it is multiplied by there, 1 … 2.
#[inline(always)]
fn mantissa(x: f32) -> f32 {
    f32::from_bits((x.to_bits() & 0x007f_ffff) | 0x3f80_0000)
}

/// Measured: minimax fit over −½ … ½.
const EXP2: [f32; 5] = [
    0.693_147_24,
    0.240_221_07,
    0.055_502_973,
    0.009_676_036,
    0.001_341_000_5,
];

/// Adding and taking away 1.5 · 2^23 rounds to the nearest whole number.
const ROUND: f32 = 12_582_912.0;

/// 2^x of eight for −120 … 120, within 2e-7 of its size; exactly 1 at 0.
#[inline(always)]
pub(crate) fn quick_exp2_8(x: F8) -> F8 {
    let p = EXP2.map(F8::splat);
    let x = F8::splat(120.0).fast_min(F8::splat(-120.0).fast_max(x));
    let rounded = x + F8::splat(ROUND);
    let t = x - (rounded - F8::splat(ROUND));
    let t2 = t * t;
    let low = t.mul_add(p[0], F8::ONE);
    let (middle, high) = (t.mul_add(p[2], p[1]), t.mul_add(p[4], p[3]));
    let p = t2.mul_add(t2.mul_add(high, middle), low);
    let (p, rounded) = (p.to_array(), rounded.to_array());
    F8::new(core::array::from_fn(|k| octaves(p[k], rounded[k])))
}

/// A number so many octaves up; `rounded`: how many, with [`ROUND`] on top.
#[inline(always)]
fn octaves(x: f32, rounded: f32) -> f32 {
    let whole = rounded.to_bits().wrapping_sub(ROUND.to_bits());
    f32::from_bits(x.to_bits().wrapping_add(whole << 23))
}
