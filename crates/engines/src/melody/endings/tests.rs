//! Endings.

use music::plan::SectionKind;
use music::time::Meter;

use super::{Ending, WAYS, of};
use crate::dice::Dice;
use crate::melody::develop::Technique;
use crate::melody::motif::{Measure, Motif, Tone};
use crate::melody::plan::{Theme, Unit};
use crate::placement::{BarGrid, TimeScale};

fn measure() -> Measure {
    let mut grid = BarGrid::default();
    grid.lay(Meter::default(), TimeScale::Plain, 0);
    Measure::new(Meter::default(), &grid)
}

fn motif() -> Motif {
    let tones = [(0, 0), (4, 1), (8, 2), (16, 3), (20, 1), (22, 2)];
    let tones = tones.map(|(at, degree)| Tone {
        at,
        degree,
        priority: 6,
        ..Tone::default()
    });
    Motif {
        tones: tones.into_iter().collect(),
    }
}

#[test]
fn every_ending_is_its_own_and_keeps_the_head() {
    let plain = motif();
    let mut seen = std::vec::Vec::new();
    for way in WAYS {
        let mut ended = motif();
        way.apply(&mut ended, &measure());
        assert_eq!(ended.tones[..4], plain.tones[..4], "{way:?}");
        assert_ne!(ended, plain, "{way:?}");
        assert!(!seen.contains(&ended), "{way:?}");
        assert!(ended.tones.windows(2).all(|w| w[0].at < w[1].at));
        assert!(ended.tones.iter().all(|t| t.at < 32));
        seen.push(ended);
    }
    let mut short = Motif {
        tones: plain.tones[..4].iter().copied().collect(),
    };
    Ending::Short.apply(&mut short, &measure());
    assert_eq!(short.tones.len(), 4);
}

#[test]
fn what_is_said_again_ends_in_its_own_way_and_what_is_new_as_written() {
    let says = |theme| Unit {
        theme: Some(theme),
        technique: Technique::Repeat,
        closes: false,
    };
    let period = [Theme::A, Theme::A, Theme::A, Theme::B].map(says);
    let (mut own, mut apart) = (0, 0);
    for seed in 0..60 {
        let at = |kind, place| of(kind, period, place, Dice::song(seed));
        let verse = |place| at(SectionKind::Verse, place);
        assert_eq!((verse(0), verse(3)), (Ending::Plain, Ending::Plain));
        assert_eq!(verse(1), verse(5));
        assert_eq!(at(SectionKind::Intro, 1), Ending::Plain);
        own += (verse(1) != Ending::Plain) as u32;
        let both = verse(1) != Ending::Plain && verse(2) != Ending::Plain;
        assert!(!both || verse(1) != verse(2));
        apart += both as u32;
    }
    assert!((25..52).contains(&own) && apart > 10, "{own} {apart}");
}
