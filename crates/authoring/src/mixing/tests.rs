use super::*;
use crate::mastering::{BAND_HZ, BANDS};

/// A likeness with a spectrum that falls by 4.5 dB an octave, at a loudness.
fn plain(lufs: f32) -> Likeness {
    shaped(lufs, |hz| -4.5 * (hz / 1000.0).log2())
}

fn shaped(lufs: f32, db: impl Fn(f32) -> f32) -> Likeness {
    Likeness {
        seconds: 60.0,
        lufs,
        range_lu: 6.0,
        true_peak_dbtp: lufs + 12.0,
        crest_db: 14.0,
        mid_db: BAND_HZ.map(|hz| lufs - 12.0 + db(hz)),
        side_db: [-90.0; BANDS],
        width_db: -20.0,
    }
}

/// A song that its profile would leave alone.
fn good(profile: &MixProfile) -> Heard {
    let mix = plain(-20.0);
    let bump = |lane: Lane| -> Likeness {
        let at = profile.strips[lane.index()].balance_lu - 20.0;
        // Each in a place of its own.
        let centre: f32 = match lane {
            Lane::Drums => 63.0,
            Lane::Bass => 125.0,
            Lane::Harmony => 400.0,
            Lane::Texture => 800.0,
            Lane::Melody | Lane::Vocal => 2000.0,
        };
        shaped(at, |hz| -12.0 * (hz / centre).log2().abs())
    };
    let mut lanes: [Option<Likeness>; LANES] = Default::default();
    for lane in Lane::PLAYED {
        lanes[lane.index()] = Some(bump(lane));
    }
    Heard {
        lanes,
        mix,
        pans: [0.0, 0.0, -0.3, 0.3, 0.0, 0.0],
        sections: Vec::new(),
    }
}

fn has(out: &Decisions, what: impl Fn(&What) -> bool) -> Option<f32> {
    out.decisions
        .iter()
        .find(|d| what(&d.what))
        .map(|d| d.amount)
}

#[test]
fn a_mix_that_fits_is_left_alone() {
    let profile = MixProfile::default();
    let out = decide(&good(&profile), &profile);
    assert!(out.decisions.is_empty(), "{:?}", out.decisions);
    assert_eq!(out, Decisions::default());
}

#[test]
fn a_lane_that_is_too_loud_comes_down_and_one_too_soft_comes_up() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    heard.lanes[Lane::Bass.index()].as_mut().unwrap().lufs += 4.0;
    heard.lanes[Lane::Melody.index()].as_mut().unwrap().lufs -= 20.0;
    let out = decide(&heard, &profile);
    let bass = out.lanes[Lane::Bass.index()].level_db;
    assert!((-4.0..=-2.5).contains(&bass), "{bass}");
    assert_eq!(out.lanes[Lane::Melody.index()].level_db, 4.5, "bounded");
    assert_eq!(out.lanes[Lane::Drums.index()].level_db, 0.0);
    assert_eq!(has(&out, |w| *w == What::Level(Lane::Bass)), Some(bass));
}

#[test]
fn a_bass_on_the_kick_makes_room() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    let loud = heard.lanes[Lane::Drums.index()].as_ref().unwrap().lufs;
    heard.lanes[Lane::Bass.index()] =
        Some(shaped(loud + 2.0, |hz| -9.0 * (hz / 63.0).log2().abs()));
    let out = decide(&heard, &profile);
    let eq = out.lanes[Lane::Bass.index()].eq[1];
    assert_eq!((eq.hz, eq.db), (63.0, -2.0));
    assert!(out.lanes[Lane::Bass.index()].duck_db > 0.5);
    let words: Vec<String> = out.decisions.iter().map(ToString::to_string).collect();
    assert!(
        words
            .iter()
            .any(|w| w.contains("63 Hz on bass: masks drums")),
        "{words:?}"
    );
}

#[test]
fn keys_on_the_tune_are_opened_where_they_cover_it_most() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    let tune = heard.lanes[Lane::Melody.index()].clone().unwrap();
    heard.lanes[Lane::Harmony.index()] =
        Some(shaped(tune.lufs, |hz| -9.0 * (hz / 1600.0).log2().abs()));
    let out = decide(&heard, &profile);
    let eq = out.lanes[Lane::Harmony.index()].eq[2];
    assert!((1000.0..=2000.0).contains(&eq.hz), "{eq:?}");
    assert!((-4.0..=-1.0).contains(&eq.db), "{eq:?}");
    assert_eq!(out.lanes[Lane::Texture.index()].eq[2].db, 0.0);
}

#[test]
fn what_stands_out_of_the_mix_is_cut_on_the_lane_that_makes_it() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    let at = BAND_HZ.iter().position(|hz| *hz == 315.0).unwrap();
    heard.mix.mid_db[at] += 8.0;
    let out = decide(&heard, &profile);
    let eq = out.lanes[Lane::Harmony.index()].eq[1];
    assert_eq!(eq.hz, 315.0);
    assert!((-3.0..=-1.0).contains(&eq.db), "{eq:?}");
    assert!(out.decisions.iter().any(|d| d.why == Reason::Muddy));
}

#[test]
fn a_dull_mix_is_brought_to_the_genres_slope_and_a_bright_one_too() {
    let profile = MixProfile {
        tilt_db: (-6.0, -3.0),
        ..MixProfile::default()
    };
    let mut heard = good(&profile);
    for (slope, brighter) in [(-7.0, true), (-2.0, false)] {
        heard.mix = shaped(-20.0, |hz| slope * (hz / 1000.0).log2());
        let out = decide(&heard, &profile);
        let eq = out.master.eq;
        assert_eq!(eq[3].db > 0.0, brighter, "{slope}: {eq:?}");
        assert_eq!(eq[0].db, -eq[3].db);
        assert!(eq[3].db.abs() <= 4.0 && eq[3].db != 0.0);
    }
}

#[test]
fn a_chorus_that_does_not_lift_is_lifted() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    let section = |kind, energy, lufs| SectionHeard {
        kind,
        energy,
        seconds: 30.0,
        lufs,
    };
    heard.sections = vec![
        section(SectionKind::Verse, 40.0, -20.0),
        section(SectionKind::Chorus, 80.0, -20.0),
    ];
    let out = decide(&heard, &profile);
    let chorus = out.by_section_db[SectionKind::Chorus as usize][Lane::Harmony.index()];
    let verse = out.by_section_db[SectionKind::Verse as usize][Lane::Harmony.index()];
    assert!(chorus > 0.3 && verse < -0.3, "{chorus} {verse}");
    heard.sections[1].lufs = -18.0;
    heard.sections[0].lufs = -22.0;
    let enough = decide(&heard, &profile);
    assert_eq!(enough.by_section_db, Decisions::default().by_section_db);
}

#[test]
fn two_parts_alike_in_one_place_move_apart() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    heard.pans = [0.0; LANES];
    let texture = profile.strips[Lane::Texture.index()].balance_lu - 20.0;
    heard.lanes[Lane::Texture.index()] =
        Some(shaped(texture, |hz| -9.0 * (hz / 400.0).log2().abs()));
    let out = decide(&heard, &profile);
    let (a, b) = (
        out.lanes[Lane::Harmony.index()].pan,
        out.lanes[Lane::Texture.index()].pan,
    );
    assert!(a < 0.0 && b > 0.0, "{a} {b}");
}

#[test]
fn silence_is_left_alone() {
    let profile = MixProfile::default();
    let mut heard = good(&profile);
    heard.mix.lufs = -120.0;
    assert!(decide(&heard, &profile).decisions.is_empty());
    heard = good(&profile);
    heard.lanes = Default::default();
    assert!(decide(&heard, &profile).decisions.is_empty());
}
