use super::*;
use crate::library::style_texts;
use music::lane::{Lane, LaneSet};
use music::plan::SectionKind;
use music::style::Kinds;

/// Enough for variants that are chosen often; the tests shall stay quick.
const FEW: u16 = 24;

fn rock() -> (Library, StyleText, Style) {
    let library = Library::load(None);
    let text = style_texts(None)
        .into_iter()
        .find(|t| t.stem == "rock")
        .unwrap();
    let style = library.style("rock").unwrap().clone();
    (library, text, style)
}

fn said(style: &Style, library: &Library, text: &StyleText) -> String {
    let found = check_style(style, library, text, FEW);
    let lines: Vec<String> = found.iter().map(|p| p.to_string()).collect();
    lines.join("\n")
}

#[test]
fn a_groove_that_no_section_can_choose_is_named_with_its_line() {
    let (library, text, mut style) = rock();
    let last = style.drums.grooves.len() - 1;
    style.drums.grooves[last].kinds = Kinds::default().with(SectionKind::Drop);
    let said = said(&style, &library, &text);
    let line = Lines::new(&text.text).of("drums.groove", Some(last));
    assert!(line > 0);
    let wanted = format!(
        "{}:{line}: drums.groove: never heard: no section of the form",
        text.path
    );
    assert!(said.contains(&wanted), "{said}");
}

#[test]
fn what_is_missing_is_said() {
    let (library, text, mut style) = rock();
    style.drums.fills.retain(|f| f.energy < 7);
    style.melody.cells.truncate(3);
    style.tempo = (30, 120, 200);
    style.drums.polyrhythm = (4, 2);
    style
        .harmony
        .progressions
        .retain(|p| !p.minor || p.kinds.0 != 0 && !p.kinds.suits(SectionKind::Verse));
    style.bass.range = (40, 70);
    style.form.lanes[SectionKind::Verse as usize] = LaneSet::ALL;
    for pattern in &mut style.bass.patterns {
        for step in &mut pattern.pattern.steps {
            step.priority = 0;
        }
    }
    style.bass.lock = 0;
    let said = said(&style, &library, &text);
    for wanted in [
        "drums: has no hard fill (energy 7 to 9)",
        "melody: has 3 cells, 4 or more",
        "tempo: 30 to 200 BPM leaves 40 to 300",
        "tempo: 30 to 200 BPM is wider",
        "drums.polyrhythm: 4:2 is no rhythm",
        "form.verse: has no progression in minor",
        "bass.range: 40 to 70 leaves where a bass belongs",
    ] {
        assert!(said.contains(wanted), "{wanted} is missing in\n{said}");
    }
}

#[test]
fn a_lane_that_stays_silent_is_said() {
    let (library, text, mut style) = rock();
    style.melody.rests = 100;
    for cell in &mut style.melody.cells {
        for step in &mut cell.pattern.steps {
            step.priority = u8::from(step.priority > 0);
        }
    }
    let said = said(&style, &library, &text);
    assert!(said.contains("melody is"), "{said}");
}

#[test]
fn a_third_hand_is_counted() {
    let (library, text, mut style) = rock();
    let mut cowbell = style.drums.grooves[0].lines[1].clone();
    cowbell.piece = music::drum::Piece::Cowbell;
    let hat = style.drums.grooves[0]
        .lines
        .iter()
        .position(|l| l.piece == music::drum::Piece::HatClosed);
    let mut shaker = style.drums.grooves[0].lines[hat.unwrap()].clone();
    shaker.piece = music::drum::Piece::Shaker;
    for step in shaker
        .pattern
        .steps
        .iter_mut()
        .chain(&mut cowbell.pattern.steps)
    {
        step.priority = step.priority.min(5);
    }
    let before = said(&style, &library, &text);
    assert!(!before.contains("cowbell finds no hand"), "{before}");
    let _ = style.drums.grooves[0].lines.push(shaker);
    let _ = style.drums.grooves[0].lines.push(cowbell);
    let said = said(&style, &library, &text);
    assert!(said.contains("cowbell finds no hand"), "{said}");
    assert!(style.form.lanes[0].0 == 0 || style.form.lanes[0].has(Lane::Drums));
}

#[test]
fn a_copy_of_a_style_is_found_and_two_styles_are_not() {
    let library = Library::load(None);
    let texts = style_texts(None);
    let only = |stems: &[&str]| {
        let mut out = Library::default();
        let wanted = library
            .styles
            .iter()
            .filter(|s| stems.contains(&s.stem.as_str()));
        out.styles = wanted.cloned().collect();
        out
    };
    assert!(check_pairs(&only(&["rock", "bossa"]), &texts, &[]).is_empty());
    let mut copied = only(&["rock", "bossa"]);
    let mut copy = copied.styles[0].clone();
    copy.stem = music::name("copy");
    copied.styles.push(copy);
    let found = check_pairs(&copied, &texts, &["copy".to_string()]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].message.contains("as like \"rock\""),
        "{}",
        found[0]
    );
}

#[test]
fn a_style_written_by_the_recipe_plays() {
    const RECIPE: &str = include_str!("../../../../CONTRIBUTING.md");
    let (_, after) = RECIPE.split_once("```toml\n").unwrap();
    let (groove, _) = after.split_once("```").unwrap();
    let (plain, rock, _) = rock();
    let free = (0..=255).find(|s| plain.styles.iter().all(|style| style.slot != *s));
    let mine = rock.text.replacen("\"Rock\"", "\"Mine\"", 1).replacen(
        "slot   = 0",
        &format!("slot   = {}", free.unwrap()),
        1,
    );
    let folder = std::env::temp_dir().join(format!("recipe-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("styles")).unwrap();
    let path = folder.join("styles/mine.toml");
    std::fs::write(path, format!("{mine}\n{groove}")).unwrap();
    let library = Library::load(Some(&folder));
    let texts = style_texts(Some(&folder));
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(library.problems.is_empty(), "{:?}", library.problems);
    let style = library.style("mine").unwrap();
    let text = texts.iter().find(|t| t.stem == "mine").unwrap();
    assert_eq!(text.path, "styles/mine.toml");
    assert_eq!(style.name, "Mine");
    // The new groove is heard, and no lane is silent.
    let said = said(style, &library, text);
    let line = Lines::new(&text.text).of("drums.groove", Some(style.drums.grooves.len() - 1));
    assert!(line > rock.text.lines().count());
    assert!(
        !said.contains(&format!(":{line}:")) && !said.contains("silent"),
        "{said}"
    );
}

#[test]
fn every_fill_of_a_style_is_heard_whole() {
    // One with few phrase ends, one whose sections are all gentle, one that hears its drums in a few.
    let (library, texts) = (Library::load(None), style_texts(None));
    for stem in ["bossa", "jazz-ballad", "house"] {
        let style = library.style(stem).unwrap();
        let text = texts.iter().find(|t| t.stem == stem).unwrap();
        let lines = Lines::new(&text.text);
        let mut found = Findings {
            file: &text.path,
            lines: &lines,
            found: Vec::new(),
        };
        reach::fills(style, SEEDS, &mut found);
        let said: Vec<String> = found.found.iter().map(|p| p.to_string()).collect();
        assert!(said.is_empty(), "{}", said.join("\n"));
    }
}

#[test]
fn a_fill_that_no_section_can_hear_is_named() {
    let (_, text, mut style) = rock();
    for step in &mut style.form.template {
        step.kind = SectionKind::Outro;
    }
    let lines = Lines::new(&text.text);
    let mut found = Findings {
        file: &text.path,
        lines: &lines,
        found: Vec::new(),
    };
    reach::fills(&style, 1, &mut found);
    assert!(
        found
            .found
            .iter()
            .any(|p| p.message.contains("at its energy"))
    );
}
