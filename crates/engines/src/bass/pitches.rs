//! Roles become pitches in the range of the bass.
//!
//! Every chord's root lies at the octave nearest to one anchor of the range, whatever came before it, so that
//! a bar's pitches follow from its own chords alone.

use music::chord::Chord;
use music::pitch::{Pitch, PitchClass};
use music::style::BassRole;

use super::chords;
use super::line::Line;
use crate::dice::Purpose;
use crate::view::BarView;

/// Used where a style writes no range: a bass guitar's, E1 to E3.
const USUAL_RANGE: (u8, u8) = (28, 52);

/// Lowest and highest pitch; always an octave or more.
fn range(view: &BarView) -> (u8, u8) {
    match view.style.bass.range {
        (low, high) if high >= low.saturating_add(12) && high <= 127 => (low, high),
        _ => USUAL_RANGE,
    }
}

/// Where a chord's root lies.
fn root(view: &BarView, chord: Chord) -> Pitch {
    let (low, high) = range(view);
    // Taste: the lower third of the range.
    Pitch(low + (high - low) / 3)
        .nearest(chord.bass)
        .folded(low, high)
}

/// A pitch of `class` above `from` in the range, else below it.
fn above(view: &BarView, from: Pitch, class: PitchClass) -> Pitch {
    let (low, high) = range(view);
    let up = from.0 as i16 + from.class().to(class) as i16;
    let pitch = if up > high as i16 { up - 12 } else { up };
    Pitch(pitch.clamp(0, 127) as u8).folded(low, high)
}

/// The pitch of a role over a chord; approaches and passing notes are chosen later.
fn of_role(view: &BarView, chord: Chord, role: BassRole) -> Pitch {
    let (low, high) = range(view);
    let root = root(view, chord);
    let interval = |fits: &[u8]| {
        chord
            .quality
            .intervals()
            .iter()
            .copied()
            .find(|i| fits.contains(i))
    };
    match role {
        BassRole::Third => match interval(&[3, 4]).or(interval(&[2, 5])) {
            Some(third) => above(view, root, chord.root.up(third as i32)),
            None => root,
        },
        BassRole::Fifth => above(view, root, fifth(chord)),
        BassRole::LowFifth => {
            let down = root.0 as i16 - fifth(chord).to(root.class()) as i16;
            if down >= low as i16 {
                Pitch(down as u8)
            } else {
                above(view, root, fifth(chord))
            }
        }
        BassRole::Seventh => {
            let sixth = chord.root.up(9);
            let safe = view.latch.scale.contains(view.latch.key, sixth);
            match interval(&[10, 11, 9]) {
                Some(seventh) => above(view, root, chord.root.up(seventh as i32)),
                None if safe => above(view, root, sixth),
                None => above(view, root, fifth(chord)),
            }
        }
        BassRole::Octave if root.0 + 12 <= high => Pitch(root.0 + 12),
        BassRole::Octave if root.0 >= low + 12 => Pitch(root.0 - 12),
        _ => root,
    }
}

fn fifth(chord: Chord) -> PitchClass {
    let found = chord
        .quality
        .intervals()
        .iter()
        .find(|i| (6..=8).contains(*i));
    chord.root.up(found.copied().unwrap_or(7) as i32)
}

/// Chooses every draft's pitch; the line is settled.
pub fn choose(line: &mut Line) {
    let view = line.view;
    for draft in &mut line.drafts {
        let (_, chord) = chords::at(view, draft.tick + draft.ahead);
        draft.pitch = of_role(view, chord, draft.role);
    }
    for i in 0..line.drafts.len() {
        match line.drafts[i].role {
            BassRole::Approach => line.drafts[i].pitch = approach(line, i),
            BassRole::Passing => line.drafts[i].pitch = passing(line, i),
            _ => {}
        }
    }
}

/// The note that a draft leads to: the next one of the bar on another chord, else the next chord's root.
fn target(line: &Line, index: usize) -> Pitch {
    let (view, draft) = (line.view, &line.drafts[index]);
    let (chord_index, chord) = chords::at(view, draft.tick);
    let next = line.drafts[index + 1..].iter().find(|d| {
        super::line::meet(&d.gate, &draft.gate)
            && !matches!(d.role, BassRole::Approach | BassRole::Passing)
    });
    match next {
        Some(next) => next.pitch,
        None => root(view, chords::next(view, chord_index).unwrap_or(chord)),
    }
}

/// A step below or above the target: of the scale more often than chromatic.
fn approach(line: &Line, index: usize) -> Pitch {
    let view = line.view;
    let (low, high) = range(view);
    let goal = target(line, index);
    let in_scale = |p: Pitch| view.latch.scale.contains(view.latch.key, p.class());
    let at = |by: i16| Pitch((goal.0 as i16 + by).clamp(0, 127) as u8);
    let scale_step = |down: bool| {
        let (half, whole) = if down {
            (at(-1), at(-2))
        } else {
            (at(1), at(2))
        };
        if in_scale(half) || !in_scale(whole) {
            half
        } else {
            whole
        }
    };
    // Taste: from below by scale, now and then by semitone or from above.
    let pitch = match line.dice.throw(Purpose::Approach, index as u32, 10) {
        0..5 => scale_step(true),
        5..8 => at(-1),
        _ => scale_step(false),
    };
    let pitch = if pitch.0 < low || pitch.0 > high {
        scale_step(pitch.0 < low).folded(low, high)
    } else {
        pitch
    };
    let (_, chord) = chords::at(view, line.drafts[index].tick);
    if rubs(line, index, chord, pitch) {
        of_role(view, chord, BassRole::Fifth)
    } else {
        pitch
    }
}

/// Whether a pitch lies a semitone under a tone of the chord in the middle of a bar, where the band sounds
/// together.
fn rubs(line: &Line, index: usize, chord: Chord, pitch: Pitch) -> bool {
    let bar_ticks = line.view.place.meter.bar_ticks();
    let together = (2 * line.drafts[index].tick).rem_euclid(bar_ticks) == 0;
    together && chord.has(pitch.class().up(1))
}

/// A tone of the scale between the notes before and after.
fn passing(line: &Line, index: usize) -> Pitch {
    let view = line.view;
    let (low, high) = range(view);
    let gate = &line.drafts[index].gate;
    let before = line.drafts[..index]
        .iter()
        .rev()
        .find(|d| super::line::meet(&d.gate, gate));
    let (chord_index, chord) = chords::at(view, line.drafts[index].tick);
    let from = before.map_or(root(view, chord), |d| d.pitch);
    let after = line.drafts[index + 1..]
        .iter()
        .find(|d| super::line::meet(&d.gate, gate));
    let to = match after {
        Some(d) if d.role != BassRole::Passing => d.pitch,
        _ => root(view, chords::next(view, chord_index).unwrap_or(chord)),
    };
    let middle = (from.0 as i16 + to.0 as i16) / 2;
    let toward = if to >= from { 1 } else { -1 };
    let scale = |p: i16| {
        view.latch
            .scale
            .contains(view.latch.key, Pitch(p.clamp(0, 127) as u8).class())
    };
    let tries = [
        middle,
        middle + toward,
        middle - toward,
        middle + 2 * toward,
        middle - 2 * toward,
    ];
    let differs = |p: &i16| {
        let pitch = Pitch((*p).clamp(0, 127) as u8);
        *p != from.0 as i16 && *p != to.0 as i16 && !rubs(line, index, chord, pitch)
    };
    let found = tries
        .into_iter()
        .filter(differs)
        .find(|p| scale(*p) && (low as i16..=high as i16).contains(p));
    found.map_or_else(|| of_role(view, chord, BassRole::Fifth), |p| Pitch(p as u8))
}
