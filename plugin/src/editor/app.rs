//! What runs in the window: gathers the snapshot, lets the panels draw, grants what they wished for.
//!
//! On the window's thread only. It talks to the rest of the program through [`Shared`] and to the host
//! through the framework's context; nothing here waits.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};

use music::lane::LANES;
use music::song::Song;
use nice_plug::context::gui::GuiContext;
use nice_plug_egui::baseview::{HandlerError, WindowSize};
use nice_plug_egui::{Frame, NiceEguiApp};

use super::access::{Outbox, ParamAccess, Wish};
use super::desk::{Desk, FontSlot, Library, Mix, View};
use super::drag::{self, Arrival, Courier};
use super::handle::{MainThread, PhysicalSize};
use super::host::{Hands, HostParams};
use super::host_keys::HostKeys;
use super::library::library;
use super::state::EditorState;
use super::turning::Turning;
use super::{draw, import, manual, master, prompt, theme};
use crate::export::Scope;
use crate::fonts::Shelves;
use crate::handoff::Shared;
use crate::history::Turn;
use crate::material::{self, user_folder};
use crate::params::MuseParams;
use crate::preferences::Preferences;
use crate::snapshot::{Command, Reply, Score};
use crate::songs::SongChoice;
use crate::worker::export::Sheet;

/// While meters fall or an answer is awaited, the window looks again after this, seconds.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_millis(34);

/// The open window's program.
pub struct App {
    params: Arc<MuseParams>,
    shared: Arc<Shared>,
    access: HostParams,
    hands: Arc<Mutex<Hands>>,
    turning: Turning,
    host: Option<GuiContext>,
    desk: Desk,
    saved: EditorState,
    /// What the user liked when it was last kept.
    liked: Preferences,
    songs: Arc<Vec<SongChoice>>,
    library: Library,
    song: Song,
    written: Arc<Score>,
    score: Score,
    shelves: Option<Shelves>,
    fonts: [FontSlot; LANES],
    material_revision: Option<u64>,
    log_revision: Option<u64>,
    blocks: u64,
    size: PhysicalSize,
    main_thread: Option<MainThread>,
    keys: HostKeys,
    courier: Option<Box<dyn Courier>>,
    arrivals: Option<Receiver<Arrival>>,
}

impl App {
    /// A window's program that opens as `state` says.
    pub fn new(
        params: Arc<MuseParams>,
        shared: Arc<Shared>,
        state: EditorState,
        size: PhysicalSize,
        main_thread: Option<MainThread>,
    ) -> App {
        App {
            access: HostParams::new(params.clone()),
            params,
            desk: desk(state),
            liked: likes(),
            songs: shared.songs.get(),
            saved: state,
            library: Library::default(),
            song: shared.material().song.clone(),
            written: shared.score(),
            score: Score::default(),
            shelves: None,
            fonts: Default::default(),
            shared,
            hands: Arc::default(),
            turning: Turning::default(),
            host: None,
            material_revision: None,
            log_revision: None,
            blocks: 0,
            size,
            main_thread,
            keys: HostKeys::default(),
            courier: None,
            arrivals: None,
        }
    }

    fn renew(&mut self) {
        let material = self.shared.material();
        if self.material_revision != Some(material.revision) {
            self.material_revision = Some(material.revision);
            self.song = material.song.clone();
            self.library = library(&material.styles);
        }
        let shelves = self.shared.fonts.shelves();
        let shown = self.shelves.as_ref();
        if shown.is_none_or(|shown| !Arc::ptr_eq(shown, &shelves)) {
            self.fonts = shelves.each_ref().map(FontSlot::of);
            self.shelves = Some(shelves);
        }
        let written = self.shared.score();
        let log_revision = self.shared.log_revision();
        if !Arc::ptr_eq(&self.written, &written) || self.log_revision != Some(log_revision) {
            self.log_revision = Some(log_revision);
            // The log also fills between scores, so the newest one is shown with the score at hand.
            self.score = Score {
                log: self.shared.log(),
                ..Score::clone(&written)
            };
            self.written = written;
        }
        while let Some(reply) = self.shared.take_reply() {
            self.answer(reply);
        }
        prompt::heard(&mut self.desk, self.shared.speech.take_heard());
        while let Some((id, value)) = self.shared.take_turn() {
            self.change(&id, value);
        }
        while let Some(arrival) = self.arrivals.as_ref().and_then(|all| all.try_recv().ok()) {
            self.desk.carrying.hovers = arrival == Arrival::Hovers;
            if let Arrival::Dropped(path) = arrival {
                let path = path.display().to_string();
                if let Some(command) = import::open(&mut self.desk, Some(path)) {
                    self.shared.send(command);
                }
            }
        }
    }

    /// Hands MIDI of a part over to the window that the mouse is let go over.
    fn carry(&mut self, scope: Scope) {
        let Some(courier) = &mut self.courier else {
            return;
        };
        let sheet = Sheet::of(&self.shared, &self.params);
        let shared = self.shared.clone();
        courier.carry(Box::new(move || {
            let folder = user_folder()
                .ok_or("the system names no folder for an application's data".to_owned());
            match folder.and_then(|folder| sheet.write_to_drag(&scope, &folder)) {
                Ok(path) => Some(path),
                Err(why) => {
                    shared.say(format!("Nothing to drag: {why}."));
                    None
                }
            }
        }));
    }

    /// Sets what a prompt asked for through the host, where it can be undone.
    fn answer(&mut self, reply: Reply) {
        self.desk.waiting = false;
        self.desk.refused.clear();
        let mut turns = Vec::new();
        for (id, text) in &reply.set {
            match self.access.parse(id, text).filter(|_| self.access.has(id)) {
                Some(after) => {
                    let (id, before) = (id.clone(), self.access.value(id));
                    self.change(&id, after);
                    if before != after {
                        turns.push(Turn { id, before, after });
                    }
                }
                None => self.desk.refused.push(format!("{id} = {text}")),
            }
        }
        let words = match reply.step.as_str() {
            "" => reply.understood.clone(),
            step => step.to_owned(),
        };
        self.shared.send(Command::Turned(words, turns, false));
        self.desk.reply = Some(reply);
    }

    fn change(&mut self, id: &str, value: f32) {
        let Some(host) = &self.host else { return };
        let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        hands.begin(id, &self.access, host);
        hands.set(id, value, &self.access, host);
        hands.end(id, &self.access, host);
    }

    /// Has the host's main thread hear of a song that changed.
    fn tell_project(&self) {
        let Some(main_thread) = &self.main_thread else {
            return;
        };
        let project = &self.shared.project;
        if project.wants_main_thread() && !main_thread.ask() {
            project.changed();
            self.shared.repaint.request_repaint();
        }
    }

    fn grant(&mut self, wishes: Vec<Wish>, context: &egui::Context, now: f64) {
        let Some(host) = &self.host else { return };
        let mut carried = None;
        let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        for wish in wishes {
            match wish {
                Wish::Begin(id) => {
                    self.turning.begin(&id, self.access.value(&id));
                    hands.begin(&id, &self.access, host);
                }
                Wish::Set(id, value) => {
                    self.turning.set(&id, value);
                    hands.set(&id, value, &self.access, host);
                }
                Wish::End(id) => {
                    hands.end(&id, &self.access, host);
                    if let Some((turn, soon)) = self.turning.end(&id, now) {
                        let shown = self.access.text(&id, turn.after);
                        let words = match id.as_str() {
                            "seed" => format!("Regenerate: seed {shown}"),
                            _ => format!("{} {shown}", self.access.name(&id)),
                        };
                        self.shared.send(Command::Turned(words, vec![turn], soon));
                    }
                }
                Wish::Command(command) => {
                    if let Command::Song(song) | Command::Edit(_, song) = &command {
                        // Shown at once; the worker's own answer takes its place.
                        self.song = (**song).clone();
                    }
                    self.shared.send(command);
                }
                Wish::Carry(scope) => carried = Some(scope),
                Wish::Zoom(percent) => context.set_zoom_factor(f32::from(percent) / 100.0),
            }
        }
        drop(hands);
        if let Some(scope) = carried {
            self.carry(scope);
        }
    }
}

fn likes() -> Preferences {
    Preferences::read(material::user_folder().as_deref())
}

/// A new window's desk; the first one of all begins with the tour.
fn desk(state: EditorState) -> Desk {
    let likes = likes();
    let home = manual::page_of(crate::daw::name());
    Desk {
        home,
        page: home.unwrap_or(0),
        tour: (!likes.toured).then_some(0),
        likes,
        ..Desk::new(state)
    }
}

/// What shows before the first frame and around a window that is being dragged.
fn clear(frame: &mut Frame) {
    let [r, g, b, _] = theme::background().to_normalized_gamma_f32();
    frame.set_clear_color(egui::Rgba::from_rgb(r, g, b));
}

impl NiceEguiApp for App {
    fn build(
        &mut self,
        context: egui::Context,
        host: GuiContext,
        frame: &mut Frame,
    ) -> Result<(), HandlerError> {
        theme::wear(&context, self.desk.likes.look);
        self.shared.send(Command::RenewSongs);
        clear(frame);
        self.host = Some(host);
        #[cfg(target_os = "linux")]
        {
            self.shared.windows.enter();
            super::x11::listen_early(frame.baseview_window());
        }
        self.keys.attach(frame.baseview_window());
        let (sender, arrivals) = channel();
        let repaint = self.shared.repaint.clone();
        self.courier = drag::courier(frame.baseview_window(), sender, repaint);
        self.arrivals = Some(arrivals);
        self.desk.carrying.possible = self.courier.is_some();
        Ok(())
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut Frame) {
        self.renew();
        let pulse = self.shared.pulse();
        let fresh = pulse.blocks != self.blocks;
        self.blocks = pulse.blocks;
        let now = ui.input(|i| i.time);
        let falling = master::follow(&pulse, fresh, now, &mut self.desk);
        let mut out = Outbox::default();
        let learning = self.shared.learning();
        let mix = Mix {
            mixing: self.shared.mixing(),
            setup: self.shared.setup.get(),
            problem: self.shared.setup.problem(),
        };
        let exporting = self.shared.exporting();
        let found = self.shared.found();
        let history = self.shared.history();
        let refining = self.shared.variations.shown();
        self.songs = self.shared.songs.get();
        let view = View {
            pulse: &pulse,
            score: &self.score,
            song: &self.song,
            library: &self.library,
            learning: learning.as_ref(),
            mix: &mix,
            fonts: &self.fonts,
            exporting: exporting.as_ref(),
            found: found.as_deref(),
            history: &history,
            refining: &refining,
            songs: &self.songs,
            dictation: self.shared.speech.shown(),
            names: self.desk.likes.note_names,
            params: &self.access,
            now,
        };
        draw::show(ui, &view, &mut self.desk, &mut out);
        self.shared.watch(self.desk.state.mixer);
        let context = ui.ctx().clone();
        self.grant(out.wishes, &context, now);
        self.tell_project();
        self.keys.pass_on(&context, frame.baseview_window());
        // While the song moves, the audio thread asks for frames.
        if (falling && !(fresh && pulse.playing)) || self.desk.waiting {
            context.request_repaint_after(LOOK_AGAIN);
        }
        if self.liked != self.desk.likes {
            self.liked = self.desk.likes.clone();
            clear(frame);
            self.shared
                .send(Command::Prefer(Box::new(self.liked.clone())));
        }
        if self.saved != self.desk.state {
            self.saved = self.desk.state;
            self.params.editor.put(&self.saved);
        }
    }

    fn resized(&mut self, size: WindowSize) {
        self.size.put(size.physical.width, size.physical.height);
        self.desk.state.width = size.logical.width as f32;
        self.desk.state.height = size.logical.height as f32;
    }

    fn zoom_factor_changed(&mut self, zoom: f32) {
        self.desk.state.zoom_percent = (zoom * 100.0).round() as u16;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.shared.watch(false);
        self.shared.previews.stop();
        // Nobody holds the button of a window that is gone.
        self.shared.send(Command::Speak(false));
        if let Some(host) = &self.host {
            let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
            hands.end_all(&self.access, host);
        }
        self.params.editor.put(&self.desk.state);
    }
}
