//! Density: how many of the parts sound at once, rotated so that every part has its turn.

/// Which of `parts` sound in a phase: `together` of them, beginning one later each time it goes round. A bit
/// for every part.
///
/// # Example
/// ```
/// use engines::schillinger::density::sounding;
/// assert_eq!(sounding(4, 2, 0), 0b0011);
/// assert_eq!(sounding(4, 2, 3), 0b1001);
/// ```
pub const fn sounding(parts: u8, together: u8, phase: u32) -> u16 {
    let (mut bits, mut index) = (0u16, 0u32);
    let parts = if parts == 0 || parts > 16 { 16 } else { parts };
    while index < together as u32 && index < parts as u32 {
        bits |= 1 << ((phase + index) % parts as u32);
        index += 1;
    }
    bits
}
