//! Who plays when: the style's choice by kind; where it leaves everyone in, the first time through a verse
//! keeps something back for later.

use music::lane::{Lane, LaneSet};
use music::plan::{Form, SectionKind};
use music::style::FormStyle;

/// Writes `lanes` of every section; `holding_back`: the first verse keeps something for later.
pub fn give_out(style: &FormStyle, form: &mut Form, holding_back: bool) {
    let verses = form
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Verse)
        .count();
    let choruses = form
        .sections
        .iter()
        .any(|s| matches!(s.kind, SectionKind::Chorus | SectionKind::Drop));
    let mut first_verse = holding_back && verses > 1 && choruses;
    for section in &mut form.sections {
        let said = style.lanes[section.kind as usize];
        section.lanes = if said == LaneSet::default() {
            LaneSet::ALL
        } else {
            said
        };
        if section.kind == SectionKind::Verse && first_verse {
            // Taste: the pad waits for the first chorus.
            if section.lanes == LaneSet::ALL {
                section.lanes = section.lanes.without(Lane::Texture);
            }
            first_verse = false;
        }
    }
}
