//! What will be played, once prompt, options and defaults have been put together.

use anyhow::{Result, bail};
use authoring::Library;
use authoring::problem;
use authoring::prompt::{self, PromptResult};
use music::lane::LaneSet;
use music::pitch::{Key, PitchClass, Scale};
use music::time::Meter;
use serde_json::{Value, json};

use super::arguments::{Arguments, usage};
use crate::clap_rig::ClapRig;
use crate::script::Script;

/// Everything settled.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Screen name of the style.
    pub style: String,
    /// Its file's stem.
    pub style_stem: String,
    /// Tonic.
    pub key: Key,
    /// Scale.
    pub scale: Scale,
    /// Quarter notes a minute.
    pub tempo_bpm: f64,
    /// Meter.
    pub meter: Meter,
    /// Length.
    pub bars: u16,
    /// Seed.
    pub seed: u16,
    /// Other parameters, as texts.
    pub set: Vec<(String, String)>,
    /// Lanes that the prompt lets play.
    pub lanes: Option<LaneSet>,
    /// Words of the prompt that were not understood.
    pub not_understood: Vec<String>,
    /// Samples a second.
    pub rate_hz: f64,
    /// Frames a block.
    pub block: usize,
    /// MixAroo listens before the song is rendered.
    pub listens: bool,
    /// An audio file to sound like; empty: none.
    pub reference: String,
}

impl Choices {
    /// Puts the arguments together and checks each against the plug-in.
    ///
    /// # Errors
    /// [`super::arguments::Usage`] with the nearest valid word.
    pub fn resolve(rig: &mut ClapRig, arguments: &Arguments) -> Result<Choices> {
        let library = Library::load(None);
        let told = Told::from_prompt(&library, arguments);
        let style_name = arguments
            .style
            .as_deref()
            .or(told.param("style"))
            .unwrap_or("rock");
        let style = library.style(style_name).map_err(usage)?;
        let (key, scale) = match (&arguments.key, told.param("key"), told.param("scale")) {
            (Some(text), ..) => key_and_scale(text)?,
            (None, key, scale) => {
                let usual = if style.minor {
                    Scale::Minor
                } else {
                    Scale::Major
                };
                let key = key
                    .and_then(PitchClass::parse)
                    .map_or(PitchClass(0), |(key, _)| key);
                let scale = scale
                    .and_then(|s| Scale::ALL.into_iter().find(|x| x.name() == s))
                    .unwrap_or(usual);
                (key, scale)
            }
        };
        let tempo = told
            .param("tempo")
            .and_then(|t| t.trim_end_matches(" BPM").parse().ok());
        let seed = told.param("seed").and_then(|t| t.parse().ok());
        let meter = arguments.meter.or(told.0.song.meter).unwrap_or_default();
        let bars = arguments.bars.or(told.0.song.bars).unwrap_or(32);
        let quick = arguments.no_audio;
        let mut set = told.others();
        set.extend(arguments.mastering.parameters());
        set.extend(arguments.set.iter().cloned());
        let reference = match &arguments.mastering.reference {
            Some(path) => std::path::absolute(path)?.display().to_string(),
            None => String::new(),
        };
        let choices = Choices {
            style: style.name.to_string(),
            style_stem: style.stem.to_string(),
            key,
            scale,
            tempo_bpm: arguments
                .tempo_bpm
                .or(tempo)
                .unwrap_or(style.tempo.1 as f64),
            meter,
            bars,
            seed: arguments.seed.or(seed).unwrap_or(1),
            set,
            lanes: told.0.song.lanes,
            not_understood: told.0.not_understood,
            // Notes are the same at any rate; without sound a low one is quicker.
            rate_hz: arguments
                .rate_hz
                .unwrap_or(if quick { 22_050.0 } else { 48_000.0 }),
            block: arguments.block.unwrap_or(if quick { 4096 } else { 512 }),
            listens: arguments.mastering.listens() && !quick,
            reference,
        };
        for (id, text) in &choices.set {
            check(rig, id, text)?;
        }
        Ok(choices)
    }
    /// Sets the plug-in's parameters.
    ///
    /// # Errors
    /// When the plug-in does not take one of them.
    pub fn apply(&self, rig: &mut ClapRig) -> Result<()> {
        rig.set("style", &self.style)?;
        rig.set("key", PitchClass::SHARPS[self.key.0 as usize % 12])?;
        rig.set("scale", self.scale.name())?;
        rig.set("seed", &self.seed.to_string())?;
        for (id, text) in &self.set {
            rig.set(id, text)?;
        }
        Ok(())
    }
    /// Writes length, meter and ending into the song of a state.
    pub fn write_song(&self, song: &mut Value) {
        if let Some(lanes) = self.lanes {
            song["lanes"] = json!(lanes);
        }
        song["title"] = json!(self.title().chars().take(31).collect::<String>());
        song["bars"] = json!(self.bars);
        song["meter"] =
            json!({ "numerator": self.meter.numerator, "denominator": self.meter.denominator });
        song["after_end"] = json!("stop");
        song["start_bar"] = json!(1);
    }
    /// The roll: from bar 1 to the end of the last bar.
    pub fn script(&self) -> Script {
        let meter = (self.meter.numerator as u16, self.meter.denominator as u16);
        let script = Script::bars(self.bars as f64, self.tempo_bpm, meter);
        let seconds = script.frames as f64 / script.rate_hz;
        Script {
            rate_hz: self.rate_hz,
            block: self.block,
            frames: (seconds * self.rate_hz).ceil() as u64,
            ..script
        }
    }
    /// `Rock in D minor`.
    pub fn title(&self) -> String {
        let key = if files::midi::signature(self.key, self.scale).0 < 0 {
            PitchClass::FLATS[self.key.0 as usize % 12]
        } else {
            PitchClass::SHARPS[self.key.0 as usize % 12]
        };
        format!(
            "{} in {key} {}",
            self.style,
            self.scale.name().to_lowercase()
        )
    }
}

/// What a prompt said.
#[derive(Default)]
struct Told(PromptResult);

impl Told {
    fn from_prompt(library: &Library, arguments: &Arguments) -> Told {
        let read = |text: &String| prompt::read(text, library, prompt::Context::default());
        Told(arguments.prompt.as_ref().map(read).unwrap_or_default())
    }
    fn param(&self, id: &str) -> Option<&str> {
        self.0
            .set
            .iter()
            .find(|(own, _)| own == id)
            .map(|(_, text)| text.as_str())
    }
    /// What is not asked for by name above.
    fn others(&self) -> Vec<(String, String)> {
        let own = ["style", "key", "scale", "tempo", "seed"];
        self.0
            .set
            .iter()
            .filter(|(id, _)| !own.contains(&id.as_str()))
            .cloned()
            .collect()
    }
}

/// Reads `D minor`, `F# dorian`, `Bb`.
///
/// # Errors
/// [`super::arguments::Usage`] with the nearest key or scale.
pub fn key_and_scale(text: &str) -> Result<(Key, Scale)> {
    let Some((key, rest)) = PitchClass::parse(text.trim()) else {
        let letter = text
            .trim()
            .chars()
            .next()
            .unwrap_or('C')
            .to_ascii_uppercase();
        // H is B in the German-speaking world; any other letter is as far as it is in the alphabet.
        let near = if letter == 'H' {
            'B'
        } else {
            letter.clamp('A', 'G')
        };
        bail!(usage(format!(
            "unknown key \"{text}\", nearest is \"{near}\""
        )));
    };
    let word = rest.trim();
    if word.is_empty() {
        return Ok((key, Scale::Major));
    }
    if word == "m" {
        return Ok((key, Scale::Minor));
    }
    let found = Scale::ALL
        .into_iter()
        .find(|s| s.name().eq_ignore_ascii_case(word));
    let scale = found.ok_or_else(|| {
        let names = Scale::ALL.map(Scale::name);
        let near = problem::most_like(word, names).unwrap_or("Major");
        usage(format!(
            "unknown scale \"{word}\", nearest is \"{}\"",
            near.to_lowercase()
        ))
    })?;
    Ok((key, scale))
}

/// Whether the plug-in has the parameter and understands the text.
fn check(rig: &mut ClapRig, id: &str, text: &str) -> Result<()> {
    let ids: Vec<String> = rig.params().iter().map(|p| p.id.clone()).collect();
    if !ids.iter().any(|known| known == id) {
        let near = problem::most_like(id, ids.iter().map(String::as_str)).unwrap_or_default();
        bail!(usage(format!(
            "unknown parameter \"{id}\", nearest is \"{near}\""
        )));
    }
    if rig.value_of(id, text).is_ok() {
        return Ok(());
    }
    let (min, max) = rig.param(id).map(|p| (p.min, p.max))?;
    let steps = (max - min).min(300.0) as i32;
    let texts: Vec<String> = (0..=steps)
        .filter_map(|step| rig.text_of(id, min + step as f64).ok())
        .collect();
    let near = problem::most_like(text, texts.iter().map(String::as_str)).unwrap_or_default();
    bail!(usage(format!(
        "{id} does not know \"{text}\", nearest is \"{near}\""
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_mistakes_name_the_nearest() {
        assert_eq!(
            key_and_scale("D minor").unwrap(),
            (PitchClass(2), Scale::Minor)
        );
        assert_eq!(
            key_and_scale("f# Dorian").unwrap(),
            (PitchClass(6), Scale::Dorian)
        );
        assert_eq!(key_and_scale("Bb").unwrap(), (PitchClass(10), Scale::Major));
        assert_eq!(
            key_and_scale("H").unwrap_err().to_string(),
            "unknown key \"H\", nearest is \"B\""
        );
        let error = key_and_scale("C dorain").unwrap_err().to_string();
        assert_eq!(error, "unknown scale \"dorain\", nearest is \"dorian\"");
    }
}
