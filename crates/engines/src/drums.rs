//! DrummaRoo plays the kit: which groove, what is added and moved, what leads on, and that hands and feet
//! can play it.
//!
//! A bar starts as the style's groove as this song plays it ([`skeleton`], [`architect`]), struck as hard as
//! meter and players ask ([`accents`]). Alternates are laid beside it, each behind its own control: displaced
//! kicks ([`syncopation`]), varied bars ([`variation`]), a rim that speaks ([`clave`]), opening hats and crashes ([`cymbals`]), ghosts and
//! rolls ([`ghosts`], [`rolls`]), what only a dense kit plays ([`busy`]), layers against the beat
//! ([`polyrhythm`]), fills ([`fills`]) and stops ([`breaks`]). The [`integrator`] then settles once, over all of them, what two
//! hands and two feet can reach, so that no control can ask for more.
//!
//! Runs in the audio callback. It reads no other lane; the bass reads [`skeleton::kicks`].

mod accents;
mod architect;
pub mod breaks;
mod busy;
mod clave;
mod cymbals;
mod fills;
mod ghosts;
mod integrator;
mod kit;
mod polyrhythm;
mod rolls;
pub mod skeleton;
mod syncopation;
#[cfg(test)]
mod tests;
mod variation;

use music::lane::Lane;
use music::note::Candidates;

use crate::view::{BarView, Engine};

pub use architect::is_swung;
use kit::Kit;
use skeleton::Reading;

/// DrummaRoo plays the kit.
pub struct DrummaRoo;

impl Engine for DrummaRoo {
    fn lane(&self) -> Lane {
        Lane::Drums
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let mut kit = Kit::new(view, out);
        if view.is_ending() {
            cymbals::end(&mut kit);
        } else {
            let reading = Reading::new(view);
            if let Some(reading) = &reading {
                skeleton::play(&mut kit, reading);
            }
            syncopation::displace(&mut kit);
            variation::vary(&mut kit);
            clave::converse(&mut kit);
            cymbals::open_up(&mut kit);
            if let Some(reading) = &reading {
                rolls::divide(&mut kit, reading);
            }
            ghosts::whisper(&mut kit);
            busy::crowd(&mut kit);
            polyrhythm::layer(&mut kit);
            cymbals::crash(&mut kit);
            fills::fill(&mut kit);
            breaks::hold(&mut kit);
        }
        integrator::settle(view, kit.out);
    }
}
