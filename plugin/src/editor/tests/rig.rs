//! A band without a host: parameters in a map, a busy song, a pulse to move. Tests and pictures share it.

pub mod hands;
mod params;
mod ranges;
pub mod raster;
mod score;

use music::chord::Chord;
use music::lane::{LANES, Lane};
use music::song::Song;
use music::time::{Meter, Tick};

use crate::editor::access::{Outbox, Wish};
use crate::editor::desk::{Desk, FontSlot, InstrumentChoice, Library, Mix, StyleChoice, View};
use crate::editor::state::EditorState;
use crate::editor::{draw, master};
use crate::history::Log;
use crate::refine::Refining;
use crate::snapshot::{Command, Learning, Pulse, Score};
use crate::songs::SongChoice;
use crate::speech::Dictation;

use params::FakeParams;
pub use score::{chord_marks, score};

/// Everything that a window reads, and what it asked for.
pub struct Rig {
    /// Parameters.
    pub params: FakeParams,
    /// From the audio thread.
    pub pulse: Pulse,
    /// From the worker.
    pub score: Score,
    /// Song settings.
    pub song: Song,
    /// Styles and maps.
    pub library: Library,
    /// How far a style is being learnt.
    pub learning: Option<Learning>,
    /// Mixing and its settings.
    pub mix: Mix,
    /// SoundFonts by lane.
    pub fonts: [FontSlot; LANES],
    /// How far files are written.
    pub exporting: Option<crate::snapshot::Mixing>,
    /// What a file holds.
    pub found: Option<crate::import::Found>,
    /// What was done.
    pub history: Log,
    /// What is proposed.
    pub refining: Refining,
    /// Songs that can be chosen.
    pub songs: Vec<SongChoice>,
    /// How far a spoken prompt is.
    pub dictation: Dictation,
    /// What the window remembers.
    pub desk: Desk,
    /// Everything asked for so far; parameter wishes are granted at once.
    pub wishes: Vec<Wish>,
    /// Frames drawn.
    pub frames: usize,
}

impl Default for Rig {
    fn default() -> Self {
        let library = library();
        let score = score();
        Rig {
            params: FakeParams::new(&library),
            pulse: Pulse {
                tempo_bpm: 120.0,
                ..Pulse::default()
            },
            song: Song {
                bars: score.form.bars(),
                ..Song::default()
            },
            score,
            library,
            learning: None,
            mix: Mix::default(),
            fonts: Default::default(),
            exporting: None,
            found: None,
            history: Log::default(),
            refining: Refining::default(),
            songs: songs(),
            dictation: Dictation::Rests,
            desk: Desk::new(EditorState::default()),
            wishes: Vec::new(),
            frames: 0,
        }
    }
}

impl Rig {
    /// A rig that stands in bar `bar` (from 0) and plays.
    pub fn playing(bar: f64) -> Rig {
        let mut rig = Rig::default();
        let ticks = bar * 3840.0;
        rig.pulse = Pulse {
            playing: true,
            host_transport: true,
            tempo_bpm: 92.0,
            meter: Meter::default(),
            position: ticks,
            bar_index: bar.floor() as i32,
            bar_start: Tick(bar.floor() as i64 * 3840),
            held_chord: Chord::parse("Dm9"),
            lufs_momentary: -14.3,
            reduction_db: 2.4,
            blocks: 4000,
            worst_block: 0.21,
            ..Pulse::default()
        };
        for (bus, peak) in [0.78, 0.5, 0.42, 0.3, 0.16, 0.36, 0.0, 0.1]
            .into_iter()
            .enumerate()
        {
            rig.pulse.peaks[bus] = [peak, peak * 0.86];
        }
        rig
    }
    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        self.frames += 1;
        let now = ui.input(|i| i.time);
        let view = View {
            pulse: &self.pulse,
            score: &self.score,
            song: &self.song,
            library: &self.library,
            learning: self.learning.as_ref(),
            mix: &self.mix,
            fonts: &self.fonts,
            exporting: self.exporting.as_ref(),
            found: self.found.as_ref(),
            history: &self.history,
            refining: &self.refining,
            songs: &self.songs,
            dictation: self.dictation,
            names: self.desk.likes.note_names,
            params: &self.params,
            now,
        };
        master::follow(&self.pulse, self.pulse.playing, now, &mut self.desk);
        let mut out = Outbox::default();
        draw::show(ui, &view, &mut self.desk, &mut out);
        for wish in &out.wishes {
            match wish {
                Wish::Set(id, value) => self.params.automate(id, *value),
                Wish::Command(Command::Setup(chosen)) => self.mix.setup = chosen.clone(),
                _ => {}
            }
        }
        self.wishes.extend(out.wishes);
    }
}

fn songs() -> Vec<SongChoice> {
    let song = |name: &str, tags: &[&str], own: bool, problem: &str| SongChoice {
        stem: name.to_lowercase(),
        name: name.into(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        own,
        problem: problem.into(),
    };
    vec![
        song("Rainy window", &["calm", "study"], false, ""),
        song("Stage lights", &["band", "loud"], false, ""),
        song("Blue hour", &["calm", "jazz"], false, ""),
        song("My morning", &["calm"], true, ""),
        song(
            "torn",
            &[],
            true,
            "torn.json: line 1: it ends in the middle",
        ),
    ]
}

/// Stem and name by lane, the styles' own first.
const INSTRUMENTS: [&[(&str, &str)]; LANES] = [
    &[
        ("kit-rock", "Rock kit"),
        ("kit-jazz", "Jazz kit"),
        ("kit-808", "808 kit"),
    ],
    &[
        ("finger-bass", "Finger bass"),
        ("upright-bass", "Upright bass"),
    ],
    &[("tine-piano", "Tine piano"), ("organ", "Organ")],
    &[("warm-pad", "Warm pad"), ("choir", "Choir")],
    &[("saw-lead", "Saw lead"), ("flute", "Flute")],
    &[("", "")],
];

fn library() -> Library {
    let styles = [
        (0, "Rock", "Rock and pop"),
        (1, "Pop", "Rock and pop"),
        (32, "Ballad", "Ballad and soul"),
        (48, "Funk", "Funk"),
        (64, "Lo-fi hip hop", "Hip-hop"),
        (65, "Trap", "Hip-hop"),
        (96, "House", "Electronic"),
        (128, "Jazz swing", "Jazz"),
        (144, "Bossa nova", "Latin"),
    ];
    Library {
        styles: styles
            .into_iter()
            .map(|(slot, name, genre)| StyleChoice {
                slot,
                stem: name.to_lowercase().replace(' ', "-"),
                tempo: (70, 90 + u16::from(slot) / 4, 120 + u16::from(slot) / 4),
                swing: if genre == "Jazz" || slot == 64 {
                    1900
                } else {
                    1000
                },
                name: name.into(),
                genre: genre.into(),
                instruments: INSTRUMENTS.map(|of| of[0].0.to_owned()),
            })
            .collect(),
        instruments: Lane::ALL.map(|lane| {
            let of = INSTRUMENTS[lane.index()].iter();
            let choice = |&(stem, name): &(&str, &str)| InstrumentChoice {
                stem: stem.into(),
                name: name.into(),
                family: match lane {
                    Lane::Drums => "Kits".into(),
                    _ => "Plucked strings".into(),
                },
            };
            of.filter(|(stem, _)| !stem.is_empty())
                .map(choice)
                .collect()
        }),
        folder: "/home/you/.local/share/MuseAroo".into(),
        drum_maps: vec!["General MIDI".into(), "Map A".into(), "Map B".into()],
    }
}
