//! Files of the song: MIDI at once, audio on a thread of its own as fast as it can.
//!
//! MIDI is the score that the lanes show. Audio is played through as MixAroo listens ([`Through`]), so that a file
//! sounds as the song does; what was begun and cancelled is deleted.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use engines::performer::midi_key;
use files::error::FileError;
use files::midi::{FileNote, Mark, SongFile, Track, signature};
use files::wav::{Depth, Stream};
use music::drum::DrumMap;
use music::lane::{LANES, Lane};
use music::plan::LeadMark;
use music::spelling::writes_flat;
use music::time::Tick;

use super::job::Job;
use super::listen::{Task, Through};
use crate::export::{Export, Scope};
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::{Mixing, Score};

/// Sample rate of audio files. Reference: what film and most hosts use.
const RATE_HZ: f32 = 48_000.0;
/// Names of the files of the buses.
const BUSES: [&str; 8] = [
    "mix", "drums", "bass", "harmony", "texture", "melody", "vocal", "returns",
];

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
        let Some(depth) = export.depth else {
            return midi(&shared, params, &folder, export);
        };
        let task = Task::new(&shared, params, cancel);
        let (stems, name) = (export.stems, name(&shared));
        let run = move || {
            let write = AssertUnwindSafe(|| audio(&task, &folder, &name, stems, depth));
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

/// What the files are called.
fn name(shared: &Shared) -> String {
    let material = shared.material();
    let plain = |c: char| {
        if c.is_alphanumeric() || " -_".contains(c) {
            c
        } else {
            '-'
        }
    };
    let title: String = material.song.title.chars().map(plain).collect();
    match title.trim() {
        "" => "MuseAroo".to_owned(),
        title => title.to_owned(),
    }
}

/// Plays the song into files; `None` if it was cancelled. What stands under their names stays until all of them are
/// whole.
fn audio(
    task: &Task,
    folder: &Path,
    name: &str,
    stems: bool,
    depth: Depth,
) -> Result<Option<Vec<PathBuf>>, String> {
    let decisions = task.material.song.mix.clone();
    let mut through = Through::new(task, decisions.as_ref(), &task.faders, RATE_HZ)?;
    let buses: Vec<usize> = match stems {
        true => (0..BUSES.len())
            .filter(|bus| *bus != 1 + Lane::Vocal.index())
            .collect(),
        false => vec![0],
    };
    let path = |bus: usize| folder.join(format!("{name} {}.wav", BUSES[bus]));
    let paths: Vec<PathBuf> = buses.iter().map(|bus| path(*bus)).collect();
    let parts: Vec<PathBuf> = paths.iter().map(|p| p.with_extension("wav.part")).collect();
    let mut write = || -> Result<bool, FileError> {
        let streams = parts
            .iter()
            .map(|part| Stream::create(part, RATE_HZ as u32, depth));
        let mut streams = streams.collect::<Result<Vec<Stream>, _>>()?;
        let mut shown = -1.0;
        while let Some(block) = through.next() {
            if task.cancel.load(Ordering::Acquire) {
                return Ok(false);
            }
            for (stream, bus) in streams.iter_mut().zip(&buses) {
                stream.write(block.bus(*bus))?;
            }
            if block.share - shown > 0.01 {
                shown = block.share;
                let what = format!("{} of audio", if stems { "stems" } else { "a mix" });
                task.shared
                    .show_exporting(Some(Mixing { share: shown, what }));
            }
        }
        streams.into_iter().try_for_each(Stream::finish)?;
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

/// Writes the score as a MIDI file.
fn midi(shared: &Shared, params: &MuseParams, folder: &Path, export: &Export) {
    let score = shared.score();
    let part = match export.scope {
        Scope::Song => String::new(),
        Scope::Lane(lane) => format!(" {}", lane.id()),
        Scope::Section(key) => {
            let found = score.form.sections.iter().find(|s| s.key == key);
            found.map_or(String::new(), |s| {
                format!(" {} bar {}", s.kind.word(), s.first_bar + 1)
            })
        }
    };
    let path = folder.join(format!("{}{part}.mid", name(shared)));
    let channels = params.controls().lanes.map(|lane| lane.channel);
    let map = &shared.material().drum_map;
    let tempo_mbpm = shared.heard.tempo_mbpm();
    let file = song_file(&score, export.scope, &channels, map, tempo_mbpm);
    match file.write(&path) {
        Ok(()) => shared.say(format!("Written: {}.", path.display())),
        Err(error) => shared.say(format!("Not exported: {error}.")),
    }
}

/// A part of the score as a file, from its own start.
pub fn song_file(
    score: &Score,
    scope: Scope,
    channels: &[u8; LANES],
    map: &DrumMap,
    tempo_mbpm: u32,
) -> SongFile {
    let bar = score.meter.bar_ticks();
    let all = (0, i64::from(score.form.bars()) * bar);
    let (from, to) = match scope {
        Scope::Section(key) => {
            let found = score.form.sections.iter().find(|s| s.key == key);
            found.map_or(all, |s| {
                let first = i64::from(s.first_bar) * bar;
                (first, first + i64::from(s.bars) * bar)
            })
        }
        Scope::Song | Scope::Lane(_) => all,
    };
    let is_wanted = |lane: Lane| !matches!(scope, Scope::Lane(own) if own != lane);
    let track = |lane: Lane| {
        let notes = score.notes[lane.index()].iter();
        // What leads into a section by a hair belongs to its first beat.
        let early = bar / 32;
        let notes = notes.filter(|n| (from - early..to - early).contains(&n.onset.0));
        let note = |n: &music::note::Note| FileNote {
            onset: Tick((n.onset.0 - from).max(0)),
            pitch: midi_key(lane, n.pitch, map),
            velocity: n.velocity.clamp(1, 127),
            duration: i64::from(n.duration.max(1)),
        };
        Track {
            lane,
            channel: channels[lane.index()].clamp(1, 16),
            notes: notes.map(note).collect(),
        }
    };
    let mark = |(at, mark): &(Tick, LeadMark)| {
        let text = match mark {
            LeadMark::Section(kind) => Mark::Section(kind.word().to_owned()),
            LeadMark::Chord(chord) => {
                let key = score.form.key_at((at.0 / bar.max(1)) as u16, score.key);
                let flat = writes_flat(key, score.scale, chord.root);
                Mark::Chord(chord.symbol(flat).to_string())
            }
        };
        (Tick(at.0 - from), text)
    };
    let marks = score
        .marks
        .iter()
        .filter(|(at, _)| (from..to).contains(&at.0));
    let wanted = Lane::PLAYED.into_iter().filter(|lane| is_wanted(*lane));
    SongFile {
        title: "MuseAroo".to_owned(),
        tempi: vec![(
            Tick(0),
            (60_000_000_000 / u64::from(tempo_mbpm.max(1))) as u32,
        )],
        meters: vec![(Tick(0), score.meter)],
        signature: Some(signature(score.key, score.scale)),
        marks: marks.map(mark).collect(),
        tracks: wanted.map(track).filter(|t| !t.notes.is_empty()).collect(),
        end: Tick(to - from),
    }
}

#[cfg(test)]
mod tests;
