//! Voices: pulses of several singers through the resonances of two mouths, one to either side.
//!
//! Reference: G. Peterson, H. Barney, "Control methods used in a study of the vowels" (formants of men);
//! the fourth formant and the levels are rounded from usual tables of sung vowels.

use music::patch::{ChoirTable, Vowel};

use super::{Hit, Scratch, Tick};
use crate::envelope::Envelope;
use crate::filters::{Bands, OnePole};
use crate::math::{TICK, hz_from_pitch, sine};
use crate::noise::{Noise, chance, hash};
use crate::oscillators::{BUFFER, Oscillator, PitchGlide, Tables, Vibrato, advance};
use crate::ramp::Ramp;

/// Most singers.
const SINGERS: usize = 6;

/// Singers that are at full voice within this time begin with their pulses together; twice as long leaves them to chance.
///
/// Taste: a consonant at the start puts a group in step.
const TOGETHER_MS: f32 = 50.0;
/// When the pulses of those meet, whatever the detunes.
///
/// Taste: in the middle of a short note, so that none of its partials begins or ends cancelled.
const FOCUS_S: f32 = 0.15;

/// Centres in Hz and levels of four formants.
#[derive(Clone, Copy, Debug)]
struct Mouth {
    hz: [f32; 4],
    level: [f32; 4],
}

const fn mouth(vowel: Vowel) -> Mouth {
    let (hz, level) = match vowel {
        Vowel::A => ([730.0, 1090.0, 2440.0, 3400.0], [1.0, 0.63, 0.2, 0.14]),
        Vowel::E => ([530.0, 1840.0, 2480.0, 3500.0], [1.0, 0.42, 0.3, 0.16]),
        Vowel::I => ([300.0, 2250.0, 3010.0, 3600.0], [1.0, 0.34, 0.28, 0.18]),
        Vowel::O => ([570.0, 840.0, 2410.0, 3300.0], [1.0, 0.5, 0.09, 0.06]),
        Vowel::U => ([320.0, 870.0, 2240.0, 3200.0], [1.0, 0.28, 0.06, 0.04]),
    };
    Mouth { hz, level }
}

#[derive(Clone, Copy, Debug)]
struct Singer {
    wave: Oscillator,
    vibrato: Vibrato,
    drift_turns: f32,
    drift_step: f32,
}

/// Which mouth a singer sings through, counted from the lowest: either has as many under the pitch as over it, as near
/// as may be.
const fn side_of(singer: usize, count: usize) -> usize {
    if count % 2 == 1 {
        singer % 2
    } else {
        singer.count_ones() as usize % 2
    }
}

/// Where singers stand between the lowest (−1) and the highest (1): a little by chance, but in the mean of either mouth,
/// of which one is louder, the pitch that is sung.
fn places(count: usize, phase: u32) -> [f32; SINGERS] {
    let mut places = [0.0; SINGERS];
    for (i, place) in places[..count].iter_mut().enumerate() {
        *place =
            2.0 * i as f32 / (count - 1) as f32 - 1.0 + 0.4 * chance(phase, 120 + 4 * i as u32);
    }
    for side in 0..2 {
        // Two singers have a mouth each.
        let is_of = |i: &usize| count == 2 || side_of(*i, count) == side;
        let of = || (0..count).filter(is_of);
        let middle = of().map(|i| places[i]).sum::<f32>() / of().count() as f32;
        of().for_each(|i| places[i] -= middle);
    }
    places
}

/// A chord tone of a choir.
#[derive(Clone, Debug)]
pub(crate) struct ChoirVoice {
    hz: f32,
    singers: [Singer; SINGERS],
    count: usize,
    buffers: [[f32; BUFFER]; 2],
    source: [OnePole; 2],
    /// The left mouth's formants, then the right one's.
    mouths: Bands<8>,
    from: Mouth,
    to: Mouth,
    size: f32,
    damping: f32,
    morph: f32,
    morph_step: f32,
    wait: u32,
    breath: f32,
    noise: [Noise; 2],
    amp: Envelope,
    level: Ramp,
    glide: PitchGlide,
    gain: f32,
}

impl ChoirVoice {
    pub(crate) fn start(table: &ChoirTable, hit: &Hit) -> ChoirVoice {
        let rate = hit.rate;
        let count = usize::from(table.singers).clamp(2, SINGERS);
        let hz = hz_from_pitch(f32::from(hit.pitch));
        let places = places(count, hit.phase);
        // Who begins at once begins as one: turns that are left to chance.
        let scatter = ((table.amp.attack_ms - TOGETHER_MS) / TOGETHER_MS).clamp(0.0, 1.0);
        let singers = core::array::from_fn(|i| {
            let purpose = 120 + 4 * i as u32;
            let cents = 0.5 * table.spread_cents * places[i];
            let saw = music::patch::OscillatorTable::default();
            let share = (count as f32).sqrt().recip();
            let by_chance = scatter * 0.5 * chance(hit.phase, purpose + 1);
            let behind = hz * ((cents / 1200.0).exp2() - 1.0) * FOCUS_S;
            let turns = by_chance - (1.0 - scatter) * behind;
            let start = hash(hit.phase).wrapping_add((turns * 4_294_967_296.0) as i64 as u32);
            Singer {
                wave: Oscillator::new(&saw, start).detuned(cents, share),
                vibrato: Vibrato::new(&table.vibrato, chance(hit.phase, purpose + 2), rate),
                drift_turns: 0.5 + 0.5 * chance(hit.phase, purpose + 3),
                drift_step: (0.4 + 0.13 * i as f32) / rate,
            }
        });
        let octaves = (f32::from(hit.pitch) - 60.0) / 12.0;
        let source_hz =
            table.source_hz * (0.6 * octaves + hit.octaves(table.velocity_octaves)).exp2();
        let mut voice = ChoirVoice {
            hz,
            singers,
            count,
            buffers: [[0.0; BUFFER]; 2],
            source: [OnePole::new(source_hz, rate); 2],
            mouths: Bands::new(),
            from: mouth(table.from),
            to: mouth(table.to),
            // Throats are shorter the higher they sing.
            size: table.size * (0.12 * octaves).exp2() * hit.body(-0.25),
            damping: 0.5 - 0.42 * table.focus,
            morph: 0.0,
            morph_step: 1.0 / (table.morph_s * rate),
            wait: 0,
            breath: 0.5 * table.breath,
            noise: [Noise::new(hit.phase, 118), Noise::new(hit.phase, 119)],
            amp: hit.envelope(&table.amp),
            level: Ramp::at(0.0),
            glide: PitchGlide::default(),
            gain: 0.75 * hit.gain(),
        };
        voice.shape(rate);
        voice
    }
    fn shape(&mut self, rate: f32) {
        // A mouth moves slowly at both ends of its way.
        let way = self.morph * self.morph * (3.0 - 2.0 * self.morph);
        let between = |a: f32, b: f32| a + way * (b - a);
        const DAMPING: [f32; 4] = [1.0, 0.8, 0.7, 0.7];
        for side in 0..2 {
            let size = self.size * (1.0 + 0.035 * (side as f32 - 0.5));
            for k in 0..4 {
                self.mouths.aim(
                    4 * side + k,
                    size * between(self.from.hz[k], self.to.hz[k]),
                    DAMPING[k] * self.damping,
                    between(self.from.level[k], self.to.level[k]),
                    rate,
                );
            }
        }
    }
    pub(crate) fn release(&mut self) {
        self.amp.release();
    }
    pub(crate) fn is_over(&self) -> bool {
        self.amp.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        let hz = self.hz * self.glide.advance(tick.frames);
        for singer in &mut self.singers[..self.count] {
            singer.drift_turns += singer.drift_step * tick.frames as f32;
            singer.drift_turns -= singer.drift_turns.floor();
            // Taste: a singer strays by some three cents.
            let stray = 1.0 + 0.0017 * sine(singer.drift_turns);
            let (vibrato, _) = singer.vibrato.advance(tick.frames);
            singer.wave.tune(hz * vibrato * stray, tick.rate);
        }
        if self.morph < 1.0 {
            self.morph = (self.morph + self.morph_step * tick.frames as f32).min(1.0);
            // Every fourth tick is often enough for a mouth.
            self.wait += 1;
            if self.wait & 3 == 0 || self.morph >= 1.0 {
                self.shape(tick.rate);
            }
        }
        for side in 0..2 {
            self.source[side].settle();
        }
        self.mouths.settle();
        self.level
            .aim(self.gain * self.amp.advance(tick.frames), tick.frames);
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize, tables: &Tables) {
        for (i, singer) in self.singers[..self.count].iter_mut().enumerate() {
            singer
                .wave
                .render(&mut self.buffers[side_of(i, self.count)], frames, tables);
        }
        let mut pulses = [[0.0f32; TICK]; 2];
        for i in 0..frames {
            for side in 0..2 {
                let hiss = self.breath * self.noise[side].next();
                pulses[side][i] = self.source[side].low(self.buffers[side][i] + hiss);
            }
        }
        let sung = self.mouths.run(&pulses, frames);
        let heard = |side: usize, i: usize| 0.06 * pulses[side][i] + sung[side][i];
        for buffer in &mut self.buffers {
            advance(buffer, frames);
        }
        let level = self.level.line(frames);
        for i in 0..frames {
            let (l, r) = (level[i] * heard(0, i), level[i] * heard(1, i));
            out.left[i] = l + 0.25 * r;
            out.right[i] = r + 0.25 * l;
        }
    }
}
