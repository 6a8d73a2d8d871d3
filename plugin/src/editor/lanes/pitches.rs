//! Which pitches or pieces of a lane under the hand have a line: what fits its notes with some room, what the hand
//! zoomed and scrolled to, or, folded, only what is played.

use std::borrow::Cow;

use music::lane::Lane;
use music::note::Note;
use music::time::Tick;

use super::figures::LaneFigures;
use super::proposal;
use crate::editor::desk::{Desk, View};

/// Fewest pitches in view. Taste: half an octave can still be aimed at.
const LEAST: f32 = 7.0;
/// Pitches that a notch of the wheel scrolls, and what it zooms by. Taste.
const SCROLL: f32 = 2.0;
const ZOOM: f32 = 1.2;
/// Pitches around notes that are shown by themselves. Taste.
const AROUND: u8 = 3;

/// A lane's figures as they are seen under the hand.
pub fn figures(lane: Lane, view: &View, desk: &Desk) -> LaneFigures {
    let own = desk.figures.lane(lane);
    let notes = &view.score.notes[lane.index()];
    if desk.state.fold && !notes.is_empty() {
        let folded = own.fold(notes);
        return proposed(lane, view).map_or_else(|| folded.clone(), |notes| folded.with(notes));
    }
    let room = own.with_room();
    match desk.state.pitches[lane.index()] {
        [low, high] if low < high => LaneFigures { low, high, ..room },
        _ => room,
    }
}

/// A lane's figures as they are seen while it is not under the hand: what is proposed has lines too.
pub fn at_rest<'a>(lane: Lane, view: &View, desk: &'a Desk) -> Cow<'a, LaneFigures> {
    let own = desk.figures.lane(lane);
    proposed(lane, view).map_or(Cow::Borrowed(own), |notes| Cow::Owned(own.with(notes)))
}

fn proposed<'a>(lane: Lane, view: &View<'a>) -> Option<impl Iterator<Item = &'a Note> + Clone> {
    let proposal = proposal::of(view, lane)?;
    Some(proposal.notes.iter().map(|(note, _)| note))
}

/// Whether the wheel scrolls pitches: where lines are folded there is no more to see, and drums are all in view.
pub fn scrolls(desk: &Desk) -> bool {
    !desk.state.fold && desk.lane() != Lane::Drums
}

fn set(lane: Lane, desk: &mut Desk, low: f32, high: f32) {
    let wide = (high - low).clamp(LEAST - 1.0, 127.0);
    let low = low.clamp(0.0, 127.0 - wide);
    desk.state.pitches[lane.index()] = [low.round() as u8, (low + wide).round() as u8];
}

/// So many notches up.
pub fn scroll(lane: Lane, view: &View, desk: &mut Desk, notches: f32) {
    let now = figures(lane, view, desk);
    let by = notches * SCROLL;
    set(
        lane,
        desk,
        f32::from(now.low) + by,
        f32::from(now.high) + by,
    );
}

/// More pitches or fewer, about a place between the lowest (0) and the highest (1).
pub fn zoom(lane: Lane, view: &View, desk: &mut Desk, about: f32, notches: f32) {
    if !scrolls(desk) {
        return;
    }
    let now = figures(lane, view, desk);
    let (low, high) = (f32::from(now.low), f32::from(now.high));
    let wide = high - low;
    let new = (wide * ZOOM.powf(notches)).clamp(LEAST - 1.0, 127.0);
    // A notch is a pitch at least.
    let new = match new.round() == wide {
        true => wide + notches.signum(),
        false => new.round(),
    };
    let low = low + (wide - new) * about.clamp(0.0, 1.0);
    set(lane, desk, low, low + new);
}

/// Shows the pitches of the selected notes, and gives the bars that they fill: the first, and how many.
pub fn fit(lane: Lane, view: &View, desk: &mut Desk) -> Option<(f64, f64)> {
    let score = view.score;
    let all = score.notes[lane.index()]
        .iter()
        .zip(&score.origins[lane.index()]);
    let selected = &desk.editing.selected;
    let chosen: Vec<_> = all
        .filter(|(_, own)| selected.contains(own))
        .map(|(n, _)| *n)
        .collect();
    let first = chosen.iter().map(|n| n.onset).min()?;
    let end = chosen
        .iter()
        .map(|n| Tick(n.onset.0 + i64::from(n.duration)))
        .max()?;
    let low = chosen.iter().map(|n| n.pitch.0).min()?;
    let high = chosen.iter().map(|n| n.pitch.0).max()?;
    if lane != Lane::Drums && !desk.state.fold {
        let (low, high) = (low.saturating_sub(AROUND), high.saturating_add(AROUND));
        set(lane, desk, low.into(), high.into());
    }
    let ticks = view.bar_ticks();
    let first = (first.0 as f64 / ticks).floor();
    Some((first, (end.0 as f64 / ticks).ceil() - first))
}
