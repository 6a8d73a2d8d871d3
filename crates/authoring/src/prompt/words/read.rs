//! Reads a lexicon's file: which table says what of its words.

use music::lane::Lane;
use music::pitch::Scale;

use super::{Knob, LONGEST, Meaning, Mood, Unit, Words, plain};
use crate::prompt::numbers;
use crate::reader::{Place, Reader};
use crate::style_file::form;

fn phrases(text: &str, place: &Place<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for phrase in text.split(',').map(plain) {
        if phrase.is_empty() {
            place.wrong("has an empty word between commas");
        } else if phrase.split(' ').count() > LONGEST {
            place.wrong(format!("\"{phrase}\" has more than {LONGEST} words"));
        } else {
            out.push(phrase);
        }
    }
    out
}

/// Adds what a file's tables say.
pub fn fill(out: &mut Words, mut root: Reader<'_>) {
    if let Some(mut table) = root.table("styles") {
        for key in table.keys() {
            list(&mut table, key, |phrase| {
                out.meanings.insert(phrase, Meaning::Style(key.to_string()));
            });
        }
        table.finish();
    }
    if let Some(mut table) = root.table("scales") {
        for scale in Scale::ALL {
            list(
                &mut table,
                &scale.name().to_lowercase().replace(' ', "-"),
                |phrase| {
                    out.meanings.insert(phrase, Meaning::Scale(scale));
                },
            );
        }
        table.finish();
    }
    if let Some(mut table) = root.table("meters") {
        for key in table.keys() {
            let Some(meter) = numbers::meter(key) else {
                table
                    .place()
                    .wrong(format!("\"{key}\" is no meter, write it as in \"7/8\""));
                continue;
            };
            list(&mut table, key, |phrase| {
                out.meanings.insert(phrase, Meaning::Meter(meter));
            });
        }
        table.finish();
    }
    if let Some(mut table) = root.table("lanes") {
        for lane in Lane::ALL {
            list(&mut table, lane.id(), |phrase| {
                out.meanings.insert(phrase, Meaning::Lane(lane));
            });
        }
        table.finish();
    }
    for lane in Lane::PLAYED {
        let Some(mut table) = root.table(&format!("{}-instruments", lane.id())) else {
            continue;
        };
        for key in table.keys() {
            list(&mut table, key, |phrase| {
                out.meanings
                    .insert(phrase, Meaning::Instrument(lane, key.to_string()));
            });
        }
        table.finish();
    }
    if let Some(mut table) = root.table("joins") {
        for (key, meaning) in [
            ("without", Meaning::Without),
            ("only", Meaning::Only),
            ("with", Meaning::With),
        ] {
            list(&mut table, key, |phrase| {
                out.meanings.insert(phrase, meaning.clone());
            });
        }
        list(&mut table, "and", |phrase| out.ands.push(phrase));
        table.finish();
    }
    for mut table in root.tables("degree") {
        let times = table.number("times", -3.0..=3.0, 1.0);
        list(&mut table, "words", |phrase| {
            out.meanings.insert(phrase, Meaning::Degree(times));
        });
        table.finish();
    }
    for mut table in root.tables("tempo") {
        let place = table.number("place", 0.0..=1.0, 0.5);
        list(&mut table, "words", |phrase| {
            out.meanings.insert(phrase, Meaning::Tempo(place));
        });
        table.finish();
    }
    for mut table in root.tables("mood") {
        let mut mood = Mood::default();
        if let Some((text, place)) = table.text("scale") {
            mood.scale = place.check(form::scale(text));
        }
        for knob in Knob::ALL {
            let amount = table.number(knob.word(), -100.0..=100.0, 0.0);
            if amount != 0.0 {
                mood.moves.push((knob, amount));
            }
        }
        list(&mut table, "words", |phrase| {
            out.meanings.insert(phrase, Meaning::Mood(mood.clone()));
        });
        table.finish();
    }
    if let Some(mut table) = root.table("numbers") {
        for key in table.keys() {
            let Ok(number) = key.parse::<u16>() else {
                table.place().wrong(format!("\"{key}\" is no whole number"));
                continue;
            };
            list(&mut table, key, |phrase| {
                out.meanings.insert(phrase, Meaning::Number(number));
            });
        }
        table.finish();
    }
    if let Some(mut table) = root.table("units") {
        for (key, unit) in [
            ("bpm", Unit::Bpm),
            ("bars", Unit::Bars),
            ("minutes", Unit::Minutes),
            ("seconds", Unit::Seconds),
            ("tempo", Unit::Tempo),
            ("seed", Unit::Seed),
            ("key", Unit::Key),
        ] {
            list(&mut table, key, |phrase| {
                out.units.insert(phrase, unit);
            });
        }
        table.finish();
    }
    if let Some(mut table) = root.table("filler") {
        list(&mut table, "words", |phrase| out.filler.push(phrase));
        table.finish();
    }
    if let Some(mut table) = root.table("others") {
        list(&mut table, "words", |phrase| out.others.push(phrase));
        table.finish();
    }
    if let Some(mut table) = root.table("cardinals") {
        list(&mut table, "ones", |word| out.cardinals.0.push(word));
        list(&mut table, "tens", |word| out.cardinals.1.push(word));
        table.finish();
    }
    if let Some(mut table) = root.table("sounds") {
        for key in table.keys() {
            if let Some((text, _)) = table.text(key) {
                out.sounds.insert(plain(key), text.to_owned());
            }
        }
        table.finish();
    }
    root.finish();
}

fn list(table: &mut Reader<'_>, key: &str, mut add: impl FnMut(String)) {
    if let Some((text, place)) = table.text(key) {
        for phrase in phrases(text, &place) {
            add(phrase);
        }
    }
}
