//! Counter-lines: a slow line of guide tones, thirds and sevenths that step from chord to chord.
//!
//! The texture voicing leads its voices by least movement, so its most telling voice makes the line. A
//! passing note before the next chord is behind the complexity gate; the guide tone before it always lets
//! go in time, so that nothing else changes when it is heard. In the tune's gaps it answers.

use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::pitch::Pitch;
use music::plan::ChordSpan;
use music::style::Pattern;
use music::time::TICKS_PER_QUARTER;

use super::answer::{Answer, answer};
use super::stop;
use crate::dice::Purpose;
use crate::feel;
use crate::harmony::comping::{chord_at, pattern_of, wanted};
use crate::placement::{density_gate, lay};
use crate::view::BarView;

/// Shortest note that is left before an answer, in ticks. Taste: a quarter.
const SHORTEST: i64 = TICKS_PER_QUARTER;
/// Force of the line. Taste.
const VELOCITY: u8 = 68;

/// The voice of the line: the one that tells the chord most.
fn guide(span: &ChordSpan) -> Option<Pitch> {
    let rank = wanted(span, true);
    let index = rank.iter().position(|r| *r == 0)?;
    span.texture.get(index).copied()
}

/// A note of the scale between two pitches, if they lie a third or more apart.
fn between(view: &BarView, from: Pitch, to: Pitch) -> Option<Pitch> {
    if from.0.abs_diff(to.0) < 3 {
        return None;
    }
    let down = to < from;
    (1..=2)
        .map(|d| Pitch(if down { to.0 + d } else { to.0 - d }))
        .find(|p| view.latch.scale.contains(view.latch.key, p.class()))
}

/// Plays the bar.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let patterns = &view.style.texture.patterns;
    let dice = view.kind_dice.lane(Lane::Texture);
    let plain = long_notes();
    let pattern = match pattern_of(patterns, view.section.kind, dice, 0) {
        Some(index) => &patterns[index].pattern,
        None => &plain,
    };
    let bar_end = view.place.meter.bar_ticks();
    let answer = answer(view);
    let mut hand = Hand {
        view,
        stop: stop::stop(view),
        out,
    };
    if let Some(answer) = &answer {
        for note in &answer.notes {
            let gate = Gate {
                variation: (answer.from, 100),
                ..Gate::density(50)
            };
            hand.write((note.tick, note.end, note.pitch, Role::Voice(1)), gate);
        }
    }
    let laid = lay(view.grid, pattern, view.rhythm(), 0);
    for (index, placed) in laid.iter().enumerate() {
        let Some((chord, change)) = chord_at(view, placed.tick) else {
            continue;
        };
        let span = &view.phrase.chords[chord];
        let Some(line) = guide(span) else { continue };
        let tag = placed.step.tag as usize;
        let pitch = match span.texture.get(tag.wrapping_sub(1)) {
            Some(written) => *written,
            None => line,
        };
        let next = laid.get(index + 1).map_or(bar_end, |p| p.tick);
        let wanted = placed.step.span as i64 * view.grid.step_ticks();
        let until = if wanted > 0 {
            (placed.tick + wanted).min(next.max(placed.tick + 1))
        } else {
            next
        };
        let mut end = until.min(change);
        // A passing note on the last quarter before a change of chord, where there is room for both.
        let after = view.phrase.chords.get(chord + 1).and_then(guide);
        let room = end == change && change <= bar_end && end - placed.tick >= 2 * TICKS_PER_QUARTER;
        let passing = after
            .filter(|_| room)
            .and_then(|to| between(view, pitch, to));
        let from = 40
            + view
                .dice
                .lane(Lane::Texture)
                .throw(Purpose::Ornament, placed.tick as u32, 60) as u8;
        if let Some(passing) = passing {
            end -= TICKS_PER_QUARTER;
            let gate = Gate {
                complexity: from,
                ..Gate::density(45)
            };
            let note = (end, change, passing, Role::Passing);
            hand.beside(&answer, note, gate);
        }
        let gate = Gate::density(density_gate(placed.step.priority, placed.strength));
        let note = (placed.tick, end, pitch, Role::Voice(0));
        hand.beside(&answer, note, gate);
    }
}

/// From, to, pitch, role.
type Note = (i64, i64, Pitch, Role);

/// What writes the line.
struct Hand<'v, 'o> {
    view: &'v BarView<'v>,
    stop: Option<stop::Stop>,
    out: &'o mut Candidates,
}

impl Hand<'_, '_> {
    /// Writes a note of the line; where the answer is heard it lets go for it.
    fn beside(&mut self, answer: &Option<Answer>, note: Note, gate: Gate) {
        let (tick, end, pitch, role) = note;
        let heard = answer.as_ref().map(|a| (a.from, a.span()));
        let Some((from, (starts, _))) = heard.filter(|(_, (a, b))| *a < end && tick < *b) else {
            return self.write(note, gate);
        };
        let alone = Gate {
            variation: (0, from - 1),
            ..gate
        };
        self.write(note, alone);
        if starts - tick >= SHORTEST {
            let answered = Gate {
                variation: (from, 100),
                ..gate
            };
            self.write((tick, starts, pitch, role), answered);
        }
    }

    fn write(&mut self, (tick, end, pitch, role): Note, gate: Gate) {
        let felt = feel::place(self.view, Lane::Texture, None, tick, VELOCITY);
        let note = Candidate {
            lane: Lane::Texture,
            grid: felt.grid,
            onset: felt.onset,
            duration: felt.lasting(end - tick),
            pitch,
            velocity: felt.velocity,
            gate,
            role,
        };
        stop::write(self.stop, note, self.out);
    }
}

/// Half notes, where a style has no pattern.
fn long_notes() -> Pattern {
    let mut pattern = Pattern::default();
    pattern.steps[0].priority = 9;
    pattern.steps[8].priority = 6;
    pattern
}
