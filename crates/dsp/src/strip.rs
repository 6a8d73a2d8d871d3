//! The lanes' strips before the fader: high-pass, tone, low-pass, saturation, for all lanes side by side.
//!
//! Twelve channels (six lanes, left and right) run through the same stages at once; a stage that no lane
//! uses is skipped. Settings come from the patch that plays and move to a new patch's within some
//! milliseconds.

use music::lane::LANES;
use music::patch::ToneTable;

use crate::filters::{Biquad, THROUGH, bell, high_pass, low_pass, shelf};
use crate::math::{TICK, flush, gain_from_db, soft_clip};

/// Left and right of every lane.
pub(crate) const CHANNELS: usize = 2 * LANES;
/// One sample of every channel.
pub(crate) type Frame = [f32; CHANNELS];

/// Numbers of a tone table that glide.
const SETTINGS: usize = 12;
const STAGES: usize = 5;

fn settings(tone: &ToneTable) -> [f32; SETTINGS] {
    [
        tone.level_db,
        tone.high_pass_hz.log2(),
        tone.low_pass_hz.log2(),
        tone.low_db,
        tone.mid_hz.log2(),
        tone.mid_db,
        tone.high_db,
        tone.drive,
        tone.chorus,
        tone.tremolo,
        tone.tremolo_hz,
        tone.grit,
    ]
}

#[derive(Clone, Copy, Debug)]
struct Stage {
    on: bool,
    /// b0 b1 b2 a1 a2, by channel.
    c: [Frame; 5],
    s1: Frame,
    s2: Frame,
}

impl Stage {
    const fn new() -> Stage {
        let mut c = [[0.0; CHANNELS]; 5];
        c[0] = [1.0; CHANNELS];
        Stage {
            on: false,
            c,
            s1: [0.0; CHANNELS],
            s2: [0.0; CHANNELS],
        }
    }
    fn set(&mut self, lane: usize, biquad: Biquad) {
        for (row, value) in self.c.iter_mut().zip(biquad) {
            row[2 * lane] = value;
            row[2 * lane + 1] = value;
        }
    }
    fn refresh(&mut self) {
        self.on = (0..CHANNELS).any(|k| (0..5).any(|i| self.c[i][k] != THROUGH[i]));
    }
    #[inline(always)]
    fn next(&mut self, x: &mut Frame) {
        for k in 0..CHANNELS {
            let y = self.c[0][k] * x[k] + self.s1[k];
            self.s1[k] = self.c[1][k] * x[k] - self.c[3][k] * y + self.s2[k];
            self.s2[k] = self.c[2][k] * x[k] - self.c[4][k] * y;
            x[k] = y;
        }
    }
}

/// Coarse converters: samples held too long and rounded.
#[derive(Clone, Copy, Debug, Default)]
struct Grit {
    amount: f32,
    turns: f32,
    held: [f32; 2],
}

/// All strips.
pub(crate) struct Strips {
    rate: f32,
    stages: [Stage; STAGES],
    target: [[f32; SETTINGS]; LANES],
    now: [[f32; SETTINGS]; LANES],
    moving: [bool; LANES],
    fresh: [bool; LANES],
    level: Frame,
    drive: Frame,
    drive_share: Frame,
    drive_on: bool,
    grit: [Grit; LANES],
    grit_on: bool,
    share: f32,
}

impl Strips {
    pub(crate) fn new(rate: f32) -> Strips {
        let neutral = settings(&ToneTable::default());
        let mut strips = Strips {
            rate,
            stages: [Stage::new(); STAGES],
            target: [neutral; LANES],
            now: [neutral; LANES],
            moving: [true; LANES],
            fresh: [true; LANES],
            level: [1.0; CHANNELS],
            drive: [1.0; CHANNELS],
            drive_share: [0.0; CHANNELS],
            drive_on: false,
            grit: [Grit::default(); LANES],
            grit_on: false,
            // A factor e in 12 ms.
            share: 1.0 - (-(TICK as f32) / (0.012 * rate)).exp(),
        };
        strips.reset();
        strips
    }
    pub(crate) fn reset(&mut self) {
        for lane in 0..LANES {
            self.clear(lane);
            self.fresh[lane] = true;
            self.target[lane] = settings(&ToneTable::default());
            self.now[lane] = self.target[lane];
            self.apply(lane);
        }
    }
    /// Forgets what a lane's filters hold.
    pub(crate) fn clear(&mut self, lane: usize) {
        for stage in &mut self.stages {
            for k in [2 * lane, 2 * lane + 1] {
                stage.s1[k] = 0.0;
                stage.s2[k] = 0.0;
            }
        }
        self.grit[lane].held = [0.0; 2];
    }
    /// The patch that plays on a lane, `extra_db` louder. The first since reset counts at once.
    pub(crate) fn set_tone(&mut self, lane: usize, tone: &ToneTable, extra_db: f32) {
        let mut target = settings(tone);
        target[0] += extra_db;
        if self.target[lane] == target && !self.fresh[lane] {
            return;
        }
        self.target[lane] = target;
        self.moving[lane] = true;
        if self.fresh[lane] {
            self.fresh[lane] = false;
            self.now[lane] = target;
        }
    }
    /// (chorus, tremolo depth, tremolo Hz) of a lane as they stand.
    pub(crate) const fn motion(&self, lane: usize) -> (f32, f32, f32) {
        let now = &self.now[lane];
        (now[8], now[9], now[10])
    }
    fn apply(&mut self, lane: usize) {
        let [
            level_db,
            high_hz,
            low_hz,
            low_db,
            mid_hz,
            mid_db,
            high_db,
            drive,
            _,
            _,
            _,
            grit,
        ] = self.now[lane];
        let rate = self.rate;
        let designs = [
            high_pass(high_hz.exp2(), rate),
            shelf(180.0, low_db, false, rate),
            bell(mid_hz.exp2(), mid_db, 0.8, rate),
            shelf(6000.0f32.min(0.4 * rate), high_db, true, rate),
            low_pass(low_hz.exp2(), rate),
        ];
        for (stage, design) in self.stages.iter_mut().zip(designs) {
            stage.set(lane, design);
            stage.refresh();
        }
        let gain = gain_from_db(level_db);
        for k in [2 * lane, 2 * lane + 1] {
            self.level[k] = gain;
            self.drive[k] = 1.0 + 5.0 * drive;
            self.drive_share[k] = (4.0 * drive).min(1.0);
        }
        self.drive_on = self.drive_share.iter().any(|s| *s > 0.0);
        self.grit[lane].amount = grit;
        self.grit_on = self.grit.iter().any(|g| g.amount > 0.0);
    }
    pub(crate) fn tick(&mut self) {
        for lane in 0..LANES {
            if !self.moving[lane] {
                continue;
            }
            let mut far = false;
            for (now, target) in self.now[lane].iter_mut().zip(self.target[lane]) {
                let distance = target - *now;
                if distance.abs() > 1e-3 {
                    *now += self.share * distance;
                    far = true;
                } else {
                    *now = target;
                }
            }
            self.moving[lane] = far;
            self.apply(lane);
        }
        for stage in self.stages.iter_mut().filter(|s| s.on) {
            for k in 0..CHANNELS {
                stage.s1[k] = flush(stage.s1[k]);
                stage.s2[k] = flush(stage.s2[k]);
            }
        }
    }
    /// In place.
    pub(crate) fn process(&mut self, block: &mut [Frame]) {
        for stage in self.stages.iter_mut().filter(|s| s.on) {
            for x in block.iter_mut() {
                stage.next(x);
            }
        }
        if self.drive_on {
            for x in block.iter_mut() {
                for k in 0..CHANNELS {
                    let driven = soft_clip(x[k] * self.drive[k]) * (1.6 / (self.drive[k] + 0.6));
                    x[k] += self.drive_share[k] * (driven - x[k]);
                }
            }
        }
        if self.grit_on {
            for (lane, grit) in self.grit.iter_mut().enumerate() {
                if grit.amount <= 0.0 {
                    continue;
                }
                // Taste: from 30 kHz and 13 bits down to 9 kHz and 8 bits.
                let turns = (30_000.0 * (-1.7 * grit.amount).exp2() / self.rate).min(1.0);
                let steps = (13.0 - 5.0 * grit.amount).exp2();
                for x in block.iter_mut() {
                    grit.turns += turns;
                    if grit.turns >= 1.0 {
                        grit.turns -= 1.0;
                        for (side, held) in grit.held.iter_mut().enumerate() {
                            let scaled = x[2 * lane + side] * steps;
                            *held = ((scaled + 12_582_912.0) - 12_582_912.0) / steps;
                        }
                    }
                    for (side, held) in grit.held.iter().enumerate() {
                        let clean = x[2 * lane + side];
                        x[2 * lane + side] = clean + (0.5 + 0.5 * grit.amount) * (held - clean);
                    }
                }
            }
        }
        for x in block.iter_mut() {
            for k in 0..CHANNELS {
                x[k] *= self.level[k];
            }
        }
    }
}
