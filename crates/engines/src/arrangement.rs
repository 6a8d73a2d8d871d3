//! ArrangementRoo builds the form: which sections, how long, how hot, who plays in each, and where the
//! phrases are cut.
//!
//! The user's own sections come first. Otherwise the style's template is fitted to the wanted length
//! ([`fit`]), energy is laid over it ([`energy`]), lanes are given out ([`lanes`]), returns are counted
//! ([`returns`]) and the end may be lifted into another key ([`lift`]). Sections are numbered in order, and
//! everything later hashes that number and what the section says of itself, so that a section which is moved
//! keeps its music.
//!
//! Runs wherever a bar is asked for, the audio callback included: bounded time, no state.

mod energy;
mod fit;
mod lanes;
mod lift;
pub mod phrases;
mod returns;
#[cfg(test)]
mod tests;

use music::controls::Latch;
use music::plan::{Form, Section};
use music::song::FORM_BARS;

use crate::dice::Dice;
use crate::view::Material;

pub use energy::usual as usual_energy;

/// The form of the song under the latched style and seed.
pub fn compose(material: Material, latch: &Latch, form: &mut Form) {
    form.sections.clear();
    let style = material.styles.get(latch.style);
    if material.song.form.is_empty() {
        let bars = material
            .song
            .bars
            .clamp(*FORM_BARS.start(), *FORM_BARS.end());
        for part in &fit::fit(&style.form.template, bars, Dice::song(latch.seed)) {
            push(form, form.sections.len() as u16, part.kind, part.bars);
        }
    } else {
        for spec in &material.song.form {
            push(
                form,
                spec.chance_of.unwrap_or(spec.id),
                spec.kind,
                spec.bars.clamp(1, *FORM_BARS.end()),
            );
        }
    }
    // A section that the user placed is the same wherever it stands: what came before it does not count.
    let composed = material.song.form.is_empty();
    energy::lay(&style.form, form, composed);
    lanes::give_out(&style.form, form, composed);
    if composed {
        returns::count(form);
        if material.song.chords.is_empty() {
            let percent = lift::chance(style.form.modulation, latch.modulation);
            lift::lift(form, percent, Dice::song(latch.seed));
        }
    }
    for (section, spec) in form.sections.iter_mut().zip(&material.song.form) {
        section.key = spec.id;
        section.seed = spec.seed;
        section.turns = spec.turns;
        section.statement = spec.statement;
        section.is_final = spec.is_final;
        section.transpose = spec.transpose;
        section.leads_to = spec.leads_to;
        section.modulation = spec.modulation;
        if let Some(energy) = spec.energy {
            let rise = section.energy_end as i32 - section.energy as i32;
            section.energy = energy.min(100);
            section.energy_end = (energy as i32 + rise).clamp(0, 100) as u8;
        }
        if let Some(end) = spec.energy_end {
            section.energy_end = end.min(100);
        }
        if let Some(lanes) = spec.lanes {
            section.lanes = lanes;
        }
    }
}

fn push(form: &mut Form, id: u16, kind: music::plan::SectionKind, bars: u16) {
    let first_bar = form.bars();
    let section = Section {
        id,
        key: id,
        kind,
        first_bar,
        bars,
        ..Section::default()
    };
    let _ = form.sections.push(section);
}
