//! Accents by powers and by growth: groups of durations whose first units are stressed.

use super::Series;

/// The distributive square of a group: every term times every term, in order. A group of three units becomes
/// nine units whose terms go with the group played three times as slow.
///
/// # Example
/// ```
/// use engines::schillinger::accents::squared;
/// assert_eq!(squared(&[2, 1]), [4, 2, 2, 1]);
/// ```
pub fn squared(group: &[u8]) -> Series {
    product(group, group)
}

/// The distributive cube of a group.
pub fn cubed(group: &[u8]) -> Series {
    product(&squared(group), group)
}

/// Every term of `a` times every term of `b`, in order.
pub fn product(a: &[u8], b: &[u8]) -> Series {
    let mut out = Series::new();
    for x in a {
        for y in b {
            let _ = out.push(x.saturating_mul(*y));
        }
    }
    out
}

/// How a row of durations grows from term to term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// 1 2 3 4 5 …
    Natural,
    /// 1 3 5 7 9 …
    Odd,
    /// 1 2 4 8 16 …
    Doubling,
    /// 1 2 3 5 8 13 …: each the sum of the two before.
    Summation,
    /// 1 2 3 5 7 11 …
    Prime,
}

/// The first `count` terms of a growth series; a rallentando played as durations, an accelerando backwards.
/// Terms above 255 are 255.
pub fn grown(growth: Growth, count: usize) -> Series {
    let mut out = Series::new();
    let is_prime = |n: u32| n >= 2 && (2..n).all(|d| !n.is_multiple_of(d));
    let (mut last, mut before) = (0u32, 1u32);
    for index in 0..count as u32 {
        let term = match growth {
            Growth::Natural => index + 1,
            Growth::Odd => 2 * index + 1,
            Growth::Doubling => 1 << index.min(8),
            Growth::Summation => last + before,
            Growth::Prime if index == 0 => 1,
            Growth::Prime => (last + 1..256).find(|n| is_prime(*n)).unwrap_or(255),
        };
        (before, last) = match growth {
            Growth::Summation if index == 0 => (1, 1),
            Growth::Summation => (last.min(255), term),
            _ => (last, term),
        };
        if out.push(term.min(255) as u8).is_err() {
            break;
        }
    }
    out
}

/// Whether a unit is the first of a group when the groups go round: where the stress falls.
pub fn is_stressed(groups: &[u8], unit: u32) -> bool {
    super::struck(groups, unit).is_some()
}
