//! The framework's window as the display sees it, under X11.

use nice_plug_egui::baseview::WindowContext;
use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use x11rb::connection::RequestConnection;
use x11rb::protocol::xproto::{ConnectionExt, EventMask, MAP_NOTIFY_EVENT, MapNotifyEvent, Window};
use x11rb::wrapper::ConnectionExt as _;

/// The display's own number of a window.
pub fn number_of(window: &WindowContext) -> Option<Window> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => Window::try_from(handle.window).ok(),
        RawWindowHandle::Xcb(handle) => Some(handle.window.get()),
        _ => None,
    }
}

/// Has the framework listen for the answers to its questions for frames before it asks the first one; to be called
/// while the window is made.
///
/// The framework asks the display's Present extension when to draw, one question at a time, and begins to listen for
/// answers when its window is mapped. Its timer begins with the window. A host that takes longer than one tick of it to
/// show the window (a busy machine suffices) has the first answer go to nobody: the framework awaits it for ever and
/// the window stays black. So it is told here, over a connection of our own, that its window is mapped. The message is
/// there before its event loop begins; the real one changes nothing more.
pub fn listen_early(window: &WindowContext) {
    let _ = announce(window);
}

fn announce(window: &WindowContext) -> Option<()> {
    let own = number_of(window)?;
    let (connection, _) = x11rb::connect(None).ok()?;
    // Without the extension the framework has a timer for frames, one for each time that its window is mapped.
    connection.extension_information("Present").ok()??;
    let mapped = MapNotifyEvent {
        response_type: MAP_NOTIFY_EVENT,
        sequence: 0,
        event: own,
        window: own,
        override_redirect: false,
    };
    // With no mask it goes to whoever made the window: the framework.
    connection
        .send_event(false, own, EventMask::NO_EVENT, mapped)
        .ok()?;
    connection.sync().ok()
}
