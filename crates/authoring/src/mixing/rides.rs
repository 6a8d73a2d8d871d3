//! Rides: where sections ask for more energy than the mix gives them, the accompaniment is moved.

use music::lane::Lane;
use music::mix::{Decisions, Reason, What};

use super::{Heard, note, tenth};

/// Loudness that 100 % of energy is worth.
///
/// Taste: from a verse at 45 % to a chorus at 80 % some 1.7 LU.
const LU_FOR_ALL: f32 = 5.0;
/// Furthest that a lane is ridden.
const MOST_DB: f32 = 1.5;
/// Who is ridden. The tune and the bass keep their place; drums are the measure of the others.
const RIDDEN: [Lane; 2] = [Lane::Harmony, Lane::Texture];

/// Moves the accompaniment by kinds of section.
pub fn by_energy(heard: &Heard, out: &mut Decisions) {
    let long: f32 = heard.sections.iter().map(|s| s.seconds).sum();
    if long <= 0.0 || heard.sections.len() < 2 {
        return;
    }
    let mean = |of: fn(&super::SectionHeard) -> f32| -> f32 {
        heard
            .sections
            .iter()
            .map(|s| s.seconds * of(s))
            .sum::<f32>()
            / long
    };
    let (energy, lufs) = (mean(|s| s.energy), mean(|s| s.lufs));
    for section in heard.sections.iter().filter(|s| s.lufs > -60.0) {
        let wanted = LU_FOR_ALL * (section.energy - energy) / 100.0;
        let missing = wanted - (section.lufs - lufs);
        // Only what is asked for and missing: a quiet bridge that is loud, a chorus that does not lift.
        if missing * wanted <= 0.0 || missing.abs() < 0.5 {
            continue;
        }
        let ride = tenth((0.7 * missing).clamp(-MOST_DB, MOST_DB));
        for lane in RIDDEN {
            if heard.lane(lane).is_some() {
                out.by_section_db[section.kind as usize][lane.index()] = ride;
                note(out, What::Section(lane, section.kind), ride, Reason::Energy);
            }
        }
    }
}
