//! The pieces of a drum kit and the General MIDI keys that play them.

use serde::{Deserialize, Serialize};

use crate::pitch::Pitch;

/// How many pieces there are.
pub const PIECES: usize = 22;

/// A piece of the kit, or a way of playing it. Frozen order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Bass drum, foot.
    Kick,
    /// Snare.
    Snare,
    /// Side stick.
    Rim,
    /// Hand clap.
    Clap,
    /// Closed hi-hat.
    HatClosed,
    /// Hi-hat with the pedal, foot.
    HatPedal,
    /// Open hi-hat.
    HatOpen,
    /// Ride cymbal.
    Ride,
    /// Ride bell.
    RideBell,
    /// Crash cymbal.
    Crash,
    /// Second cymbal: splash or china.
    Splash,
    /// High tom.
    TomHigh,
    /// Middle tom.
    TomMid,
    /// Floor tom.
    TomLow,
    /// Shaker (maracas).
    Shaker,
    /// Tambourine.
    Tambourine,
    /// Cowbell.
    Cowbell,
    /// High conga.
    CongaHigh,
    /// Low conga.
    CongaLow,
    /// Claves.
    Claves,
    /// High bongo.
    BongoHigh,
    /// Low bongo.
    BongoLow,
}

/// What plays a piece: the integrator gives one player two hands and two feet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limb {
    /// Either hand.
    Hand,
    /// The foot of the bass drum.
    KickFoot,
    /// The foot of the hi-hat.
    HatFoot,
}

impl Piece {
    /// Every piece.
    pub const ALL: [Piece; PIECES] = [
        Piece::Kick,
        Piece::Snare,
        Piece::Rim,
        Piece::Clap,
        Piece::HatClosed,
        Piece::HatPedal,
        Piece::HatOpen,
        Piece::Ride,
        Piece::RideBell,
        Piece::Crash,
        Piece::Splash,
        Piece::TomHigh,
        Piece::TomMid,
        Piece::TomLow,
        Piece::Shaker,
        Piece::Tambourine,
        Piece::Cowbell,
        Piece::CongaHigh,
        Piece::CongaLow,
        Piece::Claves,
        Piece::BongoHigh,
        Piece::BongoLow,
    ];

    /// The word for it in style files: `hat-closed`.
    pub const fn word(self) -> &'static str {
        [
            "kick",
            "snare",
            "rim",
            "clap",
            "hat-closed",
            "hat-pedal",
            "hat-open",
            "ride",
            "ride-bell",
            "crash",
            "splash",
            "tom-high",
            "tom-mid",
            "tom-low",
            "shaker",
            "tambourine",
            "cowbell",
            "conga-high",
            "conga-low",
            "claves",
            "bongo-high",
            "bongo-low",
        ][self as usize]
    }
    /// General MIDI key (General MIDI 1 percussion key map).
    pub const fn general_midi(self) -> Pitch {
        Pitch(
            [
                36, 38, 37, 39, 42, 44, 46, 51, 53, 49, 55, 50, 47, 43, 70, 54, 56, 63, 64, 75, 60,
                61,
            ][self as usize],
        )
    }
    /// The piece that a General MIDI key plays, if the kit has one.
    pub fn from_general_midi(key: Pitch) -> Option<Piece> {
        Piece::ALL.into_iter().find(|p| p.general_midi() == key)
    }
    /// What plays it.
    pub const fn limb(self) -> Limb {
        match self {
            Piece::Kick => Limb::KickFoot,
            Piece::HatPedal => Limb::HatFoot,
            _ => Limb::Hand,
        }
    }
}

/// Where the pieces lie on a drum sampler's keyboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumMap {
    /// Name on screen.
    pub name: crate::Name,
    /// Key of each piece, in the order of [`Piece::ALL`].
    pub keys: [Pitch; PIECES],
}

impl Default for DrumMap {
    fn default() -> Self {
        DrumMap {
            name: crate::name("General MIDI"),
            keys: Piece::ALL.map(Piece::general_midi),
        }
    }
}
