//! The background thread of an instance: reads prompts, applies commands, writes the score out.
//!
//! Started with the instance and joined when it goes. Nothing that sounds waits for it: song and styles are
//! in place before the first block, and the audio thread composes for itself. The worker looks at the
//! parameters a few times a second and writes the score anew once they stand still. What takes seconds,
//! learning a style, has a thread of its own that the worker ends before it goes ([`learn`]).

pub mod export;
mod hand;
mod import;
mod job;
mod learn;
pub mod listen;
mod place;
mod prompt;
mod refine;
mod score;
mod shelf;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use music::controls::Controls;
use music::plan::Form;
use music::time::Meter;

use self::export::Exporter;
use self::learn::Learner;
use self::listen::{Listener, Wish};
use self::refine::{Refiner, Scene};
use self::score::Writer;
use crate::export::Export;
use crate::handoff::Shared;
use crate::material;
use crate::params::MuseParams;
use crate::snapshot::Command;

/// How often the worker looks whether something changed.
const LOOK: Duration = Duration::from_millis(40);

/// The thread, and the way to end it.
pub struct Worker {
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    shared: Arc<Shared>,
}

impl Worker {
    /// Starts the thread. `None` where the system gives none: everything still sounds, and the editor shows
    /// no score.
    pub fn start(shared: &Arc<Shared>, params: &Arc<MuseParams>) -> Option<Worker> {
        Worker::start_with(shared, params, material::user_folder())
    }
    /// As [`Worker::start`], with another place for what is stored for the user.
    fn start_with(
        shared: &Arc<Shared>,
        params: &Arc<MuseParams>,
        user_folder: Option<PathBuf>,
    ) -> Option<Worker> {
        let inbox = shared.take_inbox()?;
        let stop = Arc::new(AtomicBool::new(false));
        let (own, params, stopped) = (shared.clone(), Arc::downgrade(params), stop.clone());
        let thread = std::thread::Builder::new()
            .name("MuseAroo worker".to_owned())
            // Styles and bars are large tables; composing keeps some of them on the stack.
            .stack_size(8 << 20)
            .spawn(move || work(&own, &params, &inbox, &stopped, user_folder))
            .ok()?;
        Some(Worker {
            thread: Some(thread),
            stop,
            shared: shared.clone(),
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            self.shared.wake_worker();
            // A worker that panicked has said so on its own.
            let _ = thread.join();
        }
    }
}

/// What a score follows from.
#[derive(Clone, Copy, PartialEq)]
struct Basis {
    controls: Controls,
    material: u64,
    meter: Meter,
    tempo_mbpm: u32,
    log: u64,
}

fn work(
    shared: &Arc<Shared>,
    params: &Weak<MuseParams>,
    inbox: &Receiver<Option<Command>>,
    stop: &AtomicBool,
    user_folder: Option<PathBuf>,
) {
    // Dropped on every way out, which ends a learning that still runs.
    let folder = user_folder.clone();
    let mut learner = Learner::new(shared, user_folder.clone());
    if let Some(folder) = &user_folder {
        export::clean(folder);
    }
    let mut listener = Listener::new(shared);
    let mut exporter = Exporter::new(shared);
    let mut writer = Writer::default();
    let mut refiner = Refiner::default();
    let mut written: Option<Basis> = None;
    let mut seen: Option<Basis> = None;
    while !stop.load(Ordering::Acquire) {
        match inbox.recv_timeout(LOOK) {
            Ok(Some(Command::Hand(hand))) => {
                if let Some(params) = params.upgrade() {
                    noting(shared, &params, &mut writer, |form| {
                        hand::obey(shared, &params, form, hand);
                    });
                }
            }
            Ok(Some(Command::Refine(order))) => {
                if let Some(params) = params.upgrade() {
                    let scene = scene(shared, &params);
                    noting(shared, &params, &mut writer, |_| {
                        refiner.obey(shared, &scene, order);
                    });
                }
            }
            Ok(Some(Command::Import(import))) => {
                if let Some(params) = params.upgrade() {
                    noting(shared, &params, &mut writer, |form| {
                        import::bring(shared, &params, form, &import, &mut listener);
                    });
                }
            }
            Ok(Some(Command::Export(export))) => {
                if let Some(params) = params.upgrade() {
                    let folder = export::folder(&export.folder, user_folder.as_deref());
                    exporter.start(&params, &Export { folder, ..export });
                }
            }
            Ok(Some(Command::Reveal(folder))) => {
                let folder = export::folder(&folder, user_folder.as_deref());
                if let Err(why) = export::reveal(&folder) {
                    shared.say(format!("{folder}: {why}."));
                }
            }
            Ok(Some(Command::CancelExport)) => exporter.cancel(),
            Ok(Some(Command::Preview(slot))) => {
                let bar = params.upgrade().zip(slot).map(|(params, slot)| {
                    shelf::preview(&mut writer, &shared.material(), &params.controls(), slot)
                });
                shared.asked.preview(bar);
            }
            Ok(Some(
                command @ (Command::RenewSongs
                | Command::LoadSong(_)
                | Command::SaveSong { .. }
                | Command::Prefer(_)),
            )) => {
                if let Some(params) = params.upgrade() {
                    shelf::obey(shared, &params, folder.as_deref(), command);
                }
            }
            Ok(Some(command)) => obey(shared, params, &mut learner, &mut listener, command),
            Ok(None) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        shared.fonts.sweep();
        let Some(params) = params.upgrade() else {
            return;
        };
        let scene = scene(shared, &params);
        let material = &scene.material;
        let basis = Basis {
            controls: scene.controls,
            material: material.revision,
            meter: scene.meter,
            tempo_mbpm: scene.tempo_mbpm,
            log: shared.log_revision(),
        };
        renew_mix(shared, &params, &mut listener, &basis, seen == Some(basis));
        let settled = seen.replace(basis) == Some(basis) || written.is_none();
        if settled && written != Some(basis) {
            written = Some(basis);
            let (controls, tempo_mbpm) = (&basis.controls, basis.tempo_mbpm);
            // A bug in an engine costs the picture, not the worker.
            let write = AssertUnwindSafe(|| {
                let mut score =
                    writer.write(material, controls, basis.meter, tempo_mbpm, shared.log());
                score::mix(&mut score, material, controls, tempo_mbpm);
                if let Some(mix) = &material.song.mix {
                    score.decided = mix.decisions.iter().map(ToString::to_string).collect();
                    let now = listen::fingerprint(&material.song, controls, tempo_mbpm);
                    score.decided_is_stale = now != mix.fingerprint;
                }
                score
            });
            match catch_unwind(write) {
                Ok(score) => {
                    shared.publish_score(score);
                    let show = AssertUnwindSafe(|| refiner.show(shared, &scene));
                    if catch_unwind(show).is_err() {
                        refiner = Refiner::default();
                    }
                }
                Err(_) => {
                    writer = Writer::default();
                    shared.say("The score could not be written out; that is a bug in MuseAroo. It still plays.");
                }
            }
        }
    }
}

/// What takes and scores are written out from.
fn scene(shared: &Shared, params: &MuseParams) -> Scene {
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

/// Has the list of takes hear of what an order makes of them.
fn noting(shared: &Shared, params: &MuseParams, writer: &mut Writer, act: impl FnOnce(&Form)) {
    let mut of = |material: &material::Material| writer.form(material, &params.controls());
    let before = shared.material();
    let form = of(&before);
    act(&form);
    let after = shared.material();
    if before.revision != after.revision {
        let (before, after) = ((&before.song, &form), (&after.song, &of(&after)));
        shared.variations.change(|all| all.note(before, after));
    }
}

/// Decides the mix anew where the user wants that and the song has changed.
fn renew_mix(
    shared: &Shared,
    params: &MuseParams,
    listener: &mut Listener,
    basis: &Basis,
    settled: bool,
) {
    let chosen = shared.setup.get();
    let material = shared.material();
    let wanted = listen::fingerprint(&material.song, &basis.controls, shared.heard.tempo_mbpm());
    let fresh = material.song.mix.as_ref().map(|mix| mix.fingerprint) == Some(wanted);
    shared.setup.note_fresh(fresh);
    // While the song plays, automation may move it on: it is listened to when it stands.
    if settled && chosen.renew_mix && !fresh && !shared.pulse().playing {
        listener.renew(params, chosen.reference, wanted);
    }
}

fn obey(
    shared: &Shared,
    params: &Weak<MuseParams>,
    learner: &mut Learner,
    listener: &mut Listener,
    command: Command,
) {
    match command {
        Command::Prompt(text) => {
            let Some(params) = params.upgrade() else {
                return;
            };
            shared.answer(prompt::read(shared, &params, &text));
        }
        Command::Song(song) => shared.edit_song("", *song),
        Command::Edit(words, song) => shared.edit_song(&words, *song),
        Command::Turned(words, turns, soon) => shared.note_turns(&words, turns, soon),
        // Done where the form is at hand, and where the exporter and the user's folder are.
        Command::Hand(_) | Command::Refine(_) | Command::Import(_) => {}
        Command::Export(_) | Command::CancelExport | Command::Reveal(_) => {}
        Command::Inspect(path) => shared.show_found(import::inspect(&path)),
        Command::Preview(_)
        | Command::RenewSongs
        | Command::LoadSong(_)
        | Command::SaveSong { .. }
        | Command::Prefer(_) => {}
        Command::Panic => shared.asked.panic(),
        Command::GoTo(bar) => shared.go_to(bar),
        Command::Walk(done) => shared.walk_history(done),
        Command::Compare => {
            if let Some(params) = params.upgrade() {
                shared.compare(&params);
            }
        }
        Command::Engines(present) => shared.choose_engines(present),
        Command::Learn { folder, name } => learner.start(&folder, &name),
        Command::CancelLearning => learner.cancel(),
        Command::Mix { reference } => {
            if let Some(params) = params.upgrade() {
                listener.start(&params, Wish { reference });
            }
        }
        Command::Setup(chosen) => {
            if chosen != shared.setup.get() {
                shared.setup.set(chosen);
                shared.project.changed();
                shared.repaint.request_repaint();
            }
        }
        Command::CancelMix => listener.cancel(),
        Command::ForgetMix => {
            let song = shared.material().song.clone();
            shared.edit_song("", music::song::Song { mix: None, ..song });
        }
        Command::Font {
            lane,
            path,
            program,
        } => {
            match shared.fonts.choose(lane, &path, program) {
                Ok(said) => {
                    shared.say(said);
                    shared.project.changed();
                }
                Err(why) => shared.say(format!("{}: {why}.", lane.name())),
            }
            shared.repaint.request_repaint();
        }
    }
}
