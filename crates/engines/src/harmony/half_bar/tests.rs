//! Half bars in odd meters.

use music::time::Meter;

use super::half_bar;

#[test]
fn half_bars_start_where_the_second_group_does() {
    let half = |n, d| half_bar(Meter::new(n, d).unwrap());
    assert_eq!(half(4, 4), Some(8));
    assert_eq!(half(5, 4), Some(12));
    assert_eq!(half(3, 4), Some(8));
    assert_eq!(half(6, 8), Some(6));
    assert_eq!(half(7, 8), Some(8));
    assert_eq!(half(8, 4), Some(16));
    assert_eq!(half(3, 8), None);
}
