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

/// How many sound together in a phase when the numbers of a group follow one another and every return begins
/// one number later: a group of three numbers has come round after nine phases.
pub fn together(group: &[u8], phase: u32) -> u8 {
    let count = group.len() as u32;
    if count == 0 {
        return 0;
    }
    let (round, place) = (phase / count % count, phase % count);
    group[((round + place) % count) as usize]
}
