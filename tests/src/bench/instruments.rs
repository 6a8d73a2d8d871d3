//! What a voice of each instrument costs: voices in a hundredth of a core, every patch and kit by its name.
//!
//! Fewer notes set the same strips to work, so that the difference is the voices' own. Notes are struck again before
//! they have died away, and the voices that count are those that sound.

use std::time::Instant;

use anyhow::{Result, bail};
use authoring::Library;
use dsp::{BUSES, Mix, Player};
use music::drum::Piece;
use music::lane::Lane;
use music::patch::{MalletTable, Patch};
use music::pitch::Pitch;

const RATE_HZ: f32 = 48_000.0;
const BLOCK: usize = 512;
/// Blocks of a pass, and after how many of them notes are struck again: 0.17 s, in which hardly anything dies.
const BLOCKS: usize = 64;
const STRUCK: usize = 16;
/// Passes of which the least counts, block by block.
const PASSES: usize = 8;
/// Notes at a time, few and all.
const NOTES: [usize; 2] = [8, 32];
/// Pieces of a kit.
const PIECES: [usize; 2] = [2, Piece::ALL.len()];
/// Notes that one lane each plays, where a note ends the one before whatever its patch says.
const LANES: [usize; 2] = [1, 4];

/// A patch, and how many voices of it a hundredth of a core plays.
pub(super) struct Cost {
    pub stem: String,
    pub voices: f64,
}

/// What a hundredth of a core is measured with.
struct Notes {
    /// The patch in the bank.
    patch: u8,
    /// One that keeps the strips of all lanes at work, where the patch itself plays one note a lane.
    beside: Option<u8>,
    kit: bool,
}

/// Every patch, the dearest first.
pub(super) fn measure() -> Result<Vec<Cost>> {
    let library = Library::load(None);
    if library.patches.is_empty() {
        bail!("there are no instruments");
    }
    let mut bank = Vec::new();
    let mut all = Vec::new();
    for patch in &library.patches {
        let sounding = many(patch);
        let mut notes = Notes {
            patch: bank.len() as u8,
            beside: None,
            kit: matches!(patch, Patch::Kit(_)),
        };
        if sounding.is_mono() {
            notes.beside = Some(bank.len() as u8 + 1);
            bank.push(sounding);
            bank.push(Patch::Mallet(MalletTable {
                tone: patch.tone().clone(),
                ..MalletTable::default()
            }));
        } else {
            bank.push(sounding);
        }
        all.push(notes);
    }
    let mut player = Player::new(&bank, RATE_HZ, BLOCK);
    let mut costs = Vec::new();
    for (stem, notes) in library.patch_stems.iter().zip(&all) {
        let counts = match notes.beside {
            Some(_) => LANES,
            None if notes.kit => PIECES,
            None => NOTES,
        };
        let mut least = [[f64::MAX; BLOCKS]; 2];
        let mut voices = [0.0; 2];
        // In turn, so that what else the machine does meets both.
        for _ in 0..PASSES {
            for (n, count) in counts.into_iter().enumerate() {
                voices[n] = play(&mut player, notes, count, &mut least[n]);
            }
        }
        let more = voices[1] - voices[0];
        // What is struck on a drum is over when it is over.
        if !notes.kit && more < 0.9 * (counts[1] - counts[0]) as f64 {
            bail!("{stem} falls silent while it is measured: {more:.1} voices");
        }
        let seconds = (BLOCKS * BLOCK) as f64 / f64::from(RATE_HZ);
        let [few, all] = least.map(|least| least.iter().sum::<f64>() / seconds);
        costs.push(Cost {
            stem: stem.clone(),
            voices: 0.01 * more / (all - few).max(1e-9),
        });
    }
    costs.sort_by(|a, b| a.voices.total_cmp(&b.voices));
    Ok(costs)
}

/// The patch so that many notes of it sound on one lane, if it can be had.
fn many(patch: &Patch) -> Patch {
    let mut patch = patch.clone();
    match &mut patch {
        Patch::String(t) => t.mono = false,
        Patch::Synth(t) => t.mono = false,
        Patch::Fm(t) => t.mono = false,
        _ => {}
    }
    patch
}

/// The lane and the key of the `n`-th of some notes.
fn note(notes: &Notes, n: usize) -> (Lane, Pitch) {
    if notes.kit {
        (Lane::Drums, Piece::ALL[n % Piece::ALL.len()].general_midi())
    } else if notes.beside.is_some() {
        (Lane::PLAYED[1 + n], Pitch(36 + 5 * n as u8))
    } else {
        (Lane::Harmony, Pitch(36 + 2 * n as u8))
    }
}

/// How many voices sounded at a time, of which the least seconds of every block are kept. Those that only keep the
/// strips at work count alike in every measurement.
fn play(player: &mut Player, notes: &Notes, count: usize, least: &mut [f64; BLOCKS]) -> f64 {
    let mut mix = Mix {
        master_on: false,
        ..Mix::default()
    };
    for lane in &mut mix.lanes {
        lane.reverb_send = 0.0;
    }
    let mut audio = [[[0.0f32; BLOCK]; 2]; BUSES];
    player.reset();
    player.set_mix(&mix);
    let mut voices = 0;
    for (block, least) in least.iter_mut().enumerate() {
        if block % STRUCK == 0 {
            let mut strike = |n: usize, patch: u8, above: u8| {
                let (lane, key) = note(notes, n);
                let key = Pitch(key.0 + above);
                player.note_off(lane, key);
                player.note_on(lane, key, 90, patch, (n * 77_777 + block) as u32);
            };
            (0..count).for_each(|n| strike(n, notes.patch, 0));
            // After them, for a note of theirs would end it.
            if let Some(beside) = notes.beside {
                (0..LANES[1]).for_each(|n| strike(n, beside, 12));
            }
        }
        let mut buses = audio
            .each_mut()
            .map(|bus| bus.each_mut().map(|side| &mut side[..]));
        let begun = Instant::now();
        player.render(&mut buses, 0..BLOCK);
        *least = least.min(begun.elapsed().as_secs_f64());
        voices += player.voices();
    }
    voices as f64 / BLOCKS as f64
}
