//! What a voice of each instrument costs: voices in a hundredth of a core, every patch and kit by its name.
//!
//! Half as many notes set the same strips to work, so that the difference is the voices' own.

use std::time::Instant;

use anyhow::{Result, bail};
use authoring::Library;
use dsp::{BUSES, Mix, Player};
use music::drum::Piece;
use music::lane::Lane;
use music::patch::Patch;
use music::pitch::Pitch;

const RATE_HZ: f32 = 48_000.0;
const BLOCK: usize = 512;
/// Blocks of a pass, and how often notes are struck in it.
const BLOCKS: usize = 96;
const STRIKES: usize = 3;
/// Passes of which the least counts, block by block.
const PASSES: usize = 4;
/// Notes at a time.
const NOTES: usize = 12;
/// Notes that one lane each plays, where a note ends the one before.
const MONO_NOTES: usize = 4;

/// A patch, and how many voices of it a hundredth of a core plays.
pub(super) struct Cost {
    pub stem: String,
    pub voices: f64,
}

/// Every patch, the dearest first.
pub(super) fn measure() -> Result<Vec<Cost>> {
    let library = Library::load(None);
    if library.patches.is_empty() {
        bail!("there are no instruments");
    }
    let mut player = Player::new(&library.patches, RATE_HZ, BLOCK);
    let mut costs = Vec::new();
    for (index, (stem, patch)) in library.patch_stems.iter().zip(&library.patches).enumerate() {
        let most = if patch.is_mono() { MONO_NOTES } else { NOTES };
        let (few, fewer) = play(&mut player, index as u8, patch, most / 2);
        let (all, voices) = play(&mut player, index as u8, patch, most);
        let each = (all - few).max(1e-9) / (voices - fewer).max(0.1);
        costs.push(Cost {
            stem: stem.clone(),
            voices: 0.01 / each,
        });
    }
    costs.sort_by(|a, b| a.voices.total_cmp(&b.voices));
    Ok(costs)
}

/// The lane and the key of the `n`-th of some notes.
fn note(patch: &Patch, n: usize) -> (Lane, Pitch) {
    match patch {
        Patch::Kit(_) => (Lane::Drums, Piece::ALL[n % Piece::ALL.len()].general_midi()),
        // One voice a lane where a note ends the one before.
        p if p.is_mono() => (Lane::PLAYED[1 + n], Pitch(36 + 5 * n as u8)),
        _ => (Lane::Harmony, Pitch(48 + 3 * n as u8)),
    }
}

/// Share of a core that some notes take, and how many voices sounded at a time.
fn play(player: &mut Player, index: u8, patch: &Patch, notes: usize) -> (f64, f64) {
    let mut mix = Mix {
        master_on: false,
        ..Mix::default()
    };
    for lane in &mut mix.lanes {
        lane.reverb_send = 0.0;
    }
    let mut audio = [[[0.0f32; BLOCK]; 2]; BUSES];
    let mut least = [f64::MAX; BLOCKS];
    let mut voices = 0;
    for _ in 0..PASSES {
        player.reset();
        player.set_mix(&mix);
        voices = 0;
        for (block, least) in least.iter_mut().enumerate() {
            if block % (BLOCKS / STRIKES) == 0 {
                for n in 0..notes {
                    let (lane, key) = note(patch, n);
                    player.note_off(lane, key);
                    player.note_on(lane, key, 90, index, (n * 77_777 + block) as u32);
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
    }
    let seconds = (BLOCKS * BLOCK) as f64 / f64::from(RATE_HZ);
    let total: f64 = least.iter().sum();
    (total / seconds, voices as f64 / BLOCKS as f64)
}
