//! What the mixer is told: plain values, smoothed inside.

use music::lane::LANES;
use music::patch::Macros;

/// Stereo buses: main, a stem for each lane, returns.
pub const BUSES: usize = LANES + 2;

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
    /// Send to the shared reverb after the fader, 0–1.
    pub reverb_send: f32,
    /// Send to the shared delay after the fader, 0–1.
    pub delay_send: f32,
    /// The knobs of the instrument that plays.
    pub macros: Macros,
}

impl Default for StripMix {
    fn default() -> Self {
        StripMix {
            level_db: 0.0,
            pan: 0.0,
            on: true,
            solo: false,
            reverb_send: 0.1,
            delay_send: 0.0,
            macros: Macros::default(),
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
    /// Compressor and limiter on main. Without them main is the sum of the stems and the returns
    /// at master level.
    pub master_on: bool,
    /// Main leaves out what is `routed` to its own bus.
    pub main_carries_rest: bool,
    /// Which of the buses 1–7 (six lanes, returns) the host has connected.
    pub routed: [bool; LANES + 1],
    /// How far a kick ducks bass, harmony and texture, in dB, 0–24.
    pub duck_db: f32,
    /// Time for the reverb to fall by 60 dB, 0.1–12 s.
    pub reverb_s: f32,
    /// Delay time in seconds; the caller works it out from tempo and steps.
    pub delay_s: f32,
    /// How much of the delay comes back, 0–0.9.
    pub delay_feedback: f32,
}

impl Default for Mix {
    fn default() -> Self {
        Mix {
            lanes: [StripMix::default(); LANES],
            master_db: 0.0,
            master_on: true,
            main_carries_rest: false,
            routed: [false; LANES + 1],
            duck_db: 0.0,
            reverb_s: 1.6,
            delay_s: 0.375,
            delay_feedback: 0.35,
        }
    }
}
