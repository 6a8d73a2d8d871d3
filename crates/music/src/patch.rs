//! Instrument patches: what a preset file says about a sound, as plain tables.
//!
//! A file holds one table named after the technique that makes the sound (`[kit]`, `[string]`,
//! `[synth]` …). The tables only name and bound the settings; the `dsp` crate gives them a voice.
//! Loaded off the audio thread; nothing here is read from disk or allocated.

mod blown;
mod check;
mod kit;
mod macros;
mod pitched;
mod struck;

use serde::{Deserialize, Serialize};

pub use self::blown::{ChoirTable, Mouthpiece, OrganTable, Vowel, WindTable};
use self::check::table;
pub use self::check::{Checker, PatchError};
pub use self::kit::{
    BlockTable, ClapTable, CymbalTable, HandDrumTable, HatTable, KickTable, KitTable, Make,
    RoomTable, ShakerTable, SnareTable, TomTable,
};
pub use self::macros::Macros;
pub use self::pitched::{
    EnvelopeTable, FilterTable, OscillatorTable, Shape, SubTable, SynthTable, VibratoTable, Wave,
};
pub use self::struck::{
    Algorithm, FmTable, MalletTable, OperatorTable, PianoTable, Pickup, StringTable, TineTable,
};
use crate::lane::Lane;

table! {
    /// The lane's strip while this patch plays: corrective filters, colour and width.
    pub struct ToneTable {
        /// Makes patches equally loud at equal velocity.
        level_db: f32 = 0.0, -36.0..=36.0;
        /// High-pass corner in Hz.
        high_pass_hz: f32 = 20.0, 10.0..=2000.0;
        /// Low-pass corner in Hz; 20 000 is open.
        low_pass_hz: f32 = 20000.0, 500.0..=20000.0;
        /// Low shelf at 180 Hz, in dB.
        low_db: f32 = 0.0, -18.0..=18.0;
        /// Centre of the mid bell in Hz.
        mid_hz: f32 = 1000.0, 150.0..=8000.0;
        /// Mid bell, in dB.
        mid_db: f32 = 0.0, -18.0..=18.0;
        /// High shelf at 6 kHz, in dB.
        high_db: f32 = 0.0, -18.0..=18.0;
        /// Saturation: 0 clean, 1 heavy.
        drive: f32 = 0.0, 0.0..=1.0;
        /// Chorus depth and share.
        chorus: f32 = 0.0, 0.0..=1.0;
        /// Phaser depth and share.
        phaser: f32 = 0.0, 0.0..=1.0;
        /// Speed of the phaser, Hz.
        phaser_hz: f32 = 0.3, 0.02..=8.0;
        /// Turning horn and drum.
        rotary: f32 = 0.0, 0.0..=1.0;
        /// Speed of the horn, Hz: 0.8 slow, 6.7 fast.
        rotary_hz: f32 = 0.8, 0.1..=8.0;
        /// Stereo tremolo depth.
        tremolo: f32 = 0.0, 0.0..=1.0;
        /// Tremolo speed in Hz.
        tremolo_hz: f32 = 4.5, 0.1..=12.0;
        /// Coarse converters and worn tape: 0 none, 1 heavy.
        grit: f32 = 0.0, 0.0..=1.0;
    }
}

/// One instrument. The variant is the technique. Kits are large; a bank holds a few dozen patches, off the
/// audio thread, so they are not boxed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant)]
pub enum Patch {
    /// A drum kit.
    Kit(KitTable),
    /// A plucked string: guitars, finger and upright bass.
    String(StringTable),
    /// Oscillators, filter and envelopes: synth bass, pads, leads, stabs.
    Synth(SynthTable),
    /// A long tuned thump: 808 bass.
    Sub(SubTable),
    /// Struck tines and reeds before a pickup: electric pianos.
    Tine(TineTable),
    /// Four operators of frequency modulation: bells, basses, digital keys.
    Fm(FmTable),
    /// Struck strings by partials: acoustic-like pianos.
    Piano(PianoTable),
    /// Struck bars: vibraphone, marimba, celesta.
    Mallet(MalletTable),
    /// Drawbars.
    Organ(OrganTable),
    /// Blown tubes: flutes, reeds.
    Wind(WindTable),
    /// Voices.
    Choir(ChoirTable),
}

impl Default for Patch {
    fn default() -> Self {
        Patch::Tine(TineTable::default())
    }
}

impl Patch {
    /// Name on screen.
    pub fn name(&self) -> &str {
        match self {
            Patch::Kit(t) => &t.name,
            Patch::String(t) => &t.name,
            Patch::Synth(t) => &t.name,
            Patch::Sub(t) => &t.name,
            Patch::Tine(t) => &t.name,
            Patch::Fm(t) => &t.name,
            Patch::Piano(t) => &t.name,
            Patch::Mallet(t) => &t.name,
            Patch::Organ(t) => &t.name,
            Patch::Wind(t) => &t.name,
            Patch::Choir(t) => &t.name,
        }
    }
    /// Its strip settings.
    pub const fn tone(&self) -> &ToneTable {
        match self {
            Patch::Kit(t) => &t.tone,
            Patch::String(t) => &t.tone,
            Patch::Synth(t) => &t.tone,
            Patch::Sub(t) => &t.tone,
            Patch::Tine(t) => &t.tone,
            Patch::Fm(t) => &t.tone,
            Patch::Piano(t) => &t.tone,
            Patch::Mallet(t) => &t.tone,
            Patch::Organ(t) => &t.tone,
            Patch::Wind(t) => &t.tone,
            Patch::Choir(t) => &t.tone,
        }
    }
    /// The technique's word, which is the file's top table.
    pub const fn kind(&self) -> &'static str {
        match self {
            Patch::Kit(_) => "kit",
            Patch::String(_) => "string",
            Patch::Synth(_) => "synth",
            Patch::Sub(_) => "sub",
            Patch::Tine(_) => "tine",
            Patch::Fm(_) => "fm",
            Patch::Piano(_) => "piano",
            Patch::Mallet(_) => "mallet",
            Patch::Organ(_) => "organ",
            Patch::Wind(_) => "wind",
            Patch::Choir(_) => "choir",
        }
    }
    /// Whether a new note ends the one before.
    pub const fn is_mono(&self) -> bool {
        match self {
            Patch::String(t) => t.mono,
            Patch::Synth(t) => t.mono,
            Patch::Fm(t) => t.mono,
            Patch::Sub(_) | Patch::Wind(_) => true,
            _ => false,
        }
    }
    /// Whether it can play a lane: kits play drums, and an instrument of one voice plays no chords.
    pub const fn fits(&self, lane: Lane) -> bool {
        match lane {
            Lane::Drums => matches!(self, Patch::Kit(_)),
            Lane::Harmony | Lane::Texture => !matches!(self, Patch::Kit(_)) && !self.is_mono(),
            Lane::Bass | Lane::Melody => !matches!(self, Patch::Kit(_)),
            Lane::Vocal => false,
        }
    }
    /// Whether every number lies in its range.
    ///
    /// # Errors
    /// The first field that does not, with its value and range: the user can mend the file.
    pub fn validate(&self) -> Result<(), PatchError> {
        let mut checker = Checker::new(self.kind(), self.name());
        match self {
            Patch::Kit(t) => t.check(&mut checker),
            Patch::String(t) => t.check(&mut checker),
            Patch::Synth(t) => t.check(&mut checker),
            Patch::Sub(t) => t.check(&mut checker),
            Patch::Tine(t) => t.check(&mut checker),
            Patch::Fm(t) => t.check(&mut checker),
            Patch::Piano(t) => t.check(&mut checker),
            Patch::Mallet(t) => t.check(&mut checker),
            Patch::Organ(t) => t.check(&mut checker),
            Patch::Wind(t) => t.check(&mut checker),
            Patch::Choir(t) => t.check(&mut checker),
        }
        checker.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_out_of_range_is_named() {
        let mut sub = SubTable {
            name: crate::name("Boom"),
            ..SubTable::default()
        };
        assert_eq!(Patch::Sub(sub.clone()).validate(), Ok(()));
        sub.decay_ms = -1.0;
        let message = Patch::Sub(sub.clone()).validate().unwrap_err();
        assert!(
            message.as_str().contains("decay_ms"),
            "{}",
            message.as_str()
        );
        sub.decay_ms = f32::NAN;
        assert!(Patch::Sub(sub).validate().is_err());
        assert!(Patch::default().validate().is_err(), "a patch needs a name");
    }
}
