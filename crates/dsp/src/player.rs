//! The player: notes in, buses out.
//!
//! Time is cut at every sixteenth sample since reset, and only there do control values change; a call
//! may begin and end anywhere. It runs on the audio thread; only [`Player::new`] allocates.

use core::ops::Range;

use music::drum::Piece;
use music::lane::{LANES, Lane};
use music::patch::{Macros, Patch, ToneTable};
use music::pitch::Pitch;

use crate::inserts::Inserts;
use crate::instruments::drums::room::Room;
use crate::instruments::{Hit, Tick, drums};
use crate::limiter::LookAhead;
use crate::math::{TICK, db_from_gain, survey};
use crate::meters::{Analyser, Gauge, Loudness, Meters, Watch};
use crate::mix::{BUSES, Latency, Mix};
use crate::mixer::{BusBlock, Mixer};
use crate::sound_font::{Font, Fonts};
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

/// How long a note may have been over for the next one to be tied to it.
const TIE_S: f32 = 0.03;
/// Four notes alike are 6 dB louder than one.
const TUNE_DB: f32 = 6.0;

/// How long a string may have been left for a finger to hammer the next note on it: notes that players mean
/// to be apart are.
const TOUCH_S: f32 = 0.002;

/// Whether a note is struck, so that one that is tied to it is hammered.
const fn plucked(patch: &Patch) -> bool {
    matches!(patch, Patch::String(_))
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
            gauges: [Gauge::default(); BUSES],
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
        self.gauges = [Gauge::default(); BUSES];
        self.true_peak.reset();
        self.analyser.reset();
        self.position = 0;
        self.not_a_number = false;
    }
    /// Starts a note at the next rendered sample. `patch` counts in the bank (the last stands in for one
    /// that is missing); `phase` comes from Dice. Velocity 0 is ignored.
    pub fn note_on(&mut self, lane: Lane, pitch: Pitch, velocity: u8, patch: u8, phase: u32) {
        if velocity == 0 {
            return;
        }
        let patch = &self.bank[usize::from(patch).min(self.bank.len() - 1)];
        let index = lane.index() as u8;
        let hit = Hit {
            pitch: pitch.0.min(127),
            velocity: f32::from(velocity.min(127)) / 127.0,
            phase,
            rate: self.rate,
            macros: self.macros[lane.index()],
        };
        if self.fonts.plays(lane.index()) {
            if lane == Lane::Drums && drums::piece_of(hit.pitch) == Some(Piece::Kick) {
                self.mixer.kick();
            }
            self.inserts.set_none(lane.index());
            self.mixer
                .set_tone(lane.index(), &ToneTable::default(), 0.0);
            return self
                .fonts
                .note_on(lane.index(), hit.pitch, velocity.min(127));
        }
        let mut pan = [1.0; 2];
        match patch {
            Patch::Kit(kit) => {
                let Some(piece) = drums::piece_of(hit.pitch) else {
                    return;
                };
                let place = kit.width * drums::place_of(piece);
                let angle = core::f32::consts::FRAC_PI_4 * (1.0 + place);
                pan = [angle.cos(), angle.sin()].map(|g| g * core::f32::consts::SQRT_2);
                Self::choke(&mut self.voices, index, hit.pitch, piece, self.rate);
                if lane == Lane::Drums {
                    self.room.set(&kit.room);
                    if piece == Piece::Kick {
                        self.mixer.kick();
                    }
                }
            }
            pitched => {
                if Self::make_room(&mut self.voices, index, &hit, pitched, self.rate) {
                    return;
                }
            }
        }
        // Keys and guitars are balanced as chords; a tune alone on them stands up to other leads.
        let alone = lane == Lane::Melody
            && !matches!(patch, Patch::Kit(_) | Patch::Wind(_))
            && !patch.is_mono();
        let extra_db = if alone { TUNE_DB } else { 0.0 };
        self.inserts
            .set(lane.index(), patch, &self.macros[lane.index()]);
        self.mixer.set_tone(lane.index(), patch.tone(), extra_db);
        self.voices.start(patch, index, &hit, pan);
    }
    /// Ends what a stroke on a kit ends: a closed or pedal stroke the open hat, and the oldest of too many
    /// strokes on one piece.
    fn choke(voices: &mut Voices, lane: u8, pitch: u8, piece: Piece, rate: f32) {
        let closes = matches!(piece, Piece::HatClosed | Piece::HatPedal | Piece::HatOpen);
        let (mut alike, mut oldest) = (0, u64::MAX);
        for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
            if closes && drums::piece_of(voice.pitch) == Some(Piece::HatOpen) {
                // Taste: cymbals meet within some 20 ms.
                voice.leave(0.025, rate);
            } else if voice.pitch == pitch {
                alike += 1;
                oldest = oldest.min(voice.order);
            }
        }
        // Taste: metal and a beater's skin are one body that the next stroke takes over; a cymbal's wash dies
        // under the new one's.
        let (most, fade_s) = match piece {
            Piece::Ride | Piece::RideBell | Piece::Crash | Piece::Splash => (1, 0.3),
            Piece::HatClosed | Piece::HatPedal | Piece::Kick => (1, 0.06),
            _ => (2, 0.03),
        };
        if alike >= most {
            for voice in voices.iter_mut().filter(|v| v.order == oldest) {
                voice.leave(fade_s, rate);
            }
        }
    }
    /// Ties a new note of a mono patch to the one before, where they touch, or lets go what it replaces: any
    /// note of a mono patch, a released one of the same key. `true`: it is tied and needs no voice of its own.
    fn make_room(voices: &mut Voices, lane: u8, hit: &Hit, patch: &Patch, rate: f32) -> bool {
        let mono = patch.is_mono();
        let (tie, touch) = ((TIE_S * rate) as u64, (TOUCH_S * rate) as u64);
        if mono {
            let mut last: Option<(u64, u8, u64)> = None;
            for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
                let silent = if voice.held { 0 } else { voice.released_age };
                if silent <= tie && last.is_none_or(|(order, _, _)| voice.order > order) {
                    last = Some((voice.order, voice.pitch, silent));
                }
            }
            // A key struck again is a new stroke.
            if let Some((order, pitch, silent)) = last
                && pitch != hit.pitch
                && silent <= if plucked(patch) { touch } else { tie }
                && voices.tie(patch, hit, order)
            {
                return true;
            }
        }
        for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
            if mono {
                voice.leave(0.014, rate);
            } else if voice.pitch == hit.pitch && !voice.held {
                voice.leave(0.03, rate);
            }
        }
        false
    }
    /// Releases the oldest held note of that lane and pitch.
    pub fn note_off(&mut self, lane: Lane, pitch: Pitch) {
        self.voices.release(lane.index() as u8, pitch.0.min(127));
        self.fonts.note_off(lane.index(), pitch.0.min(127));
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
        let mut start = frames.start;
        while start < frames.end {
            let into = (self.position % TICK as u64) as usize;
            let count = (TICK - into).min(frames.end - start);
            let to_tick = TICK - into;
            let seconds = self.position as f64 / f64::from(self.rate);
            if into == 0 {
                self.mixer
                    .tick(seconds + TICK as f64 / f64::from(self.rate));
            }
            let mut lanes: LaneBlock = [[0.0; TICK]; 2 * LANES];
            let tick = Tick {
                frames: to_tick,
                rate: self.rate,
            };
            self.voices.render(&mut lanes, into, count, &tick);
            let [left, right, ..] = &mut lanes[2 * Lane::Drums.index()..] else {
                unreachable!("two sides to every lane")
            };
            self.room.process(left, right, into, count);
            if into == 0 {
                self.inserts.tick(TICK);
            }
            self.inserts.process(&mut lanes, count);
            self.fonts.render(&mut lanes, into, count);
            for lane in 0..LANES {
                if !(survey(&lanes[2 * lane]).1 && survey(&lanes[2 * lane + 1]).1) {
                    lanes[2 * lane] = [0.0; TICK];
                    lanes[2 * lane + 1] = [0.0; TICK];
                    self.voices.drop_lane(lane as u8);
                    self.inserts.reset_lane(lane);
                    if lane == Lane::Drums.index() {
                        self.room.clear();
                    }
                    self.mixer.reset_lane(lane);
                    silenced[1 + lane] = true;
                }
            }
            let mut out: BusBlock = [[[0.0; TICK]; 2]; BUSES];
            self.mixer.process(&lanes, into, count, &mut out);
            for (bus, block) in out.iter_mut().enumerate() {
                if !self.gauges[bus].take(block, count) {
                    silenced[bus] = true;
                    match bus {
                        0 => self.mixer.reset_master(),
                        b if b == BUSES - 1 => self.mixer.reset_returns(),
                        b => self.mixer.reset_lane(b - 1),
                    }
                }
                if silenced[bus] {
                    *block = [[0.0; TICK]; 2];
                }
                for (channel, from) in buses[bus].iter_mut().zip(block.iter()) {
                    channel[start..start + count].copy_from_slice(&from[..count]);
                }
            }
            self.listen(&out, into, count);
            self.position += count as u64;
            start += count;
        }
        self.not_a_number |= silenced.contains(&true);
    }
    /// What listens to main as it leaves.
    fn listen(&mut self, out: &BusBlock, into: usize, frames: usize) {
        self.loudness.take(&out[0], frames);
        self.true_peak.take(&out[0], into, frames);
        let lane = match self.watch {
            Watch::Nothing => return,
            Watch::Main => None,
            Watch::Lane(lane) => Some(&out[1 + lane.index()]),
        };
        self.analyser.take(&out[0], lane, frames);
    }
    /// Whose spectrum the meters show.
    pub fn watch(&mut self, whose: Watch) {
        if self.watch != whose {
            self.watch = whose;
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
