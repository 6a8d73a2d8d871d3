//! Keys on MIDI in: a held chord leads the band, a lane can be played by hand; and what sounds when the
//! song jumps or a lane changes its channel.

use tests::clap_rig::OutEvent;
use tests::fixtures::{fresh_take, rig, take};
use tests::script::{Script, Take};

const BAR: u64 = 96_000;

fn quiet(bars: f64) -> Script {
    Script {
        keep_sound: false,
        ..Script::bars(bars, 120.0, (4, 4))
    }
}

/// Share of a channel's notes from a frame on that belong to some pitch classes.
fn share(take: &Take, channel: u8, from: u64, classes: &[u8]) -> f64 {
    let notes: Vec<u8> = take
        .ons()
        .iter()
        .filter(|on| on.1 == channel && on.0 >= from)
        .map(|on| on.2)
        .collect();
    assert!(
        notes.len() > 6,
        "only {} notes on channel {channel}",
        notes.len()
    );
    notes
        .iter()
        .filter(|key| classes.contains(&(**key % 12)))
        .count() as f64
        / notes.len() as f64
}

#[test]
fn a_held_chord_leads_the_band() {
    // F sharp major, as far from C major as it gets.
    let keys = [54, 58, 61].map(|key| (BAR + 10, key, Some(0.8)));
    let script = Script {
        keys: keys.to_vec(),
        ..quiet(8.0)
    };
    let set = [("key", "C"), ("scale", "Major")];
    let led = fresh_take(&set, &script);
    let alone = fresh_take(&set, &quiet(8.0));
    let chord = [6, 10, 1];
    assert!(
        share(&led, 3, BAR + 2400, &chord) > 0.95,
        "harmony: {}",
        share(&led, 3, BAR + 2400, &chord)
    );
    assert!(share(&alone, 3, BAR + 2400, &chord) < 0.2);
    assert!(
        share(&led, 2, BAR + 2400, &chord) > 0.6,
        "bass: {}",
        share(&led, 2, BAR + 2400, &chord)
    );
    let drums = |take: &Take| {
        take.ons()
            .into_iter()
            .filter(|on| on.1 == 10)
            .collect::<Vec<_>>()
    };
    assert_eq!(drums(&led), drums(&alone), "the drums do not follow chords");
}

#[test]
fn keys_off_changes_nothing() {
    let keys = [54, 58, 61].map(|key| (BAR, key, Some(0.8)));
    let script = Script {
        keys: keys.to_vec(),
        ..quiet(4.0)
    };
    assert_eq!(
        fresh_take(&[("keys", "Off")], &script).ons(),
        fresh_take(&[], &quiet(4.0)).ons()
    );
}

#[test]
fn a_lane_played_by_hand_sounds_and_the_others_go_on() {
    let keys = vec![(50_000, 91, Some(0.9)), (70_000, 91, None)];
    let script = Script { keys, ..quiet(4.0) };
    let played = fresh_take(&[("keys", "Melody")], &script);
    let own: Vec<_> = played
        .events
        .iter()
        .filter(|(_, e)| {
            matches!(
                e,
                OutEvent::On {
                    channel: 1,
                    key: 91,
                    ..
                }
            )
        })
        .collect();
    assert_eq!(own.len(), 1, "the key sounds once, on the lane's channel");
    assert_eq!(own[0].0, 50_000, "at its own sample");
    assert_eq!(played.unbalanced(), Vec::<String>::new());
    let others = |take: &Take| {
        take.ons()
            .into_iter()
            .filter(|on| on.1 != 1)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        others(&played),
        others(&fresh_take(&[("keys", "Melody")], &quiet(4.0)))
    );
}

#[test]
fn a_held_chord_sounds_again_after_a_locate_into_its_middle() {
    // Rock's pads hold their chords: jump to beat 3 of a bar, far from any onset of Texture.
    let straight = fresh_take(&[], &quiet(8.0));
    let held = straight
        .ons()
        .iter()
        .filter(|on| on.1 == 4)
        .map(|on| on.0)
        .collect::<Vec<_>>();
    let middle = (0..14u64).map(|half| half * BAR / 2 + BAR / 4).find(|at| {
        held.iter().any(|on| on < at) && held.iter().all(|on| on.abs_diff(*at) > 12_000)
    });
    let middle = middle.expect("a pad is held somewhere");
    let script = Script {
        jumps: vec![(BAR / 3, middle as f64 / 24_000.0)],
        ..quiet(3.0)
    };
    let jumped = fresh_take(&[], &script);
    let chased = jumped
        .ons()
        .iter()
        .filter(|on| on.1 == 4 && on.0.abs_diff(BAR / 3) < 64)
        .count();
    assert!(chased >= 2, "{chased} voices of Texture at the jump");
    assert_eq!(jumped.unbalanced(), Vec::<String>::new());
}

#[test]
fn mute_and_channel_changes_end_what_sounds() {
    let automation = vec![
        (BAR / 2, "harmony_on".to_owned(), "Off".to_owned()),
        (BAR, "texture_channel".to_owned(), "9".to_owned()),
        (BAR + 5000, "bass_channel".to_owned(), "Off".to_owned()),
        (2 * BAR, "melody_channel".to_owned(), "10".to_owned()),
        (2 * BAR, "harmony_on".to_owned(), "On".to_owned()),
    ];
    let mut rig = rig();
    let take = take(
        &mut rig,
        &Script {
            automation,
            ..quiet(6.0)
        },
    );
    assert_eq!(take.unbalanced(), Vec::<String>::new());
    let late = |channel: u8, from: u64| {
        take.ons()
            .iter()
            .filter(|on| on.1 == channel && on.0 > from)
            .count()
    };
    assert_eq!(
        late(2, BAR + 5000),
        0,
        "bass goes on after its channel is off"
    );
    assert_eq!(late(4, BAR), 0, "texture goes on on its old channel");
    assert!(late(3, 2 * BAR) > 0, "harmony does not come back");
}
