//! A host in a hundred lines: calls the plug-in as a wrapper would, and counts its notes.

use std::cell::Cell;
use std::collections::BTreeMap;

use nice_plug::context::process::SendEventError;
use nice_plug::prelude::*;

use super::super::MuseAroo;
use crate::params::Knobs;
use crate::preview::{Preview, Stand as Controls, Start};

pub const RATE_HZ: f32 = 48_000.0;
const MAX_FRAMES: usize = 8192;
/// Notes that a block may send: the host's side may not allocate either.
const MOST_SENT: usize = 4096;

/// (frame, on, channel from 1, key)
pub type Sent = (u32, bool, u8, u8);

/// An active instance and the host's side of it.
pub struct Stand {
    pub plugin: MuseAroo,
    pub frames: usize,
    pub playing: bool,
    pub recording: bool,
    pub tempo_bpm: f64,
    pub stems: bool,
    /// Frames played.
    pub frame: u64,
    /// Notes of the last block.
    pub sent: Vec<Sent>,
    /// Loudest sample on main so far.
    pub loudest: f32,
    /// Latency that the plug-in last told.
    pub latency: Cell<u32>,
    position: f64,
    open: BTreeMap<(u8, u8), i32>,
    sound: Vec<Vec<f32>>,
}

impl Stand {
    pub fn new() -> Stand {
        let mut stand = Stand {
            plugin: MuseAroo::default(),
            frames: 512,
            playing: true,
            recording: false,
            tempo_bpm: 120.0,
            stems: true,
            frame: 0,
            sent: Vec::with_capacity(MOST_SENT),
            loudest: 0.0,
            latency: Cell::new(u32::MAX),
            position: 0.0,
            open: BTreeMap::new(),
            sound: vec![vec![0.0; MAX_FRAMES]; 16],
        };
        stand.activate();
        stand
    }

    /// The host renders faster than it plays from here on.
    pub fn offline(&mut self) {
        self.plugin.deactivate();
        self.activate_in(ProcessMode::Offline);
    }

    fn activate(&mut self) {
        self.activate_in(ProcessMode::Realtime);
    }

    fn activate_in(&mut self, process_mode: ProcessMode) {
        let config = BufferConfig {
            sample_rate: RATE_HZ,
            min_buffer_size: None,
            max_buffer_size: MAX_FRAMES as u32,
            process_mode,
        };
        let layout = &MuseAroo::AUDIO_IO_LAYOUTS[0];
        assert!(
            self.plugin
                .activate(layout, &config, &mut Activating(&self.latency))
        );
        self.plugin.reset();
    }

    pub fn reactivate(&mut self) {
        self.plugin.deactivate();
        self.activate();
    }

    pub fn set(&mut self, id: &str, normalized: f32) {
        Knobs::of(&self.plugin.params).set(id, normalized);
    }

    fn transport(&self) -> Transport {
        let mut transport = Transport::new(RATE_HZ);
        transport.playing = self.playing;
        transport.recording = self.recording;
        transport.tempo = Some(self.tempo_bpm);
        transport.time_sig_numerator = Some(4);
        transport.time_sig_denominator = Some(4);
        transport.pos_beats = Some(self.position);
        transport.bar_start_pos_beats = Some((self.position / 4.0).floor() * 4.0);
        transport.bar_number = Some((self.position / 4.0).floor() as i32);
        transport
    }

    /// The host's side of a block.
    pub fn context(&mut self) -> Context<'_> {
        Context {
            transport: self.transport(),
            sent: &mut self.sent,
            latency: &self.latency,
        }
    }

    /// One block; gives its notes.
    pub fn block(&mut self) -> Vec<Sent> {
        let frames = self.frames;
        self.sent.clear();
        let mut sound = std::mem::take(&mut self.sound);
        let mut planes = sound.iter_mut().map(|plane| &mut plane[..frames]);
        let mut main = Buffer::default();
        fill(&mut main, frames, &mut planes);
        let stems = if self.stems { 7 } else { 0 };
        let mut outputs: Vec<Buffer> = (0..stems)
            .map(|_| {
                let mut stem = Buffer::default();
                fill(&mut stem, frames, &mut planes);
                stem
            })
            .collect();
        let mut aux = AuxiliaryBuffers {
            inputs: &mut [],
            outputs: &mut outputs,
        };
        let mut context = Context {
            transport: self.transport(),
            sent: &mut self.sent,
            latency: &self.latency,
        };
        let plugin = &mut self.plugin;
        let status = guarded(|| plugin.process(&mut main, &mut aux, &mut context));
        assert!(matches!(status, ProcessStatus::Tail(_)));
        self.sound = sound;
        for channel in &self.sound[..2] {
            self.loudest = channel[..frames]
                .iter()
                .fold(self.loudest, |peak, s| peak.max(s.abs()));
        }
        self.frame += frames as u64;
        if self.playing && self.tempo_bpm.is_finite() {
            self.position += frames as f64 / f64::from(RATE_HZ) * self.tempo_bpm / 60.0;
        }
        for (frame, on, channel, key) in &self.sent {
            assert!((*frame as usize) < frames);
            let count = self.open.entry((*channel, *key)).or_default();
            *count += if *on { 1 } else { -1 };
            assert!(
                *count >= 0,
                "channel {channel} key {key} ended without a start"
            );
        }
        self.sent.clone()
    }

    /// Left of a bus in the last block.
    pub fn left(&self, bus: usize) -> &[f32] {
        &self.sound[2 * bus][..self.frames]
    }

    /// As the worker does: something else in the song's place. Gives its number.
    pub fn preview(&self, controls: Controls, start: Start, rests: bool) -> u64 {
        let shared = &self.plugin.shared;
        let basis = shared.previews.basis().expect("the host has prepared");
        let material = shared.material();
        let mut preview = Preview::new(material, controls, start, basis, &shared.fonts);
        preview.rests = rests;
        shared.previews.start(preview).expect("there is room")
    }

    /// Plays on; gives every note with the frame since the start.
    pub fn roll(&mut self, frames: u64) -> Vec<(u64, bool, u8, u8)> {
        let (end, length) = (self.frame + frames, self.frames);
        let mut all = Vec::new();
        while self.frame < end {
            let from = self.frame;
            self.frames = length.min((end - from) as usize);
            let block = self.block();
            all.extend(
                block
                    .iter()
                    .map(|(at, on, channel, key)| (from + u64::from(*at), *on, *channel, *key)),
            );
        }
        self.frames = length;
        all
    }

    /// Plays on until at least two notes sound at a block's end.
    pub fn roll_until_notes_sound(&mut self) {
        for _ in 0..2000 {
            self.block();
            if self.sounding() >= 2 {
                return;
            }
        }
        panic!("20 seconds of silence");
    }

    /// Stops the transport, for good.
    pub fn stop(&mut self) {
        self.playing = false;
        for _ in 0..4 {
            self.block();
        }
    }

    /// Notes that are owed an end.
    pub fn sounding(&self) -> usize {
        self.open.values().map(|count| *count as usize).sum()
    }

    /// Loudest sample of the last block on any bus.
    pub fn peak(&self) -> f32 {
        let block = self.sound.iter().flat_map(|plane| &plane[..self.frames]);
        block.fold(0.0, |peak, s| peak.max(s.abs()))
    }
}

/// As on a host's audio thread: with the feature `alloc-guard`, allocating or freeing in it ends the program.
fn guarded<R>(process: impl FnOnce() -> R) -> R {
    #[cfg(feature = "alloc-guard")]
    return nice_assert_no_alloc::assert_no_alloc(process);
    #[cfg(not(feature = "alloc-guard"))]
    process()
}

fn fill<'a>(
    buffer: &mut Buffer<'a>,
    frames: usize,
    planes: &mut impl Iterator<Item = &'a mut [f32]>,
) {
    // SAFETY: every plane is cut to `frames`.
    unsafe {
        buffer.set_slices(frames, |slices| slices.extend(planes.by_ref().take(2)));
    }
}

/// A block's context.
pub struct Context<'a> {
    transport: Transport,
    sent: &'a mut Vec<Sent>,
    latency: &'a Cell<u32>,
}

impl ProcessContext<MuseAroo> for Context<'_> {
    fn plugin_api(&self) -> PluginApi {
        PluginApi::Clap
    }
    fn execute_background(&self, (): ()) {}
    fn execute_gui(&self, (): ()) {}
    fn transport(&self) -> &Transport {
        &self.transport
    }
    fn next_event(&mut self) -> Option<PluginNoteEvent<MuseAroo>> {
        None
    }
    fn try_send_event(
        &mut self,
        event: PluginNoteEvent<MuseAroo>,
    ) -> Result<(), (PluginNoteEvent<MuseAroo>, SendEventError)> {
        let number = |channel: nice_plug::midi::Channel| channel.number().unwrap() + 1;
        match event {
            NoteEvent::NoteOn {
                timing,
                channel,
                key,
                velocity,
                ..
            } => {
                assert!(velocity > 0.0 && velocity <= 1.0);
                self.sent
                    .push((timing, true, number(channel), key.number().unwrap()));
            }
            NoteEvent::NoteOff {
                timing,
                channel,
                key,
                ..
            } => {
                self.sent
                    .push((timing, false, number(channel), key.number().unwrap()));
            }
            other => panic!("{other:?}"),
        }
        Ok(())
    }
    fn set_latency_samples(&self, samples: u32) {
        self.latency.set(samples);
    }
    fn request_restart(&self) {}
    fn set_current_voice_capacity(&self, _: u32) {}
}

/// The context of an activation.
struct Activating<'a>(&'a Cell<u32>);

impl ActivateContext<MuseAroo> for Activating<'_> {
    fn plugin_api(&self) -> PluginApi {
        PluginApi::Clap
    }
    fn execute(&self, (): ()) {}
    fn set_latency_samples(&self, samples: u32) {
        self.0.set(samples);
    }
    fn set_current_voice_capacity(&self, _: u32) {}
}
