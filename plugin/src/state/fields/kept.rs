//! What the user did, and the takes that were kept: lists that only the editor and the worker read.

use std::sync::Arc;

use nice_plug::params::persist::PersistentField;
use serde_json::Value;

use crate::handoff::Shared;
use crate::history::History;
use crate::variations::Variations;

/// What the user did, step by step.
pub struct HistoryField(pub Arc<Shared>);

impl PersistentField<'_, Value> for HistoryField {
    fn set(&self, value: Value) {
        let history: Option<History> = serde_json::from_value(value).ok();
        if history.is_none() {
            self.0
                .say("The project's list of steps is damaged; it starts anew.");
        }
        self.0.set_history(history.unwrap_or_default().mended());
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&self
            .0
            .history
            .read(|history| serde_json::to_value(history).unwrap_or(Value::Null)))
    }
}

/// Takes that were kept before.
pub struct VariationsField(pub Arc<Shared>);

impl PersistentField<'_, Value> for VariationsField {
    fn set(&self, value: Value) {
        let all: Variations = serde_json::from_value(value).unwrap_or_default();
        self.0.variations.change(|own| *own = all.mended());
    }
    fn map<F: Fn(&Value) -> R, R>(&self, f: F) -> R {
        f(&self
            .0
            .variations
            .read(|all| serde_json::to_value(all).unwrap_or(Value::Null)))
    }
}
