//! HarmonyRoo chooses chords and comps them.

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

pub mod fit;

/// HarmonyRoo chooses chords and comps them.
pub struct HarmonyRoo;

impl Engine for HarmonyRoo {
    fn lane(&self) -> Lane {
        Lane::Harmony
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let _ = (view, out);
    }
}

/// Writes the chords of a phrase with their voicings into `phrase.chords`.
/// `phrase` has its place, length and meter already.
pub fn compose(seat: &crate::band::PhraseSeat, phrase: &mut music::plan::Phrase) {
    let _ = (seat, phrase);
}
