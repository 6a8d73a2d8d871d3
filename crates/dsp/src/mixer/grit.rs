//! Coarse converters and worn tape of one lane: samples held too long and rounded.

/// The converters of a lane.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Grit {
    pub(crate) amount: f32,
    turns: f32,
    held: [f32; 2],
}

impl Grit {
    /// Forgets what it holds.
    pub(crate) fn clear(&mut self) {
        self.held = [0.0; 2];
    }
    /// In place, on two neighbouring channels of a quad.
    pub(crate) fn process(&mut self, block: &mut [[f32; 4]], channel: usize, rate: f32) {
        // Taste: from 30 kHz and 13 bits down to 9 kHz and 8 bits.
        let turns = (30_000.0 * (-1.7 * self.amount).exp2() / rate).min(1.0);
        let steps = (13.0 - 5.0 * self.amount).exp2();
        for x in block.iter_mut() {
            let pair = &mut x[channel..channel + 2];
            self.turns += turns;
            if self.turns >= 1.0 {
                self.turns -= 1.0;
                for (x, held) in pair.iter().zip(&mut self.held) {
                    *held = ((x * steps + 12_582_912.0) - 12_582_912.0) / steps;
                }
            }
            for (x, held) in pair.iter_mut().zip(&self.held) {
                *x += (0.5 + 0.5 * self.amount) * (held - *x);
            }
        }
    }
}
