//! What work elsewhere tells the editor: how far it is, what a file holds, messages.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{LOG_LINES, Shared, locked};
use crate::import::Found;
use crate::snapshot::{Learning, Mixing};

impl Shared {
    /// How far a style is being learnt, if one is.
    pub fn learning(&self) -> Option<Learning> {
        locked(&self.learning).clone()
    }
    /// Shows how far a style is being learnt.
    pub fn show_learning(&self, learning: Option<Learning>) {
        *locked(&self.learning) = learning;
        self.repaint.request_repaint();
    }

    /// How far files are written, if they are.
    pub fn exporting(&self) -> Option<Mixing> {
        locked(&self.exporting).clone()
    }
    /// Shows how far files are written.
    pub fn show_exporting(&self, exporting: Option<Mixing>) {
        *locked(&self.exporting) = exporting;
        self.repaint.request_repaint();
    }

    /// What the file holds that was opened last.
    pub fn found(&self) -> Option<Arc<Found>> {
        locked(&self.found).clone()
    }
    /// Shows what a file holds.
    pub fn show_found(&self, found: Found) {
        *locked(&self.found) = Some(Arc::new(found));
        self.repaint.request_repaint();
    }

    /// How far the song is being mixed, if it is.
    pub fn mixing(&self) -> Option<Mixing> {
        locked(&self.mixing).clone()
    }
    /// Shows how far the song is being mixed.
    pub fn show_mixing(&self, mixing: Option<Mixing>) {
        *locked(&self.mixing) = mixing;
        self.repaint.request_repaint();
    }

    /// Says something that the user should read.
    pub fn say(&self, message: impl Into<String>) {
        let message = message.into();
        let mut log = locked(&self.log);
        if log.back() == Some(&message) {
            return;
        }
        if log.len() == LOG_LINES {
            log.pop_front();
        }
        log.push_back(message);
        self.log_revision.fetch_add(1, Ordering::Relaxed);
        self.repaint.request_repaint();
    }
    /// Everything said, newest last.
    pub fn log(&self) -> Vec<String> {
        locked(&self.log).iter().cloned().collect()
    }
    /// Counts up with every message.
    pub fn log_revision(&self) -> u64 {
        self.log_revision.load(Ordering::Relaxed)
    }
}
