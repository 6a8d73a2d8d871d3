//! Nouns: what the field calls things. Time, pitch, chords, lanes, styles, songs, plans, controls.
//!
//! Everything else stands on this crate. It holds meanings, ranges and small arithmetic; it decides
//! nothing musical, allocates nothing and knows no plug-in, file or thread.
//!
//! Reading order: [`time`] and [`pitch`], then [`style`] (what a musician wrote), [`song`] (what the user
//! decided), [`controls`] (what a player turns), [`plan`] (what follows), [`note`] (what is played).
#![no_std]
#![forbid(unsafe_code)]

pub mod chord;
pub mod controls;
pub mod drum;
pub mod edit;
pub mod groove;
pub mod lane;
pub mod mix;
pub mod note;
pub mod patch;
pub mod pitch;
pub mod plan;
pub mod retake;
pub mod roman;
pub mod song;
pub mod spelling;
pub mod style;
pub mod take;
pub mod technique;
pub mod time;

/// A short name that fits in place: style, section, patch and kit names.
pub type Name = heapless::String<32>;

/// Makes a [`Name`], cutting at a character border what does not fit.
///
/// # Example
/// ```
/// assert_eq!(music::name("Bossa nova").as_str(), "Bossa nova");
/// ```
pub fn name(text: &str) -> Name {
    let mut out = Name::new();
    for c in text.chars() {
        if out.push(c).is_err() {
            break;
        }
    }
    out
}
