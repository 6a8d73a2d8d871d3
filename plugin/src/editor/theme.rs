//! Every colour, size and font of the editor, and nothing else.
//!
//! One accent per meaning: [`accent`] is what the user may do or has chosen, [`playing`] is what sounds,
//! [`warning`] and [`error`] are what needs a look, and a lane's colour is that lane wherever it appears.
//! No panel names a colour of its own: it asks here, and gets what the window's [`Look`] says. The look is set
//! at the start of a frame ([`wear`]) for the thread that draws it; windows of one thread take turns.

mod palettes;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals,
};
use music::lane::Lane;
use serde::{Deserialize, Serialize};

use palettes::{Colours, colours};

/// What the colours are made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Base {
    /// Light on dark.
    #[default]
    Dark,
    /// Dark on light.
    Light,
    /// As far apart as can be.
    Contrast,
}

/// How a window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The theme.
    pub base: Base,
    /// Lane colours that the colour-blind tell apart.
    pub safe_lanes: bool,
}

/// The themes, with their words on screen.
pub const BASES: [(Base, &str); 3] = [
    (Base::Dark, "Dark"),
    (Base::Light, "Light"),
    (Base::Contrast, "Contrast"),
];

thread_local! {
    static WORN: Cell<&'static Colours> = const { Cell::new(colours(Look { base: Base::Dark, safe_lanes: false })) };
}

macro_rules! inks {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])* pub fn $name() -> Color32 {
            WORN.get().$name
        })*
    };
}

inks! {
    /// Behind everything.
    background,
    /// A panel.
    panel,
    /// A field or button on a panel.
    raised,
    /// The same under the mouse.
    hovered,
    /// A well that something is drawn or typed into.
    well,
    /// Hairlines between things.
    line,
    /// Grid lines of beats.
    grid_beat,
    /// Grid lines of bars.
    grid_bar,
    /// Text that is read.
    text,
    /// Text beside it: labels, units.
    text_dim,
    /// Text that waits to be needed: hints.
    text_faint,
    /// What the user may do, or has chosen.
    accent,
    /// Fill of the one main button of a row.
    accent_fill,
    /// The same under the mouse.
    accent_fill_hovered,
    /// Text on that fill.
    on_accent,
    /// What plays.
    playing,
    /// What wants a look.
    warning,
    /// What is wrong.
    error,
    /// What a note is lit with while it sounds.
    lit,
}

/// Fills a panel.
pub fn panel_at(painter: &egui::Painter, rect: egui::Rect) {
    edged(painter, rect, ROUND, panel(), WORN.get().edge);
}

/// Fills a control, or a well that something is typed into or chosen in.
pub fn control(painter: &egui::Painter, rect: egui::Rect, fill: Color32) {
    let of = WORN.get();
    let edge = if fill == of.well {
        of.well_edge
    } else {
        of.edge
    };
    edged(painter, rect, ROUND_SMALL, fill, edge);
}

/// A well that something rises or runs along in: a meter, how far something is.
pub fn trough(painter: &egui::Painter, rect: egui::Rect) {
    edged(
        painter,
        rect,
        CornerRadius::same(2),
        well(),
        WORN.get().well_edge,
    );
}

/// Draws the edge of a control that is filled already, where the look has edges.
pub fn edge(painter: &egui::Painter, rect: egui::Rect) {
    edged(
        painter,
        rect,
        ROUND_SMALL,
        Color32::TRANSPARENT,
        WORN.get().edge,
    );
}

/// With an edge where the look has edges.
fn edged(
    painter: &egui::Painter,
    rect: egui::Rect,
    round: CornerRadius,
    fill: Color32,
    edge: Color32,
) {
    let line = match edge {
        Color32::TRANSPARENT => Stroke::NONE,
        ink => Stroke::new(1.0, ink),
    };
    painter.rect(rect, round, fill, line, egui::StrokeKind::Inside);
}

/// A note's colour by its force, 0–127.
pub fn note(base: Color32, velocity: u8) -> Color32 {
    let softest = f32::from(WORN.get().softest) / 100.0;
    let share = softest + (0.98 - softest) * f32::from(velocity) / 127.0;
    mix(well(), base, share)
}

/// How far a note that sounds is on its way to what lights it, and to its ground where it is hollow. Measured: the
/// inside of a hollow one stands out from its ring by 3 to 1 (Reference: WCAG 2.2, 1.4.11).
const LIT: f32 = 0.72;
const HOLLOW: f32 = 0.85;

/// A note's colour while it sounds, and the ring around it if it has one.
pub fn sounding(base: Color32) -> (Color32, Option<Color32>) {
    let of = WORN.get();
    if of.hollow {
        return (mix(base, of.well, HOLLOW), Some(base));
    }
    (mix(base, of.lit, LIT), None)
}

/// Most of the accent in a section's block, and in what lies under its curve. Measured: more leaves its name under
/// 4.5 to 1.
const FULLEST: f32 = 0.36;
const UNDER_CURVE: f32 = 0.14;

/// A section's block, by how far it stands out, 0–1.
pub fn block(strength: f32) -> Color32 {
    mix(raised(), accent(), FULLEST * strength)
}

/// What lies under the curve of energy on a block.
pub fn under_curve(block: Color32) -> Color32 {
    mix(block, accent(), UNDER_CURVE)
}

/// How much of its colour a switch that is on is filled with. Measured: more leaves its letter under 4.5 to 1.
const SWITCHED: f32 = 0.18;

/// Fills a switch that is on, with a ring in its colour.
pub fn switched(painter: &egui::Painter, rect: egui::Rect, color: Color32) {
    let ring = Stroke::new(1.0, color);
    let fill = mix(raised(), color, SWITCHED);
    painter.rect(rect, ROUND_SMALL, fill, ring, egui::StrokeKind::Inside);
}

/// Fills a control that waits: no edge, so that it looks like none.
pub fn waiting(painter: &egui::Painter, rect: egui::Rect) {
    painter.rect_filled(rect, ROUND_SMALL, mix(panel(), well(), 0.5));
}

/// A lane's colour.
pub fn lane(lane: Lane) -> Color32 {
    WORN.get().lanes[lane.index()]
}

/// Space between panels and around the window, points.
pub const GAP: f32 = 6.0;
/// Space inside a panel.
pub const PAD: f32 = 10.0;
/// Height of a field or button.
pub const CONTROL_HEIGHT: f32 = 26.0;
/// Corners of panels.
pub const ROUND: CornerRadius = CornerRadius::same(6);
/// Corners of fields and buttons.
pub const ROUND_SMALL: CornerRadius = CornerRadius::same(4);
/// Smallest window, points.
pub const MIN_SIZE: (f32, f32) = (900.0, 600.0);
/// Window of a new instance, points.
pub const DEFAULT_SIZE: (f32, f32) = (1200.0, 760.0);

/// `share` of the way from one colour to another.
pub fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share.clamp(0.0, 1.0))
}

/// Running text, points.
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Figures that must not wobble while they run.
pub fn figures(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Figures on scales and in corners of pictures: the smallest text that there is.
pub const TINY: f32 = 10.0;
/// Labels under knobs and beside fields.
pub const SMALL: f32 = 11.0;
/// Text of fields and buttons.
pub const BODY: f32 = 13.0;
/// Names of things that head a row.
pub const TITLE: f32 = 14.5;

/// Has this thread draw in `look` from here on, and egui's own widgets as well. Called at the start of a frame.
pub fn wear(context: &Context, look: Look) {
    WORN.set(colours(look));
    let key = egui::Id::unique("look");
    if context.data(|data| data.get_temp::<Look>(key)) != Some(look) {
        context.data_mut(|data| data.insert_temp(key, look));
        install(context, look);
        // What this frame began with is still dressed as before.
        context.request_repaint();
    }
}

fn install(context: &Context, look: Look) {
    context.set_theme(match look.base {
        Base::Light => egui::Theme::Light,
        Base::Dark | Base::Contrast => egui::Theme::Dark,
    });
    context.options_mut(|options| options.zoom_with_keyboard = false);
    context.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, font(SMALL)),
            (TextStyle::Body, font(BODY)),
            (TextStyle::Button, font(BODY)),
            (TextStyle::Heading, font(TITLE)),
            (TextStyle::Monospace, figures(BODY)),
        ]
        .into();
        style.animation_time = 0.08;
        style.spacing.item_spacing = egui::vec2(6.0, 4.0);
        style.spacing.button_padding = egui::vec2(8.0, 4.0);
        style.spacing.menu_margin = Margin::same(6);
        // What goes on below is seen without a mouse over it.
        style.spacing.scroll.dormant_handle_opacity = 0.6;
        style.interaction.tooltip_delay = 0.5;
        style.interaction.selectable_labels = false;
        style.visuals = visuals(look);
    });
}

fn visuals(look: Look) -> Visuals {
    let mut v = match look.base {
        Base::Light => Visuals::light(),
        Base::Dark | Base::Contrast => Visuals::dark(),
    };
    v.panel_fill = background();
    v.window_fill = panel();
    v.window_stroke = Stroke::new(1.0, line());
    v.window_corner_radius = ROUND;
    v.menu_corner_radius = ROUND;
    v.popup_shadow = Shadow {
        offset: [0, 6],
        blur: 18,
        spread: 0,
        color: Color32::from_black_alpha(match look.base {
            Base::Light => 70,
            Base::Dark | Base::Contrast => 120,
        }),
    };
    v.extreme_bg_color = well();
    v.text_edit_bg_color = Some(well());
    v.override_text_color = None;
    v.weak_text_color = Some(text_dim());
    v.selection.bg_fill = accent_fill();
    v.selection.stroke = Stroke::new(1.0, on_accent());
    v.text_cursor.blink = false;
    v.text_cursor.stroke = Stroke::new(1.5, accent());
    for (widget, fill, ink) in [
        (&mut v.widgets.noninteractive, panel(), text_dim()),
        (&mut v.widgets.inactive, raised(), text()),
        (&mut v.widgets.hovered, hovered(), text()),
        (&mut v.widgets.active, hovered(), text()),
        (&mut v.widgets.open, hovered(), text()),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::NONE;
        widget.fg_stroke = Stroke::new(1.0, ink);
        widget.corner_radius = ROUND_SMALL;
        widget.expansion = 0.0;
    }
    v
}
