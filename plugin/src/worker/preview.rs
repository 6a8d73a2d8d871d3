//! Makes what is heard before it is chosen: a style, a song, an instrument.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dsp::Faders;
use music::controls::Controls;
use music::lane::Lane;
use music::plan::{Form, SectionKind};
use music::song::Song;

use super::score::Writer;
use super::shelf;
use crate::handoff::Shared;
use crate::material::Material;
use crate::params::{Knobs, MuseParams};
use crate::preview::{Heard, Preview, Stand, Start};

/// What a preview is made from.
pub struct Bureau<'a> {
    /// The instance.
    pub shared: &'a Arc<Shared>,
    /// Its parameters.
    pub params: &'a MuseParams,
    /// The user's own.
    pub folder: Option<&'a Path>,
    /// Composes forms.
    pub writer: &'a mut Writer,
}

impl Bureau<'_> {
    /// Has something heard; what cannot be heard is silent, and says why where it is chosen.
    pub fn hear(&mut self, heard: &Heard) {
        let shared = self.shared;
        let made = match heard {
            Heard::Style(slot) => Some(self.style(*slot)),
            Heard::Song(stem) => self.song(stem),
            Heard::Instrument(lane, stem) => Some(self.instrument(*lane, stem)),
        };
        let Some(((material, stand, start), basis)) = made.zip(shared.previews.basis()) else {
            return shared.previews.stop();
        };
        let material = Arc::new(material);
        let preview = Preview::new(material, stand, start, basis, &shared.fonts);
        shared.previews.start(preview);
    }

    /// From its hook, in the song's form and key.
    fn style(&mut self, slot: u8) -> (Material, Stand, Start) {
        let mut controls = Controls {
            style: slot,
            blend: 0,
            ..self.params.controls()
        };
        for lane in &mut controls.lanes {
            lane.blend = 0;
        }
        let material = self.shared.material().with_take(None);
        let bar = hook(&self.writer.form(&material, &controls));
        (material, Stand::Style(slot), Start::Bar(bar))
    }

    /// From its hook, with its own knobs.
    fn song(&mut self, stem: &str) -> Option<(Material, Stand, Start)> {
        let read = shelf::version(self.shared, self.params, self.folder, stem, |_| {});
        let (song, knobs) = read.ok()?;
        let (controls, faders) = turned(self.shared, &knobs);
        let material = self.shared.material().with_take(None).with_song(song);
        let bar = hook(&self.writer.form(&material, &controls));
        let stand = Stand::Own(Box::new((controls, faders)));
        Some((material, stand, Start::Bar(bar)))
    }

    /// Where the song is.
    fn instrument(&mut self, lane: Lane, stem: &str) -> (Material, Stand, Start) {
        let material = self.shared.material();
        let bar = hook(&self.writer.form(&material, &self.params.controls()));
        let mut song: Song = material.song.clone();
        song.instruments[lane.index()] = music::name(stem);
        (material.with_song(song), Stand::Live, Start::Here(bar))
    }
}

/// Where a song is heard from: its hook, or else its first verse.
fn hook(form: &Form) -> u16 {
    let first = |kinds: &[SectionKind]| {
        let mut sections = form.sections.iter();
        let found = sections.find(|section| kinds.contains(&section.kind));
        found.map(|section| section.first_bar)
    };
    first(&[SectionKind::Chorus, SectionKind::Drop])
        .or_else(|| first(&[SectionKind::Verse]))
        .unwrap_or(0)
}

/// What the knobs of a song say, on a desk of their own.
fn turned(shared: &Arc<Shared>, knobs: &BTreeMap<String, f32>) -> (Controls, Faders) {
    let desk = MuseParams::new(shared);
    let own = Knobs::of(&desk);
    for (id, value) in knobs {
        own.set(id, *value);
    }
    (desk.controls(), desk.faders())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knobs_of_a_song_count_on_a_desk_of_their_own() {
        let shared = Shared::new();
        let (plain, _) = turned(&shared, &BTreeMap::new());
        assert_eq!(plain, MuseParams::new(&shared).controls());
        let knobs = [("seed".to_owned(), 1.0), ("bass_density".to_owned(), 0.0)];
        let (other, _) = turned(&shared, &knobs.into());
        assert_ne!(other.seed, plain.seed);
        assert_eq!(other.lanes[Lane::Bass.index()].density, 0);
        assert_eq!(other.key, plain.key);
    }
}
