//! What an equaliser does to a level, frequency by frequency, and a compressor, level by level: for pictures of them.

use music::mix::{Dynamics, EQ_BANDS, Eq, EqBand};

/// What a compressor takes away from a level that stays, dB (positive): threshold, knee and ratio, as it plays them.
pub fn compressor_reduction_db(with: &Dynamics, level_db: f32) -> f32 {
    let knee = with.knee_db.clamp(0.1, 40.0);
    let over = level_db - with.threshold_db.clamp(-80.0, 20.0);
    let bent = match over + 0.5 * knee {
        bend if bend <= 0.0 => 0.0,
        bend if over < 0.5 * knee => bend * bend / (2.0 * knee),
        _ => over,
    };
    (1.0 - 1.0 / with.ratio.clamp(1.0, 100.0)) * bent
}

/// Gain of a high-pass, a low shelf, bells and a high shelf in a row, dB. At 0 Hz the high-pass is open.
/// Reference: the analogue prototypes of Bristow-Johnson's Audio EQ Cookbook, whose filters play.
pub fn eq_response_db(eq: &Eq, high_pass_hz: f32, hz: f32) -> f32 {
    let bands = eq.iter().enumerate();
    let bands: f64 = bands.map(|(place, band)| band_db(place, band, hz)).sum();
    let passed = match high_pass_hz > 20.0 {
        true => {
            let w = f64::from(hz / high_pass_hz);
            ratio_db([0.0, 0.0, 1.0], [1.0, std::f64::consts::SQRT_2, 1.0], w)
        }
        false => 0.0,
    };
    (bands + passed) as f32
}

fn band_db(place: usize, band: &EqBand, hz: f32) -> f64 {
    if band.db == 0.0 {
        return 0.0;
    }
    let w = f64::from(hz / band.hz.max(1.0));
    let a = 10f64.powf(f64::from(band.db) / 40.0);
    let root = a.sqrt() * std::f64::consts::SQRT_2;
    match place {
        0 => ratio_db([a * a, root * a, a], [1.0, root, a], w),
        last if last + 1 == EQ_BANDS => ratio_db([a, root * a, a * a], [a, root, 1.0], w),
        _ => {
            let q = f64::from(band.q.max(0.05));
            ratio_db([1.0, a / q, 1.0], [1.0, 1.0 / (a * q), 1.0], w)
        }
    }
}

/// |n(jw) / d(jw)|² in dB of polynomials in s, lowest power first.
fn ratio_db(n: [f64; 3], d: [f64; 3], w: f64) -> f64 {
    let size = |c: [f64; 3]| (c[0] - c[2] * w * w).powi(2) + (c[1] * w).powi(2);
    10.0 * (size(n) / size(d)).max(1e-12).log10()
}

#[cfg(test)]
mod tests {
    use music::mix::FLAT_EQ;

    use super::*;

    #[test]
    fn bands_do_what_they_say_where_they_say_it() {
        let near = |a: f32, b: f32| (a - b).abs() < 0.1;
        assert_eq!(eq_response_db(&FLAT_EQ, 0.0, 440.0), 0.0);
        for (place, at, db) in [
            (0, 25.0, 6.0),
            (1, 400.0, -9.0),
            (2, 2500.0, 4.0),
            (3, 19_900.0, -5.0),
        ] {
            let mut eq = FLAT_EQ;
            eq[place].db = db;
            if place == 3 {
                eq[3].hz = 4000.0;
            }
            let got = eq_response_db(&eq, 0.0, at);
            assert!((got - db).abs() < 0.5, "band {place}: {got}");
        }
        assert!(near(eq_response_db(&FLAT_EQ, 100.0, 100.0), -3.01));
        assert!(near(eq_response_db(&FLAT_EQ, 100.0, 50.0), -12.3));
        assert!(near(eq_response_db(&FLAT_EQ, 100.0, 5000.0), 0.0));
    }
}
