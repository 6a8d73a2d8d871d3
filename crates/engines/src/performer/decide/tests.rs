//! Gates, force, register.

use music::controls::Controls;
use music::drum::Piece;
use music::lane::{Lane, LaneSet};
use music::note::{Candidate, Gate, Role};
use music::pitch::Pitch;
use music::plan::BarPlace;
use music::time::{Meter, Tick};

use super::super::seat::Offer;
use super::{Heard, decide, drum_register};

fn offer(lane: Lane, gate: Gate) -> Offer {
    Offer {
        candidate: Candidate {
            lane,
            grid: Tick(0),
            onset: Tick(0),
            duration: 100,
            pitch: Pitch(60),
            velocity: 80,
            gate,
            role: Role::ChordTone(0),
        },
        due: Tick(0),
        place: BarPlace {
            bar_index: 0,
            start: Tick(0),
            meter: Meter::default(),
            tempo_mbpm: 120_000,
        },
        latch: Controls::default().latch(),
        key: Controls::default().key,
        energy: 50,
        planned: None,
        clamped_by_jump: false,
    }
}

fn heard(offer: &Offer, turn: impl Fn(&mut Controls)) -> Option<Heard> {
    let mut controls = Controls::default();
    turn(&mut controls);
    decide(offer, &controls, LaneSet::ALL, None)
}

#[test]
fn each_control_opens_its_own_gate() {
    let b = Lane::Bass.index();
    type Turn = fn(&mut Controls, usize, u8);
    let cases: [(Gate, Turn); 6] = [
        (
            Gate {
                density: 40,
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].density = v,
        ),
        (
            Gate {
                complexity: 40,
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].complexity = v,
        ),
        (
            Gate {
                syncopation: (40, 100),
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].syncopation = v,
        ),
        (
            Gate {
                variation: (40, 100),
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].variation = v,
        ),
        (
            Gate {
                fills: (40, 100),
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].fills = v,
        ),
        (
            Gate {
                energy: (40, 100),
                ..Gate::OPEN
            },
            |c, b, v| c.lanes[b].energy = v,
        ),
    ];
    for (gate, turn) in cases {
        let offer = offer(Lane::Bass, gate);
        assert!(heard(&offer, |c| turn(c, b, 40)).is_some(), "{gate:?}");
        assert!(heard(&offer, |c| turn(c, b, 39)).is_none(), "{gate:?}");
    }
}

#[test]
fn ranges_close_above_their_upper_end() {
    let offer = offer(
        Lane::Bass,
        Gate {
            variation: (0, 39),
            ..Gate::OPEN
        },
    );
    assert!(heard(&offer, |c| c.lanes[1].variation = 39).is_some());
    assert!(heard(&offer, |c| c.lanes[1].variation = 40).is_none());
}

#[test]
fn section_band_and_lane_add_up_to_the_energy() {
    let mut offer = offer(
        Lane::Bass,
        Gate {
            energy: (75, 100),
            ..Gate::OPEN
        },
    );
    offer.energy = 60;
    assert!(heard(&offer, |c| c.energy = 64).is_none());
    assert!(heard(&offer, |c| c.energy = 65).is_some());
    assert!(heard(&offer, |c| (c.energy, c.lanes[1].energy) = (55, 60)).is_some());
}

#[test]
fn force_follows_energy_and_rests_in_the_middle() {
    let offer = offer(Lane::Bass, Gate::OPEN);
    let velocity = |energy: u8| heard(&offer, |c| c.energy = energy).unwrap().velocity;
    assert_eq!(velocity(50), 80);
    assert!((0..100).all(|e| velocity(e) <= velocity(e + 1)));
    assert!(velocity(0) < 60 && velocity(100) > 95);
}

#[test]
fn register_moves_by_octaves_inside_midi() {
    let mut offer = offer(Lane::Bass, Gate::OPEN);
    for (pitch, register, expected) in [(60, 1, 72), (60, -2, 36), (10, -2, 10), (120, 2, 120)] {
        offer.candidate.pitch = Pitch(pitch);
        let pitch = heard(&offer, |c| c.lanes[1].register = register)
            .unwrap()
            .pitch;
        assert_eq!(pitch, Pitch(expected));
    }
}

#[test]
fn drums_move_their_timekeeping_and_keep_their_limbs() {
    let moved = |piece: Piece, register| {
        Piece::from_general_midi(drum_register(piece.general_midi(), register)).unwrap()
    };
    assert_eq!(moved(Piece::HatClosed, -2), Piece::TomLow);
    assert_eq!(moved(Piece::HatClosed, 2), Piece::Ride);
    assert_eq!(moved(Piece::Ride, 2), Piece::RideBell);
    for piece in Piece::ALL {
        assert_eq!(moved(piece, 0), piece);
        for register in -2..=2 {
            assert_eq!(moved(piece, register).limb(), piece.limb());
        }
    }
    for piece in [Piece::Kick, Piece::Snare, Piece::HatPedal] {
        assert!((-2..=2).all(|register| moved(piece, register) == piece));
    }
}
