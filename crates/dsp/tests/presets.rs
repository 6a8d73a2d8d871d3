//! Every preset loads, sounds at a usable level, answers to velocity and falls silent.

mod common;

use common::{Do, bank, centroid, db, dry, patches, peak, player, render};
use music::drum::Piece;
use music::lane::Lane;
use music::patch::Patch;

const RATE: f32 = 48_000.0;

fn lane_of(stem: &str) -> (Lane, u8) {
    if stem.ends_with("bass") {
        (Lane::Bass, 36)
    } else {
        (Lane::Harmony, 60)
    }
}

#[test]
fn every_file_loads_and_no_name_comes_twice() {
    let bank = bank();
    assert!(bank.len() >= 36, "{} presets", bank.len());
    for (i, (stem, patch)) in bank.iter().enumerate() {
        assert!(
            bank[..i]
                .iter()
                .all(|(s, p)| s != stem && p.name() != patch.name()),
            "{stem}"
        );
    }
    assert!(
        bank.iter()
            .filter(|(_, p)| matches!(p, Patch::Kit(_)))
            .count()
            >= 6
    );
}

#[test]
fn an_unknown_key_is_refused() {
    let error = toml::from_str::<Patch>("[sub]\nname = \"Boom\"\nsweeep = 2\n").unwrap_err();
    assert!(error.to_string().contains("sweeep"), "{error}");
}

#[test]
fn every_patch_sounds_between_minus_38_and_minus_8_dbfs() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        let mut levels = Vec::new();
        if let Patch::Kit(_) = patch {
            for piece in Piece::ALL {
                let events = [(
                    10,
                    Do::On(Lane::Drums, piece.general_midi().0, 100, index as u8),
                )];
                let audio = render(&mut player(&patches, RATE, &dry()), &events, 24_000, 512);
                levels.push((piece.word(), db(peak(&audio[1]))));
            }
        } else {
            let (lane, pitch) = lane_of(stem);
            let events = [
                (10, Do::On(lane, pitch, 100, index as u8)),
                (40_000, Do::Off(lane, pitch)),
            ];
            let audio = render(&mut player(&patches, RATE, &dry()), &events, 48_000, 512);
            levels.push(("note", db(peak(&audio[1 + lane.index()]))));
        }
        for (what, level) in levels {
            assert!(
                (-38.0..=-8.0).contains(&level),
                "{stem} {what}: {level:.1} dBFS"
            );
        }
    }
}

#[test]
fn every_note_falls_silent_after_its_release() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        if let Patch::Kit(_) = patch {
            continue;
        }
        let (lane, pitch) = lane_of(stem);
        let events = [
            (10, Do::On(lane, pitch, 110, index as u8)),
            (24_000, Do::Off(lane, pitch)),
        ];
        let mut player = player(&patches, RATE, &dry());
        let audio = render(&mut player, &events, 48_000 * 4, 512);
        assert_eq!(
            player.voices(),
            0,
            "{stem} still sounds 3.5 s after its release"
        );
        let tail = &audio[1 + lane.index()][0][48_000 * 4 - 2_400..];
        assert!(tail.iter().all(|x| x.abs() < 1e-6), "{stem}");
    }
}

#[test]
fn every_drum_ends_by_itself() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        let Patch::Kit(_) = patch else { continue };
        let events: Vec<_> = Piece::ALL
            .into_iter()
            .enumerate()
            .map(|(i, p)| {
                (
                    10 + 100 * i,
                    Do::On(Lane::Drums, p.general_midi().0, 120, index as u8),
                )
            })
            .collect();
        let mut player = player(&patches, RATE, &dry());
        render(&mut player, &events, 48_000 * 7, 512);
        assert_eq!(player.voices(), 0, "{stem}");
    }
}

#[test]
fn velocity_opens_the_timbre() {
    // A hair of room for the chance between strokes, and for drive, which bends the loudest most.
    const ROOM: f64 = 0.975;
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        let cases: Vec<(&str, Lane, u8)> = match patch {
            Patch::Kit(_) => vec![
                ("kick", Lane::Drums, 36),
                ("snare", Lane::Drums, 38),
                ("hat", Lane::Drums, 42),
                ("ride", Lane::Drums, 51),
                ("tom", Lane::Drums, 47),
            ],
            _ => {
                let (lane, pitch) = lane_of(stem);
                vec![("note", lane, pitch)]
            }
        };
        for (what, lane, pitch) in cases {
            let centroids: Vec<f64> = [25, 60, 95, 127]
                .into_iter()
                .map(|velocity| {
                    // The window is widest open where the note starts.
                    let events = [(3_000, Do::On(lane, pitch, velocity, index as u8))];
                    let audio = render(&mut player(&patches, RATE, &dry()), &events, 8_192, 512);
                    let mono: Vec<f32> = (0..8_192)
                        .map(|i| audio[1 + lane.index()][0][i] + audio[1 + lane.index()][1][i])
                        .collect();
                    centroid(&mono, RATE)
                })
                .collect();
            let rises = centroids.windows(2).all(|w| w[1] > w[0] * ROOM);
            assert!(rises, "{stem} {what}: {centroids:.0?} Hz");
            assert!(
                centroids[3] > 1.02 * centroids[0],
                "{stem} {what}: {centroids:.0?} Hz"
            );
        }
    }
}

#[test]
fn two_strokes_alike_are_not_the_same() {
    let patches = patches();
    let kit = common::index_of("rock-kit");
    for key in [36, 38, 42] {
        let events = [
            (0, Do::On(Lane::Drums, key, 100, kit)),
            (24_000, Do::On(Lane::Drums, key, 100, kit)),
        ];
        let audio = render(&mut player(&patches, RATE, &dry()), &events, 48_000, 512);
        let (a, b) = audio[1][0].split_at(24_000);
        assert!(
            a.iter().zip(b).any(|(x, y)| (x - y).abs() > 1e-3),
            "key {key}"
        );
    }
}
