//! The band's notes as MIDI out, at their frames.

use engines::performer::{Event, Output};
use nice_plug::midi::{Channel, Key, VoiceID};
use nice_plug::prelude::{NoteEvent, ProcessContext};

use super::MuseAroo;
use super::late::Late;

/// Sends every MIDI event of the block, as late as the sound comes.
pub fn send(
    late: &mut Late,
    output: &Output,
    frames: u32,
    latency_samples: u32,
    context: &mut impl ProcessContext<MuseAroo>,
) {
    late.pass(output, frames, latency_samples, |frame, event| {
        let note = match *event {
            Event::MidiOn {
                channel,
                key,
                velocity,
                ..
            } => NoteEvent::NoteOn {
                timing: frame,
                voice_id: VoiceID::Wildcard,
                channel: wire(channel),
                key: Key::Number(key.0),
                velocity: f32::from(velocity) / 127.0,
            },
            Event::MidiOff { channel, key, .. } => NoteEvent::NoteOff {
                timing: frame,
                voice_id: VoiceID::Wildcard,
                channel: wire(channel),
                key: Key::Number(key.0),
                velocity: 0.0,
            },
            Event::LaneOn { .. } | Event::LaneOff { .. } => return,
        };
        // A host without note output, or with a full queue, has no ear for it.
        let _ = context.try_send_event(note);
    });
}

/// Channels are 1–16 to people and 0–15 on the wire.
fn wire(channel: u8) -> Channel {
    Channel::Number(channel.saturating_sub(1).min(15))
}
