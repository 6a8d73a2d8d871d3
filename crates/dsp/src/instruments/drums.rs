//! Drums: every piece its own design over two machines, skins and shells ([`struck`]) and metal ([`metal`]),
//! or one of two drum machines ([`machine`]). Velocity moves pitch, brightness, the balance of modes and the
//! share of stick and noise; the phase makes two strokes alike differ a little. What all of them share, the
//! room, is [`room`].

mod bands;
mod block;
mod clap;
mod cymbal;
mod hand_drum;
mod hat;
mod kick;
mod machine;
mod metal;
mod plate;
mod pulse;
pub(crate) mod room;
mod shaker;
mod skin;
mod snare;
mod struck;
mod tom;

use music::drum::Piece;
use music::patch::{KitTable, Make};
use music::pitch::Pitch;

use super::{Hit, Scratch, Tick};
use crate::noise::chance;
use bands::Band;
use metal::Metal;

/// The piece that a key plays: the General MIDI key, or a near relative of the keys without a piece.
pub(crate) fn piece_of(pitch: u8) -> Option<Piece> {
    Piece::from_general_midi(Pitch(pitch)).or(match pitch {
        35 => Some(Piece::Kick),
        40 => Some(Piece::Snare),
        41 => Some(Piece::TomLow),
        45 => Some(Piece::TomMid),
        48 => Some(Piece::TomHigh),
        52 => Some(Piece::Splash),
        57 => Some(Piece::Crash),
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
    /// How unsteady the tape runs, 0–1.
    wow: f32,
    /// Level and place of the snare's wires as other drums wake them.
    bleed: f32,
    wires_hz: f32,
}

impl Stroke<'_> {
    /// A factor around 1 that differs from stroke to stroke, up to ± `share` at full variation.
    pub(crate) fn vary(&self, purpose: u32, share: f32) -> f32 {
        1.0 + share * self.variation * chance(self.hit.phase, purpose)
    }
    /// The same for pitches: where the stick falls, and the tape.
    pub(crate) fn tune(&self, share: f32) -> f32 {
        // Taste: up to half a semitone either way.
        self.vary(1, share) * (1.0 + 0.03 * self.wow * chance(self.hit.phase, 90))
    }
    /// 0 at a whisper … 1 at full force.
    pub(crate) fn force(&self) -> f32 {
        self.hit.velocity
    }
    /// Factor of the attack knob on transients and on what only a hard stroke wakes. Taste: an octave, 6 dB.
    pub(crate) fn hard(&self) -> f32 {
        self.hit.macros.attack.exp2()
    }
    /// The same on the length of contacts and attacks. Taste: a factor 3.5.
    pub(crate) fn quick(&self) -> f32 {
        (-1.8 * self.hit.macros.attack).exp2()
    }
    /// Factor of the body knob on decays. Taste: a factor 1.9.
    pub(crate) fn long(&self) -> f32 {
        (0.9 * self.hit.macros.body).exp2()
    }
    /// The same on the lowest partial. Taste: 3.6 dB.
    pub(crate) fn full(&self) -> f32 {
        (0.6 * self.hit.macros.body).exp2()
    }
    /// The snare's wires, woken by another drum.
    pub(crate) fn rattle(&self, delay_s: f32, t60_s: f32) -> Band {
        Band {
            hz: self.wires_hz,
            damping: 1.6,
            // Taste: some 30 dB under the drum itself.
            level: 0.1 * self.bleed * self.force() * self.force(),
            delay_s,
            attack_s: 0.008,
            t60_s,
            density: 0.5,
            ..Band::default()
        }
    }
}

/// How much of a mode a soft contact wakes: everything below the corner, 12 dB an octave less above.
pub(crate) fn soft(hz: f32, corner_hz: f32) -> f32 {
    let x = hz / corner_hz;
    1.0 / (1.0 + x * x)
}

/// A drum that sounds.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
pub(crate) enum DrumVoice {
    Struck(struck::Struck),
    Metal(Metal),
}

impl DrumVoice {
    pub(crate) fn start(kit: &KitTable, hit: &Hit) -> Option<DrumVoice> {
        let piece = piece_of(hit.pitch)?;
        let stroke = &Stroke {
            hit,
            variation: kit.variation,
            wow: kit.wow,
            bleed: kit.bleed,
            wires_hz: kit.snare.wires_hz,
        };
        let high = matches!(piece, Piece::CongaHigh | Piece::BongoHigh);
        Some(match piece {
            Piece::Kick => DrumVoice::Struck(kick::design(&kit.kick, stroke)),
            Piece::Snare => DrumVoice::Struck(snare::design(&kit.snare, stroke)),
            Piece::Rim => DrumVoice::Struck(block::side_stick(&kit.rim, stroke)),
            Piece::Cowbell if kit.cowbell.make == Make::Ringing => {
                DrumVoice::Metal(machine::cowbell(&kit.cowbell, stroke))
            }
            Piece::Cowbell => DrumVoice::Struck(block::cowbell(&kit.cowbell, stroke)),
            Piece::Claves => DrumVoice::Struck(block::claves(&kit.claves, stroke)),
            Piece::Clap => DrumVoice::Struck(clap::design(&kit.clap, stroke)),
            Piece::HatClosed | Piece::HatPedal | Piece::HatOpen => {
                DrumVoice::Metal(hat::design(&kit.hat, piece, stroke))
            }
            Piece::Ride | Piece::RideBell => {
                DrumVoice::Metal(cymbal::design(&kit.ride, piece, stroke))
            }
            Piece::Crash => DrumVoice::Metal(cymbal::design(&kit.crash, piece, stroke)),
            Piece::Splash => DrumVoice::Metal(cymbal::design(&kit.splash, piece, stroke)),
            Piece::TomHigh | Piece::TomMid | Piece::TomLow => {
                DrumVoice::Struck(tom::design(&kit.toms, piece, stroke))
            }
            Piece::Shaker => shaker::design(&kit.shaker, stroke),
            Piece::Tambourine => shaker::design(&kit.tambourine, stroke),
            Piece::CongaHigh | Piece::CongaLow => {
                DrumVoice::Struck(hand_drum::design(&kit.congas, high, stroke))
            }
            Piece::BongoHigh | Piece::BongoLow => {
                DrumVoice::Struck(hand_drum::design(&kit.bongos, high, stroke))
            }
        })
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        match self {
            DrumVoice::Struck(v) => v.tick(tick),
            DrumVoice::Metal(v) => v.tick(tick),
        }
    }
    /// Fills both sides.
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize) {
        match self {
            DrumVoice::Struck(v) => v.render(out, frames),
            DrumVoice::Metal(v) => v.render(out, frames),
        }
    }
    /// Nothing more will come.
    pub(crate) fn is_over(&self) -> bool {
        match self {
            DrumVoice::Struck(v) => v.is_over(),
            DrumVoice::Metal(v) => v.is_over(),
        }
    }
}
