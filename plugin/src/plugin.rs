//! The plug-in's life under a host: what it declares, and what happens in a block.
//!
//! [`MuseAroo::process`] runs on the audio thread and reads as its steps: material, keys, where the song is
//! and what is played there, MIDI out, sound, report. It decides nothing musical: bars come from
//! `engines`, sound from `dsp`, the place from [`crate::block`]. Nothing in it allocates, locks or waits.

mod bypass;
mod formats;
mod keys;
mod late;
mod midi_out;
pub mod mix;
mod net;
pub mod playing;
mod preview;
mod report;
mod sound;

use std::sync::Arc;

use dsp::Latency;
use engines::performer::{Output, Performer};
use music::controls::Controls;
use music::lane::LANES;
use nice_plug::prelude::*;

use self::bypass::Bypass;
use self::keys::Keys;
use self::late::Late;
use self::net::Net;
use self::playing::Playing;
use self::preview::Booth;
use self::report::Report;
use self::sound::Sound;
use crate::block::{Cursor, Settings};
use crate::handoff::{AudioEnd, Shared};
use crate::large;
use crate::params::MuseParams;
use crate::preview::Basis;
use crate::worker::Worker;

/// One instance.
pub struct MuseAroo {
    params: Arc<MuseParams>,
    shared: Arc<Shared>,
    audio: Option<AudioEnd>,
    band: Box<BandStand>,
    sound: Sound,
    /// What the host was last told of.
    told_latency: Latency,
    net: Net,
    // Last: joined when everything that it may look at is still there.
    worker: Option<Worker>,
}

/// What plays the song; large, so it lives on the heap.
#[derive(Default)]
struct BandStand {
    performer: Performer,
    cursor: Cursor,
    keys: Keys,
    output: Output,
    bypass: Bypass,
    report: Report,
    /// Of the material that plays.
    notes_revision: u64,
    /// MIDI out that waits for the sound.
    late: Late,
    /// What is heard before it is chosen.
    booth: Booth,
}

impl Default for MuseAroo {
    fn default() -> Self {
        let shared = Shared::new();
        let params = MuseParams::new(&shared);
        MuseAroo {
            audio: shared.take_audio_end(),
            worker: Worker::start(&shared, &params),
            params,
            shared,
            band: large::made(),
            sound: Sound::default(),
            told_latency: Latency::Zero,
            net: Net::default(),
        }
    }
}

impl Plugin for MuseAroo {
    const NAME: &'static str = "MuseAroo";
    const VENDOR: &'static str = "MuseAroo";
    const URL: &'static str = "https://musearoo.example";
    const EMAIL: &'static str = "hello@musearoo.example";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    const AUDIO_IO_LAYOUTS: &'static [AudioIOLayout] = formats::BUSES;
    const MIDI_INPUT: MidiConfig = MidiConfig::Basic;
    const MIDI_OUTPUT: MidiConfig = MidiConfig::Basic;
    const SAMPLE_ACCURATE_AUTOMATION: bool = true;

    type Editor = crate::editor::MuseEditor;
    type SysExMessage = ();
    type BackgroundTask = ();

    fn params(&self) -> Arc<dyn Params> {
        self.params.clone()
    }

    fn editor(&mut self, _: AsyncExecutor<Self>) -> Option<Self::Editor> {
        Some(crate::editor::create(&self.params, &self.shared))
    }

    fn filter_state(state: &mut PluginState) {
        crate::state::migrate::migrate(state);
    }

    fn activate(
        &mut self,
        _: &AudioIOLayout,
        config: &BufferConfig,
        context: &mut impl ActivateContext<Self>,
    ) -> bool {
        let (shared, audio) = (&self.shared, &mut self.audio);
        let latency = shared.setup.latency();
        self.sound
            .prepare(config.sample_rate, config.max_buffer_size, latency, || {
                let fonts = shared.fonts.prepare(config.sample_rate);
                if let Some(audio) = audio {
                    // Made for another rate.
                    while audio.fonts.turns.pop().is_ok() {}
                }
                fonts
            });
        self.band
            .cursor
            .prepare(f64::from(config.sample_rate), config.max_buffer_size);
        self.band.bypass.prepare(config.sample_rate);
        let basis = Basis {
            rate_hz: config.sample_rate,
            max_frames: config.max_buffer_size as usize,
            latency,
        };
        self.shared.previews.prepare(basis);
        self.cut_preview();
        self.band.booth.prepare(basis, config.process_mode);
        self.band.report.prepare(config.sample_rate);
        context.set_latency_samples(self.sound.latency_samples());
        self.told_latency = latency;
        true
    }

    fn reset(&mut self) {
        self.band.performer.release_later();
        self.band.late.break_off();
        self.band.cursor.reset();
        self.band.bypass.reset(self.params.band.bypass.value());
        self.cut_preview();
        self.sound.reset();
        self.net.reset();
    }

    fn deactivate(&mut self) {
        // There is no way to send events here: what is owed goes out at the start of the next block.
        self.band.performer.release_later();
    }

    fn process(
        &mut self,
        buffer: &mut Buffer,
        aux: &mut AuxiliaryBuffers,
        context: &mut impl ProcessContext<Self>,
    ) -> ProcessStatus {
        let frames = buffer.samples() as u32;
        self.band.report.start();
        self.band.keys.read(context);
        let controls = self.params.controls();
        let bypassed = self.params.band.bypass.value();
        self.take_material();
        self.pass_on_speech(aux, context.transport().sample_rate);
        self.band.output.clear();
        self.band.booth.start(context.transport().recording);
        if !self.guarded(|this| this.play(context.transport(), &controls, bypassed, frames)) {
            self.band.performer.release_later();
        }
        let latency_samples = self.tell_latency(context);
        let band = &mut *self.band;
        midi_out::send(
            &mut band.late,
            &band.output,
            frames,
            latency_samples,
            context,
        );
        if !self.guarded(|this| this.render(buffer, aux)) {
            self.sound.reset();
            sound::silence(buffer, aux);
        }
        if !self.guarded(|this| this.hear_preview(buffer, &controls, bypassed)) {
            self.cut_preview();
        }
        self.report(&controls, frames);
        ProcessStatus::Tail(self.sound.tail_samples())
    }
}

impl MuseAroo {
    /// Does a step over the [`net`]; says whether it came to its end.
    fn guarded(&mut self, step: impl FnOnce(&mut Self)) -> bool {
        let mut net = self.net;
        let whole = net.over(|| step(self));
        self.net = net;
        whole
    }

    /// How late everything comes. Another setting than the one that plays is told to the host, which starts the
    /// plug-in anew for it.
    fn tell_latency(&mut self, context: &mut impl ProcessContext<Self>) -> u32 {
        let wanted = self.shared.setup.latency();
        if wanted != self.told_latency {
            self.told_latency = wanted;
            context.set_latency_samples(self.sound.latency_samples_of(wanted));
        }
        self.sound.latency_samples()
    }

    /// Song and styles as they stand from this block on.
    fn take_material(&mut self) {
        let Some(audio) = &mut self.audio else { return };
        let (material, changed) = audio.material();
        if changed || !self.band.report.has_material() {
            self.band.performer.set_drum_map(&material.drum_map);
            self.band.report.took_material();
        }
        // A new mix ends no note.
        if changed && self.band.notes_revision != material.notes_revision {
            self.band.notes_revision = material.notes_revision;
            self.band.performer.song_changed();
        }
        self.sound.take_fonts(&mut audio.fonts);
    }

    /// What the Listen input carries, to the worker while somebody speaks a prompt.
    fn pass_on_speech(&mut self, aux: &mut AuxiliaryBuffers, rate_hz: f32) {
        let (Some(audio), Some(listen)) = (&mut self.audio, aux.inputs.first_mut()) else {
            return;
        };
        audio
            .speech
            .pass_on(&self.shared.speech, listen.as_slice(), rate_hz);
    }

    /// Where the song is, span by span, and what the band plays there.
    fn play(&mut self, transport: &Transport, controls: &Controls, bypassed: bool, frames: u32) {
        let band = &mut *self.band;
        let Some(material) = self.audio.as_ref().map(AudioEnd::current) else {
            return;
        };
        let Some(engines_material) = material.as_engines() else {
            return;
        };
        let settings = Settings {
            run: self.params.band.run(),
            tempo_bpm: f64::from(self.params.band.tempo.value()),
            start_bar: material.song.start_bar,
            meter: material.song.meter,
        };
        if let Some(bar) = self.shared.take_go_to() {
            band.cursor.go_to(bar);
        }
        // A bypassed band stands still and still listens, so that a chord held over is known.
        let controls = &Controls {
            keys: if bypassed {
                music::controls::Keys::Off
            } else {
                controls.keys
            },
            ..*controls
        };
        let change = band.bypass.turn(bypassed);
        if change == bypass::Turn::In {
            band.performer.release_all(0, &mut band.output);
        }
        if self.shared.asked.take_panic() {
            band.performer.release_all(0, &mut band.output);
            self.sound.reset();
            self.shared.previews.stop();
        }
        let mut rejoins = change == bypass::Turn::Out;
        let (performer, output, keys) = (&mut band.performer, &mut band.output, band.keys.events());
        let booth = &mut band.booth;
        band.cursor.follow(
            &keys::host_transport(transport),
            &settings,
            keys,
            frames,
            |span| {
                let mut span = *span;
                span.playing &= !bypassed;
                span.jumped |= std::mem::take(&mut rejoins);
                booth.note(&span);
                performer.play(engines_material, controls, &span, keys, output);
            },
        );
    }

    /// The events as sound on every bus.
    fn render(&mut self, buffer: &mut Buffer, aux: &mut AuxiliaryBuffers) {
        let current = self.audio.as_ref().map(AudioEnd::current);
        let tempo_bpm = self.band.cursor.place().tempo_bpm;
        let band = &mut *self.band;
        let faders = self.params.faders();
        let mix_of = |playing: &Playing| mix::mix(current?, &faders, playing, tempo_bpm);
        let patches = current.map_or([None; LANES], |material| material.patches);
        let output = &band.output;
        self.sound
            .render(buffer, aux, output, mix_of, &patches, &mut band.bypass);
    }

    /// The pulse for the editor, and what the state wants to know.
    fn report(&mut self, controls: &Controls, frames: u32) {
        let band = &mut *self.band;
        let place = band.cursor.place();
        if place.host_transport || place.playing {
            self.shared.heard.note(
                place.meter,
                (place.tempo_bpm * 1000.0) as u32,
                controls.style,
            );
            if controls.is_blended() {
                self.shared.heard.note_style(controls.style_b);
            }
        }
        let faults = report::faults(
            band.cursor.take_bad_transport(),
            band.output.overflow || band.keys.lost(),
            self.net.caught(),
        );
        self.sound.watch(self.shared.is_watched());
        let mut pulse = band.report.pulse(
            place,
            band.performer.held_chord(),
            &band.booth.metered(self.sound.take_meters()),
            faults,
            frames,
        );
        pulse.preview = band.booth.number();
        pulse.recording = band.booth.is_recording();
        if let Some(audio) = &mut self.audio {
            audio.publish(pulse);
        }
    }
}

impl Drop for MuseAroo {
    fn drop(&mut self) {
        // The code of the worker and of windows is in this library: they must be back before the host unloads it.
        self.worker.take();
        #[cfg(target_os = "linux")]
        self.shared.windows.wait();
    }
}

#[cfg(test)]
mod tests;
