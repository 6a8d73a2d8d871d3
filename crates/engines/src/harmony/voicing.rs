//! Voicings by voice leading: the least total movement under rules of range, spacing and doubling.
//!
//! Of all ways to stack a chord's tones within reach the cheapest is found (`search`). Costs (`costs`) are in
//! tenths of a semitone of movement, so that a rule says how far a voice would rather move than break it.
//! The first chord of a phrase is anchored to the middle of the range, never to the phrase before.

use music::chord::Chord;
use music::pitch::{Pitch, PitchClass};
use music::plan::Voicing;

use search::Search;

mod costs;
mod search;

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

/// Lowest pitch of a dropped voice. Taste: under it a hand sounds like a second bass.
const LOWEST_DROP: u8 = 45;
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

#[cfg(test)]
mod tests;
