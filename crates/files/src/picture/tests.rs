use music::pitch::Pitch;
use music::time::{Meter, Tick};

use super::*;
use crate::midi::{FileNote, Track};

fn song() -> SongFile {
    let bar = Meter::default().bar_ticks();
    let mut song = SongFile {
        meters: vec![(Tick(0), Meter::default())],
        marks: vec![
            (Tick(0), Mark::Section("verse".into())),
            (Tick(0), Mark::Chord("Am7".into())),
            (Tick(bar * 4), Mark::Section("chorus".into())),
            (Tick(bar * 4), Mark::Chord("C/E".into())),
        ],
        end: Tick(bar * 8),
        ..SongFile::default()
    };
    for lane in Lane::PLAYED {
        let note = |i: i64| FileNote {
            onset: Tick(i * 480),
            pitch: Pitch(if lane == Lane::Drums {
                [36, 42, 38, 42][i as usize % 4]
            } else {
                48 + (i * 5 % 17) as u8
            }),
            velocity: (40 + i * 7 % 80) as u8,
            duration: 360,
        };
        song.tracks.push(Track {
            lane,
            channel: 1,
            notes: (0..64).map(note).collect(),
        });
    }
    song
}

fn share_of(canvas: &Canvas, colour: Colour) -> f32 {
    let want = [
        (colour.0 >> 16) as u8,
        (colour.0 >> 8) as u8,
        colour.0 as u8,
    ];
    let rgb = canvas.rgb();
    let near = |p: &[u8]| p.iter().zip(want).all(|(a, b)| a.abs_diff(b) < 40);
    rgb.chunks(3).filter(|p| near(p)).count() as f32 / (rgb.len() / 3) as f32
}

#[test]
fn every_lane_is_drawn_in_its_colour() {
    let caption = Caption {
        title: "Rock in D minor".into(),
        detail: "120 BPM".into(),
    };
    let full = draw(&song(), None, &caption, 1.0);
    for lane in Lane::PLAYED {
        let mut without = song();
        without.tracks.retain(|t| t.lane != lane);
        let less = draw(&without, None, &caption, 1.0);
        assert!(
            share_of(&full, colour(lane)) > share_of(&less, colour(lane)),
            "{lane:?}"
        );
    }
}

#[test]
fn an_empty_song_draws_too() {
    let audio = Audio {
        rate_hz: 48_000,
        channels: vec![vec![0.5; 4800]; 2],
    };
    let canvas = draw(
        &SongFile::default(),
        Some((&audio, 0.1)),
        &Caption::default(),
        0.5,
    );
    assert_eq!(canvas.rgb().len(), canvas.width * canvas.height * 3);
}
