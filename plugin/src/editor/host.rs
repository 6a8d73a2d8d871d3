//! Parameters as the framework holds them, by id, and the granting of wishes through the host.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nice_plug::context::gui::GuiContext;
use nice_plug::prelude::{ParamPtr, Params};

use super::access::ParamAccess;
use crate::params::MuseParams;

/// The instance's parameters.
pub struct HostParams {
    map: BTreeMap<String, ParamPtr>,
    // Keeps what the pointers point to.
    _owner: Arc<MuseParams>,
}

impl HostParams {
    /// All parameters of an instance.
    pub fn new(params: Arc<MuseParams>) -> HostParams {
        let map = params
            .param_map()
            .into_iter()
            .map(|(id, pointer, _)| (id, pointer))
            .collect();
        HostParams {
            map,
            _owner: params,
        }
    }
    /// Whether there is such a parameter.
    pub fn has(&self, id: &str) -> bool {
        self.map.contains_key(id)
    }
    fn with<R>(&self, id: &str, read: impl FnOnce(&ParamPtr) -> R) -> Option<R> {
        self.map.get(id).map(read)
    }
}

// SAFETY, for every block below: each pointer came from `_owner`, which lives as long as `self`.
impl ParamAccess for HostParams {
    fn value(&self, id: &str) -> f32 {
        self.with(id, |p| unsafe { p.unmodulated_normalized_value() })
            .unwrap_or(0.0)
    }
    fn default_value(&self, id: &str) -> f32 {
        self.with(id, |p| unsafe { p.default_normalized_value() })
            .unwrap_or(0.0)
    }
    fn steps(&self, id: &str) -> Option<usize> {
        self.with(id, |p| unsafe { p.step_count() }).flatten()
    }
    fn name(&self, id: &str) -> String {
        self.with(id, |p| unsafe { p.name() }.to_owned())
            .unwrap_or_default()
    }
    fn text(&self, id: &str, value: f32) -> String {
        self.with(id, |p| unsafe { p.normalized_value_to_string(value, true) })
            .unwrap_or_default()
    }
    fn parse(&self, id: &str, text: &str) -> Option<f32> {
        self.with(id, |p| unsafe { p.string_to_normalized_value(text) })
            .flatten()
    }
}

/// Gestures at the host. Every begin gets its end, even if the window closes in mid-drag.
#[derive(Default)]
pub struct Hands {
    held: BTreeSet<String>,
}

impl Hands {
    /// Takes hold of a parameter.
    pub fn begin(&mut self, id: &str, params: &HostParams, host: &GuiContext) {
        if self.held.insert(id.to_owned()) {
            params.with(id, |p| unsafe { host.raw_begin_set_parameter(*p) });
        }
    }
    /// Moves it.
    pub fn set(&mut self, id: &str, value: f32, params: &HostParams, host: &GuiContext) {
        params.with(id, |p| unsafe {
            host.raw_set_parameter_normalized(*p, value)
        });
    }
    /// Lets go.
    pub fn end(&mut self, id: &str, params: &HostParams, host: &GuiContext) {
        if self.held.remove(id) {
            params.with(id, |p| unsafe { host.raw_end_set_parameter(*p) });
        }
    }
    /// Lets go of everything.
    pub fn end_all(&mut self, params: &HostParams, host: &GuiContext) {
        for id in std::mem::take(&mut self.held) {
            params.with(&id, |p| unsafe { host.raw_end_set_parameter(*p) });
        }
    }
}
