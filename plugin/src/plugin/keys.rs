//! What the host says in a block: notes on MIDI in, and its transport.

use engines::performer::KeyEvent;
use music::pitch::Pitch;
use nice_plug::prelude::{NoteEvent, ProcessContext, Transport};

use super::MuseAroo;
use crate::block::HostTransport;

/// Most key events of a block; more are left out and said.
const MAX_KEYS: usize = 256;

/// The block's key events.
pub struct Keys {
    events: Vec<KeyEvent>,
    lost: bool,
}

impl Default for Keys {
    fn default() -> Self {
        Keys {
            events: Vec::with_capacity(MAX_KEYS),
            lost: false,
        }
    }
}

impl Keys {
    /// Takes every note of the block.
    pub fn read(&mut self, context: &mut impl ProcessContext<MuseAroo>) {
        self.events.clear();
        self.lost = false;
        while let Some(event) = context.next_event() {
            let (frame, key, velocity) = match event {
                NoteEvent::NoteOn {
                    timing,
                    key,
                    velocity,
                    ..
                } => (timing, key, key_velocity(velocity)),
                NoteEvent::NoteOff { timing, key, .. } | NoteEvent::Choke { timing, key, .. } => {
                    (timing, key, 0)
                }
                _ => continue,
            };
            // A wildcard names no key.
            let Some(key) = key.number().filter(|key| *key < 128) else {
                continue;
            };
            if self.events.len() == MAX_KEYS {
                self.lost = true;
                continue;
            }
            self.events.push(KeyEvent {
                frame,
                velocity,
                pitch: Pitch(key),
            });
        }
    }
    /// In order.
    pub fn events(&self) -> &[KeyEvent] {
        &self.events
    }
    /// Some did not fit.
    pub const fn lost(&self) -> bool {
        self.lost
    }
}

/// A note-on keeps at least velocity 1: 0 would be a release.
fn key_velocity(velocity: f32) -> u8 {
    (velocity * 127.0).round().clamp(1.0, 127.0) as u8
}

/// The transport in the words of [`crate::block`].
pub fn host_transport(transport: &Transport) -> HostTransport {
    HostTransport {
        playing: transport.playing,
        tempo_bpm: transport.tempo,
        meter: transport
            .time_sig_numerator
            .zip(transport.time_sig_denominator),
        position_quarters: transport.pos_beats,
        position_samples: transport.pos_samples,
        bar_number: transport.bar_number,
        bar_start_quarters: transport.bar_start_pos_beats,
        loop_quarters: transport.loop_range_beats(),
    }
}
