//! BassaRoo plays the bass: one voice under the band that follows the kick and leads from chord to chord.
//!
//! A bar is drafted by the style's way of playing: written patterns of roles ([`pattern`]), a walking line
//! ([`walking`]), or long low notes ([`sub`]). Roots are put where chords change, kick strokes get their share
//! of notes ([`lock`]), alternates wait behind variation and syncopation ([`alternates`], [`syncopation`]),
//! approaches are weighed ([`arrivals`]), a last hook lifts ([`lift`]) and a section's end leads on or stops
//! ([`pickups`]). Then every draft gets its pitch ([`pitches`]) and its length ([`line`]); some
//! are held into the next ([`slides`]).
//!
//! Runs in the audio callback. Reads the plan's chords and the style's groove, never what the drums were
//! turned to, and never the next section.

mod alternates;
mod arrivals;
mod chords;
mod lift;
mod line;
mod lock;
mod pattern;
mod pickups;
mod pitches;
mod slides;
mod sub;
mod syncopation;
#[cfg(test)]
mod tests;
mod walking;

use music::lane::Lane;
use music::note::Candidates;
use music::style::BassTechnique;
use music::technique::Rhythm;

use crate::view::{BarView, Engine};

use line::{Draft, Line};

/// BassaRoo plays the bass.
pub struct BassaRoo;

impl Engine for BassaRoo {
    fn lane(&self) -> Lane {
        Lane::Bass
    }
    fn perform(&self, view: &BarView, out: &mut Candidates) {
        let mut line = Line::new(view);
        if view.is_ending() {
            line.add(Draft {
                span: view.grid.slots.len() as u8,
                ..Draft::root(0, 9)
            });
        } else {
            let style = view.rhythm() == Rhythm::Style;
            match view.style.bass.technique {
                BassTechnique::Walking if style => walking::walk(&mut line),
                BassTechnique::Sub if style => sub::play(&mut line),
                // What a technique lays reads the written patterns.
                _ => pattern::play(&mut line),
            }
            let walks = view.style.bass.technique == BassTechnique::Walking;
            if !(walks && style) {
                lock::changes(&mut line);
            }
            // What a technique lays stands as it is.
            if style {
                if !walks {
                    alternates::vary(&mut line);
                    arrivals::settle(&mut line);
                }
                lock::follow_kick(&mut line);
                match view.style.bass.technique {
                    BassTechnique::Sub => sub::hold(&mut line),
                    BassTechnique::Pattern => lift::lift(&mut line),
                    BassTechnique::Walking => {}
                }
                syncopation::displace(&mut line);
            }
            pickups::lead_on(&mut line);
        }
        line.settle();
        pitches::choose(&mut line);
        line.write(out);
    }
}
