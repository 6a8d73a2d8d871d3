//! Where the performer gets its bars from.

use music::controls::Latch;
use music::plan::BarPlace;
use music::song::AfterEnd;

use super::seat::BarChords;
use crate::band::{Band, BarNotes, take};
use crate::view::Material;

/// Answers what is played in a bar. The band does; tests script their own.
pub(super) trait Bars {
    /// Writes the candidates of a bar into `out`, which comes empty: by lane, rising onset and pitch.
    fn bar(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarNotes);
    /// Writes the planned chords of a bar into `out`, which comes empty.
    fn chords(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarChords);
    /// How many bars of the same phrase lie before a bar.
    fn bars_into_phrase(&mut self, material: Material, latch: &Latch, place: &BarPlace) -> u16;
}

impl Bars for Band {
    fn bar(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarNotes) {
        Band::bar(self, material, latch, place, out);
    }
    fn chords(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarChords) {
        let Some(form_bar) = form_bar(self, material, latch, place) else {
            return;
        };
        if let Some(take) = take::of_meter(material, latch, place.meter) {
            let chords = take.bar(form_bar).map_or(&[][..], |bar| take.chords(bar));
            for chord in chords {
                let _ = out.push(*chord);
            }
            return;
        }
        let phrase = self.phrase(material, latch, place.meter, form_bar);
        let bar = form_bar.saturating_sub(phrase.first_bar) as u8;
        if let Some((_, first)) = phrase.chord_at(bar, 0) {
            let _ = out.push((0, first.chord));
        }
        for span in phrase
            .chords
            .iter()
            .filter(|span| span.bar == bar && span.step > 0)
        {
            let _ = out.push((span.step, span.chord));
        }
    }
    fn bars_into_phrase(&mut self, material: Material, latch: &Latch, place: &BarPlace) -> u16 {
        match form_bar(self, material, latch, place) {
            Some(bar) => {
                if let Some(take) = take::of_meter(material, latch, place.meter) {
                    return take.bar(bar).map_or(0, |bar| u16::from(bar.into_phrase));
                }
                bar.saturating_sub(self.phrase(material, latch, place.meter, bar).first_bar)
            }
            None => 0,
        }
    }
}

/// The bar of the form that is played at a bar of the song, if any is.
fn form_bar(band: &mut Band, material: Material, latch: &Latch, place: &BarPlace) -> Option<u16> {
    let bars = band.form(material, latch).bars();
    let index = u32::try_from(place.bar_index).ok()?;
    match material.song.after_end {
        _ if bars == 0 => None,
        AfterEnd::Repeat => Some((index % bars as u32) as u16),
        AfterEnd::Stop => (index < bars as u32).then_some(index as u16),
    }
}
