//! A proposal heard before it is kept: its bars with the whole band, as they would be, over and over.

use std::sync::Arc;

use super::{Refiner, Scene, bars, tried};
use crate::handoff::Shared;
use crate::preview::{Preview, Stand, Start};

/// What is heard.
pub struct Hearing {
    /// Of the preview.
    pub number: u64,
    /// Of the song that it was made from.
    revision: u64,
    /// The take.
    turn: u8,
}

impl Refiner {
    /// Has the proposal heard.
    pub(super) fn hear(&mut self, shared: &Shared, scene: &Scene) {
        self.hush(shared);
        let form = self.form(scene);
        let Some(trial) = &self.trial else { return };
        let Some(basis) = shared.previews.basis() else {
            return shared.say(
                "The host has not called for audio: nothing can be heard yet. Start its transport, or switch its \
                 audio on.",
            );
        };
        let Some(material) = tried(scene, &form, trial) else {
            return;
        };
        let material = Arc::new(material.with_take(None));
        let start = Start::Bars(bars(&form, &trial.spots));
        let mut preview = Preview::new(material, Stand::Live, start, basis, &shared.fonts);
        preview.rests = false;
        self.heard = shared.previews.start(preview).map(|number| Hearing {
            number,
            revision: scene.material.revision,
            turn: trial.turn,
        });
    }
    /// Has it heard no more.
    pub(super) fn hush(&mut self, shared: &Shared) {
        if let Some(heard) = self.heard.take() {
            shared.previews.stop_one(heard.number);
        }
    }
    /// What is heard follows what is proposed.
    pub(super) fn hear_on(&mut self, shared: &Shared, scene: &Scene) {
        let Some(heard) = &self.heard else { return };
        if shared.previews.wanted() != heard.number {
            // Something else was asked for meanwhile.
            self.heard = None;
            return;
        }
        let fits = |turn: u8| (turn, scene.material.revision) == (heard.turn, heard.revision);
        match &self.trial {
            None => self.hush(shared),
            Some(trial) if !fits(trial.turn) => self.hear(shared, scene),
            Some(_) => {}
        }
    }
}
