//! The way of a preview to the audio thread and back. Two rings, and the number of the one that is wanted: a preview
//! that nobody wants any more fades out and comes back, whatever else is on its way.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Basis, Preview};

/// Previews that there may be at once, wherever they are. Taste: one that plays, one that comes, two to be freed.
const MOST: usize = 4;

/// Everyone's end but the audio thread's.
pub struct Previews {
    wanted: Arc<AtomicU64>,
    desk: Mutex<Desk>,
}

struct Desk {
    to_audio: rtrb::Producer<Box<Preview>>,
    from_audio: rtrb::Consumer<Box<Preview>>,
    /// Sent and not come back.
    away: usize,
    last: u64,
    basis: Option<Basis>,
}

impl Desk {
    fn sweep(&mut self) {
        while self.from_audio.pop().is_ok() {
            self.away -= 1;
        }
    }
}

/// The audio thread's end.
pub struct PreviewsEnd {
    wanted: Arc<AtomicU64>,
    /// Previews that come.
    pub coming: rtrb::Consumer<Box<Preview>>,
    back: rtrb::Producer<Box<Preview>>,
}

impl Previews {
    /// Both ends.
    pub fn new() -> (Previews, PreviewsEnd) {
        let (to_audio, coming) = rtrb::RingBuffer::new(MOST);
        let (back, from_audio) = rtrb::RingBuffer::new(MOST);
        let wanted = Arc::new(AtomicU64::new(0));
        let desk = Desk {
            to_audio,
            from_audio,
            away: 0,
            last: 0,
            basis: None,
        };
        let previews = Previews {
            wanted: wanted.clone(),
            desk: Mutex::new(desk),
        };
        let end = PreviewsEnd {
            wanted,
            coming,
            back,
        };
        (previews, end)
    }
    /// The host has said what players are made for. Off the audio thread.
    pub fn prepare(&self, basis: Basis) {
        self.desk().basis = Some(basis);
    }
    /// What a preview has to be made for; `None` before the host has said.
    pub fn basis(&self) -> Option<Basis> {
        self.desk().basis
    }
    /// Has a preview heard in place of any other; gives its number. `None` where too many are under way, because the
    /// host does not call.
    pub fn start(&self, mut preview: Box<Preview>) -> Option<u64> {
        let mut desk = self.desk();
        desk.sweep();
        if desk.away == MOST {
            return None;
        }
        desk.last += 1;
        preview.number = desk.last;
        self.wanted.store(desk.last, Ordering::Release);
        desk.to_audio.push(preview).ok()?;
        desk.away += 1;
        Some(desk.last)
    }
    /// Has none heard.
    pub fn stop(&self) {
        self.wanted.store(0, Ordering::Release);
    }
    /// Has one of them heard no more; another goes on.
    pub fn stop_one(&self, number: u64) {
        let _ = self
            .wanted
            .compare_exchange(number, 0, Ordering::AcqRel, Ordering::Relaxed);
    }
    /// Number of the one that is wanted, 0 for none.
    pub fn wanted(&self) -> u64 {
        self.wanted.load(Ordering::Acquire)
    }
    /// Frees what has come back.
    pub fn sweep(&self) {
        self.desk().sweep();
    }
    /// Locks; what a thread that panicked leaves behind is whole.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PreviewsEnd {
    /// Number of the one that is wanted, 0 for none.
    ///
    /// # Realtime
    /// One atomic.
    pub fn wanted(&self) -> u64 {
        self.wanted.load(Ordering::Acquire)
    }
    /// Sends one back to be freed.
    ///
    /// # Realtime
    /// Moves a pointer: there is room for as many as there are.
    pub fn give_back(&mut self, preview: Box<Preview>) {
        if let Err(rtrb::PushError::Full(preview)) = self.back.push(preview) {
            // Cannot be; memory that is lost is better than a lock that is waited for.
            std::mem::forget(preview);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;
    use crate::material::Material;
    use crate::preview::{Stand, Start};

    #[test]
    fn there_are_never_more_than_fit_and_the_newest_is_wanted() {
        let (previews, mut end) = Previews::new();
        let (fonts, _end) = Fonts::new();
        assert!(previews.basis().is_none());
        previews.prepare(Basis {
            rate_hz: 48_000.0,
            max_frames: 64,
            latency: dsp::Latency::Zero,
        });
        let make = || {
            let material = Arc::new(Material::new());
            let basis = previews.basis().expect("it was said");
            Preview::new(material, Stand::Live, Start::Bar(0), basis, &fonts)
        };
        let numbers: Vec<_> = (0..5).map(|_| previews.start(make())).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(3), Some(4), None]);
        assert_eq!(end.wanted(), 4);
        while let Ok(preview) = end.coming.pop() {
            end.give_back(preview);
        }
        assert_eq!(previews.start(make()), Some(5));
        previews.stop_one(4);
        assert_eq!(end.wanted(), 5);
        previews.stop_one(5);
        assert_eq!(end.wanted(), 0);
    }
}
