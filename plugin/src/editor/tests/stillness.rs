use egui::{Pos2, RawInput, Rect, vec2};

use super::rig::Rig;

fn output(context: &egui::Context, rig: &mut Rig, time: f64) -> egui::FullOutput {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1400.0, 900.0))),
        time: Some(time),
        ..RawInput::default()
    };
    let mut output = context.run_ui(input, |ui| rig.frame(ui));
    output.textures_delta.clear();
    output
}

/// How long the window would sleep after this frame.
fn frame(context: &egui::Context, rig: &mut Rig, time: f64) -> std::time::Duration {
    output(context, rig, time).viewport_output[&egui::ViewportId::ROOT].repaint_delay
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let context = egui::Context::default();
    let mut rig = Rig::default();
    for i in 0..6 {
        frame(&context, &mut rig, f64::from(i) * 0.1);
    }
    assert_eq!(frame(&context, &mut rig, 1.0), std::time::Duration::MAX);
    rig.desk.drawer = crate::editor::desk::Drawer::Settings;
    for i in 0..6 {
        frame(&context, &mut rig, 1.1 + f64::from(i) * 0.1);
    }
    assert_eq!(
        frame(&context, &mut rig, 3.0),
        std::time::Duration::MAX,
        "an open drawer is still as well"
    );
}

#[test]
fn playing_does_not_spin_by_itself() {
    // The audio thread asks for frames while it plays; panels must not add their own.
    let context = egui::Context::default();
    let mut rig = Rig::playing(4.0);
    for i in 0..6 {
        frame(&context, &mut rig, f64::from(i) * 0.033);
    }
    assert_eq!(frame(&context, &mut rig, 0.3), std::time::Duration::MAX);
}

#[test]
fn only_notes_in_view_are_drawn() {
    let shapes = |bars: f32| {
        let context = egui::Context::default();
        let mut rig = Rig::default();
        rig.desk.state.bars_shown = bars;
        for i in 0..3 {
            frame(&context, &mut rig, f64::from(i) * 0.1);
        }
        let output = output(&context, &mut rig, 1.0);
        let vertices = |shape: &egui::epaint::ClippedShape| match &shape.shape {
            egui::Shape::Mesh(mesh) => mesh.vertices.len(),
            _ => 0,
        };
        output.shapes.iter().map(vertices).sum::<usize>()
    };
    let (few, many) = (shapes(2.0), shapes(32.0));
    assert!(few * 5 < many, "two bars: {few} vertices, 32 bars: {many}");
}
