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

fn basis() -> crate::preview::Basis {
    crate::preview::Basis {
        rate_hz: 48_000.0,
        max_frames: 512,
        latency: dsp::Latency::Zero,
    }
}

#[test]
fn everything_that_the_browser_lists_can_be_heard_and_what_is_not_there_is_silent() {
    use crate::preview::Heard;
    let mut table = Table::new();
    let shared = table.bench.shared.clone();
    let mut end = shared.take_audio_end().unwrap();
    table.obey(Command::Preview(Some(Heard::Style(96))));
    assert_eq!(end.previews.wanted(), 0, "the host has not said what for");
    shared.previews.prepare(basis());
    let song = shared.material().song.clone();
    for heard in [
        Heard::Style(96),
        Heard::Song("first/stage-lights".into()),
        Heard::Instrument(music::lane::Lane::Bass, "upright-bass".into()),
    ] {
        table.obey(Command::Preview(Some(heard)));
        let preview = end.previews.coming.pop().expect("it comes");
        assert_eq!(preview.number, end.previews.wanted());
        assert!(preview.rests);
        end.previews.give_back(preview);
    }
    table.obey(Command::Preview(Some(Heard::Song("gone".into()))));
    assert_eq!(end.previews.wanted(), 0);
    assert!(end.previews.coming.pop().is_err());
    assert_eq!(shared.material().song, song);
    assert!(shared.history().steps.is_empty());
}

#[test]
fn a_proposal_that_is_heard_follows_what_is_proposed_and_ends_with_it() {
    let mut table = Table::new();
    let shared = table.bench.shared.clone();
    let mut end = shared.take_audio_end().unwrap();
    shared.previews.prepare(basis());
    let mut number = |table: &Table| {
        while let Ok(preview) = end.previews.coming.pop() {
            assert!(!preview.rests);
            end.previews.give_back(preview);
        }
        let shown = table.bench.shared.variations.shown().heard;
        assert_eq!(shown, end.previews.wanted());
        shown
    };
    let bass = music::lane::Lane::Bass;
    table.obey(Command::Refine(Refine::Hear(true)));
    assert_eq!(number(&table), 0, "nothing is proposed");
    table.obey(Command::Refine(Refine::Propose(bass, 0..2)));
    table.obey(Command::Refine(Refine::Hear(true)));
    let first = number(&table);
    assert_ne!(first, 0);
    table.obey(Command::Refine(Refine::Another));
    let second = number(&table);
    assert!(second > first, "the other take is heard in its place");
    table.bench.look_around(&table.params);
    assert_eq!(number(&table), second, "looking around changes nothing");
    table.obey(Command::Refine(Refine::Hear(false)));
    assert_eq!(number(&table), 0);
    for end in [Refine::Keep, Refine::Discard] {
        table.obey(Command::Refine(Refine::Propose(bass, 0..2)));
        table.obey(Command::Refine(Refine::Hear(true)));
        assert_ne!(number(&table), 0);
        table.obey(Command::Refine(end));
        table.bench.look_around(&table.params);
        table.bench.look_around(&table.params);
        assert_eq!(number(&table), 0);
    }
}

#[test]
fn what_is_heard_of_a_proposal_is_what_plays_once_it_is_kept() {
    use crate::preview::{Preview, Stand, Start};
    let mut table = Table::new();
    let shared = table.bench.shared.clone();
    let mut end = shared.take_audio_end().unwrap();
    shared.previews.prepare(basis());
    let (controls, faders) = (table.params.controls(), table.params.faders());
    let rest = engines::performer::Span {
        offset: 0,
        frames: 512,
        playing: false,
        position: 0.0,
        ticks_per_frame: 0.0,
        tempo_mbpm: 120_000,
        meter: music::time::Meter::default(),
        bar_index: 0,
        bar_start: music::time::Tick(0),
        cycle: None,
        jumped: false,
    };
    // Two bars of 120 BPM and the first again.
    let played = |preview: &mut Preview| -> Vec<u32> {
        let mut all = Vec::new();
        for _ in 0..3 * 96_000 / 512 {
            preview.play(&[rest], 512, &controls, &faders);
            all.extend(preview.main()[0].iter().map(|x| x.to_bits()));
        }
        all
    };
    let standing = || {
        let bars = Start::Bars(0..2);
        let song = shared.material();
        played(&mut Preview::new(
            song,
            Stand::Live,
            bars,
            basis(),
            &shared.fonts,
        ))
    };
    let before = standing();
    let bass = music::lane::Lane::Bass;
    table.obey(Command::Refine(Refine::Propose(bass, 0..2)));
    table.obey(Command::Refine(Refine::Hear(true)));
    let heard = played(&mut end.previews.coming.pop().expect("it comes"));
    assert!(standing() == before, "the song hears nothing of it");
    table.obey(Command::Refine(Refine::Keep));
    assert!(heard != before);
    assert!(heard == standing());
}
