//! A take: the transport rolls by a script, in blocks of any size, and everything that comes out is kept.
//!
//! Hosts split their blocks where they jump; so does this one. Everything else falls where it falls, so
//! that block sizes can be compared.

mod clock;

use anyhow::Result;

use crate::clap_rig::{Buses, ClapRig, HostEvent, OutEvent, Transport};
use clock::Clock;

/// How the tempo goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tempo {
    /// It stays.
    Steady(f64),
    /// Linear in time from one to the other over so many seconds, steady after.
    Ramp {
        from_bpm: f64,
        to_bpm: f64,
        seconds: f64,
    },
}

/// What the host does during a take. Frames count from its start.
#[derive(Clone, Debug)]
pub struct Script {
    /// Samples a second.
    pub rate_hz: f64,
    /// Frames a block.
    pub block: usize,
    /// Length of the take.
    pub frames: u64,
    /// Tempo.
    pub tempo: Tempo,
    /// Meters: from a place in quarter notes on; the first at 0.
    pub meters: Vec<(f64, (u16, u16))>,
    /// Where it starts, in quarter notes.
    pub from_beats: f64,
    /// Loop in quarter notes: the end is followed by the start.
    pub cycle: Option<(f64, f64)>,
    /// Whether the host tells the plug-in of the loop.
    pub tells_cycle: bool,
    /// Locates: (frame, place in quarter notes).
    pub jumps: Vec<(u64, f64)>,
    /// Stops (false) and starts (true) of the transport.
    pub plays: Vec<(u64, bool)>,
    /// Parameter changes: (frame, parameter, text as the host shows it).
    pub automation: Vec<(u64, String, String)>,
    /// Keys: (frame, key, velocity 0–1 or up).
    pub keys: Vec<(u64, u16, Option<f64>)>,
    /// No transport at all is told.
    pub no_transport: bool,
    /// Which buses are connected.
    pub buses: Buses,
    /// Whether sound is kept.
    pub keep_sound: bool,
}

impl Default for Script {
    fn default() -> Self {
        Script {
            rate_hz: 48_000.0,
            block: 512,
            frames: 48_000,
            tempo: Tempo::Steady(120.0),
            meters: vec![(0.0, (4, 4))],
            from_beats: 0.0,
            cycle: None,
            tells_cycle: true,
            jumps: Vec::new(),
            plays: Vec::new(),
            automation: Vec::new(),
            keys: Vec::new(),
            no_transport: false,
            buses: Buses::All,
            keep_sound: true,
        }
    }
}

impl Script {
    /// A script of some bars from the start at a steady tempo and meter.
    pub fn bars(bars: f64, tempo_bpm: f64, meter: (u16, u16)) -> Script {
        let beats = bars * meter.0 as f64 * 4.0 / meter.1 as f64;
        let script = Script {
            tempo: Tempo::Steady(tempo_bpm),
            meters: vec![(0.0, meter)],
            ..Script::default()
        };
        Script {
            frames: (beats * 60.0 / tempo_bpm * script.rate_hz).ceil() as u64,
            ..script
        }
    }
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Take {
    /// (frame, event) in the order in which they came.
    pub events: Vec<(u64, OutEvent)>,
    /// `[bus][channel][frame]`; empty when sound was not kept.
    pub sound: Vec<Vec<Vec<f32>>>,
    /// Place in quarter notes of the first frame of each block, with the block's tempo.
    pub places: Vec<(u64, f64, f64)>,
}

impl Take {
    /// Note-ons only: (frame, channel, key, velocity).
    pub fn ons(&self) -> Vec<(u64, u8, u8, u8)> {
        self.events
            .iter()
            .filter_map(|(at, event)| match *event {
                OutEvent::On {
                    channel,
                    key,
                    velocity,
                } => Some((*at, channel, key, velocity)),
                _ => None,
            })
            .collect()
    }
    /// What a host does for a plug-in that comes late: everything `samples` earlier, what lies before is left out.
    pub fn come_earlier(&mut self, samples: u64) {
        for (at, _) in &mut self.events {
            *at = at.saturating_sub(samples);
        }
        for plane in self.sound.iter_mut().flatten() {
            plane.drain(..plane.len().min(samples as usize));
        }
    }
    /// Largest absolute sample of a bus.
    pub fn peak(&self, bus: usize) -> f32 {
        self.sound
            .get(bus)
            .into_iter()
            .flatten()
            .flatten()
            .fold(0.0, |peak, s| peak.max(s.abs()))
    }
    /// Notes that have begun and not ended, or ended without a beginning; empty when all is well.
    pub fn unbalanced(&self) -> Vec<String> {
        let mut open = std::collections::BTreeMap::<(u8, u8), i64>::new();
        let mut wrong = Vec::new();
        for (at, event) in &self.events {
            match *event {
                OutEvent::On { channel, key, .. } => *open.entry((channel, key)).or_default() += 1,
                OutEvent::Off { channel, key } => {
                    let count = open.entry((channel, key)).or_default();
                    *count -= 1;
                    if *count < 0 {
                        wrong.push(format!(
                            "off without on: channel {channel} key {key} at {at}"
                        ));
                        *count = 0;
                    }
                }
                OutEvent::Other(_) => {}
            }
        }
        wrong.extend(
            open.iter()
                .filter(|(_, n)| **n != 0)
                .map(|((c, k), n)| format!("{n} left on: channel {c} key {k}")),
        );
        wrong
    }
}

/// Plays a script on an active rig. `progress` hears the share done, 0–1.
///
/// # Errors
/// When a block fails; see [`ClapRig::block`].
pub fn roll_with(
    rig: &mut ClapRig,
    script: &Script,
    progress: &mut dyn FnMut(f64),
) -> Result<Take> {
    let mut take = Take::default();
    let mut events = timed_events(rig, script)?;
    events.sort_by_key(|(at, _)| *at);
    if script.keep_sound {
        take.sound = rig
            .outputs
            .iter()
            .map(|b| vec![Vec::with_capacity(script.frames as usize); b.channels])
            .collect();
    }
    let mut clock = Clock::new(script);
    let (mut frame, mut next_event) = (0, 0);
    while frame < script.frames {
        clock.turn(script, frame);
        let frames = clock
            .frames_until_turn(script, frame)
            .min(script.block as u64)
            .min(script.frames - frame);
        let transport = clock.transport(script);
        let until = frame + frames;
        let mut due = Vec::new();
        while let Some((at, event)) = events.get(next_event).filter(|(at, _)| *at < until) {
            due.push(((*at - frame) as u32, event.clone()));
            next_event += 1;
        }
        take.places
            .push((frame, transport.beats, transport.tempo_bpm));
        let told = (!script.no_transport).then_some(&transport);
        let block = rig.block(frames as usize, told, &due, script.buses)?;
        take.events.extend(
            block
                .events
                .into_iter()
                .map(|(at, event)| (frame + at as u64, event)),
        );
        for (bus, planes) in take.sound.iter_mut().enumerate() {
            for (channel, plane) in planes.iter_mut().enumerate() {
                plane.extend_from_slice(&rig.sound(bus)[channel]);
            }
        }
        clock.advance(script, frames);
        frame = until;
        rig.pump();
        progress(frame as f64 / script.frames as f64);
    }
    Ok(take)
}

/// [`roll_with`] without a listener.
///
/// # Errors
/// As there.
pub fn roll(rig: &mut ClapRig, script: &Script) -> Result<Take> {
    roll_with(rig, script, &mut |_| {})
}

fn timed_events(rig: &mut ClapRig, script: &Script) -> Result<Vec<(u64, HostEvent)>> {
    let mut events = Vec::new();
    for (at, id, text) in &script.automation {
        let value = rig.value_of(id, text)?;
        events.push((
            *at,
            HostEvent::Param {
                id: id.clone(),
                value,
            },
        ));
    }
    for (at, key, velocity) in &script.keys {
        events.push((
            *at,
            HostEvent::Key {
                channel: 0,
                key: *key,
                velocity: *velocity,
            },
        ));
    }
    Ok(events)
}

/// Ends the take as a host does: the transport stops for a while, in which notes owe their ends.
///
/// # Errors
/// When a block fails.
pub fn stop(rig: &mut ClapRig, script: &Script, take: &mut Take) -> Result<()> {
    let end = script.frames;
    // Back at the start, and still the same song: a plug-in that mixes it while it stands asks for its tempo.
    let transport = Transport {
        playing: false,
        cycle: None,
        ..Clock::new(script).transport(script)
    };
    for index in 0..4u64 {
        let frames = script.block.min(512);
        let block = rig.block(frames, Some(&transport), &[], script.buses)?;
        take.events.extend(
            block
                .events
                .into_iter()
                .map(|(at, e)| (end + index * frames as u64 + at as u64, e)),
        );
    }
    Ok(())
}
