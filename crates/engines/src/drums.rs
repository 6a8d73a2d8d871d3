//! DrummaRoo plays the kit.

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

/// DrummaRoo plays the kit.
pub struct DrummaRoo;

impl Engine for DrummaRoo {
    fn lane(&self) -> Lane {
        Lane::Drums
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let _ = (view, out);
    }
}
