//! The named transformations.

use heapless::Vec;
use music::time::Meter;

use super::{augment, diminish, fragment, invert, repeat, retrograde, sequence};
use crate::melody::motif::{Measure, Motif, Tone};
use crate::placement::{BarGrid, TimeScale};

fn measure(n: u8, d: u8) -> Measure {
    let meter = Meter::new(n, d).unwrap();
    let mut grid = BarGrid::default();
    grid.lay(meter, TimeScale::Plain, 0);
    Measure::new(meter, &grid)
}

fn motif(tones: &[(u8, i8)]) -> Motif {
    let tone = |&(at, degree): &(u8, i8)| Tone {
        at,
        degree,
        length: 2,
        priority: 8,
        velocity: 0,
        late: 0,
    };
    Motif {
        tones: tones.iter().map(tone).collect(),
    }
}

fn example() -> Motif {
    motif(&[(0, 0), (4, 2), (6, 1), (8, 3), (16, 4), (24, -1)])
}

fn degrees(motif: &Motif) -> Vec<i8, 40> {
    motif.tones.iter().map(|t| t.degree).collect()
}

fn onsets(motif: &Motif) -> Vec<u8, 40> {
    motif.tones.iter().map(|t| t.at).collect()
}

#[test]
fn a_repetition_is_the_same() {
    assert_eq!(repeat(&example()), example());
}

#[test]
fn a_sequence_moves_every_tone_alike() {
    let moved = sequence(&example(), 2);
    assert_eq!(degrees(&moved), [2, 4, 3, 5, 6, 1]);
    assert_eq!(onsets(&moved), onsets(&example()));
}

#[test]
fn an_inversion_turns_around_its_first_tone() {
    assert_eq!(degrees(&invert(&example())), [0, -2, -1, -3, -4, 1]);
    assert_eq!(invert(&invert(&example())), example());
}

#[test]
fn a_retrograde_reads_the_contour_backwards_in_the_same_rhythm() {
    let back = retrograde(&example());
    assert_eq!(degrees(&back), [-1, 4, 3, 1, 2, 0]);
    assert_eq!(onsets(&back), onsets(&example()));
    assert_eq!(retrograde(&back), example());
}

#[test]
fn an_augmentation_is_the_first_half_twice_as_slow() {
    let slow = augment(&example(), &measure(4, 4), 2);
    assert_eq!(onsets(&slow), [0, 8, 12, 16]);
    assert_eq!(degrees(&slow), [0, 2, 1, 3]);
    assert!(slow.tones.iter().all(|t| t.length == 4));
}

#[test]
fn an_augmentation_keeps_to_the_eighths_of_odd_meters() {
    let seven = measure(7, 8);
    let slow = augment(&motif(&[(0, 0), (3, 1), (5, 2), (9, 3)]), &seven, 2);
    assert!(
        slow.tones.iter().all(|t| seven.strength(t.at) >= 1),
        "{:?}",
        onsets(&slow)
    );
}

#[test]
fn a_diminution_is_twice_as_fast_and_then_rests() {
    let fast = diminish(&example(), &measure(4, 4), 2);
    assert_eq!(onsets(&fast), [0, 2, 3, 4, 8, 12]);
    assert!(fast.tones.iter().all(|t| t.at < 16));
    // Half a beat is no beat in 7/8.
    assert_eq!(diminish(&example(), &measure(7, 8), 2), example());
}

#[test]
fn a_fragmentation_says_the_head_in_every_bar_and_climbs() {
    let head = fragment(&example(), &measure(4, 4), 2);
    assert_eq!(onsets(&head), [0, 4, 6, 8, 16, 20, 22, 24]);
    assert_eq!(degrees(&head), [0, 2, 1, 3, 1, 3, 2, 4]);
}
