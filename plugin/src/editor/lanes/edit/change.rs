//! Notes as they would be: moved, longer, new.

use authoring::editing::notes::{Spot, Written};
use egui::Rect;
use music::controls::REGISTER;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Note, Role};
use music::pitch::Pitch;
use music::plan::Form;
use music::time::Tick;

use super::Roll;
use crate::editor::access::lane_param;
use crate::editor::lanes::{figures, roll};

/// Velocity of a new note. Taste: clearly heard, with room for accents.
const VELOCITY: u8 = 96;
/// Length of a new note, ticks: a sixteenth of drums, an eighth of others.
const LENGTHS: (u16, u16) = (240, 480);

/// How far a drag has gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Later.
    pub ticks: i64,
    /// Lines up.
    pub rows: i32,
}

/// A bar of a lane by its section.
pub fn spot(form: &Form, bar: u16, lane: Lane) -> Option<Spot> {
    let (_, section) = form.section_at(bar)?;
    Some(Spot {
        section: section.key,
        bar: bar - section.first_bar,
        lane,
    })
}

/// First tick of a note's bar in the form.
fn bar_start(roll: &Roll, spot: Spot) -> Option<i64> {
    let sections = &roll.view.score.form.sections;
    let section = sections.iter().find(|s| s.key == spot.section)?;
    Some(i64::from(section.first_bar + spot.bar) * roll.view.score.meter.bar_ticks())
}

/// A note at another tick of the form, if the form reaches there.
fn at_tick(roll: &Roll, note: &Written, tick: i64) -> Option<Written> {
    let ticks = roll.view.score.meter.bar_ticks().max(1);
    let bar = u16::try_from(tick.max(0) / ticks).ok()?;
    let spot = spot(&roll.view.score.form, bar, roll.lane)?;
    let onset = (tick.max(0) - i64::from(bar) * ticks) as i16;
    Some(Written {
        spot,
        grid: onset,
        onset,
        ..*note
    })
}

/// A note moved; where the form ends it stays.
pub fn moved(roll: &Roll, note: &Written, step: Step) -> Written {
    let mut out = *note;
    if step.ticks != 0
        && let Some(start) = bar_start(roll, note.spot)
    {
        let tick = start + i64::from(note.onset) + step.ticks;
        out = at_tick(roll, note, tick).unwrap_or(out);
    }
    if step.rows != 0 {
        (out.pitch, out.role) = pitched(roll, note, step.rows);
    }
    by_hand(out)
}

/// A note so many ticks longer.
pub fn longer(note: &Written, ticks: i64) -> Written {
    let duration = (i64::from(note.duration) + ticks).clamp(30, 30_000) as u16;
    by_hand(Written { duration, ..*note })
}

/// As it is found again once it is kept.
pub const fn by_hand(note: Written) -> Written {
    Written {
        grid: note.onset,
        kept: true,
        ..note
    }
}

/// Octaves that the lane's register adds to what is shown.
fn octaves(roll: &Roll) -> i32 {
    let register = roll.view.params.step(&lane_param(roll.lane, "register"));
    register as i32 + REGISTER.min
}

/// Pitch and role so many lines up.
fn pitched(roll: &Roll, note: &Written, rows: i32) -> (Pitch, Role) {
    if roll.lane != Lane::Drums {
        let octaves = 12 * octaves(roll);
        let shown = (i32::from(note.pitch.0) + octaves).clamp(0, 127) as u8;
        let last = roll.figures.lines(roll.lane) as i32 - 1;
        let line = roll.figures.line_of(shown).map(|line| line + rows);
        let line = match roll.figures.folded.is_empty() {
            true => line,
            false => line.map(|line| line.clamp(0, last)),
        };
        let to = line.and_then(|line| roll.figures.pitch_of(line));
        let pitch = to.map_or(i32::from(note.pitch.0), |to| i32::from(to) - octaves);
        return (Pitch(pitch.clamp(0, 127) as u8), Role::Played);
    }
    let pieces = &roll.figures.pieces;
    let now = Piece::from_general_midi(note.pitch);
    let at = pieces.iter().position(|p| Some(*p) == now).unwrap_or(0);
    let to = (at as i32 + rows).clamp(0, pieces.len() as i32 - 1) as usize;
    let piece = pieces.get(to).copied().unwrap_or(Piece::Snare);
    (piece.general_midi(), Role::Beat(piece))
}

/// A new note at a tick and a line.
pub fn new(roll: &Roll, tick: i64, row: i32) -> Option<Written> {
    let (pitch, role, duration) = match roll.lane {
        Lane::Drums => {
            let piece = *roll.figures.pieces.get(usize::try_from(row).ok()?)?;
            (piece.general_midi(), Role::Beat(piece), LENGTHS.0)
        }
        _ => {
            let pitch = i32::from(roll.figures.pitch_of(row)?) - 12 * octaves(roll);
            let pitch = Pitch(u8::try_from(pitch).ok().filter(|p| *p < 128)?);
            (pitch, Role::Played, LENGTHS.1)
        }
    };
    let note = Written {
        spot: spot(&roll.view.score.form, 0, roll.lane)?,
        grid: 0,
        onset: 0,
        duration,
        pitch,
        velocity: VELOCITY,
        role,
        kept: true,
    };
    at_tick(roll, &note, tick)
}

/// Where a note would be drawn.
pub fn place(roll: &Roll, note: &Written) -> Option<Rect> {
    let octaves = match roll.lane {
        Lane::Drums => 0,
        _ => octaves(roll),
    };
    let pitch = (i32::from(note.pitch.0) + 12 * octaves).clamp(0, 127);
    let shown = Note {
        lane: roll.lane,
        onset: Tick(bar_start(roll, note.spot)? + i64::from(note.onset)),
        duration: note.duration.into(),
        pitch: Pitch(pitch as u8),
        velocity: note.velocity,
        role: note.role,
    };
    debug_assert!(roll.lane != Lane::Drums || figures::piece(&shown).is_some());
    roll::place(roll.window, roll.lane, roll.figures, &shown)
}
