//! Notes added, moved, resized, deleted and kept; bars that a hand has taken over.

use music::edit::{Change, Edit, of_bar};
use music::lane::Lane;
use music::note::Role;
use music::pitch::Pitch;
use music::song::Song;

/// A bar of a lane, by its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// [`music::plan::Section::key`] of the section.
    pub section: u16,
    /// Bar in the section, from 0.
    pub bar: u16,
    /// The lane.
    pub lane: Lane,
}

/// A note as an engine or a hand wrote it: pitch before register, velocity before energy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bar.
    pub spot: Spot,
    /// Ticks from the bar's start, on the grid.
    pub grid: i16,
    /// Ticks from the bar's start, as it is played.
    pub onset: i16,
    /// Length in ticks.
    pub duration: u16,
    /// Pitch.
    pub pitch: Pitch,
    /// Velocity.
    pub velocity: u8,
    /// Why it is there.
    pub role: Role,
    /// A hand wrote or kept it.
    pub kept: bool,
}

/// The song with some notes taken away and others in their place; the engines may not bring back what was taken.
pub fn exchanged(song: &Song, from: &[Written], to: &[Written]) -> Option<Song> {
    let mut edits: Vec<Edit> = song.edits.to_vec();
    for note in from {
        let same = |edit: &Edit| edit.place() == place(note.spot) && is(edit, note);
        if let Some(at) = edits.iter().position(same) {
            edits.remove(at);
        } else {
            let hide = Change::Hide {
                grid: note.grid,
                pitch: note.pitch,
            };
            let edit = edit(note.spot, hide);
            if !edits.contains(&edit) && !is_own(song, note.spot) {
                edits.push(edit);
            }
        }
    }
    for note in to {
        let keep = Change::Keep {
            onset: note.onset,
            duration: note.duration.max(1),
            pitch: note.pitch,
            velocity: note.velocity.clamp(1, 127),
            role: note.role,
        };
        let edit = edit(note.spot, keep);
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    with(song, edits)
}

/// The song with a bar of a lane standing as it is, whatever the engines write anew.
pub fn locked(song: &Song, spot: Spot, notes: &[Written]) -> Option<Song> {
    let mut edits: Vec<Edit> = song.edits.to_vec();
    edits.retain(|edit| edit.place() != place(spot));
    edits.push(edit(spot, Change::Only));
    let own = Song {
        edits: edits.into_iter().collect(),
        ..song.clone()
    };
    let of: Vec<Written> = notes.iter().filter(|n| n.spot == spot).copied().collect();
    exchanged(&own, &[], &of)
}

/// The song with a bar of a lane as the engines write it.
pub fn freed(song: &Song, spot: Spot) -> Song {
    let mut song = song.clone();
    song.edits.retain(|edit| edit.place() != place(spot));
    song
}

/// Whether a bar stands as a hand left it.
pub fn is_own(song: &Song, spot: Spot) -> bool {
    of(song, spot)
        .iter()
        .any(|edit| edit.change == Change::Only)
}

/// What a hand changed in a bar.
pub fn of(song: &Song, spot: Spot) -> &[Edit] {
    of_bar(&song.edits, spot.section, spot.bar, spot.lane)
}

/// Whether an edit keeps this note.
fn is(edit: &Edit, note: &Written) -> bool {
    matches!(edit.change, Change::Keep { onset, pitch, .. } if onset == note.onset && pitch == note.pitch)
}

const fn place(spot: Spot) -> (u16, u16, u8) {
    (spot.section, spot.bar, spot.lane as u8)
}

const fn edit(spot: Spot, change: Change) -> Edit {
    Edit {
        section: spot.section,
        bar: spot.bar,
        lane: spot.lane,
        change,
    }
}

fn with(song: &Song, mut edits: Vec<Edit>) -> Option<Song> {
    if edits.len() > music::edit::MAX_EDITS {
        return None;
    }
    edits.sort_by_key(Edit::place);
    Some(Song {
        edits: edits.into_iter().collect(),
        ..song.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPOT: Spot = Spot {
        section: 3,
        bar: 2,
        lane: Lane::Bass,
    };

    fn note(onset: i16, pitch: u8) -> Written {
        Written {
            spot: SPOT,
            grid: onset - onset % 240,
            onset,
            duration: 200,
            pitch: Pitch(pitch),
            velocity: 90,
            role: Role::ChordTone(0),
            kept: false,
        }
    }

    #[test]
    fn a_note_that_is_moved_leaves_its_place_and_moves_on_without_a_trace() {
        let song = exchanged(&Song::default(), &[note(10, 40)], &[note(490, 43)]).unwrap();
        assert_eq!(song.edits.len(), 2);
        let song = exchanged(&song, &[note(490, 43)], &[note(970, 43)]).unwrap();
        assert_eq!(song.edits.len(), 2, "one hidden, one kept");
        let back = exchanged(&song, &[note(970, 43)], &[]).unwrap();
        assert_eq!(back.edits.len(), 1);
        let hide = Change::Hide {
            grid: 0,
            pitch: Pitch(40),
        };
        assert_eq!(back.edits[0].change, hide);
    }

    #[test]
    fn a_locked_bar_holds_its_notes_alone_and_is_freed_whole() {
        let elsewhere = Written {
            spot: Spot { bar: 5, ..SPOT },
            ..note(0, 50)
        };
        let all = [note(0, 40), note(480, 42), elsewhere];
        let song = locked(&Song::default(), SPOT, &all).unwrap();
        assert!(is_own(&song, SPOT));
        assert_eq!(of(&song, SPOT).len(), 3);
        assert_eq!(song.edits.len(), 3);
        // Deleted from a bar of its own, a note needs no hiding.
        let song = exchanged(&song, &[note(480, 42)], &[]).unwrap();
        assert_eq!(of(&song, SPOT).len(), 2);
        assert_eq!(exchanged(&song, &[note(960, 50)], &[]), Some(song.clone()));
        assert_eq!(freed(&song, SPOT), Song::default());
    }

    #[test]
    fn what_has_no_room_is_refused() {
        let many: Vec<Written> = (0..music::edit::MAX_EDITS as i16 + 1)
            .map(|i| note(i, 40))
            .collect();
        assert!(exchanged(&Song::default(), &[], &many).is_none());
        assert!(exchanged(&Song::default(), &[], &many[1..]).is_some());
    }
}
