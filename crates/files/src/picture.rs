//! The picture of a song: piano rolls by lane over the waveform, with sections and chords named.
//!
//! Drawn for someone who wants to see at a glance what a song does: form at the top in words, one strip a
//! lane with the tune above and the beat below, loudness at the bottom. Deliberately absent: axes,
//! controller data, anything that needs a legend.

mod bands;
mod canvas;
mod roll;
mod sheet;
mod waveform;

use std::path::Path;

use music::lane::Lane;

use crate::error::FileError;
use crate::midi::{Mark, SongFile};
use crate::wav::Audio;
pub use bands::{BandRow, write_bands};
use canvas::{Align, Canvas, Colour};
pub use sheet::{SoundCell, write_sheet};

/// What the picture says in words.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    /// First line, large: style and key.
    pub title: String,
    /// Right of it, small: tempo, meter, seed.
    pub detail: String,
}

const BACKGROUND: Colour = Colour(0x12_141a);
const PANEL: Colour = Colour(0x1a_1d26);
const LINE: Colour = Colour(0x2c_3140);
const TEXT: Colour = Colour(0xe8_eaf0);
const DIM: Colour = Colour(0x8d_94a6);

/// Strips from the top down: the tune above, the beat below.
const STRIPS: [(Lane, f32); 5] = [
    (Lane::Melody, 150.0),
    (Lane::Texture, 130.0),
    (Lane::Harmony, 150.0),
    (Lane::Bass, 105.0),
    (Lane::Drums, 150.0),
];

const WIDTH: f32 = 1600.0;
const LEFT: f32 = 96.0;
const RIGHT: f32 = 24.0;
const HEADER: f32 = 64.0;
const SECTIONS: f32 = 30.0;
const CHORDS: f32 = 26.0;
const GAP: f32 = 6.0;
const WAVE: f32 = 120.0;
const FOOT: f32 = 34.0;

/// Taste: warm for the beat, cool for the chords, green for the tune; told apart in grey print as well.
fn colour(lane: Lane) -> Colour {
    match lane {
        Lane::Drums => Colour(0xf0_9d51),
        Lane::Bass => Colour(0xe8_6a7b),
        Lane::Harmony => Colour(0x5a_b0f0),
        Lane::Texture => Colour(0xa0_8bf2),
        Lane::Melody => Colour(0x6f_d69a),
        Lane::Vocal => Colour(0xe8_eaf0),
    }
}

/// Where song time lies on the picture.
#[derive(Clone, Copy)]
struct Scale {
    ticks: f32,
}

impl Scale {
    fn x(self, tick: i64) -> f32 {
        LEFT + (tick as f32 / self.ticks).clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }
}

/// Draws `song` and the mix of its first `song_seconds` seconds, at `zoom` pixels a point, into a PNG file.
///
/// # Errors
/// When the disk refuses.
pub fn write(
    path: &Path,
    song: &SongFile,
    mix: Option<(&Audio, f64)>,
    caption: &Caption,
    zoom: f32,
) -> Result<(), FileError> {
    save(&draw(song, mix, caption, zoom), path)
}

/// Writes a canvas as PNG.
fn save(canvas: &Canvas, path: &Path) -> Result<(), FileError> {
    let file = std::fs::File::create(path).map_err(FileError::io(path))?;
    let mut png = png::Encoder::new(
        std::io::BufWriter::new(file),
        canvas.width as u32,
        canvas.height as u32,
    );
    png.set_color(png::ColorType::Rgb);
    png.set_depth(png::BitDepth::Eight);
    let mut writer = png.write_header().map_err(FileError::format(path))?;
    writer
        .write_image_data(&canvas.rgb())
        .map_err(FileError::format(path))
}

fn draw(song: &SongFile, mix: Option<(&Audio, f64)>, caption: &Caption, zoom: f32) -> Canvas {
    let strips: f32 = STRIPS.iter().map(|(_, height)| height + GAP).sum();
    let wave = if mix.is_some() { WAVE + GAP } else { 0.0 };
    let height = HEADER + SECTIONS + CHORDS + GAP + strips + wave + FOOT;
    let mut canvas = Canvas::new(WIDTH, height, zoom, BACKGROUND);
    let scale = Scale {
        ticks: song.end.0.max(1) as f32,
    };

    let title_width = canvas.text(24.0, 22.0, 26.0, TEXT, Align::Left, &caption.title);
    canvas.text(
        24.0 + title_width + 22.0,
        30.0,
        16.0,
        DIM,
        Align::Left,
        &caption.detail,
    );
    sections(&mut canvas, song, scale, HEADER);
    chords(&mut canvas, song, scale, HEADER + SECTIONS);

    let top = HEADER + SECTIONS + CHORDS + GAP;
    let mut y = top;
    for (lane, strip) in STRIPS {
        canvas.rounded(LEFT, y, WIDTH - LEFT - RIGHT, strip, 5.0, PANEL, 1.0);
        canvas.text(
            LEFT - 12.0,
            y + strip / 2.0 - 8.0,
            16.0,
            colour(lane),
            Align::Right,
            lane.name(),
        );
        y += strip + GAP;
    }
    let bottom = y + wave;
    if mix.is_some() {
        canvas.rounded(LEFT, y, WIDTH - LEFT - RIGHT, WAVE, 5.0, PANEL, 1.0);
        canvas.text(
            LEFT - 12.0,
            y + WAVE / 2.0 - 8.0,
            16.0,
            DIM,
            Align::Right,
            "Mix",
        );
    }
    bars(&mut canvas, song, scale, top, bottom - GAP);
    let mut strip_top = top;
    for (lane, strip) in STRIPS {
        roll::draw(&mut canvas, lane, song.notes(lane), scale, strip_top, strip);
        strip_top += strip + GAP;
    }
    if let Some((audio, seconds)) = mix {
        waveform::draw(
            &mut canvas,
            audio,
            seconds,
            (LEFT, y, WIDTH - LEFT - RIGHT, WAVE),
        );
    }
    canvas
}

/// Bar lines, with numbers below where there is room.
fn bars(canvas: &mut Canvas, song: &SongFile, scale: Scale, top: f32, bottom: f32) {
    let (mut at, mut bar) = (0, 1);
    let mut next_label = f32::MIN;
    while at < song.end.0 {
        let meter = song
            .meters
            .iter()
            .rev()
            .find(|(from, _)| from.0 <= at)
            .map_or_else(Default::default, |m| m.1);
        let x = scale.x(at);
        let is_section = song
            .marks
            .iter()
            .any(|(t, m)| t.0 == at && matches!(m, Mark::Section(_)));
        canvas.rect(
            x - 0.5,
            top,
            1.0,
            bottom - top,
            LINE,
            if is_section { 1.0 } else { 0.55 },
        );
        if x >= next_label && (bar == 1 || (bar - 1) % 4 == 0) {
            let width = canvas.text(x, bottom + 8.0, 13.0, DIM, Align::Left, &bar.to_string());
            next_label = x + width + 14.0;
        }
        at += meter.bar_ticks();
        bar += 1;
    }
}

fn sections(canvas: &mut Canvas, song: &SongFile, scale: Scale, y: f32) {
    let places: Vec<(i64, &str)> = song
        .marks
        .iter()
        .filter_map(|(at, mark)| match mark {
            Mark::Section(word) => Some((at.0, word.as_str())),
            Mark::Chord(_) => None,
        })
        .collect();
    for (index, (at, word)) in places.iter().enumerate() {
        let from = scale.x(*at);
        let to = places
            .get(index + 1)
            .map_or(scale.x(song.end.0), |next| scale.x(next.0));
        canvas.rounded(
            from,
            y,
            (to - from - 2.0).max(1.0),
            SECTIONS - 6.0,
            4.0,
            section_colour(word),
            0.85,
        );
        let mut name = word.to_string();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        if canvas.text_width(15.0, &name) + 14.0 < to - from {
            canvas.text(from + 8.0, y + 3.5, 15.0, TEXT, Align::Left, &name);
        }
    }
}

/// Taste: brighter where a song usually opens up.
fn section_colour(word: &str) -> Colour {
    match word {
        "chorus" | "drop" => Colour(0xb0_4a5a),
        "verse" => Colour(0x35_5c8c),
        "pre-chorus" | "build" => Colour(0x7a_5a2c),
        "bridge" | "solo" => Colour(0x5c_478f),
        "breakdown" => Colour(0x2f_6a66),
        _ => Colour(0x3a_4052),
    }
}

fn chords(canvas: &mut Canvas, song: &SongFile, scale: Scale, y: f32) {
    let mut free_from = f32::MIN;
    for (at, mark) in &song.marks {
        let Mark::Chord(symbol) = mark else { continue };
        let x = scale.x(at.0);
        let size = 14.0;
        if x + 2.0 < free_from || x + canvas.text_width(size, symbol) > WIDTH - 4.0 {
            continue;
        }
        canvas.rect(x, y + 2.0, 1.0, CHORDS - 6.0, DIM, 0.5);
        let width = canvas.text(x + 5.0, y + 3.0, size, TEXT, Align::Left, symbol);
        free_from = x + width + 8.0;
    }
}

#[cfg(test)]
mod tests;
