//! Does what a hand asked for: a whole new song from the one that stands, and words for the list of steps.

use authoring::editing::{chords, form, notes};
use music::controls::SEED;
use music::lane::Lane;
use music::plan::Form;
use music::song::Song;
use music::spelling::writes_flat;

use crate::hand::Hand;
use crate::handoff::Shared;
use crate::params::MuseParams;

/// What is wanted of the song and in words; `Err` says why it cannot be.
type Done = Result<(String, Song), String>;

/// Obeys an order over the form as it stands.
pub fn obey(shared: &Shared, params: &MuseParams, form: &Form, hand: Hand) {
    let song = shared.material().song.clone();
    match done(&song, params, form, hand) {
        Ok((words, song)) => shared.edit_song(&words, song),
        Err(why) => shared.say(why),
    }
}

fn done(song: &Song, params: &MuseParams, whole: &Form, hand: Hand) -> Done {
    let at = |key: u16| {
        let index = whole.sections.iter().position(|s| s.key == key);
        let index = index.ok_or("The section is not there any more.")?;
        Ok::<_, String>((index, whole.sections[index].kind.title()))
    };
    let controls = params.controls();
    let (words, new) = match hand {
        Hand::Move { section, to } => {
            let (index, name) = at(section)?;
            (format!("Move {name}"), form::moved(song, whole, index, to))
        }
        Hand::Copy(section) => {
            let (index, name) = at(section)?;
            (
                format!("Duplicate {name}"),
                form::copied(song, whole, index),
            )
        }
        Hand::Drop(section) => {
            let (index, name) = at(section)?;
            (format!("Delete {name}"), form::dropped(song, whole, index))
        }
        Hand::Resize(section, bars) => {
            let (index, name) = at(section)?;
            let new = form::resized(song, whole, index, bars);
            (format!("{name} {bars} bars"), new)
        }
        Hand::Energy(section, start, end) => {
            let (index, name) = at(section)?;
            let new = form::energy(song, whole, index, start, end);
            let shown = start.or(end).unwrap_or(0);
            (format!("{name} energy {shown} %"), new)
        }
        Hand::Lanes(section, lanes) => {
            let (index, name) = at(section)?;
            let new = form::lanes(song, whole, index, lanes);
            (format!("{name}: who plays"), new)
        }
        Hand::Anew(section) => {
            let (index, name) = at(section)?;
            let seed = whole.sections[index].seed.unwrap_or(controls.seed);
            let new = form::seeded(song, whole, index, Some(next(seed)));
            (format!("Regenerate {name}"), new)
        }
        Hand::Lock(section, true) => {
            let (index, name) = at(section)?;
            let seed = whole.sections[index].seed.unwrap_or(controls.seed);
            let turns = whole.sections[index].turns;
            let mut new = form::seeded(song, whole, index, Some(seed));
            if let Some(new) = &mut new {
                new.form[index].turns = turns;
                new.retakes.clone_from(&song.retakes);
            }
            (format!("Lock {name}"), new)
        }
        Hand::Lock(section, false) => {
            let (index, name) = at(section)?;
            (
                format!("Unlock {name}"),
                form::seeded(song, whole, index, None),
            )
        }
        Hand::GiveBack => ("Compose the form".to_owned(), Some(form::given_back(song))),
        Hand::Chords { bar, words, bars } => {
            (format!("Chords {words}"), chords::written(song, bar, &bars))
        }
        Hand::Chord { from, to, chord } => {
            let key = whole.key_at(from.0, controls.key);
            let words = chord.map_or("The plan's own chord".to_owned(), |chord| {
                let flat = writes_flat(key, controls.scale, chord.root);
                format!("Chord {}", chord.symbol(flat))
            });
            (words, chords::put(song, from, to, chord))
        }
        Hand::Notes { words, from, to } => (words, notes::exchanged(song, &from, &to)),
        Hand::LockBars(spots, held) => {
            let mut new = Some(song.clone());
            for spot in &spots {
                new = new.and_then(|song| notes::locked(&song, *spot, &held));
            }
            (format!("Lock {}", bars_of(&spots)), new)
        }
        Hand::FreeBars(spots) => {
            let mut new = song.clone();
            for spot in &spots {
                new = notes::freed(&new, *spot);
            }
            (format!("Unlock {}", bars_of(&spots)), Some(new))
        }
    };
    // A lift of the last chorus goes where chords are typed: the form is kept as it is.
    let lifted = whole.sections.iter().any(|s| s.transpose != 0);
    let new = new.map(|new| match new.chords.is_empty() || !lifted {
        true => new,
        false => form::written_down(&new, whole),
    });
    let why = || format!("{words}: there is no room for it.");
    new.map(|new| (words.clone(), new)).ok_or_else(why)
}

/// Bars in words: `Bass, 4 bars`.
fn bars_of(spots: &[notes::Spot]) -> String {
    let lane = spots.first().map_or(Lane::Drums, |spot| spot.lane);
    match spots.len() {
        1 => format!("{}, one bar", lane.name()),
        count => format!("{}, {count} bars", lane.name()),
    }
}

/// Another seed, all others before it comes again. Reference: Hull & Dobell, SIAM Review 4, 1962: the multiplier less
/// one divides by every prime of the range and by four, the increment by none.
fn next(seed: u16) -> u16 {
    ((u32::from(seed) * 4001 + 2347) % (SEED.max as u32 + 1)) as u16
}

#[cfg(test)]
mod tests;
