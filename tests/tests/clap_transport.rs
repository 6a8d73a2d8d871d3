//! Loops, locates, stops, ramps and meter changes: the same music wherever the transport comes from, and
//! every note ends once.

use std::collections::BTreeMap;

use tests::clap_rig::OutEvent;
use tests::fixtures::{edit_song, first_difference, fresh_take, rig, take};
use tests::script::{Script, Take, Tempo};

const RATE: f64 = 48_000.0;
/// At 120 BPM a bar of 4/4 is two seconds.
const BAR: u64 = 96_000;

fn quiet(script: Script) -> Script {
    Script {
        keep_sound: false,
        ..script
    }
}

/// Note-ons between two frames, counted from the first.
fn window(take: &Take, from: u64, to: u64) -> Vec<(u64, u8, u8, u8)> {
    let inside = take
        .ons()
        .into_iter()
        .filter(|on| (from..to).contains(&on.0));
    inside
        .map(|(at, channel, key, velocity)| (at - from, channel, key, velocity))
        .collect()
}

fn assert_balanced(take: &Take, what: &str) {
    assert_eq!(take.unbalanced(), Vec::<String>::new(), "{what}");
}

#[test]
fn a_locate_plays_what_the_straight_take_plays_there() {
    let straight = fresh_take(&[], &quiet(Script::bars(12.0, 120.0, (4, 4))));
    let script = Script {
        jumps: vec![(2 * BAR, 32.0)],
        ..quiet(Script::bars(6.0, 120.0, (4, 4)))
    };
    let located = fresh_take(&[], &script);
    // From the second bar after the jump on, nothing may remember it.
    let expected = window(&straight, 9 * BAR, 12 * BAR);
    assert!(expected.len() > 8, "the window is nearly empty");
    assert_eq!(
        first_difference(&expected, &window(&located, 3 * BAR, 6 * BAR)),
        None
    );
    assert_balanced(&located, "locate");
}

#[test]
fn a_locate_into_the_middle_of_a_bar_is_right_at_once() {
    let straight = fresh_take(&[], &quiet(Script::bars(8.0, 120.0, (4, 4))));
    // Beat 3 of bar 6, from the third beat of bar 2.
    let script = Script {
        jumps: vec![(BAR + BAR / 2, 22.0)],
        ..quiet(Script::bars(4.0, 120.0, (4, 4)))
    };
    let located = fresh_take(&[], &script);
    let after = 22 * 24_000;
    // Leave out the first beat, where onsets may be clamped to the jump and held notes are chased.
    let expected = window(&straight, after + 24_000, after + 2 * BAR);
    let heard = window(&located, BAR + BAR / 2 + 24_000, BAR + BAR / 2 + 2 * BAR);
    assert_eq!(first_difference(&expected, &heard), None);
}

#[test]
fn a_loop_repeats_note_for_note() {
    for tells_cycle in [true, false] {
        let script = Script {
            cycle: Some((8.0, 16.0)),
            tells_cycle,
            ..quiet(Script::bars(10.0, 120.0, (4, 4)))
        };
        let looped = fresh_take(&[], &script);
        // Bars 3 and 4 are played four times, from bar 3 of the take on.
        let second = window(&looped, 4 * BAR, 6 * BAR);
        assert!(second.len() > 8, "the loop is nearly empty");
        assert_eq!(
            first_difference(&second, &window(&looped, 6 * BAR, 8 * BAR)),
            None,
            "tells {tells_cycle}"
        );
        assert_eq!(
            first_difference(&second, &window(&looped, 8 * BAR, 10 * BAR)),
            None,
            "tells {tells_cycle}"
        );
        assert_balanced(&looped, "loop");
    }
}

#[test]
fn a_loop_of_one_beat_never_hangs_or_doubles() {
    let script = Script {
        cycle: Some((5.0, 6.0)),
        ..quiet(Script::bars(6.0, 120.0, (4, 4)))
    };
    let looped = fresh_take(&[], &script);
    assert_balanced(&looped, "one beat");
    let mut seen = BTreeMap::new();
    for (at, channel, key, _) in looped.ons() {
        *seen.entry((at, channel, key)).or_insert(0) += 1;
    }
    assert!(seen.values().all(|n| *n == 1), "an onset came twice");
}

#[test]
fn stop_and_start_end_every_note_once() {
    let plays = vec![
        (30_000, false),
        (60_000, true),
        (150_000, false),
        (200_000, true),
    ];
    let stopped = fresh_take(
        &[],
        &quiet(Script {
            plays,
            ..Script::bars(4.0, 120.0, (4, 4))
        }),
    );
    assert_balanced(&stopped, "stop and start");
    let ons = stopped.ons();
    assert!(
        ons.iter().all(|on| !(30_000..60_000).contains(&on.0)),
        "a note began while stopped"
    );
    // What the plug-in still sounds is ended at the stop itself.
    let late = stopped
        .events
        .iter()
        .find(|(at, e)| matches!(e, OutEvent::Off { .. }) && (30_512..60_000).contains(at));
    assert_eq!(late, None, "a note-off long after the stop");
}

#[test]
fn deactivation_owes_note_offs_and_pays_them_first() {
    let mut rig = rig();
    let script = quiet(Script {
        frames: 40_000,
        ..Script::bars(4.0, 120.0, (4, 4))
    });
    rig.activate(RATE, script.block).unwrap();
    let mut all = tests::script::roll(&mut rig, &script).unwrap();
    let open = all.unbalanced().len();
    assert!(open > 0, "nothing sounded at the cut");
    rig.deactivate();
    rig.activate(RATE, script.block).unwrap();
    let again = quiet(Script {
        plays: vec![(0, false)],
        frames: 1024,
        ..script
    });
    let paid = tests::script::roll(&mut rig, &again).unwrap();
    assert!(
        paid.events.iter().all(|(at, _)| *at == 0),
        "owed note-offs go out at frame 0"
    );
    all.events.extend(paid.events);
    assert_balanced(&all, "after the next activation");
}

#[test]
fn a_tempo_ramp_plays_every_tick_once() {
    let ramp = Tempo::Ramp {
        from_bpm: 90.0,
        to_bpm: 150.0,
        seconds: 12.0,
    };
    for block in [64, 512, 2048] {
        let script = quiet(Script {
            block,
            tempo: ramp,
            frames: (14.0 * RATE) as u64,
            ..Script::default()
        });
        // Human timing is a time, not a place: without it onsets are places that can be compared.
        let set = [("humanize", "0 %")];
        let ramped = fresh_take(&set, &script);
        assert_balanced(&ramped, "ramp");
        let mut places: Vec<(i64, u8, u8)> = ramped
            .ons()
            .into_iter()
            .map(|(at, channel, key, _)| {
                let block = ramped.places.iter().rev().find(|p| p.0 <= at).unwrap();
                let beats = block.1 + (at - block.0) as f64 * block.2 / (60.0 * RATE);
                // To the nearest thirty-second: swing and tempo error are far smaller.
                ((beats * 8.0).round() as i64, channel, key)
            })
            .collect();
        let count = places.len();
        assert!(count > 40, "the ramp is nearly empty");
        places.sort();
        places.dedup();
        assert_eq!(
            places.len(),
            count,
            "blocks of {block}: a note was played twice"
        );
        let last = places.last().map_or(0, |p| p.0);
        let silent: Vec<i64> = (0..last / 32)
            .filter(|bar| !places.iter().any(|p| p.0 / 32 == *bar))
            .collect();
        assert_eq!(silent, Vec::<i64>::new(), "blocks of {block}: silent bars");
    }
}

#[test]
fn a_meter_change_in_mid_song_moves_the_bar_lines() {
    let meters = vec![(0.0, (4, 4)), (16.0, (7, 8)), (30.0, (3, 4))];
    let script = quiet(Script {
        meters,
        frames: 24 * BAR / 2,
        ..Script::default()
    });
    for block in [512, 97] {
        let changed = fresh_take(
            &[("humanize", "0 %")],
            &Script {
                block,
                ..script.clone()
            },
        );
        assert_balanced(&changed, "meter change");
        // Kicks fall on each bar line of the new meters more often than not.
        let kick = |beats: f64| {
            let frame = (beats * 24_000.0) as i64;
            changed
                .ons()
                .iter()
                .any(|(at, c, k, _)| (*c, *k) == (10, 36) && (*at as i64 - frame).abs() < 2400)
        };
        let sevens = (0..4).filter(|bar| kick(16.0 + *bar as f64 * 3.5)).count();
        let threes = (0..4).filter(|bar| kick(30.0 + *bar as f64 * 3.0)).count();
        assert!(
            sevens >= 3 && threes >= 3,
            "blocks of {block}: kicks on {sevens} and {threes} of 4 bar lines"
        );
    }
}

#[test]
fn a_block_across_several_bars_at_300_bpm() {
    let script = quiet(Script {
        block: 8192,
        ..Script::bars(16.0, 300.0, (2, 4))
    });
    let fast = fresh_take(&[], &script);
    let small = fresh_take(
        &[],
        &Script {
            block: 256,
            ..script
        },
    );
    assert_eq!(first_difference(&fast.events, &small.events), None);
    assert_balanced(&fast, "300 BPM");
}

#[test]
fn tempo_that_cannot_be_is_survived() {
    for bpm in [0.0, -10.0, f64::NAN, f64::INFINITY, 1e-9] {
        let mut rig = rig();
        rig.activate(RATE, 512).unwrap();
        for block in 0..50 {
            let transport = tests::clap_rig::Transport {
                tempo_bpm: bpm,
                playing: true,
                beats: block as f64 * 0.02,
                seconds: 0.0,
                cycle: None,
                meter: (4, 4),
                bar_start: 0.0,
                bar_number: 0,
            };
            rig.block(512, Some(&transport), &[], Default::default())
                .unwrap_or_else(|e| panic!("{bpm}: {e}"));
        }
    }
}

#[test]
fn zero_length_blocks_change_nothing() {
    let mut rig = rig();
    rig.activate(RATE, 512).unwrap();
    let script = quiet(Script::bars(2.0, 120.0, (4, 4)));
    let reference = tests::script::roll(&mut rig, &script).unwrap();
    rig.deactivate();
    rig.activate(RATE, 512).unwrap();
    rig.block(0, None, &[], Default::default()).unwrap();
    let again = tests::script::roll(&mut rig, &script).unwrap();
    assert_eq!(first_difference(&reference.ons(), &again.ons()), None);
}

#[test]
fn before_bar_1_there_is_silence_and_then_the_song() {
    let straight = fresh_take(&[], &quiet(Script::bars(4.0, 120.0, (4, 4))));
    let script = Script {
        from_beats: -8.0,
        ..quiet(Script::bars(6.0, 120.0, (4, 4)))
    };
    let early = fresh_take(&[], &script);
    let first = early.ons().first().map(|on| on.0).unwrap();
    assert!(
        first + 4800 >= 2 * BAR,
        "a note at frame {first}, before the song"
    );
    assert_eq!(
        first_difference(
            &window(&straight, BAR, 4 * BAR),
            &window(&early, 3 * BAR, 6 * BAR)
        ),
        None
    );
}

#[test]
fn the_song_begins_at_its_start_bar() {
    let straight = fresh_take(&[], &quiet(Script::bars(3.0, 120.0, (4, 4))));
    let mut rig = rig();
    edit_song(&mut rig, |song| song["start_bar"] = 5.into());
    let late = take(&mut rig, &quiet(Script::bars(7.0, 120.0, (4, 4))));
    assert_eq!(
        first_difference(
            &window(&straight, BAR, 3 * BAR),
            &window(&late, 5 * BAR, 7 * BAR)
        ),
        None
    );
    assert!(late.ons().first().unwrap().0 + 4800 >= 4 * BAR);
}

#[test]
fn after_the_form_it_stops_or_repeats() {
    for (after, ends) in [("stop", true), ("repeat", false)] {
        let mut rig = rig();
        edit_song(&mut rig, |song| {
            song["bars"] = 4.into();
            song["after_end"] = after.into();
        });
        let take = take(&mut rig, &quiet(Script::bars(8.0, 120.0, (4, 4))));
        let late = take
            .ons()
            .iter()
            .filter(|on| on.0 >= 4 * BAR + 4800)
            .count();
        assert_eq!(late == 0, ends, "{after}: {late} notes after the form");
    }
}

#[test]
fn without_a_moving_transport_run_internal_plays() {
    let still = Script {
        no_transport: true,
        ..Script::bars(2.0, 120.0, (4, 4))
    };
    assert!(
        fresh_take(&[], &still).ons().is_empty(),
        "Run = Host plays without a transport"
    );
    // Its own clock does not stop with the host's: bypass ends the take.
    let end = still.frames - 1000;
    let script = Script {
        automation: vec![(end, "bypass".into(), "On".into())],
        ..still
    };
    let internal = fresh_take(&[("run", "Internal"), ("tempo", "120 BPM")], &script);
    assert!(internal.ons().len() > 10 && internal.peak(0) > 0.01);
    assert_balanced(&internal, "internal");
}

#[test]
fn run_trigger_plays_while_a_key_is_held() {
    let script = Script {
        no_transport: true,
        keys: vec![(24_000, 60, Some(0.8)), (120_000, 60, None)],
        keep_sound: false,
        ..Script::bars(3.0, 120.0, (4, 4))
    };
    let played = fresh_take(&[("run", "Trigger"), ("keys", "Off")], &script);
    let ons = played.ons();
    assert!(ons.len() > 8, "{} notes", ons.len());
    assert!(
        ons.iter().all(|on| (24_000..=120_000).contains(&on.0)),
        "notes outside the held key"
    );
    assert_balanced(&played, "trigger");
}
