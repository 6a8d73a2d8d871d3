//! The engines alone.

use std::hint::black_box;
use std::time::Instant;

use engines::band::{Band, BarNotes};
use engines::view::Material;
use music::controls::Controls;
use music::plan::BarPlace;
use music::song::Song;
use music::style::{Style, StyleBook};
use music::time::{Meter, Tick};
use serde_json::{Map, Value};

use super::{PASSES, figure};
use crate::stage;

/// Busy meters cost most; the two that every style knows are measured.
const METERS: [(u8, u8); 2] = [(4, 4), (7, 8)];

pub(super) fn measure() -> Map<String, Value> {
    let mut bars = Vec::new();
    let mut phrases: f64 = 0.0;
    let mut plan: f64 = 0.0;
    for style in stage::styles() {
        for (numerator, denominator) in METERS {
            let meter = Meter::new(numerator, denominator).unwrap_or_default();
            bars.extend(bar_costs_us(style, meter));
            phrases = phrases.max(phrase_worst_us(style, meter));
            plan = plan.max(plan_ms(style, meter));
        }
    }
    bars.sort_by(f64::total_cmp);
    let mut figures = Map::new();
    figures.insert(
        "perform_bar_median_us".into(),
        figure(bars.get(bars.len() / 2).copied().unwrap_or(0.0)),
    );
    figures.insert(
        "perform_bar_worst_us".into(),
        figure(bars.last().copied().unwrap_or(0.0)),
    );
    figures.insert("compose_phrase_worst_us".into(), figure(phrases));
    figures.insert("plan_64_bars_ms".into(), figure(plan));
    figures
}

fn controls(style: &Style) -> Controls {
    Controls {
        style: style.slot,
        ..Controls::default()
    }
}

/// Seconds that `work` takes.
fn seconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

/// Every bar of 64, its phrase composed already.
fn bar_costs_us(style: &Style, meter: Meter) -> Vec<f64> {
    let song = Song {
        bars: 64,
        meter,
        ..Song::default()
    };
    let Some(styles) = StyleBook::new(stage::styles()) else {
        return Vec::new();
    };
    let material = Material {
        song: &song,
        styles,
        take: None,
    };
    let latch = controls(style).latch();
    let mut band = Box::<Band>::default();
    let mut notes = Box::<BarNotes>::default();
    let mut costs = Vec::new();
    for bar in 0..64 {
        let place = BarPlace {
            bar_index: bar,
            start: Tick(bar as i64 * meter.bar_ticks()),
            meter,
            tempo_mbpm: style.tempo.1 as u32 * 1000,
        };
        band.bar(material, &latch, &place, &mut notes);
        let least = (0..PASSES)
            .map(|_| {
                seconds(|| band.bar(black_box(material), black_box(&latch), &place, &mut notes))
            })
            .fold(f64::MAX, f64::min);
        black_box(&notes);
        costs.push(least * 1e6);
    }
    costs
}

/// The dearest phrase of a form of 400 bars, form and all, when the seed has just changed.
fn phrase_worst_us(style: &Style, meter: Meter) -> f64 {
    let song = Song {
        bars: 400,
        meter,
        ..Song::default()
    };
    let Some(styles) = StyleBook::new(stage::styles()) else {
        return 0.0;
    };
    let material = Material {
        song: &song,
        styles,
        take: None,
    };
    let mut band = Box::<Band>::default();
    let latch = controls(style).latch();
    let mut worst: f64 = 0.0;
    for bar in (0..400).step_by(7).chain([399]) {
        let mut least = f64::MAX;
        for _ in 0..PASSES {
            band.invalidate();
            least = least.min(seconds(|| {
                black_box(band.phrase(black_box(material), black_box(&latch), meter, bar));
            }));
        }
        worst = worst.max(least);
    }
    worst * 1e6
}

fn plan_ms(style: &Style, meter: Meter) -> f64 {
    let song = Song {
        bars: 64,
        meter,
        ..Song::default()
    };
    let Some(styles) = StyleBook::new(stage::styles()) else {
        return 0.0;
    };
    let material = Material {
        song: &song,
        styles,
        take: None,
    };
    let latch = controls(style).latch();
    let mut band = Box::<Band>::default();
    let least = (0..PASSES)
        .map(|_| {
            band.invalidate();
            seconds(|| {
                let mut bar = 0;
                while bar < 64 {
                    let phrase = band.phrase(black_box(material), black_box(&latch), meter, bar);
                    bar = (phrase.first_bar + phrase.bars).max(bar + 1);
                }
            })
        })
        .fold(f64::MAX, f64::min);
    least * 1e3
}
