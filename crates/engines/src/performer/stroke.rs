//! What a note is started with: channel, key, patch and phase, for a candidate or a key on MIDI in.

use music::controls::{Controls, Latch};
use music::drum::{DrumMap, Piece};
use music::lane::Lane;
use music::pitch::Pitch;

use super::decide::Heard;
use super::seat::Offer;
use super::sounding::{Frames, Stroke};
use super::{KeyEvent, Span};
use crate::dice::{Dice, Purpose};
use crate::view::Material;

/// What stands still over a span.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub material: Material<'a>,
    pub controls: &'a Controls,
    pub span: &'a Span,
    pub keys: &'a [KeyEvent],
    pub frames: Frames,
}

impl Scene<'_> {
    /// Key events in the span.
    pub fn keys(&self) -> impl Iterator<Item = &KeyEvent> {
        // Those of an empty span fall on its start.
        let inside = self.span.offset..self.span.offset + self.span.frames.max(1);
        self.keys
            .iter()
            .filter(move |key| inside.contains(&key.frame))
    }
}

/// The note that a candidate becomes.
pub(super) fn from_offer(offer: &Offer, heard: &Heard, scene: &Scene, map: &DrumMap) -> Stroke {
    let candidate = &offer.candidate;
    let lane = candidate.lane;
    let latch = &offer.latch;
    let dice = Dice::song(latch.seed).lane(lane).at(heard.pitch.0 as u32);
    let place = candidate.grid.since(offer.place.start) as u32;
    let end = candidate.onset.plus(candidate.duration.max(1) as i64);
    let ties = scene.material.ties(lane, latch, offer.place.meter);
    Stroke {
        lane,
        pitch: heard.pitch,
        velocity: heard.velocity,
        onset: ties.then_some(candidate.onset),
        end: Some(end),
        channel: scene.controls.lane(lane).channel,
        key: midi_key(lane, heard.pitch, map),
        patch: patch(scene, latch, lane),
        phase: (dice.bits(Purpose::Phase, place) >> 32) as u32,
    }
}

/// The lane's instrument under a latch: of the style that it is nearer to.
fn patch(scene: &Scene, latch: &Latch, lane: Lane) -> u8 {
    let style = scene.material.styles.get(latch.style_of(lane));
    style.mix.patches[lane.index()]
}

/// The note that a key on MIDI in plays on a lane.
pub(super) fn by_hand(lane: Lane, key: &KeyEvent, scene: &Scene, map: &DrumMap) -> Stroke {
    let controls = scene.controls;
    let dice = Dice::song(controls.seed).lane(lane);
    Stroke {
        lane,
        pitch: key.pitch,
        velocity: key.velocity.min(127),
        onset: None,
        end: None,
        channel: controls.lane(lane).channel,
        key: midi_key(lane, key.pitch, map),
        patch: patch(scene, &controls.latch(), lane),
        phase: (dice.bits(Purpose::Phase, key.pitch.0 as u32) >> 32) as u32,
    }
}

/// Key on MIDI: the drum map's for the pieces of the kit.
pub fn midi_key(lane: Lane, pitch: Pitch, map: &DrumMap) -> Pitch {
    match lane {
        Lane::Drums => {
            Piece::from_general_midi(pitch).map_or(pitch, |piece| map.keys[piece as usize])
        }
        _ => pitch,
    }
}
