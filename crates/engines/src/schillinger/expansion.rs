//! Coordinate expansion: the same melody with every step of the scale taken wider.

/// The scale step that a step becomes in the expansion of an order: order 0 leaves it, order 1 takes the scale in
/// thirds (1 3 5 7 2 4 6), order 2 in fourths, order 3 in fifths.
///
/// # Example
/// ```
/// use engines::schillinger::expansion::expanded;
/// assert_eq!(expanded(3, 1), 6);
/// ```
pub const fn expanded(step: i32, order: u8) -> i32 {
    step * (order as i32 + 1)
}

/// The scale degrees (from 0) in the order in which an expansion of a scale of `tones` visits them, the first
/// `tones` of them.
pub fn degrees(tones: u8, order: u8) -> heapless::Vec<u8, 16> {
    let tones = tones.clamp(1, 16);
    (0..i32::from(tones))
        .map(|step| expanded(step, order).rem_euclid(i32::from(tones)) as u8)
        .collect()
}
