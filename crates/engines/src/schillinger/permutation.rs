//! Permutations: the same terms in another order.

use super::Series;

/// The series begun `places` later, going round (circular permutation).
pub fn rotated(series: &[u8], places: usize) -> Series {
    let mut out = Series::new();
    for index in 0..series.len() {
        let from = (index + places % series.len().max(1)) % series.len().max(1);
        let _ = out.push(series[from]);
    }
    out
}

/// The series as often as it has terms, begun one term later each time: where it ends it is as it began.
///
/// # Example
/// ```
/// use engines::schillinger::permutation::round;
/// assert_eq!(round(&[3, 1, 2]), [3, 1, 2, 1, 2, 3, 2, 3, 1]);
/// ```
pub fn round(series: &[u8]) -> Series {
    let mut out = Series::new();
    for places in 0..series.len() {
        let _ = out.extend_from_slice(&rotated(series, places));
    }
    out
}

/// The series backwards.
pub fn reversed(series: &[u8]) -> Series {
    series.iter().rev().copied().collect()
}
