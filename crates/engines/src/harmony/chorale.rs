//! Four voices under the classical rules: soprano, alto, tenor, bass.
//!
//! Every chord is set by trying all stacks of its tones in the voices' ranges near the voices before. What
//! theory forbids (parallel fifths and octaves, crossing, overlap, a leading tone that does not rise, a
//! seventh that does not fall, wide gaps, doubled leading tones) costs more than any movement, so that it is
//! done only where nothing else is left. Reference: the rules of four-part writing as Piston teaches them,
//! *Harmony*, 1941.

use heapless::Vec;
use music::chord::{Chord, Quality};
use music::pitch::{Key, Pitch, PitchClass, Scale};
use music::plan::Voicing;
use music::roman::is_dominant_kind;

/// Lowest and highest pitch of bass, tenor, alto and soprano. Reference: choral ranges as taught.
const RANGES: [(u8, u8); 4] = [(40, 60), (48, 67), (55, 74), (60, 79)];
/// Where each voice would like to lie. Taste.
const CENTRES: [i32; 4] = [48, 57, 64, 70];
/// Furthest that a voice may leap: bass, then the others.
const LEAPS: [i32; 4] = [12, 7, 7, 8];

/// Costs in tenths of a semitone of movement. Taste, so that what is forbidden costs more than any leap.
const FORBIDDEN: i32 = 900;
const UNRESOLVED: i32 = 350;
const MISSING_THIRD: i32 = 800;
const DOUBLED_TENDENCY: i32 = 600;
const FREE_START: i32 = 3;

/// The voices before, and their chord.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// Its four voices, low to high.
    pub voices: &'a Voicing,
    /// The chord.
    pub chord: Chord,
}

/// A chord's kind under the classical rules: triads and sevenths.
pub const fn classical(quality: Quality) -> Quality {
    use Quality::*;
    match quality {
        Power | Sixth | Add9 | Sus2 => Major,
        MinorSixth | MinorAdd9 => Minor,
        Major9 | Major7Sharp11 => Major7,
        Minor9 | Minor11 => Minor7,
        Dominant9 | Dominant13 | Dominant7Flat9 | Dominant7Sharp9 | Augmented7 => Dominant7,
        Dominant7Sus4 => Sus4,
        other => other,
    }
}

/// A pitch of a voice with the place of its tone in the chord.
#[derive(Clone, Copy, Default)]
struct Tone {
    pitch: i32,
    tone: u8,
}

/// Sets a chord for four voices. `inverts` allows the third in the bass of a chord in root position.
pub fn lead(
    chord: Chord,
    key: Key,
    scale: Scale,
    before: Option<Before>,
    inverts: bool,
) -> Voicing {
    let before = before.filter(|b| b.voices.len() == 4);
    let setting = Setting {
        chord,
        before,
        leading: leading_tone(chord, key, scale),
    };
    let mut best = (i32::MAX, [Tone::default(); 4]);
    let basses = setting.bass(inverts);
    let [_, tenors, altos, sopranos] = [0, 1, 2, 3].map(|voice| setting.choices(voice));
    for bass in &basses {
        let alone = setting.alone(0, *bass) + setting.bass_cost(*bass);
        for tenor in tenors.iter().filter(|t| t.pitch > bass.pitch) {
            let two = alone + setting.alone(1, *tenor) + setting.pair(*bass, *tenor, 0, 1);
            if two >= best.0 {
                continue;
            }
            for alto in altos.iter().filter(|a| a.pitch > tenor.pitch) {
                let three = two
                    + setting.alone(2, *alto)
                    + setting.pair(*tenor, *alto, 1, 2)
                    + setting.pair(*bass, *alto, 0, 2);
                if three >= best.0 {
                    continue;
                }
                for soprano in sopranos.iter().filter(|s| s.pitch > alto.pitch) {
                    let stack = [*bass, *tenor, *alto, *soprano];
                    let cost = three
                        + setting.alone(3, *soprano)
                        + setting.pair(*alto, *soprano, 2, 3)
                        + setting.pair(*tenor, *soprano, 1, 3)
                        + setting.pair(*bass, *soprano, 0, 3);
                    if cost < best.0 {
                        let cost = cost + setting.doubling(&stack);
                        if cost < best.0 {
                            best = (cost, stack);
                        }
                    }
                }
            }
        }
    }
    if best.0 == i32::MAX {
        return if before.is_some() {
            lead(chord, key, scale, None, inverts)
        } else {
            Voicing::new()
        };
    }
    best.1.iter().map(|t| Pitch(t.pitch as u8)).collect()
}

/// The tone of a chord that must rise: the third of a dominant, or the key's own leading tone.
fn leading_tone(chord: Chord, key: Key, scale: Scale) -> Option<PitchClass> {
    let third = chord.root.up(4);
    if is_dominant_kind(chord.quality) {
        return Some(third);
    }
    let own = key.up(11);
    let leads = !scale.is_minor() || chord.root == key.up(7);
    let dominant = chord.root == key.up(7) || chord.root == own;
    (leads && dominant && chord.has(own)).then_some(own)
}

struct Setting<'a> {
    chord: Chord,
    before: Option<Before<'a>>,
    leading: Option<PitchClass>,
}

impl Setting<'_> {
    /// The chord's tones in a voice's range, near the voice before.
    fn choices(&self, voice: usize) -> Vec<Tone, 16> {
        let (mut low, mut high) = (RANGES[voice].0 as i32, RANGES[voice].1 as i32);
        if let Some(before) = self.before {
            let from = before.voices[voice].0 as i32;
            (low, high) = (low.max(from - LEAPS[voice]), high.min(from + LEAPS[voice]));
        } else if voice > 0 {
            // A phrase's first chord lies around the middle.
            (low, high) = (low.max(CENTRES[voice] - 6), high.min(CENTRES[voice] + 6));
        }
        let mut out = Vec::new();
        for pitch in low..=high {
            let above = self.chord.root.to(Pitch(pitch as u8).class());
            let tones = self.chord.quality.intervals();
            if let Some(tone) = tones.iter().take(4).position(|i| *i == above) {
                let tone = tone as u8;
                let _ = out.push(Tone { pitch, tone });
            }
        }
        out
    }
    /// The bass has the chord's own bass, or its third where that may be.
    fn bass(&self, inverts: bool) -> Vec<Tone, 16> {
        let root_position = self.chord.bass == self.chord.root;
        let mut out = self.choices(0);
        out.retain(|t| {
            let class = Pitch(t.pitch as u8).class();
            class == self.chord.bass || inverts && root_position && t.tone == 1
        });
        if out.is_empty() {
            // A bass that is no tone of the chord.
            for pitch in RANGES[0].0..=RANGES[0].1 {
                if Pitch(pitch).class() == self.chord.bass {
                    let pitch = pitch as i32;
                    let _ = out.push(Tone { pitch, tone: 7 });
                }
            }
        }
        out
    }
    fn bass_cost(&self, bass: Tone) -> i32 {
        // Taste: root position is worth a fourth's leap.
        if bass.tone == 1 && self.chord.bass == self.chord.root {
            42
        } else {
            0
        }
    }
    /// What a voice costs by itself.
    fn alone(&self, voice: usize, tone: Tone) -> i32 {
        let centre = (tone.pitch - CENTRES[voice]).abs();
        let Some(before) = self.before else {
            return FREE_START * 4 * centre;
        };
        let from = before.voices[voice];
        let moved = tone.pitch - from.0 as i32;
        let size = moved.abs();
        let mut cost = FREE_START * centre;
        cost += match (voice, size) {
            (0, ..=7) => 4 * size,
            (0, 12) => 60,
            (0, _) => 28 + 30 * (size - 7),
            (_, ..=2) => 10 * size,
            (_, ..=4) => 20 + 18 * (size - 2),
            _ => 56 + 40 * (size - 4),
        };
        if matches!(size, 6 | 10 | 11) {
            cost += 80;
        }
        cost + self.tendency(voice, from, moved, before)
    }
    /// Leading tones rise, sevenths fall.
    fn tendency(&self, voice: usize, from: Pitch, moved: i32, before: Before) -> i32 {
        let chord = before.chord;
        let stays = moved == 0 && self.chord.has(from.class());
        if is_dominant_kind(chord.quality) || chord.quality == Quality::Major {
            let rises = from.class() == chord.root.up(4) && self.chord.root == chord.root.up(5);
            if rises && moved != 1 && self.chord.has(from.class().up(1)) {
                // An inner leading tone may fall to the fifth.
                return if (1..3).contains(&voice) && (-4..=-3).contains(&moved) {
                    UNRESOLVED / 3
                } else {
                    UNRESOLVED
                };
            }
        }
        let sevenths = chord.quality.intervals();
        let seventh = sevenths.len() == 4 && matches!(sevenths[3], 9..=11);
        let is_seventh = seventh && chord.root.to(from.class()) == sevenths[3];
        if is_seventh && !stays && !(-2..=-1).contains(&moved) {
            return UNRESOLVED;
        }
        0
    }
    /// What two voices cost together: spacing, parallels, overlap.
    fn pair(&self, low: Tone, high: Tone, i: usize, k: usize) -> i32 {
        let gap = high.pitch - low.pitch;
        let mut cost = 0;
        if k == i + 1 {
            let widest = if i == 0 { 19 } else { 12 };
            if gap > widest {
                cost += FORBIDDEN;
            }
            if i == 0 && low.pitch < 48 && gap < 5 {
                cost += 150;
            }
            if gap == 1 {
                cost += 80;
            }
        }
        if gap % 12 == 1 && gap > 1 {
            cost += 120;
        }
        let Some(before) = self.before else {
            return cost;
        };
        let (a, b) = (before.voices[i].0 as i32, before.voices[k].0 as i32);
        let (x, y) = (low.pitch - a, high.pitch - b);
        if k == i + 1 && (low.pitch > b || high.pitch < a) {
            cost += FORBIDDEN / 2;
        }
        if x != 0 && y != 0 {
            let (was, is) = ((b - a) % 12, gap % 12);
            if was == is && (is == 7 || is == 0) {
                cost += FORBIDDEN;
            }
            // Outer voices that reach a fifth or octave together, the upper one by a leap.
            if i == 0 && k == 3 && x.signum() == y.signum() && y.abs() > 2 && (is == 7 || is == 0) {
                cost += 120;
            }
        }
        cost
    }
    /// What a whole stack costs: tones missing and doubled.
    fn doubling(&self, stack: &[Tone; 4]) -> i32 {
        let tones = self.chord.quality.intervals();
        let mut count = [0i32; 8];
        for tone in stack {
            count[tone.tone as usize] += 1;
        }
        let four = tones.len() > 3;
        let mut cost = 0;
        for tone in 0..tones.len().min(4) {
            let class = self.chord.root.up(tones[tone] as i32);
            let (missing, doubled) = match tone {
                0 => (MISSING_THIRD, if four { 10 } else { 0 }),
                1 => (MISSING_THIRD, 60),
                2 if tones[2] == 7 => (if four { 12 } else { 70 }, 30),
                2 => (300, 60),
                _ => (500, DOUBLED_TENDENCY),
            };
            let doubled = if self.leading == Some(class) {
                DOUBLED_TENDENCY
            } else {
                doubled
            };
            cost += match count[tone] {
                0 => missing,
                n => doubled * (n - 1) + if n > 2 { 90 } else { 0 },
            };
        }
        cost
    }
}

#[cfg(test)]
mod tests;
