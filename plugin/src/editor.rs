//! The editor: a window of panels over a running instance.
//!
//! Panels are functions of a snapshot ([`desk::View`]) and push wishes into an outbox
//! ([`access::Outbox`]); nothing that draws touches engines, files, sockets or a host. [`app`] gathers the
//! snapshot before a frame and grants the wishes after it, on the window's thread; [`window`] is what the
//! framework opens. Reading order: [`theme`], [`access`], [`desk`], [`draw`] (where every panel lies), then
//! a panel a file; [`widgets`] are shared.
//!
//! A frame is drawn on request only: by the user's input, by [`Repaint`] from the audio thread and the
//! worker (at most 30 a second), and while a meter falls. An idle window draws nothing.

pub mod access;
mod app;
mod band;
mod browser;
pub mod desk;
mod drag;
pub mod draw;
mod drawer;
mod export;
mod handle;
mod help;
mod history;
mod host;
mod host_keys;
mod import;
mod keys;
mod lane_panel;
mod lanes;
mod learn;
mod library;
mod log;
mod manual;
mod master;
mod mix;
mod mixer;
pub mod naming;
mod presets;
mod prompt;
mod settings;
mod song_strip;
mod space;
pub mod state;
#[cfg(test)]
mod tests;
pub mod theme;
#[cfg(target_os = "linux")]
mod threads;
mod topbar;
mod tour;
mod turning;
mod widgets;
mod window;
#[cfg(target_os = "linux")]
mod x11;

pub use nice_plug_egui::RepaintNotifier as Repaint;
#[cfg(target_os = "linux")]
pub use threads::Threads;
pub use window::{MuseEditor, create};
