use std::collections::BTreeMap;
use std::vec::Vec as Heap;

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Role};
use music::plan::SectionKind;
use music::style::{DrumFill, DrumLine};

use crate::fixture::{Stage, pattern};

fn fill(beats: u8, energy: u8, lines: &[(Piece, &str)]) -> DrumFill {
    let line = |(piece, text): &(Piece, &str)| DrumLine {
        piece: *piece,
        pattern: pattern(text),
    };
    DrumFill {
        beats,
        energy,
        lines: lines.iter().map(line).collect(),
    }
}

/// Rock with these fills alone, exactly on the grid.
fn stage(seed: u16, fills: &[DrumFill]) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    (stage.controls.seed, stage.controls.humanize) = (seed, 0);
    stage.styles[0].drums.fills = fills.iter().cloned().collect();
    stage
}

/// What a bar plays at an amount of fills, by tick.
fn heard(stage: &mut Stage, bar: i32, amount: u8) -> Heap<(i64, Candidate)> {
    let start = stage.place(bar).start;
    let all = stage.lane(bar, Lane::Drums);
    let open = |c: &&Candidate| {
        let gate = &c.gate;
        gate.density <= 60
            && gate.complexity <= 60
            && (gate.fills.0..=gate.fills.1).contains(&amount)
            && (gate.syncopation.0..=gate.syncopation.1).contains(&50)
            && (gate.energy.0..=gate.energy.1).contains(&50)
            && gate.variation.0 == 0
    };
    all.iter()
        .filter(open)
        .map(|c| (c.grid.since(start), *c))
        .collect()
}

fn is_fill(c: &Candidate) -> bool {
    matches!(c.role, Role::Fill(_))
}

/// Last bars of the sections that are filled, with their kinds.
fn ends(stage: &mut Stage) -> Heap<(i32, SectionKind)> {
    let form = stage.form();
    let filled = form
        .sections
        .iter()
        .filter(|s| s.kind != SectionKind::Outro);
    filled
        .map(|s| ((s.first_bar + s.bars - 1) as i32, s.kind))
        .collect()
}

/// Six fills that are told apart by their piece, from gentle to hard.
fn signed() -> [DrumFill; 6] {
    let all = "9999 9999 9999 9999";
    [
        fill(1, 1, &[(Piece::Claves, all)]),
        fill(1, 3, &[(Piece::Tambourine, all)]),
        fill(2, 4, &[(Piece::CongaLow, all)]),
        fill(2, 6, &[(Piece::CongaHigh, all)]),
        fill(3, 7, &[(Piece::BongoLow, all)]),
        fill(4, 9, &[(Piece::BongoHigh, all)]),
    ]
}

#[test]
fn every_fill_is_reached_in_its_length_and_hard_ones_where_it_is_hot() {
    let mut longest: BTreeMap<u8, usize> = BTreeMap::new();
    let mut energies: BTreeMap<u8, Heap<usize>> = BTreeMap::new();
    for seed in 1..80 {
        let mut stage = stage(seed, &signed());
        for (bar, kind) in ends(&mut stage) {
            let strokes = heard(&mut stage, bar, 100);
            let of = |piece: Piece| {
                let own = strokes.iter().filter(|(_, c)| c.role == Role::Fill(piece));
                own.count()
            };
            for (place, fill) in signed().iter().enumerate() {
                let count = of(fill.lines[0].piece);
                let most = longest.entry(place as u8).or_default();
                *most = count.max(*most);
                if count > 0 {
                    energies.entry(kind as u8).or_default().push(place);
                }
            }
        }
    }
    for (place, fill) in signed().iter().enumerate() {
        let whole = 4 * fill.beats as usize;
        assert_eq!(longest[&(place as u8)], whole, "fill {place}");
    }
    let mean = |kind: SectionKind| {
        let all = &energies[&(kind as u8)];
        all.iter().sum::<usize>() as f64 / all.len() as f64
    };
    let (intro, verse, chorus) = (
        mean(SectionKind::Intro),
        mean(SectionKind::Verse),
        mean(SectionKind::Chorus),
    );
    assert!(
        intro < verse && verse + 1.0 < chorus,
        "{intro} {verse} {chorus}"
    );
}

#[test]
fn two_sections_running_are_filled_unlike() {
    for seed in 1..80 {
        let mut stage = stage(seed, &signed());
        let mut before: Option<Piece> = None;
        for (bar, _) in ends(&mut stage) {
            let strokes = heard(&mut stage, bar, 100);
            let signs = signed().map(|f| f.lines[0].piece);
            let found = signs
                .into_iter()
                .find(|p| strokes.iter().any(|(_, c)| c.role == Role::Fill(*p)));
            assert!(found.is_none() || found != before, "seed {seed} bar {bar}");
            // A stop may stand in a fill's place.
            before = found;
        }
    }
}

/// Strokes of the groove's cymbals in the first beat under a fill of two beats.
fn time_kept(first_beat: &str) -> usize {
    let text = std::format!(".... .... {first_beat} 9999");
    let plain = fill(2, 5, &[(Piece::TomLow, &text)]);
    let mut count = 0;
    for seed in 1..20 {
        let mut stage = stage(seed, core::slice::from_ref(&plain));
        for (bar, _) in ends(&mut stage) {
            let strokes = heard(&mut stage, bar, 100);
            let time = strokes.iter().filter(|(at, c)| {
                let cymbal =
                    matches!(c.role, Role::Beat(p) if crate::drums::architect::is_timekeeper(p));
                cymbal && (1920..2880).contains(at)
            });
            count += time.count();
        }
    }
    count
}

#[test]
fn time_goes_on_into_a_fill_that_starts_sparsely_and_breaks_off_before_a_busy_one() {
    let (late, sparse, busy) = (time_kept("..9."), time_kept("9..."), time_kept("9999"));
    assert!(late > 60 && sparse > 30, "{late} {sparse}");
    assert_eq!(busy, 0);
}

#[test]
fn after_the_first_stroke_only_time_goes_on() {
    let plain = fill(2, 5, &[(Piece::TomLow, ".... .... 9... 9999")]);
    let mut kicks = 0;
    for seed in 1..20 {
        let mut stage = stage(seed, core::slice::from_ref(&plain));
        for (bar, _) in ends(&mut stage) {
            for (at, c) in heard(&mut stage, bar, 100) {
                let under = at >= 1920 && !is_fill(&c);
                kicks += usize::from(under && c.role == Role::Beat(Piece::Kick));
                let snared = matches!(c.role, Role::Beat(Piece::Snare) | Role::Ghost(_));
                assert!(!(under && snared), "seed {seed} bar {bar} {at}");
            }
        }
    }
    // The foot has nothing else to do.
    assert!(kicks > 20, "{kicks}");
}

#[test]
fn a_long_fill_starts_later_while_fills_are_few() {
    let long = fill(4, 5, &[(Piece::TomLow, "9999 9999 9999 9999")]);
    let (mut shorter, mut whole) = (0, 0);
    for seed in 1..30 {
        let mut stage = stage(seed, core::slice::from_ref(&long));
        for (bar, _) in ends(&mut stage) {
            for amount in 1..=100 {
                let strokes = heard(&mut stage, bar, amount);
                let own: Heap<i64> = strokes
                    .iter()
                    .filter(|(_, c)| {
                        c.role == Role::Fill(Piece::TomLow) || c.role == Role::Fill(Piece::TomMid)
                    })
                    .map(|(at, _)| *at)
                    .collect();
                // A stop may silence the end of it.
                shorter += usize::from((1..16).contains(&own.len()) && own[0] > 0);
                whole += usize::from(amount == 100 && own.first() == Some(&0));
            }
        }
    }
    assert!(shorter > 30 && whole > 100, "{shorter} {whole}");
}

#[test]
fn a_machines_run_grows_in_rate_and_force() {
    let roll = fill(4, 5, &[(Piece::Snare, "9999 9999 9999 9999")]);
    let mut built = 0;
    for seed in 1..30 {
        let mut stage = stage(seed, core::slice::from_ref(&roll));
        stage.styles[0].drums.players = 0;
        for (bar, _) in ends(&mut stage) {
            let strokes: Heap<(i64, Candidate)> = heard(&mut stage, bar, 100)
                .into_iter()
                .filter(|(_, c)| is_fill(c) && c.role == Role::Fill(Piece::Snare))
                .collect();
            let of = |beat: i64| {
                let own = strokes.iter().filter(move |(at, _)| at / 960 == beat);
                own.map(|(_, c)| c.velocity as usize)
            };
            let counts: Heap<usize> = (0..4).map(|b| of(b).count()).collect();
            let loudest = |beat| of(beat).max().unwrap_or(0);
            if counts[0] == 2 && counts[3] > 4 {
                built += 1;
                assert!(counts.is_sorted(), "{counts:?}");
                assert!(loudest(0) < loudest(2) && loudest(2) < loudest(3));
            }
        }
    }
    assert!(built > 40, "{built}");
}

#[test]
fn players_lead_into_some_fills_softly() {
    let plain = fill(2, 5, &[(Piece::Snare, ".... .... 9999 9999")]);
    let (mut led, mut all) = (0, 0);
    for seed in 1..30 {
        let mut stage = stage(seed, core::slice::from_ref(&plain));
        for (bar, _) in ends(&mut stage) {
            let strokes = heard(&mut stage, bar, 100);
            let before = strokes.iter().filter(|(at, c)| is_fill(c) && *at < 1920);
            let soft: Heap<u8> = before.map(|(_, c)| c.velocity).collect();
            assert!(soft.iter().all(|v| *v < 80), "{soft:?}");
            led += usize::from(!soft.is_empty());
            all += 1;
        }
    }
    assert!(led * 10 > all && led * 2 < all, "{led} of {all}");
}
