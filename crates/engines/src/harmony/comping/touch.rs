//! Touch: what of a chord a light stroke moves.
//!
//! Hands do not strike a chord whole on every stroke of a pattern. A stroke that weighs little and falls while the
//! chord still rings moves some of its voices, and the others ring on: the upper ones as guitarists' up-strokes do,
//! the inner ones, lower and upper by turns, or one voice after the other. A kind of section keeps its touch; when it
//! comes back it may be played with another. Machines' stabs, which leave a gap behind them, stay whole.

use music::lane::Lane;
use music::plan::SectionKind;
use music::style::CompTechnique;

use super::{Hit, Hits};
use crate::dice::Purpose;
use crate::view::BarView;

/// All voices of a chord.
pub const WHOLE: u8 = u8::MAX;

/// How light strokes are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch {
    /// With all voices.
    Whole,
    /// With the upper half.
    Upper,
    /// With all but the lowest and the highest.
    Inner,
    /// Upper and lower half by turns.
    Rocking,
    /// Voice by voice, upwards from the second.
    Rolling,
}

const TOUCHES: [Touch; 5] = [
    Touch::Whole,
    Touch::Upper,
    Touch::Inner,
    Touch::Rocking,
    Touch::Rolling,
];
/// How often hands on keys choose each where little is going on, and where all play. Taste: verses are broken up,
/// choruses are struck.
const QUIET: [u8; 5] = [2, 4, 2, 4, 4];
const LOUD: [u8; 5] = [6, 4, 1, 2, 0];
/// The same of a hand that strums: all strings, or the high ones.
const STRUMMED: [u8; 5] = [4, 5, 0, 0, 0];
/// Share of sections that are played with another touch when they return, percent. Taste.
const ANEW: u32 = 40;
/// Priority up to which a stroke is light, in loud sections and in quiet ones. Taste.
const LIGHT: (u8, u8) = (6, 7);

/// Lets the light strokes among `hits[from..]`, a bar of one pattern in order, move only part of their chord.
pub fn lighten(view: &BarView, hits: &mut Hits, from: usize) {
    let quiet = is_quiet(view.section.kind);
    let touch = touch(view, quiet);
    if touch == Touch::Whole {
        return;
    }
    let light = if quiet { LIGHT.1 } else { LIGHT.0 };
    let last = hits.len();
    let mut turn = 0;
    for index in from..last {
        let hit = hits[index];
        let voices = view.phrase.chords[hit.chord].voicing.len();
        let all = mask(0, voices);
        let is_light = hit.placed.step.priority <= light && hit.placed.step.tag == 0;
        if !is_light || voices < 3 || ringing(hits, from, &hit) & all != all {
            continue;
        }
        let part = part(touch, turn, voices) & all;
        turn += 1;
        // What rings and is not struck again needs room of its own where another part of it is.
        let splits = (from..hits.len()).filter(|i| rings_into(&hits[*i], &hit));
        if hits.len() + splits.count() > hits.capacity() {
            return;
        }
        hits[index].voices = part;
        for other in from..hits.len() {
            if other == index || !rings_into(&hits[other], &hit) {
                continue;
            }
            let held = Hit {
                voices: hits[other].voices & !part,
                end: hit.end,
                ..hits[other]
            };
            if held.voices & all == 0 {
                continue;
            }
            if hits[other].voices & part & all == 0 {
                hits[other].end = hit.end;
            } else {
                hits[other].voices &= part;
                let _ = hits.push(held);
            }
        }
    }
}

/// Whether a chord rings until another stroke on it, and is heard wherever that one is.
fn rings_into(before: &Hit, hit: &Hit) -> bool {
    before.end == hit.tick
        && before.tick < hit.tick
        && before.chord == hit.chord
        && before.gate.density <= hit.gate.density
}

/// The voices that ring until a stroke.
fn ringing(hits: &Hits, from: usize, hit: &Hit) -> u8 {
    let ring = hits[from..].iter().filter(|h| rings_into(h, hit));
    ring.fold(0, |voices, h| voices | h.voices)
}

/// Voices `from` to before `to`.
const fn mask(from: usize, to: usize) -> u8 {
    ((1u16 << to) - (1 << from)) as u8
}

/// What the `turn`-th light stroke of a bar moves.
fn part(touch: Touch, turn: usize, voices: usize) -> u8 {
    let half = voices / 2;
    match touch {
        Touch::Whole => WHOLE,
        Touch::Upper => mask(half, voices),
        Touch::Inner => mask(1, voices - 1),
        Touch::Rocking if turn % 2 == 1 => mask(0, half),
        Touch::Rocking => mask(half, voices),
        Touch::Rolling => {
            let voice = 1 + turn % (voices - 1);
            mask(voice, voice + 1)
        }
    }
}

const fn is_quiet(kind: SectionKind) -> bool {
    !matches!(
        kind,
        SectionKind::Chorus | SectionKind::Solo | SectionKind::Drop | SectionKind::Build
    )
}

/// How the section is played.
fn touch(view: &BarView, quiet: bool) -> Touch {
    let weights = match view.style.harmony.technique {
        CompTechnique::Broken => return Touch::Whole,
        CompTechnique::Strum => &STRUMMED,
        CompTechnique::Block if quiet => &QUIET,
        CompTechnique::Block => &LOUD,
    };
    let dice = view.kind_dice.lane(Lane::Harmony);
    let returns = view.section.statement % 2 == 1;
    let anew = returns && dice.chance(Purpose::Comping, 700, ANEW);
    let picked = dice.pick(Purpose::Comping, 701 + u32::from(anew), weights);
    TOUCHES[picked.unwrap_or(0)]
}

#[cfg(test)]
mod tests;
