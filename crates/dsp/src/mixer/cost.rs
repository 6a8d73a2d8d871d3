//! What the stages cost, printed: microseconds a second of audio. Nothing is asserted;
//! `cargo test --release -p dsp --lib cost -- --ignored --nocapture`.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types
)]

use music::mix::{Dynamics, Space};

use super::*;
use crate::meters::{Gauge, Loudness};
use crate::noise::Noise;
use crate::reverb::Reverb;
use crate::true_peak::PeakHold;

const RATE: f32 = 48_000.0;

/// The least of many short passes: some run without being interrupted.
fn cost(name: &str, mut tick: impl FnMut(usize)) {
    const TICKS: usize = 300;
    let mut least = f64::MAX;
    for _ in 0..100 {
        let start = std::time::Instant::now();
        for n in 0..TICKS {
            tick(n);
        }
        least = least.min(start.elapsed().as_secs_f64());
    }
    let seconds = (TICKS * TICK) as f64 / f64::from(RATE);
    println!("{name:34} {:7.0} us/s", least * 1e6 / seconds);
}

fn lanes(on: usize) -> Vec<LaneBlock> {
    let mut noise = Noise::new(3, 7);
    (0..64)
        .map(|_| {
            core::array::from_fn(|k| {
                core::array::from_fn(|_| if k < 2 * on { 0.1 * noise.next() } else { 0.0 })
            })
        })
        .collect()
}

fn busy_mix() -> Mix {
    let mut mix = Mix::default();
    for lane in &mut mix.lanes {
        lane.high_pass_hz = 60.0;
        lane.eq[1].db = -2.0;
        lane.eq[2].db = 1.5;
        lane.width = 1.3;
        lane.reverb_send = 0.2;
        lane.compressor = Dynamics {
            ratio: 2.0,
            ..Dynamics::OFF
        };
    }
    mix.lanes[0].space = Space::Room;
    mix.lanes[4].delay_send = 0.1;
    mix.duck.depth_db[1] = 3.0;
    mix.parallel = (0.3, mix.master.glue);
    mix.master.saturation = 0.1;
    mix.master.eq[3].db = 1.0;
    mix
}

fn mixer(mix: &Mix, latency: Latency) -> Mixer {
    let mut mixer = Mixer::new(RATE, latency);
    mixer.set(mix);
    let tone = ToneTable {
        high_pass_hz: 40.0,
        drive: 0.2,
        ..ToneTable::default()
    };
    for lane in 0..2 {
        mixer.set_tone(lane, &tone, 0.0);
    }
    mixer
}

#[test]
#[ignore = "prints timings"]
fn cost_of_the_stages() {
    let input = lanes(5);
    for (name, mix, latency) in [
        ("neutral mix, no latency", Mix::default(), Latency::Zero),
        ("busy mix, no latency", busy_mix(), Latency::Zero),
        ("busy mix, looks ahead", busy_mix(), Latency::LookAhead),
    ] {
        let mut mixer = mixer(&mix, latency);
        let mut position = 0;
        cost(name, |n| {
            let span = Span::next(position, TICK, RATE);
            position += TICK as u64;
            let mut out = [[[[0.0; TICK]; 2]; BUSES]];
            mixer.process(&span, &input[n % 64..][..1], &mut out);
            core::hint::black_box(&out);
        });
    }
    let mut strips = mixer(&busy_mix(), Latency::Zero).strips;
    cost("strips", |n| {
        strips.tick();
        let mut out = [[0.0; TICK]; CHANNELS];
        strips.process(&input[n % 64], 0, TICK, &mut out);
        core::hint::black_box(&out);
    });
    let pair = |n: usize| [input[n % 64][0], input[n % 64][1]];
    for space in Space::ALL {
        let mut reverb = Reverb::new(space, RATE);
        let mut time = 0.0;
        cost(space.word(), |n| {
            time += TICK as f64 / f64::from(RATE);
            reverb.tick(time);
            let mut wet = [[0.0; TICK]; 2];
            reverb.process(&pair(n), &mut wet, 0, TICK);
            core::hint::black_box(&wet);
        });
    }
    let mut delay = crate::delay::Delay::new(RATE);
    cost("delay", |n| {
        delay.tick();
        let mut wet = [[0.0; TICK]; 2];
        delay.process(&pair(n), &mut wet, 0, TICK);
        core::hint::black_box(&wet);
    });
    for (name, latency, db) in [
        ("master, limiting", Latency::Zero, 18.0),
        ("master, calm", Latency::Zero, -12.0),
        ("master, looks ahead, limiting", Latency::LookAhead, 18.0),
        ("master, looks ahead, calm", Latency::LookAhead, -12.0),
    ] {
        let mut mix = busy_mix();
        mix.master_db = db;
        let mut mixer = mixer(&mix, latency);
        let smooth = mixer.smooth;
        cost(name, |n| {
            mixer.master.tick(1.0, smooth);
            let mut x = pair(n);
            mixer.master.process(&mut x, 0, TICK);
            core::hint::black_box(&x);
        });
    }
    let mut loudness = Loudness::new(RATE);
    cost("loudness", |n| loudness.take(&pair(n), TICK));
    let mut peaks = PeakHold::new();
    cost("true peak of main", |n| {
        if n % 32 == 0 {
            peaks.take_highest();
        }
        peaks.take(&pair(n), 0, TICK);
    });
    let mut gauges = [Gauge::new(RATE); BUSES];
    cost("gauges of all buses", |n| {
        for gauge in &mut gauges {
            core::hint::black_box(gauge.take(&pair(n), TICK));
        }
    });
}
