//! The ledger of what sounds: every note that was started is owed one end, on its instrument and on MIDI.
//!
//! Two lanes may share a MIDI channel and key. A key that is struck again while it sounds is ended and
//! started again; the last of its notes to end ends it. Notes are left out when there is no room; ends
//! never are, because a start is only written while all ends owed would still fit behind it.

use heapless::Vec;
use music::lane::Lane;
use music::note::is_tied;
use music::pitch::Pitch;
use music::time::Tick;

use super::output::{Event, Output};
use super::ruler::Ruler;

/// Most notes that sound at once. Measured against the voices of the instruments: there are 64.
pub(super) const MAX_SOUNDING: usize = 128;

/// A note about to start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    /// Whose.
    pub lane: Lane,
    /// Pitch on the instrument.
    pub pitch: Pitch,
    /// Velocity 1–127.
    pub velocity: u8,
    /// Where it starts; `None` for what no note is tied to: what the hand plays, and takes that know no ties.
    pub onset: Option<Tick>,
    /// Where it ends; `None`: when the hand lets go.
    pub end: Option<Tick>,
    /// MIDI channel 1–16; 0: no MIDI.
    pub channel: u8,
    /// Key on MIDI.
    pub key: Pitch,
    /// Instrument patch.
    pub patch: u8,
    /// Oscillator phase.
    pub phase: u32,
}

#[derive(Clone, Copy, Debug)]
struct Note {
    lane: Lane,
    pitch: Pitch,
    end: Option<Tick>,
    channel: u8,
    key: Pitch,
    /// Frame since the performer was made.
    started: u64,
}

/// Where frames of the block lie on the performer's own count of frames.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frames {
    /// Frames played before the span.
    pub elapsed: u64,
    /// Frame of the block at which the span starts.
    pub offset: u32,
}

impl Frames {
    fn count(self, block_frame: u32) -> u64 {
        self.elapsed + block_frame.saturating_sub(self.offset) as u64
    }
}

/// What sounds.
#[derive(Clone, Debug, Default)]
pub(super) struct Sounding {
    notes: Vec<Note, MAX_SOUNDING>,
}

impl Sounding {
    /// Starts a note. Whether it was started: not twice at one frame, and only while there is room.
    pub fn start(&mut self, stroke: &Stroke, frame: u32, frames: Frames, out: &mut Output) -> bool {
        let started = frames.count(frame);
        let by_hand = stroke.end.is_none();
        let alone = stroke.lane.is_mono() && !by_hand;
        let rival = |note: &Note| note.lane == stroke.lane && (alone || note.pitch == stroke.pitch);
        if self
            .notes
            .iter()
            .any(|note| rival(note) && note.started == started)
        {
            return false;
        }
        // Two starts, the end of a shared key, and two ends for every note that sounds then.
        if self.notes.is_full() || out.room() < 3 + 2 * (self.notes.len() + 1) {
            out.overflow = true;
            return false;
        }
        // What reaches a little into this note is tied to it and ends where it wants.
        let tied = |note: &Note| match (note.end, stroke.onset) {
            (Some(end), Some(onset)) => is_tied(end.since(onset), note.pitch, stroke.pitch),
            _ => false,
        };
        self.end_where(frame, out, |note| rival(note) && !tied(note));
        let Stroke {
            lane,
            pitch,
            velocity,
            end,
            channel,
            key,
            patch,
            phase,
            ..
        } = *stroke;
        out.start(Event::LaneOn {
            frame,
            lane,
            pitch,
            velocity,
            patch,
            phase,
        });
        let shares = |note: &&Note| channel != 0 && note.channel == channel && note.key == key;
        let at_once = self
            .notes
            .iter()
            .filter(shares)
            .any(|note| note.started == started);
        if channel != 0 && !at_once {
            if self.notes.iter().any(|note| shares(&note)) {
                out.end(Event::MidiOff {
                    frame,
                    channel,
                    key,
                });
            }
            out.start(Event::MidiOn {
                frame,
                channel,
                key,
                velocity,
            });
        }
        let _ = self.notes.push(Note {
            lane,
            pitch,
            end,
            channel,
            key,
            started,
        });
        true
    }
    /// Ends every note that `which` picks by lane, pitch and whether a hand holds it.
    pub fn end_those(
        &mut self,
        frame: u32,
        out: &mut Output,
        which: impl Fn(Lane, Pitch, bool) -> bool,
    ) {
        self.end_where(frame, out, |note| {
            which(note.lane, note.pitch, note.end.is_none())
        });
    }
    /// Ends on MIDI the notes of lanes whose channel changed. The instruments play on.
    pub fn follow_channels(&mut self, frame: u32, out: &mut Output, channel: impl Fn(Lane) -> u8) {
        for index in 0..self.notes.len() {
            let note = self.notes[index];
            if note.channel != 0 && note.channel != channel(note.lane) {
                self.notes[index].channel = 0;
                self.end_midi(&note, frame, out);
            }
        }
    }
    /// Frame of the block at which the next note is due to end, if it lies in the span.
    pub fn next_end(&self, ruler: &Ruler, frames: Frames, span_frames: u32) -> Option<u32> {
        let due = self
            .notes
            .iter()
            .filter_map(|note| due(note, ruler, frames))
            .min()?;
        (due < span_frames as i64).then(|| due.max(0) as u32 + frames.offset)
    }
    /// Ends every note that is due at a frame.
    pub fn end_due(&mut self, frame: u32, ruler: &Ruler, frames: Frames, out: &mut Output) {
        let at = frame.saturating_sub(frames.offset) as i64;
        self.end_where(frame, out, |note| {
            due(note, ruler, frames).is_some_and(|due| due <= at)
        });
    }
    fn end_where(&mut self, frame: u32, out: &mut Output, which: impl Fn(&Note) -> bool) {
        let mut index = 0;
        while index < self.notes.len() {
            if which(&self.notes[index]) {
                // Ends go out in the order of the starts.
                let note = self.notes.remove(index);
                out.end(Event::LaneOff {
                    frame,
                    lane: note.lane,
                    pitch: note.pitch,
                });
                self.end_midi(&note, frame, out);
            } else {
                index += 1;
            }
        }
    }
    fn end_midi(&self, note: &Note, frame: u32, out: &mut Output) {
        let Note { channel, key, .. } = *note;
        let held = self
            .notes
            .iter()
            .any(|other| (other.channel, other.key) == (channel, key));
        if channel != 0 && !held {
            out.end(Event::MidiOff {
                frame,
                channel,
                key,
            });
        }
    }
    /// How many notes sound.
    pub fn len(&self) -> usize {
        self.notes.len()
    }
}

/// Frame of the span at which a note ends: one frame after its start at the earliest.
fn due(note: &Note, ruler: &Ruler, frames: Frames) -> Option<i64> {
    let soonest = (note.started + 1) as i64 - frames.elapsed as i64;
    Some(ruler.frame(note.end?).max(soonest))
}
