//! Drums: every piece its own design over two machines, skins and blocks ([`struck`]) and metal
//! ([`metal`]). Velocity moves pitch sweep, brightness and the share of stick; the phase makes two
//! strokes alike differ a little.

mod block;
mod clap;
mod cymbal;
mod hand_drum;
mod hat;
mod kick;
mod metal;
mod shaker;
mod snare;
mod struck;
mod tom;

use music::drum::Piece;
use music::patch::KitTable;
use music::pitch::Pitch;

use super::{Hit, Tick};
use crate::noise::chance;
use metal::Metal;
use struck::Struck;

/// The piece that a key plays: the General MIDI key, or a near relative of the keys without a piece.
pub(crate) fn piece_of(pitch: u8) -> Option<Piece> {
    Piece::from_general_midi(Pitch(pitch)).or(match pitch {
        35 => Some(Piece::Kick),
        40 => Some(Piece::Snare),
        41 => Some(Piece::TomLow),
        45 => Some(Piece::TomMid),
        48 => Some(Piece::TomHigh),
        52 | 57 => Some(Piece::Crash),
        59 => Some(Piece::Ride),
        62 => Some(Piece::CongaHigh),
        69 | 82 => Some(Piece::Shaker),
        76 | 77 => Some(Piece::Claves),
        _ => None,
    })
}

/// Where a piece stands, −1 … 1, seen by the audience.
///
/// Taste: a right-handed kit, hat and high tom to the right, floor tom and ride to the left.
pub(crate) fn place_of(piece: Piece) -> f32 {
    match piece {
        Piece::Kick | Piece::Snare | Piece::Clap => 0.0,
        Piece::Rim => 0.08,
        Piece::HatClosed | Piece::HatPedal | Piece::HatOpen => 0.45,
        Piece::Ride | Piece::RideBell => -0.45,
        Piece::Crash => 0.55,
        Piece::Splash => -0.6,
        Piece::TomHigh => 0.3,
        Piece::TomMid => -0.1,
        Piece::TomLow => -0.5,
        Piece::Shaker => 0.6,
        Piece::Tambourine => -0.5,
        Piece::Cowbell => 0.25,
        Piece::CongaHigh => -0.35,
        Piece::CongaLow => -0.55,
        Piece::Claves => -0.3,
        Piece::BongoHigh => 0.5,
        Piece::BongoLow => 0.35,
    }
}

/// One stroke, with what its design needs to know.
pub(crate) struct Stroke<'a> {
    pub(crate) hit: &'a Hit,
    /// How much strokes differ, 0–1.
    pub(crate) variation: f32,
}

impl Stroke<'_> {
    /// A factor around 1 that differs from stroke to stroke, up to ± `share` at full variation.
    pub(crate) fn vary(&self, purpose: u32, share: f32) -> f32 {
        1.0 + share * self.variation * chance(self.hit.phase, purpose)
    }
    /// 0 at a whisper … 1 at full force.
    pub(crate) fn force(&self) -> f32 {
        self.hit.velocity
    }
}

/// A drum that sounds.
#[derive(Clone, Debug)]
pub(crate) enum DrumVoice {
    Struck(Struck),
    Metal(Metal),
}

impl DrumVoice {
    pub(crate) fn start(kit: &KitTable, hit: &Hit) -> Option<DrumVoice> {
        let piece = piece_of(hit.pitch)?;
        let stroke = Stroke {
            hit,
            variation: kit.variation,
        };
        Some(match piece {
            Piece::Kick => DrumVoice::Struck(kick::design(&kit.kick, &stroke)),
            Piece::Snare => DrumVoice::Struck(snare::design(&kit.snare, &stroke)),
            Piece::Rim => DrumVoice::Struck(block::design(&kit.rim, &stroke)),
            Piece::Cowbell => DrumVoice::Struck(block::design(&kit.cowbell, &stroke)),
            Piece::Claves => DrumVoice::Struck(block::design(&kit.claves, &stroke)),
            Piece::Clap => DrumVoice::Struck(clap::design(&kit.clap, &stroke)),
            Piece::HatClosed | Piece::HatPedal | Piece::HatOpen => {
                DrumVoice::Metal(hat::design(&kit.hat, piece, &stroke))
            }
            Piece::Ride | Piece::RideBell => {
                DrumVoice::Metal(cymbal::design(&kit.ride, piece, &stroke))
            }
            Piece::Crash => DrumVoice::Metal(cymbal::design(&kit.crash, piece, &stroke)),
            Piece::Splash => DrumVoice::Metal(cymbal::design(&kit.splash, piece, &stroke)),
            Piece::TomHigh | Piece::TomMid | Piece::TomLow => {
                DrumVoice::Struck(tom::design(&kit.toms, piece, &stroke))
            }
            Piece::Shaker => DrumVoice::Struck(shaker::design(&kit.shaker, &stroke)),
            Piece::Tambourine => DrumVoice::Struck(shaker::design(&kit.tambourine, &stroke)),
            Piece::CongaHigh | Piece::CongaLow => DrumVoice::Struck(hand_drum::design(
                &kit.congas,
                piece == Piece::CongaHigh,
                &stroke,
            )),
            Piece::BongoHigh | Piece::BongoLow => DrumVoice::Struck(hand_drum::design(
                &kit.bongos,
                piece == Piece::BongoHigh,
                &stroke,
            )),
        })
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        match self {
            DrumVoice::Struck(v) => v.tick(tick),
            DrumVoice::Metal(v) => v.tick(tick),
        }
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        match self {
            DrumVoice::Struck(v) => v.render(out),
            DrumVoice::Metal(v) => v.render(out),
        }
    }
}
