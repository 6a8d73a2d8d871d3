//! A user's SoundFont in place of a lane's instrument: in tune, at any block size, without clicks; damaged
//! files are refused with words.

mod common;
#[path = "common/sf2.rs"]
mod sf2;

use common::{Do, db, dry, patches, player, render};
use dsp::{Font, Player, Program, SoundFontBank};
use music::lane::Lane;

const RATE: f32 = 48_000.0;
fn bank() -> SoundFontBank {
    SoundFontBank::read(&mut sf2::file().as_slice()).unwrap()
}

fn with_font(rate: f32) -> Player {
    let bank = bank();
    let font = Font::new(&bank, &bank.programs()[0], rate).unwrap();
    let mut player = player(&patches(), rate, &dry());
    assert!(player.set_font(Lane::Melody, Some(Box::new(font))).is_ok());
    player.reset();
    player
}

#[test]
fn the_programs_are_listed() {
    let names: Vec<(u8, u8, String)> = bank()
        .programs()
        .into_iter()
        .map(|p| (p.bank, p.program, p.name))
        .collect();
    assert_eq!(
        names,
        [
            (0, 5, "Sine lead".to_owned()),
            (128, 0, "Sine kit".to_owned())
        ]
    );
}

#[test]
fn a_note_sounds_in_tune_and_as_loud_as_a_patch() {
    for rate in [44_100.0, 48_000.0, 96_000.0] {
        let mut player = with_font(rate);
        let events = [(0, Do::On(Lane::Melody, 69, 100, 0))];
        let audio = render(&mut player, &events, rate as usize, 512);
        let bus = &audio[Lane::Melody.index() + 1][0];
        let steady = &bus[bus.len() / 4..];
        let crossings: Vec<usize> = (1..steady.len())
            .filter(|i| steady[i - 1] < 0.0 && steady[*i] >= 0.0)
            .collect();
        let turns = (crossings.len() - 1) as f32;
        let hz = turns * rate / (crossings[crossings.len() - 1] - crossings[0]) as f32;
        let cents = 1200.0 * (hz / 440.0).log2();
        assert!(cents.abs() < 2.0, "{rate}: {hz} Hz, {cents:.1} cents");
        let peak = db(steady.iter().fold(0.0f32, |p, x| p.max(x.abs())));
        assert!((-38.0..=-8.0).contains(&peak), "{peak:.1} dBFS");
    }
}

#[test]
fn a_note_ends_with_its_key() {
    let mut player = with_font(RATE);
    let events = [
        (0, Do::On(Lane::Melody, 60, 100, 0)),
        (24_000, Do::Off(Lane::Melody, 60)),
    ];
    let audio = render(&mut player, &events, 96_000, 512);
    let bus = &audio[Lane::Melody.index() + 1][0];
    assert!(bus[12_000..24_000].iter().any(|x| x.abs() > 0.01));
    assert!(bus[90_000..].iter().all(|x| x.abs() < 1e-5));
}

#[test]
fn the_sound_is_the_same_at_any_block_size() {
    let events = [
        (5, Do::On(Lane::Melody, 69, 100, 0)),
        (3_000, Do::On(Lane::Melody, 76, 40, 0)),
        (7_001, Do::Off(Lane::Melody, 69)),
        (8_000, Do::Cut),
        (8_001, Do::On(Lane::Melody, 64, 127, 0)),
    ];
    let whole = render(&mut with_font(RATE), &events, 12_000, 4096);
    for block in [1, 7, 64] {
        let audio = render(&mut with_font(RATE), &events, 12_000, block);
        assert!(audio == whole, "blocks of {block}");
    }
}

#[test]
fn a_jump_and_a_change_of_instrument_fade_within_5_ms_without_a_click() {
    let mut player = with_font(RATE);
    let on = [(0, Do::On(Lane::Melody, 69, 127, 0))];
    let cut = [(0, Do::Cut)];
    let lane = Lane::Melody.index() + 1;
    let before = render(&mut player, &on, 9_600, 512);
    let after = render(&mut player, &cut, 4_800, 512);
    let step = |x: &[f32]| x.windows(2).fold(0.0f32, |p, w| p.max((w[1] - w[0]).abs()));
    let usual = step(&before[lane][0][4_800..]);
    let loud = common::peak(&before[lane]);
    assert!(usual > 1e-3);
    assert!(step(&after[lane][0]) <= 1.5 * usual);
    // What is left is the ring of the strip's high-pass.
    assert!(after[lane][0][260..].iter().all(|x| x.abs() < 0.02 * loud));

    render(&mut player, &on, 9_600, 512);
    assert!(player.set_font(Lane::Melody, None).is_ok());
    assert!(player.take_left_font().is_none(), "it still fades");
    let bank = bank();
    let another = Font::new(&bank, &bank.programs()[0], RATE).unwrap();
    assert!(
        player
            .set_font(Lane::Melody, Some(Box::new(another)))
            .is_err(),
        "one at a time"
    );
    let after = render(&mut player, &[], 4_800, 512);
    assert!(step(&after[lane][0]) <= 1.5 * usual);
    assert!(after[lane][0][260..].iter().all(|x| x.abs() < 0.02 * loud));
    assert!(
        player.take_left_font().is_some(),
        "it comes back to be freed"
    );
}

#[test]
fn damaged_files_are_refused_or_play_and_never_panic() {
    let whole = sf2::file();
    assert!(SoundFontBank::read(&mut &b""[..]).is_err());
    assert!(SoundFontBank::read(&mut &b"RIFFnothing of the kind"[..]).is_err());
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut refused = 0;
    // Cut off anywhere, and one byte changed anywhere outside of the samples.
    let samples = 150..150 + 20 * sf2::TURN;
    for at in (0..whole.len()).filter(|at| !samples.contains(at)) {
        let mut cut = whole.clone();
        cut.truncate(at);
        refused += u32::from(SoundFontBank::read(&mut cut.as_slice()).is_err());
        let mut changed = whole.clone();
        changed[at] ^= 0xff;
        let Ok(bank) = SoundFontBank::read(&mut changed.as_slice()) else {
            continue;
        };
        if at % 16 == 0 {
            for program in bank.programs() {
                let _ = Font::new(&bank, &program, RATE);
            }
        }
    }
    std::panic::set_hook(quiet);
    assert!(refused > 100, "{refused}");
    let missing = Program {
        bank: 3,
        program: 3,
        name: String::new(),
    };
    assert!(Font::new(&bank(), &missing, RATE).is_err());
}
