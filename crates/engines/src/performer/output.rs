//! What one call of the performer writes: events in the order of their frames, note-offs first.

use heapless::Vec;
use music::lane::{LANES, Lane};
use music::pitch::Pitch;
use music::plan::SectionKind;

/// Most events of one call; what does not fit raises [`Output::overflow`].
pub const MAX_EVENTS: usize = 2048;

/// Most changes of style in one call.
const MAX_STYLE_TURNS: usize = 32;

/// From a frame of the block on a lane has another style's sound, or another section plays: its mix counts from
/// there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyleTurn {
    /// Frame of the bar line, the jump, or the moment of the change where nothing moves.
    pub frame: u32,
    /// Style slot by [`Lane::index`].
    pub styles: [u8; LANES],
    /// The section that plays; `None` outside of the form and where nothing moves.
    pub section: Option<SectionKind>,
}

/// What happens at a frame of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// MIDI out: note on. Channel 1–16.
    MidiOn {
        frame: u32,
        channel: u8,
        key: Pitch,
        velocity: u8,
    },
    /// MIDI out: note off.
    MidiOff { frame: u32, channel: u8, key: Pitch },
    /// A lane's instrument starts a note. `phase` comes from Dice.
    LaneOn {
        frame: u32,
        lane: Lane,
        pitch: Pitch,
        velocity: u8,
        patch: u8,
        phase: u32,
    },
    /// A lane's instrument ends a note.
    LaneOff {
        frame: u32,
        lane: Lane,
        pitch: Pitch,
    },
}

impl Event {
    /// When it happens.
    pub const fn frame(&self) -> u32 {
        match *self {
            Event::MidiOn { frame, .. }
            | Event::MidiOff { frame, .. }
            | Event::LaneOn { frame, .. }
            | Event::LaneOff { frame, .. } => frame,
        }
    }
    /// Whether it starts a note.
    pub const fn is_on(&self) -> bool {
        matches!(self, Event::MidiOn { .. } | Event::LaneOn { .. })
    }
    /// Whether `self`, a start, and `end` speak of one note.
    fn is_ended_by(&self, end: &Event) -> bool {
        match (*self, *end) {
            (
                Event::MidiOn { channel, key, .. },
                Event::MidiOff {
                    channel: c, key: k, ..
                },
            ) => (channel, key) == (c, k),
            (
                Event::LaneOn { lane, pitch, .. },
                Event::LaneOff {
                    lane: l, pitch: p, ..
                },
            ) => (lane, pitch) == (l, p),
            _ => false,
        }
    }
}

/// Events of one call, by rising frame; at one frame note-offs come first.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// In order.
    pub events: Vec<Event, MAX_EVENTS>,
    /// Changes of style, by rising frame.
    pub styles: Vec<StyleTurn, MAX_STYLE_TURNS>,
    /// Some note did not fit and was left out.
    pub overflow: bool,
}

impl Output {
    /// Makes room for the next block.
    pub fn clear(&mut self) {
        self.events.clear();
        self.styles.clear();
        self.overflow = false;
    }
    /// Says that another style or section plays from a frame on. Out of room, the last word counts.
    pub(super) fn turn_styles(&mut self, turn: StyleTurn) {
        if self.styles.push(turn).is_err()
            && let Some(last) = self.styles.last_mut()
        {
            *last = turn;
        }
    }
    /// Events that still fit.
    pub(super) fn room(&self) -> usize {
        MAX_EVENTS - self.events.len()
    }
    /// Adds a start. The caller has seen to it that there is room.
    pub(super) fn start(&mut self, event: Event) {
        self.overflow |= self.events.push(event).is_err();
    }
    /// Adds an end, before the starts of other notes at its frame.
    pub(super) fn end(&mut self, event: Event) {
        let mut at = self.events.len();
        while at > 0 {
            let before = &self.events[at - 1];
            if before.frame() < event.frame() || !before.is_on() || before.is_ended_by(&event) {
                break;
            }
            at -= 1;
        }
        self.overflow |= self.events.insert(at, event).is_err();
    }
}
