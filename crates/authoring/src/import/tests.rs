use files::midi::AnyTrack;
use music::pitch::Pitch;

use super::*;

const BAR: i64 = 3840;

fn track(name: &str, channel: u8, notes: &[(i64, u8, i64)]) -> AnyTrack {
    let note = |(onset, pitch, duration): &(i64, u8, i64)| FileNote {
        onset: Tick(*onset),
        pitch: Pitch(*pitch),
        velocity: 90,
        duration: *duration,
    };
    AnyTrack {
        name: name.into(),
        channel,
        notes: notes.iter().map(note).collect(),
        ..AnyTrack::default()
    }
}

fn file(tracks: Vec<AnyTrack>) -> AnyFile {
    AnyFile {
        tempi: vec![(Tick(0), 500_000)],
        meters: vec![(Tick(0), Meter::default())],
        tracks,
        ..AnyFile::default()
    }
}

/// C major, then F in the second half, from bar 3 on.
fn piano() -> AnyTrack {
    let chord = |at: i64, length: i64, pitches: [u8; 3]| pitches.map(|p| (at, p, length));
    let mut notes = Vec::new();
    notes.extend(chord(2 * BAR, BAR, [60, 64, 67]));
    notes.extend(chord(3 * BAR, BAR / 2, [60, 64, 67]));
    notes.extend(chord(3 * BAR + BAR / 2, BAR / 2, [60, 65, 69]));
    track("Piano", 1, &notes)
}

fn words(bars: &Bars) -> Vec<Vec<(u8, String)>> {
    let bar = |bar: &Vec<(u8, Chord)>| {
        let chords = bar.iter();
        chords
            .map(|(s, c)| (*s, c.symbol(false).to_string()))
            .collect()
    };
    bars.iter().map(bar).collect()
}

#[test]
fn chords_are_heard_from_the_first_bar_that_sounds() {
    let bars = chords(&file(vec![piano()]), Meter::default()).unwrap();
    let want = vec![
        vec![(0, "C".to_owned())],
        vec![(0, "C".to_owned()), (8, "F".to_owned())],
    ];
    assert_eq!(words(&bars), want);
}

#[test]
fn markers_that_name_chords_are_believed() {
    let mut file = file(vec![piano()]);
    let mark = |at: i64, text: &str| (Tick(at), text.to_owned());
    file.markers = vec![
        mark(0, "section:verse"),
        mark(0, "chord:Dm7"),
        mark(2 * BAR + BAR / 2, "chord:G7/B"),
    ];
    let bars = chords(&file, Meter::default()).unwrap();
    let dm7 = || (0, "Dm7".to_owned());
    let want = vec![
        vec![dm7()],
        vec![dm7()],
        vec![dm7(), (8, "G7/B".to_owned())],
        vec![(0, "G7/B".to_owned())],
    ];
    assert_eq!(words(&bars), want);
}

#[test]
fn a_tune_is_one_note_at_a_time_from_its_own_bar() {
    let lead = track(
        "Lead",
        2,
        &[
            (BAR + 480, 72, 960),
            (BAR + 960, 74, 480),
            (BAR + 970, 67, 480),
        ],
    );
    let tune = melody(&file(vec![piano(), lead])).unwrap();
    let short: Vec<(i64, u8, i64)> = tune
        .iter()
        .map(|n| (n.onset.0, n.pitch.0, n.duration))
        .collect();
    assert_eq!(short, [(480, 72, 480), (960, 74, 480)]);
    // Chords alone give their highest voice.
    let tune = melody(&file(vec![piano()])).unwrap();
    let pitches: Vec<u8> = tune.iter().map(|n| n.pitch.0).collect();
    assert_eq!(pitches, [67, 67, 69]);
}

#[test]
fn a_feel_is_the_drummer_s_before_anybody_else_s() {
    let hats: Vec<(i64, u8, i64)> = (0..16).map(|i| (i * 480 + 20, 42, 100)).collect();
    let bass: Vec<(i64, u8, i64)> = (0..32).map(|i| (i * 240, 40, 100)).collect();
    let both = file(vec![track("Bass", 2, &bass), track("Kit", 10, &hats)]);
    assert_eq!(groove(&both).unwrap().1, Lane::Drums);
    let alone = file(vec![track("Bass", 2, &bass)]);
    assert_eq!(groove(&alone).unwrap().1, Lane::Bass);
}

#[test]
fn a_file_without_notes_is_refused_in_words() {
    let empty = file(Vec::new());
    for said in [
        chords(&empty, Meter::default()).unwrap_err(),
        melody(&empty).unwrap_err(),
        groove(&empty).unwrap_err(),
    ] {
        assert!(said.contains("no notes"), "{said}");
    }
    let drums = file(vec![track("Kit", 10, &[(0, 36, 100)])]);
    assert_eq!(melody(&drums).unwrap_err(), "has no notes but drums");
}
