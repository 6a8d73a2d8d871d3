//! Which section a bar belongs to: by the file's markers, else by how full the bars are in fours.

use files::midi::{AnyFile, FileBar};
use music::plan::SectionKind;

use super::source::Bar;

/// Words in markers, the longer ones first.
const WORDS: [(&str, SectionKind); 14] = [
    ("pre-chorus", SectionKind::PreChorus),
    ("prechorus", SectionKind::PreChorus),
    ("breakdown", SectionKind::Breakdown),
    ("chorus", SectionKind::Chorus),
    ("refrain", SectionKind::Chorus),
    ("verse", SectionKind::Verse),
    ("bridge", SectionKind::Bridge),
    ("intro", SectionKind::Intro),
    ("outro", SectionKind::Outro),
    ("build", SectionKind::Build),
    ("drop", SectionKind::Drop),
    ("solo", SectionKind::Solo),
    ("break", SectionKind::Breakdown),
    ("hook", SectionKind::Chorus),
];

/// Share of the fullest four bars' strokes from which bars are a chorus, percent. Taste.
const FULL: usize = 80;

/// Writes kind and start of every bar.
pub fn kinds(file: &AnyFile, starts: &[FileBar], bars: &mut [Bar]) {
    let marks: Vec<(usize, SectionKind)> = file
        .markers
        .iter()
        .filter_map(|(at, text)| {
            let text = text.to_lowercase();
            let (_, kind) = WORDS.iter().find(|(word, _)| text.contains(word))?;
            let bar = starts.partition_point(|b| b.start.0 <= at.0 + 240);
            Some((bar.saturating_sub(1), *kind))
        })
        .collect();
    if marks.len() >= 2 {
        for (index, bar) in bars.iter_mut().enumerate() {
            let after = marks.partition_point(|m| m.0 <= index);
            if let Some(mark) = after.checked_sub(1).map(|i| marks[i]) {
                bar.kind = mark.1;
                bar.starts = mark.0 == index;
            }
        }
        return;
    }
    let full = |bars: &[Bar]| -> usize {
        let one = |b: &Bar| {
            let kit = b.kit.iter().flatten().filter(|v| **v > 0).count();
            kit + b.lanes.iter().map(Vec::len).sum::<usize>()
        };
        bars.iter().map(one).sum::<usize>() / bars.len().max(1)
    };
    let most = bars.chunks(4).map(full).max().unwrap_or(0);
    let mut before = None;
    for four in bars.chunks_mut(4) {
        let kind = if full(four) * 100 >= most * FULL {
            SectionKind::Chorus
        } else {
            SectionKind::Verse
        };
        for bar in four.iter_mut() {
            bar.kind = kind;
        }
        four[0].starts = before != Some(kind);
        before = Some(kind);
    }
}
