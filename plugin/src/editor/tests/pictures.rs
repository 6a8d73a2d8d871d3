//! Every panel in every theme as a picture, drawn without a graphics card.
//!
//! `cargo xtask shot --all` writes them all into `target/shots`, one a panel, theme and scale. The pictures in
//! `plugin/snapshots` are 256 pixels wide, and what is drawn at single and double scale is compared with them. `cargo xtask shot
//! --bless` takes what is drawn as right.

use std::path::{Path, PathBuf};

use egui::{
    Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect,
    TouchPhase, pos2, vec2,
};
use music::lane::Lane;

use super::rig::Rig;
use super::rig::raster::{Picture, Raster};
use crate::editor::browser::Kind;
use crate::editor::desk::Drawer;
use crate::editor::state::Page;
use crate::editor::theme::{Base, Look};
use crate::import::{Found, Holds};
use crate::snapshot::{Mixing, Pulse, Reply};

/// Where the snapshots lie.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
/// Size of the window in the pictures, points.
const SIZE: [usize; 2] = [1280, 800];
/// What a snapshot is smaller by than the window at single scale.
const SHRINK: usize = 5;
/// A pixel of a snapshot differs when a channel does by more than this, 0-255.
const APART: u8 = 10;
/// Most pixels of a snapshot that may differ. Measured: another figure under a knob makes 9, a button one point aside
/// 13, a word that is missing 14.
const MOST: usize = 3;

/// Frames until a window stands still.
const FRAMES: usize = 6;

/// A panel's name, and how a window comes to show it.
pub type Panel = (&'static str, fn(&mut Rig));

/// Every panel.
pub const PANELS: [Panel; 23] = [
    ("lanes", |_| {}),
    ("mixer", |rig| rig.desk.state.mixer = true),
    ("editing", bass_is_edited),
    ("sound", |rig| rig.desk.state.page = Page::Sound),
    ("strip", |rig| rig.desk.state.page = Page::Strip),
    ("lane-techniques", |rig| rig.desk.state.page = Page::Lane),
    ("band-techniques", |rig| rig.desk.state.page = Page::Band),
    ("settings", |rig| rig.desk.drawer = Drawer::Settings),
    ("learn", |rig| rig.desk.drawer = Drawer::Learn),
    ("browser", |rig| rig.desk.drawer = Drawer::Browser),
    ("songs", |rig| {
        rig.desk.drawer = Drawer::Browser;
        rig.desk.browse.kind = Kind::Songs;
    }),
    ("help", |rig| rig.desk.drawer = Drawer::Help),
    ("tour", |rig| rig.desk.tour = Some(0)),
    ("export", |rig| rig.desk.drawer = Drawer::Export),
    ("import", |rig| {
        rig.desk.drawer = Drawer::Import;
        rig.desk.import.path = "/music/funk in e.mid".into();
        rig.found = Some(Found {
            path: "/music/funk in e.mid".into(),
            holds: Holds::Midi,
            words: "MIDI: 16 bars at 104, 3 tracks, E minor.".into(),
        });
    }),
    ("manual", |rig| rig.desk.drawer = Drawer::Manual),
    ("mix", |rig| {
        rig.desk.drawer = Drawer::Mix;
        rig.score.decided = vec![
            "Bass 2.1 dB down at 240 Hz: it covered the piano's low notes.".into(),
            "Pad 3 dB quieter: the tune was masked in the chorus.".into(),
        ];
    }),
    ("log", |rig| {
        rig.desk.drawer = Drawer::Log;
        rig.score.log = vec![
            "mine.toml, line 12: no key \"kik\"; the nearest is \"kick\". The style is left out."
                .into(),
            "Drums: the SoundFont was read, 128 programs.".into(),
        ];
    }),
    ("stopped", |rig| {
        rig.pulse.playing = false;
        rig.pulse.peaks = Default::default();
        rig.pulse.position = 0.0;
        rig.pulse.bar_index = 0;
        rig.pulse.bar_start = music::time::Tick(0);
    }),
    ("whole-song", |rig| {
        rig.desk.state.bars_shown = 48.0;
        rig.desk.state.follow = false;
    }),
    ("takes", |rig| {
        rig.desk.state.lane = Lane::Bass as u8;
        rig.desk.state.page = Page::Takes;
        rig.desk.state.follow = false;
        rig.refining = super::refining::proposal(rig);
    }),
    // Everything that can be missing, wrong or long at once.
    ("troubled", |rig| {
        rig.pulse = Pulse::default();
        rig.score.form = Default::default();
        rig.score.marks.clear();
        rig.score.chords.clear();
        rig.score.notes = Default::default();
        rig.score.origins = Default::default();
        rig.score.style =
            "A style of my own whose name is long (missing: Rock plays in its place)".into();
        rig.score.log = vec![
            "mine.toml, line 12: no key \"kik\"; the nearest is \"kick\". The style is left out."
                .into(),
        ];
        rig.song.title = music::name("A song whose name is as long as names may be");
        rig.desk.prompt = "gregorian dubstep in H flat at 900, 7000 bars".into();
        rig.desk.reply = Some(Reply {
            understood:
                "key B flat, no drums, fast, 512 bars, seven in a bar, a warm pad, no swing, more \
                         fills, a sparse bass, energetic, jazzy chords, a lift at the end"
                    .into(),
            not_understood: vec!["gregorian".into(), "dubstep".into()],
            ..Reply::default()
        });
        let mut long = rig.library.styles[0].clone();
        long.slot = 200;
        long.name = "A style of my own whose name is long".into();
        rig.library.styles.push(long);
        for (id, value) in [("drums_mute", 1.0), ("bass_on", 0.0), ("harmony_solo", 1.0)] {
            rig.params.automate(id, value);
        }
    }),
    ("exporting", |rig| {
        rig.desk.drawer = Drawer::Export;
        rig.exporting = Some(Mixing {
            share: 0.4,
            what: "Stem 3 of 6".into(),
        });
    }),
];

/// What a hand does before a picture is taken.
#[derive(Clone, Copy)]
enum Deed {
    Rests,
    /// Opens the menu of what lies at a place, points.
    Menu(f32, f32),
    /// Scrolls to the end of what lies at a place.
    Scrolls(f32, f32),
}

impl Deed {
    /// What comes of it in a frame.
    fn events(self, frame: usize) -> Vec<Event> {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        match self {
            Deed::Menu(x, y) if frame == 1 => {
                vec![Event::PointerMoved(pos2(x, y)), button(pos2(x, y), true)]
            }
            Deed::Menu(x, y) if frame == 2 => vec![button(pos2(x, y), false)],
            Deed::Scrolls(x, y) if frame == 1 => vec![Event::PointerMoved(pos2(x, y))],
            Deed::Scrolls(..) if frame == 2 => vec![Event::MouseWheel {
                unit: MouseWheelUnit::Page,
                delta: vec2(0.0, -20.0),
                modifiers: Modifiers::NONE,
                phase: TouchPhase::Move,
                source: MouseWheelSource::Unknown,
            }],
            _ => Vec::new(),
        }
    }
}

/// What is only looked at: menus, ends of pages, later cards.
const LOOKED_AT: [(Panel, Deed); 11] = [
    (("menu-knob", |_| {}), Deed::Menu(62.0, 720.0)),
    (("menu-section", |_| {}), Deed::Menu(212.0, 210.0)),
    (("menu-last-section", |_| {}), Deed::Menu(1090.0, 210.0)),
    (("menu-chord", |_| {}), Deed::Menu(290.0, 297.0)),
    (("menu-note", bass_is_edited), Deed::Menu(405.0, 420.0)),
    (("menu-lane", bass_is_edited), Deed::Menu(1120.0, 560.0)),
    (
        ("many-changes", |rig| {
            rig.desk.state.lane = Lane::Bass as u8;
            rig.desk.state.page = Page::Takes;
            rig.refining = super::refining::many_changes(rig);
        }),
        Deed::Rests,
    ),
    (
        ("manual-end", |rig| rig.desk.drawer = Drawer::Manual),
        Deed::Scrolls(1000.0, 400.0),
    ),
    (("tour-two", |rig| rig.desk.tour = Some(1)), Deed::Rests),
    (("tour-three", |rig| rig.desk.tour = Some(2)), Deed::Rests),
    (("tour-four", |rig| rig.desk.tour = Some(3)), Deed::Rests),
];

fn bass_is_edited(rig: &mut Rig) {
    rig.desk.state.lane = Lane::Bass as u8;
    rig.desk.state.editing = true;
}

pub fn rig() -> Rig {
    let mut rig = Rig::playing(9.3);
    rig.pulse.rms = rig.pulse.peaks.map(|sides| sides.map(|peak| peak * 0.4));
    rig.pulse.correlation = 0.6;
    rig.pulse.load = 0.06;
    (rig.pulse.lufs_short, rig.pulse.lufs_integrated) = (-14.1, -14.4);
    (rig.pulse.true_peak_dbtp, rig.pulse.glue_db) = (-1.6, 1.2);
    rig.score.target_lufs = -14.0;
    for (lane, strip) in rig.score.strips.iter_mut().enumerate().skip(1) {
        strip.compressor = music::mix::Dynamics {
            threshold_db: -26.0 + lane as f32,
            ratio: 2.0 + lane as f32,
            ..music::mix::Dynamics::OFF
        };
        rig.pulse.strip_level_db[lane] = -14.0 - 2.0 * lane as f32;
        let level = rig.pulse.strip_level_db[lane];
        rig.pulse.strip_db[lane] = dsp::compressor_reduction_db(&strip.compressor, level) * 0.8;
    }
    for (band, db) in rig.pulse.spectrum.iter_mut().enumerate() {
        *db = -18.0 - 1.1 * band as f32;
    }
    rig
}

/// A panel in a look, once it stands still.
fn draw(make: fn(&mut Rig), look: Look, scale: f32) -> Picture {
    draw_in(SIZE, make, Deed::Rests, look, scale)
}

/// The same in a window of a size, points, after a hand did something.
fn draw_in(points: [usize; 2], make: fn(&mut Rig), deed: Deed, look: Look, scale: f32) -> Picture {
    let context = egui::Context::default();
    let mut raster = Raster::default();
    let mut rig = rig();
    rig.desk.likes.look = look;
    make(&mut rig);
    for frame in 0..FRAMES {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(
                Pos2::ZERO,
                vec2(points[0] as f32, points[1] as f32),
            )),
            time: Some(frame as f64 * 0.2),
            events: deed.events(frame),
            ..RawInput::default()
        };
        let root = input.viewports.entry(egui::ViewportId::ROOT).or_default();
        root.native_pixels_per_point = Some(scale);
        let mut output = context.run_ui(input, |ui| rig.frame(ui));
        raster.take(&mut output);
        if frame + 1 == FRAMES {
            let primitives = context.tessellate(output.shapes, scale);
            let size = points.map(|points| (points as f32 * scale) as usize);
            return raster.draw(&primitives, size, scale);
        }
    }
    unreachable!("the last frame is drawn")
}

/// A picture made smaller: every pixel the mean of `by` times `by`.
fn shrunk(picture: &Picture, by: usize) -> Picture {
    let (width, height) = (picture.width / by, picture.height / by);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for c in 0..3 {
                let mut sum = 0;
                for dy in 0..by {
                    for dx in 0..by {
                        sum += usize::from(
                            picture.rgb[((y * by + dy) * picture.width + x * by + dx) * 3 + c],
                        );
                    }
                }
                rgb.push(((sum + by * by / 2) / (by * by)) as u8);
            }
        }
    }
    Picture { width, height, rgb }
}

fn write(path: &Path, picture: &Picture) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    let file = std::fs::File::create(path).expect("the picture can be written");
    let mut encoder = png::Encoder::new(
        std::io::BufWriter::new(file),
        picture.width as u32,
        picture.height as u32,
    );
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.rgb).expect("pixels");
}

fn read(path: &Path) -> Option<Picture> {
    let file = std::fs::File::open(path).ok()?;
    let mut reader = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .ok()?;
    let mut rgb = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgb).ok()?;
    rgb.truncate(info.buffer_size());
    Some(Picture {
        width: info.width as usize,
        height: info.height as usize,
        rgb,
    })
}

/// Pixels that differ; `None` if the sizes do.
fn difference(a: &Picture, b: &Picture) -> Option<usize> {
    if (a.width, a.height) != (b.width, b.height) {
        return None;
    }
    let pixels = a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3));
    let differs = |(a, b): &(&[u8], &[u8])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > APART);
    Some(pixels.filter(differs).count())
}

/// A look that is only looked at: its colours are held by the theme's own tests.
const LIGHT_SAFE: (&str, Look) = (
    "light-safe",
    Look {
        base: Base::Light,
        safe_lanes: true,
    },
);

fn looks() -> [(&'static str, Look); 4] {
    let plain = |base| Look {
        base,
        safe_lanes: false,
    };
    [
        ("dark", plain(Base::Dark)),
        ("light", plain(Base::Light)),
        ("contrast", plain(Base::Contrast)),
        (
            "dark-safe",
            Look {
                safe_lanes: true,
                ..plain(Base::Dark)
            },
        ),
    ]
}

fn snapshot(panel: &str, theme: &str, scale: usize) -> PathBuf {
    let times = if scale == 1 { "" } else { "-2x" };
    Path::new(FOLDER).join(format!("{panel}-{theme}{times}.png"))
}

/// Draws everything in parts, so that the test harness spreads them over the cores.
fn compare(look_index: usize, scale: usize) {
    let bless = std::env::var_os("MUSEAROO_BLESS_PICTURES").is_some();
    let (theme, look) = looks()[look_index];
    if !bless && !Path::new(FOLDER).is_dir() {
        println!("NOT RUN: there are no snapshots; cargo xtask shot --bless makes them");
        return;
    }
    let mut wrong = Vec::new();
    for (panel, make) in PANELS {
        let drawn = shrunk(&draw(make, look, scale as f32), SHRINK * scale);
        let path = snapshot(panel, theme, scale);
        let known = read(&path).and_then(|known| difference(&known, &drawn));
        match known {
            _ if bless => {
                if known != Some(0) {
                    write(&path, &drawn);
                }
            }
            Some(pixels) if pixels <= MOST => {}
            Some(pixels) => wrong.push(format!("{panel}: {pixels} pixels")),
            None => wrong.push(format!("{panel}: no snapshot")),
        }
    }
    assert!(
        wrong.is_empty(),
        "{theme}: {wrong:?}\nLook at `cargo xtask shot --all`; if that is right: `cargo xtask shot --bless`."
    );
}

#[test]
fn dark_panels_look_as_they_did() {
    compare(0, 1);
}

#[test]
fn dark_panels_look_as_they_did_at_double_scale() {
    compare(0, 2);
}

#[test]
fn light_panels_look_as_they_did() {
    compare(1, 1);
}

#[test]
fn light_panels_look_as_they_did_at_double_scale() {
    compare(1, 2);
}

#[test]
fn panels_of_high_contrast_look_as_they_did() {
    compare(2, 1);
}

#[test]
fn panels_of_high_contrast_look_as_they_did_at_double_scale() {
    compare(2, 2);
}

#[test]
fn safe_lanes_look_as_they_did() {
    compare(3, 1);
}

#[test]
fn twice_as_large_is_the_same_picture() {
    let look = Look::default();
    let (one, two) = (draw(PANELS[0].1, look, 1.0), draw(PANELS[0].1, look, 2.0));
    assert_eq!((one.width * 2, one.height * 2), (two.width, two.height));
    let (one, two) = (shrunk(&one, 16), shrunk(&two, 32));
    let mean = |picture: &Picture| {
        let sum: u64 = picture.rgb.iter().map(|c| u64::from(*c)).sum();
        sum as f64 / picture.rgb.len() as f64
    };
    assert!(
        (mean(&one) - mean(&two)).abs() < 1.0,
        "{} {}",
        mean(&one),
        mean(&two)
    );
    let apart = one.rgb.iter().zip(&two.rgb).map(|(a, b)| a.abs_diff(*b));
    let far = apart.filter(|apart| *apart > 40).count();
    assert!(
        far * 100 < one.rgb.len(),
        "{far} of {} channels differ",
        one.rgb.len()
    );
}

/// The pictures for looking at: `cargo xtask shot --all`.
#[test]
#[ignore = "writes pictures, and proves nothing by itself"]
fn shots() {
    let Some(folder) = std::env::var_os("MUSEAROO_SHOTS").map(PathBuf::from) else {
        panic!("MUSEAROO_SHOTS says where to");
    };
    let only = std::env::var("MUSEAROO_SHOT").unwrap_or_default();
    for (theme, look) in looks().into_iter().chain([LIGHT_SAFE]) {
        let panels = PANELS.map(|panel| (panel, Deed::Rests));
        for ((panel, make), deed) in panels.into_iter().chain(LOOKED_AT) {
            let smallest = [900, 600];
            for (points, scale, size) in [
                (SIZE, 1.0, ""),
                (SIZE, 2.0, ""),
                (smallest, 0.75, "-smallest"),
                (smallest, 1.0, "-smallest"),
                (smallest, 3.0, "-smallest"),
            ] {
                if matches!(deed, Deed::Menu(..)) && points != SIZE {
                    // The place is another one there.
                    continue;
                }
                let name = format!("{panel}-{theme}{size}-{scale}x.png");
                if name.contains(&only) {
                    write(
                        &folder.join(&name),
                        &draw_in(points, make, deed, look, scale),
                    );
                }
            }
        }
    }
}
