//! The engines on a bare stage: no plug-in, no worker, no host. One frame is one tick, so that onsets are
//! exact; every take starts from a new performer.

use std::sync::OnceLock;

use authoring::Library;
use engines::performer::{Event, Output, Performer, Span};
use engines::view::Material;
use music::controls::Controls;
use music::lane::{LANES, Lane};
use music::pitch::Pitch;
use music::song::Song;
use music::style::{Style, StyleBook};
use music::time::{Meter, Tick, TickSpan};

/// The built-in presets, read once.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::load(None))
}

/// The built-in styles by slot.
pub fn styles() -> &'static [Style] {
    &library().styles
}

/// A style by its file's stem.
///
/// # Panics
/// When there is none: a test names a style that was taken away.
pub fn style(stem: &str) -> &'static Style {
    styles()
        .iter()
        .find(|s| s.stem == stem)
        .unwrap_or_else(|| panic!("no style {stem}"))
}

/// A note that sounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sounded {
    /// Start.
    pub onset: Tick,
    /// Whose.
    pub lane: Lane,
    /// MIDI pitch.
    pub pitch: Pitch,
    /// Velocity, 1–127.
    pub velocity: u8,
    /// Ticks until its end.
    pub duration: i64,
}

/// How a take goes.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The song.
    pub song: Song,
    /// The controls throughout.
    pub controls: Controls,
    /// Meter throughout.
    pub meter: Meter,
    /// Tempo throughout, thousandths of a BPM.
    pub tempo_mbpm: u32,
    /// Bars of the song, from 0.
    pub bars: std::ops::Range<i32>,
    /// Longest span that the performer is given, in ticks.
    pub span: i64,
}

impl Cue {
    /// A song of `bars` bars in a style at its usual tempo, all of it, with usual controls.
    pub fn new(style: &Style, meter: Meter, bars: u16, seed: u16) -> Cue {
        let scale = if style.minor {
            music::pitch::Scale::Minor
        } else {
            music::pitch::Scale::Major
        };
        Cue {
            song: Song {
                bars,
                meter,
                after_end: music::song::AfterEnd::Stop,
                ..Song::default()
            },
            controls: Controls {
                style: style.slot,
                scale,
                seed,
                ..Controls::default()
            },
            meter,
            tempo_mbpm: style.tempo.1 as u32 * 1000,
            bars: 0..bars as i32,
            span: 960,
        }
    }
    /// Ticks from the song's start to a bar.
    pub fn at_bar(&self, bar: i32) -> Tick {
        Tick(bar as i64 * self.meter.bar_ticks())
    }
    /// Plays it.
    ///
    /// # Panics
    /// When a note has no end, ends twice or never began: no take may hold such a note.
    pub fn play(&self) -> Vec<Sounded> {
        let mut performer = Box::<Performer>::default();
        let mut out = Box::<Output>::default();
        let mut notes = Vec::new();
        let mut open: Vec<(Lane, Pitch, Tick, u8)> = Vec::new();
        let book = StyleBook::new(styles()).expect("there are styles");
        let material = Material {
            song: &self.song,
            styles: book,
            take: None,
        };
        let (from, to) = (self.at_bar(self.bars.start).0, self.at_bar(self.bars.end).0);
        let bar_ticks = self.meter.bar_ticks();
        let mut at = from;
        while at < to {
            let frames = self.span.min(to - at);
            let bar = at.div_euclid(bar_ticks);
            out.events.clear();
            let span = Span {
                offset: 0,
                frames: frames as u32,
                playing: true,
                position: at as f64,
                ticks_per_frame: 1.0,
                tempo_mbpm: self.tempo_mbpm,
                meter: self.meter,
                bar_index: bar as i32,
                bar_start: Tick(bar * bar_ticks),
                cycle: None::<TickSpan>,
                jumped: at == from,
            };
            performer.play(material, &self.controls, &span, &[], &mut out);
            assert!(!out.overflow, "more events than fit at tick {at}");
            collect(&out, at, &mut open, &mut notes);
            at += frames;
        }
        out.events.clear();
        performer.release_all(0, &mut out);
        collect(&out, at, &mut open, &mut notes);
        assert!(open.is_empty(), "notes without an end: {open:?}");
        notes.sort();
        notes
    }
}

fn collect(
    out: &Output,
    at: i64,
    open: &mut Vec<(Lane, Pitch, Tick, u8)>,
    notes: &mut Vec<Sounded>,
) {
    for event in &out.events {
        match *event {
            Event::LaneOn {
                frame,
                lane,
                pitch,
                velocity,
                ..
            } => {
                open.push((lane, pitch, Tick(at + frame as i64), velocity));
            }
            Event::LaneOff { frame, lane, pitch } => {
                let found = open.iter().position(|o| (o.0, o.1) == (lane, pitch));
                let index = found.unwrap_or_else(|| {
                    panic!("{lane:?} {pitch:?} ends without a beginning at {at}")
                });
                let (_, _, onset, velocity) = open.remove(index);
                let duration = at + frame as i64 - onset.0;
                notes.push(Sounded {
                    onset,
                    lane,
                    pitch,
                    velocity,
                    duration,
                });
            }
            Event::MidiOn { .. } | Event::MidiOff { .. } => {}
        }
    }
}

/// The notes of each lane.
pub fn by_lane(notes: &[Sounded]) -> [Vec<Sounded>; LANES] {
    Lane::ALL.map(|lane| notes.iter().filter(|n| n.lane == lane).copied().collect())
}
