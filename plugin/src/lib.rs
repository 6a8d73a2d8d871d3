//! MuseAroo: a band in your DAW. This file exports the formats and nothing else.
//!
//! Reading order: [`plugin`] (what happens in a block), [`params`], [`handoff`] (every channel between
//! threads), [`worker`], [`state`]; then [`clap_entry`] and [`vst3_entry`], which stand between the host and
//! the framework.

pub mod block;
pub mod buses;
pub mod clap_entry;
mod daw;
pub mod editor;
pub mod export;
pub mod fonts;
pub mod hand;
pub mod handoff;
pub mod history;
pub mod import;
mod large;
pub mod machine;
pub mod material;
pub mod params;
pub mod plugin;
pub mod preferences;
pub mod preview;
pub mod project;
pub mod refine;
pub mod rendering;
pub mod setup;
pub mod snapshot;
pub mod songs;
pub mod speech;
pub mod state;
pub mod take;
pub mod variations;
pub mod vst3_entry;
pub mod worker;

pub use plugin::MuseAroo;

export_clap!(plugin::MuseAroo);
export_vst3!(plugin::MuseAroo);
