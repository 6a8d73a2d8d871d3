//! Every channel between threads, and only those.
//!
//! | from | to | what | how |
//! |---|---|---|---|
//! | main, worker | audio | [`Material`] | triple buffer: newest wins, the writer frees the old one |
//! | audio | editor | [`Pulse`] | triple buffer |
//! | worker, editor | audio | where the internal clock shall go, whether somebody watches, [`Asked`] | atomics |
//! | audio | worker, state | meter, tempo, styles heard | atomics |
//! | editor | worker | [`Command`] | unbounded queue, neither end is on the audio thread |
//! | worker, learner | editor | [`Score`], [`Reply`], [`Learning`], [`Found`], log, steps, takes | `Arc` or list behind a mutex that the audio thread never takes |
//! | audio | worker | what the Listen input carries while somebody speaks a prompt | a ring ([`Speech`]) |
//! | main, worker | audio, and back | SoundFonts | two rings: must arrive, and come back to be freed ([`Fonts`]) |
//! | worker | audio, and back | previews | two rings, and an atomic for the one that is wanted ([`Previews`]) |
//! | all | editor | there is something new to draw | [`Repaint`], an atomic flag |
//! | worker | host's main thread | the project has changed | [`Project`], an atomic, through the open editor |
//!
//! The audio thread holds an [`AudioEnd`]; everyone else holds [`Shared`].

mod asked;
mod heard;
mod told;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use music::song::Song;
use music::style::Style;

use crate::editor::Repaint;
use crate::fonts::{Fonts, FontsEnd};
use crate::history::{self, Kept};
use crate::import::Found;
use crate::material::Material;
use crate::preview::{Previews, PreviewsEnd};
use crate::project::Project;
use crate::setup::Setup;
use crate::snapshot::{Command, Learning, Mixing, Pulse, Reply, Score};
use crate::speech::{Speech, SpeechEnd};
use crate::take::Take;
use crate::variations;

pub use self::asked::Asked;
pub use self::heard::Heard;

/// Most messages kept in the log; the oldest go first.
const LOG_LINES: usize = 200;

/// What the audio thread holds.
pub struct AudioEnd {
    material: triple_buffer::Output<Arc<Material>>,
    pulse: triple_buffer::Input<Pulse>,
    repaint: Repaint,
    shown: Pulse,
    /// SoundFonts that come and go.
    pub fonts: FontsEnd,
    /// Previews that come and go.
    pub previews: PreviewsEnd,
    /// Prompts that are spoken.
    pub speech: SpeechEnd,
}

impl AudioEnd {
    /// The newest material, and whether it came since the last call.
    ///
    /// # Realtime
    /// Two atomics. Frees nothing: the old material goes back to the writer's side.
    pub fn material(&mut self) -> (&Material, bool) {
        let changed = self.material.update();
        (self.material.output_buffer(), changed)
    }
    /// The material that [`AudioEnd::material`] gave last.
    pub fn current(&self) -> &Material {
        self.material.output_buffer()
    }
    /// Publishes a pulse, and asks the editor to draw if it shows anything new.
    ///
    /// # Realtime
    /// A copy and two atomics.
    pub fn publish(&mut self, pulse: Pulse) {
        if pulse.differs_on_screen(&self.shown) {
            self.shown = pulse;
            self.repaint.request_repaint();
        }
        self.pulse.write(pulse);
    }
}

/// What every other thread holds.
pub struct Shared {
    material: Mutex<Arc<Material>>,
    to_audio: Mutex<triple_buffer::Input<Arc<Material>>>,
    pulse: Mutex<triple_buffer::Output<Pulse>>,
    score: Mutex<Arc<Score>>,
    learning: Mutex<Option<Learning>>,
    mixing: Mutex<Option<Mixing>>,
    exporting: Mutex<Option<Mixing>>,
    found: Mutex<Option<Arc<Found>>>,
    commands: Sender<Option<Command>>,
    inbox: Mutex<Option<Receiver<Option<Command>>>>,
    replies: Mutex<VecDeque<Reply>>,
    turns: Mutex<VecDeque<(String, f32)>>,
    log: Mutex<VecDeque<String>>,
    log_revision: AtomicU64,
    audio: Mutex<Option<AudioEnd>>,
    /// A bar of the song counted from 1; 0: stay.
    go_to: AtomicU32,
    watched: AtomicBool,
    /// The host's project, which has to hear of a changed song.
    pub project: Arc<Project>,
    /// Settings of the instance.
    pub setup: Setup,
    /// The user's own SoundFonts.
    pub fonts: Fonts,
    /// What is heard before it is chosen.
    pub previews: Previews,
    /// Prompts that are spoken.
    pub speech: Speech,
    /// What the user did, to be taken back.
    pub history: Kept,
    /// Takes that were kept before, and what is proposed.
    pub variations: variations::Kept,
    /// Asks an open editor to draw.
    pub repaint: Repaint,
    /// Where windows run, to be waited for.
    #[cfg(target_os = "linux")]
    pub windows: crate::editor::Threads,
    /// What the audio thread has heard from the host.
    pub heard: Heard,
    /// Silence at once.
    pub asked: Asked,
    /// Songs that can be chosen.
    pub songs: crate::songs::Shelf,
}

impl Shared {
    /// Channels of a new instance, with a new song and the styles at hand.
    pub fn new() -> Arc<Shared> {
        let material = Arc::new(Material::new());
        let (to_audio, from_main) = triple_buffer::triple_buffer(&material);
        let (to_editor, pulse) = triple_buffer::triple_buffer(&Pulse::default());
        let (commands, inbox) = channel();
        let repaint = Repaint::new();
        let (fonts, fonts_end) = Fonts::new();
        let (previews, previews_end) = Previews::new();
        let (speech, speech_end) = Speech::new();
        let shared = Arc::new(Shared {
            material: Mutex::new(material),
            to_audio: Mutex::new(to_audio),
            pulse: Mutex::new(pulse),
            score: Mutex::default(),
            learning: Mutex::default(),
            mixing: Mutex::default(),
            exporting: Mutex::default(),
            found: Mutex::default(),
            commands,
            inbox: Mutex::new(Some(inbox)),
            replies: Mutex::default(),
            turns: Mutex::default(),
            log: Mutex::default(),
            log_revision: AtomicU64::new(0),
            audio: Mutex::new(Some(AudioEnd {
                material: from_main,
                pulse: to_editor,
                repaint: repaint.clone(),
                shown: Pulse::default(),
                fonts: fonts_end,
                previews: previews_end,
                speech: speech_end,
            })),
            go_to: AtomicU32::new(0),
            watched: AtomicBool::new(false),
            setup: Setup::default(),
            fonts,
            previews,
            speech,
            history: Kept::default(),
            variations: variations::Kept::default(),
            project: Project::opening(),
            repaint,
            #[cfg(target_os = "linux")]
            windows: Default::default(),
            heard: Heard::default(),
            asked: Asked::default(),
            songs: Default::default(),
        });
        for message in crate::material::library_messages() {
            shared.say(message);
        }
        shared
    }

    /// The audio thread's end; there is one.
    pub fn take_audio_end(&self) -> Option<AudioEnd> {
        locked(&self.audio).take()
    }
    /// The worker's end of the commands; there is one. `None` only wakes it.
    pub fn take_inbox(&self) -> Option<Receiver<Option<Command>>> {
        locked(&self.inbox).take()
    }

    /// Song and styles as they stand.
    pub fn material(&self) -> Arc<Material> {
        locked(&self.material).clone()
    }
    /// Puts another song in place, from the next block on.
    pub fn set_song(&self, song: Song) {
        self.change(|material| material.with_song(song));
    }
    /// As [`Shared::set_song`], by the user's own hand: the host's project differs from what it saved, and the
    /// change can be taken back. `words` say what was done; empty, they are found.
    pub fn edit_song(&self, words: &str, song: Song) {
        let material = self.material();
        if song != material.song {
            let words = match words {
                "" => history::words_of_song(&material.song, &song),
                words => words.to_owned(),
            };
            let take = material.take.clone();
            let take = take.filter(|_| !material.shares_take(&song));
            if take.is_some() {
                self.say("The song was changed: the present engines play it anew.");
                self.set_take(None);
            }
            self.set_song(song);
            self.note_song(&words, &material.song, take);
            self.project.changed();
            self.repaint.request_repaint();
        }
    }
    /// Plays from a take, or by the engines, from the next block on.
    pub fn set_take(&self, take: Option<Arc<Take>>) {
        if take.is_some() || self.material().take.is_some() {
            self.change(|material| material.with_take(take));
        }
    }
    /// As [`Shared::set_take`], by the user's own hand: the present engines play, or the take is kept and nobody
    /// asks again.
    pub fn choose_engines(&self, present: bool) {
        let Some(take) = self.material().take.clone() else {
            return;
        };
        self.set_take((!present).then(|| take.chosen()));
        if present {
            self.note_engines(take);
        }
        self.project.changed();
    }
    /// Puts a project's own styles next to the installed ones, from the next block on.
    pub fn set_project_styles(&self, styles: Vec<Style>) {
        self.change(|material| material.with_project_styles(styles));
    }
    /// Puts one more style beside those at hand, by the user's own hand: the project carries it. Says whether
    /// its slot was free.
    pub fn add_style(&self, style: Style) -> bool {
        let slot = style.slot;
        let added = self.try_change(|material| material.with_style(style));
        if added {
            self.heard.note_style(slot);
            self.project.changed();
        }
        added
    }
    fn change(&self, make: impl FnOnce(&Material) -> Material) {
        self.try_change(|material| Some(make(material)));
    }
    fn try_change(&self, make: impl FnOnce(&Material) -> Option<Material>) -> bool {
        let mut current = locked(&self.material);
        let Some(new) = make(&current).map(Arc::new) else {
            return false;
        };
        locked(&self.to_audio).write(new.clone());
        *current = new;
        self.repaint.request_repaint();
        true
    }

    /// The newest pulse.
    pub fn pulse(&self) -> Pulse {
        *locked(&self.pulse).read()
    }
    /// The newest score.
    pub fn score(&self) -> Arc<Score> {
        locked(&self.score).clone()
    }
    /// Puts a new score in place.
    pub fn publish_score(&self, score: Score) {
        *locked(&self.score) = Arc::new(score);
        self.repaint.request_repaint();
    }

    /// Says whether a window shows spectra: they are only worked out while one does.
    pub fn watch(&self, watched: bool) {
        self.watched.store(watched, Ordering::Relaxed);
    }
    /// See [`Shared::watch`].
    ///
    /// # Realtime
    /// One atomic.
    pub fn is_watched(&self) -> bool {
        self.watched.load(Ordering::Relaxed)
    }
    /// The internal clock goes to a bar of the song, from 0.
    pub fn go_to(&self, bar: u32) {
        self.go_to.store(bar.saturating_add(1), Ordering::Release);
    }
    /// Where the internal clock shall go, once.
    ///
    /// # Realtime
    /// One atomic.
    pub fn take_go_to(&self) -> Option<u32> {
        self.go_to.swap(0, Ordering::AcqRel).checked_sub(1)
    }

    /// Asks the worker for something.
    pub fn send(&self, command: Command) {
        // The worker outlives every editor; without one (in tests) nobody waits for an answer.
        let _ = self.commands.send(Some(command));
    }
    /// Makes the worker look around at once.
    pub fn wake_worker(&self) {
        let _ = self.commands.send(None);
    }
    /// Answers the editor.
    pub fn answer(&self, reply: Reply) {
        locked(&self.replies).push_back(reply);
        self.repaint.request_repaint();
    }
    /// The next answer that the editor has not seen.
    pub fn take_reply(&self) -> Option<Reply> {
        locked(&self.replies).pop_front()
    }

    /// Asks the editor to turn a parameter through the host.
    pub fn ask_turn(&self, id: &str, value: f32) {
        locked(&self.turns).push_back((id.to_owned(), value));
        self.repaint.request_repaint();
    }
    /// The next turn that the editor has not made.
    pub fn take_turn(&self) -> Option<(String, f32)> {
        locked(&self.turns).pop_front()
    }
}

/// Locks; a thread that panicked leaves whole values behind, since each is replaced in one move.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
