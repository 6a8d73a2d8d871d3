//! An instrument file (TOML) to a [`Patch`]: one table named after the technique that makes the sound.

use music::patch::{KitTable, Patch};
use toml::{Table, Value};

use crate::problem::{Problem, unknown};

/// Reads a patch and checks its ranges.
///
/// # Errors
/// The first fault, with its line.
pub fn read(file: &str, text: &str) -> Result<Patch, Vec<Problem>> {
    let problem = |line: usize, key: &str, message: String| {
        vec![Problem {
            file: file.to_string(),
            line,
            key: key.to_string(),
            message,
        }]
    };
    let patch: Patch = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| 1 + text[..span.start].matches('\n').count());
        let (key, message) = plain(error.message());
        problem(line, &key, message)
    })?;
    let patch = match patch {
        Patch::Kit(kit) => Patch::Kit(completed(text).unwrap_or(kit)),
        other => other,
    };
    if let Err(error) = patch.validate() {
        let message = error.to_string();
        // The message starts with "[table] field": the line that sets the field is the one to mend.
        let field = message.split_whitespace().nth(1).unwrap_or("");
        let sets = |line: &str| {
            line.split('=')
                .next()
                .is_some_and(|key| key.trim() == field)
        };
        let line = text.lines().position(sets).map_or(0, |index| index + 1);
        return Err(problem(line, "", message));
    }
    Ok(patch)
}

/// A kit whose pieces, where the file says only a part of one, are filled in from that very piece's defaults: a
/// tambourine keeps its jingles. (Tables by themselves know only what their kind begins with.)
fn completed(text: &str) -> Option<KitTable> {
    let written: Table = toml::from_str(text).ok()?;
    let mut whole = Table::try_from(KitTable::default()).ok()?;
    overlay(&mut whole, written.get("kit")?.as_table()?);
    whole.try_into().ok()
}

/// Writes what is in `over` on top, table by table.
fn overlay(under: &mut Table, over: &Table) {
    for (key, value) in over {
        match (under.get_mut(key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => overlay(under, over),
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
}

/// serde's words for an unknown name, with the nearest known one instead of all of them.
fn plain(message: &str) -> (String, String) {
    let message = message.lines().next().unwrap_or("").to_string();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let what = match message.split('`').next().map(str::trim) {
        Some("unknown field") => "key",
        Some("unknown variant") => "name",
        _ => return (String::new(), message),
    };
    match quoted[..] {
        [name, ref known @ ..] if !known.is_empty() => {
            (name.to_string(), unknown(what, name, known))
        }
        _ => (String::new(), message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kit(text: &str) -> KitTable {
        match read("test.toml", text) {
            Ok(Patch::Kit(kit)) => kit,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_piece_that_is_said_in_part_keeps_the_rest_of_its_own() {
        let usual = KitTable::default();
        let part = kit(
            "[kit]\nname = \"Part\"\n[kit.tambourine]\ndecay_ms = 200\n[kit.claves]\nknock = 0.5\n",
        );
        assert_eq!(part.tambourine.decay_ms, 200.0);
        assert_eq!(part.tambourine.jingle, usual.tambourine.jingle);
        assert_eq!(part.claves.pitch_hz, usual.claves.pitch_hz);
        assert_eq!(part.kick, usual.kick);
        assert_ne!(
            usual.tambourine.jingle,
            music::patch::ShakerTable::default().jingle,
            "else this shows nothing"
        );
    }

    #[test]
    fn mistakes_in_a_piece_are_still_named() {
        let wrong = read(
            "test.toml",
            "[kit]\nname = \"X\"\n[kit.tambourine]\ndecai_ms = 2\n",
        );
        let problems = wrong.unwrap_err();
        assert_eq!(
            (problems[0].line, problems[0].key.as_str()),
            (4, "decai_ms")
        );
        let wild = read(
            "test.toml",
            "[kit]\nname = \"X\"\n[kit.claves]\npitch_hz = 1\n",
        );
        assert!(wild.is_err());
    }
}
