//! Voices: who sounds, who is let go, who is stolen.
//!
//! At most [`VOICES`] notes sound. A new note beyond that takes the place of the quietest (released
//! notes first), which fades within 5 ms in a spare slot while the new one already plays.

mod voice;

use music::patch::Patch;

use crate::instruments::sweep::{Bench, LANES};
use crate::instruments::{Hit, Scratch, Sound, Tick};
use crate::math::{F8, TICK, largest8};
use crate::oscillators::Tables;
use crate::span::Span;

pub(crate) use voice::Voice;

/// Most notes that sound at once.
pub(crate) const VOICES: usize = 64;
/// Slots: voices and those that fade out.
const SLOTS: usize = VOICES + 16;
/// Fade of a stolen or cut voice.
const CUT_S: f32 = 0.0045;
/// Ticks between two looks at how loud a voice is.
const LOOK_TICKS: u64 = 4;
/// A voice under this level for a while is over: −86 dB.
const SILENT: f32 = 5e-5;

/// All voices.
pub(crate) struct Voices {
    slots: Vec<Voice>,
    /// Bit `n`: slot `n` sounds. Spares looking at the silent ones.
    busy: u128,
    /// Bit `n`: what sounds in slot `n` goes through the filters that run side by side.
    swept: u128,
    tables: Tables,
    rate: f32,
    next_order: u64,
    level_fall: f32,
    /// Voices stolen since the meters were read.
    pub(crate) stolen: u32,
}

/// Audio of all lanes up to the next tick: left and right of each.
pub(crate) type LaneBlock = [[f32; TICK]; 2 * music::lane::LANES];

impl Voices {
    pub(crate) fn new(rate: f32) -> Voices {
        // The lowest string is E0 at 20.6 Hz.
        let line = ((rate / 20.0) as usize).next_power_of_two();
        let slots = (0..SLOTS)
            .map(|_| Voice {
                sound: Sound::Silent,
                lane: 0,
                pitch: 0,
                held: false,
                order: 0,
                age: 0,
                released_age: 0,
                pan: [1.0; 2],
                stereo: false,
                fresh: false,
                leaving: false,
                fade: 1.0,
                fade_step: 0.0,
                peak: F8::ZERO,
                level: 0.0,
                line: vec![0.0; line].into_boxed_slice(),
                ahead: Scratch {
                    left: [0.0; TICK],
                    right: [0.0; TICK],
                },
                ahead_from: 0,
            })
            .collect();
        Voices {
            slots,
            busy: 0,
            swept: 0,
            tables: Tables::new(),
            rate,
            next_order: 0,
            // Falls by a factor e in 15 ms, longer than half a period of the lowest notes.
            level_fall: (-((LOOK_TICKS as usize * TICK) as f32) / (0.015 * rate)).exp(),
            stolen: 0,
        }
    }
    pub(crate) fn reset(&mut self) {
        for voice in &mut self.slots {
            voice.free();
        }
        self.busy = 0;
        self.next_order = 0;
        self.stolen = 0;
    }
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Voice> {
        self.slots.iter_mut().filter(|v| !v.is_free())
    }
    pub(crate) fn sounding(&self) -> usize {
        self.slots.iter().filter(|v| !v.is_free()).count()
    }
    /// Ties a note to the voice of an order number. `false`: it needs a voice of its own.
    pub(crate) fn tie(&mut self, patch: &Patch, hit: &Hit, order: u64) -> bool {
        let next = self.next_order;
        let tied = self
            .iter_mut()
            .find(|v| v.order == order)
            .is_some_and(|v| v.tie(patch, hit, next));
        self.next_order += u64::from(tied);
        tied
    }
    /// Starts a note; `pan` are the gains of a mono sound.
    pub(crate) fn start(&mut self, patch: &Patch, lane: u8, hit: &Hit, pan: [f32; 2]) {
        let active = self
            .slots
            .iter()
            .filter(|v| !v.is_free() && !v.leaving)
            .count();
        if active >= VOICES {
            let quietest = self
                .slots
                .iter_mut()
                .filter(|v| !v.is_free() && !v.leaving)
                .min_by(|a, b| {
                    Self::worth(a)
                        .total_cmp(&Self::worth(b))
                        .then(a.order.cmp(&b.order))
                });
            if let Some(voice) = quietest {
                voice.leave(CUT_S, self.rate);
                self.stolen += 1;
            }
        }
        // Where even the spare slots are taken, the one nearest its end gives way.
        let slot = match self.slots.iter().position(Voice::is_free) {
            Some(free) => free,
            None => {
                let nearest = |(_, a): &(usize, &Voice), (_, b): &(usize, &Voice)| {
                    (a.fade * a.level).total_cmp(&(b.fade * b.level))
                };
                match self
                    .slots
                    .iter()
                    .enumerate()
                    .filter(|(_, v)| v.leaving)
                    .min_by(nearest)
                {
                    Some((index, _)) => index,
                    None => return,
                }
            }
        };
        let voice = &mut self.slots[slot];
        let Some(sound) = Sound::start(patch, hit, &mut voice.line) else {
            return;
        };
        voice.sound = sound;
        self.busy |= 1 << slot;
        self.swept &= !(1 << slot);
        self.swept |= u128::from(voice.sound.sweep().is_some()) << slot;
        voice.lane = lane;
        voice.pitch = hit.pitch;
        voice.held = true;
        voice.order = self.next_order;
        voice.age = 0;
        voice.released_age = 0;
        voice.pan = pan;
        voice.fresh = true;
        voice.leaving = false;
        voice.fade = 1.0;
        voice.fade_step = 0.0;
        voice.peak = F8::ZERO;
        // Not the quietest before it was heard.
        voice.level = hit.gain();
        self.next_order += 1;
    }
    /// What is lost if it is stolen: its level, more if it is held, more if it is young.
    fn worth(voice: &Voice) -> f32 {
        voice.level * if voice.held { 4.0 } else { 1.0 }
    }
    /// Releases the oldest held note of a lane and pitch.
    pub(crate) fn release(&mut self, lane: u8, pitch: u8) {
        let oldest = self
            .slots
            .iter_mut()
            .filter(|v| !v.is_free() && v.held && v.lane == lane && v.pitch == pitch)
            .min_by_key(|v| v.order);
        if let Some(voice) = oldest {
            voice.held = false;
            voice.released_age = 0;
            voice.sound.release(self.rate);
        }
    }
    /// Everything fades now.
    pub(crate) fn cut_all(&mut self) {
        let rate = self.rate;
        for voice in self.iter_mut() {
            voice.leave(CUT_S, rate);
        }
    }
    /// Drops a lane's voices at once: what they hold is not a number.
    pub(crate) fn drop_lane(&mut self, lane: u8) {
        for voice in self.iter_mut() {
            if voice.lane == lane {
                // Its slot is given back at the next tick.
                voice.free();
            }
        }
    }
    /// Adds what the voices play to the lanes. Those that just started have their tick at once.
    pub(crate) fn render(&mut self, span: &Span, lanes: &mut [LaneBlock], rate: f32) {
        let tick = Tick {
            frames: TICK - span.into,
            rate,
        };
        for slot in bits(self.busy & !self.swept) {
            for (n, block) in lanes.iter_mut().enumerate() {
                self.play_ahead(slot, span, n, &tick);
                if self.slots[slot].is_free() {
                    break;
                }
                self.slots[slot].add_to(block, span.into, span.frames);
            }
        }
        if self.busy & self.swept == 0 {
            return;
        }
        for (n, block) in lanes.iter_mut().enumerate() {
            let mut filtered = Filtered::default();
            for slot in bits(self.busy & self.swept) {
                if self.play_ahead(slot, span, n, &tick) {
                    filtered.add(slot, self.slots[slot].stereo);
                }
            }
            if filtered.count > 0 {
                self.filter(&filtered, tick.frames);
            }
            for slot in bits(self.busy & self.swept) {
                self.slots[slot].add_to(block, span.into, span.frames);
            }
        }
    }
    /// Has a voice play up to the next tick: at the span's `n`-th, and between ticks if it just started. Says whether
    /// it did.
    #[inline(always)]
    fn play_ahead(&mut self, slot: usize, span: &Span, n: usize, tick: &Tick) -> bool {
        let voice = &mut self.slots[slot];
        if span.at_tick() {
            if voice.is_free() {
                self.busy &= !(1 << slot);
                return false;
            }
            if span.tick(n).is_multiple_of(LOOK_TICKS) {
                // What has died since the last look makes room.
                voice.level = largest8(voice.peak).max(voice.level * self.level_fall);
                voice.peak = F8::ZERO;
                let old = voice.age > u64::from((0.02 * self.rate) as u32);
                let ended = (old && voice.level < SILENT) || voice.sound.is_over();
                if ended && !voice.fresh && !voice.leaving {
                    voice.leave(CUT_S, self.rate);
                }
            }
            if voice.leaving && voice.fade <= 0.0 {
                voice.free();
                self.busy &= !(1 << slot);
                return false;
            }
        } else if !voice.fresh {
            return false;
        }
        let every = voice.sound.control_ticks();
        if voice.fresh || span.tick(n).is_multiple_of(every) {
            let control = Tick {
                frames: span.until(n, every),
                ..*tick
            };
            voice.sound.tick(&control, voice.line.len());
        }
        voice.fresh = false;
        voice.ahead_from = span.into;
        let ahead = &mut voice.ahead;
        voice.stereo = (voice.sound).render(ahead, tick.frames, &mut voice.line, &self.tables);
        true
    }
    /// Sends what synth voices rendered through their filters, some channels at a time.
    fn filter(&mut self, filtered: &Filtered, frames: usize) {
        let channels = &filtered.channels[..filtered.count];
        for some in channels.chunks(LANES) {
            let mut bench = Bench::default();
            let mut samples = [&SILENCE; LANES];
            for (k, (slot, side)) in some.iter().enumerate() {
                let voice = &self.slots[usize::from(*slot)];
                samples[k] = voice.ahead.side(usize::from(*side));
                if let Some(sweep) = voice.sound.sweep() {
                    bench.take(k, sweep, usize::from(*side));
                }
            }
            let played = bench.run(&samples, frames);
            for (k, ((slot, side), played)) in some.iter().zip(&played).enumerate() {
                let voice = &mut self.slots[usize::from(*slot)];
                *voice.ahead.side_mut(usize::from(*side)) = *played;
                if let Some(sweep) = voice.sound.sweep_mut() {
                    bench.give(k, sweep, usize::from(*side));
                    if *side == u8::from(voice.stereo) {
                        // Its last channel.
                        sweep.advance(frames);
                    }
                }
            }
        }
    }
}

/// The places of the ones.
fn bits(mut of: u128) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let next = (of != 0).then(|| of.trailing_zeros() as usize)?;
        of &= of - 1;
        Some(next)
    })
}

/// What a channel without a voice plays.
const SILENCE: [f32; TICK] = [0.0; TICK];

/// Channels that await their filters: slot and side.
struct Filtered {
    channels: [(u8, u8); 2 * SLOTS],
    count: usize,
}

impl Default for Filtered {
    fn default() -> Self {
        Filtered {
            channels: [(0, 0); 2 * SLOTS],
            count: 0,
        }
    }
}

impl Filtered {
    fn add(&mut self, slot: usize, stereo: bool) {
        for side in 0..=u8::from(stereo) {
            self.channels[self.count] = (slot as u8, side);
            self.count += 1;
        }
    }
}
