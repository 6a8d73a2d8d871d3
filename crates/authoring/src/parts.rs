//! Who plays what in a MIDI file of anybody's: which lane a track is, and which piece of the kit a key strikes.
//!
//! A track's own name counts first, then its channel and General MIDI program, then how it plays: low and one
//! note at a time is a bass, several at a time are chords, the highest single line is the tune.

use files::midi::{AnyFile, AnyTrack, FileNote};
use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Pitch;

/// Words in the names of tracks that tell the lane.
const WORDS: [(Lane, &[&str]); 5] = [
    (Lane::Drums, &["drum", "kit", "percussion", "beat"]),
    (Lane::Bass, &["bass", "808"]),
    (
        Lane::Melody,
        &[
            "melody", "lead", "vocal", "voice", "tune", "solo", "sax", "trumpet", "flute",
        ],
    ),
    (
        Lane::Texture,
        &["texture", "pad", "string", "arp", "choir", "atmo"],
    ),
    (
        Lane::Harmony,
        &[
            "harmony", "chord", "piano", "keys", "guitar", "organ", "rhodes", "comp",
        ],
    ),
];

/// The piece that a key strikes. Reference: General MIDI 1 percussion map and the extra hi-hat keys of
/// electronic kits; keys that our kit lacks go to the nearest sound.
pub const fn piece_of(key: Pitch) -> Option<Piece> {
    Some(match key.0 {
        35 | 36 => Piece::Kick,
        38 | 40 => Piece::Snare,
        37 => Piece::Rim,
        39 => Piece::Clap,
        22 | 42 => Piece::HatClosed,
        44 => Piece::HatPedal,
        26 | 46 => Piece::HatOpen,
        51 | 59 => Piece::Ride,
        53 => Piece::RideBell,
        49 | 57 => Piece::Crash,
        52 | 55 => Piece::Splash,
        48 | 50 => Piece::TomHigh,
        45 | 47 => Piece::TomMid,
        41 | 43 | 58 => Piece::TomLow,
        69 | 70 | 82 => Piece::Shaker,
        54 => Piece::Tambourine,
        56 => Piece::Cowbell,
        62 | 63 => Piece::CongaHigh,
        64 => Piece::CongaLow,
        75..=77 => Piece::Claves,
        60 => Piece::BongoHigh,
        61 => Piece::BongoLow,
        _ => return None,
    })
}

/// Notes of a lane: every track that plays it, together, by rising onset.
pub fn notes_of(file: &AnyFile, lane: Lane) -> Vec<FileNote> {
    let lanes = lanes_of(file);
    let own = file.tracks.iter().zip(&lanes);
    let own = own.filter(|(_, l)| **l == Some(lane)).map(|(t, _)| t);
    let mut notes: Vec<FileNote> = own.flat_map(|t| &t.notes).copied().collect();
    notes.sort();
    notes
}

/// The lane of each track; `None` for one that fits none.
pub fn lanes_of(file: &AnyFile) -> Vec<Option<Lane>> {
    let mut lanes: Vec<Option<Lane>> = file.tracks.iter().map(told).collect();
    let free = |lanes: &[Option<Lane>]| -> Vec<usize> {
        (0..lanes.len()).filter(|i| lanes[*i].is_none()).collect()
    };
    for index in free(&lanes) {
        let track = &file.tracks[index];
        if voices(track) >= 1.8 {
            lanes[index] = Some(Lane::Harmony);
        } else if mean_pitch(track) < 52.0 {
            lanes[index] = Some(Lane::Bass);
        }
    }
    // The highest single line sings, unless somebody does.
    let sings = lanes.contains(&Some(Lane::Melody));
    let highest = free(&lanes)
        .into_iter()
        .max_by(|a, b| mean_pitch(&file.tracks[*a]).total_cmp(&mean_pitch(&file.tracks[*b])));
    for index in free(&lanes) {
        lanes[index] = Some(if !sings && Some(index) == highest {
            Lane::Melody
        } else {
            Lane::Texture
        });
    }
    lanes
}

/// What a track's channel, name and program say.
fn told(track: &AnyTrack) -> Option<Lane> {
    if track.channel == 10 {
        return Some(Lane::Drums);
    }
    let name = track.name.to_lowercase();
    let named = |words: &&[&str]| words.iter().any(|w| name.contains(w));
    if let Some((lane, _)) = WORDS.iter().find(|(_, words)| named(words)) {
        return Some(*lane);
    }
    // Reference: General MIDI 1 program groups.
    match track.program {
        Some(32..=39) => Some(Lane::Bass),
        Some(56..=87) => Some(Lane::Melody),
        Some(48..=55 | 88..=95) => Some(Lane::Texture),
        _ => None,
    }
}

fn mean_pitch(track: &AnyTrack) -> f64 {
    let sum: f64 = track.notes.iter().map(|n| n.pitch.0 as f64).sum();
    sum / track.notes.len().max(1) as f64
}

/// Mean number of notes that start together.
fn voices(track: &AnyTrack) -> f64 {
    // Taste: within a 32nd is together, a strum included.
    let mut starts = 0;
    let mut last = i64::MIN / 2;
    for note in &track.notes {
        if note.onset.0 - last > 120 {
            starts += 1;
            last = note.onset.0;
        }
    }
    track.notes.len() as f64 / starts.max(1) as f64
}
