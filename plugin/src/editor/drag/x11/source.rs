//! A file on its way out: follows the mouse from window to window until the button is let go.
//!
//! The press that began the drag holds the pointer for the editor, so the mouse is asked for where it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, KeyButMask, PropMode,
    SelectionNotifyEvent, SelectionRequestEvent, Window,
};
use x11rb::wrapper::ConnectionExt as _;

use super::{Link, VERSION};
use crate::editor::drag::{Parcel, uri};

/// How often the mouse is looked at. Taste: a pointer moves at the rate of the screen.
const LOOK: Duration = Duration::from_millis(8);
/// How long a window may take to answer, and to fetch what was dropped. Taste: a host that loads is slow.
const ANSWER: Duration = Duration::from_secs(1);
const FETCH: Duration = Duration::from_secs(10);
/// Oldest version of the protocol that is answered. Reference: what came before had no proxies and no actions.
const OLDEST: u32 = 3;

/// A window that takes files, and who hears for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Taker {
    window: Window,
    via: Window,
    version: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Moving,
    LetGo(Instant),
    Dropped(Instant),
}

struct Drag<'l> {
    link: &'l Link,
    list: String,
    time: u32,
    over: Option<Taker>,
    /// Where the mouse was told to be.
    told: Option<(i16, i16)>,
    /// An answer is owed.
    waiting: bool,
    accepts: bool,
}

/// Carries a file from here on; returns when it was taken, refused or called off.
pub fn carry(link: &Link, parcel: Parcel, stop: &AtomicBool) {
    let Some(path) = parcel() else { return };
    let Some(time) = own(link) else { return };
    let mut drag = Drag {
        link,
        list: uri::write(&path),
        time,
        over: None,
        told: None,
        waiting: false,
        accepts: false,
    };
    let mut phase = Phase::Moving;
    while let Some(next) = drag.step(phase) {
        phase = next;
        if stop.load(Ordering::Acquire) {
            drag.leave();
            break;
        }
        std::thread::sleep(LOOK);
    }
    let nobody = x11rb::NONE;
    let name = link.atoms.XdndSelection;
    let _ = link.connection.set_selection_owner(nobody, name, time);
    let _ = link.connection.flush();
}

/// Makes what is dragged ours; gives the display's time of that.
fn own(link: &Link) -> Option<u32> {
    let (display, atoms) = (&link.connection, &link.atoms);
    let mode = PropMode::APPEND;
    let kind = AtomEnum::STRING;
    display
        .change_property8(mode, link.window, atoms.WAKE, kind, &[])
        .ok()?;
    display.flush().ok()?;
    let time = loop {
        if let Event::PropertyNotify(notice) = display.wait_for_event().ok()? {
            break notice.time;
        }
    };
    let owned = display.set_selection_owner(link.window, atoms.XdndSelection, time);
    owned.ok()?.check().ok()?;
    Some(time)
}

impl Drag<'_> {
    /// One look at the display and the mouse; `None` ends the drag.
    fn step(&mut self, phase: Phase) -> Option<Phase> {
        while let Some(event) = self.link.connection.poll_for_event().ok()? {
            match event {
                Event::ClientMessage(message) => self.hear(&message)?,
                Event::SelectionRequest(request) => self.give(&request),
                Event::SelectionClear(_) => return None,
                _ => {}
            }
        }
        match phase {
            Phase::Moving => self.follow(),
            Phase::LetGo(since) if self.waiting && since.elapsed() < ANSWER => Some(phase),
            Phase::LetGo(_) => match self.over.filter(|_| self.accepts) {
                Some(taker) => {
                    let data = [self.link.window, 0, self.time, 0, 0];
                    self.say(taker, self.link.atoms.XdndDrop, data);
                    Some(Phase::Dropped(Instant::now()))
                }
                None => {
                    self.leave();
                    None
                }
            },
            Phase::Dropped(since) => (since.elapsed() < FETCH).then_some(phase),
        }
    }
    /// What a window answers; `None` where it has taken the file.
    fn hear(&mut self, message: &ClientMessageEvent) -> Option<()> {
        let data = message.data.as_data32();
        let over = self.over.map(|taker| taker.window);
        if message.type_ == self.link.atoms.XdndStatus && over == Some(data[0]) {
            self.waiting = false;
            self.accepts = data[1] & 1 == 1;
        }
        (message.type_ != self.link.atoms.XdndFinished).then_some(())
    }
    fn follow(&mut self) -> Option<Phase> {
        let display = &self.link.connection;
        let mouse = display.query_pointer(self.link.root).ok()?.reply().ok()?;
        if self.is_called_off() {
            self.leave();
            return None;
        }
        let at = (mouse.root_x, mouse.root_y);
        let over = self.taker(at);
        if over != self.over {
            self.leave();
            self.over = over;
            if let Some(taker) = over {
                let version = taker.version.min(VERSION) << 24;
                let data = [self.link.window, version, self.link.atoms.URI_LIST, 0, 0];
                self.say(taker, self.link.atoms.XdndEnter, data);
            }
        }
        if let Some(taker) = self.over.filter(|_| !self.waiting && self.told != Some(at)) {
            let place = u32::from(at.0 as u16) << 16 | u32::from(at.1 as u16);
            let copy = self.link.atoms.XdndActionCopy;
            let data = [self.link.window, 0, place, self.time, copy];
            self.say(taker, self.link.atoms.XdndPosition, data);
            (self.told, self.waiting) = (Some(at), true);
        }
        match mouse.mask.contains(KeyButMask::BUTTON1) {
            true => Some(Phase::Moving),
            false => Some(Phase::LetGo(Instant::now())),
        }
    }
    fn is_called_off(&self) -> bool {
        let Some(code) = self.link.escape else {
            return false;
        };
        let asked = self.link.connection.query_keymap();
        let reply = asked.ok().and_then(|cookie| cookie.reply().ok());
        reply.is_some_and(|reply| reply.keys[usize::from(code / 8)] >> (code % 8) & 1 == 1)
    }
    fn leave(&mut self) {
        if let Some(taker) = self.over.take() {
            let data = [self.link.window, 0, 0, 0, 0];
            self.say(taker, self.link.atoms.XdndLeave, data);
        }
        (self.told, self.waiting, self.accepts) = (None, false, false);
    }
    fn say(&self, taker: Taker, kind: u32, data: [u32; 5]) {
        self.link.tell(taker.via, taker.window, kind, data);
    }
    /// The outermost window under the mouse that takes files; none over the editor itself.
    fn taker(&self, (x, y): (i16, i16)) -> Option<Taker> {
        let (mut window, mut found) = (self.link.root, None);
        loop {
            let asked = self
                .link
                .connection
                .translate_coordinates(self.link.root, window, x, y);
            window = asked.ok()?.reply().ok()?.child;
            if window == x11rb::NONE {
                return found;
            }
            if window == self.link.own {
                return None;
            }
            found = found.or_else(|| self.takes(window));
        }
    }
    fn takes(&self, window: Window) -> Option<Taker> {
        let (link, atoms) = (self.link, &self.link.atoms);
        let proxy = link.numbers(window, atoms.XdndProxy).first().copied();
        let proxy = proxy.filter(|p| link.numbers(*p, atoms.XdndProxy).first() == Some(p));
        let via = proxy.unwrap_or(window);
        let version = *link.numbers(via, atoms.XdndAware).first()?;
        (version >= OLDEST).then_some(Taker {
            window,
            via,
            version,
        })
    }
    /// Gives the file's address to whoever asks.
    fn give(&self, request: &SelectionRequestEvent) {
        let (display, atoms) = (&self.link.connection, &self.link.atoms);
        let mode = PropMode::REPLACE;
        let at = match request.property {
            x11rb::NONE => request.target,
            property => property,
        };
        let given = if request.target == atoms.URI_LIST {
            let bytes = self.list.as_bytes();
            let kind = atoms.URI_LIST;
            display.change_property8(mode, request.requestor, at, kind, bytes)
        } else {
            let kinds = [atoms.TARGETS, atoms.URI_LIST];
            display.change_property32(mode, request.requestor, at, AtomEnum::ATOM, &kinds)
        };
        let known = [atoms.URI_LIST, atoms.TARGETS].contains(&request.target);
        let answer = SelectionNotifyEvent {
            response_type: x11rb::protocol::xproto::SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if known && given.is_ok() {
                at
            } else {
                x11rb::NONE
            },
        };
        let _ = display.send_event(false, request.requestor, EventMask::NO_EVENT, answer);
        let _ = display.flush();
    }
}
