//! After `new` nothing allocates: a counting allocator watches notes, mixes, meters and rendering.

mod common;
#[path = "common/sf2.rs"]
mod sf2;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use dsp::{BUSES, Font, Mix, Player, SoundFontBank};
use music::lane::Lane;
use music::pitch::Pitch;

struct Counting;

thread_local! {
    /// By thread: the test harness has work of its own.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

fn count() -> usize {
    COUNT.with(Cell::get)
}

// SAFETY: every call goes on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Left and right of every bus.
fn buses(memory: &mut [Vec<f32>]) -> [[&mut [f32]; 2]; BUSES] {
    let mut channels = memory.iter_mut();
    std::array::from_fn(|_| {
        [(); 2].map(|()| {
            channels
                .next()
                .map(Vec::as_mut_slice)
                .expect("sixteen channels")
        })
    })
}

#[test]
fn fonts_come_play_and_leave_without_allocating() {
    let bank = SoundFontBank::read(&mut sf2::file().as_slice()).expect("the font is whole");
    let made = |lane: Lane| {
        let program = &bank.programs()[usize::from(lane == Lane::Drums)];
        Some(Box::new(
            Font::new(&bank, program, 48_000.0).expect("it is made"),
        ))
    };
    let mut player = Player::new(&common::patches(), 48_000.0, 512);
    let mut coming =
        [Lane::Drums, Lane::Melody, Lane::Melody, Lane::Bass].map(|lane| (lane, made(lane)));
    let mut left = Vec::with_capacity(8);
    let mut memory: Vec<Vec<f32>> = vec![vec![0.0; 512]; 2 * BUSES];
    let mut buses = buses(&mut memory);
    player.reset();
    let before = count();
    let mut loudest = 0.0f32;
    for turn in 0..200u32 {
        // One comes every forty turns, while others play; at the end the built-in instrument comes back.
        if turn % 40 == 0
            && let Some((lane, font)) = coming.get_mut((turn / 40) as usize)
        {
            assert!(player.set_font(*lane, font.take()).is_ok());
        }
        if turn == 170 {
            assert!(player.set_font(Lane::Drums, None).is_ok());
        }
        // More notes than a font has voices, at every force.
        for lane in Lane::ALL {
            for key in 0..8 {
                let pitch = Pitch(36 + ((turn * 5 + 7 * key + lane.index() as u32) % 60) as u8);
                player.note_on(lane, pitch, 1 + (turn * 31 % 127) as u8, 0, turn);
            }
            player.render(&mut buses, 0..(turn as usize * 13) % 512);
            if turn % 3 > 0 {
                player.note_off(lane, Pitch(36 + ((turn * 5) % 60) as u8));
            }
        }
        player.render(&mut buses, 0..512);
        loudest = buses[1 + Lane::Melody.index()][0]
            .iter()
            .fold(loudest, |p, x| p.max(x.abs()));
        if turn % 50 == 49 {
            player.cut_all();
        }
        while let Some(font) = player.take_left_font() {
            left.push(font);
        }
    }
    assert_eq!(count() - before, 0);
    assert!(loudest > 0.01, "{loudest}");
    assert_eq!(left.len(), 2, "one melody and the drums have left");
}

#[test]
fn playing_does_not_allocate() {
    let bank = common::patches();
    let mut player = Player::new(&bank, 48_000.0, 512);
    let mut memory: Vec<Vec<f32>> = vec![vec![0.0; 512]; 2 * BUSES];
    let mut buses = buses(&mut memory);
    let before = count();
    player.reset();
    let mut mix = Mix::default();
    for turn in 0..200u32 {
        mix.master_db = -(turn as f32) * 0.01;
        player.set_mix(&mix);
        for lane in Lane::ALL {
            let patch = ((turn * 7 + lane.index() as u32) % bank.len() as u32) as u8;
            let pitch = Pitch(36 + ((turn * 5 + 3 * lane.index() as u32) % 48) as u8);
            player.note_on(
                lane,
                pitch,
                40 + (turn % 88) as u8,
                patch,
                turn.wrapping_mul(0x9e37_79b9),
            );
            player.render(&mut buses, 0..(turn as usize * 13) % 512);
            player.note_off(lane, pitch);
        }
        player.render(&mut buses, 0..512);
        if turn % 50 == 49 {
            player.cut_all();
        }
        player.take_meters();
    }
    assert_eq!(count() - before, 0);
}
