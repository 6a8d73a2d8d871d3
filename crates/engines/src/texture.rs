//! HarmonyRoo's second hand: pads, arpeggios, counter-lines.

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

/// HarmonyRoo's second hand: pads, arpeggios, counter-lines.
pub struct TextureRoo;

impl Engine for TextureRoo {
    fn lane(&self) -> Lane {
        Lane::Texture
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let _ = (view, out);
    }
}
