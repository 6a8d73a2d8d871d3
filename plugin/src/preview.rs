//! Something heard before it is chosen: a style, a song, an instrument, a take.
//!
//! A [`Preview`] is a whole band of its own, with a performer, a player and a song. The worker makes it, the audio
//! thread plays it in the song's place on Main ([`crate::plugin`] fades between the two), and it travels back to be
//! freed ([`channel`]). The band that plays the song never hears of it, so that MIDI out and stems cannot change.

pub mod channel;
mod way;

use std::sync::Arc;

use dsp::{BUSES, Faders, Latency, Meters, Player};
use engines::performer::{Output, Performer, Span};
use engines::view;
use music::controls::{Controls, Keys};
use music::lane::Lane;

use self::way::Way;
use crate::fonts::Fonts;
use crate::large;
use crate::material::{self, Material};
use crate::plugin::mix::mix;
use crate::plugin::playing::{Playing, play};

pub use self::channel::{Previews, PreviewsEnd};
pub use self::way::Start;

/// What the user wants to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The song in the style of a slot.
    Style(u8),
    /// A song of the browser, by its stem.
    Song(String),
    /// The song with another instrument in a lane.
    Instrument(Lane, String),
}

/// What a player is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// Sample rate.
    pub rate_hz: f32,
    /// The longest block.
    pub max_frames: usize,
    /// As the song's own player has it.
    pub latency: Latency,
}

/// How the controls count.
pub enum Stand {
    /// As they are turned.
    Live,
    /// As they are turned, in the style of a slot.
    Style(u8),
    /// As a song brings them.
    Own(Box<(Controls, Faders)>),
}

/// A band that plays for itself.
pub struct Preview {
    /// It is asked for by this.
    pub number: u64,
    /// It ends when the song starts; else it goes along.
    pub rests: bool,
    basis: Basis,
    material: Arc<Material>,
    stand: Stand,
    way: Way,
    performer: Box<Performer>,
    output: Box<Output>,
    player: Box<Player>,
    playing: Playing,
    buffers: Vec<[Vec<f32>; 2]>,
    has_mix: bool,
}

impl Preview {
    /// A song from a place on. Off the audio thread: it allocates a megabyte or more.
    pub fn new(
        material: Arc<Material>,
        stand: Stand,
        from: Start,
        basis: Basis,
        fonts: &Fonts,
    ) -> Box<Preview> {
        let bank = &material::library().patches;
        let mut player = Box::new(Player::with_latency(
            bank,
            basis.rate_hz,
            basis.max_frames,
            basis.latency,
        ));
        for (lane, font) in fonts.make(basis.rate_hz) {
            // A new player has room for one font a lane.
            let _ = player.set_font(lane, font);
        }
        player.reset();
        Box::new(Preview {
            number: 0,
            rests: true,
            basis,
            material,
            stand,
            way: Way::new(from),
            performer: large::made(),
            output: large::made(),
            player,
            playing: Playing::default(),
            buffers: (0..BUSES)
                .map(|_| [(); 2].map(|()| vec![0.0; basis.max_frames]))
                .collect(),
            has_mix: false,
        })
    }
    /// What its player was made for.
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// Plays a block along with the song's `spans`; `controls` and `faders` are the song's.
    ///
    /// # Realtime
    /// As the band itself: bounded, no allocation.
    pub fn play(&mut self, spans: &[Span], frames: usize, controls: &Controls, faders: &Faders) {
        let frames = frames.min(self.basis.max_frames);
        self.output.clear();
        let Some(song) = self.material.as_engines() else {
            return;
        };
        let song = view::Material { take: None, ..song };
        let (mut controls, mut faders) = match &self.stand {
            Stand::Live | Stand::Style(_) => (*controls, *faders),
            Stand::Own(own) => **own,
        };
        controls.keys = Keys::Off;
        let mut range_bpm = None;
        if let Stand::Style(slot) = self.stand {
            (controls.style, controls.blend) = (slot, 0);
            for lane in &mut controls.lanes {
                lane.blend = 0;
            }
            let (low, _, high) = song.styles.get(slot).tempo;
            range_bpm = Some((f64::from(low), f64::from(high.max(low))));
        }
        let mut tempo_bpm = 120.0;
        for span in spans {
            self.way.along(span, range_bpm, self.basis.rate_hz, |span| {
                tempo_bpm = f64::from(span.tempo_mbpm) / 1000.0;
                self.performer
                    .play(song, &controls, span, &[], &mut self.output);
            });
        }
        // A preview is on main whole, whatever main carries.
        faders.main_carries_rest = false;
        self.sound(frames, &faders, tempo_bpm);
    }

    fn sound(&mut self, frames: usize, faders: &Faders, tempo_bpm: f64) {
        let Preview {
            material,
            output,
            player,
            playing,
            buffers,
            ..
        } = self;
        let mix_of = |playing: &Playing| mix(material, faders, playing, tempo_bpm);
        if !self.has_mix
            && let Some(first) = output.styles.first()
        {
            *playing = Playing::of(first);
            self.has_mix = true;
        }
        if let Some(mix) = mix_of(playing) {
            player.set_mix(&mix);
        }
        let mut sides = buffers.iter_mut();
        let mut buses: [[&mut [f32]; 2]; BUSES] = std::array::from_fn(|_| {
            let bus = sides.next().map(|bus| bus.each_mut());
            bus.map_or_else(Default::default, |bus| bus.map(|side| &mut side[..frames]))
        });
        let patches = &material.patches;
        play(player, &mut buses, output, frames, playing, patches, mix_of);
    }

    /// Left and right of the last block.
    pub fn main(&self) -> [&[f32]; 2] {
        self.buffers[0].each_ref().map(Vec::as_slice)
    }
    /// Levels since the last call.
    pub fn take_meters(&mut self) -> Meters {
        self.player.take_meters()
    }
}
