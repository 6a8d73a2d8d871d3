//! What is asked of the music, held against the kit's answers.
//!
//! Targets are the project's own; a metric that bad music passes too is shown and never counted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Drummers whose band asks 70 % of the songs on every metric.
const DRUMMERS: [&str; 6] = ["rock", "funk", "hiphop", "jazz", "latin", "soul"];
/// Share of songs inside, for pop-like melody and harmony, and for drums.
const PITCHED_SHARE: f64 = 0.8;
const DRUMS_SHARE: f64 = 0.7;
/// Least overlap area of each feature, and on average.
const OVERLAP_EACH: f64 = 0.7;
const OVERLAP_MEAN: f64 = 0.8;

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    reference: String,
    metric: String,
    value: Option<f64>,
    band: Option<(f64, f64)>,
    share: Option<f64>,
    target: String,
    /// `None`: shown, not counted.
    pub met: Option<bool>,
}

impl Row {
    /// For the report.
    pub fn json(&self) -> Value {
        json!({
            "songs": self.reference, "metric": self.metric, "median": self.value,
            "band": self.band.map(|(low, high)| [low, high]), "share_inside": self.share,
            "target": self.target, "met": self.met,
        })
    }
    /// For the terminal.
    pub fn line(&self) -> String {
        let number = |n: f64| format!("{n:.3}");
        let band = self
            .band
            .map_or("-".into(), |(low, high)| format!("{low:.3} - {high:.3}"));
        let verdict = match self.met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "-",
        };
        format!(
            "{:<10} {:<38} {:>9} {band:>17} {:>8}  {verdict:<6} {}",
            self.reference,
            self.metric,
            self.value.map_or("-".into(), number),
            self.share
                .map_or("-".into(), |s| format!("{:.0} %", 100.0 * s)),
            self.target
        )
    }
}

/// Every target over the groups of songs (by reference).
pub fn judge(groups: &BTreeMap<String, Value>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (reference, group) in groups {
        let metrics = group["aggregate"].as_array().map_or(&[][..], Vec::as_slice);
        for metric in metrics {
            if let Some(row) = counted(reference, metric) {
                rows.push(row);
            }
        }
        rows.extend(wanted(reference, metrics));
        rows.extend(set(reference, &group["set"]));
    }
    rows
}

/// A metric that counts for its group: melody and harmony of pop, drums of the drummers.
fn counted(reference: &str, metric: &Value) -> Option<Row> {
    let group = metric["group"].as_str()?;
    let kind = metric["kind"].as_str()?;
    let share_wanted = match group {
        "melody" | "harmony" if reference == "pop" => PITCHED_SHARE,
        "drums" if DRUMMERS.contains(&reference) => DRUMS_SHARE,
        _ => return None,
    };
    if !matches!(kind, "tells" | "two-sided") {
        return None;
    }
    let share = metric["share_inside_null_outside"].as_f64();
    let inside = metric["inside"].as_bool().unwrap_or(false);
    Some(Row {
        reference: reference.to_owned(),
        metric: format!("{group} {}", metric["metric"].as_str()?),
        value: metric["value"].as_f64(),
        band: band(metric),
        share,
        target: format!("median inside, {:.0} % inside", 100.0 * share_wanted),
        met: Some(inside && share.is_some_and(|s| s >= share_wanted - 1e-9)),
    })
}

fn band(metric: &Value) -> Option<(f64, f64)> {
    Some((metric["band"][0].as_f64()?, metric["band"][1].as_f64()?))
}

/// Targets with ends of their own, for medians.
fn wanted(reference: &str, metrics: &[Value]) -> Vec<Row> {
    let pop = reference == "pop";
    let beat = ["rock", "funk"].contains(&reference);
    let walks = reference == "jazz";
    let (sd, lag) = ((12.0, 18.0), if walks { (0.2, 0.7) } else { (0.5, 0.7) });
    let drummers = DRUMMERS.contains(&reference);
    let asked: [(&str, &str, bool, (f64, f64)); 12] = [
        ("melody", "long_range_recurrence", pop, (0.40, 1.0)),
        ("melody", "exactly_repeated_bars", pop, (0.45, 0.95)),
        ("melody", "repeated_interval_4grams", pop, (0.82, 1.0)),
        ("melody", "chord_tone_strong_beats", pop, (0.60, 0.95)),
        ("ensemble", "minor_ninth_strong_beats", true, (0.0, 0.02)),
        ("drums", "playable_share", drummers, (1.0, 1.0)),
        ("drums", "residual_timing_sd_ms", drummers, sd),
        ("drums", "residual_timing_lag1", drummers, lag),
        (
            "drums",
            "backbeat_bars",
            ["rock", "pop", "soul"].contains(&reference),
            (0.8, 1.0),
        ),
        (
            "drums",
            "backbeat_bars",
            ["jazz", "latin"].contains(&reference),
            (0.0, 0.2),
        ),
        ("bass", "root_on_chord_change", !walks, (0.85, 1.0)),
        ("bass", "kicks_with_bass", beat, (0.5, 1.0)),
    ];
    let mut rows = Vec::new();
    for (group, name, applies, (low, high)) in asked {
        let found = metrics
            .iter()
            .find(|m| m["group"] == group && m["metric"] == name);
        if let Some(metric) = found.filter(|_| applies) {
            let value = metric["value"].as_f64();
            rows.push(Row {
                reference: reference.to_owned(),
                metric: format!("{group} {name}"),
                value,
                band: band(metric),
                share: None,
                target: format!("median {low} to {high}"),
                met: Some(value.is_some_and(|v| v >= low - 5e-4 && v <= high + 5e-4)),
            });
        }
    }
    rows
}

/// What is asked of all songs of a group together.
fn set(reference: &str, set: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut push = |metric: String, value: Option<f64>, target: String, met: Option<bool>| {
        rows.push(Row {
            reference: reference.to_owned(),
            metric,
            value,
            band: None,
            share: None,
            target,
            met,
        });
    };
    for (lane, most) in [("melody", 0.05), ("drums", 0.2)] {
        let diversity = &set["diversity"][lane];
        let median = diversity["median"].as_f64();
        // Songs of several styles are less alike than the target means: shown, counted by the tests style by style.
        push(
            format!("{lane} Jaccard between songs"),
            median,
            format!("{most} at most in one style"),
            None,
        );
        let pairs = diversity["identical_pairs"].as_f64();
        push(
            format!("{lane} identical pairs"),
            pairs,
            "0".into(),
            Some(pairs == Some(0.0)).filter(|_| pairs.is_some()),
        );
    }
    if reference == "pop"
        && let Some(areas) = set["overlap_area"].as_object()
    {
        let values: Vec<f64> = areas.values().filter_map(Value::as_f64).collect();
        for (name, value) in areas {
            push(
                format!("overlap {name}"),
                value.as_f64(),
                format!("{OVERLAP_EACH:.2} at least"),
                Some(value.as_f64().is_some_and(|v| v >= OVERLAP_EACH)),
            );
        }
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        push(
            "overlap, mean".into(),
            Some(mean),
            format!("{OVERLAP_MEAN:.2} at least"),
            Some(mean >= OVERLAP_MEAN),
        );
    }
    rows
}

/// What the picture shows: by metric the human band, our songs, and each control's median.
pub fn chart(groups: &BTreeMap<String, Value>, controls: &BTreeMap<String, Value>) -> Value {
    let mut rows = Vec::new();
    for (reference, group) in groups {
        let metrics = group["aggregate"].as_array().map_or(&[][..], Vec::as_slice);
        for (index, metric) in metrics.iter().enumerate() {
            let Some(row) = counted(reference, metric) else {
                continue;
            };
            let mut values: Vec<f64> = group["files"]
                .as_array()
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .filter_map(|f| f["metrics"][index]["value"].as_f64())
                .collect();
            values.sort_by(f64::total_cmp);
            let bad: BTreeMap<&String, f64> = controls
                .iter()
                .filter(|_| reference == "pop")
                .filter_map(|(name, answer)| {
                    Some((name, answer["aggregate"][index]["value"].as_f64()?))
                })
                .collect();
            rows.push(json!({
                "songs": reference, "metric": row.metric, "band": row.band.map(|b| [b.0, b.1]),
                "low": quantile(&values, 0.05), "median": row.value, "high": quantile(&values, 0.95),
                "controls": bad, "met": row.met,
            }));
        }
    }
    Value::Array(rows)
}

fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last as f64 * share).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(value: f64, share: f64) -> Value {
        json!({ "group": "melody", "metric": "step_share", "kind": "tells", "value": value, "band": [0.3, 0.6],
            "inside": (0.3..=0.6).contains(&value), "share_inside_null_outside": share })
    }

    #[test]
    fn median_and_share_both_count() {
        let met = |value, share| counted("pop", &metric(value, share)).unwrap().met;
        assert_eq!(met(0.4, 0.8), Some(true));
        assert_eq!(met(0.4, 0.79), Some(false));
        assert_eq!(met(0.7, 1.0), Some(false));
        assert!(counted("rock", &metric(0.4, 1.0)).is_none());
    }

    #[test]
    fn own_ends_are_held_against_medians() {
        let nine = json!({ "group": "ensemble", "metric": "minor_ninth_strong_beats", "kind": "info", "value": 0.05 });
        let rows = wanted("jazz", &[nine]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].met, Some(false));
    }
}
