//! The energy curve: what the style says of each kind, rising with every return, builds that climb.

use music::plan::{Form, SectionKind};
use music::style::FormStyle;

/// Taste: where a style says nothing of a kind, in the order of [`SectionKind::ALL`].
const USUAL: [u8; SectionKind::COUNT] = [35, 50, 60, 78, 55, 70, 30, 55, 90, 38];

/// Taste: percent by which each return of a kind is hotter than the time before, and at most in all.
const RETURN_RISE: u8 = 3;
const RETURN_MOST: u8 = 9;

/// How far a section's energy moves from its start to its end. Taste.
const fn slope(kind: SectionKind) -> i32 {
    match kind {
        SectionKind::Intro => 6,
        SectionKind::PreChorus => 14,
        SectionKind::Solo => 10,
        SectionKind::Breakdown => 8,
        SectionKind::Build => 32,
        SectionKind::Outro => -18,
        _ => 0,
    }
}

/// What a style says of a kind's energy, percent, or what is usual.
pub fn usual(style: &FormStyle, kind: SectionKind) -> u8 {
    match style.energy[kind as usize] {
        0 => USUAL[kind as usize],
        said => said,
    }
}

/// Writes `energy` and `energy_end` of every section; `rising`: each return of a kind is hotter.
pub fn lay(style: &FormStyle, form: &mut Form, rising: bool) {
    let mut seen = [0u8; SectionKind::COUNT];
    for section in &mut form.sections {
        let kind = section.kind as usize;
        let base = usual(style, section.kind);
        let rise = match section.kind {
            SectionKind::Intro | SectionKind::Outro | SectionKind::Breakdown => 0,
            _ if !rising => 0,
            _ => (seen[kind] * RETURN_RISE).min(RETURN_MOST),
        };
        seen[kind] = seen[kind].saturating_add(1).min(20);
        section.energy = (base as i32 + rise as i32).clamp(5, 100) as u8;
        section.energy_end = (section.energy as i32 + slope(section.kind)).clamp(5, 100) as u8;
    }
}
