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
    if let Some(answer) = &answer {
        for note in &answer.notes {
            let gate = Gate {
                variation: (answer.from, 100),
                ..Gate::density(50)
            };
            write(
                view,
                note.tick,
                note.end,
                note.pitch,
                gate,
                Role::Voice(1),
                out,
            );
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
            beside(view, &answer, note, gate, out);
        }
        let gate = Gate::density(density_gate(placed.step.priority, placed.strength));
        let note = (placed.tick, end, pitch, Role::Voice(0));
        beside(view, &answer, note, gate, out);
    }
}

/// Writes a note of the line (from, to, pitch, role); where the answer is heard it lets go for it.
fn beside(
    view: &BarView,
    answer: &Option<Answer>,
    (tick, end, pitch, role): (i64, i64, Pitch, Role),
    gate: Gate,
    out: &mut Candidates,
) {
    let Some(answer) = answer else {
        return write(view, tick, end, pitch, gate, role, out);
    };
    let (starts, stops) = answer.span();
    if end <= starts || tick >= stops {
        return write(view, tick, end, pitch, gate, role, out);
    }
    let alone = Gate {
        variation: (0, answer.from - 1),
        ..gate
    };
    write(view, tick, end, pitch, alone, role, out);
    if starts - tick >= SHORTEST {
        let answered = Gate {
            variation: (answer.from, 100),
            ..gate
        };
        write(view, tick, starts, pitch, answered, role, out);
    }
}

fn write(
    view: &BarView,
    tick: i64,
    end: i64,
    pitch: Pitch,
    gate: Gate,
    role: Role,
    out: &mut Candidates,
) {
    let felt = feel::place(view, Lane::Texture, None, tick, VELOCITY);
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
    stop::write(stop::stop(view), note, out);
}

/// Half notes, where a style has no pattern.
fn long_notes() -> Pattern {
    let mut pattern = Pattern::default();
    pattern.steps[0].priority = 9;
    pattern.steps[8].priority = 6;
    pattern
}
