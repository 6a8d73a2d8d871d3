//! The controls that every lane has: what its engine plays, and where it stands in the mix.
//!
//! Lanes share one set, so that a player who knows one knows all; drums add fills of their own.

use music::controls::{
    COMPLEXITY, DENSITY, ENERGY, LANE_HUMANIZE, LaneControls, PUSH_MS, REGISTER, SWING,
    SYNCOPATION, VARIATION,
};
use music::lane::Lane;
use nice_plug::prelude::{BoolParam, FloatParam, IntParam, Params};

use super::text;

/// One lane's parameters; ids are prefixed with the lane's word.
#[derive(Params)]
pub struct LaneParams {
    /// Plays at all.
    #[id = "on"]
    pub on: BoolParam,
    /// Share of candidates heard.
    #[id = "density"]
    pub density: IntParam,
    /// Ornament.
    #[id = "complexity"]
    pub complexity: IntParam,
    /// Accents off the beat.
    #[id = "syncopation"]
    pub syncopation: IntParam,
    /// Force.
    #[id = "energy"]
    pub energy: IntParam,
    /// How often bars differ.
    #[id = "variation"]
    pub variation: IntParam,
    /// Octaves.
    #[id = "register"]
    pub register: IntParam,
    /// Swing beyond the band's.
    #[id = "swing"]
    pub swing: IntParam,
    /// Share of the band's humanize.
    #[id = "humanize"]
    pub humanize: IntParam,
    /// Ahead of the beat or behind it.
    #[id = "push"]
    pub push: IntParam,
    /// Level in the mix.
    #[id = "level"]
    pub level: FloatParam,
    /// Place between the speakers.
    #[id = "pan"]
    pub pan: FloatParam,
    /// MIDI channel.
    #[id = "channel"]
    pub channel: IntParam,
}

impl LaneParams {
    /// A lane's parameters at their defaults.
    pub fn new(lane: Lane) -> LaneParams {
        let name = |what: &str| format!("{} {what}", lane.name());
        let defaults = LaneControls::new(lane);
        LaneParams {
            on: text::switch(&name("on"), defaults.on),
            density: text::whole(&name("density"), DENSITY),
            complexity: text::whole(&name("complexity"), COMPLEXITY),
            syncopation: text::whole(&name("syncopation"), SYNCOPATION),
            energy: text::whole(&name("energy"), ENERGY),
            variation: text::whole(&name("variation"), VARIATION),
            register: text::signed(&name("register"), REGISTER),
            swing: text::signed(&name("swing"), SWING),
            humanize: text::whole(&name("humanize"), LANE_HUMANIZE),
            push: text::signed(&name("push"), PUSH_MS),
            level: text::level(&name("level"), 0.0),
            pan: text::pan(&name("pan")),
            channel: text::channel(&name("channel"), defaults.channel),
        }
    }

    /// What the engines read.
    pub fn controls(&self, lane: Lane) -> LaneControls {
        let percent = |param: &IntParam| param.value().clamp(0, 100) as u8;
        LaneControls {
            on: self.on.value(),
            density: percent(&self.density),
            complexity: percent(&self.complexity),
            syncopation: percent(&self.syncopation),
            energy: percent(&self.energy),
            variation: percent(&self.variation),
            register: self.register.value().clamp(REGISTER.min, REGISTER.max) as i8,
            swing: self.swing.value().clamp(SWING.min, SWING.max) as i8,
            humanize: percent(&self.humanize),
            push_ms: self.push.value().clamp(PUSH_MS.min, PUSH_MS.max) as i8,
            channel: self.channel.value().clamp(0, 16) as u8,
            ..LaneControls::new(lane)
        }
    }
}
