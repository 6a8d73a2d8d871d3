//! Takes of a lane, bar by bar: which one plays where.
//!
//! A take is numbered from 0, the one that a section is played with when nobody asks for another.

use music::lane::Lane;
use music::plan::Form;
use music::retake::{MAX_RETAKES, Retake, turn_of};
use music::song::Song;

use super::notes::Spot;

/// Which take of a bar plays.
pub fn playing(song: &Song, form: &Form, spot: Spot) -> u8 {
    let own = turn_of(&song.retakes, spot.section, spot.bar, spot.lane);
    own.unwrap_or_else(|| of_section(form, spot.section, spot.lane))
}

/// Which take of every bar of a section plays.
pub fn of_bars(song: &Song, form: &Form, section: u16, lane: Lane) -> Vec<u8> {
    let found = form.sections.iter().find(|own| own.key == section);
    (0..found.map_or(0, |own| own.bars))
        .map(|bar| playing(song, form, Spot { section, bar, lane }))
        .collect()
}

/// The song with a take for each of some bars. A take that the section has anyway needs no mention.
pub fn chosen(song: &Song, form: &Form, takes: &[(Spot, u8)]) -> Option<Song> {
    let of = |spot: &Spot| (spot.section, spot.bar, spot.lane as u8);
    let mut all: Vec<Retake> = song.retakes.to_vec();
    all.retain(|retake| !takes.iter().any(|(spot, _)| of(spot) == retake.place()));
    let new = takes
        .iter()
        .filter(|(spot, turn)| *turn != of_section(form, spot.section, spot.lane));
    all.extend(new.map(|(spot, turn)| Retake {
        section: spot.section,
        bar: spot.bar,
        lane: spot.lane,
        turn: *turn,
    }));
    if all.len() > MAX_RETAKES {
        return None;
    }
    all.sort_unstable_by_key(Retake::place);
    all.dedup_by_key(|retake| retake.place());
    Some(Song {
        retakes: all.into_iter().collect(),
        ..song.clone()
    })
}

/// The take that a whole section has of a lane.
fn of_section(form: &Form, section: u16, lane: Lane) -> u8 {
    let found = form.sections.iter().find(|own| own.key == section);
    found.map_or(0, |own| own.turns[lane.index()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use music::plan::Section;

    fn form() -> Form {
        let mut form = Form::default();
        for (key, first_bar) in [(7, 0), (8, 4)] {
            let section = Section {
                key,
                first_bar,
                bars: 4,
                turns: [2, 0, 0, 0, 0, 0],
                ..Section::default()
            };
            form.sections.push(section).unwrap();
        }
        form
    }

    fn spot(section: u16, bar: u16, lane: Lane) -> Spot {
        Spot { section, bar, lane }
    }

    #[test]
    fn a_take_counts_in_its_bars_and_goes_where_the_section_has_it_anyway() {
        let form = form();
        let takes = [1, 2].map(|bar| (spot(7, bar, Lane::Drums), 5));
        let song = chosen(&Song::default(), &form, &takes).unwrap();
        assert_eq!(of_bars(&song, &form, 7, Lane::Drums), [2, 5, 5, 2]);
        assert_eq!(of_bars(&song, &form, 7, Lane::Bass), [0; 4]);
        assert_eq!(of_bars(&song, &form, 8, Lane::Drums), [2; 4]);
        let song = chosen(&song, &form, &[(spot(7, 2, Lane::Drums), 0)]).unwrap();
        assert_eq!(of_bars(&song, &form, 7, Lane::Drums), [2, 5, 0, 2]);
        let back = [1, 2].map(|bar| (spot(7, bar, Lane::Drums), 2));
        assert_eq!(chosen(&song, &form, &back), Some(Song::default()));
    }
}
