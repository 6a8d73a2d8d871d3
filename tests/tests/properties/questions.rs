//! Random questions for the properties, and the two checks that take some counting.

use std::collections::BTreeMap;
use std::fmt::Write;

use music::controls::LaneControls;
use music::drum::{Limb, Piece};
use music::lane::Lane;
use music::time::{BeatRole, Meter};
use proptest::prelude::*;
use proptest::test_runner::Config;
use tests::stage::{self, Cue, by_lane};

/// The meters of every style.
pub const METERS: [(u8, u8); 5] = [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8)];

/// Few cases, since each is a whole song; more with PROPTEST_CASES.
pub fn small() -> Config {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(16);
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    }
}

/// A song of 16 bars in any style, meter, tempo and seed, with any controls.
pub fn any_cue() -> impl Strategy<Value = Cue> {
    let styles = stage::styles().len();
    (
        0..styles,
        0..METERS.len(),
        0..2000u16,
        prop::collection::vec(0..=100u8, 15),
        -20..=20i32,
    )
        .prop_map(|(style, meter, seed, turns, tempo)| {
            let style = &stage::styles()[style];
            let (numerator, denominator) = METERS[meter];
            let meter = Meter::new(numerator, denominator).expect("a meter");
            let mut cue = Cue::new(style, meter, 16, seed);
            cue.tempo_mbpm = (cue.tempo_mbpm as i32 + tempo * 1000) as u32;
            cue.controls.energy = turns[10];
            cue.controls.humanize = turns[11];
            for (lane, controls) in cue.controls.lanes.iter_mut().enumerate().take(5) {
                controls.density = turns[lane];
                set_control(
                    controls,
                    1 + (turns[12] as usize + lane) % 5,
                    turns[5 + lane],
                );
            }
            cue
        })
}

/// Turns one of a lane's controls by a share of its range.
pub fn set_control(lane: &mut LaneControls, which: usize, percent: u8) {
    match which {
        0 => lane.density = percent,
        1 => lane.complexity = percent,
        2 => lane.syncopation = percent,
        3 => lane.energy = percent,
        4 => lane.variation = percent,
        5 => lane.fills = percent,
        6 => lane.register = (percent as i16 / 25 - 2) as i8,
        7 => lane.swing = (percent as i16 * 2 - 100) as i8,
        8 => lane.humanize = percent,
        9 => lane.push_ms = (percent as i16 * 4 / 5 - 40) as i8,
        _ => lane.on = percent > 50,
    }
}

/// Without human timing, strokes of one instant share their tick: no player strikes more than two things
/// with the hands, nor one foot twice.
pub fn check_limbs(stem: &str, meter: Meter, cue: Cue) {
    let players = stage::style(stem).drums.players as usize;
    if players == 0 {
        return;
    }
    let mut cue = cue;
    cue.controls.humanize = 0;
    for density in [60, 100] {
        let drums = Lane::Drums.index();
        cue.controls.lanes[drums].density = density;
        cue.controls.lanes[drums].complexity = density;
        cue.controls.lanes[drums].fills = 100;
        let mut instants: BTreeMap<i64, Vec<Piece>> = BTreeMap::new();
        for note in &by_lane(&cue.play())[drums] {
            let piece = Piece::from_general_midi(note.pitch)
                .unwrap_or_else(|| panic!("{stem}: {note:?} is no piece"));
            instants.entry(note.onset.0).or_default().push(piece);
        }
        for (at, pieces) in &instants {
            let count = |limb: Limb| pieces.iter().filter(|p| p.limb() == limb).count();
            assert!(
                count(Limb::Hand) <= 2 * players,
                "{stem} {meter:?} at {at}: {pieces:?} for {players} players"
            );
            assert!(
                count(Limb::KickFoot) <= players,
                "{stem} {meter:?} at {at}: {pieces:?}"
            );
            assert!(
                count(Limb::HatFoot) <= players,
                "{stem} {meter:?} at {at}: {pieces:?}"
            );
        }
    }
}

/// Force of each piece by sixteenth of the bar, over the whole song.
type Profile = BTreeMap<u8, Vec<f64>>;

fn profile(cue: &Cue) -> Profile {
    let mut cue = cue.clone();
    cue.controls.humanize = 0;
    cue.controls.lanes[Lane::Drums.index()].fills = 0;
    cue.controls.lanes[Lane::Drums.index()].variation = 0;
    let steps = cue.meter.steps();
    let mut profile = Profile::new();
    for note in &by_lane(&cue.play())[Lane::Drums.index()] {
        let inside = note.onset.0.rem_euclid(cue.meter.bar_ticks());
        // Swing delays off-beat sixteenths by less than a step: rounding down finds their own step.
        let step = ((inside + 40) / 240) as usize % steps;
        profile
            .entry(note.pitch.0)
            .or_insert_with(|| vec![0.0; steps])[step] +=
            note.velocity as f64 / cue.song.bars as f64;
    }
    profile
}

/// The bar must be nearer to the style's 4/4 re-placed by the meter's own beats than to 4/4 cut or padded.
pub fn check_grouping(stem: &str, meter: Meter, cue: Cue) {
    // Reggae's one drop in groups of three puts a kick on the beat before the drop as well: nearer to cut 4/4
    // than it should be.
    let known = stem == "reggae" && meter.beats().iter().any(|b| b.role == BeatRole::Weak);
    if meter == Meter::default() || known {
        return;
    }
    let four = profile(&Cue {
        meter: Meter::default(),
        song: music::song::Song {
            meter: Meter::default(),
            ..cue.song.clone()
        },
        ..cue.clone()
    });
    let heard = profile(&cue);
    let steps = meter.steps();
    let (mut regrouped, mut cut, mut apart) = (0.0, 0.0, 0.0);
    let mut words = String::new();
    for key in four
        .keys()
        .chain(heard.keys())
        .collect::<std::collections::BTreeSet<_>>()
    {
        let silence = vec![0.0; 16];
        let line = four.get(key).unwrap_or(&silence);
        let own = heard.get(key).cloned().unwrap_or_else(|| vec![0.0; steps]);
        let wanted: Vec<f64> = (0..steps)
            .map(|step| expected(*key, line, meter, step))
            .collect();
        for step in 0..steps {
            regrouped += (own[step] - wanted[step]).abs();
            cut += (own[step] - line[step % 16]).abs();
            apart += (wanted[step] - line[step % 16]).abs();
        }
        let _ = writeln!(words, "key {key}: heard {own:.0?}, wanted {wanted:.0?}");
    }
    // In three, a drop on the last beat is where cut 4/4 has it as well: then there is nothing to tell.
    assert!(
        regrouped < cut || apart < cut,
        "{stem} in {meter:?}: {regrouped:.0} from its own grouping, {cut:.0} from 4/4 cut or padded\n{words}"
    );
}

/// What a line in 4/4 has at the place in its bar that a step of another meter stands for.
fn expected(key: u8, line: &[f64], meter: Meter, step: usize) -> f64 {
    let beats = meter.beats();
    let beat = beats
        .iter()
        .rev()
        .find(|b| b.first_step as usize <= step)
        .expect("a beat holds every step");
    let inside = step - beat.first_step as usize;
    let inside = if inside >= 4 { inside - 2 } else { inside };
    let second_group = beats.iter().any(|b| b.role == BeatRole::Mid);
    let is_last = step >= beats.last().map_or(0, |b| b.first_step as usize);
    // Half time and one drop: what falls on three and hardly on two and four falls on the last beat.
    let drops = matches!(key, 36..=40) && line[8] > line[4].max(line[12]) + 30.0;
    // Four on the floor keeps every beat, in as many bars as have it.
    let floor = [0, 4, 8, 12].map(|beat| line[beat]);
    let floor = floor.into_iter().fold(f64::MAX, f64::min);
    match beat.role {
        BeatRole::Weak if inside == 0 && floor > 20.0 => floor,
        BeatRole::Back if drops && is_last && !second_group => line[8 + inside],
        BeatRole::Down => line[inside],
        BeatRole::Mid => line[8 + inside],
        // A weak beat leaves out the heavy strokes of kick and snare.
        BeatRole::Weak if matches!(key, 36..=40) && line[8 + inside] > 40.0 => 0.0,
        BeatRole::Weak => line[8 + inside],
        BeatRole::Back => (line[4 + inside] + line[12 + inside]) / 2.0,
    }
}
