//! What a lane's strip is set to: filters that move to new places, and the numbers that glide beside them.

use music::mix::EQ_BANDS;

use super::super::slots::{
    BODY, DECIDED, EQ, FLOOR, HIGH_PASS, HIGH_SHELF, LOW_PASS, LOW_SHELF, SLOTS, TILT,
};
use crate::filters::{Biquad, THROUGH, bell, block_dc, high_pass, low_pass, shelf, tilt};
use crate::math::larger;

/// Where tone tilts and body lifts.
pub(super) const TONE_HZ: f32 = 1000.0;
pub(super) const BODY_HZ: f32 = 240.0;

/// Where a strip ends below: what is slower is no sound. A curve bends a wave that is higher than deep into one with
/// an offset, which would take headroom from the mix and thump where a track is cut.
///
/// Taste: an octave and more below what is heard; the lowest B of a five-string bass, 31 Hz, loses 0.3 dB.
const FLOOR_HZ: f32 = 8.0;

/// A filter's place, gain and width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) octave: f32,
    pub(super) db: f32,
    pub(super) q: f32,
}

impl Setting {
    pub(super) fn at(hz: f32, db: f32, q: f32) -> Setting {
        Setting {
            octave: hz.log2(),
            db,
            q,
        }
    }
    pub(super) fn design(&self, slot: usize, rate: f32) -> Biquad {
        let hz = self.octave.exp2().min(0.45 * rate);
        match slot {
            HIGH_PASS if hz <= 20.0 => THROUGH,
            HIGH_PASS => high_pass(hz, rate),
            FLOOR => block_dc(FLOOR_HZ, rate),
            LOW_PASS => low_pass(self.octave.exp2(), rate),
            TILT => tilt(hz, self.db, rate),
            LOW_SHELF | EQ | DECIDED => shelf(hz, self.db, false, rate),
            HIGH_SHELF => shelf(hz, self.db, true, rate),
            _ if slot == EQ + EQ_BANDS - 1 || slot == DECIDED + EQ_BANDS - 1 => {
                shelf(hz, self.db, true, rate)
            }
            _ => bell(hz, self.db, self.q, rate),
        }
    }
}

/// Numbers that glide beside the filters: level in dB, drive, chorus, tremolo and its speed, grit, the drive that
/// knob and profile add, and tape.
const NUMBERS: usize = 8;
/// What a worn tape leaves: where its top and its bottom end, and how far it drives what is loud.
///
/// Taste: a cassette that has been played a hundred times.
const TAPE_TOP_HZ: f32 = 7500.0;
const TAPE_BOTTOM_HZ: f32 = 45.0;
pub(super) const TAPE_DRIVE: f32 = 0.25;
/// A corner that takes nothing away.
const OPEN_HZ: f32 = 20_000.0;

/// What a lane's strip is set to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    pub(super) target: [Setting; SLOTS],
    pub(super) now: [Setting; SLOTS],
    pub(super) numbers: [f32; NUMBERS],
    pub(super) wanted: [f32; NUMBERS],
    /// Bit `n`: slot `n` moves.
    pub(super) moving: u32,
    pub(super) numbers_move: bool,
    /// No patch played since reset.
    pub(super) fresh: bool,
    pub(super) patch_high_pass_hz: f32,
    pub(super) patch_drive: f32,
    pub(super) patch_low_pass_hz: f32,
    pub(super) mix_high_pass_hz: f32,
    pub(super) tape: f32,
    pub(super) drive_knob: f32,
    /// Gain of the patch's level.
    pub(super) level: f32,
}

impl Lane {
    pub(super) fn new() -> Lane {
        let mut settings = [Setting::at(1000.0, 0.0, 0.8); SLOTS];
        settings[HIGH_PASS] = Setting::at(10.0, 0.0, 0.8);
        settings[LOW_PASS] = Setting::at(20_000.0, 0.0, 0.8);
        settings[TILT] = Setting::at(TONE_HZ, 0.0, 0.8);
        settings[BODY] = Setting::at(BODY_HZ, 0.0, 0.7);
        let mut numbers = [0.0; NUMBERS];
        numbers[4] = 4.5;
        Lane {
            target: settings,
            now: settings,
            numbers,
            wanted: numbers,
            moving: 0,
            numbers_move: false,
            fresh: true,
            patch_high_pass_hz: 10.0,
            patch_drive: 0.0,
            patch_low_pass_hz: OPEN_HZ,
            mix_high_pass_hz: 10.0,
            tape: 0.0,
            drive_knob: 0.0,
            level: 1.0,
        }
    }
    pub(super) fn aim(&mut self, slot: usize, setting: Setting) {
        if self.target[slot] == setting {
            return;
        }
        self.target[slot] = setting;
        self.moving |= 1 << slot;
        if self.now[slot].db == 0.0 && !matches!(slot, HIGH_PASS | LOW_PASS) {
            // A flat band may stand anywhere.
            self.now[slot] = Setting { db: 0.0, ..setting };
        }
    }
    pub(super) fn want(&mut self, number: usize, value: f32) {
        self.numbers_move |= self.wanted[number] != value;
        self.wanted[number] = value;
    }
    pub(super) fn combine(&mut self) {
        let mut high = larger(self.patch_high_pass_hz, self.mix_high_pass_hz);
        let mut low = self.patch_low_pass_hz;
        if self.tape > 0.0 {
            high = larger(high, TAPE_BOTTOM_HZ * self.tape);
            low = low.min(OPEN_HZ * (TAPE_TOP_HZ / OPEN_HZ).powf(self.tape));
        }
        self.aim(HIGH_PASS, Setting::at(high, 0.0, 0.8));
        self.aim(LOW_PASS, Setting::at(low, 0.0, 0.8));
        // The knob below 0 takes the patch's own drive out.
        self.want(1, self.patch_drive * (1.0 + self.drive_knob.min(0.0)));
    }
}
