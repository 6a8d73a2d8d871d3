//! The mix: what the style asks for, and the user's levels and pans on top.

use dsp::{Mix, StripMix};
use music::controls::LEVEL_MIN_DB;
use music::lane::Lane;
use music::style::Style;

use crate::buses;
use crate::params::MuseParams;

/// Sixteenths in a minute at one BPM.
const SIXTEENTH_BPM_S: f64 = 15.0;
/// Longest delay line.
const MAX_DELAY_S: f64 = 2.0;

/// The mix as it stands.
///
/// # Realtime
/// Arithmetic and atomics.
pub fn mix(params: &MuseParams, style: &Style, tempo_bpm: f64) -> Mix {
    let mut mix = Mix {
        master_db: params.band.master_level.value(),
        main_carries_rest: params.band.main_is_rest(),
        duck_db: style.mix.duck_db,
        reverb_s: style.mix.reverb_s,
        ..Mix::default()
    };
    for (lane, strip) in Lane::ALL.into_iter().zip(&mut mix.lanes) {
        let Some(user) = params.lane(lane) else {
            continue;
        };
        let wanted = &style.mix.strips[lane.index()];
        let level = user.level.value();
        *strip = StripMix {
            level_db: if level <= LEVEL_MIN_DB {
                LEVEL_MIN_DB
            } else {
                wanted.level_db + level
            },
            pan: (wanted.pan + user.pan.value()).clamp(-1.0, 1.0),
            reverb_send: wanted.reverb,
            delay_send: wanted.delay,
            ..StripMix::default()
        };
    }
    for (bus, routed) in mix.routed.iter_mut().enumerate() {
        *routed = buses::is_given(bus + 1);
    }
    if style.mix.delay_steps > 0 && tempo_bpm > 0.0 {
        let seconds = f64::from(style.mix.delay_steps) * SIXTEENTH_BPM_S / tempo_bpm;
        mix.delay_s = seconds.min(MAX_DELAY_S) as f32;
    }
    mix
}
