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
use super::kit::Kit;
use crate::dice::Purpose;
use crate::placement::{MAX_SLOTS, Slot, density_gate};
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

/// Another groove that suits the section, for variety; `None` when there is only one.
pub fn other_groove<'a>(view: &BarView<'a>, step: u32) -> Option<&'a DrumGroove> {
    let own = groove(view)?;
    let grooves = &view.style.drums.grooves;
    let mut weights = [0u8; 24];
    for (weight, groove) in weights.iter_mut().zip(grooves) {
        let fits = groove.kinds.suits(view.section.kind) && !core::ptr::eq(groove, own);
        *weight = if fits { groove.weight.max(1) } else { 0 };
    }
    let picked = view
        .dice
        .lane(Lane::Drums)
        .pick(Purpose::Variant, step, &weights)?;
    grooves.get(picked)
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
    backbeat_on_last: bool,
}

impl<'a> Reading<'a> {
    /// How a groove is read in the bar's meter.
    pub fn new(view: &'a BarView<'a>, groove: &DrumGroove) -> Reading<'a> {
        let second_group = view.grid.slots.iter().any(|s| s.role == BeatRole::Mid);
        let whole = view.grid.scale != crate::placement::TimeScale::Half;
        Reading {
            view,
            backbeat_on_last: whole && !second_group && is_half_time(groove),
        }
    }

    /// The step that a line plays at a slot.
    pub fn step(&self, line: &DrumLine, slot: &Slot) -> Step {
        let body = matches!(
            line.piece,
            Piece::Kick | Piece::Snare | Piece::Clap | Piece::Rim
        );
        let mut step = slot.step(&line.pattern);
        if body && slot.role == BeatRole::Weak && step.priority >= HEAVY {
            step = Step::default();
        }
        if body && self.backbeat_on_last && slot.role == BeatRole::Back && self.is_last_beat(slot) {
            step = slot.step_at(&line.pattern, 8 + slot.pattern_step % 4);
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
    let Some(groove) = groove(view) else {
        return;
    };
    let reading = Reading::new(view, groove);
    for line in &groove.lines {
        for slot in &view.grid.slots {
            let step = reading.step(line, slot);
            if step.priority > 0 {
                let velocity = accents::velocity(view, line.piece, &step, slot);
                let gate = Gate::density(density_gate(step.priority, slot.strength));
                let role = if accents::is_ghost(line.piece, velocity) {
                    Role::Ghost(line.piece)
                } else {
                    Role::Beat(line.piece)
                };
                kit.strike(slot.tick, line.piece, velocity, gate, role);
            }
        }
    }
}

/// The kick strokes of a bar's groove: slot and priority. What the bass locks to.
pub fn kicks(view: &BarView) -> Vec<(u8, u8), MAX_SLOTS> {
    let mut found: Vec<(u8, u8), MAX_SLOTS> = Vec::new();
    let Some(groove) = groove(view) else {
        return found;
    };
    let reading = Reading::new(view, groove);
    for (index, slot) in view.grid.slots.iter().enumerate() {
        let of_kick = groove.lines.iter().filter(|line| line.piece == Piece::Kick);
        let priority = of_kick
            .map(|line| reading.step(line, slot).priority)
            .max()
            .unwrap_or(0);
        if priority > 0 {
            let _ = found.push((index as u8, priority));
        }
    }
    found
}
