//! The other side of a drag under X11: a window that takes files, and one that gives them. Reference: freedesktop.org,
//! "Drag-and-Drop Protocol for the X Window System", version 5.

use std::path::Path;

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

x11rb::atom_manager! {
    /// Names of the protocol.
    pub Atoms: AtomsCookie {
        XdndActionCopy,
        XdndAware,
        XdndDrop,
        XdndEnter,
        XdndFinished,
        XdndPosition,
        XdndProxy,
        XdndSelection,
        XdndStatus,
        URI_LIST: b"text/uri-list",
    }
}

/// A window and its display.
struct Side {
    connection: RustConnection,
    atoms: Atoms,
    root: Window,
    window: Window,
}

impl Side {
    fn open((x, y): (i32, i32), (width, height): (u16, u16)) -> Result<Side> {
        let (connection, screen) = x11rb::connect(None).context("no X display")?;
        let screen = &connection.setup().roots[screen];
        let (root, visual, depth) = (screen.root, screen.root_visual, screen.root_depth);
        let window = connection.generate_id()?;
        let atoms = Atoms::new(&connection)?.reply()?;
        connection.create_window(
            depth,
            window,
            root,
            x as i16,
            y as i16,
            width,
            height,
            0,
            WindowClass::INPUT_OUTPUT,
            visual,
            &CreateWindowAux::new().background_pixel(screen.white_pixel),
        )?;
        Ok(Side {
            connection,
            atoms,
            root,
            window,
        })
    }
    fn put(&self, name: u32, kind: AtomEnum, values: &[u32]) -> Result<()> {
        let mode = PropMode::REPLACE;
        self.connection
            .change_property32(mode, self.window, name, kind, values)?;
        Ok(())
    }
    fn first(&self, of: Window, name: u32) -> Result<Option<u32>> {
        let reply = self.connection.get_property(false, of, name, 0u32, 0, 1)?;
        let reply = reply.reply()?;
        Ok(reply.value32().and_then(|mut values| values.next()))
    }
    fn tell(&self, to: Window, of: Window, kind: u32, data: [u32; 5]) -> Result<()> {
        let message = ClientMessageEvent::new(32, of, kind, data);
        self.connection
            .send_event(false, to, EventMask::NO_EVENT, message)?;
        self.connection.flush()?;
        Ok(())
    }
}

/// A window that takes files, as a DAW's does.
pub struct Taker {
    side: Side,
    source: Option<Window>,
}

impl Taker {
    /// Shows it at a place of the screen.
    ///
    /// # Errors
    /// When there is no display.
    pub fn open(at: (i32, i32), size: (u16, u16)) -> Result<Taker> {
        let side = Side::open(at, size)?;
        side.put(side.atoms.XdndAware, AtomEnum::ATOM, &[5])?;
        side.connection.map_window(side.window)?;
        side.connection.sync()?;
        Ok(Taker { side, source: None })
    }
    /// Whether a file is held over it.
    pub fn is_offered(&self) -> bool {
        self.source.is_some()
    }
    /// Answers what has come so far; gives the list of files once they were dropped.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn hear(&mut self) -> Result<Option<String>> {
        let side = &self.side;
        let atoms = &side.atoms;
        while let Some(event) = side.connection.poll_for_event()? {
            match event {
                Event::ClientMessage(message) if message.type_ == atoms.XdndPosition => {
                    let source = message.data.as_data32()[0];
                    self.source = Some(source);
                    let answer = [side.window, 1, 0, 0, atoms.XdndActionCopy];
                    side.tell(source, source, atoms.XdndStatus, answer)?;
                }
                Event::ClientMessage(message) if message.type_ == atoms.XdndDrop => {
                    let (name, kind) = (atoms.XdndSelection, atoms.URI_LIST);
                    let time = message.data.as_data32()[2];
                    side.connection
                        .convert_selection(side.window, name, kind, name, time)?;
                    side.connection.flush()?;
                }
                Event::SelectionNotify(notice) => {
                    let (window, any) = (side.window, x11rb::NONE);
                    let asked = side.connection.get_property(
                        true,
                        window,
                        notice.property,
                        any,
                        0,
                        1 << 16,
                    )?;
                    let list = String::from_utf8(asked.reply()?.value)?;
                    let source = self.source.take().context("a drop without a source")?;
                    let answer = [window, 1, atoms.XdndActionCopy, 0, 0];
                    side.tell(source, source, atoms.XdndFinished, answer)?;
                    return Ok(Some(list));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

/// A window that drags a file, as a file manager's does.
pub struct Giver {
    side: Side,
    list: String,
    /// The window under the mouse, and who hears for it.
    over: Option<(Window, Window)>,
    accepted: bool,
    finished: bool,
}

impl Giver {
    /// With a file in hand.
    ///
    /// # Errors
    /// When there is no display.
    pub fn open(path: &Path) -> Result<Giver> {
        let side = Side::open((-20, -20), (4, 4))?;
        let name = side.atoms.XdndSelection;
        side.connection
            .set_selection_owner(side.window, name, x11rb::CURRENT_TIME)?;
        side.connection.sync()?;
        let path = path.display().to_string().replace(' ', "%20");
        Ok(Giver {
            side,
            list: format!("file://{path}\r\n"),
            over: None,
            accepted: false,
            finished: false,
        })
    }
    /// The outermost window at a place that takes files, and who hears for it.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn find(&self, x: i16, y: i16) -> Result<Option<(Window, Window)>> {
        let side = &self.side;
        let mut window = side.root;
        loop {
            let asked = side
                .connection
                .translate_coordinates(side.root, window, x, y)?;
            window = asked.reply()?.child;
            if window == x11rb::NONE {
                return Ok(None);
            }
            let via = side.first(window, side.atoms.XdndProxy)?.unwrap_or(window);
            if side.first(via, side.atoms.XdndAware)?.is_some() {
                return Ok(Some((window, via)));
            }
        }
    }
    /// Comes over a window.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn enter(&mut self, over: (Window, Window)) -> Result<()> {
        self.over = Some(over);
        let data = [self.side.window, 5 << 24, self.side.atoms.URI_LIST, 0, 0];
        self.say(self.side.atoms.XdndEnter, data)
    }
    /// Moves over it.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn move_to(&self, x: u16, y: u16) -> Result<()> {
        let place = u32::from(x) << 16 | u32::from(y);
        let copy = self.side.atoms.XdndActionCopy;
        self.say(
            self.side.atoms.XdndPosition,
            [self.side.window, 0, place, 0, copy],
        )
    }
    /// Lets go.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn drop(&self) -> Result<()> {
        self.say(self.side.atoms.XdndDrop, [self.side.window, 0, 0, 0, 0])
    }
    /// The window would take it.
    pub fn is_accepted(&self) -> bool {
        self.accepted
    }
    /// The window has it.
    pub fn is_finished(&self) -> bool {
        self.finished
    }
    fn say(&self, kind: u32, data: [u32; 5]) -> Result<()> {
        let (window, via) = self.over.context("over no window")?;
        self.side.tell(via, window, kind, data)
    }
    /// Hears answers, and gives the file to who asks.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn hear(&mut self) -> Result<()> {
        let (side, atoms) = (&self.side, &self.side.atoms);
        while let Some(event) = side.connection.poll_for_event()? {
            match event {
                Event::ClientMessage(message) if message.type_ == atoms.XdndStatus => {
                    self.accepted = message.data.as_data32()[1] & 1 == 1;
                }
                Event::ClientMessage(message) if message.type_ == atoms.XdndFinished => {
                    self.finished = message.data.as_data32()[1] & 1 == 1;
                }
                Event::SelectionRequest(request) => {
                    let (mode, kind) = (PropMode::REPLACE, atoms.URI_LIST);
                    let bytes = self.list.as_bytes();
                    let (to, at) = (request.requestor, request.property);
                    side.connection
                        .change_property8(mode, to, at, kind, bytes)?;
                    let answer = SelectionNotifyEvent {
                        response_type: SELECTION_NOTIFY_EVENT,
                        sequence: 0,
                        time: request.time,
                        requestor: to,
                        selection: request.selection,
                        target: request.target,
                        property: at,
                    };
                    side.connection
                        .send_event(false, to, EventMask::NO_EVENT, answer)?;
                    side.connection.flush()?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
