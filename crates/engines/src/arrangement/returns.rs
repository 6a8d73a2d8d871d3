//! What a section is to the song: the first verse or the second, the final chorus.

use music::plan::{Form, SectionKind};

/// What a composed song is about: its drop, else its chorus; `None` where it has neither twice.
pub fn final_hook(form: &Form) -> Option<usize> {
    [SectionKind::Drop, SectionKind::Chorus]
        .into_iter()
        .find_map(|hook| {
            let of_kind = |s: &&music::plan::Section| s.kind == hook;
            if form.sections.iter().filter(of_kind).count() < 2 {
                return None;
            }
            form.sections.iter().rposition(|s| s.kind == hook)
        })
}

/// Writes `statement` and `is_final` of every section.
pub fn count(form: &mut Form) {
    let mut heard = [0u8; SectionKind::COUNT];
    for section in &mut form.sections {
        let before = &mut heard[section.kind as usize];
        section.statement = *before;
        *before = before.saturating_add(1);
    }
    if let Some(hook) = final_hook(form) {
        form.sections[hook].is_final = true;
    }
}
