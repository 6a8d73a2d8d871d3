//! Kick and snare leave the beat as syncopation rises, and come home to it as it falls.
//!
//! At 50 % the groove is as written. Above, strokes on later beats are played a sixteenth or an eighth early, silent
//! beats get a stroke before them, a bar line is anticipated from the bar before, and last of all a backbeat steps
//! aside. Below, strokes off the beat come home to the next one or rest, and silent strong beats are marked. Each
//! stroke and its alternate shut each other's gates, so exactly one of them is heard; every step of it lays more
//! (or less) weight off the beat, whatever the style. Where it happens belongs to the section's kind, so that a
//! syncopated chorus returns as itself.
//!
//! Reference: H. C. Longuet-Higgins & C. S. Lee, "The Rhythmic Interpretation of Monophonic Music", 1984: a note
//! is syncopated as far as the next stronger place is silent.

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};

use super::kit::{Kit, piece_of};
use crate::dice::{Dice, Purpose};
use crate::placement::{Slot, density_gate};
use crate::syncopation::{BAR_LINES_FROM, FROM, UP_TO, bar_line_pushed, is_carried, next_stronger};

/// Density from which added strokes are heard. Taste: a little under the default.
const ADDED: u8 = 5;
/// Taste: syncopation from which a backbeat may step aside.
const BACKBEAT_FROM: u8 = 76;
const BACKBEAT_SPREAD: u32 = 14;

/// The strokes that make the figure of the groove.
const BODY: [Piece; 4] = [Piece::Kick, Piece::Snare, Piece::Clap, Piece::Rim];

fn is_body(piece: Option<Piece>) -> bool {
    piece.is_some_and(|p| BODY.contains(&p))
}

/// Where thresholds come from: the kind's own place, drawn a little apart from bar to bar.
struct Thresholds {
    kind: Dice,
    bar: Dice,
}

impl Thresholds {
    fn draw(&self, (from, to): (u8, u8), purpose: u32, slot: &Slot) -> u8 {
        let place = purpose * 100 + slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
        let width = (to - from) as u32;
        // Taste: four fifths the section's, one fifth the bar's.
        let own = self.kind.throw(Purpose::Accent, place, width * 4 / 5 + 1);
        let jitter = self.bar.throw(Purpose::Accent, place, width / 5 + 1);
        from + (own + jitter).min(width) as u8
    }
}

/// Writes the alternates of what the groove plays.
pub fn displace(kit: &mut Kit) {
    let thresholds = Thresholds {
        kind: kit.view.kind_dice.lane(Lane::Drums).at(3),
        bar: kit.dice,
    };
    let written = kit.out.len();
    if !kit.out.iter().any(|c| is_body(piece_of(c))) {
        return;
    }
    for index in 0..written {
        let stroke = kit.out[index];
        let tick = kit.tick_of(&stroke);
        let Some((place, slot)) = kit.view.grid.slot_at(tick) else {
            continue;
        };
        let slot = *slot;
        match piece_of(&stroke) {
            Some(Piece::Kick) if slot.strength >= 2 && tick > 0 => {
                leave_beat(kit, index, &slot, thresholds.draw(FROM, 1, &slot));
            }
            Some(Piece::Kick) if slot.strength < 2 && silent_after(kit, place) => {
                come_home(kit, index, place, thresholds.draw(UP_TO, 2, &slot));
            }
            // Soft snare strokes off the beat rest.
            Some(Piece::Snare | Piece::Rim | Piece::Clap)
                if slot.strength < 2 && silent_after(kit, place) =>
            {
                kit.out[index].gate.syncopation.0 = thresholds.draw(UP_TO, 3, &slot);
            }
            _ => {}
        }
    }
    for place in 0..kit.view.grid.slots.len() {
        let slot = kit.view.grid.slots[place];
        if slot.strength >= 2 && !kit.has(slot.tick, &BODY) {
            before_silence(kit, &slot, thresholds.draw(FROM, 4, &slot));
        }
    }
    mark_beats(kit, &thresholds);
    push_bar_lines(kit, written);
    step_aside(kit, written, &thresholds);
}

/// Whether nothing of the body is struck on the next stronger place; the next bar line is as this one.
fn silent_after(kit: &Kit, place: usize) -> bool {
    let next = next_stronger(&kit.view.grid.slots, place).unwrap_or(0);
    !kit.has(next, &BODY)
}

/// How far before a beat it is anticipated: swung eighths leave no sixteenths.
fn lead(kit: &Kit, slot: &Slot) -> i64 {
    let sixteenth = kit.sixteenths
        && kit
            .view
            .kind_dice
            .chance(Purpose::Accent, 40 + slot.pattern_step as u32, 50);
    kit.view.grid.step_ticks() * if sixteenth { 1 } else { 2 }
}

/// A kick on a later beat, from `from` on ahead of it.
fn leave_beat(kit: &mut Kit, index: usize, slot: &Slot, from: u8) {
    let kick = kit.out[index];
    kit.out[index].gate.syncopation.1 = from - 1;
    let early = slot.tick - lead(kit, slot);
    if early > 0 && !kit.has(early, &BODY) {
        let gate = Gate {
            syncopation: (from, 100),
            ..kick.gate
        };
        kit.strike(
            early,
            Piece::Kick,
            kick.velocity,
            gate,
            Role::Beat(Piece::Kick),
        );
    }
}

/// A kick off the beat, below `from` on the next beat or at rest.
fn come_home(kit: &mut Kit, index: usize, place: usize, from: u8) {
    let kick = kit.out[index];
    kit.out[index].gate.syncopation.0 = from;
    let home = kit.view.grid.slots[place..]
        .iter()
        .find(|s| s.strength >= 2)
        .map(|s| s.tick);
    if let Some(home) = home
        && !kit.has(home, &BODY)
    {
        let gate = Gate {
            syncopation: (0, from - 1),
            ..kick.gate
        };
        kit.strike(
            home,
            Piece::Kick,
            kick.velocity,
            gate,
            Role::Beat(Piece::Kick),
        );
    }
}

/// A kick before a beat that nothing marks, from `from` on.
fn before_silence(kit: &mut Kit, slot: &Slot, from: u8) {
    let early = slot.tick - lead(kit, slot);
    if early <= 0 || kit.has(early, &BODY) {
        return;
    }
    let gate = Gate {
        syncopation: (from, 100),
        ..Gate::density(density_gate(ADDED, 0))
    };
    kit.strike(early, Piece::Kick, 84, gate, Role::Beat(Piece::Kick));
}

/// Below the middle the bar line and the middle of the bar are marked where the groove leaves them out.
fn mark_beats(kit: &mut Kit, thresholds: &Thresholds) {
    for place in 0..kit.view.grid.slots.len() {
        let slot = kit.view.grid.slots[place];
        if slot.strength < 3 || kit.has(slot.tick, &BODY) {
            continue;
        }
        let below = thresholds.draw(UP_TO, 5, &slot);
        let gate = Gate {
            syncopation: (0, below - 1),
            ..Gate::density(density_gate(ADDED, slot.strength))
        };
        kit.strike(slot.tick, Piece::Kick, 78, gate, Role::Beat(Piece::Kick));
    }
}

/// The kick of a bar line comes an eighth or sixteenth early, in the bar before: both bars throw alike.
fn push_bar_lines(kit: &mut Kit, written: usize) {
    let view = kit.view;
    let own = bar_line_pushed(view, view.bar_in_section);
    let next = bar_line_pushed(view, view.bar_in_section + 1);
    if let Some(from) = own {
        for index in 0..written {
            let stroke = &mut kit.out[index];
            if piece_of(stroke) == Some(Piece::Kick)
                && stroke.grid == view.place.start
                && stroke.gate.syncopation.1 == 100
            {
                stroke.gate.syncopation.1 = from - 1;
            }
        }
    }
    let Some(from) = next else { return };
    let back = if kit.sixteenths && from % 2 == 0 {
        1
    } else {
        2
    };
    let early = view.place.meter.bar_ticks() - back * view.grid.step_ticks();
    if early > 0 && !kit.has(early, &BODY) && is_carried(view) {
        let gate = Gate {
            syncopation: (from, 100),
            ..Gate::density(density_gate(7, 1))
        };
        kit.strike(early, Piece::Kick, 96, gate, Role::Beat(Piece::Kick));
    }
}

/// The last backbeat of every second bar is struck early.
fn step_aside(kit: &mut Kit, written: usize, thresholds: &Thresholds) {
    let view = kit.view;
    if view.bar_in_section.is_multiple_of(2) {
        return;
    }
    let backbeat = |c: &music::note::Candidate| {
        c.velocity >= 70 && matches!(piece_of(c), Some(Piece::Snare | Piece::Clap | Piece::Rim))
    };
    let last = (0..written)
        .filter(|i| backbeat(&kit.out[*i]))
        .map(|i| kit.tick_of(&kit.out[i]))
        .filter(|tick| {
            view.grid
                .slot_at(*tick)
                .is_some_and(|(_, s)| s.strength >= 2)
        })
        .max();
    let Some(last) = last else { return };
    let Some((_, slot)) = view.grid.slot_at(last) else {
        return;
    };
    let drawn = thresholds.draw((0, BACKBEAT_SPREAD as u8), 6, slot);
    let from = BACKBEAT_FROM + drawn;
    let early = last - lead(kit, slot);
    if early <= 0 || kit.has(early, &BODY) {
        return;
    }
    for index in 0..written {
        let stroke = kit.out[index];
        if kit.tick_of(&stroke) == last
            && backbeat(&stroke)
            && let Some(piece) = piece_of(&stroke)
        {
            kit.out[index].gate.syncopation.1 = from - 1;
            let gate = Gate {
                syncopation: (from, 100),
                ..stroke.gate
            };
            kit.strike(early, piece, stroke.velocity, gate, stroke.role);
        }
    }
}

const _: () = assert!(BAR_LINES_FROM > 50);
