//! A host with a meter map, and what comes out of the cursor.

use engines::performer::{KeyEvent, Span};
use music::pitch::Pitch;
use music::time::Meter;

use super::super::{Cursor, HostTransport, Settings};
use crate::params::Run;

pub const RATE_HZ: f64 = 48_000.0;

/// A host that plays on.
pub struct Host {
    pub cursor: Cursor,
    pub settings: Settings,
    pub tempo_bpm: f64,
    /// (first bar, its start in quarters, meter) of each stretch.
    pub meters: Vec<(i32, f64, (i32, i32))>,
    pub quarters: f64,
    pub playing: bool,
    pub loop_quarters: Option<(f64, f64)>,
    pub numbers_bars: bool,
    pub spans: Vec<Span>,
}

impl Host {
    pub fn new() -> Host {
        let mut cursor = Cursor::default();
        cursor.prepare(RATE_HZ, 4096);
        Host {
            cursor,
            settings: Settings {
                run: Run::Host,
                tempo_bpm: 120.0,
                start_bar: 1,
                meter: Meter::default(),
            },
            tempo_bpm: 120.0,
            meters: vec![(0, 0.0, (4, 4))],
            quarters: 0.0,
            playing: true,
            loop_quarters: None,
            numbers_bars: true,
            spans: Vec::new(),
        }
    }
    pub fn quarters_in(&self, frames: u32) -> f64 {
        frames as f64 / RATE_HZ / 60.0 * self.tempo_bpm
    }
    pub fn transport(&self) -> HostTransport {
        let (bar, start, (numerator, denominator)) = *self
            .meters
            .iter()
            .rev()
            .find(|m| m.1 <= self.quarters + 1e-9)
            .unwrap_or(&self.meters[0]);
        let bar_quarters = numerator as f64 * 4.0 / denominator as f64;
        let bars = ((self.quarters - start + 1e-9) / bar_quarters).floor();
        HostTransport {
            playing: self.playing,
            tempo_bpm: Some(self.tempo_bpm),
            meter: Some((numerator, denominator)),
            position_quarters: Some(self.quarters),
            position_samples: None,
            bar_number: self.numbers_bars.then_some(bar + bars as i32),
            bar_start_quarters: Some(start + bars * bar_quarters),
            loop_quarters: self.loop_quarters,
        }
    }
    /// Tells something else than the truth for a block.
    pub fn tell(&mut self, told: HostTransport, frames: u32) -> Vec<Span> {
        self.tell_keys(told, &[], frames)
    }
    pub fn tell_keys(&mut self, told: HostTransport, keys: &[KeyEvent], frames: u32) -> Vec<Span> {
        let mut spans = Vec::new();
        self.cursor
            .follow(&told, &self.settings, keys, frames, |span| {
                spans.push(*span)
            });
        self.spans.extend(&spans);
        if self.playing {
            self.quarters += self.quarters_in(frames);
        }
        spans
    }
    pub fn block(&mut self, frames: u32) -> Vec<Span> {
        self.tell(self.transport(), frames)
    }
    /// Plays to a place in blocks of at most `frames`.
    pub fn play_to(&mut self, quarters: f64, frames: u32) {
        while self.quarters < quarters - 1e-9 {
            let left = (quarters - self.quarters) / self.quarters_in(1);
            self.block(frames.min(left.round().max(1.0) as u32));
        }
    }
    pub fn jumps(&self) -> usize {
        self.spans.iter().filter(|span| span.jumped).count()
    }
}

pub fn press(frame: u32) -> KeyEvent {
    KeyEvent {
        frame,
        velocity: 100,
        pitch: Pitch(60),
    }
}
pub fn release(frame: u32) -> KeyEvent {
    KeyEvent {
        frame,
        velocity: 0,
        pitch: Pitch(60),
    }
}
