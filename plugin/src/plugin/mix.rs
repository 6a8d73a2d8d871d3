//! The mix of a moment: what styles and their profiles ask for, and the user's faders on top.

use dsp::{Faders, Mix, Sources};
use music::lane::{LANES, Lane};
use music::mix::MixProfile;
use music::style::Style;

use crate::buses;
use crate::params::MuseParams;

/// The mix as it stands, by [`Lane::index`] of the styles and their profiles.
///
/// # Realtime
/// Arithmetic and atomics.
pub fn mix(
    params: &MuseParams,
    styles: [&Style; LANES],
    profiles: [&MixProfile; LANES],
    tempo_bpm: f64,
) -> Mix {
    let mut faders = Faders {
        master_db: params.band.master_level.value(),
        main_carries_rest: params.band.main_is_rest(),
        ..Faders::default()
    };
    for lane in Lane::ALL {
        let Some(user) = params.lane(lane) else {
            continue;
        };
        faders.level_db[lane.index()] = user.level.value();
        faders.pan[lane.index()] = user.pan.value();
    }
    for (bus, routed) in faders.routed.iter_mut().enumerate() {
        *routed = buses::is_given(bus + 1);
    }
    let sources = Sources {
        profiles,
        styles: styles.map(|style| &style.mix),
        decisions: None,
        section: None,
        tempo_bpm,
    };
    Mix::merge(&sources, &faders)
}
