//! Parameters by id, for all who do not know them by name: the editor, saved songs, the history.
//!
//! The framework lists parameters as pointers into their instance. This is the one place that follows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use nice_plug::context::gui::GuiContext;
use nice_plug::plugin::ParamValue;
use nice_plug::prelude::{ParamPtr, Params};

use super::MuseParams;

/// The parameters of an instance, which `O` keeps alive. Values are 0–1 over the whole way of a knob.
pub struct Knobs<O> {
    map: BTreeMap<String, ParamPtr>,
    _owner: O,
}

impl<'a> Knobs<&'a MuseParams> {
    /// Of an instance that is lent.
    pub fn of(params: &'a MuseParams) -> Self {
        Knobs::new(list(params), params)
    }
}

impl Knobs<Arc<MuseParams>> {
    /// Of an instance that is held.
    pub fn held(params: Arc<MuseParams>) -> Self {
        Knobs::new(list(&params), params)
    }
}

fn list(params: &MuseParams) -> BTreeMap<String, ParamPtr> {
    let all = params.param_map().into_iter();
    all.map(|(id, pointer, _)| (id, pointer)).collect()
}

// SAFETY, for every block below: a pointer of `map` points into the instance that `map` was listed from, and `_owner`
// is a reference to that very instance (the two constructors above are the only ones), so it outlives the call. What is
// pointed to is only ever shared: parameters keep their values in atomics.
impl<O> Knobs<O> {
    const fn new(map: BTreeMap<String, ParamPtr>, owner: O) -> Knobs<O> {
        Knobs { map, _owner: owner }
    }
    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.map.keys()
    }
    /// Whether there is such a parameter.
    pub fn has(&self, id: &str) -> bool {
        self.map.contains_key(id)
    }
    /// Where it stands.
    pub fn value(&self, id: &str) -> Option<f32> {
        let pointer = self.map.get(id)?;
        Some(unsafe { pointer.unmodulated_normalized_value() })
    }
    /// Where a new one stands.
    pub fn default(&self, id: &str) -> Option<f32> {
        let pointer = self.map.get(id)?;
        Some(unsafe { pointer.default_normalized_value() })
    }
    /// How many steps it has from end to end, if it has steps.
    pub fn steps(&self, id: &str) -> Option<usize> {
        let pointer = self.map.get(id)?;
        unsafe { pointer.step_count() }
    }
    /// What hosts call it.
    pub fn name(&self, id: &str) -> Option<&str> {
        let pointer = self.map.get(id)?;
        Some(unsafe { pointer.name() })
    }
    /// A value of it in words, with its unit.
    pub fn text(&self, id: &str, value: f32) -> Option<String> {
        let pointer = self.map.get(id)?;
        Some(unsafe { pointer.normalized_value_to_string(value, true) })
    }
    /// The value that words mean.
    pub fn parse(&self, id: &str, text: &str) -> Option<f32> {
        let pointer = self.map.get(id)?;
        unsafe { pointer.string_to_normalized_value(text) }
    }
    /// Moves it behind every host's back: for an instance that no host has.
    pub fn set(&self, id: &str, value: f32) {
        if let Some(pointer) = self.map.get(id) {
            unsafe { pointer._internal_set_normalized_value(value) };
        }
    }
    /// A hand takes hold of it, as its host sees it.
    pub fn begin(&self, id: &str, host: &GuiContext) {
        if let Some(pointer) = self.map.get(id) {
            unsafe { host.raw_begin_set_parameter(*pointer) };
        }
    }
    /// The hand moves it.
    pub fn turn(&self, id: &str, value: f32, host: &GuiContext) {
        if let Some(pointer) = self.map.get(id) {
            unsafe { host.raw_set_parameter_normalized(*pointer, value) };
        }
    }
    /// The hand lets go of it.
    pub fn end(&self, id: &str, host: &GuiContext) {
        if let Some(pointer) = self.map.get(id) {
            unsafe { host.raw_end_set_parameter(*pointer) };
        }
    }
    /// What a saved state may say of it.
    pub fn plain(&self, id: &str) -> Option<Plain> {
        let pointer = self.map.get(id)?;
        let (default, low, high) = unsafe {
            (
                pointer.default_plain_value(),
                pointer.preview_plain(0.0),
                pointer.preview_plain(1.0),
            )
        };
        let default = match pointer {
            ParamPtr::FloatParam(_) => ParamValue::F32(default),
            ParamPtr::BoolParam(_) => ParamValue::Bool(default > 0.5),
            ParamPtr::IntParam(_) | ParamPtr::EnumParam(_) => {
                ParamValue::I32(default.round() as i32)
            }
        };
        Some(Plain { default, low, high })
    }
}

/// What a saved state may say of a parameter, in its own unit.
pub struct Plain {
    /// Of a new instance.
    pub default: ParamValue,
    /// The least.
    pub low: f32,
    /// The most.
    pub high: f32,
}
