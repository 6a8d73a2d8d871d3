//! Pads: chords held from their start to their end, voices that stay held over, in one swell a phrase.
//!
//! A voice whose pitch the next chord has too goes on sounding into it, so that only what moves is struck anew.
//! It is held only where the next chord wants it no later as density rises, so that density stays a threshold.

use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::plan::{ChordSpan, PHRASE_CHORDS};
use music::time::TICKS_PER_STEP;

use heapless::Vec;

use super::stop;
use crate::feel;
use crate::harmony::comping::{chord_at, wanted};
use crate::view::BarView;

/// Density from which the n-th most wanted voice is heard. Taste.
const VOICE_DENSITY: [u8; 6] = [0, 10, 25, 40, 52, 58];
/// A pad breathes in slowly: it needs less force than a struck chord. Taste.
const VELOCITY: i32 = 64;
/// A chord that lasts longer is struck again at a bar line after so many bars, so that a decaying sound
/// does not die. Taste.
const AGAIN_AFTER_BARS: u8 = 4;
/// Bars from its stroke on within which a voice may be held into another chord. Taste: chords that a hand plays
/// over the song's are heard soon.
const HELD_OVER_BARS: u8 = 2;
/// Force on top by eighth of the phrase: it swells towards its last third and lets go. Taste.
const SWELL: [i32; 8] = [0, 2, 4, 6, 9, 10, 7, 3];
/// Force by voice: the top one sings, inner ones stay back. Taste.
const TOP: i32 = 3;
const INNER: i32 = -3;

fn gates(span: &ChordSpan) -> [u8; 6] {
    let rank = wanted(span, true);
    let mut gates = [0; 6];
    for (voice, gate) in gates.iter_mut().enumerate().take(span.texture.len()) {
        *gate = VOICE_DENSITY[(rank[voice] as usize).min(5)];
    }
    gates
}

/// The phrase's chords as a pad holds them.
struct Held<'a> {
    chords: &'a [ChordSpan],
    gates: Vec<[u8; 6], PHRASE_CHORDS>,
    /// Bars in which each voice of each chord was struck: earlier than the chord's own where it is held over.
    struck: Vec<[u8; 6], PHRASE_CHORDS>,
}

impl<'a> Held<'a> {
    fn new(chords: &'a [ChordSpan]) -> Held<'a> {
        let mut held = Held {
            chords,
            gates: chords.iter().map(gates).collect(),
            struck: Vec::new(),
        };
        for (index, span) in chords.iter().enumerate() {
            let mut bars = [span.bar; 6];
            for (voice, bar) in bars.iter_mut().enumerate().take(span.texture.len()) {
                if let Some(since) = held.since(index, voice) {
                    *bar = since;
                }
            }
            let _ = held.struck.push(bars);
        }
        held
    }
    /// The voice of the chord before that goes on as a voice of this one.
    fn voice_before(&self, index: usize, voice: usize) -> Option<usize> {
        let (from, into) = (&self.chords[index.checked_sub(1)?], &self.chords[index]);
        let pitch = into.texture.get(voice)?;
        let before = from.texture.iter().position(|p| p == pitch)?;
        (self.gates[index - 1][before] <= self.gates[index][voice]).then_some(before)
    }
    /// The bar in which a voice was struck that is held into this chord. Where it is struck again a chord is struck
    /// whole, and nothing is held into it.
    fn since(&self, index: usize, voice: usize) -> Option<u8> {
        let before = self.voice_before(index, voice)?;
        let since = self.struck[index - 1][before];
        (self.chords[index].bar - since < HELD_OVER_BARS).then_some(since)
    }
}

/// Plays the chords that start in the bar.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let bar_ticks = view.place.meter.bar_ticks();
    let chords = &view.phrase.chords;
    let held = Held::new(chords);
    let stop = stop::stop(view);
    for (index, span) in chords.iter().enumerate() {
        let age = view.bar_in_phrase.saturating_sub(span.bar);
        let starts = span.bar == view.bar_in_phrase;
        let tick = if starts {
            span.step as i64 * TICKS_PER_STEP
        } else if age > 0 && age.is_multiple_of(AGAIN_AFTER_BARS) {
            0
        } else {
            continue;
        };
        let Some((sounding, change)) = chord_at(view, tick) else {
            continue;
        };
        if sounding != index {
            continue;
        }
        // Where it is struck again later, it lets go.
        let again = AGAIN_AFTER_BARS as i64 * bar_ticks;
        for (voice, pitch) in span.texture.iter().enumerate() {
            if starts && held.since(index, voice).is_some() {
                continue;
            }
            let mut end = change.min(again);
            let (mut chord, mut own) = (index, voice);
            while end == ends(view, chord, bar_ticks) {
                let Some(next) = chords.get(chord + 1) else {
                    break;
                };
                let into = next.texture.iter().position(|p| p == pitch);
                let into = into.filter(|v| held.voice_before(chord + 1, *v) == Some(own));
                let Some(into) = into.filter(|v| held.since(chord + 1, *v).is_some()) else {
                    break;
                };
                (chord, own) = (chord + 1, into);
                let bar = next.bar as i64 - view.bar_in_phrase as i64;
                end = ends(view, chord, bar_ticks).min(bar * bar_ticks + again);
            }
            let felt = feel::place(view, Lane::Texture, None, tick, force(view, span, voice));
            let note = Candidate {
                lane: Lane::Texture,
                grid: felt.grid,
                onset: felt.onset,
                duration: felt.lasting(end - tick),
                pitch: *pitch,
                velocity: felt.velocity,
                gate: Gate::density(held.gates[index][voice]),
                role: Role::Voice(voice as u8),
            };
            stop::write(stop, note, out);
        }
    }
}

/// Ticks from the bar's start to the end of a chord.
fn ends(view: &BarView, chord: usize, bar_ticks: i64) -> i64 {
    let place =
        |bar: i64, step: i64| (bar - view.bar_in_phrase as i64) * bar_ticks + step * TICKS_PER_STEP;
    match view.phrase.chords.get(chord + 1) {
        Some(next) => place(next.bar as i64, next.step as i64),
        None => place(view.phrase.bars as i64, 0),
    }
}

/// Force of a voice where the phrase swells.
fn force(view: &BarView, span: &ChordSpan, voice: usize) -> u8 {
    let bars = view.phrase.bars.max(1) as usize;
    let swell = SWELL[(view.bar_in_phrase as usize * 8 / bars).min(7)];
    let place = match voice {
        top if top + 1 == span.texture.len() => TOP,
        0 => 0,
        _ => INNER,
    };
    let energy = (view.energy() as i32 - 50) / 10;
    (VELOCITY + swell + place + energy).clamp(1, 127) as u8
}
