//! What a frame of the busiest window costs in our own code: run by `cargo xtask bench`, optimised.

use std::time::Instant;

use egui::{Pos2, RawInput, Rect, vec2};

use super::rig::Rig;

/// Frames of which the median is told.
const FRAMES: usize = 300;

#[test]
#[ignore = "a measurement, not a proof: cargo xtask bench"]
fn editor_frame() {
    let context = egui::Context::default();
    let mut rig = Rig::playing(0.0);
    let frame = |rig: &mut Rig, i: usize| {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1400.0, 900.0))),
            time: Some(i as f64 / 30.0),
            ..RawInput::default()
        };
        rig.pulse.position = i as f64 * 49.0;
        rig.pulse.bar_index = (rig.pulse.position / 3840.0) as i32;
        rig.pulse.bar_start = music::time::Tick(i64::from(rig.pulse.bar_index) * 3840);
        rig.pulse.peaks[0] = [0.5 + 0.4 * (i % 7) as f32 / 7.0; 2];
        let begun = Instant::now();
        let mut output = context.run_ui(input, |ui| rig.frame(ui));
        let drawn = begun.elapsed().as_secs_f64() * 1000.0;
        output.textures_delta.clear();
        let begun = Instant::now();
        let meshes = context.tessellate(output.shapes, 1.0);
        assert!(!meshes.is_empty());
        (drawn, begun.elapsed().as_secs_f64() * 1000.0)
    };
    let all: Vec<(f64, f64)> = (0..FRAMES).map(|i| frame(&mut rig, i)).collect();
    let median = |of: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = all.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("editor_frame_ms {:.2}", median(|(drawn, _)| *drawn));
    println!("editor_triangles_ms {:.2}", median(|(_, cut)| *cut));
}
