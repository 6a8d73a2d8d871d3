//! What every built-in style must hold.

use super::*;
use music::style::{DrumGroove, DrumLine};

fn suits(kinds: Kinds, kind: SectionKind) -> bool {
    kinds.suits(kind)
}

/// The kinds of sections that a style's own forms have.
fn kinds_of(style: &Style) -> Vec<SectionKind> {
    let mut kinds: Vec<SectionKind> = style.form.template.iter().map(|s| s.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn every_style_has_enough_of_everything() {
    for style in &Library::load(None).styles {
        let name = &style.stem;
        let main = kinds_of(style);
        for &kind in &main {
            let plays = |lane| {
                let lanes = style.form.lanes[kind as usize];
                lanes.0 == 0 || lanes.has(lane)
            };
            let fits = |list: &[LanePattern]| list.iter().filter(|p| suits(p.kinds, kind)).count();
            let grooves = style
                .drums
                .grooves
                .iter()
                .filter(|g| suits(g.kinds, kind))
                .count();
            if plays(Lane::Drums) {
                assert!(grooves >= 1, "{name} {kind:?}: no groove");
            }
            if plays(Lane::Bass) {
                assert!(
                    fits(&style.bass.patterns) >= 1,
                    "{name} {kind:?}: no bass pattern"
                );
            }
            if plays(Lane::Harmony) {
                assert!(
                    fits(&style.harmony.patterns) >= 1,
                    "{name} {kind:?}: no comping pattern"
                );
            }
            for minor in [false, true] {
                let fits =
                    |p: &&music::style::Progression| p.minor == minor && suits(p.kinds, kind);
                let count = style.harmony.progressions.iter().filter(fits).count();
                assert!(count >= 1, "{name} {kind:?} minor {minor}: no progression");
            }
        }
        let hook = if main.contains(&SectionKind::Drop) {
            SectionKind::Drop
        } else {
            SectionKind::Chorus
        };
        for kind in [SectionKind::Verse, hook] {
            let count = style
                .drums
                .grooves
                .iter()
                .filter(|g| suits(g.kinds, kind))
                .count();
            assert!(count >= 2, "{name} {kind:?}: {count} grooves");
        }
        assert!(style.drums.grooves.len() >= 5, "{name}");
        assert!(
            style
                .drums
                .grooves
                .iter()
                .any(|g| g.lines[0].pattern.bars() == 2),
            "{name}"
        );
        assert!(style.drums.fills.len() >= 4, "{name}");
        assert!(style.bass.patterns.len() >= 3, "{name}");
        assert!(style.harmony.patterns.len() >= 3, "{name}");
        for (minor, least) in [(false, 4), (true, 3)] {
            let count = style
                .harmony
                .progressions
                .iter()
                .filter(|p| p.minor == minor)
                .count();
            assert!(count >= least, "{name} minor {minor}: {count} progressions");
        }
        assert!(style.melody.cells.len() >= 4, "{name}");
        assert!(!style.groove.name.is_empty(), "{name}");
    }
}

#[test]
fn every_style_sounds_on_one_and_stays_on_whole_bars() {
    for style in &Library::load(None).styles {
        let name = &style.stem;
        // One drop leaves the one out in some grooves, never in all.
        let on_one = |g: &music::style::DrumGroove| {
            let sounds = |l: &music::style::DrumLine| l.pattern.steps[0].priority >= 8;
            g.lines.iter().any(sounds)
        };
        let leaves_out = style.drums.grooves.iter().filter(|g| !on_one(g)).count();
        assert!(
            leaves_out * 2 <= style.drums.grooves.len(),
            "{name}: {leaves_out} grooves are silent on one at low density"
        );
        for fill in &style.drums.fills {
            let first = 16 - fill.beats as usize * 4;
            let early = fill
                .lines
                .iter()
                .any(|l| l.pattern.steps[..first].iter().any(|s| s.priority > 0));
            assert!(!early, "{name}: a fill starts before its beats");
        }
        for progression in &style.harmony.progressions {
            let halves: u32 = progression.chords.iter().map(|c| c.half_bars as u32).sum();
            assert!(
                matches!(halves, 4 | 8 | 16 | 24),
                "{name}: a progression of {halves} half bars"
            );
        }
    }
}

/// The mean over a style's grooves for a kind of section, as often as each is chosen.
fn mean(style: &Style, kind: SectionKind, value: impl Fn(&DrumGroove) -> f64) -> f64 {
    let grooves = style.drums.grooves.iter().filter(|g| suits(g.kinds, kind));
    let (sum, weights) = grooves.fold((0.0, 0.0), |(sum, weights), groove| {
        let weight = f64::from(groove.weight);
        (sum + weight * value(groove), weights + weight)
    });
    sum / weights
}

/// Strokes per bar that are heard at the usual density, without ghosts and fills.
fn strokes(style: &Style, kind: SectionKind) -> f64 {
    mean(style, kind, |groove| {
        let line = |l: &DrumLine| {
            let steps = l.pattern.steps.iter().filter(|s| s.priority >= 4).count();
            steps as f64 / l.pattern.bars() as f64
        };
        groove.lines.iter().map(line).sum()
    })
}

#[test]
fn grooves_are_as_busy_as_players_of_the_style() {
    // Reference: 5th to 95th percentile of strokes per bar of takes in the Groove MIDI Dataset.
    let bands = [
        ("rock", 10.0, 25.0),
        ("funk", 15.0, 27.0),
        ("lofi", 13.0, 28.0),
        ("jazz", 8.0, 22.0),
    ];
    let library = Library::load(None);
    for (stem, low, high) in bands {
        let style = library.style(stem).unwrap();
        let strokes =
            (strokes(style, SectionKind::Verse) + strokes(style, SectionKind::Chorus)) / 2.0;
        assert!(
            (low..=high).contains(&strokes),
            "{stem}: {strokes:.1} strokes a bar"
        );
    }
}

/// Velocity up to which a snare is swept by a brush or ghosted, and no back beat. Taste.
const SWEPT: u8 = 50;

#[test]
fn backbeats_stand_where_the_style_wants_them() {
    let library = Library::load(None);
    let back = |groove: &DrumGroove| {
        let struck = |step: usize| {
            groove.lines.iter().any(|l: &DrumLine| {
                let stroke = l.pattern.steps[step];
                matches!(l.piece, Piece::Snare | Piece::Rim | Piece::Clap)
                    && stroke.priority >= 4
                    && !(1..=SWEPT).contains(&stroke.velocity)
            })
        };
        f64::from(u8::from(struck(4) && struck(12)))
    };
    let on = |style: &Style, kind: SectionKind| mean(style, kind, back);
    for kind in [SectionKind::Verse, SectionKind::Chorus] {
        for stem in ["rock", "pop", "ballad", "funk"] {
            assert!(
                on(library.style(stem).unwrap(), kind) >= 0.8,
                "{stem} {kind:?}"
            );
        }
        for stem in ["jazz", "bossa"] {
            assert!(
                on(library.style(stem).unwrap(), kind) <= 0.2,
                "{stem} {kind:?}"
            );
        }
    }
}

#[test]
fn chords_are_what_the_style_says() {
    let library = Library::load(None);
    let jazz = library.style("jazz").unwrap();
    let first = &jazz.harmony.progressions[0].chords[0].roman;
    let chord = first.resolve(music::pitch::PitchClass(0), music::pitch::Scale::Major);
    assert_eq!(chord.quality, Quality::Major7);
}
