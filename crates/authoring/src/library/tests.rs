use super::*;
use music::chord::Quality;
use music::drum::Piece;
use music::pitch::Pitch;
use music::plan::SectionKind;
use music::style::{Kinds, LanePattern};

const README: &str = include_str!("../../../../presets/styles/README.md");

fn file(path: &str, user: bool, text: &str) -> PresetFile {
    PresetFile {
        path: path.to_string(),
        folder: path.split('/').next().unwrap().to_string(),
        stem: path
            .rsplit('/')
            .next()
            .unwrap()
            .trim_end_matches(".toml")
            .to_string(),
        user,
        text: text.to_string(),
    }
}

/// The complete style of the documentation.
fn example() -> String {
    let (_, after) = README
        .split_once("```toml\n")
        .expect("the recipe has an example");
    after
        .split_once("```")
        .expect("the example ends")
        .0
        .to_string()
}

/// The built-in presets and one more file.
fn with(path: &str, text: &str) -> Library {
    let mut all = files::built_in();
    all.push(file(path, true, text));
    Library::from_files(all)
}

fn messages(library: &Library) -> Vec<String> {
    library.problems.iter().map(|p| p.to_string()).collect()
}

#[test]
fn every_preset_file_is_read() {
    let library = Library::load(None);
    assert!(
        library.problems.is_empty(),
        "{}",
        messages(&library).join("\n")
    );
    let files = files::built_in();
    let count = |folder: &str| files.iter().filter(|f| f.folder == folder).count();
    assert_eq!(library.styles.len(), count("styles"));
    assert_eq!(library.patches.len(), count("instruments"));
    assert_eq!(library.drum_maps.len(), count("drum_maps"));
    assert!(library.styles.len() >= 8 && count("grooves") >= 8 && library.drum_maps.len() >= 4);
}

#[test]
fn the_binary_holds_what_the_folder_holds() {
    let mut on_disk = Vec::new();
    let mut problems = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../presets");
    for file in files::in_folder(&root, &mut problems) {
        on_disk.push((file.path, file.text));
    }
    let inside: Vec<_> = files::built_in()
        .into_iter()
        .map(|f| (f.path, f.text))
        .collect();
    assert_eq!(inside, on_disk);
    assert!(problems.is_empty());
}

#[test]
fn the_documented_style_is_right_and_uses_every_key() {
    let library = with("styles/example.toml", &example());
    assert!(
        library.problems.is_empty(),
        "{}",
        messages(&library).join("\n")
    );
    assert_eq!(library.style("example").unwrap().slot, 31);
}

#[test]
fn a_broken_file_is_named_and_leaves_the_others() {
    let whole = Library::load(None).styles.len();
    let cases: [(&str, &str, &str); 22] = [
        (
            "snare             = \"",
            "snar              = \"",
            "unknown key \"snar\", nearest is \"snare\"",
        ),
        (
            "groove = \"rock\"",
            "groove = \"rok\"",
            "unknown groove \"rok\", nearest is \"rock\"",
        ),
        (
            "mode   = \"major\"   ",
            "mode   = \"mayor\"   ",
            "unknown mode \"mayor\", nearest is \"major\"",
        ),
        (
            "for    = \"verse chorus\"\nweight = 7",
            "for = \"vers\"\nweight = 7",
            "nearest is \"verse\"",
        ),
        (
            "drums bass harmony melody",
            "drums bas harmony",
            "unknown lane \"bas\", nearest is \"bass\"",
        ),
        (
            "9...|..5.|9.6.|....",
            "9...|..5.|9.6.|...",
            "beat 4 has 3 steps",
        ),
        (
            "9...|..5.|9.6.|....",
            "9...|..5.|9.6.",
            "has 3 beats, must have 4 or 8",
        ),
        (
            "9...|..5.|9.6.|....",
            "9...|..z.|9.6.|....",
            "\"z\" at beat 2 step 3 must be 1 to 9",
        ),
        (
            "....|8..2|....|8...",
            "8...|8..2|....|8...",
            "stands where nothing sounds",
        ),
        (
            "R-R-|R-5-|R-R-|8-a-",
            "R-R-|R-q-|R-R-|8-a-",
            "must be one of R 3 5 7 8",
        ),
        (
            "I | V/3 | vi IV | V",
            "I | V/3 | vi H | V",
            "bar 3: \"H\" is no roman numeral",
        ),
        (
            "range     = [60, 79]",
            "range     = [60, 64]",
            "12 or more apart",
        ),
        ("energy = 45 ", "energy = 145 ", "145 is outside 0 to 100"),
        (
            "slot   = 31 ",
            "slot   = 0  ",
            "slot 0 is taken by styles/rock/rock.toml",
        ),
        (
            "rhythm    = \"Style\"\n\n[[bass",
            "rhythm    = \"Resultan 4:3\"\n\n[[bass",
            "nearest is \"Resultant",
        ),
        (
            "= \"shaker\"",
            "= \"shakr\"",
            "unknown piece \"shakr\", nearest is \"shaker\"",
        ),
        (
            "8.6.|7.6.|8.6.\"",
            "8.6.|7.6.|8.6.|....|....|....|....|....|....\"",
            "has 9 beats, must have 1 to 8",
        ),
        (
            "technique = \"arpeggio\"",
            "technique = \"arpegio\"",
            "nearest is \"arpeggio\"",
        ),
        (
            "order = \"intro 4 | verse 8",
            "order = \"intro | verse 8",
            "must be a section and its bars",
        ),
        (
            "name   = \"Example\"",
            "name   = Example",
            "styles/example.toml:1: ",
        ),
        (
            "[melody]",
            "[melodie]",
            "unknown key \"melodie\", nearest is \"melody\"",
        ),
        ("usual = 112", "usual = 312", "312 is outside 20 to 300"),
    ];
    for (from, to, message) in cases {
        let text = example();
        assert!(text.contains(from), "{from}");
        let library = with("styles/example.toml", &text.replacen(from, to, 1));
        let said = messages(&library).join("\n");
        assert!(said.contains(message), "{to}: {said}");
        assert!(said.starts_with("styles/example.toml"), "{said}");
        assert!(library.style("example").is_err(), "{to}");
        assert_eq!(library.styles.len(), whole, "the others stay");
    }
}

#[test]
fn a_message_names_the_line_and_the_key() {
    let text = example().replacen("hat-closed  ", "hat-close   ", 1);
    let line = 1 + text
        .lines()
        .position(|l| l.starts_with("hat-close "))
        .unwrap();
    let library = with("styles/example.toml", &text);
    let said = |key: &str| library.problems.iter().find(|p| p.key == key).unwrap();
    let typed = said("drums.groove.hat-close");
    assert_eq!(typed.line, line);
    assert!(
        typed.message.contains("nearest is \"hat-closed\""),
        "{typed}"
    );
    // The roll line below it has lost its line.
    assert!(
        said("drums.groove.hat-closed-roll")
            .message
            .contains("needs a line")
    );
}

#[test]
fn too_many_of_something_is_said() {
    let groove = "[[drums.groove]]\nkick = \"9...|....|....|....\"\n\n";
    let library = with(
        "styles/example.toml",
        &example().replacen("[bass]", &(groove.repeat(30) + "[bass]"), 1),
    );
    let said = messages(&library).join("\n");
    assert!(said.contains("there are more than 24 grooves"), "{said}");
}

#[test]
fn a_missing_instrument_is_replaced_by_the_nearest() {
    let library = with(
        "styles/example.toml",
        &example().replacen("finger-bass", "fingr-bass", 1),
    );
    let said = messages(&library).join("\n");
    assert!(
        said.contains("unknown instrument \"fingr-bass\", \"finger-bass\" plays instead"),
        "{said}"
    );
    let style = library.style("example").unwrap();
    let bass = style.mix.patches[Lane::Bass.index()] as usize;
    assert_eq!(library.patch_stems[bass], "finger-bass");
    assert!(
        style.mix.instruments[Lane::Bass.index()] == "fingr-bass",
        "the project keeps its wish"
    );
}

#[test]
fn a_user_s_file_takes_the_place_of_a_built_in_one() {
    let text = example().replacen("slot   = 31", "slot   = 0", 1);
    let library = with("styles/rock.toml", &text);
    assert!(
        library.problems.is_empty(),
        "{}",
        messages(&library).join("\n")
    );
    assert_eq!(library.style("rock").unwrap().name, "Example");
    assert_eq!(library.styles[0].slot, 0);
}

#[test]
fn a_user_folder_is_walked_and_what_cannot_be_read_is_named() {
    let root = std::env::temp_dir().join(format!("authoring-{}", std::process::id()));
    let deep = root.join("styles/mine");
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("example.toml"), example()).unwrap();
    std::fs::write(deep.join("notes.txt"), "not a preset").unwrap();
    std::fs::write(deep.join("broken.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let library = Library::load(Some(&root));
    let missing = Library::load(Some(&root.join("nowhere")));
    std::fs::remove_dir_all(&root).unwrap();
    assert!(library.style("example").is_ok());
    assert_eq!(
        library.problems.len(),
        1,
        "{}",
        messages(&library).join("\n")
    );
    assert!(
        library.problems[0]
            .to_string()
            .starts_with("styles/mine/broken.toml: cannot be read")
    );
    assert!(missing.problems.is_empty() && !missing.styles.is_empty());
}

#[test]
fn styles_are_found_by_stem_and_name() {
    let library = Library::load(None);
    assert_eq!(library.style("LOFI").unwrap().stem, "lofi");
    assert_eq!(library.style("Bossa nova").unwrap().stem, "bossa");
    assert!(
        library
            .style("jaz")
            .unwrap_err()
            .ends_with("nearest is \"jazz\"")
    );
    assert!(
        library
            .style("xyzzy")
            .unwrap_err()
            .contains("known are rock, ")
    );
    assert!(library.drum_map("general midi").is_ok());
    assert!(
        library
            .drum_map("Adictive Drums")
            .unwrap_err()
            .contains("Addictive Drums 2")
    );
    assert_eq!(
        library.styles[0].stem, "rock",
        "slot 0 is the default of the plug-in"
    );
}

#[test]
fn styles_survive_a_project() {
    let library = Library::load(None);
    for style in &library.styles {
        let text = style_to_json(style);
        let mut back = style_from_json(&text).unwrap();
        assert!(library.resolve(&mut back).is_empty());
        assert!(*back == *style, "{}", style.stem);
        assert!(text.len() < 60_000, "{}: {} bytes", style.stem, text.len());
        assert!(style_from_json(&text[..text.len() / 2]).is_err());
    }
    assert!(style_from_json("{}").is_err());
}

fn suits(kinds: Kinds, kind: SectionKind) -> bool {
    kinds.suits(kind)
}

/// The kinds of sections that a style's own forms have.
fn kinds_of(style: &Style) -> Vec<SectionKind> {
    let mut kinds: Vec<SectionKind> = style.form.template.iter().map(|s| s.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn every_style_has_enough_of_everything() {
    for style in &Library::load(None).styles {
        let name = &style.stem;
        let main = kinds_of(style);
        for &kind in &main {
            let plays = |lane| {
                let lanes = style.form.lanes[kind as usize];
                lanes.0 == 0 || lanes.has(lane)
            };
            let fits = |list: &[LanePattern]| list.iter().filter(|p| suits(p.kinds, kind)).count();
            let grooves = style
                .drums
                .grooves
                .iter()
                .filter(|g| suits(g.kinds, kind))
                .count();
            if plays(Lane::Drums) {
                assert!(grooves >= 1, "{name} {kind:?}: no groove");
            }
            if plays(Lane::Bass) {
                assert!(
                    fits(&style.bass.patterns) >= 1,
                    "{name} {kind:?}: no bass pattern"
                );
            }
            if plays(Lane::Harmony) {
                assert!(
                    fits(&style.harmony.patterns) >= 1,
                    "{name} {kind:?}: no comping pattern"
                );
            }
            for minor in [false, true] {
                let fits =
                    |p: &&music::style::Progression| p.minor == minor && suits(p.kinds, kind);
                let count = style.harmony.progressions.iter().filter(fits).count();
                assert!(count >= 1, "{name} {kind:?} minor {minor}: no progression");
            }
        }
        let hook = if main.contains(&SectionKind::Drop) {
            SectionKind::Drop
        } else {
            SectionKind::Chorus
        };
        for kind in [SectionKind::Verse, hook] {
            let count = style
                .drums
                .grooves
                .iter()
                .filter(|g| suits(g.kinds, kind))
                .count();
            assert!(count >= 2, "{name} {kind:?}: {count} grooves");
        }
        assert!(style.drums.grooves.len() >= 5, "{name}");
        assert!(
            style
                .drums
                .grooves
                .iter()
                .any(|g| g.lines[0].pattern.bars() == 2),
            "{name}"
        );
        assert!(style.drums.fills.len() >= 4, "{name}");
        assert!(style.bass.patterns.len() >= 3, "{name}");
        assert!(style.harmony.patterns.len() >= 3, "{name}");
        for (minor, least) in [(false, 4), (true, 3)] {
            let count = style
                .harmony
                .progressions
                .iter()
                .filter(|p| p.minor == minor)
                .count();
            assert!(count >= least, "{name} minor {minor}: {count} progressions");
        }
        assert!(style.melody.cells.len() >= 4, "{name}");
        assert!(!style.groove.name.is_empty(), "{name}");
    }
}

#[test]
fn every_style_sounds_on_one_and_stays_on_whole_bars() {
    for style in &Library::load(None).styles {
        let name = &style.stem;
        // One drop leaves the one out in some grooves, never in all.
        let on_one = |g: &music::style::DrumGroove| {
            let sounds = |l: &music::style::DrumLine| l.pattern.steps[0].priority >= 8;
            g.lines.iter().any(sounds)
        };
        let leaves_out = style.drums.grooves.iter().filter(|g| !on_one(g)).count();
        assert!(
            leaves_out * 2 <= style.drums.grooves.len(),
            "{name}: {leaves_out} grooves are silent on one at low density"
        );
        for fill in &style.drums.fills {
            let first = 16 - fill.beats as usize * 4;
            let early = fill
                .lines
                .iter()
                .any(|l| l.pattern.steps[..first].iter().any(|s| s.priority > 0));
            assert!(!early, "{name}: a fill starts before its beats");
        }
        for progression in &style.harmony.progressions {
            let halves: u32 = progression.chords.iter().map(|c| c.half_bars as u32).sum();
            assert!(
                matches!(halves, 4 | 8 | 16 | 24),
                "{name}: a progression of {halves} half bars"
            );
        }
    }
}

/// Strokes per bar that are heard at the usual density, without ghosts and fills.
fn strokes(style: &Style, kind: SectionKind) -> f64 {
    let grooves: Vec<_> = style
        .drums
        .grooves
        .iter()
        .filter(|g| suits(g.kinds, kind))
        .collect();
    let weights: f64 = grooves.iter().map(|g| g.weight as f64).sum();
    let heard = |g: &music::style::DrumGroove| -> f64 {
        let line = |l: &music::style::DrumLine| {
            let steps = l.pattern.steps.iter().filter(|s| s.priority >= 4).count();
            steps as f64 / l.pattern.bars() as f64
        };
        g.lines.iter().map(line).sum()
    };
    grooves
        .iter()
        .map(|g| heard(g) * g.weight as f64)
        .sum::<f64>()
        / weights
}

#[test]
fn grooves_are_as_busy_as_players_of_the_style() {
    // Reference: 5th to 95th percentile of strokes per bar of takes in the Groove MIDI Dataset.
    let bands = [
        ("rock", 10.0, 25.0),
        ("funk", 15.0, 27.0),
        ("lofi", 13.0, 28.0),
        ("jazz", 8.0, 22.0),
    ];
    let library = Library::load(None);
    for (stem, low, high) in bands {
        let style = library.style(stem).unwrap();
        let mean = (strokes(style, SectionKind::Verse) + strokes(style, SectionKind::Chorus)) / 2.0;
        assert!(
            (low..=high).contains(&mean),
            "{stem}: {mean:.1} strokes a bar"
        );
    }
}

#[test]
fn backbeats_stand_where_the_style_wants_them() {
    let library = Library::load(None);
    let on = |style: &Style, kind: SectionKind| -> f64 {
        let grooves: Vec<_> = style
            .drums
            .grooves
            .iter()
            .filter(|g| suits(g.kinds, kind))
            .collect();
        let weights: f64 = grooves.iter().map(|g| g.weight as f64).sum();
        let back = |g: &&&music::style::DrumGroove| {
            let struck = |step: usize| {
                let line = |l: &music::style::DrumLine| {
                    matches!(l.piece, Piece::Snare | Piece::Rim | Piece::Clap)
                        && l.pattern.steps[step].priority >= 4
                };
                g.lines.iter().any(line)
            };
            struck(4) && struck(12)
        };
        grooves
            .iter()
            .filter(back)
            .map(|g| g.weight as f64)
            .sum::<f64>()
            / weights
    };
    for kind in [SectionKind::Verse, SectionKind::Chorus] {
        for stem in ["rock", "pop", "ballad", "funk"] {
            assert!(
                on(library.style(stem).unwrap(), kind) >= 0.8,
                "{stem} {kind:?}"
            );
        }
        for stem in ["jazz", "bossa"] {
            assert!(
                on(library.style(stem).unwrap(), kind) <= 0.2,
                "{stem} {kind:?}"
            );
        }
    }
}

#[test]
fn chords_are_what_the_style_says() {
    let library = Library::load(None);
    let jazz = library.style("jazz").unwrap();
    let first = &jazz.harmony.progressions[0].chords[0].roman;
    let chord = first.resolve(music::pitch::PitchClass(0), music::pitch::Scale::Major);
    assert_eq!(chord.quality, Quality::Major7);
}

#[test]
fn grooves_carry_figures_and_drum_maps_keys() {
    let library = Library::load(None);
    for style in &library.styles {
        let kick = style.groove.pieces[Piece::Kick as usize];
        assert!(kick.iter().all(|s| s.velocity > 0), "{}", style.stem);
        assert!(kick.iter().any(|s| s.offset_us != 0), "{}", style.stem);
        assert!(
            (8_000..=25_000).contains(&style.groove.residual_sd_us),
            "{}",
            style.stem
        );
        assert!(
            (20..=90).contains(&style.groove.residual_lag1),
            "{}",
            style.stem
        );
    }
    let addictive = library.drum_map("Addictive Drums 2").unwrap();
    assert_eq!(addictive.keys[Piece::HatClosed as usize], Pitch(49));
    let general = library.drum_map("General MIDI").unwrap();
    assert_eq!(*general, DrumMap::default());
    assert_eq!(library.drum_maps[0], *general);
}

#[test]
fn a_broken_instrument_names_its_line() {
    let library = with(
        "instruments/kits/odd.toml",
        "[kit]\nname = \"Odd\"\n\n[kit.kick]\nptich_hz = 3\n",
    );
    let said = messages(&library).join("\n");
    assert!(
        said.starts_with("instruments/kits/odd.toml:5: ptich_hz: unknown key"),
        "{said}"
    );
    let library = with("instruments/odd.toml", "[kitt]\nname = \"Odd\"\n");
    assert!(
        messages(&library).join("\n").contains("nearest is \"kit\""),
        "{:?}",
        messages(&library)
    );
}

#[test]
fn broken_grooves_maps_and_words_are_named() {
    for (path, text, message) in [
        (
            "grooves/odd.toml",
            "name = \"Odd\"\nsource = \"me\"\n[kick]\noffset_ms = [1, 2]\n",
            "has 2 numbers, must have 16",
        ),
        (
            "grooves/odd.toml",
            "name = \"Odd\"\nsource = \"me\"\nresidual = 3\n",
            "nearest is \"residual_lag1\"",
        ),
        (
            "drum_maps/odd.toml",
            "name = \"Odd\"\nsource = \"me\"\n[keys]\nkik = 36\n",
            "nearest is \"kick\"",
        ),
        (
            "drum_maps/odd.toml",
            "name = \"Odd\"\nsource = \"me\"\n[keys]\nkick = 136\n",
            "outside 0 to 127",
        ),
        (
            "words/odd.toml",
            "[[mood]]\nwords = \"odd\"\nenrgy = 3\n",
            "nearest is \"energy\"",
        ),
        (
            "words/odd.toml",
            "[meters]\n\"9/7\" = \"odd\"\n",
            "\"9/7\" is no meter",
        ),
    ] {
        let library = with(path, text);
        let said = messages(&library).join("\n");
        assert!(said.contains(message), "{text}: {said}");
        assert!(said.starts_with(path), "{said}");
        assert!(library.styles.len() >= 8);
    }
}

#[test]
fn rhythms_cycles_and_key_changes_are_read() {
    use music::technique::Rhythm;
    let text = example()
        .replacen("modulation = 20", "modulation = 35", 1)
        .replacen(
            "rhythm    = \"Style\"\n\n[[bass",
            "rhythm = \"resultant 5:3\"\n\n[[bass",
            1,
        );
    let library = with("styles/example.toml", &text);
    let style = library.style("example").unwrap();
    assert_eq!(style.form.modulation, 35);
    assert_eq!(style.rhythms[Lane::Bass.index()], Rhythm::Resultant(5, 3));
    assert_eq!(style.rhythms[Lane::Drums.index()], Rhythm::Style);
    let shaker = style.drums.grooves[0]
        .lines
        .iter()
        .find(|l| l.piece == Piece::Shaker);
    assert!(shaker.is_some_and(|l| l.pattern.cycles && l.pattern.steps.len() == 12));
    let kick = style.drums.grooves[0]
        .lines
        .iter()
        .find(|l| l.piece == Piece::Kick);
    assert!(kick.is_some_and(|l| !l.pattern.cycles));
    let figure = &style.texture.patterns[1].pattern;
    assert!(figure.cycles && figure.steps.len() == 12);
}

#[test]
fn grooves_stand_by_slot_and_a_taken_slot_is_named() {
    let grooves = Library::load(None).grooves;
    assert!(grooves.len() >= 11 && grooves.is_sorted_by_key(|g| g.slot));
    assert_eq!((grooves[0].slot, grooves[0].name.as_str()), (1, "Rock"));
    let one = "name = \"Mine\"\nslot = 1\nsource = \"me\"\n";
    let library = with("grooves/mine.toml", one);
    assert_eq!(library.grooves.len(), grooves.len());
    assert!(
        messages(&library)
            .iter()
            .any(|m| m.contains("slot 1 is taken by the groove Rock"))
    );
}

#[test]
fn every_style_survives_being_written() {
    let library = Library::load(None);
    let named = |style: &Style| NamedGroove {
        stem: "own".to_string(),
        template: style.groove.clone(),
    };
    for style in &library.styles {
        let text = style_file::write(style, "own", &["Comment".to_string()], &[]);
        let read = style_file::read("x.toml", &style.stem, &text, &[named(style)]);
        let mut back = read.unwrap_or_else(|p| panic!("{}: {}", style.stem, p[0]));
        assert!(library.resolve(&mut back).is_empty());
        // Levels are written to a hundredth of a decibel; all else is the same.
        for (to, from) in back.mix.strips.iter_mut().zip(&style.mix.strips) {
            assert!((to.level_db - from.level_db).abs() < 0.006);
            *to = *from;
        }
        (back.mix.duck_db, back.mix.reverb_s) = (style.mix.duck_db, style.mix.reverb_s);
        for (a, b) in back
            .harmony
            .progressions
            .iter()
            .zip(&style.harmony.progressions)
        {
            assert_eq!(a, b, "{}", style.stem);
        }
        assert!(*back == *style, "{}:\n{text}", style.stem);
    }
}
