//! Bass and kick as one: roots where chords change, and notes on kick strokes, as many as the lock asks for.

use music::lane::Lane;
use music::note::Gate;
use music::style::{BassRole, BassTechnique};

use super::chords;
use super::line::{Draft, Line};
use crate::dice::Purpose;
use crate::drums::skeleton;
use crate::placement::density_gate;

/// The note where a chord starts is its root; one is added where the pattern rests.
pub fn changes(line: &mut Line) {
    let view = line.view;
    for (tick, index) in chords::starts(view) {
        let mut found = false;
        for draft in line.drafts.iter_mut().filter(|d| d.tick == tick) {
            draft.role = BassRole::Root;
            draft.gate.complexity = 0;
            draft.gate.density = draft.gate.density.min(density_gate(8, 0));
            found = true;
        }
        let before = index.checked_sub(1).map(|i| view.phrase.chords[i].chord);
        if !found && before != Some(view.phrase.chords[index].chord) {
            line.add(Draft::root(tick, 8));
        }
    }
}

/// Lock from which a kick stroke is met, by the style's share and the stroke's throw (0–99): at 50 % the style's
/// share is met, at 100 % every stroke, at 0 % none.
fn lock_from(share: u8, throw: u32) -> u8 {
    let (share, rank) = (share.min(100) as u32, throw + 1);
    let from = if rank <= share {
        (rank * 50).div_ceil(share)
    } else {
        50 + ((rank - share) * 50).div_ceil(100 - share)
    };
    from.clamp(1, 100) as u8
}

/// Gives kick strokes a note of their own, heard from the same density on as the kick and from some lock on.
/// What a stroke meets already only has to be as ready to be heard.
pub fn follow_kick(line: &mut Line) {
    let view = line.view;
    // A walking line has its own way until it is asked.
    let share = match view.style.bass.technique {
        BassTechnique::Walking => 0,
        _ => view.style.bass.lock,
    };
    let drafted = line.drafts.len();
    // The drummer may play another style, at another pace.
    let drums = view.of(Lane::Drums);
    for (slot_index, priority) in skeleton::kicks(&drums) {
        let slot = &drums.grid.slots[slot_index as usize];
        // The same answer whenever the section's groove comes by this step.
        let step = slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
        let dice = view.section_dice.at(1);
        let from = lock_from(share, dice.throw(Purpose::Approach, step, 100));
        let density = density_gate(priority, slot.strength);
        let gate = Gate {
            lock: (from, 100),
            ..Gate::density(density)
        };
        // Which variations have a note here already: plain bars, varied ones, or both.
        let (mut plain, mut varied) = (false, false);
        let mut threshold = None;
        for index in 0..drafted {
            let own = line.drafts[index];
            let (low, high) = own.gate.syncopation;
            if own.tick != slot.tick || low > 50 || high < 50 {
                continue;
            }
            plain |= own.gate.variation.0 == 0;
            varied |= own.gate.variation.1 == 100;
            match own.gate.variation {
                (0, high) if high < 100 => threshold = Some(high + 1),
                (low, _) if low > 0 => threshold = Some(low),
                _ => {}
            }
            if own.gate.density > density || own.gate.complexity > 0 {
                line.drafts[index].gate.lock.1 = from - 1;
                let variation = own.gate.variation;
                let density = own.gate.density.min(density);
                let gate = Gate {
                    variation,
                    density,
                    ..gate
                };
                line.add(Draft { gate, ..own });
            }
        }
        let variation = match (plain, varied, threshold) {
            (true, true, _) => continue,
            (true, false, Some(from)) => (from, 100),
            (false, true, Some(from)) => (0, from - 1),
            _ => (0, 100),
        };
        let gate = Gate { variation, ..gate };
        let role = match dice.throw(Purpose::PitchChoice, step, 10) {
            _ if view.style.bass.technique == BassTechnique::Sub => BassRole::Root,
            0 => BassRole::Octave,
            1 if slot.strength < 2 => BassRole::Fifth,
            _ => BassRole::Root,
        };
        line.add(Draft {
            role,
            gate,
            ..Draft::root(slot.tick, priority)
        });
    }
}
