//! The motif bank of a song: six ideas that share material.
//!
//! Two are new: the hook, and the tale that the verses tell. The others grow out of them: the answer keeps
//! the hook's head or its tail, the reply ends the tale as the hook ends (or begins it again otherwise), what leads
//! to the hook works on what the reply has new, and the bridge turns the hook over or sings hook or tale broadly. All hash the seed alone, so that whatever returns in a song returns as
//! itself. How fast the words come ([`diction`]) is the song's as well.

use music::plan::SectionKind;
use music::style::Style;

use super::cells::{self, Rhythms};
use super::contour;
use super::develop;
use super::motif::{MOTIF_BARS, Measure, Motif, Tone};
use super::plan::{Theme, Voice};
use crate::dice::{Dice, Purpose};

/// An idea of the song.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Idea {
    /// What the chorus says.
    Hook = 1,
    /// What answers it.
    Answer,
    /// What the verse says.
    Tale,
    /// What answers that.
    Reply,
    /// The bridge: the hook from the other side.
    Away,
    /// What leads to the hook: the reply, from its new bar.
    Lead,
}

/// Share of motifs with one cell for both bars that sing it twice alike, percent. Taste: a hook.
const HOOKS: u32 = 92;
/// The same of what is played rather than sung, percent. Taste: a riff tune now and then.
const RIFFS: u32 = 35;
/// Share of bridges whose idea is one bar said twice, percent. Taste: what is heard once insists.
const INSISTS: u32 = 45;
/// Furthest leap over the seam where two motifs are joined, in scale steps. Taste: a third.
const SEAM: i8 = 2;

impl Idea {
    /// The idea that a kind of section states as its first or second theme.
    pub const fn of(kind: SectionKind, theme: Theme) -> Idea {
        use SectionKind::{Breakdown, Bridge, Build, PreChorus, Verse};
        match (kind, theme) {
            (Verse, Theme::A) | (Breakdown, Theme::A) => Idea::Tale,
            (PreChorus | Build, Theme::A) => Idea::Lead,
            (Verse | Bridge, Theme::B) => Idea::Reply,
            (Bridge, Theme::A) => Idea::Away,
            (_, Theme::A) | (Breakdown, Theme::B) => Idea::Hook,
            (_, Theme::B) => Idea::Answer,
        }
    }
    /// Where in the range it is sung, in percent: the same wherever it returns. Taste: verses low, hooks high.
    pub const fn sits(self) -> i32 {
        match self {
            Idea::Tale | Idea::Reply | Idea::Lead => 32,
            Idea::Away => 44,
            Idea::Hook | Idea::Answer => 52,
        }
    }
}

/// What motifs are made from.
#[derive(Clone, Copy)]
pub struct Bank<'a> {
    /// The style.
    pub style: &'a Style,
    /// Rhythms at hand.
    pub rhythms: Rhythms<'a>,
    /// Metre.
    pub measure: &'a Measure,
    /// Dice of the song's melody.
    pub dice: Dice,
}

impl Bank<'_> {
    /// A motif of the song.
    pub fn idea(&self, idea: Idea) -> Motif {
        let bar = self.measure.bar;
        match idea {
            Idea::Hook | Idea::Tale => self.fresh(self.dice.at(idea as u32)),
            Idea::Answer => {
                let (hook, own) = (self.idea(Idea::Hook), self.fresh(self.dice.at(2)));
                if self.heads(idea) {
                    joined(&hook, &own, bar)
                } else {
                    joined(&own, &hook, bar)
                }
            }
            Idea::Reply if self.heads(idea) => {
                joined(&self.idea(Idea::Tale), &self.idea(Idea::Hook), bar)
            }
            Idea::Reply => joined(&self.fresh(self.dice.at(4)), &self.idea(Idea::Tale), bar),
            Idea::Lead if self.heads(Idea::Reply) => turned(&self.idea(Idea::Reply), bar),
            Idea::Lead => self.idea(Idea::Reply),
            Idea::Away => {
                let hook = self.idea(Idea::Hook);
                let tale = self.idea(Idea::Tale);
                let away = match self.dice.throw(Purpose::Development, 0x500, 6) {
                    0 => develop::invert(&hook),
                    1 => turned(&hook, bar),
                    2 | 3 => develop::augment(&hook, self.measure, MOTIF_BARS),
                    4 => develop::augment(&tale, self.measure, MOTIF_BARS),
                    _ => joined(&develop::invert(&hook), &tale, bar),
                };
                if self.dice.chance(Purpose::Development, 0x501, INSISTS) {
                    twice(&away, bar)
                } else {
                    away
                }
            }
        }
    }
    /// Whether a second idea keeps the head of the first (else its tail).
    fn heads(&self, idea: Idea) -> bool {
        self.dice
            .chance(Purpose::Development, 0x510 + idea as u32, 50)
    }
    /// A motif of its own: a rhythm, then a contour for its tones.
    pub fn fresh(&self, dice: Dice) -> Motif {
        let mut out = Motif::default();
        let twice = self.rhythms.lay(&mut out, self.measure, dice);
        cells::speak(&mut out, self.measure, diction(self.style, self.dice), dice);
        contour::draw(&mut out, &self.style.melody, dice);
        let hooks = match Voice::of(self.style) {
            Voice::Sung => HOOKS,
            Voice::Played => RIFFS,
        };
        if twice && dice.chance(Purpose::MotifContour, 3, hooks) {
            hook(&mut out, self.measure.bar);
        }
        out
    }
}

/// Share of eighths that a song says as two sixteenths, percent. Measured: in sung pop the share of notes no
/// longer than a sixteenth is .42 over all songs and spreads by .29 from song to song: some songs hold their
/// words, some patter. Taste: slow enough to be sung, and nothing between swung eighths.
fn diction(style: &Style, dice: Dice) -> u32 {
    const SHARES: [u32; 6] = [4, 14, 28, 44, 62, 82];
    let singable = match style.tempo.1 {
        0..=112 => 100,
        113..=124 => 60,
        _ => 0,
    };
    let swings = style.swing.points.iter().any(|(_, ratio)| *ratio > 1250);
    let share = SHARES[dice.throw(Purpose::MotifRhythm, 0x3000, 6) as usize];
    if swings { 0 } else { share * singable / 100 }
}

/// Makes the second bar sing what the first does, but for its last tone; the first bar's last leads back to
/// where it began.
fn hook(motif: &mut Motif, bar: u8) {
    let count = motif.tones.len();
    let first = motif.tones.first().map_or(0, |t| t.degree);
    if let Some(last) = motif.tones.iter_mut().rev().find(|t| t.at < bar) {
        last.degree = last.degree.clamp(first - SEAM, first + SEAM);
    }
    for index in 0..count.saturating_sub(1) {
        let at = motif.tones[index].at;
        let twin = motif.tones.iter().find(|t| t.at + bar == at).copied();
        if let Some(twin) = twin {
            motif.tones[index].degree = twin.degree;
        }
    }
}

/// The first bar of a motif said twice, the second time with another last tone.
fn twice(motif: &Motif, bar: u8) -> Motif {
    let mut out = Motif::default();
    for turn in 0..2 {
        for tone in motif.tones.iter().filter(|t| t.at < bar) {
            let at = tone.at + turn * bar;
            let _ = out.tones.push(Tone { at, ..*tone });
        }
    }
    let sung = |t: &&mut Tone| t.priority >= contour::TUNE_PRIORITY;
    if let Some(last) = out.tones.iter_mut().rev().find(sung) {
        last.degree -= 1;
    }
    out
}

/// The second bar of a motif, then its first.
fn turned(motif: &Motif, bar: u8) -> Motif {
    let mut out = Motif::default();
    for tone in motif.tones.iter().filter(|t| t.at >= bar) {
        let at = tone.at - bar;
        let _ = out.tones.push(Tone { at, ..*tone });
    }
    for tone in motif.tones.iter().filter(|t| t.at < bar) {
        let at = tone.at + bar;
        let _ = out.tones.push(Tone { at, ..*tone });
    }
    out
}

/// The first bar of one motif and the second of another, moved as a whole where the seam would leap too far.
fn joined(head: &Motif, tail: &Motif, bar: u8) -> Motif {
    let mut out = Motif::default();
    for tone in head.tones.iter().filter(|t| t.at < bar) {
        let _ = out.tones.push(*tone);
    }
    let from = out.tones.last().map_or(0, |t| t.degree);
    let mut moved = None;
    for tone in tail.tones.iter().filter(|t| t.at >= bar) {
        let by = *moved.get_or_insert_with(|| {
            let leap = tone.degree - from;
            leap.clamp(-SEAM, SEAM) - leap
        });
        let degree = tone.degree + by;
        let _ = out.tones.push(Tone { degree, ..*tone });
    }
    out
}

#[cfg(test)]
mod tests;
