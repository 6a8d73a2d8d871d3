use music::chord::Chord;
use music::edit::{Change, Edit};
use music::lane::Lane;
use music::plan::{Form, Section, SectionKind};
use music::song::{Song, TypedChord};

use super::{copied, dropped, energy, moved, resized, seeded, written_down};

/// Intro of 4, verse of 8, chorus of 8.
fn form() -> Form {
    let mut form = Form::default();
    let plan = [
        (SectionKind::Intro, 4),
        (SectionKind::Verse, 8),
        (SectionKind::Chorus, 8),
    ];
    for (id, (kind, bars)) in plan.into_iter().enumerate() {
        let section = Section {
            id: id as u16,
            key: id as u16,
            kind,
            first_bar: form.bars(),
            bars,
            energy: 50,
            energy_end: 60,
            ..Section::default()
        };
        form.sections.push(section).unwrap();
    }
    form
}

fn song(chords: &[(u16, u8, &str)]) -> Song {
    let mut song = Song::default();
    for (bar, step, text) in chords {
        let chord = Chord::parse(text);
        let typed = TypedChord {
            bar: *bar,
            step: *step,
            chord,
        };
        song.chords.push(typed).unwrap();
    }
    song
}

fn chords(song: &Song) -> Vec<(u16, u8, String)> {
    let text = |c: &TypedChord| {
        c.chord
            .map_or("-".to_owned(), |c| c.symbol(false).to_string())
    };
    song.chords
        .iter()
        .map(|c| (c.bar, c.step, text(c)))
        .collect()
}

fn kinds(song: &Song) -> Vec<&str> {
    song.form.iter().map(|s| s.kind.word()).collect()
}

#[test]
fn a_section_that_moves_takes_its_chords_along() {
    // Typed in the verse from its third bar to its end, and nothing after it.
    let song = song(&[(6, 0, "Dm7"), (8, 8, "G7"), (12, 0, "")]);
    let out = moved(&song, &form(), 1, 2).unwrap();
    assert_eq!(kinds(&out), ["intro", "chorus", "verse"]);
    let want = [(12, 0, "-"), (14, 0, "Dm7"), (16, 8, "G7")];
    // The chorus stands where nothing is typed before it: the place where it was closed says nothing there.
    let want: Vec<_> = want.map(|(b, s, t)| (b, s, t.to_owned())).into();
    assert_eq!(chords(&out)[chords(&out).len() - 2..], want[1..]);
    let back = moved(&out, &form(), 2, 1).unwrap();
    assert_eq!(kinds(&back), ["intro", "verse", "chorus"]);
    assert_eq!(
        chords(&back).last().unwrap().2,
        "-",
        "the chorus is the plan's again"
    );
    assert!(moved(&song, &form(), 3, 0).is_none());
}

#[test]
fn a_chord_that_sounds_on_into_a_section_is_typed_where_that_section_goes() {
    // One chord from the verse on, to the end of the song.
    let song = song(&[(4, 0, "Am")]);
    let out = moved(&song, &form(), 2, 0).unwrap();
    assert_eq!(kinds(&out), ["chorus", "intro", "verse"]);
    let want = [(0, 0, "Am"), (8, 0, "-"), (12, 0, "Am")];
    assert_eq!(chords(&out), want.map(|(b, s, t)| (b, s, t.to_owned())));
}

#[test]
fn a_copy_has_an_identity_of_its_own_and_its_original_s_chance() {
    let mut song = song(&[]);
    let keep = Edit {
        section: 1,
        bar: 3,
        lane: Lane::Bass,
        change: Change::Only,
    };
    song.edits.push(keep).unwrap();
    let out = copied(&song, &form(), 1).unwrap();
    assert_eq!(kinds(&out), ["intro", "verse", "verse", "chorus"]);
    let copy = &out.form[2];
    assert_eq!(copy.chance_of, Some(1));
    assert!(out.form.iter().filter(|s| s.id == copy.id).count() == 1);
    let sections: Vec<u16> = out.edits.iter().map(|e| e.section).collect();
    assert_eq!(sections, [1, copy.id]);
    let again = copied(&out, &form(), 2).unwrap();
    assert_eq!(
        again.form[3].chance_of,
        Some(1),
        "of a copy, the original's"
    );
    let without = dropped(&out, &form(), 1).unwrap();
    assert_eq!(without.edits.len(), 1);
    assert_eq!(without.form[1].chance_of, Some(1));
}

#[test]
fn a_section_grows_and_shrinks_and_the_others_keep_their_chords() {
    let song = song(&[(7, 0, "F"), (12, 0, "C"), (13, 0, "")]);
    let out = resized(&song, &form(), 1, 3).unwrap();
    assert_eq!(out.form[1].bars, 3);
    let want = [(7, 0, "C"), (8, 0, "-")];
    assert_eq!(chords(&out), want.map(|(b, s, t)| (b, s, t.to_owned())));
    let out = resized(&song, &form(), 1, 10).unwrap();
    assert_eq!(chords(&out)[1], (14, 0, "C".to_owned()));
    assert!(resized(&song, &form(), 1, 400).is_none(), "too long in all");
}

#[test]
fn the_last_section_stays_and_small_changes_touch_one_section() {
    let plain = written_down(&song(&[]), &form());
    let mut out = dropped(&plain, &form(), 0).unwrap();
    out = dropped(&out, &form(), 0).unwrap();
    assert!(dropped(&out, &form(), 0).is_none());
    let out = energy(&plain, &form(), 1, Some(80), None).unwrap();
    assert_eq!(
        (out.form[1].energy, out.form[1].energy_end),
        (Some(80), Some(60))
    );
    assert_eq!(out.form[2], plain.form[2]);
    let mut out = plain.clone();
    out.form[2].turns[Lane::Drums.index()] = 1;
    let out = seeded(&out, &form(), 2, Some(7)).unwrap();
    assert_eq!((out.form[2].seed, out.form[2].turns), (Some(7), [0; 6]));
}
