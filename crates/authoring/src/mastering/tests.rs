use super::*;

const RATE: u32 = 48_000;

/// Noise that falls by `tilt` dB an octave, made of sines so that every band is known; `side` is their level
/// between the channels.
fn piece(seconds: f32, level: f32, tilt: f32, side: f32) -> [Vec<f32>; 2] {
    let length = (seconds * RATE as f32) as usize;
    let mut out = [vec![0.0; length], vec![0.0; length]];
    for (band, hz) in BAND_HZ.iter().enumerate().take(BANDS - 1) {
        let octaves = (hz / 1000.0).log2();
        let gain = level * 10f32.powf(tilt * octaves / 20.0);
        let [left, right] = &mut out;
        for (i, (left, right)) in left.iter_mut().zip(right).enumerate() {
            let turn = core::f64::consts::TAU * f64::from(*hz) * i as f64 / f64::from(RATE);
            let mid = (turn + band as f64).sin() as f32;
            let wide = (turn + 2.0 * band as f64 + 1.0).sin() as f32;
            *left += gain * (mid + side * wide);
            *right += gain * (mid - side * wide);
        }
    }
    out
}

fn measured(audio: &[Vec<f32>; 2], piece: usize) -> Likeness {
    let mut measure = Measure::new(RATE).unwrap();
    for (left, right) in audio[0].chunks(piece).zip(audio[1].chunks(piece)) {
        measure.add(left, right).unwrap();
    }
    measure.finish().unwrap()
}

#[test]
fn a_sine_reads_as_it_is() {
    let level = 10f32.powf(-23.0 / 20.0);
    let sine: Vec<f32> = (0..10 * RATE)
        .map(|i| level * (i as f32 * core::f32::consts::TAU * 1000.0 / RATE as f32).sin())
        .collect();
    let likeness = measured(&[sine.clone(), sine], 4096);
    assert!((likeness.lufs + 23.0).abs() < 0.1, "{likeness:?}");
    assert!((likeness.true_peak_dbtp + 23.0).abs() < 0.1, "{likeness:?}");
    assert!((likeness.crest_db - 3.01).abs() < 0.05, "{likeness:?}");
    let loudest = (0..BANDS)
        .max_by(|a, b| likeness.mid_db[*a].total_cmp(&likeness.mid_db[*b]))
        .unwrap();
    assert_eq!(BAND_HZ[loudest], 1000.0);
    assert!(
        (likeness.mid_db[loudest] + 26.0).abs() < 0.2,
        "a sine of −23 dBFS has a mean square of −26 dB: {}",
        likeness.mid_db[loudest]
    );
    assert!(likeness.width_db < -80.0);
    assert!((likeness.seconds - 10.0).abs() < 1e-9);
}

#[test]
fn spectrum_and_width_are_read_whatever_the_pieces() {
    let audio = piece(4.0, 0.02, -3.0, 0.25);
    let likeness = measured(&audio, 999);
    assert_eq!(likeness.mid_db, measured(&audio, 192_000).mid_db);
    // 0.25 in the side against 1 in the mid.
    assert!(
        (likeness.width_db + 12.04).abs() < 0.2,
        "{}",
        likeness.width_db
    );
    let spectrum = likeness.spectrum_db();
    let at = |hz: f32| spectrum[BAND_HZ.iter().position(|b| *b == hz).unwrap()];
    assert!((at(250.0) - at(4000.0) - 12.0).abs() < 0.3, "{spectrum:?}");
}

#[test]
fn silence_between_passages_does_not_count() {
    let audio = piece(3.0, 0.02, -3.0, 0.25);
    let mut gaps = audio.clone();
    for side in &mut gaps {
        side.extend(std::iter::repeat_n(0.0, 6 * RATE as usize));
    }
    let (dense, gaps) = (measured(&audio, 4096), measured(&gaps, 4096));
    for (band, hz) in BAND_HZ.iter().enumerate().take(28).skip(3) {
        let apart = (dense.mid_db[band] - gaps.mid_db[band]).abs();
        assert!(apart < 1.0, "{hz} Hz: {apart} dB");
    }
}

#[test]
fn the_way_to_another_piece_is_the_difference_of_the_two() {
    let own = measured(&piece(4.0, 0.02, -3.0, 0.25), 4096);
    let reference = measured(&piece(4.0, 0.03, -4.5, 0.5), 4096);
    let way = towards(&own, &reference);
    let at = |hz: f32| way.eq_db[BAND_HZ.iter().position(|b| *b == hz).unwrap()];
    // 1.5 dB an octave darker.
    assert!(
        (at(250.0) - at(4000.0) - 6.0).abs() < 0.3,
        "{:?}",
        way.eq_db
    );
    assert!((way.width_db - 6.02).abs() < 0.3, "{}", way.width_db);
    assert_eq!(way.lufs, reference.lufs);
    let half = way.by(0.5, &own);
    assert!((half.width_db - 0.5 * way.width_db).abs() < 1e-6);
    assert!((half.lufs - 0.5 * (own.lufs + reference.lufs)).abs() < 1e-4);
    let none = way.by(0.0, &own);
    assert_eq!(
        (none.eq_db, none.width_db, none.lufs),
        ([0.0; BANDS], 0.0, own.lufs)
    );
    let same = Errors::between(&own, &own);
    assert_eq!(same.spectrum_db, 0.0);
    let errors = Errors::between(&own, &reference);
    assert!(
        errors.spectrum_db > 2.0 && errors.width_db < -5.0,
        "{errors:?}"
    );
}

#[test]
fn silence_and_a_click_have_likenesses_that_ask_for_nothing_wild() {
    let silent = measured(&[vec![0.0; 96_000], vec![0.0; 96_000]], 4096);
    assert!(silent.is_silent());
    let own = measured(&piece(2.0, 0.02, -3.0, 0.25), 4096);
    assert_eq!(towards(&own, &silent).eq_db, [0.0; BANDS]);
    assert_eq!(towards(&silent, &own).width_db, 0.0);
    let short = measured(&[vec![0.5; 10], vec![0.5; 10]], 10);
    assert!(short.mid_db.iter().all(|db| db.is_finite()));
    let nothing = Measure::new(RATE).unwrap().finish().unwrap();
    assert!(nothing.is_silent() && nothing.width_db.is_finite());
}
