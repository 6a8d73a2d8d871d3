//! What a tune hears: the scale as a ladder of steps, the chord under each place, and what clashes with it.

use music::chord::Chord;
use music::pitch::{Key, Pitch, Scale};
use music::plan::{ChordSpan, Phrase};
use music::time::TICKS_PER_STEP;

use super::motif::Measure;
use crate::harmony::fit::scale_or_chord_tone;

/// The phrase's harmony and the range that the tune may use.
#[derive(Clone, Debug)]
pub struct Ear<'a> {
    phrase: &'a Phrase,
    /// Metre.
    pub measure: &'a Measure,
    key: Key,
    /// The pitch of the tonic at the ladder's rung 0: below 0 or above 11 where a lifted key passes the octave.
    tonic: i32,
    scale: Scale,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
}

impl<'a> Ear<'a> {
    /// An ear for a phrase whose chords stand, in a key that lies so many semitones off the song's.
    pub fn new(
        phrase: &'a Phrase,
        measure: &'a Measure,
        (key, lift): (Key, i32),
        scale: Scale,
        range: (u8, u8),
    ) -> Ear<'a> {
        // The flat fifth of the blues is an ornament, not a rung of the ladder.
        let scale = if scale == Scale::Blues {
            Scale::MinorPentatonic
        } else {
            scale
        };
        let wide = range.1 >= range.0.saturating_add(9) && range.1 <= 127;
        Ear {
            phrase,
            measure,
            key: key.up(lift),
            tonic: key.0 as i32 + lift,
            scale,
            range: if wide { range } else { (60, 84) },
        }
    }
    /// The chord under a sixteenth of the phrase.
    pub fn chord(&self, at: u16) -> Option<&'a ChordSpan> {
        let bar = self.measure.bar as u16;
        self.phrase
            .chord_at((at / bar) as u8, (at % bar) as u8)
            .map(|(_, span)| span)
    }
    /// Sixteenths from a place to the next change of chord; a large number where there is none.
    pub fn until_change(&self, at: u16) -> u16 {
        let bar = self.measure.bar as u16;
        let (here, step) = ((at / bar) as u8, (at % bar) as u8);
        let after = self
            .phrase
            .chords
            .partition_point(|c| (c.bar, c.step) <= (here, step));
        self.phrase
            .chords
            .get(after)
            .map_or(u16::MAX, |c| c.bar as u16 * bar + c.step as u16 - at)
    }
    /// The rung of the scale's ladder at or below a pitch.
    pub fn rung(&self, pitch: u8) -> i32 {
        let steps = self.scale.steps();
        let above = pitch as i32 - self.tonic;
        let inside = above.rem_euclid(12) as u8;
        let rung = steps.iter().filter(|s| **s <= inside).count() as i32 - 1;
        above.div_euclid(12) * steps.len() as i32 + rung
    }
    /// Semitones of a pitch above the tonic, within the octave.
    pub fn above_tonic(&self, pitch: u8) -> u8 {
        self.key.to(Pitch(pitch).class())
    }
    /// The pitch of a rung, within MIDI.
    pub fn pitch(&self, rung: i32) -> u8 {
        (self.tonic + self.scale.degree(rung)).clamp(0, 127) as u8
    }
    /// The pitch of a rung, moved by octaves into the range.
    pub fn folded(&self, rung: i32, top: u8) -> u8 {
        let mut pitch = self.tonic + self.scale.degree(rung);
        let (low, high) = (self.range.0 as i32, top as i32);
        if pitch > high {
            pitch -= (pitch - high + 11) / 12 * 12;
        }
        if pitch < low {
            pitch += (low - pitch + 11) / 12 * 12;
        }
        pitch.clamp(0, 127) as u8
    }
    /// The pitch some scale steps from another.
    pub fn stepped(&self, pitch: u8, steps: i32) -> u8 {
        let rung = self.rung(pitch);
        // From a pitch between two rungs, the first step up is the next rung.
        let between = self.pitch(rung) != pitch;
        self.pitch(rung + steps + (between && steps < 0) as i32)
    }
    /// A tone of scale or chord at or near a pitch.
    pub fn scale_tone(&self, pitch: u8, chord: &Chord) -> u8 {
        scale_or_chord_tone(Pitch(pitch), chord, self.key, self.scale).0
    }
    /// Whether a pitch is root, third, fifth, sixth or seventh of the chord at a place.
    pub fn is_chord_tone(&self, pitch: u8, at: u16) -> bool {
        self.chord(at)
            .is_some_and(|span| span.chord.has_core(Pitch(pitch).class()))
    }
    /// Whether a pitch sounds mild over a chord that it does not belong to: it is of the key's pentatonic
    /// and no semitone over a chord tone.
    pub fn is_mild(&self, pitch: u8, span: &ChordSpan) -> bool {
        let class = Pitch(pitch).class();
        let pentatonic = if self.scale.is_minor() {
            Scale::MinorPentatonic
        } else {
            Scale::MajorPentatonic
        };
        pentatonic.contains(self.key, class)
            && !span.chord.has(class.up(-1))
            && !Ear::clashes(pitch, span)
    }
    /// Whether a pitch lies a minor ninth (or a semitone) over the bass or a voice of the harmony, or
    /// under a voice.
    pub fn clashes(pitch: u8, span: &ChordSpan) -> bool {
        let over = |low: u8, high: u8| high > low && (high - low) % 12 == 1;
        span.chord.bass.to(Pitch(pitch).class()) == 1
            || span
                .voicing
                .iter()
                .any(|v| over(v.0, pitch) || over(pitch, v.0))
    }
    /// Ticks of the phrase at a sixteenth.
    pub fn tick(at: u16) -> i64 {
        at as i64 * TICKS_PER_STEP
    }
}
