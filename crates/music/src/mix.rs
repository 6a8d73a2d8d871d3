//! Mix and master as plain tables: what a genre's profile asks for, and what the automatic mix decided.
//!
//! A [`MixProfile`] is one file of `presets/mixes`: how records of a genre are mixed and mastered. A style
//! names its profile and adds its own levels, pans and sends on top. [`Decisions`] are what was found by
//! listening to one song: few numbers, each with its reason. Who turns all of it into one mix is
//! `dsp::Mix::merge`.

mod decisions;
mod profile;
mod spaces;

pub use decisions::{
    Decision, Decisions, LaneDecision, MAX_REASONS, MasterDecision, Reason, THIRDS, What,
};
pub use profile::{
    DrumBusProfile, DuckProfile, Dynamics, EQ_BANDS, Eq, EqBand, FLAT_EQ, MasterProfile,
    MixProfile, StripProfile,
};
pub use spaces::{DelayProfile, SPACES, Space, SpaceProfile};
