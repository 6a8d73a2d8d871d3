//! One mix out of everything that has a say: profile, style, decisions, the user.
//!
//! Profile, style and user add up; the user's silence, mute and solo always win. Each lane is mixed as its own
//! style wants it; the drums' style ducks the others, the harmony's gives rooms, delay and master.

use music::lane::{LANES, Lane};
use music::mix::{Decisions, Dynamics, EQ_BANDS, Eq, MixProfile, Space};
use music::patch::Macros;
use music::plan::SectionKind;
use music::style::MixStyle;

use super::{BUSES, Mix, SpaceMix, StripMix, WIDEST};

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
    /// −1 … +1, added to the send to its space.
    pub reverb: [f32; LANES],
    /// −1 … +1, added to the send to the delay.
    pub delay: [f32; LANES],
    /// 0 mono, 1 as the mix has it, 2 twice as wide.
    pub width: [f32; LANES],
    /// Added to the bands of the equaliser, dB.
    pub eq_db: [[f32; EQ_BANDS]; LANES],
    /// −1 … +1: less or more compression than the mix has; 0 as it has.
    pub compression: [f32; LANES],
    /// How much of the automatic mix counts, 0–1; the master's gain counts whole.
    pub decided: f32,
    /// How far the master goes towards the reference, 0–1.
    pub matched: f32,
    /// Integrated loudness wanted, LUFS; `None`: the profile's.
    pub target_lufs: Option<f32>,
    /// Highest true peak wanted, dBTP; `None`: the profile's.
    pub ceiling_dbtp: Option<f32>,
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
            reverb: [0.0; LANES],
            delay: [0.0; LANES],
            width: [1.0; LANES],
            eq_db: [[0.0; EQ_BANDS]; LANES],
            compression: [0.0; LANES],
            decided: 1.0,
            matched: 1.0,
            target_lufs: None,
            ceiling_dbtp: None,
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
        let mut found_for = profile.master.target_lufs;
        if let Some(decided) = from.decisions {
            for (depth, lane) in mix.duck.depth_db.iter_mut().zip(&decided.lanes) {
                *depth = (*depth + faders.decided * lane.duck_db).clamp(0.0, 24.0);
            }
            mix.master.gain_db = decided.master.gain_db;
            mix.master.ceiling_dbtp = decided.master.ceiling_dbtp;
            mix.master_decided = share_of(&decided.master.eq, faders.decided);
            found_for = decided.master.target_lufs;
            mix.master_match = decided.master.match_db.map(|db| faders.matched * db);
            let side = faders.matched * decided.master.match_width_db;
            let width = mix.master.width * 10f32.powf(side / 20.0);
            mix.master.width = width.min(WIDEST);
        }
        // Another target than the gain was found for: as many dB more or less, until it is found anew.
        if let Some(target) = faders.target_lufs {
            mix.master.gain_db += target - found_for;
            mix.master.target_lufs = target;
        }
        if let Some(ceiling) = faders.ceiling_dbtp {
            mix.master.ceiling_dbtp = ceiling;
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
        reverb_send: (profile.reverb + style.reverb + faders.reverb[lane]).clamp(0.0, 1.0),
        delay_send: (profile.delay + style.delay + faders.delay[lane]).clamp(0.0, 1.0),
        macros: faders.macros[lane],
        high_pass_hz: profile.high_pass_hz,
        eq: profile.eq,
        compressor: compressed(profile.compressor, faders.compression[lane]),
        drive: profile.drive,
        tape: profile.tape,
        width: (profile.width * faders.width[lane]).clamp(0.0, 2.0),
        space: profile.space,
        ..StripMix::default()
    };
    for (band, db) in strip.eq.iter_mut().zip(faders.eq_db[lane]) {
        band.db = (band.db + db).clamp(-18.0, 18.0);
    }
    if let Some(decided) = from.decisions {
        let share = faders.decided;
        strip.level_db += share * decided.lanes[lane].level_db;
        strip.pan += share * decided.lanes[lane].pan;
        strip.decided = share_of(&decided.lanes[lane].eq, share);
        if let Some(kind) = from.section {
            strip.level_db += share * decided.by_section_db[kind as usize][lane];
        }
    }
    strip.pan = strip.pan.clamp(-1.0, 1.0);
    if faders.level_db[lane] <= SILENCE_DB {
        strip.level_db = SILENCE_DB;
    }
    strip
}

/// An equaliser gone in part.
fn share_of(eq: &Eq, share: f32) -> Eq {
    eq.map(|band| music::mix::EqBand {
        db: share * band.db,
        ..band
    })
}

/// A compressor turned down to nothing (−1) or up (+1).
///
/// Taste: all the way up is 12 dB deeper at four times the ratio that there is.
pub fn compressed(profile: Dynamics, turn: f32) -> Dynamics {
    if turn == 0.0 || !turn.is_finite() {
        return profile;
    }
    let more = turn.clamp(0.0, 1.0);
    let less = 1.0 + turn.clamp(-1.0, 0.0);
    Dynamics {
        threshold_db: (profile.threshold_db - 12.0 * more).max(-60.0),
        ratio: (1.0 + less * (profile.ratio - 1.0) * (1.0 + more) + 2.0 * more).min(20.0),
        make_up_db: less * profile.make_up_db + 4.0 * more,
        ..profile
    }
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
    fn the_users_knobs_are_added_and_neutral_ones_change_nothing() {
        let (profile, style) = (MixProfile::default(), MixStyle::default());
        let plain = Mix::merge(&with(&profile, &style, None), &Faders::default());
        let mut faders = Faders::default();
        faders.reverb[1] = 0.5;
        faders.delay[1] = 2.0;
        faders.width[1] = 0.5;
        faders.eq_db[1] = [3.0, -3.0, 0.0, 40.0];
        faders.compression[1] = 1.0;
        faders.target_lufs = Some(-9.0);
        faders.ceiling_dbtp = Some(-2.0);
        let mix = Mix::merge(&with(&profile, &style, None), &faders);
        let strip = &mix.lanes[1];
        assert_eq!((strip.reverb_send, strip.delay_send), (0.5, 1.0));
        assert_eq!(strip.width, 0.5);
        assert_eq!(strip.eq.map(|band| band.db), [3.0, -3.0, 0.0, 18.0]);
        assert!(strip.compressor.is_on() && !plain.lanes[1].compressor.is_on());
        assert_eq!(mix.master.gain_db, plain.master.gain_db + 5.0);
        assert_eq!(mix.master.ceiling_dbtp, -2.0);
        assert_eq!(mix.lanes[2], plain.lanes[2]);
        let squeezed = Dynamics {
            ratio: 4.0,
            ..Dynamics::OFF
        };
        assert_eq!(compressed(squeezed, -1.0).ratio, 1.0);
        assert_eq!(compressed(squeezed, 0.0), squeezed);
    }

    #[test]
    fn a_share_of_the_decisions_counts_in_part_but_the_loudness_whole() {
        let (profile, style) = (MixProfile::default(), MixStyle::default());
        let mut decisions = Decisions::default();
        decisions.lanes[1].level_db = -4.0;
        decisions.lanes[1].eq[1].db = -2.0;
        decisions.master.gain_db = 6.0;
        let faders = Faders {
            decided: 0.5,
            ..Faders::default()
        };
        let plain = Mix::merge(&with(&profile, &style, None), &faders);
        let mix = Mix::merge(&with(&profile, &style, Some(&decisions)), &faders);
        assert_eq!(mix.lanes[1].level_db, plain.lanes[1].level_db - 2.0);
        assert_eq!(mix.lanes[1].decided[1].db, -1.0);
        assert_eq!(mix.master.gain_db, 6.0);
    }

    #[test]
    fn without_decisions_a_profile_stands_as_written() {
        let (profile, style) = (MixProfile::default(), MixStyle::default());
        let mix = Mix::merge(&with(&profile, &style, None), &Faders::default());
        assert_eq!(mix.master, profile.master);
        assert_eq!(mix.lanes[0].eq, profile.strips[0].eq);
    }
}
