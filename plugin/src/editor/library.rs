//! What the editor can choose from, gathered from the installed library and the project's own styles.

use music::lane::Lane;
use music::patch::Patch;
use music::style::Style;

use super::desk::{InstrumentChoice, Library, StyleChoice};
use crate::material;

/// Styles at hand, instruments by lane, drum maps.
pub fn library(styles: &[Style]) -> Library {
    let installed = material::library();
    let choice = |style: &Style| StyleChoice {
        slot: style.slot,
        stem: style.stem.to_string(),
        tempo: style.tempo,
        swing: style.swing.ratio_at(u32::from(style.tempo.1) * 1000),
        name: style.name.to_string(),
        genre: style.genre.to_string(),
        instruments: style.mix.instruments.each_ref().map(ToString::to_string),
    };
    Library {
        folder: material::user_folder().map_or_else(String::new, |path| path.display().to_string()),
        styles: styles.iter().map(choice).collect(),
        instruments: Lane::ALL.map(fitting),
        drum_maps: installed
            .drum_maps
            .iter()
            .map(|map| map.name.to_string())
            .collect(),
    }
}

/// Instruments that a lane can play, by name.
fn fitting(lane: Lane) -> Vec<InstrumentChoice> {
    let installed = material::library();
    let mut all: Vec<InstrumentChoice> = installed
        .patches
        .iter()
        .zip(&installed.patch_stems)
        .filter(|(patch, _)| patch.fits(lane))
        .map(|(patch, stem)| InstrumentChoice {
            stem: stem.clone(),
            name: patch.name().to_string(),
            family: family(patch).to_owned(),
        })
        .collect();
    all.sort_by_key(|choice| choice.name.to_lowercase());
    all
}

/// What kind of instrument a patch is.
const fn family(patch: &Patch) -> &'static str {
    match patch {
        Patch::Kit(_) => "Kits",
        Patch::String(_) => "Plucked strings",
        Patch::Synth(_) => "Synths",
        Patch::Sub(_) => "Subs",
        Patch::Tine(_) => "Electric pianos",
        Patch::Fm(_) => "FM",
        Patch::Piano(_) => "Pianos",
        Patch::Mallet(_) => "Mallets",
        Patch::Organ(_) => "Organs",
        Patch::Wind(_) => "Winds",
        Patch::Choir(_) => "Voices",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_one_that_the_song_can_take() {
        let library = library(&[]);
        for lane in Lane::PLAYED {
            let choices = &library.instruments[lane.index()];
            assert!(choices.len() >= 5, "{}: {}", lane.name(), choices.len());
            for choice in choices {
                // A song keeps the stem in a short name: one that is cut would be another instrument's.
                let kept = music::name(&choice.stem);
                let found = material::library().instrument(lane, &kept);
                assert!(found.is_some(), "{}: {}", lane.name(), choice.stem);
            }
        }
    }

    #[test]
    fn styles_name_instruments_that_are_there() {
        let styles = &material::library().styles;
        let library = library(styles);
        for style in &library.styles {
            let stem = &style.instruments[Lane::Drums.index()];
            let name = library.instrument_name(Lane::Drums, stem);
            assert!(!stem.is_empty() && name != stem, "{}: {stem}", style.name);
        }
    }
}
