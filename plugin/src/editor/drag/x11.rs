//! XDND, version 5, as source and as target, on a thread and a connection of its own. Reference: freedesktop.org,
//! "Drag-and-Drop Protocol for the X Window System".
//!
//! The thread sleeps until the display or the editor has something for it, and is joined when the window closes. As
//! a target it stands in for the editor's window (`XdndProxy`), whose own messages the framework keeps to itself.

mod source;
mod target;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

use nice_plug_egui::baseview::WindowContext;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use self::target::Target;
use super::{Arrival, Courier, Parcel};
use crate::editor::{Repaint, x11};

/// Version of the protocol that is spoken.
const VERSION: u32 = 5;

x11rb::atom_manager! {
    /// Names that both sides of a drag know.
    pub Atoms: AtomsCookie {
        XdndActionCopy,
        XdndAware,
        XdndDrop,
        XdndEnter,
        XdndFinished,
        XdndLeave,
        XdndPosition,
        XdndProxy,
        XdndSelection,
        XdndStatus,
        XdndTypeList,
        TARGETS,
        URI_LIST: b"text/uri-list",
        WAKE: b"_MUSEAROO_WAKE",
    }
}

/// The display as both sides use it.
struct Link {
    connection: RustConnection,
    atoms: Atoms,
    root: Window,
    /// The editor's window.
    own: Window,
    /// Ours, never shown: owner of what is dragged, and stand-in for the editor's window.
    window: Window,
    /// Key code of Escape.
    escape: Option<u8>,
}

impl Link {
    fn open(own: Window) -> Option<Link> {
        let (connection, screen) = x11rb::connect(None).ok()?;
        let root = connection.setup().roots.get(screen)?.root;
        let atoms = Atoms::new(&connection).ok()?.reply().ok()?;
        let window = connection.generate_id().ok()?;
        let hidden = CreateWindowAux::new()
            .override_redirect(1)
            .event_mask(EventMask::PROPERTY_CHANGE);
        let class = WindowClass::INPUT_ONLY;
        connection
            .create_window(0, window, root, -9, -9, 1, 1, 0, class, 0, &hidden)
            .ok()?
            .check()
            .ok()?;
        let escape = escape(&connection);
        let link = Link {
            connection,
            atoms,
            root,
            own,
            window,
            escape,
        };
        let itself = [window];
        for at in [window, own] {
            link.put(at, link.atoms.XdndProxy, AtomEnum::WINDOW, &itself)?;
        }
        let version = [VERSION];
        link.put(window, link.atoms.XdndAware, AtomEnum::ATOM, &version)?;
        link.connection.sync().ok()?;
        Some(link)
    }
    fn put(&self, at: Window, name: u32, kind: AtomEnum, values: &[u32]) -> Option<()> {
        let mode = PropMode::REPLACE;
        let sent = self
            .connection
            .change_property32(mode, at, name, kind, values);
        sent.ok().map(|_| ())
    }
    /// The numbers of a property.
    fn numbers(&self, of: Window, name: u32) -> Vec<u32> {
        let asked = self.connection.get_property(false, of, name, 0u32, 0, 64);
        let reply = asked.ok().and_then(|cookie| cookie.reply().ok());
        let values = reply.and_then(|reply| reply.value32().map(Iterator::collect));
        values.unwrap_or_default()
    }
    /// Says something about the window `of` to `to`: itself, or who stands in for it.
    fn tell(&self, to: Window, of: Window, kind: u32, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, of, kind, data);
        // A window that is gone hears nothing.
        let _ = self
            .connection
            .send_event(false, to, EventMask::NO_EVENT, message);
        let _ = self.connection.flush();
    }
}

fn escape(connection: &RustConnection) -> Option<u8> {
    // Reference: X11's keysymdef.h.
    const ESCAPE: u32 = 0xff1b;
    let setup = connection.setup();
    let first = setup.min_keycode;
    let count = setup.max_keycode.checked_sub(first)?.saturating_add(1);
    let asked = connection.get_keyboard_mapping(first, count).ok()?;
    let reply = asked.reply().ok()?;
    let mut codes = reply
        .keysyms
        .chunks(reply.keysyms_per_keycode.max(1).into());
    let at = codes.position(|keysyms| keysyms.contains(&ESCAPE))?;
    first.checked_add(u8::try_from(at).ok()?)
}

/// The open window's drags.
pub struct Drags {
    link: Arc<Link>,
    parcels: Option<Sender<Parcel>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drags {
    /// Of a window; `None` where the display refuses.
    pub fn open(
        window: &WindowContext,
        arrivals: Sender<Arrival>,
        repaint: Repaint,
    ) -> Option<Drags> {
        let link = Arc::new(Link::open(x11::number_of(window)?)?);
        let (parcels, inbox) = channel();
        let stop = Arc::<AtomicBool>::default();
        let (its, stopped) = (link.clone(), stop.clone());
        let thread = std::thread::Builder::new()
            .name("MuseAroo drag".to_owned())
            .spawn(move || serve(&its, &inbox, &arrivals, &repaint, &stopped))
            .ok()?;
        Some(Drags {
            link,
            parcels: Some(parcels),
            stop,
            thread: Some(thread),
        })
    }
    fn wake(&self) {
        let link = &self.link;
        link.tell(link.window, link.window, link.atoms.WAKE, [0; 5]);
    }
}

impl Courier for Drags {
    fn carry(&mut self, parcel: Parcel) {
        if let Some(parcels) = &self.parcels {
            // The thread lives as long as this does.
            let _ = parcels.send(parcel);
            self.wake();
        }
    }
}

impl Drop for Drags {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.parcels = None;
        self.wake();
        if let Some(thread) = self.thread.take() {
            // One that panicked has said so on its own.
            let _ = thread.join();
        }
    }
}

fn serve(
    link: &Link,
    inbox: &Receiver<Parcel>,
    arrivals: &Sender<Arrival>,
    repaint: &Repaint,
    stop: &AtomicBool,
) {
    let mut target = Target::default();
    // The display is gone, or the window closes.
    while let Ok(event) = link.connection.wait_for_event() {
        let arrival = match event {
            Event::ClientMessage(message) if message.type_ == link.atoms.WAKE => {
                match inbox.try_recv() {
                    Ok(parcel) => source::carry(link, parcel, stop),
                    Err(TryRecvError::Disconnected) => return,
                    Err(TryRecvError::Empty) => {}
                }
                None
            }
            Event::ClientMessage(message) => target.hear(link, &message),
            Event::SelectionNotify(notice) => target.receive(link, &notice),
            _ => None,
        };
        if let Some(arrival) = arrival {
            let _ = arrivals.send(arrival);
            repaint.request_repaint();
        }
    }
}
