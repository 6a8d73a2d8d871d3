//! How a pitch class is written: with a sharp or with a flat.

use crate::pitch::{Key, PitchClass, Scale};

/// Letters of the natural notes by pitch class, and of each interval's degree above a tonic.
const LETTERS: [&str; 7] = ["C", "D", "E", "F", "G", "A", "B"];
const DEGREES: [usize; 12] = [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6];

/// Whether `root` is written with a flat: the spelling whose letter is the degree that it stands on above
/// the tonic, so that the flat seventh of C is Bb and the third of A is C#.
pub fn writes_flat(key: Key, scale: Scale, root: PitchClass) -> bool {
    let usual_flats = if scale.is_minor() { [3, 10] } else { [1, 8] };
    let tonic_flat = matches!(key.0, 3 | 10) || usual_flats.contains(&key.0);
    let at = |names: &[&str; 12], class: PitchClass| {
        let letter = &names[class.0 as usize % 12][..1];
        LETTERS.iter().position(|l| *l == letter).unwrap_or(0)
    };
    let names = if tonic_flat {
        &PitchClass::FLATS
    } else {
        &PitchClass::SHARPS
    };
    let wanted = (at(names, key) + DEGREES[key.to(root) as usize]) % 7;
    if at(&PitchClass::FLATS, root) == wanted {
        true
    } else if at(&PitchClass::SHARPS, root) == wanted {
        false
    } else {
        tonic_flat || key.0 == 5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_spelled_by_their_degree() {
        let spelled = |key: u8, scale, root: u8| {
            let flat = writes_flat(PitchClass(key), scale, PitchClass(root));
            let names = if flat {
                PitchClass::FLATS
            } else {
                PitchClass::SHARPS
            };
            names[root as usize]
        };
        for (key, scale, root, name) in [
            (0, Scale::Major, 10, "Bb"),
            (0, Scale::Minor, 3, "Eb"),
            (9, Scale::Major, 1, "C#"),
            (5, Scale::Major, 10, "Bb"),
            (4, Scale::Minor, 6, "F#"),
            (2, Scale::Major, 10, "Bb"),
            (8, Scale::Minor, 6, "F#"),
            (8, Scale::Major, 1, "Db"),
            (10, Scale::Minor, 8, "Ab"),
        ] {
            assert_eq!(spelled(key, scale, root), name, "{root} in {key} {scale:?}");
        }
    }
}
