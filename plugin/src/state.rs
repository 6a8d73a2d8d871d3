//! What the DAW saves with its project: parameters, the song, the styles used, the editor's size.
//!
//! nice-plug writes one JSON object: `version`, `params`, `fields`. This module gives the fields their
//! content ([`fields`]), repairs what a host hands back damaged before nice-plug reads it ([`mend`]),
//! brings older revisions up to date ([`migrate`]) and writes the lead sheet that markers come from
//! ([`lead_sheet`]). Everything runs on the main thread; the audio thread gets the outcome by handoff.
//! Whatever was lost or changed is said in the log, by one message each.

pub mod fields;
pub mod lead_sheet;
pub mod mend;
pub mod migrate;
mod song;

pub use song::read as read_song;

/// Revision of what is saved. Counted up whenever a field changes its meaning; [`migrate`] knows the way.
pub const STATE_REVISION: u32 = 1;

#[cfg(test)]
mod tests;
