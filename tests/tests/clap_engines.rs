//! Projects of older engines: kept in `tests/saved` as a build of that time wrote them, each with the events that
//! this build played.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tests::fixtures::{first_difference, rig, take};
use tests::saved;
use tests::script::{Script, Take};

/// Revisions of engines that have been given to users, but for the present one.
const REVISIONS: [u32; 1] = [1];

fn file(revision: u32, ending: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved");
    folder.join(format!("engines-{revision}.{ending}"))
}

fn read(revision: u32, ending: &str) -> String {
    let path = file(revision, ending);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The project as a host gives it back.
fn project(revision: u32) -> Vec<u8> {
    let json = serde_json::from_str(&read(revision, "json")).expect("the project is JSON");
    saved::pack(&json)
}

/// What was played when it was saved: eight bars of Funk.
fn script() -> Script {
    Script {
        keep_sound: false,
        ..Script::bars(8.0, 120.0, (4, 4))
    }
}

/// An event a line: frame, what, as the files hold it.
fn lines(take: &Take) -> String {
    take.events
        .iter()
        .fold(String::new(), |mut text, (at, event)| {
            let _ = writeln!(text, "{at} {event:?}");
            text
        })
}

#[test]
fn a_project_of_older_engines_plays_the_very_notes_that_it_was_saved_with() {
    for revision in REVISIONS {
        let mut old = rig();
        old.restore(&project(revision)).expect("it opens");
        let played = lines(&take(&mut old, &script()));
        let kept = read(revision, "txt");
        let (kept, played): (Vec<&str>, Vec<&str>) =
            (kept.lines().collect(), played.lines().collect());
        assert!(kept.len() > 300, "{} events are no song", kept.len());
        assert_eq!(first_difference(&kept, &played), None, "engines {revision}");
        // It is still theirs, and the user has not been taken at a word that was never said.
        let again = old.save().expect("it is saved");
        assert_eq!(
            saved::field(&again, "engines").unwrap()["engines"],
            revision
        );
        let notes = saved::field(&again, "take").unwrap();
        assert_eq!(
            notes["is_chosen"], false,
            "Keep as saved or Update is no question"
        );
        let before = saved::field(&project(revision), "take").unwrap();
        assert_eq!(notes["lists"], before["lists"]);
    }
}

#[test]
fn a_project_of_older_engines_is_theirs_no_more_when_the_music_is_asked_to_change() {
    for revision in REVISIONS {
        let mut old = rig();
        old.restore(&project(revision)).expect("it opens");
        old.set("style", "Rock").unwrap();
        old.set("seed", "13").unwrap();
        let mut without = saved::open(&old.save().unwrap()).unwrap();
        without["fields"].as_object_mut().unwrap().remove("take");
        let mut fresh = rig();
        fresh.restore(&saved::pack(&without)).unwrap();
        let (turned, fresh) = (take(&mut old, &script()), take(&mut fresh, &script()));
        assert_eq!(first_difference(&fresh.events, &turned.events), None);
    }
}
