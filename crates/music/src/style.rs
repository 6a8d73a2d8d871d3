//! A style as plain tables: what a musician wrote in one TOML file, ready for the engines.
//!
//! Patterns are written for 4/4 in sixteenth steps and find their place in any meter beat by beat: a bar's
//! beats have roles ([`crate::time::BeatRole`]), and each takes the pattern beat of the same role
//! (down = 1, back = 2 then 4, mid = 3, weak = 3 without its heaviest strokes). A beat of six steps
//! takes its four and repeats the last two.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::Name;
use crate::chord::Quality;
use crate::drum::Piece;
use crate::groove::{GrooveTemplate, SwingTable};
use crate::lane::{LANES, LaneSet};
use crate::plan::SectionKind;
use crate::roman::Roman;
use crate::technique::Rhythm;

/// Longest pattern: two bars of sixteenths.
pub const PATTERN_STEPS: usize = 32;

/// One step of a pattern. Stored as one number, 0 for silence, so that a style's data stays small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct Step {
    /// 0 silent, 9 always … 1 only when dense.
    pub priority: u8,
    /// Velocity 1–127; 0 lets the engine choose by metrical strength.
    pub velocity: u8,
    /// Length in steps; 0 lets the engine choose. For drums: strokes that a roll divides the step into
    /// (2, 3, 4), heard when complexity is high.
    pub span: u8,
    /// Meaning by lane: bass and melody roles, chord voices; see the lane's own table.
    pub tag: u8,
}

impl Step {
    /// Density in percent from which on it is heard: priority 9 always, 4 just at the default density,
    /// 1 near the top; 101 (never) for silence.
    pub const fn density(self) -> u8 {
        match self.priority {
            0 => 101,
            p if p >= 9 => 0,
            p => (9 - p) * 95 / 8,
        }
    }
}

impl From<Step> for u32 {
    fn from(s: Step) -> u32 {
        s.priority as u32 | (s.span as u32) << 8 | (s.tag as u32) << 16 | (s.velocity as u32) << 24
    }
}

impl From<u32> for Step {
    fn from(n: u32) -> Step {
        Step {
            priority: n as u8,
            span: (n >> 8) as u8,
            tag: (n >> 16) as u8,
            velocity: (n >> 24) as u8,
        }
    }
}

/// Steps of one or two 4/4 bars; beats are fours of steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// 16 or 32 steps; any number up to 32 where `cycles`.
    pub steps: Vec<Step, PATTERN_STEPS>,
    /// Runs on in its own length from the section's start, across bar lines and whatever the meter is (polymeter).
    #[serde(default)]
    pub cycles: bool,
}

impl Default for Pattern {
    fn default() -> Self {
        let mut steps = Vec::new();
        let _ = steps.resize_default(16);
        Pattern {
            steps,
            cycles: false,
        }
    }
}

impl Pattern {
    /// Bars of 4/4 that it lasts: 1 or 2.
    pub fn bars(&self) -> usize {
        self.steps.len().div_ceil(16).max(1)
    }
    /// The four steps of beat `beat` (0–3) of bar `bar`; silence past the end.
    pub fn beat(&self, bar: usize, beat: usize) -> [Step; 4] {
        let first = (bar % self.bars()) * 16 + beat * 4;
        let mut cell = [Step::default(); 4];
        for (to, from) in cell.iter_mut().zip(self.steps.iter().skip(first)) {
            *to = *from;
        }
        cell
    }
}

/// A set of section kinds, bit `kind as u16`. Empty means every kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinds(pub u16);

impl Kinds {
    /// Whether it is meant for `kind`.
    pub const fn suits(self, kind: SectionKind) -> bool {
        self.0 == 0 || self.0 & (1 << kind as u16) != 0
    }
    /// With `kind` added.
    pub const fn with(self, kind: SectionKind) -> Kinds {
        Kinds(self.0 | 1 << kind as u16)
    }
}

/// One piece's line in a groove or fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumLine {
    /// What is struck.
    pub piece: Piece,
    /// When, how firmly wanted, how hard.
    pub pattern: Pattern,
}

/// A groove for some kinds of sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumGroove {
    /// Where it fits.
    pub kinds: Kinds,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// The kit's lines.
    pub lines: Vec<DrumLine, 12>,
}

/// A fill: the last `beats` beats of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumFill {
    /// Length in beats, 1–4.
    pub beats: u8,
    /// 0 gentle … 9 as hard as it gets.
    pub energy: u8,
    /// The kit's lines; the last `beats` beats of the 16 steps count.
    pub lines: Vec<DrumLine, 8>,
}

/// Who plays the drums, and what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumStyle {
    /// Players with two hands and two feet each; 0 is a machine that may play anything at once.
    pub players: u8,
    /// Grooves.
    pub grooves: Vec<DrumGroove, 24>,
    /// Fills.
    pub fills: Vec<DrumFill, 16>,
    /// Chance in percent of a crash where a section starts.
    pub crash: u8,
    /// Chance in percent of ghost strokes beyond the written ones, at full complexity.
    pub ghosts: u8,
    /// Layer against the beat that complexity may add: (strokes, beats), (0, 0) for none.
    pub polyrhythm: (u8, u8),
}

/// What a bass step plays ([`Step::tag`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum BassRole {
    /// Root.
    Root = 0,
    /// Third.
    Third = 1,
    /// Fifth.
    Fifth = 2,
    /// Seventh, or sixth if the chord has none.
    Seventh = 3,
    /// Root an octave up.
    Octave = 4,
    /// Leads to the next chord's root by a half or whole step.
    Approach = 5,
    /// Fifth below the root.
    LowFifth = 6,
    /// A scale tone between this note and the next.
    Passing = 7,
    /// Muted stroke on the root.
    Dead = 8,
}

impl BassRole {
    /// The role of a tag; unknown tags are roots.
    pub const fn from_tag(tag: u8) -> BassRole {
        match tag {
            1 => BassRole::Third,
            2 => BassRole::Fifth,
            3 => BassRole::Seventh,
            4 => BassRole::Octave,
            5 => BassRole::Approach,
            6 => BassRole::LowFifth,
            7 => BassRole::Passing,
            8 => BassRole::Dead,
            _ => BassRole::Root,
        }
    }
}

/// How the bass thinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BassTechnique {
    /// The written patterns.
    #[default]
    Pattern,
    /// A note a beat, walking to the next chord.
    Walking,
    /// Long low notes that follow the kick (808).
    Sub,
}

/// A pattern for some kinds of sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanePattern {
    /// Where it fits.
    pub kinds: Kinds,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// Steps; tags by lane.
    pub pattern: Pattern,
}

/// What the bass plays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BassStyle {
    /// How it thinks.
    pub technique: BassTechnique,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// How closely it follows the kick, percent: that share of kick strokes gets a bass note.
    pub lock: u8,
    /// Patterns (tags are [`BassRole`]).
    pub patterns: Vec<LanePattern, 16>,
}

/// One chord of a progression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressionChord {
    /// Which chord.
    pub roman: Roman,
    /// Length in half bars: 2 is a bar.
    pub half_bars: u8,
}

/// A chord progression in roman numerals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progression {
    /// Where it fits.
    pub kinds: Kinds,
    /// Written for minor keys (else for major).
    pub minor: bool,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// The chords.
    pub chords: Vec<ProgressionChord, 24>,
}

/// How chords are struck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompTechnique {
    /// All voices at once.
    #[default]
    Block,
    /// Voices after each other, as a strum: low to high within about 20 ms.
    Strum,
    /// One voice a step, by the pattern's tags.
    Broken,
}

/// What HarmonyRoo plays on the Harmony lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmonyStyle {
    /// How chords are struck.
    pub technique: CompTechnique,
    /// Voices at full density, 2–6.
    pub voices: u8,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Chance in percent that a triad becomes a seventh chord.
    pub sevenths: u8,
    /// Chance in percent that a seventh chord gets a ninth or more.
    pub extensions: u8,
    /// Chance in percent of a borrowed chord, at full complexity.
    pub borrowed: u8,
    /// Chance in percent of a secondary dominant before a target, at full complexity.
    pub secondary: u8,
    /// Dominant chords replace the phrase's last chord where it does not cadence already, percent.
    pub cadences: u8,
    /// Leave the root to the bass.
    pub rootless: bool,
    /// Progressions.
    pub progressions: Vec<Progression, 32>,
    /// Comping patterns (tags are voices from the bottom, 0 = all).
    pub patterns: Vec<LanePattern, 16>,
}

/// What the Texture lane does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextureTechnique {
    /// Long chords.
    #[default]
    Pad,
    /// One voice a step, up, down and around.
    Arpeggio,
    /// A slow line of guide tones.
    CounterLine,
}

/// What HarmonyRoo plays on the Texture lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextureStyle {
    /// What it does.
    pub technique: TextureTechnique,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Voices, 1–5.
    pub voices: u8,
    /// Arpeggio and counter-line rhythms (tags are voices from the bottom, 1-based; 0 = next in the figure).
    pub patterns: Vec<LanePattern, 8>,
}

/// A rhythm cell of the melody: one or two bars of onsets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RhythmCell {
    /// How often, 1–9.
    pub weight: u8,
    /// Onsets by priority; spans are lengths.
    pub pattern: Pattern,
}

/// What MelodyRoo plays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MelodyStyle {
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Share of steps (against leaps), percent.
    pub steps: u8,
    /// Share of repeated notes, percent.
    pub repeats: u8,
    /// Share of bars left silent to breathe, percent.
    pub rests: u8,
    /// Chance in percent of blue notes, grace notes, enclosures, at full complexity.
    pub ornaments: u8,
    /// Rhythm cells.
    pub cells: Vec<RhythmCell, 16>,
}

/// One section of a form template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStep {
    /// What it is.
    pub kind: SectionKind,
    /// Usual length in bars.
    pub bars: u8,
}

/// How a song of the style is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStyle {
    /// Sections of a whole song, stretched and cut to the wanted length.
    pub template: Vec<FormStep, 32>,
    /// Energy in percent by section kind.
    pub energy: [u8; SectionKind::COUNT],
    /// Who plays by section kind; empty means everyone.
    pub lanes: [LaneSet; SectionKind::COUNT],
    /// Chance in percent that a song lifts its key for the end, while the control stands in the middle.
    #[serde(default)]
    pub modulation: u8,
}

/// One lane's place in the mix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StripStyle {
    /// Level in dB, added to the user's.
    pub level_db: f32,
    /// −1 left … +1 right, added to the user's.
    pub pan: f32,
    /// Send to the shared reverb, 0–1.
    pub reverb: f32,
    /// Send to the shared delay, 0–1.
    pub delay: f32,
}

/// How it sounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MixStyle {
    /// Stem of each lane's patch file (a kit for drums).
    pub instruments: [Name; LANES],
    /// Index of each lane's patch in the bank, resolved when the style is loaded.
    #[serde(skip)]
    pub patches: [u8; LANES],
    /// By lane.
    pub strips: [StripStyle; LANES],
    /// How far the kick ducks bass, harmony, texture, in dB (0 = not).
    pub duck_db: f32,
    /// Reverb decay in seconds.
    pub reverb_s: f32,
    /// Delay time in sixteenth steps.
    pub delay_steps: u8,
}

/// A style, complete.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// Stable number, 0–255: what automation stores.
    pub slot: u8,
    /// Stem of its file: `lofi`.
    pub stem: Name,
    /// Name on screen: `Lo-fi hip hop`.
    pub name: Name,
    /// Genre on screen.
    pub genre: Name,
    /// Human music that it may be measured against: `pop` for melody and harmony, else the drummers that
    /// it belongs to (`rock`, `funk` …); empty for none.
    #[serde(default)]
    pub reference: Name,
    /// Lowest, usual and highest tempo, BPM. Outside, parts play at half or double density.
    pub tempo: (u16, u16, u16),
    /// Prefers minor keys.
    pub minor: bool,
    /// Swing over tempo.
    pub swing: SwingTable,
    /// Feel.
    pub groove: GrooveTemplate,
    /// What lays each lane's onsets, while its control says that the style does.
    #[serde(default)]
    pub rhythms: [Rhythm; LANES],
    /// Form.
    pub form: FormStyle,
    /// Drums.
    pub drums: DrumStyle,
    /// Bass.
    pub bass: BassStyle,
    /// Harmony.
    pub harmony: HarmonyStyle,
    /// Texture.
    pub texture: TextureStyle,
    /// Melody.
    pub melody: MelodyStyle,
    /// Mix and instruments.
    pub mix: MixStyle,
}

/// Every style at hand, by slot.
#[derive(Clone, Copy, Debug)]
pub struct StyleBook<'a> {
    styles: &'a [Style],
    grooves: &'a [GrooveTemplate],
}

impl<'a> StyleBook<'a> {
    /// A book over styles sorted by slot. `None` when there is none.
    pub fn new(styles: &'a [Style]) -> Option<StyleBook<'a>> {
        if styles.is_empty() {
            None
        } else {
            Some(StyleBook {
                styles,
                grooves: &[],
            })
        }
    }
    /// The style at `slot`, or the one whose slot is nearest: slots are given out by genre.
    pub fn get(self, slot: u8) -> &'a Style {
        let mut best = &self.styles[0];
        for style in self.styles {
            if style.slot.abs_diff(slot) < best.slot.abs_diff(slot) {
                best = style;
            }
        }
        best
    }
    /// The same book with grooves that can be chosen.
    pub const fn with_grooves(self, grooves: &'a [GrooveTemplate]) -> StyleBook<'a> {
        StyleBook { grooves, ..self }
    }
    /// The groove at `slot`; `None` for 0 and for slots that nobody has.
    pub fn groove(self, slot: u8) -> Option<&'a GrooveTemplate> {
        self.grooves.iter().find(|g| g.slot == slot && slot > 0)
    }
    /// Whether a style stands at `slot` itself.
    pub fn has(self, slot: u8) -> bool {
        self.styles.iter().any(|s| s.slot == slot)
    }
    /// All of them.
    pub const fn all(self) -> &'a [Style] {
        self.styles
    }
}

/// Reads an explicit chord quality of a roman numeral; see [`Quality::suffix`].
pub fn quality_from_suffix(text: &str) -> Option<Quality> {
    Quality::ALL.into_iter().find(|q| q.suffix() == text)
}
