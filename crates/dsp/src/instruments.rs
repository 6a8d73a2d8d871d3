//! Instruments: one technique a file. Each starts from a table, a pitch, a velocity and a phase, and
//! renders mono or stereo samples; control values move at ticks that the caller counts.

mod choir;
pub(crate) mod drums;
mod fm;
mod mallet;
mod organ;
mod piano;
mod string;
mod sub;
pub(crate) mod sweep;
mod synth;
mod tine;
mod wind;

use music::patch::{EnvelopeTable, Macros, Patch};

use crate::envelope::Envelope;
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
    /// What the attack knob makes of a corner or a noise: `octaves` up at its end, 1 at rest.
    pub(crate) fn hardness(&self, octaves: f32) -> f32 {
        (octaves * self.macros.attack).exp2()
    }
    /// What it makes of the time of a rise: a quarter to four times, 1 at rest.
    pub(crate) fn slowness(&self) -> f32 {
        (-2.0 * self.macros.attack).exp2()
    }
    /// What the body knob makes of a decay or a resonance: `octaves` up at its end, 1 at rest.
    pub(crate) fn body(&self, octaves: f32) -> f32 {
        (octaves * self.macros.body).exp2()
    }
    /// An envelope as both knobs leave it.
    pub(crate) fn envelope(&self, table: &EnvelopeTable) -> Envelope {
        let turned = EnvelopeTable {
            attack_ms: table.attack_ms * self.slowness(),
            decay_ms: table.decay_ms * self.body(1.0),
            sustain: table.sustain,
            release_ms: table.release_ms * self.body(0.8),
        };
        Envelope::new(&turned, self.rate)
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
}

/// Samples of one voice between two ticks.
pub(crate) struct Scratch {
    pub(crate) left: [f32; TICK],
    pub(crate) right: [f32; TICK],
}

impl Scratch {
    /// The left (0) or the right channel.
    pub(crate) const fn side(&self, side: usize) -> &[f32; TICK] {
        if side == 0 { &self.left } else { &self.right }
    }
    /// The same, to write to.
    pub(crate) const fn side_mut(&mut self, side: usize) -> &mut [f32; TICK] {
        if side == 0 {
            &mut self.left
        } else {
            &mut self.right
        }
    }
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
    Fm(fm::FmVoice),
    Piano(piano::PianoVoice),
    Mallet(mallet::MalletVoice),
    Organ(organ::OrganVoice),
    Wind(wind::WindVoice),
    Choir(choir::ChoirVoice),
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
            Patch::Fm(t) => Sound::Fm(fm::FmVoice::start(t, hit)),
            Patch::Piano(t) => Sound::Piano(piano::PianoVoice::start(t, hit)),
            Patch::Mallet(t) => Sound::Mallet(mallet::MalletVoice::start(t, hit)),
            Patch::Organ(t) => Sound::Organ(organ::OrganVoice::start(t, hit)),
            Patch::Wind(t) => Sound::Wind(wind::WindVoice::start(t, hit, line)),
            Patch::Choir(t) => Sound::Choir(choir::ChoirVoice::start(t, hit)),
        })
    }
    /// Takes the voice over for a note that is tied to the one it plays. `false`: it needs a new voice.
    pub(crate) fn tie(&mut self, patch: &Patch, hit: &Hit) -> bool {
        match (self, patch) {
            (Sound::String(v), Patch::String(_)) => v.tie(hit),
            (Sound::Synth(v), Patch::Synth(t)) if t.glide_ms > 0.0 => v.tie(hit, t.glide_ms),
            (Sound::Fm(v), Patch::Fm(t)) if t.glide_ms > 0.0 => v.tie(hit, t.glide_ms),
            (Sound::Wind(v), Patch::Wind(t)) => v.tie(hit, t.glide_ms),
            (Sound::Sub(v), Patch::Sub(t)) if t.glide_ms > 0.0 => v.tie(hit, t.glide_ms),
            _ => return false,
        }
        true
    }
    /// The key goes up.
    pub(crate) fn release(&mut self, rate: f32) {
        match self {
            Sound::Silent | Sound::Drum(_) => {}
            Sound::String(v) => v.release(),
            Sound::Synth(v) => v.release(),
            Sound::Sub(v) => v.release(),
            Sound::Tine(v) => v.release(rate),
            Sound::Fm(v) => v.release(),
            Sound::Piano(v) => v.release(rate),
            Sound::Mallet(v) => v.release(rate),
            Sound::Organ(v) => v.release(),
            Sound::Wind(v) => v.release(),
            Sound::Choir(v) => v.release(),
        }
    }
    /// Ticks between two looks at control values.
    pub(crate) const fn control_ticks(&self) -> u64 {
        match self {
            // Taste: straight lines of 0.7 ms through its envelopes, filter and vibrato are not heard as such.
            Sound::Synth(_) => 2,
            _ => 1,
        }
    }
    /// Aims control values at the next tick that asks for them, `tick.frames` away.
    pub(crate) fn tick(&mut self, tick: &Tick, room: usize) {
        match self {
            Sound::Silent => {}
            Sound::Drum(v) => v.tick(tick),
            Sound::String(v) => v.tick(tick),
            Sound::Synth(v) => v.tick(tick),
            Sound::Sub(v) => v.tick(tick),
            Sound::Tine(v) => v.tick(tick),
            Sound::Fm(v) => v.tick(tick),
            Sound::Piano(v) => v.tick(tick),
            Sound::Mallet(v) => v.tick(tick),
            Sound::Organ(v) => v.tick(tick),
            Sound::Wind(v) => v.tick(tick, room),
            Sound::Choir(v) => v.tick(tick),
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
        // Told apart so that the compiler knows how long a whole piece is.
        if frames == TICK {
            self.play(out, TICK, line, tables)
        } else {
            self.play(out, frames, line, tables)
        }
    }
    #[inline(always)]
    fn play(
        &mut self,
        out: &mut Scratch,
        frames: usize,
        line: &mut [f32],
        tables: &Tables,
    ) -> bool {
        let mono = &mut out.left[..frames];
        match self {
            Sound::Silent => mono.fill(0.0),
            Sound::Drum(v) => {
                v.render(out, frames);
                return true;
            }
            Sound::String(v) => v.render(mono, line),
            Sound::Synth(v) => return v.render(out, frames, tables),
            Sound::Sub(v) => v.render(mono),
            Sound::Tine(v) => v.render(mono),
            Sound::Fm(v) => v.render(mono),
            Sound::Piano(v) => {
                v.render(out, frames);
                return true;
            }
            Sound::Mallet(v) => v.render(mono),
            Sound::Organ(v) => v.render(mono),
            Sound::Wind(v) => v.render(mono, line),
            Sound::Choir(v) => {
                v.render(out, frames, tables);
                return true;
            }
        }
        false
    }
    /// The filter that what was rendered still has to go through.
    pub(crate) const fn sweep(&self) -> Option<&sweep::Sweep> {
        match self {
            Sound::Synth(v) => Some(&v.sweep),
            _ => None,
        }
    }
    /// The same, to go on with.
    pub(crate) const fn sweep_mut(&mut self) -> Option<&mut sweep::Sweep> {
        match self {
            Sound::Synth(v) => Some(&mut v.sweep),
            _ => None,
        }
    }
    /// Nothing more will come.
    pub(crate) fn is_over(&self) -> bool {
        match self {
            Sound::Silent => true,
            Sound::Drum(v) => v.is_over(),
            Sound::Synth(v) => v.is_over(),
            Sound::Piano(v) => v.is_over(),
            Sound::Mallet(v) => v.is_over(),
            Sound::Fm(v) => v.is_over(),
            Sound::Organ(v) => v.is_over(),
            Sound::Wind(v) => v.is_over(),
            Sound::Choir(v) => v.is_over(),
            _ => false,
        }
    }
}
