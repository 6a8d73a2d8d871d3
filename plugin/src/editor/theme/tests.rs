use egui::Color32;
use music::lane::LANES;

use super::palettes::{Colours, colours};
use super::{BASES, Base, Look, mix};

fn looks() -> impl Iterator<Item = (String, Look)> {
    BASES.into_iter().flat_map(|(base, words)| {
        [false, true].map(|safe_lanes| {
            let name = format!("{words}{}", if safe_lanes { ", safe lanes" } else { "" });
            (name, Look { base, safe_lanes })
        })
    })
}

/// A channel in linear light, 0–1. Reference: IEC 61966-2-1.
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.04045 {
        c / 12.92
    } else {
        ((c + 0.055) / 1.055).powf(2.4)
    }
}

fn light(color: Color32) -> [f64; 3] {
    [color.r(), color.g(), color.b()].map(linear)
}

/// Contrast ratio, 1 to 21. Reference: WCAG 2.2, relative luminance and contrast ratio.
fn contrast(a: Color32, b: Color32) -> f64 {
    let luminance = |color| {
        let [r, g, b] = light(color);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b): (f64, f64) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_the_standards_own() {
    assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
    // Grey 119 on white is the well-known pair that just misses 4.5.
    let near = contrast(Color32::from_gray(119), Color32::WHITE);
    assert!((near - 4.48).abs() < 0.01, "{near}");
}

#[test]
fn every_ink_can_be_read_on_every_ground() {
    for (name, look) in looks() {
        let of = colours(look);
        let grounds = [of.background, of.panel, of.raised, of.hovered, of.well];
        let inks = [
            ("text", of.text),
            ("dim", of.text_dim),
            ("faint", of.text_faint),
            ("accent", of.accent),
            ("playing", of.playing),
            ("warning", of.warning),
            ("error", of.error),
        ];
        for (ink_name, ink) in inks {
            for ground in grounds {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{name}: {ink_name} on {ground:?}: {ratio:.2}");
            }
        }
        for fill in [of.accent_fill, of.accent_fill_hovered] {
            let ratio = contrast(of.on_accent, fill);
            assert!(ratio >= 4.5, "{name}: on {fill:?}: {ratio:.2}");
        }
        for ink in [of.accent, of.warning] {
            let ratio = contrast(ink, mix(of.raised, ink, super::SWITCHED));
            assert!(ratio >= 4.5, "{name}: a switch in {ink:?}: {ratio:.2}");
        }
        // As the buttons mix them.
        let chosen = contrast(of.accent, mix(of.raised, of.accent_fill, 0.28));
        let choice = contrast(of.text, mix(of.raised, of.accent_fill, 0.45));
        assert!(
            chosen >= 4.5 && choice >= 4.5,
            "{name}: {chosen:.2} {choice:.2}"
        );
    }
}

#[test]
fn a_sections_name_can_be_read_on_its_block_and_under_its_curve() {
    for (name, look) in looks() {
        super::WORN.set(colours(look));
        for strength in [0.0, 0.5, 1.0] {
            let block = super::block(strength);
            for ground in [block, super::under_curve(block)] {
                let ratio = contrast(super::text(), ground);
                assert!(ratio >= 4.5, "{name}: {strength}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn every_lane_stands_out_from_its_ground() {
    for (name, look) in looks() {
        let of = colours(look);
        for (i, lane) in of.lanes.iter().enumerate() {
            for ground in [of.panel, of.raised, of.well] {
                let ratio = contrast(*lane, ground);
                assert!(ratio >= 3.0, "{name}: lane {i} on {ground:?}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn a_note_that_sounds_is_seen_to_sound() {
    for (name, look) in looks() {
        let of = colours(look);
        super::WORN.set(of);
        for (i, lane) in of.lanes.into_iter().enumerate() {
            match super::sounding(lane) {
                (lit, None) => {
                    for velocity in [1, 64, 127] {
                        let ratio = contrast(lit, super::note(lane, velocity));
                        assert!(ratio >= 1.4, "{name}: lane {i} at {velocity}: {ratio:.2}");
                    }
                }
                (inside, Some(ring)) => {
                    let (inner, outer) = (contrast(inside, ring), contrast(ring, of.well));
                    let least = inner.min(outer);
                    assert!(least >= 3.0, "{name}: lane {i}: {inner:.2}, {outer:.2}");
                }
            }
        }
    }
}

#[test]
fn high_contrast_has_edges_and_no_faint_notes() {
    let of = colours(Look {
        base: Base::Contrast,
        safe_lanes: false,
    });
    for ground in [of.background, of.panel, of.raised, of.well] {
        let ratio = contrast(of.edge, ground);
        assert!(ratio >= 3.0, "edge on {ground:?}: {ratio:.2}");
    }
    for lane in of.lanes {
        let softest = mix(of.well, lane, f32::from(of.softest) / 100.0);
        let ratio = contrast(softest, of.well);
        assert!(ratio >= 4.5, "{lane:?}: {ratio:.2}");
    }
}

/// How full colour blindness of each kind sees linear light. Reference: Machado, Oliveira, Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.0.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// Linear light in OKLab, where distance is how different two colours look. Reference: Ottosson, "A perceptual
/// color space for image processing", 2020.
fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// The least distance between two lanes for one kind of sight.
fn least_distance(of: &Colours, sight: &[[f64; 3]; 3]) -> f64 {
    let seen = of.lanes.map(|lane| {
        let from = light(lane);
        let row = |row: &[f64; 3]| row.iter().zip(from).map(|(m, c)| m * c).sum::<f64>();
        oklab(sight.each_ref().map(|r| row(r).clamp(0.0, 1.0)))
    });
    let mut least = f64::MAX;
    for a in 0..LANES {
        for b in a + 1..LANES {
            let square: f64 = (0..3).map(|i| (seen[a][i] - seen[b][i]).powi(2)).sum();
            least = least.min(square.sqrt());
        }
    }
    least
}

#[test]
fn safe_lanes_are_told_apart_by_everyone() {
    // Taste: six times what one usually just sees apart (0.02) in OKLab.
    const APART: f64 = 0.12;
    for (base, words) in BASES {
        for (kind, sight) in &SIGHTS {
            let safe = Look {
                base,
                safe_lanes: true,
            };
            let least = least_distance(colours(safe), sight);
            assert!(least >= APART, "{words}, {kind}: {least:.3}");
        }
        // The usual ones are not, or nobody would need these.
        let usual = Look {
            base,
            safe_lanes: false,
        };
        let least = least_distance(colours(usual), &SIGHTS[2].1);
        assert!(least < APART, "{words}: {least:.3}");
    }
}
