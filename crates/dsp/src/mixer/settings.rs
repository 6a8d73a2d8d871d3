//! What a [`Mix`] means for the mixer's parts: targets that they move to.

use core::f32::consts::{FRAC_PI_4, SQRT_2};

use music::lane::{LANES, Lane};

use super::dynamics::{GLUE, PARALLEL};
use super::master::finite;
use super::ride::{Lines, Ride};
use super::{HEADROOM_DB, Mixer};
use crate::math::gain_from_db;
use crate::mix::{Mix, StripMix};

/// Levels at and below this are silence.
const SILENCE_DB: f32 = -60.0;
impl Mixer {
    pub(super) fn snap(&mut self) {
        for ride in self.rides() {
            ride.snap();
        }
        self.gain = Lines::at(self.level.now);
        self.returns_to_main.snap();
        self.parallel[0] = self.parallel[1];
        self.compressors.snap();
        self.glue.snap();
        self.strips.snap_all();
        self.master.snap();
    }
    fn rides(&mut self) -> impl Iterator<Item = &mut Ride> {
        [
            &mut self.level,
            &mut self.own,
            &mut self.other,
            &mut self.delay_send,
            &mut self.to_main,
        ]
        .into_iter()
        .chain(&mut self.spaces)
    }
    pub(crate) fn set(&mut self, mix: &Mix) {
        if self.untouched || self.mix != *mix {
            self.take(mix);
        }
    }
    pub(super) fn take(&mut self, mix: &Mix) {
        self.mix = *mix;
        let any_solo = mix.lanes.iter().any(|l| l.solo);
        for (index, lane) in mix.lanes.iter().enumerate() {
            self.take_lane(index, lane, any_solo);
            let stays = mix.main_carries_rest && mix.routed[index];
            let share = if stays { 0.0 } else { 1.0 };
            self.to_main.set(index, share, share);
        }
        let drums = &mix.lanes[Lane::Drums.index()];
        self.drums_heard = is_heard(drums, any_solo);
        let stays = mix.main_carries_rest && mix.routed[LANES];
        self.returns_to_main.aim(if stays { 0.0 } else { 1.0 });
        let (share, dynamics) = mix.parallel;
        self.parallel[1] = finite(share, 0.0, 1.0, 0.0);
        self.compressors.set(PARALLEL, &dynamics);
        self.glue.set(GLUE, &mix.master.glue);
        self.duck.set(&mix.duck);
        self.returns.set(mix, self.untouched);
        self.master.set(mix);
        if self.untouched {
            self.snap();
        }
    }
    fn take_lane(&mut self, index: usize, lane: &StripMix, any_solo: bool) {
        let level = if is_heard(lane, any_solo) {
            gain_from_db(finite(lane.level_db, SILENCE_DB, 24.0, 0.0) - HEADROOM_DB)
        } else {
            0.0
        };
        // Equal power, 0 dB in the centre.
        let angle = FRAC_PI_4 * (1.0 + finite(lane.pan, -1.0, 1.0, 0.0));
        let level = level * SQRT_2;
        self.level
            .set(index, level * angle.cos(), level * angle.sin());
        let width = finite(lane.width, 0.0, 2.0, 1.0);
        let (own, other) = (0.5 * (1.0 + width), 0.5 * (1.0 - width));
        self.own.set(index, own, own);
        self.other.set(index, other, other);
        // The knob takes the lane out of the room, or further into it.
        let space = lane.macros.bounded().space;
        let sent = |send: f32| {
            let send = finite(send, 0.0, 1.0, 0.0);
            send * (1.0 + space.min(0.0)) + 0.4 * space.max(0.0) * (1.0 - send)
        };
        for (number, ride) in self.spaces.iter_mut().enumerate() {
            let send = if number == lane.space.index() {
                sent(lane.reverb_send)
            } else {
                0.0
            };
            ride.set(index, send, send);
        }
        let delay = finite(lane.delay_send, 0.0, 1.0, 0.0);
        let delay = (delay * (1.0 + space)).min(1.0);
        self.delay_send.set(index, delay, delay);
        self.compressors.set(index, &lane.compressor);
        self.strips.set_mix(index, lane);
    }
}

fn is_heard(lane: &StripMix, any_solo: bool) -> bool {
    lane.on && (lane.solo || !any_solo) && lane.level_db > SILENCE_DB
}
