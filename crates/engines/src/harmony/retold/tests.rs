//! Sections that return.

use std::vec::Vec as Heap;

use music::chord::Chord;
use music::pitch::{PitchClass, Scale};
use music::plan::Phrase;
use music::song::TypedChord;

use super::{Telling, bass, climax, lead, retell, turn_around, voices};
use crate::band::PhraseSeat;
use crate::dice::Dice;
use crate::fixture::Stage;
use crate::harmony::half_bar::half_bar;
use crate::harmony::typed::{Spans, push};

/// Verses at bars 4 and 24, choruses at 16, 36 and 52, the last one final.
fn stage(seed: u16, tension: u8) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.seed = seed;
    stage.controls.tension = tension;
    stage.controls.modulation = 0;
    stage.styles[0].harmony.sevenths = 20;
    stage.styles[0].harmony.extensions = 15;
    stage
}

fn chords(phrase: &Phrase) -> Heap<(u8, u8, Chord)> {
    let all = phrase.chords.iter();
    all.map(|s| (s.bar, s.step, s.chord)).collect()
}

/// Share of bars in percent that start on the same root, and whether all is the same, over seeds.
fn compare(first: u16, second: u16, tension: u8) -> (usize, usize) {
    let (mut same, mut bars, mut equal) = (0, 0, 0);
    for seed in 0..40 {
        let mut stage = stage(seed, tension);
        let [a, b] = [first, second].map(|bar| stage.phrase(bar));
        equal += (chords(&a) == chords(&b)) as usize;
        for bar in 0..4 {
            let root = |p: &Phrase| p.chord_at(bar, 0).map(|(_, s)| s.chord.root);
            same += (root(&a) == root(&b)) as usize;
            bars += 1;
        }
    }
    (same * 100 / bars, equal * 100 / 40)
}

#[test]
fn a_second_verse_is_the_same_song_told_anew() {
    let (same, equal) = compare(4, 24, 50);
    assert!(same >= 85 && equal <= 30, "{same} {equal}");
}

#[test]
fn the_last_chorus_goes_furthest_and_is_still_known() {
    let (second, _) = compare(16, 36, 50);
    let (last, equal) = compare(16, 52, 50);
    assert!(
        second >= last && last >= 65 && equal <= 8,
        "{second} {last} {equal}"
    );
    for seed in 0..40 {
        let mut stage = stage(seed, 50);
        let [a, b] = [16, 52].map(|bar| stage.phrase(bar).chords[0].chord.root);
        assert_eq!(a, b, "{seed}");
    }
}

#[test]
fn without_tension_a_section_returns_as_it_was() {
    for (first, second) in [(4, 24), (16, 36), (16, 52)] {
        assert_eq!(compare(first, second, 0), (100, 100));
    }
}

#[test]
fn more_tension_tells_more() {
    let [low, high] = [20, 50].map(|tension| compare(16, 36, tension).1);
    assert!(low > high, "{low} {high}");
}

#[test]
fn typed_chords_are_not_told_anew() {
    let mut stage = stage(3, 50);
    for (bar, text) in (0..64).zip(["C", "G", "Am", "F"].into_iter().cycle()) {
        let chord = Chord::parse(text);
        stage
            .song
            .chords
            .push(TypedChord {
                bar,
                step: 0,
                chord,
            })
            .unwrap();
    }
    let [a, b, c] = [16, 36, 52].map(|bar| chords(&stage.phrase(bar)));
    assert_eq!((&a, a.len()), (&b, 4));
    assert_eq!(a, c);
}

/// The seat of the phrase that begins at a bar of the form, and that phrase with its chords and its tune.
fn seated(stage: &mut Stage, bar: u16, then: impl Fn(&PhraseSeat, &mut Phrase, u64)) {
    let form = stage.form();
    let (index, section) = form.section_at(bar).unwrap();
    let latch = stage.latch().of_plan();
    let material = stage.material();
    let style = material.styles.get(latch.style);
    let seat = PhraseSeat {
        material,
        style,
        texture_style: style,
        latch: &latch,
        section,
        meter: stage.meter,
        dice: Dice::song(latch.seed),
    };
    let mut phrase = Phrase {
        section_index: index as u16,
        first_bar: bar,
        first_in_section: bar - section.first_bar,
        bars: 4,
        meter: stage.meter,
        ..Phrase::default()
    };
    let hand = crate::harmony::compose(&seat, &mut phrase);
    crate::melody::compose(&seat, &mut phrase);
    then(&seat, &mut phrase, hand);
}

#[test]
fn a_section_that_does_not_return_keeps_its_chords_and_voices() {
    for seed in 0..20 {
        for bar in [4, 12, 16] {
            seated(&mut stage(seed, 100), bar, |seat, phrase, hand| {
                let before = phrase.chords.clone();
                retell(seat, phrase, hand);
                assert_eq!(phrase.chords, before, "{seed} {bar}");
            });
        }
    }
}

#[test]
fn chords_that_are_not_voiced_anew_have_the_voices_that_they_would_get() {
    let told = core::cell::Cell::new(0);
    for seed in 0..20 {
        for bar in [24, 28, 36, 40, 52, 56] {
            seated(&mut stage(seed, 70), bar, |seat, phrase, hand| {
                let before = phrase.chords.clone();
                retell(seat, phrase, hand);
                told.set(told.get() + (phrase.chords != before) as usize);
                let mut whole = phrase.chords.clone();
                whole.iter_mut().for_each(|span| span.voicing.clear());
                voices::voice(seat, phrase.first_in_section, &mut whole, hand, 0);
                assert_eq!(phrase.chords, whole, "{seed} {bar}");
            });
        }
    }
    assert!(told.get() > 60, "{told:?}");
}

fn spans(texts: &[&str]) -> Spans {
    let mut out = Spans::new();
    for (bar, text) in texts.iter().enumerate() {
        push(&mut out, bar as u8, 0, Chord::parse(text).unwrap());
    }
    out
}

fn told(
    texts: &[&str],
    sevenths: u8,
    tell: impl Fn(&mut Telling, &mut Spans),
) -> Heap<std::string::String> {
    let phrase = Phrase {
        bars: texts.len() as u16,
        ..Phrase::default()
    };
    let mut telling = Telling {
        phrase: &phrase,
        key: PitchClass(0),
        scale: Scale::Major,
        freedom: 100,
        sevenths,
        extensions: 0,
        half: half_bar(phrase.meter),
        dice: Dice::song(1),
        left: 4,
    };
    let mut spans = spans(texts);
    tell(&mut telling, &mut spans);
    spans
        .iter()
        .map(|s| s.chord.symbol(true).as_str().into())
        .collect()
}

#[test]
fn the_bass_walks_through_an_inversion() {
    let walk = |texts: &[&str]| told(texts, 0, bass::invert);
    assert_eq!(walk(&["C", "G", "Am", "F"]), ["C", "G/B", "Am", "F"]);
    assert_eq!(walk(&["F", "C", "Dm", "G"]), ["F", "C/E", "Dm", "G"]);
    assert_eq!(walk(&["C", "Dm", "Em", "F"]), ["C", "Dm", "Em", "F"]);
}

#[test]
fn a_pedal_lies_under_what_leads_on_unless_it_rubs() {
    let pedal = |texts: &[&str]| told(texts, 0, |t, s| bass::pedal(t, s));
    assert_eq!(pedal(&["C", "Am", "F", "G"]), ["C", "Am", "F/G", "G"]);
    assert_eq!(pedal(&["C", "Am", "Ab", "G"]), ["C", "Am", "Ab", "G"]);
}

#[test]
fn what_leads_on_goes_where_it_leads() {
    for seventh in [0, 50] {
        let found = told(&["C", "Dm", "F", "G"], seventh, lead);
        let to_second = if seventh == 0 { "A/Db" } else { "Dbdim7" };
        assert!(
            found.iter().any(|c| c == to_second || c.starts_with('A')),
            "{found:?}"
        );
        assert_eq!(found.first().unwrap(), "C");
        assert_eq!(found.last().unwrap(), "G");
    }
    let punk = told(&["C5", "D5", "F5", "G5"], 0, lead);
    assert_eq!(punk.len(), 4, "{punk:?}");
}

#[test]
fn a_dominant_at_the_end_is_prepared_and_home_leads_on() {
    let turned = |texts: &[&str], ends| told(texts, 0, |t, s| turn_around(t, s, ends));
    assert_eq!(
        turned(&["C", "Am", "F", "G"], true),
        ["C", "Am", "F", "Dm", "G"]
    );
    assert_eq!(
        turned(&["C", "F", "G", "C"], false),
        ["C", "F", "G", "C", "G"]
    );
    assert_eq!(turned(&["C", "F", "G", "C"], true), ["C", "F", "G", "C"]);
}

#[test]
fn the_climax_puts_home_off_and_darkens_the_fourth() {
    let told = |texts: &[&str]| told(texts, 0, |t, s| climax::reharmonise(t, s, true));
    assert_eq!(told(&["C", "G", "C", "F"]), ["C", "G", "Am", "F", "Fm"]);
    assert_eq!(told(&["F", "G", "C", "C"]), ["F", "G", "C"]);
}
