//! Tension and reharmonising.

use music::chord::Chord;
use music::controls::TENSION;
use music::pitch::{PitchClass, Scale};
use music::plan::Phrase;
use music::roman::{Sense, read};
use music::song::TypedChord;

use super::{distances, moved, rotated};
use crate::fixture::Stage;
use crate::harmony::candidates::{candidates, reach};

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap()
}

fn phrases(tension: u8, reharmonise: u8, typed: &[&str]) -> std::vec::Vec<Phrase> {
    let mut out = std::vec::Vec::new();
    for seed in 0..12 {
        let mut stage = Stage::new(0, 4, 4);
        stage.controls.seed = seed;
        stage.controls.tension = tension;
        stage.controls.reharmonise = reharmonise;
        for (bar, text) in typed.iter().enumerate() {
            let bar = bar as u16;
            let typed = TypedChord {
                bar,
                step: 0,
                chord: Chord::parse(text),
            };
            stage.song.chords.push(typed).unwrap();
        }
        out.extend([4, 12, 16, 24, 36].map(|bar| stage.phrase(bar)));
    }
    out
}

fn mean_reach(phrases: &[Phrase]) -> i32 {
    let far = |c: Chord| reach(c, read(c, PitchClass(0), Scale::Major));
    let chords = || phrases.iter().flat_map(|p| &p.chords);
    chords().map(|s| far(s.chord)).sum::<i32>() * 10 / chords().count() as i32
}

#[test]
fn the_middle_leaves_the_style_s_chords_as_they_are() {
    let plain = phrases(TENSION.default as u8, 0, &[]);
    let sounds = |p: &[Phrase]| -> std::vec::Vec<_> {
        p.iter()
            .flat_map(|p| p.chords.iter().map(|s| s.chord))
            .collect()
    };
    assert_ne!(sounds(&plain), sounds(&phrases(100, 0, &[])));
    assert_ne!(
        sounds(&plain),
        sounds(&phrases(TENSION.default as u8, 100, &[]))
    );
}

#[test]
fn more_tension_reaches_further() {
    let reached = [0, 25, 50, 75, 100].map(|t| mean_reach(&phrases(t, 0, &[])));
    assert!(reached.windows(2).all(|w| w[0] <= w[1]), "{reached:?}");
    assert!(
        reached[0] < 90 && reached[4] > reached[2] + 150,
        "{reached:?}"
    );
}

#[test]
fn the_tense_end_uses_dominants_substitutes_and_loans() {
    let far = phrases(100, 0, &[]);
    let senses = |sense| {
        let all = far.iter().flat_map(|p| &p.chords);
        all.filter(|s| read(s.chord, PitchClass(0), Scale::Major).sense == sense)
            .count()
    };
    for sense in [Sense::Secondary, Sense::TritoneSubstitute, Sense::Borrowed] {
        assert!(senses(sense) > 0, "{sense:?}");
    }
}

#[test]
fn typed_chords_stay_until_they_are_reharmonised() {
    let song = ["C", "Am", "Dm7", "G7", "C", "F", "G7", "C"];
    let sung: std::vec::Vec<&str> = (0..64).map(|i| song[i % 8]).collect();
    let kept = |phrases: &[Phrase]| {
        let all = phrases.iter().flat_map(|p| {
            let first = p.first_bar as usize;
            p.chords
                .iter()
                .map(move |s| (first + s.bar as usize, s.chord))
        });
        let (mut same, mut count) = (0, 0);
        for (bar, found) in all {
            count += 1;
            same += (found == chord(sung[bar])) as usize;
        }
        same * 100 / count
    };
    assert_eq!(kept(&phrases(100, 0, &sung)), 100);
    let half = kept(&phrases(50, 50, &sung));
    let all = kept(&phrases(50, 100, &sung));
    assert!(
        (25..85).contains(&half) && all < 40 && all < half,
        "{half} {all}"
    );
}

#[test]
fn candidates_do_what_the_chord_does() {
    for (text, expected) in [("G7", "Db7"), ("F", "Fm"), ("C", "Am"), ("Dm7", "Fmaj7")] {
        let found = candidates(chord(text), None, PitchClass(0), Scale::Major);
        assert_eq!(found[0].chord, chord(text));
        assert!(
            found.iter().any(|c| c.chord == chord(expected)),
            "{text} {found:?}"
        );
    }
    let toward = candidates(chord("C"), Some(chord("Dm")), PitchClass(0), Scale::Major);
    for expected in ["A7", "Eb7", "C#dim7"] {
        assert!(
            toward.iter().any(|c| c.chord == chord(expected)),
            "{expected} {toward:?}"
        );
    }
}

#[test]
fn movement_is_counted_to_the_nearest_tone() {
    let between = |a, b| moved(&distances(rotated(chord(a))), rotated(chord(b)));
    assert_eq!(between("C", "C"), 0);
    assert_eq!(between("C", "Am"), 2);
    assert_eq!(between("C", "F"), 3);
    assert_eq!(between("B", "C"), 3);
}

#[test]
fn home_at_a_section_s_end_and_the_blues_tonic_stay_home() {
    for seed in 0..12 {
        let mut stage = Stage::new(0, 4, 4);
        stage.controls.seed = seed;
        let plain = stage.phrase(63).chords.last().unwrap().chord;
        stage.controls.reharmonise = 100;
        stage.controls.tension = 100;
        let last = stage.phrase(63).chords.last().unwrap().chord;
        assert_eq!(last.root, plain.root, "{seed}");
    }
    let blues = candidates(chord("C7"), Some(chord("C7")), PitchClass(0), Scale::Major);
    assert!(
        blues.iter().all(|c| c.chord.root != PitchClass(7)),
        "{blues:?}"
    );
    let fourth = candidates(chord("F7"), Some(chord("C7")), PitchClass(0), Scale::Major);
    assert!(fourth.iter().any(|c| c.chord == chord("Dm7")), "{fourth:?}");
    let leads = candidates(chord("C7"), Some(chord("F")), PitchClass(0), Scale::Major);
    assert!(leads.iter().any(|c| c.chord == chord("Gb7")), "{leads:?}");
}

/// Typed chords, the same in every eight bars.
fn typed_song(seed: u16) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.seed = seed;
    let song = ["C", "Am", "Dm7", "G7", "C", "F", "Dm", "G7"];
    for (bar, text) in (0..64).zip(song.into_iter().cycle()) {
        let chord = Chord::parse(text);
        let typed = TypedChord {
            bar,
            step: 0,
            chord,
        };
        stage.song.chords.push(typed).unwrap();
    }
    stage
}

#[test]
fn typed_chords_that_give_way_keep_their_place_and_what_they_do() {
    let (key, scale) = (PitchClass(0), Scale::Major);
    let (mut rewritten, mut elsewhere) = (0, 0);
    for seed in 0..12 {
        let mut stage = typed_song(seed);
        for bar in [4, 12, 24, 36, 52] {
            stage.controls.reharmonise = 0;
            let typed = stage.phrase(bar);
            stage.controls.reharmonise = 100;
            let told = stage.phrase(bar);
            let places = |p: &Phrase| -> std::vec::Vec<_> {
                p.chords.iter().map(|s| (s.bar, s.step)).collect()
            };
            assert_eq!(places(&typed), places(&told), "{seed} {bar}");
            for (index, (old, new)) in typed.chords.iter().zip(&told.chords).enumerate() {
                if old.chord == new.chord {
                    continue;
                }
                rewritten += 1;
                let next = told.chords.get(index + 1).map(|s| s.chord.root);
                let found = candidates(old.chord, None, key, scale);
                // It does what the chord does, or leads to what comes.
                let leads = next.is_some_and(|n| matches!(new.chord.root.to(n), 5 | 11 | 1));
                let same = found.iter().any(|c| c.chord.root == new.chord.root);
                assert!(
                    same || leads,
                    "{} for {}",
                    new.chord.symbol(true),
                    old.chord.symbol(true)
                );
                elsewhere += (new.chord.root != old.chord.root) as usize;
            }
        }
    }
    assert!(rewritten > 60 && elsewhere > 30, "{rewritten} {elsewhere}");
}

#[test]
fn typed_chords_come_back_to_the_note() {
    for seed in 0..6 {
        let mut stage = typed_song(seed);
        for bar in [4, 24, 52] {
            let before = stage.phrase(bar);
            for (reharmonise, tension) in [(100, 50), (40, 90), (0, 100)] {
                (stage.controls.reharmonise, stage.controls.tension) = (reharmonise, tension);
                let chords =
                    |p: &Phrase| -> std::vec::Vec<_> { p.chords.iter().map(|s| s.chord).collect() };
                let told = stage.phrase(bar);
                assert!(
                    reharmonise > 0 || chords(&told) == chords(&before),
                    "{seed}"
                );
            }
            (stage.controls.reharmonise, stage.controls.tension) = (0, 50);
            let after = stage.phrase(bar);
            assert_eq!((&after.chords, &after.tune), (&before.chords, &before.tune));
        }
    }
}

#[test]
fn alternatives_are_ranked_with_reasons_and_never_the_chord_itself() {
    use super::{SectionKind, alternatives};
    use crate::harmony::Why;
    let (c, verse) = (PitchClass(0), SectionKind::Verse);
    let around = (Some(chord("Dm7")), Some(chord("Cmaj7")));
    let all = alternatives(chord("G7"), around, c, Scale::Major, verse);
    assert!(all.len() >= 5, "{all:?}");
    assert!(all.is_sorted_by_key(|a| a.cost));
    assert!(all.iter().all(|a| a.chord != chord("G7")));
    let why = |text: &str| all.iter().find(|a| a.chord == chord(text)).map(|a| a.why);
    assert_eq!(why("Db7"), Some(Why::TritoneSubstitute));
    assert_eq!(why("Bb9"), Some(Why::BackDoor));
    assert_eq!(why("G"), Some(Why::Plainer));
    // A home chord's relatives come before chords from far away.
    let around = (Some(chord("G7")), Some(chord("F")));
    let home = alternatives(chord("C"), around, c, Scale::Major, verse);
    let place = |text: &str| home.iter().position(|a| a.chord == chord(text));
    assert!(place("Am") < place("Ab"), "{home:?}");
    assert_eq!(
        home[place("Am").unwrap()].why.words(),
        "rests like home, from the key"
    );
    assert_eq!(home[place("C7").unwrap()].why, Why::LeadsOn);
}
