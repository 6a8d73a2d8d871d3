//! Brings in what a file holds: chords, a tune, a feel, or a sound to go towards. One step in the list of steps, and
//! part of the song from then on.

use std::fs;
use std::path::Path;

use authoring::editing::notes::{self, Spot, Written};
use authoring::groove_extract::{self, Extracted};
use authoring::import as take;
use files::decode::Decoder;
use files::midi::{AnyFile, AnyTrack, FileNote};
use music::lane::Lane;
use music::note::Role;
use music::pitch::Pitch;
use music::plan::Form;
use music::song::Song;
use music::time::Tick;

use super::listen::{Listener, Wish};
use super::{hand, place};
use crate::hand::Hand;
use crate::handoff::Shared;
use crate::import::{Found, Holds, Import, Wanted};
use crate::params::MuseParams;
use crate::snapshot::Score;

/// Largest MIDI file that is read. Taste: a symphony has one megabyte.
const MOST_BYTES: u64 = 8 << 20;

/// Says what a file holds.
pub fn inspect(text: &str) -> Found {
    let found = place::read(text, "MIDI or audio file").and_then(|path| look(&path));
    let (holds, words) = match found {
        Ok(found) => found,
        Err(why) => (Holds::Nothing, why),
    };
    Found {
        path: text.trim().to_owned(),
        holds,
        words,
    }
}

fn look(path: &Path) -> Result<(Holds, String), String> {
    if is_midi(path)? {
        let file = midi(path)?;
        let lanes = authoring::parts::lanes_of(&file);
        let all = Lane::PLAYED.into_iter();
        let heard = all.filter(|lane| lanes.contains(&Some(*lane)));
        let names: Vec<&str> = heard.map(Lane::name).collect();
        let bars = file.bars().len();
        let words = format!("MIDI, {bars} bars: {}", names.join(", "));
        return Ok((Holds::Midi, words));
    }
    let file = Decoder::open(path).map_err(|error| bare(path, &error))?;
    let length = match file.seconds() {
        Some(seconds) => format!("{}:{:02}", seconds as u64 / 60, seconds as u64 % 60),
        None => "of unknown length".to_owned(),
    };
    Ok((
        Holds::Audio,
        format!("Audio, {length}, {} Hz", file.rate_hz()),
    ))
}

/// An error without the path that the window shows anyway.
fn bare(path: &Path, error: &impl ToString) -> String {
    let said = error.to_string();
    let named = format!("{}: ", path.display());
    said.strip_prefix(&named).unwrap_or(&said).to_owned()
}

/// Whether a file begins as MIDI does, whatever it is called.
fn is_midi(path: &Path) -> Result<bool, String> {
    let data = fs::metadata(path).map_err(|error| bare(path, &error))?;
    if !data.is_file() {
        return Err("that is a folder, not a file".to_owned());
    }
    if data.len() == 0 {
        return Err("the file is empty".to_owned());
    }
    let mut head = [0; 4];
    let read = fs::File::open(path).and_then(|mut f| std::io::Read::read_exact(&mut f, &mut head));
    let named = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    let named = ["mid", "midi"].contains(&named.to_lowercase().as_str());
    Ok(named || read.is_ok() && &head == b"MThd")
}

fn midi(path: &Path) -> Result<AnyFile, String> {
    let bytes = fs::metadata(path)
        .map_err(|error| bare(path, &error))?
        .len();
    if bytes > MOST_BYTES {
        return Err(format!("{} MB is too large for a MIDI file", bytes >> 20));
    }
    let file = AnyFile::read(path).map_err(|error| bare(path, &error))?;
    if file.tracks.is_empty() {
        return Err("there are no notes in it".to_owned());
    }
    Ok(file)
}

/// Brings in what is wanted, and says how that went.
pub fn bring(
    shared: &Shared,
    params: &MuseParams,
    form: &Form,
    import: &Import,
    listener: &mut Listener,
) {
    let name = Path::new(import.path.trim().trim_matches(['"', '\''])).file_name();
    let name = name.unwrap_or_default().to_string_lossy().into_owned();
    let done = place::read(&import.path, "MIDI or audio file").and_then(|path| {
        let basis = Basis {
            shared,
            params,
            form,
            name: &name,
            bar: import.bar,
        };
        match import.wanted {
            Wanted::Chords => basis.chords(&midi(&path)?),
            Wanted::Melody => basis.melody(&midi(&path)?),
            Wanted::Groove(lane) => basis.groove(&midi(&path)?, lane),
            Wanted::Sound => {
                Decoder::open(&path).map_err(|error| bare(&path, &error))?;
                let reference = path.display().to_string();
                let chosen = crate::setup::Chosen {
                    reference: reference.clone(),
                    ..shared.setup.get()
                };
                shared.setup.set(chosen);
                shared.project.changed();
                listener.start(params, Wish { reference });
                Ok("the mix goes towards its sound".to_owned())
            }
        }
    });
    shared.say(match done {
        Ok(words) => format!("{name}: {words}."),
        Err(why) => format!("{name}: {why}."),
    });
}

/// What an import stands on.
struct Basis<'a> {
    shared: &'a Shared,
    params: &'a MuseParams,
    form: &'a Form,
    name: &'a str,
    bar: u16,
}

impl Basis<'_> {
    fn chords(&self, file: &AnyFile) -> Result<String, String> {
        let song = &self.shared.material().song;
        let mut bars = take::chords(file, self.shared.score().meter)?;
        let room = usize::from(self.form.bars().saturating_sub(self.bar));
        let all = bars.len();
        bars.truncate(room);
        let count = bars.len();
        let before = song.chords.clone();
        let order = Hand::Chords {
            bar: self.bar,
            words: format!("of {}", self.name),
            bars,
        };
        hand::obey(self.shared, self.params, self.form, order);
        if self.shared.material().song.chords == before {
            return Err("the song has these chords already, or no room for them".to_owned());
        }
        Ok(match all > count {
            true => format!(
                "chords of {count} bars; {} more are behind the song's end",
                all - count
            ),
            false => format!("chords of {count} bars from bar {}", self.bar + 1),
        })
    }
    fn melody(&self, file: &AnyFile) -> Result<String, String> {
        let score = self.shared.score();
        let ticks = score.meter.bar_ticks().max(1);
        let tune = take::melody(file)?;
        let octaves = i32::from(self.params.controls().lanes[Lane::Melody.index()].register);
        let bars = tune.last().map_or(0, |n| n.onset.0 / ticks + 1);
        let spots = |bars: i64| {
            let bars = (0..bars).filter_map(|bar| u16::try_from(bar).ok());
            let bars = bars.map(|bar| self.bar.saturating_add(bar));
            bars.filter_map(|bar| self.spot(bar, Lane::Melody))
        };
        let taken: Vec<Spot> = spots(bars).collect();
        let written = |note: &FileNote| {
            let spot = *taken.get(usize::try_from(note.onset.0 / ticks).ok()?)?;
            let onset = (note.onset.0 % ticks) as i16;
            let pitch = (i32::from(note.pitch.0) - 12 * octaves).clamp(0, 127);
            Some(Written {
                spot,
                grid: onset,
                onset,
                duration: note.duration.clamp(1, 30_000) as u16,
                pitch: Pitch(pitch as u8),
                velocity: note.velocity,
                role: Role::Played,
                kept: true,
            })
        };
        let held: Vec<Written> = tune.iter().filter_map(written).collect();
        let lost = tune.len() - held.len();
        let words = format!("Melody of {}", self.name);
        self.lock(&words, &taken, &held)?;
        let more = match lost {
            0 => String::new(),
            lost => format!("; {lost} more are behind the song's end"),
        };
        let (notes, bars, from) = (held.len(), taken.len(), self.bar + 1);
        Ok(format!(
            "{notes} notes in {bars} bars from bar {from}{more}"
        ))
    }
    fn groove(&self, file: &AnyFile, lane: Lane) -> Result<String, String> {
        let (found, whose) = take::groove(file)?;
        let score = self.shared.score();
        let tempo_mbpm = self.shared.heard.tempo_mbpm();
        let own = as_file(&score, lane, tempo_mbpm);
        let before = measured(&own, lane, &found)?;
        let pitched = lane != Lane::Drums;
        let row = |note: &FileNote| groove_extract::row(lane, note);
        let mut felt = own.clone();
        let moved = &mut felt.tracks[0].notes;
        groove_extract::lay(&own, moved, row, &found.template, pitched);
        let after = measured(&felt, lane, &found)?;
        let ticks = score.meter.bar_ticks().max(1);
        let notes = own.tracks[0].notes.iter().zip(&felt.tracks[0].notes);
        let held: Vec<Written> = notes
            .zip(&score.origins[lane.index()])
            .filter_map(|((from, to), origin)| {
                let start = self.bar_start(origin.spot)? * ticks;
                let onset = (to.onset.0 - start).clamp(-30_000, 30_000) as i16;
                // What energy makes of a velocity is left to it.
                let force = f64::from(to.velocity) / f64::from(from.velocity.max(1));
                let velocity = (f64::from(origin.velocity) * force).round();
                Some(Written {
                    grid: onset,
                    onset,
                    velocity: velocity.clamp(1.0, 127.0) as u8,
                    kept: true,
                    ..*origin
                })
            })
            .collect();
        let mut spots: Vec<Spot> = held.iter().map(|note| note.spot).collect();
        spots.dedup();
        let words = format!("Groove of {} on {}", self.name, lane.name());
        self.lock(&words, &spots, &held)?;
        let ms = |of: Option<f64>| of.map_or("unknown".to_owned(), |ms| format!("{ms:.1} ms"));
        Ok(format!(
            "the feel of its {} on {}: {} away from it before, {} after",
            whose.name().to_lowercase(),
            lane.name(),
            ms(before),
            ms(after)
        ))
    }
    /// Bars that stand as these notes, in one step.
    fn lock(&self, words: &str, spots: &[Spot], held: &[Written]) -> Result<(), String> {
        let mut song: Song = self.shared.material().song.clone();
        for spot in spots {
            let room = notes::locked(&song, *spot, held);
            song = room.ok_or("that is more than a song has room for")?;
        }
        if spots.is_empty() || song == self.shared.material().song {
            return Err("nothing of it lies within the song".to_owned());
        }
        self.shared.edit_song(words, song);
        Ok(())
    }
    fn spot(&self, bar: u16, lane: Lane) -> Option<Spot> {
        let (_, section) = self.form.section_at(bar)?;
        Some(Spot {
            section: section.key,
            bar: bar - section.first_bar,
            lane,
        })
    }
    /// Bar of the form, from 0.
    fn bar_start(&self, spot: Spot) -> Option<i64> {
        let sections = &self.form.sections;
        let section = sections.iter().find(|s| s.key == spot.section)?;
        Some(i64::from(section.first_bar + spot.bar))
    }
}

/// A lane of the score as a file, in the score's order.
fn as_file(score: &Score, lane: Lane, tempo_mbpm: u32) -> AnyFile {
    let note = |n: &music::note::Note| FileNote {
        onset: n.onset,
        pitch: n.pitch,
        velocity: n.velocity,
        duration: i64::from(n.duration),
    };
    let tempo = 60_000_000_000 / u64::from(tempo_mbpm.max(1));
    AnyFile {
        tempi: vec![(Tick(0), tempo as u32)],
        meters: vec![(Tick(0), score.meter)],
        tracks: vec![AnyTrack {
            name: lane.name().to_owned(),
            channel: if lane == Lane::Drums { 10 } else { 1 },
            notes: score.notes[lane.index()].iter().map(note).collect(),
            ..AnyTrack::default()
        }],
        ..AnyFile::default()
    }
}

/// How far a lane is from a feel, ms.
fn measured(file: &AnyFile, lane: Lane, found: &Extracted) -> Result<Option<f64>, String> {
    let notes = &file.tracks[0].notes;
    let row = |note: &FileNote| groove_extract::row(lane, note);
    let own = groove_extract::extract_notes(file, notes, row, Some(found.swing()));
    let own = own.map_err(|said| format!("{} {said}", lane.name()))?;
    Ok(groove_extract::residual_ms(
        found,
        &own,
        lane != Lane::Drums,
    ))
}

#[cfg(test)]
mod tests;
