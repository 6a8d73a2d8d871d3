//! MelodyRoo plays the tune.
//!
//! `compose` writes a phrase's tune. Every two bars are a unit: it states one of the two motifs that its
//! kind of section has, developed by a named technique, as question or as answer. Contour becomes pitch
//! against the phrase's chords, dissonance is led on by step, and the tune breathes. `perform` places the
//! tune's bar. Both run in the audio callback and follow from the phrase's place alone.

use music::lane::Lane;
use music::note::{Candidates, Gate, Role};
use music::pitch::Pitch;
use music::plan::{PHRASE_NOTES, Phrase, SectionKind, TuneNote};
use music::time::TICKS_PER_STEP;

use heapless::Vec;

use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};
use crate::placement::{BarGrid, TimeScale, density_gate};
use crate::view::{BarView, Engine};

mod bank;
mod breath;
mod contour;
mod develop;
mod draft;
mod ear;
mod fill_in;
mod lengths;
mod motif;
mod ornament;
mod perform;
mod pitching;
mod plan;
mod push;
mod vary;

use draft::{Draft, Drafts};
use ear::Ear;
use motif::Measure;

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

/// Where in the range a kind of section sings, in percent, and velocity on top of the usual. Taste: verses
/// low, choruses high.
const fn tessitura(kind: SectionKind) -> (i32, i32) {
    match kind {
        SectionKind::Verse | SectionKind::Breakdown => (32, 0),
        SectionKind::Intro | SectionKind::Outro => (38, -4),
        SectionKind::PreChorus | SectionKind::Build | SectionKind::Bridge => (42, 2),
        SectionKind::Solo => (48, 4),
        SectionKind::Chorus | SectionKind::Drop => (52, 6),
    }
}

/// Furthest that the unit of the climax is lifted, in scale steps. Taste: still the same tune.
const MOST_LIFT: i32 = 3;

/// Velocity by strength of the place, where a cell leaves it open. Taste.
const VELOCITY: [u8; 5] = [70, 74, 82, 86, 90];

/// Writes the tune of a phrase into `phrase.tune`; its chords stand already.
pub fn compose(seat: &PhraseSeat, phrase: &mut Phrase) {
    let mut tune = core::mem::take(&mut phrase.tune);
    tune.clear();
    let mut grid = BarGrid::default();
    grid.lay(phrase.meter, TimeScale::Plain, 0);
    let measure = Measure::new(phrase.meter, &grid);
    let dice = dice_of(seat);
    let style = &seat.style.melody;
    let ear = Ear::new(
        phrase,
        &measure,
        seat.latch.key,
        seat.latch.scale,
        style.range,
    );
    let manner = manner(seat, &ear, dice);
    let top = ear.rung(ear.range.1) - manner.anchor;
    let mut drafts = state(seat, phrase, &grid, &measure, dice, top);
    draft::anticipate(&mut drafts, &measure);
    pitching::choose(&mut drafts, &ear, manner, dice);
    pitching::resolve(&mut drafts, &ear, manner.cap, dice);
    fill_in::fill_in(&mut drafts, &ear);
    lengths::settle(&mut drafts, &ear, phrase.bars * measure.bar as u16);
    let louder = tessitura(seat.section.kind).1;
    for (index, draft) in drafts.iter().enumerate() {
        let role = role(&drafts, index, &ear);
        write(
            &mut tune,
            &measure,
            Ear::tick(draft.at),
            note(draft, role, louder),
        );
    }
    vary::vary(&mut tune, &drafts, &ear, manner, seat, louder);
    push::displace(&mut tune, &drafts, &measure, dice);
    let mut add = |tick, note| write(&mut tune, &measure, tick, note);
    ornament::ornament(&drafts, &ear, style.ornaments, dice, &mut add);
    tune.sort_unstable_by_key(|n| (n.bar, n.tick, n.gate.density, n.pitch, n.gate.variation));
    phrase.tune = tune;
}

/// Dice of the tune: a kind of section keeps its tune, intro and outro quote the hook, a solo is its own.
fn dice_of(seat: &PhraseSeat) -> Dice {
    let lane = seat.dice.lane(Lane::Melody);
    let has_drop = seat
        .style
        .form
        .template
        .iter()
        .any(|s| s.kind == SectionKind::Drop);
    match seat.section.kind {
        SectionKind::Solo => lane.at(0x2000 + seat.section.id as u32),
        SectionKind::Intro | SectionKind::Outro if has_drop => lane.at(SectionKind::Drop as u32),
        SectionKind::Intro | SectionKind::Outro => lane.at(SectionKind::Chorus as u32),
        kind => lane.at(kind as u32),
    }
}

fn manner(seat: &PhraseSeat, ear: &Ear, dice: Dice) -> pitching::Manner {
    let (low, high) = (ear.range.0 as i32, ear.range.1 as i32);
    let sits = low + (high - low) * tessitura(seat.section.kind).0 / 100;
    let shift = dice.throw(Purpose::PitchChoice, 900, 3) as i32 - 1;
    let solo = seat.section.kind == SectionKind::Solo;
    pitching::Manner {
        strong_chord_tones: if solo { 52 } else { 56 },
        weak_chord_tones: 12,
        anchor: ear.rung(sits as u8) + shift,
        cap: (high - 2 - (high - low > 14) as i32).max(low + 7) as u8,
    }
}

/// States the phrase's units: rhythm and contour of the whole phrase.
fn state(
    seat: &PhraseSeat,
    phrase: &Phrase,
    grid: &BarGrid,
    measure: &Measure,
    dice: Dice,
    top: i32,
) -> Drafts {
    let style = &seat.style.melody;
    let kind = seat.section.kind;
    let solo = kind == SectionKind::Solo;
    let bar = measure.bar as u16;
    let of_theme = |place: u32, theme| {
        // A solo has new motifs for every unit.
        let dice = if solo { dice.at(0x100 + place) } else { dice };
        let number = if theme == plan::Theme::A { 1 } else { 2 };
        bank::motif(style, grid, measure, dice.at(number))
    };
    let count = seat.section.bars.div_ceil(2) as u32;
    let peak = count * (55 + dice.throw(Purpose::MotifContour, 700, 31)) / 100;
    let mut drafts = Drafts::new();
    for (index, first) in (0..phrase.bars).step_by(2).enumerate() {
        let bars = (phrase.bars - first).min(2) as u8;
        let place = (phrase.first_in_section / 2) as u32 + index as u32;
        let unit = if solo {
            plan::improvised(dice, place, count)
        } else {
            plan::unit(kind, dice, place, count)
        };
        let Some(theme) = unit.theme else { continue };
        let mut stated = unit.technique.apply(&of_theme(place, theme), measure, bars);
        stated.tones.retain(|t| (t.at as u16) < bars as u16 * bar);
        let last_of_phrase = first + bars as u16 >= phrase.bars;
        let ends = unit.closes || last_of_phrase;
        let rests = if solo { style.rests / 2 } else { style.rests };
        // What is said again breathes alike.
        let breath = theme as u32 * 16 + place % 4 * (ends as u32);
        breath::breathe(&mut stated, measure, bars, ends, rests, dice, breath);
        let ending = kind == SectionKind::Outro && last_of_phrase && place + 1 >= count;
        if ending {
            end_on_the_bar(&mut stated, bars, measure.bar);
        }
        let from = drafts.len();
        for (number, tone) in stated.tones.iter().enumerate() {
            let strength = measure.strength(tone.at);
            let _ = drafts.push(Draft {
                at: first * bar + tone.at as u16,
                length: tone.length as u16,
                degree: tone.degree,
                strength,
                priority: tone.priority,
                velocity: tone.velocity,
                unit: index as u8,
                key: theme as u16 * 256 + number as u16,
                closes: unit.closes,
                threshold: density_gate(tone.priority, strength),
                ..Draft::default()
            });
        }
        mark(
            &mut drafts[from..],
            Some(top).filter(|_| place == peak && !ending),
        );
    }
    drafts
}

/// The song's last bar holds one tone.
fn end_on_the_bar(motif: &mut motif::Motif, bars: u8, bar: u8) {
    let line = (bars - 1) * bar;
    motif.tones.retain(|t| t.at < line);
    let degree = motif.tones.last().map_or(0, |t| t.degree);
    let _ = motif.tones.push(motif::Tone {
        at: line,
        length: bar,
        degree,
        priority: 9,
        velocity: 0,
    });
}

/// Marks a unit's last tone. `rise` is how many scale steps the unit of the climax is lifted, so that its
/// highest tone is the section's.
fn mark(unit: &mut [Draft], rise: Option<i32>) {
    let tune = |d: &&mut Draft| d.priority >= contour::TUNE_PRIORITY;
    if let Some(last) = unit.iter_mut().rev().find(tune) {
        last.is_last = true;
    }
    let Some(top) = rise else { return };
    let highest = unit
        .iter_mut()
        .filter(tune)
        .map(|d| d.degree)
        .max()
        .unwrap_or(0);
    let lift = (top - highest as i32).clamp(0, MOST_LIFT) as i8;
    for draft in unit.iter_mut() {
        draft.soars = true;
        draft.degree += lift;
    }
    if let Some(peak) = unit
        .iter_mut()
        .filter(tune)
        .max_by_key(|d| (d.degree, d.strength))
    {
        peak.is_peak = true;
        peak.priority = peak.priority.max(8);
        peak.threshold = peak.threshold.min(20);
    }
}

fn note(draft: &Draft, role: Role, louder: i32) -> TuneNote {
    let asked = if draft.velocity > 0 {
        draft.velocity
    } else {
        VELOCITY[draft.strength.min(4) as usize]
    };
    let shape = louder + draft.degree.clamp(-3, 4) as i32 + if draft.is_peak { 6 } else { 0 };
    TuneNote {
        bar: 0,
        tick: 0,
        duration: (draft.length as i64 * TICKS_PER_STEP).min(u16::MAX as i64) as u16,
        pitch: Pitch(draft.pitch),
        velocity: (asked as i32 + shape).clamp(1, 127) as u8,
        gate: Gate::density(draft.threshold),
        role,
    }
}

/// What a tone does among its neighbours.
fn role(drafts: &Drafts, index: usize, ear: &Ear) -> Role {
    let draft = &drafts[index];
    if let Some(span) = ear.chord(draft.hears) {
        let tones = span.chord.tones();
        let class = Pitch(draft.pitch).class();
        if let Some(n) = tones
            .iter()
            .position(|t| *t == class)
            .filter(|_| span.chord.has_core(class))
        {
            return Role::ChordTone(n as u8);
        }
    }
    let before = index.checked_sub(1).map(|i| drafts[i].pitch as i32);
    let after = drafts.get(index + 1).map(|d| d.pitch as i32);
    match (before, after) {
        (Some(a), Some(b)) if a == b => Role::Neighbour,
        (Some(a), Some(b))
            if (draft.pitch as i32 - a).signum() == (b - draft.pitch as i32).signum() =>
        {
            Role::Passing
        }
        _ => Role::ScaleTone,
    }
}

/// Appends a note at a tick of the phrase.
fn write(tune: &mut Tune, measure: &Measure, tick: i64, note: TuneNote) {
    let bar_ticks = measure.bar as i64 * TICKS_PER_STEP;
    if tick >= 0 {
        let _ = tune.push(TuneNote {
            bar: (tick / bar_ticks) as u8,
            tick: (tick % bar_ticks) as u16,
            ..note
        });
    }
}

#[cfg(test)]
mod tests;
