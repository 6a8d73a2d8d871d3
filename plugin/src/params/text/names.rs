//! Parameters whose values are names: styles and grooves by slot, named techniques in their frozen order.

use std::sync::Arc;

use music::controls::{GROOVE, RHYTHM, STYLE};
use music::technique::Rhythm;
use nice_plug::prelude::{IntParam, IntRange};

use super::same_words;
use crate::handoff::Shared;
use crate::material;

/// A style: a fixed range of slots, named by the styles at hand.
pub fn style(name: &str, shared: &Arc<Shared>) -> IntParam {
    let (names, slots) = (shared.clone(), shared.clone());
    let (min, max) = (STYLE.min, STYLE.max);
    IntParam::new(name, STYLE.default, IntRange::Linear { min, max })
        .with_value_to_string(Arc::new(move |slot| {
            let material = names.material();
            match material
                .styles
                .iter()
                .find(|style| i32::from(style.slot) == slot)
            {
                Some(style) => style.name.to_string(),
                None => missing("Style", slot),
            }
        }))
        .with_string_to_value(Arc::new(move |text| {
            let material = slots.material();
            let known = material
                .styles
                .iter()
                .find(|style| same_words(&style.name, text) || same_words(&style.stem, text));
            match known {
                Some(style) => Some(i32::from(style.slot)),
                None => slot_number("Style", text, max),
            }
        }))
}

/// A groove: a fixed range of slots, of which 0 is `own`.
pub fn groove(name: &str, own: &'static str) -> IntParam {
    let (min, max) = (GROOVE.min, GROOVE.max);
    let at = |slot: i32| {
        let grooves = &material::library().grooves;
        grooves.iter().find(move |g| i32::from(g.slot) == slot)
    };
    IntParam::new(name, GROOVE.default, IntRange::Linear { min, max })
        .with_value_to_string(Arc::new(move |slot| match at(slot) {
            _ if slot == 0 => own.to_owned(),
            Some(groove) => groove.name.to_string(),
            None => missing("Groove", slot),
        }))
        .with_string_to_value(Arc::new(move |text| {
            if same_words(text, own) {
                return Some(0);
            }
            let grooves = &material::library().grooves;
            match grooves.iter().find(|g| same_words(&g.name, text)) {
                Some(groove) => Some(i32::from(groove.slot)),
                None => slot_number("Groove", text, max),
            }
        }))
}

/// What lays a lane's onsets: a fixed range of places, named by the rhythms there are.
pub fn rhythm(name: &str) -> IntParam {
    let (min, max) = (RHYTHM.min, RHYTHM.max);
    IntParam::new(name, RHYTHM.default, IntRange::Linear { min, max })
        .with_value_to_string(Arc::new(|place| match Rhythm::ALL.get(place as usize) {
            Some(rhythm) => rhythm.name().to_string(),
            None => missing("Rhythm", place),
        }))
        .with_string_to_value(Arc::new(move |text| {
            let known = Rhythm::parse(text)
                .and_then(|wanted| Rhythm::ALL.iter().position(|rhythm| *rhythm == wanted));
            match known {
                Some(place) => Some(place as i32),
                None => slot_number("Rhythm", text, max),
            }
        }))
}

fn missing(what: &str, slot: i32) -> String {
    format!("{what} {slot} (missing)")
}

/// The number of "Style 37 (missing)", "Style 37" or "37".
fn slot_number(what: &str, text: &str, max: i32) -> Option<i32> {
    let bare = text.trim();
    let bare = bare.strip_suffix("(missing)").unwrap_or(bare).trim();
    let bare = bare.strip_prefix(what).unwrap_or(bare);
    let slot: i32 = bare.trim().parse().ok()?;
    (0..=max).contains(&slot).then_some(slot)
}
