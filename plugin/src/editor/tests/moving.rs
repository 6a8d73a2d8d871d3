use egui::{Key, Modifiers, Pos2, Rect, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::{Window, click, drag, wheel};
use super::window;

/// Where the lanes' notes lie, from the numbers above them.
fn notes(window: &Window) -> Rect {
    let numbers = window.get_by_label("Bar numbers").rect();
    Rect::from_min_size(numbers.min, vec2(numbers.width(), 200.0))
}

/// The bar under a place of the screen.
fn bar_at(window: &Window, x: f32) -> f64 {
    let (rect, desk) = (notes(window), &window.state().desk);
    let share = f64::from((x - rect.min.x) / rect.width());
    desk.first_bar + share * f64::from(desk.state.bars_shown)
}

fn view(window: &Window) -> (f64, f32) {
    let desk = &window.state().desk;
    (desk.first_bar, desk.state.bars_shown)
}

fn writing(lane: Lane) -> Window {
    let mut rig = Rig::default();
    rig.desk.state.lane = lane as u8;
    rig.desk.state.editing = true;
    rig.desk.state.bars_shown = 2.0;
    window(rig)
}

/// Lowest and highest pitch in view of the lane under the hand.
fn pitches(window: &Window) -> [u8; 2] {
    let desk = &window.state().desk;
    desk.state.pitches[desk.lane().index()]
}

#[test]
fn ctrl_and_wheel_zoom_about_the_mouse() {
    let mut window = window(Rig::default());
    window.state_mut().desk.first_bar = 16.0;
    window.run_steps(2);
    let at = notes(&window).min + vec2(notes(&window).width() * 0.3, 120.0);
    let before = bar_at(&window, at.x);
    wheel(&mut window, at, vec2(0.0, -3.0), Modifiers::CTRL);
    let (_, bars) = view(&window);
    assert!((4.0..5.0).contains(&bars), "{bars}");
    assert!((bar_at(&window, at.x) - before).abs() < 0.01);
    wheel(&mut window, at, vec2(0.0, 4.0), Modifiers::CTRL);
    assert!(view(&window).1 > 8.0);
    assert!((bar_at(&window, at.x) - before).abs() < 0.01);
    assert!(window.state().desk.state.follow, "zooming is no scrolling");
    // As near as a beat, as far as the song.
    wheel(&mut window, at, vec2(0.0, -60.0), Modifiers::CTRL);
    assert_eq!(view(&window).1, 0.25);
    wheel(&mut window, at, vec2(0.0, 90.0), Modifiers::CTRL);
    assert_eq!(view(&window), (0.0, 48.0));
}

#[test]
fn the_wheel_scrolls_with_or_without_shift_and_ends_following() {
    for (notches, keys) in [
        (vec2(0.0, 2.0), Modifiers::NONE),
        (vec2(0.0, 2.0), Modifiers::SHIFT),
        (vec2(2.0, 0.0), Modifiers::NONE),
    ] {
        let mut window = window(Rig::playing(1.0));
        let at = notes(&window).center();
        wheel(&mut window, at, notches, keys);
        assert_eq!(view(&window), (2.0, 8.0), "{notches} {keys:?}");
        assert!(!window.state().desk.state.follow);
        // Where the playhead is does not matter any more, until following is asked for again.
        window.state_mut().pulse.bar_index = 30;
        window.state_mut().pulse.bar_start = music::time::Tick(30 * 3840);
        window.state_mut().pulse.position = 30.0 * 3840.0;
        window.run_steps(2);
        assert_eq!(view(&window).0, 2.0);
        window.get_by_label("Follow").click();
        window.run_steps(2);
        assert_eq!(view(&window).0, 30.0);
    }
}

#[test]
fn a_drag_over_the_rows_scrolls() {
    let mut window = window(Rig::default());
    let from = notes(&window).min + vec2(notes(&window).width() * 0.9, 150.0);
    let bar = notes(&window).width() / 8.0;
    drag(&mut window, from, vec2(-bar * 3.0, 0.0));
    assert!((view(&window).0 - 3.0).abs() < 0.05, "{:?}", view(&window));
}

#[test]
fn the_bar_below_scrolls_zooms_by_its_ends_and_shows_all() {
    let mut window = window(Rig::default());
    let whole = window.get_by_label("Bars in view").rect();
    let bar = whole.width() / 48.0;
    let y = whole.center().y;
    drag(
        &mut window,
        Pos2::new(whole.min.x + bar * 4.0, y),
        vec2(bar * 10.0, 0.0),
    );
    assert!((view(&window).0 - 10.0).abs() < 0.05, "{:?}", view(&window));
    assert!(!window.state().desk.state.follow);
    // Its right end.
    let end = Pos2::new(whole.min.x + bar * 18.0 - 3.0, y);
    drag(&mut window, end, vec2(bar * 6.0, 0.0));
    let (first, bars) = view(&window);
    assert!(
        (first - 10.0).abs() < 0.05 && (bars - 14.0).abs() < 0.1,
        "{first} {bars}"
    );
    // Its left end: the right one stays.
    let end = Pos2::new(whole.min.x + bar * 10.0 + 3.0, y);
    drag(&mut window, end, vec2(bar * 4.0, 0.0));
    let (first, bars) = view(&window);
    assert!(
        (first - 14.0).abs() < 0.1 && (bars - 10.0).abs() < 0.1,
        "{first} {bars}"
    );
    // Beside it.
    click(&mut window, Pos2::new(whole.min.x + bar * 40.0, y), 1);
    let (first, _) = view(&window);
    assert!((first - 35.0).abs() < 0.1, "{first}");
    click(&mut window, Pos2::new(whole.min.x + bar * 40.0, y), 2);
    assert_eq!(view(&window), (0.0, 48.0));
}

#[test]
fn the_bar_below_is_moved_by_keys() {
    let mut window = window(Rig::default());
    window.get_by_label("Bars in view").focus();
    window.run_steps(2);
    for (key, first) in [
        (Key::ArrowRight, 1.0),
        (Key::PageDown, 9.0),
        (Key::ArrowLeft, 8.0),
        (Key::End, 40.0),
        (Key::PageUp, 32.0),
        (Key::Home, 0.0),
    ] {
        window.key_press(key);
        window.run_steps(2);
        assert_eq!(view(&window).0, first, "{key:?}");
    }
    window.key_press(Key::ArrowUp);
    window.run_steps(2);
    assert_eq!(view(&window).1, 4.0);
}

#[test]
fn keys_zoom_follow_and_fit_what_is_selected_then_all() {
    let mut window = window(Rig::default());
    window.get_by_label("Compose").focus();
    window.run_steps(2);
    for (key, bars) in [(Key::Plus, 4.0), (Key::Equals, 2.0), (Key::Minus, 4.0)] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(2);
        assert_eq!(view(&window).1, bars, "{key:?}");
    }
    window.state_mut().desk.bars = Some(8..12);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(2);
    assert_eq!(view(&window), (8.0, 4.0));
    assert!(!window.state().desk.state.follow);
    // It is shown already: all.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(2);
    assert_eq!(view(&window), (0.0, 48.0));
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(2);
    assert!(window.state().desk.state.follow);
}

#[test]
fn pitches_of_a_lane_under_the_hand_scroll_and_zoom() {
    let mut window = writing(Lane::Bass);
    let roll = window.get_by_label("Notes of Bass").rect();
    let own = {
        let figures = window.state().desk.figures.lane(Lane::Bass).with_room();
        [figures.low, figures.high]
    };
    wheel(&mut window, roll.center(), vec2(0.0, -2.0), Modifiers::NONE);
    assert_eq!(pitches(&window), own.map(|pitch| pitch + 4));
    assert_eq!(view(&window).0, 0.0, "time stays");
    wheel(&mut window, roll.center(), vec2(0.0, 4.0), Modifiers::SHIFT);
    assert_eq!(pitches(&window), own.map(|pitch| pitch + 4));
    assert_eq!(view(&window).0, 1.0);
    wheel(&mut window, roll.center(), vec2(0.0, -3.0), Modifiers::ALT);
    let [low, high] = pitches(&window);
    assert!(
        high - low < own[1] - own[0] && low >= own[0] + 4,
        "{low} {high}"
    );
    // As near as half an octave, as far as there are pitches.
    wheel(&mut window, roll.center(), vec2(0.0, -60.0), Modifiers::ALT);
    let [low, high] = pitches(&window);
    assert_eq!(high - low, 6);
    wheel(&mut window, roll.center(), vec2(0.0, 90.0), Modifiers::ALT);
    assert_eq!(pitches(&window), [0, 127]);
    // Fit gives the room back that the notes take.
    window.get_by_label("Fit").click();
    window.run_steps(2);
    assert_eq!(pitches(&window), [0, 0]);
}

#[test]
fn selected_notes_are_shown_whole() {
    let mut window = writing(Lane::Bass);
    let rig = window.state_mut();
    let bass = Lane::Bass.index();
    let at = rig.score.notes[bass]
        .iter()
        .position(|n| n.onset.0 >= 20 * 3840);
    let at = at.expect("the bass plays on");
    rig.desk.editing.selected = vec![rig.score.origins[bass][at]];
    let pitch = rig.score.notes[bass][at].pitch.0;
    window.get_by_label("Fit").click();
    window.run_steps(2);
    assert_eq!(view(&window), (20.0, 1.0));
    let [low, high] = pitches(&window);
    assert!(
        low < pitch && pitch < high && high - low <= 7,
        "{low} {high}"
    );
}

#[test]
fn folded_lines_are_what_is_played_and_notes_move_between_them() {
    let mut window = writing(Lane::Bass);
    window.get_by_label("Fold").click();
    window.run_steps(2);
    assert!(window.state().desk.state.fold);
    let rig = window.state();
    let notes = &rig.score.notes[Lane::Bass.index()];
    let figures = rig.desk.figures.lane(Lane::Bass).fold(notes);
    let (first, count) = (notes[0], figures.folded.len());
    assert!((2..20).contains(&count), "{count}");
    let line = figures.line_of(first.pitch.0).expect("it is played") as usize;
    let roll = window.get_by_label("Notes of Bass").rect();
    let tall = roll.height() / count as f32;
    let x = roll.min.x + first.onset.0 as f32 / 7680.0 * roll.width() + 4.0;
    let at = Pos2::new(x, roll.max.y - tall * (line as f32 + 0.5));
    let up = line + 1 < count;
    let by = Vec2::new(0.0, if up { -tall } else { tall });
    drag(&mut window, at, by);
    let wishes = super::asked(&mut window);
    assert_eq!(wishes.len(), 1, "{wishes:?}");
    let to = window.state().desk.editing.selected[0].pitch.0;
    let want = figures.folded[if up { line + 1 } else { line - 1 }];
    assert_eq!(to, want, "the next line is the next pitch that is played");
}

#[test]
fn folded_drums_have_no_lines_for_pieces_that_rest() {
    let mut window = writing(Lane::Drums);
    let played = window.state().desk.figures.lane(Lane::Drums).pieces.len();
    assert!(played < music::drum::Piece::ALL.len());
    window.get_by_label("Fold").click();
    window.run_steps(2);
    // The kick on one lies on the lowest line, which is now taller.
    let roll = window.get_by_label("Notes of Drums").rect();
    let tall = roll.height() / played as f32;
    let at = Pos2::new(roll.min.x + 3.0, roll.max.y - tall * 0.5);
    drag(&mut window, at, vec2(0.0, -tall));
    let selected = &window.state().desk.editing.selected;
    let second = window.state().desk.figures.lane(Lane::Drums).pieces[1];
    assert_eq!(selected[0].pitch, second.general_midi());
}

#[test]
fn where_the_lanes_stand_is_kept_with_the_project() {
    let mut window = window(Rig::default());
    let at = notes(&window).center();
    wheel(&mut window, at, vec2(0.0, 5.0), Modifiers::NONE);
    let kept = window.state().desk.state;
    assert_eq!(kept.first_bar, 5.0);
    let again = crate::editor::desk::Desk::new(kept);
    assert_eq!(again.first_bar, 5.0);
}
