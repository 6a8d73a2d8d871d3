//! A field that opens a list. The list is a menu: arrows and Enter work, Escape closes it.

use egui::{
    Align2, Popup, PopupCloseBehavior, Rect, RichText, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
};

use super::{button, text};
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::theme;

/// One heading of a list with its entries: (value, words).
pub struct Group {
    /// Heading; empty for none.
    pub title: String,
    /// Entries.
    pub entries: Vec<(usize, String)>,
}

/// A picker over grouped entries. Gives the value that was chosen.
pub fn picker(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    shown: &str,
    chosen: Option<usize>,
    columns: usize,
    groups: impl FnOnce() -> Vec<Group>,
) -> Option<usize> {
    let response = ui.interact(rect, ui.scope_id().with(("picker", name)), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let fill = if open || response.hovered() {
        theme::hovered()
    } else {
        theme::raised()
    };
    let painter = ui.painter();
    theme::control(painter, rect, fill);
    let mut inner = rect.shrink2(egui::vec2(8.0, 0.0));
    inner.max.x -= 12.0;
    text::line(
        painter,
        inner,
        Align2::LEFT_CENTER,
        shown,
        theme::font(theme::BODY),
        theme::text(),
    );
    let tip = egui::pos2(rect.max.x - 11.0, rect.center().y + 2.0);
    painter.line(
        vec![
            tip + egui::vec2(-4.0, -4.0),
            tip,
            tip + egui::vec2(4.0, -4.0),
        ],
        Stroke::new(1.5, theme::text_dim()),
    );
    button::focus_ring(ui, &response);

    let mut picked = None;
    Popup::menu(&response)
        .gap(2.0)
        .width(rect.width().max(150.0 * columns as f32))
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            ui.set_min_width(rect.width().max(150.0 * columns as f32) - 12.0);
            ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
                let groups = groups();
                ui.columns(columns, |uis| {
                    let all: usize = groups.iter().map(|g| g.entries.len() + 1).sum();
                    let tall = all.div_ceil(columns);
                    let (mut at, mut used) = (0, 0);
                    for group in &groups {
                        if used > 0 && used + group.entries.len() > tall + 1 && at + 1 < columns {
                            at += 1;
                            used = 0;
                        }
                        used += group.entries.len() + 1;
                        list(&mut uis[at], group, chosen, &mut picked);
                    }
                });
            });
        });
    picked
}

fn list(ui: &mut Ui, group: &Group, chosen: Option<usize>, picked: &mut Option<usize>) {
    // No gaps between entries: a click between two would close the list and choose nothing.
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().button_padding = egui::vec2(8.0, 4.5);
    if !group.title.is_empty() {
        ui.add_space(2.0);
        ui.label(
            RichText::new(&group.title)
                .size(theme::SMALL)
                .color(theme::text_faint()),
        );
    }
    for (value, words) in &group.entries {
        if ui.selectable_label(chosen == Some(*value), words).clicked() {
            *picked = Some(*value);
        }
    }
}

/// A picker over all steps of a parameter, by the host's own texts.
pub fn steps(
    ui: &mut Ui,
    rect: Rect,
    id: &str,
    name: &str,
    columns: usize,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    let shown = params.shown(id);
    steps_as(ui, rect, id, (name, &shown), columns, params, out);
}

/// The same with words of one's own for what is chosen.
pub fn steps_as(
    ui: &mut Ui,
    rect: Rect,
    id: &str,
    (name, shown): (&str, &str),
    columns: usize,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    let now = params.step(id);
    let count = params.steps(id).unwrap_or(0);
    let entries = || {
        (0..=count)
            .map(|step| (step, params.text(id, params.value_of_step(id, step))))
            .collect::<Vec<_>>()
    };
    let picked = picker(ui, rect, name, shown, Some(now), columns, || {
        let all = entries();
        let tall = all.len().div_ceil(columns).max(1);
        all.chunks(tall)
            .map(|part| Group {
                title: String::new(),
                entries: part.to_vec(),
            })
            .collect()
    });
    if let Some(step) = picked {
        out.change(id, params.value_of_step(id, step));
    }
}
