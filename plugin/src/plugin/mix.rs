//! The mix: what the style of each lane asks for, and the user's levels and pans on top.

use dsp::{Mix, StripMix};
use music::controls::LEVEL_MIN_DB;
use music::lane::{LANES, Lane};
use music::style::Style;

use crate::buses;
use crate::params::MuseParams;

/// Sixteenths in a minute at one BPM.
const SIXTEENTH_BPM_S: f64 = 15.0;
/// Longest delay line.
const MAX_DELAY_S: f64 = 2.0;

/// The mix as it stands, by [`Lane::index`] of the styles: the drums' ducks, the harmony's gives the room.
///
/// # Realtime
/// Arithmetic and atomics.
pub fn mix(params: &MuseParams, styles: [&Style; LANES], tempo_bpm: f64) -> Mix {
    let [drums, room] = [Lane::Drums, Lane::Harmony].map(|lane| styles[lane.index()]);
    let mut mix = Mix {
        master_db: params.band.master_level.value(),
        main_carries_rest: params.band.main_is_rest(),
        duck_db: drums.mix.duck_db,
        reverb_s: room.mix.reverb_s,
        ..Mix::default()
    };
    for (lane, strip) in Lane::ALL.into_iter().zip(&mut mix.lanes) {
        let Some(user) = params.lane(lane) else {
            continue;
        };
        let wanted = &styles[lane.index()].mix.strips[lane.index()];
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
    if room.mix.delay_steps > 0 && tempo_bpm > 0.0 {
        let seconds = f64::from(room.mix.delay_steps) * SIXTEENTH_BPM_S / tempo_bpm;
        mix.delay_s = seconds.min(MAX_DELAY_S) as f32;
    }
    mix
}
