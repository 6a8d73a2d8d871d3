//! Writes the song out for the lanes that the editor shows: every note as it would be played with the
//! controls as they stand, in one meter and at one tempo throughout.

use std::ops::Range;

use authoring::editing::notes::{Spot, Written};
use dsp::Faders;
use engines::band::{Band, BarNotes};
use engines::performer::written;
use music::chord::Chord;
use music::controls::{Controls, Latch};
use music::edit::{Change, Edit, of_bar};
use music::lane::Lane;
use music::note::{Candidate, is_tied};
use music::plan::{BarPlace, Form, LeadMark};
use music::song::Song;
use music::time::{Meter, TICKS_PER_STEP, Tick};

use crate::material::Material;
use crate::plugin::playing::Playing;
use crate::snapshot::{ChordMark, Score, StripBase};
use crate::state::lead_sheet;

/// Keeps the band between scores: what did not change is not composed again.
#[derive(Default)]
pub struct Writer {
    band: Box<Band>,
    bar: Box<BarNotes>,
    revision: u64,
}

impl Writer {
    /// A new score.
    pub fn write(
        &mut self,
        material: &Material,
        controls: &Controls,
        meter: Meter,
        tempo_mbpm: u32,
        log: Vec<String>,
    ) -> Score {
        self.revision += 1;
        let (form, marks) = lead_sheet::marks(&mut self.band, material, controls, meter);
        let mut score = Score {
            revision: self.revision,
            meter,
            key: controls.key,
            scale: controls.scale,
            chords: chords(material, controls, &form, &marks, meter),
            marks,
            take: material
                .take
                .as_deref()
                .map(|take| (take.engines, take.is_chosen)),
            style: style_line(material, controls.style),
            log,
            ..Score::default()
        };
        self.stretch(
            (material, controls, tempo_mbpm),
            &form,
            0..form.bars(),
            &mut score,
        );
        score.form = form;
        score
    }

    /// Adds the notes of some bars of a form to a score that has a meter.
    pub fn stretch(
        &mut self,
        (material, controls, tempo_mbpm): (&Material, &Controls, u32),
        form: &Form,
        bars: Range<u16>,
        score: &mut Score,
    ) {
        let meter = score.meter;
        if let Some(engines_material) = material.as_engines() {
            let latch = controls.latch();
            for bar in bars {
                let place = BarPlace {
                    bar_index: i32::from(bar),
                    start: Tick(i64::from(bar) * meter.bar_ticks()),
                    meter,
                    tempo_mbpm,
                };
                self.band
                    .bar(engines_material, &latch, &place, &mut self.bar);
                let ties = engines_material.ties(Lane::Bass, &latch, meter);
                self.append(
                    controls,
                    &latch,
                    (&place, ties),
                    (form, &material.song),
                    score,
                );
            }
        }
    }

    /// Adds what is heard of the bar in hand.
    fn append(
        &self,
        controls: &Controls,
        latch: &Latch,
        (place, ties): (&BarPlace, bool),
        (form, song): (&Form, &Song),
        score: &mut Score,
    ) {
        let Some((_, section)) = u16::try_from(place.bar_index)
            .ok()
            .and_then(|bar| form.section_at(bar))
        else {
            return;
        };
        let bar = place.bar_index as u16 - section.first_bar;
        let section = section.key;
        let spot = |lane| Spot { section, bar, lane };
        let edits = |lane| of_bar(&song.edits, section, bar, lane);
        for (lane, candidates) in Lane::ALL.into_iter().zip(&self.bar.lanes) {
            let notes = &mut score.notes[lane.index()];
            for candidate in candidates {
                let Some(note) = written(
                    candidate,
                    place,
                    latch,
                    self.bar.energy,
                    controls,
                    song.lanes,
                ) else {
                    continue;
                };
                // A voice that sings one note at a time ends it where the next begins, unless it is tied to it.
                if let Some(before) = notes.last_mut().filter(|_| lane.is_mono()) {
                    let way = note.onset.since(before.onset).max(1);
                    let over = i64::from(before.duration) - way;
                    if over > 0
                        && !(ties && lane == Lane::Bass && is_tied(over, before.pitch, note.pitch))
                    {
                        before.duration = way as i32;
                    }
                }
                notes.push(note);
                score.origins[lane.index()].push(origin(candidate, place, spot(lane), edits(lane)));
            }
        }
    }

    /// The form as the score has it.
    pub fn form(&mut self, material: &Material, controls: &Controls) -> Form {
        match material.as_engines() {
            Some(engines_material) => self.band.form(engines_material, &controls.latch()).clone(),
            None => Form::default(),
        }
    }
}

/// What a candidate is to a hand that edits it.
fn origin(candidate: &Candidate, place: &BarPlace, spot: Spot, edits: &[Edit]) -> Written {
    let ticks = |at: Tick| at.since(place.start).clamp(-30_000, 30_000) as i16;
    let (onset, pitch) = (ticks(candidate.onset), candidate.pitch);
    let own = |edit: &Edit| matches!(edit.change, Change::Keep { onset: o, pitch: p, .. } if (o, p) == (onset, pitch));
    Written {
        spot,
        grid: ticks(candidate.grid),
        onset,
        duration: candidate.duration.clamp(1, i32::from(u16::MAX)) as u16,
        pitch,
        velocity: candidate.velocity,
        role: candidate.role,
        kept: edits.iter().any(own),
    }
}

/// The chords by rising place, with what may stand in each one's place.
fn chords(
    material: &Material,
    controls: &Controls,
    form: &Form,
    marks: &[(Tick, LeadMark)],
    meter: Meter,
) -> Vec<ChordMark> {
    let bar_ticks = meter.bar_ticks().max(1);
    let place = |at: Tick| {
        (
            (at.0 / bar_ticks) as u16,
            (at.0 % bar_ticks / TICKS_PER_STEP) as u8,
        )
    };
    let all: Vec<(Tick, Chord)> = marks
        .iter()
        .filter_map(|(at, mark)| match mark {
            LeadMark::Chord(chord) => Some((*at, *chord)),
            LeadMark::Section(_) => None,
        })
        .collect();
    let mark = |(index, (at, chord)): (usize, &(Tick, Chord))| {
        let from = place(*at);
        let next = all.get(index + 1);
        let before = index.checked_sub(1).map(|i| all[i].1);
        let typed = &material.song.chords;
        let counts = typed.partition_point(|c| (c.bar, c.step) <= from);
        let section = form.section_at(from.0).map(|(_, section)| section.kind);
        let others = engines::harmony::alternatives(
            *chord,
            (before, next.map(|(_, chord)| *chord)),
            form.key_at(from.0, controls.key),
            controls.scale,
            section.unwrap_or_default(),
        );
        ChordMark {
            from,
            to: next.map_or((form.bars(), 0), |(at, _)| place(*at)),
            chord: *chord,
            typed: counts > 0 && typed[counts - 1].chord.is_some(),
            others: others.iter().map(|o| (o.chord, o.why.words())).collect(),
        }
    };
    all.iter().enumerate().map(mark).collect()
}

/// What the strips do to the sound before the user's knobs, and the loudness to arrive at.
pub fn mix(score: &mut Score, material: &Material, controls: &Controls, tempo_mbpm: u32) {
    let playing = Playing {
        styles: Lane::ALL.map(|lane| controls.latch().style_of(lane)),
        section: None,
    };
    let faders = Faders {
        decided: 1.0,
        ..Faders::default()
    };
    let tempo_bpm = f64::from(tempo_mbpm) / 1000.0;
    let Some(mix) = crate::plugin::mix::mix(material, &faders, &playing, tempo_bpm) else {
        return;
    };
    score.strips = mix.lanes.each_ref().map(|strip| StripBase {
        high_pass_hz: strip.high_pass_hz,
        eq: strip.eq,
        decided: strip.decided,
        compressor: strip.compressor,
    });
    score.target_lufs = mix.master.target_lufs;
}

/// Name of the style that plays, and what is missing if it stands in for another.
fn style_line(material: &Material, slot: u8) -> String {
    match material.style(slot) {
        Some(style) if style.slot == slot => style.name.to_string(),
        Some(style) => format!("Style {slot} is missing; {} plays", style.name),
        None => format!("Style {slot} is missing"),
    }
}
