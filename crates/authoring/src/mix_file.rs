//! A mix profile (TOML) to a [`MixProfile`]: how records of a genre are mixed and mastered.
//!
//! Every key may be left out; what is written is checked against its range, and an unknown key is named with
//! the nearest one that is known. The schema with an example: `presets/mixes/README.md`.

use std::ops::RangeInclusive;

use music::lane::Lane;
use music::mix::{
    DelayProfile, DrumBusProfile, DuckProfile, Dynamics, Eq, EqBand, MasterProfile, MixProfile,
    Space, SpaceProfile, StripProfile,
};
use music::name;

use crate::problem::{Problem, unknown};
use crate::reader::{Reader, Source};

/// Longest name on screen, in characters.
const NAME_CHARS: usize = 28;
/// Bands in the order of the equaliser.
const BANDS: [&str; 4] = ["low", "low-mid", "high-mid", "high"];

/// Reads a profile.
///
/// # Errors
/// Everything that is wrong with the file, by line.
pub fn read(file: &str, text: &str) -> Result<MixProfile, Vec<Problem>> {
    let source = Source::new(file, text);
    let mut profile = MixProfile::default();
    if let Some(table) = source.parse() {
        fill(&mut profile, Reader::root(&source, &table));
    }
    let problems = source.into_problems();
    if problems.is_empty() {
        Ok(profile)
    } else {
        Err(problems)
    }
}

fn fill(profile: &mut MixProfile, mut root: Reader<'_>) {
    if let Some((text, place)) = root.need_text("name") {
        if text.is_empty() || text.len() > NAME_CHARS {
            place.wrong(format!(
                "must have 1 to {NAME_CHARS} letters, has {}",
                text.len()
            ));
        }
        profile.name = name(text);
    }
    if let Some((list, place)) = root.numbers("tilt_db") {
        match list[..] {
            [low, high] if -12.0 <= low && low < high && high <= 3.0 => {
                profile.tilt_db = (low as f32, high as f32);
            }
            _ => place.wrong("must be [lowest, highest], rising, from -12 to 3 dB an octave"),
        }
    }
    for lane in Lane::ALL {
        if let Some(table) = root.table(lane.id()) {
            let usual = profile.strips[lane.index()];
            profile.strips[lane.index()] = strip(table, usual);
        }
    }
    if let Some(table) = root.table("duck") {
        profile.duck = duck(table);
    }
    if let Some(mut table) = root.table("drum-bus") {
        let usual = DrumBusProfile::default();
        profile.drum_bus = DrumBusProfile {
            parallel: get(&mut table, "parallel", 0.0..=1.0, usual.parallel),
            compressor: dynamics(&mut table, usual.compressor),
        };
        table.finish();
    }
    for space in Space::ALL {
        if let Some(mut table) = root.table(space.word()) {
            let usual = SpaceProfile::usual(space);
            profile.spaces[space.index()] = SpaceProfile {
                decay: get(&mut table, "decay", 0.1..=3.0, usual.decay),
                damp_hz: get(&mut table, "damp_hz", 1000.0..=16_000.0, usual.damp_hz),
                low_cut_hz: get(&mut table, "low_cut_hz", 20.0..=1000.0, usual.low_cut_hz),
            };
            table.finish();
        }
    }
    if let Some(mut table) = root.table("delay") {
        let usual = DelayProfile::default();
        profile.delay = DelayProfile {
            feedback: get(&mut table, "feedback", 0.0..=0.9, usual.feedback),
            damp_hz: get(&mut table, "damp_hz", 500.0..=16_000.0, usual.damp_hz),
            low_cut_hz: get(&mut table, "low_cut_hz", 20.0..=1000.0, usual.low_cut_hz),
        };
        table.finish();
    }
    if let Some(table) = root.table("master") {
        profile.master = master(table);
    }
    root.finish();
}

fn get(table: &mut Reader<'_>, key: &str, range: RangeInclusive<f64>, usual: f32) -> f32 {
    table.number(key, range, f64::from(usual)) as f32
}

fn equaliser(table: &mut Reader<'_>, usual: Eq) -> Eq {
    let mut eq = usual;
    for (key, band) in BANDS.into_iter().zip(&mut eq) {
        if let Some(mut table) = table.table(key) {
            *band = EqBand {
                hz: get(&mut table, "hz", 20.0..=20_000.0, band.hz),
                db: get(&mut table, "db", -18.0..=18.0, band.db),
                q: get(&mut table, "q", 0.2..=8.0, band.q),
            };
            table.finish();
        }
    }
    eq
}

fn dynamics(table: &mut Reader<'_>, usual: Dynamics) -> Dynamics {
    Dynamics {
        threshold_db: get(table, "threshold_db", -60.0..=0.0, usual.threshold_db),
        ratio: get(table, "ratio", 1.0..=20.0, usual.ratio),
        knee_db: get(table, "knee_db", 0.0..=24.0, usual.knee_db),
        attack_ms: get(table, "attack_ms", 0.3..=200.0, usual.attack_ms),
        release_ms: get(table, "release_ms", 10.0..=2000.0, usual.release_ms),
        make_up_db: get(table, "make_up_db", -12.0..=24.0, usual.make_up_db),
    }
}

fn compressor(table: &mut Reader<'_>, key: &str, usual: Dynamics) -> Dynamics {
    let Some(mut table) = table.table(key) else {
        return usual;
    };
    let read = dynamics(&mut table, usual);
    table.finish();
    read
}

fn strip(mut table: Reader<'_>, usual: StripProfile) -> StripProfile {
    let mut strip = StripProfile {
        level_db: get(&mut table, "level_db", -24.0..=12.0, usual.level_db),
        high_pass_hz: get(
            &mut table,
            "high_pass_hz",
            10.0..=1000.0,
            usual.high_pass_hz,
        ),
        eq: equaliser(&mut table, usual.eq),
        compressor: compressor(&mut table, "compressor", usual.compressor),
        drive: get(&mut table, "drive", 0.0..=1.0, usual.drive),
        tape: get(&mut table, "tape", 0.0..=1.0, usual.tape),
        pan: get(&mut table, "pan", -1.0..=1.0, usual.pan),
        width: get(&mut table, "width", 0.0..=2.0, usual.width),
        reverb: get(&mut table, "reverb", -1.0..=1.0, usual.reverb),
        delay: get(&mut table, "delay", -1.0..=1.0, usual.delay),
        space: usual.space,
        balance_lu: get(&mut table, "balance_lu", -40.0..=0.0, usual.balance_lu),
    };
    if let Some((word, place)) = table.text("space") {
        match Space::from_word(word) {
            Some(space) => strip.space = space,
            None => place.wrong(unknown("space", word, &Space::ALL.map(Space::word))),
        }
    }
    table.finish();
    strip
}

fn duck(mut table: Reader<'_>) -> DuckProfile {
    let usual = DuckProfile::default();
    let mut duck = DuckProfile {
        depth_db: usual.depth_db,
        attack_ms: get(&mut table, "attack_ms", 0.5..=50.0, usual.attack_ms),
        hold_ms: get(&mut table, "hold_ms", 0.0..=400.0, usual.hold_ms),
        release_ms: get(&mut table, "release_ms", 10.0..=1000.0, usual.release_ms),
        follow: get(&mut table, "follow", 0.0..=1.0, usual.follow),
    };
    for lane in Lane::ALL.into_iter().filter(|l| *l != Lane::Drums) {
        let key = format!("{}_db", lane.id());
        duck.depth_db[lane.index()] = get(&mut table, &key, 0.0..=24.0, 0.0);
    }
    table.finish();
    duck
}

fn master(mut table: Reader<'_>) -> MasterProfile {
    let usual = MasterProfile::default();
    let master = MasterProfile {
        eq: equaliser(&mut table, usual.eq),
        glue: compressor(&mut table, "glue", usual.glue),
        saturation: get(&mut table, "saturation", 0.0..=1.0, usual.saturation),
        width: get(&mut table, "width", 0.0..=2.0, usual.width),
        gain_db: get(&mut table, "gain_db", -12.0..=24.0, usual.gain_db),
        ceiling_dbtp: get(&mut table, "ceiling_dbtp", -12.0..=0.0, usual.ceiling_dbtp),
        target_lufs: get(&mut table, "target_lufs", -30.0..=-5.0, usual.target_lufs),
    };
    table.finish();
    master
}

/// The profile of a style that names none, by the folder that it lies in.
pub fn usual_for(folder: &str) -> &'static str {
    match folder {
        "rock" => "rock",
        "blues" => "blues",
        "ballad" => "ballad",
        "funk" => "funk",
        "soul" => "soul",
        "hiphop" => "hip-hop",
        "downtempo" => "lo-fi",
        "dance" | "house" | "garage" => "house",
        "techno" | "trance" | "electro" => "techno",
        "drum-and-bass" | "dubstep" => "drum-and-bass",
        "future-bass" => "trap",
        "jazz" | "neworleans" => "jazz",
        "latin" | "afrobeat" => "latin",
        "reggae" => "reggae",
        "country" => "country",
        "folk" => "folk",
        "cinematic" => "cinematic",
        "ambient" => "ambient",
        _ => "pop",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_named_with_file_line_and_the_nearest_key() {
        let text = "name = \"X\"\n\n[bass]\nlevl_db = 2\nspace = \"rom\"\n\n[bass.compressor]\nratio = 50\n";
        let problems = read("mixes/x.toml", text).unwrap_err();
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "mixes/x.toml:4: bass.levl_db: unknown key \"levl_db\", nearest is \"level_db\"",
                "mixes/x.toml:5: bass.space: unknown space \"rom\", nearest is \"room\"",
                "mixes/x.toml:8: bass.compressor.ratio: 50 is outside 1 to 20",
            ]
        );
    }

    #[test]
    fn what_is_left_out_is_the_default() {
        let read = read("mixes/x.toml", "name = \"X\"\n").expect("reads");
        let plain = MixProfile {
            name: name("X"),
            ..MixProfile::default()
        };
        assert_eq!(read, plain);
    }

    #[test]
    fn the_example_in_the_readme_is_the_default() {
        let readme = include_str!("../../../presets/mixes/README.md");
        let example = readme.split("```toml\n").nth(1).expect("an example");
        let example = example.split("```").next().expect("its end");
        let read = read("mixes/README.md", example).expect("reads");
        let plain = MixProfile {
            name: name("Example"),
            ..MixProfile::default()
        };
        assert_eq!(read, plain);
    }

    #[test]
    fn every_profile_is_a_mix_of_its_own() {
        let library = crate::Library::load(None);
        assert!(library.mixes.len() >= 20, "{}", library.mixes.len());
        for (i, a) in library.mixes.iter().enumerate() {
            for b in &library.mixes[..i] {
                assert!(a.name != b.name && a.strips != b.strips, "{}", a.name);
            }
        }
    }

    #[test]
    fn every_style_names_a_profile_and_every_profile_has_a_style() {
        let library = crate::Library::load(None);
        let used = |stem: &str| library.styles.iter().any(|s| s.mix.profile == stem);
        for stem in &library.mix_stems {
            assert!(used(stem), "{stem} is nobody's");
        }
        for style in &library.styles {
            let index = usize::from(style.mix.profile_index);
            assert_eq!(library.mix_stems[index], style.mix.profile.as_str());
        }
        for text in crate::library::style_texts(None) {
            assert!(text.text.contains("\nprofile "), "{}", text.path);
            let folder = text.path.split('/').nth(1).unwrap_or("");
            let usual = usual_for(folder);
            assert!(library.mix_stems.iter().any(|s| s == usual), "{folder}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = "name = \"X\"\n[harmony]\nlow-mid = { hz = 300, db = -2.5, q = 1.2 }\nwidth = 1.3\n\
                    [duck]\nbass_db = 3\nfollow = 0.5\n[hall]\ndecay = 2\n[master]\nceiling_dbtp = -2\n\
                    glue = { ratio = 1.5 }\n";
        let read = read("mixes/x.toml", text).expect("reads");
        let harmony = &read.strips[Lane::Harmony.index()];
        assert_eq!(harmony.eq[1].db, -2.5);
        assert_eq!(harmony.width, 1.3);
        assert_eq!(read.duck.depth_db[Lane::Bass.index()], 3.0);
        assert_eq!(read.spaces[Space::Hall.index()].decay, 2.0);
        assert_eq!(read.master.ceiling_dbtp, -2.0);
        assert_eq!(read.master.glue.ratio, 1.5);
        assert_eq!(read.master.glue.knee_db, 8.0);
    }
}
