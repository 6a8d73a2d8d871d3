//! Every style as its profile mixes it, before anybody listened to the song: the slope of its spectrum, headroom of
//! its stems, kick and bass apart, balance of its lanes.
//!
//! `cargo test --profile quick -p authoring --test mixes -- --nocapture` prints the figures of every style.

mod rig;

use std::fmt::Write as _;
use std::path::Path;

use authoring::Library;
use authoring::mastering::{BAND_HZ, Likeness};
use authoring::mixing::slope_db;
use music::lane::Lane;
use music::mix::MixProfile;
use rig::{Heard, hear};

/// Furthest that a lane may stand from its place in the profile before the automatic mix corrects it, LU.
///
/// Measured: over the styles; only what carries the song counts, for a texture may come and go.
const BALANCE_LU: f32 = 8.0;
/// Where kick and bass meet.
const LOW_HZ: core::ops::RangeInclusive<f32> = 31.5..=125.0;

/// Strongest band of a stem below 125 Hz, and its level.
fn strongest(stem: &Likeness) -> (usize, f32) {
    let spectrum = stem.spectrum_db();
    (0..BAND_HZ.len())
        .filter(|band| LOW_HZ.contains(&BAND_HZ[*band]))
        .map(|band| (band, spectrum[band]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .expect("some bands are low")
}

/// What is wrong with a style's mix.
fn faults(profile: &MixProfile, heard: &Heard, out: &mut String) {
    let tilt = slope_db(&heard.main.spectrum_db());
    let (low, high) = profile.tilt_db;
    let _ = write!(out, "{tilt:6.2} dB/octave of {low} to {high}");
    if !(low..=high).contains(&tilt) {
        out.push_str(" OUTSIDE");
    }
    let lanes = || {
        let all = Lane::PLAYED.into_iter();
        all.filter_map(|lane| Some((lane, heard.lanes[lane.index()].as_ref()?)))
    };
    let power: f32 = lanes().map(|(_, stem)| 10f32.powf(stem.lufs / 10.0)).sum();
    for (lane, stem) in lanes() {
        let wanted = profile.strips[lane.index()].balance_lu;
        let away = stem.lufs - 10.0 * power.log10() - wanted;
        let _ = write!(out, ", {} {away:+.1} LU", lane.id());
        let carries = matches!(lane, Lane::Drums | Lane::Bass);
        if carries && away.abs() > BALANCE_LU {
            out.push_str(" OUT OF BALANCE");
        }
        if stem.true_peak_dbtp > 0.0 {
            let _ = write!(out, " {:.1} dBTP OVER FULL SCALE", stem.true_peak_dbtp);
        }
    }
    let stem = |lane: Lane| heard.lanes[lane.index()].as_ref();
    if let (Some(drums), Some(bass)) = (stem(Lane::Drums), stem(Lane::Bass)) {
        let ((kick, kick_db), (low, low_db)) = (strongest(drums), strongest(bass));
        let over = drums.spectrum_db()[kick] - bass.spectrum_db()[kick];
        let _ = write!(
            out,
            ", kick {:.0} Hz {kick_db:.0} dB, bass {:.0} Hz {low_db:.0} dB, kick over bass {over:+.1} dB",
            BAND_HZ[kick], BAND_HZ[low]
        );
        // Taste: a kick that is far under the bass in its own strongest band is felt by nobody. Where drums have
        // no kick to speak of there is nothing to cover.
        if kick_db > low_db - 15.0 && over < -9.0 {
            out.push_str(" COVERED");
        }
    }
}

/// Every second style, so that two threads share the work.
fn half(first: usize) {
    // As they lie in the folder, so that a profile can be tried without a build.
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../presets"));
    let library = Library::load(Some(folder));
    let mut all = String::new();
    for style in library.styles.iter().skip(first).step_by(2) {
        let profile = library.mix_profile(style).expect("a style has a profile");
        let _ = write!(all, "{:<16} {:<13}", style.stem, profile.name);
        faults(profile, &hear(&library, style), &mut all);
        all.push('\n');
    }
    println!("{all}");
    let wrong: Vec<&str> = all
        .lines()
        .filter(|line| {
            let marks = ["OUTSIDE", "BALANCE", "OVER", "COVERED"];
            marks.iter().any(|mark| line.contains(mark))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_styles_are_mixed_as_their_profiles_say() {
    half(0);
}
#[test]
fn the_other_styles_are_mixed_as_their_profiles_say() {
    half(1);
}
