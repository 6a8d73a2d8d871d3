//! How a lane feels time: how early or late and how hard it plays each place of a bar, from its own notes.
//!
//! The engine says of every note where on the grid it belongs and where it is played; swing, push, groove and human
//! timing are the way between. What a hand wrote has no such way and is left out.

use authoring::editing::notes::Written;
use music::note::Note;

/// Ticks of a step.
const STEP: i32 = 240;
/// Most steps of a bar that are told apart: 13/4 has fewer.
const MOST_STEPS: usize = 64;

/// Least, mean and greatest of something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Least.
    pub low: f32,
    /// Mean.
    pub mean: f32,
    /// Greatest.
    pub high: f32,
}

impl Spread {
    fn of(values: impl Iterator<Item = f32> + Clone) -> Spread {
        let count = values.clone().count().max(1) as f32;
        Spread {
            low: values.clone().fold(f32::MAX, f32::min),
            high: values.clone().fold(f32::MIN, f32::max),
            mean: values.sum::<f32>() / count,
        }
    }
}

/// A place of the bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Felt {
    /// Ticks from the bar's start, on the grid.
    pub grid: f32,
    /// Ticks behind the grid.
    pub late: Spread,
    /// Velocity.
    pub velocity: Spread,
    /// Notes that say so.
    pub notes: usize,
}

/// The places of a bar that those notes of a lane play that count, by rising place.
pub fn felt(notes: &[Note], origins: &[Written], counts: impl Fn(&Note) -> bool) -> Vec<Felt> {
    let mut steps: Vec<Vec<(i16, f32, f32)>> = Vec::new();
    let all = notes.iter().zip(origins);
    for (note, origin) in all.filter(|(n, o)| !o.kept && counts(n)) {
        let step = (i32::from(origin.grid) + STEP / 2).div_euclid(STEP);
        let Some(step) = usize::try_from(step).ok().filter(|s| *s < MOST_STEPS) else {
            continue;
        };
        if steps.len() <= step {
            steps.resize_with(step + 1, Vec::new);
        }
        let late = f32::from(origin.onset) - f32::from(origin.grid);
        steps[step].push((origin.grid, late, f32::from(note.velocity)));
    }
    let felt = |all: &Vec<(i16, f32, f32)>| Felt {
        grid: Spread::of(all.iter().map(|(grid, _, _)| f32::from(*grid))).mean,
        late: Spread::of(all.iter().map(|(_, late, _)| *late)),
        velocity: Spread::of(all.iter().map(|(_, _, velocity)| *velocity)),
        notes: all.len(),
    };
    steps
        .iter()
        .filter(|all| !all.is_empty())
        .map(felt)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use authoring::editing::notes::Spot;
    use music::lane::Lane;
    use music::note::Role;
    use music::pitch::Pitch;
    use music::time::Tick;

    fn played(grid: i16, onset: i16, velocity: u8, kept: bool) -> (Note, Written) {
        let spot = Spot {
            section: 0,
            bar: 0,
            lane: Lane::Bass,
        };
        let (pitch, role) = (Pitch(40), Role::Approach);
        let note = Note {
            lane: Lane::Bass,
            onset: Tick(onset.into()),
            duration: 200,
            pitch,
            velocity,
            role,
        };
        let origin = Written {
            spot,
            grid,
            onset,
            duration: 200,
            pitch,
            velocity,
            role,
            kept,
        };
        (note, origin)
    }

    #[test]
    fn each_step_says_how_late_and_how_hard_it_is_played() {
        let all = [
            played(0, -10, 100, false),
            played(0, 20, 80, false),
            played(240, 320, 60, false),
            played(250, 900, 60, true),
        ];
        let (notes, origins): (Vec<Note>, Vec<Written>) = all.into_iter().unzip();
        let felt = felt(&notes, &origins, |_| true);
        assert_eq!(felt.len(), 2);
        let spread = |low, mean, high| Spread { low, mean, high };
        assert_eq!(felt[0].late, spread(-10.0, 5.0, 20.0));
        assert_eq!(felt[0].velocity, spread(80.0, 90.0, 100.0));
        assert_eq!(
            (felt[1].grid, felt[1].late.mean, felt[1].notes),
            (240.0, 80.0, 1)
        );
    }
}
