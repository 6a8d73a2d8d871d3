//! Lanes that a section has but does not hear: the style's form is performed at the usual settings.

use music::lane::Lane;
use music::plan::SectionKind;
use music::style::Style;

use super::Findings;
use super::stage::Stage;

/// Songs that are performed. Taste: enough that one song's quiet intro does not count.
const SONGS: u16 = 8;

/// Notes a bar below which a lane is nearly empty. Taste: a kit that keeps time strikes each half bar, any
/// other lane plays once in four bars at least.
const fn least(lane: Lane) -> f64 {
    match lane {
        Lane::Drums => 2.0,
        _ => 0.25,
    }
}

pub fn check(style: &Style, found: &mut Findings) {
    let mut stage = Stage::new(style.clone());
    let mut bars = [[0u32; 6]; SectionKind::COUNT];
    let mut notes = [[0u32; 6]; SectionKind::COUNT];
    for seed in 1..=SONGS {
        stage.controls.seed = seed;
        for section in &stage.form().sections {
            for bar in 0..section.bars {
                stage.perform(section.first_bar + bar);
                for lane in Lane::PLAYED {
                    if section.lanes.has(lane) {
                        let place = (section.kind as usize, lane.index());
                        bars[place.0][place.1] += 1;
                        notes[place.0][place.1] += stage.heard(lane).count() as u32;
                    }
                }
            }
        }
    }
    for kind in SectionKind::ALL {
        for lane in Lane::PLAYED {
            let (bars, notes) = (
                bars[kind as usize][lane.index()],
                notes[kind as usize][lane.index()],
            );
            let mean = notes as f64 / bars.max(1) as f64;
            if bars > 0 && mean < least(lane) {
                let key = format!("form.{}", kind.word());
                let how = match notes {
                    0 => "silent".to_string(),
                    _ => format!("nearly empty, {mean:.1} notes a bar"),
                };
                found.note(
                    &key,
                    None,
                    format!("{} is {how} at the usual settings", lane.id()),
                );
            }
        }
    }
}
