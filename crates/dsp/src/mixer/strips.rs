//! The lanes' strips before the fader: the patch's filters and colour, the knobs of the instrument, the
//! profile's high-pass and equaliser, and what the automatic mix adds to it.
//!
//! Two lanes run side by side as a quad. Settings move to new ones within some milliseconds; what is neutral
//! costs nothing, and so does a pair of lanes that is silent.

mod lane;

use music::lane::LANES;
use music::patch::ToneTable;

use self::lane::{BODY_HZ, Lane, Setting, TAPE_DRIVE, TONE_HZ};
use super::bank::{Bank, Quad};
use super::drive::{Drive, SETTLE};
use super::grit::Grit;
use super::slots::{BEFORE, BODY, DECIDED, EQ, HIGH_SHELF, LOW_SHELF, MID, SLOTS, TILT};
use crate::math::{F4, TICK, fours, gain_from_db, soft_clip, sounds, unfold};
use crate::mix::StripMix;
use crate::voices::LaneBlock;

/// Left and right of every lane.
pub(crate) const CHANNELS: usize = 2 * LANES;
/// Quads that hold them.
const QUADS: usize = CHANNELS / 4;

/// Taste: the knobs' reach. Tone tilts about 1 kHz, body lifts or thins the low mids.
const TONE_DB: f32 = 9.0;
const BODY_DB: f32 = 4.5;
/// Peak level of a lane at 0 dB, against which drive is measured, so that it bites equally everywhere.
///
/// Measured: the preset patches' notes peak between −20 and −10 dBFS.
const NOMINAL: f32 = 0.2;
/// Taste: how far full drive pushes such a peak into the curve.
const PUSH: f32 = 2.5;

/// All strips.
pub(crate) struct Strips {
    rate: f32,
    lanes: [Lane; LANES],
    bank: Bank<SLOTS, QUADS>,
    drives: [Drive; QUADS],
    grits: [Grit; LANES],
    /// Ticks since a quad was fed.
    idle: [u32; QUADS],
    resting: [bool; QUADS],
    share: f32,
    ticks: u32,
}

/// Ticks of silence after which a quad may rest.
const REST_TICKS: u32 = 64;

impl Strips {
    pub(crate) fn new(rate: f32) -> Strips {
        Strips {
            rate,
            lanes: [Lane::new(); LANES],
            bank: Bank::new(),
            drives: [Drive::new(); QUADS],
            grits: [Grit::default(); LANES],
            idle: [REST_TICKS; QUADS],
            resting: [true; QUADS],
            // A factor e in 12 ms.
            share: 1.0 - (-(TICK as f32) / (0.012 * rate)).exp(),
            ticks: 0,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.lanes = [Lane::new(); LANES];
        self.bank = Bank::new();
        self.drives = [Drive::new(); QUADS];
        self.grits = [Grit::default(); LANES];
        self.idle = [REST_TICKS; QUADS];
        self.resting = [true; QUADS];
        self.ticks = 0;
    }
    /// Forgets what a lane's filters hold.
    pub(crate) fn clear(&mut self, lane: usize) {
        self.bank.clear(lane / 2, 2 * (lane % 2));
        self.drives[lane / 2].clear(lane % 2);
        self.grits[lane].clear();
    }
    /// The patch that plays on a lane, `extra_db` louder. The first since reset counts at once.
    pub(crate) fn set_tone(&mut self, lane: usize, tone: &ToneTable, extra_db: f32) {
        let strip = &mut self.lanes[lane];
        strip.patch_high_pass_hz = tone.high_pass_hz;
        strip.patch_drive = tone.drive;
        strip.aim(LOW_SHELF, Setting::at(180.0, tone.low_db, 0.8));
        strip.aim(MID, Setting::at(tone.mid_hz, tone.mid_db, 0.8));
        strip.aim(HIGH_SHELF, Setting::at(6000.0, tone.high_db, 0.8));
        strip.patch_low_pass_hz = tone.low_pass_hz;
        strip.want(0, tone.level_db + extra_db);
        strip.want(2, tone.chorus);
        strip.want(3, tone.tremolo);
        strip.want(4, tone.tremolo_hz);
        strip.want(5, tone.grit);
        strip.combine();
        if strip.fresh {
            strip.fresh = false;
            self.snap(lane);
        }
    }
    /// The profile, the decisions and the knobs of a lane.
    pub(crate) fn set_mix(&mut self, lane: usize, mix: &StripMix) {
        let strip = &mut self.lanes[lane];
        let knobs = mix.macros.bounded();
        strip.mix_high_pass_hz = mix.high_pass_hz;
        strip.drive_knob = knobs.drive;
        strip.tape = mix.tape.clamp(0.0, 1.0);
        strip.aim(TILT, Setting::at(TONE_HZ, TONE_DB * knobs.tone, 0.8));
        strip.aim(BODY, Setting::at(BODY_HZ, BODY_DB * knobs.body, 0.7));
        for (first, eq) in [(EQ, &mix.eq), (DECIDED, &mix.decided)] {
            for (band, setting) in eq.iter().enumerate() {
                let q = setting.q.clamp(0.2, 8.0);
                let hz = setting.hz.clamp(20.0, 20_000.0);
                strip.aim(
                    first + band,
                    Setting::at(hz, setting.db.clamp(-18.0, 18.0), q),
                );
            }
        }
        let pushed = mix.drive.clamp(0.0, 1.0) + TAPE_DRIVE * strip.tape;
        strip.want(6, pushed + 0.6 * knobs.drive.max(0.0));
        strip.want(7, strip.tape);
        strip.combine();
    }
    /// Everything goes to its target at once.
    pub(crate) fn snap_all(&mut self) {
        for lane in 0..LANES {
            self.snap(lane);
        }
    }
    fn snap(&mut self, lane: usize) {
        let strip = &mut self.lanes[lane];
        strip.now = strip.target;
        strip.numbers = strip.wanted;
        strip.moving = 0;
        strip.numbers_move = false;
        for slot in 0..SLOTS {
            self.design(lane, slot);
        }
        self.bank.arrive(lane / 2);
        self.apply(lane);
        self.drives[lane / 2].snap(lane % 2);
    }
    /// (chorus, tremolo depth, tremolo Hz) of a lane as they stand.
    pub(crate) const fn motion(&self, lane: usize) -> (f32, f32, f32) {
        let now = &self.lanes[lane].numbers;
        (now[2], now[3], now[4])
    }
    /// How worn the tape of a lane is.
    pub(crate) const fn tape(&self, lane: usize) -> f32 {
        self.lanes[lane].numbers[7]
    }
    /// Gain of a lane's patch, which the fader applies.
    pub(crate) const fn level(&self, lane: usize) -> f32 {
        self.lanes[lane].level
    }
    /// Whether a lane says nothing.
    pub(crate) const fn is_resting(&self, lane: usize) -> bool {
        self.resting[lane / 2]
    }
    fn design(&mut self, lane: usize, slot: usize) {
        let design = self.lanes[lane].now[slot].design(slot, self.rate);
        self.bank.set(slot, lane / 2, 2 * (lane % 2), design);
    }
    fn apply(&mut self, lane: usize) {
        let strip = &mut self.lanes[lane];
        let [level_db, drive, .., grit, extra, _] = strip.numbers;
        strip.level = gain_from_db(level_db);
        self.grits[lane].amount = grit;
        let own = 1.0 + 5.0 * drive;
        let mut after = 1.6 / (own + 0.6);
        let mut into = own;
        if extra > 0.0 {
            // As loud as before for a peak at the nominal level.
            let peak = NOMINAL / strip.level;
            into += PUSH * extra / peak;
            after *= soft_clip(own * peak) / soft_clip(into * peak);
        }
        let share = (4.0 * (drive + extra)).min(1.0);
        self.drives[lane / 2].set(lane % 2, into, after, share);
    }
    pub(crate) fn tick(&mut self) {
        self.ticks = self.ticks.wrapping_add(1);
        for quad in 0..QUADS {
            self.bank.arrive(quad);
        }
        for lane in 0..LANES {
            self.glide(lane);
        }
        for drive in &mut self.drives {
            drive.tick();
        }
        for quad in 0..QUADS {
            if !self.resting[quad] {
                self.idle[quad] = self.idle[quad].saturating_add(1);
            }
            if !self.resting[quad] && self.ticks.is_multiple_of(SETTLE) {
                let empty = self.bank.settle(quad);
                if empty && self.idle[quad] > REST_TICKS {
                    self.resting[quad] = true;
                    self.clear(2 * quad);
                    self.clear(2 * quad + 1);
                }
            }
        }
    }
    fn glide(&mut self, lane: usize) {
        let share = self.share;
        let strip = &mut self.lanes[lane];
        let mut bits = strip.moving;
        while bits != 0 {
            let slot = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            let strip = &mut self.lanes[lane];
            let (now, target) = (&mut strip.now[slot], strip.target[slot]);
            let far = (target.octave - now.octave).abs() > 1e-3
                || (target.db - now.db).abs() > 1e-3
                || (target.q - now.q).abs() > 1e-3;
            if far {
                now.octave += share * (target.octave - now.octave);
                now.db += share * (target.db - now.db);
                now.q += share * (target.q - now.q);
            } else {
                *now = target;
                strip.moving &= !(1 << slot);
            }
            self.design(lane, slot);
        }
        let strip = &mut self.lanes[lane];
        if strip.numbers_move {
            let mut far = false;
            for (now, wanted) in strip.numbers.iter_mut().zip(strip.wanted) {
                if (wanted - *now).abs() > 1e-3 {
                    *now += share * (wanted - *now);
                    far = true;
                } else {
                    *now = wanted;
                }
            }
            strip.numbers_move = far;
            self.apply(lane);
        }
    }
    /// The lanes as their strips leave them, before their level. `into`: samples since the tick.
    pub(crate) fn process(
        &mut self,
        lanes: &LaneBlock,
        into: usize,
        frames: usize,
        out: &mut LaneBlock,
    ) {
        let mut blocks = [[[0.0; 4]; TICK]; QUADS];
        for (quad, block) in blocks.iter_mut().enumerate() {
            let first = 4 * quad;
            let fed = lanes[first..first + 4].iter().any(sounds);
            if self.resting[quad] && !fed {
                continue;
            }
            if self.resting[quad] && into > 0 {
                // As if it had been awake since the tick, so that no cut of time shows.
                self.wake(quad, into);
            }
            self.resting[quad] = false;
            if fed {
                self.idle[quad] = 0;
            }
            let rows = [0, 1, 2, 3].map(|k| fours(&lanes[first + k]));
            for (n, piece) in block.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                *piece = F4::transpose(rows.map(|row| row[n])).map(F4::to_array);
            }
        }
        let awake = self.resting.map(|resting| !resting);
        self.run(awake, &mut blocks, into, frames);
        for (quad, block) in blocks.iter().enumerate().filter(|(quad, _)| awake[*quad]) {
            let mut columns = [[F4::ZERO; TICK / 4]; 4];
            for (n, piece) in block[..].as_chunks::<4>().0.iter().enumerate() {
                let rows = F4::transpose(piece.map(F4::new));
                for (column, row) in columns.iter_mut().zip(rows) {
                    // What rested is +0: filters of silence may say −0.
                    column[n] = row + F4::ZERO;
                }
            }
            for (to, column) in out[4 * quad..4 * quad + 4].iter_mut().zip(columns) {
                *to = unfold(column);
            }
        }
    }
    /// Silence through a quad that rested, from the tick on.
    fn wake(&mut self, quad: usize, frames: usize) {
        let awake = core::array::from_fn(|other| other == quad);
        self.run(awake, &mut [[[0.0; 4]; TICK]; QUADS], 0, frames);
    }
    fn run(
        &mut self,
        awake: [bool; QUADS],
        blocks: &mut [[Quad; TICK]; QUADS],
        into: usize,
        frames: usize,
    ) {
        self.bank.process_all(awake, BEFORE, blocks, into, frames);
        for (quad, block) in blocks.iter_mut().enumerate() {
            if !awake[quad] {
                continue;
            }
            let piece = &mut block[..frames];
            if self.drives[quad].is_on() {
                self.drives[quad].process(piece, into);
            }
            for half in 0..2 {
                let grit = &mut self.grits[2 * quad + half];
                if grit.amount > 0.0 {
                    grit.process(piece, 2 * half, self.rate);
                }
            }
        }
        self.bank.process_all(awake, !BEFORE, blocks, into, frames);
    }
}
