//! Every colour, size and font of the editor, and nothing else.
//!
//! One accent per meaning: `ACCENT` is what the user may do or has chosen, `PLAYING` is what sounds,
//! `WARNING` and `ERROR` are what needs a look, and a lane's colour is that lane wherever it appears.
//! No panel names a colour of its own.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals,
};
use music::lane::Lane;

/// Behind everything.
pub const BACKGROUND: Color32 = Color32::from_rgb(0x12, 0x14, 0x18);
/// A panel.
pub const PANEL: Color32 = Color32::from_rgb(0x1a, 0x1d, 0x23);
/// A field or button on a panel.
pub const RAISED: Color32 = Color32::from_rgb(0x25, 0x29, 0x31);
/// The same under the mouse.
pub const HOVERED: Color32 = Color32::from_rgb(0x30, 0x35, 0x40);
/// A well that something is drawn or typed into.
pub const WELL: Color32 = Color32::from_rgb(0x0e, 0x10, 0x13);
/// Hairlines between things.
pub const LINE: Color32 = Color32::from_rgb(0x2c, 0x31, 0x3a);
/// Grid lines of beats.
pub const GRID_BEAT: Color32 = Color32::from_rgb(0x1c, 0x20, 0x26);
/// Grid lines of bars.
pub const GRID_BAR: Color32 = Color32::from_rgb(0x30, 0x35, 0x3f);
/// Text that is read.
pub const TEXT: Color32 = Color32::from_rgb(0xe8, 0xea, 0xee);
/// Text beside it: labels, units.
pub const TEXT_DIM: Color32 = Color32::from_rgb(0xa4, 0xab, 0xb8);
/// Text that waits to be needed: hints.
pub const TEXT_FAINT: Color32 = Color32::from_rgb(0x80, 0x88, 0x96);
/// What the user may do, or has chosen.
pub const ACCENT: Color32 = Color32::from_rgb(0x8b, 0x9b, 0xff);
/// Fill of the one main button of a row.
pub const ACCENT_FILL: Color32 = Color32::from_rgb(0x4c, 0x5b, 0xd4);
/// The same under the mouse.
pub const ACCENT_FILL_HOVERED: Color32 = Color32::from_rgb(0x5d, 0x6c, 0xe8);
/// What plays.
pub const PLAYING: Color32 = Color32::from_rgb(0x55, 0xd6, 0x92);
/// What wants a look.
pub const WARNING: Color32 = Color32::from_rgb(0xf3, 0xb9, 0x4f);
/// What is wrong.
pub const ERROR: Color32 = Color32::from_rgb(0xf4, 0x6d, 0x75);

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

/// A lane's colour.
pub const fn lane(lane: Lane) -> Color32 {
    match lane {
        Lane::Drums => Color32::from_rgb(0xf4, 0x7f, 0x72),
        Lane::Bass => Color32::from_rgb(0xf3, 0xa9, 0x5f),
        Lane::Harmony => Color32::from_rgb(0xe6, 0xd2, 0x63),
        Lane::Texture => Color32::from_rgb(0x63, 0xd2, 0xa8),
        Lane::Melody => Color32::from_rgb(0x67, 0xb7, 0xf7),
        Lane::Vocal => Color32::from_rgb(0xb7, 0x94, 0xf4),
    }
}

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

/// Labels under knobs and beside fields.
pub const SMALL: f32 = 11.0;
/// Text of fields and buttons.
pub const BODY: f32 = 13.0;
/// Names of things that head a row.
pub const TITLE: f32 = 14.5;

/// Puts the theme on an egui context. Called once when a window opens.
pub fn install(context: &Context) {
    context.set_theme(egui::Theme::Dark);
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
        style.interaction.tooltip_delay = 0.5;
        style.interaction.selectable_labels = false;
        style.visuals = visuals();
    });
}

fn visuals() -> Visuals {
    let mut v = Visuals::dark();
    v.panel_fill = BACKGROUND;
    v.window_fill = PANEL;
    v.window_stroke = Stroke::new(1.0, HOVERED);
    v.window_corner_radius = ROUND;
    v.menu_corner_radius = ROUND;
    v.popup_shadow = Shadow {
        offset: [0, 6],
        blur: 18,
        spread: 0,
        color: Color32::from_black_alpha(150),
    };
    v.extreme_bg_color = WELL;
    v.text_edit_bg_color = Some(WELL);
    v.override_text_color = None;
    v.weak_text_color = Some(TEXT_DIM);
    v.selection.bg_fill = ACCENT_FILL;
    v.selection.stroke = Stroke::new(1.0, TEXT);
    v.text_cursor.blink = false;
    v.text_cursor.stroke = Stroke::new(1.5, ACCENT);
    for (widget, fill, text) in [
        (&mut v.widgets.noninteractive, PANEL, TEXT_DIM),
        (&mut v.widgets.inactive, RAISED, TEXT),
        (&mut v.widgets.hovered, HOVERED, TEXT),
        (&mut v.widgets.active, HOVERED, TEXT),
        (&mut v.widgets.open, HOVERED, TEXT),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::NONE;
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = ROUND_SMALL;
        widget.expansion = 0.0;
    }
    v
}
