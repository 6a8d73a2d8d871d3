//! Stops: before some sections the rhythm section holds its breath, so that what comes hits.
//!
//! A stop belongs to the bar that it ends; whether there is one follows from the section itself. It is heard from an
//! amount of fills on, as a fill is. The bass asks here too and stops with the drums.

use music::drum::Piece;
use music::note::{Gate, Role};
use music::plan::SectionKind;

use super::kit::{Kit, piece_of};
use crate::dice::Purpose;
use crate::view::BarView;

/// Where everything stops, and from which amount of fills on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Amount of fills from which it is heard.
    pub fills: u8,
}

/// The stop at the end of the bar, if its section makes one.
pub fn stop(view: &BarView) -> Option<Stop> {
    if !view.is_last_of_section() {
        return None;
    }
    // Taste, in percent: builds stop often, whatever leads into a hook now and then, the hook itself never.
    let chance = match view.section.kind {
        SectionKind::Build => 60,
        SectionKind::PreChorus => 28,
        SectionKind::Breakdown => 22,
        SectionKind::Bridge => 15,
        SectionKind::Verse => 8,
        _ => 0,
    };
    let dice = view.section_dice.at(77);
    if !dice.chance(Purpose::Fill, 0, chance) {
        return None;
    }
    // Taste: the last beat; before a drop also the last two, or the last three.
    let beats = match (view.section.kind, dice.throw(Purpose::Fill, 1, 10)) {
        (SectionKind::Build, 5..8) => 2,
        (SectionKind::Build, 8..) => 3,
        _ => 1,
    };
    let starts = view.grid.slots.iter().filter(|s| s.in_beat == 0);
    let count = starts.clone().count();
    let slot = starts
        .skip(count.checked_sub(beats)?)
        .find(|s| s.tick > 0)?;
    Some(Stop {
        tick: slot.tick,
        fills: 15 + dice.throw(Purpose::Fill, 2, 70) as u8,
    })
}

/// Silences what is struck from the stop on, and leads out of it with a stroke or none.
pub fn hold(kit: &mut Kit) {
    let view = kit.view;
    let Some(stop) = stop(view) else { return };
    let from = view.place.start.plus(stop.tick);
    for stroke in kit.out.iter_mut().filter(|s| s.grid >= from) {
        stroke.gate.fills.1 = stroke.gate.fills.1.min(stop.fills - 1);
    }
    kit.out.retain(|s| s.gate.fills.0 <= s.gate.fills.1);
    let players = view.style.drums.players;
    let kicked = kit.out.iter().any(|c| piece_of(c) == Some(Piece::Kick));
    let gate = Gate {
        fills: (stop.fills, 100),
        ..Gate::density(10)
    };
    // Taste: a stroke on the stop itself, so that it sounds meant, in two of three.
    if kicked && view.section_dice.at(77).chance(Purpose::Fill, 3, 66) {
        let role = Role::Fill(Piece::Kick);
        kit.strike(stop.tick, Piece::Kick, 112, gate, role);
    }
    let last = view.grid.slots.iter().rev().find(|s| s.strength >= 1);
    if let Some(last) = last
        && players > 0
        && last.tick > stop.tick
        && view.section_dice.at(77).chance(Purpose::Fill, 4, 45)
    {
        let role = Role::Fill(Piece::Snare);
        kit.strike(last.tick, Piece::Snare, 104, gate, role);
    }
}
