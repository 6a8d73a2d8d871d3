//! An open window as the framework holds it, with what only the host's main thread may do.
//!
//! Under X11 the editor has a thread of its own. What it wants of the host goes over [`MainThread`]: the host
//! calls [`MuseHandle::host_main_thread_callback`] back on its main thread. Elsewhere both are one thread.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use nice_plug::editor::dpi::NativeSize;
use nice_plug::editor::{
    EditorHandle, HostMainThreadCaller, Modifiers, ParentWindowHandle, VirtualKeyCode,
};
use nice_plug_egui::{EguiEditor, EguiEditorHandle};

use super::app::App;
use crate::project::Project;

/// What the framework keeps of the window that is open; gone with the window.
pub type Open = Arc<Mutex<Option<EguiEditor<App>>>>;

/// Window size in physical pixels as (width << 32 | height), 0 while there is none.
#[derive(Clone, Default)]
pub struct PhysicalSize(Arc<AtomicU64>);

impl PhysicalSize {
    /// Remembers.
    pub fn put(&self, width: u32, height: u32) {
        self.0.store(
            u64::from(width) << 32 | u64::from(height),
            Ordering::Relaxed,
        );
    }
    /// As it was last.
    pub fn get(&self) -> Option<(u32, u32)> {
        let both = self.0.load(Ordering::Relaxed);
        (both != 0).then_some(((both >> 32) as u32, both as u32))
    }
}

/// The way to the host's main thread, shared between the window and its program.
#[derive(Clone)]
pub struct MainThread(Arc<Mutex<Box<dyn HostMainThreadCaller>>>);

impl MainThread {
    /// Over the framework's own way.
    pub fn new(caller: Box<dyn HostMainThreadCaller>) -> MainThread {
        MainThread(Arc::new(Mutex::new(caller)))
    }
    /// Asks for a call there; says whether that worked. It does not while such a call is being asked for on
    /// this very thread.
    pub fn ask(&self) -> bool {
        let mut caller = match self.0.try_lock() {
            Ok(caller) => caller,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return false,
        };
        caller.call_main_thread();
        true
    }
}

impl HostMainThreadCaller for MainThread {
    fn call_main_thread(&mut self) {
        self.ask();
    }
}

/// An open window.
pub struct MuseHandle {
    pub(super) inner: EguiEditorHandle,
    pub(super) project: Arc<Project>,
    pub(super) open: Open,
}

impl EditorHandle for MuseHandle {
    type Window = <EguiEditorHandle as EditorHandle>::Window;
    type Error = <EguiEditorHandle as EditorHandle>::Error;

    fn run_until_closed(window: Self::Window) -> Result<(), Self::Error> {
        EguiEditorHandle::run_until_closed(window)
    }
    fn set_parent(
        &self,
        parent: ParentWindowHandle,
        window: &Self::Window,
    ) -> Result<(), Self::Error> {
        self.inner.set_parent(parent, window)
    }
    fn show(&self, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.show(window)
    }
    fn hide(&self, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.hide(window)
    }
    fn set_size(&self, size: NativeSize<u32>, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.set_size(size, window)
    }
    fn host_main_thread_callback(&self, window: &Self::Window) {
        self.inner.host_main_thread_callback(window);
        self.project.tell();
    }
    fn adjust_size(&self, size: NativeSize<u32>, window: &Self::Window) -> Option<NativeSize<u32>> {
        self.inner.adjust_size(size, window)
    }
    fn set_fallback_scale_factor(
        &self,
        scale_factor: f64,
        window: &Self::Window,
    ) -> Result<(), Self::Error> {
        self.inner.set_fallback_scale_factor(scale_factor, window)
    }
    fn on_virtual_key_from_host(
        &self,
        key: VirtualKeyCode,
        is_down: bool,
        modifiers: Modifiers,
    ) -> bool {
        self.inner.on_virtual_key_from_host(key, is_down, modifiers)
    }
    fn state_changed(&self) {
        self.inner.state_changed();
    }
    fn param_value_changed(&self, id: &str, normalized_value: f32) {
        self.inner.param_value_changed(id, normalized_value);
    }
    fn param_modulation_changed(&self, id: &str, modulation_offset: f32) {
        self.inner.param_modulation_changed(id, modulation_offset);
    }
}

impl Drop for MuseHandle {
    /// On the host's main thread, as a window closes.
    fn drop(&mut self) {
        self.project.tell();
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }
}
