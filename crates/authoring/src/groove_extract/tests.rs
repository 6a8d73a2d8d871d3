use super::*;
use crate::groove_file;
use files::midi::AnyTrack;
use music::pitch::Pitch;
use music::time::{Meter, Tick};

/// A drummer with known habits: hat on every step, kick and snare on beats, at a tempo and a swing.
struct Drummer {
    meter: Meter,
    micros: u32,
    swing: GrooveSwing,
    bars: i64,
    noise_ticks: i64,
}

/// Usual lateness in microseconds.
fn habit(piece: Piece, step: u8) -> i64 {
    match piece {
        Piece::Kick => -6_000 + 250 * step as i64,
        Piece::Snare => 9_000 - 500 * (step as i64 / 4),
        _ => [-2_000, 3_000, 1_000, -1_500][step as usize % 4] + 200 * (step as i64 / 4),
    }
}

fn force(piece: Piece, step: u8) -> u8 {
    match piece {
        Piece::Kick => 100,
        Piece::Snare => 96 + step / 4,
        _ => [90, 50, 70, 55][step as usize % 4],
    }
}

impl Drummer {
    fn file(&self) -> AnyFile {
        let mut grid = engines::placement::BarGrid::default();
        grid.lay(self.meter, engines::placement::TimeScale::Plain, 0);
        let mut notes = Vec::new();
        for bar in 0..self.bars {
            for (index, slot) in grid.slots.iter().enumerate() {
                let pieces = match (slot.in_beat, slot.role) {
                    (0, music::time::BeatRole::Back) => &[Piece::HatClosed, Piece::Snare][..],
                    (0, _) => &[Piece::HatClosed, Piece::Kick],
                    _ => &[Piece::HatClosed],
                };
                for &piece in pieces {
                    let late = habit(piece, slot.pattern_step) * 960 / self.micros as i64;
                    // A drift that is the same forwards and backwards, so that means stay.
                    let wave = [1, 1, 0, -1, -1, 0, 1, 1, 0, -1, -1, 0];
                    let place = (bar as usize * 5 + index / 6) % wave.len();
                    let at = bar * self.meter.bar_ticks() + grid::swung(slot, self.swing);
                    notes.push(FileNote {
                        onset: Tick(2 * 3840 + at + late + self.noise_ticks * wave[place]),
                        pitch: piece.general_midi(),
                        velocity: force(piece, slot.pattern_step),
                        duration: 60,
                    });
                }
            }
        }
        notes.sort();
        AnyFile {
            tempi: vec![(Tick(0), 500_000), (Tick(7680), self.micros)],
            meters: vec![(Tick(0), Meter::default()), (Tick(7680), self.meter)],
            tracks: vec![AnyTrack {
                channel: 10,
                notes,
                ..AnyTrack::default()
            }],
            ..AnyFile::default()
        }
    }
}

fn plain() -> Drummer {
    Drummer {
        meter: Meter::default(),
        micros: 545_455,
        swing: STRAIGHT,
        bars: 24,
        noise_ticks: 0,
    }
}

fn check_habits(found: &Extracted) {
    for piece in [Piece::Kick, Piece::Snare, Piece::HatClosed] {
        for step in 0..16u8 {
            if found.struck[piece as usize][step as usize] > 0 {
                let got = found.template.pieces[piece as usize][step as usize];
                let away = got.offset_us as i64 - habit(piece, step);
                assert!(away.abs() < 700, "{piece:?} {step}: {away} µs off");
                assert_eq!(got.velocity, force(piece, step), "{piece:?} {step}");
            }
        }
    }
}

#[test]
fn known_places_and_forces_are_found_again() {
    for meter in [(4, 4), (7, 8), (3, 4)] {
        let drummer = Drummer {
            meter: Meter::new(meter.0, meter.1).unwrap(),
            ..plain()
        };
        let found = extract(&drummer.file(), Lane::Drums, None).unwrap();
        assert_eq!(found.swing().ratio, 1000, "{meter:?}");
        assert_eq!(found.bars, 24);
        check_habits(&found);
        assert!(found.template.residual_sd_us < 400);
    }
}

#[test]
fn swing_is_told_apart_from_habits() {
    for (unit, ratio) in [
        (SwingUnit::Eighth, 2000),
        (SwingUnit::Eighth, 1500),
        (SwingUnit::Sixteenth, 1300),
        (SwingUnit::Sixteenth, 1150),
    ] {
        let drummer = Drummer {
            swing: GrooveSwing { unit, ratio },
            ..plain()
        };
        let found = extract(&drummer.file(), Lane::Drums, None).unwrap();
        assert_eq!(found.swing().unit, unit, "{ratio}");
        // Habits on off-beats differ from those on beats by two milliseconds: that much counts as swing.
        let away = found.swing().ratio.abs_diff(ratio);
        assert!(away < 60, "{unit:?} {ratio}: {}", found.swing().ratio);
        let told = extract(&drummer.file(), Lane::Drums, Some(drummer.swing)).unwrap();
        check_habits(&told);
    }
}

#[test]
fn a_drift_counts_as_remainder_and_is_seen_to_drift() {
    let drummer = Drummer {
        noise_ticks: 20,
        ..plain()
    };
    let found = extract(&drummer.file(), Lane::Drums, None).unwrap();
    let sd = 20.0 * 545_455.0 / 960.0 * (8.0f64 / 12.0).sqrt();
    let got = found.template.residual_sd_us as f64;
    assert!((got - sd).abs() < 0.15 * sd, "{got} against {sd}");
    assert!(
        found.template.residual_lag1 > 40,
        "{}",
        found.template.residual_lag1
    );
}

#[test]
fn a_groove_survives_its_file() {
    let drummer = Drummer {
        swing: GrooveSwing {
            unit: SwingUnit::Sixteenth,
            ratio: 1240,
        },
        ..plain()
    };
    let mut found = extract(&drummer.file(), Lane::Drums, None)
        .unwrap()
        .template;
    found.name = music::name("My \"own\" groove");
    found.slot = 40;
    let text = groove_file::write(&found, "a take of mine", &["Two\nlines".to_string()]);
    let back = groove_file::read("grooves/mine.toml", &text).unwrap();
    assert_eq!((back.name.clone(), back.slot), (found.name.clone(), 40));
    assert_eq!(back.swing, found.swing);
    for (a, b) in back
        .pieces
        .iter()
        .flatten()
        .zip(found.pieces.iter().flatten())
    {
        assert!((a.offset_us - b.offset_us).abs() <= 50);
        assert_eq!((a.velocity, a.velocity_sd), (b.velocity, b.velocity_sd));
    }
}

/// A line on the grid, eighths and some sixteenths, in one lane.
fn stiff(lane: Lane, tempo: u32) -> AnyFile {
    let channel = if lane == Lane::Drums { 10 } else { 2 };
    let note = |i: i64| FileNote {
        onset: Tick(i * 240),
        pitch: Pitch(if lane == Lane::Drums {
            42
        } else {
            36 + (i % 5) as u8
        }),
        velocity: 80,
        duration: 200,
    };
    AnyFile {
        tempi: vec![(Tick(0), tempo)],
        meters: vec![(Tick(0), Meter::default())],
        tracks: vec![AnyTrack {
            name: lane.id().into(),
            channel,
            notes: (0..16 * 16).filter(|i| i % 8 != 5).map(note).collect(),
            ..AnyTrack::default()
        }],
        ..AnyFile::default()
    }
}

#[test]
fn a_transplant_gives_the_feel_back_within_a_millisecond() {
    for swing in [
        STRAIGHT,
        GrooveSwing {
            unit: SwingUnit::Eighth,
            ratio: 1700,
        },
    ] {
        let given = extract(&Drummer { swing, ..plain() }.file(), Lane::Drums, None).unwrap();
        for lane in [Lane::Drums, Lane::Bass] {
            let pitched = lane != Lane::Drums;
            let mut song = stiff(lane, 400_000);
            let mut notes = song.tracks[0].notes.clone();
            let before = extract(&song, lane, Some(given.swing())).unwrap();
            assert!(residual_ms(&given, &before, pitched).unwrap() > 1.5);
            transplant(
                &song.clone(),
                &mut notes,
                |n| row(lane, n),
                &given.template,
                pitched,
            );
            song.tracks[0].notes = notes;
            let result = extract(&song, lane, Some(given.swing())).unwrap();
            let residual = residual_ms(&given, &result, pitched).unwrap();
            assert!(residual < 0.5, "{lane:?}: {residual} ms");
            // Accents follow too, around the lane's own force.
            let row = &result.template.pieces[Piece::HatClosed as usize];
            assert!(row[0].velocity > row[1].velocity + 20);
            // And once more changes nothing.
            let mut again = song.tracks[0].notes.clone();
            transplant(
                &song.clone(),
                &mut again,
                |n| super::row(lane, n),
                &given.template,
                pitched,
            );
            let moved = again.iter().zip(&song.tracks[0].notes);
            assert!(
                moved
                    .clone()
                    .all(|(a, b)| (a.onset.0 - b.onset.0).abs() <= 2)
            );
        }
    }
}

#[test]
fn what_is_not_there_is_said() {
    let song = stiff(Lane::Bass, 500_000);
    let said = extract(&song, Lane::Drums, None).unwrap_err();
    assert_eq!(said, "has no drums, only bass");
    let mut short = stiff(Lane::Drums, 500_000);
    short.tracks[0].notes.truncate(5);
    assert!(
        extract(&short, Lane::Drums, None)
            .unwrap_err()
            .contains("5 notes")
    );
    assert!(
        extract(&AnyFile::default(), Lane::Drums, None)
            .unwrap_err()
            .contains("no notes at all")
    );
}
