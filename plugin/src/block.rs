//! Where the song is: follows the host's transport, or a clock of its own, and cuts a block into spans.
//!
//! Runs on the audio thread. It believes the host's tempo, meter, position and loop after checking them
//! against what followed from the block before; it decides nothing musical and plays nothing.
//!
//! The song's position is kept as an anchor and the frames since it, so that it does not depend on how the
//! blocks are cut. The anchor moves when the host changes tempo or jumps. Reports that are known artefacts
//! of block splitting in the framework are recognised and passed over: see [`position`] and [`bars`].

mod bars;
mod clock;
mod host;
mod position;
#[cfg(test)]
mod tests;
mod trigger;

use engines::performer::{KeyEvent, Span};
use music::time::{Meter, Tick, TickSpan};

use self::bars::Bars;
use self::clock::Clock;
use self::host::Checked;
use self::position::Follower;
use self::trigger::Trigger;
use crate::params::Run;

/// Most loop wraps inside one block; a shorter loop than that is no music.
const MAX_WRAPS: usize = 16;

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
    checked: Checked,
    clock: Clock,
    follower: Follower,
    bars: Bars,
    trigger: Trigger,
    /// Song time moved in the block before, and by whom.
    rolling: Option<Run>,
    max_block_frames: u32,
    place: Place,
    /// Where the own clock shall go, in bars.
    go_to: Option<u32>,
}

impl Cursor {
    /// Takes the sample rate and the longest block, before the first block.
    pub fn prepare(&mut self, sample_rate_hz: f64, max_block_frames: u32) {
        self.clock.prepare(sample_rate_hz);
        self.max_block_frames = max_block_frames;
        self.reset();
    }
    /// Forgets where it was: the next block starts anew.
    pub fn reset(&mut self) {
        self.rolling = None;
        self.trigger = Trigger::default();
        self.bars = Bars::default();
        self.place.host_transport = false;
    }
    /// Cuts a block into spans and hands each to `play`, in order. `keys` are the block's key events
    /// (a held key starts and stops the song where [`Run::Trigger`] is set).
    ///
    /// # Realtime
    /// Bounded, no allocation.
    pub fn follow(
        &mut self,
        host: &HostTransport,
        settings: &Settings,
        keys: &[KeyEvent],
        frames: u32,
        mut play: impl FnMut(&Span),
    ) {
        self.place.host_transport |= host.playing || host.position_quarters.is_some();
        if self.rolling.is_some_and(|run| run != settings.run) {
            self.rolling = None;
        }
        if settings.run == Run::Host {
            self.go_to = None;
        }
        match settings.run {
            Run::Host => self.follow_host(host, settings, frames, &mut play),
            Run::Internal => self.run_alone(settings, 0, frames, true, &mut play),
            Run::Trigger => {
                let mut from = 0;
                for key in keys {
                    let before = self.trigger.is_held();
                    self.trigger.key(key);
                    let at = key.frame.clamp(from, frames);
                    if before != self.trigger.is_held() && at > from {
                        self.run_alone(settings, from, at, before, &mut play);
                        from = at;
                    }
                    if !self.trigger.is_held() {
                        self.rolling = None;
                    }
                }
                if from < frames || frames == 0 {
                    let held = self.trigger.is_held();
                    self.run_alone(settings, from, frames, held, &mut play);
                }
            }
        }
        if settings.run != Run::Trigger {
            keys.iter().for_each(|key| self.trigger.key(key));
        }
    }
    /// The plug-in's own clock goes to a bar of the song; on a host's transport nothing happens.
    pub fn go_to(&mut self, bar: u32) {
        self.go_to = Some(bar);
    }
    /// Where the song is.
    pub fn place(&self) -> Place {
        self.place
    }
    /// Whether the host told something impossible since this was last asked.
    pub fn take_bad_transport(&mut self) -> bool {
        self.checked.take_bad()
    }

    /// Frames `from..to` of the block on the plug-in's own clock, which starts at the song's start.
    fn run_alone(
        &mut self,
        settings: &Settings,
        from: u32,
        to: u32,
        moves: bool,
        play: &mut impl FnMut(&Span),
    ) {
        if !moves {
            self.rolling = None;
        }
        let starts = moves && self.rolling.is_none() && from < to;
        if starts {
            self.clock.locate(0.0);
        }
        let goes = self.go_to.take_if(|_| moves && from < to);
        if let Some(bar) = goes {
            let at = i64::from(bar) * settings.meter.bar_ticks();
            self.clock.locate(at as f64);
        }
        self.clock
            .set_tempo(self.checked.own_tempo(settings.tempo_bpm));
        self.bars
            .count_from(0.0, settings.meter, self.clock.position());
        self.emit(from, to - from, moves, starts || goes.is_some(), None, play);
        if moves && from < to {
            self.rolling = Some(settings.run);
        }
    }

    /// A block on the host's transport.
    fn follow_host(
        &mut self,
        host: &HostTransport,
        settings: &Settings,
        frames: u32,
        play: &mut impl FnMut(&Span),
    ) {
        let heard = self
            .checked
            .check(host, settings.meter, self.clock.rate_hz());
        if !host.playing || frames == 0 {
            if !host.playing {
                self.rolling = None;
                self.clock.set_tempo(heard.tempo_bpm);
                self.clock
                    .locate(heard.position.unwrap_or(self.clock.position()));
                self.bars
                    .jump(&heard, settings.start_bar, self.clock.position());
            }
            self.emit(0, frames, host.playing, false, heard.cycle, play);
            return;
        }
        let starts = self.rolling.is_none();
        let mut jumped = self.follower.follow(
            &mut self.clock,
            &heard,
            starts,
            frames,
            self.max_block_frames,
        );
        let position = self.clock.position();
        if jumped {
            self.bars.jump(&heard, settings.start_bar, position);
        } else {
            self.bars.follow(
                &heard,
                settings.start_bar,
                position,
                frames,
                self.max_block_frames,
            );
        }
        self.rolling = Some(Run::Host);
        let mut from = 0;
        for _ in 0..MAX_WRAPS {
            let Some(at) = self.follower.wrap(&self.clock, heard.cycle, frames - from) else {
                break;
            };
            if at > 0 {
                self.emit(from, at, true, jumped, heard.cycle, play);
            }
            self.follower.wrapped(&mut self.clock, heard.cycle);
            self.bars.move_to(self.clock.position());
            (from, jumped) = (from + at, true);
        }
        self.emit(from, frames - from, true, jumped, heard.cycle, play);
    }

    /// One span of the block.
    fn emit(
        &mut self,
        offset: u32,
        frames: u32,
        playing: bool,
        jumped: bool,
        cycle: Option<(f64, f64)>,
        play: &mut impl FnMut(&Span),
    ) {
        let origin = self.bars.song_start();
        let on_song = |host_tick: f64| Tick((host_tick - origin).round() as i64);
        let bar = self.bars.bar();
        let span = Span {
            offset,
            frames,
            playing,
            position: self.clock.position() - origin,
            ticks_per_frame: self.clock.ticks_per_frame(),
            tempo_mbpm: (self.clock.tempo_bpm() * 1000.0).round() as u32,
            meter: bar.meter,
            bar_index: bar.index,
            bar_start: on_song(bar.start),
            cycle: cycle.map(|(start, end)| TickSpan {
                start: on_song(start),
                end: on_song(end),
            }),
            jumped,
        };
        play(&span);
        if playing {
            self.clock.advance(frames);
            self.bars.move_to(self.clock.position());
        }
        let bar = self.bars.bar();
        self.place = Place {
            playing,
            host_transport: self.place.host_transport,
            tempo_bpm: self.clock.tempo_bpm(),
            meter: bar.meter,
            position: self.clock.position() - origin,
            bar_index: bar.index,
            bar_start: on_song(bar.start),
        };
    }
}
