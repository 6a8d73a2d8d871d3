//! Every control turned at random, and turned while the song plays.

use music::controls::{Controls, EXPANSION, LaneControls};
use music::lane::Lane;
use music::pitch::{PitchClass, Scale};
use music::technique::{Pace, Rhythm, RootCycle, VoiceLeading};
use proptest::prelude::*;
use tests::stage;

/// Every meter that a song may be in, two of them in a grouping of their own.
pub const METERS: [&str; 18] = [
    "4/4",
    "3/4",
    "5/4",
    "6/8",
    "7/8",
    "2/4",
    "6/4",
    "7/4",
    "3/8",
    "5/8",
    "8/8",
    "9/8",
    "10/8",
    "11/8",
    "12/8",
    "13/8",
    "7/8=3+2+2",
    "8/8=2+3+3",
];
/// Controls of the band, which come before those of a lane.
const OF_BAND: usize = 16;
/// Controls of a lane.
pub const OF_LANE: usize = 15;

/// One control, turned to a share of its range.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Place in the list of [`Turn::apply`].
    pub which: usize,
    /// Whose, if it is a lane's.
    pub lane: usize,
    /// Where to, of its range.
    pub percent: u8,
}

/// A turn of any control of any lane.
pub fn any_turn() -> impl Strategy<Value = Turn> {
    (0..OF_BAND + OF_LANE, 0..Lane::PLAYED.len(), 0..=100u8).prop_map(|(which, lane, percent)| {
        Turn {
            which,
            lane,
            percent,
        }
    })
}

/// The entry of a list at a share of its length.
fn pick<T>(list: &[T], percent: u8) -> &T {
    &list[percent as usize * list.len() / 101]
}

/// No groove, or one of those that can be chosen.
fn groove_slot(percent: u8) -> u8 {
    let grooves = &stage::library().grooves;
    let at = usize::from(percent) * (grooves.len() + 1) / 101;
    at.checked_sub(1).map_or(0, |at| grooves[at].slot)
}

/// A whole number at a share of a range.
fn share(percent: u8, low: i32, high: i32) -> i32 {
    low + (high - low) * i32::from(percent) / 100
}

impl Turn {
    /// Turns it. Whoever adds a control to the engines has to say here how it is turned.
    pub fn apply(self, controls: &mut Controls) {
        let Turn {
            which,
            lane,
            percent,
        } = self;
        let Controls {
            style,
            key,
            scale,
            seed,
            energy,
            swing,
            humanize,
            // Acts on keys that are pressed, and nobody presses any here: the rigs of the plug-in do.
            keys: _,
            style_b,
            blend,
            tension,
            reharmonise,
            modulation,
            root_cycle,
            voice_leading,
            pace,
            groove,
            lanes,
        } = controls;
        match which {
            0 => *style = pick(stage::styles(), percent).slot,
            1 => *key = PitchClass(share(percent, 0, 11) as u8),
            2 => *scale = *pick(&Scale::ALL, percent),
            3 => *seed = share(percent, 0, 9999) as u16,
            4 => *swing = share(percent, -100, 100) as i8,
            5 => *humanize = percent,
            6 => *style_b = pick(stage::styles(), percent).slot,
            7 => *blend = percent,
            8 => *tension = percent,
            9 => *reharmonise = percent,
            10 => *modulation = percent,
            11 => *root_cycle = *pick(&RootCycle::ALL, percent),
            12 => *voice_leading = *pick(&VoiceLeading::ALL, percent),
            13 => *pace = *pick(&Pace::ALL, percent),
            14 => *groove = groove_slot(percent),
            15 => *energy = percent,
            _ => turn_lane(&mut lanes[lane], which - OF_BAND, percent),
        }
    }
}

/// Turns one of a lane's controls: the live ones first, then what counts from a bar line on, at last what the
/// plan that other lanes read follows from.
pub fn turn_lane(controls: &mut LaneControls, which: usize, percent: u8) {
    let LaneControls {
        on,
        density,
        complexity,
        syncopation,
        energy,
        variation,
        fills,
        register,
        swing,
        humanize,
        push_ms,
        // Where MIDI goes: no note of the lane follows from it.
        channel: _,
        blend,
        groove,
        rhythm,
        lock,
        expansion,
    } = controls;
    match which {
        0 => *density = percent,
        1 => *complexity = percent,
        2 => *syncopation = percent,
        3 => *energy = percent,
        4 => *variation = percent,
        5 => *fills = percent,
        6 => *register = share(percent, -2, 2) as i8,
        7 => *lock = percent,
        8 => *swing = share(percent, -100, 100) as i8,
        9 => *humanize = percent,
        10 => *push_ms = share(percent, -40, 40) as i8,
        11 => *groove = groove_slot(percent),
        12 => *on = percent > 25,
        13 => *blend = share(percent, -100, 100) as i8,
        _ => {
            *rhythm = *pick(&Rhythm::ALL, percent);
            *expansion = share(percent, 0, EXPANSION.max) as u8;
        }
    }
}
