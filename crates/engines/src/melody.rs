//! MelodyRoo plays the tune.
//!
//! `compose` writes a phrase's tune. Every two bars are a unit: it states one of the two ideas that its kind
//! of section has in the song's motif bank, developed by a named technique, as question or as answer, and a
//! pick-up leads into it. Contour becomes pitch against the phrase's chords: a tune keeps its own pitches
//! where the harmony bears them; dissonance is led on by step, and the tune breathes. A section that returns
//! brings its tune back, a second verse goes on otherwise, a final chorus climbs higher, a lifted key lifts
//! the tune. `perform` places the tune's bar. Both run in the audio callback and follow from the phrase's
//! place alone.

use music::lane::Lane;
use music::note::Candidates;
use music::plan::{PHRASE_NOTES, Phrase, Section, SectionKind, TuneNote};
use music::technique::Rhythm;

use heapless::Vec;

use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};
use crate::placement::{BarGrid, TimeScale};
use crate::view::{BarView, Engine};

mod bank;
mod breath;
mod cells;
mod contour;
mod develop;
mod draft;
mod ear;
mod endings;
mod fill_in;
mod lengths;
mod motif;
mod notes;
mod ornament;
mod perform;
mod pickup;
mod pitching;
mod plan;
mod solo;
mod state;
mod syncopate;
mod vary;

use bank::Idea;
use ear::Ear;
use motif::Measure;
use notes::{note, role, write};

/// MelodyRoo plays the tune.
pub struct MelodyRoo;

impl Engine for MelodyRoo {
    fn lane(&self) -> Lane {
        Lane::Melody
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        perform::perform(view, out);
    }
}

/// The notes of a phrase.
type Tune = Vec<TuneNote, PHRASE_NOTES>;

/// Velocity on top of the usual by kind of section. Taste.
const fn force(kind: SectionKind) -> i32 {
    match kind {
        SectionKind::Verse | SectionKind::Breakdown => 0,
        SectionKind::Intro | SectionKind::Outro => -4,
        SectionKind::PreChorus | SectionKind::Build | SectionKind::Bridge => 2,
        SectionKind::Solo => 4,
        SectionKind::Chorus | SectionKind::Drop => 6,
    }
}

/// Semitones at the top of the range that only a final section or a lifted key reaches. Taste: a whole tone.
const HEADROOM: i32 = 2;

/// Writes the tune of a phrase into `phrase.tune`; its chords stand already.
pub fn compose(seat: &PhraseSeat, phrase: &mut Phrase) {
    let mut tune = core::mem::take(&mut phrase.tune);
    tune.clear();
    let mut grid = BarGrid::default();
    grid.lay(phrase.meter, TimeScale::Plain, 0);
    let measure = Measure::new(phrase.meter, &grid);
    let song = seat.dice.lane(Lane::Melody);
    let style = &seat.style.melody;
    let lift = lift(seat.section);
    let ear = Ear::new(
        phrase,
        &measure,
        (seat.latch.key.up(-lift), lift),
        seat.latch.scale,
        range(style.range, seat.section, lift),
    );
    let manner = manner(seat, &ear, song);
    let bank = bank::Bank {
        style: seat.style,
        rhythms: cells::Rhythms {
            cells: &style.cells,
            technique: technique(seat),
            grid: &grid,
        },
        measure: &measure,
        dice: song,
    };
    let heights = state::Heights {
        range: (
            ear.rung(ear.range.0) + 1 - manner.anchor,
            ear.rung(plain_top(seat)) - manner.anchor,
        ),
        top: ear.rung(ear.range.1) - manner.anchor,
        tale: sits(&ear, seat, Idea::Tale.sits()) - sits(&ear, seat, Idea::Hook.sits()),
        away: sits(&ear, seat, Idea::Away.sits()) - sits(&ear, seat, Idea::Hook.sits()),
        octave: ear.rung(24) - ear.rung(12),
    };
    let mut drafts = state::state(seat, phrase, &bank, heights);
    draft::anticipate(&mut drafts, &measure);
    pitching::choose(&mut drafts, &ear, manner, song);
    solo::connect(&mut drafts, &ear, solo::school(style.ornament), song);
    pitching::resolve(&mut drafts, &ear, manner.cap, song);
    fill_in::fill_in(&mut drafts, &ear);
    lengths::settle(&mut drafts, &ear, phrase.bars * measure.bar as u16);
    let louder = force(seat.section.kind);
    for (index, draft) in drafts.iter().enumerate() {
        let role = role(&drafts, index, &ear);
        write(&mut tune, &measure, draft.tick(), note(draft, role, louder));
    }
    vary::vary(&mut tune, &drafts, &ear, manner, seat, louder);
    let mut add = |tick, note| write(&mut tune, &measure, tick, note);
    ornament::ornament(&drafts, &ear, style, seat.section, song, &mut add);
    syncopate::displace(&mut tune, &drafts, &measure, song);
    tune.sort_unstable_by_key(|n| (n.bar, n.tick, n.gate.density, n.pitch, n.gate.variation));
    phrase.tune = tune;
}

/// Semitones by which the section's key lifts the tune: the nearer way round the octave.
fn lift(section: &Section) -> i32 {
    (section.transpose as i32 + 5).rem_euclid(12) - 5
}

/// The range of a section's tune: the style's without its headroom, moved with the key as far as it allows.
fn range(style: (u8, u8), section: &Section, lift: i32) -> (u8, u8) {
    let (low, high) = (style.0 as i32, style.1 as i32);
    let last = if section.is_final { HEADROOM } else { 0 };
    let top = (high - HEADROOM + lift.max(0) + last).min(high.max(0));
    (
        (low + lift.clamp(0, HEADROOM)).clamp(0, 127) as u8,
        top.clamp(0, 127) as u8,
    )
}

/// The highest pitch of a section like this one that is not the last, in its key.
fn plain_top(seat: &PhraseSeat) -> u8 {
    let section = Section {
        is_final: false,
        ..*seat.section
    };
    range(seat.style.melody.range, &section, lift(&section)).1
}

/// What lays the onsets: the player's choice, else the style's.
fn technique(seat: &PhraseSeat) -> Rhythm {
    match seat.latch.rhythm[Lane::Melody.index()] {
        Rhythm::Style => seat.style.rhythms[Lane::Melody.index()],
        chosen => chosen,
    }
}

/// Dice of what a kind of section does with its ideas: it does the same when it returns; intro and outro do
/// what the hook's section does, a build what the pre-chorus does, a solo is its own.
fn kind_dice(seat: &PhraseSeat, kind: SectionKind) -> Dice {
    let lane = seat.dice.lane(Lane::Melody);
    let has_drop = seat
        .style
        .form
        .template
        .iter()
        .any(|s| s.kind == SectionKind::Drop);
    match kind {
        SectionKind::Solo => lane.at(0x2000 + seat.section.id as u32),
        SectionKind::Intro | SectionKind::Outro if has_drop => {
            lane.at(0x3000 + SectionKind::Drop as u32)
        }
        SectionKind::Intro | SectionKind::Outro => lane.at(0x3000 + SectionKind::Chorus as u32),
        SectionKind::Build => lane.at(0x3000 + SectionKind::PreChorus as u32),
        kind => lane.at(0x3000 + kind as u32),
    }
}

/// The rung at so many percent of the style's own range, so that a final section's tune stays where it was.
fn sits(ear: &Ear, seat: &PhraseSeat, percent: i32) -> i32 {
    let (low, high) = seat.style.melody.range;
    let (low, high) = (low as i32, high.max(low) as i32);
    let pitch = low + (high - low) * percent / 100 + lift(seat.section);
    ear.rung(pitch.clamp(0, 127) as u8)
}

fn manner(seat: &PhraseSeat, ear: &Ear, song: Dice) -> pitching::Manner {
    let shift = song.throw(Purpose::PitchChoice, 900, 3) as i32 - 1;
    let solo = seat.section.kind == SectionKind::Solo;
    pitching::Manner {
        strong_chord_tones: if solo { 12 } else { 4 },
        line_chord_tones: solo::school(seat.style.melody.ornament).targets,
        weak_chord_tones: 0,
        anchor: sits(ear, seat, Idea::Hook.sits()) + shift,
        cap: plain_top(seat).saturating_sub(1).max(ear.range.0 + 7),
        expanded: seat.latch.expansion > 0,
    }
}

#[cfg(test)]
mod tests;
