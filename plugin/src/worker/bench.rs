//! What the worker has at hand, and the one place where an order is obeyed.
//!
//! An order that panics is a bug of ours and costs the user that order alone: the log says so in words, what may
//! be half-done (the writer, the takes on trial) is made afresh, and the next order is obeyed as ever.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use music::plan::Form;
use music::song::Song;

use super::export::{self, Exporter};
use super::learn::Learner;
use super::listen::{Listener, Wish};
use super::preview::Bureau;
use super::refine::{Refiner, Scene};
use super::round::Seen;
use super::score::Writer;
use super::speech::Dictator;
use super::{hand, import, prompt, shelf};
use crate::export::Export;
use crate::handoff::Shared;
use crate::import::{Found, Holds};
use crate::material::Material;
use crate::params::MuseParams;
use crate::snapshot::{Command, Reply};

/// One instance's.
pub struct Bench {
    pub(super) shared: Arc<Shared>,
    params: Weak<MuseParams>,
    /// The user's own.
    pub(super) folder: Option<PathBuf>,
    // Each ends what it runs when it is dropped.
    learner: Learner,
    pub(super) listener: Listener,
    exporter: Exporter,
    pub(super) dictator: Dictator,
    pub(super) writer: Writer,
    pub(super) refiner: Refiner,
    pub(super) seen: Seen,
}

impl Bench {
    /// With nothing on it.
    pub fn new(shared: &Arc<Shared>, params: Weak<MuseParams>, folder: Option<PathBuf>) -> Bench {
        Bench {
            learner: Learner::new(shared, folder.clone()),
            listener: Listener::new(shared),
            exporter: Exporter::new(shared),
            dictator: Dictator::new(shared),
            writer: Writer::default(),
            refiner: Refiner::default(),
            seen: Seen::default(),
            shared: shared.clone(),
            params,
            folder,
        }
    }

    /// The parameters, as long as the instance is there.
    pub fn params(&self) -> Option<Arc<MuseParams>> {
        self.params.upgrade()
    }

    /// Obeys an order, whatever becomes of it.
    pub fn obey(&mut self, params: &MuseParams, command: Command) {
        let (words, waits) = (words(&command), waits(&command));
        if !self.guarded(words, |bench| bench.done(params, command)) {
            waits.release(&self.shared);
        }
    }

    /// Does `work`, which is called `words` in the log if it panics; says whether it came to its end.
    pub fn guarded(&mut self, words: &str, work: impl FnOnce(&mut Bench)) -> bool {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_ok() {
            return true;
        }
        self.writer = Writer::default();
        self.refiner = Refiner::default();
        self.shared.previews.stop();
        self.shared.say(format!(
            "{words} failed, which is a bug in MuseAroo: please report it with this line. The song plays on; try \
             it another way, or undo if something is half done."
        ));
        false
    }

    fn done(&mut self, params: &MuseParams, command: Command) {
        let shared = self.shared.clone();
        match command {
            Command::Prompt(text) => shared.answer(prompt::read(&shared, params, &text)),
            Command::Speak(speaks) => self.dictator.obey(speaks),
            Command::Song(song) => shared.edit_song("", *song),
            Command::Edit(words, song) => shared.edit_song(&words, *song),
            Command::Turned(words, turns, soon) => shared.note_turns(&words, turns, soon),
            Command::Hand(hand) => noting(&shared, params, &mut self.writer, |form| {
                hand::obey(&shared, params, form, hand);
            }),
            Command::Refine(order) => {
                let scene = Scene::of(&shared, params);
                noting(&shared, params, &mut self.writer, |_| {
                    self.refiner.obey(&shared, &scene, order);
                });
            }
            Command::Import(import) => noting(&shared, params, &mut self.writer, |form| {
                import::bring(&shared, params, form, &import, &mut self.listener);
            }),
            Command::Inspect(path) => shared.show_found(import::inspect(&path)),
            Command::Export(export) => {
                let folder = export::folder(&export.folder, self.folder.as_deref());
                self.exporter.start(params, &Export { folder, ..export });
            }
            Command::CancelExport => self.exporter.cancel(),
            Command::Reveal(folder) => {
                let folder = export::folder(&folder, self.folder.as_deref());
                if let Err(why) = export::reveal(&folder) {
                    shared.say(format!("{folder}: {why}."));
                }
            }
            Command::Preview(heard) => {
                let mut bureau = Bureau {
                    shared: &shared,
                    params,
                    folder: self.folder.as_deref(),
                    writer: &mut self.writer,
                };
                match heard {
                    Some(heard) => bureau.hear(&heard),
                    None => shared.previews.stop(),
                }
            }
            Command::RenewSongs
            | Command::LoadSong(_)
            | Command::SaveSong { .. }
            | Command::DeleteSong(_)
            | Command::RenameSong { .. }
            | Command::Prefer(_) => shelf::obey(&shared, params, self.folder.as_deref(), command),
            Command::Panic => shared.asked.panic(),
            Command::GoTo(bar) => shared.go_to(bar),
            Command::Walk(done) => shared.walk_history(done),
            Command::Compare => shared.compare(params),
            Command::Engines(present) => shared.choose_engines(present),
            Command::Learn { folder, name } => self.learner.start(&folder, &name),
            Command::CancelLearning => self.learner.cancel(),
            Command::Mix { reference } => self.listener.start(params, Wish { reference }),
            Command::CancelMix => self.listener.cancel(),
            Command::ForgetMix => {
                let song = shared.material().song.clone();
                shared.edit_song("", Song { mix: None, ..song });
            }
            Command::Setup(chosen) => {
                if chosen != shared.setup.get() {
                    shared.setup.set(chosen);
                    shared.project.changed();
                    shared.repaint.request_repaint();
                }
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
            #[cfg(test)]
            Command::Break => panic!("on purpose"),
        }
    }
}

/// Has the list of takes hear of what an order makes of them.
pub fn noting(shared: &Shared, params: &MuseParams, writer: &mut Writer, act: impl FnOnce(&Form)) {
    let mut of = |material: &Material| writer.form(material, &params.controls());
    let before = shared.material();
    let form = of(&before);
    act(&form);
    let after = shared.material();
    if before.revision != after.revision {
        let (before, after) = ((&before.song, &form), (&after.song, &of(&after)));
        shared.variations.change(|all| all.note(before, after));
    }
}

/// What an order is called where it failed.
fn words(command: &Command) -> &'static str {
    match command {
        Command::Prompt(_) => "Reading the prompt",
        Command::Speak(_) => "The spoken prompt",
        Command::Import(_) | Command::Inspect(_) => "Reading the file",
        Command::Export(_) | Command::CancelExport => "The export",
        Command::Hand(_) | Command::Song(_) | Command::Edit(..) => "The edit",
        Command::Refine(_) => "Another take",
        Command::Font { .. } => "The SoundFont",
        Command::LoadSong(_) => "Loading the song",
        Command::SaveSong { .. } | Command::RenameSong { .. } => "Saving the song",
        Command::DeleteSong(_) => "Deleting the song",
        Command::Learn { .. } | Command::CancelLearning => "Learning the style",
        Command::Mix { .. } | Command::CancelMix | Command::ForgetMix => "The mix",
        Command::Walk(_) | Command::Compare | Command::Turned(..) => "The step",
        Command::Preview(_) => "The preview",
        _ => "What you asked for",
    }
}

/// What of the window waits for an answer.
enum Waits {
    Nothing,
    Prompt,
    File(String),
}

fn waits(command: &Command) -> Waits {
    match command {
        Command::Prompt(_) => Waits::Prompt,
        Command::Inspect(path) => Waits::File(path.trim().to_owned()),
        _ => Waits::Nothing,
    }
}

impl Waits {
    /// An answer for who waits for one that does not come.
    fn release(self, shared: &Shared) {
        match self {
            Waits::Nothing => {}
            Waits::Prompt => shared.answer(Reply::default()),
            Waits::File(path) => shared.show_found(Found {
                path,
                holds: Holds::Nothing,
                words: "it could not be read, which is a bug in MuseAroo".to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
