//! Shape of arpeggios over a phrase: where accents fall, how long tones are held, where the figure sits.
//!
//! A sequencer repeats; a player leans on a group of steps, opens up towards the end of a phrase, and moves the
//! hand up as the music heats up. Which groups a section kind leans on stays; the rest follows from the bar's
//! place in its phrase and the section's energy. It changes force, length and pitch, never what is heard.

use music::lane::Lane;
use music::time::TICKS_PER_STEP;

use crate::dice::Purpose;
use crate::placement::Placed;
use crate::view::BarView;

/// Groups of sixteenths whose first is accented; a group that does not fill the bar starts anew with it. Taste:
/// fours, three and three and two, sixes against the bar, threes.
const GROUPS: [&[u8]; 5] = [
    &[4, 4, 4, 4],
    &[3, 3, 2],
    &[6, 6, 4],
    &[3, 3, 3, 3, 4],
    &[8, 4, 4],
];
/// How often each. Taste.
const GROUP_WEIGHTS: [u8; 5] = [4, 4, 2, 2, 2];
/// Force of a group's first step and of the others. Taste.
const ACCENT: i32 = 9;
const OTHERS: i32 = -4;
/// Force on top by quarter of the phrase. Taste: it opens towards the last.
const SWELL: [i32; 4] = [-2, 0, 3, 5];
/// Share of the way to the next tone that is held: at a group's start, elsewhere at low and high energy, percent.
/// Taste: quiet arpeggios ring, driven ones are short.
const HELD: [i64; 3] = [100, 92, 58];

/// The shape of one bar.
#[derive(Clone, Copy, Debug)]
pub struct Contour {
    groups: &'static [u8],
    swell: i32,
    held: i64,
    /// How many voices the figure is turned up.
    pub inversion: usize,
}

/// The bar's shape. `voices` is how many places the figure has.
pub fn of(view: &BarView) -> Contour {
    let dice = view.kind_dice.lane(Lane::Texture);
    let choice = dice.pick(Purpose::Accent, 0, &GROUP_WEIGHTS).unwrap_or(0);
    let bars = view.phrase.bars.max(1) as usize;
    let quarter = (view.bar_in_phrase as usize * 4 / bars).min(3);
    let energy = view.energy() as i64;
    // Taste: hot sections sit an inversion higher; a rise takes the hand up with it, and every other phrase climbs
    // in its second half.
    let rises = view.section.energy_end > view.section.energy;
    let climbs = rises || dice.chance(Purpose::Figure, 40 + view.phrase_index as u32 % 2, 45);
    // A final section is lifted by its octaves instead.
    let inversion = if view.section.is_final {
        0
    } else {
        (energy >= 75) as usize + (climbs && quarter >= 2) as usize
    };
    Contour {
        groups: GROUPS[choice],
        swell: SWELL[quarter] + (energy as i32 - 50) / 12,
        held: HELD[1] + (HELD[2] - HELD[1]) * energy / 100,
        inversion,
    }
}

impl Contour {
    /// Whether a step starts a group.
    pub fn leans(&self, placed: &Placed) -> bool {
        let step = (placed.tick / TICKS_PER_STEP) as u32;
        let whole: u32 = self.groups.iter().map(|g| *g as u32).sum();
        let mut place = step % whole.max(1);
        for group in self.groups {
            if place == 0 {
                return placed.tick % TICKS_PER_STEP == 0;
            }
            if place < *group as u32 {
                return false;
            }
            place -= *group as u32;
        }
        false
    }
    /// Force on top of what the step asks for.
    pub fn force(&self, placed: &Placed) -> i32 {
        self.swell + if self.leans(placed) { ACCENT } else { OTHERS }
    }
    /// How long a tone lasts whose way to the next is so long.
    pub fn lasting(&self, placed: &Placed, ticks: i64) -> i64 {
        let percent = if self.leans(placed) {
            HELD[0]
        } else {
            self.held
        };
        (ticks * percent / 100).max(1)
    }
}
