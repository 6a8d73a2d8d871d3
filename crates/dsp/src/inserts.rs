//! What belongs to an instrument and is heard once, on its lane before the strip: the body that all strings
//! share, phaser, turning speaker.
//!
//! They follow the patch that plays; one that no patch asks for costs nothing.

mod body;
mod phaser;
mod rotary;

use music::lane::LANES;
use music::patch::{Macros, Patch, ToneTable};

use crate::math::TICK;
use crate::span::Span;
use crate::voices::LaneBlock;
use body::Body;
use phaser::Phaser;
use rotary::Rotary;

/// The effects of one lane.
struct Chain {
    body: Body,
    phaser: Phaser,
    rotary: Rotary,
}

impl Chain {
    fn tick(&mut self) {
        self.body.tick(TICK);
        self.phaser.tick(TICK);
        self.rotary.tick(TICK);
    }
    fn process(&mut self, [left, right]: [&mut [f32; TICK]; 2], into: usize, frames: usize) {
        if self.body.is_on() {
            self.body.process(left, right, frames);
        }
        if self.phaser.is_on() {
            self.phaser
                .process(&mut left[..frames], &mut right[..frames]);
        }
        if self.rotary.is_on() {
            self.rotary.process([left, right], into, frames);
        }
    }
}

/// The effects of all lanes.
pub(crate) struct Inserts {
    lanes: [Chain; LANES],
}

impl Inserts {
    pub(crate) fn new(rate: f32) -> Inserts {
        Inserts {
            lanes: core::array::from_fn(|_| Chain {
                body: Body::new(rate),
                phaser: Phaser::new(rate),
                rotary: Rotary::new(rate),
            }),
        }
    }
    pub(crate) fn reset(&mut self) {
        for chain in &mut self.lanes {
            chain.body.reset();
            chain.phaser.reset();
            chain.rotary.reset();
        }
    }
    /// Forgets what a lane's effects hold.
    pub(crate) fn reset_lane(&mut self, lane: usize) {
        let chain = &mut self.lanes[lane];
        chain.body.clear();
        chain.phaser.clear();
        chain.rotary.clear();
    }
    /// The patch that plays on a lane.
    pub(crate) fn set(&mut self, lane: usize, patch: &Patch, macros: &Macros) {
        match patch {
            Patch::String(t) => self.lanes[lane]
                .body
                // What plays one note at a time is a bass or a lead: those stand in the middle.
                .set(t.body * macros.body.exp2(), t.body_hz, !t.mono),
            _ => self.lanes[lane].body.set(0.0, 110.0, false),
        }
        self.set_tone(lane, patch.tone());
    }
    /// Something else plays on a lane.
    pub(crate) fn set_none(&mut self, lane: usize) {
        self.lanes[lane].body.set(0.0, 110.0, false);
        self.set_tone(lane, &ToneTable::default());
    }
    fn set_tone(&mut self, lane: usize, tone: &ToneTable) {
        let chain = &mut self.lanes[lane];
        chain.phaser.set(tone.phaser, tone.phaser_hz);
        chain.rotary.set(tone.rotary, tone.rotary_hz);
    }
    /// In place.
    pub(crate) fn process(&mut self, span: &Span, lanes: &mut [LaneBlock]) {
        for (lane, chain) in self.lanes.iter_mut().enumerate() {
            for block in &mut *lanes {
                if span.at_tick() {
                    chain.tick();
                }
                let [left, right, ..] = &mut block[2 * lane..] else {
                    unreachable!("two sides to every lane")
                };
                chain.process([left, right], span.into, span.frames);
            }
        }
    }
}
