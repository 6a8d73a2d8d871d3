//! DrummaRoo's parameters: the lane's common set, and fills.

use music::controls::FILLS;
use music::lane::Lane;
use nice_plug::prelude::{IntParam, Params};

use super::lane::LaneParams;
use super::text;

/// The drums' parameters.
#[derive(Params)]
pub struct DrumsParams {
    /// What every lane has.
    #[nested]
    pub lane: LaneParams,
    /// How many phrase and section ends are filled.
    #[id = "fills"]
    pub fills: IntParam,
}

impl DrumsParams {
    /// At their defaults.
    pub fn new() -> DrumsParams {
        DrumsParams {
            lane: LaneParams::new(Lane::Drums),
            fills: text::whole("Drums fills", FILLS),
        }
    }
}

impl Default for DrumsParams {
    fn default() -> Self {
        DrumsParams::new()
    }
}
