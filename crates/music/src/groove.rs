//! The feel of a band: where each step really falls and how hard it is struck.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::Name;
use crate::drum::PIECES;

/// Steps of a 4/4 bar that a template describes.
pub const GROOVE_STEPS: usize = 16;

/// What players do at one step of the bar with one piece. Stored as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct GrooveStep {
    /// Usual place against the grid, microseconds (negative is early).
    pub offset_us: i16,
    /// Usual velocity, 0 = never struck here.
    pub velocity: u8,
    /// Standard deviation of the velocity.
    pub velocity_sd: u8,
}

impl From<GrooveStep> for u32 {
    fn from(s: GrooveStep) -> u32 {
        s.offset_us as u16 as u32 | (s.velocity as u32) << 16 | (s.velocity_sd as u32) << 24
    }
}

impl From<u32> for GrooveStep {
    fn from(n: u32) -> GrooveStep {
        GrooveStep {
            offset_us: n as u16 as i16,
            velocity: (n >> 16) as u8,
            velocity_sd: (n >> 24) as u8,
        }
    }
}

/// A feel measured from players: per piece and step the usual place and force, and how the rest drifts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrooveTemplate {
    /// Name of the feel.
    pub name: Name,
    /// Stable number, 1–63: what automation stores; 0 has none and cannot be chosen.
    #[serde(default)]
    pub slot: u8,
    /// `[piece][step]`, steps of a 4/4 bar; other meters read by beat role.
    pub pieces: [[GrooveStep; GROOVE_STEPS]; PIECES],
    /// Standard deviation of what the usual places do not explain, microseconds.
    pub residual_sd_us: u16,
    /// Correlation of that remainder between neighbouring strokes, percent: it drifts, it is not noise.
    pub residual_lag1: u8,
    /// Swing that belongs to the feel: plays where the groove is chosen by itself; `None` leaves the style's.
    #[serde(default)]
    pub swing: Option<GrooveSwing>,
}

/// A swing that was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrooveSwing {
    /// Which subdivision swings.
    pub unit: SwingUnit,
    /// Long against short, × 1000: 1000 is straight, 2000 a triplet.
    pub ratio: u16,
}

impl Default for GrooveTemplate {
    fn default() -> Self {
        GrooveTemplate {
            name: Name::new(),
            slot: 0,
            pieces: [[GrooveStep::default(); GROOVE_STEPS]; PIECES],
            residual_sd_us: 14_000,
            residual_lag1: 60,
            swing: None,
        }
    }
}

/// Which subdivision swings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SwingUnit {
    /// Off-beat eighths move.
    #[default]
    Eighth,
    /// Off-beat sixteenths move.
    Sixteenth,
}

/// Swing over tempo: fast bands swing less.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwingTable {
    /// Which subdivision swings.
    pub unit: SwingUnit,
    /// (tempo in BPM, long:short ratio × 1000), by rising tempo; 1000 is straight, 2000 a triplet.
    pub points: Vec<(u16, u16), 6>,
}

impl SwingTable {
    /// Ratio × 1000 at a tempo in thousandths of a BPM, linear between points; 1000 without points.
    pub fn ratio_at(&self, tempo_mbpm: u32) -> u16 {
        let tempo = tempo_mbpm as i64;
        let mut before: Option<(i64, i64)> = None;
        for &(bpm, ratio) in &self.points {
            let (at, ratio) = (bpm as i64 * 1000, ratio as i64);
            if tempo <= at {
                return match before {
                    Some((b, r)) if at > b => (r + (ratio - r) * (tempo - b) / (at - b)) as u16,
                    _ => ratio as u16,
                };
            }
            before = Some((at, ratio));
        }
        before.map_or(1000, |(_, r)| r as u16)
    }
}
