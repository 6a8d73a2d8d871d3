//! Whose feel a lane has: the first style's, the second's, anything between, or a groove that was chosen.

use music::drum::Piece;
use music::groove::{GrooveStep, GrooveTemplate, SwingUnit};
use music::style::Style;

/// A lane's feel in one bar: two styles with the share of the second, and a chosen groove in front of both.
#[derive(Clone, Copy, Debug)]
pub struct Groove<'a> {
    /// The first style.
    pub first: &'a Style,
    /// The second one.
    pub second: &'a Style,
    /// Share of the second, percent.
    pub share: u8,
    /// The groove that the user chose.
    pub chosen: Option<&'a GrooveTemplate>,
}

/// Linear between two numbers by a percentage.
const fn mix(a: i32, b: i32, share: u8) -> i32 {
    a + (b - a) * share as i32 / 100
}

impl Groove<'_> {
    /// What players do with a piece at a step of the 4/4 bar.
    pub fn step(&self, piece: Piece, pattern_step: u8) -> GrooveStep {
        let of = |template: &GrooveTemplate| template.pieces[piece as usize][pattern_step as usize];
        if let Some(chosen) = self.chosen {
            return of(chosen);
        }
        let (a, b) = (of(&self.first.groove), of(&self.second.groove));
        // Who never strikes there has no say, unless alone.
        match (self.share, a.velocity, b.velocity) {
            (0, ..) | (1..100, 1.., 0) => a,
            (100.., ..) | (_, 0, 1..) => b,
            (share, ..) => GrooveStep {
                offset_us: mix(a.offset_us as i32, b.offset_us as i32, share) as i16,
                velocity: mix(a.velocity as i32, b.velocity as i32, share) as u8,
                velocity_sd: mix(a.velocity_sd as i32, b.velocity_sd as i32, share) as u8,
            },
        }
    }
    /// The usual place of a pitched player under a chosen groove, microseconds: where the closed hat is, else
    /// the kick. `None` without a chosen groove.
    pub fn pitched_us(&self, pattern_step: u8) -> Option<i64> {
        let chosen = self.chosen?;
        let at = |piece: Piece| chosen.pieces[piece as usize][pattern_step as usize];
        let found = [Piece::HatClosed, Piece::Ride, Piece::Kick]
            .into_iter()
            .map(at)
            .find(|step| step.velocity > 0);
        Some(found.map_or(0, |step| step.offset_us as i64))
    }
    /// Standard deviation of what the usual places do not explain, microseconds.
    pub fn residual_sd_us(&self) -> i64 {
        self.number(|template| template.residual_sd_us as i32) as i64
    }
    /// Correlation of that remainder between neighbouring strokes, percent.
    pub fn residual_lag1(&self) -> u8 {
        self.number(|template| template.residual_lag1 as i32) as u8
    }
    fn number(&self, of: impl Fn(&GrooveTemplate) -> i32) -> i32 {
        match self.chosen {
            Some(chosen) => of(chosen),
            None => mix(of(&self.first.groove), of(&self.second.groove), self.share),
        }
    }
    /// Which subdivision swings: the chosen groove's where it says one, else the lane's own style's.
    pub fn unit(&self) -> SwingUnit {
        if let Some(swing) = self.chosen.and_then(|g| g.swing) {
            return swing.unit;
        }
        if self.share < 50 {
            self.first.swing.unit
        } else {
            self.second.swing.unit
        }
    }
    /// Long against short of a subdivision at a felt tempo, × 1000.
    pub fn ratio(&self, unit: SwingUnit, felt_mbpm: u32) -> u16 {
        if let Some(swing) = self.chosen.and_then(|g| g.swing) {
            return if swing.unit == unit {
                swing.ratio
            } else {
                1000
            };
        }
        let of = |style: &Style| {
            if style.swing.unit == unit {
                style.swing.ratio_at(felt_mbpm) as i32
            } else {
                1000
            }
        };
        mix(of(self.first), of(self.second), self.share) as u16
    }
}
