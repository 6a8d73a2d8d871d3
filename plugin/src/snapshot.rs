//! What the editor draws: numbers that the audio thread publishes, and the score that the worker writes.
//!
//! The audio thread sends a [`Pulse`] (small, `Copy`) through a triple buffer; the worker publishes a
//! [`Score`] behind an `Arc`. Panels read both and change neither.

use authoring::editing::notes::Written;
use music::chord::Chord;
use music::lane::LANES;
use music::note::Note;
use music::pitch::{Key, Scale};
use music::plan::{Form, LeadMark};
use music::time::{Meter, Tick};

use crate::hand::{Hand, Place};
use crate::preview::Heard;
use crate::refine::Refine;

/// How many buses there are: main, six lanes, returns.
pub const BUSES: usize = 8;

/// What the audio thread says, once a block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pulse {
    /// The song moves.
    pub playing: bool,
    /// The host has told a transport since the last reset.
    pub host_transport: bool,
    /// Tempo in BPM.
    pub tempo_bpm: f64,
    /// Meter.
    pub meter: Meter,
    /// Song time, ticks since bar 1.
    pub position: f64,
    /// Bar of the song, from 0.
    pub bar_index: i32,
    /// Start of that bar.
    pub bar_start: Tick,
    /// The chord held on MIDI in.
    pub held_chord: Option<Chord>,
    /// Peak of each bus since the last pulse, linear, left and right.
    pub peaks: [[f32; 2]; BUSES],
    /// RMS of each bus over 300 ms, linear, left and right.
    pub rms: [[f32; 2]; BUSES],
    /// Momentary loudness of main, LUFS.
    pub lufs_momentary: f32,
    /// Loudness of main over 3 s, and gated since the host last reset, LUFS.
    pub lufs_short: f32,
    /// See `lufs_short`.
    pub lufs_integrated: f32,
    /// Highest true peak of main since the song began to play, dBTP.
    pub true_peak_dbtp: f32,
    /// How alike both sides of main are, −1 to 1.
    pub correlation: f32,
    /// What the glue and each lane's compressor take away, dB (positive).
    pub glue_db: f32,
    /// See `glue_db`.
    pub strip_db: [f32; LANES],
    /// What each lane's compressor hears, dB.
    pub strip_level_db: [f32; LANES],
    /// Main by thirds of an octave, dB; only while somebody watches.
    pub spectrum: [f32; dsp::SPECTRUM_BANDS],
    /// Limiter's gain reduction, dB (positive).
    pub reduction_db: f32,
    /// Faults since load: see [`Fault`].
    pub faults: u32,
    /// Blocks since load: stands still when the host does not call.
    pub blocks: u64,
    /// Share of the block's time that the last second's worst block took, 0–1.
    pub worst_block: f32,
    /// Share of the last second that blocks took, 0–1.
    pub load: f32,
    /// Number of what is heard before it is chosen ([`crate::preview`]); 0: nothing is.
    pub preview: u64,
    /// The host says that it records.
    pub recording: bool,
}

impl Pulse {
    /// Whether a window that shows `shown` has something new to draw: always while the song moves, and at
    /// rest only when a number that it shows has changed.
    pub fn differs_on_screen(&self, shown: &Pulse) -> bool {
        // Below this a meter shows nothing, linear (-60 dBFS).
        const SEEN: f32 = 0.001;
        let step = |a: f32, b: f32| (a - b).abs() > SEEN;
        self.playing
            || shown.playing
            || self.host_transport != shown.host_transport
            || self.tempo_bpm != shown.tempo_bpm
            || self.meter != shown.meter
            || self.position != shown.position
            || self.held_chord != shown.held_chord
            || self.faults != shown.faults
            || self.preview != shown.preview
            || self.recording != shown.recording
            || (self.blocks == 0) != (shown.blocks == 0)
            || self
                .peaks
                .as_flattened()
                .iter()
                .zip(shown.peaks.as_flattened())
                .any(|(a, b)| step(*a, *b))
    }
}

/// A bit in [`Pulse::faults`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More events in a block than fit.
    EventsLost = 1,
    /// More voices than there are: the quietest were dropped.
    VoicesStolen = 2,
    /// The host told a tempo, position or meter that cannot be.
    BadTransport = 4,
    /// A sample was not a number; the bus was silenced for that block.
    NotANumber = 8,
    /// A step failed, which is a bug in MuseAroo: the band was silent for that block.
    OurBug = 16,
}

/// The song as it will be played with the controls as they stand: what the lanes show.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Counts up with every new score.
    pub revision: u64,
    /// The form.
    pub form: Form,
    /// Meter that it was written out in.
    pub meter: Meter,
    /// Tonic.
    pub key: Key,
    /// Scale.
    pub scale: Scale,
    /// Section and chord marks by rising place.
    pub marks: Vec<(Tick, LeadMark)>,
    /// Chords by rising place.
    pub chords: Vec<ChordMark>,
    /// Notes by lane and rising onset.
    pub notes: [Vec<Note>; LANES],
    /// The same notes as a hand edits them.
    pub origins: [Vec<Written>; LANES],
    /// The song plays as other engines saved it: their revision, and whether the user has chosen so.
    pub take: Option<(u32, bool)>,
    /// What the automatic mix decided, in words, the weightiest first; empty before it has listened.
    pub decided: Vec<String>,
    /// The song has changed since.
    pub decided_is_stale: bool,
    /// What the strips do to the sound before the user's knobs.
    pub strips: [StripBase; LANES],
    /// Integrated loudness that the style's own master arrives at, LUFS.
    pub target_lufs: f32,
    /// Name of the style that plays, and what is missing if it is another one's stand-in.
    pub style: String,
    /// Messages for the log, newest last: broken style files, a state that was mended, faults in words.
    pub log: Vec<String>,
}

/// A strip's equaliser before the user's knobs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripBase {
    /// Nothing below.
    pub high_pass_hz: f32,
    /// The style's.
    pub eq: music::mix::Eq,
    /// What MixAroo decided.
    pub decided: music::mix::Eq,
    /// The compressor.
    pub compressor: music::mix::Dynamics,
}

impl Default for StripBase {
    fn default() -> Self {
        StripBase {
            high_pass_hz: 0.0,
            eq: music::mix::FLAT_EQ,
            decided: music::mix::FLAT_EQ,
            compressor: music::mix::Dynamics::OFF,
        }
    }
}

/// A chord of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct ChordMark {
    /// Bar of the form and sixteenth step in it.
    pub from: Place,
    /// Where the next one starts, or the form ends.
    pub to: Place,
    /// What sounds.
    pub chord: Chord,
    /// The user typed it.
    pub typed: bool,
    /// What may stand in its place, the best first, each with the reason.
    pub others: Vec<(Chord, &'static str)>,
}

/// What the editor asks the worker to do. Parameters are set through the host instead.
#[derive(Clone, Debug)]
pub enum Command {
    /// Read a prompt; the answer comes as [`Reply`].
    Prompt(String),
    /// The button of the spoken prompt goes down, or up; what comes of it is in [`crate::speech::Speech`].
    Speak(bool),
    /// A project of older engines: the present ones play it (true), or it stays as it was saved (false).
    Engines(bool),
    /// Learn a style from the MIDI files of a folder; the answer comes as [`Reply`], or as a message.
    Learn {
        /// As the user wrote it.
        folder: String,
        /// What the style shall be called; empty for the folder's own name.
        name: String,
    },
    /// Play a lane by a SoundFont file; an empty path gives the built-in instrument back.
    Font {
        /// Whose instrument.
        lane: music::lane::Lane,
        /// Where the file lies, as the user wrote it.
        path: String,
        /// Bank and program; `None` for the first that fits.
        program: Option<(u8, u8)>,
    },
    /// Listen to the song and decide its mix; with a reference, towards that.
    Mix {
        /// Path of an audio file to sound like; empty: none.
        reference: String,
    },
    /// Settings of the instance.
    Setup(crate::setup::Chosen),
    /// Write files of the song.
    Export(crate::export::Export),
    /// Stop writing; what was begun is deleted.
    CancelExport,
    /// Show a folder in the system's file manager; empty: where exports go by themselves.
    Reveal(String),
    /// Say what a file holds, as [`crate::import::Found`].
    Inspect(String),
    /// Bring in what a file holds.
    Import(crate::import::Import),
    /// Stop mixing; the mix stays as it was.
    CancelMix,
    /// Back to the style's own mix.
    ForgetMix,
    /// Stop learning; nothing is kept.
    CancelLearning,
    /// Change the song's own settings (start bar, length, after the end, drum map …).
    Song(Box<music::song::Song>),
    /// Change the song, said in words for the list of steps.
    Edit(String, Box<music::song::Song>),
    /// Change form, chords or notes.
    Hand(Hand),
    /// Other takes of bars of a lane.
    Refine(Refine),
    /// The internal clock goes to a bar of the song, from 0.
    GoTo(u32),
    /// Note what was turned by hand, in words; whether soon after the same hand's last turn.
    Turned(String, Vec<crate::history::Turn>, bool),
    /// Take steps back, or do them again, until so many are done.
    Walk(usize),
    /// Go over to the other of two versions.
    Compare,
    /// Let something be heard before it is chosen; `None` ends that.
    Preview(Option<Heard>),
    /// Every note ends at once.
    Panic,
    /// Look for songs on disk.
    RenewSongs,
    /// Put a song from the browser in this one's place, as one step.
    LoadSong(String),
    /// Keep this song and every knob in the user's folder.
    SaveSong {
        /// Its name.
        name: String,
        /// Words to find it by.
        tags: Vec<String>,
    },
    /// Delete a song of the user's own, by its stem.
    DeleteSong(String),
    /// Give a song of the user's own another name.
    RenameSong {
        /// Its stem.
        stem: String,
        /// What it shall be called.
        name: String,
    },
    /// Keep what the user likes.
    Prefer(Box<crate::preferences::Preferences>),
    /// Panic in the worker.
    #[cfg(test)]
    Break,
}

/// What the worker answers to a prompt: parameters that the editor must set through the host, so that they
/// are undoable and automatable there, and words for the user.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// (parameter id, text as the host shows it).
    pub set: Vec<(String, String)>,
    /// What was understood, one line.
    pub understood: String,
    /// Words that were not.
    pub not_understood: Vec<String>,
    /// What the step is called that this belongs to.
    pub step: String,
}

/// How far a song is being mixed, or written into files.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixing {
    /// 0–1.
    pub share: f32,
    /// What is being done, in words.
    pub what: String,
}

/// How far a style is being learnt from a folder of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learning {
    /// Files read.
    pub done: usize,
    /// Files in all; 0 while they are being looked for.
    pub total: usize,
    /// What is being done: a file's name, or a word.
    pub what: String,
}
