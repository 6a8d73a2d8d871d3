//! The groove itself: which of the style's grooves a section plays, and its strokes in this meter.
//!
//! Sections of a kind share their groove, so that a chorus comes back as itself. In a meter without a
//! second group, a groove whose backbeat lies on beat 3 (half-time feel) brings it on the last beat.

use heapless::Vec;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};
use music::plan::SectionKind;
use music::style::{DrumGroove, DrumLine, Kinds, Step};
use music::technique::Rhythm;
use music::time::BeatRole;

use super::accents;
use super::architect::{Blueprint, Place, is_timekeeper};
use super::kit::Kit;
use crate::dice::Purpose;
use crate::placement::{MAX_SLOTS, Onsets, Slot, TimeScale, density_gate, is_heard};
use crate::view::BarView;

/// From this priority on a kick or snare is one of the heaviest strokes, which weak beats leave out.
const HEAVY: u8 = 8;

/// Kinds that are played alike, so that a song may borrow a groove among them. Taste.
const FAMILIES: [Kinds; 3] = [
    Kinds(0)
        .with(SectionKind::Intro)
        .with(SectionKind::Verse)
        .with(SectionKind::Breakdown)
        .with(SectionKind::Outro),
    Kinds(0)
        .with(SectionKind::PreChorus)
        .with(SectionKind::Bridge)
        .with(SectionKind::Build),
    Kinds(0)
        .with(SectionKind::Chorus)
        .with(SectionKind::Solo)
        .with(SectionKind::Drop),
];
/// Share of a song's kinds that borrow, percent. Taste: most play what was written for them.
const BORROWS: u32 = 35;

/// A kind and those that are played alike.
pub fn family(kind: SectionKind) -> Kinds {
    let family = FAMILIES.into_iter().find(|f| f.suits(kind));
    family.unwrap_or(Kinds(0).with(kind))
}

/// The groove of the bar's section.
pub fn groove<'a>(view: &BarView<'a>) -> Option<&'a DrumGroove> {
    let grooves = &view.style.drums.grooves;
    let (kind, dice) = (view.section.kind, view.kind_dice.lane(Lane::Drums));
    let kinds = if dice.chance(Purpose::Variant, 8, BORROWS) {
        family(kind)
    } else {
        Kinds(0).with(kind)
    };
    // A groove written for the kind comes before one for every kind.
    let suits = |g: &DrumGroove| g.kinds.0 != 0 && g.kinds.suits_any(kinds);
    let named = grooves.iter().any(suits);
    let fits = |g: &DrumGroove| if named { suits(g) } else { g.kinds.0 == 0 };
    let mut weights = [0u8; 24];
    for (weight, groove) in weights.iter_mut().zip(grooves) {
        *weight = if fits(groove) {
            groove.weight.max(1)
        } else {
            0
        };
    }
    let picked = dice.pick(Purpose::Variant, 0, &weights);
    grooves.get(picked.unwrap_or(0))
}

/// Whether a line strikes every beat of common time alike: four on the floor, which no meter thins out.
fn is_pulse(line: &DrumLine) -> bool {
    (0..4).all(|beat| {
        let step = line.pattern.steps.get(4 * beat);
        step.is_some_and(|step| step.priority >= HEAVY)
    })
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
    rhythm: Rhythm,
    onsets: Option<Onsets>,
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
            rhythm: view.rhythm(),
            onsets: Onsets::new(view.rhythm()),
            backbeat_on_last,
        })
    }

    /// Calls `each` with every stroke: the piece, its slot's index and the step.
    pub fn strokes(&self, mut each: impl FnMut(Piece, usize, Step)) {
        self.written(|_, _| true, &mut each);
        self.added(each);
    }

    /// The strokes of the groove's own lines, of those that are wanted: by the piece that a line is played on.
    pub fn written(
        &self,
        wanted: impl Fn(Piece, &DrumLine) -> bool,
        mut each: impl FnMut(Piece, usize, Step),
    ) {
        let slots = &self.view.grid.slots;
        for line in &self.groove.lines {
            let piece = self.blueprint.voice(self.view, line);
            let Some(piece) = piece.filter(|piece| wanted(*piece, line)) else {
                continue;
            };
            // The kick is the line that a series strikes; the backbeat stays.
            let by_series = self.onsets.is_some() && piece == Piece::Kick;
            let line = Line::new(line);
            for (index, slot) in slots.iter().enumerate() {
                let step = if by_series {
                    self.struck(slot)
                } else {
                    self.step(&line, slot)
                };
                if step.priority > 0 && is_heard(self.rhythm, slot.section_step) {
                    each(piece, index, step);
                }
            }
        }
    }

    /// What the song adds to the groove: another timekeeper, another hand. Never a kick.
    pub fn added(&self, mut each: impl FnMut(Piece, usize, Step)) {
        let slots = &self.view.grid.slots;
        if let Some(time) = self.blueprint.time {
            for (index, slot) in slots.iter().enumerate() {
                let (bar, at) = self.place(slot);
                let (piece, step) = time.stroke(at, self.blueprint.letter(bar));
                if step.priority > 0 && is_heard(self.rhythm, slot.section_step) {
                    each(piece, index, step);
                }
            }
        }
        if let Some(addition) = self.blueprint.addition {
            for (index, slot) in slots.iter().enumerate() {
                let (_, at) = self.place(slot);
                let step = addition.step(at);
                if step.priority > 0 && is_heard(self.rhythm, slot.section_step) {
                    each(addition.piece, index, step);
                }
            }
        }
    }

    /// Whether the lane's series strikes at a slot: where everything leans.
    pub fn is_struck(&self, slot: &Slot) -> bool {
        self.struck(slot).priority > 0
    }

    /// What a series strikes.
    fn struck(&self, slot: &Slot) -> Step {
        let onsets = self.onsets.as_ref();
        Step {
            priority: onsets.map_or(0, |o| o.priority(slot.section_step)),
            ..Step::default()
        }
    }

    /// Pattern bar and step that a slot takes: in a cycle, counted from the section's start.
    fn place(&self, slot: &Slot) -> (u16, u8) {
        match self.rhythm {
            Rhythm::Cycle(steps) => {
                let at = slot.section_step % u32::from(steps.max(1));
                ((at / 16) as u16, (at % 16) as u8)
            }
            _ => (slot.pattern_bar, slot.pattern_step),
        }
    }

    /// The step that a line plays at a slot.
    fn step(&self, line: &Line, slot: &Slot) -> Step {
        let pattern = &line.written.pattern;
        // What goes round in its own length keeps it, whatever the bar is.
        if pattern.cycles {
            return slot.step(pattern);
        }
        let pulses = slot.beat_steps >= 4 && line.pulses;
        let moves = line.body && !pulses && self.backbeat_on_last;
        let last = moves && slot.role == BeatRole::Back && self.is_last_beat(slot);
        let (bar, place) = self.place(slot);
        // Of a pulse a weak beat is a beat like the second, not the accent that the third may be.
        let unaccented = pulses && slot.role == BeatRole::Weak && slot.in_beat == 0;
        let pattern_step = match place {
            _ if last => 8 + place % 4,
            _ if unaccented => 4,
            _ => place,
        };
        let steps = line.bar(bar);
        let at = |step: u8| steps.get(step as usize).copied().unwrap_or_default();
        let plain = !matches!(self.rhythm, Rhythm::Cycle(_));
        let written = if slot.is_between && plain {
            slot.step_at(pattern, pattern_step)
        } else {
            at(pattern_step)
        };
        if slot.is_between && written.priority == 0 {
            return written;
        }
        let beside = pattern_step > 0 && at(pattern_step - 1).priority > 0
            || pattern_step < 15 && at(pattern_step + 1).priority > 0;
        let place = Place {
            piece: line.written.piece,
            written,
            step: pattern_step,
            bar,
            beside,
        };
        let step = self.blueprint.redraw(self.view, place);
        let thins = line.body && plain && slot.role == BeatRole::Weak && !pulses;
        if thins && step.priority.max(written.priority) >= HEAVY {
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

/// A written line, with what holds for all of it.
struct Line<'a> {
    written: &'a DrumLine,
    pulses: bool,
    /// Kick or backbeat.
    body: bool,
    bars: u16,
}

impl<'a> Line<'a> {
    fn new(written: &'a DrumLine) -> Line<'a> {
        Line {
            written,
            pulses: is_pulse(written),
            body: matches!(
                written.piece,
                Piece::Kick | Piece::Snare | Piece::Clap | Piece::Rim
            ),
            bars: written.pattern.bars() as u16,
        }
    }
    /// The steps of a bar of its pattern, and what is behind them.
    fn bar(&self, pattern_bar: u16) -> &'a [Step] {
        let first = (pattern_bar % self.bars) as usize * 16;
        self.written.pattern.steps.get(first..).unwrap_or_default()
    }
}

/// Writes the groove.
pub fn play(kit: &mut Kit, reading: &Reading) {
    let view = kit.view;
    reading.strokes(|piece, index, step| {
        let slot = &view.grid.slots[index];
        let mut velocity = accents::velocity(view, piece, &step, slot);
        // Taste: whoever keeps time leans on what the series strikes.
        if is_timekeeper(piece) && reading.is_struck(slot) {
            velocity = (velocity + 16).min(127);
        }
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
        let kick = |piece, _: &DrumLine| piece == Piece::Kick;
        reading.written(kick, |_, index, step| {
            let slot = index as u8;
            if !found.iter().any(|(s, _)| *s == slot) {
                let _ = found.push((slot, step.priority));
            }
        });
    }
    found
}
