//! Scripted bars, a scripted host, and the rules that every run must keep.

extern crate std;

use std::boxed::Box;
use std::collections::HashMap;
use std::vec;
use std::vec::Vec;

use music::controls::{Controls, Latch};
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Gate, Role};
use music::pitch::Pitch;
use music::plan::BarPlace;
use music::song::Song;
use music::style::{Style, StyleBook};
use music::time::{Meter, Tick, TickSpan};

use super::super::bars::Bars;
use super::super::output::{Event, Output};
use super::super::seat::BarChords;
use super::super::stage::Stage;
use super::super::{KeyEvent, Span};
use crate::band::BarNotes;
use crate::view::Material;

/// Writes one bar.
pub type Writer = fn(&Latch, &BarPlace, &mut Vec<Candidate>);

/// Bars by hand.
pub struct Script {
    pub write: Writer,
    pub phrase_bars: u16,
    /// Bars that were asked for.
    pub asked: Vec<BarPlace>,
}

impl Bars for Script {
    fn bar(&mut self, _: Material, latch: &Latch, place: &BarPlace, out: &mut BarNotes) {
        self.asked.push(*place);
        let mut notes = Vec::new();
        (self.write)(latch, place, &mut notes);
        notes.sort_by_key(|c| (c.onset, c.pitch));
        for note in notes {
            out.lanes[note.lane.index()].push(note).unwrap();
        }
    }
    fn chords(&mut self, _: Material, _: &Latch, _: &BarPlace, _: &mut BarChords) {}
    fn bars_into_phrase(&mut self, _: Material, _: &Latch, place: &BarPlace) -> u16 {
        place.bar_index.rem_euclid(self.phrase_bars as i32) as u16
    }
}

/// A candidate at a tick of its bar, played `shift` ticks off the grid.
pub fn note(
    lane: Lane,
    place: &BarPlace,
    tick: i64,
    shift: i64,
    duration: i32,
    pitch: u8,
) -> Candidate {
    let grid = place.start.plus(tick);
    let role = if lane == Lane::Drums {
        Role::Beat(Piece::Kick)
    } else {
        Role::ChordTone(0)
    };
    Candidate {
        lane,
        grid,
        onset: grid.plus(shift),
        duration,
        pitch: Pitch(pitch),
        velocity: 100,
        gate: Gate::OPEN,
        role,
    }
}

/// A note as it was heard on an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Played {
    pub on: u64,
    pub off: u64,
    pub lane: Lane,
    pub pitch: u8,
    pub velocity: u8,
}

/// A host with one tempo at a time.
pub struct Rig<B = Script> {
    pub stage: Box<Stage>,
    pub script: B,
    pub song: Song,
    pub styles: Vec<Style>,
    pub controls: Controls,
    pub meter: Meter,
    pub tempo_bpm: f64,
    pub rate_hz: f64,
    pub cycle: Option<TickSpan>,
    /// A bar and its start: where the meter was set.
    pub bar_origin: (i32, i64),
    pub playing: bool,
    /// Longest block; a run is cut into blocks of it.
    pub block: u32,
    jumped: bool,
    anchor: f64,
    since_anchor: u64,
    /// Frames since the start.
    pub now: u64,
    /// Everything that came out, by frame since the start.
    pub log: Vec<(u64, Event)>,
    /// Changes of style: frame since the start, slot.
    pub turns: Vec<(u64, u8)>,
    pub overflow: bool,
}

impl Rig {
    pub fn new(write: Writer) -> Rig {
        let script = Script {
            write,
            phrase_bars: 4,
            asked: Vec::new(),
        };
        Rig::with(script, vec![Style::default()])
    }
}

impl<B: Bars> Rig<B> {
    pub fn with(script: B, styles: Vec<Style>) -> Rig<B> {
        Rig {
            stage: Box::default(),
            script,
            song: Song::default(),
            styles,
            controls: Controls::default(),
            meter: Meter::default(),
            tempo_bpm: 120.0,
            rate_hz: 48_000.0,
            cycle: None,
            bar_origin: (0, 0),
            playing: true,
            block: 512,
            jumped: true,
            anchor: 0.0,
            since_anchor: 0,
            now: 0,
            log: Vec::new(),
            turns: Vec::new(),
            overflow: false,
        }
    }
    pub fn ticks_per_frame(&self) -> f64 {
        self.tempo_bpm / 60.0 * 960.0 / self.rate_hz
    }
    pub fn position(&self) -> f64 {
        self.anchor + self.since_anchor as f64 * self.ticks_per_frame()
    }
    /// Frames that some ticks last.
    pub fn frames(&self, ticks: i64) -> u64 {
        libm::round(ticks as f64 / self.ticks_per_frame()) as u64
    }
    pub fn locate(&mut self, tick: f64) {
        self.anchor = tick;
        self.since_anchor = 0;
        self.jumped = true;
    }
    pub fn tempo(&mut self, bpm: f64) {
        self.anchor = self.position();
        self.since_anchor = 0;
        self.tempo_bpm = bpm;
    }
    pub fn block(&mut self, frames: u32, keys: &[KeyEvent]) {
        let mut out = Box::<Output>::default();
        let span = self.span(0, frames);
        self.jumped &= frames == 0;
        let styles = StyleBook::new(&self.styles).unwrap();
        let material = Material {
            song: &self.song,
            styles,
            take: None,
        };
        self.stage.play(
            &mut self.script,
            material,
            &self.controls,
            &span,
            keys,
            &mut out,
        );
        self.take(&out);
        if frames > 0 {
            let last = out.events.last().map_or(0, |e| e.frame());
            assert!(last < frames, "an event at {last} of {frames} frames");
        }
        if self.playing {
            self.since_anchor += frames as u64;
        }
        self.now += frames as u64;
    }
    pub fn span(&self, offset: u32, frames: u32) -> Span {
        let bar = self.meter.bar_ticks();
        let (first, start) = self.bar_origin;
        let index = libm::floor((self.position() - start as f64 + 1e-6) / bar as f64) as i64;
        Span {
            offset,
            frames,
            playing: self.playing,
            position: self.position(),
            ticks_per_frame: self.ticks_per_frame(),
            tempo_mbpm: libm::round(self.tempo_bpm * 1000.0) as u32,
            meter: self.meter,
            bar_index: first + index as i32,
            bar_start: Tick(start + index * bar),
            cycle: self.cycle,
            jumped: self.jumped,
        }
    }
    pub fn take(&mut self, out: &Output) {
        self.overflow |= out.overflow;
        let mut last = (0, false);
        for turn in &out.styles {
            // Other sections turn the mix too; here styles count.
            if self
                .turns
                .last()
                .is_none_or(|last| last.1 != turn.styles[0])
            {
                self.turns
                    .push((self.now + turn.frame as u64, turn.styles[0]));
            }
        }
        for event in &out.events {
            let at = (event.frame(), event.is_on());
            assert!(at >= last, "events out of order: {:?}", out.events);
            last = at;
            self.log.push((self.now + event.frame() as u64, *event));
        }
    }
    /// Plays for some frames, in blocks.
    pub fn run(&mut self, frames: u64) {
        let end = self.now + frames;
        while self.now < end {
            self.block((end - self.now).min(self.block as u64) as u32, &[]);
        }
    }
    /// Plays for some ticks.
    pub fn run_ticks(&mut self, ticks: i64) {
        self.run(self.frames(ticks));
    }
    pub fn stop(&mut self) {
        self.playing = false;
        self.block(16, &[]);
    }
    /// What was heard, each start with its one end, by start. Checks MIDI on the way.
    pub fn played(&self) -> Vec<Played> {
        let mut lanes: HashMap<(Lane, u8), usize> = HashMap::new();
        let mut midi: HashMap<(u8, u8), u64> = HashMap::new();
        let mut notes: Vec<Played> = Vec::new();
        for (at, event) in &self.log {
            match *event {
                Event::LaneOn {
                    lane,
                    pitch,
                    velocity,
                    ..
                } => {
                    let before = lanes.insert((lane, pitch.0), notes.len());
                    assert_eq!(before, None, "{lane:?} {pitch:?} started twice at {at}");
                    notes.push(Played {
                        on: *at,
                        off: u64::MAX,
                        lane,
                        pitch: pitch.0,
                        velocity,
                    });
                }
                Event::LaneOff { lane, pitch, .. } => {
                    let index = lanes
                        .remove(&(lane, pitch.0))
                        .expect("an end without a start");
                    notes[index].off = *at;
                    assert!(*at > notes[index].on, "a note without length at {at}");
                }
                Event::MidiOn { channel, key, .. } => {
                    let before = midi.insert((channel, key.0), *at);
                    assert_eq!(before, None, "MIDI {channel} {key:?} started twice at {at}");
                }
                Event::MidiOff { channel, key, .. } => {
                    let on = midi
                        .remove(&(channel, key.0))
                        .expect("a MIDI end without a start");
                    assert!(*at > on, "a MIDI note without length at {at}");
                }
            }
        }
        notes
    }
    /// [`Rig::played`], where nothing may sound any more.
    pub fn ended(&self) -> Vec<Played> {
        let played = self.played();
        assert!(
            played.iter().all(|n| n.off != u64::MAX),
            "a note hangs: {played:?}"
        );
        let balance = |on: fn(&Event) -> bool, off: fn(&Event) -> bool| {
            let count = |f: fn(&Event) -> bool| self.log.iter().filter(|(_, e)| f(e)).count();
            assert_eq!(count(on), count(off));
        };
        balance(
            |e| matches!(e, Event::MidiOn { .. }),
            |e| matches!(e, Event::MidiOff { .. }),
        );
        balance(
            |e| matches!(e, Event::LaneOn { .. }),
            |e| matches!(e, Event::LaneOff { .. }),
        );
        assert_eq!(self.stage.sounding(), 0);
        played
    }
    /// Frames at which a lane started a pitch.
    pub fn starts(&self, lane: Lane, pitch: u8) -> Vec<u64> {
        self.played()
            .iter()
            .filter(|n| (n.lane, n.pitch) == (lane, pitch))
            .map(|n| n.on)
            .collect()
    }
}

pub fn press(frame: u32, pitch: u8) -> KeyEvent {
    KeyEvent {
        frame,
        velocity: 90,
        pitch: Pitch(pitch),
    }
}
pub fn release(frame: u32, pitch: u8) -> KeyEvent {
    KeyEvent {
        frame,
        velocity: 0,
        pitch: Pitch(pitch),
    }
}
