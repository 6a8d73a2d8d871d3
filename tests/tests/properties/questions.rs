//! Random questions for the properties, and the two checks that take some counting.

use std::collections::BTreeMap;
use std::fmt::Write;

use music::drum::{Limb, Piece};
use music::lane::Lane;
use music::time::{BeatRole, Meter, Tick};
use proptest::prelude::*;
use proptest::test_runner::Config;
use tests::stage::{self, Cue, by_lane};

use crate::turns::{METERS, Turn, any_turn};

/// Few cases, since each is a whole song; more with PROPTEST_CASES.
pub fn small() -> Config {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(32);
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    }
}

/// A song to be asked about: short to print when an answer is wrong.
#[derive(Clone, Debug)]
pub struct Question {
    /// Place in the list of styles.
    pub style: usize,
    /// As text.
    pub meter: &'static str,
    /// Of the song.
    pub seed: u16,
    /// BPM away from the style's usual tempo.
    pub faster: i32,
    /// Turned before it starts.
    pub turns: Vec<Turn>,
    /// Turned at shares of its length, in 1/10000.
    pub automation: Vec<(i64, Turn)>,
}

/// A song in any style, meter, tempo and seed, with any controls.
pub fn any_song() -> impl Strategy<Value = Question> {
    (
        0..stage::styles().len(),
        prop::sample::select(&METERS[..]),
        0..2000u16,
        prop::collection::vec(any_turn(), 0..30),
        -20..=20i32,
    )
        .prop_map(|(style, meter, seed, turns, faster)| Question {
            style,
            meter,
            seed,
            faster,
            turns,
            automation: Vec::new(),
        })
}

/// The same with controls turned while it plays.
pub fn any_automated_song() -> impl Strategy<Value = Question> {
    let turns = prop::collection::vec((0..10_000i64, any_turn()), 1..16);
    (any_song(), turns).prop_map(|(song, automation)| Question { automation, ..song })
}

impl Question {
    /// Its first 16 bars. A quarter of the turns falls on a bar line, as it does in songs.
    pub fn cue(&self) -> Cue {
        let style = &stage::styles()[self.style];
        let mut cue = Cue::new(style, parsed(self.meter), 16, self.seed);
        cue.tempo_mbpm = (cue.tempo_mbpm as i32 + self.faster * 1000) as u32;
        self.turns
            .iter()
            .for_each(|turn| turn.apply(&mut cue.controls));
        let mut controls = cue.controls;
        let (end, bar) = (cue.at_bar(cue.bars.end).0, cue.meter.bar_ticks());
        let mut turns: Vec<(Tick, Turn)> = Vec::new();
        for (share, turn) in &self.automation {
            let tick = share * end / 10_000;
            let on_line = share % 4 == 0;
            turns.push((Tick(if on_line { tick / bar * bar } else { tick }), *turn));
        }
        turns.sort_by_key(|(at, _)| *at);
        for (at, turn) in turns {
            turn.apply(&mut controls);
            cue.automation.push((at, controls));
        }
        cue
    }
}

/// A meter by its text.
pub fn parsed(text: &str) -> Meter {
    Meter::parse(text).expect("a meter")
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

/// Force of each piece by sixteenth of the bar, over some whole songs: what one song does by chance does not
/// speak for its style.
type Profile = BTreeMap<u8, Vec<f64>>;

/// Songs that speak for a style.
const SONGS: u16 = 4;

fn profile(cue: &Cue) -> Profile {
    let mut all = Profile::new();
    for song in 0..SONGS {
        let mut cue = cue.clone();
        cue.controls.seed = (cue.controls.seed + song) % 10_000;
        for (key, line) in profile_of_song(cue) {
            let sum = all.entry(key).or_insert_with(|| vec![0.0; line.len()]);
            sum.iter_mut()
                .zip(line)
                .for_each(|(sum, force)| *sum += force / f64::from(SONGS));
        }
    }
    all
}

fn profile_of_song(cue: Cue) -> Profile {
    let mut cue = cue;
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
    if meter == Meter::default() {
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
    let drops = matches!(key, 36..=40) && line[8] > 2.0 * line[4].max(line[12]) + 10.0;
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
        BeatRole::Weak if drops && inside == 0 => 0.0,
        BeatRole::Weak => line[8 + inside],
        BeatRole::Back => (line[4 + inside] + line[12 + inside]) / 2.0,
    }
}
