//! What the automatic mix decided about one song, and why.
//!
//! Plain numbers: playing live and rendering apply the very same ones. They carry a fingerprint of what was
//! listened to, so that they can be called stale; nothing here decides when.

use core::fmt;

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::profile::{Eq, FLAT_EQ};
use crate::lane::{LANES, Lane};
use crate::plan::SectionKind;

/// Most reasons that are kept.
pub const MAX_REASONS: usize = 48;

/// Bands of the master's graphic equaliser: thirds of an octave, 20 Hz to 20 kHz.
pub const THIRDS: usize = 31;

/// What was decided about a lane; it is added to the profile and the style.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneDecision {
    /// Level.
    ///
    /// # Range
    /// −24 to 12 dB
    pub level_db: f32,
    /// Added to the pan.
    ///
    /// # Range
    /// −1 to 1
    pub pan: f32,
    /// An equaliser after the profile's.
    pub eq: Eq,
    /// Added to how far the kick ducks it.
    ///
    /// # Range
    /// −24 to 24 dB
    pub duck_db: f32,
}

impl Default for LaneDecision {
    fn default() -> Self {
        LaneDecision {
            level_db: 0.0,
            pan: 0.0,
            eq: FLAT_EQ,
            duck_db: 0.0,
        }
    }
}

/// What was decided about the master.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MasterDecision {
    /// Gain before the limiter that brings the song to its loudness; takes the place of the profile's.
    ///
    /// # Range
    /// −24 to 36 dB
    pub gain_db: f32,
    /// An equaliser after the profile's.
    pub eq: Eq,
    /// Integrated loudness that the gain was found for, LUFS.
    pub target_lufs: f32,
    /// Ceiling that it was found for, dBTP.
    pub ceiling_dbtp: f32,
    /// Towards the reference: gains of the graphic equaliser, dB, by thirds of an octave.
    pub match_db: [f32; THIRDS],
    /// Towards the reference: gain of the side, dB.
    ///
    /// # Range
    /// −12 to 12 dB
    pub match_width_db: f32,
}

impl Default for MasterDecision {
    fn default() -> Self {
        MasterDecision {
            gain_db: 0.0,
            eq: FLAT_EQ,
            target_lufs: -14.0,
            ceiling_dbtp: -1.0,
            match_db: [0.0; THIRDS],
            match_width_db: 0.0,
        }
    }
}

/// Everything that was decided about a song.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// Of the song and the controls that were listened to.
    pub fingerprint: u64,
    /// By [`Lane::index`].
    pub lanes: [LaneDecision; LANES],
    /// Level by [`SectionKind`] and lane in dB, on top of the lane's.
    pub by_section_db: [[f32; LANES]; SectionKind::COUNT],
    /// The master.
    pub master: MasterDecision,
    /// Why, the weightiest first.
    pub decisions: Vec<Decision, MAX_REASONS>,
}

/// What a decision changes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A lane's level, dB.
    Level(Lane),
    /// A band of a lane's equaliser, dB at Hz.
    Eq(Lane, f32),
    /// A lane's pan, −1 to 1.
    Pan(Lane),
    /// How far the kick ducks a lane, dB.
    Duck(Lane),
    /// A lane's level in sections of a kind, dB.
    Section(Lane, SectionKind),
    /// The master's gain, dB.
    MasterGain,
    /// A band of the master's equaliser, dB at Hz.
    MasterEq(f32),
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It was louder or softer than the style's balance.
    Balance,
    /// It covers another lane there.
    Masks(Lane),
    /// Both stood in one place.
    Apart(Lane),
    /// Low notes of both fall together.
    Kick,
    /// Too much between 200 and 500 Hz.
    Muddy,
    /// Too much between 2 and 6 kHz.
    Harsh,
    /// Too little where the genre has more.
    Thin,
    /// The section's energy.
    Energy,
    /// The spectrum's slope left the genre's band.
    Tilt,
    /// The loudness that was asked for, LUFS.
    Loudness(f32),
}

/// One change with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What changes.
    pub what: What,
    /// By how much, in the unit of `what`.
    pub amount: f32,
    /// Why.
    pub why: Reason,
}

/// A number with its sign, as a mixer reads it.
struct Signed(f32);

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0.0 { '\u{2212}' } else { '+' };
        write!(
            f,
            "{sign}{:.1}",
            if self.0 < 0.0 { -self.0 } else { self.0 }
        )
    }
}

/// A frequency as a mixer reads it: `250 Hz`, `3.2 kHz`.
struct Place(f32);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1000.0 {
            write!(f, "{:.0} Hz", self.0)
        } else {
            write!(f, "{:.1} kHz", self.0 / 1000.0)
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let db = Signed(self.amount);
        match self.what {
            What::Level(lane) => write!(f, "{db} dB on {}", lane.id())?,
            What::Eq(lane, hz) => write!(f, "{db} dB at {} on {}", Place(hz), lane.id())?,
            What::Pan(lane) => {
                let percent = self.amount * 100.0;
                let (side, percent) = if percent < 0.0 {
                    ("left", -percent)
                } else {
                    ("right", percent)
                };
                write!(f, "{percent:.0} % to the {side} for {}", lane.id())?;
            }
            What::Duck(lane) => write!(f, "{db} dB of ducking on {}", lane.id())?,
            What::Section(lane, kind) => {
                write!(f, "{db} dB on {} in each {}", lane.id(), kind.word())?;
            }
            What::MasterGain => write!(f, "{db} dB on the master")?,
            What::MasterEq(hz) => write!(f, "{db} dB at {} on the master", Place(hz))?,
        }
        match self.why {
            Reason::Balance => write!(f, ": away from the style's balance"),
            Reason::Masks(lane) => write!(f, ": masks {}", lane.id()),
            Reason::Apart(lane) => write!(f, ": stands apart from {}", lane.id()),
            Reason::Kick => write!(f, ": room for the kick"),
            Reason::Muddy => write!(f, ": muddy"),
            Reason::Harsh => write!(f, ": harsh"),
            Reason::Thin => write!(f, ": thin"),
            Reason::Energy => write!(f, ": follows the energy"),
            Reason::Tilt => write!(f, ": brings the spectrum to the genre's slope"),
            Reason::Loudness(lufs) => {
                let size = if lufs < 0.0 { -lufs } else { lufs };
                write!(f, ": to \u{2212}{size:.1} LUFS")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use core::fmt::Write;

    use super::*;

    #[test]
    fn a_decision_reads_like_a_sentence() {
        let say = |what, amount, why| {
            let mut text = heapless::String::<96>::new();
            write!(text, "{}", Decision { what, amount, why }).expect("fits");
            text
        };
        assert_eq!(
            say(
                What::Eq(Lane::Harmony, 250.0),
                -2.5,
                Reason::Masks(Lane::Bass)
            ),
            "\u{2212}2.5 dB at 250 Hz on harmony: masks bass"
        );
        assert_eq!(
            say(What::MasterGain, 4.0, Reason::Loudness(-14.0)),
            "+4.0 dB on the master: to \u{2212}14.0 LUFS"
        );
        assert_eq!(
            say(What::Pan(Lane::Texture), -0.3, Reason::Apart(Lane::Harmony)),
            "30 % to the left for texture: stands apart from harmony"
        );
        assert_eq!(
            say(What::MasterEq(3200.0), 1.0, Reason::Tilt),
            "+1.0 dB at 3.2 kHz on the master: brings the spectrum to the genre's slope"
        );
    }
}
