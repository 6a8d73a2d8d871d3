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

/// The series backwards.
pub fn reversed(series: &[u8]) -> Series {
    series.iter().rev().copied().collect()
}

/// How many orders up to twelve places have: the factorial.
pub const fn orders(places: usize) -> u32 {
    let (mut n, mut k) = (1, 2);
    while k <= places && k <= 12 {
        n *= k as u32;
        k += 1;
    }
    n
}

/// The order with number `rank` of the first places (at most twelve; later ones stay), in the lexicographic
/// sequence of places; ranks go round.
///
/// # Example
/// ```
/// use engines::schillinger::permutation::ordered;
/// assert_eq!(ordered(&[3, 1, 2], 0), [3, 1, 2]);
/// assert_eq!(ordered(&[3, 1, 2], 5), [2, 1, 3]);
/// ```
pub fn ordered(series: &[u8], rank: u32) -> Series {
    let places = series.len().min(12);
    let mut left: heapless::Vec<u8, 12> = series[..places].iter().copied().collect();
    let mut rank = rank % orders(places);
    let mut out = Series::new();
    for place in (0..places).rev() {
        let below = orders(place);
        let _ = out.push(left.remove((rank / below) as usize));
        rank %= below;
    }
    let _ = out.extend_from_slice(&series[places..]);
    out
}
