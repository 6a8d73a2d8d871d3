//! `host variety`: how much songs of a style share, over a thousand seeds, and how much two styles do. Loads no
//! plug-in; melody and drums of the first eight bars come from the engines on a bare stage.

mod prints;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::render::arguments::usage;
use crate::stage;
pub use prints::{Print, median, prints};

/// Most that two songs of a style may share in the middle, of their melody and of their drums.
pub const MOST_SHARED: [f64; 2] = [0.05, 0.20];
/// Names of the two.
pub const NAMES: [&str; 2] = ["melody", "drums"];
/// Seeds of two styles that are compared with one another, all with all.
const BETWEEN: usize = 100;

/// What the songs of a style have in common on one lane.
#[derive(Clone, Debug)]
pub struct Within {
    /// Median of what two songs share.
    pub shared: f64,
    /// Songs that repeat another one to the note.
    pub twins: usize,
    /// Songs with enough notes to compare.
    pub compared: usize,
}

/// Compares every song with every other one.
pub fn within(songs: &[Print]) -> Within {
    let told: Vec<&Print> = songs.iter().filter(|p| p.tells()).collect();
    let mut values = Vec::with_capacity(told.len() * told.len() / 2);
    for (index, song) in told.iter().enumerate() {
        values.extend(told[..index].iter().map(|other| song.jaccard(other)));
    }
    let different: HashSet<&&Print> = told.iter().collect();
    Within {
        shared: median(&mut values),
        twins: told.len() - different.len(),
        compared: told.len(),
    }
}

/// How far a median over some songs strays from that over all songs: its standard error, from what becomes of it when
/// a tenth of the songs is left out in turn. Reference: the grouped jackknife (Quenouille, Tukey).
pub fn scatter(songs: usize, median_without: impl Fn(&dyn Fn(usize) -> bool) -> f64) -> f64 {
    let groups = songs.clamp(1, 10);
    let medians: Vec<f64> = (0..groups)
        .map(|group| median_without(&|song| song % groups != group))
        .collect();
    let count = groups as f64;
    let mean = medians.iter().sum::<f64>() / count;
    let spread: f64 = medians.iter().map(|m| (m - mean) * (m - mean)).sum();
    (spread * (count - 1.0) / count).sqrt()
}

/// Median of what songs of one style share with songs of another.
pub fn between(a: &[Print], b: &[Print]) -> f64 {
    let told = |songs: &[Print]| {
        let told = songs.iter().filter(|p| p.tells()).take(BETWEEN);
        told.cloned().collect::<Vec<_>>()
    };
    let (a, b) = (told(a), told(b));
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| x.jaccard(y)));
    median(&mut pairs.collect::<Vec<_>>())
}

/// The command: `variety FILE [SEEDS] [NAME]...` measures and writes JSON.
///
/// # Errors
/// Words that it does not know; a disk that refuses.
pub fn command(words: &[String]) -> Result<()> {
    let [file, rest @ ..] = words else {
        bail!(usage("variety needs a file to write"));
    };
    let (seeds, names) = match rest.split_first() {
        None => (1000, rest),
        Some((text, names)) => match text.parse::<u16>() {
            Ok(seeds @ 2..=9999) => (seeds, names),
            _ => bail!(usage(format!("{text} is no number of seeds: 2 to 9999"))),
        },
    };
    let json = measure(seeds, names);
    let text = serde_json::to_string_pretty(&json)? + "\n";
    std::fs::write(file, text).with_context(|| format!("cannot write {file}"))
}

/// Everything measured, of all styles or of those named.
pub fn measure(seeds: u16, names: &[String]) -> Value {
    let styles: Vec<_> = stage::styles()
        .iter()
        .filter(|s| names.is_empty() || names.iter().any(|n| *n == *s.stem))
        .collect();
    let songs = spread(styles.len(), |at| {
        let all = (0..seeds).map(|seed| prints(styles[at], seed));
        let (melodies, drums): (Vec<Print>, Vec<Print>) = all.map(|[m, d]| (m, d)).unzip();
        let own = [within(&melodies), within(&drums)];
        (own, drums.into_iter().take(4 * BETWEEN).collect::<Vec<_>>())
    });
    let rows: Vec<Value> = styles
        .iter()
        .zip(&songs)
        .map(|(style, (own, _))| {
            let [melody, drums] = own.each_ref().map(
                |w| json!({ "shared": round(w.shared), "twins": w.twins, "compared": w.compared }),
            );
            json!({ "style": style.stem.as_str(), "melody": melody, "drums": drums })
        })
        .collect();
    let pairs: Vec<(usize, usize)> = (0..styles.len())
        .flat_map(|a| (0..a).map(move |b| (b, a)))
        .collect();
    let shared = spread(pairs.len(), |at| {
        between(&songs[pairs[at].0].1, &songs[pairs[at].1].1)
    });
    let close: Vec<Value> = pairs
        .iter()
        .zip(&shared)
        .filter_map(|((a, b), between)| {
            let inside = [*a, *b].map(|style| songs[style].0[1].shared);
            let is_close = *between >= inside[0].min(inside[1]);
            is_close.then(|| {
                json!({
                    "styles": [styles[*a].stem.as_str(), styles[*b].stem.as_str()],
                    "between": round(*between), "within": inside.map(round),
                })
            })
        })
        .collect();
    json!({ "seeds": seeds, "styles": rows, "pairs": pairs.len(), "close": close })
}

/// Three digits after the point.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The answers to questions 0 to `count`, worked out on every core.
fn spread<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::with_capacity(count));
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            // Bars and plans are large values, and unoptimised code moves them over the stack.
            let worker = std::thread::Builder::new().stack_size(16 << 20);
            let _ = worker.spawn_scoped(scope, || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let answer = work(at);
                    if let Ok(mut found) = found.lock() {
                        found.push((at, answer));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, answer)| answer).collect()
}
