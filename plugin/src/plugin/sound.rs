//! The band's sound: hands events to the player at their frames and renders the eight buses between them.

use crate::fonts::{FontsEnd, Turn};
use dsp::{BUSES, Latency, Meters, Mix, Player, Watch};
use engines::performer::Output;
use music::lane::LANES;
use nice_plug::prelude::{AuxiliaryBuffers, Buffer};

use super::bypass::Bypass;
use super::playing::{Playing, play};
use crate::material;

/// Taste: how long the longest release rings after the reverb is counted, seconds.
const RELEASE_S: f32 = 4.0;

/// Player and spare buffers. Everything is allocated in [`Sound::prepare`].
#[derive(Default)]
pub struct Sound {
    player: Option<Box<Player>>,
    prepared: (f32, u32, Latency),
    spare: Vec<[Vec<f32>; 2]>,
    tail_samples: u32,
    /// What the mix counts for.
    playing: Playing,
    /// A font that has to wait until the one before has left.
    waiting: Option<Turn>,
}

impl Sound {
    /// Makes the player ready for a sample rate and a longest block, with the fonts that `fonts` gives for the
    /// rate. Off the audio thread.
    pub fn prepare(
        &mut self,
        sample_rate_hz: f32,
        max_frames: u32,
        latency: Latency,
        fonts: impl FnOnce() -> Vec<Turn>,
    ) {
        if self.player.is_some() && self.prepared == (sample_rate_hz, max_frames, latency) {
            return;
        }
        let bank = &material::library().patches;
        let mut player = Box::new(Player::with_latency(
            bank,
            sample_rate_hz,
            max_frames as usize,
            latency,
        ));
        for (lane, font) in fonts() {
            // A new player has room for one font a lane.
            let _ = player.set_font(lane, font);
        }
        player.reset();
        self.player = Some(player);
        self.waiting = None;
        self.spare = (0..BUSES)
            .map(|_| [(); 2].map(|()| vec![0.0; max_frames as usize]))
            .collect();
        self.prepared = (sample_rate_hz, max_frames, latency);
    }
    /// Silence, and sample zero.
    pub fn reset(&mut self) {
        if let Some(player) = &mut self.player {
            player.reset();
        }
    }
    /// Takes fonts that have come and sends back those that have left.
    ///
    /// # Realtime
    /// Moves pointers; frees nothing.
    pub fn take_fonts(&mut self, fonts: &mut FontsEnd) {
        let Some(player) = &mut self.player else {
            return;
        };
        while !fonts.left.is_full()
            && let Some(font) = player.take_left_font()
        {
            // There is room: nobody else writes.
            let _ = fonts.left.push(font);
        }
        while let Some((lane, font)) = self.waiting.take().or_else(|| fonts.turns.pop().ok()) {
            if let Err(font) = player.set_font(lane, font) {
                self.waiting = Some((lane, font));
                break;
            }
        }
    }
    /// The mix from here on.
    fn set_mix(&mut self, mix: Option<Mix>) {
        let Some(mix) = mix else { return };
        self.tail_samples = ((mix.longest_decay_s() + RELEASE_S) * self.prepared.0) as u32;
        if let Some(player) = &mut self.player {
            player.set_mix(&mix);
        }
    }
    /// How long sound goes on after the last note.
    pub const fn tail_samples(&self) -> u32 {
        self.tail_samples
    }
    /// How late every bus comes.
    pub fn latency_samples(&self) -> u32 {
        self.player
            .as_ref()
            .map_or(0, |player| player.latency_samples() as u32)
    }
    /// How late it would come.
    pub fn latency_samples_of(&self, latency: Latency) -> u32 {
        dsp::latency_samples(latency, self.prepared.0) as u32
    }
    /// Whether somebody looks at spectra.
    pub fn watch(&mut self, watched: bool) {
        if let Some(player) = &mut self.player {
            player.watch(if watched { Watch::Main } else { Watch::Nothing });
        }
    }
    /// What the meters say since the last call.
    pub fn take_meters(&mut self) -> Meters {
        self.player
            .as_mut()
            .map_or_else(Meters::default, |player| player.take_meters())
    }

    /// Renders a block. `mix_of` gives the mix of what plays as the user's faders stand, `patches` the instruments
    /// that the song chose in place of the style's, by lane.
    ///
    /// # Realtime
    /// Allocates nothing. A bus that the host left out is rendered into spare memory.
    pub fn render(
        &mut self,
        main: &mut Buffer,
        aux: &mut AuxiliaryBuffers,
        output: &Output,
        mix_of: impl Fn(&Playing) -> Option<Mix>,
        patches: &[Option<u8>; LANES],
        bypass: &mut Bypass,
    ) {
        let frames = main.samples();
        if let Some(first) = output.styles.first().filter(|turn| turn.frame == 0) {
            self.playing = Playing::of(first);
        }
        self.set_mix(mix_of(&self.playing));
        let mut stems = aux.outputs.iter_mut();
        let mut spares = self.spare.iter_mut();
        let mut main = Some(main);
        let mut missing: [[&mut [f32]; 2]; BUSES] = Default::default();
        for (index, bus) in missing.iter_mut().enumerate() {
            let spare = spares.next();
            *bus = match (index, main.take()) {
                (0, Some(main)) => stereo(main.as_slice(), spare, frames),
                _ => match stems.next() {
                    Some(stem) => stereo(stem.as_slice(), spare, frames),
                    None => stereo(&mut [], spare, frames),
                },
            };
        }
        let mut buses = missing;
        // More frames than were prepared for: no buffer of ours is long enough, and no host may do it.
        let Some(player) = self
            .player
            .as_mut()
            .filter(|_| buses.iter().flatten().all(|c| c.len() >= frames))
        else {
            return clear(&mut buses);
        };
        if bypass.is_silent() {
            player.reset();
            return clear(&mut buses);
        }
        play(
            player,
            &mut buses,
            output,
            frames,
            &mut self.playing,
            patches,
            |playing| mix_of(playing),
        );
        if !bypass.is_open() {
            for frame in 0..frames {
                let gain = bypass.next_gain();
                for channel in buses.iter_mut().flatten() {
                    channel[frame] *= gain;
                }
            }
        }
    }
}

/// Silence on every bus of the host.
pub fn silence(main: &mut Buffer, aux: &mut AuxiliaryBuffers) {
    for channel in main.as_slice() {
        channel.fill(0.0);
    }
    for stem in aux.outputs.iter_mut() {
        for channel in stem.as_slice() {
            channel.fill(0.0);
        }
    }
}

fn clear(buses: &mut [[&mut [f32]; 2]; BUSES]) {
    for channel in buses.iter_mut().flatten() {
        channel.fill(0.0);
    }
}

/// The host's stereo bus, or a spare one.
fn stereo<'a, 'b: 'a>(
    given: &'a mut [&'b mut [f32]],
    spare: Option<&'a mut [Vec<f32>; 2]>,
    frames: usize,
) -> [&'a mut [f32]; 2] {
    match (given, spare) {
        ([left, right, ..], _) if left.len() >= frames && right.len() >= frames => {
            [&mut **left, &mut **right]
        }
        (_, Some([left, right])) => {
            let frames = frames.min(left.len());
            [&mut left[..frames], &mut right[..frames]]
        }
        _ => [&mut [], &mut []],
    }
}
