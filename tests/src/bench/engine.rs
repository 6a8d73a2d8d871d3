//! The engines alone, over every style.

use std::hint::black_box;
use std::time::Instant;

use engines::band::{Band, BarNotes};
use engines::view::Material;
use music::controls::{Controls, Latch};
use music::plan::BarPlace;
use music::song::Song;
use music::style::Style;
use music::technique::VoiceLeading;
use music::time::{Meter, Tick};
use serde_json::{Map, Value};

use super::{PASSES, figure};
use crate::stage;

/// Busy meters cost most; the two that every style knows are measured.
const METERS: [(u8, u8); 2] = [(4, 4), (7, 8)];
/// What is turned under each of [`Bench::latches`].
const SETTINGS: [&str; 6] = [
    "",
    " at full tension",
    " at full tension, close voicings",
    " at full tension, drop-two voicings",
    " at full tension, open voicings",
    " at full tension, chorale",
];
/// Place of the two among [`SETTINGS`] that are told apart.
const CLOSE: usize = 2;
const DROP_TWO: usize = 3;
/// Bars of the songs over which a bar's cost must be flat.
const LENGTHS: [u16; 5] = [4, 16, 64, 128, 400];

pub(super) fn measure() -> Map<String, Value> {
    let takes = || {
        let of = |(n, d)| Meter::new(n, d).unwrap_or_default();
        let meters = METERS.map(of);
        let styles = stage::styles().iter();
        styles.flat_map(move |style| meters.map(|meter| Bench::new(style, meter)))
    };
    let mut heaviest = Bars::default();
    let (mut phrase, mut dearest) = (0.0, String::new());
    let mut voiced = [0.0_f64; SETTINGS.len()];
    let mut plans = [0.0_f64; 2];
    for bench in takes() {
        let bars = bench.bar_costs_us(64);
        if bars.median > heaviest.median {
            heaviest = bars;
        }
        let settings = bench.latches().into_iter().zip(SETTINGS).zip(&mut voiced);
        for ((latch, setting), own) in settings {
            *own = bench.phrase_worst_us(&latch, *own);
            if *own > phrase {
                phrase = *own;
                dearest = format!("{}{setting}", bench.style.stem);
            }
        }
        for (worst, bars) in plans.iter_mut().zip([64, 400]) {
            *worst = worst.max(bench.plan_ms(bars));
        }
    }
    let medians = LENGTHS.map(|bars| per_bar_us(takes(), bars));
    let least = medians.iter().copied().fold(f64::MAX, f64::min);
    let most = medians.iter().copied().fold(0.0, f64::max);
    [
        ("perform_bar_style", Value::from(heaviest.style)),
        ("perform_bar_median_us", figure(heaviest.median)),
        ("perform_bar_worst_us", figure(heaviest.worst)),
        ("compose_phrase_style", Value::from(dearest)),
        ("compose_phrase_worst_us", figure(phrase)),
        ("compose_close_worst_us", figure(voiced[CLOSE])),
        ("compose_drop_two_worst_us", figure(voiced[DROP_TWO])),
        ("plan_64_bars_ms", figure(plans[0])),
        ("plan_400_bars_ms", figure(plans[1])),
        ("bar_cost_4_to_400", figure(most / least)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

/// What the bars of a song cost.
#[derive(Default)]
struct Bars {
    style: String,
    median: f64,
    worst: f64,
}

/// Over all styles and meters: what a bar of a song of some bars costs, its phrase composed already.
fn per_bar_us(takes: impl Iterator<Item = Bench>, bars: u16) -> f64 {
    let (sum, count) = takes.fold((0.0, 0), |(sum, count), bench| {
        (sum + bench.bar_costs_us(bars).median, count + 1)
    });
    sum / f64::from(count.max(1))
}

/// Seconds that `work` takes, the least of the passes.
fn least(mut work: impl FnMut()) -> f64 {
    let passes = (0..PASSES).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_secs_f64()
    });
    passes.fold(f64::MAX, f64::min)
}

/// A style in a meter.
struct Bench {
    style: &'static Style,
    meter: Meter,
}

impl Bench {
    fn new(style: &'static Style, meter: Meter) -> Bench {
        Bench { style, meter }
    }
    fn controls(&self) -> Controls {
        Controls {
            style: self.style.slot,
            ..Controls::default()
        }
    }
    /// Controls under which phrases are composed: the usual ones, and those that make the composer search most.
    fn latches(&self) -> [Latch; SETTINGS.len()] {
        let usual = self.controls();
        let mut tense = usual;
        (tense.tension, tense.reharmonise, tense.modulation) = (100, 100, 100);
        let mut out = [usual.latch(); SETTINGS.len()];
        let ways = [
            VoiceLeading::Style,
            VoiceLeading::Close,
            VoiceLeading::DropTwo,
            VoiceLeading::Open,
            VoiceLeading::Chorale,
        ];
        for (latch, way) in out.iter_mut().skip(1).zip(ways) {
            tense.voice_leading = way;
            *latch = tense.latch();
        }
        out
    }
    /// A song of so many bars.
    fn song(&self, bars: u16) -> Song {
        Song {
            bars,
            meter: self.meter,
            ..Song::default()
        }
    }
    /// Every bar of a song, its phrase composed already.
    fn bar_costs_us(&self, bars: u16) -> Bars {
        let song = self.song(bars);
        let material = material(&song);
        let latch = self.controls().latch();
        let mut band = Box::<Band>::default();
        let mut notes = Box::<BarNotes>::default();
        // As many bars of every song, from all of it.
        let step = usize::from(bars / 64).max(1);
        let mut costs: Vec<f64> = (0..i32::from(bars))
            .step_by(step)
            .map(|bar| {
                let place = BarPlace {
                    bar_index: bar,
                    start: Tick(i64::from(bar) * self.meter.bar_ticks()),
                    meter: self.meter,
                    tempo_mbpm: u32::from(self.style.tempo.1) * 1000,
                };
                band.bar(material, &latch, &place, &mut notes);
                least(|| band.bar(black_box(material), black_box(&latch), &place, &mut notes)) * 1e6
            })
            .collect();
        black_box(&notes);
        costs.sort_by(f64::total_cmp);
        Bars {
            style: self.style.stem.to_string(),
            median: costs[costs.len() / 2],
            worst: costs[costs.len() - 1],
        }
    }
    /// The dearest phrase of a form of 400 bars, form and all, when everything has just changed; `worst` if none is
    /// dearer.
    fn phrase_worst_us(&self, latch: &Latch, mut worst: f64) -> f64 {
        let song = self.song(400);
        let material = material(&song);
        let mut band = Box::<Band>::default();
        for bar in (0..400).step_by(7).chain([399]) {
            let mut compose = || {
                band.invalidate();
                let begun = Instant::now();
                black_box(band.phrase(black_box(material), black_box(latch), self.meter, bar));
                begun.elapsed().as_secs_f64() * 1e6
            };
            // What is quick once is no worst one.
            let mut cost = compose();
            for _ in 1..PASSES {
                if cost > worst {
                    cost = cost.min(compose());
                }
            }
            worst = worst.max(cost);
        }
        worst
    }
    /// A whole plan of some bars when everything has just changed.
    fn plan_ms(&self, bars: u16) -> f64 {
        let song = self.song(bars);
        let material = material(&song);
        let latch = self.controls().latch();
        let mut band = Box::<Band>::default();
        let mut least: Vec<f64> = Vec::new();
        for pass in 0..PASSES {
            band.invalidate();
            let (mut bar, mut phrases) = (0, 0);
            while bar < bars {
                let begun = Instant::now();
                let phrase = band.phrase(black_box(material), black_box(&latch), self.meter, bar);
                bar = (phrase.first_bar + phrase.bars).max(bar + 1);
                let cost = begun.elapsed().as_secs_f64();
                if pass == 0 {
                    least.push(cost);
                }
                least[phrases] = least[phrases].min(cost);
                phrases += 1;
            }
        }
        least.iter().sum::<f64>() * 1e3
    }
}

fn material(song: &Song) -> Material<'_> {
    Material {
        song,
        styles: stage::book(),
        take: None,
    }
}
