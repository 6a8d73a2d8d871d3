//! Resultants: what is struck when periodic pulses run together.

use super::{MAX_TERMS, Series};

/// Longest cycle in units that a series may describe.
const MAX_UNITS: u32 = 96;

const fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// Units after which both periods begin together.
const fn least_common_multiple(a: u32, b: u32) -> u32 {
    a / greatest_common_divisor(a, b) * b
}

/// Durations between the units below `units` at which `is_struck`; unit 0 always is.
fn between(units: u32, is_struck: impl Fn(u32) -> bool) -> Series {
    let mut out = Series::new();
    let (units, mut since) = (units.clamp(1, MAX_UNITS), 0u8);
    for unit in 0..units {
        if unit > 0 && is_struck(unit) {
            let _ = out.push(since);
            since = 0;
        }
        since += 1;
    }
    let _ = out.push(since);
    debug_assert!(out.len() <= MAX_TERMS);
    out
}

/// The resultant of two generators over their common cycle. A generator of 0 counts as 1.
///
/// # Example
/// ```
/// assert_eq!(engines::schillinger::resultant::two(4, 3), [3, 1, 2, 2, 1, 3]);
/// ```
pub fn two(a: u8, b: u8) -> Series {
    let (a, b) = (u32::from(a.max(1)), u32::from(b.max(1)));
    between(least_common_multiple(a, b), |unit| {
        unit.is_multiple_of(a) || unit.is_multiple_of(b)
    })
}

/// The resultant of three generators over their common cycle.
pub fn three(a: u8, b: u8, c: u8) -> Series {
    let all = [a, b, c].map(|g| u32::from(g.max(1)));
    let cycle = least_common_multiple(least_common_multiple(all[0], all[1]), all[2]);
    between(cycle, |unit| all.iter().any(|g| unit.is_multiple_of(*g)))
}

/// Fractioning: over the square of the major generator, the minor one begins anew at every multiple of the
/// major from which its cycle still fits. Generators that are equal or in the wrong order are exchanged.
pub fn fractioned(a: u8, b: u8) -> Series {
    let (major, minor) = (u32::from(a.max(b).max(1)), u32::from(a.min(b).max(1)));
    let groups = major - minor + 1;
    between(major * major, |unit| {
        let begun = |group: u32| {
            let from = group * major;
            unit >= from && unit - from <= major * minor && (unit - from).is_multiple_of(minor)
        };
        unit.is_multiple_of(major) || (0..groups).any(begun)
    })
}
