//! Written patterns: roles at steps, chosen by section kind.

use music::lane::Lane;
use music::note::Gate;
use music::style::{BassRole, LanePattern};

use super::line::{Draft, Line};
use crate::dice::{Dice, Purpose};
use crate::placement::{Placed, density_gate, lay};
use crate::view::BarView;
use music::technique::Rhythm;
use music::time::BeatRole;

/// Complexity from which written ornaments of low priority are heard. Taste.
const ORNAMENT_FROM: u8 = 25;

/// A pattern that suits the section, by weight; `skip` leaves one out.
pub fn pick<'a>(
    view: &BarView<'a>,
    dice: Dice,
    skip: Option<&LanePattern>,
) -> Option<&'a LanePattern> {
    let patterns = &view.style.bass.patterns;
    let named = patterns
        .iter()
        .any(|p| p.kinds.0 != 0 && p.kinds.suits(view.section.kind));
    let mut weights = [0u8; 16];
    for (weight, pattern) in weights.iter_mut().zip(patterns) {
        let fits = pattern.kinds.suits(view.section.kind)
            && (pattern.kinds.0 != 0 || !named || skip.is_some());
        let skipped = skip.is_some_and(|s| core::ptr::eq(s, pattern));
        *weight = if fits && !skipped {
            pattern.weight.max(1)
        } else {
            0
        };
    }
    patterns.get(dice.pick(Purpose::Variant, 0, &weights)?)
}

/// The section's own pattern: sections of a kind share it.
pub fn own<'a>(view: &BarView<'a>) -> Option<&'a LanePattern> {
    pick(view, view.kind_dice.lane(Lane::Bass), None)
}

/// The draft of a stroke.
pub fn draft(placed: &Placed) -> Draft {
    let step = &placed.step;
    let role = BassRole::from_tag(step.tag);
    let ornament = matches!(
        role,
        BassRole::Passing | BassRole::Dead | BassRole::Approach
    ) && step.priority <= 4;
    let gate = Gate {
        complexity: if ornament { ORNAMENT_FROM } else { 0 },
        ..Gate::density(density_gate(step.priority, placed.strength))
    };
    Draft {
        role,
        velocity: step.velocity,
        span: step.span,
        gate,
        ..Draft::root(placed.tick, step.priority)
    }
}

/// Calls `each` with the drafts of a pattern in this bar.
pub fn read(view: &BarView, pattern: &LanePattern, mut each: impl FnMut(Draft)) {
    for placed in &mut lay(view.grid, &pattern.pattern, view.rhythm(), 0) {
        // Inside a group of three the heaviest notes make way, as the kick does.
        if placed.role == BeatRole::Weak && view.rhythm() == Rhythm::Style {
            placed.step.priority = placed.step.priority.min(6);
        }
        each(draft(placed));
    }
}

/// Drafts the section's pattern; whole-beat roots where the style writes none.
pub fn play(line: &mut Line) {
    let view = line.view;
    match own(view) {
        Some(pattern) => read(view, pattern, |draft| line.add(draft)),
        None => {
            let mut beats = LanePattern::default();
            for step in beats.pattern.steps.iter_mut().step_by(4) {
                step.priority = 8;
            }
            read(view, &beats, |draft| line.add(draft));
        }
    }
}
