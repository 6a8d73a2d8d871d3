//! The performer turns bars into events on samples: it knows where the song is, asks the band for the
//! bars around it, decides each candidate at its own onset and owes every note its note-off.
//!
//! Runs in the audio callback, a [`Span`] at a time. What it plays follows from the position, the controls
//! along the way and the keys that are held, never from where the blocks are cut: ticks are placed on
//! frames from the span's position, and a watermark sees to it that every tick is played once however the
//! host rounds.
//!
//! Reading order: [`Span`] and [`Performer::play`]; `ruler` (ticks on frames), `timeline` (which bars, which
//! candidate next), `decide` (heard, how hard, which pitch), `sounding` (what is owed), `chase`.

mod bars;
mod chase;
mod decide;
mod keys;
mod memory;
mod output;
mod ruler;
mod seat;
mod sounding;
mod stage;
mod stroke;
mod timeline;

#[cfg(test)]
mod tests;

use music::chord::Chord;
use music::controls::{Controls, Latch};
use music::drum::DrumMap;
use music::lane::LaneSet;
use music::note::{Candidate, Note};
use music::pitch::Pitch;
use music::plan::BarPlace;
use music::time::{Meter, Tick, TickSpan};

pub use self::output::{Event, MAX_EVENTS, Output, StyleTurn};
use self::stage::Stage;
pub use self::stroke::midi_key;
use crate::band::Band;
use crate::view::Material;

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
    /// Song time at frame 0 of the span, in ticks since the song's bar 1 (fractions count).
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
    /// The position does not follow from the span before: start, locate, loop wrap.
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

/// Plays the band. Large (some hundred kilobytes): make it in a box, off the audio thread.
#[derive(Clone, Debug, Default)]
pub struct Performer {
    band: Band,
    stage: Stage,
}

impl Performer {
    /// Plays one span and appends its events to `out`. Of `keys`, by rising frame, those in the span count.
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
        self.stage
            .play(&mut self.band, material, controls, span, keys, out);
    }
    /// Ends everything that sounds, at a frame of the block: bypass, panic. Held keys stay known as long
    /// as later calls bring their release.
    pub fn release_all(&mut self, frame: u32, out: &mut Output) {
        self.stage.release_all(frame, out);
    }
    /// Says that note-offs are owed but cannot be sent (deactivation, reset): everything ends at the start
    /// of the next call, and held keys are forgotten.
    pub fn release_later(&mut self) {
        self.stage.release_later();
    }
    /// Says that song or styles were swapped: what sounds ends at the start of the next call, and the bars
    /// are performed anew from the place where it is.
    pub fn song_changed(&mut self) {
        self.band.invalidate();
        self.stage.song_changed();
    }
    /// Where the pieces of the kit lie on MIDI out. What sounds keeps its key.
    pub fn set_drum_map(&mut self, map: &DrumMap) {
        self.stage.set_drum_map(map);
    }
    /// The chord held on MIDI in, if notes are chords now.
    pub fn held_chord(&self) -> Option<Chord> {
        self.stage.held_chord().copied()
    }
    /// How many notes are owed a note-off.
    pub fn sounding(&self) -> usize {
        self.stage.sounding()
    }
}

/// The note that a candidate of a bar becomes under the controls as they stand and with no chord held;
/// `None` if it is not heard. What a written-out score shows. `energy` is the section's at that bar.
pub fn written(
    candidate: &Candidate,
    place: &BarPlace,
    latch: &Latch,
    energy: u8,
    controls: &Controls,
    lanes: LaneSet,
) -> Option<Note> {
    let offer = seat::Offer {
        candidate: *candidate,
        due: candidate.onset,
        place: *place,
        latch: *latch,
        key: latch.key,
        energy,
        planned: None,
        clamped_by_jump: false,
    };
    let heard = decide::decide(&offer, controls, lanes, None)?;
    Some(Note {
        lane: candidate.lane,
        onset: candidate.onset,
        duration: candidate.duration,
        pitch: heard.pitch,
        velocity: heard.velocity,
        role: candidate.role,
    })
}
