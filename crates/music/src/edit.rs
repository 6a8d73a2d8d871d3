//! What a hand changed in the notes: notes of its own, and places where the engines' notes are left out.
//!
//! An edit belongs to a section by the section's key and to a bar within it, so that it moves with the section and
//! survives whatever the engines write anew. Notes keep what an engine would say of them: pitch before the lane's
//! register, velocity before energy. They sit where they were put; swing and human timing do not move them.

use serde::{Deserialize, Serialize};

use crate::drum::Piece;
use crate::lane::Lane;
use crate::note::Role;
use crate::pitch::Pitch;

/// Most edits of a song.
pub const MAX_EDITS: usize = 3000;

/// What an edit does in its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The engine's notes of the bar are left out: what is kept there stands alone.
    Only,
    /// The engine's notes at a place of the grid and a pitch are left out.
    Hide {
        /// Ticks from the bar's start, on the grid.
        grid: i16,
        /// Pitch as the engine writes it.
        pitch: Pitch,
    },
    /// A note is played.
    Keep {
        /// Ticks from the bar's start.
        onset: i16,
        /// Length in ticks, at least 1.
        duration: u16,
        /// Pitch.
        pitch: Pitch,
        /// Velocity at neutral energy.
        velocity: u8,
        /// Why it is there.
        role: Role,
    },
}

/// One edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[i32; 9]", try_from = "[i32; 9]")]
pub struct Edit {
    /// [`crate::plan::Section::key`] of its section.
    pub section: u16,
    /// Bar in the section, from 0.
    pub bar: u16,
    /// Whose note.
    pub lane: Lane,
    /// What it does.
    pub change: Change,
}

impl Edit {
    /// By what edits are ordered and found.
    pub const fn place(&self) -> (u16, u16, u8) {
        (self.section, self.bar, self.lane as u8)
    }
}

/// The edits of a lane in a bar of a section, of a list ordered by [`Edit::place`].
pub fn of_bar(edits: &[Edit], section: u16, bar: u16, lane: Lane) -> &[Edit] {
    let place = (section, bar, lane as u8);
    let from = edits.partition_point(|edit| edit.place() < place);
    let rest = &edits[from..];
    let count = rest.partition_point(|edit| edit.place() <= place);
    &rest[..count]
}

/// A role as a number that stays the same.
fn code(role: Role) -> i32 {
    let piece = |kind: i32, piece: Piece| kind << 8 | piece as i32;
    match role {
        Role::Beat(p) => piece(0, p),
        Role::Ghost(p) => piece(1, p),
        Role::Fill(p) => piece(2, p),
        Role::Polyrhythm(p) => piece(3, p),
        Role::ChordTone(n) => 4 << 8 | n as i32,
        Role::Voice(n) => 5 << 8 | n as i32,
        Role::Approach => 6 << 8,
        Role::Passing => 7 << 8,
        Role::Neighbour => 8 << 8,
        Role::Pickup => 9 << 8,
        Role::ScaleTone => 10 << 8,
        Role::Played => 11 << 8,
    }
}

fn role(code: i32) -> Role {
    let (kind, n) = (code >> 8, code as u8);
    let piece = Piece::ALL.get(n as usize).copied().unwrap_or(Piece::Snare);
    match kind {
        0 => Role::Beat(piece),
        1 => Role::Ghost(piece),
        2 => Role::Fill(piece),
        3 => Role::Polyrhythm(piece),
        4 => Role::ChordTone(n),
        5 => Role::Voice(n),
        6 => Role::Approach,
        7 => Role::Passing,
        8 => Role::Neighbour,
        9 => Role::Pickup,
        10 => Role::ScaleTone,
        _ => Role::Played,
    }
}

impl From<Edit> for [i32; 9] {
    fn from(edit: Edit) -> [i32; 9] {
        let (kind, at, duration, pitch, velocity, role) = match edit.change {
            Change::Only => (0, 0, 0, Pitch(0), 0, 0),
            Change::Hide { grid, pitch } => (1, grid, 0, pitch, 0, 0),
            Change::Keep {
                onset,
                duration,
                pitch,
                velocity,
                role,
            } => (2, onset, duration, pitch, velocity, code(role)),
        };
        let (section, bar) = (edit.section as i32, edit.bar as i32);
        let (lane, at, duration) = (edit.lane as i32, at as i32, duration as i32);
        [
            section,
            bar,
            lane,
            kind,
            at,
            duration,
            pitch.0 as i32,
            velocity as i32,
            role,
        ]
    }
}

impl TryFrom<[i32; 9]> for Edit {
    type Error = &'static str;
    fn try_from(
        [section, bar, lane, kind, at, duration, pitch, velocity, why]: [i32; 9],
    ) -> Result<Edit, &'static str> {
        const WRONG: &str = "no such edit";
        let lane = usize::try_from(lane).map_err(|_| WRONG)?;
        let at = i16::try_from(at).map_err(|_| WRONG)?;
        let pitch = Pitch(pitch.clamp(0, 127) as u8);
        Ok(Edit {
            section: section.try_into().map_err(|_| WRONG)?,
            bar: bar.try_into().map_err(|_| WRONG)?,
            lane: *Lane::ALL.get(lane).ok_or(WRONG)?,
            change: match kind {
                0 => Change::Only,
                1 => Change::Hide { grid: at, pitch },
                2 => Change::Keep {
                    onset: at,
                    duration: duration.clamp(1, u16::MAX as i32) as u16,
                    pitch,
                    velocity: velocity.clamp(1, 127) as u8,
                    role: role(why),
                },
                _ => return Err(WRONG),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_survive_being_written_out() {
        let roles = [
            Role::Beat(Piece::Kick),
            Role::Ghost(Piece::BongoLow),
            Role::Fill(Piece::TomMid),
            Role::Polyrhythm(Piece::Ride),
            Role::ChordTone(3),
            Role::Voice(2),
            Role::Approach,
            Role::Passing,
            Role::Neighbour,
            Role::Pickup,
            Role::ScaleTone,
            Role::Played,
        ];
        let keep = |role| Change::Keep {
            onset: -20,
            duration: 480,
            pitch: Pitch(64),
            velocity: 90,
            role,
        };
        let hide = Change::Hide {
            grid: 240,
            pitch: Pitch(38),
        };
        let all = roles.into_iter().map(keep).chain([Change::Only, hide]);
        for change in all {
            let edit = Edit {
                section: 65_535,
                bar: 399,
                lane: Lane::Melody,
                change,
            };
            assert_eq!(Edit::try_from(<[i32; 9]>::from(edit)), Ok(edit));
        }
        assert!(Edit::try_from([0, 0, 9, 0, 0, 0, 0, 0, 0]).is_err());
        assert!(Edit::try_from([-1, 0, 0, 0, 0, 0, 0, 0, 0]).is_err());
    }

    #[test]
    fn a_bar_finds_its_own_edits() {
        let edit = |section, bar, lane| Edit {
            section,
            bar,
            lane,
            change: Change::Only,
        };
        let all = [
            edit(1, 0, Lane::Bass),
            edit(1, 2, Lane::Drums),
            edit(1, 2, Lane::Bass),
            edit(1, 2, Lane::Bass),
            edit(3, 0, Lane::Drums),
        ];
        assert_eq!(of_bar(&all, 1, 2, Lane::Bass).len(), 2);
        assert_eq!(of_bar(&all, 1, 2, Lane::Drums), &all[1..2]);
        assert!(of_bar(&all, 2, 0, Lane::Drums).is_empty());
    }
}
