//! One mix out of everything that has a say: profile, style, decisions, the user.
//!
//! Profile, style and user add up; the user's silence, mute and solo always win. Each lane is mixed as its own
//! style wants it; the drums' style ducks the others, the harmony's gives rooms, delay and master.

use music::lane::{LANES, Lane};
use music::mix::{Decisions, MixProfile, Space};
use music::patch::Macros;
use music::plan::SectionKind;
use music::style::MixStyle;

use super::{BUSES, Mix, SpaceMix, StripMix};

/// Levels at and below this are silence.
const SILENCE_DB: f32 = -60.0;
/// Sixteenths in a minute at one BPM.
const SIXTEENTH_BPM_S: f64 = 15.0;
/// Longest delay line.
const MAX_DELAY_S: f64 = 2.0;

/// What a style, its profile and the automatic mix ask for.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The profile of each lane's style.
    pub profiles: [&'a MixProfile; LANES],
    /// Each lane's style.
    pub styles: [&'a MixStyle; LANES],
    /// What was decided about the song, if it was listened to.
    pub decisions: Option<&'a Decisions>,
    /// The section that plays, if one does.
    pub section: Option<SectionKind>,
    /// Tempo, which times the echoes.
    pub tempo_bpm: f64,
}

/// What the user set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Faders {
    /// By `Lane::index`; −60 dB and below is silence.
    pub level_db: [f32; LANES],
    /// −1 … +1, added to the pan.
    pub pan: [f32; LANES],
    /// Not muted.
    pub on: [bool; LANES],
    /// Solo.
    pub solo: [bool; LANES],
    /// The knobs of the instruments.
    pub macros: [Macros; LANES],
    /// Level of main.
    pub master_db: f32,
    /// Whether the master works.
    pub master_on: bool,
    /// See [`Mix::main_carries_rest`].
    pub main_carries_rest: bool,
    /// See [`Mix::routed`].
    pub routed: [bool; BUSES - 1],
}

impl Default for Faders {
    fn default() -> Self {
        Faders {
            level_db: [0.0; LANES],
            pan: [0.0; LANES],
            on: [true; LANES],
            solo: [false; LANES],
            macros: [Macros::default(); LANES],
            master_db: 0.0,
            master_on: true,
            main_carries_rest: false,
            routed: [false; BUSES - 1],
        }
    }
}

impl Mix {
    /// The mix of a moment.
    ///
    /// # Realtime
    /// Arithmetic alone.
    pub fn merge(from: &Sources<'_>, faders: &Faders) -> Mix {
        let [drums, whole] = [Lane::Drums, Lane::Harmony].map(Lane::index);
        let (room, profile) = (from.styles[whole], from.profiles[whole]);
        let mut duck = from.profiles[drums].duck;
        for lane in [Lane::Bass, Lane::Harmony, Lane::Texture] {
            duck.depth_db[lane.index()] += from.styles[drums].duck_db;
        }
        let bus = &from.profiles[drums].drum_bus;
        let mut mix = Mix {
            lanes: core::array::from_fn(|lane| strip(from, faders, lane)),
            master_db: faders.master_db,
            master_on: faders.master_on,
            main_carries_rest: faders.main_carries_rest,
            routed: faders.routed,
            duck,
            parallel: (bus.parallel, bus.compressor),
            spaces: Space::ALL
                .map(|space| SpaceMix::of(&profile.spaces[space.index()], room.reverb_s)),
            delay_feedback: profile.delay.feedback,
            delay_tone_hz: [profile.delay.damp_hz, profile.delay.low_cut_hz],
            master: profile.master,
            ..Mix::default()
        };
        if room.delay_steps > 0 && from.tempo_bpm > 0.0 {
            let seconds = f64::from(room.delay_steps) * SIXTEENTH_BPM_S / from.tempo_bpm;
            mix.delay_s = seconds.min(MAX_DELAY_S) as f32;
        }
        if let Some(decided) = from.decisions {
            for (depth, lane) in mix.duck.depth_db.iter_mut().zip(&decided.lanes) {
                *depth = (*depth + lane.duck_db).clamp(0.0, 24.0);
            }
            mix.master.gain_db = decided.master.gain_db;
            mix.master.ceiling_dbtp = decided.master.ceiling_dbtp;
            mix.master_decided = decided.master.eq;
        }
        mix
    }
}

fn strip(from: &Sources<'_>, faders: &Faders, lane: usize) -> StripMix {
    let profile = &from.profiles[lane].strips[lane];
    let style = &from.styles[lane].strips[lane];
    let mut strip = StripMix {
        level_db: profile.level_db + style.level_db + faders.level_db[lane],
        pan: profile.pan + style.pan + faders.pan[lane],
        on: faders.on[lane],
        solo: faders.solo[lane],
        reverb_send: (profile.reverb + style.reverb).clamp(0.0, 1.0),
        delay_send: (profile.delay + style.delay).clamp(0.0, 1.0),
        macros: faders.macros[lane],
        high_pass_hz: profile.high_pass_hz,
        eq: profile.eq,
        compressor: profile.compressor,
        drive: profile.drive,
        width: profile.width,
        space: profile.space,
        ..StripMix::default()
    };
    if let Some(decided) = from.decisions {
        strip.level_db += decided.lanes[lane].level_db;
        strip.pan += decided.lanes[lane].pan;
        strip.decided = decided.lanes[lane].eq;
        if let Some(kind) = from.section {
            strip.level_db += decided.by_section_db[kind as usize][lane];
        }
    }
    strip.pan = strip.pan.clamp(-1.0, 1.0);
    if faders.level_db[lane] <= SILENCE_DB {
        strip.level_db = SILENCE_DB;
    }
    strip
}

#[cfg(test)]
mod tests {
    use super::*;
    use music::mix::{LaneDecision, StripProfile};
    use music::style::StripStyle;

    fn with<'a>(
        profile: &'a MixProfile,
        style: &'a MixStyle,
        decisions: Option<&'a Decisions>,
    ) -> Sources<'a> {
        Sources {
            profiles: [profile; LANES],
            styles: [style; LANES],
            decisions,
            section: Some(SectionKind::Chorus),
            tempo_bpm: 120.0,
        }
    }

    #[test]
    fn profile_style_decisions_and_user_add_up() {
        let bass = Lane::Bass.index();
        let mut profile = MixProfile::default();
        profile.strips[bass] = StripProfile {
            level_db: 1.0,
            pan: 0.1,
            reverb: 0.05,
            ..StripProfile::default()
        };
        profile.duck.depth_db[bass] = 1.0;
        let mut style = MixStyle {
            duck_db: 2.0,
            reverb_s: 2.0,
            delay_steps: 3,
            ..MixStyle::default()
        };
        style.strips[bass] = StripStyle {
            level_db: -3.0,
            pan: 0.1,
            reverb: 0.1,
            delay: 0.0,
        };
        let mut decisions = Decisions::default();
        decisions.lanes[bass] = LaneDecision {
            level_db: -0.5,
            pan: 0.1,
            duck_db: 0.5,
            ..LaneDecision::default()
        };
        decisions.by_section_db[SectionKind::Chorus as usize][bass] = 0.25;
        let mut faders = Faders::default();
        faders.level_db[bass] = 2.0;
        faders.pan[bass] = -0.2;
        let mix = Mix::merge(&with(&profile, &style, Some(&decisions)), &faders);
        assert!((mix.lanes[bass].level_db + 0.25).abs() < 1e-6);
        assert!((mix.lanes[bass].pan - 0.1).abs() < 1e-6);
        assert!((mix.lanes[bass].reverb_send - 0.15).abs() < 1e-6);
        assert!((mix.duck.depth_db[bass] - 3.5).abs() < 1e-6);
        assert!((mix.delay_s - 0.375).abs() < 1e-6);
        assert!((mix.spaces[1].decay_s - 2.0).abs() < 1e-6);
        faders.level_db[bass] = -60.0;
        let mix = Mix::merge(&with(&profile, &style, Some(&decisions)), &faders);
        assert_eq!(mix.lanes[bass].level_db, -60.0, "the user's silence wins");
    }

    #[test]
    fn without_decisions_a_profile_stands_as_written() {
        let (profile, style) = (MixProfile::default(), MixStyle::default());
        let mix = Mix::merge(&with(&profile, &style, None), &Faders::default());
        assert_eq!(mix.master, profile.master);
        assert_eq!(mix.lanes[0].eq, profile.strips[0].eq);
    }
}
