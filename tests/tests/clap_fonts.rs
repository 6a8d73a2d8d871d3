//! A user's SoundFont in a host: the project brings it, the audio thread allocates nothing for it (the build under
//! test ends its process if it does), and it sounds the same however the host cuts its blocks.

use std::path::PathBuf;

use serde_json::{Value, json};
use tests::clap_rig::ClapRig;
use tests::fixtures::{rig_with, take};
use tests::saved;
use tests::script::{Script, Take};

#[path = "../../crates/dsp/tests/common/sf2.rs"]
mod sf2;

struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Temporary {
        let file = format!("musearoo-clap-{}-{name}.sf2", std::process::id());
        let path = std::env::temp_dir().join(file);
        std::fs::write(&path, bytes).expect("the font is written");
        Temporary(path)
    }
    /// As a project names it: drums by the kit, the melody by the lead.
    fn choices(&self) -> Value {
        let mut choices = vec![json!({}); 6];
        choices[0] = json!({ "path": self.0, "bank": 128, "program": 0 });
        choices[4] = json!({ "path": self.0, "bank": 0, "program": 5 });
        Value::Array(choices)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// Buses of the two lanes.
const DRUMS: usize = 1;
const MELODY: usize = 5;

fn with_fonts(fonts: &Value) -> ClapRig {
    let mut rig = rig_with(&[("style", "Pop"), ("seed", "4")]);
    let state = rig.save().expect("it saves");
    let state = saved::with_field(&state, "fonts", fonts).expect("the state is JSON");
    rig.restore(&state).expect("it is taken back");
    rig
}

fn played(fonts: &Value, block: usize) -> Take {
    let script = Script {
        block,
        ..Script::bars(6.0, 137.0, (4, 4))
    };
    take(&mut with_fonts(fonts), &script)
}

#[test]
fn a_font_plays_its_lanes_the_same_at_any_block_size_and_leaves_the_others() {
    let file = Temporary::new("whole", &sf2::file());
    let whole = played(&file.choices(), 512);
    let plain = played(&json!([]), 512);
    assert_eq!(whole.events, plain.events, "a sound changes no note");
    for bus in [DRUMS, MELODY] {
        assert!(whole.peak(bus) > 0.01, "bus {bus} is silent");
        assert_ne!(whole.sound[bus], plain.sound[bus], "bus {bus}");
    }
    for block in [7, 33, 4096] {
        let cut = played(&file.choices(), block);
        for (bus, (a, b)) in whole.sound.iter().zip(&cut.sound).enumerate() {
            assert!(a == b, "bus {bus} in blocks of {block}");
        }
    }
}

#[test]
fn a_damaged_font_is_said_and_the_built_in_instrument_plays() {
    let mut bytes = sf2::file();
    bytes.truncate(bytes.len() / 2);
    let file = Temporary::new("damaged", &bytes);
    let script = Script::bars(2.0, 120.0, (4, 4));
    let mut rig = with_fonts(&file.choices());
    let with_damage = take(&mut rig, &script);
    assert_eq!(with_damage, take(&mut with_fonts(&json!([])), &script));
    // The file may be whole tomorrow: the project still names it.
    let fonts = saved::field(&rig.save().expect("it saves"), "fonts").expect("the field");
    assert_eq!(fonts[4]["path"], json!(file.0));
}
