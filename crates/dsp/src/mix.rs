//! What the mixer is told: plain values, smoothed inside.

mod merge;
mod response;

use music::lane::LANES;
use music::mix::{
    DuckProfile, Dynamics, Eq, FLAT_EQ, MasterProfile, SPACES, Space, SpaceProfile, StripProfile,
};
use music::patch::Macros;

pub use self::merge::{Faders, Sources, compressed};
pub use self::response::{compressor_reduction_db, eq_response_db};

/// Stereo buses: main, a stem for each lane, returns.
pub const BUSES: usize = LANES + 2;

/// Widest that the master may be: sides by so much louder.
///
/// Taste: 9.5 dB, so that a nearly mono song can come as wide as a reference; profiles stay under 2.
pub(crate) const WIDEST: f32 = 3.0;

/// How late all buses come, chosen when a player is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Latency {
    /// Not at all; the limiter guesses.
    #[default]
    Zero,
    /// Some 2.7 ms; the limiter looks ahead and keeps every peak between samples under the ceiling.
    LookAhead,
}

/// One lane's place in the mix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripMix {
    /// Level in dB; −60 and below is silence. At 0 dB a stem keeps 8 dB of headroom that main takes back.
    pub level_db: f32,
    /// −1 left … +1 right.
    pub pan: f32,
    /// Heard (not muted).
    pub on: bool,
    /// If any strip is solo, only those are heard.
    pub solo: bool,
    /// Send to its space after the fader, 0–1.
    pub reverb_send: f32,
    /// Send to the shared delay after the fader, 0–1.
    pub delay_send: f32,
    /// The knobs of the instrument that plays.
    pub macros: Macros,
    /// Nothing below; 20 Hz and less is open.
    pub high_pass_hz: f32,
    /// The profile's equaliser.
    pub eq: Eq,
    /// The automatic mix's.
    pub decided: Eq,
    /// Its compressor.
    pub compressor: Dynamics,
    /// Saturation: 0 clean, 1 heavy.
    pub drive: f32,
    /// Tape: 0 none, 1 a worn machine.
    pub tape: f32,
    /// 0 mono, 1 as it comes, 2 only the sides are louder.
    pub width: f32,
    /// The reverb that it is sent to.
    pub space: Space,
}

impl Default for StripMix {
    fn default() -> Self {
        let plain = StripProfile::default();
        StripMix {
            level_db: 0.0,
            pan: 0.0,
            on: true,
            solo: false,
            reverb_send: 0.1,
            delay_send: 0.0,
            macros: Macros::default(),
            high_pass_hz: plain.high_pass_hz,
            eq: plain.eq,
            decided: FLAT_EQ,
            compressor: plain.compressor,
            drive: plain.drive,
            tape: plain.tape,
            width: plain.width,
            space: plain.space,
        }
    }
}

/// A shared reverb.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpaceMix {
    /// Time for it to fall by 60 dB, 0.1–12 s.
    pub decay_s: f32,
    /// The frequency that falls in half that time.
    pub damp_hz: f32,
    /// Below this nothing enters.
    pub low_cut_hz: f32,
}

impl SpaceMix {
    /// A space as a profile wants it, where the style's reverb takes `reverb_s`.
    pub fn of(profile: &SpaceProfile, reverb_s: f32) -> SpaceMix {
        SpaceMix {
            decay_s: (profile.decay * reverb_s).clamp(0.1, 12.0),
            damp_hz: profile.damp_hz,
            low_cut_hz: profile.low_cut_hz,
        }
    }
}

/// The whole mix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    /// By `Lane::index`.
    pub lanes: [StripMix; LANES],
    /// Level of main in dB, before the limiter.
    pub master_db: f32,
    /// Everything that works on main. Without it main is the sum of the stems and the returns at master
    /// level.
    pub master_on: bool,
    /// Main leaves out what is `routed` to its own bus.
    pub main_carries_rest: bool,
    /// Which of the buses 1–7 (six lanes, returns) the host has connected.
    pub routed: [bool; LANES + 1],
    /// How the kick moves the others.
    pub duck: DuckProfile,
    /// Parallel compression of the drums: its share and its compressor.
    pub parallel: (f32, Dynamics),
    /// The reverbs, by `Space::index`.
    pub spaces: [SpaceMix; SPACES],
    /// Delay time in seconds; the caller works it out from tempo and steps.
    pub delay_s: f32,
    /// How much of the delay comes back, 0–0.9.
    pub delay_feedback: f32,
    /// Where each echo loses its top and its bottom, Hz.
    pub delay_tone_hz: [f32; 2],
    /// What works on main. Its gain counts beside `master_db`.
    pub master: MasterProfile,
    /// The automatic mix's equaliser of main, after the profile's.
    pub master_decided: Eq,
    /// Gains of the graphic equaliser of main, dB, as [`crate::band_gains`] gives them.
    pub master_match: [f32; crate::THIRDS],
}

impl Default for Mix {
    fn default() -> Self {
        Mix {
            lanes: [StripMix::default(); LANES],
            master_db: 0.0,
            master_on: true,
            main_carries_rest: false,
            routed: [false; LANES + 1],
            duck: DuckProfile::default(),
            parallel: (0.0, Dynamics::OFF),
            spaces: Space::ALL.map(|space| SpaceMix::of(&SpaceProfile::usual(space), 1.6)),
            delay_s: 0.375,
            delay_feedback: 0.35,
            delay_tone_hz: [3800.0, 160.0],
            master: MasterProfile::default(),
            master_decided: FLAT_EQ,
            master_match: [0.0; crate::THIRDS],
        }
    }
}

impl Mix {
    /// How long the longest reverb that is fed takes to fall by 60 dB.
    pub fn longest_decay_s(&self) -> f32 {
        let fed = self.lanes.iter().filter(|l| l.reverb_send > 0.0);
        fed.map(|l| self.spaces[l.space.index()].decay_s)
            .fold(0.1, f32::max)
    }
    /// With every space's decay from the style's `reverb_s`, in the usual proportions.
    #[must_use]
    pub fn with_reverb_s(mut self, reverb_s: f32) -> Mix {
        self.spaces = Space::ALL.map(|space| SpaceMix::of(&SpaceProfile::usual(space), reverb_s));
        self
    }
}
