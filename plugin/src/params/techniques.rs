//! Parameters of the named techniques: a second style and how much of it, harmony, rhythm, grooves.
//!
//! They come after those of [`super::BandParams`] and [`super::LaneParams`], whose places hosts may keep.

use std::sync::Arc;

use music::controls::{
    BLEND, Controls, EXPANSION, LANE_BLEND, LOCK, LaneControls, MODULATION, REHARMONISE, TENSION,
};
use music::lane::Lane;
use music::technique::{Pace, Rhythm, RootCycle, VoiceLeading};
use nice_plug::prelude::{IntParam, Params};

use super::text;
use crate::handoff::Shared;

/// Screen names of [`RootCycle::ALL`].
const ROOT_CYCLES: [&str; RootCycle::ALL.len()] = {
    let mut names = [""; RootCycle::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = RootCycle::ALL[i].name();
        i += 1;
    }
    names
};
/// Screen names of [`VoiceLeading::ALL`].
const VOICE_LEADINGS: [&str; VoiceLeading::ALL.len()] = {
    let mut names = [""; VoiceLeading::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = VoiceLeading::ALL[i].name();
        i += 1;
    }
    names
};
/// Screen names of [`Pace::ALL`].
const PACES: [&str; Pace::ALL.len()] = {
    let mut names = [""; Pace::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = Pace::ALL[i].name();
        i += 1;
    }
    names
};

fn percent(param: &IntParam) -> u8 {
    param.value().clamp(0, 100) as u8
}

/// The one of a frozen list that a parameter stands at.
fn chosen<T: Copy>(param: &IntParam, all: &[T]) -> T {
    all[param.value().clamp(0, all.len() as i32 - 1) as usize]
}

/// The band's techniques.
#[derive(Params)]
pub struct BandTechniques {
    /// Slot of the second style.
    #[id = "style_b"]
    pub style_b: IntParam,
    /// How much of it plays.
    #[id = "blend"]
    pub blend: IntParam,
    /// Surprise of the chords.
    #[id = "tension"]
    pub tension: IntParam,
    /// How far chords are replaced.
    #[id = "reharmonise"]
    pub reharmonise: IntParam,
    /// How readily a song changes its key.
    #[id = "modulation"]
    pub modulation: IntParam,
    /// How roots follow one another.
    #[id = "root_cycle"]
    pub root_cycle: IntParam,
    /// How chords are voiced and led.
    #[id = "voice_leading"]
    pub voice_leading: IntParam,
    /// Pace of all patterns.
    #[id = "pace"]
    pub pace: IntParam,
    /// Groove slot.
    #[id = "groove"]
    pub groove: IntParam,
}

impl BandTechniques {
    /// At their defaults; style names are `shared`'s.
    pub fn new(shared: &Arc<Shared>) -> BandTechniques {
        BandTechniques {
            style_b: text::style("Style B", shared),
            blend: text::whole("Blend", BLEND),
            tension: text::whole("Tension", TENSION),
            reharmonise: text::whole("Reharmonise", REHARMONISE),
            modulation: text::whole("Modulation", MODULATION),
            root_cycle: text::choice("Root cycle", &ROOT_CYCLES, 0),
            voice_leading: text::choice("Voice leading", &VOICE_LEADINGS, 0),
            pace: text::choice("Pace", &PACES, 0),
            groove: text::groove("Groove", "Style's own"),
        }
    }
    /// Writes what the engines read.
    pub fn write(&self, controls: &mut Controls) {
        controls.style_b = self.style_b.value().clamp(0, 255) as u8;
        controls.blend = percent(&self.blend);
        controls.tension = percent(&self.tension);
        controls.reharmonise = percent(&self.reharmonise);
        controls.modulation = percent(&self.modulation);
        controls.root_cycle = chosen(&self.root_cycle, &RootCycle::ALL);
        controls.voice_leading = chosen(&self.voice_leading, &VoiceLeading::ALL);
        controls.pace = chosen(&self.pace, &Pace::ALL);
        controls.groove = self.groove.value().clamp(0, 63) as u8;
    }
}

/// A lane's techniques; ids are prefixed with the lane's word.
#[derive(Params)]
pub struct LaneTechniques {
    /// Share of the second style against the band's.
    #[id = "blend"]
    pub blend: IntParam,
    /// Groove slot.
    #[id = "groove"]
    pub groove: IntParam,
    /// What lays its onsets.
    #[id = "rhythm"]
    pub rhythm: IntParam,
}

impl LaneTechniques {
    /// A lane's, at their defaults.
    pub fn new(lane: Lane) -> LaneTechniques {
        let name = |what: &str| format!("{} {what}", lane.name());
        LaneTechniques {
            blend: text::signed(&name("blend"), LANE_BLEND),
            groove: text::groove(&name("groove"), "Band's"),
            rhythm: text::rhythm(&name("rhythm")),
        }
    }
    /// Writes what the engines read.
    pub fn write(&self, controls: &mut LaneControls) {
        controls.blend = self.blend.value().clamp(LANE_BLEND.min, LANE_BLEND.max) as i8;
        controls.groove = self.groove.value().clamp(0, 63) as u8;
        let rhythm = Rhythm::ALL.get(self.rhythm.value().max(0) as usize);
        controls.rhythm = rhythm.copied().unwrap_or_default();
    }
}

/// The bass's techniques: the common set, and how it holds on to the kick.
#[derive(Params)]
pub struct BassTechniques {
    /// What every lane has.
    #[nested]
    pub lane: LaneTechniques,
    /// How closely it follows the kick.
    #[id = "lock"]
    pub lock: IntParam,
}

impl BassTechniques {
    /// At their defaults.
    pub fn new() -> BassTechniques {
        BassTechniques {
            lane: LaneTechniques::new(Lane::Bass),
            lock: text::whole("Bass lock", LOCK),
        }
    }
}

/// The melody's techniques: the common set, and how wide its steps are.
#[derive(Params)]
pub struct MelodyTechniques {
    /// What every lane has.
    #[nested]
    pub lane: LaneTechniques,
    /// Expansion of its scale steps.
    #[id = "expansion"]
    pub expansion: IntParam,
}

impl MelodyTechniques {
    /// At their defaults.
    pub fn new() -> MelodyTechniques {
        MelodyTechniques {
            lane: LaneTechniques::new(Lane::Melody),
            expansion: text::whole("Melody expansion", EXPANSION),
        }
    }
}

impl Default for BassTechniques {
    fn default() -> Self {
        BassTechniques::new()
    }
}

impl Default for MelodyTechniques {
    fn default() -> Self {
        MelodyTechniques::new()
    }
}
