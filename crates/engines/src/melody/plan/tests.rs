//! Plans of phrases.

use music::plan::SectionKind;

use super::{Technique, Theme, Unit, Voice, retold, unit};
use crate::dice::Dice;

#[test]
fn sections_that_tell_come_home_and_sections_that_lead_stay_open() {
    for seed in 0..30 {
        let dice = Dice::song(seed);
        for count in 1..8 {
            assert!(unit(SectionKind::Chorus, Voice::Sung, dice, count - 1, count).closes);
            assert!(!unit(SectionKind::Build, Voice::Sung, dice, count - 1, count).closes);
        }
        let first = unit(SectionKind::Verse, Voice::Sung, dice, 0, 4);
        assert_eq!(
            (first.theme, first.technique),
            (Some(Theme::A), Technique::Repeat)
        );
    }
}

#[test]
fn openings_are_sparse_and_an_outro_ends_with_a_tone() {
    for seed in 0..30 {
        let rests = (0..4).filter(|n| {
            unit(SectionKind::Intro, Voice::Sung, Dice::song(seed), *n, 5)
                .theme
                .is_none()
        });
        assert!(rests.count() >= 1);
        assert!(
            unit(SectionKind::Outro, Voice::Sung, Dice::song(seed), 3, 4)
                .theme
                .is_some()
        );
    }
}

#[test]
fn every_technique_has_its_place() {
    let mut seen = [false; 8];
    for seed in 0..200 {
        for kind in [SectionKind::Verse, SectionKind::Build] {
            for place in 0..4 {
                let slot = match unit(kind, Voice::Sung, Dice::song(seed), place, 8).technique {
                    Technique::Repeat => 0,
                    Technique::Sequence(_) => 1,
                    Technique::Invert => 2,
                    Technique::Retrograde => 3,
                    Technique::Augment => 4,
                    Technique::Diminish => 5,
                    Technique::Fragment => 6,
                    Technique::Liquidate => 7,
                };
                seen[slot] = true;
            }
        }
    }
    assert!(seen.iter().all(|s| *s), "{seen:?}");
}

#[test]
fn a_second_verse_begins_as_the_first_and_goes_on_otherwise() {
    let mut changed = 0;
    for seed in 0..60 {
        let dice = Dice::song(seed);
        for place in 0..4 {
            let first = unit(SectionKind::Verse, Voice::Sung, dice, place, 4);
            let second = retold(first, SectionKind::Verse, 1, dice, place);
            assert_eq!(retold(first, SectionKind::Verse, 0, dice, place), first);
            assert_eq!(retold(first, SectionKind::Verse, 2, dice, place), first);
            assert_eq!(retold(first, SectionKind::Chorus, 1, dice, place), first);
            assert!(place >= 2 || second == first);
            assert_eq!(second.closes, first.closes);
            changed += (second != first) as u32;
        }
    }
    assert!((8..40).contains(&changed), "{changed}");
}

#[test]
fn a_bridge_says_one_line_and_the_same_again() {
    for seed in 0..40 {
        let dice = Dice::song(seed);
        let of = |place, count| unit(SectionKind::Bridge, Voice::Sung, dice, place, count);
        for place in 0..2 {
            let (first, again) = (of(place, 4), of(place + 2, 4));
            assert_eq!(
                (first.theme, first.technique),
                (again.theme, again.technique)
            );
        }
        assert!((0..2).all(|place| of(place, 2).theme == Some(Theme::A)));
    }
}

#[test]
fn a_played_head_says_its_idea_twice_at_most() {
    for seed in 0..60 {
        let dice = Dice::song(seed);
        let units = [0, 1, 2, 3].map(|n| unit(SectionKind::Verse, Voice::Played, dice, n, 4));
        let plain = |u: &&Unit| u.theme == Some(Theme::A) && u.technique == Technique::Repeat;
        assert!((1..=2).contains(&units.iter().filter(plain).count()));
        assert!(units[3].closes);
    }
}
