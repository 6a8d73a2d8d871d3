//! The mix of a moment: what styles and their profiles ask for, what was decided about the song, and the user's
//! faders on top.

use dsp::{Faders, Mix, Sources};
use music::lane::LANES;
use music::style::StyleBook;

use super::playing::Playing;
use crate::buses;
use crate::material::{self, Material};

/// The mix as it stands for what plays. `None` only where there is no style at all.
///
/// # Realtime
/// Arithmetic.
pub fn mix(material: &Material, faders: &Faders, playing: &Playing, tempo_bpm: f64) -> Option<Mix> {
    let book = StyleBook::new(&material.styles)?;
    let styles = playing.styles.map(|slot| book.get(slot));
    let library = material::library();
    let mut profiles = [library.mixes.first()?; LANES];
    for (profile, style) in profiles.iter_mut().zip(styles) {
        *profile = library.mix_profile(style)?;
    }
    let mut faders = *faders;
    for (bus, routed) in faders.routed.iter_mut().enumerate() {
        *routed = buses::is_given(bus + 1);
    }
    let sources = Sources {
        profiles,
        styles: styles.map(|style| &style.mix),
        decisions: material.song.mix.as_ref(),
        section: playing.section,
        tempo_bpm,
    };
    Some(Mix::merge(&sources, &faders))
}
