//! What works on main: equaliser, glue, saturation, width, limiter.

use music::mix::{EQ_BANDS, Eq, MasterProfile};

use super::bank::{Bank, Quad};
use super::drive::Drive;
use crate::damping::Damping;
use crate::filters::{bell, shelf};
use crate::graphic_eq::GraphicEq;
use crate::limiter::{Limiter, LookAhead};
use crate::math::{F4, F8, Row, TICK, eights, fours, gain_from_db, unfold, whole};
use crate::mix::{Latency, Mix, WIDEST};
use crate::ramp::{Fall, Glide, Line};

/// Levels at and below this are silence.
const SILENCE_DB: f32 = -60.0;
/// Below this the sides stay as they are, whatever the width.
///
/// Taste: what cutting lathes and club systems want in the middle.
const BASS_HZ: f32 = 140.0;

/// The limiter of a latency.
enum Guard {
    Zero(Box<Limiter>),
    Ahead(Box<LookAhead>),
}

fn low_end(rate: f32) -> Damping {
    let mut low = Damping::default();
    low.set_corner(BASS_HZ, rate);
    low
}

/// Main's processors.
pub(super) struct Master {
    rate: f32,
    bank: Bank<{ 2 * EQ_BANDS }, 1>,
    /// Equalisers as they stand and as they are wanted: the profile's, then the automatic mix's.
    eq: [Eq; 2],
    wanted: [Eq; 2],
    moving: bool,
    graphic: GraphicEq,
    /// Gain before the saturation: headroom taken back, glue, loudness.
    gain: Line,
    loudness_db: f32,
    loudness_wanted_db: f32,
    saturation: Drive,
    width: Glide,
    /// The sides' low end.
    narrow: Damping,
    pub(super) level: Glide,
    on: Glide,
    guard: Guard,
    /// Squares of the tick so far, left and right.
    energy: Quad,
    restore: f32,
}

impl Master {
    pub(super) fn new(rate: f32, latency: Latency, headroom_db: f32) -> Master {
        let flat = MasterProfile::default().eq;
        Master {
            rate,
            bank: Bank::new(),
            eq: [flat; 2],
            wanted: [flat; 2],
            moving: false,
            graphic: GraphicEq::new(rate),
            gain: Line::rest(1.0),
            loudness_db: 0.0,
            loudness_wanted_db: 0.0,
            saturation: Drive::new(),
            width: Glide::at(1.0),
            narrow: low_end(rate),
            level: Glide::at(1.0),
            on: Glide::at(1.0),
            guard: match latency {
                Latency::Zero => Guard::Zero(Box::new(Limiter::new(rate))),
                Latency::LookAhead => Guard::Ahead(Box::new(LookAhead::new(rate))),
            },
            energy: [0.0; 4],
            restore: gain_from_db(headroom_db),
        }
    }
    /// Forgets what it holds.
    pub(super) fn reset(&mut self) {
        self.bank.clear(0, 0);
        self.graphic.reset();
        self.saturation.clear(0);
        self.narrow = low_end(self.rate);
        self.energy = [0.0; 4];
        match &mut self.guard {
            Guard::Zero(limiter) => limiter.reset(),
            Guard::Ahead(limiter) => limiter.reset(),
        }
    }
    pub(super) fn set(&mut self, mix: &Mix) {
        let master = &mix.master;
        let wanted = [bounded(&master.eq), bounded(&mix.master_decided)];
        self.moving |= wanted != self.wanted;
        self.wanted = wanted;
        self.graphic.set(&mix.master_match, false);
        self.loudness_wanted_db = finite(master.gain_db, -36.0, 48.0, 0.0);
        let share = finite(master.saturation, 0.0, 1.0, 0.0);
        let into = 1.0 + 2.0 * share;
        // Slope 1: only what is loud is bent.
        self.saturation
            .set(0, into, 1.0 / into, (4.0 * share).min(1.0));
        self.width.aim(finite(master.width, 0.0, WIDEST, 1.0));
        let master_db = finite(mix.master_db, SILENCE_DB, 24.0, 0.0);
        self.level.aim(if master_db > SILENCE_DB {
            gain_from_db(master_db)
        } else {
            0.0
        });
        self.on.aim(if mix.master_on { 1.0 } else { 0.0 });
        let ceiling = finite(master.ceiling_dbtp, -24.0, 0.0, -1.0);
        match &mut self.guard {
            Guard::Zero(limiter) => limiter.set(ceiling),
            Guard::Ahead(limiter) => limiter.set(ceiling),
        }
    }
    pub(super) fn snap(&mut self) {
        self.eq = self.wanted;
        self.moving = false;
        self.design();
        self.bank.arrive(0);
        self.graphic.reset();
        self.loudness_db = self.loudness_wanted_db;
        self.gain = Line::rest(self.restore * gain_from_db(self.loudness_db));
        self.saturation.snap(0);
        self.width.snap();
        self.level.snap();
        self.on.snap();
    }
    fn design(&mut self) {
        for (first, eq) in self.eq.iter().enumerate() {
            for (band, b) in eq.iter().enumerate() {
                let hz = b.hz.min(0.45 * self.rate);
                let design = match band {
                    0 => shelf(hz, b.db, false, self.rate),
                    b if b == EQ_BANDS - 1 => shelf(hz, eq[b].db, true, self.rate),
                    _ => bell(hz, b.db, b.q, self.rate),
                };
                self.bank.set(first * EQ_BANDS + band, 0, 0, design);
            }
        }
    }
    /// Mean power of the last tick after the equaliser.
    pub(super) fn power(&self) -> f32 {
        let [left, right, ..] = self.energy;
        self.restore * self.restore * (left + right) * (0.5 / TICK as f32)
    }
    /// `glue`: the compressor's gain at the next tick.
    pub(super) fn tick(&mut self, glue: f32, smooth: Fall) {
        self.bank.arrive(0);
        if self.moving {
            self.moving = false;
            let keep = smooth.over(TICK);
            for (now, wanted) in self.eq.iter_mut().flatten().zip(self.wanted.as_flattened()) {
                if now.db == 0.0 {
                    (now.hz, now.q) = (wanted.hz, wanted.q);
                }
                let far = (now.db - wanted.db).abs() > 1e-3
                    || (now.hz / wanted.hz - 1.0).abs() > 1e-3
                    || (now.q - wanted.q).abs() > 1e-3;
                if far {
                    now.db = wanted.db + keep * (now.db - wanted.db);
                    now.hz = wanted.hz * (now.hz / wanted.hz).powf(keep);
                    now.q = wanted.q + keep * (now.q - wanted.q);
                    self.moving = true;
                } else {
                    *now = *wanted;
                }
            }
            self.design();
        }
        self.bank.settle(0);
        self.graphic.tick();
        self.saturation.tick();
        self.narrow.settle();
        let distance = self.loudness_wanted_db - self.loudness_db;
        self.loudness_db = if distance.abs() < 1e-3 {
            self.loudness_wanted_db
        } else {
            // Taste: rides to a new loudness within some 50 ms.
            self.loudness_db + 0.01 * distance
        };
        let gain = if self.loudness_db == 0.0 {
            glue
        } else {
            glue * gain_from_db(self.loudness_db)
        };
        self.gain.aim(self.restore * gain);
        self.width.tick(TICK, smooth);
        self.level.tick(TICK, smooth);
        self.on.tick(TICK, smooth);
        self.energy = [0.0; 4];
    }
    /// In place. `into`: samples since the tick.
    pub(super) fn process(&mut self, x: &mut [[f32; TICK]; 2], into: usize, frames: usize) {
        let plain = *x;
        let [left, right] = x;
        self.graphic
            .process([&mut left[..frames], &mut right[..frames]]);
        let mut block = [[0.0; 4]; TICK];
        let (left, right) = (fours(&x[0]), fours(&x[1]));
        for (n, four) in block.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            *four = F4::transpose([left[n], right[n], F4::ZERO, F4::ZERO]).map(F4::to_array);
        }
        let piece = &mut block[..frames];
        self.bank.process(0, u32::MAX, piece, into);
        let gains = whole(self.gain.over(into));
        let mut energy = F4::new(self.energy);
        for (x, gain) in piece.iter_mut().zip(&gains) {
            let heard = F4::new(*x);
            energy = heard.mul_add(heard, energy);
            *x = (F4::splat(*gain) * heard).to_array();
        }
        self.energy = energy.to_array();
        if self.saturation.is_on() {
            self.saturation.process(piece, into);
        }
        let mut sides = [[F4::ZERO; TICK / 4]; 2];
        for (n, four) in block.as_chunks::<4>().0.iter().enumerate() {
            let [left, right, ..] = F4::transpose(four.map(F4::new));
            (sides[0][n], sides[1][n]) = (left, right);
        }
        let mut rows = sides.map(|side| eights(&unfold(side)));
        if !self.width.rests_at(1.0) {
            self.widen(&mut rows, frames);
        }
        let levels = self.level.over(frames);
        for (x, row) in x.iter_mut().zip(&rows) {
            *x = whole([row[0] * levels[0], row[1] * levels[1]]);
        }
        let levels = whole(levels);
        let through = !self.on.rests_at(1.0);
        match &mut self.guard {
            Guard::Zero(limiter) => {
                limiter.process(x, frames);
                if through {
                    for i in 0..frames {
                        let on = self.on.next();
                        for side in 0..2 {
                            let plain = plain[side][i] * levels[i];
                            x[side][i] = plain + on * (x[side][i] - plain);
                        }
                    }
                }
            }
            Guard::Ahead(limiter) => {
                // What goes round the master joins before the limiter's delay and leaves its gain out.
                let mut ons = [1.0; TICK];
                if through {
                    for i in 0..frames {
                        let on = self.on.next();
                        ons[i] = on;
                        for side in 0..2 {
                            let plain = plain[side][i] * levels[i];
                            x[side][i] = plain + on * (x[side][i] - plain);
                        }
                    }
                }
                limiter.process(x, &ons, into, frames);
            }
        }
    }
    /// Makes the sides louder or softer, but for their low end.
    #[inline(always)]
    fn widen(&mut self, [left, right]: &mut [Row; 2], frames: usize) {
        let side = core::array::from_fn(|n| F8::splat(0.5) * (left[n] - right[n]));
        let low = self.narrow.process(&side, frames);
        let width = self.width.over(frames);
        for n in 0..TICK / 8 {
            let more = (width[n] - F8::ONE) * (side[n] - low[n]);
            left[n] += more;
            right[n] -= more;
        }
    }
    /// Deepest reduction since the last call, as a gain.
    pub(super) fn take_lowest(&mut self) -> f32 {
        let lowest = match &mut self.guard {
            Guard::Zero(limiter) => &mut limiter.lowest,
            Guard::Ahead(limiter) => &mut limiter.lowest,
        };
        core::mem::replace(lowest, 1.0)
    }
}

pub(super) fn finite(value: f32, low: f32, high: f32, otherwise: f32) -> f32 {
    if value.is_finite() {
        value.clamp(low, high)
    } else {
        otherwise
    }
}

fn bounded(eq: &Eq) -> Eq {
    let mut eq = *eq;
    for band in &mut eq {
        band.hz = finite(band.hz, 20.0, 20_000.0, 1000.0);
        band.db = finite(band.db, -18.0, 18.0, 0.0);
        band.q = finite(band.q, 0.2, 8.0, 0.9);
    }
    eq
}
