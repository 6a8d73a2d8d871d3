//! Every style and groove at hand.

use super::Style;
use crate::groove::GrooveTemplate;

/// Every style at hand, by slot.
#[derive(Clone, Copy, Debug)]
pub struct StyleBook<'a> {
    styles: &'a [Style],
    grooves: &'a [GrooveTemplate],
}

impl<'a> StyleBook<'a> {
    /// A book over styles sorted by slot. `None` when there is none.
    pub fn new(styles: &'a [Style]) -> Option<StyleBook<'a>> {
        if styles.is_empty() {
            None
        } else {
            Some(StyleBook {
                styles,
                grooves: &[],
            })
        }
    }
    /// The style at `slot`, or the one whose slot is nearest: slots are given out by genre.
    pub fn get(self, slot: u8) -> &'a Style {
        let mut best = &self.styles[0];
        for style in self.styles {
            if style.slot.abs_diff(slot) < best.slot.abs_diff(slot) {
                best = style;
            }
        }
        best
    }
    /// The same book with grooves that can be chosen.
    pub const fn with_grooves(self, grooves: &'a [GrooveTemplate]) -> StyleBook<'a> {
        StyleBook { grooves, ..self }
    }
    /// The groove at `slot`; `None` for 0 and for slots that nobody has.
    pub fn groove(self, slot: u8) -> Option<&'a GrooveTemplate> {
        self.grooves.iter().find(|g| g.slot == slot && slot > 0)
    }
    /// Whether a style stands at `slot` itself.
    pub fn has(self, slot: u8) -> bool {
        self.styles.iter().any(|s| s.slot == slot)
    }
    /// All of them.
    pub const fn all(self) -> &'a [Style] {
        self.styles
    }
}
