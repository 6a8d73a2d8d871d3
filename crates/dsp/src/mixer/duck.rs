//! How the kick pulls the others down: by its stroke, by the level of the drums' low end, or by both.

use music::lane::LANES;
use music::mix::DuckProfile;

use crate::damping::Damping;
use crate::math::{Row, TICK, flush, quick_log2, total, whole};

/// The drums' low end is what lies below.
const LOW_HZ: f32 = 120.0;
/// Taste: low end at this level begins to pull, and pulls all the way this much louder; dB RMS on a fader
/// at 0 dB.
const FROM_DB: f32 = -34.0;
const SPAN_DB: f32 = 16.0;

/// The sidechain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Duck {
    rate: f32,
    depth_db: [f32; LANES],
    amount: f32,
    hold_ticks: u32,
    held: u32,
    down: f32,
    back: f32,
    follow: f32,
    low: [Damping; 2],
    /// Power of the tick's low end, by sample.
    power: [f32; TICK],
    on: bool,
}

fn low_end(rate: f32) -> Damping {
    let mut low = Damping::default();
    low.set_corner(LOW_HZ, rate);
    low
}

impl Duck {
    pub(crate) fn new(rate: f32) -> Duck {
        let mut duck = Duck {
            rate,
            depth_db: [0.0; LANES],
            amount: 0.0,
            hold_ticks: 0,
            held: 0,
            down: 0.0,
            back: 0.0,
            follow: 0.0,
            low: [low_end(rate); 2],
            power: [0.0; TICK],
            on: false,
        };
        duck.set(&DuckProfile::default());
        duck
    }
    pub(crate) fn reset(&mut self) {
        self.amount = 0.0;
        self.held = 0;
        self.power = [0.0; TICK];
        self.low = [low_end(self.rate); 2];
    }
    pub(crate) fn set(&mut self, with: &DuckProfile) {
        let ticks = |ms: f32| 0.001 * ms * self.rate / TICK as f32;
        let keep = |ms: f32| (-1.0 / ticks(ms.clamp(0.1, 5000.0))).exp();
        self.depth_db = with.depth_db.map(|db| db.clamp(0.0, 24.0));
        self.hold_ticks = ticks(with.hold_ms.clamp(0.0, 1000.0)).round() as u32;
        self.down = keep(with.attack_ms);
        self.back = keep(with.release_ms);
        self.follow = with.follow.clamp(0.0, 1.0);
        self.on = self.depth_db.iter().any(|db| *db > 0.0);
    }
    /// The kick was struck.
    pub(crate) fn strike(&mut self) {
        self.held = self.hold_ticks.max(1);
    }
    /// Whether it listens to the drums' signal.
    pub(crate) fn listens(&self) -> bool {
        self.on && self.follow > 0.0
    }
    /// Hears a piece of the drums, both sides in one. `into`: samples since the tick.
    #[inline(always)]
    pub(crate) fn hear(&mut self, x: &Row, into: usize, frames: usize) {
        let [first, second] = &mut self.low;
        let low = second.process(&first.process(x, frames), frames);
        let power = whole(low.map(|x| x * x));
        if frames == TICK {
            self.power = power;
        } else {
            self.power[into..into + frames].copy_from_slice(&power[..frames]);
        }
    }
    /// How far every lane goes down, dB. `level`: of the drums' fader.
    pub(crate) fn tick(&mut self, level: f32) -> [f32; LANES] {
        let mut struck = 0.0;
        if self.held > 0 {
            self.held -= 1;
            struck = 1.0;
        }
        let mut wanted = struck;
        if self.listens() {
            let power = total(&self.power) * level * level / TICK as f32;
            let db = 3.010_3 * quick_log2(power + 1e-12);
            let heard = ((db - FROM_DB) / SPAN_DB).clamp(0.0, 1.0);
            wanted = (1.0 - self.follow) * struck + self.follow * heard;
            for pole in &mut self.low {
                pole.settle();
            }
        }
        self.power = [0.0; TICK];
        let keep = if wanted > self.amount {
            self.down
        } else {
            self.back
        };
        self.amount = flush(wanted + keep * (self.amount - wanted));
        if self.amount < 1e-4 {
            self.amount = 0.0;
        }
        if !self.on {
            return [0.0; LANES];
        }
        self.depth_db.map(|db| db * self.amount)
    }
}
