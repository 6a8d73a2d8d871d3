//! Meters: plain values, gathered a tick at a time and read from the audio thread's own side.
//!
//! Levels of every bus count always; the loudness of main too. A spectrum is only worked out while
//! somebody watches one.

mod gauge;
mod loudness;
mod spectrum;

use music::lane::Lane;

pub(crate) use gauge::Gauge;
pub(crate) use loudness::Loudness;
pub(crate) use spectrum::Analyser;
pub use spectrum::{SPECTRUM_BANDS, band_hz};

use crate::mix::BUSES;

/// Level and width of a bus over the time since the meters were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BusMeter {
    /// Mean square, linear, of left and right.
    pub power: [f32; 2],
    /// +1 both sides alike, 0 unrelated, −1 opposed; 1 in silence.
    pub correlation: f32,
}

impl BusMeter {
    /// RMS in dB, the louder side; −120 in silence.
    pub fn rms_db(&self) -> f32 {
        10.0 * self.power[0].max(self.power[1]).max(1e-12).log10()
    }
}

/// Loudness of main.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoudnessMeter {
    /// Over the last 400 ms, LUFS; −120 in silence.
    pub momentary: f32,
    /// Over the last 3 s, LUFS.
    pub short_term: f32,
    /// Since [`crate::Player::reset`] or [`crate::Player::restart_loudness`], gated, LUFS.
    pub integrated: f32,
}

impl Default for LoudnessMeter {
    fn default() -> Self {
        LoudnessMeter {
            momentary: -120.0,
            short_term: -120.0,
            integrated: -120.0,
        }
    }
}

/// What the meters say since they were last taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meters {
    /// Peak of each bus, linear, left and right.
    pub peaks: [[f32; 2]; BUSES],
    /// Level and width of each bus.
    pub buses: [BusMeter; BUSES],
    /// Loudness of main.
    pub loudness: LoudnessMeter,
    /// Momentary loudness of main (400 ms), LUFS; −120 in silence.
    pub lufs_momentary: f32,
    /// Highest peak of main between samples, dBTP; −120 in silence.
    pub true_peak_dbtp: f32,
    /// Deepest gain reduction of the limiter, dB (positive).
    pub reduction_db: f32,
    /// What the glue compressor takes away, dB (positive).
    pub glue_db: f32,
    /// What each lane's compressor takes away, dB (positive).
    pub strip_db: [f32; music::lane::LANES],
    /// Power by ⅓ octave, dB, of main and of the watched lane; see [`band_hz`]. −120 where nothing is, or
    /// nobody watches.
    pub spectra: [[f32; SPECTRUM_BANDS]; 2],
    /// Voices stolen since they were last taken.
    pub voices_stolen: u32,
    /// A sample was not a number: its bus was silenced for that call.
    pub not_a_number: bool,
}

impl Default for Meters {
    fn default() -> Self {
        Meters {
            peaks: [[0.0; 2]; BUSES],
            buses: [BusMeter::default(); BUSES],
            loudness: LoudnessMeter::default(),
            lufs_momentary: -120.0,
            true_peak_dbtp: -120.0,
            reduction_db: 0.0,
            glue_db: 0.0,
            strip_db: [0.0; music::lane::LANES],
            spectra: [[-120.0; SPECTRUM_BANDS]; 2],
            voices_stolen: 0,
            not_a_number: false,
        }
    }
}

/// Whose spectrum is worked out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// Nobody's.
    #[default]
    Nothing,
    /// Main's.
    Main,
    /// Main's and a lane's.
    Lane(Lane),
}
