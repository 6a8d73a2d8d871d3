//! Hosts for the built plug-in: what tests, renders and pictures are made with.
//!
//! Nothing here makes notes: they come out of the `.clap` or `.vst3` that is loaded. The one exception is
//! [`stage`], which plays the engines without a plug-in for the properties and the golden tables.
//!
//! Reading order: [`clap_rig`] (load, set, call once), [`script`] (a whole take with a scripted transport),
//! [`render`] (a song to files).

pub mod bench;
pub mod chart;
pub mod clap_rig;
pub mod fixtures;
pub mod golden;
pub mod groove;
#[cfg(target_os = "linux")]
pub mod gui_rig;
pub mod learn;
pub mod paths;
pub mod render;
pub mod saved;
pub mod script;
pub mod stage;
pub mod style_check;
pub mod variety;
#[cfg(target_os = "linux")]
pub mod xdnd;
