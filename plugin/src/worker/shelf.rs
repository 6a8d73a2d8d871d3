//! Songs and likes of the user, between their folder and the instance.

use std::collections::BTreeMap;
use std::path::Path;

use authoring::prompt::{self, Context};
use music::song::Song;

use crate::handoff::Shared;
use crate::history::turned;
use crate::material;
use crate::params::{Knobs, MuseParams};
use crate::snapshot::Command;
use crate::songs::{self, Saved};
use crate::state;

/// Said where the system names none.
const NO_FOLDER: &str = "there is no folder of yours to write to";

/// Does what concerns the user's folder, and says what came of it.
pub fn obey(shared: &Shared, params: &MuseParams, folder: Option<&Path>, command: Command) {
    match command {
        Command::LoadSong(stem) => {
            if let Err(why) = load(shared, params, folder, &stem) {
                shared.say(format!("The song was not loaded: {why}."));
            }
        }
        Command::SaveSong { name, tags } => match save(shared, params, folder, name, tags) {
            Ok(said) => shared.say(said),
            Err(why) => shared.say(format!("The song was not saved: {why}.")),
        },
        Command::DeleteSong(stem) => {
            let folder = folder.ok_or_else(|| NO_FOLDER.to_owned());
            shared.say(
                match folder.and_then(|folder| songs::delete(folder, &stem)) {
                    Ok(name) => format!("The song \u{201c}{name}\u{201d} was deleted."),
                    Err(why) => format!("The song was not deleted: {why}."),
                },
            );
        }
        Command::RenameSong { stem, name } => {
            let folder = folder.ok_or_else(|| NO_FOLDER.to_owned());
            shared.say(
                match folder.and_then(|folder| songs::rename(folder, &stem, &name)) {
                    Ok(path) => format!("The song has another name: {}.", path.display()),
                    Err(why) => format!("The song was not renamed: {why}."),
                },
            );
        }
        Command::Prefer(likes) => {
            if let Some(Err(why)) = folder.map(|folder| likes.write(folder)) {
                shared.say(format!("Your settings are not kept: {why}."));
            }
        }
        _ => {}
    }
    shared.songs.renew(folder);
    shared.repaint.request_repaint();
}

/// Puts a song in place; what lies on the host's time line and goes to other devices stays as it is.
fn load(
    shared: &Shared,
    params: &MuseParams,
    folder: Option<&Path>,
    stem: &str,
) -> Result<(), String> {
    let (song, knobs) = version(shared, params, folder, stem, |damage| shared.say(damage))?;
    let words = format!("Song \u{201c}{}\u{201d}", song.title);
    shared.put_version(&words, &song, &knobs, params);
    Ok(())
}

/// A song of the browser with its knobs, as it would stand here. What is damaged in it is told to `damaged`.
///
/// # Errors
/// In words, where it cannot be had.
pub fn version(
    shared: &Shared,
    params: &MuseParams,
    folder: Option<&Path>,
    stem: &str,
    damaged: impl Fn(String),
) -> Result<(Song, BTreeMap<String, f32>), String> {
    let saved = songs::read(folder, stem)?;
    let now = shared.material().song.clone();
    let (song, knobs) = if saved.prompt.is_empty() {
        (state::read_song(&saved.song, damaged), knobs(&saved)?)
    } else {
        said(&saved, params)
    };
    let song = Song {
        title: music::name(&saved.name),
        start_bar: now.start_bar,
        drum_map: now.drum_map,
        ..song
    };
    Ok((song, knobs))
}

/// The knobs of a saved song, with its style where that is installed here.
fn knobs(saved: &Saved) -> Result<BTreeMap<String, f32>, String> {
    let mut knobs = saved.turned.clone();
    if !saved.style.is_empty() {
        let styles = &material::library().styles;
        let style = styles
            .iter()
            .find(|style| style.stem.as_str() == saved.style);
        let style = style.ok_or_else(|| {
            format!(
                "its style \u{201c}{}\u{201d} is not installed; put its file into styles/ of your own folder",
                saved.style
            )
        })?;
        knobs.insert("style".into(), f32::from(style.slot) / 255.0);
    }
    Ok(knobs)
}

/// What the words of a song make of a new instance.
fn said(saved: &Saved, params: &MuseParams) -> (Song, BTreeMap<String, f32>) {
    let read = prompt::read(&saved.prompt, material::library(), Context::default());
    let mut song = Song::default();
    read.song.apply(&mut song);
    let all = Knobs::of(params);
    let value = |(id, text): &(String, String)| Some((id.clone(), all.parse(id, text)?));
    let knobs = read.set.iter().filter_map(value).collect();
    (song, knobs)
}

fn save(
    shared: &Shared,
    params: &MuseParams,
    folder: Option<&Path>,
    name: String,
    tags: Vec<String>,
) -> Result<String, String> {
    let folder = folder.ok_or(NO_FOLDER)?;
    let material = shared.material();
    let song = Song {
        title: music::name(&name),
        ..material.song.clone()
    };
    let style = material.style(params.controls().style);
    let saved = Saved {
        name,
        tags,
        prompt: String::new(),
        style: style.map_or_else(String::new, |style| style.stem.to_string()),
        engines: engines::REVISION,
        turned: turned(params).into_iter().collect(),
        song: serde_json::to_value(&song).map_err(|error| error.to_string())?,
    };
    let path = songs::write(folder, saved)?;
    shared.edit_song("Name the song", song);
    Ok(format!("The song was saved: {}.", path.display()))
}
