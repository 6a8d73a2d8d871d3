use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Note, Role};
use music::pitch::Pitch;
use music::time::Tick;

use super::rig::{Rig, hands};
use super::{asked, sized};
use crate::editor::access::Wish;
use crate::editor::lanes::proposal::added;
use crate::editor::state::Page;
use crate::hand::Hand;
use crate::refine::{Fate, Picture, Proposal, Refine, Refining};
use crate::snapshot::Command;

/// A window that shows the bass's takes.
fn window(lane: Lane) -> Harness<'static, Rig> {
    let mut rig = Rig::default();
    rig.desk.state.lane = lane as u8;
    rig.desk.state.page = Page::Takes;
    sized(rig, 1200.0, 760.0)
}

/// A proposal for two bars of the bass: one note goes, one comes, one changes.
pub fn proposal(rig: &Rig) -> Refining {
    let own = rig.score.notes[Lane::Bass.index()].iter();
    let own = own.filter(|n| (3 * 3840..5 * 3840).contains(&n.onset.0));
    let mut notes: Vec<(Note, Fate)> = own.map(|n| (*n, Fate::Same)).collect();
    notes[1].1 = Fate::Removed;
    let was = notes[3].0;
    notes[3].0.duration += 300;
    notes[3].1 = Fate::Changed(was);
    let mut new = notes[4].0;
    new.onset = Tick(new.onset.0 + 240);
    new.pitch.0 += 3;
    notes.push((new, Fate::Added));
    let picture = |plays, keep: usize| Picture {
        turns: vec![keep as u8; 4],
        notes: rig.score.notes[Lane::Bass.index()]
            .iter()
            .take_while(|n| n.onset.0 < 4 * 3840)
            .enumerate()
            .filter(|(i, _)| i % keep != 1)
            .map(|(_, n)| *n)
            .collect(),
        plays,
    };
    Refining {
        proposal: Some(Proposal {
            lane: Lane::Bass,
            bars: 3..5,
            words: "Bass, bars 4\u{2013}5".into(),
            notes,
        }),
        of: Some((0, Lane::Bass)),
        earlier: vec![picture(false, 3), picture(true, 4), picture(false, 5)],
        heard: 0,
    }
}

/// A proposal for eight bars of the bass in which next to nothing stays.
pub fn many_changes(rig: &Rig) -> Refining {
    let mut refining = proposal(rig);
    let own = rig.score.notes[Lane::Bass.index()].iter();
    let own = own.filter(|n| (9 * 3840..17 * 3840).contains(&n.onset.0));
    let changed = |(i, note): (usize, &Note)| {
        let mut new = *note;
        match i % 5 {
            0 => vec![(new, Fate::Same)],
            1 => vec![(new, Fate::Removed)],
            2 => {
                new.onset = Tick(new.onset.0 + 480);
                new.pitch.0 += 5;
                vec![(*note, Fate::Removed), (new, Fate::Added)]
            }
            3 => {
                new.pitch.0 -= 2;
                vec![(new, Fate::Changed(*note))]
            }
            _ => {
                new.duration *= 2;
                vec![(new, Fate::Changed(*note))]
            }
        }
    };
    if let Some(proposal) = &mut refining.proposal {
        proposal.bars = 9..17;
        proposal.words = "Bass, bars 10\u{2013}17".into();
        proposal.notes = own.enumerate().flat_map(changed).collect();
    }
    refining
}

#[test]
fn what_is_proposed_is_seen_where_the_lane_has_no_line_for_it_yet() {
    let high = Note {
        pitch: Pitch(84),
        ..Rig::default().score.notes[Lane::Bass.index()][0]
    };
    let clap = Note {
        role: Role::Beat(Piece::Clap),
        ..Rig::default().score.notes[Lane::Drums.index()][0]
    };
    for (lane, new) in [(Lane::Bass, high), (Lane::Drums, clap)] {
        let mut rig = Rig::default();
        rig.refining = proposal(&rig);
        let proposed = rig.refining.proposal.as_mut().expect("one is proposed");
        (proposed.lane, proposed.bars) = (lane, 0..1);
        proposed.notes = vec![(new, Fate::Added)];
        let window = sized(rig, 1200.0, 760.0);
        let mut shapes = window.output().shapes.iter();
        let seen = shapes.any(|drawn| match &drawn.shape {
            egui::Shape::Rect(place) => {
                let room = drawn.clip_rect.y_range();
                place.fill == added()
                    && room.contains(place.rect.min.y)
                    && room.contains(place.rect.max.y)
            }
            _ => false,
        });
        assert!(seen, "{lane:?}");
    }
}

fn orders(harness: &mut Harness<'static, Rig>) -> Vec<Refine> {
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    let order = |wish: &Wish| match wish {
        Wish::Command(Command::Refine(order)) => order.clone(),
        other => panic!("{other:?}"),
    };
    wishes.iter().map(order).collect()
}

fn click(harness: &mut Harness<'static, Rig>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
}

/// Drags over the numbers from one bar to another of the eight in view.
fn drag(harness: &mut Harness<'static, Rig>, from: f32, to: f32) {
    let rect = harness.get_by_label("Bar numbers").rect();
    let at = |bar: f32| rect.min + vec2(rect.width() * bar / 8.0, rect.height() / 2.0);
    hands::drag(harness, at(from), at(to) - at(from));
}

#[test]
fn bars_are_dragged_over_and_regenerated_and_escape_lets_go() {
    let mut harness = window(Lane::Bass);
    assert_eq!(orders(&mut harness), [Refine::Look(0, Lane::Bass)]);
    drag(&mut harness, 5.5, 6.5);
    assert_eq!(harness.state().desk.bars, Some(5..7));
    assert_eq!(harness.state().desk.first_bar, 0.0, "the view stays");
    assert_eq!(orders(&mut harness), [Refine::Look(1, Lane::Bass)]);
    click(&mut harness, "Regenerate take");
    assert_eq!(orders(&mut harness), [Refine::Propose(Lane::Bass, 5..7)]);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(harness.state().desk.bars, None);
    asked(&mut harness);
    click(&mut harness, "Regenerate take");
    let section = harness.state().score.form.sections[0];
    let whole = section.first_bar..section.first_bar + section.bars;
    assert_eq!(orders(&mut harness), [Refine::Propose(Lane::Bass, whole)]);
    click(&mut harness, "Regenerate all of Bass");
    assert_eq!(orders(&mut harness), [Refine::Propose(Lane::Bass, 0..48)]);
}

#[test]
fn a_proposal_opens_its_page_and_is_kept_followed_or_refused() {
    let mut harness = sized(Rig::default(), 1200.0, 760.0);
    let shown = proposal(harness.state());
    harness.state_mut().refining = shown;
    harness.run_steps(2);
    assert_eq!(harness.state().desk.lane(), Lane::Bass);
    assert_eq!(harness.state().desk.state.page, Page::Takes);
    asked(&mut harness);
    for (label, order) in [
        ("Another take", Refine::Another),
        ("Keep take", Refine::Keep),
        ("Discard take", Refine::Discard),
    ] {
        click(&mut harness, label);
        assert_eq!(orders(&mut harness), [order]);
    }
    assert!(harness.query_by_label("Regenerate take").is_none());
    // Another page may be looked at meanwhile.
    click(&mut harness, "Lane strip");
    assert_eq!(harness.state().desk.state.page, Page::Strip);
}

#[test]
fn a_click_on_a_picture_goes_back_and_the_one_that_plays_does_nothing() {
    let mut harness = window(Lane::Bass);
    let shown = proposal(harness.state());
    harness.state_mut().refining = shown;
    harness.run_steps(2);
    asked(&mut harness);
    click(&mut harness, "Take 2 of Bass in Intro");
    assert!(asked(&mut harness).is_empty());
    click(&mut harness, "Take 3 of Bass in Intro");
    assert_eq!(
        orders(&mut harness),
        [Refine::Back(0, Lane::Bass, vec![5; 4])]
    );
    // Of another lane none is shown before the worker has answered.
    click(&mut harness, "Drums knobs");
    harness.get_by_label("Regenerate take");
    assert!(harness.query_by_label("Take 1 of Drums in Intro").is_none());
}

#[test]
fn bars_are_locked_and_given_back_from_the_page() {
    let mut harness = window(Lane::Bass);
    drag(&mut harness, 1.5, 1.5);
    asked(&mut harness);
    click(&mut harness, "Lock bars");
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    let [Wish::Command(Command::Hand(Hand::LockBars(spots, held)))] = wishes.as_slice() else {
        panic!("{wishes:?}");
    };
    assert_eq!((spots.len(), spots[0].bar, held.len()), (1, 1, 6));
    let song = authoring::editing::notes::locked(&harness.state().song, spots[0], held);
    harness.state_mut().song = song.unwrap();
    harness.run_steps(2);
    click(&mut harness, "Unlock bars");
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    let [Wish::Command(Command::Hand(Hand::FreeBars(freed)))] = wishes.as_slice() else {
        panic!("{wishes:?}");
    };
    assert_eq!(freed, spots);
}

#[test]
fn a_proposal_is_heard_by_a_click_or_a_key_and_never_while_the_host_records() {
    let mut harness = sized(Rig::default(), 1200.0, 760.0);
    let shown = proposal(harness.state());
    harness.state_mut().refining = shown;
    harness.run_steps(2);
    asked(&mut harness);
    click(&mut harness, "Hear take");
    assert_eq!(orders(&mut harness), [Refine::Hear(true)]);
    harness.state_mut().refining.heard = 7;
    harness.state_mut().pulse.preview = 7;
    harness.run_steps(2);
    harness.get_by_label("Hear take").focus();
    harness.step();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::T);
    harness.run_steps(2);
    assert_eq!(orders(&mut harness), [Refine::Hear(false)]);
    // Something else is heard by now.
    harness.state_mut().pulse.preview = 8;
    harness.run_steps(2);
    click(&mut harness, "Hear take");
    assert_eq!(orders(&mut harness), [Refine::Hear(true)]);
    harness.state_mut().pulse.recording = true;
    harness.run_steps(2);
    click(&mut harness, "Hear take");
    assert!(orders(&mut harness).is_empty());
}
