//! The performer with the band itself.

extern crate std;

use std::boxed::Box;
use std::vec::Vec;

use music::controls::Keys;
use music::lane::Lane;
use music::plan::BarPlace;
use music::style::StyleBook;
use music::time::{Meter, Tick};
use proptest::prelude::*;

use super::super::bars::Bars;
use super::super::seat::BarChords;
use super::super::written;
use super::partition::{act, events, perform};
use super::rig::{Rig, press};
use crate::band::{Band, BarNotes};
use crate::fixture;
use crate::view::Material;

impl Bars for Box<Band> {
    fn bar(
        &mut self,
        material: Material,
        latch: &music::controls::Latch,
        place: &BarPlace,
        out: &mut BarNotes,
    ) {
        Bars::bar(&mut **self, material, latch, place, out);
    }
    fn chords(
        &mut self,
        material: Material,
        latch: &music::controls::Latch,
        place: &BarPlace,
        out: &mut BarChords,
    ) {
        Bars::chords(&mut **self, material, latch, place, out);
    }
    fn bars_into_phrase(
        &mut self,
        material: Material,
        latch: &music::controls::Latch,
        place: &BarPlace,
    ) -> u16 {
        Bars::bars_into_phrase(&mut **self, material, latch, place)
    }
}

fn rig() -> Rig<Box<Band>> {
    Rig::with(Box::default(), fixture::styles())
}

/// What the candidates of some bars become, by frame, for a lane that nothing cuts short.
fn expected(rig: &Rig<Box<Band>>, bars: i32) -> Vec<(u64, u8, u8)> {
    let mut band: Box<Band> = Box::default();
    let material = Material {
        song: &rig.song,
        styles: StyleBook::new(&rig.styles).unwrap(),
        take: None,
    };
    let latch = rig.controls.latch();
    let mut heard = Vec::new();
    for bar in 0..bars {
        let place = BarPlace {
            bar_index: bar,
            start: Tick(bar as i64 * rig.meter.bar_ticks()),
            meter: rig.meter,
            tempo_mbpm: (rig.tempo_bpm * 1000.0) as u32,
        };
        let mut notes: Box<BarNotes> = Box::default();
        band.bar(material, &latch, &place, &mut notes);
        for c in notes.lane(Lane::Drums) {
            let note = written(
                c,
                &place,
                &latch,
                notes.energy,
                &rig.controls,
                rig.song.lanes,
            );
            if let Some(note) = note {
                let frame = note.onset.0.max(0) as f64 / rig.ticks_per_frame() - 1e-4;
                heard.push((libm::ceil(frame) as u64, note.pitch.0, note.velocity));
            }
        }
    }
    heard.sort_unstable();
    heard
}

#[test]
fn what_the_band_writes_is_heard_once() {
    for (style, meter) in [(0, (4, 4)), (128, (4, 4)), (0, (7, 8)), (128, (3, 4))] {
        let mut rig = rig();
        rig.controls.style = style;
        rig.meter = Meter::new(meter.0, meter.1).unwrap();
        let end = rig.frames(rig.meter.bar_ticks() * 24);
        rig.run(end);
        rig.stop();
        let drums = rig.ended().into_iter().filter(|n| n.lane == Lane::Drums);
        let mut heard: Vec<_> = drums.map(|n| (n.on, n.pitch, n.velocity)).collect();
        heard.sort_unstable();
        let mut written = expected(&rig, 25);
        written.retain(|(frame, ..)| *frame < end);
        assert!(heard.len() > 200, "{} strokes", heard.len());
        assert_eq!(heard, written);
    }
}

#[test]
fn one_to_eight_is_one_to_four_and_five_to_eight() {
    let play = |from: i64, bars: i64| {
        let mut rig = rig();
        rig.locate((from * 3840) as f64);
        rig.run_ticks(bars * 3840);
        rig.stop();
        let played = rig.ended().into_iter();
        let on_song = move |n: &super::rig::Played| (n.on + from as u64 * 96_000, n.lane, n.pitch);
        played.map(|n| on_song(&n)).collect::<Vec<_>>()
    };
    // But for what belongs to bar 5 and comes early, or is held over into it.
    let apart = |n: &(u64, Lane, u8)| n.0 < 4 * 96_000 - 2_880 || n.0 > 4 * 96_000 + 2_880;
    let mut parts = play(0, 4);
    parts.extend(play(4, 4));
    parts.retain(apart);
    let mut whole = play(0, 8);
    whole.retain(apart);
    assert!(whole.len() > 100);
    assert_eq!(parts, whole);
}

#[test]
fn a_held_chord_is_played_by_every_pitched_lane() {
    let mut rig = rig();
    rig.locate(3840.0 * 16.0);
    // F# major is far from the song's C.
    rig.block(1, &[press(0, 54), press(0, 58), press(0, 61)]);
    rig.run_ticks(3840 * 4);
    rig.stop();
    let heard = rig.ended();
    let bass = heard.iter().filter(|n| n.lane == Lane::Bass);
    let inside = bass
        .clone()
        .filter(|n| [6, 10, 1].contains(&(n.pitch % 12)))
        .count();
    assert!(inside * 10 >= bass.count() * 6);
    assert_eq!(rig.controls.keys, Keys::Chords);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_of_any_session_with_the_band_plays_the_same(
        acts in proptest::collection::vec((1..60_000u32, act()), 1..8),
        blocks in proptest::collection::vec(1..8192u32, 1..20),
    ) {
        let whole = perform(rig(), &acts, || 1 << 20);
        let mut next = blocks.iter().cycle();
        let cut = perform(rig(), &acts, || *next.next().unwrap());
        whole.ended();
        cut.ended();
        prop_assert_eq!(events(&whole), events(&cut));
    }
}
