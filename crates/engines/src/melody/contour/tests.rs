//! Contours.

use music::style::MelodyStyle;

use super::draw;
use crate::dice::Dice;
use crate::melody::motif::{Motif, Tone};

fn drawn(steps: u8, repeats: u8, seed: u16) -> Motif {
    let mut motif = Motif::default();
    for at in 0..12 {
        let _ = motif.tones.push(Tone {
            at: 2 * at,
            priority: 6,
            ..Tone::default()
        });
    }
    draw(
        &mut motif,
        &MelodyStyle {
            steps,
            repeats,
            ..MelodyStyle::default()
        },
        Dice::song(seed),
    );
    motif
}

#[test]
fn shares_of_the_style_decide_how_it_moves() {
    for seed in 0..20 {
        let moves = |m: &Motif| {
            m.tones
                .windows(2)
                .map(|w| (w[1].degree - w[0].degree).abs())
                .max()
        };
        assert_eq!(moves(&drawn(0, 100, seed)), Some(0));
        assert_eq!(moves(&drawn(100, 0, seed)), Some(1));
    }
    assert!((0..20).any(|seed| {
        drawn(0, 0, seed)
            .tones
            .windows(2)
            .any(|w| (w[1].degree - w[0].degree).abs() > 2)
    }));
}

#[test]
fn a_leap_is_answered_by_a_step_back() {
    for seed in 0..40 {
        let motif = drawn(20, 10, seed);
        for w in motif.tones.windows(3) {
            let (leap, next) = (w[1].degree - w[0].degree, w[2].degree - w[1].degree);
            assert!(
                leap.abs() < 3 || next == -leap.signum(),
                "{seed}: {leap} then {next}"
            );
        }
        assert!(motif.tones.iter().all(|t| (-4..=6).contains(&t.degree)));
    }
}

#[test]
fn filling_tones_lie_between_the_tunes_own() {
    let mut motif = Motif::default();
    for (at, priority) in [(0, 9), (2, 2), (4, 9)] {
        let _ = motif.tones.push(Tone {
            at,
            priority,
            ..Tone::default()
        });
    }
    for seed in 0..20 {
        draw(
            &mut motif,
            &MelodyStyle {
                steps: 0,
                ..MelodyStyle::default()
            },
            Dice::song(seed),
        );
        let (a, fill, b) = (
            motif.tones[0].degree,
            motif.tones[1].degree,
            motif.tones[2].degree,
        );
        assert!(fill >= a.min(b) - (a == b) as i8 && fill <= a.max(b));
    }
}
