use super::*;
use music::pitch::PitchClass;

fn song() -> SongFile {
    let note = |onset, pitch, velocity, duration| FileNote {
        onset: Tick(onset),
        pitch: Pitch(pitch),
        velocity,
        duration,
    };
    SongFile {
        title: "Test".into(),
        tempi: vec![(Tick(0), 652_174), (Tick(3360), 500_000)],
        meters: vec![(Tick(0), Meter::new(7, 8).unwrap())],
        signature: Some((-1, true)),
        marks: vec![
            (Tick(0), Mark::Section("intro".into())),
            (Tick(0), Mark::Chord("F#m7b5".into())),
            (Tick(3360), Mark::Chord("C/E".into())),
        ],
        tracks: vec![
            Track {
                lane: Lane::Drums,
                channel: 10,
                notes: vec![note(0, 36, 100, 120), note(0, 42, 70, 120)],
            },
            // The second note starts where the first of the same key ends.
            Track {
                lane: Lane::Bass,
                channel: 2,
                notes: vec![note(5, 40, 90, 475), note(480, 40, 1, 1)],
            },
            Track {
                lane: Lane::Melody,
                channel: 1,
                notes: vec![],
            },
        ],
        end: Tick(6720),
    }
}

#[test]
fn a_song_survives_a_round_trip() {
    let song = song();
    assert_eq!(SongFile::from_bytes(&song.to_bytes()).unwrap(), song);
}

#[test]
fn the_header_says_type_1_and_960_pulses() {
    let bytes = song().to_bytes();
    assert_eq!(&bytes[..8], b"MThd\0\0\0\x06");
    assert_eq!(&bytes[8..14], [0, 1, 0, 4, 0x03, 0xc0]);
}

#[test]
fn notes_before_the_song_are_held_at_its_start() {
    let mut early = song();
    early.tracks[1].notes[0].onset = Tick(-12);
    let back = SongFile::from_bytes(&early.to_bytes()).unwrap();
    assert_eq!(back.notes(Lane::Bass)[0].onset, Tick(0));
}

#[test]
fn broken_files_are_refused_in_words() {
    assert!(SongFile::from_bytes(b"RIFF....WAVE").is_err());
    let mut cut = song().to_bytes();
    cut.truncate(20);
    assert!(
        SongFile::from_bytes(&cut).is_err()
            || SongFile::from_bytes(&cut).unwrap().tracks.is_empty()
    );
}

#[test]
fn key_signatures_follow_the_circle_of_fifths() {
    let of = |key, scale| signature(PitchClass(key), scale);
    assert_eq!(of(0, Scale::Major), (0, false));
    assert_eq!(of(2, Scale::Minor), (-1, true));
    assert_eq!(of(2, Scale::Dorian), (0, false));
    assert_eq!(of(9, Scale::Major), (3, false));
    assert_eq!(of(3, Scale::Major), (-3, false));
    assert_eq!(of(6, Scale::Minor), (3, true));
    assert_eq!(of(7, Scale::Mixolydian), (0, false));
    for key in 0..12 {
        for scale in Scale::ALL {
            assert!((-6..=6).contains(&signature(PitchClass(key), scale).0));
        }
    }
}
