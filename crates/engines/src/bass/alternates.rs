//! What waits behind syncopation and variation: notes ahead of the beat, other notes in a varied bar.

use music::note::Gate;
use music::style::BassRole;

use super::line::{Draft, Line};
use super::{chords, pattern};
use crate::dice::Purpose;

/// Notes on later beats move ahead as syncopation rises; off-beat notes come home as it falls. Where chords
/// start nothing moves.
pub fn displace(line: &mut Line) {
    let view = line.view;
    let step_ticks = view.grid.step_ticks();
    for i in 0..line.drafts.len() {
        let draft = line.drafts[i];
        let Some((index, slot)) = view.grid.slot_at(draft.tick) else {
            continue;
        };
        if draft.tick == 0 || chords::starts(view).any(|(tick, _)| tick == draft.tick) {
            continue;
        }
        let place = index as u32;
        if slot.strength >= 2 {
            let threshold = 55 + line.dice.throw(Purpose::Accent, place, 44) as u8;
            let early = draft.tick
                - step_ticks * (1 + line.dice.throw(Purpose::Accent, 100 + place, 2) as i64);
            if early > 0 && !line.has(early, &draft.gate) {
                line.drafts[i].gate.syncopation.1 = threshold - 1;
                let gate = Gate {
                    syncopation: (threshold, 100),
                    ..draft.gate
                };
                line.add(Draft {
                    tick: early,
                    gate,
                    ..draft
                });
            }
        } else if slot.strength == 0 {
            let threshold = 1 + line.dice.throw(Purpose::Accent, 200 + place, 44) as u8;
            let home = draft.tick - step_ticks;
            line.drafts[i].gate.syncopation.0 = threshold;
            if home >= 0 && !line.has(home, &draft.gate) {
                let gate = Gate {
                    syncopation: (0, threshold - 1),
                    ..draft.gate
                };
                line.add(Draft {
                    tick: home,
                    gate,
                    ..draft
                });
            }
        }
    }
}

/// A varied bar plays another of the style's patterns after its first beat, or, where there is none, other
/// notes in the same rhythm.
pub fn vary(line: &mut Line) {
    let view = line.view;
    let threshold = 1 + line.dice.throw(Purpose::Variation, 0, 100).min(99) as u8;
    let first_beat =
        view.grid.slots.first().map_or(0, |s| s.beat_steps as i64) * view.grid.step_ticks();
    let other = pattern::own(view).and_then(|own| pattern::pick(view, line.dice, Some(own)));
    let plain = line.drafts.len();
    let fixed = |line: &Line, draft: &Draft| {
        draft.tick < first_beat || chords::starts(line.view).any(|(tick, _)| tick == draft.tick)
    };
    if let (Some(other), true) = (other, line.dice.chance(Purpose::Variation, 1, 50)) {
        for i in 0..plain {
            if !fixed(line, &line.drafts[i]) {
                line.drafts[i].gate.variation.1 = threshold - 1;
            }
        }
        pattern::read(view, other, |draft| {
            if !fixed(line, &draft) {
                let gate = Gate {
                    variation: (threshold, 100),
                    ..draft.gate
                };
                line.add(Draft { gate, ..draft });
            }
        });
        return;
    }
    for i in 0..plain {
        let draft = line.drafts[i];
        let place = (draft.tick / 60) as u32;
        if fixed(line, &draft) || !line.dice.chance(Purpose::Variation, 100 + place, 45) {
            continue;
        }
        let role = match (
            draft.role,
            line.dice.throw(Purpose::Variation, 1000 + place, 4),
        ) {
            (BassRole::Root, 0) => BassRole::Octave,
            (BassRole::Root, 1) => BassRole::Fifth,
            (BassRole::Root, 2) => BassRole::Passing,
            (BassRole::Fifth, 0 | 1) => BassRole::LowFifth,
            (BassRole::Octave, _) => BassRole::Root,
            _ => BassRole::Approach,
        };
        // What leads must have somewhere to lead: only the last note before a chord approaches it.
        let role = if role == BassRole::Approach && !leads(line, &draft) {
            BassRole::Fifth
        } else {
            role
        };
        line.drafts[i].gate.variation.1 = threshold - 1;
        let gate = Gate {
            variation: (threshold, 100),
            ..draft.gate
        };
        line.add(Draft {
            role,
            gate,
            ..draft
        });
    }
}

/// Whether a draft is near the end of the bar or of its chord.
fn leads(line: &Line, draft: &Draft) -> bool {
    let view = line.view;
    let soon = draft.tick + 4 * view.grid.step_ticks();
    let bar_ticks = view.place.meter.bar_ticks();
    soon >= bar_ticks || chords::at(view, soon).0 != chords::at(view, draft.tick).0
}
