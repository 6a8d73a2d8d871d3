//! The palettes as tables: what each theme looks like, in two sets of lane colours each.
//!
//! Every ink stands out from every ground that it is written on by at least 4.5 to 1, and every lane from its
//! ground by at least 3 to 1 (Reference: WCAG 2.2, 1.4.3 and 1.4.11); the tests measure it. Hues: Taste.

use egui::Color32;
use music::lane::LANES;

use super::{Base, Look};

/// Every colour of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Behind everything.
    pub background: Color32,
    /// A panel.
    pub panel: Color32,
    /// A field or button on a panel.
    pub raised: Color32,
    /// The same under the mouse.
    pub hovered: Color32,
    /// A well that something is drawn or typed into.
    pub well: Color32,
    /// Hairlines between things.
    pub line: Color32,
    /// Around controls and panels; none where fills tell them apart.
    pub edge: Color32,
    /// Around wells; none where they are seen without.
    pub well_edge: Color32,
    /// How much of a lane's colour its softest note has, percent.
    pub softest: u8,
    /// Grid lines of beats.
    pub grid_beat: Color32,
    /// Grid lines of bars.
    pub grid_bar: Color32,
    /// Text that is read.
    pub text: Color32,
    /// Text beside it: labels, units.
    pub text_dim: Color32,
    /// Text that waits to be needed: hints.
    pub text_faint: Color32,
    /// What the user may do, or has chosen.
    pub accent: Color32,
    /// Fill of the one main button of a row.
    pub accent_fill: Color32,
    /// The same under the mouse.
    pub accent_fill_hovered: Color32,
    /// Text on that fill.
    pub on_accent: Color32,
    /// What plays.
    pub playing: Color32,
    /// What wants a look.
    pub warning: Color32,
    /// What is wrong.
    pub error: Color32,
    /// What a note is lit with while it sounds.
    pub lit: Color32,
    /// Whether a note is hollow while it sounds: for lanes that are about as dark or light as `lit`.
    pub hollow: bool,
    /// The lanes, in the order of `Lane::ALL`.
    pub lanes: [Color32; LANES],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn six(hexes: [u32; LANES]) -> [Color32; LANES] {
    let mut lanes = [Color32::BLACK; LANES];
    let mut i = 0;
    while i < LANES {
        lanes[i] = rgb(hexes[i]);
        i += 1;
    }
    lanes
}

/// Light on dark.
const DARK: Colours = Colours {
    background: rgb(0x121418),
    panel: rgb(0x1a1d23),
    raised: rgb(0x252931),
    hovered: rgb(0x303540),
    well: rgb(0x0e1013),
    line: rgb(0x2c313a),
    edge: Color32::TRANSPARENT,
    well_edge: Color32::TRANSPARENT,
    softest: 38,
    grid_beat: rgb(0x1c2026),
    grid_bar: rgb(0x30353f),
    text: rgb(0xe8eaee),
    text_dim: rgb(0xb0b7c4),
    text_faint: rgb(0x98a0ae),
    accent: rgb(0x9aa8ff),
    accent_fill: rgb(0x4c5bd4),
    accent_fill_hovered: rgb(0x5564dc),
    on_accent: rgb(0xffffff),
    playing: rgb(0x55d692),
    warning: rgb(0xf3b94f),
    error: rgb(0xf9858c),
    lit: rgb(0xffffff),
    hollow: false,
    lanes: six([0xf47f72, 0xf3a95f, 0xe6d263, 0x63d2a8, 0x67b7f7, 0xb794f4]),
};

/// Dark on light.
const LIGHT: Colours = Colours {
    background: rgb(0xd3d8e1),
    panel: rgb(0xf3f5f8),
    raised: rgb(0xe2e6ed),
    hovered: rgb(0xc9d0dc),
    well: rgb(0xffffff),
    line: rgb(0xc6ccd6),
    edge: Color32::TRANSPARENT,
    well_edge: rgb(0xc6ccd6),
    softest: 52,
    grid_beat: rgb(0xeceff3),
    grid_bar: rgb(0xcfd5de),
    text: rgb(0x14171c),
    text_dim: rgb(0x3f4653),
    text_faint: rgb(0x4e5663),
    accent: rgb(0x2f3cae),
    accent_fill: rgb(0x4351c9),
    accent_fill_hovered: rgb(0x3543b4),
    on_accent: rgb(0xffffff),
    playing: rgb(0x046035),
    warning: rgb(0x7a4b00),
    error: rgb(0xa81e2b),
    lit: rgb(0x000000),
    hollow: false,
    lanes: six([0xc8402f, 0xb35f00, 0x857000, 0x0f8562, 0x1c6fc4, 0x7a4bd0]),
};

/// As far apart as can be.
const CONTRAST: Colours = Colours {
    background: rgb(0x000000),
    panel: rgb(0x0a0a0a),
    raised: rgb(0x1e1e1e),
    hovered: rgb(0x353535),
    well: rgb(0x000000),
    line: rgb(0x8a8a8a),
    edge: rgb(0x8a8a8a),
    well_edge: rgb(0x8a8a8a),
    softest: 72,
    grid_beat: rgb(0x2c2c2c),
    grid_bar: rgb(0x606060),
    text: rgb(0xffffff),
    text_dim: rgb(0xe6e6e6),
    text_faint: rgb(0xcfcfcf),
    accent: rgb(0xffe14a),
    accent_fill: rgb(0xffe14a),
    accent_fill_hovered: rgb(0xfff0a0),
    on_accent: rgb(0x000000),
    playing: rgb(0x4dff9a),
    warning: rgb(0xffb84d),
    error: rgb(0xff9090),
    lit: rgb(0xffffff),
    hollow: true,
    lanes: six([0xff8a7a, 0xffb465, 0xfff07a, 0x6ff0c0, 0x7cc6ff, 0xcfb0ff]),
};

/// Lane colours apart in lightness as well as in hue. Measured: a search for the greatest least distance in
/// OKLab over usual sight and the three simulated kinds of colour blindness, then rounded by eye.
const SAFE_ON_DARK: [Color32; LANES] =
    six([0xcc5210, 0xc8b718, 0xffff87, 0x46a8b3, 0x75e8ff, 0x9e4ff0]);
/// The same, dark enough for light grounds.
const SAFE_ON_LIGHT: [Color32; LANES] =
    six([0xc2620f, 0x7c2d00, 0x101010, 0x2079b0, 0x0302b7, 0x4a0060]);

const fn safe(of: Colours, lanes: [Color32; LANES]) -> Colours {
    Colours {
        lanes,
        hollow: true,
        ..of
    }
}

static DARK_USUAL: Colours = DARK;
static DARK_SAFE: Colours = safe(DARK, SAFE_ON_DARK);
static LIGHT_USUAL: Colours = LIGHT;
static LIGHT_SAFE: Colours = safe(LIGHT, SAFE_ON_LIGHT);
static CONTRAST_USUAL: Colours = CONTRAST;
static CONTRAST_SAFE: Colours = safe(CONTRAST, SAFE_ON_DARK);

/// The colours of a look.
pub const fn colours(look: Look) -> &'static Colours {
    match (look.base, look.safe_lanes) {
        (Base::Dark, false) => &DARK_USUAL,
        (Base::Dark, true) => &DARK_SAFE,
        (Base::Light, false) => &LIGHT_USUAL,
        (Base::Light, true) => &LIGHT_SAFE,
        (Base::Contrast, false) => &CONTRAST_USUAL,
        (Base::Contrast, true) => &CONTRAST_SAFE,
    }
}
