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
    /// Long against short at the bar's tempo, × 1000: eighths, sixteenths.
    ratios: [u16; 2],
}

/// Linear between two numbers by a percentage.
const fn mix(a: i32, b: i32, share: u8) -> i32 {
    a + (b - a) * share as i32 / 100
}

impl<'a> Groove<'a> {
    /// A lane's feel at a felt tempo; `share` is the second style's.
    pub fn new(
        (first, second): (&'a Style, &'a Style),
        share: u8,
        chosen: Option<&'a GrooveTemplate>,
        felt_mbpm: u32,
    ) -> Groove<'a> {
        let ratio = |unit| match chosen.and_then(|g| g.swing) {
            Some(swing) if swing.unit == unit => swing.ratio,
            Some(_) => 1000,
            None => {
                let of = |style: &Style| match style.swing.unit == unit {
                    true => style.swing.ratio_at(felt_mbpm) as i32,
                    false => 1000,
                };
                mix(of(first), of(second), share) as u16
            }
        };
        Groove {
            first,
            second,
            share,
            chosen,
            ratios: [SwingUnit::Eighth, SwingUnit::Sixteenth].map(ratio),
        }
    }
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
    /// Long against short of a subdivision, × 1000.
    pub const fn ratio(&self, unit: SwingUnit) -> u16 {
        match unit {
            SwingUnit::Eighth => self.ratios[0],
            SwingUnit::Sixteenth => self.ratios[1],
        }
    }
}
