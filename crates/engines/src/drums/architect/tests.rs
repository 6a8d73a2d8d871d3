use std::vec::Vec as Heap;

use music::drum::Piece;
use music::lane::Lane;
use music::note::Role;
use music::plan::SectionKind;
use music::style::{DrumGroove, DrumLine, Kinds};

use super::is_timekeeper;
use crate::fixture::{Stage, pattern};

fn line(piece: Piece, text: &str) -> DrumLine {
    DrumLine {
        piece,
        pattern: pattern(text),
    }
}

fn groove(kinds: &[SectionKind], lines: &[(Piece, &str)]) -> DrumGroove {
    let all = Kinds::default();
    DrumGroove {
        kinds: kinds.iter().fold(all, |all, kind| all.with(*kind)),
        weight: 5,
        lines: lines.iter().map(|(p, t)| line(*p, t)).collect(),
    }
}

/// Rock with these grooves, exactly on the grid.
fn stage(seed: u16, grooves: &[DrumGroove]) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    (stage.controls.seed, stage.controls.humanize) = (seed, 0);
    let drums = &mut stage.styles[0].drums;
    drums.grooves = grooves.iter().cloned().collect();
    drums.fills.clear();
    drums.polyrhythm = (0, 0);
    stage
}

/// What the first chorus but its last bar plays plainly, as sixteenths of the bar and pieces.
fn chorus(stage: &mut Stage) -> Heap<(i64, Piece)> {
    let form = stage.form();
    let chorus = form.sections.iter().find(|s| s.kind == SectionKind::Chorus);
    let (first, bars) = chorus.map(|s| (s.first_bar as i32, s.bars as i32)).unwrap();
    let mut out = Heap::new();
    for bar in first + 1..first + bars - 1 {
        let start = stage.place(bar).start;
        for c in stage.lane(bar, Lane::Drums) {
            let plain = c.gate.density <= 60
                && c.gate.complexity == 0
                && c.gate.variation.0 == 0
                && (c.gate.syncopation.0..=c.gate.syncopation.1).contains(&50)
                && (c.gate.energy.0..=c.gate.energy.1).contains(&50);
            if let Role::Beat(piece) = c.role
                && plain
            {
                out.push((c.grid.since(start) / 240, piece));
            }
        }
    }
    out
}

const OFF_BEAT: (Piece, &str) = (Piece::HatOpen, "..9. ..9. ..9. ..9.");
const CARPET: (Piece, &str) = (Piece::HatClosed, "6.5. 6.5. 6.5. 6.5.");

#[test]
fn strokes_that_tell_a_style_keep_their_places_on_kindred_sounds() {
    let own = groove(
        &[],
        &[(Piece::Kick, "9... 9... 9... 9..."), OFF_BEAT, CARPET],
    );
    let (mut kept, mut moved, songs) = (0, 0, 60);
    for seed in 0..songs {
        let mut stage = stage(seed, core::slice::from_ref(&own));
        stage.styles[0].drums.players = 0;
        let strokes = chorus(&mut stage);
        let tells = |piece: Piece| {
            [2, 6, 10, 14]
                .iter()
                .all(|at| strokes.iter().filter(|s| **s == (*at, piece)).count() >= 5)
        };
        kept += usize::from(Piece::ALL.into_iter().any(|p| is_timekeeper(p) && tells(p)));
        moved += usize::from(!tells(Piece::HatOpen));
    }
    assert!(kept * 10 >= songs as usize * 6, "{kept} of {songs} keep it");
    assert!(moved >= 5, "{moved} move it");
}

#[test]
fn time_is_the_share_of_songs_that_keep_what_is_written() {
    let own = groove(
        &[],
        &[
            (Piece::Kick, "9... .... 9... ...."),
            (Piece::Ride, "9.69 6..9 69.6 9..6"),
        ],
    );
    let kept = |share: u8| {
        let as_written = |seed: u16| {
            let mut stage = stage(seed, core::slice::from_ref(&own));
            stage.styles[0].drums.time = share;
            let mut ride: Heap<i64> = chorus(&mut stage)
                .into_iter()
                .filter(|s| s.1 == Piece::Ride)
                .map(|s| s.0)
                .collect();
            ride.sort_unstable();
            ride.dedup();
            ride == [0, 2, 3, 4, 7, 8, 9, 11, 12, 15]
        };
        (0..50).filter(|seed| as_written(*seed)).count()
    };
    let (never, half, always) = (kept(0), kept(50), kept(100));
    assert!(never < 15 && (15..=40).contains(&half), "{never} {half}");
    assert_eq!(always, 50);
}

#[test]
fn kicks_are_borrowed_from_sections_alike_alone() {
    let own = [SectionKind::Chorus];
    let other = [SectionKind::Verse, SectionKind::Intro];
    let kin = [SectionKind::Solo];
    let plain = groove(&own, &[(Piece::Kick, "9... .... .... ....")]);
    let filled = (Piece::Kick, "9... .... ..9. ....");
    let at_ten = |kinds: &[SectionKind]| {
        let songs = 0..60;
        let borrowed = songs.filter(|seed| {
            let grooves = [plain.clone(), groove(kinds, &[filled])];
            let mut stage = stage(*seed, &grooves);
            // No kind borrows a whole groove: what is left is stroke by stroke.
            stage.styles[0].drums.grooves[1].weight = 1;
            stage.styles[0].drums.grooves[0].weight = 9;
            chorus(&mut stage).contains(&(10, Piece::Kick))
        });
        borrowed.count()
    };
    let (strange, kindred) = (at_ten(&other), at_ten(&kin));
    assert!(kindred > 2 * strange + 5, "{strange} {kindred}");
}

#[test]
fn only_sounds_of_the_style_join_in() {
    let own = groove(&[], &[(Piece::Kick, "9... .... 9... ...."), CARPET]);
    let known = groove(
        &[SectionKind::Outro],
        &[(Piece::Cowbell, "9... .... 9... ....")],
    );
    let mut bells = 0;
    for seed in 0..60 {
        let mut stage = stage(seed, &[own.clone(), known.clone()]);
        stage.styles[0].drums.players = 0;
        let strokes = chorus(&mut stage);
        let strange = strokes.iter().find(|(_, piece)| {
            !is_timekeeper(*piece) && !matches!(piece, Piece::Kick | Piece::Cowbell | Piece::Crash)
        });
        assert_eq!(strange, None, "seed {seed}");
        bells += usize::from(strokes.iter().any(|s| s.1 == Piece::Cowbell));
    }
    assert!(bells > 10, "{bells}");
}
