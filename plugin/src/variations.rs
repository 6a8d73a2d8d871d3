//! Takes that were kept before, to go back to: which take each bar of a section had, a lane each.
//!
//! Bounded, the oldest go first, and a project carries them. Notes are not stored: they follow from the take.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use authoring::editing::takes;
use music::lane::Lane;
use music::plan::Form;
use music::song::Song;
use serde::{Deserialize, Serialize};

use crate::refine::Refining;

/// Most takes of a lane in a section. Taste: as many as are told apart at a glance.
const MOST_OF_ONE: usize = 8;
/// Most takes in all. Taste: a project stays small.
const MOST: usize = 240;

/// A take of a lane in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// Key of the section.
    pub section: u16,
    /// The lane.
    pub lane: Lane,
    /// The take of every bar.
    pub turns: Vec<u8>,
}

/// All of them, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Variations(Vec<Variation>);

impl Variations {
    /// Those of a lane in a section, the oldest first.
    pub fn of(&self, section: u16, lane: Lane) -> impl Iterator<Item = &[u8]> {
        let own = self.0.iter();
        own.filter(move |v| (v.section, v.lane) == (section, lane))
            .map(|v| v.turns.as_slice())
    }
    /// Notes what a change of the song made of the takes, and what they were. A section whose seed changed plays
    /// other music altogether.
    pub fn note(&mut self, before: (&Song, &Form), after: (&Song, &Form)) {
        for section in &after.1.sections {
            let old = before.1.sections.iter().find(|s| s.key == section.key);
            if old.is_none_or(|old| (old.seed, old.bars) != (section.seed, section.bars)) {
                continue;
            }
            for lane in Lane::PLAYED {
                let of = |(song, form)| takes::of_bars(song, form, section.key, lane);
                let (old, new) = (of(before), of(after));
                if old != new {
                    self.put(section.key, lane, old);
                    self.put(section.key, lane, new);
                }
            }
        }
    }
    fn put(&mut self, section: u16, lane: Lane, turns: Vec<u8>) {
        let new = Variation {
            section,
            lane,
            turns,
        };
        if self.0.contains(&new) {
            return;
        }
        self.0.push(new);
        let own = |v: &Variation| (v.section, v.lane) == (section, lane);
        let over = self.0.iter().filter(|v| own(v)).count() > MOST_OF_ONE;
        let first = match over {
            true => self.0.iter().position(own),
            false => (self.0.len() > MOST).then_some(0),
        };
        if let Some(first) = first {
            self.0.remove(first);
        }
    }
    /// As a saved project may be believed.
    pub fn mended(mut self) -> Variations {
        self.0.truncate(MOST);
        self
    }
}

/// Between threads: the list, and what the editor shows.
#[derive(Default)]
pub struct Kept {
    all: Mutex<Variations>,
    shown: Mutex<Arc<Refining>>,
}

impl Kept {
    /// Reads the list.
    pub fn read<R>(&self, read: impl FnOnce(&Variations) -> R) -> R {
        read(&locked(&self.all))
    }
    /// Changes the list.
    pub fn change<R>(&self, change: impl FnOnce(&mut Variations) -> R) -> R {
        change(&mut locked(&self.all))
    }
    /// For the editor.
    pub fn shown(&self) -> Arc<Refining> {
        locked(&self.shown).clone()
    }
    /// Shows; says whether it is another than before.
    pub fn show(&self, refining: Refining) -> bool {
        let mut shown = locked(&self.shown);
        let differs = **shown != refining;
        if differs {
            *shown = Arc::new(refining);
        }
        differs
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use authoring::editing::notes::Spot;
    use music::plan::Section;

    fn form() -> Form {
        let mut form = Form::default();
        let section = Section {
            key: 3,
            bars: 4,
            ..Section::default()
        };
        form.sections.push(section).unwrap();
        form
    }

    fn with(turn: u8) -> Song {
        let spot = Spot {
            section: 3,
            bar: 1,
            lane: Lane::Bass,
        };
        takes::chosen(&Song::default(), &form(), &[(spot, turn)]).unwrap()
    }

    #[test]
    fn the_first_take_is_kept_with_the_second_and_the_list_is_bounded() {
        let (form, mut all) = (form(), Variations::default());
        let of = |all: &Variations| -> Vec<u8> { all.of(3, Lane::Bass).map(|t| t[1]).collect() };
        all.note((&with(0), &form), (&with(4), &form));
        assert_eq!(of(&all), [0, 4]);
        all.note((&with(4), &form), (&with(0), &form));
        assert_eq!(
            of(&all),
            [0, 4],
            "one that is there already is not put again"
        );
        for turn in 5..30 {
            all.note((&with(turn - 1), &form), (&with(turn), &form));
        }
        assert_eq!(of(&all), [22, 23, 24, 25, 26, 27, 28, 29]);
        assert_eq!(all.of(3, Lane::Drums).count(), 0);
    }

    #[test]
    fn other_seeds_are_other_music() {
        let (before, mut after) = (form(), form());
        after.sections[0].seed = Some(9);
        let mut all = Variations::default();
        all.note((&with(0), &before), (&with(4), &after));
        assert_eq!(all, Variations::default());
    }
}
