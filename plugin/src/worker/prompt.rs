//! A prompt: words in, a song and parameters out.

use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::Reply;

/// Reads a prompt and puts the song in place; parameters are set by the editor, through the host.
pub fn read(shared: &Shared, params: &MuseParams, text: &str) -> Reply {
    let _ = (shared, params, text);
    Reply::default()
}
