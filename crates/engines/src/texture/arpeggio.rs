//! Arpeggios: one voice a step, in a figure that a section kind keeps.
//!
//! The figure starts anew at every bar, so that any bar can be played by itself, and runs on where the chord changes. Force follows
//! the metre and the figure's own shape, so that no two neighbours are struck alike.

use heapless::Vec;
use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::pitch::Pitch;
use music::plan::ChordSpan;
use music::style::{Pattern, Step};

use super::answer::{Gap, gap};
use super::contour;
use super::{busy, stop};
use crate::dice::Purpose;
use crate::feel;
use crate::harmony::comping::{chord_at, pattern_of};
use crate::placement::{Placed, density_gate, lay};
use crate::view::BarView;

/// How a chord is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Low to high, again and again.
    Up,
    /// High to low.
    Down,
    /// Up and back, the turning voices once.
    UpDown,
    /// The lowest voice between the others.
    Alternating,
    /// From the outside in.
    Converging,
    /// Lowest, highest, middle, highest.
    Alberti,
    /// Each voice, then its octave.
    Octaves,
}

const FIGURES: [Figure; 7] = [
    Figure::Up,
    Figure::Down,
    Figure::UpDown,
    Figure::Alternating,
    Figure::Converging,
    Figure::Alberti,
    Figure::Octaves,
];
/// How often each is chosen. Taste.
const FIGURE_WEIGHTS: [u8; 7] = [4, 2, 5, 3, 2, 3, 2];
/// How much earlier a figure turns each time that its section returns, percent of variation. Taste.
const AGAIN: u8 = 18;
/// How much earlier it turns in the last bar of eight. Taste: at the default of variation in most songs.
const EIGHTH_BAR: u8 = 60;
/// Density from which on a final section doubles its strong places an octave up. Taste: heard at the default.
const DOUBLED_FROM: u8 = 55;
/// How much denser a figure runs where the tune rests, and how much thinner where it moves, in percent of
/// density. Taste.
const IN_GAP: u8 = 18;
const UNDER_TUNE: u8 = 12;
/// The same in beats where the tune moves in sixteenths. Taste: two hands in one place are a blur.
const UNDER_WORDS: u8 = 22;

impl Figure {
    /// The voice (0 lowest) of the `n`-th step over `count` voices.
    pub fn voice(self, n: usize, count: usize) -> usize {
        if count < 2 {
            return 0;
        }
        match self {
            Figure::Up => n % count,
            Figure::Down => count - 1 - n % count,
            Figure::UpDown => {
                let turn = 2 * count - 2;
                let place = n % turn;
                if place < count { place } else { turn - place }
            }
            Figure::Alternating => {
                if n.is_multiple_of(2) {
                    0
                } else {
                    1 + n / 2 % (count - 1)
                }
            }
            Figure::Alberti => [0, count - 1, count / 2, count - 1][n % 4],
            Figure::Octaves => n / 2 % count,
            Figure::Converging => {
                let place = n % count;
                if place.is_multiple_of(2) {
                    place / 2
                } else {
                    count - 1 - place / 2
                }
            }
        }
    }
}

/// Whether the `n`-th step of a figure is an octave up.
const fn is_lifted(figure: Figure, n: usize) -> bool {
    matches!(figure, Figure::Octaves) && n % 2 == 1
}

/// Force of metrical places, where the pattern leaves it open. Taste.
const VELOCITY: [u8; 5] = [58, 64, 70, 74, 80];

/// Plays the bar.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let patterns = &view.style.texture.patterns;
    let dice = view.kind_dice.lane(Lane::Texture);
    let sixteenths = eighths();
    let pattern = match pattern_of(patterns, view.section.kind, dice, 0) {
        Some(index) => &patterns[index].pattern,
        None => &sixteenths,
    };
    let figure = FIGURES[dice.pick(Purpose::Figure, 0, &FIGURE_WEIGHTS).unwrap_or(0)];
    // In the last bar of four another figure may answer.
    let other = FIGURES[dice.pick(Purpose::Figure, 1, &FIGURE_WEIGHTS).unwrap_or(0)];
    let own = view.dice.lane(Lane::Texture);
    let turn = 20 + own.throw(Purpose::Variation, 0, 80) as u8;
    // Each time that a section returns, it turns more readily, and in its middle too.
    let again = view.section.statement.min(2);
    let turn = turn.saturating_sub(AGAIN * again).max(1);
    // The last bar of eight turns at nearly any variation, of four at about half of the settings.
    let place = view.bar_in_section % 8;
    let turn = if place == 7 {
        turn.saturating_sub(EIGHTH_BAR).max(1)
    } else {
        turn
    };
    let turns = (place % 4 == 3 || again > 0 && place % 4 == 1) && turn <= 100 && other != figure;
    let plain = if turns { (0, turn - 1) } else { (0, 100) };
    let laid = lay(view.grid, pattern, view.rhythm(), 0);
    play(view, &laid, figure, plain, out);
    if turns {
        play(view, &laid, other, (turn, 100), out);
    }
}

fn play(
    view: &BarView,
    laid: &[Placed],
    figure: Figure,
    variation: (u8, u8),
    out: &mut Candidates,
) {
    let bar_end = view.place.meter.bar_ticks();
    let mut n = 0;
    let gap = gap(view);
    let busy = busy::beats(view);
    let shape = contour::of(view);
    let stop = stop::stop(view);
    let range = view.style.texture.range;
    for (index, placed) in laid.iter().enumerate() {
        let Some((chord, change)) = chord_at(view, placed.tick) else {
            continue;
        };
        let voices = spread(&view.phrase.chords[chord], view.style.texture.range);
        if voices.is_empty() {
            continue;
        }
        let tag = placed.step.tag as usize;
        let voice = if tag > 0 {
            (tag - 1) % voices.len()
        } else {
            figure.voice(n + shape.inversion, voices.len())
        };
        let octave = tag == 0 && is_lifted(figure, n);
        let up = voices[voice].0.saturating_add(12);
        let pitch = if octave && up <= range.1 {
            Pitch(up)
        } else {
            voices[voice]
        };
        n += (tag == 0) as usize;
        let next = laid.get(index + 1).map_or(bar_end, |p| p.tick);
        let wanted = placed.step.span as i64 * view.grid.step_ticks();
        let until = if wanted > 0 {
            placed.tick + wanted
        } else {
            next
        };
        let end = until.min(change);
        let felt = feel::place(
            view,
            Lane::Texture,
            None,
            placed.tick,
            force(placed.step, placed, voice, shape.force(placed)),
        );
        let density = density_gate(placed.step.priority, placed.strength);
        let note = Candidate {
            lane: Lane::Texture,
            grid: felt.grid,
            onset: felt.onset,
            duration: felt.lasting(shape.lasting(placed, end - placed.tick)),
            pitch,
            velocity: felt.velocity,
            gate: Gate {
                density: beside_tune(density, placed, gap, busy.at(view, placed)),
                variation,
                ..Gate::OPEN
            },
            role: Role::Voice(voice as u8),
        };
        stop::write(stop, note, out);
        let doubled = pitch.0.saturating_add(12);
        if view.section.is_final && placed.strength >= 2 && doubled <= range.1 {
            let lifted = Candidate {
                pitch: Pitch(doubled),
                velocity: felt.velocity.saturating_sub(10).max(1),
                gate: Gate {
                    density: note.gate.density.max(DOUBLED_FROM),
                    ..note.gate
                },
                ..note
            };
            stop::write(stop, lifted, out);
        }
    }
}

/// Density from which on a step is heard: sooner where the tune rests, later where it moves. Steps that are
/// always there, and those on the beat, stay.
fn beside_tune(density: u8, placed: &Placed, gap: Option<Gap>, busy: bool) -> u8 {
    if busy && density > 0 && placed.strength == 0 {
        return density.saturating_add(UNDER_WORDS).min(98);
    }
    let Some(gap) = gap.filter(|_| density > 0) else {
        return density;
    };
    if (gap.0..gap.1).contains(&placed.tick) {
        density.saturating_sub(IN_GAP)
    } else if placed.strength == 0 {
        density.saturating_add(UNDER_TUNE).min(98)
    } else {
        density
    }
}

/// Higher voices a little louder than lower ones, strong places more than weak ones.
fn force(step: Step, placed: &Placed, voice: usize, shape: i32) -> u8 {
    let base = if step.velocity > 0 {
        step.velocity
    } else {
        VELOCITY[placed.strength.min(4) as usize]
    };
    (base as i32 + 2 * voice as i32 - 3 + shape).clamp(1, 127) as u8
}

/// The voices of a chord, with the lowest ones again an octave up while they fit the range: a figure needs
/// at least four places to run.
fn spread(span: &ChordSpan, range: (u8, u8)) -> Vec<Pitch, 8> {
    let mut voices: Vec<Pitch, 8> = span.texture.iter().copied().collect();
    let count = voices.len();
    let mut index = 0;
    while voices.len() < 4 && index < count {
        let up = voices[index].0.saturating_add(12);
        if up <= range.1 && voices.last().is_some_and(|top| up > top.0) {
            let _ = voices.push(Pitch(up));
        }
        index += 1;
    }
    voices
}

/// Eighths, with the sixteenths between them when dense, where a style has no pattern.
fn eighths() -> Pattern {
    let mut pattern = Pattern::default();
    for (index, step) in pattern.steps.iter_mut().enumerate() {
        step.priority = match index % 4 {
            0 => 8,
            2 => 6,
            _ => 2,
        };
    }
    pattern
}
