//! What waits behind variation: other notes in a varied bar. Syncopation has its own file.

use music::lane::Lane;
use music::note::Gate;
use music::style::BassRole;

use super::line::{Draft, Line};
use super::{chords, pattern};
use crate::dice::Purpose;

/// A varied bar plays another of the style's patterns after its first beat, or, where there is none, other
/// notes in the same rhythm.
pub fn vary(line: &mut Line) {
    let view = line.view;
    // The bar that closes a four answers it, and in the same way whenever the kind returns.
    let answers = view.bar_in_section % 4 == 3;
    let dice = if answers {
        let again = u32::from(view.section.statement > 0);
        view.kind_dice.lane(Lane::Bass).at(40 + again)
    } else {
        line.dice
    };
    // Taste: answers are heard from below the default on.
    let most = if answers { 40 } else { 100 };
    let threshold = 1 + dice.throw(Purpose::Variation, 0, most).min(99) as u8;
    let first_beat =
        view.grid.slots.first().map_or(0, |s| s.beat_steps as i64) * view.grid.step_ticks();
    let other = pattern::own(view).and_then(|own| pattern::pick(view, dice, Some(own)));
    let plain = line.drafts.len();
    let fixed = |line: &Line, draft: &Draft| {
        draft.tick < first_beat || chords::starts(line.view).any(|(tick, _)| tick == draft.tick)
    };
    if let (Some(other), true) = (other, dice.chance(Purpose::Variation, 1, 50)) {
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
        if fixed(line, &draft) || !dice.chance(Purpose::Variation, 100 + place, 45) {
            continue;
        }
        let role = match (draft.role, dice.throw(Purpose::Variation, 1000 + place, 4)) {
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
