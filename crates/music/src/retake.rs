//! Other takes of single bars: which of a lane's many takes plays in a bar of a section.
//!
//! A retake says nothing of notes: the lane's engine writes the bar with other chance, so that every control goes
//! on acting on it. Only its own lane plays otherwise; lanes that listen to it hear what they heard before.

use serde::{Deserialize, Serialize};

use crate::lane::Lane;

/// Most retakes of a song: every bar of the longest form, for each lane that plays.
pub const MAX_RETAKES: usize = 2000;

/// Another take of a lane in one bar of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[u16; 4]", try_from = "[u16; 4]")]
pub struct Retake {
    /// [`crate::plan::Section::key`] of its section.
    pub section: u16,
    /// Bar in the section, from 0.
    pub bar: u16,
    /// Whose bar.
    pub lane: Lane,
    /// Which take: it stands in the place of [`crate::plan::Section::turns`]; 0 is the first one.
    pub turn: u8,
}

impl Retake {
    /// By what retakes are ordered and found; there is one at a place.
    pub const fn place(&self) -> (u16, u16, u8) {
        (self.section, self.bar, self.lane as u8)
    }
}

/// Which take of a bar plays in place of its section's, of a list ordered by [`Retake::place`].
pub fn turn_of(retakes: &[Retake], section: u16, bar: u16, lane: Lane) -> Option<u8> {
    let place = (section, bar, lane as u8);
    let at = retakes.binary_search_by_key(&place, Retake::place).ok()?;
    retakes.get(at).map(|retake| retake.turn)
}

impl From<Retake> for [u16; 4] {
    fn from(retake: Retake) -> [u16; 4] {
        let (section, bar, lane) = retake.place();
        [section, bar, lane as u16, retake.turn as u16]
    }
}

impl TryFrom<[u16; 4]> for Retake {
    type Error = &'static str;
    fn try_from([section, bar, lane, turn]: [u16; 4]) -> Result<Retake, &'static str> {
        const WRONG: &str = "no such retake";
        Ok(Retake {
            section,
            bar,
            lane: *Lane::ALL.get(lane as usize).ok_or(WRONG)?,
            turn: turn.try_into().map_err(|_| WRONG)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_finds_its_own_take_and_no_other() {
        let retake = |section, bar, lane, turn| Retake {
            section,
            bar,
            lane,
            turn,
        };
        let all = [
            retake(1, 0, Lane::Bass, 3),
            retake(1, 2, Lane::Drums, 0),
            retake(1, 2, Lane::Bass, 9),
            retake(4, 0, Lane::Drums, 1),
        ];
        assert_eq!(turn_of(&all, 1, 2, Lane::Bass), Some(9));
        assert_eq!(turn_of(&all, 1, 2, Lane::Drums), Some(0));
        assert_eq!(turn_of(&all, 1, 1, Lane::Bass), None);
        assert_eq!(turn_of(&all, 4, 0, Lane::Bass), None);
        for one in all {
            assert_eq!(Retake::try_from(<[u16; 4]>::from(one)), Ok(one));
        }
        assert!(Retake::try_from([0, 0, 9, 0]).is_err());
        assert!(Retake::try_from([0, 0, 0, 256]).is_err());
    }
}
