//! The player: notes in, buses out.
//!
//! Time is cut at every sixteenth sample since reset, a tick, and only there do control values change; a call
//! may begin and end anywhere. Each part plays some ticks before the next part does. It runs on the audio thread; only [`Player::new`] allocates.

mod notes;

use core::ops::Range;

use music::lane::{LANES, Lane};
use music::patch::{Macros, Patch};

use crate::inserts::Inserts;
use crate::instruments::drums::room::Room;
use crate::limiter::LookAhead;
use crate::math::{TICK, db_from_gain, is_whole};
use crate::meters::{Analyser, Gauge, Loudness, Meters, StripLoudness, Watch};
use crate::mix::{BUSES, Latency, Mix};
use crate::mixer::{BusBlock, Mixer};
use crate::sound_font::{Font, Fonts};
use crate::span::{SPAN, Span};
use crate::true_peak::PeakHold;
use crate::voices::{LaneBlock, Voices};

/// Plays notes on six lanes into eight stereo buses.
pub struct Player {
    bank: Vec<Patch>,
    rate: f32,
    voices: Voices,
    fonts: Fonts,
    inserts: Inserts,
    /// Around the drums.
    room: Room,
    mixer: Mixer,
    loudness: Loudness,
    strip_loudness: StripLoudness,
    gauges: [Gauge; BUSES],
    true_peak: PeakHold,
    analyser: Analyser,
    watch: Watch,
    /// Samples since reset.
    position: u64,
    not_a_number: bool,
    /// Of each lane, for the notes that start.
    macros: [Macros; LANES],
}

/// How many samples late a player of that latency is at a sample rate.
pub fn latency_samples(latency: Latency, sample_rate: f32) -> usize {
    match latency {
        Latency::Zero => 0,
        Latency::LookAhead => LookAhead::latency(sample_rate),
    }
}

impl Player {
    /// A player for a bank of patches at a sample rate. Allocates; call it off the audio thread. A bank
    /// without patches plays [`Patch::default`]. Time is cut into short pieces inside, so that no memory
    /// depends on `max_block`: it is the caller's promise and may be exceeded.
    pub fn new(bank: &[Patch], sample_rate: f32, max_block: usize) -> Player {
        Player::with_latency(bank, sample_rate, max_block, Latency::Zero)
    }
    /// The same with a limiter that may look ahead: all buses then come [`Player::latency_samples`] late.
    pub fn with_latency(
        bank: &[Patch],
        sample_rate: f32,
        max_block: usize,
        latency: Latency,
    ) -> Player {
        let _ = max_block;
        let rate = if sample_rate.is_finite() {
            sample_rate.clamp(8_000.0, 384_000.0)
        } else {
            48_000.0
        };
        let bank = if bank.is_empty() {
            vec![Patch::default()]
        } else {
            bank.to_vec()
        };
        Player {
            bank,
            rate,
            voices: Voices::new(rate),
            fonts: Fonts::default(),
            inserts: Inserts::new(rate),
            mixer: Mixer::new(rate, latency),
            room: Room::new(rate),
            loudness: Loudness::new(rate),
            strip_loudness: StripLoudness::new(rate),
            gauges: [Gauge::new(rate); BUSES],
            true_peak: PeakHold::new(),
            analyser: Analyser::new(rate),
            watch: Watch::Nothing,
            position: 0,
            not_a_number: false,
            macros: [Macros::default(); LANES],
        }
    }
    /// Silence, and sample zero. Until the first sample is rendered [`Player::set_mix`] takes effect at
    /// once.
    pub fn reset(&mut self) {
        self.voices.reset();
        self.fonts.reset();
        self.inserts.reset();
        self.room.reset();
        self.mixer.reset();
        self.loudness.reset();
        self.strip_loudness.reset();
        for gauge in &mut self.gauges {
            gauge.reset();
        }
        self.true_peak.reset();
        self.analyser.reset();
        self.position = 0;
        self.not_a_number = false;
    }
    /// Fades everything that sounds within 5 ms: a jump of the song. Reverb and echoes ring on.
    pub fn cut_all(&mut self) {
        self.voices.cut_all();
        self.fonts.cut_all();
    }
    /// Plays a lane by a user's font, or by its patches again; the one before fades within 5 ms. `Err` gives
    /// the font back while an earlier one has not left yet: try again in the next block.
    pub fn set_font(
        &mut self,
        lane: Lane,
        font: Option<Box<Font>>,
    ) -> Result<(), Option<Box<Font>>> {
        self.fonts.set(lane.index(), font)
    }
    /// A font that has left, to be freed off the audio thread.
    pub fn take_left_font(&mut self) -> Option<Box<Font>> {
        self.fonts.take_left()
    }
    /// The mix from here on; changes are smoothed.
    pub fn set_mix(&mut self, mix: &Mix) {
        self.macros = core::array::from_fn(|lane| mix.lanes[lane].macros.bounded());
        self.mixer.set(mix);
    }
    /// How many voices sound, those that fade out included.
    pub fn voices(&self) -> usize {
        self.voices.sounding()
    }
    /// Renders `frames` of every bus, overwriting what is there. Any length, also none.
    pub fn render(&mut self, buses: &mut [[&mut [f32]; 2]; BUSES], frames: Range<usize>) {
        let mut silenced = [false; BUSES];
        let mut lanes: [LaneBlock; SPAN] = [[[0.0; TICK]; 2 * LANES]; SPAN];
        let mut out: [BusBlock; SPAN] = [[[[0.0; TICK]; 2]; BUSES]; SPAN];
        let mut start = frames.start;
        while start < frames.end {
            let span = Span::next(self.position, frames.end - start, self.rate);
            let (lanes, out) = (&mut lanes[..span.ticks], &mut out[..span.ticks]);
            lanes.as_flattened_mut().as_flattened_mut().fill(0.0);
            out.as_flattened_mut()
                .as_flattened_mut()
                .as_flattened_mut()
                .fill(0.0);
            self.play(&span, lanes, &mut silenced);
            self.mixer.process(&span, lanes, out);
            for (bus, to) in buses.iter_mut().enumerate() {
                for (n, block) in out.iter_mut().enumerate() {
                    self.leave(bus, &mut block[bus], span.frames, &mut silenced[bus]);
                    for (channel, from) in to.iter_mut().zip(&block[bus]) {
                        let to = &mut channel[start + n * TICK..][..span.frames];
                        match to.as_mut_array() {
                            Some(whole) => *whole = *from,
                            None => to.copy_from_slice(&from[..span.frames]),
                        }
                    }
                }
            }
            self.listen(&span, out);
            self.position += span.samples() as u64;
            start += span.samples();
        }
        self.not_a_number |= silenced.contains(&true);
    }
    /// What the instruments play, on its way to the strips. Lanes that are no numbers fall silent.
    fn play(&mut self, span: &Span, lanes: &mut [LaneBlock], silenced: &mut [bool; BUSES]) {
        self.voices.render(span, lanes, self.rate);
        for block in &mut *lanes {
            let [left, right, ..] = &mut block[2 * Lane::Drums.index()..] else {
                unreachable!("two sides to every lane")
            };
            self.room.process(left, right, span.into, span.frames);
        }
        self.inserts.process(span, lanes);
        for block in lanes {
            self.fonts.render(block, span.into, span.frames);
            // Rarely anything else: all lanes are numbers.
            let sick = !is_whole(block);
            for lane in (0..LANES).filter(|_| sick) {
                if is_whole(&block[2 * lane..2 * lane + 2]) {
                    continue;
                }
                block[2 * lane] = [0.0; TICK];
                block[2 * lane + 1] = [0.0; TICK];
                self.voices.drop_lane(lane as u8);
                self.inserts.reset_lane(lane);
                if lane == Lane::Drums.index() {
                    self.room.clear();
                }
                self.mixer.reset_lane(lane);
                silenced[1 + lane] = true;
            }
        }
    }
    /// A piece of a bus, gauged; silence from where it is no number on.
    fn leave(
        &mut self,
        bus: usize,
        piece: &mut [[f32; TICK]; 2],
        frames: usize,
        silenced: &mut bool,
    ) {
        if !self.gauges[bus].take(piece, frames) {
            *silenced = true;
            match bus {
                0 => self.mixer.reset_master(),
                b if b == BUSES - 1 => self.mixer.reset_returns(),
                b => self.mixer.reset_lane(b - 1),
            }
        }
        if *silenced {
            *piece = [[0.0; TICK]; 2];
        }
    }
    /// What listens to the buses as they leave.
    fn listen(&mut self, span: &Span, out: &[BusBlock]) {
        for out in out {
            self.loudness.take(&out[0], span.frames);
        }
        if self.watch == Watch::Nothing {
            return;
        }
        for out in out {
            self.true_peak.take(&out[0], span.into, span.frames);
            self.strip_loudness.take(out, span.frames);
            let lane = match self.watch {
                Watch::Nothing | Watch::Strips => continue,
                Watch::Main => None,
                Watch::Lane(lane) => Some(&out[1 + lane.index()]),
            };
            self.analyser.take(&out[0], lane, span.frames);
        }
    }
    /// What is looked at: what [`Meters`] say of strips' loudness and of spectra is only worked out for it.
    /// Cheap to say again in every block.
    pub fn watch(&mut self, what: Watch) {
        if self.watch != what {
            if self.watch == Watch::Nothing || what == Watch::Nothing {
                self.strip_loudness.reset();
                self.true_peak.reset();
            }
            self.watch = what;
            self.analyser.reset();
        }
    }
    /// The integrated loudness counts from here.
    pub fn restart_loudness(&mut self) {
        self.loudness.restart();
    }
    /// How many samples late every bus comes.
    pub const fn latency_samples(&self) -> usize {
        self.mixer.latency_samples()
    }
    /// Levels and faults since the last call; they start anew. Loudness goes on.
    pub fn take_meters(&mut self) -> Meters {
        let loudness = self.loudness.read();
        let (glue_db, strip_db) = self.mixer.reductions_db();
        let mut meters = Meters {
            loudness,
            lufs_momentary: loudness.momentary,
            true_peak_dbtp: db_from_gain(self.true_peak.take_highest()),
            reduction_db: -db_from_gain(self.mixer.take_lowest()),
            glue_db,
            strip_db,
            strip_level_db: self.mixer.levels_db(),
            strip_lufs: match self.watch {
                Watch::Nothing => [-120.0; LANES],
                _ => self.strip_loudness.read(),
            },
            spectra: self.analyser.spectra,
            voices_stolen: self.voices.stolen,
            not_a_number: self.not_a_number,
            ..Meters::default()
        };
        for (bus, gauge) in self.gauges.iter_mut().enumerate() {
            (meters.peaks[bus], meters.buses[bus]) = gauge.read();
        }
        self.voices.stolen = 0;
        self.not_a_number = false;
        meters
    }
}
