//! The measurements as tables: a short one to read, a long one to reckon with.

use std::fmt::Write as _;
use std::path::Path;

use crate::common::expected::Sound;
use crate::common::likeness::LEAST_APART_DB;
use crate::common::measure::{THIRDS, third_hz};

/// A note or a stroke.
pub struct Row {
    pub stem: String,
    pub what: String,
    pub sound: Sound,
    pub faults: Vec<&'static str>,
    /// Thirds of an octave from the onset on, dB against the strongest.
    pub levels: [f64; THIRDS],
}

fn words(faults: &[&str]) -> String {
    if faults.is_empty() {
        "good".to_owned()
    } else {
        faults.join(", ")
    }
}

/// Writes `table.md` and `table.csv`.
pub fn write(folder: &Path, rows: &[&Row], pairs: &[(f64, String, String)]) -> std::io::Result<()> {
    let mut short = String::from("# Every sound, measured\n\n");
    let bad = rows.iter().filter(|r| !r.faults.is_empty()).count();
    let alike = pairs.iter().filter(|p| p.0 < LEAST_APART_DB).count();
    let _ = writeln!(
        short,
        "{} sounds, {bad} outside their family's ranges; {alike} alike.\n",
        rows.len()
    );
    short += "| sound | loudness dB | peak dB | crest dB | centroid Hz | air % | side dB | fall s | cents | verdict |\n";
    short += "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n";
    let mut long = String::from(
        "stem,sound,loudness_db,peak_db,crest_db,centroid_hz,air,side_db,fall_s,cents,verdict",
    );
    for band in 0..THIRDS {
        let _ = write!(long, ",{:.0}", third_hz(band));
    }
    for row in rows {
        let s = &row.sound;
        let cents = s.cents.map_or(String::new(), |c| format!("{c:+.1}"));
        let _ = writeln!(
            short,
            "| {} {} | {:.1} | {:.1} | {:.1} | {:.0} | {:.2} | {:.1} | {:.2} | {cents} | {} |",
            row.stem,
            row.what,
            s.loudness_db,
            s.peak_db,
            s.crest_db,
            s.centroid_hz,
            100.0 * s.air,
            s.width_db,
            s.fall_s,
            words(&row.faults)
        );
        let _ = write!(
            long,
            "\n{},{},{:.2},{:.2},{:.2},{:.1},{:.6},{:.2},{:.2},{cents},{}",
            row.stem,
            row.what,
            s.loudness_db,
            s.peak_db,
            s.crest_db,
            s.centroid_hz,
            s.air,
            s.width_db,
            s.fall_s,
            words(&row.faults).replace(", ", " + ")
        );
        for level in row.levels {
            let _ = write!(long, ",{level:.1}");
        }
    }
    long.push('\n');
    short += "\n## Nearest neighbours\n\ndB that stay between two sounds once one gain and one smooth equaliser have made them as equal as can be.\n\n| apart dB | sound | nearest | verdict |\n|--:|---|---|---|\n";
    for (apart, one, other) in pairs {
        let verdict = if *apart < LEAST_APART_DB {
            "alike"
        } else {
            "good"
        };
        let _ = writeln!(short, "| {apart:.2} | {one} | {other} | {verdict} |");
    }
    std::fs::write(folder.join("table.md"), short)?;
    std::fs::write(folder.join("table.csv"), long)
}
