//! The host's side of the talk: counts what the plug-in asks for and keeps what it says.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::ThreadId;

use clack_extensions::gui::{GuiSize, HostGui, HostGuiImpl};
use clack_extensions::log::{HostLog, HostLogImpl, LogSeverity};
use clack_extensions::state::{HostState, HostStateImpl};
use clack_host::prelude::*;

/// What the plug-in asked for since it was loaded.
#[derive(Debug, Default)]
pub struct Counters {
    /// To be restarted.
    pub restart: AtomicU32,
    /// To be called back on the main thread; reset when it was.
    pub callback: AtomicU32,
    /// To be resized.
    pub resize: AtomicU32,
    /// To take note that its state differs from what was saved: on the main thread, and elsewhere.
    pub dirty: [AtomicU32; 2],
    /// What it logged.
    pub log: Mutex<Vec<String>>,
}

/// What all threads of the host share.
pub struct RigShared {
    counters: Arc<Counters>,
}

impl RigShared {
    pub(super) fn new(counters: Arc<Counters>) -> RigShared {
        RigShared { counters }
    }
}

impl SharedHandler<'_> for RigShared {
    fn request_restart(&self) {
        self.counters.restart.fetch_add(1, Ordering::SeqCst);
    }
    fn request_process(&self) {}
    fn request_callback(&self) {
        self.counters.callback.fetch_add(1, Ordering::SeqCst);
    }
}

impl HostLogImpl for RigShared {
    fn log(&self, severity: LogSeverity, message: &str) {
        if let Ok(mut log) = self.counters.log.lock() {
            log.push(format!("{severity}: {message}"));
        }
    }
}

impl HostGuiImpl for RigShared {
    fn resize_hints_changed(&self) {}
    fn request_resize(&self, _size: GuiSize) -> Result<(), HostError> {
        self.counters.resize.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn request_show(&self) -> Result<(), HostError> {
        Ok(())
    }
    fn request_hide(&self) -> Result<(), HostError> {
        Ok(())
    }
    fn closed(&self, _was_destroyed: bool) {}
}

/// What only the host's main thread has.
pub struct RigMainThread {
    counters: Arc<Counters>,
    thread: ThreadId,
}

impl RigMainThread {
    pub(super) fn new(counters: Arc<Counters>) -> RigMainThread {
        RigMainThread {
            counters,
            thread: std::thread::current().id(),
        }
    }
}

impl MainThreadHandler<'_> for RigMainThread {}

impl HostStateImpl for RigMainThread {
    fn mark_dirty(&self) {
        let elsewhere = std::thread::current().id() != self.thread;
        self.counters.dirty[usize::from(elsewhere)].fetch_add(1, Ordering::SeqCst);
    }
}

/// The host that clack is told about.
pub struct RigHost;

impl HostHandlers for RigHost {
    type Shared<'a> = RigShared;
    type MainThread<'a> = RigMainThread;
    type AudioProcessor<'a> = ();
    fn declare_extensions(builder: &mut HostExtensions<Self>, _: &Self::Shared<'_>) {
        builder
            .register::<HostLog>()
            .register::<HostGui>()
            .register::<HostState>();
    }
}
