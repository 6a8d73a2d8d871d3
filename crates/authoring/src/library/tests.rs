//! Reading preset files: what is right is read, what is wrong is named.

mod parts;
mod styles;

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
    assert_eq!(library.patches.len(), count("instruments") + count("kits"));
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
