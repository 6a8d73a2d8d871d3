//! The persisted fields: each writes itself when the host saves and acts when the host loads.
//!
//! Fields are JSON of their own inside the state, so that a damaged one leaves the others alone.

mod kept;

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use music::controls::Latch;
use music::lane::LANES;
use music::style::Style;
use music::time::Meter;
use nice_plug::params::persist::PersistentField;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fonts::FontChoice;
use crate::handoff::Shared;
use crate::material;
use crate::params::MuseParams;
use crate::state::STATE_REVISION;
use crate::state::lead_sheet::LeadSheet;
use crate::take::Take;

pub use kept::{HistoryField, VariationsField};

/// The song.
pub struct SongField(pub Arc<Shared>);

impl PersistentField<'_, Value> for SongField {
    fn set(&self, value: Value) {
        let song = super::song::read(&value, |message| self.0.say(message));
        for message in material::missing_instruments(&song) {
            self.0.say(message);
        }
        self.0.set_song(song);
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&serde_json::to_value(&self.0.material().song).unwrap_or(Value::Null))
    }
}

/// Data of the styles that the project uses: the one that stands, and those that automation reached.
pub struct StylesField {
    shared: Arc<Shared>,
    params: OnceLock<Weak<MuseParams>>,
}

impl StylesField {
    /// Bound to nothing yet.
    pub fn new(shared: &Arc<Shared>) -> StylesField {
        StylesField {
            shared: shared.clone(),
            params: OnceLock::new(),
        }
    }
    /// The parameters that say which style stands.
    pub fn bind(&self, params: &Arc<MuseParams>) {
        let _ = self.params.set(Arc::downgrade(params));
    }
}

impl PersistentField<'_, Vec<Value>> for StylesField {
    fn set(&self, saved: Vec<Value>) {
        let (shared, installed) = (&self.shared, material::installed());
        let mut own: Vec<Style> = Vec::new();
        shared.heard.forget_styles();
        for value in saved {
            let name = value
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or("?")
                .to_owned();
            let Ok(mut style) = authoring::library::style_from_json(&value.to_string()) else {
                shared.say(format!(
                    "The project's copy of the style \u{201c}{name}\u{201d} is damaged; another stands in for it. Choose a \
                     style and save the project."
                ));
                continue;
            };
            shared.heard.note_style(style.slot);
            let missing_sounds = material::library().resolve(&mut style);
            match installed.iter().find(|other| other.slot == style.slot) {
                Some(same) if *same == *style => continue,
                Some(_) => shared.say(format!(
                    "The style \u{201c}{name}\u{201d} has changed since this project was saved; the project's own plays."
                )),
                None => shared.say(format!(
                    "The style \u{201c}{name}\u{201d} is not installed here; the project's copy plays."
                )),
            }
            for message in missing_sounds {
                shared.say(format!("{name}: {message}"));
            }
            if own.iter().all(|other| other.slot != style.slot) {
                own.push(*style);
            }
        }
        shared.set_project_styles(own);
    }
    fn map<F: Fn(&Vec<Value>) -> R, R>(&self, f: F) -> R {
        if let Some(params) = self.params.get().and_then(Weak::upgrade) {
            let controls = params.controls();
            self.shared.heard.note_style(controls.style);
            if controls.is_blended() {
                self.shared.heard.note_style(controls.style_b);
            }
        }
        let material = self.shared.material();
        let used = material
            .styles
            .iter()
            .filter(|style| self.shared.heard.has_style(style.slot));
        f(&used
            .filter_map(|s| serde_json::from_str(&authoring::library::style_to_json(s)).ok())
            .collect())
    }
}

/// Which revisions wrote the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Revisions {
    /// [`STATE_REVISION`]
    pub state: u32,
    /// [`engines::REVISION`]
    pub engines: u32,
    /// Version of the program.
    pub program: String,
}

impl Default for Revisions {
    fn default() -> Self {
        Revisions {
            state: STATE_REVISION,
            engines: engines::REVISION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Notices a state that other engines wrote.
pub struct EnginesField(pub Arc<Shared>);

impl PersistentField<'_, Revisions> for EnginesField {
    fn set(&self, saved: Revisions) {
        if saved.engines != engines::REVISION {
            self.0.say(format!(
                "Saved by MuseAroo {} (engines {}); this is {} (engines {}).",
                saved.program,
                saved.engines,
                env!("CARGO_PKG_VERSION"),
                engines::REVISION,
            ));
        }
    }
    fn map<F: Fn(&Revisions) -> R, R>(&self, f: F) -> R {
        let kept = self.0.material().take.clone();
        f(&kept.map_or_else(Revisions::default, |take| Revisions {
            engines: take.engines,
            program: take.program.clone(),
            ..Revisions::default()
        }))
    }
}

/// Records what is played when the host saves, and offers it when other engines load it.
pub struct TakeField {
    shared: Arc<Shared>,
    params: OnceLock<Weak<MuseParams>>,
    last: Mutex<Option<(Recorded, Value)>>,
}

/// What a recorded take follows from.
#[derive(Clone, Copy, PartialEq)]
struct Recorded {
    latch: Latch,
    material: u64,
    meter: Meter,
    tempo_mbpm: u32,
}

impl TakeField {
    /// Bound to nothing yet.
    pub fn new(shared: &Arc<Shared>) -> TakeField {
        TakeField {
            shared: shared.clone(),
            params: OnceLock::new(),
            last: Mutex::default(),
        }
    }
    /// The parameters that a take follows from.
    pub fn bind(&self, params: &Arc<MuseParams>) {
        let _ = self.params.set(Arc::downgrade(params));
    }
    fn recorded(&self) -> Value {
        let material = self.shared.material();
        if let Some(take) = &material.take {
            return take.to_json();
        }
        let Some(params) = self.params.get().and_then(Weak::upgrade) else {
            return Value::Null;
        };
        let from = Recorded {
            latch: params.controls().latch(),
            material: material.revision,
            meter: self.shared.heard.meter().unwrap_or(material.song.meter),
            tempo_mbpm: self.shared.heard.tempo_mbpm(),
        };
        // Hosts save for every step that can be undone: what still holds is not recorded again.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = last.as_ref().filter(|(basis, _)| *basis == from) {
            return value.clone();
        }
        let take = Take::record(&material, &from.latch, from.meter, from.tempo_mbpm);
        let value = take.map_or(Value::Null, |take| take.to_json());
        *last = Some((from, value.clone()));
        value
    }
}

impl PersistentField<'_, Value> for TakeField {
    fn set(&self, value: Value) {
        let take = Take::from_json(&value);
        if take.is_none() && !value.is_null() {
            self.shared
                .say("The project's stored notes are damaged; the engines play it anew.");
        }
        let other = take.filter(|take| take.engines != engines::REVISION);
        if other.is_some() {
            self.shared.say(
                "It plays as it was saved. Update, at the foot of the window, lets the present engines play it.",
            );
        }
        self.shared.set_take(other.map(Arc::new));
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&self.recorded())
    }
}

/// The user's own SoundFonts, by lane.
pub struct FontsField(pub Arc<Shared>);

impl PersistentField<'_, Value> for FontsField {
    fn set(&self, value: Value) {
        let mut choices: [FontChoice; LANES] = Default::default();
        let saved = value.as_array().map_or(&[][..], Vec::as_slice);
        for (choice, saved) in choices.iter_mut().zip(saved) {
            match serde_json::from_value(saved.clone()) {
                Ok(read) => *choice = read,
                Err(_) => self.0.say(
                    "A SoundFont that the project names is not readable; the built-in instrument plays.",
                ),
            }
        }
        for message in self.0.fonts.restore(choices) {
            self.0.say(message);
        }
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&serde_json::to_value(self.0.fonts.choices()).unwrap_or(Value::Null))
    }
}

/// Settings of the instance.
pub struct SetupField(pub Arc<Shared>);

impl PersistentField<'_, Value> for SetupField {
    fn set(&self, value: Value) {
        match serde_json::from_value(value) {
            Ok(chosen) => self.0.setup.set(chosen),
            Err(_) => self
                .0
                .say("The project's settings are not readable; they are at their defaults."),
        }
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        let mut value = serde_json::to_value(self.0.setup.get()).unwrap_or(Value::Null);
        // For whoever reads the state from outside; nobody reads it back.
        value["mixing"] = self.0.mixing().is_some().into();
        value["mix_is_fresh"] = self.0.setup.mix_is_fresh().into();
        value["problem"] = self.0.setup.problem().into();
        f(&value)
    }
}

/// Remembers what the editor wants remembered (size, zoom, what was open). Its shape is the editor's own.
#[derive(Default)]
pub struct EditorField(Mutex<Value>);

impl EditorField {
    /// As it was last; defaults where nothing fits.
    pub fn get<T: DeserializeOwned + Default>(&self) -> T {
        let value = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        serde_json::from_value(value).unwrap_or_default()
    }
    /// Remembers.
    pub fn put<T: Serialize>(&self, state: &T) {
        if let Ok(value) = serde_json::to_value(state) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
        }
    }
}

impl PersistentField<'_, Value> for EditorField {
    fn set(&self, value: Value) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes form and chords as they stand; what a host hands back is not read.
pub struct LeadSheetField {
    shared: Arc<Shared>,
    params: OnceLock<Weak<MuseParams>>,
}

impl LeadSheetField {
    /// Bound to nothing yet.
    pub fn new(shared: &Arc<Shared>) -> LeadSheetField {
        LeadSheetField {
            shared: shared.clone(),
            params: OnceLock::new(),
        }
    }
    /// The parameters that the lead sheet follows from.
    pub fn bind(&self, params: &Arc<MuseParams>) {
        let _ = self.params.set(Arc::downgrade(params));
    }
}

impl PersistentField<'_, LeadSheet> for LeadSheetField {
    fn set(&self, _: LeadSheet) {}
    fn map<F: Fn(&LeadSheet) -> R, R>(&self, f: F) -> R {
        let params = self.params.get().and_then(Weak::upgrade);
        f(&params.map_or_else(LeadSheet::default, |params| {
            let material = self.shared.material();
            let meter = self
                .shared
                .heard
                .meter()
                .unwrap_or(material.song.meter)
                .grouped_like(material.song.meter);
            LeadSheet::compose(&material, &params.controls(), meter)
        }))
    }
}

/// Says what [`super::mend`] and [`super::migrate`] had to do.
pub struct SaidField(pub Arc<Shared>);

impl PersistentField<'_, Vec<String>> for SaidField {
    fn set(&self, messages: Vec<String>) {
        for message in messages {
            self.0.say(message);
        }
    }
    fn map<F: Fn(&Vec<String>) -> R, R>(&self, f: F) -> R {
        f(&Vec::new())
    }
}
