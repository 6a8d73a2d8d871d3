//! A user's own SoundFont in place of a lane's instrument, by the rustysynth crate.
//!
//! [`SoundFontBank::read`] and [`Font::new`] take their time and allocate: the worker calls them, plays every
//! key once, and hands a [`Font`] over whole. The audio thread only turns keys and renders.
//!
//! Notes begin at the next control tick, at most 16 samples late: inside, time is cut there alone, so that
//! the sound is the same at any block size.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use music::lane::LANES;
use rustysynth::{SoundFont, Synthesizer, SynthesizerSettings};

use crate::math::TICK;

/// Notes that one font sounds at once.
const POLYPHONY: usize = 48;
/// Fade of a font that goes, or of what sounds when the song jumps.
const FADE_S: f32 = 0.0045;
/// Level that a note at velocity 100 is brought to: the root mean square of its first third of a second.
///
/// Measured: the middle of what the presets' instruments have before their strips.
const NOTE_RMS: f32 = 0.05;
/// Loudest and softest that a font is made, as a factor.
const GAINS: core::ops::RangeInclusive<f32> = 0.02..=20.0;
/// How far modulation may raise a pitch beyond its key when loops are checked: two octaves.
const RAISED: f32 = 4.0;

/// What one program of a bank is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Bank; 128 holds drum kits.
    pub bank: u8,
    /// Program, 0–127.
    pub program: u8,
    /// As written in the file.
    pub name: String,
}

/// A SoundFont file in memory.
#[derive(Clone)]
pub struct SoundFontBank(Arc<SoundFont>);

impl SoundFontBank {
    /// Reads a file of the SoundFont 2 format.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn read(reader: &mut impl Read) -> Result<SoundFontBank, String> {
        // The reader trusts some numbers of a file; a damaged one may make it panic.
        let read = catch_unwind(AssertUnwindSafe(|| SoundFont::new(reader)));
        match read {
            Ok(Ok(font)) if font.get_presets().is_empty() => {
                Err("a SoundFont without instruments".into())
            }
            Ok(Ok(font)) => Ok(SoundFontBank(Arc::new(font))),
            Ok(Err(error)) => {
                Err(["no SoundFont that can be played: ", &error.to_string()].concat())
            }
            Err(_) => Err("a damaged SoundFont".into()),
        }
    }
    /// Its programs by bank and number.
    pub fn programs(&self) -> Vec<Program> {
        let mut all: Vec<Program> = self
            .0
            .get_presets()
            .iter()
            .map(|p| Program {
                bank: p.get_bank_number().clamp(0, 128) as u8,
                program: p.get_patch_number().clamp(0, 127) as u8,
                name: p.get_name().trim().to_owned(),
            })
            .collect();
        all.sort_by_key(|p| (p.bank, p.program));
        all
    }
    /// The highest key of a program that its samples' loops allow; higher ones play octaves lower.
    fn highest_key(&self, bank: u8, program: u8, rate_hz: f32) -> u8 {
        let preset = self.0.get_presets().iter().find(|p| {
            p.get_bank_number() == i32::from(bank) && p.get_patch_number() == i32::from(program)
        });
        let Some(preset) = preset else { return 127 };
        let mut highest = 127i32;
        for region in preset.get_regions() {
            let Some(instrument) = self.0.get_instruments().get(region.get_instrument_id()) else {
                continue;
            };
            for sample in instrument.get_regions() {
                let length = sample.get_sample_end_loop() - sample.get_sample_start_loop();
                if length <= 0 {
                    continue;
                }
                // Above this key a step is longer than the loop.
                let at_root = self
                    .0
                    .get_sample_headers()
                    .get(sample.get_sample_id())
                    .map_or(1.0, |header| header.get_sample_rate() as f32 / rate_hz);
                let octaves = (length as f32 / (RAISED * at_root.max(0.01))).log2();
                let safe = sample.get_root_key() + (12.0 * octaves).floor() as i32;
                if sample.get_key_range_end() > safe {
                    highest = highest.min(safe);
                }
            }
        }
        highest.clamp(11, 127) as u8
    }
}

/// One program of a bank, ready to play a lane.
pub struct Font {
    /// Two, so that one may fade out while the other begins.
    synths: [Synthesizer; 2],
    playing: usize,
    channel: i32,
    highest_key: u8,
    gain: f32,
    /// Gain of the synth that fades, from 1 to 0.
    fade: f32,
    fade_step: f32,
    ahead: [[f32; TICK]; 2],
}

impl Font {
    /// Makes a program playable and plays each of its keys once. Off the audio thread: some tenths of a
    /// second.
    ///
    /// # Errors
    /// In words: no such program, a rate the synthesiser cannot take, or a program that fails when it plays.
    pub fn new(bank: &SoundFontBank, program: &Program, rate_hz: f32) -> Result<Font, String> {
        if !bank
            .programs()
            .iter()
            .any(|p| p.bank == program.bank && p.program == program.program)
        {
            return Err("the SoundFont has no such program".into());
        }
        let mut settings = SynthesizerSettings::new(rate_hz as i32);
        settings.block_size = TICK;
        settings.maximum_polyphony = POLYPHONY;
        settings.enable_reverb_and_chorus = false;
        let channel = if program.bank == 128 {
            Synthesizer::PERCUSSION_CHANNEL as i32
        } else {
            0
        };
        let make = || {
            let mut synth =
                Synthesizer::new(&bank.0, &settings).map_err(|error| error.to_string())?;
            if program.bank < 128 {
                synth.process_midi_message(channel, 0xb0, 0, i32::from(program.bank));
            }
            synth.process_midi_message(channel, 0xc0, i32::from(program.program), 0);
            Ok::<_, String>(synth)
        };
        let mut font = Font {
            synths: [make()?, make()?],
            playing: 0,
            channel,
            highest_key: bank.highest_key(program.bank, program.program, rate_hz),
            gain: 1.0,
            fade: 0.0,
            fade_step: 1.0 / (FADE_S * rate_hz),
            ahead: [[0.0; TICK]; 2],
        };
        let tried = catch_unwind(AssertUnwindSafe(|| font.level(rate_hz)));
        match tried {
            Ok(Some(gain)) => font.gain = gain,
            Ok(None) => return Err("the program is silent".into()),
            Err(_) => return Err("the program fails when it is played: a damaged SoundFont".into()),
        }
        for synth in &mut font.synths {
            synth.note_off_all(true);
        }
        Ok(font)
    }
    /// Plays every key; the gain that brings the sounding ones to [`NOTE_RMS`].
    fn level(&mut self, rate_hz: f32) -> Option<f32> {
        let mut heard: Vec<f32> = Vec::new();
        for key in 0..128 {
            for velocity in [100, 1, 127] {
                let synth = &mut self.synths[0];
                synth.note_on(self.channel, key.min(i32::from(self.highest_key)), velocity);
                let seconds = if velocity == 100 { 0.3 } else { 0.02 };
                let ticks = (seconds * rate_hz) as usize / TICK;
                let mut sum = 0.0;
                for _ in 0..ticks {
                    let [left, right] = &mut self.ahead;
                    synth.render(left, right);
                    sum += left.iter().chain(right.iter()).map(|x| x * x).sum::<f32>();
                }
                synth.note_off_all(true);
                let rms = (sum / (2 * TICK * ticks.max(1)) as f32).sqrt();
                if velocity == 100 && rms.is_finite() && rms > 1e-5 {
                    heard.push(rms);
                }
            }
        }
        heard.sort_by(f32::total_cmp);
        let middle = heard.get(heard.len() / 2)?;
        Some((NOTE_RMS / middle).clamp(*GAINS.start(), *GAINS.end()))
    }
    fn key(&self, pitch: u8) -> i32 {
        let mut key = pitch;
        while key > self.highest_key {
            key -= 12;
        }
        i32::from(key)
    }
    fn note_on(&mut self, pitch: u8, velocity: u8) {
        let key = self.key(pitch);
        self.synths[self.playing].note_on(self.channel, key, i32::from(velocity));
    }
    fn note_off(&mut self, pitch: u8) {
        let key = self.key(pitch);
        self.synths[self.playing].note_off(self.channel, key);
    }
    /// What sounds fades; what begins from here on does not.
    fn cut(&mut self) {
        let next = 1 - self.playing;
        self.synths[next].note_off_all(true);
        self.playing = next;
        self.fade = 1.0;
    }
    fn silence(&mut self) {
        for synth in &mut self.synths {
            synth.note_off_all(true);
        }
        self.fade = 0.0;
        self.ahead = [[0.0; TICK]; 2];
    }
    /// Renders up to the next tick.
    fn tick(&mut self) {
        let [left, right] = &mut self.ahead;
        self.synths[self.playing].render(left, right);
        if self.fade > 0.0 {
            let mut old = [[0.0; TICK]; 2];
            let [old_left, old_right] = &mut old;
            let going = &mut self.synths[1 - self.playing];
            going.render(old_left, old_right);
            for i in 0..TICK {
                self.fade = (self.fade - self.fade_step).max(0.0);
                left[i] += self.fade * old_left[i];
                right[i] += self.fade * old_right[i];
            }
            if self.fade == 0.0 {
                going.note_off_all(true);
            }
        }
        for x in left.iter_mut().chain(right.iter_mut()) {
            *x *= self.gain;
        }
    }
}

/// The font of a lane, and the one before it while it fades.
#[derive(Default)]
struct Slot {
    playing: Option<Box<Font>>,
    leaving: Option<Box<Font>>,
    /// Gain of the one that leaves.
    fade: f32,
}

/// The fonts of all lanes.
#[derive(Default)]
pub(crate) struct Fonts {
    slots: [Slot; LANES],
}

impl Fonts {
    /// Puts a font (or none) in a lane's place. Gives it back where the one before has not left yet: try
    /// again in the next block.
    pub(crate) fn set(
        &mut self,
        lane: usize,
        font: Option<Box<Font>>,
    ) -> Result<(), Option<Box<Font>>> {
        let slot = &mut self.slots[lane];
        if slot.leaving.is_some() {
            return Err(font);
        }
        slot.leaving = core::mem::replace(&mut slot.playing, font);
        slot.fade = 1.0;
        Ok(())
    }
    /// A font that has faded out, to be freed elsewhere.
    pub(crate) fn take_left(&mut self) -> Option<Box<Font>> {
        self.slots
            .iter_mut()
            .find(|slot| slot.fade <= 0.0 && slot.leaving.is_some())
            .and_then(|slot| slot.leaving.take())
    }
    /// Whether a font plays the lane.
    pub(crate) fn plays(&self, lane: usize) -> bool {
        self.slots[lane].playing.is_some()
    }
    pub(crate) fn note_on(&mut self, lane: usize, pitch: u8, velocity: u8) {
        if let Some(font) = &mut self.slots[lane].playing {
            font.note_on(pitch, velocity);
        }
    }
    pub(crate) fn note_off(&mut self, lane: usize, pitch: u8) {
        for font in self.slots[lane].each() {
            font.note_off(pitch);
        }
    }
    pub(crate) fn cut_all(&mut self) {
        for font in self.slots.iter_mut().flat_map(Slot::each) {
            font.cut();
        }
    }
    pub(crate) fn reset(&mut self) {
        for slot in &mut self.slots {
            for font in slot.each() {
                font.silence();
            }
            slot.fade = 0.0;
        }
    }
    /// Adds `frames` samples to the lanes, `into` samples after a tick; at 0 it is the tick itself.
    pub(crate) fn render(
        &mut self,
        lanes: &mut [[f32; TICK]; 2 * LANES],
        into: usize,
        frames: usize,
    ) {
        for (lane, slot) in self.slots.iter_mut().enumerate() {
            if slot.playing.is_none() && slot.leaving.is_none() {
                continue;
            }
            if into == 0 {
                for font in slot.each() {
                    font.tick();
                }
            }
            for side in 0..2 {
                let out = &mut lanes[2 * lane + side];
                if let Some(font) = &slot.playing {
                    for (y, x) in out[..frames].iter_mut().zip(&font.ahead[side][into..]) {
                        *y += x;
                    }
                }
            }
            if let Some(font) = &slot.leaving {
                for i in 0..frames {
                    slot.fade = (slot.fade - font.fade_step).max(0.0);
                    for side in 0..2 {
                        lanes[2 * lane + side][i] += slot.fade * font.ahead[side][into + i];
                    }
                }
            }
        }
    }
}

impl Slot {
    fn each(&mut self) -> impl Iterator<Item = &mut Font> {
        self.playing
            .iter_mut()
            .chain(self.leaving.iter_mut())
            .map(|font| &mut **font)
    }
}
