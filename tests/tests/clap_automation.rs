//! Parameters automated at a sample: the same notes at every block size, and the moment at which each counts.

use tests::fixtures::{first_difference, fresh_take};
use tests::script::{Script, Take};

const BAR: u64 = 96_000;

fn automated(block: usize, automation: &[(u64, &str, &str)]) -> Take {
    let automation = automation
        .iter()
        .map(|(at, id, text)| (*at, id.to_string(), text.to_string()))
        .collect();
    let script = Script {
        block,
        automation,
        keep_sound: false,
        ..Script::bars(8.0, 120.0, (4, 4))
    };
    fresh_take(&[], &script)
}

fn same_at_every_block_size(automation: &[(u64, &str, &str)]) -> Take {
    let reference = automated(512, automation);
    assert!(reference.ons().len() > 20, "nearly empty");
    assert_eq!(
        reference.unbalanced(),
        Vec::<String>::new(),
        "{automation:?}"
    );
    for block in [7, 64, 333, 4096] {
        let other = automated(block, automation);
        let difference = first_difference(&reference.events, &other.events);
        assert_eq!(difference, None, "{automation:?} in blocks of {block}");
    }
    reference
}

fn until(take: &Take, end: u64) -> Vec<(u64, u8, u8, u8)> {
    take.ons().into_iter().filter(|on| on.0 < end).collect()
}

fn from(take: &Take, start: u64) -> Vec<(u64, u8, u8, u8)> {
    take.ons().into_iter().filter(|on| on.0 >= start).collect()
}

/// Changes in the middle of bar 3; the change must be heard from bar 4 on, as if it had always stood.
fn latches_at_the_bar_line(id: &str, text: &str) {
    let changed = same_at_every_block_size(&[(2 * BAR + 40_123, id, text)]);
    let plain = automated(512, &[]);
    let always = fresh_take(
        &[(id, text)],
        &Script {
            keep_sound: false,
            ..Script::bars(8.0, 120.0, (4, 4))
        },
    );
    // Early onsets of bar 4 and chords held across its line are left out on both sides.
    let edge = 4800;
    assert_eq!(
        first_difference(
            &until(&changed, 3 * BAR - edge),
            &until(&plain, 3 * BAR - edge)
        ),
        None,
        "{id} before"
    );
    assert_eq!(
        first_difference(
            &from(&changed, 3 * BAR + edge),
            &from(&always, 3 * BAR + edge)
        ),
        None,
        "{id} after"
    );
    assert_ne!(
        from(&changed, 3 * BAR + edge),
        from(&plain, 3 * BAR + edge),
        "{id} changed nothing"
    );
}

#[test]
fn style_counts_from_the_bar_line() {
    latches_at_the_bar_line("style", "House");
}

#[test]
fn key_counts_from_the_bar_line() {
    latches_at_the_bar_line("key", "F");
}

#[test]
fn scale_counts_from_the_bar_line() {
    latches_at_the_bar_line("scale", "Dorian");
}

#[test]
fn seed_counts_from_the_bar_line() {
    latches_at_the_bar_line("seed", "42");
}

#[test]
fn density_counts_from_its_own_sample() {
    let at = 2 * BAR + 50_000;
    let changed =
        same_at_every_block_size(&[(at, "drums_density", "0 %"), (at, "harmony_density", "0 %")]);
    let plain = automated(512, &[]);
    assert_eq!(
        first_difference(&until(&changed, at), &until(&plain, at)),
        None,
        "before the change"
    );
    let drums = |take: &Take| from(take, at).iter().filter(|on| on.1 == 10).count();
    assert!(
        drums(&changed) < drums(&plain),
        "{} and {} strokes",
        drums(&changed),
        drums(&plain)
    );
}

#[test]
fn all_at_once_and_often() {
    let styles = ["Jazz swing", "Trap", "Bossa nova", "Rock", "Funk"];
    let mut automation = Vec::new();
    for (index, style) in styles.iter().enumerate() {
        let at = BAR + index as u64 * 71_111;
        automation.push((at, "style", *style));
        automation.push((at + 13, "seed", ["1", "2", "3", "4", "5"][index]));
        automation.push((
            at + 14,
            "melody_on",
            if index % 2 == 0 { "Off" } else { "On" },
        ));
        automation.push((
            at + 15,
            "drums_channel",
            ["10", "11", "Off", "10", "2"][index],
        ));
        automation.push((
            at + 20_000,
            "bass_density",
            ["10 %", "100 %", "50 %", "0 %", "90 %"][index],
        ));
    }
    same_at_every_block_size(&automation);
}

#[test]
fn bypass_ends_what_sounds_and_comes_back() {
    let (off, on) = (BAR + 30_000, 3 * BAR);
    let take = same_at_every_block_size(&[(off, "bypass", "On"), (on, "bypass", "Off")]);
    assert!(
        take.ons().iter().all(|x| x.0 <= off || x.0 >= on),
        "a note began under bypass"
    );
    assert!(!from(&take, on).is_empty(), "nothing after bypass");
}
