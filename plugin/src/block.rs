//! Where the song is: follows the host's transport, or a clock of its own, and cuts a block into spans.
//!
//! Runs on the audio thread. It believes the host's tempo, meter, position and loop after checking them
//! against what followed from the block before; it decides nothing musical and plays nothing.

use engines::performer::{KeyEvent, Span};
use music::time::{Meter, Tick};

use crate::params::Run;

/// What a host tells at the start of a block; `None` is what it does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HostTransport {
    /// The transport moves.
    pub playing: bool,
    /// Quarter notes a minute.
    pub tempo_bpm: Option<f64>,
    /// Time signature, as told.
    pub meter: Option<(i32, i32)>,
    /// Position in quarter notes.
    pub position_quarters: Option<f64>,
    /// Position in samples.
    pub position_samples: Option<i64>,
    /// Bar at the position, 0-based.
    pub bar_number: Option<i32>,
    /// Where that bar starts, in quarter notes.
    pub bar_start_quarters: Option<f64>,
    /// Active loop in quarter notes.
    pub loop_quarters: Option<(f64, f64)>,
}

/// What the user set that bears on where the song is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Who moves the song.
    pub run: Run,
    /// Tempo of the internal clock.
    pub tempo_bpm: f64,
    /// Host bar (1-based) at which song bar 1 lies.
    pub start_bar: i32,
    /// Meter of the internal clock, and of a host that tells none.
    pub meter: Meter,
}

/// Where the song is at the end of the last block: what the editor shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The song moves.
    pub playing: bool,
    /// The host has told a position since the last reset.
    pub host_transport: bool,
    /// Tempo.
    pub tempo_bpm: f64,
    /// Meter.
    pub meter: Meter,
    /// Song time in ticks.
    pub position: f64,
    /// Bar of the song, from 0.
    pub bar_index: i32,
    /// Where that bar starts.
    pub bar_start: Tick,
}

/// Follows the song through the blocks.
#[derive(Clone, Debug, Default)]
pub struct Cursor {
    place: Place,
    bad_transport: bool,
}

impl Cursor {
    /// Takes the sample rate and the longest block, before the first block.
    pub fn prepare(&mut self, sample_rate_hz: f64, max_block_frames: u32) {
        let _ = (sample_rate_hz, max_block_frames);
    }
    /// Forgets where it was: the next block starts anew.
    pub fn reset(&mut self) {}
    /// Cuts a block into spans and hands each to `play`, in order. `keys` are the block's key events
    /// (a held key starts and stops the song where [`Run::Trigger`] is set).
    pub fn follow(
        &mut self,
        host: &HostTransport,
        settings: &Settings,
        keys: &[KeyEvent],
        frames: u32,
        play: impl FnMut(&Span),
    ) {
        let _ = (host, settings, keys, frames, play);
    }
    /// Where the song is.
    pub fn place(&self) -> Place {
        self.place
    }
    /// Whether the host told something impossible since this was last asked.
    pub fn take_bad_transport(&mut self) -> bool {
        core::mem::take(&mut self.bad_transport)
    }
}
