//! Where a preview is: along with the song while that plays, by a clock of its own while it rests.
//!
//! Bars of the preview's own song, but the place in the bar and the tempo are always the song's, so that a preview
//! comes in on the beat and what the host plays beside it still fits.

use std::ops::Range;

use engines::performer::Span;
use music::time::{Meter, TICKS_PER_QUARTER, Tick, TickSpan};

/// Most turns of a loop inside one block; a shorter one is no music.
const MAX_WRAPS: usize = 16;

/// Where a preview is heard from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A bar of its song, from 0.
    Bar(u16),
    /// Where the song is; a bar of it while it rests.
    Here(u16),
    /// These bars over and over: where the song is, if it is in them, else from the first.
    Bars(Range<u16>),
}

/// A place on its way.
#[derive(Debug)]
pub struct Way {
    from: Start,
    /// Bars since its song's start, with the part of the one in hand.
    at: f64,
    /// It has begun, and goes along with a song that plays.
    begun: Option<bool>,
}

impl Way {
    /// Not begun.
    pub fn new(from: Start) -> Way {
        Way {
            from,
            at: 0.0,
            begun: None,
        }
    }

    /// Goes along with a span of the song and hands its own to `play`. A song that rests gives the tempo alone,
    /// within `range_bpm`.
    pub fn along(
        &mut self,
        span: &Span,
        range_bpm: Option<(f64, f64)>,
        rate_hz: f32,
        play: impl FnMut(&Span),
    ) {
        let mut own = *span;
        own.playing = true;
        own.jumped = self.begun != Some(span.playing);
        if span.playing {
            self.follow(&mut own, span);
        } else {
            self.rest(&mut own, range_bpm, rate_hz);
        }
        self.begun = Some(span.playing);
        self.go(own, play);
    }

    fn follow(&mut self, own: &mut Span, song: &Span) {
        let ticks = song.meter.bar_ticks() as f64;
        let into = (song.position - song.bar_start.0 as f64) / ticks;
        own.jumped |= song.jumped;
        if own.jumped {
            self.at = f64::from(self.start(song.bar_index)) + into;
            return;
        }
        // The host's word of the place in the bar, if it is not the same within a frame.
        let heard = (self.at - into).round() + into;
        if (heard - self.at).abs() * ticks > song.ticks_per_frame {
            self.at = heard;
            if let Start::Bars(bars) = &self.from
                && !(f64::from(bars.start)..f64::from(bars.end)).contains(&heard)
            {
                let length = bars.len().max(1) as f64;
                self.at =
                    f64::from(bars.start) + (heard - f64::from(bars.start)).rem_euclid(length);
                own.jumped = true;
            }
        }
    }
    /// Bar to begin at while the song is in one.
    fn start(&self, song_bar: i32) -> i32 {
        match &self.from {
            Start::Bar(bar) => i32::from(*bar),
            Start::Here(_) => song_bar,
            Start::Bars(bars) => {
                let within = u16::try_from(song_bar).is_ok_and(|bar| bars.contains(&bar));
                if within {
                    song_bar
                } else {
                    i32::from(bars.start)
                }
            }
        }
    }

    fn rest(&mut self, own: &mut Span, range_bpm: Option<(f64, f64)>, rate_hz: f32) {
        if self.begun.is_none() {
            self.at = match &self.from {
                Start::Bar(bar) | Start::Here(bar) => f64::from(*bar),
                Start::Bars(bars) => f64::from(bars.start),
            };
        }
        // A song that stops leaves a preview that goes on from there.
        own.jumped &= self.begun.is_none();
        let heard = f64::from(own.tempo_mbpm) / 1000.0;
        let tempo_bpm = range_bpm.map_or(heard, |(low, high)| heard.clamp(low, high));
        own.tempo_mbpm = (tempo_bpm * 1000.0).round() as u32;
        own.ticks_per_frame = tempo_bpm / 60.0 * TICKS_PER_QUARTER as f64 / f64::from(rate_hz);
    }

    /// The span in pieces, one for each turn of its loop.
    fn go(&mut self, span: Span, mut play: impl FnMut(&Span)) {
        let ticks = span.meter.bar_ticks() as f64;
        let cycle = match &self.from {
            Start::Bars(bars) => Some(cycle(bars, span.meter)),
            Start::Bar(_) | Start::Here(_) => None,
        };
        let mut piece = Span { cycle, ..span };
        let mut position = self.at * ticks;
        for _ in 0..MAX_WRAPS {
            let left = span.offset + span.frames - piece.offset;
            let until = cycle.map_or(f64::INFINITY, |cycle| {
                ((cycle.end.0 as f64 - position) / span.ticks_per_frame - 1e-4).ceil()
            });
            piece.frames = if until < f64::from(left) {
                until.max(0.0) as u32
            } else {
                left
            };
            piece.position = position;
            piece.bar_index = (position / ticks).floor() as i32;
            piece.bar_start = Tick(i64::from(piece.bar_index) * span.meter.bar_ticks());
            if piece.frames > 0 || left == 0 {
                play(&piece);
                piece.jumped = false;
            }
            position += f64::from(piece.frames) * span.ticks_per_frame;
            if piece.frames == left {
                break;
            }
            if let Some(cycle) = cycle {
                position = cycle.start.0 as f64 + (position - cycle.end.0 as f64).max(0.0);
                piece.jumped = true;
            }
            piece.offset += piece.frames;
        }
        self.at = position / ticks;
    }
}

fn cycle(bars: &Range<u16>, meter: Meter) -> TickSpan {
    let tick = |bar: u16| Tick(i64::from(bar) * meter.bar_ticks());
    TickSpan {
        start: tick(bars.start),
        end: tick(bars.end.max(bars.start + 1)),
    }
}

#[cfg(test)]
mod tests;
