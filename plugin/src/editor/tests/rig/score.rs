//! A busy song, written by hand: every lane plays in every bar.

use authoring::editing::notes::{Spot, Written};
use music::chord::Chord;
use music::drum::Piece;
use music::lane::{Lane, LaneSet};
use music::note::{Note, Role};
use music::pitch::{Pitch, PitchClass, Scale};
use music::plan::{Form, LeadMark, Section, SectionKind};
use music::time::{Meter, Tick};

use crate::snapshot::{ChordMark, Score};

/// 48 bars in D dorian with every lane busy.
pub fn score() -> Score {
    let mut form = Form::default();
    let plan = [
        (SectionKind::Intro, 4, 25, 35),
        (SectionKind::Verse, 8, 45, 50),
        (SectionKind::PreChorus, 4, 55, 70),
        (SectionKind::Chorus, 8, 82, 86),
        (SectionKind::Verse, 8, 50, 55),
        (SectionKind::Bridge, 4, 40, 60),
        (SectionKind::Chorus, 8, 88, 95),
        (SectionKind::Outro, 4, 40, 20),
    ];
    let mut first_bar = 0;
    for (id, (kind, bars, energy, energy_end)) in plan.into_iter().enumerate() {
        let lanes = LaneSet::ALL.without(Lane::Vocal);
        let section = Section {
            id: id as u16,
            key: id as u16,
            kind,
            first_bar,
            bars,
            energy,
            energy_end,
            lanes,
            ..Section::default()
        };
        form.sections.push(section).expect("room");
        first_bar += bars;
    }
    let progression = [
        "Dm9", "G13", "Cmaj7", "Am7", "Bm7b5", "E7b9", "Am9", "D7sus4",
    ];
    let mut marks = Vec::new();
    let mut notes: [Vec<Note>; 6] = Default::default();
    for bar in 0..i64::from(first_bar) {
        let start = bar * 3840;
        if let Some((_, s)) = form.section_at(bar as u16)
            && i64::from(s.first_bar) == bar
        {
            marks.push((Tick(start), LeadMark::Section(s.kind)));
        }
        let chord = Chord::parse(progression[bar as usize % 8]).expect("a chord");
        marks.push((Tick(start), LeadMark::Chord(chord)));
        write_bar(&mut notes, bar, chord);
    }
    for lane in &mut notes {
        lane.sort_by_key(|n| (n.onset.0, n.pitch.0));
    }
    Score {
        take: None,
        revision: 1,
        meter: Meter::default(),
        key: PitchClass(2),
        scale: Scale::Dorian,
        chords: chord_marks(&marks),
        marks,
        origins: origins(&notes, &form),
        form,
        notes,
        style: "Lo-fi hip hop".into(),
        log: Vec::new(),
        ..Score::default()
    }
}

/// Chord marks of 4/4 as the worker writes them; the third one is typed.
pub fn chord_marks(marks: &[(Tick, LeadMark)]) -> Vec<ChordMark> {
    let place = |at: Tick| ((at.0 / 3840) as u16, (at.0 % 3840 / 240) as u8);
    let chord = |(at, mark): &(Tick, LeadMark)| match mark {
        LeadMark::Chord(chord) => Some((place(*at), *chord)),
        LeadMark::Section(_) => None,
    };
    let all: Vec<_> = marks.iter().filter_map(chord).collect();
    let other = |text| (Chord::parse(text).expect("a chord"), "wants home");
    let mark = |(index, (from, chord)): (usize, &((u16, u8), Chord))| ChordMark {
        from: *from,
        to: all.get(index + 1).map_or((from.0 + 1, 0), |next| next.0),
        chord: *chord,
        typed: index == 2,
        others: ["G7", "Db7", "Bb9"].map(other).to_vec(),
    };
    all.iter().enumerate().map(mark).collect()
}

/// The notes as a hand edits them: as they are, on their grid.
fn origins(notes: &[Vec<Note>; 6], form: &Form) -> [Vec<Written>; 6] {
    notes.each_ref().map(|lane| {
        let written = |note: &Note| {
            let bar = (note.onset.0 / 3840) as u16;
            let (_, section) = form.section_at(bar).expect("inside");
            let onset = (note.onset.0 % 3840) as i16;
            Written {
                spot: Spot {
                    section: section.key,
                    bar: bar - section.first_bar,
                    lane: note.lane,
                },
                grid: (onset + 120) / 240 * 240,
                onset,
                duration: note.duration as u16,
                pitch: note.pitch,
                velocity: note.velocity,
                role: note.role,
                kept: false,
            }
        };
        lane.iter().map(written).collect()
    })
}

fn write_bar(notes: &mut [Vec<Note>; 6], bar: i64, chord: Chord) {
    let start = bar * 3840;
    let tones: Vec<u8> = chord.tones().iter().map(|t| t.0).collect();
    let mut put = |lane: Lane, step: i64, steps: i64, pitch: u8, velocity: i64, role: Role| {
        let jitter = (bar * 31 + step * 17 + i64::from(pitch)) % 13 - 6;
        notes[lane.index()].push(Note {
            lane,
            onset: Tick((start + step * 240 + jitter).max(0)),
            duration: (steps * 240 - 20).max(60) as i32,
            pitch: Pitch(pitch),
            velocity: (velocity + jitter * 2).clamp(1, 127) as u8,
            role,
        });
    };
    let mut strike = |step: i64, piece: Piece, velocity: i64| {
        let role = if velocity < 50 {
            Role::Ghost(piece)
        } else {
            Role::Beat(piece)
        };
        put(Lane::Drums, step, 1, piece.general_midi().0, velocity, role);
    };
    for step in 0..16 {
        strike(
            step,
            Piece::HatClosed,
            if step % 4 == 0 {
                96
            } else {
                58 + (step % 2) * 14
            },
        );
    }
    for step in [0, 3, 7, 10] {
        strike(step, Piece::Kick, 108);
    }
    for step in [4, 12] {
        strike(step, Piece::Snare, 112);
    }
    for step in [6, 9, 15] {
        strike(step, Piece::Snare, 34);
    }
    strike(14, Piece::HatOpen, 84);
    if bar % 4 == 0 {
        strike(0, Piece::Crash, 110);
    }
    if bar % 8 == 7 {
        for (i, piece) in [Piece::TomHigh, Piece::TomMid, Piece::TomLow]
            .into_iter()
            .enumerate()
        {
            strike(10 + 2 * i as i64, piece, 100);
        }
    }
    for (i, step) in [0, 3, 6, 8, 11, 14].into_iter().enumerate() {
        let pitch = 36 + tones[i % tones.len().min(3)];
        put(
            Lane::Bass,
            step,
            2,
            pitch,
            90 + (i as i64 % 3) * 10,
            Role::ChordTone(i as u8 % 3),
        );
    }
    for step in [0, 6, 10] {
        for (i, tone) in tones.iter().enumerate() {
            put(
                Lane::Harmony,
                step,
                4,
                52 + (tone + 8) % 16,
                62 + i as i64 * 6,
                Role::Voice(i as u8),
            );
        }
    }
    for (i, tone) in tones.iter().take(3).enumerate() {
        put(
            Lane::Texture,
            0,
            16,
            60 + tone,
            48 + i as i64 * 5,
            Role::Voice(i as u8),
        );
    }
    for (i, step) in [0, 2, 3, 6, 8, 10, 12, 13].into_iter().enumerate() {
        if (bar + step) % 5 != 0 {
            let pitch = 69 + (tones[i % tones.len()] + (bar % 3) as u8 * 2) % 14;
            put(
                Lane::Melody,
                step,
                2,
                pitch,
                70 + (step * 3) % 40,
                Role::ScaleTone,
            );
        }
    }
}
