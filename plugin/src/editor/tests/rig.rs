//! A band without a host: parameters in a map, a busy song, a pulse to move. Tests and pictures share it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use music::chord::Chord;
use music::controls::{self, Range};
use music::drum::Piece;
use music::lane::{Lane, LaneSet};
use music::note::{Note, Role};
use music::pitch::{Pitch, PitchClass, Scale};
use music::plan::{Form, LeadMark, Section, SectionKind};
use music::song::Song;
use music::technique::{Pace, Rhythm, RootCycle, VoiceLeading};
use music::time::{Meter, Tick};

use crate::editor::access::{Outbox, ParamAccess, Wish, lane_param};
use crate::editor::desk::{Desk, Library, StyleChoice, View};
use crate::editor::state::EditorState;
use crate::editor::{draw, master, theme};
use crate::snapshot::{Learning, Pulse, Score};

struct Fake {
    low: i32,
    high: i32,
    default: f32,
    unit: &'static str,
    names: Vec<String>,
    value: f32,
}

/// Parameters in a map.
pub struct FakeParams {
    map: RefCell<BTreeMap<String, Fake>>,
}

impl FakeParams {
    fn new(library: &Library) -> FakeParams {
        let mut map = BTreeMap::new();
        let mut whole = |id: String, range: Range| {
            let default = (range.default - range.min) as f32 / (range.max - range.min) as f32;
            let fake = Fake {
                low: range.min,
                high: range.max,
                default,
                unit: range.unit,
                names: Vec::new(),
                value: default,
            };
            map.insert(id, fake);
        };
        whole("seed".into(), controls::SEED);
        whole("tempo".into(), controls::TEMPO);
        whole("energy".into(), controls::ENERGY);
        whole("swing".into(), controls::SWING);
        whole("humanize".into(), controls::HUMANIZE);
        for (id, range) in [
            ("blend", controls::BLEND),
            ("tension", controls::TENSION),
            ("reharmonise", controls::REHARMONISE),
            ("modulation", controls::MODULATION),
            ("groove", controls::GROOVE),
            ("bass_lock", controls::LOCK),
            ("melody_expansion", controls::EXPANSION),
        ] {
            whole(id.into(), range);
        }
        whole(
            "master_level".into(),
            Range {
                min: -60,
                max: 12,
                default: 0,
                unit: " dB",
            },
        );
        for lane in Lane::PLAYED {
            for (control, range) in [
                ("density", controls::DENSITY),
                ("complexity", controls::COMPLEXITY),
                ("syncopation", controls::SYNCOPATION),
                ("energy", controls::ENERGY),
                ("variation", controls::VARIATION),
                ("fills", controls::FILLS),
                ("register", controls::REGISTER),
                ("swing", controls::SWING),
                ("humanize", controls::LANE_HUMANIZE),
                ("push", controls::PUSH_MS),
                ("blend", controls::LANE_BLEND),
                ("groove", controls::GROOVE),
                (
                    "channel",
                    Range {
                        default: i32::from(lane.default_channel()),
                        ..controls::CHANNEL
                    },
                ),
                (
                    "level",
                    Range {
                        min: -60,
                        max: 12,
                        default: 0,
                        unit: " dB",
                    },
                ),
                (
                    "pan",
                    Range {
                        min: -100,
                        max: 100,
                        default: 0,
                        unit: " %",
                    },
                ),
            ] {
                whole(lane_param(lane, control), range);
            }
        }
        let mut named = |id: String, names: Vec<String>, default: usize| {
            let top = names.len() - 1;
            let default = default as f32 / top as f32;
            let fake = Fake {
                low: 0,
                high: top as i32,
                default,
                unit: "",
                names,
                value: default,
            };
            map.insert(id, fake);
        };
        let words = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let styles: Vec<String> = (0..256)
            .map(|slot| {
                let found = library.styles.iter().find(|s| usize::from(s.slot) == slot);
                found.map_or_else(|| format!("Slot {slot}"), |s| s.name.clone())
            })
            .collect();
        named("style".into(), styles.clone(), 64);
        named("style_b".into(), styles, 0);
        let rhythms: Vec<String> = Rhythm::ALL.iter().map(|r| r.name().to_string()).collect();
        for lane in Lane::PLAYED {
            named(lane_param(lane, "rhythm"), rhythms.clone(), 0);
        }
        named(
            "root_cycle".into(),
            words(&RootCycle::ALL.map(RootCycle::name)),
            0,
        );
        named(
            "voice_leading".into(),
            words(&VoiceLeading::ALL.map(VoiceLeading::name)),
            0,
        );
        named("pace".into(), words(&Pace::ALL.map(Pace::name)), 0);
        named("key".into(), words(&PitchClass::SHARPS), 2);
        named(
            "scale".into(),
            Scale::ALL.iter().map(|s| s.name().to_owned()).collect(),
            2,
        );
        named("run".into(), words(&["Host", "Internal", "Trigger"]), 0);
        let keys = [
            "Off", "Chords", "Drums", "Bass", "Harmony", "Texture", "Melody",
        ];
        named("keys".into(), words(&keys), 1);
        named(
            "main_carries".into(),
            words(&["Full mix", "What is not on a stem"]),
            0,
        );
        for lane in Lane::PLAYED {
            named(lane_param(lane, "on"), words(&["Off", "On"]), 1);
        }
        FakeParams {
            map: RefCell::new(map),
        }
    }
    /// Moves a parameter as a host's automation would.
    pub fn automate(&self, id: &str, value: f32) {
        self.map
            .borrow_mut()
            .get_mut(id)
            .expect("a parameter")
            .value = value;
    }
}

impl ParamAccess for FakeParams {
    fn value(&self, id: &str) -> f32 {
        self.map
            .borrow()
            .get(id)
            .unwrap_or_else(|| panic!("no parameter {id}"))
            .value
    }
    fn default_value(&self, id: &str) -> f32 {
        self.map.borrow()[id].default
    }
    fn steps(&self, id: &str) -> Option<usize> {
        let map = self.map.borrow();
        Some((map[id].high - map[id].low) as usize)
    }
    fn text(&self, id: &str, value: f32) -> String {
        let map = self.map.borrow();
        let fake = &map[id];
        let plain = fake.low + (value * (fake.high - fake.low) as f32).round() as i32;
        if let Some(name) = fake.names.get(plain as usize) {
            return name.clone();
        }
        if id.ends_with("channel") && plain == 0 {
            return "Off".into();
        }
        let sign = if fake.low < 0 && plain > 0 { "+" } else { "" };
        format!("{sign}{plain}{}", fake.unit)
    }
    fn parse(&self, id: &str, text: &str) -> Option<f32> {
        let map = self.map.borrow();
        let fake = &map[id];
        if let Some(at) = fake.names.iter().position(|n| n.eq_ignore_ascii_case(text)) {
            return Some(at as f32 / fake.high as f32);
        }
        let number = text
            .trim_end_matches(fake.unit.trim())
            .trim()
            .trim_start_matches('+');
        let plain: f32 = number.parse().ok()?;
        Some(((plain - fake.low as f32) / (fake.high - fake.low) as f32).clamp(0.0, 1.0))
    }
}

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
        if self.frames == 0 {
            theme::install(ui.ctx());
        }
        self.frames += 1;
        let now = ui.input(|i| i.time);
        let view = View {
            pulse: &self.pulse,
            score: &self.score,
            song: &self.song,
            library: &self.library,
            learning: self.learning.as_ref(),
            params: &self.params,
            now,
        };
        master::follow(&self.pulse, self.pulse.playing, now, &mut self.desk);
        let mut out = Outbox::default();
        draw::show(ui, &view, &mut self.desk, &mut out);
        for wish in &out.wishes {
            if let Wish::Set(id, value) = wish {
                self.params.automate(id, *value);
            }
        }
        self.wishes.extend(out.wishes);
    }
}

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
                name: name.into(),
                genre: genre.into(),
            })
            .collect(),
        drum_maps: vec!["General MIDI".into(), "Map A".into(), "Map B".into()],
    }
}

/// 48 bars in D dorian with every lane busy.
pub fn score() -> Score {
    let mut form = Form::default();
    let plan = [
        (SectionKind::Intro, 4, 25, 35),
        (SectionKind::Verse, 8, 45, 50),
        (SectionKind::PreChorus, 4, 55, 70),
        (SectionKind::Chorus, 8, 82, 86),
        (SectionKind::Verse, 8, 50, 55),
        (SectionKind::Bridge, 4, 40, 60),
        (SectionKind::Chorus, 8, 88, 95),
        (SectionKind::Outro, 4, 40, 20),
    ];
    let mut first_bar = 0;
    for (id, (kind, bars, energy, energy_end)) in plan.into_iter().enumerate() {
        let lanes = LaneSet::ALL.without(Lane::Vocal);
        let section = Section {
            id: id as u16,
            kind,
            first_bar,
            bars,
            energy,
            energy_end,
            lanes,
            ..Section::default()
        };
        form.sections.push(section).expect("room");
        first_bar += bars;
    }
    let progression = [
        "Dm9", "G13", "Cmaj7", "Am7", "Bm7b5", "E7b9", "Am9", "D7sus4",
    ];
    let mut marks = Vec::new();
    let mut notes: [Vec<Note>; 6] = Default::default();
    for bar in 0..i64::from(first_bar) {
        let start = bar * 3840;
        if let Some((_, s)) = form.section_at(bar as u16)
            && i64::from(s.first_bar) == bar
        {
            marks.push((Tick(start), LeadMark::Section(s.kind)));
        }
        let chord = Chord::parse(progression[bar as usize % 8]).expect("a chord");
        marks.push((Tick(start), LeadMark::Chord(chord)));
        write_bar(&mut notes, bar, chord);
    }
    for lane in &mut notes {
        lane.sort_by_key(|n| (n.onset.0, n.pitch.0));
    }
    Score {
        take: None,
        revision: 1,
        form,
        meter: Meter::default(),
        key: PitchClass(2),
        scale: Scale::Dorian,
        marks,
        notes,
        style: "Lo-fi hip hop".into(),
        log: Vec::new(),
    }
}

fn write_bar(notes: &mut [Vec<Note>; 6], bar: i64, chord: Chord) {
    let start = bar * 3840;
    let tones: Vec<u8> = chord.tones().iter().map(|t| t.0).collect();
    let mut put = |lane: Lane, step: i64, steps: i64, pitch: u8, velocity: i64, role: Role| {
        let jitter = (bar * 31 + step * 17 + i64::from(pitch)) % 13 - 6;
        notes[lane.index()].push(Note {
            lane,
            onset: Tick((start + step * 240 + jitter).max(0)),
            duration: (steps * 240 - 20).max(60) as i32,
            pitch: Pitch(pitch),
            velocity: (velocity + jitter * 2).clamp(1, 127) as u8,
            role,
        });
    };
    let mut strike = |step: i64, piece: Piece, velocity: i64| {
        let role = if velocity < 50 {
            Role::Ghost(piece)
        } else {
            Role::Beat(piece)
        };
        put(Lane::Drums, step, 1, piece.general_midi().0, velocity, role);
    };
    for step in 0..16 {
        strike(
            step,
            Piece::HatClosed,
            if step % 4 == 0 {
                96
            } else {
                58 + (step % 2) * 14
            },
        );
    }
    for step in [0, 3, 7, 10] {
        strike(step, Piece::Kick, 108);
    }
    for step in [4, 12] {
        strike(step, Piece::Snare, 112);
    }
    for step in [6, 9, 15] {
        strike(step, Piece::Snare, 34);
    }
    strike(14, Piece::HatOpen, 84);
    if bar % 4 == 0 {
        strike(0, Piece::Crash, 110);
    }
    if bar % 8 == 7 {
        for (i, piece) in [Piece::TomHigh, Piece::TomMid, Piece::TomLow]
            .into_iter()
            .enumerate()
        {
            strike(10 + 2 * i as i64, piece, 100);
        }
    }
    for (i, step) in [0, 3, 6, 8, 11, 14].into_iter().enumerate() {
        let pitch = 36 + tones[i % tones.len().min(3)];
        put(
            Lane::Bass,
            step,
            2,
            pitch,
            90 + (i as i64 % 3) * 10,
            Role::ChordTone(i as u8 % 3),
        );
    }
    for step in [0, 6, 10] {
        for (i, tone) in tones.iter().enumerate() {
            put(
                Lane::Harmony,
                step,
                4,
                52 + (tone + 8) % 16,
                62 + i as i64 * 6,
                Role::Voice(i as u8),
            );
        }
    }
    for (i, tone) in tones.iter().take(3).enumerate() {
        put(
            Lane::Texture,
            0,
            16,
            60 + tone,
            48 + i as i64 * 5,
            Role::Voice(i as u8),
        );
    }
    for (i, step) in [0, 2, 3, 6, 8, 10, 12, 13].into_iter().enumerate() {
        if (bar + step) % 5 != 0 {
            let pitch = 69 + (tones[i % tones.len()] + (bar % 3) as u8 * 2) % 14;
            put(
                Lane::Melody,
                step,
                2,
                pitch,
                70 + (step * 3) % 40,
                Role::ScaleTone,
            );
        }
    }
}
