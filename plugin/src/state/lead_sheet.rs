//! Form and chords as they stand: what markers in a MIDI file, the editor and the saved state tell.
//!
//! Composed off the audio thread by the same band that plays, from the controls of the moment and one
//! meter throughout.

use engines::band::Band;
use music::chord::Chord;
use music::controls::Controls;
use music::plan::{Form, LeadMark};
use music::spelling::writes_flat;
use music::time::{Meter, Tick};
use serde::{Deserialize, Serialize};

use crate::large;
use crate::material::Material;

/// One mark, in plain words for other programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Ticks since song bar 1, 960 to the quarter.
    pub tick: i64,
    /// Bar of the form, from 0.
    pub bar: u16,
    /// `section` or `chord`.
    pub kind: String,
    /// `pre-chorus`, `F#m7b5`, `C/E`.
    pub text: String,
}

/// The lead sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadSheet {
    /// Bars of the form.
    pub bars: u16,
    /// `7/8`
    pub meter: String,
    /// By rising place.
    pub marks: Vec<Mark>,
}

impl LeadSheet {
    /// Writes the sheet out.
    pub fn compose(material: &Material, controls: &Controls, meter: Meter) -> LeadSheet {
        // A save must not fail for a sheet that cannot be written.
        let (form, marks) =
            large::with_room(|| marks(&mut Box::default(), material, controls, meter))
                .unwrap_or_default();
        let bar_ticks = meter.bar_ticks().max(1);
        let plain = |(at, mark): (Tick, LeadMark)| {
            let (kind, text) = match mark {
                LeadMark::Section(kind) => ("section", kind.word().to_owned()),
                LeadMark::Chord(chord) => {
                    let key = form.key_at((at.0 / bar_ticks) as u16, controls.key);
                    let flat = writes_flat(key, controls.scale, chord.root);
                    ("chord", chord.symbol(flat).to_string())
                }
            };
            Mark {
                tick: at.0,
                bar: (at.0 / bar_ticks) as u16,
                kind: kind.to_owned(),
                text,
            }
        };
        LeadSheet {
            bars: form.bars(),
            meter: format!("{}/{}", meter.numerator, meter.denominator),
            marks: marks.into_iter().map(plain).collect(),
        }
    }
}

/// The form, and its sections and chord changes by rising place. A chord that goes on is not marked again.
pub fn marks(
    band: &mut Band,
    material: &Material,
    controls: &Controls,
    meter: Meter,
) -> (Form, Vec<(Tick, LeadMark)>) {
    let Some(engines_material) = material.as_engines() else {
        return (Form::default(), Vec::new());
    };
    let latch = controls.latch();
    let form = band.form(engines_material, &latch).clone();
    let mut marks = Vec::new();
    let mut sounding: Option<Chord> = None;
    band.marks(engines_material, &latch, meter, &mut |placed| {
        // A chord that goes on into the next section is not marked again.
        if let LeadMark::Chord(chord) = placed.mark
            && sounding.replace(chord) == Some(chord)
        {
            return;
        }
        marks.push((placed.at, placed.mark));
    });
    (form, marks)
}
