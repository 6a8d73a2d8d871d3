//! Drawbars: nine sines, a key click, a percussion that falls. The turning horn is the lane's.

use music::patch::OrganTable;

use super::{Hit, Tick};
use crate::envelope::Envelope;
use crate::filters::Svf;
use crate::math::hz_from_pitch;
use crate::noise::{Noise, chance};
use crate::partials::Partials;
use crate::ramp::Ramp;

/// Harmonics of the drawbars against 8'.
const FOOTAGES: [f32; 9] = [0.5, 1.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];

/// An organ key that sounds.
#[derive(Clone, Debug)]
pub(crate) struct OrganVoice {
    wheels: Partials<10>,
    amp: Envelope,
    level: Ramp,
    click: f32,
    click_fall: f32,
    noise: Noise,
    contact: Svf,
    gain: f32,
}

impl OrganVoice {
    pub(crate) fn start(table: &OrganTable, hit: &Hit) -> OrganVoice {
        let rate = hit.rate;
        let hz = hz_from_pitch(f32::from(hit.pitch));
        let mut wheels = Partials::new(1e-5);
        // A partial that never falls: ten hours to −60 dB.
        const FOREVER_S: f32 = 36_000.0;
        let mut power = 0.0;
        for (ratio, pulled) in FOOTAGES.iter().zip(table.drawbars) {
            // Highest tones fold back by octaves, as on the wheels.
            let mut f = hz * ratio;
            while f > 6000.0 {
                f *= 0.5;
            }
            // Reference: a drawbar step is about 3 dB. Velocity and the body open the two ends a little.
            let open = if *ratio > 2.5 {
                (1.2 * (hit.velocity - 0.787)).exp2()
            } else if *ratio < 1.0 {
                hit.body(0.8)
            } else {
                1.0
            };
            let level = if pulled <= 0.0 {
                0.0
            } else {
                10f32.powf((pulled - 8.0) * 0.15) * open
            };
            power += level * level;
            let wheel = 1.0 + 0.0002 * chance(hit.phase, (f * 8.0) as u32);
            wheels.strike(f * wheel, FOREVER_S, level, rate);
        }
        let percussion = table.percussion * (0.3 + 0.9 * hit.velocity) * power.sqrt();
        wheels.strike(
            hz * 3.0,
            table.percussion_ms * 0.001,
            percussion * hit.hardness(1.0),
            rate,
        );
        let amp = music::patch::EnvelopeTable {
            attack_ms: table.attack_ms * hit.slowness(),
            decay_ms: 100.0,
            sustain: 1.0,
            release_ms: table.release_ms,
        };
        OrganVoice {
            wheels,
            amp: Envelope::new(&amp, rate),
            level: Ramp::at(0.0),
            click: 0.7 * table.click * hit.hardness(1.0) * (0.4 + hit.velocity) * power.sqrt(),
            click_fall: (-6.9 / (0.012 * rate)).exp(),
            noise: Noise::new(hit.phase, 90),
            contact: Svf::new(1800.0 + 1500.0 * hit.velocity, 1.2, rate),
            // An organ hardly answers to velocity; it keeps a third of the range.
            gain: 0.4 * (0.35 * hit.gain() + 0.45) / power.sqrt().max(0.1),
        }
    }
    pub(crate) fn release(&mut self) {
        self.amp.release();
    }
    pub(crate) fn is_over(&self) -> bool {
        self.amp.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.level.aim(self.amp.advance(tick.frames), tick.frames);
        self.contact.settle();
        if self.click < 1e-5 {
            self.click = 0.0;
        }
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        out.fill(0.0);
        self.wheels.render(out);
        if self.click > 0.0 {
            for sample in out.iter_mut() {
                *sample += self.contact.next(self.click * self.noise.next()).1;
                self.click *= self.click_fall;
            }
        }
        self.level.scale(out, self.gain);
    }
}
