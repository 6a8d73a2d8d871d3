//! How a lane sounds: the five knobs of its instrument and its strip. And the master.
//!
//! What these change is heard by the mixer alone; no note follows from them.

use dsp::Faders;
use music::controls::{
    AUTO_MIX, CEILING_DBTP, COMPRESSION, EQ_MAX_DB, LOUDNESS_LUFS, MACRO, MATCH, SEND, WIDTH,
};
use music::lane::Lane;
use music::patch::Macros;
use nice_plug::prelude::{BoolParam, FloatParam, IntParam, Params};

use super::text;

/// One lane's sound; ids are prefixed with the lane's word.
#[derive(Params)]
pub struct LaneSound {
    /// Dark to bright.
    #[id = "tone"]
    pub tone: IntParam,
    /// Soft to hard.
    #[id = "attack"]
    pub attack: IntParam,
    /// Thin to full.
    #[id = "body"]
    pub body: IntParam,
    /// Clean to hot.
    #[id = "drive"]
    pub drive: IntParam,
    /// Close to far.
    #[id = "space"]
    pub space: IntParam,
    /// Silent in the mix; still plays on MIDI out.
    #[id = "mute"]
    pub mute: BoolParam,
    /// Only lanes with this are heard.
    #[id = "solo"]
    pub solo: BoolParam,
    /// Send to the reverb.
    #[id = "reverb"]
    pub reverb: IntParam,
    /// Send to the delay.
    #[id = "delay"]
    pub delay: IntParam,
    /// Width.
    #[id = "width"]
    pub width: IntParam,
    /// Low shelf of the equaliser.
    #[id = "eq_low"]
    pub eq_low: FloatParam,
    /// Lower bell.
    #[id = "eq_low_mid"]
    pub eq_low_mid: FloatParam,
    /// Upper bell.
    #[id = "eq_high_mid"]
    pub eq_high_mid: FloatParam,
    /// High shelf.
    #[id = "eq_high"]
    pub eq_high: FloatParam,
    /// Compression.
    #[id = "compression"]
    pub compression: IntParam,
}

impl LaneSound {
    /// A lane's, at their defaults.
    pub fn new(lane: Lane) -> LaneSound {
        let name = |what: &str| format!("{} {what}", lane.name());
        let eq = |what: &str| text::gain(&name(what), EQ_MAX_DB);
        LaneSound {
            tone: text::signed(&name("tone"), MACRO),
            attack: text::signed(&name("attack"), MACRO),
            body: text::signed(&name("body"), MACRO),
            drive: text::signed(&name("drive"), MACRO),
            space: text::signed(&name("space"), MACRO),
            mute: text::switch(&name("mute"), false),
            solo: text::switch(&name("solo"), false),
            reverb: text::signed(&name("reverb"), SEND),
            delay: text::signed(&name("delay"), SEND),
            width: text::whole(&name("width"), WIDTH),
            eq_low: eq("EQ low"),
            eq_low_mid: eq("EQ low mid"),
            eq_high_mid: eq("EQ high mid"),
            eq_high: eq("EQ high"),
            compression: text::signed(&name("compression"), COMPRESSION),
        }
    }
    /// Writes what the mixer reads.
    ///
    /// # Realtime
    /// Atomics only.
    pub fn write(&self, lane: Lane, faders: &mut Faders) {
        let at = lane.index();
        let share = |param: &IntParam| param.value() as f32 / 100.0;
        faders.macros[at] = Macros {
            tone: share(&self.tone),
            attack: share(&self.attack),
            body: share(&self.body),
            drive: share(&self.drive),
            space: share(&self.space),
        };
        faders.on[at] = !self.mute.value();
        faders.solo[at] = self.solo.value();
        faders.reverb[at] = share(&self.reverb);
        faders.delay[at] = share(&self.delay);
        faders.width[at] = share(&self.width);
        let bands = [
            &self.eq_low,
            &self.eq_low_mid,
            &self.eq_high_mid,
            &self.eq_high,
        ];
        faders.eq_db[at] = bands.map(FloatParam::value);
        faders.compression[at] = share(&self.compression);
    }
}

/// What the loudness of the master is chosen from. Frozen order.
///
/// Reference: EBU R 128 (−23), Apple Music (−16), Spotify, YouTube and Tidal (−14); −11 and −9 are what loud
/// records have.
pub const LOUDNESS_NAMES: [&str; 7] = [
    "Style's own",
    "-23 LUFS broadcast",
    "-16 LUFS Apple Music",
    "-14 LUFS streaming",
    "-11 LUFS loud",
    "-9 LUFS club",
    "Custom",
];

/// The master's parameters.
#[derive(Params)]
pub struct MasterParams {
    /// Equaliser, glue, saturation and limiter on main.
    #[id = "master"]
    pub on: BoolParam,
    /// Integrated loudness to arrive at.
    #[id = "loudness"]
    pub loudness: IntParam,
    /// The loudness where `loudness` says custom.
    #[id = "loudness_custom"]
    pub custom: FloatParam,
    /// Highest true peak.
    #[id = "ceiling"]
    pub ceiling: FloatParam,
    /// How much of the automatic mix counts.
    #[id = "auto_mix"]
    pub auto_mix: IntParam,
    /// How far the master goes towards the reference.
    #[id = "match"]
    pub matching: IntParam,
}

impl MasterParams {
    /// At their defaults.
    pub fn new() -> MasterParams {
        MasterParams {
            on: text::switch("Master", true),
            loudness: text::choice("Loudness", &LOUDNESS_NAMES, 0),
            custom: text::level_in("Custom loudness", -14.0, LOUDNESS_LUFS, " LUFS"),
            ceiling: text::level_in("Ceiling", -1.0, CEILING_DBTP, " dBTP"),
            auto_mix: text::whole("Auto mix", AUTO_MIX),
            matching: text::whole("Reference match", MATCH),
        }
    }
    /// The loudness that is asked for, LUFS; `None`: the style's own.
    pub fn target_lufs(&self) -> Option<f32> {
        match self.loudness.value() {
            1 => Some(-23.0),
            2 => Some(-16.0),
            3 => Some(-14.0),
            4 => Some(-11.0),
            5 => Some(-9.0),
            6 => Some(self.custom.value()),
            _ => None,
        }
    }
    /// Writes what the mixer reads.
    ///
    /// # Realtime
    /// Atomics only.
    pub fn write(&self, faders: &mut Faders) {
        faders.master_on = self.on.value();
        faders.target_lufs = self.target_lufs();
        faders.ceiling_dbtp = Some(self.ceiling.value());
        faders.decided = self.auto_mix.value() as f32 / 100.0;
        faders.matched = self.matching.value() as f32 / 100.0;
    }
}

impl Default for MasterParams {
    fn default() -> Self {
        MasterParams::new()
    }
}
