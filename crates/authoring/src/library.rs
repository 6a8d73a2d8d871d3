//! Everything in the preset folders: the built-in one, which is part of the binary, and the user's.
//!
//! Runs on the worker, never on the audio thread. A broken file is named and left out; the others go on.
//! A user's file takes the place of a built-in one with the same stem.

mod files;
mod stored;

use std::collections::BTreeMap;
use std::path::Path;

use music::drum::DrumMap;
use music::groove::GrooveTemplate;
use music::lane::Lane;
use music::mix::MixProfile;
use music::patch::Patch;
use music::style::Style;

pub use self::stored::{style_from_json, style_to_json};
use crate::problem::{Problem, most_like, nearest};
use crate::prompt::Words;
use crate::style_file::NamedGroove;
use crate::{drum_map_file, groove_file, mix_file, patch_file, style_file};
use files::PresetFile;

/// What the preset folders hold.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// By rising slot, each slot once.
    pub styles: Vec<Style>,
    /// Grooves that can be chosen, by rising slot, each slot once.
    pub grooves: Vec<GrooveTemplate>,
    /// By stem; `Style::mix.patches` points into it.
    pub patches: Vec<Patch>,
    /// Stems of `patches`, in the same order.
    pub patch_stems: Vec<String>,
    /// By stem; `Style::mix.profile_index` points into it. Never empty.
    pub mixes: Vec<MixProfile>,
    /// Stems of `mixes`, in the same order.
    pub mix_stems: Vec<String>,
    /// What the prompt line understands.
    pub words: Words,
    /// General MIDI first, then by name.
    pub drum_maps: Vec<DrumMap>,
    /// What was left out or mended, and why.
    pub problems: Vec<Problem>,
}

/// A style's file as text, for messages that name its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleText {
    /// Stem of the file.
    pub stem: String,
    /// Path from the preset folder.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The text of every style that [`Library::load`] reads.
pub fn style_texts(user_folder: Option<&Path>) -> Vec<StyleText> {
    let mut all = files::built_in();
    if let Some(folder) = user_folder {
        all.extend(files::in_folder(folder, &mut Vec::new()));
    }
    let mut by_stem = BTreeMap::new();
    for file in all.into_iter().filter(|f| f.folder == "styles") {
        let text = StyleText {
            stem: file.stem.clone(),
            path: file.path,
            text: file.text,
        };
        by_stem.insert(file.stem, text);
    }
    by_stem.into_values().collect()
}

/// A style's line in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleRow {
    /// Slot, 0–255.
    pub slot: u8,
    /// Stem of its file: what a command line takes.
    pub stem: String,
    /// Name on screen.
    pub name: String,
    /// Genre on screen.
    pub genre: String,
    /// Lowest, usual and highest tempo, BPM.
    pub tempo: (u16, u16, u16),
}

/// Built-in files by folder and stem that one of the user's stands before.
type Behind = BTreeMap<(String, String), PresetFile>;

impl Library {
    /// Loads the built-in presets and those of the user's folder, which has the same layout:
    /// `styles`, `grooves`, `instruments`, `kits`, `mixes`, `drum_maps`, `words`, each with folders at will.
    pub fn load(user_folder: Option<&Path>) -> Library {
        let mut problems = Vec::new();
        let mut all = files::built_in();
        if let Some(folder) = user_folder {
            all.extend(files::in_folder(folder, &mut problems));
        }
        let mut library = Library::from_files(all);
        library.problems.splice(0..0, problems);
        library
    }

    fn from_files(all: Vec<PresetFile>) -> Library {
        let mut out = Library::default();
        // Later files of the same folder and stem, the user's, replace earlier ones.
        let mut by_stem: BTreeMap<(String, String), PresetFile> = BTreeMap::new();
        // Built-in files that one of the user's stands before: they play where that is broken.
        let mut behind = Behind::new();
        for file in all {
            let key = (file.folder.clone(), file.stem.clone());
            if let Some(before) = by_stem.get(&key)
                && before.user == file.user
            {
                out.note(
                    &file.path,
                    format!("has the same name as {}, which is used", before.path),
                );
                continue;
            }
            if let Some(before) = by_stem.insert(key.clone(), file) {
                behind.insert(key, before);
            }
        }
        let of = |folder: &'static str| by_stem.values().filter(move |f| f.folder == folder);
        let mut grooves = Vec::new();
        // Built-in grooves keep their slots against a user's.
        let mut groove_files: Vec<&PresetFile> = of("grooves").collect();
        groove_files.sort_by_key(|f| f.user);
        for file in groove_files {
            if let Some(template) = out.keep(file, &behind, |f| groove_file::read(&f.path, &f.text))
            {
                match out.grooves.iter().find(|g| g.slot == template.slot) {
                    _ if template.slot == 0 => {}
                    None => out.grooves.push(template.clone()),
                    Some(other) => {
                        let message = format!(
                            "slot {} is taken by the groove {}; choose another",
                            template.slot, other.name
                        );
                        out.note(&file.path, message);
                    }
                }
                grooves.push(NamedGroove {
                    stem: file.stem.clone(),
                    template,
                });
            }
        }
        out.grooves.sort_by_key(|groove| groove.slot);
        for file in of("drum_maps") {
            if let Some(map) = out.keep(file, &behind, |f| drum_map_file::read(&f.path, &f.text)) {
                out.drum_maps.push(map);
            }
        }
        let general = DrumMap::default().name;
        out.drum_maps
            .sort_by_key(|map| (map.name != general, map.name.clone()));
        if out.drum_maps.first().is_none_or(|map| map.name != general) {
            out.drum_maps.insert(0, DrumMap::default());
        }
        for file in of("words") {
            if let Err(problems) = out.words.add(&file.path, &file.text) {
                out.problems.extend(problems);
            }
        }
        for file in of("instruments").chain(of("kits")) {
            if let Some(patch) = out.keep(file, &behind, |f| patch_file::read(&f.path, &f.text)) {
                out.patches.push(patch);
                out.patch_stems.push(file.stem.clone());
            }
        }
        for file in of("mixes") {
            if let Some(profile) = out.keep(file, &behind, |f| mix_file::read(&f.path, &f.text)) {
                out.mixes.push(profile);
                out.mix_stems.push(file.stem.clone());
            }
        }
        if out.mixes.is_empty() {
            out.mixes.push(MixProfile::default());
            out.mix_stems.push(String::new());
        }
        // Built-in styles keep their slots against a user's.
        let mut styles: Vec<&PresetFile> = of("styles").collect();
        styles.sort_by_key(|f| f.user);
        let mut taken: BTreeMap<u8, String> = BTreeMap::new();
        for file in styles {
            let read = |f: &PresetFile| style_file::read(&f.path, &f.stem, &f.text, &grooves);
            let Some(mut style) = out.keep(file, &behind, read) else {
                continue;
            };
            if let Some(other) = taken.get(&style.slot) {
                out.note(
                    &file.path,
                    format!("slot {} is taken by {other}; choose another", style.slot),
                );
                continue;
            }
            taken.insert(style.slot, file.path.clone());
            for message in out.resolve(&mut style) {
                out.note(&file.path, message);
            }
            out.styles.push(*style);
        }
        out.styles.sort_by_key(|style| style.slot);
        out
    }

    fn note(&mut self, file: &str, message: String) {
        self.problems.push(Problem {
            file: file.to_string(),
            line: 0,
            key: String::new(),
            message,
        });
    }

    /// What a file says; where a user's is broken, what the built-in one of its name says.
    fn keep<T>(
        &mut self,
        file: &PresetFile,
        behind: &Behind,
        read: impl Fn(&PresetFile) -> Result<T, Vec<Problem>>,
    ) -> Option<T> {
        let problems = match read(file) {
            Ok(whole) => return Some(whole),
            Err(problems) => problems,
        };
        self.problems.extend(problems);
        let built_in = behind.get(&(file.folder.clone(), file.stem.clone()))?;
        self.note(
            &file.path,
            format!("the built-in \"{}\" is used instead", file.stem),
        );
        read(built_in).ok()
    }

    /// Points a style's instruments at patches of this library and its mix at a profile; needed after a style
    /// came out of a project. Gives a message for each that is missing, with what is used instead.
    pub fn resolve(&self, style: &mut Style) -> Vec<String> {
        let mut messages = Vec::new();
        messages.extend(self.resolve_mix(style));
        for lane in Lane::PLAYED {
            let slot = lane.index();
            let stem = style.mix.instruments[slot].as_str();
            let kit = lane == Lane::Drums;
            let fitting: Vec<(usize, &str)> = (0..self.patches.len())
                .filter(|i| matches!(self.patches[*i], Patch::Kit(_)) == kit)
                .map(|i| (i, self.patch_stems[i].as_str()))
                .collect();
            if fitting.is_empty() {
                continue;
            }
            let exact = fitting.iter().find(|(_, name)| *name == stem);
            let (index, found) = exact.copied().unwrap_or_else(|| {
                let name = most_like(stem, fitting.iter().map(|(_, name)| *name));
                fitting
                    .iter()
                    .find(|(_, n)| Some(*n) == name)
                    .copied()
                    .unwrap_or(fitting[0])
            });
            if found != stem {
                messages.push(format!(
                    "mix.{}.instrument: unknown instrument \"{stem}\", \"{found}\" plays instead",
                    lane.id()
                ));
            }
            style.mix.patches[slot] = index as u8;
        }
        messages
    }

    fn resolve_mix(&self, style: &mut Style) -> Option<String> {
        let stem = match style.mix.profile.as_str() {
            "" => mix_file::usual_for(""),
            stem => stem,
        };
        let stems = || self.mix_stems.iter().map(String::as_str);
        let exact = stems().position(|s| s == stem);
        let index = exact.or_else(|| {
            let near = most_like(stem, stems())?;
            stems().position(|s| s == near)
        });
        style.mix.profile_index = index.unwrap_or(0) as u8;
        (exact.is_none() && !self.mix_stems[0].is_empty()).then(|| {
            format!(
                "mix.profile: unknown mix \"{stem}\", \"{}\" is used instead",
                self.mix_stems[usize::from(style.mix.profile_index)]
            )
        })
    }

    /// The profile that a style is mixed by; only an empty library has none.
    pub fn mix_profile(&self, style: &Style) -> Option<&MixProfile> {
        let index = usize::from(style.mix.profile_index);
        self.mixes.get(index).or(self.mixes.first())
    }

    /// The patch of an instrument that a lane can play, by its file's stem; its place in [`Library::patches`].
    pub fn instrument(&self, lane: Lane, stem: &str) -> Option<u8> {
        let at = self.patch_stems.iter().position(|s| s == stem)?;
        let fits = self.patches[at].fits(lane);
        u8::try_from(at).ok().filter(|_| fits)
    }

    /// The style of a stem or screen name, in any case.
    ///
    /// # Errors
    /// Names the nearest stem.
    pub fn style(&self, name: &str) -> Result<&Style, String> {
        let wanted = name.trim();
        let found = self
            .styles
            .iter()
            .find(|s| s.stem.eq_ignore_ascii_case(wanted) || s.name.eq_ignore_ascii_case(wanted));
        found.ok_or_else(|| {
            let stems: Vec<&str> = self.styles.iter().map(|s| s.stem.as_str()).collect();
            let names = self
                .styles
                .iter()
                .flat_map(|s| [s.stem.as_str(), s.name.as_str()]);
            let near = nearest(wanted, names).and_then(|near| {
                self.styles
                    .iter()
                    .find(|s| s.stem == near || s.name == near)
                    .map(|s| s.stem.as_str())
            });
            match near {
                Some(stem) => format!("unknown style \"{name}\", nearest is \"{stem}\""),
                None => format!("unknown style \"{name}\", known are {}", stems.join(", ")),
            }
        })
    }

    /// The drum map of a name, in any case.
    ///
    /// # Errors
    /// Names the nearest one.
    pub fn drum_map(&self, name: &str) -> Result<&DrumMap, String> {
        self.drum_maps
            .iter()
            .find(|m| m.name.eq_ignore_ascii_case(name.trim()))
            .ok_or_else(|| {
                let names: Vec<&str> = self.drum_maps.iter().map(|m| m.name.as_str()).collect();
                crate::problem::unknown("drum map", name, &names)
            })
    }

    /// Every style's line of a list, by slot.
    pub fn table(&self) -> Vec<StyleRow> {
        let row = |s: &Style| StyleRow {
            slot: s.slot,
            stem: s.stem.to_string(),
            name: s.name.to_string(),
            genre: s.genre.to_string(),
            tempo: s.tempo,
        };
        self.styles.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests;
