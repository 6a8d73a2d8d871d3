use std::ops::Range;
use std::sync::Arc;

use authoring::editing::notes::{Spot, Written};
use music::lane::Lane;
use music::note::Note;
use music::time::Meter;

use super::{Refiner, Scene};
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::refine::{Fate, Refine, Refining};
use crate::snapshot::Score;
use crate::worker::bench::noting;
use crate::worker::score::Writer;

/// An instance without its threads.
struct Desk {
    shared: Arc<Shared>,
    params: Arc<MuseParams>,
    writer: Writer,
    refiner: Refiner,
}

impl Desk {
    fn new() -> Desk {
        let shared = Shared::new();
        Desk {
            params: MuseParams::new(&shared),
            shared,
            writer: Writer::default(),
            refiner: Refiner::default(),
        }
    }
    fn scene(&self) -> Scene {
        Scene {
            material: self.shared.material(),
            controls: self.params.controls(),
            meter: Meter::default(),
            tempo_mbpm: 120_000,
        }
    }
    fn score(&mut self) -> Score {
        let scene = self.scene();
        let (material, controls) = (&scene.material, &scene.controls);
        self.writer
            .write(material, controls, scene.meter, 120_000, Vec::new())
    }
    fn ask(&mut self, order: Refine) -> Arc<Refining> {
        let scene = self.scene();
        noting(&self.shared, &self.params, &mut self.writer, |_| {
            self.refiner.obey(&self.shared, &scene, order);
        });
        // As the worker does once the score is written.
        let scene = self.scene();
        self.refiner.show(&self.shared, &scene);
        self.shared.variations.shown()
    }
}

/// A lane's notes inside or outside of some bars, as they are written and as they are heard.
fn notes(score: &Score, lane: Lane, bars: &Range<u16>, inside: bool) -> Vec<(Written, Note)> {
    let bar = |spot: Spot| {
        let sections = score.form.sections.iter();
        let section = sections.clone().find(|s| s.key == spot.section).unwrap();
        section.first_bar + spot.bar
    };
    let lane = lane.index();
    let all = score.origins[lane].iter().zip(&score.notes[lane]);
    all.filter(|(origin, _)| bars.contains(&bar(origin.spot)) == inside)
        .map(|(origin, note)| (*origin, *note))
        .collect()
}

#[test]
fn a_take_that_is_kept_changes_its_bars_of_its_lane_and_is_one_step_in_words() {
    let mut proposed = Vec::new();
    for (lane, bars) in [
        (Lane::Drums, 6..7),
        (Lane::Bass, 5..9),
        (Lane::Harmony, 10..19),
        (Lane::Texture, 0..64),
        (Lane::Melody, 7..13),
    ] {
        let mut desk = Desk::new();
        let before = desk.score();
        let shown = desk.ask(Refine::Propose(lane, bars.clone()));
        assert_eq!(
            desk.score().notes,
            before.notes,
            "a proposal changes nothing"
        );
        let Some(proposal) = shown.proposal.clone() else {
            // A lane whose notes follow from the chords alone has no other take, and says so.
            let said = desk.shared.log();
            assert!(
                said.iter().any(|line| line.contains("no other take")),
                "{lane:?}"
            );
            continue;
        };
        proposed.push(lane);
        let fates = |is: fn(&Fate) -> bool| -> Vec<Note> {
            let all = proposal.notes.iter().filter(|(_, fate)| is(fate));
            all.map(|(note, _)| *note).collect()
        };
        let added = fates(|f| *f == Fate::Added);
        let gone = fates(|f| *f == Fate::Removed);
        assert!(added.len() + gone.len() > 0, "{lane:?}");
        desk.ask(Refine::Keep);
        let after = desk.score();
        for other in Lane::PLAYED.into_iter().filter(|other| *other != lane) {
            assert_eq!(after.notes[other.index()], before.notes[other.index()]);
            assert_eq!(after.origins[other.index()], before.origins[other.index()]);
        }
        let (old, new) = (
            notes(&before, lane, &bars, false),
            notes(&after, lane, &bars, false),
        );
        assert_eq!(old.len(), new.len());
        for ((written, heard), (written_now, heard_now)) in old.iter().zip(&new) {
            assert_eq!(written_now, written, "{lane:?}");
            // One voice is cut where the first note of the bars begins; its place and pitch are what they were.
            let cut = Note {
                duration: heard.duration,
                ..*heard_now
            };
            assert_eq!(cut, *heard);
        }
        let moved = old.iter().zip(&new).filter(|(a, b)| a.1 != b.1).count();
        assert!(moved <= usize::from(lane.is_mono()), "{lane:?}: {moved}");
        // What was shown is what came.
        let heard: Vec<Note> = notes(&after, lane, &bars, true)
            .iter()
            .map(|n| n.1)
            .collect();
        let mut promised = fates(|f| *f != Fate::Removed);
        promised.sort_by_key(|n| (n.onset, n.pitch, n.velocity));
        let mut heard = heard;
        heard.sort_by_key(|n| (n.onset, n.pitch, n.velocity));
        assert_eq!(promised.len(), heard.len());
        assert!(
            promised
                .iter()
                .zip(&heard)
                .all(|(a, b)| a.onset == b.onset && a.pitch == b.pitch)
        );
        let words = format!("Regenerate {}", proposal.words);
        assert_eq!(desk.shared.history().undo(), Some(words.as_str()));
        assert_eq!(desk.shared.history().steps.len(), 1);
        desk.shared.walk_history(0);
        assert_eq!(desk.score().notes, before.notes, "undo restores every note");
    }
    for lane in [Lane::Drums, Lane::Bass, Lane::Melody] {
        assert!(proposed.contains(&lane), "{lane:?}");
    }
}

#[test]
fn another_is_another_and_a_refused_one_leaves_no_trace() {
    let mut desk = Desk::new();
    let song = desk.shared.material().song.clone();
    let mut seen: Vec<Vec<(i64, u8)>> = Vec::new();
    let mut shown = desk.ask(Refine::Propose(Lane::Bass, 5..7));
    for _ in 0..5 {
        let proposal = shown.proposal.as_ref().expect("one more");
        assert_eq!(proposal.words, "Bass, bars 6\u{2013}7");
        let own = proposal.notes.iter().filter(|(_, f)| *f != Fate::Removed);
        let own: Vec<_> = own.map(|(n, _)| (n.onset.0 / 120, n.pitch.0)).collect();
        assert!(!seen.contains(&own), "it differs from all before it");
        seen.push(own);
        shown = desk.ask(Refine::Another);
    }
    assert_eq!(desk.ask(Refine::Discard).proposal, None);
    assert_eq!(desk.shared.material().song, song);
    assert!(desk.shared.history().steps.is_empty());
}

#[test]
fn locked_bars_and_kept_notes_stay_and_a_lane_that_is_locked_says_so() {
    let mut desk = Desk::new();
    let before = desk.score();
    let section = before.form.sections[1];
    let first = section.first_bar;
    let spot = |bar| Spot {
        section: section.key,
        bar,
        lane: Lane::Bass,
    };
    let song = authoring::editing::notes::locked(
        &desk.shared.material().song,
        spot(1),
        &before.origins[Lane::Bass.index()],
    );
    desk.shared.edit_song("Lock", song.unwrap());
    let before = desk.score();
    desk.ask(Refine::Propose(Lane::Bass, first..first + 3));
    desk.ask(Refine::Keep);
    let after = desk.score();
    let own = |score: &Score, bar: u16| notes(score, Lane::Bass, &(bar..bar + 1), true);
    let written = |notes: Vec<(Written, Note)>| -> Vec<Written> {
        notes.into_iter().map(|(written, _)| written).collect()
    };
    assert_eq!(
        written(own(&after, first + 1)),
        written(own(&before, first + 1)),
        "the locked bar"
    );
    assert_ne!(own(&after, first), own(&before, first));
    let shown = desk.ask(Refine::Propose(Lane::Bass, first + 1..first + 2));
    assert_eq!(shown.proposal, None);
    assert!(desk.shared.log().iter().any(|line| line.contains("locked")));
}

#[test]
fn earlier_takes_are_kept_with_their_pictures_and_saved_and_come_back_note_by_note() {
    let mut desk = Desk::new();
    let first = desk.score();
    let section = first.form.sections[1];
    let bars = section.first_bar..section.first_bar + section.bars;
    let shown = desk.ask(Refine::Look(section.key, Lane::Drums));
    assert_eq!((shown.earlier.len(), shown.earlier[0].plays), (1, true));
    let mut scores = vec![first];
    for _ in 0..3 {
        desk.ask(Refine::Propose(Lane::Drums, bars.clone()));
        desk.ask(Refine::Keep);
        scores.push(desk.score());
    }
    let shown = desk.ask(Refine::Look(section.key, Lane::Drums));
    let plays: Vec<bool> = shown.earlier.iter().map(|p| p.plays).collect();
    assert_eq!(plays, [false, false, false, true]);
    let saved = serde_json::to_string(&desk.shared.variations.read(Clone::clone)).unwrap();
    for (picture, score) in shown.earlier.iter().zip(&scores) {
        let own = notes(score, Lane::Drums, &bars, true);
        assert_eq!(picture.notes.len(), own.len());
        desk.ask(Refine::Back(
            section.key,
            Lane::Drums,
            picture.turns.clone(),
        ));
        assert_eq!(desk.score().notes, score.notes);
    }
    let words = format!("Earlier take of Drums in {}", section.kind.title());
    assert_eq!(desk.shared.history().undo(), Some(words.as_str()));
    let again = serde_json::to_string(&desk.shared.variations.read(Clone::clone)).unwrap();
    assert_eq!(again, saved, "going back adds none");
    let read: crate::variations::Variations = serde_json::from_str(&saved).unwrap();
    assert_eq!(read.of(section.key, Lane::Drums).count(), 4);
}
