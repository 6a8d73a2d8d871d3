//! Files beside the styles: grooves, instruments, drum maps and words; and what refers to them by name.

use super::*;

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
        "kits/odd.toml",
        "[kit]\nname = \"Odd\"\n\n[kit.kick]\nptich_hz = 3\n",
    );
    let said = messages(&library).join("\n");
    assert!(
        said.starts_with("kits/odd.toml:5: ptich_hz: unknown key"),
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
fn where_a_users_preset_is_broken_the_built_in_one_of_its_name_plays() {
    let whole = Library::load(None);
    let at = |library: &Library, stem: &str| {
        let place = library.patch_stems.iter().position(|s| s == stem);
        library.patches[place.expect("it still plays")].clone()
    };
    let broken = [
        ("kits/rock-kit.toml", "[kit]\nname = \"Mine"),
        ("kits/rock-kit.toml", "[kit.kick]\npitch_hz = \"low\"\n"),
        ("instruments/upright-bass.toml", "\u{0}\u{fffd}RIFF"),
        ("instruments/upright-bass.toml", ""),
        (
            "mixes/rock.toml",
            "name = \"Mine\"\n[master]\nceiling = 3\n",
        ),
        ("grooves/rock.toml", "name = "),
        ("drum_maps/addictive_drums.toml", "[keys]\nkick = -1\n"),
        ("styles/rock/rock.toml", "name = \"Rock\"\n"),
    ];
    for (path, text) in broken {
        let library = with(path, text);
        let said = messages(&library).join("\n");
        assert!(said.starts_with(path), "{path}: {said}");
        assert!(said.contains("is used instead"), "{path}: {said}");
        assert_eq!(library.patch_stems, whole.patch_stems, "{path}");
        assert_eq!(library.mix_stems, whole.mix_stems, "{path}");
        for stem in ["rock-kit", "upright-bass"] {
            assert_eq!(at(&library, stem), at(&whole, stem), "{path}");
        }
        assert_eq!(library.mixes, whole.mixes, "{path}");
        assert_eq!(library.styles, whole.styles, "{path}");
        assert_eq!(library.drum_maps, whole.drum_maps, "{path}");
    }
    let mine = with("kits/rock-kit.toml", "[kit]\nname = \"Mine\"\n");
    assert_eq!(messages(&mine), Vec::<String>::new());
    assert_ne!(at(&mine, "rock-kit"), at(&whole, "rock-kit"));
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
