//! Voicings by voice leading: the least total movement under rules of range, spacing and doubling.
//!
//! All ways to stack a chord's tones within reach are searched, low to high, and a stack is dropped as
//! soon as it costs more than the best one found. Costs are in tenths of a semitone of movement, so that
//! a rule says how far a voice would rather move than break it.
//! The first chord of a phrase is anchored to the middle of the range, never to the phrase before.

use heapless::Vec;
use music::chord::Chord;
use music::pitch::{Pitch, PitchClass};
use music::plan::Voicing;

/// How far apart voices would like to lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// A hand's: up to a sixth, the lowest voice further off.
    #[default]
    Free,
    /// As near as the chord allows.
    Close,
    /// About a sixth.
    Open,
}

/// What a lane asks of its voicings.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Voices, 1–6.
    pub voices: u8,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// The bass has the root.
    pub rootless: bool,
    /// Pitch around which the voices would like to lie.
    pub centre: u8,
    /// How strongly, in tenths of a semitone of movement for a semitone that they lie off it.
    pub pull: i32,
    /// How far apart.
    pub spacing: Spacing,
    /// A tone that is left out where it can be: the minor ninth over the bass.
    pub shun: Option<PitchClass>,
}

/// Most pitches that a search chooses from.
const MAX_REACH: usize = 26;
/// Most stacks that a search looks at; then the best so far stands.
const MAX_STACKS: u32 = 3000;
/// Lowest pitch of a dropped voice. Taste: under it a hand sounds like a second bass.
const LOWEST_DROP: u8 = 45;
/// How far from the voices before a voice may lie, in semitones.
const REACH: u8 = 7;

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
const CLUSTER: i32 = 40;
const WIDE: i32 = 12;
const MINOR_NINTH: i32 = 200;
const CLASH: i32 = 500;
const SHUNNED: i32 = 320;

/// A pitch that may be chosen, with the place of its tone in the chord.
#[derive(Clone, Copy, Default)]
struct Choice {
    pitch: u8,
    tone: u8,
}

/// The voicing of `chord` that follows best from `before` (`None`: the first of a phrase), away from
/// clashes with `others` (another lane's voices).
pub fn lead(chord: Chord, rules: Rules, before: Option<&Voicing>, others: &[Pitch]) -> Voicing {
    let search = Search::new(chord, rules, before, others);
    let found = search.run();
    if !found.is_empty() {
        return found;
    }
    // Nothing within reach of the voices before: start afresh.
    let found = Search::new(chord, rules, None, others).run();
    if found.is_empty() {
        simplest(chord, rules)
    } else {
        found
    }
}

/// Voices in close position with the second one from the top an octave lower; `before` was voiced so too.
pub fn drop_two(chord: Chord, rules: Rules, before: Option<&Voicing>, others: &[Pitch]) -> Voicing {
    // The close position lies a little higher than what is left of it.
    let above = Rules {
        range: (rules.range.0, rules.range.1.saturating_add(3)),
        centre: rules.centre.saturating_add(3),
        spacing: Spacing::Close,
        ..rules
    };
    let close = before.map(raised);
    let mut found = lead(chord, above, close.as_ref(), others);
    let count = found.len();
    if count >= 3 && found[count - 2].0 >= LOWEST_DROP + 12 {
        found[count - 2].0 -= 12;
        found.sort_unstable();
    }
    found
}

/// The close position that a dropped voicing came from.
fn raised(voices: &Voicing) -> Voicing {
    let mut out = voices.clone();
    let count = out.len();
    if count >= 3 && (out[count - 2].0..out[count - 1].0).contains(&(out[0].0 + 12)) {
        out[0].0 += 12;
        out.sort_unstable();
    }
    out
}

/// Root and what lies above it, where no stack fits the range.
fn simplest(chord: Chord, rules: Rules) -> Voicing {
    let mut out = Voicing::new();
    let _ = out.push(Pitch(rules.centre).nearest(chord.root));
    out
}

struct Search<'a> {
    chord: Chord,
    rules: Rules,
    before: Option<&'a Voicing>,
    others: &'a [Pitch],
    choices: Vec<Choice, MAX_REACH>,
    voices: usize,
}

impl<'a> Search<'a> {
    fn new(chord: Chord, rules: Rules, before: Option<&'a Voicing>, others: &'a [Pitch]) -> Self {
        let (low, high) = match before {
            Some(v) if !v.is_empty() => (
                rules.range.0.max(v[0].0.saturating_sub(REACH)),
                rules.range.1.min(v[v.len() - 1].0.saturating_add(REACH)),
            ),
            _ => (
                rules.range.0.max(rules.centre.saturating_sub(13)),
                rules.range.1.min(rules.centre.saturating_add(13)),
            ),
        };
        let mut choices = Vec::new();
        for pitch in low..=high {
            let above = chord.root.to(Pitch(pitch).class());
            if let Some(tone) = chord.quality.intervals().iter().position(|i| *i == above) {
                let _ = choices.push(Choice {
                    pitch,
                    tone: tone as u8,
                });
            }
        }
        let voices = (rules.voices.clamp(1, 6) as usize).min(choices.len());
        Search {
            chord,
            rules,
            before,
            others,
            choices,
            voices,
        }
    }

    /// Depth first without recursion: `stack[depth]` is the choice of the voice at that depth.
    fn run(&self) -> Voicing {
        let mut best = Voicing::new();
        let mut best_cost = i32::MAX;
        if self.voices == 0 {
            return best;
        }
        let mut stack = [0usize; 6];
        let mut spent = [0i32; 7];
        let mut depth = 0;
        let mut next = 0;
        let mut looked = 0;
        loop {
            let left = self.voices - depth;
            if next + left > self.choices.len() || looked >= MAX_STACKS {
                if depth == 0 || looked >= MAX_STACKS {
                    return best;
                }
                depth -= 1;
                next = stack[depth] + 1;
                continue;
            }
            looked += 1;
            let below = depth.checked_sub(1).map(|d| self.choices[stack[d]]);
            let cost = spent[depth] + self.voice_cost(depth, self.choices[next], below);
            if cost >= best_cost {
                next += 1;
                continue;
            }
            stack[depth] = next;
            if depth + 1 < self.voices {
                depth += 1;
                spent[depth] = cost;
                next += 1;
                continue;
            }
            let total = cost + self.stack_cost(&stack[..self.voices]);
            if total < best_cost {
                best_cost = total;
                best = stack[..self.voices]
                    .iter()
                    .map(|i| Pitch(self.choices[*i].pitch))
                    .collect();
            }
            next += 1;
        }
    }

    /// What a voice costs by itself and over the voice below it.
    fn voice_cost(&self, index: usize, choice: Choice, below: Option<Choice>) -> i32 {
        let pitch = choice.pitch as i32;
        let mut cost = match self.before {
            // Voices pair by rank: the cheapest pairing of two sorted stacks.
            Some(v) if v.len() == self.voices => {
                let moved = (pitch - v[index].0 as i32).abs();
                // A leap in one voice is worse than two steps in two.
                10 * moved + if moved > 4 { 10 * (moved - 4) } else { 0 }
            }
            Some(_) => 0,
            None => 4 * (pitch - self.rules.centre as i32).abs(),
        };
        if let Some(below) = below {
            let gap = choice.pitch - below.pitch;
            let close = if below.pitch < MUDDY_BELOW - 5 { 7 } else { 5 };
            if below.pitch < MUDDY_BELOW && gap < close {
                cost += MUD;
            }
            cost += self.spacing(gap);
            cost += match gap {
                1 => CLUSTER + if index + 1 == self.voices { CLUSTER } else { 0 },
                2 => CLUSTER / 4,
                0..=9 => 0,
                // The lowest voice may stand apart, as a left hand does.
                10..=12 if index == 1 || self.rules.spacing == Spacing::Open => 0,
                wide => WIDE * (wide as i32 - 9),
            };
        }
        if self.rules.shun == Some(Pitch(choice.pitch).class()) {
            cost += SHUNNED;
        }
        for other in self.others {
            let apart = pitch - other.0 as i32;
            if apart.abs() % 12 == 1 {
                cost += CLASH;
            }
        }
        cost
    }

    /// What a gap costs where voices are asked to lie near or far.
    fn spacing(&self, gap: u8) -> i32 {
        match self.rules.spacing {
            Spacing::Free => 0,
            Spacing::Close => 25 * (gap as i32 - 5).max(0),
            Spacing::Open => 14 * (gap as i32 - 8).abs(),
        }
    }

    /// What a whole stack costs: tones that are missing, doubled, a ninth apart; distance from the centre.
    fn stack_cost(&self, stack: &[usize]) -> i32 {
        let tones = self.chord.quality.intervals();
        let mut count = [0i32; 8];
        let mut sum = 0;
        for index in stack {
            count[self.choices[*index].tone as usize] += 1;
            sum += self.choices[*index].pitch as i32;
        }
        let triad = tones.len() <= 3;
        let mut cost = 0;
        for (tone, interval) in tones.iter().enumerate() {
            let (missing, doubled) = match (tone, *interval) {
                (0, _) if self.rules.rootless && !triad => {
                    cost += SPARE_ROOT * count[0];
                    continue;
                }
                (0, _) => (MISSING_ROOT, DOUBLED_ROOT),
                (1, 7) | (2, 7) => (
                    if triad {
                        2 * MISSING_FIFTH
                    } else {
                        MISSING_FIFTH
                    },
                    DOUBLED_FIFTH,
                ),
                (1, _) => (MISSING_THIRD, DOUBLED_THIRD),
                (2, _) => (MISSING_ALTERED_FIFTH, DOUBLED_TENSION),
                (3, _) => (MISSING_SEVENTH, DOUBLED_TENSION),
                _ => (MISSING_TENSION, DOUBLED_TENSION),
            };
            cost += if count[tone] == 0 {
                missing
            } else {
                doubled * (count[tone] - 1)
            };
        }
        for (i, low) in stack.iter().enumerate() {
            for high in &stack[i + 1..] {
                if self.choices[*high].pitch - self.choices[*low].pitch == 13 {
                    cost += MINOR_NINTH;
                }
            }
        }
        let mean = sum / stack.len() as i32;
        cost + self.rules.pull * (mean - self.rules.centre as i32).abs()
    }
}

#[cfg(test)]
mod tests;
