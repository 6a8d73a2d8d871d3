//! What panels read ([`View`]) and what the open window remembers between frames ([`Desk`]).

use std::sync::Arc;

use dsp::Program;
use music::chord::Chord;
use music::lane::{LANES, Lane};
use music::pitch::PitchClass;
use music::song::Song;
use music::spelling::writes_flat;

use super::access::ParamAccess;
use super::naming::NoteNames;
use super::state::EditorState;
use crate::fonts::Shelf;
use crate::history::Log;
use crate::import::Found;
use crate::preferences::Preferences;
use crate::refine::Refining;
use crate::setup::Chosen;
use crate::snapshot::{Learning, Mixing, Pulse, Reply, Score};
use crate::songs::SongChoice;
use crate::speech::Dictation;

/// A style that is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleChoice {
    /// Stable number: the step of the `style` parameter.
    pub slot: u8,
    /// Stem of its file.
    pub stem: String,
    /// Lowest, usual and highest tempo, BPM.
    pub tempo: (u16, u16, u16),
    /// How long the first of two swung notes is against the second at the usual tempo, thousandths.
    pub swing: u16,
    /// Name on screen.
    pub name: String,
    /// Heading it stands under.
    pub genre: String,
    /// Stems of its own instruments, by lane.
    pub instruments: [String; LANES],
}

/// An instrument of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentChoice {
    /// Stem of its file: what a song remembers.
    pub stem: String,
    /// Name on screen.
    pub name: String,
    /// What kind of instrument it is.
    pub family: String,
}

/// A user's SoundFont in a lane's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontSlot {
    /// Where the file lies; empty: the built-in instrument.
    pub path: String,
    /// Bank and program that were chosen.
    pub program: (u8, u8),
    /// Name of the program that plays; empty while the built-in instrument does.
    pub plays: String,
    /// Every program of the file.
    pub programs: Arc<Vec<Program>>,
    /// What is wrong, in words; empty if nothing is.
    pub problem: String,
}

impl FontSlot {
    /// Of what stands in a lane's place.
    pub fn of(shelf: &Shelf) -> FontSlot {
        FontSlot {
            path: shelf.choice.path.clone(),
            program: (shelf.choice.bank, shelf.choice.program),
            plays: shelf.plays.clone(),
            programs: shelf.programs.clone(),
            problem: shelf.problem.clone(),
        }
    }
}

/// What can be chosen from: styles that are installed, instruments, drum maps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// By rising slot; slots without a style are not in it.
    pub styles: Vec<StyleChoice>,
    /// Instruments that fit a lane, by name.
    pub instruments: [Vec<InstrumentChoice>; LANES],
    /// Names of the drum maps.
    pub drum_maps: Vec<String>,
    /// The user's own folder.
    pub folder: String,
}

impl Library {
    /// Screen name of an instrument; its stem where it is not installed.
    pub fn instrument_name<'a>(&'a self, lane: Lane, stem: &'a str) -> &'a str {
        let fitting = &self.instruments[lane.index()];
        let found = fitting.iter().find(|choice| choice.stem == stem);
        found.map_or(stem, |choice| choice.name.as_str())
    }
}

/// The mix, beyond what the score says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mix {
    /// How far the song is being mixed, if it is.
    pub mixing: Option<Mixing>,
    /// Latency, renewal, reference.
    pub setup: Chosen,
    /// Why the last mix was not decided, in words; empty if it was.
    pub problem: String,
}

/// All that a panel may read in one frame.
pub struct View<'a> {
    /// From the audio thread.
    pub pulse: &'a Pulse,
    /// From the worker.
    pub score: &'a Score,
    /// The song's own settings.
    pub song: &'a Song,
    /// Styles and drum maps.
    pub library: &'a Library,
    /// How far a style is being learnt, if one is.
    pub learning: Option<&'a Learning>,
    /// Mixing and its settings.
    pub mix: &'a Mix,
    /// SoundFonts by lane.
    pub fonts: &'a [FontSlot; LANES],
    /// How far files are written, if they are.
    pub exporting: Option<&'a Mixing>,
    /// What a file that was opened holds.
    pub found: Option<&'a Found>,
    /// What the user did, step by step.
    pub history: &'a Log,
    /// What is proposed, and takes to go back to.
    pub refining: &'a Refining,
    /// Songs that can be chosen.
    pub songs: &'a [SongChoice],
    /// How far a spoken prompt is.
    pub dictation: Dictation,
    /// What notes are called.
    pub names: NoteNames,
    /// Parameters.
    pub params: &'a dyn ParamAccess,
    /// Seconds since the window opened.
    pub now: f64,
}

impl View<'_> {
    /// Bars of the form, at least 1.
    pub fn bars(&self) -> f64 {
        f64::from(self.score.form.bars().max(1))
    }
    /// Ticks of a bar of the score.
    pub fn bar_ticks(&self) -> f64 {
        self.score.meter.bar_ticks().max(1) as f64
    }
    /// Where the playhead stands in the form, in bars from 0. `None` before bar 1 and after a form that
    /// stops.
    pub fn playhead_bars(&self) -> Option<f64> {
        let pulse = self.pulse;
        let inside =
            (pulse.position - pulse.bar_start.0 as f64) / pulse.meter.bar_ticks().max(1) as f64;
        let at = f64::from(pulse.bar_index) + inside.clamp(0.0, 1.0);
        let bars = self.bars();
        match self.song.after_end {
            _ if at < 0.0 => None,
            music::song::AfterEnd::Stop if at >= bars => None,
            _ => Some(at.rem_euclid(bars)),
        }
    }
    /// Stem of the instrument that a lane plays: the song's choice, or the style's own.
    pub fn instrument(&self, lane: Lane) -> &str {
        let own = self.song.instruments[lane.index()].as_str();
        if !own.is_empty() {
            return own;
        }
        let slot = self.params.step("style");
        let mut styles = self.library.styles.iter();
        let style = styles.find(|style| usize::from(style.slot) == slot);
        style.map_or("", |style| style.instruments[lane.index()].as_str())
    }
    /// A chord as the user writes it, `bars` behind the song's start.
    pub fn symbol(&self, chord: &Chord, bars: f64) -> String {
        let english = chord.symbol(self.flat(chord.root, bars));
        self.names.shown(&english).into_owned()
    }
    /// Whether a root is written with a flat `bars` behind the song's start: in the key of the section there.
    pub fn flat(&self, root: PitchClass, bars: f64) -> bool {
        let score = self.score;
        let key = score.form.key_at(bars.max(0.0) as u16, score.key);
        writes_flat(key, score.scale, root)
    }
}

/// Which drawer lies over the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawer {
    /// None.
    #[default]
    Closed,
    /// Song settings and zoom.
    Settings,
    /// Styles, songs, instruments and kits.
    Browser,
    /// Keys, and what they do.
    Help,
    /// Learning a style from files.
    Learn,
    /// Files of the song.
    Export,
    /// A file for the song.
    Import,
    /// Pages of the manual.
    Manual,
    /// The automatic mix and the master.
    Mix,
    /// Messages.
    Log,
}

/// What the open window remembers.
#[derive(Debug)]
pub struct Desk {
    /// Saved with the project.
    pub state: EditorState,
    /// What the user likes, in every project.
    pub likes: Preferences,
    /// What the browser stands at.
    pub browse: super::browser::Browse,
    /// The card of the tour that is shown.
    pub tour: Option<usize>,
    /// The prompt line is to have the keyboard.
    pub to_prompt: bool,
    /// What is typed into the prompt line.
    pub prompt: String,
    /// The folder to learn a style from, as typed.
    pub learn_folder: String,
    /// What that style shall be called.
    pub learn_name: String,
    /// This window has asked for a style to be learnt.
    pub learn_asked: bool,
    /// Paths of SoundFonts as typed, by lane; `None` shows the one that is chosen.
    pub font_paths: [Option<String>; LANES],
    /// Lanes whose SoundFont this window has asked for.
    pub fonts_asked: [bool; LANES],
    /// What the drawer of exports stands at.
    pub export: super::export::Choice,
    /// What the drawer of imports stands at.
    pub import: super::import::Choice,
    /// The page of the manual that is open.
    pub page: usize,
    /// The page of the host that this window is in, if it has one.
    pub home: Option<usize>,
    /// What the mouse carries over the window's edge.
    pub carrying: super::drag::Carrying,
    /// Path of the reference as typed; `None` shows the one that is chosen.
    pub reference: Option<String>,
    /// What the button of the spoken prompt stands at.
    pub speaking: super::prompt::Speaking,
    /// A prompt is on its way.
    pub waiting: bool,
    /// The last answer.
    pub reply: Option<Reply>,
    /// Parameters of the last answer that do not exist or cannot take the value.
    pub refused: Vec<String>,
    /// First bar that the lanes show.
    pub first_bar: f64,
    /// What the hand holds of the song strip.
    pub held: Option<super::song_strip::Held>,
    /// Bars of the form that are selected across the lanes.
    pub bars: Option<std::ops::Range<u16>>,
    /// The section and lane whose takes the worker was asked for.
    pub looked_at: Option<(u16, Lane)>,
    /// The lane that a take was proposed for in the last frame.
    pub proposed: Option<Lane>,
    /// What it selected and holds in the edited lane.
    pub editing: super::lanes::edit::Editing,
    /// The piece of the kit whose feel is shown; `None` for all.
    pub felt_piece: Option<music::drum::Piece>,
    /// What is typed in place of a chord, and where.
    pub chord: Option<(crate::hand::Place, String)>,
    /// The drawer that is open.
    pub drawer: Drawer,
    /// Where the keyboard was before it opened, and whether it has yet to come in.
    pub keyboard: super::drawer::Keyboard,
    /// Messages that the user has seen: the count at the last look into the log.
    pub log_seen: usize,
    /// Fault bits that the user has seen.
    pub faults_seen: u32,
    /// Peak meters as they fall, linear, by bus and side.
    pub meters: [[f32; 2]; crate::snapshot::BUSES],
    /// Highest peak held for a while, main, linear, and since when in seconds.
    pub held_peak: (f32, f64),
    /// Loudness over the last minute.
    pub loudness: super::mixer::History,
    /// Time of the last frame, seconds.
    pub last_frame: f64,
    /// Figures of the notes, by score revision.
    pub figures: super::lanes::Figures,
}

impl Desk {
    /// A new window's.
    pub fn new(state: EditorState) -> Desk {
        let state = state.mended();
        Desk {
            state,
            likes: Preferences::default(),
            browse: Default::default(),
            tour: None,
            to_prompt: false,
            prompt: String::new(),
            learn_folder: String::new(),
            learn_name: String::new(),
            learn_asked: false,
            font_paths: Default::default(),
            fonts_asked: Default::default(),
            export: Default::default(),
            import: Default::default(),
            page: 0,
            home: None,
            carrying: Default::default(),
            reference: None,
            speaking: super::prompt::Speaking::default(),
            waiting: false,
            reply: None,
            refused: Vec::new(),
            first_bar: state.first_bar.into(),
            held: None,
            bars: None,
            looked_at: None,
            proposed: None,
            editing: Default::default(),
            felt_piece: None,
            chord: None,
            drawer: Drawer::Closed,
            keyboard: Default::default(),
            log_seen: 0,
            faults_seen: 0,
            meters: Default::default(),
            held_peak: (0.0, 0.0),
            loudness: Default::default(),
            last_frame: 0.0,
            figures: Default::default(),
        }
    }
    /// The lane whose notes are edited.
    pub fn edited_lane(&self) -> Option<Lane> {
        let lane = self.lane();
        (self.state.editing && !self.state.mixer && lane != Lane::Vocal).then_some(lane)
    }
    /// The lane whose knobs are shown.
    pub fn lane(&self) -> Lane {
        Lane::ALL[self.state.lane as usize % Lane::ALL.len()]
    }
}
