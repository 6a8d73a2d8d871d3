//! Instruments: one technique a file. Each starts from a table, a pitch, a velocity and a phase, and
//! renders mono or stereo samples; control values move at ticks that the caller counts.

pub(crate) mod drums;
mod mallet;
mod organ;
mod piano;
mod string;
mod sub;
mod synth;
mod tine;
mod wind;

use music::patch::{Macros, Patch};

use crate::math::TICK;
use crate::oscillators::Tables;
use drums::DrumVoice;

/// What a note starts with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// MIDI pitch.
    pub(crate) pitch: u8,
    /// 0–1, linear in MIDI velocity.
    pub(crate) velocity: f32,
    /// From Dice: phases, noise and small differences.
    pub(crate) phase: u32,
    /// Sample rate.
    pub(crate) rate: f32,
    /// Semitones that a tied note before was away (0: no glide).
    pub(crate) glide_from: f32,
    /// The lane's knobs, bounded. An instrument takes `attack` and `body` from here; the strip does the rest.
    pub(crate) macros: Macros,
}

impl Hit {
    /// Amplitude for the velocity.
    ///
    /// Taste: 30 dB from the softest to the hardest stroke that engines write.
    pub(crate) fn gain(&self) -> f32 {
        self.velocity.powf(1.6)
    }
    /// Octaves that velocity moves a corner: 0 at velocity 100, `range` from softest to hardest.
    pub(crate) fn octaves(&self, range: f32) -> f32 {
        (self.velocity - 100.0 / 127.0) * range
    }
}

/// What a control tick knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tick {
    /// Samples until the next tick.
    pub(crate) frames: usize,
    /// Sample rate.
    pub(crate) rate: f32,
    /// Seconds since reset, for what turns for everyone (rotors).
    pub(crate) seconds: f64,
}

/// Samples of one voice between two ticks.
pub(crate) struct Scratch {
    pub(crate) left: [f32; TICK],
    pub(crate) right: [f32; TICK],
}

/// A sounding note.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
pub(crate) enum Sound {
    Silent,
    Drum(DrumVoice),
    String(string::StringVoice),
    Synth(synth::SynthVoice),
    Sub(sub::SubVoice),
    Tine(tine::TineVoice),
    Piano(piano::PianoVoice),
    Mallet(mallet::MalletVoice),
    Organ(organ::OrganVoice),
    Wind(wind::WindVoice),
}

impl Sound {
    /// Starts a note. `line` is the voice's own delay memory. `None`: the kit has no such piece.
    pub(crate) fn start(patch: &Patch, hit: &Hit, line: &mut [f32]) -> Option<Sound> {
        Some(match patch {
            Patch::Kit(t) => Sound::Drum(DrumVoice::start(t, hit)?),
            Patch::String(t) => Sound::String(string::StringVoice::start(t, hit, line)),
            Patch::Synth(t) => Sound::Synth(synth::SynthVoice::start(t, hit)),
            Patch::Sub(t) => Sound::Sub(sub::SubVoice::start(t, hit)),
            Patch::Tine(t) => Sound::Tine(tine::TineVoice::start(t, hit)),
            Patch::Piano(t) => Sound::Piano(piano::PianoVoice::start(t, hit)),
            Patch::Mallet(t) => Sound::Mallet(mallet::MalletVoice::start(t, hit)),
            Patch::Organ(t) => Sound::Organ(organ::OrganVoice::start(t, hit)),
            Patch::Wind(t) => Sound::Wind(wind::WindVoice::start(t, hit)),
        })
    }
    /// The key goes up.
    pub(crate) fn release(&mut self, rate: f32) {
        match self {
            Sound::Silent | Sound::Drum(_) => {}
            Sound::String(v) => v.release(),
            Sound::Synth(v) => v.release(),
            Sound::Sub(v) => v.release(),
            Sound::Tine(v) => v.release(),
            Sound::Piano(v) => v.release(rate),
            Sound::Mallet(v) => v.release(rate),
            Sound::Organ(v) => v.release(),
            Sound::Wind(v) => v.release(),
        }
    }
    /// Aims control values at the next tick.
    pub(crate) fn tick(&mut self, tick: &Tick) {
        match self {
            Sound::Silent => {}
            Sound::Drum(v) => v.tick(tick),
            Sound::String(v) => v.tick(tick),
            Sound::Synth(v) => v.tick(tick),
            Sound::Sub(v) => v.tick(tick),
            Sound::Tine(v) => v.tick(tick),
            Sound::Piano(v) => v.tick(tick),
            Sound::Mallet(v) => v.tick(tick),
            Sound::Organ(v) => v.tick(tick),
            Sound::Wind(v) => v.tick(tick),
        }
    }
    /// Fills the first `frames` of `out`. `true`: both channels; `false`: only the left, to be panned.
    pub(crate) fn render(
        &mut self,
        out: &mut Scratch,
        frames: usize,
        line: &mut [f32],
        tables: &Tables,
    ) -> bool {
        let mono = &mut out.left[..frames];
        match self {
            Sound::Silent => mono.fill(0.0),
            Sound::Drum(v) => v.render(mono),
            Sound::String(v) => v.render(mono, line),
            Sound::Synth(v) => return v.render(out, frames, tables),
            Sound::Sub(v) => v.render(mono),
            Sound::Tine(v) => v.render(mono),
            Sound::Piano(v) => v.render(mono),
            Sound::Mallet(v) => v.render(mono),
            Sound::Organ(v) => {
                v.render(out, frames);
                return true;
            }
            Sound::Wind(v) => v.render(mono),
        }
        false
    }
    /// Nothing more will come.
    pub(crate) fn is_over(&self) -> bool {
        match self {
            Sound::Silent => true,
            Sound::Synth(v) => v.is_over(),
            Sound::Organ(v) => v.is_over(),
            Sound::Wind(v) => v.is_over(),
            _ => false,
        }
    }
}
