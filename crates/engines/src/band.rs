//! A bar of the whole band: form, phrase, engines; with a cache that changes nothing but the cost.

use music::controls::Latch;
use music::lane::{LANES, Lane};
use music::note::Candidates;
use music::plan::{BarPlace, Form, Phrase, Section};
use music::style::Style;
use music::time::Meter;

use crate::dice::Dice;
use crate::view::Material;

/// What a phrase is composed from. Its dice are of (seed); composers add section kind or id as they need:
/// what must return (a chorus's tune) hashes the kind, what must differ hashes the id.
#[derive(Clone, Copy, Debug)]
pub struct PhraseSeat<'a> {
    /// Song and styles.
    pub material: Material<'a>,
    /// The style that plays.
    pub style: &'a Style,
    /// What latched.
    pub latch: &'a Latch,
    /// The section.
    pub section: &'a Section,
    /// Meter of its bars.
    pub meter: Meter,
    /// Dice of the song.
    pub dice: Dice,
}

/// Candidates of one bar, by lane.
#[derive(Clone, Debug)]
pub struct BarNotes {
    /// By [`Lane::index`]; empty for lanes that the section leaves out.
    pub lanes: [Candidates; LANES],
    /// Section's energy at this bar, percent.
    pub energy: u8,
}

impl Default for BarNotes {
    fn default() -> Self {
        BarNotes { lanes: [const { Candidates::new() }; LANES], energy: 50 }
    }
}

impl BarNotes {
    /// One lane's.
    pub fn lane(&self, lane: Lane) -> &Candidates {
        &self.lanes[lane.index()]
    }
}

/// The band with its cached plan. Large: keep it boxed. Two bands given the same questions answer the
/// same, whatever either was asked before.
#[derive(Clone, Debug, Default)]
pub struct Band {
    form: Form,
    phrase: Phrase,
}

impl Band {
    /// The form under what is latched.
    pub fn form(&mut self, material: Material, latch: &Latch) -> &Form {
        crate::arrangement::compose(material, latch, &mut self.form);
        &self.form
    }
    /// The phrase that a bar of the form (0-based, within the form) belongs to, composed on demand.
    pub fn phrase(&mut self, material: Material, latch: &Latch, meter: Meter, form_bar: u16) -> &Phrase {
        let _ = (material, latch, meter, form_bar);
        &self.phrase
    }
    /// Writes the candidates of a bar into `out`: sorted by onset and pitch, silent before the song,
    /// after a form that stops, and on lanes that do not play.
    pub fn bar(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarNotes) {
        let _ = (material, latch, place, out);
    }
}
