//! What the band plays from: the song, every style at hand, its instruments, and the drum map of MIDI out.
//!
//! Immutable and swapped in whole. The library is read once a process and shared by all instances; a
//! project that brings styles of its own (missing here, or changed since) gets a list of its own. Made on
//! the main thread or by the worker, never on the audio thread.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use authoring::Library;
use music::drum::DrumMap;
use music::lane::{LANES, Lane};
use music::song::Song;
use music::style::{Style, StyleBook};

use crate::large;
use crate::take::Take;

/// Name of the user's folder for styles, grooves, instruments and drum maps.
const USER_FOLDER: &str = "MuseAroo";

/// Song and styles, ready to be played.
pub struct Material {
    /// What the user decided.
    pub song: Song,
    /// Every style, by slot.
    pub styles: Arc<[Style]>,
    /// Where the drum map puts the pieces on MIDI out.
    pub drum_map: DrumMap,
    /// Patches that the song chose in place of the style's own, by lane.
    pub patches: [Option<u8>; LANES],
    /// What was played when the project was saved by other engines, while it is to stay so.
    pub take: Option<Arc<Take>>,
    /// Counts up with every change.
    pub revision: u64,
    /// Counts up with every change that notes or instruments may follow from; a new mix is none.
    pub notes_revision: u64,
}

impl Material {
    /// A new song over the installed styles.
    pub fn new() -> Material {
        let song = Song::default();
        Material {
            drum_map: drum_map(&song),
            patches: patches(&song),
            song,
            styles: installed(),
            take: None,
            revision: 0,
            notes_revision: 0,
        }
    }
    /// The same styles under another song.
    pub fn with_song(&self, song: Song) -> Material {
        let same_notes = song.plays_like(&self.song);
        Material {
            drum_map: drum_map(&song),
            patches: patches(&song),
            song,
            styles: self.styles.clone(),
            take: self.take.clone(),
            revision: self.revision + 1,
            notes_revision: self.notes_revision + u64::from(!same_notes),
        }
    }
    /// The same song, played from a take or by the engines.
    pub fn with_take(&self, take: Option<Arc<Take>>) -> Material {
        Material {
            take,
            revision: self.revision + 1,
            notes_revision: self.notes_revision + 1,
            ..self.with_song(self.song.clone())
        }
    }
    /// Whether a take of this song is one of `other` too: what the engines plan from is the same.
    pub fn shares_take(&self, other: &Song) -> bool {
        let own = &self.song;
        (own.bars, own.lanes) == (other.bars, other.lanes)
            && own.form == other.form
            && own.chords == other.chords
            && own.retakes == other.retakes
    }
    /// The same song with a project's own styles in place of the installed ones on their slots.
    pub fn with_project_styles(&self, own: Vec<Style>) -> Material {
        let mut styles = installed();
        if !own.is_empty() {
            let others = styles
                .iter()
                .filter(|style| own.iter().all(|o| o.slot != style.slot))
                .cloned();
            let mut all: Vec<Style> = others.collect();
            all.extend(own);
            all.sort_by_key(|style| style.slot);
            styles = all.into();
        }
        Material {
            song: self.song.clone(),
            styles,
            drum_map: self.drum_map.clone(),
            patches: self.patches,
            take: self.take.clone(),
            revision: self.revision + 1,
            notes_revision: self.notes_revision + 1,
        }
    }
    /// The same song with one more style beside those at hand. `None` if its slot is taken.
    pub fn with_style(&self, style: Style) -> Option<Material> {
        let at = self.styles.partition_point(|own| own.slot < style.slot);
        if self
            .styles
            .get(at)
            .is_some_and(|own| own.slot == style.slot)
        {
            return None;
        }
        let mut styles = self.styles.to_vec();
        styles.insert(at, style);
        Some(Material {
            styles: styles.into(),
            notes_revision: self.notes_revision + 1,
            ..self.with_song(self.song.clone())
        })
    }
    /// As the engines take it. `None` only where there is no style at all, which is a build without its
    /// presets.
    pub fn as_engines(&self) -> Option<engines::view::Material<'_>> {
        Some(engines::view::Material {
            song: &self.song,
            styles: StyleBook::new(&self.styles)?.with_grooves(&library().grooves),
            take: self.take.as_deref().map(Take::view),
        })
    }
    /// The style that plays for a slot.
    pub fn style(&self, slot: u8) -> Option<&Style> {
        Some(StyleBook::new(&self.styles)?.get(slot))
    }
}

impl Default for Material {
    fn default() -> Self {
        Material::new()
    }
}

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    // Styles are large tables, and the first use may be on any thread of the host.
    large::with_room(|| Library::load(user_folder().as_deref())).unwrap_or_default()
});
static STYLES: LazyLock<Arc<[Style]>> = LazyLock::new(|| library().styles.clone().into());

/// Presets of the program and the user; read at the first use.
pub fn library() -> &'static Library {
    &LIBRARY
}

/// The styles of the library.
pub fn installed() -> Arc<[Style]> {
    STYLES.clone()
}

/// Where the user keeps presets: the platform's place for an application's data.
pub fn user_folder() -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    let base = if cfg!(target_os = "windows") {
        std::env::var_os("APPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        let chosen = std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        chosen.or_else(|| home().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(USER_FOLDER))
}

/// What the library could not read, a line each.
pub fn library_messages() -> Vec<String> {
    library().problems.iter().map(what_to_do).collect()
}

/// A problem of a file, and what can be done about it.
fn what_to_do(problem: &authoring::problem::Problem) -> String {
    let said = problem.to_string();
    format!(
        "{}. Mend the file or take it away, then load the plug-in anew.",
        said.trim_end_matches('.')
    )
}

fn drum_map(song: &Song) -> DrumMap {
    library()
        .drum_map(&song.drum_map)
        .cloned()
        .unwrap_or_default()
}

fn patches(song: &Song) -> [Option<u8>; LANES] {
    Lane::ALL.map(|lane| library().instrument(lane, &song.instruments[lane.index()]))
}

/// Instruments that a song chose and that are not installed here, a line each.
pub fn missing_instruments(song: &Song) -> Vec<String> {
    let (chosen, found) = (&song.instruments, patches(song));
    Lane::ALL
        .into_iter()
        .filter(|lane| !chosen[lane.index()].is_empty() && found[lane.index()].is_none())
        .map(|lane| {
            let stem = &chosen[lane.index()];
            format!(
                "The instrument \u{201c}{stem}\u{201d} for {} is not installed here; the style's own plays. Put its \
                 file into your own folder and load the plug-in anew, or choose another in the browser.",
                lane.name()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_or_missing_is_said_with_what_to_do() {
        let problem = authoring::Problem {
            file: "styles/mine.toml".into(),
            line: 12,
            key: "kik".into(),
            message: "there is no such key; the nearest is kick.".into(),
        };
        let said = what_to_do(&problem);
        let start = "styles/mine.toml:12: kik: there is no such key; the nearest is kick. Mend";
        assert!(said.starts_with(start), "{said}");
        let mut song = Song::default();
        song.instruments[Lane::Bass.index()] = music::name("tuba-of-mine");
        let [said] = &missing_instruments(&song)[..] else {
            panic!("one is missing");
        };
        assert!(
            said.contains("tuba-of-mine") && said.contains("own folder"),
            "{said}"
        );
    }
}
