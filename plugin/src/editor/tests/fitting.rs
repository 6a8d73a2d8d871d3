//! No text is cut off, and nothing lies over the window's edge, in any panel at any size.

use std::collections::BTreeSet;

use super::pictures::{PANELS, rig};
use super::sized;
use crate::editor::widgets::text::cut;

/// Texts that may be as long as a user or a file makes them.
const LONG: [&str; 4] = [
    "torn.json: line 1: it ends in the middle",
    "A song whose name is as long as ",
    "Style: A style of my own whose name is long (missing: Rock plays in its place)",
    "Understood: key B flat, no drums, fast, 512 bars, seven in a bar, a warm pad, no swing, more fills, a sparse bass, \
     energetic, jazzy chords, a lift at the end",
];

/// What is cut off in a window of a size, panel by panel.
fn cut_off(width: f32, height: f32) -> Vec<(&'static str, BTreeSet<String>)> {
    let mut all = Vec::new();
    for (panel, make) in PANELS {
        let mut rig = rig();
        make(&mut rig);
        cut::take();
        let mut harness = sized(rig, width, height);
        cut::take();
        harness.run_steps(2);
        let mut found = cut::take();
        found.retain(|words| !LONG.contains(&words.as_str()));
        if !found.is_empty() {
            all.push((panel, found));
        }
    }
    all
}

#[test]
fn nothing_is_cut_off_in_a_usual_window() {
    for (width, height) in [(1200.0, 760.0), (1280.0, 800.0), (1600.0, 1000.0)] {
        let cut = cut_off(width, height);
        assert!(cut.is_empty(), "{width} x {height}: {cut:#?}");
    }
}

#[test]
fn nothing_is_cut_off_in_the_smallest_window() {
    let cut = cut_off(900.0, 600.0);
    assert!(cut.is_empty(), "{cut:#?}");
}
