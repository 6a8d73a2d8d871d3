//! A prompt: words in, a song and parameters out.
//!
//! What a prompt says about the song itself is put in place here; parameters go back to the editor, which
//! sets them through the host, so that they can be undone and automated there.

use authoring::prompt::{self, Context};

use crate::handoff::Shared;
use crate::material;
use crate::params::{MuseParams, Run};
use crate::snapshot::Reply;

/// Reads a prompt.
pub fn read(shared: &Shared, params: &MuseParams, text: &str) -> Reply {
    let material = shared.material();
    let host_tempo = params.band.run() == Run::Host;
    let context = Context {
        style: params.controls().style,
        tempo_bpm: if host_tempo {
            f64::from(shared.heard.tempo_mbpm()) / 1000.0
        } else {
            f64::from(params.band.tempo.value())
        },
        host_tempo,
        meter: shared
            .heard
            .meter()
            .unwrap_or(material.song.meter)
            .grouped_like(material.song.meter),
    };
    let result = prompt::read(text, material::library(), context);
    let mut song = material.song.clone();
    result.song.apply(&mut song);
    let step = format!("\u{201c}{}\u{201d}", text.trim());
    shared.edit_song(&step, song);
    Reply {
        set: result.set,
        understood: result.understood,
        not_understood: result.not_understood,
        step,
    }
}
