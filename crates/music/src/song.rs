//! What the user decided: small, immutable, swapped in whole.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::Name;
use crate::chord::Chord;
use crate::edit::{Edit, MAX_EDITS};
use crate::lane::{LANES, LaneSet};
use crate::mix::Decisions;
use crate::plan::{Section, SectionKind};
use crate::retake::{MAX_RETAKES, Retake};
use crate::technique::Modulation;
use crate::time::Meter;

/// Most sections of a form.
pub const MAX_SECTIONS: usize = 80;
/// Most typed chords.
pub const MAX_TYPED_CHORDS: usize = 256;
/// Shortest and longest form, in bars.
pub const FORM_BARS: core::ops::RangeInclusive<u16> = 4..=400;

/// What happens when the form has been played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AfterEnd {
    /// The form starts again.
    #[default]
    Repeat,
    /// Silence.
    Stop,
}

/// A section that the user placed. Its `id` is its identity: moving it moves its music with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSpec {
    /// Unique in the song.
    pub id: u16,
    /// What it is.
    pub kind: SectionKind,
    /// Length in bars, at least 1.
    pub bars: u16,
    /// Who may play; the style's choice for the kind where `None`.
    pub lanes: Option<LaneSet>,
    /// Energy in percent; the form's curve where `None`.
    pub energy: Option<u8>,
    /// Energy in percent that it has reached at its end; as far from `energy` as its kind goes where `None`.
    #[serde(default)]
    pub energy_end: Option<u8>,
    /// The section whose chance it shares, a copy its original's; its own where `None`.
    #[serde(default)]
    pub chance_of: Option<u16>,
    /// A seed of its own: the song's leaves it as it is.
    #[serde(default)]
    pub seed: Option<u16>,
    /// See [`crate::plan::Section::turns`].
    #[serde(default)]
    pub turns: [u8; LANES],
    /// See [`crate::plan::Section::statement`].
    #[serde(default)]
    pub statement: u8,
    /// See [`crate::plan::Section::is_final`].
    #[serde(default)]
    pub is_final: bool,
    /// See [`crate::plan::Section::transpose`].
    #[serde(default)]
    pub transpose: i8,
    /// See [`crate::plan::Section::leads_to`].
    #[serde(default)]
    pub leads_to: i8,
    /// See [`crate::plan::Section::modulation`].
    #[serde(default)]
    pub modulation: Modulation,
}

impl SectionSpec {
    /// A section as it stands, so that the form can be changed around it.
    pub const fn of(section: &Section) -> SectionSpec {
        SectionSpec {
            id: section.key,
            kind: section.kind,
            bars: section.bars,
            lanes: Some(section.lanes),
            energy: Some(section.energy),
            energy_end: Some(section.energy_end),
            chance_of: if section.id == section.key {
                None
            } else {
                Some(section.id)
            },
            seed: section.seed,
            turns: section.turns,
            statement: section.statement,
            is_final: section.is_final,
            transpose: section.transpose,
            leads_to: section.leads_to,
            modulation: section.modulation,
        }
    }
}

/// A chord that the user typed, from a place in the form on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedChord {
    /// Bar of the form, from 0.
    pub bar: u16,
    /// Sixteenth step in the bar.
    pub step: u8,
    /// The chord; `None` is no chord (the plan's own again).
    pub chord: Option<Chord>,
}

/// What the user decided, apart from the controls (which are host parameters).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Song {
    /// Title.
    pub title: Name,
    /// Length of the form in bars, [`FORM_BARS`]; ignored where `form` is given.
    pub bars: u16,
    /// Host bar (1-based) at which song bar 1 lies.
    pub start_bar: i32,
    /// After the form.
    pub after_end: AfterEnd,
    /// Meter of the internal clock, and of a host that tells none.
    pub meter: Meter,
    /// The user's sections; empty: ArrangementRoo composes them.
    pub form: Vec<SectionSpec, MAX_SECTIONS>,
    /// The user's chords, by rising place; empty: HarmonyRoo composes them.
    pub chords: Vec<TypedChord, MAX_TYPED_CHORDS>,
    /// What a hand changed in the notes, by rising [`Edit::place`].
    pub edits: Vec<Edit, MAX_EDITS>,
    /// Bars of which another take plays, by rising [`Retake::place`].
    pub retakes: Vec<Retake, MAX_RETAKES>,
    /// Lanes that may play at all ("no drums", "just bass and keys").
    pub lanes: LaneSet,
    /// Name of the drum map for MIDI out.
    pub drum_map: Name,
    /// Stem of the instrument file that sounds a lane, by lane; empty: the style's own choice.
    pub instruments: [Name; LANES],
    /// What the automatic mix decided about it, once it has listened.
    pub mix: Option<Decisions>,
}

impl Song {
    /// Whether another song is played by the same notes and instruments: they differ in their mix at most.
    pub fn plays_like(&self, other: &Song) -> bool {
        (self.bars, self.start_bar, self.after_end, self.meter)
            == (other.bars, other.start_bar, other.after_end, other.meter)
            && (&self.title, &self.drum_map) == (&other.title, &other.drum_map)
            && (&self.instruments, self.lanes) == (&other.instruments, other.lanes)
            && self.form == other.form
            && self.chords == other.chords
            && self.edits == other.edits
            && self.retakes == other.retakes
    }
}

impl Default for Song {
    fn default() -> Self {
        Song {
            title: Name::new(),
            bars: 64,
            start_bar: 1,
            after_end: AfterEnd::Repeat,
            meter: Meter::default(),
            form: Vec::new(),
            chords: Vec::new(),
            edits: Vec::new(),
            retakes: Vec::new(),
            lanes: LaneSet::ALL,
            drum_map: crate::name("General MIDI"),
            instruments: Default::default(),
            mix: None,
        }
    }
}
