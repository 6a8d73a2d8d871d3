//! The bass leaves the beat as syncopation rises, and comes home to it as it falls.
//!
//! At 50 % the line is as drafted, whatever drafted it. Above, notes on later beats come a sixteenth or an eighth
//! early, a new chord is played before it arrives (its own root, ahead of the bar line too), and beats that rest
//! get a note before them. Below, notes that hang over a silent beat come home to it, and beats that rest are
//! marked. Note and alternate shut each other's gates. Where it happens belongs to the section's kind, so that a
//! figure returns as itself.

use music::lane::Lane;
use music::note::Gate;
use music::style::BassRole;

use super::chords;
use super::line::{Draft, Line, meet};
use crate::dice::Purpose;
use crate::drums::is_swung;
use crate::placement::{Slot, density_gate};
use crate::syncopation::{FROM, UP_TO, bar_line_pushed, is_carried, next_stronger};

/// Priority of added notes. Taste: heard a little below the default density.
const ADDED: u8 = 5;
/// Taste: new chords inside a bar are anticipated later than other notes.
const CHORDS: (u8, u8) = (58, 88);

/// Writes the alternates of the drafts that stand.
pub fn displace(line: &mut Line) {
    let drafted = line.drafts.len();
    if drafted == 0 {
        return;
    }
    let view = line.view;
    let bar = line.is_pushed_into();
    for i in 0..drafted {
        let draft = line.drafts[i];
        let Some((place, slot)) = view.grid.slot_at(draft.tick) else {
            continue;
        };
        if slot.tick != draft.tick || draft.role == BassRole::Dead && slot.strength >= 2 {
            continue;
        }
        let changes = chords::starts(view).any(|(tick, _)| tick == draft.tick);
        match (draft.tick, slot.strength) {
            (0, _) => {
                if let Some(from) = bar {
                    line.drafts[i].gate.syncopation.1 = from - 1;
                }
            }
            (_, 2..) => leave_beat(line, i, slot, changes),
            _ if !changes && hangs_over(line, place, &draft) => come_home(line, i, place, slot),
            _ => {}
        }
    }
    for slot in view.grid.slots.iter().filter(|s| s.strength >= 2) {
        if !line.drafts.iter().any(|d| d.tick == slot.tick) {
            mark(line, slot);
            before_silence(line, slot);
        }
    }
    push_bar_line(line);
}

/// A threshold in a range: the kind's own, drawn a little apart from bar to bar.
fn draw(line: &Line, (from, to): (u8, u8), purpose: u32, slot: &Slot) -> u8 {
    let place = purpose * 100 + slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
    let width = (to - from) as u32;
    let kind = line.view.kind_dice.lane(Lane::Bass).at(3);
    // Taste: four fifths the section's, one fifth the bar's.
    let own = kind.throw(Purpose::Accent, place, width * 4 / 5 + 1);
    let jitter = line.dice.throw(Purpose::Accent, place, width / 5 + 1);
    from + (own + jitter).min(width) as u8
}

/// How far before a beat it is anticipated.
fn lead(line: &Line, slot: &Slot) -> i64 {
    let view = line.view;
    let sixteenth = !is_swung(view)
        && view.kind_dice.lane(Lane::Bass).chance(
            Purpose::Accent,
            40 + slot.pattern_step as u32,
            40,
        );
    view.grid.step_ticks() * if sixteenth { 1 } else { 2 }
}

/// The gate of an alternate at a tick: shut where a note that only a lock brings stands there; `None` where another
/// note does.
fn room(line: &Line, tick: i64, gate: Gate) -> Option<Gate> {
    let mut gate = gate;
    for draft in line.drafts.iter().filter(|d| d.tick == tick) {
        if !meet(&draft.gate, &gate) {
            continue;
        }
        if draft.gate.lock.0 <= gate.lock.0 {
            return None;
        }
        gate.lock.1 = draft.gate.lock.0 - 1;
    }
    Some(gate)
}

/// A note on a later beat, from some syncopation on ahead of it.
fn leave_beat(line: &mut Line, index: usize, slot: &Slot, changes: bool) {
    let draft = line.drafts[index];
    let from = draw(line, if changes { CHORDS } else { FROM }, 1, slot);
    let early = draft.tick - lead(line, slot);
    line.drafts[index].gate.syncopation.1 = from - 1;
    let gate = Gate {
        syncopation: (from, 100),
        ..draft.gate
    };
    let Some(gate) = room(line, early, gate).filter(|_| early > 0) else {
        return;
    };
    line.add(Draft {
        tick: early,
        ahead: draft.tick - early,
        gate,
        ..draft
    });
}

/// Whether a note off the beat lasts over a stronger place on which nothing starts: the next bar line as this one.
fn hangs_over(line: &Line, place: usize, draft: &Draft) -> bool {
    let next = next_stronger(&line.view.grid.slots, place).unwrap_or(0);
    !line.has(next, &draft.gate)
}

/// A note off the beat, below some syncopation on the next beat or at rest.
fn come_home(line: &mut Line, index: usize, place: usize, slot: &Slot) {
    let draft = line.drafts[index];
    let from = draw(line, UP_TO, 2, slot);
    line.drafts[index].gate.syncopation.0 = from;
    let slots = &line.view.grid.slots;
    let home = slots[place..]
        .iter()
        .find(|s| s.strength >= 2)
        .map(|s| s.tick);
    let gate = Gate {
        syncopation: (0, from - 1),
        ..draft.gate
    };
    if let Some(home) = home
        && let Some(gate) = room(line, home, gate)
    {
        line.add(Draft {
            tick: home,
            gate,
            ..draft
        });
    }
}

/// A root on a silent bar line or middle of the bar, below some syncopation.
fn mark(line: &mut Line, slot: &Slot) {
    if slot.strength < 3 {
        return;
    }
    let below = draw(line, UP_TO, 3, slot);
    let gate = Gate {
        syncopation: (0, below - 1),
        ..Gate::density(density_gate(ADDED, slot.strength))
    };
    line.add(Draft {
        gate,
        ..Draft::root(slot.tick, ADDED)
    });
}

/// A note before a beat that rests, from some syncopation on.
fn before_silence(line: &mut Line, slot: &Slot) {
    let from = draw(line, FROM, 4, slot);
    let early = slot.tick - lead(line, slot);
    let gate = Gate {
        syncopation: (from, 100),
        ..Gate::density(density_gate(ADDED, 0))
    };
    let Some(gate) = room(line, early, gate).filter(|_| early > 0) else {
        return;
    };
    line.add(Draft {
        gate,
        ..Draft::root(early, ADDED)
    });
}

/// The next bar's first note, early: the drums throw alike.
fn push_bar_line(line: &mut Line) {
    let view = line.view;
    let Some(from) = bar_line_pushed(view, view.bar_in_section + 1) else {
        return;
    };
    if !is_carried(view) || view.is_last_of_phrase() {
        return;
    }
    let bar_ticks = view.place.meter.bar_ticks();
    let back = if !is_swung(view) && from % 2 == 0 {
        1
    } else {
        2
    };
    let early = bar_ticks - back * view.grid.step_ticks();
    let gate = Gate {
        syncopation: (from, 100),
        ..Gate::density(density_gate(8, 1))
    };
    if early > 0 {
        // What stood there makes way.
        for draft in line.drafts.iter_mut().filter(|d| d.tick >= early) {
            if draft.gate.syncopation.0 < from {
                draft.gate.syncopation.1 = draft.gate.syncopation.1.min(from - 1);
            }
        }
        line.drafts
            .retain(|d| d.tick < early || d.gate.syncopation.0 < from);
        line.add(Draft {
            gate,
            ahead: bar_ticks - early,
            ..Draft::root(early, 8)
        });
    }
}
