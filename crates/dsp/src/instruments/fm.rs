//! Four sines that modulate one another's phase, each with a course of its own.
//!
//! Depths are held where the sidebands that fold back would be heard.
//!
//! Reference: J. Chowning, "The synthesis of complex audio spectra by means of frequency modulation".

use music::patch::{Algorithm, FmTable, OperatorTable};

use super::{Hit, Tick};
use crate::envelope::Envelope;
use crate::math::{TICK, hz_from_pitch, sine};
use crate::noise::chance;
use crate::oscillators::{PitchGlide, Vibrato};
use crate::ramp::Ramp;

const RADIAN: f32 = 1.0 / core::f32::consts::TAU;
const TURNS: f32 = 1.0 / 4_294_967_296.0;
type Piece = [f32; TICK];

#[derive(Clone, Copy, Debug)]
struct Operator {
    phase: u32,
    step: u32,
    ratio: f32,
    /// Peak: amplitude of one that sounds, turns of one that modulates.
    peak: f32,
    envelope: Envelope,
    level: Ramp,
    on: bool,
}

impl Operator {
    fn new(table: &OperatorTable, hit: &Hit, which: u32) -> Operator {
        let octaves = (f32::from(hit.pitch) - 60.0) / 12.0;
        let force = 1.0 - table.velocity + table.velocity * (hit.velocity * 1.27).powf(1.5);
        let level = table.level * force.max(0.0) * (-table.scale_db * octaves / 6.02).exp2();
        Operator {
            phase: 0,
            step: 0,
            ratio: table.ratio
                * (table.cents / 1200.0).exp2()
                * (1.0 + 0.0001 * chance(hit.phase, 110 + which)),
            peak: level,
            envelope: hit.envelope(&table.envelope),
            level: Ramp::at(0.0),
            on: level > 1e-4,
        }
    }
    fn tick(&mut self, hz: f32, tick: &Tick) {
        self.step = (f64::from(hz * self.ratio) / f64::from(tick.rate) * 4_294_967_296.0) as u32;
        self.level
            .aim(self.peak * self.envelope.advance(tick.frames), tick.frames);
        self.on = self.level.value() > 1e-5 || !self.envelope.is_over();
    }
    /// Its sine under a modulation in turns, times its level.
    #[inline(always)]
    fn next(&mut self, bend: &Piece, frames: usize) -> Piece {
        let mut out = [0.0; TICK];
        if !self.on {
            return out;
        }
        let level = self.level.line(frames);
        for i in 0..TICK {
            let phase = self.phase.wrapping_add(self.step.wrapping_mul(i as u32));
            out[i] = level[i] * sine(phase as i32 as f32 * TURNS + bend[i]);
        }
        self.phase = self
            .phase
            .wrapping_add(self.step.wrapping_mul(frames as u32));
        out
    }
}

/// An FM note.
#[derive(Clone, Debug)]
pub(crate) struct FmVoice {
    operators: [Operator; 4],
    algorithm: Algorithm,
    hz: f32,
    semitones: f32,
    vibrato: Vibrato,
    glide: PitchGlide,
    gain: Ramp,
    gain_target: f32,
    fresh: bool,
}

/// Turns a modulator's depth into turns, no deeper than the room above its target allows; and how far the
/// target's sidebands then reach, in Hz.
fn bound(operators: &mut [Operator; 4], by: usize, reach: f32, target: f32, limit: f32) -> f32 {
    if !operators[by].on || reach <= 0.0 {
        operators[by].peak = 0.0;
        return target;
    }
    // Measured: sidebands beyond depth + 1.5 √depth + 2.8 lie 60 dB and more under the carrier.
    let sidebands = |depth: f32| depth + 1.5 * depth.sqrt() + 2.8;
    let room = (limit - target) / reach;
    let root = (-1.5 + (2.25 + 4.0 * (room - 2.8).max(0.0)).sqrt()) * 0.5;
    // Below three sidebands of room only a trace is left, whose second sideband is faint.
    let most = if room < 2.8 {
        0.06 * (room - 1.0).clamp(0.0, 1.0)
    } else {
        root * root + 0.06
    };
    let depth = operators[by].peak.min(most);
    operators[by].peak = depth * RADIAN;
    target + sidebands(depth) * reach
}

impl FmVoice {
    pub(crate) fn start(table: &FmTable, hit: &Hit) -> FmVoice {
        let rate = hit.rate;
        let hz = hz_from_pitch(f32::from(hit.pitch));
        let mut operators = [
            Operator::new(&table.one, hit, 0),
            Operator::new(&table.two, hit, 1),
            Operator::new(&table.three, hit, 2),
            Operator::new(&table.four, hit, 3),
        ];
        let f: [f32; 4] = core::array::from_fn(|i| hz * operators[i].ratio);
        let limit = (rate - 16_000.0).max(0.5 * rate);
        let hard = hit.hardness(0.7);
        let modulators: &[usize] = match table.algorithm {
            Algorithm::Pairs => &[1, 3],
            Algorithm::Root => &[3],
            _ => &[1, 2, 3],
        };
        for m in modulators {
            operators[*m].peak *= hard;
        }
        match table.algorithm {
            Algorithm::Pairs => {
                bound(&mut operators, 1, f[1], f[0], limit);
                bound(&mut operators, 3, f[3], f[2], limit);
            }
            Algorithm::Stack => {
                let reach = bound(&mut operators, 3, f[3], f[2], limit);
                let reach = bound(&mut operators, 2, reach, f[1], limit);
                bound(&mut operators, 1, reach, f[0], limit);
            }
            Algorithm::Fan => {
                let reach = bound(&mut operators, 1, f[1], f[0], limit);
                let reach = bound(&mut operators, 2, f[2], reach, limit);
                bound(&mut operators, 3, f[3], reach, limit);
            }
            Algorithm::Root => {
                let top = f[0].max(f[1]).max(f[2]);
                bound(&mut operators, 3, f[3], top, limit);
            }
        }
        let carriers: &[usize] = match table.algorithm {
            Algorithm::Pairs => &[0, 2],
            Algorithm::Root => &[0, 1, 2],
            _ => &[0],
        };
        for c in carriers {
            if f[*c] > 0.45 * rate {
                operators[*c].peak = 0.0;
            }
        }
        FmVoice {
            operators,
            algorithm: table.algorithm,
            hz,
            semitones: f32::from(hit.pitch),
            vibrato: Vibrato::new(&table.vibrato, chance(hit.phase, 42), rate),
            glide: PitchGlide::default(),
            gain: Ramp::at(0.35 * hit.gain()),
            gain_target: 0.35 * hit.gain(),
            fresh: true,
        }
    }
    /// Takes the voice over for a tied note.
    pub(crate) fn tie(&mut self, hit: &Hit, glide_ms: f32) {
        let pitch = f32::from(hit.pitch);
        self.glide.add(self.semitones - pitch, glide_ms, hit.rate);
        self.semitones = pitch;
        self.hz = hz_from_pitch(pitch);
        self.gain_target = 0.35 * hit.gain();
        for operator in &mut self.operators {
            operator.envelope.again();
        }
    }
    pub(crate) fn release(&mut self) {
        for operator in &mut self.operators {
            operator.envelope.release();
        }
    }
    pub(crate) fn is_over(&self) -> bool {
        let carriers: &[usize] = match self.algorithm {
            Algorithm::Pairs => &[0, 2],
            Algorithm::Root => &[0, 1, 2],
            _ => &[0],
        };
        !self.fresh
            && carriers
                .iter()
                .all(|c| self.operators[*c].peak <= 0.0 || !self.operators[*c].on)
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.fresh = false;
        let hz = self.hz * self.glide.advance(tick.frames) * self.vibrato.advance(tick.frames).0;
        for operator in &mut self.operators {
            operator.tick(hz, tick);
        }
        self.gain.approach(self.gain_target, tick.frames);
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        let frames = out.len();
        let none = [0.0; TICK];
        let [one, two, three, four] = &mut self.operators;
        let mut sum = match self.algorithm {
            Algorithm::Pairs => {
                let bend = two.next(&none, frames);
                let a = one.next(&bend, frames);
                let bend = four.next(&none, frames);
                add(a, three.next(&bend, frames))
            }
            Algorithm::Stack => {
                let bend = four.next(&none, frames);
                let bend = three.next(&bend, frames);
                let bend = two.next(&bend, frames);
                one.next(&bend, frames)
            }
            Algorithm::Fan => {
                let bend = add(
                    two.next(&none, frames),
                    add(three.next(&none, frames), four.next(&none, frames)),
                );
                one.next(&bend, frames)
            }
            Algorithm::Root => {
                let bend = four.next(&none, frames);
                add(
                    one.next(&bend, frames),
                    add(two.next(&bend, frames), three.next(&bend, frames)),
                )
            }
        };
        let gain = self.gain.line(frames);
        for i in 0..TICK {
            sum[i] *= gain[i];
        }
        out.copy_from_slice(&sum[..frames]);
    }
}

#[inline(always)]
fn add(a: Piece, b: Piece) -> Piece {
    core::array::from_fn(|i| a[i] + b[i])
}
