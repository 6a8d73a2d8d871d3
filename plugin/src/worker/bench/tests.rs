use std::sync::Arc;

use super::*;
use crate::refine::Refine;

struct Table {
    bench: Bench,
    params: Arc<MuseParams>,
}

impl Table {
    fn new() -> Table {
        let shared = Shared::new();
        let params = MuseParams::new(&shared);
        let bench = Bench::new(&shared, Arc::downgrade(&params), None);
        Table { bench, params }
    }
    fn obey(&mut self, command: Command) {
        self.bench.obey(&self.params, command);
    }
    fn said(&self) -> Vec<String> {
        self.bench.shared.log()
    }
}

#[test]
fn an_order_that_panics_is_said_and_the_next_one_is_obeyed() {
    let mut table = Table::new();
    let before = table.said().len();
    table.obey(Command::Break);
    let said = table.said();
    assert_eq!(said.len(), before + 1);
    let line = said.last().unwrap();
    assert!(
        line.contains("bug in MuseAroo") && line.contains("The song plays on"),
        "{line}"
    );
    table.obey(Command::Prompt("waltz in D".into()));
    assert!(
        !table
            .bench
            .shared
            .take_reply()
            .unwrap()
            .understood
            .is_empty()
    );
    table.bench.look_around(&table.params);
    assert!(!table.bench.shared.score().notes[0].is_empty());
}

#[test]
fn what_was_half_done_is_made_afresh_and_the_song_stays() {
    let mut table = Table::new();
    let bass = music::lane::Lane::Bass;
    table.obey(Command::Refine(Refine::Propose(bass, 0..2)));
    assert!(table.bench.shared.variations.shown().proposal.is_some());
    let song = table.bench.shared.material().song.clone();
    let whole = table.bench.guarded("The test", |bench| {
        bench.writer.form(
            &bench.shared.material(),
            &bench.params().unwrap().controls(),
        );
        panic!("on purpose");
    });
    assert!(!whole);
    assert!(table.said().last().unwrap().starts_with("The test failed"));
    table.bench.look_around(&table.params);
    table.bench.look_around(&table.params);
    assert!(table.bench.shared.variations.shown().proposal.is_none());
    assert_eq!(table.bench.shared.material().song, song);
    table.obey(Command::Refine(Refine::Propose(bass, 0..2)));
    assert!(table.bench.shared.variations.shown().proposal.is_some());
}

#[test]
fn whoever_waits_for_an_answer_gets_one() {
    let table = Table::new();
    let shared = &table.bench.shared;
    waits(&Command::Prompt("x".into())).release(shared);
    assert!(shared.take_reply().unwrap().understood.is_empty());
    waits(&Command::Inspect(" /a.mid ".into())).release(shared);
    let found = shared.found().unwrap();
    assert_eq!(
        (found.path.as_str(), found.holds),
        ("/a.mid", Holds::Nothing)
    );
}
