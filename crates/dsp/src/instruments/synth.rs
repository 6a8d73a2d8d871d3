//! Oscillators, filter and envelopes: synth bass, pads, leads, stabs.

use music::patch::SynthTable;

use super::sweep::Sweep;
use super::{Hit, Scratch, Tick};
use crate::envelope::Envelope;
use crate::filters::SvfCoefficients;
use crate::math::{F8, Row, TICK, eights, gain_from_db, hz_from_pitch, phase_sine8, sine, whole};
use crate::noise::{Noise, chance, hash};
use crate::oscillators::{BUFFER, Oscillator, PitchGlide, Tables, Vibrato, advance, phases};
use crate::ramp::{Fall, Ramp};

/// Most copies of oscillator A.
const COPIES: usize = 7;

/// A corner that moves by less than this many octaves is not worked out again.
///
/// Taste: a third of a per cent is not heard, and what it moves is a straight line over a tick.
const HEARD: f32 = 0.004;

#[derive(Clone, Copy, Debug)]
struct Corner {
    /// Octaves over 1 Hz with pitch and velocity counted in.
    octaves: f32,
    key_track: f32,
    envelope_octaves: f32,
    sweep_octaves: f32,
    sweep_turns: f32,
    sweep_hz: f32,
    damping: f32,
}

/// A synth note.
#[derive(Clone, Debug)]
pub(crate) struct SynthVoice {
    hz: f32,
    copies: [Oscillator; COPIES],
    count: usize,
    second: Oscillator,
    sub_phase: u32,
    sub_step: u32,
    sub: f32,
    noise: Noise,
    hiss: f32,
    /// Noise of the first moment, falling; and both noises as they are heard.
    chiff: f32,
    chiff_fall: Fall,
    air: Ramp,
    /// Centre, left and right.
    buffers: [[f32; BUFFER]; 3],
    side: f32,
    corner: Corner,
    /// Octaves of the corner that the filter stands at, and its coefficients.
    heard: (f32, SvfCoefficients),
    pub(crate) sweep: Sweep,
    filter_envelope: Envelope,
    amp: Envelope,
    gain: f32,
    velocity_gain: f32,
    gain_now: f32,
    semitones: f32,
    vibrato: Vibrato,
    glide: PitchGlide,
    fresh: bool,
    still: bool,
}

impl SynthVoice {
    pub(crate) fn start(table: &SynthTable, hit: &Hit) -> SynthVoice {
        let rate = hit.rate;
        let count = usize::from(table.unison).clamp(1, COPIES);
        let share = 1.0 / (count as f32).sqrt();
        // A little by chance, but in the mean the pitch that is played.
        let mut places = [0.0; COPIES];
        for (i, place) in places[..count]
            .iter_mut()
            .enumerate()
            .skip(usize::from(count == 1))
        {
            let even = 2.0 * i as f32 / (count - 1) as f32 - 1.0;
            *place = even * (1.0 + 0.08 * chance(hit.phase, 40 + i as u32));
        }
        let middle = places.iter().sum::<f32>() / count as f32;
        let copies = core::array::from_fn(|i| {
            // A mono voice starts nearly in phase, so that every bass note hits alike.
            let phase = hash(hit.phase.wrapping_add(i as u32 * 0x51ed));
            let phase = if table.mono { phase >> 4 } else { phase };
            let cents = (places[i] - middle) * table.unison_cents;
            Oscillator::new(&table.a, phase).detuned(cents, share)
        });
        let phase = hash(hit.phase ^ 0xb0b);
        let second = Oscillator::new(&table.b, if table.mono { phase >> 4 } else { phase });
        let f = &table.filter;
        let octaves = f.cutoff_hz.log2()
            + f.key_track * (f32::from(hit.pitch) - 60.0) / 12.0
            + hit.octaves(f.velocity_octaves);
        let corner = Corner {
            octaves,
            key_track: f.key_track,
            envelope_octaves: f.envelope_octaves * (0.55 + 0.57 * hit.velocity) * hit.hardness(0.4),
            sweep_octaves: f.sweep_octaves,
            sweep_turns: 0.5 + 0.5 * chance(hit.phase, 41),
            sweep_hz: f.sweep_hz,
            damping: 2.0 * (1.0 - f.resonance).powf(1.4) * 0.8 + 0.1,
        };
        let mut glide = PitchGlide::default();
        glide.add(0.01 * table.scoop_cents, table.scoop_ms, rate);
        SynthVoice {
            hz: hz_from_pitch(f32::from(hit.pitch)),
            copies,
            count,
            second,
            sub_phase: 0,
            sub_step: 0,
            sub: table.sub * hit.body(1.0),
            noise: Noise::new(hit.phase, 3),
            hiss: 0.6 * table.noise,
            chiff: 0.6 * table.chiff * (0.4 + 0.6 * hit.velocity) * hit.hardness(0.8),
            chiff_fall: Fall::t60(table.chiff_ms * 0.001, rate),
            air: Ramp::default(),
            buffers: [[0.0; BUFFER]; 3],
            side: table.spread,
            corner,
            heard: (f32::MIN, SvfCoefficients::default()),
            sweep: Sweep::new(f.steep),
            filter_envelope: hit.envelope(&f.envelope),
            amp: hit.envelope(&table.amp),
            gain: 0.35 * hit.gain() * gain_from_db(-1.5 * f.resonance),
            velocity_gain: hit.gain(),
            gain_now: 0.35 * hit.gain() * gain_from_db(-1.5 * f.resonance),
            semitones: f32::from(hit.pitch),
            vibrato: Vibrato::new(&table.vibrato, chance(hit.phase, 42), rate),
            glide,
            fresh: true,
            still: false,
        }
    }
    /// Takes the voice over for a tied note: glides there, opens again from where it is.
    pub(crate) fn tie(&mut self, hit: &Hit, glide_ms: f32) {
        let pitch = f32::from(hit.pitch);
        self.glide.add(self.semitones - pitch, glide_ms, hit.rate);
        self.corner.octaves += self.corner.key_track * (pitch - self.semitones) / 12.0;
        self.semitones = pitch;
        self.hz = hz_from_pitch(pitch);
        self.gain *= hit.gain() / self.velocity_gain.max(1e-4);
        self.velocity_gain = hit.gain();
        self.still = false;
        self.amp.again();
        self.filter_envelope.again();
    }
    pub(crate) fn release(&mut self) {
        self.amp.release();
        self.filter_envelope.release();
    }
    pub(crate) fn is_over(&self) -> bool {
        self.amp.is_over() && self.sweep.level() < 3e-5
    }
    fn coefficients(&mut self, envelope: f32, rate: f32) -> SvfCoefficients {
        let c = &self.corner;
        let mut octaves = c.octaves + c.envelope_octaves * envelope;
        if c.sweep_octaves > 0.0 {
            octaves += c.sweep_octaves * sine(c.sweep_turns);
        }
        if (octaves - self.heard.0).abs() > HEARD {
            let hz = octaves.exp2().clamp(25.0, 18_000.0);
            self.heard = (octaves, SvfCoefficients::new(hz, c.damping, rate));
        }
        self.heard.1
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        let rate = tick.rate;
        let tied = self.glide.advance(tick.frames);
        let (vibrato, _) = self.vibrato.advance(tick.frames);
        let ratio = tied * vibrato;
        // Retuned only while something moves the pitch.
        if self.fresh || ratio != 1.0 || !self.still {
            self.still = ratio == 1.0;
            let hz = self.hz * ratio;
            for copy in &mut self.copies[..self.count] {
                copy.tune(hz, rate);
            }
            self.second.tune(hz, rate);
            self.sub_step = (0.5 * hz / rate * 4_294_967_296.0) as u32;
        }
        if self.fresh {
            self.fresh = false;
            let c = self.coefficients(0.0, rate);
            self.sweep.hold(c);
            self.air.hold(self.hiss + self.chiff);
        }
        self.chiff *= self.chiff_fall.over(tick.frames);
        if self.chiff < 1e-5 {
            self.chiff = 0.0;
        }
        self.air.aim(self.hiss + self.chiff, tick.frames);
        self.corner.sweep_turns += self.corner.sweep_hz * tick.frames as f32 / rate;
        self.corner.sweep_turns -= self.corner.sweep_turns.floor();
        let envelope = self.filter_envelope.advance(tick.frames);
        for copy in &mut self.copies[..self.count] {
            copy.morph(envelope);
        }
        self.second.morph(envelope);
        self.gain_now += 0.2 * (self.gain - self.gain_now);
        let c = self.coefficients(envelope, rate);
        let level = self.gain_now * self.amp.advance(tick.frames);
        self.sweep.aim(c, level, tick.frames);
    }
    /// What comes before the filter. The voices' filters run side by side, see [`super::sweep`].
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize, tables: &Tables) -> bool {
        let wide = self.count > 1 && self.side > 0.0;
        let count = self.count;
        // Copies go centre, left, right, left, right; two copies go left and right.
        let to = |i: usize| match (wide, count, i) {
            (false, _, _) => 0,
            (true, 2 | 4 | 6, _) => 1 + i % 2,
            (true, _, i) if 2 * i + 1 == count => 0,
            (true, _, i) => 1 + i % 2,
        };
        let copies = &mut self.copies[..count];
        Oscillator::render_copies(copies, to, &mut self.buffers, frames, tables);
        if !self.second.is_silent() {
            self.second.render(&mut self.buffers[0], frames, tables);
        }
        let mut centre = head(&self.buffers[0]);
        if self.sub > 0.0 {
            let sub = F8::splat(self.sub);
            for (x, phases) in centre
                .iter_mut()
                .zip(&phases(self.sub_phase, self.sub_step))
            {
                *x = sub.mul_add(phase_sine8(*phases), *x);
            }
            let turned = self.sub_step.wrapping_mul(frames as u32);
            self.sub_phase = self.sub_phase.wrapping_add(turned);
        }
        if self.air.value() > 0.0 {
            let mut noise = [0.0; TICK];
            for x in &mut noise[..frames] {
                *x = self.noise.next();
            }
            let (air, noise) = (eights(&self.air.line(frames)), eights(&noise));
            for n in 0..2 {
                centre[n] = air[n].mul_add(noise[n], centre[n]);
            }
        }
        if wide {
            let [near, far] = [0.5 + 0.5 * self.side, 0.5 - 0.5 * self.side].map(F8::splat);
            let (l, r) = (head(&self.buffers[1]), head(&self.buffers[2]));
            // The sides together are as loud as in the centre.
            let gain = F8::splat(1.2);
            let side =
                |a: Row, b: Row, n: usize| gain.mul_add(near.mul_add(a[n], far * b[n]), centre[n]);
            out.left = whole([0, 1].map(|n| side(l, r, n)));
            out.right = whole([0, 1].map(|n| side(r, l, n)));
            advance(&mut self.buffers[1], frames);
            advance(&mut self.buffers[2], frames);
        } else {
            out.left = whole(centre);
        }
        advance(&mut self.buffers[0], frames);
        wide
    }
}

/// The tick at the beginning of a buffer.
#[inline(always)]
fn head(buffer: &[f32; BUFFER]) -> Row {
    buffer.first_chunk().map_or([F8::ZERO; 2], eights)
}
