//! The host's project: tells the host that what plays differs from what it has saved.
//!
//! Parameters tell on their own; song settings and prompts change the song, which no host watches. Whoever
//! changes it says [`Project::changed`], on any thread but the audio thread. A host wants to hear of it on
//! its main thread: the open editor asks for a call there, and [`Project::tell`] passes the news on. The
//! entry of each format says how ([`crate::clap_entry`], [`crate::vst3_entry`]); the standalone has no project.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// As saved.
const SAVED: u8 = 0;
/// Changed, and the host's main thread not yet asked for.
const CHANGED: u8 = 1;
/// Changed, and the host's main thread asked for.
const ASKED: u8 = 2;

/// How a format marks a project as changed; called on the host's main thread.
pub type Mark = Box<dyn Fn() + Send>;

thread_local! {
    /// The project of the instance that is being made on this thread.
    static OPENING: RefCell<Option<Arc<Project>>> = const { RefCell::new(None) };
}

/// One instance's line to the host's project.
#[derive(Default)]
pub struct Project {
    stage: AtomicU8,
    mark: Mutex<Option<Mark>>,
}

impl Project {
    /// Makes an instance that finds this project by [`Project::opening`]: the framework has no way to hand it
    /// anything.
    pub fn around<T>(self: &Arc<Project>, make: impl FnOnce() -> T) -> T {
        OPENING.set(Some(self.clone()));
        let made = make();
        OPENING.take();
        made
    }
    /// The project of the instance that is being made on this thread; one without a host elsewhere.
    pub fn opening() -> Arc<Project> {
        OPENING.take().unwrap_or_default()
    }

    /// Says how to mark the project; `None` where the host has no way.
    pub fn set_mark(&self, mark: Option<Mark>) {
        *self.mark.lock().unwrap_or_else(PoisonError::into_inner) = mark;
    }
    /// What plays differs from what is saved.
    pub fn changed(&self) {
        self.stage.store(CHANGED, Ordering::Release);
    }
    /// Whether somebody has to ask for the host's main thread; says so once a change.
    pub fn wants_main_thread(&self) -> bool {
        self.stage
            .compare_exchange(CHANGED, ASKED, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    }
    /// On the host's main thread: marks the project if anything changed since the last time.
    pub fn tell(&self) {
        if self.stage.swap(SAVED, Ordering::AcqRel) == SAVED {
            return;
        }
        if let Some(mark) = &*self.mark.lock().unwrap_or_else(PoisonError::into_inner) {
            mark();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn every_change_is_told_once() {
        let project = Arc::new(Project::default());
        let told = Arc::new(AtomicUsize::new(0));
        let count = told.clone();
        project.set_mark(Some(Box::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        })));
        project.tell();
        assert!(!project.wants_main_thread());
        assert_eq!(told.load(Ordering::Relaxed), 0, "nothing changed");
        project.changed();
        assert!(project.wants_main_thread());
        assert!(!project.wants_main_thread(), "asked for already");
        // Changed again before the main thread came: told with the first.
        project.changed();
        project.tell();
        project.tell();
        assert_eq!(told.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn an_instance_finds_the_project_that_it_is_made_for() {
        let project = Arc::new(Project::default());
        let found = project.around(Project::opening);
        assert!(Arc::ptr_eq(&project, &found));
        assert!(!Arc::ptr_eq(&project, &Project::opening()));
    }
}
