//! HarmonyRoo chooses chords and comps them.
//!
//! `compose` writes a phrase's chords with the voicings of both its lanes: progression, secondary
//! dominants, loans and cadence as roman numerals, then colour, then the user's chords on top, then voice
//! leading. `perform` plays the Harmony lane's bar: a comping pattern of the style struck on those
//! voicings. Both run in the audio callback and follow from the phrase's place alone.

use music::lane::Lane;
use music::note::Candidates;
use music::plan::Phrase;

use crate::band::PhraseSeat;
use crate::dice::Purpose;
use crate::view::{BarView, Engine};

mod borrowed;
mod cadence;
mod colour;
pub(crate) mod comping;
pub mod fit;
mod grammar;
mod half_bar;
mod progression;
mod secondary;
mod typed;
mod voicing;

pub(crate) use progression::kind_dice;

/// HarmonyRoo chooses chords and comps them.
pub struct HarmonyRoo;

impl Engine for HarmonyRoo {
    fn lane(&self) -> Lane {
        Lane::Harmony
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        comping::perform(view, out);
    }
}

/// Writes the chords of a phrase with their voicings into `phrase.chords`.
/// `phrase` has its place, length and meter already.
pub fn compose(seat: &PhraseSeat, phrase: &mut Phrase) {
    let own = planned(seat, phrase);
    let mut spans = core::mem::take(&mut phrase.chords);
    let typed = &seat.material.song.chords;
    if typed.is_empty() {
        spans = own;
    } else {
        typed::merge(typed, phrase, phrase.meter.steps() as u8, &own, &mut spans);
    }
    voice(seat, phrase.first_in_section, &mut spans);
    phrase.chords = spans;
}

/// The plan's own chords.
fn planned(seat: &PhraseSeat, phrase: &Phrase) -> typed::Spans {
    let half = half_bar::half_bar(phrase.meter);
    let style = &seat.style.harmony;
    let (key, scale) = (seat.latch.key, seat.latch.scale);
    let dice = kind_dice(seat);
    let mut laid = progression::lay(seat, phrase);
    secondary::insert(&mut laid.cells, scale, style.secondary, dice);
    borrowed::substitute(&mut laid.cells, scale, style.borrowed, dice);
    let ending = cadence::choose(seat.section, phrase, laid.closes, style.cadences, dice);
    cadence::close(&mut laid, ending, scale, dice);
    let colour = colour::Colour {
        sevenths: style.sevenths,
        extensions: style.extensions,
    };
    let mut spans = typed::Spans::new();
    for (index, cell) in laid.cells.iter().enumerate() {
        let step = match (index % 2, half) {
            (0, _) => 0,
            (_, Some(step)) => step,
            (_, None) => continue,
        };
        let chord = colour::sounding(cell, key, scale, colour, dice);
        typed::push(&mut spans, (index / 2) as u8, step, chord);
    }
    spans
}

/// Voices both lanes, each from its own voicing before.
fn voice(seat: &PhraseSeat, first_in_section: u16, spans: &mut typed::Spans) {
    let harmony = &seat.style.harmony;
    let texture = &seat.texture_style.texture;
    let dice = kind_dice(seat);
    // The phrase's first chord lies a little above or below the middle, so that phrases differ. Taste.
    let shift = dice.throw(Purpose::Voicing, first_in_section as u32 / 8, 5) as i32 - 2;
    let (low, high) = sane(harmony.range, (52, 76));

    let comp = voicing::Rules {
        voices: harmony.voices.clamp(2, 6),
        range: (low, high),
        rootless: harmony.rootless,
        centre: ((low as i32 + high as i32) / 2 + shift) as u8,
        pull: HAND_PULL,
    };
    let (under, over) = sane(texture.range, (60, 84));
    let wash = voicing::Rules {
        voices: texture.voices.clamp(1, 5),
        range: (under, over),
        rootless: texture.voices <= 3,
        centre: ((under as i32 + over as i32) / 2 + shift) as u8,
        pull: PAD_PULL,
    };
    for index in 0..spans.len() {
        let (done, rest) = spans.split_at_mut(index);
        let before = done.last();
        let span = &mut rest[0];
        let place = 16 + 2 * span.bar as u32 + (span.step > 0) as u32;
        let moved = dice.throw(Purpose::Voicing, place, 2 * WANDER + 1) as i32 - WANDER as i32;
        let centre = (comp.centre as i32 + moved).clamp(low as i32, high as i32) as u8;
        let rules = voicing::Rules { centre, ..comp };
        span.voicing = voicing::lead(span.chord, rules, before.map(|b| &b.voicing), &[]);
        span.texture = voicing::lead(span.chord, wash, before.map(|b| &b.texture), &span.voicing);
    }
}

/// How far a hand wanders from the middle of its range, in semitones. Measured against pianists, who move
/// their hands more than the least movement asks.
const WANDER: u32 = 4;
/// How strongly a comping hand keeps to its place, and a pad to the middle of its range: see
/// [`voicing::Rules::pull`]. Measured: voices then move two semitones a change, as pianists' do. A pad only
/// stays in range. Taste.
const HAND_PULL: i32 = 38;
const PAD_PULL: i32 = 6;

/// A range that a chord fits into, or the one given instead.
fn sane(range: (u8, u8), otherwise: (u8, u8)) -> (u8, u8) {
    if range.1 >= range.0.saturating_add(9) && range.1 <= 127 {
        range
    } else {
        otherwise
    }
}
