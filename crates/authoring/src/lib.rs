//! Authoring: verbs that may take their time. Styles, grooves, drum maps and patches from TOML, prompts to
//! songs. Runs on the worker or on a command line, never on the audio thread; opens no socket, starts no
//! thread, knows no plug-in.
//!
//! [`library`] finds and reads the presets; `*_file` read one kind of file each with [`reader`];
//! [`steps`] and [`numerals`] read what musicians write inside them; [`prompt`] understands a line of words;
//! [`style_check`] says what is weak in a style; [`groove_extract`] takes the feel out of MIDI files,
//! [`learn`] a whole style, [`import`] what a song can use, and [`parts`] says who plays what in them; [`mastering`] measures whole pieces;
//! [`editing`] changes form, chords and notes of a song as a hand wants it.
#![forbid(unsafe_code)]

pub mod drum_map_file;
pub mod editing;
pub mod groove_extract;
pub mod groove_file;
pub mod import;
pub mod learn;
pub mod library;
pub mod mastering;
pub mod mix_file;
pub mod mixing;
pub mod numerals;
pub mod parts;
pub mod patch_file;
pub mod problem;
pub mod prompt;
pub mod reader;
pub mod steps;
pub mod style_check;
pub mod style_file;
pub mod writing;

pub use library::Library;
pub use problem::Problem;
