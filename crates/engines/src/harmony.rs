//! HarmonyRoo chooses chords and comps them.
//!
//! `compose` writes a phrase's chords with the voicings of its own lane: progression or cycle of roots,
//! secondary dominants, loans and cadence as roman numerals, then colour, then the user's chords on top; what
//! tension and reharmonising exchange, the way into the next section's key, and voice leading. Once the tune stands,
//! `retell` varies the chords of a section that returns and voices the Texture lane's, and `settle` moves voices out of the tune's way. `perform`
//! plays the Harmony lane's bar: a comping pattern of the style struck on those voicings. All run in the audio
//! callback and follow from the phrase's place alone.

use music::controls::TENSION;
use music::lane::Lane;
use music::note::Candidates;
use music::plan::Phrase;
use music::technique::{RootCycle, VoiceLeading};

use crate::band::PhraseSeat;
use crate::view::{BarView, Engine};

mod borrowed;
mod cadence;
mod candidates;
mod choose;
mod chorale;
mod colour;
pub(crate) mod comping;
mod cycle;
pub mod fit;
mod grammar;
mod half_bar;
mod lead;
mod modulate;
mod progression;
mod retold;
mod secondary;
mod settle;
mod typed;
mod voicing;

pub use candidates::Why;
pub use choose::{Alternative, alternatives};
pub use settle::settle;

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

/// Writes the chords of a phrase with the hand's voicings into `phrase.chords`; bit `i` of the answer says that the user
/// typed chord `i`. `phrase` has its place, length and meter already.
pub fn compose(seat: &PhraseSeat, phrase: &mut Phrase) -> u64 {
    let own = planned(seat, phrase);
    let mut spans = core::mem::take(&mut phrase.chords);
    let typed = &seat.material.song.chords;
    let mut hand = 0;
    if typed.is_empty() {
        spans = own;
    } else {
        hand = typed::merge(typed, phrase, phrase.meter.steps() as u8, &own, &mut spans);
    }
    choose::rewrite(seat, phrase, &mut spans, hand);
    modulate::lead_on(seat, phrase, &mut spans, hand);
    lead::voice(seat, phrase.first_in_section, &mut spans, hand, 0);
    phrase.chords = spans;
    hand
}

/// Varies the chords of a section that returns, once its tune stands, and voices the pad's; `hand` as `compose` said.
pub fn retell(seat: &PhraseSeat, phrase: &mut Phrase, hand: u64) {
    retold::retell(seat, phrase, hand);
    let mut spans = core::mem::take(&mut phrase.chords);
    lead::wash(seat, phrase.first_in_section, &mut spans, hand);
    phrase.chords = spans;
}

/// The plan's own chords.
fn planned(seat: &PhraseSeat, phrase: &Phrase) -> typed::Spans {
    let half = half_bar::half_bar(phrase.meter);
    let style = &seat.style.harmony;
    let (key, scale, tension) = (seat.latch.key, seat.latch.scale, seat.latch.tension);
    let cycle = seat.latch.root_cycle;
    let changes = progression::changes(seat);
    let dice = changes.dice;
    let mut laid = progression::lay(seat, &changes, phrase);
    if cycle == RootCycle::Style {
        let (secondary, borrowed) = (style.secondary, style.borrowed);
        secondary::insert(&mut laid.cells, scale, tense(secondary, tension), dice);
        borrowed::substitute(&mut laid.cells, scale, tense(borrowed, tension), dice);
    } else {
        cycle::lay(&mut laid.cells, cycle, scale, laid.chords);
    }
    let ending = cadence::choose(seat.section, phrase, laid.closes, style.cadences, dice);
    // A cycle runs on until its section comes home.
    if cycle == RootCycle::Style || ending == cadence::Cadence::Full {
        cadence::close(&mut laid, ending, scale, dice);
    }
    let colour = colour::Colour {
        sevenths: tense(style.sevenths, tension),
        extensions: tense(style.extensions, tension),
    };
    let classical = seat.latch.voice_leading == VoiceLeading::Chorale;
    let mut spans = typed::Spans::new();
    let mut bare_before = None;
    for (index, cell) in laid.cells.iter().enumerate() {
        let step = match (index % 2, half) {
            (0, _) => 0,
            (_, Some(step)) => step,
            (_, None) => continue,
        };
        let mut chord = colour::sounding(cell, key, scale, colour, dice);
        if classical {
            chord.quality = chorale::classical(chord.quality);
        }
        let mut bare = colour::sounding(cell, key, scale, colour::PLAIN, dice);
        if classical {
            bare.quality = chorale::classical(bare.quality);
        }
        if colour.sevenths < colour::RICH
            && let (Some(before), Some(other)) = (spans.last_mut(), bare_before)
        {
            (before.chord, chord) = colour::apart((before.chord, other), (chord, bare));
        }
        typed::push(&mut spans, (index / 2) as u8, step, chord);
        bare_before = Some(bare);
    }
    spans
}

/// A chance of the style under tension: none at 0, the style's in the middle, nearly always at 100.
const fn tense(percent: u8, tension: u8) -> u8 {
    let (percent, tension, middle) = (percent as i32, tension as i32, TENSION.default);
    let tense = if tension <= middle {
        percent * tension / middle
    } else {
        percent + (90 - percent) * (tension - middle) / (100 - middle)
    };
    if percent > 90 && tension > middle {
        percent as u8
    } else {
        tense as u8
    }
}
