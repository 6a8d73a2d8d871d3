//! A band that plays one style at the usual settings, bar by bar.

use engines::band::{Band, BarNotes};
use engines::view::Material;
use music::controls::Controls;
use music::lane::Lane;
use music::note::Candidate;
use music::pitch::Scale;
use music::plan::{BarPlace, Form, Phrase};
use music::song::{FORM_BARS, Song};
use music::style::{Style, StyleBook};
use music::time::{Meter, Tick};

/// The style, its song and the band.
pub struct Stage {
    song: Song,
    styles: Vec<Style>,
    /// Everything at its default, exactly on the grid.
    pub controls: Controls,
    band: Box<Band>,
    notes: Box<BarNotes>,
}

impl Stage {
    /// A song of the style's own form, in its own mode.
    pub fn new(style: Style) -> Stage {
        let bars: u16 = style.form.template.iter().map(|s| s.bars as u16).sum();
        let bars = if bars == 0 { 64 } else { bars };
        let scale = if style.minor {
            Scale::Minor
        } else {
            Scale::Major
        };
        Stage {
            song: Song {
                bars: bars.clamp(*FORM_BARS.start(), *FORM_BARS.end()),
                ..Song::default()
            },
            controls: Controls {
                style: style.slot,
                scale,
                humanize: 0,
                ..Controls::default()
            },
            styles: vec![style],
            band: Box::default(),
            notes: Box::default(),
        }
    }

    /// The form under the seed that is set.
    pub fn form(&mut self) -> Form {
        let Some(styles) = StyleBook::new(&self.styles) else {
            return Form::default();
        };
        let material = Material {
            song: &self.song,
            styles,
            take: None,
        };
        self.band.form(material, &self.controls.latch()).clone()
    }

    /// The phrase that a bar belongs to.
    pub fn phrase(&mut self, bar: u16) -> Option<&Phrase> {
        let styles = StyleBook::new(&self.styles)?;
        let material = Material {
            song: &self.song,
            styles,
            take: None,
        };
        let latch = self.controls.latch();
        Some(self.band.phrase(material, &latch, Meter::default(), bar))
    }

    /// Performs a bar of every lane.
    pub fn perform(&mut self, bar: u16) {
        let Some(styles) = StyleBook::new(&self.styles) else {
            return;
        };
        let material = Material {
            song: &self.song,
            styles,
            take: None,
        };
        let meter = Meter::default();
        let place = BarPlace {
            bar_index: bar as i32,
            start: Tick(bar as i64 * meter.bar_ticks()),
            meter,
            tempo_mbpm: self.styles[0].tempo.1 as u32 * 1000,
        };
        self.band
            .bar(material, &self.controls.latch(), &place, &mut self.notes);
    }

    /// What is heard of a lane in the bar that was performed last.
    pub fn heard(&self, lane: Lane) -> impl Iterator<Item = &Candidate> {
        let energy = self.notes.energy;
        let own = *self.controls.lane(lane);
        self.notes
            .lane(lane)
            .iter()
            .filter(move |c| c.gate.is_open(&own, energy))
    }
}
