//! The band's notes as MIDI out, at their frames.

use engines::performer::{Event, Output};
use nice_plug::midi::{Channel, Key, VoiceID};
use nice_plug::prelude::{NoteEvent, ProcessContext};

use super::MuseAroo;

/// Sends every MIDI event of the block.
pub fn send(output: &Output, context: &mut impl ProcessContext<MuseAroo>) {
    for event in &output.events {
        let note = match *event {
            Event::MidiOn {
                frame,
                channel,
                key,
                velocity,
            } => NoteEvent::NoteOn {
                timing: frame,
                voice_id: VoiceID::Wildcard,
                channel: wire(channel),
                key: Key::Number(key.0),
                velocity: f32::from(velocity) / 127.0,
            },
            Event::MidiOff {
                frame,
                channel,
                key,
            } => NoteEvent::NoteOff {
                timing: frame,
                voice_id: VoiceID::Wildcard,
                channel: wire(channel),
                key: Key::Number(key.0),
                velocity: 0.0,
            },
            Event::LaneOn { .. } | Event::LaneOff { .. } => continue,
        };
        // A host without note output, or with a full queue, has no ear for it.
        let _ = context.try_send_event(note);
    }
}

/// Channels are 1–16 to people and 0–15 on the wire.
fn wire(channel: u8) -> Channel {
    Channel::Number(channel.saturating_sub(1).min(15))
}
