//! The automatic mix: from what every lane and the whole sound like to few numbers, each with its reason.
//!
//! The worker plays the song through, measures each stem and the mix before its master, and hands them over
//! as [`Heard`]. [`decide`] answers with levels, equalisers, pans, ducking and section rides as plain
//! [`Decisions`]; the master's gain is found afterwards by playing through the master. What a mix of the genre
//! is like (balance, slope) stands in the profile; how far a decision may go stands here.
//!
//! It corrects and never composes: a song that fits its profile is left alone.

mod balance;
mod masking;
mod rides;
mod tone;

use music::lane::{LANES, Lane};
use music::mix::{Decision, Decisions, MixProfile, Reason, What};
use music::plan::SectionKind;

use crate::mastering::Likeness;

pub use self::tone::slope_db;

/// What one kind of section sounded like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SectionHeard {
    /// Which.
    pub kind: SectionKind,
    /// Mean energy that the form asks for, percent.
    pub energy: f32,
    /// How long it lasts in all, seconds.
    pub seconds: f32,
    /// Loudness of the mix in it, LUFS.
    pub lufs: f32,
}

/// What was heard of a song, mixed as its style says and without decisions.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Each lane's stem by [`Lane::index`]; `None` where it was silent.
    pub lanes: [Option<Likeness>; LANES],
    /// The mix before its master.
    pub mix: Likeness,
    /// Where each lane stands, −1 … 1.
    pub pans: [f32; LANES],
    /// By kind, each at most once.
    pub sections: Vec<SectionHeard>,
}

impl Heard {
    fn lane(&self, lane: Lane) -> Option<&Likeness> {
        self.lanes[lane.index()].as_ref().filter(|l| !l.is_silent())
    }
}

/// What to change so that the song sounds as its profile asks.
pub fn decide(heard: &Heard, profile: &MixProfile) -> Decisions {
    let mut out = Decisions::default();
    if heard.mix.is_silent() {
        return out;
    }
    balance::levels(heard, profile, &mut out);
    balance::pans(heard, &mut out);
    masking::low(heard, &mut out);
    masking::tune(heard, &mut out);
    tone::colours(heard, &mut out);
    tone::slope(heard, profile, &mut out);
    rides::by_energy(heard, &mut out);
    // The weightiest first, as a listener would hear them: a dB anywhere weighs the same.
    out.decisions
        .sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    out
}

/// Writes a reason down; where the list is full the numbers still count.
fn note(out: &mut Decisions, what: What, amount: f32, why: Reason) {
    let _ = out.decisions.push(Decision { what, amount, why });
}

/// To one decimal: what is shown is what is done.
fn tenth(x: f32) -> f32 {
    (10.0 * x).round() / 10.0
}

#[cfg(test)]
mod tests;
