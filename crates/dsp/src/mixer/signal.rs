//! A lane's way from its strip to main, to its space and to the delay.

use music::lane::Lane;

use super::Mixer;
use super::returns::Sent;
use crate::math::{F8, TICK, eights, sounds, whole};

impl Mixer {
    /// What a lane's patch puts behind its strip, and what its level is measured by. Says whether anything
    /// sounds.
    pub(super) fn insert(
        &mut self,
        lane: usize,
        pair: &mut [[f32; TICK]; 2],
        skipped: usize,
        into: usize,
        frames: usize,
    ) -> bool {
        self.energy[lane][..skipped].fill(0.0);
        let chorus = &mut self.choruses[lane];
        if chorus.is_on() {
            if skipped > 0 {
                // As if it had been awake since the tick, so that no cut of time shows.
                chorus.process(&mut [[0.0; TICK]; 2], 0, skipped);
            }
            chorus.process(pair, into, frames);
        }
        let tape = &mut self.tapes[lane];
        if tape.is_on() {
            tape.process(&mut [[0.0; TICK]; 2], 0, skipped);
            tape.process(pair, into, frames);
        }
        let (left, right) = (eights(&pair[0]), eights(&pair[1]));
        let energy = core::array::from_fn(|n| left[n] * left[n] + right[n] * right[n]);
        let energy = whole(energy);
        if frames == TICK {
            self.energy[lane] = energy;
        } else {
            self.energy[lane][into..into + frames].copy_from_slice(&energy[..frames]);
        }
        if lane == Lane::Drums.index() && self.duck.listens() {
            let both = core::array::from_fn(|n| left[n] + right[n]);
            if skipped > 0 {
                // As if it had been awake since the tick, so that no cut of time shows.
                self.duck.hear(&[F8::ZERO; TICK / 8], 0, skipped);
            }
            self.duck.hear(&both, into, frames);
        }
        sounds(&pair[0]) || sounds(&pair[1])
    }
    /// Width, and the gain that all the rest of the strip is.
    pub(super) fn place(&self, lane: usize, pair: &mut [[f32; TICK]; 2], into: usize) {
        let (l, r) = (2 * lane, 2 * lane + 1);
        if !self.other.lines.is_zero(lane) {
            let (own, other) = (self.own.lines.over(l, into), self.other.lines.over(l, into));
            let (a, b) = (eights(&pair[0]), eights(&pair[1]));
            pair[0] = whole(core::array::from_fn(|n| own[n] * a[n] + other[n] * b[n]));
            pair[1] = whole(core::array::from_fn(|n| own[n] * b[n] + other[n] * a[n]));
        }
        for (k, x) in [l, r].into_iter().zip(pair.iter_mut()) {
            let (gain, old) = (self.gain.over(k, into), eights(x));
            *x = whole(core::array::from_fn(|n| old[n] * gain[n]));
        }
    }
    /// To main, to the spaces, to the delay.
    pub(super) fn send(
        &self,
        lane: usize,
        pair: &[[f32; TICK]; 2],
        into: usize,
        sent: &mut Sent,
        main: &mut [[f32; TICK]; 2],
    ) {
        let ways = [(&self.to_main, main), (&self.delay_send, &mut sent.delay)];
        let spaces = self.spaces.iter().zip(&mut sent.spaces);
        for (ride, to) in ways.into_iter().chain(spaces) {
            if ride.lines.is_zero(lane) {
                continue;
            }
            for side in 0..2 {
                let share = ride.lines.over(2 * lane + side, into);
                let (old, more) = (eights(&to[side]), eights(&pair[side]));
                to[side] = whole(core::array::from_fn(|n| old[n] + share[n] * more[n]));
            }
        }
    }
}
