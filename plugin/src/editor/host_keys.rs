//! Keys that belong to the host: space, and every other shortcut, while no field is typed into.
//!
//! On Windows and macOS the framework passes unused keys on by itself. On X11 nothing does: a click gives
//! the embedded window the input focus, and a window under the mouse gets the keys even without it. So,
//! while nothing in the editor has the keyboard focus, the focus is handed back to the host's window, and
//! keys that arrive all the same are sent on to it.

#[cfg(target_os = "linux")]
mod x11;

#[cfg(target_os = "linux")]
pub use x11::HostKeys;

#[cfg(not(target_os = "linux"))]
pub use elsewhere::HostKeys;

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use nice_plug_egui::baseview::WindowContext;

    /// Nothing to do: the framework passes unused keys on.
    #[derive(Default)]
    pub struct HostKeys;

    impl HostKeys {
        /// A window opened.
        pub fn attach(&mut self, _window: &WindowContext) {}
        /// After a frame.
        pub fn pass_on(&mut self, _context: &egui::Context, _window: &WindowContext) {}
    }
}
