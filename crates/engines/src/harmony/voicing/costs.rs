//! What a stack of voices costs, in tenths of a semitone of movement: by voice, by neighbours, by tone.

use music::chord::Chord;

use super::{Rules, Spacing};

/// Below this pitch close intervals sound muddy. Reference: lower interval limits, as arrangers teach them.
const MUDDY_BELOW: u8 = 48;

/// Costs. Taste, tuned by ear and against measured movement of pianists.
const MISSING_THIRD: i32 = 400;
const MISSING_SEVENTH: i32 = 250;
const MISSING_TENSION: i32 = 120;
const MISSING_ALTERED_FIFTH: i32 = 200;
const MISSING_FIFTH: i32 = 25;
const MISSING_ROOT: i32 = 120;
const SPARE_ROOT: i32 = 60;
const DOUBLED_THIRD: i32 = 50;
const DOUBLED_TENSION: i32 = 150;
const DOUBLED_FIFTH: i32 = 20;
const DOUBLED_ROOT: i32 = 10;
const MUD: i32 = 300;
pub const CLUSTER: i32 = 40;
const WIDE: i32 = 12;
pub const MINOR_NINTH: i32 = 200;
pub const CLASH: i32 = 500;
pub const SHUNNED: i32 = 320;

/// Most tones of a chord.
pub const TONES: usize = 8;

/// What it costs that a voice goes somewhere. A leap in one voice is worse than two steps in two.
pub fn movement(from: u8, to: u8) -> i32 {
    let moved = from.abs_diff(to) as i32;
    10 * moved + 10 * (moved - 4).max(0)
}

/// What a voice of the first chord costs that lies off the centre.
pub fn off_centre(pitch: u8, centre: u8) -> i32 {
    4 * pitch.abs_diff(centre) as i32
}

/// What a gap between neighbours costs; `lowest` says that the lower one is the stack's lowest voice.
pub fn apart(rules: &Rules, lowest: bool, gap: u8) -> i32 {
    let wide = match gap {
        1 => CLUSTER,
        2 => CLUSTER / 4,
        0..=9 => 0,
        // The lowest voice may stand apart, as a left hand does.
        10..=12 if lowest || rules.spacing == Spacing::Open => 0,
        wide => WIDE * (wide as i32 - 9),
    };
    let spacing = match rules.spacing {
        Spacing::Free => 0,
        Spacing::Close => 25 * (gap as i32 - 5).max(0),
        Spacing::Open => 14 * (gap as i32 - 8).abs(),
    };
    wide + spacing
}

/// Widest gap that can be muddy, and what a gap over a low pitch costs for that.
pub const WIDEST_MUD: u8 = 6;
pub fn mud(low: u8, gap: u8) -> i32 {
    let close = if low < MUDDY_BELOW - 5 {
        WIDEST_MUD + 1
    } else {
        5
    };
    if low < MUDDY_BELOW && gap < close {
        MUD
    } else {
        0
    }
}

/// What each tone of a chord costs.
#[derive(Clone, Copy, Debug, Default)]
pub struct ToneCosts {
    /// Left out.
    pub missing: [i32; TONES],
    /// In one voice.
    pub once: [i32; TONES],
    /// In each voice more.
    pub doubled: [i32; TONES],
}

impl ToneCosts {
    pub fn new(chord: Chord, rootless: bool) -> Self {
        let mut out = ToneCosts::default();
        let tones = chord.quality.intervals();
        let triad = tones.len() <= 3;
        for (tone, interval) in tones.iter().enumerate().take(TONES) {
            let (missing, once, doubled) = match (tone, *interval) {
                (0, _) if rootless && !triad => (0, SPARE_ROOT, SPARE_ROOT),
                (0, _) => (MISSING_ROOT, 0, DOUBLED_ROOT),
                (1 | 2, 7) if triad => (2 * MISSING_FIFTH, 0, DOUBLED_FIFTH),
                (1 | 2, 7) => (MISSING_FIFTH, 0, DOUBLED_FIFTH),
                (1, _) => (MISSING_THIRD, 0, DOUBLED_THIRD),
                (2, _) => (MISSING_ALTERED_FIFTH, 0, DOUBLED_TENSION),
                (3, _) => (MISSING_SEVENTH, 0, DOUBLED_TENSION),
                _ => (MISSING_TENSION, 0, DOUBLED_TENSION),
            };
            (out.missing[tone], out.once[tone], out.doubled[tone]) = (missing, once, doubled);
        }
        out
    }
}
