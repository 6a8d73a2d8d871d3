//! The groove itself: which of the style's grooves a section plays, and its strokes in this meter.
//!
//! Sections of a kind share their groove, so that a chorus comes back as itself. In a meter without a
//! second group, a groove whose backbeat lies on beat 3 (half-time feel) brings it on the last beat.

use heapless::Vec;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};
use music::style::{DrumGroove, DrumLine, Step};
use music::time::BeatRole;

use super::accents;
use super::architect::Blueprint;
use super::kit::Kit;
use crate::dice::Purpose;
use crate::placement::{MAX_SLOTS, Slot, TimeScale, density_gate};
use crate::view::BarView;

/// From this priority on a kick or snare is one of the heaviest strokes, which weak beats leave out.
const HEAVY: u8 = 8;

/// The groove of the bar's section.
pub fn groove<'a>(view: &BarView<'a>) -> Option<&'a DrumGroove> {
    let grooves = &view.style.drums.grooves;
    // A groove written for the kind comes before one for every kind.
    let named = grooves
        .iter()
        .any(|g| g.kinds.0 != 0 && g.kinds.suits(view.section.kind));
    let fits = |g: &DrumGroove| g.kinds.suits(view.section.kind) && (g.kinds.0 != 0) == named;
    let mut weights = [0u8; 24];
    for (weight, groove) in weights.iter_mut().zip(grooves) {
        *weight = if fits(groove) {
            groove.weight.max(1)
        } else {
            0
        };
    }
    let picked = view
        .kind_dice
        .lane(Lane::Drums)
        .pick(Purpose::Variant, 0, &weights);
    grooves.get(picked.unwrap_or(0))
}

/// Whether the groove's backbeat lies on beat 3 of common time.
fn is_half_time(groove: &DrumGroove) -> bool {
    let mut strongest = [0u8; 4];
    for line in &groove.lines {
        if matches!(line.piece, Piece::Snare | Piece::Clap | Piece::Rim) {
            for (i, step) in line
                .pattern
                .steps
                .iter()
                .enumerate()
                .filter(|(i, _)| i % 4 == 0)
            {
                let beat = &mut strongest[i / 4 % 4];
                *beat = step.priority.max(*beat);
            }
        }
    }
    strongest[2] >= HEAVY && strongest[1] < HEAVY && strongest[3] < HEAVY
}

/// A groove laid over the bar: what each line plays at each slot.
pub struct Reading<'a> {
    view: &'a BarView<'a>,
    groove: &'a DrumGroove,
    blueprint: Blueprint,
    backbeat_on_last: bool,
}

impl<'a> Reading<'a> {
    /// How the section's groove is read in the bar's meter; `None` for a style without grooves.
    pub fn new(view: &'a BarView<'a>) -> Option<Reading<'a>> {
        let groove = groove(view)?;
        let second_group = view.grid.slots.iter().any(|s| s.role == BeatRole::Mid);
        let whole = view.grid.scale != TimeScale::Half;
        let blueprint = Blueprint::new(view, groove);
        let backbeat_on_last = whole && !second_group && is_half_time(groove);
        Some(Reading {
            view,
            groove,
            blueprint,
            backbeat_on_last,
        })
    }

    /// Calls `each` with every stroke: the piece, its slot's index and the step.
    pub fn strokes(&self, mut each: impl FnMut(Piece, usize, Step)) {
        for line in &self.groove.lines {
            let Some(piece) = self.blueprint.voice(self.view, line) else {
                continue;
            };
            for (index, slot) in self.view.grid.slots.iter().enumerate() {
                let step = self.step(line, slot);
                if step.priority > 0 {
                    each(piece, index, step);
                }
            }
        }
        if let Some(time) = self.blueprint.time {
            for (index, slot) in self.view.grid.slots.iter().enumerate() {
                let step = time.step(slot.pattern_step, self.blueprint.letter(slot.pattern_bar));
                if step.priority > 0 {
                    each(time.piece, index, step);
                }
            }
        }
    }

    /// The step that a line plays at a slot.
    fn step(&self, line: &DrumLine, slot: &Slot) -> Step {
        // What goes round in its own length keeps it, whatever the bar is.
        if line.pattern.cycles {
            return slot.step(&line.pattern);
        }
        let body = matches!(
            line.piece,
            Piece::Kick | Piece::Snare | Piece::Clap | Piece::Rim
        );
        let last =
            body && self.backbeat_on_last && slot.role == BeatRole::Back && self.is_last_beat(slot);
        let pattern_step = if last {
            8 + slot.pattern_step % 4
        } else {
            slot.pattern_step
        };
        let written = slot.step_at(&line.pattern, pattern_step);
        let struck = |step: u8| slot.step_at(&line.pattern, step).priority > 0;
        let beside = pattern_step > 0 && struck(pattern_step - 1)
            || pattern_step < 15 && struck(pattern_step + 1);
        let step = self.blueprint.redraw(
            self.view,
            line.piece,
            written,
            pattern_step,
            slot.pattern_bar,
            beside,
        );
        if body && slot.role == BeatRole::Weak && step.priority >= HEAVY {
            return Step::default();
        }
        step
    }

    fn is_last_beat(&self, slot: &Slot) -> bool {
        self.view
            .grid
            .slots
            .last()
            .is_some_and(|last| last.beat == slot.beat)
    }
}

/// Writes the groove.
pub fn play(kit: &mut Kit) {
    let view = kit.view;
    let Some(reading) = Reading::new(view) else {
        return;
    };
    reading.strokes(|piece, index, step| {
        let slot = &view.grid.slots[index];
        let velocity = accents::velocity(view, piece, &step, slot);
        let gate = Gate::density(density_gate(step.priority, slot.strength));
        let role = if accents::is_ghost(piece, velocity) {
            Role::Ghost(piece)
        } else {
            Role::Beat(piece)
        };
        kit.strike(slot.tick, piece, velocity, gate, role);
    });
}

/// The kick strokes of a bar's groove: slot and priority. What the bass locks to.
pub fn kicks(view: &BarView) -> Vec<(u8, u8), MAX_SLOTS> {
    let mut found: Vec<(u8, u8), MAX_SLOTS> = Vec::new();
    if let Some(reading) = Reading::new(view) {
        reading.strokes(|piece, index, step| {
            let slot = index as u8;
            if piece == Piece::Kick && !found.iter().any(|(s, _)| *s == slot) {
                let _ = found.push((slot, step.priority));
            }
        });
    }
    found
}
