//! What the user asks of the audio thread outside the song: silence at once, and a style to be heard before it is
//! chosen.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A style that the user listens to without choosing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Style slot.
    pub slot: u8,
    /// Bar of the song that it starts at, from 0.
    pub bar: u16,
}

/// What was asked and not yet done.
#[derive(Debug, Default)]
pub struct Asked {
    panic: AtomicBool,
    /// 0 for none, else 1 << 32, bar and slot.
    preview: AtomicU64,
}

impl Asked {
    /// Every note shall end at once.
    pub fn panic(&self) {
        self.panic.store(true, Ordering::Release);
    }
    /// Whether every note shall end, once.
    ///
    /// # Realtime
    /// One atomic.
    pub fn take_panic(&self) -> bool {
        self.panic.swap(false, Ordering::AcqRel)
    }
    /// A style shall be heard, or none any more.
    pub fn preview(&self, preview: Option<Preview>) {
        let word = preview.map_or(0, |p| 1 << 32 | u64::from(p.bar) << 8 | u64::from(p.slot));
        self.preview.store(word, Ordering::Release);
    }
    /// The style that shall be heard.
    ///
    /// # Realtime
    /// One atomic.
    pub fn previewed(&self) -> Option<Preview> {
        let word = self.preview.load(Ordering::Acquire);
        (word != 0).then_some(Preview {
            slot: word as u8,
            bar: (word >> 8) as u16,
        })
    }
}
