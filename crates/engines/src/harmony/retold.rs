//! What a section's chords gain when its kind returns: the second verse, the last chorus.
//!
//! The progression stays what it was. On it come, as far as tension lets them: another colour, a suspension that
//! resolves, a chord tone in the bass where that makes the bass walk, a pedal under what builds up, a dominant or
//! passing chord into the next one, another turnaround; a last hook is reharmonised besides. All of it follows from
//! the section's kind, statement and finality and from the place in it, so that a moved section keeps its chords.
//! The tune comes back as it was: nothing is done that would make it rub. A phrase in which the user typed chords, and
//! one that leads into another key, stay as they are.

use music::chord::{Chord, Quality};
use music::pitch::{Key, PitchClass, Scale};
use music::plan::{ChordSpan, Phrase, SectionKind};
use music::roman::triad;
use music::technique::{RootCycle, VoiceLeading};

use super::candidates::bare;
use super::half_bar::half_bar;
use super::progression::kind_dice;
use super::typed::Spans;
use super::{chorale, colour, lead as voices, tense};
use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};

mod bass;
mod climax;
mod sung;

/// Percent of the places where a device can stand, for a second and a later statement and for the last hook, while
/// tension stands in the middle. Taste: heard as another verse of the same song.
const AGAIN: u8 = 40;
const LATER: u8 = 55;
const LAST: u8 = 75;
/// Share of chords that are coloured, in percent of that freedom. Taste.
const COLOURED: u32 = 60;
/// Under this chance of sevenths a style is plain: it adds ninths and suspensions rather than sevenths. Taste.
const PLAIN: u8 = 40;

/// A phrase that is told anew.
struct Telling<'a> {
    phrase: &'a Phrase,
    key: Key,
    scale: Scale,
    /// Chance in percent of each device where it can stand.
    freedom: u32,
    /// Chances of sevenths and more in the style.
    sevenths: u8,
    extensions: u8,
    /// Step at which the bar's second half starts.
    half: Option<u8>,
    dice: Dice,
    /// Changes of harmony that are left to make.
    left: u16,
}

/// Tells the chords of a section that returns anew, once its tune stands; bit `i` of `hand` says that the user typed
/// chord `i`.
pub fn retell(seat: &PhraseSeat, phrase: &mut Phrase, hand: u64) {
    let section = seat.section;
    let ends = phrase.first_in_section + phrase.bars >= section.bars;
    let leads = ends && section.leads_to != section.transpose;
    if hand != 0 || leads || section.statement == 0 && !section.is_final {
        return;
    }
    let mut spans = core::mem::take(&mut phrase.chords);
    tell(seat, phrase, &mut spans, ends);
    // Chords that stand as they did keep their voices, up to the first that does not.
    let changed = spans.iter().position(|s| s.voicing.is_empty());
    if let Some(from) = changed {
        voices::voice(seat, phrase.first_in_section, &mut spans, 0, from);
    }
    phrase.chords = spans;
}

fn tell(seat: &PhraseSeat, phrase: &Phrase, spans: &mut Spans, ends: bool) {
    let (section, style) = (seat.section, &seat.style.harmony);
    let told = match (section.is_final, section.statement) {
        (true, _) => LAST,
        (_, ..=1) => AGAIN,
        _ => LATER,
    };
    let again = section.statement.min(3) as u32 + 8 * section.is_final as u32;
    let fours = phrase.bars.div_ceil(4);
    let mut telling = Telling {
        phrase,
        key: seat.latch.key,
        scale: seat.latch.scale,
        freedom: tense(told, seat.latch.tension) as u32,
        sevenths: style.sevenths,
        extensions: style.extensions,
        half: half_bar(phrase.meter),
        dice: kind_dice(seat).at(0x70 + again),
        left: fours * (1 + section.is_final as u16),
    };
    let classical = seat.latch.voice_leading == VoiceLeading::Chorale;
    if seat.latch.root_cycle == RootCycle::Style {
        if section.is_final {
            climax::reharmonise(&mut telling, spans, ends);
        }
        turn_around(&mut telling, spans, ends);
        lead(&mut telling, spans);
        bass::invert(&mut telling, spans);
        if matches!(section.kind, SectionKind::PreChorus | SectionKind::Build) && ends {
            bass::pedal(&telling, spans);
        }
    }
    if !classical {
        suspend(&telling, spans);
        enrich(&telling, spans);
    } else {
        for index in 0..spans.len() {
            let chord = spans[index].chord;
            let quality = chorale::classical(chord.quality);
            change(spans, index, Chord { quality, ..chord });
        }
    }
}

impl Telling<'_> {
    /// A number for a place of the section, for Dice.
    fn place(&self, span: &ChordSpan) -> u32 {
        let bar = self.phrase.first_in_section as u32 + span.bar as u32;
        2 * bar + (span.step > 0) as u32
    }
    fn chance(&self, device: u32, span: &ChordSpan, percent: u32) -> bool {
        let place = 0x1_0000 * device + self.place(span);
        self.dice.chance(Purpose::Colour, place, percent)
    }
    /// Spends one of the changes that the phrase may make, by chance.
    fn spend(&mut self, device: u32, span: &ChordSpan) -> bool {
        let spends = self.left > 0 && self.chance(device, span, self.freedom);
        self.left -= spends as u16;
        spends
    }
    fn above(&self, chord: Chord) -> u8 {
        self.key.to(chord.root)
    }
    /// Whether a chord leads home: the key's own dominant.
    fn is_dominant(&self, chord: Chord) -> bool {
        self.above(chord) == 7 && chord.has(self.key.up(11)) && chord.quality != Quality::Power
    }
    /// A triad of the scale's on a degree, with a seventh where the style is rich.
    fn degree(&self, degree: i32) -> Chord {
        let parent = self.scale.harmonic_parent();
        let quality = if self.sevenths >= colour::RICH {
            music::roman::seventh(parent, degree)
        } else {
            triad(parent, degree)
        };
        Chord::new(self.key.up(parent.degree(degree)), quality)
    }
    /// Where the last half of the last bar before a span stands, if the span before sounds through that bar.
    fn room_before(&self, spans: &Spans, index: usize) -> Option<(u8, u8)> {
        let (to, from) = (spans.get(index)?, spans.get(index.checked_sub(1)?)?);
        let bar = to.bar.checked_sub(1)?;
        (to.step == 0 && (from.bar, from.step) <= (bar, 0)).then_some((bar, self.half?))
    }
}

/// Whether a chord is bare of its third, as distorted guitars play it: it stays so.
fn is_hollow(chord: Chord) -> bool {
    matches!(chord.quality, Quality::Power)
}

/// Exchanges a chord; its voices are to be found again.
fn change(spans: &mut Spans, index: usize, chord: Chord) {
    if spans[index].chord != chord {
        spans[index].chord = chord;
        spans[index].voicing.clear();
    }
}

/// Puts a chord between others.
fn put(spans: &mut Spans, index: usize, (bar, step): (u8, u8), chord: Chord) {
    let span = ChordSpan {
        bar,
        step,
        chord,
        ..ChordSpan::default()
    };
    let _ = spans.insert(index, span);
}

/// Another way round at a phrase's end: the dominant is prepared, home leads on.
fn turn_around(telling: &mut Telling, spans: &mut Spans, ends: bool) {
    let (Some(last), Some(half)) = (spans.last().cloned(), telling.half) else {
        return;
    };
    let bar = telling.phrase.bars.saturating_sub(1) as u8;
    if (last.bar, last.step) > (bar, 0) || spans.len() < 2 || is_hollow(last.chord) {
        return;
    }
    let before = spans[spans.len() - 2].chord;
    let home = telling.above(last.chord) == 0 && last.chord.bass == last.chord.root;
    if telling.is_dominant(last.chord) {
        let prepares = [1, 3]
            .map(|d| telling.degree(d))
            .into_iter()
            .find(|c| c.root != before.root && bare(c.quality) != Quality::Diminished);
        let whole = last.bar == bar;
        if let Some(prepares) = prepares.filter(|_| whole)
            && telling.suits(last.chord, prepares, (bar, 0), (bar, half))
            && telling.spend(1, &last)
        {
            let index = spans.len() - 1;
            spans[index].step = half;
            put(spans, index, (bar, 0), prepares);
        }
    } else if home && !ends {
        let fifth = Chord::new(telling.key.up(7), Quality::Major);
        let to = (bar + 1, 0);
        if telling.suits(last.chord, fifth, (bar, half), to) && telling.spend(1, &last) {
            put(spans, spans.len(), (bar, half), fifth);
        }
    }
}

/// A dominant or a passing chord into what comes.
fn lead(telling: &mut Telling, spans: &mut Spans) {
    // From the end: what leads on is heard best there.
    for index in (1..spans.len()).rev() {
        let Some(room) = telling.room_before(spans, index) else {
            continue;
        };
        let (from, to) = (spans[index - 1].chord, spans[index].chord);
        let stable = matches!(bare(to.quality), Quality::Major | Quality::Minor);
        let leads_already = telling.is_dominant(from) || from.root == to.root.up(7);
        if !stable || is_hollow(from) || is_hollow(to) || leads_already || from.root == to.root {
            continue;
        }
        // Who is at home by the scale goes there by its own dominant; far chords are left alone.
        let parent = telling.scale.harmonic_parent();
        if telling.above(to) == 0 || !parent.contains(telling.key, to.root) {
            continue;
        }
        let at = spans[index].clone();
        let leads = approach(telling, from, to, &at);
        if telling.suits(from, leads, room, (at.bar, 0)) && telling.spend(2, &at) {
            put(spans, index, room, leads);
        }
    }
}

/// The chord that leads from one to another.
fn approach(telling: &Telling, from: Chord, to: Chord, at: &ChordSpan) -> Chord {
    let throw = telling
        .dice
        .throw(Purpose::Colour, 0x9_0000 + telling.place(at), 100);
    let rises = from.root.to(to.root) == 2;
    let fifth = Chord::new(to.root.up(7), Quality::Dominant7);
    let rich = telling.sevenths >= PLAIN;
    match throw {
        // Between roots a step apart the bass goes by the semitone.
        ..60 if rises && rich => Chord::new(from.root.up(1), Quality::Diminished7),
        ..70 if rises => Chord {
            bass: fifth.tone(1),
            quality: Quality::Major,
            ..fifth
        },
        70..85 if telling.extensions >= 50 => Chord::new(to.root.up(1), Quality::Dominant7),
        _ if rich => fifth,
        _ => Chord {
            quality: Quality::Major,
            ..fifth
        },
    }
}

/// A fourth held in the place of a dominant's third through the bar's first half.
fn suspend(telling: &Telling, spans: &mut Spans) {
    let Some(half) = telling.half else { return };
    let mut index = 0;
    while index < spans.len() {
        let span = spans[index].clone();
        let next = spans.get(index + 1).map(|s| (s.bar, s.step));
        let lasts = next.is_none_or(|next| next > (span.bar, half));
        let held = match span.chord.quality {
            Quality::Major => Quality::Sus4,
            Quality::Dominant7 | Quality::Dominant9 => Quality::Dominant7Sus4,
            _ => Quality::Power,
        };
        let suspended = Chord {
            quality: held,
            ..span.chord
        };
        let colours = telling.sevenths > 0 || telling.extensions > 0;
        if span.step == 0
            && lasts
            && colours
            && held != Quality::Power
            && telling.is_dominant(span.chord)
            && span.chord.bass == span.chord.root
            && telling.suits(span.chord, suspended, (span.bar, 0), (span.bar, half))
            && telling.chance(3, &span, telling.freedom * COLOURED / 100)
        {
            change(spans, index, suspended);
            put(spans, index + 1, (span.bar, half), span.chord);
            index += 1;
        }
        index += 1;
    }
}

/// More colour on chords that carry it.
fn enrich(telling: &Telling, spans: &mut Spans) {
    if telling.sevenths == 0 && telling.extensions == 0 {
        return;
    }
    for index in 0..spans.len() {
        let span = spans[index].clone();
        if !telling.chance(4, &span, telling.freedom * COLOURED / 100) {
            continue;
        }
        let chord = Chord {
            quality: richer(telling, span.chord),
            ..span.chord
        };
        let near = [index.checked_sub(1), Some(index + 1)];
        let blurs = near.into_iter().flatten().any(|i| {
            spans.get(i).is_some_and(|other| {
                colour::close(other.chord, chord) && !colour::close(other.chord, span.chord)
            })
        });
        let (from, to) = telling.bounds(spans, index);
        if !blurs && telling.suits(span.chord, chord, from, to) {
            change(spans, index, chord);
        }
    }
}

/// A chord's kind with one tone more that belongs to the scale.
fn richer(telling: &Telling, chord: Chord) -> Quality {
    use Quality::*;
    let parent = telling.scale.harmonic_parent();
    let has = |by: i32| {
        let tone = chord.root.up(by);
        parent.contains(telling.key, tone) && chord.bass.to(tone) != 1
    };
    let rich = telling.sevenths >= PLAIN;
    match chord.quality {
        Major if telling.is_dominant(chord) && has(10) => Dominant7,
        Major if rich && has(11) => Major7,
        Major if has(2) => Add9,
        Minor if has(10) => Minor7,
        Minor if has(2) => MinorAdd9,
        Major7 if has(2) => Major9,
        Minor7 if rich && has(2) => Minor9,
        Dominant7 if rich && has(2) && has(9) => Dominant13,
        Dominant7 if rich && has(2) => Dominant9,
        Dominant7 if telling.extensions >= 50 && has(1) => Dominant7Flat9,
        Sixth if has(2) => Add9,
        other => other,
    }
}

/// Whether a tone lies a step from another.
fn is_step(from: PitchClass, to: PitchClass) -> bool {
    matches!(from.to(to), 1 | 2 | 10 | 11)
}

#[cfg(test)]
mod tests;
