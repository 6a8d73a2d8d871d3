//! The end of a section: a few notes that lead into the next one, or the stop that the drums make.

use music::lane::Lane;
use music::note::Gate;
use music::style::{BassRole, BassTechnique};

use super::chords;
use super::line::{Draft, Line};
use crate::dice::Purpose;
use crate::drums::{breaks, is_swung};
use crate::placement::density_gate;

/// Chance in percent that a section's last bar leads on. Taste.
const LEADS: u32 = 62;
/// Taste: variation from which it does, for the first and spread over the others.
const FROM: u8 = 6;
const SPREAD: u32 = 58;
/// Fastest tempo at which sixteenths lead on, thousandths of a BPM. Taste.
const SIXTEENTHS_UP_TO: u32 = 118_000;

/// Figures by steps before the bar line, with what is played. Taste: how bass players walk into a chorus.
const FIGURES: [&[(i64, BassRole)]; 5] = [
    &[(4, BassRole::Passing), (2, BassRole::Approach)],
    &[
        (6, BassRole::Fifth),
        (4, BassRole::Passing),
        (2, BassRole::Approach),
    ],
    &[(2, BassRole::Approach)],
    &[
        (8, BassRole::Octave),
        (6, BassRole::Seventh),
        (4, BassRole::Fifth),
        (2, BassRole::Approach),
    ],
    &[
        (4, BassRole::Root),
        (2, BassRole::Fifth),
        (1, BassRole::Approach),
    ],
];

/// Leads on, or stops.
pub fn lead_on(line: &mut Line) {
    let view = line.view;
    if !view.is_last_of_section() {
        return;
    }
    if let Some(stop) = breaks::stop(&view.of(Lane::Drums)) {
        // Where the default of fills meets the default of variation, drums and bass stop together.
        let from = (stop.fills as u32 * 2 / 3).clamp(1, 100) as u8;
        replace(line, stop.tick, from);
        return;
    }
    let dice = view.section_dice.lane(Lane::Bass).at(9);
    let walks = view.style.bass.technique == BassTechnique::Walking;
    if walks || !dice.chance(Purpose::Approach, 0, LEADS) {
        return;
    }
    let felt = view.grid.scale.felt_tempo(view.place.tempo_mbpm);
    let figures = if is_swung(view) || felt > SIXTEENTHS_UP_TO {
        4
    } else {
        5
    };
    let figure = FIGURES[dice.throw(Purpose::Approach, 1, figures) as usize];
    let (bar_ticks, step) = (view.place.meter.bar_ticks(), view.grid.step_ticks());
    let start = bar_ticks - figure[0].0 * step;
    // A chord that arrives under the figure is left to say so.
    if start <= 0 || chords::starts(view).any(|(tick, _)| tick >= start) {
        return;
    }
    let from = FROM + dice.throw(Purpose::Approach, 2, SPREAD) as u8;
    replace(line, start, from);
    for (steps, role) in figure {
        let tick = bar_ticks - steps * step;
        let strength = line.strength(tick);
        let gate = Gate {
            variation: (from, 100),
            ..Gate::density(density_gate(6, strength))
        };
        line.add(Draft {
            role: *role,
            gate,
            ..Draft::root(tick, 6)
        });
    }
}

/// What was drafted from a tick on is heard below a variation only.
fn replace(line: &mut Line, tick: i64, from: u8) {
    for draft in line.drafts.iter_mut().filter(|d| d.tick >= tick) {
        draft.gate.variation.1 = draft.gate.variation.1.min(from - 1);
    }
    line.drafts
        .retain(|d| d.gate.variation.0 <= d.gate.variation.1);
}
