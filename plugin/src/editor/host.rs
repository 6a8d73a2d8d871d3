//! Parameters as the framework holds them, by id, and the granting of wishes through the host.

use std::collections::BTreeSet;
use std::sync::Arc;

use nice_plug::context::gui::GuiContext;

use super::access::ParamAccess;
use crate::params::{Knobs, MuseParams};

/// The instance's parameters, as panels see them.
pub struct HostParams(Knobs<Arc<MuseParams>>);

impl HostParams {
    /// All parameters of an instance.
    pub fn new(params: Arc<MuseParams>) -> HostParams {
        HostParams(Knobs::held(params))
    }
    /// Whether there is such a parameter.
    pub fn has(&self, id: &str) -> bool {
        self.0.has(id)
    }
}

impl ParamAccess for HostParams {
    fn value(&self, id: &str) -> f32 {
        self.0.value(id).unwrap_or(0.0)
    }
    fn default_value(&self, id: &str) -> f32 {
        self.0.default(id).unwrap_or(0.0)
    }
    fn steps(&self, id: &str) -> Option<usize> {
        self.0.steps(id)
    }
    fn name(&self, id: &str) -> String {
        self.0.name(id).unwrap_or_default().to_owned()
    }
    fn text(&self, id: &str, value: f32) -> String {
        self.0.text(id, value).unwrap_or_default()
    }
    fn parse(&self, id: &str, text: &str) -> Option<f32> {
        self.0.parse(id, text)
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
            params.0.begin(id, host);
        }
    }
    /// Moves it.
    pub fn set(&mut self, id: &str, value: f32, params: &HostParams, host: &GuiContext) {
        params.0.turn(id, value, host);
    }
    /// Lets go.
    pub fn end(&mut self, id: &str, params: &HostParams, host: &GuiContext) {
        if self.held.remove(id) {
            params.0.end(id, host);
        }
    }
    /// Lets go of everything.
    pub fn end_all(&mut self, params: &HostParams, host: &GuiContext) {
        for id in std::mem::take(&mut self.held) {
            params.0.end(&id, host);
        }
    }
}
