//! What a tune is over the sections of a song: returns, lifts, questions, solos, ends.

use super::*;

/// A stage whose song is the given sections of eight bars: kind, statement, final, transpose.
fn told(seed: u16, sections: &[(SectionKind, u8, bool, i8)]) -> Stage {
    let mut stage = stage(4, 4);
    stage.controls.seed = seed;
    for (id, (kind, statement, is_final, transpose)) in sections.iter().enumerate() {
        let spec = SectionSpec {
            id: id as u16,
            kind: *kind,
            bars: 8,
            statement: *statement,
            is_final: *is_final,
            transpose: *transpose,
            ..SectionSpec::default()
        };
        let _ = stage.song.form.push(spec);
    }
    stage
}

/// Bar, tick and pitch of the plain tune of a phrase at a bar.
fn plain(stage: &mut Stage, bar: u16) -> Heap<(u8, u16, u8)> {
    let sung = phrase(stage, bar);
    let plain = sung
        .tune
        .iter()
        .filter(|n| n.gate.variation.0 == 0 && n.gate.complexity == 0 && n.gate.density <= 60);
    plain.map(|n| (n.bar, n.tick, n.pitch.0)).collect()
}

#[test]
fn a_lifted_key_lifts_the_tune() {
    let (mut same, mut all) = (0, 0);
    for seed in 0..12 {
        let kind = SectionKind::Chorus;
        let mut stage = told(seed, &[(kind, 0, false, 0), (kind, 1, false, 2)]);
        for bar in [0, 4] {
            let (first, second) = (plain(&mut stage, bar), plain(&mut stage, 8 + bar));
            assert!(
                second.iter().all(|n| (60..=81).contains(&n.2)),
                "seed {seed}"
            );
            all += first.len();
            let lifted = |n: &&(u8, u16, u8)| second.contains(&(n.0, n.1, n.2 + 2));
            same += first.iter().filter(lifted).count();
        }
    }
    // Voicings sit otherwise in another key, so here and there another tone is free of clashes.
    assert!(same * 100 >= all * 90, "{same} of {all}");
}

#[test]
fn the_last_chorus_climbs_higher_and_is_else_the_same() {
    let mut higher = 0;
    for seed in 0..20 {
        let kind = SectionKind::Chorus;
        let mut stage = told(seed, &[(kind, 0, false, 0), (kind, 1, true, 0)]);
        let both = |stage: &mut Stage, bar| {
            let mut notes = plain(stage, bar);
            notes.extend(plain(stage, bar + 4).iter().map(|n| (n.0 + 4, n.1, n.2)));
            notes
        };
        let (first, last) = (both(&mut stage, 0), both(&mut stage, 8));
        let top = |notes: &[(u8, u16, u8)]| notes.iter().map(|n| n.2).max();
        assert!(top(&last) >= top(&first), "seed {seed}");
        higher += (top(&last) > top(&first)) as u32;
        let kept = first.iter().filter(|n| last.contains(n)).count();
        assert!(
            kept * 100 >= first.len() * 85,
            "seed {seed}: {kept} of {}",
            first.len()
        );
    }
    assert!(higher >= 12, "{higher} of 20");
}

#[test]
fn expansion_widens_the_steps_and_keeps_the_rhythm_and_the_range() {
    let mut wide = [0; 4];
    for seed in 0..8 {
        for order in 0..4 {
            let mut stage = stage(4, 4);
            stage.controls.seed = seed;
            stage.controls.lanes[Lane::Melody.index()].expansion = order;
            let notes = plain(&mut stage, 16);
            assert!(
                notes.iter().all(|n| (60..=81).contains(&n.2)),
                "seed {seed}"
            );
            let moved = notes.windows(2).map(|w| w[1].2.abs_diff(w[0].2) as u32);
            wide[order as usize] += moved.sum::<u32>();
        }
    }
    assert!(wide[1] * 10 > wide[0] * 13, "{wide:?}");
    assert!(wide[2] > wide[0] && wide[3] > wide[0], "{wide:?}");
}

#[test]
fn every_tone_has_one_place_at_each_setting_of_syncopation() {
    let mut off_the_beat = [0; 3];
    for seed in 0..8 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        let sung = phrase(&mut stage, 16);
        let at = |setting: u8| -> Heap<(u8, u16)> {
            let tune = sung.tune.iter().filter(|n| {
                let open = |r: (u8, u8)| (r.0..=r.1).contains(&setting);
                let plain = n.gate.variation.0 == 0 && n.gate.complexity == 0;
                open(n.gate.syncopation) && plain && n.gate.density <= 60
            });
            tune.map(|n| (n.bar, n.tick)).collect()
        };
        let written = at(41);
        let off = |places: &[(u8, u16)]| places.iter().filter(|p| p.1 % 960 != 0).count();
        for setting in 0..=100 {
            let here = at(setting);
            assert_eq!(here.len(), written.len(), "seed {seed} at {setting}");
            let distinct = here.windows(2).all(|w| w[0] < w[1]);
            assert!(distinct, "seed {seed} at {setting}: {here:?}");
        }
        for (sum, setting) in off_the_beat.iter_mut().zip([0, 41, 100]) {
            *sum += off(&at(setting));
        }
    }
    assert!(
        off_the_beat[0] < off_the_beat[1] && off_the_beat[1] < off_the_beat[2],
        "{off_the_beat:?}"
    );
}

#[test]
fn graces_lead_to_their_tone_wherever_syncopation_puts_it() {
    let mut moved = 0;
    for seed in 0..60 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        let sung = phrase(&mut stage, 16);
        for setting in (0..=100).step_by(4) {
            let open = |n: &&TuneNote| {
                let range = n.gate.syncopation;
                (range.0..=range.1).contains(&setting) && n.gate.variation.0 == 0
            };
            let heard: Heap<&TuneNote> = sung.tune.iter().filter(open).collect();
            for (index, grace) in heard.iter().enumerate() {
                let leads = grace.gate.complexity > 0 && grace.role != Role::Passing;
                let end = grace.tick + grace.duration;
                if leads && end < 3840 {
                    let at_end = |n: &&&TuneNote| (n.bar, n.tick) == (grace.bar, end);
                    let goal = heard[index + 1..].iter().find(at_end);
                    assert!(goal.is_some(), "seed {seed} at {setting}: {grace:?}");
                    moved += (grace.gate.syncopation.0 > 41) as u32;
                }
            }
        }
    }
    assert!(moved > 40, "{moved}");
}

#[test]
fn a_question_stays_open_and_an_answer_comes_home() {
    let (mut open, mut home) = ((0, 0), (0, 0));
    for seed in 0..60 {
        let mut stage = told(seed, &[(SectionKind::Verse, 0, false, 0)]);
        // Over chords without the tonic a question is open by itself.
        let home_chord = music::roman::Roman {
            seventh: true,
            ..Default::default()
        };
        for style in &mut stage.styles {
            for progression in &mut style.harmony.progressions {
                progression
                    .chords
                    .iter_mut()
                    .for_each(|c| c.roman = home_chord);
            }
        }
        let key = stage.latch().key;
        for bar in [0, 4] {
            let sung = phrase(&mut stage, bar);
            let usual = |n: &&music::plan::TuneNote| {
                let plain = n.gate.variation.0 == 0 && n.gate.complexity == 0;
                plain
                    && n.gate.density <= 60
                    && (n.gate.syncopation.0..=n.gate.syncopation.1).contains(&41)
            };
            let Some(last) = sung.tune.iter().rfind(usual) else {
                continue;
            };
            let above = key.to(last.pitch.class());
            if bar == 0 {
                open.0 += matches!(above, 2 | 7 | 10 | 11) as u32;
                open.1 += 1;
            } else {
                let root = matches!(last.role, Role::ChordTone(0 | 1));
                home.0 += (root || matches!(above, 0 | 3 | 4)) as u32;
                home.1 += 1;
            }
        }
    }
    let [open, home] = [open, home].map(|(some, all)| some * 100 / all);
    assert!(open >= 77 && home >= 76, "open {open} %, at home {home} %");
}

#[test]
fn a_jazz_solo_runs_in_lines_over_guide_tones() {
    let mut notes = [0; 2];
    let (mut beats, mut inside, mut guides, mut roots, mut under) = (0, 0, 0, 0, 0);
    for seed in 0..16 {
        let sections = [
            (SectionKind::Verse, 0, false, 0),
            (SectionKind::Solo, 0, false, 0),
        ];
        let mut stage = told(seed, &sections);
        for style in &mut stage.styles {
            style.melody.ornament = music::style::Ornament::Jazz;
        }
        for bar in [0, 4, 8, 12] {
            let sung = plain(&mut stage, bar);
            notes[(bar >= 8) as usize] += sung.len();
            if bar < 8 {
                continue;
            }
            for pair in sung.windows(2) {
                let near = pair[0].0 == pair[1].0 && pair[1].1 - pair[0].1 <= 480;
                under += (near && pair[0].2 + 1 == pair[1].2) as u32;
            }
            for note in phrase(&mut stage, bar).tune.iter() {
                let usual = note.gate.complexity == 0 && note.gate.variation.0 == 0;
                if usual && note.tick % 960 == 0 && note.gate.syncopation == (0, 100) {
                    beats += 1;
                    inside += matches!(note.role, Role::ChordTone(_)) as u32;
                    guides += matches!(note.role, Role::ChordTone(1 | 3)) as u32;
                    roots += matches!(note.role, Role::ChordTone(0)) as u32;
                }
            }
        }
    }
    assert!(notes[1] * 10 > notes[0] * 11, "{notes:?}");
    assert!(inside * 100 >= beats * 65, "{inside} of {beats}");
    assert!(
        guides * 10 > roots * 8,
        "{guides} guide tones, {roots} roots"
    );
    assert!(under > 60, "{under}");
}

#[test]
fn the_tune_leaves_the_end_of_a_section_to_the_fill() {
    for seed in 0..20 {
        for kind in [SectionKind::Verse, SectionKind::Chorus, SectionKind::Solo] {
            let mut stage = told(seed, &[(kind, 0, false, 0)]);
            let notes = plain(&mut stage, 4);
            assert!(
                notes.iter().all(|n| n.0 < 3 || n.1 <= 2160),
                "seed {seed} {kind:?}: {notes:?}"
            );
        }
    }
}
