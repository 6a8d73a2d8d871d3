//! A file that comes from elsewhere: welcomed over the whole window, fetched when it is let go.

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, SelectionNotifyEvent, Window};

use super::Link;
use crate::editor::drag::{Arrival, uri};

/// Longest list of files that is read, in fours of bytes. Taste: one file is opened; a list may name a folder's.
const LONGEST: u32 = 1 << 16;

/// The drag that is over the window.
#[derive(Default)]
pub struct Target {
    /// Who drags files here.
    source: Option<Window>,
    /// The window that is meant, while the file is fetched.
    fetching: Option<Window>,
}

impl Target {
    /// What the source says.
    pub fn hear(&mut self, link: &Link, message: &ClientMessageEvent) -> Option<Arrival> {
        let (atoms, data) = (&link.atoms, message.data.as_data32());
        let (kind, source) = (message.type_, data[0]);
        if kind == atoms.XdndEnter {
            let listed = data[1] & 1 == 1;
            let kinds = match listed {
                true => link.numbers(source, atoms.XdndTypeList),
                false => data[2..].to_vec(),
            };
            // What was taken out of this very window is not brought back.
            let wanted = kinds.contains(&atoms.URI_LIST) && source != link.window;
            self.source = wanted.then_some(source);
            return wanted.then_some(Arrival::Hovers);
        }
        let known = self.source == Some(source);
        if kind == atoms.XdndPosition {
            let answer = match known {
                true => [message.window, 1, 0, 0, atoms.XdndActionCopy],
                false => [message.window, 0, 0, 0, x11rb::NONE],
            };
            link.tell(source, source, atoms.XdndStatus, answer);
        } else if kind == atoms.XdndLeave && known {
            self.source = None;
            return Some(Arrival::Left);
        } else if kind == atoms.XdndDrop && known {
            let (name, as_kind) = (atoms.XdndSelection, atoms.URI_LIST);
            let display = &link.connection;
            let asked = display.convert_selection(link.window, name, as_kind, name, data[2]);
            if asked.is_ok_and(|cookie| cookie.check().is_ok()) {
                self.fetching = Some(message.window);
                return None;
            }
            self.finish(link, message.window, false);
            return Some(Arrival::Left);
        } else if kind == atoms.XdndDrop {
            let refused = [message.window, 0, x11rb::NONE, 0, 0];
            link.tell(source, source, atoms.XdndFinished, refused);
        }
        None
    }
    /// The file's address has come.
    pub fn receive(&mut self, link: &Link, notice: &SelectionNotifyEvent) -> Option<Arrival> {
        let window = self.fetching.take()?;
        let (at, any) = (notice.property, x11rb::NONE);
        let asked = link
            .connection
            .get_property(true, link.window, at, any, 0, LONGEST);
        let reply = asked.ok().and_then(|cookie| cookie.reply().ok());
        let path = reply.and_then(|reply| uri::first(&reply.value));
        self.finish(link, window, path.is_some());
        Some(path.map_or(Arrival::Left, Arrival::Dropped))
    }
    fn finish(&mut self, link: &Link, window: Window, taken: bool) {
        let Some(source) = self.source.take() else {
            return;
        };
        let answer = match taken {
            true => [window, 1, link.atoms.XdndActionCopy, 0, 0],
            false => [window, 0, x11rb::NONE, 0, 0],
        };
        link.tell(source, source, link.atoms.XdndFinished, answer);
    }
}
