//! The whole band's parameters: what is played, how the song runs, and the way to the speakers.

use std::sync::Arc;

use music::controls::{ENERGY, HUMANIZE, SEED, SWING, TEMPO};
use music::pitch::{PitchClass, Scale};
use nice_plug::prelude::{BoolParam, FloatParam, IntParam, Params};

use super::text;
use crate::handoff::Shared;

/// What moves the song. Frozen order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// The host's transport.
    #[default]
    Host,
    /// The plug-in's own clock, at [`BandParams::tempo`].
    Internal,
    /// A held note starts the plug-in's own clock, its release stops it.
    Trigger,
}

/// Text of each [`Run`].
pub const RUN_NAMES: [&str; 3] = ["Host", "Internal", "Trigger"];
/// Text of each value of `keys`; see [`super::KEYS`].
const KEYS_NAMES: [&str; 7] = [
    "Off", "Chords", "Drums", "Bass", "Harmony", "Texture", "Melody",
];
/// Text of `main_carries`.
const MAIN_NAMES: [&str; 2] = ["Full mix", "What is not on a stem"];
/// Usual spelling of each tonic.
const KEY_NAMES: [&str; 12] = [
    "C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B",
];
/// Screen names of [`Scale::ALL`].
const SCALE_NAMES: [&str; Scale::ALL.len()] = {
    let mut names = [""; Scale::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = Scale::ALL[i].name();
        i += 1;
    }
    names
};

/// The band's parameters.
#[derive(Params)]
pub struct BandParams {
    /// Silence, with every owed note-off.
    #[id = "bypass"]
    pub bypass: BoolParam,
    /// Style slot.
    #[id = "style"]
    pub style: IntParam,
    /// Tonic.
    #[id = "key"]
    pub key: IntParam,
    /// Place in [`Scale::ALL`].
    #[id = "scale"]
    pub scale: IntParam,
    /// Energy of the whole band.
    #[id = "energy"]
    pub energy: IntParam,
    /// Swing against the style's own.
    #[id = "swing"]
    pub swing: IntParam,
    /// Human timing and force.
    #[id = "humanize"]
    pub humanize: IntParam,
    /// Seed of all chance.
    #[id = "seed"]
    pub seed: IntParam,
    /// What moves the song.
    #[id = "run"]
    pub run: IntParam,
    /// Tempo of the own clock.
    #[id = "tempo"]
    pub tempo: FloatParam,
    /// What notes on MIDI in do.
    #[id = "keys"]
    pub keys: IntParam,
    /// Level of the main bus.
    #[id = "master_level"]
    pub master_level: FloatParam,
    /// What the main bus carries.
    #[id = "main_carries"]
    pub main_carries: IntParam,
}

impl BandParams {
    /// At their defaults; style names are `shared`'s.
    pub fn new(shared: &Arc<Shared>) -> BandParams {
        BandParams {
            bypass: text::switch("Bypass", false).make_bypass(),
            style: text::style("Style", shared),
            key: key(),
            scale: text::choice("Scale", &SCALE_NAMES, 0)
                .with_string_to_value(Arc::new(parse_scale)),
            energy: text::whole("Energy", ENERGY),
            swing: text::signed("Swing", SWING),
            humanize: text::whole("Humanize", HUMANIZE),
            seed: text::whole("Seed", SEED),
            run: text::choice("Run", &RUN_NAMES, 0),
            tempo: text::tempo("Tempo", TEMPO),
            keys: text::choice("Keys", &KEYS_NAMES, 1),
            master_level: text::level("Master level", 0.0),
            main_carries: text::choice("Main carries", &MAIN_NAMES, 0),
        }
    }

    /// What moves the song.
    pub fn run(&self) -> Run {
        match self.run.value() {
            1 => Run::Internal,
            2 => Run::Trigger,
            _ => Run::Host,
        }
    }

    /// Whether lanes that have a stem leave the main bus.
    pub fn main_is_rest(&self) -> bool {
        self.main_carries.value() == 1
    }
}

fn key() -> IntParam {
    text::choice("Key", &KEY_NAMES, 0).with_string_to_value(Arc::new(|text| {
        let (class, rest) = PitchClass::parse(text.trim())?;
        rest.trim().is_empty().then_some(i32::from(class.0))
    }))
}

fn parse_scale(text: &str) -> Option<i32> {
    // Other words for the same scales.
    let scale = match text.trim().to_ascii_lowercase().as_str() {
        "maj" | "ionian" => Scale::Major,
        "min" | "aeolian" | "natural minor" => Scale::Minor,
        "octatonic" => Scale::Diminished,
        _ => Scale::ALL
            .into_iter()
            .find(|scale| text::same_words(scale.name(), text))?,
    };
    Scale::ALL
        .iter()
        .position(|s| *s == scale)
        .map(|index| index as i32)
}
