//! ArrangementRoo builds the form: sections, energy, who plays when.

use music::controls::Latch;
use music::plan::Form;

use crate::view::Material;

/// The form of the song under the latched style and seed.
pub fn compose(material: Material, latch: &Latch, form: &mut Form) {
    let _ = (material, latch);
    form.sections.clear();
}
