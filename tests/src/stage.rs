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

/// The built-in styles and grooves, as the engines read them.
///
/// # Panics
/// When there are none.
pub fn book() -> StyleBook<'static> {
    let book = StyleBook::new(styles()).expect("there are styles");
    book.with_grooves(&library().grooves)
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
    /// The controls as a host automates them: from a tick of the song on, by rising tick.
    pub automation: Vec<(Tick, Controls)>,
    /// Loop that the host tells of.
    pub cycle: Option<TickSpan>,
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
            automation: Vec::new(),
            cycle: None,
        }
    }
    /// Ticks from the song's start to a bar.
    pub fn at_bar(&self, bar: i32) -> Tick {
        Tick(bar as i64 * self.meter.bar_ticks())
    }
    /// The controls at a tick, and the tick at which automation turns them next.
    fn controls_at(&self, tick: i64) -> (&Controls, i64) {
        let turned = self.automation.partition_point(|(at, _)| at.0 <= tick);
        let next = self.automation.get(turned);
        let before = turned.checked_sub(1).map(|i| &self.automation[i].1);
        (
            before.unwrap_or(&self.controls),
            next.map_or(i64::MAX, |(at, _)| at.0),
        )
    }
    /// Plays it.
    ///
    /// # Panics
    /// When a note has no end, ends twice or never began: no take may hold such a note.
    pub fn play(&self) -> Vec<Sounded> {
        self.play_route(std::slice::from_ref(&self.bars))
            .swap_remove(0)
    }
    /// Plays bars of the song one run after another, the host locating from each to the next without a stop; the
    /// notes of each run.
    ///
    /// # Panics
    /// As [`Cue::play`].
    pub fn play_route(&self, route: &[std::ops::Range<i32>]) -> Vec<Vec<Sounded>> {
        let mut performer = Box::<Performer>::default();
        let mut out = Box::<Output>::default();
        let mut tape = Tape::default();
        let material = Material {
            song: &self.song,
            styles: book(),
            take: None,
        };
        let bar_ticks = self.meter.bar_ticks();
        for bars in route {
            tape.runs.push(Vec::new());
            let (from, to) = (self.at_bar(bars.start).0, self.at_bar(bars.end).0);
            let mut at = from;
            while at < to {
                let (controls, next) = self.controls_at(at);
                let frames = self.span.min(to - at).min(next - at);
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
                    cycle: self.cycle,
                    jumped: at == from,
                };
                performer.play(material, controls, &span, &[], &mut out);
                assert!(!out.overflow, "more events than fit at tick {at}");
                tape.take(&out, at);
                at += frames;
                tape.frames += frames;
            }
        }
        out.events.clear();
        performer.release_all(0, &mut out);
        tape.take(&out, 0);
        assert!(
            tape.open.is_empty(),
            "notes without an end: {:?}",
            tape.open
        );
        for run in &mut tape.runs {
            run.sort();
        }
        tape.runs
    }
}

/// What has sounded, by run.
#[derive(Default)]
struct Tape {
    runs: Vec<Vec<Sounded>>,
    /// Run and note, which has no length yet, and the frame at which it began.
    open: Vec<(usize, Sounded, i64)>,
    /// Frames that have passed.
    frames: i64,
}

impl Tape {
    fn take(&mut self, out: &Output, at: i64) {
        for event in &out.events {
            match *event {
                Event::LaneOn {
                    frame,
                    lane,
                    pitch,
                    velocity,
                    ..
                } => {
                    let note = Sounded {
                        onset: Tick(at + frame as i64),
                        lane,
                        pitch,
                        velocity,
                        duration: 0,
                    };
                    let now = self.frames + frame as i64;
                    self.open.push((self.runs.len() - 1, note, now));
                }
                Event::LaneOff { frame, lane, pitch } => {
                    let is_it = |(_, n, _): &(_, Sounded, _)| (n.lane, n.pitch) == (lane, pitch);
                    let index = self.open.iter().position(is_it).unwrap_or_else(|| {
                        panic!("{lane:?} {pitch:?} ends without a beginning at {at}")
                    });
                    let (run, note, began) = self.open.remove(index);
                    let duration = self.frames + frame as i64 - began;
                    self.runs[run].push(Sounded { duration, ..note });
                }
                Event::MidiOn { .. } | Event::MidiOff { .. } => {}
            }
        }
    }
}

/// The notes of each lane.
pub fn by_lane(notes: &[Sounded]) -> [Vec<Sounded>; LANES] {
    Lane::ALL.map(|lane| notes.iter().filter(|n| n.lane == lane).copied().collect())
}
