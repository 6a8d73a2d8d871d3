use authoring::editing::notes::{Spot, Written};
use music::lane::Lane;
use music::time::Meter;

use super::obey;
use crate::hand::Hand;
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::Score;
use crate::worker::score::Writer;

/// An instance without its threads.
struct Desk {
    shared: std::sync::Arc<Shared>,
    params: std::sync::Arc<MuseParams>,
    writer: Writer,
}

impl Desk {
    fn new() -> Desk {
        let shared = Shared::new();
        Desk {
            params: MuseParams::new(&shared),
            shared,
            writer: Writer::default(),
        }
    }
    fn score(&mut self) -> Score {
        let (material, controls) = (self.shared.material(), self.params.controls());
        self.writer
            .write(&material, &controls, Meter::default(), 120_000, Vec::new())
    }
    fn ask(&mut self, hand: Hand) {
        let form = self
            .writer
            .form(&self.shared.material(), &self.params.controls());
        obey(&self.shared, &self.params, &form, hand);
    }
}

/// Notes of a lane in a stretch of bars, counted from its start.
fn notes(score: &Score, lane: Lane, bars: std::ops::Range<u16>) -> Vec<(i64, u8, u8)> {
    let ticks = |bar: u16| i64::from(bar) * 3840;
    let mine = score.origins[lane.index()]
        .iter()
        .zip(&score.notes[lane.index()]);
    mine.filter(|(_, n)| (ticks(bars.start)..ticks(bars.end)).contains(&n.onset.0))
        .map(|(o, n)| (n.onset.0 - ticks(bars.start), n.pitch.0, o.velocity))
        .collect()
}

#[test]
fn a_first_change_of_the_form_changes_no_note_elsewhere_and_undo_restores_every_one() {
    let mut desk = Desk::new();
    let before = desk.score();
    let section = before.form.sections[1];
    desk.ask(Hand::Copy(section.key));
    let after = desk.score();
    assert_eq!(after.form.bars(), before.form.bars() + section.bars);
    let (first, bars) = (section.first_bar, section.bars);
    for lane in Lane::PLAYED {
        // The last bar leads to what comes behind it.
        let own = notes(&before, lane, first..first + bars - 1);
        assert_eq!(
            notes(&after, lane, first..first + bars - 1),
            own,
            "{lane:?}"
        );
        let copy = notes(&after, lane, first + bars..first + 2 * bars - 1);
        assert_eq!(copy, own, "{lane:?}");
    }
    assert_eq!(desk.shared.history().undo(), Some("Duplicate Verse"));
    desk.shared.walk_history(0);
    let back = desk.score();
    assert_eq!((&back.form, &back.notes), (&before.form, &before.notes));
}

#[test]
fn typed_chords_are_marked_and_others_are_offered_with_reasons() {
    let mut desk = Desk::new();
    let words = "Dm7 | G7 | Cmaj7".to_owned();
    let bars = authoring::editing::chords::read(&words, Meter::default()).unwrap();
    desk.ask(Hand::Chords {
        bar: 5,
        words,
        bars,
    });
    let score = desk.score();
    let at = |bar| {
        score
            .chords
            .iter()
            .find(|mark| mark.from == (bar, 0))
            .unwrap()
    };
    assert!([5, 6, 7].iter().all(|bar| at(*bar).typed));
    assert!(
        !score
            .chords
            .iter()
            .any(|mark| mark.typed && mark.from.0 > 7)
    );
    assert_eq!(at(6).to, (7, 0));
    assert!(at(6).others.len() > 3);
    let undo = desk.shared.history().undo().map(str::to_owned);
    assert_eq!(undo.as_deref(), Some("Chords Dm7 | G7 | Cmaj7"));
}

#[test]
fn an_edited_note_survives_another_seed_and_a_locked_section_another_song() {
    let mut desk = Desk::new();
    let before = desk.score();
    let bass = Lane::Bass.index();
    let old = before.origins[bass][40];
    let new = Written {
        onset: old.onset + 240,
        ..old
    };
    desk.ask(Hand::Notes {
        words: "Move a note".to_owned(),
        from: vec![old],
        to: vec![new],
    });
    let after = desk.score();
    let kept = |score: &Score| {
        let here = |o: &&Written| o.spot == new.spot && o.kept;
        score.origins[bass].iter().filter(here).count()
    };
    assert_eq!(kept(&after), 1);
    assert!(!after.origins[bass].contains(&old), "it left its place");
    let others = |score: &Score| -> Vec<Written> {
        let all = score.origins[bass].iter().copied();
        all.filter(|o| o.spot != new.spot).collect()
    };
    assert_eq!(others(&after), others(&before));
    let section = after.form.sections[2];
    desk.ask(Hand::Lock(section.key, true));
    let held = desk.score();
    assert_eq!(held.notes, after.notes, "locking changes nothing");
    let mut turned = desk.params.controls();
    turned.seed = 77;
    let material = desk.shared.material();
    let anew = desk
        .writer
        .write(&material, &turned, Meter::default(), 120_000, Vec::new());
    assert_eq!(kept(&anew), 1);
    let own = |score: &Score, lane: Lane| -> Vec<Written> {
        let all = score.origins[lane.index()].iter().copied();
        all.filter(|o| o.spot.section == section.key).collect()
    };
    for lane in Lane::PLAYED {
        assert_eq!(own(&anew, lane), own(&held, lane), "{lane:?}");
    }
    assert_ne!(anew.notes, held.notes);
}

#[test]
fn locked_bars_stand_whatever_is_turned_and_are_freed_again() {
    let mut desk = Desk::new();
    let before = desk.score();
    let section = before.form.sections[1];
    let spot = Spot {
        section: section.key,
        bar: 1,
        lane: Lane::Drums,
    };
    let bar = section.first_bar + 1;
    desk.ask(Hand::LockBars(vec![spot], before.origins[0].clone()));
    let held = desk.score();
    let own = |score: &Score| notes(score, Lane::Drums, bar..bar + 1);
    assert_eq!(own(&held), own(&before));
    desk.ask(Hand::Anew(section.key));
    let anew = desk.score();
    assert_eq!(own(&anew), own(&before));
    let melody = |score: &Score| notes(score, Lane::Melody, bar..bar + 3);
    assert_ne!(melody(&anew), melody(&before));
    desk.ask(Hand::FreeBars(vec![spot]));
    assert!(desk.shared.material().song.edits.is_empty());
}

#[test]
fn what_cannot_be_is_said_and_changes_nothing() {
    let mut desk = Desk::new();
    let song = desk.shared.material().song.clone();
    desk.ask(Hand::Drop(9999));
    desk.ask(Hand::Resize(1, 400));
    assert_eq!(desk.shared.material().song, song);
    assert_eq!(
        desk.shared
            .log()
            .iter()
            .filter(|l| l.contains("no room") || l.contains("not there"))
            .count(),
        2
    );
}
