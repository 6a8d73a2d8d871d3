//! Handing focus and keys back to the host's window under X11, over a connection of its own.
//!
//! On the window's thread, after a frame; it asks the display only when there is a key or the focus to pass on.

use nice_plug_egui::baseview::WindowContext;
use x11rb::CURRENT_TIME;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    ConnectionExt, EventMask, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, KeyButMask,
    KeyPressEvent, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::editor::x11;

/// The way back to the host.
#[derive(Default)]
pub struct HostKeys {
    display: Option<Display>,
    had_focus: bool,
}

struct Display {
    connection: RustConnection,
    root: Window,
    own: Window,
    /// Keysyms by keycode, `per_code` each, from `first_code` on.
    keysyms: Vec<u32>,
    per_code: u8,
    first_code: u8,
}

impl HostKeys {
    /// A window opened.
    pub fn attach(&mut self, window: &WindowContext) {
        self.display = Display::open(window);
        self.had_focus = false;
    }

    /// After a frame: the focus goes back to the host when nothing here has it, and so do this frame's keys.
    pub fn pass_on(&mut self, context: &egui::Context, window: &WindowContext) {
        let Some(display) = &self.display else { return };
        let wanted = context.egui_wants_keyboard_input();
        let just_left = self.had_focus && !wanted;
        self.had_focus = wanted;
        if wanted {
            return;
        }
        // The frame in which a field is left still holds the Enter or Escape that left it.
        let keys = if just_left {
            Vec::new()
        } else {
            keys_of(context)
        };
        let hand_back = window.has_focus() && !context.input(|i| i.pointer.any_down());
        if keys.is_empty() && !hand_back {
            return;
        }
        let Some(host) = display.parent() else { return };
        for (key, pressed, modifiers) in keys {
            display.send(host, key, pressed, modifiers);
        }
        if hand_back {
            display.give_focus_to(display.top_of(host));
        }
        let _ = display.connection.flush();
    }
}

/// Keys that came in this frame and that nothing used.
fn keys_of(context: &egui::Context) -> Vec<(egui::Key, bool, egui::Modifiers)> {
    context.input(|i| {
        i.events
            .iter()
            .filter_map(|event| match event {
                egui::Event::Key {
                    key,
                    pressed,
                    modifiers,
                    ..
                } => Some((*key, *pressed, *modifiers)),
                _ => None,
            })
            .collect()
    })
}

impl Display {
    fn open(window: &WindowContext) -> Option<Display> {
        let own = x11::number_of(window)?;
        let (connection, screen) = x11rb::connect(None).ok()?;
        let setup = connection.setup();
        let (first_code, last_code) = (setup.min_keycode, setup.max_keycode);
        let root = setup.roots.get(screen)?.root;
        let count = last_code.checked_sub(first_code)?.saturating_add(1);
        let mapping = connection
            .get_keyboard_mapping(first_code, count)
            .ok()?
            .reply()
            .ok()?;
        Some(Display {
            connection,
            root,
            own,
            keysyms: mapping.keysyms,
            per_code: mapping.keysyms_per_keycode,
            first_code,
        })
    }

    fn parent_of(&self, window: Window) -> Option<Window> {
        let tree = self.connection.query_tree(window).ok()?.reply().ok()?;
        (tree.parent != 0 && tree.parent != self.root).then_some(tree.parent)
    }

    /// The host's window that this one lies in; none where it stands alone.
    fn parent(&self) -> Option<Window> {
        self.parent_of(self.own)
    }

    /// The host's outermost window, or the one inside a window manager's frame: the first on the way up
    /// that says `WM_STATE`.
    fn top_of(&self, mut window: Window) -> Window {
        let state = self
            .connection
            .intern_atom(true, b"WM_STATE")
            .ok()
            .and_then(|cookie| cookie.reply().ok())
            .map_or(0, |reply| reply.atom);
        loop {
            if state != 0 && self.has_property(window, state) {
                return window;
            }
            match self.parent_of(window) {
                Some(parent) => window = parent,
                None => return window,
            }
        }
    }

    fn has_property(&self, window: Window, atom: u32) -> bool {
        self.connection
            .get_property(false, window, atom, 0u32, 0, 0)
            .ok()
            .and_then(|cookie| cookie.reply().ok())
            .is_some_and(|reply| reply.type_ != 0)
    }

    fn give_focus_to(&self, window: Window) {
        let _ = self
            .connection
            .set_input_focus(InputFocus::PARENT, window, CURRENT_TIME);
    }

    fn code_of(&self, key: egui::Key) -> Option<u8> {
        let keysym = keysym(key)?;
        let at = self
            .keysyms
            .chunks(usize::from(self.per_code.max(1)))
            .position(|all| all.contains(&keysym))?;
        self.first_code.checked_add(u8::try_from(at).ok()?)
    }

    fn send(&self, to: Window, key: egui::Key, pressed: bool, modifiers: egui::Modifiers) {
        let Some(detail) = self.code_of(key) else {
            return;
        };
        let mut state = KeyButMask::default();
        for (on, mask) in [
            (modifiers.shift, KeyButMask::SHIFT),
            (modifiers.ctrl, KeyButMask::CONTROL),
            (modifiers.alt, KeyButMask::MOD1),
        ] {
            if on {
                state |= mask;
            }
        }
        let (kind, mask) = if pressed {
            (KEY_PRESS_EVENT, EventMask::KEY_PRESS)
        } else {
            (KEY_RELEASE_EVENT, EventMask::KEY_RELEASE)
        };
        let event = KeyPressEvent {
            response_type: kind,
            detail,
            sequence: 0,
            time: CURRENT_TIME,
            root: self.root,
            event: to,
            child: 0,
            root_x: 0,
            root_y: 0,
            event_x: 0,
            event_y: 0,
            state,
            same_screen: true,
        };
        // Propagates from the host's embedding window up to the one that listens.
        let _ = self.connection.send_event(true, to, mask, event);
    }
}

/// X11's number of a key, as in the core keyboard mapping.
fn keysym(key: egui::Key) -> Option<u32> {
    use egui::Key;
    let named = match key {
        Key::Space => 0x20,
        Key::Enter => 0xff0d,
        Key::Escape => 0xff1b,
        Key::Backspace => 0xff08,
        Key::Tab => 0xff09,
        Key::Delete => 0xffff,
        Key::Insert => 0xff63,
        Key::Home => 0xff50,
        Key::End => 0xff57,
        Key::PageUp => 0xff55,
        Key::PageDown => 0xff56,
        Key::ArrowLeft => 0xff51,
        Key::ArrowUp => 0xff52,
        Key::ArrowRight => 0xff53,
        Key::ArrowDown => 0xff54,
        _ => {
            // Letters and digits: their own lower-case character.
            let mut chars = key.name().chars();
            let (Some(c), None) = (chars.next(), chars.next()) else {
                return None;
            };
            if !c.is_ascii_alphanumeric() {
                return None;
            }
            u32::from(c.to_ascii_lowercase())
        }
    };
    Some(named)
}
