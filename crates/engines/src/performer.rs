//! The performer turns bars into events on samples: it knows where the song is, asks the band for the
//! bars around it, decides each candidate at its own onset and owes every note its note-off.

use heapless::Vec;
use music::chord::Chord;
use music::controls::Controls;
use music::drum::DrumMap;
use music::lane::Lane;
use music::pitch::Pitch;
use music::time::{Meter, Tick, TickSpan};

use crate::view::Material;

/// Most events of one call; what does not fit raises [`Output::overflow`].
pub const MAX_EVENTS: usize = 2048;

/// A run of samples over which the host says one thing: constant tempo, meter and loop, no jump inside.
/// It may cross bar lines.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Frame of the block at which the span starts: keys and events count frames from the block's start,
    /// so that several spans of a block write into one [`Output`].
    pub offset: u32,
    /// Samples, may be 0.
    pub frames: u32,
    /// Whether song time moves.
    pub playing: bool,
    /// Song time at frame 0, in ticks since the song's bar 1 (fractions count).
    pub position: f64,
    /// Song time per frame, in ticks.
    pub ticks_per_frame: f64,
    /// Tempo, thousandths of a BPM.
    pub tempo_mbpm: u32,
    /// Meter at frame 0.
    pub meter: Meter,
    /// Bar of the song at frame 0, from 0; negative before the song.
    pub bar_index: i32,
    /// Where that bar starts.
    pub bar_start: Tick,
    /// Loop on the song's time line, if the host tells of one.
    pub cycle: Option<TickSpan>,
    /// The position does not follow from the span before: start, locate, loop wrap, new song.
    pub jumped: bool,
}

/// A key on MIDI in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyEvent {
    /// Frame in the block.
    pub frame: u32,
    /// Pressed (velocity 1–127) or released (0).
    pub velocity: u8,
    /// Which key.
    pub pitch: Pitch,
}

/// What happens at a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// MIDI out: note on. Channel 1–16.
    MidiOn { frame: u32, channel: u8, key: Pitch, velocity: u8 },
    /// MIDI out: note off.
    MidiOff { frame: u32, channel: u8, key: Pitch },
    /// A lane's instrument starts a note. `phase` comes from Dice.
    LaneOn { frame: u32, lane: Lane, pitch: Pitch, velocity: u8, patch: u8, phase: u32 },
    /// A lane's instrument ends a note.
    LaneOff { frame: u32, lane: Lane, pitch: Pitch },
}

/// Events of one call, by rising frame; at one frame note-offs come first.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// In order.
    pub events: Vec<Event, MAX_EVENTS>,
    /// Some note did not fit and was left out.
    pub overflow: bool,
}

/// Plays the band. Large: keep it boxed.
#[derive(Clone, Debug, Default)]
pub struct Performer {
    held: Vec<Pitch, 32>,
}

impl Performer {
    /// Plays one span and appends its events to `out`.
    ///
    /// # Realtime
    /// Bounded; composes what it has not cached.
    pub fn play(
        &mut self,
        material: Material,
        controls: &Controls,
        span: &Span,
        keys: &[KeyEvent],
        out: &mut Output,
    ) {
        let _ = (material, controls, span, keys, out);
    }
    /// Where the pieces of the kit lie on MIDI out. What sounds keeps its key.
    pub fn set_drum_map(&mut self, map: &DrumMap) {
        let _ = map;
    }
    /// Says that song or styles were swapped: what sounds ends at the start of the next call, and the bars
    /// are performed anew from the place where it is.
    pub fn song_changed(&mut self) {}
    /// Says that note-offs are owed but cannot be sent (deactivation, reset): everything ends at the start
    /// of the next call.
    pub fn release_later(&mut self) {}
    /// Ends everything that sounds, at `frame`: stop, bypass, deactivation.
    pub fn release_all(&mut self, frame: u32, out: &mut Output) {
        let _ = (frame, out);
    }
    /// The chord held on MIDI in, if notes are chords now.
    pub fn held_chord(&self) -> Option<Chord> {
        Chord::recognise(&self.held)
    }
}
