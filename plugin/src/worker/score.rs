//! Writes the song out for the lanes that the editor shows: every note as it would be played with the
//! controls as they stand, in one meter and at one tempo throughout.

use engines::band::{Band, BarNotes};
use engines::performer::written;
use music::controls::{Controls, Latch};
use music::lane::{Lane, LaneSet};
use music::plan::BarPlace;
use music::time::{Meter, Tick};

use crate::material::Material;
use crate::snapshot::Score;
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
            marks,
            take: material
                .take
                .as_deref()
                .map(|take| (take.engines, take.is_chosen)),
            style: style_line(material, controls.style),
            log,
            ..Score::default()
        };
        if let Some(engines_material) = material.as_engines() {
            let latch = controls.latch();
            for bar in 0..form.bars() {
                let place = BarPlace {
                    bar_index: i32::from(bar),
                    start: Tick(i64::from(bar) * meter.bar_ticks()),
                    meter,
                    tempo_mbpm,
                };
                self.band
                    .bar(engines_material, &latch, &place, &mut self.bar);
                self.append(controls, &latch, &place, material.song.lanes, &mut score);
            }
        }
        score.form = form;
        score
    }

    /// Adds what is heard of the bar in hand.
    fn append(
        &self,
        controls: &Controls,
        latch: &Latch,
        place: &BarPlace,
        lanes: LaneSet,
        score: &mut Score,
    ) {
        for (lane, candidates) in Lane::ALL.into_iter().zip(&self.bar.lanes) {
            let notes = &mut score.notes[lane.index()];
            for candidate in candidates {
                let Some(note) = written(candidate, place, latch, self.bar.energy, controls, lanes)
                else {
                    continue;
                };
                // A voice that sings one note at a time ends it where the next begins.
                if let Some(before) = notes.last_mut().filter(|_| lane.is_mono()) {
                    before.duration = before
                        .duration
                        .min(note.onset.since(before.onset).max(1) as i32);
                }
                notes.push(note);
            }
        }
    }
}

/// Name of the style that plays, and what is missing if it stands in for another.
fn style_line(material: &Material, slot: u8) -> String {
    match material.style(slot) {
        Some(style) if style.slot == slot => style.name.to_string(),
        Some(style) => format!("Style {slot} is missing; {} plays", style.name),
        None => format!("Style {slot} is missing"),
    }
}
