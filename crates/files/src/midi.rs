//! Standard MIDI Files of a song: type 1, 960 pulses a quarter, one track a lane.
//!
//! The first track holds tempo, meter, key signature and the markers `section:NAME` and `chord:SYMBOL`;
//! a lane's track has the lane's name. The reader understands what the writer writes, and enough of other
//! files to compare notes; [`AnyFile`] reads what anybody else played.

mod any;
mod reader;
mod rewrite;
mod writer;

use std::path::Path;

use music::lane::Lane;
use music::pitch::{Key, Pitch, Scale};
use music::time::{Meter, Tick};

use crate::error::FileError;

pub use any::{AnyFile, AnyTrack, FileBar};

/// A note of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileNote {
    /// Start.
    pub onset: Tick,
    /// MIDI pitch.
    pub pitch: Pitch,
    /// Velocity, 1–127.
    pub velocity: u8,
    /// Length in ticks, at least 1.
    pub duration: i64,
}

/// The notes of one lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Whose they are; its name is the track's.
    pub lane: Lane,
    /// MIDI channel, 1–16.
    pub channel: u8,
    /// By rising onset.
    pub notes: Vec<FileNote>,
}

/// A marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A section starts: the word that names its kind.
    Section(String),
    /// A chord starts: its symbol.
    Chord(String),
}

impl Mark {
    /// The marker as text: `section:verse`, `chord:C/E`.
    pub fn text(&self) -> String {
        match self {
            Mark::Section(word) => format!("section:{word}"),
            Mark::Chord(symbol) => format!("chord:{symbol}"),
        }
    }
    /// Reads [`Mark::text`].
    pub fn parse(text: &str) -> Option<Mark> {
        match text.split_once(':')? {
            ("section", word) => Some(Mark::Section(word.to_owned())),
            ("chord", symbol) => Some(Mark::Chord(symbol.to_owned())),
            _ => None,
        }
    }
}

/// A song as a file holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SongFile {
    /// Title, the name of the first track.
    pub title: String,
    /// Tempo changes, microseconds a quarter, by rising place; the first at 0.
    pub tempi: Vec<(Tick, u32)>,
    /// Meter changes by rising place; the first at 0.
    pub meters: Vec<(Tick, Meter)>,
    /// Sharps (positive) or flats (negative), and whether the key is minor.
    pub signature: Option<(i8, bool)>,
    /// Markers by rising place.
    pub marks: Vec<(Tick, Mark)>,
    /// Lanes in score order.
    pub tracks: Vec<Track>,
    /// Where the last bar ends.
    pub end: Tick,
}

impl SongFile {
    /// Writes the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, path: &Path) -> Result<(), FileError> {
        std::fs::write(path, self.to_bytes()).map_err(FileError::io(path))
    }
    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        writer::bytes(self)
    }
    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file or it is not MIDI.
    pub fn read(path: &Path) -> Result<SongFile, FileError> {
        let bytes = std::fs::read(path).map_err(FileError::io(path))?;
        SongFile::from_bytes(&bytes).map_err(FileError::format(path))
    }
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn from_bytes(bytes: &[u8]) -> Result<SongFile, String> {
        reader::song(bytes)
    }
    /// One lane's notes; none when the file lacks the lane.
    pub fn notes(&self, lane: Lane) -> &[FileNote] {
        self.tracks
            .iter()
            .find(|t| t.lane == lane)
            .map_or(&[], |t| &t.notes)
    }
}

/// The key signature of a scale: sharps (or, negative, flats) of the notes in it, and whether it is minor.
/// Modes take the signature of the major scale that shares their notes.
pub fn signature(key: Key, scale: Scale) -> (i8, bool) {
    // Semitones from the tonic up to the tonic of the major scale with the same notes.
    let to_major = match scale {
        Scale::Major | Scale::MajorPentatonic | Scale::HarmonicMajor | Scale::WholeTone => 0,
        Scale::Dorian => 10,
        Scale::Phrygian | Scale::PhrygianDominant => 8,
        Scale::Lydian => 7,
        Scale::Mixolydian => 5,
        Scale::Locrian => 1,
        Scale::Minor
        | Scale::HarmonicMinor
        | Scale::MelodicMinor
        | Scale::MinorPentatonic
        | Scale::Blues
        | Scale::Diminished => 3,
    };
    let major = key.up(to_major).0 as i32;
    // Around the circle of fifths; six or more sharps are written as flats, but F# keeps its six.
    let sharps = (major * 7).rem_euclid(12);
    (
        if sharps > 6 { sharps - 12 } else { sharps } as i8,
        to_major == 3,
    )
}

#[cfg(test)]
mod tests;
