//! HarmonyRoo's second hand: pads, arpeggios, counter-lines.
//!
//! All three read the texture voicing that stands beside each chord of the phrase; it was led apart from
//! the Harmony lane's, so the two do not clash. Where the tune rests, a counter-line answers it and an arpeggio
//! runs more densely. Sections that return vary their figure, a phrase swells, and a
//! final section is fuller. Where drums and bass stop at a section's end, the texture stops too ([`stop`]).

use music::lane::Lane;
use music::note::Candidates;
use music::style::TextureTechnique;

use crate::view::{BarView, Engine};

mod answer;
mod arpeggio;
mod busy;
mod contour;
mod counter_line;
mod pad;
pub(crate) mod stop;

/// HarmonyRoo's second hand: pads, arpeggios, counter-lines.
pub struct TextureRoo;

impl Engine for TextureRoo {
    fn lane(&self) -> Lane {
        Lane::Texture
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        match view.style.texture.technique {
            // The song ends on a held chord.
            _ if view.is_ending() => pad::perform(view, out),
            TextureTechnique::Pad => pad::perform(view, out),
            TextureTechnique::Arpeggio => arpeggio::perform(view, out),
            TextureTechnique::CounterLine => counter_line::perform(view, out),
        }
    }
}

#[cfg(test)]
mod tests;
