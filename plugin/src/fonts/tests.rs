use std::path::PathBuf;

use super::*;

#[path = "../../../crates/dsp/tests/common/sf2.rs"]
mod sf2;

struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Temporary {
        let file = format!("musearoo-fonts-{}-{name}.sf2", std::process::id());
        let path = std::env::temp_dir().join(file);
        std::fs::write(&path, sf2::file()).unwrap();
        Temporary(path)
    }
    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

fn sent(end: &mut FontsEnd) -> Vec<(Lane, bool)> {
    let mut all = Vec::new();
    while let Ok((lane, font)) = end.turns.pop() {
        all.push((lane, font.is_some()));
    }
    all
}

#[test]
fn a_file_goes_to_the_audio_thread_and_comes_back_to_be_freed() {
    let file = Temporary::new("goes");
    let (fonts, mut end) = Fonts::new();
    assert!(fonts.prepare(48_000.0).iter().all(|turn| turn.1.is_none()));
    let said = fonts.choose(Lane::Melody, file.path(), None).unwrap();
    assert!(said.contains("Sine lead"), "{said}");
    let (lane, font) = end.turns.pop().unwrap();
    assert_eq!(lane, Lane::Melody);
    assert!(end.left.push(font.unwrap()).is_ok());
    fonts.sweep();
    assert!(locked(&fonts.from_audio).is_empty());
    fonts.choose(Lane::Melody, "", None).unwrap();
    assert_eq!(sent(&mut end), [(Lane::Melody, false)]);
    assert_eq!(fonts.choices(), <[FontChoice; LANES]>::default());
}

#[test]
fn drums_take_the_first_kit_and_a_program_may_be_asked_for() {
    let file = Temporary::new("kit");
    let (fonts, mut end) = Fonts::new();
    fonts.prepare(44_100.0);
    fonts.choose(Lane::Drums, file.path(), None).unwrap();
    fonts
        .choose(Lane::Bass, file.path(), Some((128, 0)))
        .unwrap();
    let choices = fonts.choices();
    assert_eq!((choices[0].bank, choices[0].program), (128, 0));
    assert_eq!((choices[1].bank, choices[1].program), (128, 0));
    let error = fonts.choose(Lane::Harmony, file.path(), Some((7, 7)));
    assert!(error.unwrap_err().contains("no program 7:7"));
    assert_eq!(sent(&mut end), [(Lane::Drums, true), (Lane::Bass, true)]);
}

#[test]
fn a_project_has_its_fonts_before_the_first_block() {
    let file = Temporary::new("project");
    let (fonts, _end) = Fonts::new();
    fonts.choose(Lane::Harmony, file.path(), None).unwrap();
    let saved = serde_json::to_value(fonts.choices()).unwrap();
    let (other, mut end) = Fonts::new();
    let said = other.restore(serde_json::from_value(saved).unwrap());
    assert_eq!(said, Vec::<String>::new());
    assert!(sent(&mut end).is_empty(), "no rate is known yet");
    let with_font: Vec<Lane> = other
        .prepare(96_000.0)
        .into_iter()
        .filter_map(|(lane, font)| font.map(|_| lane))
        .collect();
    assert_eq!(with_font, [Lane::Harmony]);
}

#[test]
fn what_is_missing_or_changed_is_said_and_stays_with_the_project() {
    let file = Temporary::new("changed");
    let (fonts, mut end) = Fonts::new();
    fonts.prepare(48_000.0);
    fonts.choose(Lane::Bass, file.path(), None).unwrap();
    let mut choices = fonts.choices();
    choices[Lane::Bass.index()].checksum ^= 1;
    choices[Lane::Texture.index()].path = "no-such.sf2".into();
    sent(&mut end);
    let (other, _end) = Fonts::new();
    let said = other.restore(choices.clone());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("has changed"), "{said:?}");
    assert!(
        said[1].contains("no-such.sf2")
            && said[1].contains("built-in")
            && said[1].contains("Put the file back"),
        "{said:?}"
    );
    assert_eq!(other.choices()[Lane::Texture.index()].path, "no-such.sf2");
    assert!(!other.shelves()[Lane::Texture.index()].problem.is_empty());
}

#[test]
fn a_damaged_file_leaves_what_plays_alone() {
    let file = Temporary::new("damaged");
    let (fonts, mut end) = Fonts::new();
    fonts.prepare(48_000.0);
    fonts.choose(Lane::Bass, file.path(), None).unwrap();
    let before = fonts.choices();
    sent(&mut end);
    std::fs::write(&file.0, b"RIFF no more").unwrap();
    let other = std::env::temp_dir().join(format!("{}-copy", std::process::id()));
    std::fs::write(&other, b"RIFF no more").unwrap();
    assert!(
        fonts
            .choose(Lane::Bass, other.to_str().unwrap(), None)
            .is_err()
    );
    std::fs::remove_file(&other).unwrap();
    assert!(sent(&mut end).is_empty());
    assert_eq!(fonts.choices(), before);
}

#[test]
fn who_looks_has_the_same_list_until_something_changes() {
    let file = Temporary::new("look");
    let (fonts, _end) = Fonts::new();
    let before = fonts.shelves();
    fonts.prepare(48_000.0);
    assert!(Arc::ptr_eq(&before, &fonts.shelves()));
    fonts.choose(Lane::Bass, file.path(), None).unwrap();
    let after = fonts.shelves();
    assert!(!Arc::ptr_eq(&before, &after));
    assert_eq!(before[Lane::Bass.index()].plays, "");
    assert_eq!(after[Lane::Bass.index()].plays, "Sine lead");
    fonts.prepare(96_000.0);
    assert!(Arc::ptr_eq(&after, &fonts.shelves()), "made, not changed");
}

#[test]
fn a_file_too_large_for_memory_is_refused_unread_and_what_plays_goes_on() {
    let file = Temporary::new("goes-on");
    let (fonts, mut end) = Fonts::new();
    fonts.prepare(48_000.0);
    fonts.choose(Lane::Bass, file.path(), None).unwrap();
    sent(&mut end);
    for bytes in [MAX_BYTES + 1, 3_000_000_000] {
        let large = Temporary::new("large");
        // A hole: it takes no room on the disk.
        let hole = File::options().write(true).open(&large.0).unwrap();
        hole.set_len(bytes).unwrap();
        let why = fonts.choose(Lane::Bass, large.path(), None).unwrap_err();
        assert!(
            why.contains(large.path()) && why.contains("over 1 GB"),
            "{why}"
        );
        assert!(sent(&mut end).is_empty());
        assert_eq!(fonts.choices()[Lane::Bass.index()].path, file.path());
    }
}
