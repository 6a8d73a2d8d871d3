//! `[mix]`: which instruments play and where they stand.

use music::lane::Lane;
use music::name;
use music::style::{MixStyle, StripStyle};

use crate::mix_file::usual_for;
use crate::reader::Reader;

/// `folder`: where the file lies, which says the profile where the table does not.
pub fn read(mut table: Reader<'_>, folder: &str) -> MixStyle {
    let profile = table
        .text("profile")
        .map_or(usual_for(folder), |(text, _)| text);
    let mut out = MixStyle {
        profile: name(profile),
        duck_db: table.number("duck_db", 0.0..=24.0, 0.0) as f32,
        reverb_s: table.number("reverb_s", 0.1..=8.0, 1.4) as f32,
        delay_steps: table.whole("delay_steps", 1..=16, 3),
        ..MixStyle::default()
    };
    for lane in Lane::PLAYED {
        let Some(mut strip) = table.need_table(lane.id()) else {
            continue;
        };
        let slot = lane.index();
        if let Some((text, _)) = strip.need_text("instrument") {
            out.instruments[slot] = name(text);
        }
        out.strips[slot] = StripStyle {
            level_db: strip.number("level_db", -40.0..=12.0, 0.0) as f32,
            pan: strip.number("pan", -1.0..=1.0, 0.0) as f32,
            reverb: strip.number("reverb", 0.0..=1.0, 0.0) as f32,
            delay: strip.number("delay", 0.0..=1.0, 0.0) as f32,
        };
        strip.finish();
    }
    table.finish();
    out
}
