//! One call of `process`: transport, events and buses in, events and sound out.

use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use clack_host::events::event_types::{NoteOffEvent, NoteOnEvent, TransportEvent, TransportFlags};
use clack_host::events::spaces::CoreEventSpace;
use clack_host::events::{EventFlags, EventHeader, Pckn, io::EventBuffer};
use clack_host::process::audio_buffers::{
    AudioPortBuffer, AudioPortBufferType, AudioPorts, InputChannel,
};
use clack_host::utils::{BeatTime, SecondsTime};

use super::{ClapRig, params::param_event};

/// What the host says about time at the first frame of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transport {
    /// Quarter notes a minute.
    pub tempo_bpm: f64,
    /// Whether it moves.
    pub playing: bool,
    /// Place in quarter notes.
    pub beats: f64,
    /// Place in seconds.
    pub seconds: f64,
    /// Loop, in quarter notes.
    pub cycle: Option<(f64, f64)>,
    /// Meter as written.
    pub meter: (u16, u16),
    /// Start of the bar, in quarter notes.
    pub bar_start: f64,
    /// Bar, from 0.
    pub bar_number: i32,
}

/// Something that the host sends at a frame of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A parameter changes.
    Param { id: String, value: f64 },
    /// A key goes down (velocity 0–1) or up (`None`).
    Key {
        channel: u16,
        key: u16,
        velocity: Option<f64>,
    },
}

/// Something that the plug-in sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutEvent {
    /// Note on. Channel 1–16, velocity 1–127.
    On { channel: u8, key: u8, velocity: u8 },
    /// Note off.
    Off { channel: u8, key: u8 },
    /// Anything else: its CLAP type.
    Other(u16),
}

/// Which buses the host connects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Buses {
    /// All of them.
    #[default]
    All,
    /// The first output only, no inputs.
    MainOnly,
    /// All outputs, those after the first with no channels; no inputs.
    EmptyStems,
    /// No outputs at all. The inputs stay: clack takes a block's length from the buses that it is given.
    None,
}

/// What a block gave. Sound is in [`ClapRig::sound`].
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// By rising frame.
    pub events: Vec<(u32, OutEvent)>,
    /// What the plug-in's own `process` took; filling buffers and looking at them is the rig's.
    pub seconds: f64,
}

/// Buffers kept from call to call.
pub(super) struct Scratch {
    inputs: Vec<Vec<Vec<f32>>>,
    outputs: Vec<Vec<Vec<f32>>>,
    input_ports: AudioPorts,
    output_ports: AudioPorts,
    events_in: EventBuffer,
    events_out: EventBuffer,
    frames: usize,
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch {
            inputs: Vec::new(),
            outputs: Vec::new(),
            input_ports: AudioPorts::with_capacity(32, 16),
            output_ports: AudioPorts::with_capacity(32, 16),
            events_in: EventBuffer::new(),
            events_out: EventBuffer::with_capacity(512),
            frames: 0,
        }
    }
}

/// Left in an output that the plug-in did not write: no sample of a working bus has this value.
const SENTINEL: f32 = 9.0e9;

impl ClapRig {
    /// Plays one block. `events` are by rising frame.
    ///
    /// # Errors
    /// When the plug-in fails, an event lies outside the block or before its forerunner, or an output
    /// that the host connected was left unwritten or holds what is not a number.
    pub fn block(
        &mut self,
        frames: usize,
        transport: Option<&Transport>,
        events: &[(u32, HostEvent)],
        buses: Buses,
    ) -> Result<Block> {
        self.fill_events(events)?;
        let transport = transport.map(transport_event);
        let scratch = &mut self.scratch;
        scratch.frames = frames;
        let sized = |buses: &[super::Bus], store: &mut Vec<Vec<Vec<f32>>>, fill: f32| {
            store.resize_with(buses.len(), Vec::new);
            for (bus, planes) in buses.iter().zip(store) {
                planes.resize_with(bus.channels, Vec::new);
                for plane in planes {
                    plane.clear();
                    plane.resize(frames, fill);
                }
            }
        };
        sized(&self.inputs, &mut scratch.inputs, 0.0);
        sized(&self.outputs, &mut scratch.outputs, SENTINEL);
        scratch.events_out.clear();
        let (inputs, outputs) = match buses {
            Buses::All => (scratch.inputs.len(), scratch.outputs.len()),
            Buses::MainOnly => (0, 1),
            Buses::EmptyStems => (0, scratch.outputs.len()),
            Buses::None => (scratch.inputs.len(), 0),
        };
        let processor = self.processor.as_mut().context("not active")?;
        let started = processor.ensure_processing_started()?;
        let audio_in =
            scratch
                .input_ports
                .with_input_buffers(scratch.inputs[..inputs].iter_mut().map(|bus| {
                    AudioPortBuffer {
                        latency: 0,
                        channels: AudioPortBufferType::f32_input_only(
                            bus.iter_mut()
                                .map(|plane| InputChannel::variable(plane.as_mut_slice())),
                        ),
                    }
                }));
        let with_channels = if buses == Buses::EmptyStems {
            1
        } else {
            outputs
        };
        let mut audio_out = scratch.output_ports.with_output_buffers(
            scratch.outputs[..outputs]
                .iter_mut()
                .enumerate()
                .map(|(index, bus)| {
                    let planes = if index < with_channels { bus.len() } else { 0 };
                    AudioPortBuffer {
                        latency: 0,
                        channels: AudioPortBufferType::f32_output_only(
                            bus[..planes].iter_mut().map(|plane| plane.as_mut_slice()),
                        ),
                    }
                }),
        );
        let begun = Instant::now();
        started.process(
            &audio_in,
            &mut audio_out,
            &scratch.events_in.as_input(),
            &mut scratch.events_out.as_output(),
            Some(self.steady),
            transport.as_ref(),
        )?;
        let seconds = begun.elapsed().as_secs_f64();
        self.steady += frames as u64;
        for (index, bus) in scratch.outputs[..with_channels.min(outputs)]
            .iter()
            .enumerate()
        {
            if let Some(bad) = bus
                .iter()
                .flatten()
                .find(|s| !s.is_finite() || **s == SENTINEL)
            {
                bail!("output {index} holds {bad} after a block of {frames}");
            }
        }
        let mut block = self.take_events(frames)?;
        block.seconds = seconds;
        Ok(block)
    }
    /// The planes of an output bus after the last block.
    pub fn sound(&self, bus: usize) -> &[Vec<f32>] {
        &self.scratch.outputs[bus]
    }
    fn fill_events(&mut self, events: &[(u32, HostEvent)]) -> Result<()> {
        self.scratch.events_in.clear();
        for (at, event) in events {
            match event {
                HostEvent::Param { id, value } => {
                    let clap_id = self.param(id)?.clap_id;
                    self.scratch
                        .events_in
                        .push(&param_event(*at, clap_id, *value));
                }
                HostEvent::Key {
                    channel,
                    key,
                    velocity,
                } => {
                    let place =
                        Pckn::new(0u16, *channel, *key, clack_host::events::Match::<u32>::All);
                    match velocity {
                        Some(force) => self
                            .scratch
                            .events_in
                            .push(&NoteOnEvent::new(*at, place, *force)),
                        None => self
                            .scratch
                            .events_in
                            .push(&NoteOffEvent::new(*at, place, 0.0)),
                    }
                }
            }
        }
        Ok(())
    }
    fn take_events(&self, frames: usize) -> Result<Block> {
        let mut block = Block::default();
        let mut before = 0;
        for event in self.scratch.events_out.iter() {
            let at = event.header().time();
            let out = match event.as_core_event() {
                Some(CoreEventSpace::NoteOn(note)) => OutEvent::On {
                    channel: channel(note.channel().into_specific())?,
                    key: key(note.key().into_specific())?,
                    velocity: (note.velocity() * 127.0).round() as u8,
                },
                Some(CoreEventSpace::NoteOff(note)) => OutEvent::Off {
                    channel: channel(note.channel().into_specific())?,
                    key: key(note.key().into_specific())?,
                },
                Some(CoreEventSpace::Midi(midi)) => short_message(midi.data()),
                _ => OutEvent::Other(event.header().type_id()),
            };
            if at as usize >= frames.max(1) || at < before {
                bail!("event {out:?} at frame {at} of a block of {frames}, after one at {before}");
            }
            before = at;
            block.events.push((at, out));
        }
        Ok(block)
    }
}

fn channel(number: Option<u16>) -> Result<u8> {
    number
        .map(|n| n as u8 + 1)
        .ok_or_else(|| anyhow!("a note without a channel"))
}

fn key(number: Option<u16>) -> Result<u8> {
    number
        .map(|n| n as u8)
        .ok_or_else(|| anyhow!("a note without a key"))
}

fn short_message([status, first, second]: [u8; 3]) -> OutEvent {
    let channel = (status & 0x0f) + 1;
    match (status & 0xf0, second) {
        (0x90, 1..) => OutEvent::On {
            channel,
            key: first,
            velocity: second,
        },
        (0x80, _) | (0x90, 0) => OutEvent::Off {
            channel,
            key: first,
        },
        _ => OutEvent::Other(status as u16),
    }
}

fn transport_event(transport: &Transport) -> TransportEvent {
    let mut flags = TransportFlags::HAS_TEMPO
        | TransportFlags::HAS_BEATS_TIMELINE
        | TransportFlags::HAS_SECONDS_TIMELINE
        | TransportFlags::HAS_TIME_SIGNATURE;
    flags.set(TransportFlags::IS_PLAYING, transport.playing);
    flags.set(TransportFlags::IS_LOOP_ACTIVE, transport.cycle.is_some());
    let (from, to) = transport.cycle.unwrap_or_default();
    let seconds_per_beat = if transport.tempo_bpm > 0.0 {
        60.0 / transport.tempo_bpm
    } else {
        0.5
    };
    TransportEvent {
        header: EventHeader::new_core(0, EventFlags::empty()),
        flags,
        song_pos_beats: BeatTime::from_float(transport.beats),
        song_pos_seconds: SecondsTime::from_float(transport.seconds),
        tempo: transport.tempo_bpm,
        tempo_inc: 0.0,
        loop_start_beats: BeatTime::from_float(from),
        loop_end_beats: BeatTime::from_float(to),
        loop_start_seconds: SecondsTime::from_float(from * seconds_per_beat),
        loop_end_seconds: SecondsTime::from_float(to * seconds_per_beat),
        bar_start: BeatTime::from_float(transport.bar_start),
        bar_number: transport.bar_number,
        time_signature_numerator: transport.meter.0,
        time_signature_denominator: transport.meter.1,
    }
}
