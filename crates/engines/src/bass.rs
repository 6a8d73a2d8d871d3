//! BassaRoo plays the bass.

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

/// BassaRoo plays the bass.
pub struct BassaRoo;

impl Engine for BassaRoo {
    fn lane(&self) -> Lane {
        Lane::Bass
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let _ = (view, out);
    }
}
