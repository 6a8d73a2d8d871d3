//! Sessions cut into blocks by chance, each split again as the framework splits for automation: the cursor
//! says the same about every frame, and it is the truth.

use engines::performer::Span;

use super::bars::split;
use super::rig::Host;

/// Chance for the cuts: a linear congruential generator.
/// Reference: Knuth, The Art of Computer Programming 2, MMIX constants.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as u32
    }
}

/// What the host does at a frame.
#[derive(Clone, Copy, Debug)]
enum Act {
    Tempo(f64),
    Locate(f64),
    Loop(Option<(f64, f64)>),
    Stop,
    Go,
}

const SESSION: [(u64, Act); 11] = [
    (50_000, Act::Tempo(93.0)),
    (120_000, Act::Locate(6.0)),
    (150_000, Act::Loop(Some((4.0, 11.0)))),
    (520_000, Act::Loop(None)),
    (600_000, Act::Tempo(187.5)),
    (700_000, Act::Stop),
    (705_000, Act::Locate(-3.0)),
    (710_000, Act::Go),
    (900_000, Act::Locate(9.5)),
    (901_000, Act::Locate(2.25)),
    (990_000, Act::Tempo(60.0)),
];
const END: u64 = 1_100_000;

/// Plays the session; `cut` gives the host's blocks, `pieces` the splits inside them.
fn play(mut cut: impl FnMut() -> u32, mut piece: impl FnMut() -> u32) -> Vec<(u64, Span)> {
    let mut host = Host::new();
    host.meters = vec![(0, 0.0, (4, 4)), (2, 8.0, (3, 4)), (4, 14.0, (7, 8))];
    let mut now = 0;
    let mut acts = SESSION.iter().peekable();
    let mut spans = Vec::new();
    while now < END {
        while let Some((_, act)) = acts.next_if(|(at, _)| *at == now) {
            match *act {
                Act::Tempo(bpm) => host.tempo_bpm = bpm,
                Act::Locate(quarters) => host.quarters = quarters,
                Act::Loop(range) => host.loop_quarters = range,
                Act::Stop => host.playing = false,
                Act::Go => host.playing = true,
            }
        }
        let until = acts.peek().map_or(END, |(at, _)| *at);
        let mut block = cut().min((until - now) as u32);
        let mut wraps = false;
        if let Some((_, end)) = host.loop_quarters {
            let left = (end - host.quarters) / host.quarters_in(1);
            if (0.0..=block as f64).contains(&left) && host.playing {
                (block, wraps) = (left.ceil() as u32, true);
            }
        }
        // Meters change where a host block starts.
        for (_, start, _) in &host.meters {
            let left = ((start - host.quarters) / host.quarters_in(1)).ceil();
            if left > 0.0 && left < block as f64 {
                block = left as u32;
                wraps = false;
            }
        }
        let mut done = 0;
        while done < block {
            let frames = piece().min(block - done);
            let told = if done == 0 {
                host.transport()
            } else {
                split(host.transport())
            };
            for span in host.tell(told, frames) {
                spans.push((now + span.offset as u64, span));
            }
            done += frames;
            now += frames as u64;
        }
        if wraps {
            host.quarters += 4.0 - 11.0;
        }
    }
    spans
}

/// What the spans say about a frame: position, bar, tempo, loop.
fn at(spans: &[(u64, Span)], frame: u64) -> (f64, i32, i64, u32, bool) {
    let after = spans.partition_point(|(from, _)| *from <= frame);
    let (from, span) = &spans[after - 1];
    let into = (frame - from) as f64 * span.ticks_per_frame;
    let position = if span.playing {
        span.position + into
    } else {
        0.0
    };
    let bars = (position - span.bar_start.0 as f64 + 0.5).div_euclid(span.meter.bar_ticks() as f64);
    let bars = if span.playing { bars as i64 } else { 0 };
    (
        position,
        span.bar_index + bars as i32,
        span.bar_start.0 + bars * span.meter.bar_ticks(),
        span.tempo_mbpm,
        span.playing,
    )
}

fn jumps(spans: &[(u64, Span)]) -> Vec<u64> {
    spans
        .iter()
        .filter(|(_, span)| span.jumped)
        .map(|(at, _)| *at)
        .collect()
}

#[test]
fn every_frame_is_the_same_however_the_blocks_are_cut() {
    let whole = play(|| 4096, || 4096);
    assert_eq!(jumps(&whole)[..2], [0, 120_000]);
    for seed in 0..8 {
        let (mut a, mut b) = (Chance(seed), Chance(seed + 100));
        let longest = [4096, 512, 64, 2000][seed as usize % 4];
        let cut = play(|| 1 + a.below(longest), || 1 + b.below(longest / 2));
        assert_eq!(jumps(&whole), jumps(&cut), "seed {seed}");
        for frame in (0..END).step_by(499) {
            let (x, y) = (at(&whole, frame), at(&cut, frame));
            assert!(
                (x.0 - y.0).abs() < 1e-5,
                "seed {seed} frame {frame}: {x:?} {y:?}"
            );
            assert_eq!(
                (x.1, x.2, x.3, x.4),
                (y.1, y.2, y.3, y.4),
                "seed {seed} frame {frame}"
            );
        }
    }
}
