//! What the worker looks at by itself, a few times a second: the score follows song and controls once they stand
//! still, and the mix where the user wants that.

use music::controls::Controls;
use music::time::Meter;

use super::bench::Bench;
use super::refine::Scene;
use super::{listen, score};
use crate::handoff::Shared;
use crate::params::MuseParams;

/// What a score follows from.
#[derive(Clone, Copy, PartialEq)]
struct Basis {
    controls: Controls,
    material: u64,
    meter: Meter,
    tempo_mbpm: u32,
    log: u64,
}

/// What was there when the worker last looked.
#[derive(Default)]
pub struct Seen {
    last: Option<Basis>,
    /// Of the score that is shown.
    written: Option<Basis>,
}

impl Bench {
    /// Looks whether something changed.
    pub fn look_around(&mut self, params: &MuseParams) {
        self.shared.fonts.sweep();
        self.shared.previews.sweep();
        self.dictator.listen();
        let scene = Scene::of(&self.shared, params);
        let basis = Basis {
            controls: scene.controls,
            material: scene.material.revision,
            meter: scene.meter,
            tempo_mbpm: scene.tempo_mbpm,
            log: self.shared.log_revision(),
        };
        let settled = self.seen.last.replace(basis) == Some(basis);
        self.renew_mix(params, &basis.controls, settled);
        let first = self.seen.written.is_none();
        if (settled || first) && self.seen.written != Some(basis) {
            // Noted before it is tried: what fails is not tried again and again.
            self.seen.written = Some(basis);
            let written = self.guarded("Writing the score out", |bench| bench.write(&scene));
            if written {
                self.guarded("Showing takes", |bench| {
                    bench.refiner.show(&bench.shared, &scene);
                });
            }
        }
    }

    fn write(&mut self, scene: &Scene) {
        let (material, controls, tempo_mbpm) = (&scene.material, &scene.controls, scene.tempo_mbpm);
        let log = self.shared.log();
        let writer = &mut self.writer;
        let mut score = writer.write(material, controls, scene.meter, tempo_mbpm, log);
        score::mix(&mut score, material, controls, tempo_mbpm);
        if let Some(mix) = &material.song.mix {
            score.decided = mix.decisions.iter().map(ToString::to_string).collect();
            let fingerprint = listen::fingerprint(&material.song, controls, tempo_mbpm);
            score.decided_is_stale = fingerprint != mix.fingerprint;
        }
        self.shared.publish_score(score);
    }

    /// Decides the mix anew where the user wants that and the song has changed.
    fn renew_mix(&mut self, params: &MuseParams, controls: &Controls, settled: bool) {
        let shared = &self.shared;
        let chosen = shared.setup.get();
        let material = shared.material();
        let wanted = listen::fingerprint(&material.song, controls, shared.heard.tempo_mbpm());
        let fresh = material.song.mix.as_ref().map(|mix| mix.fingerprint) == Some(wanted);
        shared.setup.note_fresh(fresh);
        // While the song plays, automation may move it on: it is listened to when it stands.
        if settled && chosen.renew_mix && !fresh && !shared.pulse().playing {
            self.listener.renew(params, chosen.reference, wanted);
        }
    }
}

impl Scene {
    /// As song and controls stand.
    pub fn of(shared: &Shared, params: &MuseParams) -> Scene {
        let material = shared.material();
        let heard = shared.heard.meter().unwrap_or(material.song.meter);
        Scene {
            controls: params.controls(),
            meter: heard.grouped_like(material.song.meter),
            // Feel follows tempo slowly: whole BPM are close enough for a picture.
            tempo_mbpm: (shared.heard.tempo_mbpm() + 500) / 1000 * 1000,
            material,
        }
    }
}
