//! A drum map file (TOML) to a [`DrumMap`]: the key of every piece on a sampler's keyboard.

use music::drum::{DrumMap, Piece};
use music::name;
use music::pitch::Pitch;

use crate::problem::Problem;
use crate::reader::{Reader, Source};

/// Reads a drum map; pieces that it leaves out keep their General MIDI key.
///
/// # Errors
/// Everything that is wrong with the file, by line.
pub fn read(file: &str, text: &str) -> Result<DrumMap, Vec<Problem>> {
    let source = Source::new(file, text);
    let mut out = DrumMap::default();
    if let Some(table) = source.parse() {
        let mut root = Reader::root(&source, &table);
        if let Some((text, _)) = root.need_text("name") {
            out.name = name(text);
        }
        root.need_text("source");
        if let Some(mut keys) = root.need_table("keys") {
            for piece in Piece::ALL {
                let usual = piece.general_midi().0;
                out.keys[piece as usize] = Pitch(keys.whole(piece.word(), 0..=127, usual));
            }
            keys.finish();
        }
        root.finish();
    }
    let problems = source.into_problems();
    if problems.is_empty() {
        Ok(out)
    } else {
        Err(problems)
    }
}
