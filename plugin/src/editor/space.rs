//! Cutting a rectangle into the places of things: the whole layout of the editor is cuts from the edges in,
//! so that nothing moves when a text or a value changes.

use egui::{Rect, pos2};

/// Cuts strips off a rectangle, each with a gap after it.
pub trait Cut {
    /// The upper `height`; `self` keeps the rest below the gap.
    fn cut_top(&mut self, height: f32, gap: f32) -> Rect;
    /// The lower `height`.
    fn cut_bottom(&mut self, height: f32, gap: f32) -> Rect;
    /// The left `width`.
    fn cut_left(&mut self, width: f32, gap: f32) -> Rect;
    /// The right `width`.
    fn cut_right(&mut self, width: f32, gap: f32) -> Rect;
    /// A band of `height` across the middle.
    fn middle(&self, height: f32) -> Rect;
}

impl Cut for Rect {
    fn cut_top(&mut self, height: f32, gap: f32) -> Rect {
        let height = height.min(self.height()).max(0.0);
        let cut = Rect::from_min_max(self.min, pos2(self.max.x, self.min.y + height));
        self.min.y = (self.min.y + height + gap).min(self.max.y);
        cut
    }
    fn cut_bottom(&mut self, height: f32, gap: f32) -> Rect {
        let height = height.min(self.height()).max(0.0);
        let cut = Rect::from_min_max(pos2(self.min.x, self.max.y - height), self.max);
        self.max.y = (self.max.y - height - gap).max(self.min.y);
        cut
    }
    fn cut_left(&mut self, width: f32, gap: f32) -> Rect {
        let width = width.min(self.width()).max(0.0);
        let cut = Rect::from_min_max(self.min, pos2(self.min.x + width, self.max.y));
        self.min.x = (self.min.x + width + gap).min(self.max.x);
        cut
    }
    fn cut_right(&mut self, width: f32, gap: f32) -> Rect {
        let width = width.min(self.width()).max(0.0);
        let cut = Rect::from_min_max(pos2(self.max.x - width, self.min.y), self.max);
        self.max.x = (self.max.x - width - gap).max(self.min.x);
        cut
    }
    fn middle(&self, height: f32) -> Rect {
        let top = (self.center().y - height / 2.0).round();
        Rect::from_min_max(pos2(self.min.x, top), pos2(self.max.x, top + height))
    }
}

/// Splits a rectangle into `n` columns of equal width.
pub fn columns(rect: Rect, n: usize) -> impl Iterator<Item = Rect> {
    let width = rect.width() / n.max(1) as f32;
    (0..n).map(move |i| {
        let left = rect.min.x + width * i as f32;
        Rect::from_min_max(
            pos2(left.round(), rect.min.y),
            pos2((left + width).round(), rect.max.y),
        )
    })
}

/// The same with a gap between any two: the first and the last end where the rectangle does.
pub fn apart(rect: Rect, n: usize, gap: f32) -> impl Iterator<Item = Rect> {
    let wider = rect.with_max_x(rect.max.x + gap);
    columns(wider, n).map(move |column| column.with_max_x(column.max.x - gap))
}
