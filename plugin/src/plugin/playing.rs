//! Events into the player at their frames, and the mix of what plays. The host's blocks and the worker's own
//! listening go this one way, so that what was measured is what is heard.

use dsp::{BUSES, Mix, Player};
use engines::performer::{Event, Output, StyleTurn};
use music::lane::LANES;
use music::plan::SectionKind;

/// What the mix of a moment counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Playing {
    /// Style slot by [`music::lane::Lane::index`].
    pub styles: [u8; LANES],
    /// The section, if one plays.
    pub section: Option<SectionKind>,
}

impl Playing {
    /// What plays from a turn on.
    pub const fn of(turn: &StyleTurn) -> Playing {
        Playing {
            styles: turn.styles,
            section: turn.section,
        }
    }
}

/// Plays `frames` of events into the buses, which are at least as long. `playing` follows the turns, `mix_of`
/// gives the mix of each, `patches` the instruments that the song chose in place of the style's.
///
/// # Realtime
/// Allocates nothing.
pub fn play(
    player: &mut Player,
    buses: &mut [[&mut [f32]; 2]; BUSES],
    output: &Output,
    frames: usize,
    playing: &mut Playing,
    patches: &[Option<u8>; LANES],
    mix_of: impl Fn(&Playing) -> Option<Mix>,
) {
    let mut turns = output.styles.iter().peekable();
    let mut done = 0;
    let mut take = |player: &mut Player,
                    buses: &mut [[&mut [f32]; 2]; BUSES],
                    turn: &StyleTurn,
                    done: usize| {
        let at = (turn.frame as usize).clamp(done, frames);
        if at > done {
            player.render(buses, done..at);
        }
        *playing = Playing::of(turn);
        if let Some(mix) = mix_of(playing) {
            player.set_mix(&mix);
        }
        at
    };
    for event in &output.events {
        let frame = match event {
            Event::LaneOn { frame, .. } | Event::LaneOff { frame, .. } => {
                (*frame as usize).min(frames)
            }
            Event::MidiOn { .. } | Event::MidiOff { .. } => continue,
        };
        while let Some(turn) = turns.next_if(|turn| turn.frame as usize <= frame) {
            done = take(player, buses, turn, done);
        }
        if frame > done {
            player.render(buses, done..frame);
            done = frame;
        }
        match *event {
            Event::LaneOn {
                lane,
                pitch,
                velocity,
                patch,
                phase,
                ..
            } => {
                let patch = patches[lane.index()].unwrap_or(patch);
                player.note_on(lane, pitch, velocity, patch, phase);
            }
            Event::LaneOff { lane, pitch, .. } => player.note_off(lane, pitch),
            Event::MidiOn { .. } | Event::MidiOff { .. } => {}
        }
    }
    for turn in turns {
        done = take(player, buses, turn, done);
    }
    if frames > done {
        player.render(buses, done..frames);
    }
}
