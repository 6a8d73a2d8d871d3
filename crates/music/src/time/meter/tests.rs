use heapless::Vec;

use super::{Beat, BeatRole, MAX_BEATS, Meter};

fn shape(n: u8, d: u8) -> (Vec<u8, MAX_BEATS>, Vec<BeatRole, MAX_BEATS>) {
    let beats = Meter::new(n, d).unwrap().beats();
    (
        beats.iter().map(|b| b.steps).collect(),
        beats.iter().map(|b| b.role).collect(),
    )
}

#[test]
fn beats_follow_the_grouping() {
    use BeatRole::{Back, Down, Mid, Weak};
    assert_eq!(shape(4, 4).1, [Down, Back, Mid, Back]);
    assert_eq!(shape(3, 4).1, [Down, Weak, Back]);
    assert_eq!(shape(5, 4).1, [Down, Weak, Back, Mid, Back]);
    assert_eq!(shape(6, 8).0, [6, 6]);
    assert_eq!(shape(7, 8).0, [4, 4, 6]);
    assert_eq!(shape(12, 8).1, [Down, Back, Mid, Back]);
    assert_eq!(shape(13, 8).0, [4, 4, 4, 4, 4, 6]);
    assert_eq!(shape(8, 8), shape_of("8/8=3+3+2"));
    assert_eq!(shape(8, 8).0, [6, 6, 4]);
    assert_eq!(shape(10, 8).1, [Down, Back, Mid, Back]);
    assert_eq!(
        (shape(3, 8).0, shape(3, 8).1),
        (shape(3, 8).0, shape(3, 4).1)
    );
    assert_eq!(shape(3, 8).0, [2, 2, 2]);
    assert_eq!(shape(2, 4).1, [Down, Back]);
}

#[test]
fn every_meter_is_filled_exactly() {
    for d in [2, 4, 8, 16] {
        for n in 1..=16 {
            if let Some(m) = Meter::new(n, d) {
                let sum: usize = m.beats().iter().map(|b| b.steps as usize).sum();
                assert_eq!(sum, m.steps(), "{n}/{d}");
            }
        }
    }
}

fn shape_of(text: &str) -> (Vec<u8, MAX_BEATS>, Vec<BeatRole, MAX_BEATS>) {
    let beats: Vec<Beat, MAX_BEATS> = Meter::parse(text).unwrap().beats();
    (
        beats.iter().map(|b| b.steps).collect(),
        beats.iter().map(|b| b.role).collect(),
    )
}

#[test]
fn a_chosen_grouping_counts() {
    use BeatRole::{Back, Down, Mid, Weak};
    assert_eq!(shape_of("7/8=3+2+2").0, [6, 4, 4]);
    assert_eq!(shape_of("5/4=2+3").1, [Down, Back, Mid, Weak, Back]);
    assert_eq!(shape_of("9/8=2+2+2+3").0, [4, 4, 4, 6]);
    assert_eq!(shape_of("9/8=4+5").0, [4, 4, 4, 6]);
    assert_eq!(
        shape_of("7/4=4+3").1,
        [Down, Back, Mid, Back, Mid, Weak, Back]
    );
    for text in ["7/8=3+2+2", "5/4=2+3", "12/8=3+3+2+2+2"] {
        let meter = Meter::parse(text).unwrap();
        let mut said = heapless::String::<32>::new();
        core::fmt::write(&mut said, format_args!("{meter}")).unwrap();
        assert_eq!(said, text);
        let sum: usize = meter.beats().iter().map(|b| b.steps as usize).sum();
        assert_eq!(sum, meter.steps(), "{text}");
    }
    for wrong in [
        "7/8=",
        "7/8=3+2",
        "7/8=3+0+4",
        "7/9",
        "7/8=1+1+1+1+1+1+1+0",
        "8/8=3+3+x",
    ] {
        assert_eq!(Meter::parse(wrong), None, "{wrong}");
    }
    let (told, own) = (
        Meter::new(7, 8).unwrap(),
        Meter::parse("7/8=3+2+2").unwrap(),
    );
    assert_eq!(told.grouped_like(own), own);
    assert_eq!(Meter::default().grouped_like(own), Meter::default());
}
