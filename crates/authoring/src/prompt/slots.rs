//! What a prompt has filled so far, and the parameters and song that follow from it.

use std::collections::BTreeMap;

use music::Name;
use music::controls::{
    COMPLEXITY, DENSITY, ENERGY, FILLS, HUMANIZE, LANE_HUMANIZE, PUSH_MS, REGISTER, Range, SEED,
    SWING, SYNCOPATION, TEMPO, VARIATION,
};
use music::lane::{LANES, Lane, LaneSet};
use music::pitch::{PitchClass, Scale};
use music::song::FORM_BARS;
use music::style::Style;
use music::time::Meter;

use super::words::Knob;
use super::{Context, PromptResult, SongChange};
use crate::library::Library;

/// A length as it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// In bars.
    Bars(u16),
    /// In seconds.
    Seconds(f64),
}

/// Where a knob is turned: the whole band, or one lane.
type Target = (Option<Lane>, Knob);

/// What the words have said.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Stem of the style.
    pub style: Option<String>,
    /// Tonic.
    pub key: Option<PitchClass>,
    /// Scale that was named.
    pub scale: Option<Scale>,
    /// Scale that a mood asks for.
    pub mood_scale: Option<Scale>,
    /// Tempo that was named, BPM.
    pub tempo_bpm: Option<f64>,
    /// Place in the style's range, 0–1.
    pub tempo_place: Option<f64>,
    /// Meter.
    pub meter: Option<Meter>,
    /// Length.
    pub length: Option<Length>,
    /// Seed.
    pub seed: Option<u16>,
    /// Lanes that play.
    pub lanes: Option<LaneSet>,
    /// Stems of the instruments that were named, a space between those that will do, by lane.
    pub instruments: BTreeMap<Lane, String>,
    /// Added to usual values.
    pub moves: BTreeMap<Target, f64>,
    /// Said as a number.
    pub fixed: BTreeMap<Target, f64>,
    /// Typos that were read as words: (typed, read).
    pub corrected: Vec<(String, String)>,
}

const KEY_NAMES: [&str; 12] = [
    "C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B",
];

fn range(target: Target) -> Range {
    match target {
        (_, Knob::Energy) => ENERGY,
        (_, Knob::Density) => DENSITY,
        (_, Knob::Complexity) => COMPLEXITY,
        (_, Knob::Syncopation) => SYNCOPATION,
        (_, Knob::Variation) => VARIATION,
        (_, Knob::Fills) => FILLS,
        (_, Knob::Swing) => SWING,
        (Some(_), Knob::Humanize) => LANE_HUMANIZE,
        (None, Knob::Humanize) => HUMANIZE,
        (_, Knob::Push) => PUSH_MS,
        (_, Knob::Register) => REGISTER,
    }
}

/// A value as the host shows it.
fn shown(knob: Knob, value: i32, range: Range) -> String {
    let sign = if value > 0 && matches!(knob, Knob::Swing | Knob::Push | Knob::Register) {
        "+"
    } else {
        ""
    };
    format!("{sign}{value}{}", range.unit)
}

/// Parameters that a target stands for.
fn ids((lane, knob): Target) -> Vec<String> {
    let band = matches!(knob, Knob::Energy | Knob::Swing | Knob::Humanize);
    match lane {
        _ if knob == Knob::Fills => vec!["drums_fills".to_string()],
        Some(lane) => vec![format!("{}_{}", lane.id(), knob.word())],
        None if band => vec![knob.word().to_string()],
        None => Lane::PLAYED
            .into_iter()
            .filter(|lane| knob != Knob::Register || *lane != Lane::Drums)
            .map(|lane| format!("{}_{}", lane.id(), knob.word()))
            .collect(),
    }
}

fn joined(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.to_string(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

fn lanes_said(lanes: LaneSet) -> String {
    let names = |yes: bool| -> Vec<&str> {
        Lane::PLAYED
            .into_iter()
            .filter(|l| lanes.has(*l) == yes)
            .map(Lane::id)
            .collect()
    };
    let (on, off) = (names(true), names(false));
    if off.is_empty() {
        "the whole band".to_string()
    } else if on.len() <= off.len() {
        format!("only {}", joined(&on))
    } else {
        format!("no {}", off.join(", no "))
    }
}

/// A number without a needless ".0".
fn bare(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}

impl Slots {
    /// Turns a knob by an amount, of the band or of one lane.
    pub fn turn(&mut self, lane: Option<Lane>, knob: Knob, amount: f64) {
        *self.moves.entry((lane, knob)).or_default() += amount;
    }

    fn tempo(&self, style: &Style, usual: f64) -> f64 {
        let (low, middle, high) = (
            style.tempo.0 as f64,
            style.tempo.1 as f64,
            style.tempo.2 as f64,
        );
        match (self.tempo_bpm, self.tempo_place) {
            (Some(bpm), _) => bpm,
            (None, Some(place)) if place <= 0.5 => (low + (middle - low) * place * 2.0).round(),
            (None, Some(place)) => (middle + (high - middle) * (place - 0.5) * 2.0).round(),
            (None, None) => usual,
        }
    }

    /// Parameters, song and words for the user.
    pub fn result(
        mut self,
        library: &Library,
        context: Context,
        mut not_understood: Vec<String>,
    ) -> PromptResult {
        let mut set: Vec<(String, String)> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        let mut put = |id: &str, text: String| set.push((id.to_string(), text));
        let named = self.style.take().and_then(|stem| library.style(&stem).ok());
        if let Some(style) = named {
            put("style", style.name.to_string());
            said.push(style.name.to_string());
        }
        let scale = self.scale.or(self.mood_scale).or_else(|| {
            named.map(|style| {
                if style.minor {
                    Scale::Minor
                } else {
                    Scale::Major
                }
            })
        });
        if let Some(key) = self.key {
            put("key", KEY_NAMES[key.0 as usize % 12].to_string());
        }
        if let Some(scale) = scale {
            put("scale", scale.name().to_string());
        }
        match (self.key.map(|k| KEY_NAMES[k.0 as usize % 12]), scale) {
            (Some(key), Some(scale)) => said.push(format!("{key} {}", scale.name().to_lowercase())),
            (Some(key), None) => said.push(format!("key {key}")),
            (None, Some(scale)) => said.push(scale.name().to_lowercase()),
            (None, None) => {}
        }
        let current = library
            .styles
            .iter()
            .min_by_key(|s| s.slot.abs_diff(context.style));
        let mut tempo_bpm = context.tempo_bpm;
        if let Some(style) = named.or(current) {
            let usual = if named.is_some() {
                style.tempo.1 as f64
            } else {
                context.tempo_bpm
            };
            let wanted = self.tempo(style, usual);
            let asked = self.tempo_bpm.is_some() || self.tempo_place.is_some();
            if asked || (named.is_some() && !context.host_tempo) {
                put("tempo", format!("{}{}", bare(wanted), TEMPO.unit));
            }
            match (asked, context.host_tempo) {
                (true, true) => said.push(format!(
                    "{} BPM on the own clock (the host keeps its tempo)",
                    bare(wanted)
                )),
                (false, true) => {}
                (asked, false) if asked || named.is_some() => {
                    said.push(format!("{} BPM", bare(wanted)));
                    tempo_bpm = wanted;
                }
                _ => {}
            }
        }
        let meter = self.meter.unwrap_or(context.meter);
        if self.meter.is_some() {
            said.push(meter.to_string());
        }
        let bars = match self.length {
            Some(Length::Seconds(seconds)) => {
                let quarters = seconds * tempo_bpm / 60.0;
                let bars = quarters / (meter.numerator as f64 * 4.0 / meter.denominator as f64);
                // Forms are made of fours.
                let bars = ((bars / 4.0).round() * 4.0).max(4.0);
                if bars > *FORM_BARS.end() as f64 {
                    not_understood.push(format!(
                        "{} seconds (that is {bars} bars, a song has {} at most)",
                        bare(seconds),
                        FORM_BARS.end()
                    ));
                    None
                } else {
                    Some(bars as u16)
                }
            }
            Some(Length::Bars(bars)) => Some(bars),
            None => None,
        };
        if let Some(bars) = bars {
            said.push(format!("{bars} bars"));
        }
        if let Some(lanes) = self.lanes {
            said.push(lanes_said(lanes));
        }
        // A named style brings its own instruments.
        let mut instruments: [Option<Name>; LANES] = if named.is_some() {
            std::array::from_fn(|_| Some(Name::new()))
        } else {
            Default::default()
        };
        for (lane, stems) in &self.instruments {
            let own = named
                .or(current)
                .map_or("", |style| style.mix.instruments[lane.index()].as_str());
            let choices = stems
                .split(' ')
                .filter_map(|stem| Some((stem, usize::from(library.instrument(*lane, stem)?))));
            // The style's own guitar is as good as any.
            let Some((stem, patch)) = choices
                .clone()
                .find(|(stem, _)| *stem == own)
                .or_else(|| choices.clone().next())
            else {
                continue;
            };
            let name = library.patches[patch].name().to_lowercase();
            said.push(format!("{name} on {}", lane.id()));
            instruments[lane.index()] = Some(music::name(stem));
        }
        let mut knobs: BTreeMap<Target, i32> = BTreeMap::new();
        for (&target, amount) in &self.moves {
            let range = range(target);
            let value = (range.default as f64 + amount).round() as i32;
            knobs.insert(target, value.clamp(range.min, range.max));
        }
        for (&target, value) in &self.fixed {
            knobs.insert(target, value.round() as i32);
        }
        // A lane's own word wins over the band's: the band's parameters come first.
        let mut lane_set: BTreeMap<String, String> = BTreeMap::new();
        for (&target, &value) in &knobs {
            let text = shown(target.1, value, range(target));
            let lane = target
                .0
                .map_or(String::new(), |lane| format!("{} ", lane.id()));
            said.push(format!("{lane}{} {text}", target.1.word()));
            for id in ids(target) {
                lane_set.insert(id, text.clone());
            }
        }
        for (id, text) in lane_set {
            put(&id, text);
        }
        if let Some(seed) = self.seed {
            put("seed", seed.to_string());
            said.push(format!("seed {seed}"));
        }
        for (typed, read) in &self.corrected {
            said.push(format!("\"{typed}\" read as \"{read}\""));
        }
        PromptResult {
            set,
            song: SongChange {
                bars,
                meter: self.meter,
                lanes: self.lanes,
                instruments,
            },
            understood: said.join(", "),
            not_understood,
        }
    }
}

/// Whether a seed is one that the parameter holds.
pub fn seed(number: f64) -> Option<u16> {
    let fits = number.fract() == 0.0 && number >= SEED.min as f64 && number <= SEED.max as f64;
    fits.then_some(number as u16)
}

/// Whether a tempo is one that the parameter holds.
pub fn tempo(number: f64) -> Option<f64> {
    (number >= TEMPO.min as f64 && number <= TEMPO.max as f64).then_some(number)
}

/// Whether a number of bars is a song's.
pub fn bars(number: f64) -> Option<u16> {
    let fits = number.fract() == 0.0
        && number >= *FORM_BARS.start() as f64
        && number <= *FORM_BARS.end() as f64;
    fits.then_some(number as u16)
}

/// Whether a number is one that a knob holds.
pub fn fits(lane: Option<Lane>, knob: Knob, number: f64) -> bool {
    let range = range((lane, knob));
    number >= range.min as f64 && number <= range.max as f64
}
