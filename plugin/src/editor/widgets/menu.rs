//! The menu of a right-click on a control: its default, a value to type or copy, and how the host automates it or
//! has a controller turn it.
//!
//! Controllers are the host's to learn: MuseAroo's MIDI input takes notes only. A host learns what was touched last,
//! so touching is on the menu.

use egui::{Popup, PopupCloseBehavior, Response, RichText, Ui};

use super::gesture;
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::theme;

/// How hosts have a controller turn a parameter.
/// Reference: the hosts' own manuals; none was tried here.
const LEARN: [(&str, &str); 6] = [
    ("Live", "Configure on the device, touch, then MIDI map mode"),
    ("REAPER", "touch, then Param, Learn in the FX window"),
    (
        "Bitwig",
        "touch, then map it on the device's remote controls",
    ),
    ("Cubase", "touch, then Quick Controls or MIDI Remote"),
    ("FL Studio", "touch, then Tools, Last tweaked, Link"),
    (
        "Ardour",
        "Ctrl and middle-click on it in the generic controls",
    ),
];

/// Shows the menu of `id` while it is open; `name` is what the window calls it.
pub fn show(
    ui: &Ui,
    response: &Response,
    id: &str,
    name: &str,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    Popup::context_menu(response)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|menu| {
            menu.set_min_width(250.0);
            menu.spacing_mut().item_spacing.y = 1.0;
            let value = params.value(id);
            let shown = params.text(id, value);
            let rest = params.default_value(id);
            faint(menu, &format!("{name}: {shown}"));
            if entry(menu, &format!("Set to {}", params.text(id, rest)), "The default.") {
                out.change(id, rest);
            }
            if entry(menu, "Type a value\u{2026}", "Enter sets it, Escape leaves it.") {
                gesture::start_typing(ui, response.id, shown.clone());
            }
            if entry(menu, "Copy the value", "As text.") {
                menu.ctx().copy_text(shown);
            }
            menu.separator();
            faint(menu, &format!("In the host: \u{201c}{}\u{201d}", params.name(id)));
            let hint = "Tells the host that it was touched, without a change: what it then shows as touched \
                        last can be automated or learnt.";
            if entry(menu, "Touch for the host", hint) {
                out.change(id, value);
            }
            let words = LEARN.map(|(host, how)| format!("{host}: {how}."));
            let how = format!(
                "The host learns the controller, keeps it with the project and can automate what it does.\n{}",
                words.join("\n")
            );
            let learn = menu.selectable_label(false, "Turn it by a MIDI controller\u{2026}");
            learn.on_hover_text(how);
        });
}

fn faint(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).size(theme::SMALL);
    ui.label(words.color(theme::text_faint()));
}

fn entry(ui: &mut Ui, words: &str, hint: &str) -> bool {
    let response = ui.selectable_label(false, words);
    response.on_hover_text(hint).clicked()
}
