//! The few widgets that all panels share: each a file, each drawn into a rectangle that it is given.

pub mod button;
pub mod card;
pub mod fader;
pub mod field;
pub mod gesture;
pub mod knob;
pub mod menu;
pub mod meter;
pub mod number;
pub mod picker;
pub mod text;
