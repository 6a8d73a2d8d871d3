//! A rasteriser without a graphics card: egui's triangles into pixels, the same on every machine.
//!
//! Blends as egui's own back ends do: premultiplied, in gamma space, textures between their pixels.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, FullOutput, Rect, TextureId};

/// What a frame is drawn onto.
pub struct Picture {
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// Row by row from the top: red, green, blue.
    pub rgb: Vec<u8>,
}

/// Textures as egui keeps them, from frame to frame.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl Raster {
    /// Takes a frame's new textures.
    pub fn take(&mut self, output: &mut FullOutput) {
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                self.put(id, &delta);
            }
        }
    }

    fn put(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.textures.insert(id, ColorImage::clone(image));
            return;
        };
        let whole = self.textures.get_mut(&id).expect("a patch of a texture");
        for (row, pixels) in image.pixels.chunks_exact(image.size[0]).enumerate() {
            let at = (top + row) * whole.size[0] + left;
            whole.pixels[at..at + pixels.len()].copy_from_slice(pixels);
        }
    }

    /// Draws a frame's triangles at `scale` pixels a point.
    pub fn draw(&self, primitives: &[ClippedPrimitive], size: [usize; 2], scale: f32) -> Picture {
        let mut canvas = Canvas {
            width: size[0],
            height: size[1],
            pixels: vec![[0.0; 3]; size[0] * size[1]],
        };
        for primitive in primitives {
            let Primitive::Mesh(mesh) = &primitive.primitive else {
                continue;
            };
            let texture = &self.textures[&mesh.texture_id];
            canvas.mesh(mesh, texture, primitive.clip_rect * scale, scale);
        }
        Picture {
            width: size[0],
            height: size[1],
            rgb: canvas
                .pixels
                .into_flattened()
                .into_iter()
                .map(|c| c.round().clamp(0.0, 255.0) as u8)
                .collect(),
        }
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 3]>,
}

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
        for corner in mesh.indices.chunks_exact(3) {
            let corners = [corner[0], corner[1], corner[2]].map(|i| mesh.vertices[i as usize]);
            self.triangle(corners, texture, clip, scale);
        }
    }

    fn triangle(&mut self, mut v: [Vertex; 3], texture: &ColorImage, clip: Rect, scale: f32) {
        for corner in &mut v {
            corner.pos = (corner.pos.to_vec2() * scale).to_pos2();
        }
        let doubled = edge(&v[0], &v[1], v[2].pos.x, v[2].pos.y);
        if doubled.abs() < 1e-6 {
            return;
        }
        if doubled < 0.0 {
            v.swap(1, 2);
        }
        let area = doubled.abs();
        let bound = |of: fn(&Vertex) -> f32| {
            let all = [of(&v[0]), of(&v[1]), of(&v[2])];
            (
                all.into_iter().fold(f32::MAX, f32::min),
                all.into_iter().fold(f32::MIN, f32::max),
            )
        };
        let (left, right) = bound(|v| v.pos.x);
        let (top, bottom) = bound(|v| v.pos.y);
        let columns = range(left.max(clip.min.x), right.min(clip.max.x), self.width);
        let rows = range(top.max(clip.min.y), bottom.min(clip.max.y), self.height);
        let plain = (v[0].uv == v[1].uv && v[1].uv == v[2].uv)
            .then(|| sample(texture, v[0].uv.x, v[0].uv.y));
        let colours = v.map(|v| v.color.to_array().map(f32::from));
        // A pixel on an edge that two triangles share belongs to one of them.
        let owns = [(1, 2), (2, 0), (0, 1)].map(|(a, b)| {
            let (dx, dy) = (v[b].pos.x - v[a].pos.x, v[b].pos.y - v[a].pos.y);
            dy < 0.0 || (dy == 0.0 && dx > 0.0)
        });
        for y in rows {
            for x in columns.clone() {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let w = [
                    edge(&v[1], &v[2], px, py),
                    edge(&v[2], &v[0], px, py),
                    edge(&v[0], &v[1], px, py),
                ];
                if w.iter()
                    .zip(owns)
                    .any(|(w, owns)| *w < 0.0 || (*w == 0.0 && !owns))
                {
                    continue;
                }
                let w = w.map(|w| w / area);
                let mixed =
                    |c: usize| w[0] * colours[0][c] + w[1] * colours[1][c] + w[2] * colours[2][c];
                let texel = plain.unwrap_or_else(|| {
                    let u = w[0] * v[0].uv.x + w[1] * v[1].uv.x + w[2] * v[2].uv.x;
                    let t = w[0] * v[0].uv.y + w[1] * v[1].uv.y + w[2] * v[2].uv.y;
                    sample(texture, u, t)
                });
                let cover = 1.0 - mixed(3) / 255.0 * texel[3];
                let pixel = &mut self.pixels[y * self.width + x];
                for c in 0..3 {
                    pixel[c] = mixed(c) * texel[c] + pixel[c] * cover;
                }
            }
        }
    }
}

/// Twice the signed area between an edge and a point.
fn edge(a: &Vertex, b: &Vertex, x: f32, y: f32) -> f32 {
    (b.pos.x - a.pos.x) * (y - a.pos.y) - (b.pos.y - a.pos.y) * (x - a.pos.x)
}

fn range(from: f32, to: f32, most: usize) -> std::ops::Range<usize> {
    let clamp = |v: f32| (v.max(0.0) as usize).min(most);
    clamp(from.floor())..clamp(to.ceil())
}

/// A texture at a place, 0–1, between its four nearest pixels.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let at = |dx: f32, dy: f32| -> [f32; 4] {
        let column = (x.floor() + dx).clamp(0.0, width as f32 - 1.0) as usize;
        let row = (y.floor() + dy).clamp(0.0, height as f32 - 1.0) as usize;
        let color: Color32 = texture.pixels[row * width + column];
        color.to_array().map(|c| f32::from(c) / 255.0)
    };
    let (a, b, c, d) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0), at(1.0, 1.0));
    std::array::from_fn(|i| {
        let upper = a[i] + (b[i] - a[i]) * fx;
        let lower = c[i] + (d[i] - c[i]) * fx;
        upper + (lower - upper) * fy
    })
}
