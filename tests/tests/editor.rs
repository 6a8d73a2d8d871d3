//! The editor in a real embedded window: it draws, follows its size, and opens again after it was closed.
//! Needs a display; `cargo xtask test` starts one.
#![cfg(target_os = "linux")]

#[path = "editor/dropping.rs"]
mod dropping;
#[path = "editor/vst3.rs"]
mod vst3;

use std::process::Command;
use std::sync::atomic::Ordering;

use tests::clap_rig::ClapRig;
use tests::fixtures::rig;
use tests::gui_rig::{GuiRig, colours, threads};
use tests::saved;

fn open(scale: f64) -> GuiRig {
    GuiRig::open(rig(), scale).expect("the editor opens")
}

/// Pixels that differ between two pictures of one size.
fn changed(a: &[u8], b: &[u8]) -> usize {
    a.chunks_exact(3)
        .zip(b.chunks_exact(3))
        .filter(|(p, q)| p != q)
        .count()
}

#[test]
fn it_draws_and_moves_with_the_song() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    let first = gui.picture().unwrap();
    gui.play(2.0).unwrap();
    let second = gui.picture().unwrap();
    assert!(
        changed(&first, &second) > 200,
        "playhead and meters stand still"
    );
}

/// A window's thread runs from when it is made. What it asks of the display before the window is shown must not be
/// lost: nothing would ever be drawn.
#[test]
fn a_window_that_its_host_shows_late_is_drawn() {
    let late = std::time::Duration::from_millis(300);
    let mut gui = GuiRig::open_and_show_after(rig(), 1.0, late).expect("the editor opens");
    gui.play(2.0).unwrap();
    gui.roll(false);
    gui.wait_until_drawn().unwrap();
}

#[test]
fn it_follows_its_window() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    gui.resize(1400, 900).unwrap();
    gui.play(4.0).unwrap();
    let (width, height) = gui.size;
    assert!(width > 1300 && height > 800, "{width} x {height}");
    let picture = gui.picture().unwrap();
    let row = |y: usize| &picture[y * width as usize * 3..(y + 1) * width as usize * 3];
    let filled = (0..height as usize)
        .rev()
        .take(60)
        .any(|y| colours(row(y)) > 1);
    assert!(filled, "nothing is drawn in the new space at the bottom");
}

/// A host may unload the library as soon as its last instance is gone.
#[test]
fn an_instance_that_is_gone_has_taken_its_windows_threads_along() {
    // The first instance leaves what drivers keep.
    drop(open(1.0));
    for _ in 0..12 {
        std::thread::sleep(std::time::Duration::from_millis(300));
        let before = threads();
        let mut gui = open(1.0);
        gui.wait_until_drawn().unwrap();
        gui.hurries = true;
        drop(gui);
        let left = threads();
        assert_eq!(left, before);
    }
}

#[test]
fn it_opens_again_after_it_was_closed() {
    for _ in 0..3 {
        let mut gui = open(1.0);
        gui.wait_until_drawn().unwrap();
    }
}

/// Memory that this process has in use, MB.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
    let kb: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kb / 1024.0
}

/// Threads and open files of this process.
fn held() -> (usize, usize) {
    let count = |folder| std::fs::read_dir(folder).unwrap().count();
    (count("/proc/self/task"), count("/proc/self/fd"))
}

/// The C library's own view of its heap.
#[cfg(target_env = "gnu")]
mod heap {
    /// Reference: mallinfo(3), `struct mallinfo2`.
    #[repr(C)]
    struct Info {
        arena: usize,
        ordblks: usize,
        smblks: usize,
        hblks: usize,
        hblkhd: usize,
        usmblks: usize,
        fsmblks: usize,
        uordblks: usize,
        fordblks: usize,
        keepcost: usize,
    }
    unsafe extern "C" {
        fn mallinfo2() -> Info;
        fn malloc_trim(pad: usize) -> i32;
        fn mallopt(param: i32, value: i32) -> i32;
    }

    /// One pool of memory for all threads: each window has a thread of its own, and glibc keeps what a thread gave back
    /// in the pool that it worked in, up to eight pools a core.
    pub fn share_one_pool() {
        const M_ARENA_MAX: i32 = -8;
        // SAFETY: a glibc function of two numbers, called before other threads start.
        assert_eq!(unsafe { mallopt(M_ARENA_MAX, 1) }, 1);
    }
    /// Bytes that somebody holds.
    pub fn in_use() -> usize {
        // SAFETY: a glibc function that takes nothing and fills a structure of ten numbers.
        let info = unsafe { mallinfo2() };
        info.uordblks + info.hblkhd
    }
    /// Gives the system back what nobody holds.
    pub fn trim() {
        // SAFETY: a glibc function of a number.
        unsafe { malloc_trim(0) };
    }
}

/// What a window may leave. The framework's window library (baseview 0.4.2, `XkbcommonState::new`) never gives the
/// keyboard's map back: one map a window, which nobody but it can reach. Measured: 82 kB in all, 71 of them the map; the
/// next in size is the system's record of an EGL display, 2 kB.
const KEYMAP_KB: f64 = 90.0;

#[test]
fn a_hundred_closed_windows_leave_one_map_of_the_keyboard_each_and_nothing_else() {
    heap::share_one_pool();
    let mut gui = open(1.0);
    // The first windows fill the driver's caches.
    for _ in 0..4 {
        gui.play(1.0).unwrap();
        gui.reopen().unwrap();
    }
    gui.play(1.0).unwrap();
    let look = || {
        heap::trim();
        (heap::in_use() as f64 / 1024.0, resident_mb() * 1024.0)
    };
    let before = held();
    let begun = std::time::Instant::now();
    let mut at = Vec::new();
    for _ in 0..100 {
        gui.reopen().unwrap();
        gui.play(0.12).unwrap();
        at.push(look());
    }
    assert_eq!(held(), before, "threads and open files");
    // What every window leaves: the middle one of all steps, since single ones grow and shrink with what is drawn.
    let step = |of: fn(&(f64, f64)) -> f64| {
        let mut steps: Vec<f64> = at.windows(2).map(|p| of(&p[1]) - of(&p[0])).collect();
        steps.sort_by(f64::total_cmp);
        steps[steps.len() / 2]
    };
    let (heap_kb, all_kb) = (step(|kb| kb.0), step(|kb| kb.1));
    let shown = |i: usize| format!("{:.0}/{:.0}", at[i].0 - at[0].0, at[i].1 - at[0].1);
    println!(
        "100 windows in {:.0} s; heap in use / resident after 20, 40, 60, 80, 100: {} {} {} {} {} kB; the middle step {heap_kb:.2} / {all_kb:.1} kB",
        begun.elapsed().as_secs_f64(),
        shown(19),
        shown(39),
        shown(59),
        shown(79),
        shown(99)
    );
    assert!(
        heap_kb < KEYMAP_KB,
        "{heap_kb:.1} kB more in use with every window"
    );
    assert!(
        all_kb < 2.0 * KEYMAP_KB,
        "{all_kb:.1} kB more with every window"
    );
}

#[test]
fn a_window_at_rest_takes_nothing_and_a_playing_one_is_drawn_30_times_a_second() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    let playing = gui.cost(4.0).unwrap();
    gui.roll(false);
    // Meters fall, and the worker writes the score of what was changed.
    gui.play(8.0).unwrap();
    let idle = gui.cost(5.0).unwrap();
    println!(
        "at rest {:.2} % of a core, drawn {:.1} Hz; playing {:.0} % with a rasteriser, drawn {:.1} Hz",
        100.0 * idle.core,
        idle.drawn_hz,
        100.0 * playing.core,
        playing.drawn_hz
    );
    assert!(idle.core < 0.02, "{idle:?}");
    assert!(idle.drawn_hz < 0.5, "{idle:?}");
    // As often as the frame's interval of 33 ms allows, and not frozen either.
    assert!((3.0..=31.0).contains(&playing.drawn_hz), "{playing:?}");
}

#[test]
fn at_twice_the_scale_it_is_twice_as_large() {
    let (one, two) = (open(1.0).size, open(2.0).size);
    assert_eq!((one.0 * 2, one.1 * 2), two);
}

/// Runs xdotool on the display of this test.
fn xdotool(words: &[&str]) {
    let status = Command::new("xdotool").args(words).status();
    assert!(status.expect("xdotool runs").success(), "{words:?}");
}

#[test]
fn words_typed_into_the_prompt_change_the_style() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    assert_eq!(gui.rig.text("style").unwrap(), "Rock");
    // Wherever the theme puts the prompt line: try down the middle until the words arrive.
    let x = (gui.size.0 / 2).to_string();
    for y in (20..gui.size.1 / 2).step_by(14) {
        xdotool(&["mousemove", &x, &y.to_string(), "click", "1"]);
        gui.play(0.25).unwrap();
        xdotool(&["type", "--delay", "30", "jazz swing"]);
        gui.play(0.2).unwrap();
        xdotool(&["key", "Return"]);
        gui.play(0.6).unwrap();
        if gui.rig.text("style").unwrap() == "Jazz swing" {
            return;
        }
        xdotool(&["key", "Escape"]);
        gui.play(0.2).unwrap();
    }
    panic!("no words reached the prompt");
}

/// How often the host was told that its project has changed, on its main thread and elsewhere.
fn told(gui: &GuiRig) -> (u32, u32) {
    let [main, elsewhere] = &gui.rig.counters.dirty;
    (
        main.load(Ordering::SeqCst),
        elsewhere.load(Ordering::SeqCst),
    )
}

#[test]
fn a_prompt_and_a_setting_of_the_song_mark_the_hosts_project() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    assert_eq!(told(&gui), (0, 0), "nothing has changed yet");
    let click = |x: u16, y: u16| {
        xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    };
    // The prompt line; these words turn no parameter.
    click(gui.size.0 / 2, 77);
    gui.play(0.5).unwrap();
    xdotool(&["type", "--delay", "30", "12 bars"]);
    gui.play(0.3).unwrap();
    xdotool(&["key", "Return"]);
    gui.play(1.0).unwrap();
    assert!(
        gui.sent.is_empty(),
        "a parameter was turned: {:?}",
        gui.sent
    );
    assert_eq!(told(&gui), (1, 0), "after the prompt");
    // The settings at the right of the top bar, and in their left column "After the end: Stop".
    click(gui.size.0 - 50, 28);
    gui.play(0.5).unwrap();
    click(gui.size.0 - 401, 191);
    gui.play(1.0).unwrap();
    let song = saved::field(&gui.rig.save().unwrap(), "song").unwrap();
    assert_eq!(
        (&song["bars"], &song["after_end"]),
        (&12.into(), &"stop".into())
    );
    assert_eq!(told(&gui), (2, 0), "after the setting");
}

/// The manual's links on the page of keys: one a DAW, that of the host filled with the accent.
#[test]
fn the_page_of_keys_shows_the_host_by_its_own_name() {
    let bundle = tests::paths::clap_under_test();
    let reaper = ClapRig::load_in("REAPER", &bundle).expect("the plug-in loads");
    let mut gui = GuiRig::open(reaper, 1.0).expect("the editor opens");
    gui.wait_until_drawn().unwrap();
    // "?" in the top bar.
    let (width, question) = (usize::from(gui.size.0), gui.size.0 - 109);
    xdotool(&["mousemove", &question.to_string(), "29", "click", "1"]);
    gui.heed().unwrap();
    xdotool(&["mousemove", "20", "400"]);
    gui.heed().unwrap();
    let fills = link_fills(&gui.picture().unwrap(), width);
    assert!(fills[..6].iter().all(|own| *own == fills[0]), "{fills:?}");
    assert_ne!(fills[6], fills[0], "REAPER's link is as the others");
}

/// What each link to the manual is filled with, in a picture of the page of keys: its upper left corner, beside its
/// words.
fn link_fills(picture: &[u8], width: usize) -> [[u8; 3]; 7] {
    std::array::from_fn(|link| {
        let (x, y) = (width - 546 + link * 520 / 7 + 9, 110);
        let at = (y * width + x) * 3;
        [picture[at], picture[at + 1], picture[at + 2]]
    })
}

/// X11's code of the space bar, on every keyboard that Xvfb has.
const SPACE: u8 = 65;

#[test]
fn space_reaches_the_host_unless_a_field_is_typed_into() {
    let mut gui = open(1.0);
    gui.play(3.0).unwrap();
    // Over the lanes: nothing there takes the keyboard.
    let (x, y) = (gui.size.0 / 2, gui.size.1 / 2);
    xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    gui.play(0.5).unwrap();
    xdotool(&["key", "space"]);
    gui.play(0.7).unwrap();
    assert_eq!(gui.keys, [SPACE], "the host's play key");
    // The prompt line.
    xdotool(&["mousemove", &x.to_string(), "77", "click", "1"]);
    gui.play(0.5).unwrap();
    xdotool(&["key", "space"]);
    gui.play(0.7).unwrap();
    assert_eq!(gui.keys, [SPACE], "a space in the prompt is the prompt's");
    // A press on a knob leaves the field.
    xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    gui.play(0.5).unwrap();
    xdotool(&["key", "space"]);
    gui.play(0.7).unwrap();
    assert_eq!(gui.keys, [SPACE, SPACE], "the host's again");
}

#[test]
fn a_dragged_knob_is_a_gesture_at_the_host() {
    // CLAP's event types.
    const VALUE: u16 = 5;
    const BEGIN: u16 = 7;
    const END: u16 = 8;
    let mut gui = open(1.0);
    gui.play(3.0).unwrap();
    let before = gui.rig.text("drums_density").unwrap();
    // The first knob of the lane's row at the foot.
    let y = i32::from(gui.size.1) - 80;
    xdotool(&["mousemove", "60", &y.to_string(), "mousedown", "1"]);
    for step in 1..=4 {
        let at = (y - step * 10).to_string();
        xdotool(&["mousemove", "60", &at]);
        gui.play(0.2).unwrap();
    }
    xdotool(&["mouseup", "1"]);
    gui.play(0.6).unwrap();
    assert_eq!(gui.sent.first(), Some(&BEGIN), "{:?}", gui.sent);
    assert_eq!(gui.sent.last(), Some(&END), "{:?}", gui.sent);
    assert!(
        gui.sent[1..gui.sent.len() - 1]
            .iter()
            .all(|kind| *kind == VALUE),
        "{:?}",
        gui.sent
    );
    assert_ne!(gui.rig.text("drums_density").unwrap(), before);
}
