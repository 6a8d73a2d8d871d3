//! What follows from song, controls and seed: form, phrases, chords, tunes.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::chord::Chord;
use crate::lane::{LANES, Lane, LaneSet};
use crate::pitch::{Key, Pitch};
use crate::song::MAX_SECTIONS;
use crate::technique::Modulation;
use crate::time::{Meter, Tick};

/// What a section is. Frozen order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Sets the scene.
    Intro,
    /// Tells.
    #[default]
    Verse,
    /// Lifts towards the chorus.
    PreChorus,
    /// The hook.
    Chorus,
    /// Somewhere else.
    Bridge,
    /// The tune improvises.
    Solo,
    /// Thinned out.
    Breakdown,
    /// Rises to the drop.
    Build,
    /// The hook of dance music.
    Drop,
    /// Ends.
    Outro,
}

impl SectionKind {
    /// How many kinds there are.
    pub const COUNT: usize = 10;
    /// Every kind.
    pub const ALL: [SectionKind; SectionKind::COUNT] = [
        SectionKind::Intro,
        SectionKind::Verse,
        SectionKind::PreChorus,
        SectionKind::Chorus,
        SectionKind::Bridge,
        SectionKind::Solo,
        SectionKind::Breakdown,
        SectionKind::Build,
        SectionKind::Drop,
        SectionKind::Outro,
    ];
    /// Word in files and markers: `pre-chorus`.
    pub const fn word(self) -> &'static str {
        [
            "intro",
            "verse",
            "pre-chorus",
            "chorus",
            "bridge",
            "solo",
            "breakdown",
            "build",
            "drop",
            "outro",
        ][self as usize]
    }
    /// Name on screen: `Pre-chorus`.
    pub const fn title(self) -> &'static str {
        [
            "Intro",
            "Verse",
            "Pre-chorus",
            "Chorus",
            "Bridge",
            "Solo",
            "Breakdown",
            "Build",
            "Drop",
            "Outro",
        ][self as usize]
    }
}

/// A section in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Chance follows it, so that moving a section moves its music. A copy has its original's.
    pub id: u16,
    /// Identity: no two sections of a form share it. What a hand changed belongs to it.
    #[serde(default)]
    pub key: u16,
    /// What it is.
    pub kind: SectionKind,
    /// First bar in the form, from 0.
    pub first_bar: u16,
    /// Length in bars, at least 1.
    pub bars: u16,
    /// Energy in percent at its start.
    pub energy: u8,
    /// Energy in percent that it has reached at its end (builds rise).
    pub energy_end: u8,
    /// Who plays.
    pub lanes: LaneSet,
    /// How often its kind has been heard before it, as the section itself says: 0 the first time, 1 the second
    /// verse. An attribute like its id, so that a moved section keeps its music.
    pub statement: u8,
    /// The last one of its kind that the song lifts: a final chorus.
    pub is_final: bool,
    /// Semitones that its key lies above the song's.
    pub transpose: i8,
    /// Semitones above the song's key that the section after it lies at, for the way its last bar leads on.
    pub leads_to: i8,
    /// How it leads there, where that differs from `transpose`.
    pub modulation: Modulation,
    /// A seed of its own, in place of the song's.
    #[serde(default)]
    pub seed: Option<u16>,
    /// How often each lane was sent back for another take of this section, by [`crate::lane::Lane::index`].
    #[serde(default)]
    pub turns: [u8; LANES],
}

impl Section {
    /// The same section with another take of a lane.
    pub fn with_turn(&self, lane: Lane, turn: u8) -> Section {
        let mut turns = self.turns;
        turns[lane.index()] = turn;
        Section { turns, ..*self }
    }
}

/// The sections of a song, without gaps, from bar 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// In order.
    pub sections: Vec<Section, MAX_SECTIONS>,
}

impl Form {
    /// Bars in all.
    pub fn bars(&self) -> u16 {
        self.sections.last().map_or(0, |s| s.first_bar + s.bars)
    }
    /// The section of a bar of the form, with its place in the list.
    pub fn section_at(&self, bar: u16) -> Option<(usize, &Section)> {
        let after = self.sections.partition_point(|s| s.first_bar <= bar);
        let index = after.checked_sub(1)?;
        let section = &self.sections[index];
        (bar < section.first_bar + section.bars).then_some((index, section))
    }
    /// The key of a bar of the form in a song whose key is `key`: its section's own, by which its chords are spelled.
    pub fn key_at(&self, bar: u16, key: Key) -> Key {
        self.section_at(bar)
            .map_or(key, |(_, section)| key.up(section.transpose as i32))
    }
}

/// Most chords of a phrase.
pub const PHRASE_CHORDS: usize = 40;
/// Longest phrase in bars.
pub const PHRASE_BARS: u16 = 8;
/// Most notes of a phrase's tune.
pub const PHRASE_NOTES: usize = 320;

/// The pitches of a chord, low to high.
pub type Voicing = Vec<Pitch, 6>;

/// A chord from a place in a phrase on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChordSpan {
    /// Bar of the phrase, from 0.
    pub bar: u8,
    /// Sixteenth step in the bar.
    pub step: u8,
    /// The chord.
    pub chord: Chord,
    /// Harmony lane's voices.
    pub voicing: Voicing,
    /// Texture lane's voices.
    pub texture: Voicing,
}

/// A note of the tune, in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TuneNote {
    /// Bar of the phrase, from 0.
    pub bar: u8,
    /// Ticks from the bar's start.
    pub tick: u16,
    /// Length in ticks.
    pub duration: u16,
    /// Pitch.
    pub pitch: Pitch,
    /// Velocity at neutral energy.
    pub velocity: u8,
    /// When it is heard.
    pub gate: crate::note::Gate,
    /// Why it is there.
    pub role: crate::note::Role,
}

/// A phrase: up to [`PHRASE_BARS`] bars of one section. It follows from form and motif bank alone,
/// never from a neighbour.
#[derive(Clone, Debug, Default)]
pub struct Phrase {
    /// Place of its section in the form.
    pub section_index: u16,
    /// First bar in the form.
    pub first_bar: u16,
    /// First bar within the section.
    pub first_in_section: u16,
    /// Length in bars.
    pub bars: u16,
    /// Meter that it was composed in.
    pub meter: Meter,
    /// Chords by rising place; the first stands at bar 0, step 0.
    pub chords: Vec<ChordSpan, PHRASE_CHORDS>,
    /// The tune by rising place.
    pub tune: Vec<TuneNote, PHRASE_NOTES>,
}

impl Phrase {
    /// The chord that sounds at a place in the phrase, with its index.
    pub fn chord_at(&self, bar: u8, step: u8) -> Option<(usize, &ChordSpan)> {
        let after = self
            .chords
            .partition_point(|c| (c.bar, c.step) <= (bar, step));
        let index = after.checked_sub(1)?;
        Some((index, &self.chords[index]))
    }
}

/// A bar where it is played: form position, song position, meter and tempo there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarPlace {
    /// Bar of the song, from 0; may run past the form (repeats) or be negative (before bar 1).
    pub bar_index: i32,
    /// Where it starts on the song's time line.
    pub start: Tick,
    /// Meter of the bar.
    pub meter: Meter,
    /// Tempo at the bar, thousandths of a BPM (quarter notes).
    pub tempo_mbpm: u32,
}

/// A line of the lead sheet: what a marker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeadMark {
    /// A section starts.
    Section(SectionKind),
    /// A chord starts.
    Chord(Chord),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitch::{PitchClass, Scale};
    use crate::spelling::writes_flat;

    #[test]
    fn chords_of_a_lifted_section_are_spelled_by_its_own_key() {
        let mut form = Form::default();
        for (first_bar, transpose) in [(0, 0), (8, 1)] {
            let section = Section {
                first_bar,
                bars: 8,
                transpose,
                ..Section::default()
            };
            form.sections.push(section).unwrap();
        }
        // From D to Eb: its fourth degree is Ab, which D would write as G#.
        let (key, fourth) = (PitchClass(2), Chord::parse("Ab").unwrap());
        let symbol = |bar| {
            let own = form.key_at(bar, key);
            fourth.symbol(writes_flat(own, Scale::Major, fourth.root))
        };
        assert_eq!((symbol(0).as_str(), symbol(8).as_str()), ("G#", "Ab"));
        assert_eq!([7, 8, 99].map(|bar| form.key_at(bar, key).0), [2, 3, 2]);
    }
}
