//! Plays from a take where one is kept: bars, chords and marks as they were when the song was saved.

use music::controls::Latch;
use music::lane::{Lane, LaneSet};
use music::note::Candidate;
use music::plan::{BarPlace, Form, LeadMark};
use music::take::{TakeBar, TakeView};
use music::time::{Meter, TICKS_PER_STEP, Tick};

use super::{BarNotes, PlacedMark};
use crate::view::Material;

/// The take that answers under `latch`, if one is kept.
pub(crate) fn of<'a>(material: Material<'a>, latch: &Latch) -> Option<TakeView<'a>> {
    material.take.filter(|take| take.fits(latch))
}

/// The same for a bar in a meter: a take holds the one that it was made in.
pub(crate) fn of_meter<'a>(
    material: Material<'a>,
    latch: &Latch,
    meter: Meter,
) -> Option<TakeView<'a>> {
    of(material, latch).filter(|take| take.meter == meter)
}

/// Writes a bar's candidates where the bar is played.
pub(super) fn write(
    take: &TakeView,
    lanes: LaneSet,
    form_bar: u16,
    place: &BarPlace,
    out: &mut BarNotes,
) {
    let Some(bar) = take.bar(form_bar) else {
        return;
    };
    out.energy = bar.energy;
    out.transpose = bar.transpose;
    for lane in Lane::ALL.into_iter().filter(|lane| lanes.has(*lane)) {
        let placed = take
            .candidates(bar, lane)
            .iter()
            .map(|candidate| Candidate {
                grid: place.start.plus(candidate.grid.0),
                onset: place.start.plus(candidate.onset.0),
                ..*candidate
            });
        let notes = &mut out.lanes[lane.index()];
        for candidate in placed {
            let _ = notes.push(candidate);
        }
    }
}

/// Tells the sections and chord changes of a take.
pub(super) fn marks(take: &TakeView, form: &Form, latch: &Latch, each: &mut dyn FnMut(PlacedMark)) {
    for section in &form.sections {
        let placed = |bar: u16, step: u8, mark: LeadMark| PlacedMark {
            bar,
            step,
            at: Tick(bar as i64 * take.meter.bar_ticks() + step as i64 * TICKS_PER_STEP),
            key: latch.key.up(section.transpose as i32),
            mark,
        };
        each(placed(
            section.first_bar,
            0,
            LeadMark::Section(section.kind),
        ));
        let mut sounding = None;
        for bar in section.first_bar..section.first_bar + section.bars {
            let chords = take
                .bar(bar)
                .map_or(&[][..], |found: &TakeBar| take.chords(found));
            for (step, chord) in chords {
                if sounding != Some(*chord) {
                    sounding = Some(*chord);
                    each(placed(bar, *step, LeadMark::Chord(*chord)));
                }
            }
        }
    }
}
