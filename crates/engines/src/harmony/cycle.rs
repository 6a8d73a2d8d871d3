//! Cycles of roots in the place of progressions.
//!
//! The style's progression still says how long each chord lasts. The cycle runs on through the section, so
//! that any phrase knows where it stands in it. Chords of diatonic cycles are the scale's; those of symmetric
//! ones are built like the tonic's own. Reference: Schillinger, *The Schillinger System of Musical
//! Composition*, 1946, book V.

use music::chord::Quality;
use music::pitch::Scale;
use music::roman::{Roman, triad};
use music::technique::RootCycle;

use super::progression::Cells;
use crate::schillinger::roots::{Root, root};

/// Puts the cycle's roots in the place of the progression's, whose rounds have `chords` chords.
pub fn lay(cells: &mut Cells, cycle: RootCycle, scale: Scale, chords: u16) {
    for cell in cells.iter_mut() {
        let index = cell.round as u32 * chords.max(1) as u32 + cell.chord as u32;
        if let Some(root) = root(cycle, index) {
            cell.roman = chord(root, scale);
        }
    }
}

/// The chord on a root of a cycle.
pub fn chord(root: Root, scale: Scale) -> Roman {
    let parent = scale.harmonic_parent();
    match root {
        Root::Degree(degree) => Roman {
            degree,
            // Written out, so that no mode exchanges it for a steadier one.
            quality: Some(triad(parent, degree as i32)),
            ..Roman::default()
        },
        Root::Semitones(above) => {
            let (degree, accidental) = place(above);
            Roman {
                degree,
                accidental,
                borrowed: true,
                quality: Some(if scale.is_minor() {
                    Quality::Minor
                } else {
                    Quality::Major
                }),
                ..Roman::default()
            }
        }
    }
}

/// Degree of the major scale and accidental of so many semitones.
fn place(above: u8) -> (u8, i8) {
    let degree = (0..7)
        .rev()
        .find(|d| Scale::Major.degree(*d) <= above as i32);
    let degree = degree.unwrap_or(0);
    (
        degree as u8,
        (above as i32 - Scale::Major.degree(degree)) as i8,
    )
}

#[cfg(test)]
mod tests;
