//! The cheapest stack of a chord's tones: branch and bound, low voice to high.
//!
//! What the voices still to come cost at least is known before the search starts, from a pass downwards over
//! pairs of neighbours; a stack is dropped as soon as it cannot become cheaper than the best one. How far the
//! whole lies off the centre is part of that pass as a slope that never asks more than the true cost, and tones
//! that cannot all be reached any more are added on the way. Of stacks that cost the same, the lower one stands.
//! Reference: Land and Doig, "An automatic method of solving discrete programming problems", Econometrica 28,
//! 1960; the slopes are multipliers after Lagrange.

use heapless::Vec;
use music::chord::Chord;
use music::pitch::{Pitch, PitchClass};
use music::plan::Voicing;

use super::Rules;
use super::costs::{
    CLASH, CLUSTER, MINOR_NINTH, SHUNNED, TONES, ToneCosts, WIDEST_MUD, apart, movement, mud,
    off_centre,
};

/// Most pitches that a search chooses from, and most voices.
const MAX_REACH: usize = 26;
const MAX_VOICES: usize = 6;
/// Most voices that a search sets on trial; then the best stack so far stands.
const MAX_TRIALS: u32 = 3000;
/// How far from the voices before a voice may lie, in semitones.
const REACH: u8 = 7;
/// Slopes of the cost of lying off the centre, in parts of it.
const SLOPES: [i32; 3] = [0, -1, 1];

/// Widest gap between neighbours that is told from wider ones; nobody asks for as wide a one.
const GAPS: usize = 64;

/// A cost for each choice, by voice.
type Table = [[i32; MAX_REACH]; MAX_VOICES];

/// A pitch that may be chosen, with the place of its tone in the chord.
#[derive(Clone, Copy, Default)]
struct Choice {
    pitch: u8,
    tone: u8,
}

/// What a part of a stack has come to.
#[derive(Clone, Copy, Default)]
struct Part {
    cost: i32,
    /// Semitones that its voices lie over the centre, in all.
    over: i32,
    /// Tones that it has, and the choices taken, as bits.
    tones: u8,
    taken: u32,
}

pub struct Search {
    rules: Rules,
    choices: Vec<Choice, MAX_REACH>,
    voices: usize,
    /// Tones in the chord.
    count: usize,
    tones: ToneCosts,
    /// Tones by what it costs to leave them out, dearest first.
    order: [u8; TONES],
    /// What each voice costs on each choice by itself.
    own: Table,
    /// What a gap costs between any two neighbours, and over the lowest voice.
    gaps: [[i32; GAPS]; 2],
    /// Choices that lie a minor ninth below each, as bits.
    ninth: [u32; MAX_REACH],
    /// What the voices above one on a choice cost at least, times the number of voices, under each slope.
    ahead: [Table; SLOPES.len()],
}

impl Search {
    pub fn new(chord: Chord, rules: Rules, before: Option<&Voicing>, others: &[Pitch]) -> Self {
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
        let intervals = chord.quality.intervals();
        let mut choices: Vec<Choice, MAX_REACH> = Vec::new();
        let (mut place, mut own) = ([TONES as u8; 12], [0; MAX_REACH]);
        for (tone, interval) in intervals.iter().enumerate().take(TONES).rev() {
            place[*interval as usize % 12] = tone as u8;
        }
        let mut above = chord.root.to(Pitch(low).class()) as usize % 12;
        for pitch in low..=high {
            let tone = place[above];
            above = (above + 1) % 12;
            if tone < TONES as u8 && choices.len() < MAX_REACH {
                own[choices.len()] = alone(pitch, rules.shun, others);
                let _ = choices.push(Choice { pitch, tone });
            }
        }
        let voices = (rules.voices as usize)
            .clamp(1, MAX_VOICES)
            .min(choices.len());
        let mut search = Search {
            rules,
            voices,
            count: intervals.len().min(TONES),
            tones: ToneCosts::new(chord, rules.rootless),
            order: core::array::from_fn(|i| i as u8),
            own: [own; MAX_VOICES],
            gaps: [[0; GAPS]; 2],
            ninth: [0; MAX_REACH],
            ahead: [[[0; MAX_REACH]; MAX_VOICES]; SLOPES.len()],
            choices,
        };
        search.lay(before);
        search
    }

    /// Lays out the tables.
    fn lay(&mut self, before: Option<&Voicing>) {
        let missing = self.tones.missing;
        self.order[..self.count].sort_unstable_by_key(|t| -missing[*t as usize]);
        for (index, choice) in self.choices.iter().enumerate() {
            let below = choice.pitch.checked_sub(13);
            let at = self.choices.iter().position(|c| Some(c.pitch) == below);
            self.ninth[index] = at.map_or(0, |i| 1 << i);
            for (voice, own) in self.own.iter_mut().enumerate().take(self.voices) {
                own[index] += match before {
                    // Voices pair by rank: the cheapest pairing of two sorted stacks.
                    Some(v) if v.len() == self.voices => movement(v[voice].0, choice.pitch),
                    Some(_) => 0,
                    None => off_centre(choice.pitch, self.rules.centre),
                };
            }
        }
        let widest = match (self.choices.first(), self.choices.last()) {
            (Some(low), Some(high)) => ((high.pitch - low.pitch) as usize).min(GAPS - 1),
            _ => 0,
        };
        for (place, gaps) in self.gaps.iter_mut().enumerate() {
            for (gap, cost) in gaps.iter_mut().enumerate().take(widest + 1) {
                *cost = apart(&self.rules, place == 1, gap as u8);
            }
        }
        self.look_ahead();
    }

    /// What comes at least after each choice of each voice, from the highest down.
    fn look_ahead(&mut self) {
        let count = self.voices as i32;
        for voice in (1..self.voices).rev() {
            let mut from = [[0; MAX_REACH]; SLOPES.len()];
            for index in self.span(voice) {
                let own = count * self.own[voice][index];
                let lies = self.lies(index) * self.rules.pull;
                for (slope, from) in from.iter_mut().enumerate() {
                    from[index] = own + SLOPES[slope] * lies + self.ahead[slope][voice][index];
                }
            }
            let end = self.span(voice).end;
            for below in self.span(voice - 1) {
                let mut least = [i32::MAX; SLOPES.len()];
                for index in below + 1..end {
                    let gap = count * self.gap(voice, index, below);
                    for (from, least) in from.iter().zip(&mut least) {
                        *least = (*least).min(gap + from[index]);
                    }
                }
                for (ahead, least) in self.ahead.iter_mut().zip(least) {
                    ahead[voice - 1][below] = least;
                }
            }
        }
    }

    /// The choices that leave room for the voices below and above one.
    fn span(&self, voice: usize) -> core::ops::Range<usize> {
        voice..self.choices.len() + voice + 1 - self.voices
    }

    /// Semitones that a choice lies over the centre.
    fn lies(&self, index: usize) -> i32 {
        self.choices[index].pitch as i32 - self.rules.centre as i32
    }

    /// What a voice costs over the voice below it.
    #[inline]
    fn gap(&self, voice: usize, index: usize, below: usize) -> i32 {
        let low = self.choices[below].pitch;
        let gap = self.choices[index].pitch - low;
        let mut cost = self.gaps[(voice == 1) as usize][(gap as usize).min(GAPS - 1)];
        if gap <= WIDEST_MUD {
            cost += mud(low, gap);
            if gap == 1 && voice + 1 == self.voices {
                cost += CLUSTER;
            }
        }
        cost
    }

    /// A part with one voice more.
    #[inline]
    fn join(&self, part: Part, voice: usize, index: usize, below: Option<usize>) -> Part {
        let tone = self.choices[index].tone as usize;
        let has = part.tones & 1 << tone != 0;
        let gap = below.map_or(0, |below| self.gap(voice, index, below));
        let sounds = if has {
            self.tones.doubled[tone]
        } else {
            self.tones.once[tone]
        };
        let ninth = (part.taken & self.ninth[index] != 0) as i32 * MINOR_NINTH;
        Part {
            cost: part.cost + self.own[voice][index] + gap + sounds + ninth,
            over: part.over + self.lies(index),
            tones: part.tones | 1 << tone,
            taken: part.taken | 1 << index,
        }
    }

    /// What a stack costs beyond its voices at least, when `left` more may join: tones left out.
    fn missing(&self, part: Part, mut left: usize) -> i32 {
        let mut cost = 0;
        for tone in &self.order[..self.count] {
            if part.tones & 1 << tone == 0 {
                if left == 0 {
                    cost += self.tones.missing[*tone as usize];
                } else {
                    left -= 1;
                }
            }
        }
        cost
    }

    /// What a whole stack costs.
    fn total(&self, whole: Part) -> i32 {
        let centre = self.rules.centre as i32;
        let count = self.voices as i32;
        let mean = (whole.over + count * centre) / count;
        whole.cost + self.missing(whole, 0) + self.rules.pull * (mean - centre).abs()
    }

    /// What a part comes to at least under one slope, times the number of voices, with `voice` on `index` as its
    /// last and no tone left out.
    #[inline]
    fn bound(&self, slope: usize, part: Part, voice: usize, index: usize) -> i32 {
        let count = self.voices as i32;
        let by = SLOPES[slope] * self.rules.pull;
        // Means are rounded down: that much less may lie over the centre.
        let rounded = by.max(0) * (count - 1);
        count * part.cost + by * part.over + self.ahead[slope][voice][index] - rounded
    }

    /// The highest of those bounds, tones that must be left out added.
    #[inline]
    fn least(&self, part: Part, voice: usize, index: usize) -> i32 {
        let bounds = [0, 1, 2].map(|slope| self.bound(slope, part, voice, index));
        let bound = bounds[0].max(bounds[1]).max(bounds[2]);
        bound + self.voices as i32 * self.missing(part, self.voices - 1 - voice)
    }

    /// Depth first without recursion: `stack[voice]` is the choice of that voice.
    pub fn run(&self) -> Voicing {
        let mut best = Voicing::new();
        if self.voices == 0 {
            return best;
        }
        let (mut best_cost, mut found) = self.guess();
        // As cheap a stack may lie lower.
        best_cost += 1;
        let (mut stack, mut parts) = ([0usize; MAX_VOICES], [Part::default(); MAX_VOICES]);
        let (mut voice, mut next, mut trials) = (0, 0, 0);
        while trials < MAX_TRIALS {
            if next >= self.span(voice).end {
                if voice == 0 {
                    break;
                }
                voice -= 1;
                next = stack[voice] + 1;
                continue;
            }
            trials += 1;
            let below = voice.checked_sub(1).map(|v| stack[v]);
            let part = self.join(parts[voice], voice, next, below);
            stack[voice] = next;
            next += 1;
            if self.least(part, voice, stack[voice]) >= self.voices as i32 * best_cost {
                continue;
            }
            if voice + 1 < self.voices {
                voice += 1;
                parts[voice] = part;
                continue;
            }
            let total = self.total(part);
            if total < best_cost {
                (best_cost, found) = (total, stack);
            }
        }
        best.extend(
            found[..self.voices]
                .iter()
                .map(|i| Pitch(self.choices[*i].pitch)),
        );
        best
    }

    /// A good stack to start from: what looks cheapest voice by voice under the slope that asks most.
    fn guess(&self) -> (i32, [usize; MAX_VOICES]) {
        let asks = |slope: &usize| {
            self.span(0)
                .map(|i| self.bound(*slope, self.join(Part::default(), 0, i, None), 0, i))
                .min()
        };
        let slope = (0..SLOPES.len()).max_by_key(asks).unwrap_or(0);
        let (mut stack, mut part) = ([0; MAX_VOICES], Part::default());
        for voice in 0..self.voices {
            let below = voice.checked_sub(1).map(|v| stack[v]);
            let mut best = (i32::MAX, 0, Part::default());
            for index in below.map_or(0, |b| b + 1)..self.span(voice).end {
                let joined = self.join(part, voice, index, below);
                let missing = self.missing(joined, self.voices - 1 - voice);
                let cost = self.bound(slope, joined, voice, index) + self.voices as i32 * missing;
                if cost < best.0 {
                    best = (cost, index, joined);
                }
            }
            (stack[voice], part) = (best.1, best.2);
        }
        (self.total(part), stack)
    }
}

/// What a pitch costs whoever has it: shunned, or a semitone or minor ninth off another lane's voice.
fn alone(pitch: u8, shun: Option<PitchClass>, others: &[Pitch]) -> i32 {
    let shunned = (shun == Some(Pitch(pitch).class())) as i32 * SHUNNED;
    let clashes = |other: &&Pitch| pitch.abs_diff(other.0) % 12 == 1;
    shunned + others.iter().filter(clashes).count() as i32 * CLASH
}
