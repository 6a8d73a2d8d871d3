//! The mixer: every strip side by side, with what it does to the sound and how loud it is; the returns; and the
//! master with its meters and what MixAroo decided ([`master`]).

mod compressor;
mod master;
mod picture;
mod strip;

pub use self::picture::History;

use egui::{Rect, Ui, UiBuilder, pos2};
use music::lane::Lane;

use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::theme;

/// Width of the master's part, least and most, points.
const MASTER: (f32, f32) = (270.0, 400.0);
/// Width of the returns, points.
const RETURNS: f32 = 64.0;
/// Widest strip. Taste: wider ones only spread.
const WIDEST: f32 = 148.0;

/// Draws the page.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut rest = rect;
    let width = (rect.width() * 0.36).clamp(MASTER.0, MASTER.1);
    let detail = rest.cut_right(width, theme::GAP);
    rest.cut_right(RETURNS, 4.0);
    let count = Lane::PLAYED.len() as f32;
    let each = ((rest.width() + 4.0) / count - 4.0).min(WIDEST);
    for lane in Lane::PLAYED {
        let place = rest.cut_left(each, 4.0);
        let builder = UiBuilder::new()
            .id_salt(("mixer", lane.index()))
            .max_rect(place);
        ui.scope_builder(builder, |ui| strip::show(ui, place, lane, view, desk, out));
    }
    // Beside the last strip, also where strips are as wide as they get.
    let left = rect.min.x + count * (each + 4.0);
    let returns = Rect::from_min_max(pos2(left, rect.min.y), pos2(left + RETURNS, rect.max.y));
    strip::returns(ui, returns, view, desk);
    master::show(ui, detail, view, desk, out);
}
