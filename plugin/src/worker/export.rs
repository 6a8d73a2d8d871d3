//! Files of the song: MIDI at once, audio on a thread of its own as fast as it can.
//!
//! MIDI is the score that the lanes show ([`midi`]). Audio is played through as MixAroo listens ([`Through`]), so that a file
//! sounds as the song does; what was begun and cancelled is deleted.

mod midi;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use files::error::FileError;
use files::flac;
use files::wav::{self, Depth};
use music::lane::Lane;

pub use self::midi::{Sheet, clean};
use super::job::Job;
use super::listen::{Task, Through};
use crate::export::{Export, Form, Sound};
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::Mixing;

/// Sample rate of audio files. Reference: what film and most hosts use.
const RATE_HZ: f32 = 48_000.0;
/// Names of the files of the buses.
const BUSES: [&str; 8] = [
    "mix", "drums", "bass", "harmony", "texture", "melody", "vocal", "returns",
];

/// Where files go that were given no folder, in the user's own.
const EXPORTS: &str = "Exports";

/// The folder that is meant: as it was typed, or where exports go by themselves.
pub fn folder(typed: &str, user_folder: Option<&Path>) -> String {
    match typed.trim() {
        "" => {
            let own = user_folder.unwrap_or(Path::new("")).join(EXPORTS);
            own.display().to_string()
        }
        typed => typed.to_owned(),
    }
}

/// Shows a folder in the system's file manager.
///
/// # Errors
/// In words.
pub fn reveal(folder: &str) -> Result<(), String> {
    if !Path::new(folder).is_dir() {
        return Err("there is no such folder yet".to_owned());
    }
    open::that_detached(folder).map_err(|error| format!("the system shows no folders ({error})"))
}

/// One export at a time.
pub struct Exporter {
    shared: Arc<Shared>,
    job: Job,
}

impl Exporter {
    /// Exports for an instance.
    pub fn new(shared: &Arc<Shared>) -> Exporter {
        Exporter {
            shared: shared.clone(),
            job: Job::default(),
        }
    }
    /// Begins; what runs is ended first.
    pub fn start(&mut self, params: &MuseParams, export: &Export) {
        let cancel = self.job.renew();
        let shared = self.shared.clone();
        let folder = PathBuf::from(export.folder.trim());
        if let Err(error) = std::fs::create_dir_all(&folder) {
            return shared.say(format!("{}: {error}.", folder.display()));
        }
        let sheet = Sheet::of(&shared, params);
        let (sound, stems) = match export.form {
            Form::Midi => {
                return match sheet.write(&export.scope, &folder) {
                    Ok(path) => shared.say(format!("Written: {}.", path.display())),
                    Err(why) => shared.say(format!("Not exported: {why}.")),
                };
            }
            Form::Mix(sound) => (sound, false),
            Form::Stems(sound) => (sound, true),
        };
        let task = Task::new(&shared, params, cancel);
        let bars = sheet.bars(&export.scope);
        if bars.as_ref().is_some_and(std::ops::Range::is_empty) {
            return shared.say("Not exported: the song has no such bars. Select others.");
        }
        let name = match bars {
            Some(_) => sheet.name(&export.scope),
            None => sheet.title(),
        };
        let order = Order {
            folder: folder.clone(),
            name,
            bars,
            stems,
            sound,
        };
        let run = move || {
            let write = AssertUnwindSafe(|| audio(&task, &order));
            let said = match catch_unwind(write) {
                Ok(Ok(Some(paths))) => match paths.as_slice() {
                    [one] => format!("Written: {}.", one.display()),
                    all => format!("Written: {} files in {}.", all.len(), folder.display()),
                },
                Ok(Ok(None)) => "Export cancelled; nothing is left of it.".to_owned(),
                Ok(Err(why)) => format!("Not exported: {why}."),
                Err(_) => "Not exported: that is a bug in MuseAroo.".to_owned(),
            };
            task.shared.say(said);
            task.shared.show_exporting(None);
        };
        self.shared.show_exporting(Some(Mixing {
            share: 0.0,
            what: "beginning".to_owned(),
        }));
        if let Err(why) = self.job.run("export", run) {
            self.shared.show_exporting(None);
            self.shared.say(format!("Not exported: {why}."));
        }
    }
    /// Stops within a block.
    pub fn cancel(&mut self) {
        self.job.cancel();
    }
}

/// Audio that is wanted.
struct Order {
    folder: PathBuf,
    /// What its files are called, before the name of the bus.
    name: String,
    /// These bars, as long as they are; `None`: the song until it has rung out.
    bars: Option<std::ops::Range<u16>>,
    stems: bool,
    sound: Sound,
}

/// Plays the song into files; `None` if it was cancelled. What stands under their names stays until all of them are
/// whole. Bars sound as they do in the song: what rings into them from before is in them.
fn audio(task: &Task, order: &Order) -> Result<Option<Vec<PathBuf>>, String> {
    let Order {
        folder,
        name,
        bars,
        stems,
        sound,
    } = order;
    let (stems, sound) = (*stems, *sound);
    let decisions = task.material.song.mix.clone();
    let mut through = Through::new(task, decisions.as_ref(), &task.faders, RATE_HZ)?;
    let buses: Vec<usize> = match stems {
        true => (0..BUSES.len())
            .filter(|bus| *bus != 1 + Lane::Vocal.index())
            .collect(),
        false => vec![0],
    };
    let ending = if sound.packed { "flac" } else { "wav" };
    let path = |bus: usize| folder.join(format!("{name} {}.{ending}", BUSES[bus]));
    let paths: Vec<PathBuf> = buses.iter().map(|bus| path(*bus)).collect();
    let part = |path: &PathBuf| path.with_extension(format!("{ending}.part"));
    let parts: Vec<PathBuf> = paths.iter().map(part).collect();
    let mut write = || -> Result<bool, FileError> {
        let streams = parts.iter().map(|part| File::create(part, sound));
        let mut streams = streams.collect::<Result<Vec<File>, FileError>>()?;
        let mut shown = -1.0;
        let wanted = bars
            .as_ref()
            .map_or(0..u64::MAX, |bars| through.frames_of(bars));
        let mut done = 0;
        while let Some(block) = through.next().filter(|_| done < wanted.end) {
            if task.cancel.load(Ordering::Acquire) {
                return Ok(false);
            }
            let frames = block.bus(0)[0].len() as u64;
            let cut = |frame: u64| frame.clamp(done, done + frames) - done;
            let part = cut(wanted.start) as usize..cut(wanted.end) as usize;
            for (stream, bus) in streams.iter_mut().zip(&buses) {
                stream.write(block.bus(*bus).map(|side| &side[part.clone()]))?;
            }
            done += frames;
            let share = match bars {
                Some(_) => (done as f32 / wanted.end as f32).min(1.0),
                None => block.share,
            };
            if share - shown > 0.01 {
                shown = share;
                let what = format!("{} of audio", if stems { "stems" } else { "a mix" });
                task.shared
                    .show_exporting(Some(Mixing { share: shown, what }));
            }
        }
        streams.into_iter().try_for_each(File::finish)?;
        for (part, path) in parts.iter().zip(&paths) {
            std::fs::rename(part, path).map_err(FileError::io(path))?;
        }
        Ok(true)
    };
    let written = write();
    if !matches!(written, Ok(true)) {
        for part in &parts {
            // It may not have been begun.
            let _ = std::fs::remove_file(part);
        }
    }
    match written {
        Ok(true) => Ok(Some(paths)),
        Ok(false) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// A file that is written as the sound comes.
enum File {
    Wav(wav::Stream),
    Flac(Box<flac::Stream>),
}

impl File {
    fn create(path: &Path, sound: Sound) -> Result<File, FileError> {
        let rate_hz = RATE_HZ as u32;
        Ok(match (sound.packed, sound.depth) {
            (true, Depth::Sixteen) => {
                File::Flac(Box::new(flac::Stream::create(path, rate_hz, 16)?))
            }
            (true, _) => File::Flac(Box::new(flac::Stream::create(path, rate_hz, 24)?)),
            (false, depth) => File::Wav(wav::Stream::create(path, rate_hz, depth)?),
        })
    }
    fn write(&mut self, block: [&[f32]; 2]) -> Result<(), FileError> {
        match self {
            File::Wav(file) => file.write(block),
            File::Flac(file) => file.write(block),
        }
    }
    fn finish(self) -> Result<(), FileError> {
        match self {
            File::Wav(file) => file.finish(),
            File::Flac(file) => file.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
