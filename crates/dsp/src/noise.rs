//! Chance in sound: hashes of a note's phase, and a noise source of its own for every voice.

/// Mixes 32 bits.
///
/// Reference: the two-round xor-multiply finaliser form, constants by C. Wellons' search.
pub(crate) fn hash(x: u32) -> u32 {
    let x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    let x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// A value in −1 … 1 for a note's phase and a purpose.
pub(crate) fn chance(phase: u32, purpose: u32) -> f32 {
    signed(hash(phase ^ hash(purpose.wrapping_add(0x9e37_79b9))))
}

fn signed(bits: u32) -> f32 {
    bits as i32 as f32 * (1.0 / 2_147_483_648.0)
}

/// White noise.
///
/// Reference: G. Marsaglia, xorshift with shifts 13, 17, 5.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noise(u32);

impl Noise {
    pub(crate) fn new(phase: u32, purpose: u32) -> Noise {
        Noise(hash(phase ^ hash(purpose)) | 1)
    }
    /// The next sample, −1 … 1.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> f32 {
        let mut x = self.0;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.0 = x;
        signed(x)
    }
}
