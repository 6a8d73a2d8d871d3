//! Parameters with words: constructors that give a control its range, its unit and its text both ways.
//!
//! What a host shows is what it may send back ("62 %", "+12 ms", "Dorian", "Off"); reading is forgiving
//! about case, spaces and missing units, and refuses what it does not understand.

mod names;

use std::sync::Arc;

use music::controls::{CHANNEL, Range};
use nice_plug::prelude::{BoolParam, FloatParam, FloatRange, IntParam, IntRange};

pub use names::{groove, rhythm, style};

/// A whole number with its unit: "62 %". Values outside the range count as its end.
pub fn whole(name: &str, range: Range) -> IntParam {
    number(name, range, |value| value.to_string())
}

/// A whole number with its sign: "+12 ms".
pub fn signed(name: &str, range: Range) -> IntParam {
    number(name, range, |value| {
        if value > 0 {
            format!("+{value}")
        } else {
            value.to_string()
        }
    })
}

fn number(
    name: &str,
    range: Range,
    show: impl Fn(i32) -> String + Send + Sync + 'static,
) -> IntParam {
    IntParam::new(
        name,
        range.default,
        IntRange::Linear {
            min: range.min,
            max: range.max,
        },
    )
    .with_unit(range.unit)
    .with_value_to_string(Arc::new(show))
    .with_string_to_value(Arc::new(move |text| {
        let value = parse_number(text, range.unit)?;
        Some((value.round() as i32).clamp(range.min, range.max))
    }))
}

/// One of some words, in a frozen order.
pub fn choice(name: &str, names: &'static [&'static str], default: usize) -> IntParam {
    let max = names.len() as i32 - 1;
    IntParam::new(name, default as i32, IntRange::Linear { min: 0, max })
        .with_value_to_string(Arc::new(move |value| {
            names[value.clamp(0, max) as usize].to_owned()
        }))
        .with_string_to_value(Arc::new(move |text| {
            names
                .iter()
                .position(|name| same_words(name, text))
                .map(|index| index as i32)
        }))
}

/// On or off.
pub fn switch(name: &str, default: bool) -> BoolParam {
    BoolParam::new(name, default)
        .with_value_to_string(Arc::new(|on| if on { "On" } else { "Off" }.to_owned()))
        .with_string_to_value(Arc::new(parse_switch))
}

/// A MIDI channel, or "Off".
pub fn channel(name: &str, default: u8) -> IntParam {
    IntParam::new(
        name,
        i32::from(default),
        IntRange::Linear {
            min: CHANNEL.min,
            max: CHANNEL.max,
        },
    )
    .with_value_to_string(Arc::new(|value| {
        if value < 1 {
            "Off".to_owned()
        } else {
            value.to_string()
        }
    }))
    .with_string_to_value(Arc::new(|text| {
        if text.trim().eq_ignore_ascii_case("off") {
            return Some(0);
        }
        let value: i32 = text.trim().parse().ok()?;
        (CHANNEL.min..=CHANNEL.max)
            .contains(&value)
            .then_some(value)
    }))
}

/// A level in dB to one digit; the lowest is "-inf dB".
pub fn level(name: &str, default_db: f32) -> FloatParam {
    let (min, max) = (music::controls::LEVEL_MIN_DB, music::controls::LEVEL_MAX_DB);
    FloatParam::new(name, default_db, FloatRange::Linear { min, max })
        .with_unit(" dB")
        .with_step_size(0.1)
        .with_value_to_string(Arc::new(move |value| {
            if value <= min {
                "-inf".to_owned()
            } else {
                rounded(value, 1)
            }
        }))
        .with_string_to_value(Arc::new(move |text| {
            let bare = strip_unit(text, " dB");
            if bare.eq_ignore_ascii_case("-inf") {
                return Some(min);
            }
            parse_number(text, " dB").map(|value| value.clamp(min, max))
        }))
}

/// A gain in dB to one digit, as far up as down.
pub fn gain(name: &str, most_db: f32) -> FloatParam {
    let range = FloatRange::Linear {
        min: -most_db,
        max: most_db,
    };
    FloatParam::new(name, 0.0, range)
        .with_unit(" dB")
        .with_step_size(0.1)
        .with_value_to_string(Arc::new(|value| {
            let text = rounded(value, 1);
            if value >= 0.05 {
                format!("+{text}")
            } else {
                text
            }
        }))
        .with_string_to_value(Arc::new(move |text| {
            parse_number(text, " dB").map(|value| value.clamp(-most_db, most_db))
        }))
}

/// A level on an absolute scale, to one digit.
pub fn level_in(
    name: &str,
    default: f32,
    range: std::ops::RangeInclusive<f32>,
    unit: &'static str,
) -> FloatParam {
    let (min, max) = range.into_inner();
    FloatParam::new(name, default, FloatRange::Linear { min, max })
        .with_unit(unit)
        .with_step_size(0.1)
        .with_value_to_string(Arc::new(|value| rounded(value, 1)))
        .with_string_to_value(Arc::new(move |text| {
            parse_number(text, unit).map(|value| value.clamp(min, max))
        }))
}

/// A place between the speakers: "30L", "C", "100R".
pub fn pan(name: &str) -> FloatParam {
    FloatParam::new(
        name,
        0.0,
        FloatRange::Linear {
            min: -1.0,
            max: 1.0,
        },
    )
    .with_step_size(0.01)
    .with_value_to_string(Arc::new(|value| match (value * 100.0).round() as i32 {
        0 => "C".to_owned(),
        left @ ..0 => format!("{}L", -left),
        right => format!("{right}R"),
    }))
    .with_string_to_value(Arc::new(parse_pan))
}

/// A tempo in BPM to two digits.
pub fn tempo(name: &str, range: Range) -> FloatParam {
    let (min, max) = (range.min as f32, range.max as f32);
    FloatParam::new(name, range.default as f32, FloatRange::Linear { min, max })
        .with_unit(range.unit)
        .with_step_size(0.01)
        .with_value_to_string(Arc::new(|value| rounded(value, 2)))
        .with_string_to_value(Arc::new(move |text| {
            parse_number(text, range.unit).map(|value| value.clamp(min, max))
        }))
}

/// `value` with `digits` decimals, never a negative zero.
fn rounded(value: f32, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    if text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.')) {
        text.replace('-', "")
    } else {
        text
    }
}

fn strip_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    let (text, unit) = (text.trim(), unit.trim());
    let cut = text.len().saturating_sub(unit.len());
    match (text.get(..cut), text.get(cut..)) {
        (Some(bare), Some(tail)) if !unit.is_empty() && tail.eq_ignore_ascii_case(unit) => {
            bare.trim_end()
        }
        _ => text,
    }
}

fn parse_number(text: &str, unit: &str) -> Option<f32> {
    let bare = strip_unit(text, unit)
        .replace('\u{2212}', "-")
        .replace(',', ".");
    let value: f32 = bare.strip_prefix('+').unwrap_or(&bare).parse().ok()?;
    value.is_finite().then_some(value)
}

fn parse_switch(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Some(true),
        "off" | "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

fn parse_pan(text: &str) -> Option<f32> {
    let text = text.trim().to_ascii_uppercase();
    if matches!(text.as_str(), "C" | "CENTER" | "CENTRE") {
        return Some(0.0);
    }
    let (sign, bare) = match (text.strip_suffix('L'), text.strip_suffix('R')) {
        (Some(bare), _) => (-1.0, bare),
        (_, Some(bare)) => (1.0, bare),
        _ => (1.0, text.as_str()),
    };
    Some((sign * parse_number(bare, "")? / 100.0).clamp(-1.0, 1.0))
}

/// Whether two names are the same but for case, spaces, hyphens and underscores.
pub fn same_words(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(a) == plain(b)
}
