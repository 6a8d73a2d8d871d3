//! Parameters without a host: a map, moved by the window or by a test.

use std::cell::RefCell;
use std::collections::BTreeMap;

use music::controls::{self, Range};
use music::lane::Lane;
use music::pitch::{PitchClass, Scale};
use music::technique::{Pace, Rhythm, RootCycle, VoiceLeading};

use super::ranges::{CEILING, EQ, LEVEL, LOUDNESS, PAN};
use crate::editor::access::{ParamAccess, lane_param};
use crate::editor::desk::Library;

struct Fake {
    low: i32,
    high: i32,
    default: f32,
    unit: &'static str,
    names: Vec<String>,
    value: f32,
}

/// Parameters in a map.
pub struct FakeParams {
    map: RefCell<BTreeMap<String, Fake>>,
}

impl FakeParams {
    pub fn new(library: &Library) -> FakeParams {
        let mut map = BTreeMap::new();
        let mut whole = |id: String, range: Range| {
            let default = (range.default - range.min) as f32 / (range.max - range.min) as f32;
            let fake = Fake {
                low: range.min,
                high: range.max,
                default,
                unit: range.unit,
                names: Vec::new(),
                value: default,
            };
            map.insert(id, fake);
        };
        whole("seed".into(), controls::SEED);
        whole("tempo".into(), controls::TEMPO);
        whole("energy".into(), controls::ENERGY);
        whole("swing".into(), controls::SWING);
        whole("humanize".into(), controls::HUMANIZE);
        for (id, range) in [
            ("blend", controls::BLEND),
            ("tension", controls::TENSION),
            ("reharmonise", controls::REHARMONISE),
            ("modulation", controls::MODULATION),
            ("groove", controls::GROOVE),
            ("bass_lock", controls::LOCK),
            ("melody_expansion", controls::EXPANSION),
            ("auto_mix", controls::AUTO_MIX),
            ("match", controls::MATCH),
            ("loudness_custom", LOUDNESS),
            ("ceiling", CEILING),
        ] {
            whole(id.into(), range);
        }
        whole("master_level".into(), LEVEL);
        for lane in Lane::PLAYED {
            for (control, range) in [
                ("density", controls::DENSITY),
                ("complexity", controls::COMPLEXITY),
                ("syncopation", controls::SYNCOPATION),
                ("energy", controls::ENERGY),
                ("variation", controls::VARIATION),
                ("fills", controls::FILLS),
                ("register", controls::REGISTER),
                ("swing", controls::SWING),
                ("humanize", controls::LANE_HUMANIZE),
                ("push", controls::PUSH_MS),
                ("blend", controls::LANE_BLEND),
                ("groove", controls::GROOVE),
                ("tone", controls::MACRO),
                ("attack", controls::MACRO),
                ("body", controls::MACRO),
                ("drive", controls::MACRO),
                ("space", controls::MACRO),
                ("reverb", controls::SEND),
                ("delay", controls::SEND),
                ("width", controls::WIDTH),
                ("compression", controls::COMPRESSION),
                ("eq_low", EQ),
                ("eq_low_mid", EQ),
                ("eq_high_mid", EQ),
                ("eq_high", EQ),
                (
                    "channel",
                    Range {
                        default: i32::from(lane.default_channel()),
                        ..controls::CHANNEL
                    },
                ),
                ("level", LEVEL),
                ("pan", PAN),
            ] {
                whole(lane_param(lane, control), range);
            }
        }
        let mut named = |id: String, names: Vec<String>, default: usize| {
            let top = names.len() - 1;
            let default = default as f32 / top as f32;
            let fake = Fake {
                low: 0,
                high: top as i32,
                default,
                unit: "",
                names,
                value: default,
            };
            map.insert(id, fake);
        };
        let words = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let styles: Vec<String> = (0..256)
            .map(|slot| {
                let found = library.styles.iter().find(|s| usize::from(s.slot) == slot);
                found.map_or_else(|| format!("Slot {slot}"), |s| s.name.clone())
            })
            .collect();
        named("style".into(), styles.clone(), 64);
        named("style_b".into(), styles, 0);
        let rhythms: Vec<String> = Rhythm::ALL.iter().map(|r| r.name().to_string()).collect();
        for lane in Lane::PLAYED {
            named(lane_param(lane, "rhythm"), rhythms.clone(), 0);
        }
        named(
            "root_cycle".into(),
            words(&RootCycle::ALL.map(RootCycle::name)),
            0,
        );
        named(
            "voice_leading".into(),
            words(&VoiceLeading::ALL.map(VoiceLeading::name)),
            0,
        );
        named("pace".into(), words(&Pace::ALL.map(Pace::name)), 0);
        named("key".into(), words(&PitchClass::SHARPS), 2);
        named(
            "scale".into(),
            Scale::ALL.iter().map(|s| s.name().to_owned()).collect(),
            2,
        );
        named("run".into(), words(&["Host", "Internal", "Trigger"]), 0);
        let keys = [
            "Off", "Chords", "Drums", "Bass", "Harmony", "Texture", "Melody",
        ];
        named("keys".into(), words(&keys), 1);
        named(
            "main_carries".into(),
            words(&["Full mix", "What is not on a stem"]),
            0,
        );
        named("master".into(), words(&["Off", "On"]), 1);
        named("loudness".into(), words(&crate::params::LOUDNESS_NAMES), 0);
        for lane in Lane::PLAYED {
            named(lane_param(lane, "on"), words(&["Off", "On"]), 1);
            named(lane_param(lane, "mute"), words(&["Off", "On"]), 0);
            named(lane_param(lane, "solo"), words(&["Off", "On"]), 0);
        }
        FakeParams {
            map: RefCell::new(map),
        }
    }
    /// Moves a parameter as a host's automation would.
    pub fn automate(&self, id: &str, value: f32) {
        self.map
            .borrow_mut()
            .get_mut(id)
            .expect("a parameter")
            .value = value;
    }
}

impl ParamAccess for FakeParams {
    fn value(&self, id: &str) -> f32 {
        self.map
            .borrow()
            .get(id)
            .unwrap_or_else(|| panic!("no parameter {id}"))
            .value
    }
    fn default_value(&self, id: &str) -> f32 {
        self.map.borrow()[id].default
    }
    fn steps(&self, id: &str) -> Option<usize> {
        let map = self.map.borrow();
        Some((map[id].high - map[id].low) as usize)
    }
    fn name(&self, id: &str) -> String {
        id.replace('_', " ")
    }
    fn text(&self, id: &str, value: f32) -> String {
        let map = self.map.borrow();
        let fake = &map[id];
        let plain = fake.low + (value * (fake.high - fake.low) as f32).round() as i32;
        if let Some(name) = fake.names.get(plain as usize) {
            return name.clone();
        }
        if id.ends_with("channel") && plain == 0 {
            return "Off".into();
        }
        let sign = if fake.low < 0 && plain > 0 { "+" } else { "" };
        format!("{sign}{plain}{}", fake.unit)
    }
    fn parse(&self, id: &str, text: &str) -> Option<f32> {
        let map = self.map.borrow();
        let fake = &map[id];
        if let Some(at) = fake.names.iter().position(|n| n.eq_ignore_ascii_case(text)) {
            return Some(at as f32 / fake.high as f32);
        }
        let number = text
            .trim_end_matches(fake.unit.trim())
            .trim()
            .trim_start_matches('+');
        let plain: f32 = number.parse().ok()?;
        Some(((plain - fake.low as f32) / (fake.high - fake.low) as f32).clamp(0.0, 1.0))
    }
}
