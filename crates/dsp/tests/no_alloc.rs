//! After `new` nothing allocates: a counting allocator watches notes, mixes, meters and rendering.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use dsp::{BUSES, Mix, Player};
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

#[test]
fn playing_does_not_allocate() {
    let bank = common::patches();
    let mut player = Player::new(&bank, 48_000.0, 512);
    let mut memory: Vec<Vec<f32>> = vec![vec![0.0; 512]; 2 * BUSES];
    let mut channels = memory.iter_mut();
    let mut buses: [[&mut [f32]; 2]; BUSES] = std::array::from_fn(|_| {
        [(); 2].map(|()| {
            channels
                .next()
                .map(Vec::as_mut_slice)
                .expect("sixteen channels")
        })
    });
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
