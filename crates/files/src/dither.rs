//! Samples as whole numbers: rounded with dither, so that the error is noise and no distortion.

/// The noise, by its state.
#[derive(Clone, Copy, Debug)]
pub struct Dither(u32);

impl Default for Dither {
    fn default() -> Dither {
        Dither(0x9e37_79b9)
    }
}

impl Dither {
    /// A sample as a whole number of so many bits. Silence stays silence.
    pub fn whole(&mut self, sample: f32, bits: u32) -> i32 {
        let full = f64::from(1i32 << (bits - 1));
        // Triangular, two steps wide: no distortion and no noise that moves with the sound. Reference: Lipshitz,
        // Wannamaker & Vanderkooy, "Quantization and Dither", JAES 40, 1992.
        let dither = self.throw() - self.throw();
        let dither = if sample == 0.0 { 0.0 } else { dither };
        let whole = (f64::from(sample) * full + dither).round();
        whole.clamp(-full, full - 1.0) as i32
    }
    /// Even noise between 0 and 1. Reference: Marsaglia, "Xorshift RNGs", 2003.
    fn throw(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        f64::from(self.0) / f64::from(u32::MAX)
    }
}
