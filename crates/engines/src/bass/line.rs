//! The bar's line while it is drafted: what is wanted where, before pitch and length are known.

use heapless::Vec;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::pitch::Pitch;
use music::style::BassRole;
use music::technique::Rhythm;

use super::slides;
use crate::dice::Dice;
use crate::feel;
use crate::placement::density_gate;
use crate::syncopation::bar_line_pushed;
use crate::view::BarView;

/// Most drafts of a bar: every slot, with alternates.
const DRAFTS: usize = 224;
/// Share of the room up to the next note that a note sounds, percent. Taste: players let go a little early.
const LEGATO: i64 = 94;

/// Length of a note that is held into the next, until it is known how far that is: longer than any bar.
const HELD: i64 = 1 << 24;

/// Where the controls rest: density, variation, and all others in the middle.
const USUAL_DENSITY: u8 = 60;
const USUAL_VARIATION: u8 = 40;
const USUAL: u8 = 50;

/// A note to be.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Ticks that its chord lies ahead: an anticipated note belongs to what comes.
    pub ahead: i64,
    /// What is played.
    pub role: BassRole,
    /// Priority, 9 always.
    pub priority: u8,
    /// Velocity, 0 to be chosen.
    pub velocity: u8,
    /// Length in steps, 0 to be chosen.
    pub span: u8,
    /// When it is heard.
    pub gate: Gate,
    /// Its pitch, once chosen.
    pub pitch: Pitch,
}

impl Draft {
    /// A root.
    pub fn root(tick: i64, priority: u8) -> Draft {
        Draft {
            tick,
            ahead: 0,
            role: BassRole::Root,
            priority,
            velocity: 0,
            span: 0,
            gate: Gate::density(density_gate(priority, 0)),
            pitch: Pitch(0),
        }
    }
}

/// The drafts of a bar.
pub struct Line<'v> {
    /// The bar.
    pub view: &'v BarView<'v>,
    /// By rising tick once settled.
    pub drafts: Vec<Draft, DRAFTS>,
    /// Dice of the bar for the bass.
    pub dice: Dice,
}

/// Whether both may be heard under one setting of the controls.
pub fn meet(a: &Gate, b: &Gate) -> bool {
    let over = |a: (u8, u8), b: (u8, u8)| a.0 <= b.1 && b.0 <= a.1;
    over(a.variation, b.variation)
        && over(a.syncopation, b.syncopation)
        && over(a.energy, b.energy)
        && over(a.lock, b.lock)
}

/// Whether a draft sounds while the controls rest near their defaults. What only a far setting brings ends the
/// note before it when it sounds (the lane has one voice); it does not shorten that note beforehand.
pub fn is_usual(gate: &Gate) -> bool {
    let rests = |(low, high): (u8, u8), at: u8| low <= at && at <= high;
    gate.density <= USUAL_DENSITY
        && gate.complexity <= USUAL
        && rests(gate.syncopation, USUAL)
        && rests(gate.lock, USUAL)
        && rests(gate.variation, USUAL_VARIATION)
}

impl<'v> Line<'v> {
    /// An empty bar.
    pub fn new(view: &'v BarView<'v>) -> Line<'v> {
        Line {
            view,
            drafts: Vec::new(),
            dice: view.dice.lane(Lane::Bass),
        }
    }
    /// Adds a draft.
    pub fn add(&mut self, draft: Draft) {
        let _ = self.drafts.push(draft);
    }
    /// Whether something that meets `gate` starts at a tick.
    pub fn has(&self, tick: i64, gate: &Gate) -> bool {
        self.drafts
            .iter()
            .any(|d| d.tick == tick && meet(&d.gate, gate))
    }
    /// Syncopation from which the bar's own bar line was played in the bar before.
    pub fn is_pushed_into(&self) -> Option<u8> {
        let view = self.view;
        let before = view.bar_in_phrase > 0;
        bar_line_pushed(view, view.bar_in_section).filter(|_| before)
    }
    /// How strong the bar is at a tick, 0–4.
    pub fn strength(&self, tick: i64) -> u8 {
        match self.view.grid.slot_at(tick) {
            Some((_, slot)) if slot.tick == tick => slot.strength,
            _ => 0,
        }
    }
    /// One voice: of two drafts on one place that may be heard together, the more wanted stays. Settled in
    /// rank order, before any control acts.
    pub fn settle(&mut self) {
        self.drafts.sort_unstable_by_key(|d| {
            (d.gate.density, 9 - d.priority.min(9), d.tick, d.role as u8)
        });
        let mut kept = 0;
        for i in 0..self.drafts.len() {
            let draft = self.drafts[i];
            if !self.drafts[..kept]
                .iter()
                .any(|k| k.tick == draft.tick && meet(&k.gate, &draft.gate))
            {
                self.drafts[kept] = draft;
                kept += 1;
            }
        }
        self.drafts.truncate(kept);
        self.drafts
            .sort_unstable_by_key(|d| (d.tick, d.gate.variation, d.gate.syncopation, d.gate.lock));
    }
    /// Writes the settled line.
    pub fn write(&self, out: &mut Candidates) {
        let bar_ticks = self.view.place.meter.bar_ticks();
        for draft in &self.drafts {
            let velocity = if draft.velocity > 0 {
                draft.velocity
            } else {
                self.velocity(draft)
            };
            // Strokes that divide time evenly do not swing.
            let placed = if matches!(self.view.rhythm(), Rhythm::Polyrhythm(..)) {
                feel::place_even
            } else {
                feel::place
            };
            let felt = placed(self.view, Lane::Bass, None::<Piece>, draft.tick, velocity);
            let ticks = if slides::slides(self, draft, self.next(draft)) {
                HELD
            } else {
                self.length(draft, bar_ticks)
            };
            let candidate = Candidate {
                lane: Lane::Bass,
                grid: felt.grid,
                onset: felt.onset,
                duration: ticks.max(1) as i32,
                pitch: draft.pitch,
                velocity: felt.velocity,
                gate: draft.gate,
                role: note_role(draft.role),
            };
            let _ = out.push(candidate);
        }
        // Feel may bring two onsets closer than their places: the next onset ends a note, or is slid to.
        let bar_end = self.view.place.start.plus(bar_ticks);
        out.sort_unstable_by_key(|n| (n.onset, n.pitch, n.grid));
        for i in 0..out.len() {
            let (before, after) = out.split_at_mut(i + 1);
            let note = &mut before[i];
            let ends = |n: &&mut Candidate| meet(&n.gate, &note.gate) && is_usual(&n.gate);
            let end = after.iter_mut().find(ends).map(|next| next.onset);
            let (slid, ticks) = (i64::from(note.duration) >= HELD, i64::from(note.duration));
            if slid || end.is_some() {
                let way = end.unwrap_or(bar_end).since(note.onset);
                note.duration = slides::length(slid, ticks, way).max(1) as i32;
            }
        }
    }
    /// What ends a note while the controls rest near their defaults.
    fn next(&self, draft: &Draft) -> Option<&Draft> {
        let later =
            |d: &&Draft| d.tick > draft.tick && meet(&d.gate, &draft.gate) && is_usual(&d.gate);
        self.drafts.iter().filter(later).min_by_key(|d| d.tick)
    }
    /// Length in ticks on the grid.
    fn length(&self, draft: &Draft, bar_ticks: i64) -> i64 {
        let end = self.next(draft).map_or(bar_ticks, |d| d.tick);
        // What anticipates the next bar rings on into it, up to its next note.
        let over = if draft.tick + draft.ahead >= bar_ticks && draft.ahead > 0 {
            2 * self.view.grid.step_ticks()
        } else {
            0
        };
        let room = end - draft.tick + over;
        let step_ticks = self.view.grid.step_ticks();
        match (draft.role, draft.span) {
            (BassRole::Dead, _) => room.min(step_ticks / 2),
            // Taste: an unwritten length is at most a beat and a half.
            (_, 0) => (room * LEGATO / 100).min(6 * step_ticks),
            (_, steps) => (steps as i64 * step_ticks * LEGATO / 100).min(room),
        }
    }
    /// Taste: priority and meter make a bass note heavy.
    fn velocity(&self, draft: &Draft) -> u8 {
        let heavy = 66 + 3 * draft.priority.min(9) + 2 * self.strength(draft.tick);
        match draft.role {
            BassRole::Dead => 46,
            BassRole::Octave => heavy + 4,
            BassRole::Passing | BassRole::Approach => heavy - 4,
            _ => heavy,
        }
    }
}

fn note_role(role: BassRole) -> Role {
    match role {
        BassRole::Root | BassRole::Octave | BassRole::Dead => Role::ChordTone(0),
        BassRole::Third => Role::ChordTone(1),
        BassRole::Fifth | BassRole::LowFifth => Role::ChordTone(2),
        BassRole::Seventh => Role::ChordTone(3),
        BassRole::Approach => Role::Approach,
        BassRole::Passing => Role::Passing,
    }
}
