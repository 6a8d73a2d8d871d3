//! Key and chords of a song: which tones sound how long, and what they agree with best.

use std::collections::BTreeMap;

use files::midi::{FileBar, FileNote};
use music::chord::{Chord, Quality};
use music::lane::Lane;
use music::pitch::{Key, PitchClass, Scale};
use music::style::{HarmonyStyle, Kinds, Progression};

use super::cluster::weight;
use super::source::{Bar, Song};
use crate::numerals;

/// A chord that was heard.
pub type Sounding = Chord;

/// Kinds of chords that are told apart; colour beyond sevenths is counted as colour.
const KINDS: [Quality; 9] = [
    Quality::Major,
    Quality::Minor,
    Quality::Dominant7,
    Quality::Minor7,
    Quality::Major7,
    Quality::Sus4,
    Quality::Diminished,
    Quality::HalfDiminished,
    Quality::Diminished7,
];

/// What a note counts for in a chord, by lane. Taste: the tune passes through more than it states.
const fn share(lane: Lane) -> f64 {
    match lane {
        Lane::Harmony => 1.0,
        Lane::Bass => 1.2,
        Lane::Texture => 0.7,
        _ => 0.25,
    }
}
/// Taste: a tone outside the chord counts so much against it, a tone that is missing so much, each tone beyond
/// a triad so much, and the root in the bass so much for it.
const OUTSIDE: f64 = 0.7;
const MISSING: f64 = 0.14;
const FOURTH_TONE: f64 = 0.03;
const BASS_ROOT: f64 = 0.2;
/// How much better two chords in a bar must fit than one. Taste.
const TWO_CHORDS: f64 = 0.22;

/// Tonic and mode of all that sounds; a key signature has a small say.
pub fn key(
    by_lane: &[Vec<FileNote>; 6],
    starts: &[FileBar],
    signature: Option<(i8, bool)>,
) -> (Key, Scale) {
    let mut chroma = [0.0; 12];
    let mut bass = [0.0; 12];
    for lane in [Lane::Bass, Lane::Harmony, Lane::Texture, Lane::Melody] {
        for note in &by_lane[lane.index()] {
            let class = note.pitch.class().0 as usize;
            chroma[class] += note.duration as f64;
            if lane == Lane::Bass {
                bass[class] += note.duration as f64;
            }
        }
    }
    // What the bass stands on where every fourth bar begins, and at the end.
    let mut stands = [0.0; 12];
    let low_notes = &by_lane[Lane::Bass.index()];
    let places = starts.iter().step_by(LOOP).map(|b| b.start.0 + 120);
    let ends = low_notes.last().map(|n| n.onset.0);
    for place in places.chain(ends) {
        let before = low_notes.partition_point(|n| n.onset.0 <= place);
        if let Some(note) = before.checked_sub(1).map(|i| low_notes[i]) {
            stands[note.pitch.class().0 as usize] += 1.0;
        }
    }
    let stood: f64 = stands.iter().sum::<f64>().max(1.0);
    let total: f64 = chroma.iter().sum::<f64>().max(1.0);
    let low: f64 = bass.iter().sum::<f64>().max(1.0);
    let mut best = (f64::NEG_INFINITY, PitchClass(0), Scale::Major);
    for tonic in (0..12).map(PitchClass) {
        for scale in [Scale::Major, Scale::Minor] {
            let of = |semitones: i32| chroma[tonic.up(semitones).0 as usize] / total;
            let inside: f64 = (0..12)
                .filter(|s| scale.mask() & (1 << s) != 0)
                .map(of)
                .sum();
            let third = if scale == Scale::Minor { 3 } else { 4 };
            let leading = if scale == Scale::Minor {
                of(11) * 0.5
            } else {
                0.0
            };
            let home = 0.6 * of(0) + 0.35 * of(third) + 0.3 * of(7);
            let rests =
                0.35 * bass[tonic.0 as usize] / low + 0.25 * stands[tonic.0 as usize] / stood;
            let (sharps, minor) = signature.unwrap_or((99, false));
            let major = if scale == Scale::Minor {
                tonic.up(3)
            } else {
                tonic
            };
            let written = (major.0 as i32 * 7 - sharps as i32).rem_euclid(12) == 0
                && minor == (scale == Scale::Minor);
            let said = if written && sharps != 99 { 0.08 } else { 0.0 };
            let score = inside + leading + home + rests + said;
            if score > best.0 {
                best = (score, tonic, scale);
            }
        }
    }
    (best.1, best.2)
}

/// What sounds in a stretch: weights of the pitch classes, and of those in the bass.
#[derive(Clone, Copy, Default)]
struct Sound {
    chroma: [f64; 12],
    bass: [f64; 12],
}

impl Sound {
    fn fit(&self, chord: Chord) -> f64 {
        let total: f64 = self.chroma.iter().sum();
        let mut score = 0.0;
        for class in (0..12).map(PitchClass) {
            let part = self.chroma[class.0 as usize] / total;
            if chord.has(class) {
                score += part;
                score -= if part < 0.03 { MISSING } else { 0.0 };
            } else {
                score -= OUTSIDE * part;
            }
        }
        let low: f64 = self.bass.iter().sum();
        if low > 0.0 {
            score += BASS_ROOT * self.bass[chord.root.0 as usize] / low;
        }
        score - FOURTH_TONE * (chord.tones().len() as f64 - 3.0)
    }
    fn best(&self) -> Option<(f64, Chord)> {
        if self.chroma.iter().sum::<f64>() <= 0.0 {
            return None;
        }
        let all = (0..12).flat_map(|r| KINDS.map(|q| Chord::new(PitchClass(r), q)));
        all.map(|chord| (self.fit(chord), chord))
            .max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// Writes the chords of every bar.
pub fn hear(by_lane: &[Vec<FileNote>; 6], starts: &[FileBar], bars: &mut [Bar]) {
    let mut sounds = vec![[Sound::default(); 2]; bars.len()];
    for lane in [Lane::Bass, Lane::Harmony, Lane::Texture, Lane::Melody] {
        for note in &by_lane[lane.index()] {
            let (from, to) = (note.onset.0, note.onset.0 + note.duration);
            let first = starts.partition_point(|b| b.start.0 <= from).max(1) - 1;
            for (bar, sound) in starts.iter().zip(&mut sounds).skip(first) {
                let (start, half) = (bar.start.0, bar.meter.bar_ticks() / 2);
                if start >= to {
                    break;
                }
                for (index, sound) in sound.iter_mut().enumerate() {
                    let begins = start + half * index as i64;
                    let within = to.min(begins + half) - from.max(begins);
                    if within > 0 {
                        let class = note.pitch.class().0 as usize;
                        sound.chroma[class] += within as f64 * share(lane);
                        if lane == Lane::Bass {
                            sound.bass[class] += within as f64;
                        }
                    }
                }
            }
        }
    }
    for (bar, sound) in bars.iter_mut().zip(&sounds) {
        let mut whole = sound[0];
        for class in 0..12 {
            whole.chroma[class] += sound[1].chroma[class];
            whole.bass[class] += sound[1].bass[class];
        }
        let apart = (sound[0].best(), sound[1].best());
        bar.chords = match (apart, whole.best()) {
            ((Some(a), Some(b)), Some(one)) => {
                let together = sound[0].fit(one.1) + sound[1].fit(one.1);
                if a.1 == b.1 || a.0 + b.0 - together < TWO_CHORDS {
                    [Some(one.1); 2]
                } else {
                    [Some(a.1), Some(b.1)]
                }
            }
            ((a, b), _) => [a.or(b).map(|x| x.1), b.or(a).map(|x| x.1)],
        };
    }
}

/// Whether most of the songs are in minor.
pub fn is_minor(songs: &[Song]) -> bool {
    let minor = songs.iter().filter(|s| s.scale == Scale::Minor).count();
    minor * 2 > songs.len()
}

/// Bars of a progression.
const LOOP: usize = 4;
/// Most progressions that are kept, and fewest that make a vocabulary.
const MOST: usize = 8;
const FEWEST: usize = 4;

/// Progressions of four bars as numerals, the ones that came most often, in the mode of most songs. The
/// template's stay for the other mode, and fill up where too few were heard. Gives how many were learnt.
pub fn progressions(songs: &[Song], out: &mut HarmonyStyle) -> usize {
    let minor = is_minor(songs);
    let mut heard: BTreeMap<String, usize> = BTreeMap::new();
    let (mut chords, mut sevenths) = (0usize, 0usize);
    for song in songs {
        let mut since = 0;
        let mut bars: Vec<&Bar> = Vec::new();
        for bar in &song.bars {
            if bar.starts || since == LOOP {
                bars.clear();
                since = 0;
            }
            bars.push(bar);
            since += 1;
            for chord in bar.chords.iter().flatten() {
                chords += 1;
                sevenths += usize::from(chord.tones().len() > 3);
            }
            if since == LOOP
                && (song.scale == Scale::Minor) == minor
                && let Some(text) = numeral_text(&bars, song)
            {
                *heard.entry(text).or_default() += 1;
            }
        }
    }
    if let Some(half) = (50 * sevenths).checked_div(chords) {
        // A written seventh stays one; the chance is for the triads that remain.
        out.sevenths = (out.sevenths as usize / 2 + half).min(90) as u8;
    }
    let mut heard: Vec<(String, usize)> = heard.into_iter().collect();
    heard.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    heard.truncate(MOST);
    let largest = heard.first().map_or(1, |h| h.1);
    let own: Vec<Progression> = heard
        .iter()
        .filter_map(|(text, count)| {
            let chords = numerals::progression(text, minor).ok()?;
            Some(Progression {
                kinds: Kinds::default(),
                minor,
                weight: weight(*count, largest),
                chords: chords.into_iter().collect(),
            })
        })
        .collect();
    if own.is_empty() {
        return 0;
    }
    let template = core::mem::take(&mut out.progressions);
    let count = own.len();
    out.progressions
        .extend(own.into_iter().take(out.progressions.capacity()));
    for progression in template {
        if progression.minor != minor || count < FEWEST {
            let _ = out.progressions.push(progression);
        }
    }
    count
}

/// `I | vi IV | ii7 | V7`; `None` where a bar is silent.
fn numeral_text(bars: &[&Bar], song: &Song) -> Option<String> {
    let mut out = Vec::new();
    for bar in bars {
        let [a, b] = bar.chords;
        let one = |chord: Chord| {
            let reading = music::roman::read(chord, song.key, song.scale);
            reading.roman.text(song.scale).to_string()
        };
        let (a, b) = (one(a?), one(b?));
        out.push(if a == b { a } else { format!("{a} {b}") });
    }
    Some(out.join(" | "))
}
