//! Sections and chords of a whole form, where they stand: what markers and the editor show.

use music::controls::Latch;
use music::pitch::Key;
use music::plan::LeadMark;
use music::time::{Meter, TICKS_PER_STEP, Tick};

use super::{Band, section_latch, take};
use crate::view::Material;

/// Where a mark of the lead sheet stands, in a song of one meter.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedMark {
    /// Bar of the form, from 0.
    pub bar: u16,
    /// Sixteenth step in the bar.
    pub step: u8,
    /// Ticks from the form's start.
    pub at: Tick,
    /// Key of its section.
    pub key: Key,
    /// What it says.
    pub mark: LeadMark,
}

impl Band {
    /// Calls `each` with every section and chord of the form in order, as a song in one meter: what markers
    /// and the editor show. A chord is told where it differs from the one before it, and at every section.
    pub fn marks(
        &mut self,
        material: Material,
        latch: &Latch,
        meter: Meter,
        each: &mut dyn FnMut(PlacedMark),
    ) {
        let bars = self.form(material, latch).bars();
        if let Some(take) = take::of_meter(material, latch, meter) {
            return take::marks(&take, &self.form, latch, each);
        }
        let (mut bar, mut section_before, mut chord_before) = (0, None, None);
        while bar < bars {
            let kept = self.find_phrase(material, latch, meter, bar);
            let phrase = self.phrases.get(kept);
            let section = &self.form.sections[phrase.section_index as usize];
            let kind = section.kind;
            let key = section_latch(latch, section).key;
            let placed = |bar: u16, step: u8, mark: LeadMark| PlacedMark {
                bar,
                step,
                at: Tick(bar as i64 * meter.bar_ticks() + step as i64 * TICKS_PER_STEP),
                key,
                mark,
            };
            if section_before != Some(phrase.section_index) {
                section_before = Some(phrase.section_index);
                chord_before = None;
                each(placed(bar, 0, LeadMark::Section(kind)));
            }
            for span in &phrase.chords {
                if chord_before != Some(span.chord) {
                    chord_before = Some(span.chord);
                    each(placed(
                        phrase.first_bar + span.bar as u16,
                        span.step,
                        LeadMark::Chord(span.chord),
                    ));
                }
            }
            bar = phrase.first_bar + phrase.bars.max(1);
        }
    }
}
