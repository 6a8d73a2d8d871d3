//! What a player turns: meaning, range, unit and default of every control.
//!
//! The plug-in's parameters, the editor and the state read these constants; nothing repeats them.

mod latch;

use serde::{Deserialize, Serialize};

use crate::lane::{LANES, Lane};
use crate::pitch::{Key, PitchClass, Scale};
use crate::technique::{Pace, Rhythm, RootCycle, VoiceLeading};

pub use latch::{Feel, Latch};

/// A whole-number control: range, default and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Lowest value.
    pub min: i32,
    /// Highest value.
    pub max: i32,
    /// Value of a new instance.
    pub default: i32,
    /// Unit with its leading space, as shown: `" %"`, `" ms"`.
    pub unit: &'static str,
}

const fn percent(default: i32) -> Range {
    Range {
        min: 0,
        max: 100,
        default,
        unit: " %",
    }
}

/// Share of a lane's candidates that are heard.
pub const DENSITY: Range = percent(60);
/// How much ornament: ghosts, passing notes, extensions, rolls.
pub const COMPLEXITY: Range = percent(50);
/// How far accents leave the beat.
pub const SYNCOPATION: Range = percent(50);
/// Force: velocity, openness, cymbals. 50 % is what the section asks for.
pub const ENERGY: Range = percent(50);
/// How often bars differ from the plain pattern.
pub const VARIATION: Range = percent(40);
/// How many section and phrase ends are filled, and how busily.
pub const FILLS: Range = percent(60);
/// Octaves up or down; drums move from toms (low) to cymbals (high).
pub const REGISTER: Range = Range {
    min: -2,
    max: 2,
    default: 0,
    unit: " oct",
};
/// Swing against the style's own: −100 % is straight, +100 % dotted (3:1).
pub const SWING: Range = Range {
    min: -100,
    max: 100,
    default: 0,
    unit: " %",
};
/// Human timing and force of the whole band; 100 % is what players measure.
pub const HUMANIZE: Range = percent(70);
/// A lane's share of the band's humanize.
pub const LANE_HUMANIZE: Range = percent(100);
/// Ahead of the beat (negative) or behind it.
pub const PUSH_MS: Range = Range {
    min: -40,
    max: 40,
    default: 0,
    unit: " ms",
};
/// MIDI channel, 0 = no MIDI out.
pub const CHANNEL: Range = Range {
    min: 0,
    max: 16,
    default: 1,
    unit: "",
};
/// Seed of all chance.
pub const SEED: Range = Range {
    min: 0,
    max: 9999,
    default: 1,
    unit: "",
};
/// Style slot.
pub const STYLE: Range = Range {
    min: 0,
    max: 255,
    default: 0,
    unit: "",
};
/// How much of the second style plays: 0 % none, 100 % only it.
pub const BLEND: Range = percent(0);
/// A lane's share of the second style against the band's: −100 % keeps the first style, +100 % the second.
pub const LANE_BLEND: Range = Range {
    min: -100,
    max: 100,
    default: 0,
    unit: " %",
};
/// Surprise of the chords: 0 % the plainest functions, 50 % as the style has them, 100 % far from home.
pub const TENSION: Range = percent(50);
/// How far typed and planned chords are replaced by others of their function.
pub const REHARMONISE: Range = percent(0);
/// How readily a song changes its key: 0 % never, 50 % as the style does, 100 % wherever the form allows.
pub const MODULATION: Range = percent(50);
/// How closely the bass follows the kick: 50 % as the style has it, 0 % goes its own way, 100 % a note on every
/// kick.
pub const LOCK: Range = percent(50);
/// Groove slot: 0 is the style's own (for a lane: the band's).
pub const GROOVE: Range = Range {
    min: 0,
    max: 63,
    default: 0,
    unit: "",
};
/// Place of a lane's rhythm in [`Rhythm::ALL`]; places beyond its end are kept for rhythms to come.
pub const RHYTHM: Range = Range {
    min: 0,
    max: 63,
    default: 0,
    unit: "",
};
/// Coordinate expansion of the melody's scale steps: 0 none, 1 each step taken as two, 2 as three.
/// Reference: Schillinger's tonal expansions.
pub const EXPANSION: Range = Range {
    min: 0,
    max: 3,
    default: 0,
    unit: "",
};
/// A macro knob of an instrument: tone, attack, body, drive, space; 0 % is the instrument as written.
pub const MACRO: Range = TURN;
/// Send to the shared reverb or delay against the mix's own.
pub const SEND: Range = TURN;
/// Compression of a lane against the mix's own: −100 % none, +100 % much more.
pub const COMPRESSION: Range = TURN;
/// Width of a lane against the mix's own: 0 % mono, 200 % twice as wide.
pub const WIDTH: Range = Range {
    min: 0,
    max: 200,
    default: 100,
    unit: " %",
};
/// How much of the automatic mix counts.
pub const AUTO_MIX: Range = percent(100);
/// How far the master goes towards the reference.
pub const MATCH: Range = percent(100);
/// Gain of an equaliser's band, dB to one side.
pub const EQ_MAX_DB: f32 = 12.0;
/// Integrated loudness that may be asked for, LUFS.
pub const LOUDNESS_LUFS: core::ops::RangeInclusive<f32> = -30.0..=-6.0;
/// True-peak ceiling that may be asked for, dBTP.
pub const CEILING_DBTP: core::ops::RangeInclusive<f32> = -6.0..=-0.3;
/// Less or more than what is there.
const TURN: Range = Range {
    min: -100,
    max: 100,
    default: 0,
    unit: " %",
};
/// Tempo of the internal clock, BPM.
pub const TEMPO: Range = Range {
    min: 20,
    max: 300,
    default: 120,
    unit: " BPM",
};

/// Lowest level in dB; shown and played as silence.
pub const LEVEL_MIN_DB: f32 = -60.0;
/// Highest level in dB.
pub const LEVEL_MAX_DB: f32 = 12.0;

/// One lane's musical controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneControls {
    /// Plays at all.
    pub on: bool,
    /// [`DENSITY`]
    pub density: u8,
    /// [`COMPLEXITY`]
    pub complexity: u8,
    /// [`SYNCOPATION`]
    pub syncopation: u8,
    /// [`ENERGY`]
    pub energy: u8,
    /// [`VARIATION`]
    pub variation: u8,
    /// [`FILLS`] (drums only)
    pub fills: u8,
    /// [`REGISTER`]
    pub register: i8,
    /// [`SWING`], added to the band's.
    pub swing: i8,
    /// [`LANE_HUMANIZE`]
    pub humanize: u8,
    /// [`PUSH_MS`]
    pub push_ms: i8,
    /// [`CHANNEL`]
    pub channel: u8,
    /// [`LANE_BLEND`]
    pub blend: i8,
    /// [`GROOVE`]
    pub groove: u8,
    /// What lays its onsets.
    pub rhythm: Rhythm,
    /// [`LOCK`] (bass only)
    pub lock: u8,
    /// [`EXPANSION`] (melody only)
    pub expansion: u8,
}

impl LaneControls {
    /// A new instance's controls of one lane.
    pub const fn new(lane: Lane) -> LaneControls {
        LaneControls {
            on: !matches!(lane, Lane::Vocal),
            density: DENSITY.default as u8,
            complexity: COMPLEXITY.default as u8,
            syncopation: SYNCOPATION.default as u8,
            energy: ENERGY.default as u8,
            variation: VARIATION.default as u8,
            fills: FILLS.default as u8,
            register: 0,
            swing: 0,
            humanize: LANE_HUMANIZE.default as u8,
            push_ms: 0,
            channel: lane.default_channel(),
            blend: 0,
            groove: 0,
            rhythm: Rhythm::Style,
            lock: LOCK.default as u8,
            expansion: 0,
        }
    }
}

/// What notes held on MIDI in do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keys {
    /// Nothing.
    Off,
    /// They are the chord, from the next onset on.
    #[default]
    Chords,
    /// They play one lane's instrument.
    Lane(Lane),
}

/// Every musical control, as it stands at one moment. Level and pan are the mixer's, not music's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controls {
    /// Style slot, 0–255.
    pub style: u8,
    /// Tonic.
    pub key: Key,
    /// Scale.
    pub scale: Scale,
    /// Seed of all chance.
    pub seed: u16,
    /// Energy of the whole band, percent; 50 changes nothing.
    pub energy: u8,
    /// [`SWING`]
    pub swing: i8,
    /// [`HUMANIZE`]
    pub humanize: u8,
    /// What MIDI in does.
    pub keys: Keys,
    /// Slot of the second style.
    pub style_b: u8,
    /// [`BLEND`]
    pub blend: u8,
    /// [`TENSION`]
    pub tension: u8,
    /// [`REHARMONISE`]
    pub reharmonise: u8,
    /// [`MODULATION`]
    pub modulation: u8,
    /// How roots follow one another.
    pub root_cycle: RootCycle,
    /// How chords are voiced and led.
    pub voice_leading: VoiceLeading,
    /// Pace of all patterns.
    pub pace: Pace,
    /// [`GROOVE`]
    pub groove: u8,
    /// By [`Lane::index`].
    pub lanes: [LaneControls; LANES],
}

impl Default for Controls {
    fn default() -> Self {
        Controls {
            style: STYLE.default as u8,
            key: PitchClass(0),
            scale: Scale::Major,
            seed: SEED.default as u16,
            energy: ENERGY.default as u8,
            swing: 0,
            humanize: HUMANIZE.default as u8,
            keys: Keys::Chords,
            style_b: STYLE.default as u8,
            blend: BLEND.default as u8,
            tension: TENSION.default as u8,
            reharmonise: REHARMONISE.default as u8,
            modulation: MODULATION.default as u8,
            root_cycle: RootCycle::Style,
            voice_leading: VoiceLeading::Style,
            pace: Pace::Auto,
            groove: GROOVE.default as u8,
            lanes: Lane::ALL.map(LaneControls::new),
        }
    }
}

impl Controls {
    /// One lane's.
    pub const fn lane(&self, lane: Lane) -> &LaneControls {
        &self.lanes[lane.index()]
    }
    /// Whether any lane plays something of the second style.
    pub fn is_blended(&self) -> bool {
        self.latch().blend.iter().any(|share| *share > 0)
    }
    /// What counts from a bar line on.
    pub fn latch(&self) -> Latch {
        Latch {
            style: self.style,
            key: self.key,
            scale: self.scale,
            seed: self.seed,
            style_b: self.style_b,
            blend: Lane::ALL
                .map(|lane| (self.blend as i16 + self.lane(lane).blend as i16).clamp(0, 100) as u8),
            tension: self.tension,
            reharmonise: self.reharmonise,
            modulation: self.modulation,
            root_cycle: self.root_cycle,
            voice_leading: self.voice_leading,
            pace: self.pace,
            groove: Lane::ALL.map(|lane| match self.lane(lane).groove {
                0 => self.groove,
                own => own,
            }),
            rhythm: Lane::ALL.map(|lane| self.lane(lane).rhythm),
            expansion: self.lane(Lane::Melody).expansion,
            feel: Lane::ALL.map(|lane| {
                let own = self.lane(lane);
                Feel {
                    swing: (self.swing as i16 + own.swing as i16).clamp(-100, 100) as i8,
                    humanize: (self.humanize as u16 * own.humanize as u16 / 100) as u8,
                    push_ms: own.push_ms,
                }
            }),
        }
    }
}
