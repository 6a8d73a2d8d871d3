//! A layer against the beat: so many strokes over so many beats, once complexity is high or the user asks.
//! Its strokes are exact to the tick and never swing.

use heapless::Vec;
use music::drum::Piece;
use music::note::{Gate, Role};
use music::technique::Rhythm;

use super::kit::Kit;
use super::skeleton;
use crate::dice::Purpose;
use crate::schillinger::stroke_tick;

/// Taste: complexity from which the layer may be heard, and how far chance may put it off.
const FROM: u8 = 68;
const LATER: u32 = 30;
/// Density from which it is heard. Taste.
const DENSITY: u8 = 48;

/// Writes the layer that was asked for, else the style's.
pub fn layer(kit: &mut Kit) {
    match kit.view.rhythm() {
        Rhythm::Polyrhythm(strokes, beats) => asked(kit, strokes.max(1), beats.max(1)),
        _ => style(kit),
    }
}

/// The layer that was asked for: even strokes from the section's start on, across bar lines.
fn asked(kit: &mut Kit, strokes: u8, beats: u8) {
    let (grid, piece) = (kit.view.grid, voice(kit));
    let round = beats as i64 * 4 * grid.step_ticks();
    // The first stroke whose tick, rounded down, lies in the bar.
    let mut number = (grid.section_tick * strokes as i64 + round - 1) / round;
    loop {
        let tick = stroke_tick(number, strokes, round) - grid.section_tick;
        if tick >= grid.bar_ticks {
            return;
        }
        let velocity = if number % strokes as i64 == 0 { 96 } else { 78 };
        kit.strike(tick, piece, velocity, Gate::OPEN, Role::Polyrhythm(piece));
        number += 1;
    }
}

/// The style's layer, over as many whole rounds as the bar holds.
fn style(kit: &mut Kit) {
    let view = kit.view;
    let (strokes, beats) = view.style.drums.polyrhythm;
    if strokes == 0 || beats == 0 {
        return;
    }
    let mut starts: Vec<i64, 40> = Vec::new();
    for slot in view.grid.slots.iter().filter(|s| s.in_beat == 0) {
        let _ = starts.push(slot.tick);
    }
    let _ = starts.push(view.place.meter.bar_ticks());
    let complexity = FROM + kit.dice.throw(Purpose::Accent, 5000, LATER) as u8;
    let gate = Gate {
        complexity,
        ..Gate::density(DENSITY)
    };
    let piece = voice(kit);
    let beats = beats as usize;
    let mut round = 0;
    while round + beats < starts.len() {
        let (from, to) = (starts[round], starts[round + beats]);
        for k in 0..strokes as i64 {
            let velocity = if k == 0 { 84 } else { 70 };
            let tick = from + (to - from) * k / strokes as i64;
            kit.strike(tick, piece, velocity, gate, Role::Polyrhythm(piece));
        }
        round += beats;
    }
}

/// What the layer is struck on: something of the kit that the groove leaves free.
fn voice(kit: &Kit) -> Piece {
    let groove = skeleton::groove(kit.view);
    let plays = |piece| groove.is_some_and(|g| g.lines.iter().any(|l| l.piece == piece));
    match kit.view.style.drums.players {
        0 if plays(Piece::Cowbell) => Piece::Rim,
        0 => Piece::Cowbell,
        _ if plays(Piece::Ride) => Piece::RideBell,
        _ if plays(Piece::CongaHigh) => Piece::Cowbell,
        _ => Piece::TomLow,
    }
}
