//! A user's own SoundFonts: which file plays which lane, and the way of a font to the audio thread and back.
//!
//! Files are read where a project is loaded or by the worker, never on the audio thread. A project remembers
//! path, size and checksum; a file that is missing or damaged is said, and the built-in instrument plays. A
//! project that loads has its fonts in place before the first block, so that a bounce right after loading
//! sounds as it was heard.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dsp::{Font, Program, SoundFontBank};
use music::lane::{LANES, Lane};
use serde::{Deserialize, Serialize};

/// Largest file that is read, bytes. It is held in memory whole.
const MAX_BYTES: u64 = 1_000_000_000;
/// Fonts that may be on their way to the audio thread or back.
const IN_FLIGHT: usize = 4 * LANES;

/// A program of a SoundFont file for a lane, as a project saves it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FontChoice {
    /// Where the file lies; empty: the built-in instrument.
    pub path: String,
    /// CRC-32 of the file when it was chosen; 0 where it was never read.
    pub checksum: u32,
    /// Its size then.
    pub bytes: u64,
    /// Bank; 128 holds drum kits.
    pub bank: u8,
    /// Program, 0–127.
    pub program: u8,
}

/// What stands in a lane's place.
#[derive(Clone, Default)]
pub struct Shelf {
    /// What the user chose.
    pub choice: FontChoice,
    /// Name of the program that plays; empty while the built-in instrument does.
    pub plays: String,
    /// Every program of the file.
    pub programs: Arc<Vec<Program>>,
    /// What is wrong, in words; empty if nothing is.
    pub problem: String,
    bank: Option<SoundFontBank>,
}

impl Shelf {
    fn program(&self) -> Option<&Program> {
        self.programs
            .iter()
            .find(|p| (p.bank, p.program) == (self.choice.bank, self.choice.program))
    }
}

/// A font for a lane, or none for the built-in instrument.
pub type Turn = (Lane, Option<Box<Font>>);

/// What stands in every lane's place.
pub type Shelves = Arc<[Shelf; LANES]>;

/// Fonts of an instance, for everyone but the audio thread.
pub struct Fonts {
    /// Replaced whole, and locked for that alone: nobody who looks waits while a font is read or made.
    shelves: Mutex<Shelves>,
    /// Sample rate that fonts are made for; 0 before the host has told one.
    rate_hz: Mutex<f32>,
    to_audio: Mutex<rtrb::Producer<Turn>>,
    from_audio: Mutex<rtrb::Consumer<Box<Font>>>,
}

/// The audio thread's end.
pub struct FontsEnd {
    /// Fonts that come.
    pub turns: rtrb::Consumer<Turn>,
    /// Fonts that have left, to be freed elsewhere.
    pub left: rtrb::Producer<Box<Font>>,
}

impl Fonts {
    /// Both ends.
    pub fn new() -> (Fonts, FontsEnd) {
        let (to_audio, turns) = rtrb::RingBuffer::new(IN_FLIGHT);
        let (left, from_audio) = rtrb::RingBuffer::new(IN_FLIGHT);
        let fonts = Fonts {
            shelves: Mutex::default(),
            rate_hz: Mutex::new(0.0),
            to_audio: Mutex::new(to_audio),
            from_audio: Mutex::new(from_audio),
        };
        (fonts, FontsEnd { turns, left })
    }
    /// What stands in every lane's place as it is; another list where something has changed.
    pub fn shelves(&self) -> Shelves {
        locked(&self.shelves).clone()
    }
    /// What a project saves.
    pub fn choices(&self) -> [FontChoice; LANES] {
        self.shelves().each_ref().map(|shelf| shelf.choice.clone())
    }
    /// Frees what the audio thread has given back.
    pub fn sweep(&self) {
        let mut from_audio = locked(&self.from_audio);
        while from_audio.pop().is_ok() {}
    }
    /// Puts a file in a lane's place, from the next block on; an empty path gives the built-in instrument back.
    /// `chosen` says bank and program; else the first that fits the lane. Takes as long as the disk does.
    ///
    /// # Errors
    /// In words, for the user; what stood there goes on to play.
    pub fn choose(
        &self,
        lane: Lane,
        path: &str,
        chosen: Option<(u8, u8)>,
    ) -> Result<String, String> {
        self.sweep();
        let path = path.trim();
        if path.is_empty() {
            self.place(lane, Shelf::default())?;
            return Ok(format!("{}: the built-in instrument plays.", lane.name()));
        }
        let loaded = self.already(path).map_or_else(|| read(Path::new(path)), Ok);
        let (bank, checksum, bytes) = loaded.map_err(|why| format!("{path}: {why}"))?;
        let programs = bank.programs();
        let program = match chosen {
            Some(chosen) => programs.iter().find(|p| (p.bank, p.program) == chosen),
            None => programs
                .iter()
                .find(|p| (p.bank == 128) == (lane == Lane::Drums))
                .or(programs.first()),
        };
        let program = program.ok_or_else(|| match chosen {
            Some((bank, number)) => format!("{path} has no program {bank}:{number}"),
            None => format!("{path} has no programs"),
        })?;
        let shelf = Shelf {
            choice: FontChoice {
                path: path.to_owned(),
                checksum,
                bytes,
                bank: program.bank,
                program: program.program,
            },
            plays: program.name.clone(),
            problem: String::new(),
            programs: Arc::new(programs.clone()),
            bank: Some(bank),
        };
        let said = format!(
            "{}: \u{201c}{}\u{201d} of {path} plays.",
            lane.name(),
            program.name
        );
        self.place(lane, shelf)?;
        Ok(said)
    }
    /// The choices of a project that was loaded. Says what could not be done.
    pub fn restore(&self, choices: [FontChoice; LANES]) -> Vec<String> {
        let mut said = Vec::new();
        for (lane, choice) in Lane::ALL.into_iter().zip(choices) {
            if choice == self.shelves()[lane.index()].choice {
                continue;
            }
            let wanted = Some((choice.bank, choice.program));
            match self.choose(lane, &choice.path, wanted) {
                Ok(_) if choice.path.is_empty() => {}
                Ok(_) => {
                    let now = &self.shelves()[lane.index()].choice;
                    if (now.checksum, now.bytes) != (choice.checksum, choice.bytes) {
                        said.push(format!(
                            "{}: {} has changed since the project was saved; it plays as it is.",
                            lane.name(),
                            choice.path
                        ));
                    }
                }
                Err(why) => {
                    said.push(format!(
                        "{}: {why}; the built-in instrument plays. Put the file back and load the project anew, or \
                         choose another on the lane's Sound page.",
                        lane.name()
                    ));
                    // The choice stays with the project: the file may be there tomorrow.
                    let shelf = Shelf {
                        choice,
                        problem: why,
                        ..Shelf::default()
                    };
                    let _ = self.place(lane, shelf);
                }
            }
        }
        said
    }
    /// The fonts of every lane for a sample rate, made anew: before the first block at that rate.
    pub fn prepare(&self, rate_hz: f32) -> Vec<Turn> {
        // Held to the end: no font for another rate is on its way when this returns.
        let mut rate = locked(&self.rate_hz);
        *rate = rate_hz;
        self.sweep();
        self.make(rate_hz)
    }
    /// The fonts of every lane for any sample rate, for a player of one's own.
    pub fn make(&self, rate_hz: f32) -> Vec<Turn> {
        let shelves = self.shelves();
        Lane::ALL
            .into_iter()
            .map(|lane| (lane, self.make_one(lane, &shelves[lane.index()], rate_hz)))
            .collect()
    }
    fn make_one(&self, lane: Lane, shelf: &Shelf, rate_hz: f32) -> Option<Box<Font>> {
        let (bank, program) = shelf.bank.as_ref().zip(shelf.program())?;
        match Font::new(bank, program, rate_hz) {
            Ok(font) => Some(Box::new(font)),
            Err(why) => {
                let mut shelves = locked(&self.shelves);
                let now = &mut Arc::make_mut(&mut shelves)[lane.index()];
                // Unless something else was chosen meanwhile.
                if now.choice == shelf.choice {
                    now.problem = why;
                    now.plays.clear();
                }
                None
            }
        }
    }
    /// Puts a shelf in place and sends its font on its way, once the rate is known.
    fn place(&self, lane: Lane, shelf: Shelf) -> Result<(), String> {
        let rate = locked(&self.rate_hz);
        let rate_hz = *rate;
        let font = match (shelf.bank.as_ref().zip(shelf.program()), rate_hz > 0.0) {
            (Some((bank, program)), true) => Some(Box::new(Font::new(bank, program, rate_hz)?)),
            _ => None,
        };
        let mut shelves = locked(&self.shelves);
        if rate_hz > 0.0 {
            // Full only while the host does not call: then the rate is prepared anew before it does.
            let _ = locked(&self.to_audio).push((lane, font));
        }
        Arc::make_mut(&mut shelves)[lane.index()] = shelf;
        Ok(())
    }
    /// The bank of a path that another lane has loaded.
    fn already(&self, path: &str) -> Option<(SoundFontBank, u32, u64)> {
        self.shelves()
            .iter()
            .filter(|shelf| shelf.choice.path == path)
            .find_map(|s| Some((s.bank.clone()?, s.choice.checksum, s.choice.bytes)))
    }
}

/// Reads a file: the bank, its checksum and its size.
fn read(path: &Path) -> Result<(SoundFontBank, u32, u64), String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let meta = file.metadata().map_err(|error| error.to_string())?;
    if !meta.is_file() {
        return Err("not a file".to_owned());
    }
    if meta.len() > MAX_BYTES {
        return Err("over 1 GB, which would have to be held in memory".to_owned());
    }
    let mut counted = Counted {
        inner: BufReader::with_capacity(1 << 16, file),
        hasher: crc32fast::Hasher::new(),
    };
    let bank = SoundFontBank::read(&mut counted)?;
    // What follows the last chunk belongs to the file too.
    std::io::copy(&mut counted, &mut std::io::sink()).map_err(|error| error.to_string())?;
    Ok((bank, counted.hasher.finalize(), meta.len()))
}

/// Takes the checksum of what is read through it.
struct Counted<R> {
    inner: R,
    hasher: crc32fast::Hasher,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(out)?;
        self.hasher.update(&out[..count]);
        Ok(count)
    }
}

/// Locks; what a thread that panicked leaves behind is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
