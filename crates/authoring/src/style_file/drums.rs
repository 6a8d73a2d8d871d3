//! `[drums]`: grooves and fills, a line a piece.

use music::drum::Piece;
use music::style::{DrumFill, DrumGroove, DrumLine, DrumStyle, Step};

use super::{at_least, kinds, push, weight};
use crate::problem::unknown;
use crate::reader::Reader;
use crate::steps;

pub fn read(mut table: Reader<'_>, out: &mut DrumStyle) {
    out.players = table.whole("players", 0..=4, 1);
    out.crash = table.whole("crash", 0..=100, 50);
    out.ghosts = table.whole("ghosts", 0..=100, 0);
    out.time = table.whole("time", 0..=100, 0);
    if let Some((text, place)) = table.text("polyrhythm") {
        let numbers: Vec<Option<u8>> = text.split(':').map(|n| n.trim().parse().ok()).collect();
        match numbers[..] {
            [Some(strokes @ 1..=16), Some(beats @ 1..=8)] => out.polyrhythm = (strokes, beats),
            _ => place.wrong("must be strokes against beats, as in \"3:4\""),
        }
    }
    for mut groove in table.tables("groove") {
        let mut read = DrumGroove {
            kinds: kinds(&mut groove),
            weight: weight(&mut groove),
            ..DrumGroove::default()
        };
        let cycling = cycling(&mut groove);
        let beats = |piece| {
            if cycling.contains(&piece) {
                &steps::ANY_BEATS[..]
            } else {
                &steps::BARS
            }
        };
        for (piece, steps) in lines(&mut groove, beats) {
            let line = DrumLine {
                piece,
                pattern: steps::pattern(&steps, cycling.contains(&piece)),
            };
            push(&mut read.lines, line, groove.place(), "pieces in a groove");
        }
        at_least(groove.place(), read.lines.len(), 1, "pieces");
        push(&mut out.grooves, read, groove.place(), "grooves");
        groove.finish();
    }
    for mut fill in table.tables("fill") {
        let beats = fill.need_whole("beats", 1..=4);
        let mut read = DrumFill {
            beats,
            energy: fill.need_whole("energy", 0..=9),
            ..DrumFill::default()
        };
        let written = [beats as usize];
        for (piece, steps) in lines(&mut fill, |_| &written) {
            let mut bar = vec![Step::default(); 16 - steps.len()];
            bar.extend(steps);
            let line = DrumLine {
                piece,
                pattern: steps::pattern(&bar, false),
            };
            push(&mut read.lines, line, fill.place(), "pieces in a fill");
        }
        at_least(fill.place(), read.lines.len(), 1, "pieces");
        push(&mut out.fills, read, fill.place(), "fills");
        fill.finish();
    }
    at_least(table.place(), out.grooves.len(), 1, "grooves");
    table.finish();
}

/// The pieces of a groove whose lines go round in their own length.
fn cycling(table: &mut Reader<'_>) -> Vec<Piece> {
    let Some((text, place)) = table.text("cycle") else {
        return Vec::new();
    };
    let words: Vec<&str> = Piece::ALL.iter().map(|piece| piece.word()).collect();
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        match Piece::ALL.into_iter().find(|piece| piece.word() == word) {
            Some(piece) => out.push(piece),
            None => place.wrong(unknown("piece", word, &words)),
        }
    }
    out
}

/// Every piece's line with its `-accent` and `-roll` lines laid over.
fn lines<'b>(
    table: &mut Reader<'_>,
    beats: impl Fn(Piece) -> &'b [usize],
) -> Vec<(Piece, Vec<Step>)> {
    let mut out = Vec::new();
    for piece in Piece::ALL {
        let word = piece.word();
        let line = table.text(word);
        let accents = table.text(&format!("{word}-accent"));
        let rolls = table.text(&format!("{word}-roll"));
        let Some((text, place)) = line else {
            for (_, place) in accents.into_iter().chain(rolls) {
                place.wrong(format!("needs a line \"{word}\" as well"));
            }
            continue;
        };
        let Some(mut steps) = place.check(steps::priorities(text, beats(piece), false)) else {
            continue;
        };
        if steps.iter().all(|step| step.priority == 0) {
            place.wrong("never sounds; leave the line out");
        }
        if let Some((text, place)) = accents {
            place.check(steps::overlay(&mut steps, text, 1..=9, |step, digit| {
                step.velocity = steps::accent(digit);
            }));
        }
        if let Some((text, place)) = rolls {
            place.check(steps::overlay(&mut steps, text, 2..=4, |step, digit| {
                step.span = digit
            }));
        }
        out.push((piece, steps));
    }
    out
}
