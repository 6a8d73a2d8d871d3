use authoring::editing::notes::Written;
use egui::{Key, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::{choose, click, drag};
use super::{asked, sized};
use crate::editor::access::Wish;
use crate::hand::Hand;
use crate::refine::Refine;
use crate::snapshot::Command;

/// A window whose bass is under the hand, two bars wide.
fn writing(lane: Lane) -> Harness<'static, Rig> {
    let mut rig = Rig::default();
    rig.desk.state.lane = lane as u8;
    rig.desk.state.editing = true;
    rig.desk.state.bars_shown = 2.0;
    sized(rig, 1200.0, 760.0)
}

/// The one order for notes that was given: words, what goes, what comes.
fn order(harness: &mut Harness<'static, Rig>) -> (String, Vec<Written>, Vec<Written>) {
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    match wishes.as_slice() {
        [Wish::Command(Command::Hand(Hand::Notes { words, from, to }))] => {
            (words.clone(), from.clone(), to.clone())
        }
        other => panic!("{other:?}"),
    }
}

/// Where the first bass note of a bar lies: its middle, and a sixteenth and a semitone on the screen.
fn first_note(harness: &Harness<'static, Rig>) -> (Pos2, f32, f32) {
    let roll = harness.get_by_label("Notes of Bass").rect();
    let step = roll.width() / 32.0;
    let rig = harness.state();
    let figures = rig.desk.figures.lane(Lane::Bass).with_room();
    let line = roll.height() / (f32::from(figures.high - figures.low) + 1.0);
    let note = rig.score.notes[Lane::Bass.index()][0];
    let x = roll.min.x + note.onset.0 as f32 / 240.0 * step + 4.0;
    let y = roll.max.y - line * (f32::from(note.pitch.0 - figures.low) + 0.5);
    (Pos2::new(x, y), step, line)
}

#[test]
fn a_lane_comes_under_the_hand_and_gives_its_room_back() {
    let mut harness = sized(Rig::default(), 1200.0, 760.0);
    assert!(harness.query_by_label("Notes of Drums").is_none());
    harness.get_by_label("Edit notes").click();
    harness.run_steps(2);
    let tall = harness.get_by_label("Notes of Drums").rect().height();
    assert!(tall > 120.0, "{tall}");
    harness.get_by_label("Show Melody").click();
    harness.run_steps(2);
    harness.get_by_label("Notes of Melody");
    harness.get_by_label("Edit notes").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Notes of Melody").is_none());
}

#[test]
fn a_note_is_moved_by_sixteenths_and_semitones() {
    let mut harness = writing(Lane::Bass);
    let (at, step, line) = first_note(&harness);
    drag(&mut harness, at, vec2(step * 3.2, -line * 2.0));
    let (words, from, to) = order(&mut harness);
    assert_eq!(words, "Move a Bass note");
    assert_eq!(to[0].onset, from[0].onset + 720);
    assert_eq!(to[0].pitch.0, from[0].pitch.0 + 2);
    assert_eq!(
        harness.state().desk.editing.selected,
        to,
        "it stays selected"
    );
    // Across a bar line it belongs to the other bar.
    drag(&mut harness, at, vec2(step * 17.0, 0.0));
    let (_, from, to) = order(&mut harness);
    assert_eq!((to[0].spot.bar, to[0].onset), (1, from[0].onset + 240));
    // A drag that comes back asks for nothing.
    drag(&mut harness, at, vec2(step * 0.3, 0.0));
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn a_note_is_lengthened_by_its_edge() {
    let mut harness = writing(Lane::Bass);
    let (at, step, _) = first_note(&harness);
    let edge = Pos2::new(at.x - 4.0 + step * 460.0 / 240.0 - 3.0, at.y);
    drag(&mut harness, edge, vec2(step * 2.0, 0.0));
    let (words, from, to) = order(&mut harness);
    assert_eq!(words, "Resize a Bass note");
    assert_eq!(to[0].duration, from[0].duration + 480);
    assert_eq!(to[0].onset, from[0].onset);
}

#[test]
fn a_double_click_writes_a_note_and_deletes_one() {
    let mut harness = writing(Lane::Bass);
    let roll = harness.get_by_label("Notes of Bass").rect();
    let (at, step, _) = first_note(&harness);
    click(
        &mut harness,
        Pos2::new(roll.min.x + step * 21.5, roll.min.y + 4.0),
        2,
    );
    let (words, from, to) = order(&mut harness);
    assert_eq!((words.as_str(), from.len()), ("Write a Bass note", 0));
    assert_eq!((to[0].spot.bar, to[0].onset), (1, 5 * 240));
    let figures = harness.state().desk.figures.lane(Lane::Bass).with_room();
    assert_eq!(to[0].pitch.0, figures.high);
    click(&mut harness, at, 2);
    let (words, from, to) = order(&mut harness);
    assert_eq!(
        (words.as_str(), from.len(), to.len()),
        ("Delete a Bass note", 1, 0)
    );
}

#[test]
fn a_frame_selects_and_the_delete_key_deletes() {
    let mut harness = writing(Lane::Bass);
    let roll = harness.get_by_label("Notes of Bass").rect();
    let step = roll.width() / 32.0;
    let from = roll.min + vec2(step * 31.5, 1.0);
    drag(&mut harness, from, vec2(-step * 16.0, roll.height() - 2.0));
    assert!(asked(&mut harness).is_empty());
    let selected = harness.state().desk.editing.selected.len();
    assert!(selected >= 5, "{selected}");
    harness.key_press(Key::Delete);
    harness.run_steps(2);
    let (_, from, to) = order(&mut harness);
    assert_eq!((from.len(), to.len()), (selected, 0));
}

#[test]
fn a_drum_is_moved_to_another_piece() {
    let mut harness = writing(Lane::Drums);
    let roll = harness.get_by_label("Notes of Drums").rect();
    let pieces = music::drum::Piece::ALL;
    let line = roll.height() / pieces.len() as f32;
    // The kick on one lies on the lowest line.
    let at = Pos2::new(roll.min.x + 3.0, roll.max.y - line * 0.5);
    drag(&mut harness, at, vec2(0.0, -line));
    let (_, from, to) = order(&mut harness);
    assert_eq!(from[0].pitch, pieces[0].general_midi());
    assert_eq!(to[0].pitch, pieces[1].general_midi());
    assert_eq!(to[0].role, music::note::Role::Beat(pieces[1]));
}

#[test]
fn velocities_are_drawn() {
    let mut harness = writing(Lane::Bass);
    let low = harness.get_by_label("Velocities of Bass").rect();
    let from = Pos2::new(low.min.x + 1.0, low.max.y - 10.0);
    drag(&mut harness, from, vec2(low.width() * 0.45, 0.0));
    let (words, from, to) = order(&mut harness);
    assert!(
        words.starts_with("Velocity of ") && from.len() >= 5,
        "{words}"
    );
    let seen = ((10.0 / (low.height() - 6.0)) * 127.0_f32).round() as u8;
    assert!(to.iter().all(|note| note.velocity.abs_diff(seen) <= 1));
    assert!(
        from.iter()
            .zip(&to)
            .all(|(a, b)| (a.onset, a.pitch) == (b.onset, b.pitch))
    );
}

#[test]
fn bars_and_lanes_are_locked_and_given_back_by_the_menu() {
    let mut harness = writing(Lane::Bass);
    let roll = harness.get_by_label("Notes of Bass").rect();
    let at = roll.min + vec2(roll.width() * 0.75, 3.0);
    let order = |harness: &mut Harness<'static, Rig>, entry: &str| {
        choose(harness, at, entry);
        let wishes = std::mem::take(&mut harness.state_mut().wishes);
        match wishes.as_slice() {
            [Wish::Command(Command::Hand(hand))] => hand.clone(),
            other => panic!("{other:?}"),
        }
    };
    let Hand::LockBars(spots, notes) = order(&mut harness, "Lock this bar") else {
        panic!("another order");
    };
    assert_eq!((spots.len(), spots[0].bar, notes.len()), (1, 1, 6));
    let song = authoring::editing::notes::locked(&harness.state().song, spots[0], &notes);
    harness.state_mut().song = song.unwrap();
    harness.run_steps(2);
    let given = order(&mut harness, "Give this bar back");
    assert_eq!(given, Hand::FreeBars(spots));
    let Hand::LockBars(spots, notes) = order(&mut harness, "Lock all of Bass") else {
        panic!("another order");
    };
    assert_eq!((spots.len(), notes.len()), (48, 48 * 6));
}

#[test]
fn bars_sections_and_the_lane_are_regenerated_by_the_menu() {
    let mut harness = writing(Lane::Bass);
    let roll = harness.get_by_label("Notes of Bass").rect();
    let at = roll.min + vec2(roll.width() * 0.75, 3.0);
    let mut bars = |entry: &str, bars: Option<std::ops::Range<u16>>| {
        harness.state_mut().desk.bars = bars;
        choose(&mut harness, at, entry);
        match std::mem::take(&mut harness.state_mut().wishes).as_slice() {
            [Wish::Command(Command::Refine(Refine::Propose(Lane::Bass, bars)))] => bars.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(bars("Regenerate this bar", None), 1..2);
    assert_eq!(bars("Regenerate bars 3\u{2013}6", Some(2..6)), 2..6);
    assert_eq!(bars("Regenerate Bass in this section", None), 0..4);
    assert_eq!(bars("Regenerate all of Bass", None), 0..48);
}
