use nice_plug::prelude::Plugin;

use super::stand::Stand;
use crate::handoff::Preview;

const HOUSE: Preview = Preview { slot: 96, bar: 8 };

/// Blocks until something is heard, at most.
fn heard(stand: &mut Stand, blocks: usize) -> f32 {
    let mut peak = 0.0_f32;
    for _ in 0..blocks {
        assert_eq!(stand.block(), [], "a preview reached MIDI out");
        peak = peak.max(stand.peak());
        for bus in 1..8 {
            assert!(
                stand.left(bus).iter().all(|x| *x == 0.0),
                "a preview reached stem {bus}"
            );
        }
    }
    peak
}

#[test]
fn a_preview_starts_within_a_bar_on_main_alone_and_ends() {
    let mut stand = Stand::new();
    stand.playing = false;
    assert_eq!(heard(&mut stand, 20), 0.0);
    stand.plugin.shared.asked.preview(Some(HOUSE));
    // A bar of 4/4 at 120 BPM is 96,000 frames.
    assert!(heard(&mut stand, 96_000 / 512) > 0.01);
    assert_eq!(stand.plugin.shared.pulse().preview, Some(96));
    stand.plugin.shared.asked.preview(None);
    assert_eq!(heard(&mut stand, 50), 0.0);
    assert_eq!(stand.plugin.shared.pulse().preview, None);
}

#[test]
fn what_plays_after_a_preview_is_bit_for_bit_what_plays_without_one() {
    let take = |previews: bool| {
        let mut stand = Stand::new();
        stand.playing = false;
        if previews {
            stand.plugin.shared.asked.preview(Some(HOUSE));
        }
        for _ in 0..200 {
            stand.block();
        }
        assert_eq!(stand.loudest > 0.01, previews);
        if !previews {
            // A preview leaves a player that was reset, as a host resets it before a bounce.
            stand.plugin.reset();
        }
        // The preview is still asked for when the song begins.
        stand.playing = true;
        let mut all = Vec::new();
        for _ in 0..200 {
            let notes = stand.block();
            let sound = (0..8).flat_map(|bus| stand.left(bus).to_vec());
            all.push((notes, sound.map(f32::to_bits).collect::<Vec<u32>>()));
        }
        all
    };
    let (with, without) = (take(true), take(false));
    assert!(without.iter().any(|(notes, _)| !notes.is_empty()));
    for (block, (with, without)) in with.iter().zip(&without).enumerate() {
        assert_eq!(with.0, without.0, "notes of block {block}");
        assert!(with.1 == without.1, "sound of block {block}");
    }
}

#[test]
fn a_bounce_and_a_bypassed_band_hold_no_preview() {
    let mut stand = Stand::new();
    stand.playing = false;
    stand.plugin.shared.asked.preview(Some(HOUSE));
    stand.set("bypass", 1.0);
    assert_eq!(heard(&mut stand, 100), 0.0);
    stand.set("bypass", 0.0);
    stand.offline();
    assert_eq!(heard(&mut stand, 300), 0.0);
}

#[test]
fn panic_ends_every_note_at_once_and_the_song_goes_on() {
    let mut stand = Stand::new();
    stand.roll_until_notes_sound();
    let sounding = stand.sounding();
    stand.plugin.shared.asked.panic();
    let ended = stand.block();
    let off = ended.iter().filter(|(_, on, ..)| !on).count();
    assert!(
        off >= sounding
            && ended[..sounding]
                .iter()
                .all(|(frame, on, ..)| *frame == 0 && !on)
    );
    stand.roll_until_notes_sound();
    stand.stop();
    assert_eq!(stand.sounding(), 0);
}
