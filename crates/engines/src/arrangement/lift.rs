//! The key change of a song's end: the final chorus or drop is lifted by a semitone or two, and stays there.
//!
//! The section before it is told where it leads and how, so that each section still follows from its own
//! attributes alone. A song whose chords the user typed keeps its key: what is typed is meant.

use music::controls::MODULATION;
use music::plan::Form;
use music::technique::Modulation;

use super::returns::final_hook;
use crate::dice::{Dice, Purpose};

/// Semitones of a lift with their weights. Taste: a semitone lifts, three are a stunt.
const LIFTS: [(i8, u8); 3] = [(1, 5), (2, 4), (3, 1)];
/// Ways of getting there with their weights. Taste.
const WAYS: [(Modulation, u8); 3] = [
    (Modulation::Direct, 3),
    (Modulation::Pivot, 3),
    (Modulation::TruckDriver, 4),
];

/// Chance in percent of a lift: the style's while the control stands in the middle, none at 0, always at 100.
pub const fn chance(style: u8, control: u8) -> u32 {
    let (style, control, middle) = (style as u32, control as u32, MODULATION.default as u32);
    let style = if style > 100 { 100 } else { style };
    if control <= middle {
        style * control / middle
    } else {
        style + (100 - style) * (control - middle) / (100 - middle)
    }
}

/// Lifts the end of a composed form, by `percent` chance.
pub fn lift(form: &mut Form, percent: u32, dice: Dice) {
    let Some(hook) = final_hook(form).filter(|hook| *hook > 0) else {
        return;
    };
    if !dice.chance(Purpose::Form, 20, percent) {
        return;
    }
    let by = dice
        .pick(Purpose::Form, 21, &LIFTS.map(|l| l.1))
        .unwrap_or(0);
    let way = dice
        .pick(Purpose::Form, 22, &WAYS.map(|w| w.1))
        .unwrap_or(0);
    let (semitones, modulation) = (LIFTS[by].0, WAYS[way].0);
    for section in &mut form.sections[hook..] {
        section.transpose = semitones;
        section.leads_to = semitones;
    }
    let before = &mut form.sections[hook - 1];
    before.leads_to = semitones;
    before.modulation = modulation;
}
