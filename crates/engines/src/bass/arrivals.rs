//! Where a written approach leads, and where the player does something else.
//!
//! A pattern that ends in an approach would lead into every bar alike. Here the harmony and the phrase are asked: into
//! another section and another phrase the bass leads nearly always, into a new chord as often as the style says,
//! into a bar on the same chord seldom. Otherwise it stays on the root, goes to the fifth or the octave (what the
//! pattern itself prefers), plays the new chord's root early, or leaves the place free. Which it is belongs to the
//! kind of section and the bar in it, so that a figure returns as itself.

use music::lane::Lane;
use music::style::BassRole;

use super::line::{Draft, Line};
use super::{chords, pattern};
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

/// How often a bass leads on, in percent, for a style in the middle. Taste: as bass players do when they play songs.
const INTO_SECTION: u32 = 90;
const INTO_PHRASE: u32 = 75;
const INTO_CHORD: u32 = 45;
const HELD: u32 = 10;
/// The style's share at which these stand.
const MIDDLE: u32 = 50;
/// Priority up to which a place may stay free. Taste: what a pattern insists on is played.
const FREE_UP_TO: u8 = 6;

/// What is played instead of an approach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Instead {
    Plays(BassRole),
    Early,
    Rests,
}

/// What else there is with its weight, before the pattern's own liking. Taste.
const CHOICES: [(Instead, u8); 6] = [
    (Instead::Plays(BassRole::Root), 6),
    (Instead::Plays(BassRole::Fifth), 3),
    (Instead::Plays(BassRole::Octave), 2),
    (Instead::Plays(BassRole::LowFifth), 0),
    (Instead::Early, 3),
    (Instead::Rests, 2),
];

/// Settles every drafted approach.
pub fn settle(line: &mut Line) {
    let view = line.view;
    if !line.drafts.iter().any(|d| d.role == BassRole::Approach) {
        return;
    }
    let bar_ticks = view.place.meter.bar_ticks();
    let dice = view
        .kind_dice
        .lane(Lane::Bass)
        .at(0x200 + view.bar_in_section as u32);
    let likes = likes(view);
    for index in 0..line.drafts.len() {
        let draft = line.drafts[index];
        if draft.role != BassRole::Approach {
            continue;
        }
        // All that leads to one place is decided together.
        let goal = chords::starts(view)
            .map(|(tick, _)| tick)
            .find(|tick| *tick > draft.tick)
            .unwrap_or(bar_ticks);
        let (share, changes) = share(view, draft.tick, goal);
        let share = share * view.style.bass.approach as u32 / MIDDLE;
        if dice.chance(Purpose::Approach, goal as u32, share) {
            continue;
        }
        let early = changes && goal - draft.tick <= 2 * view.grid.step_ticks();
        let known = goal < bar_ticks || !view.is_last_of_phrase();
        play(
            &mut line.drafts[index],
            choose(&draft, &likes, early && known, dice),
            goal,
            view.grid.step_ticks(),
        );
    }
    line.drafts.retain(|d| d.priority > 0);
}

/// How often the bass leads to a place of the bar, in percent, and whether the harmony changes there.
fn share(view: &BarView, tick: i64, goal: i64) -> (u32, bool) {
    let (index, chord) = chords::at(view, tick);
    let inside = goal < view.place.meter.bar_ticks();
    let next = if inside {
        Some(chords::at(view, goal).1)
    } else {
        chords::next(view, index)
    };
    let changes = next.is_some_and(|next| next.bass != chord.bass);
    let share = match changes {
        _ if !inside && view.is_last_of_section() => INTO_SECTION,
        _ if !inside && view.is_last_of_phrase() => INTO_PHRASE,
        true => INTO_CHORD,
        false => HELD,
    };
    (share, changes)
}

/// How often the section's own pattern plays each of the choices.
fn likes(view: &BarView) -> [u8; CHOICES.len()] {
    let mut weights = CHOICES.map(|c| c.1);
    let Some(own) = pattern::own(view) else {
        return weights;
    };
    for step in own.pattern.steps.iter().filter(|s| s.priority > 0) {
        let role = BassRole::from_tag(step.tag);
        for (weight, (choice, _)) in weights.iter_mut().zip(CHOICES) {
            // Taste: roots are many in any pattern and say little.
            let counts = choice == Instead::Plays(role) && role != BassRole::Root;
            *weight = weight.saturating_add(2 * counts as u8);
        }
    }
    weights
}

fn choose(draft: &Draft, likes: &[u8; CHOICES.len()], early: bool, dice: Dice) -> Instead {
    let mut weights = *likes;
    for (weight, (choice, _)) in weights.iter_mut().zip(CHOICES) {
        let open = match choice {
            Instead::Early => early,
            Instead::Rests => draft.priority <= FREE_UP_TO,
            Instead::Plays(_) => true,
        };
        *weight *= open as u8;
    }
    let chosen = dice.pick(Purpose::Approach, 0x1000 + draft.tick as u32, &weights);
    chosen.map_or(Instead::Plays(BassRole::Root), |i| CHOICES[i].0)
}

/// Plays it; a priority of 0 says that nothing is.
fn play(draft: &mut Draft, instead: Instead, goal: i64, step_ticks: i64) {
    draft.role = BassRole::Root;
    match instead {
        Instead::Plays(role) => draft.role = role,
        Instead::Early => {
            draft.ahead = goal - draft.tick;
            // It lets go before the place itself is played.
            draft.span = (draft.ahead / step_ticks.max(1)).clamp(1, 2) as u8;
        }
        Instead::Rests => draft.priority = 0,
    }
}
