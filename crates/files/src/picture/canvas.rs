//! A canvas of 8-bit colours with anti-aliased boxes and words: all that the picture needs.

use ab_glyph::{Font, FontRef, ScaleFont, point};

/// A colour as 0xRRGGBB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub u32);

/// Where `x` lies in a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// It starts there.
    Left,
    /// It ends there.
    Right,
}

/// Pixels; places and sizes are in points, `zoom` pixels each.
pub(super) struct Canvas {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    zoom: f32,
    pixels: Vec<[u8; 3]>,
    font: FontRef<'static>,
}

impl Canvas {
    pub fn new(width: f32, height: f32, zoom: f32, background: Colour) -> Canvas {
        let (width, height) = (
            (width * zoom).round() as usize,
            (height * zoom).round() as usize,
        );
        let font = FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT)
            .expect("the built-in font is whole");
        Canvas {
            width,
            height,
            zoom,
            pixels: vec![channels(background); width * height],
            font,
        }
    }
    /// The pixels, row by row, three bytes each.
    pub fn rgb(&self) -> Vec<u8> {
        self.pixels.as_flattened().to_vec()
    }
    fn blend(&mut self, x: usize, y: usize, colour: Colour, cover: f32) {
        if x < self.width && y < self.height {
            for (below, above) in self.pixels[y * self.width + x]
                .iter_mut()
                .zip(channels(colour))
            {
                *below = (*below as f32 + (above as f32 - *below as f32) * cover.clamp(0.0, 1.0))
                    .round() as u8;
            }
        }
    }
    /// A box with sharp corners; edges between pixels are blended.
    pub fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour, alpha: f32) {
        self.rounded(x, y, width, height, 0.0, colour, alpha);
    }
    /// A box with round corners.
    #[allow(clippy::too_many_arguments)]
    pub fn rounded(
        &mut self,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        radius: f32,
        colour: Colour,
        alpha: f32,
    ) {
        let [x0, y0, x1, y1] = [x, y, x + width, y + height].map(|v| v * self.zoom);
        let r = (radius * self.zoom)
            .min((x1 - x0) / 2.0)
            .min((y1 - y0) / 2.0)
            .max(0.0);
        for py in y0.floor().max(0.0) as usize..(y1.ceil().max(0.0) as usize).min(self.height) {
            let rows = (y1.min(py as f32 + 1.0) - y0.max(py as f32)).clamp(0.0, 1.0);
            for px in x0.floor().max(0.0) as usize..(x1.ceil().max(0.0) as usize).min(self.width) {
                let columns = (x1.min(px as f32 + 1.0) - x0.max(px as f32)).clamp(0.0, 1.0);
                let (cx, cy) = (px as f32 + 0.5, py as f32 + 0.5);
                let dx = (x0 + r - cx).max(cx - (x1 - r)).max(0.0);
                let dy = (y0 + r - cy).max(cy - (y1 - r)).max(0.0);
                let corner = if dx > 0.0 && dy > 0.0 {
                    (r + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0)
                } else {
                    1.0
                };
                self.blend(px, py, colour, rows * columns * corner * alpha);
            }
        }
    }
    /// Width of a line of text in points.
    pub fn text_width(&self, size: f32, text: &str) -> f32 {
        let font = self.font.as_scaled(size * self.zoom);
        text.chars()
            .map(|c| font.h_advance(font.glyph_id(c)))
            .sum::<f32>()
            / self.zoom
    }
    /// Writes a line with its top at `y`; gives its width in points.
    pub fn text(
        &mut self,
        x: f32,
        y: f32,
        size: f32,
        colour: Colour,
        align: Align,
        text: &str,
    ) -> f32 {
        let width = self.text_width(size, text);
        let left = if align == Align::Right { x - width } else { x };
        let scale = size * self.zoom;
        let font = self.font.clone();
        let scaled = font.as_scaled(scale);
        let mut pen = left * self.zoom;
        let baseline = y * self.zoom + scaled.ascent();
        for c in text.chars() {
            let id = font.glyph_id(c);
            let advance = scaled.h_advance(id);
            if let Some(outline) =
                font.outline_glyph(id.with_scale_and_position(scale, point(pen, baseline)))
            {
                let corner = outline.px_bounds().min;
                outline.draw(|gx, gy, cover| {
                    let (px, py) = (corner.x + gx as f32, corner.y + gy as f32);
                    if px >= 0.0 && py >= 0.0 {
                        // Taste: a light face on a dark ground needs a little more ink.
                        self.blend(px as usize, py as usize, colour, (cover * 1.35).min(1.0));
                    }
                });
            }
            pen += advance;
        }
        width
    }
}

fn channels(colour: Colour) -> [u8; 3] {
    [
        (colour.0 >> 16) as u8,
        (colour.0 >> 8) as u8,
        colour.0 as u8,
    ]
}
