//! The score, or a part of it, as a MIDI file: for a folder, and for another window that it is dragged to.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use engines::performer::midi_key;
use files::midi::{FileNote, Mark, SongFile, Track, signature};
use music::lane::{LANES, Lane};
use music::note::Note;
use music::plan::LeadMark;
use music::spelling::writes_flat;
use music::time::Tick;

use crate::export::{Scope, bars_in_words};
use crate::handoff::Shared;
use crate::material::Material;
use crate::params::MuseParams;
use crate::snapshot::Score;

/// Folder of the user's own for files that are dragged out of the window.
const DRAGGED: &str = "Dragged";
/// What leads into a bar by this part of it or less belongs to it. Taste: human timing, not a pickup.
const EARLY: i64 = 32;
/// After this a file that was dragged out is deleted. Taste: a DAW reads it as it is dropped; a day is for those
/// that ask first.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// All that a file follows from.
pub struct Sheet {
    score: Arc<Score>,
    material: Arc<Material>,
    channels: [u8; LANES],
    tempo_mbpm: u32,
}

impl Sheet {
    /// Of the song as it stands.
    pub fn of(shared: &Shared, params: &MuseParams) -> Sheet {
        Sheet {
            score: shared.score(),
            material: shared.material(),
            channels: params.controls().lanes.map(|lane| lane.channel),
            tempo_mbpm: shared.heard.tempo_mbpm(),
        }
    }
    /// The song's name, as a file may be called.
    pub fn title(&self) -> String {
        let plain = |c: char| {
            if c.is_alphanumeric() || " -_".contains(c) {
                c
            } else {
                '-'
            }
        };
        let title: String = self.material.song.title.chars().map(plain).collect();
        match title.trim() {
            "" => "MuseAroo".to_owned(),
            title => title.to_owned(),
        }
    }
    /// What a file of a part is called, without its ending.
    pub fn name(&self, scope: &Scope) -> String {
        let title = self.title();
        let sections = &self.score.form.sections;
        match scope {
            Scope::Song => title,
            Scope::Lane(lane) => format!("{title} {}", lane.id()),
            Scope::Bars(bars) => format!("{title} {}", bars_in_words(bars, '-')),
            Scope::Section(key) => match sections.iter().find(|s| s.key == *key) {
                Some(s) => format!("{title} {} bar {}", s.kind.word(), s.first_bar + 1),
                None => title,
            },
            Scope::Notes(notes) => {
                let lane = notes.first().map_or("notes", |note| note.spot.lane.id());
                let bar = self.span(scope).0 / self.score.meter.bar_ticks().max(1);
                format!("{title} {lane} notes bar {}", bar + 1)
            }
        }
    }
    /// The part as a file, from its own start.
    ///
    /// # Errors
    /// In words, where there is nothing in it.
    pub fn file(&self, scope: &Scope) -> Result<SongFile, String> {
        let score = &self.score;
        let (from, to) = self.span(scope);
        let tracks: Vec<Track> = Lane::PLAYED
            .into_iter()
            .map(|lane| self.track(lane, scope, (from, to)))
            .filter(|track| !track.notes.is_empty())
            .collect();
        if tracks.is_empty() {
            return Err("there are no notes in it".to_owned());
        }
        let bar = score.meter.bar_ticks();
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
        let marks = score.marks.iter();
        let marks = marks.filter(|(at, _)| (from..to).contains(&at.0));
        let tempo = 60_000_000_000 / u64::from(self.tempo_mbpm.max(1));
        Ok(SongFile {
            title: match self.material.song.title.trim() {
                "" => "MuseAroo".to_owned(),
                title => title.to_owned(),
            },
            tempi: vec![(Tick(0), tempo as u32)],
            meters: vec![(Tick(0), score.meter)],
            signature: Some(signature(score.key, score.scale)),
            marks: marks.map(mark).collect(),
            tracks,
            end: Tick(to - from),
        })
    }
    /// Writes the part into a folder; gives the file's path.
    ///
    /// # Errors
    /// In words.
    pub fn write(&self, scope: &Scope, folder: &Path) -> Result<PathBuf, String> {
        let path = folder.join(format!("{}.mid", self.name(scope)));
        let file = self.file(scope)?;
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        file.write(&path).map_err(|error| error.to_string())?;
        Ok(path)
    }
    /// Writes the part for another window, under a name that a clip may keep.
    ///
    /// # Errors
    /// In words.
    pub fn write_to_drag(&self, scope: &Scope, user_folder: &Path) -> Result<PathBuf, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let millis = now.map_or(0, |since| since.as_millis());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // A folder each: what was dragged before may still be in use.
        let own = format!("{millis}-{}-{count}", std::process::id());
        self.write(scope, &user_folder.join(DRAGGED).join(own))
    }
    /// Bars of a part that is less than the song, every lane of them.
    pub fn bars(&self, scope: &Scope) -> Option<Range<u16>> {
        let form = &self.score.form;
        match scope {
            Scope::Section(key) => {
                let section = form.sections.iter().find(|s| s.key == *key)?;
                Some(section.first_bar..section.first_bar + section.bars)
            }
            Scope::Bars(bars) => {
                let end = bars.end.min(form.bars());
                Some(bars.start.min(end)..end)
            }
            Scope::Song | Scope::Lane(_) | Scope::Notes(_) => None,
        }
    }
    /// First tick of a part and the tick behind it.
    fn span(&self, scope: &Scope) -> (i64, i64) {
        let (score, bar) = (&self.score, self.score.meter.bar_ticks().max(1));
        let all = (0, i64::from(score.form.bars()) * bar);
        match scope {
            Scope::Song | Scope::Lane(_) => all,
            Scope::Section(_) | Scope::Bars(_) => self.bars(scope).map_or(all, |bars| {
                (i64::from(bars.start) * bar, i64::from(bars.end) * bar)
            }),
            Scope::Notes(_) => {
                let notes = || {
                    Lane::PLAYED
                        .into_iter()
                        .flat_map(|l| self.notes(l, scope, all))
                };
                let first = notes().map(|n| n.onset.0).min().unwrap_or(0);
                let last = notes().map(|n| n.onset.0 + i64::from(n.duration)).max();
                let from = (first + bar / EARLY).max(0) / bar * bar;
                let to = last.unwrap_or(0).max(from + 1);
                (from, (to + bar - 1) / bar * bar)
            }
        }
    }
    /// Notes of a lane in a part that lies so.
    fn notes(&self, lane: Lane, scope: &Scope, (from, to): (i64, i64)) -> Vec<Note> {
        let notes = &self.score.notes[lane.index()];
        let early = self.score.meter.bar_ticks() / EARLY;
        let inside = |n: &Note| (from - early..to - early).contains(&n.onset.0);
        match scope {
            Scope::Lane(own) if *own != lane => Vec::new(),
            Scope::Notes(selected) => {
                let key = |n: &authoring::editing::notes::Written| {
                    (n.spot.section, n.spot.bar, n.onset, n.pitch)
                };
                let own = selected.iter().filter(|n| n.spot.lane == lane);
                let wanted: HashSet<_> = own.map(key).collect();
                let written = self.score.origins[lane.index()].iter();
                let both = notes.iter().zip(written);
                both.filter(|(_, origin)| wanted.contains(&key(origin)))
                    .map(|(note, _)| *note)
                    .collect()
            }
            _ => notes.iter().filter(|n| inside(n)).copied().collect(),
        }
    }
    fn track(&self, lane: Lane, scope: &Scope, (from, to): (i64, i64)) -> Track {
        let map = &self.material.drum_map;
        let note = |n: &Note| FileNote {
            onset: Tick((n.onset.0 - from).max(0)),
            pitch: midi_key(lane, n.pitch, map),
            velocity: n.velocity.clamp(1, 127),
            duration: i64::from(n.duration.max(1)),
        };
        let notes = self.notes(lane, scope, (from, to));
        Track {
            lane,
            channel: self.channels[lane.index()].clamp(1, 16),
            notes: notes.iter().map(note).collect(),
        }
    }
}

/// Deletes what was dragged out long ago.
pub fn clean(user_folder: &Path) {
    let now = SystemTime::now();
    let is_old = |folder: &std::fs::DirEntry| {
        let changed = folder.metadata().and_then(|data| data.modified()).ok();
        let age = changed.and_then(|changed| now.duration_since(changed).ok());
        age.is_some_and(|age| age > KEPT)
    };
    let folders = std::fs::read_dir(user_folder.join(DRAGGED));
    for folder in folders.into_iter().flatten().flatten().filter(is_old) {
        // Another instance may have been first.
        let _ = std::fs::remove_dir_all(folder.path());
    }
}
