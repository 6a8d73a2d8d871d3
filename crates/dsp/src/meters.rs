//! Meters: plain values, gathered a tick at a time and read from the audio thread's own side.
//!
//! Levels of every bus count always; the loudness of main too. Peaks between samples, the loudness of the
//! strips, and spectra are only worked out while somebody watches them.

mod gauge;
mod loudness;
mod spectrum;
mod strips;

use music::lane::{LANES, Lane};

pub(crate) use gauge::Gauge;
pub(crate) use loudness::Loudness;
pub(crate) use spectrum::Analyser;
pub use spectrum::{SPECTRUM_BANDS, band_hz};
pub(crate) use strips::StripLoudness;

use crate::mix::BUSES;

/// Level and width of a bus over the time since the meters were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BusMeter {
    /// Mean square, linear, of left and right.
    pub power: [f32; 2],
    /// The same as a running mean of 300 ms, whenever the meters are taken.
    pub mean_power: [f32; 2],
    /// +1 both sides alike, 0 unrelated, −1 opposed; 1 in silence.
    pub correlation: f32,
}

impl BusMeter {
    /// RMS in dB over some 300 ms, the louder side; −120 in silence.
    pub fn rms_db(&self) -> f32 {
        10.0 * self.mean_power[0]
            .max(self.mean_power[1])
            .max(1e-12)
            .log10()
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
    /// Highest peak of main between samples, dBTP; −120 in silence and where nobody watches.
    pub true_peak_dbtp: f32,
    /// Deepest gain reduction of the limiter, dB (positive).
    pub reduction_db: f32,
    /// What the glue compressor takes away, dB (positive).
    pub glue_db: f32,
    /// What each lane's compressor takes away, dB (positive).
    pub strip_db: [f32; LANES],
    /// What each lane's compressor hears, dB; −120 in silence.
    pub strip_level_db: [f32; LANES],
    /// Momentary loudness (400 ms) of each lane's stem, LUFS; −120 in silence and where nobody watches. A
    /// strip's peak and RMS are its stem's: `peaks` and `buses` at `1 + Lane::index`.
    pub strip_lufs: [f32; LANES],
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
            strip_db: [0.0; LANES],
            strip_level_db: [-120.0; LANES],
            strip_lufs: [-120.0; LANES],
            spectra: [[-120.0; SPECTRUM_BANDS]; 2],
            voices_stolen: 0,
            not_a_number: false,
        }
    }
}

/// What is worked out because somebody looks at it; the rest is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// No window is open.
    #[default]
    Nothing,
    /// The strips' loudness, no spectrum.
    Strips,
    /// The strips' loudness, and main's spectrum.
    Main,
    /// The strips' loudness, and the spectra of main and of a lane.
    Lane(Lane),
}
