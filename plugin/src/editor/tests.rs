//! The panels driven without a host: clicked, dragged and typed through, with what they asked for checked.

mod arranging;
mod browsing;
mod carrying;
mod controls;
mod cost;
mod exporting;
mod fitting;
mod importing;
mod lanes;
mod learning;
mod looking;
mod mixer;
mod mixing;
mod moving;
mod pictures;
mod prompting;
mod refining;
pub mod rig;
mod settings;
mod sound;
mod spelling;
mod stillness;
mod turning;
mod undoing;
mod walking;
mod writing;

use egui_kittest::Harness;

use rig::Rig;

/// A window of the usual size over a rig.
fn window(rig: Rig) -> Harness<'static, Rig> {
    sized(rig, 1200.0, 760.0)
}

/// The harness puts this much around what it draws, points.
const MARGIN: f32 = 8.0;

fn sized(rig: Rig, width: f32, height: f32) -> Harness<'static, Rig> {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(width, height) + egui::Vec2::splat(2.0 * MARGIN))
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(|ui, rig: &mut Rig| rig.frame(ui), rig);
    for _ in 0..3 {
        harness.step();
    }
    harness
}

/// What was asked for since the last call, in short: `begin id`, `set id 0.600`, `end id`, or the command.
fn asked(harness: &mut Harness<'static, Rig>) -> Vec<String> {
    use crate::editor::access::Wish;
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    let short = |wish: &Wish| match wish {
        Wish::Begin(id) => format!("begin {id}"),
        Wish::Set(id, value) => format!("set {id} {value:.3}"),
        Wish::End(id) => format!("end {id}"),
        Wish::Command(command) => format!("{command:?}"),
        Wish::Carry(scope) => format!("carry {scope:?}"),
        Wish::Zoom(percent) => format!("zoom {percent}"),
    };
    wishes.iter().map(short).collect()
}
