//! MelodyRoo plays the tune.

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

/// MelodyRoo plays the tune.
pub struct MelodyRoo;

impl Engine for MelodyRoo {
    fn lane(&self) -> Lane {
        Lane::Melody
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let _ = (view, out);
    }
}

/// Writes the tune of a phrase into `phrase.tune`; its chords stand already.
pub fn compose(seat: &crate::band::PhraseSeat, phrase: &mut music::plan::Phrase) {
    let _ = (seat, phrase);
}
