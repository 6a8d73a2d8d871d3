//! What a host set through the controller while blocks run: nice-plug 0.4.2 leaves it to the next block, and
//! a host that reads the value back before that would see its knob jump.
//!
//! The host's main thread sets and reads; the audio thread only counts blocks, without waiting.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Values that the next block brings.
#[derive(Default)]
pub struct Pending {
    blocks: AtomicU64,
    set: Mutex<Set>,
}

#[derive(Default)]
struct Set {
    block: u64,
    values: Vec<(u32, f64)>,
}

impl Pending {
    /// A block went by: what it brought is in the parameters.
    ///
    /// # Realtime
    /// One atomic addition.
    pub fn block(&self) {
        self.blocks.fetch_add(1, Ordering::Release);
    }
    /// Keeps a normalised value until the next block.
    pub fn keep(&self, id: u32, value: f64) {
        let block = self.blocks.load(Ordering::Acquire);
        if let Ok(mut set) = self.set.lock() {
            if set.block != block {
                set.block = block;
                set.values.clear();
            }
            set.values.retain(|(other, _)| *other != id);
            set.values.push((id, value));
        }
    }
    /// The value that the next block brings.
    pub fn value(&self, id: u32) -> Option<f64> {
        let set = self.set.lock().ok()?;
        let found = set.values.iter().find(|(other, _)| *other == id);
        found
            .filter(|_| set.block == self.blocks.load(Ordering::Acquire))
            .map(|(_, value)| *value)
    }
    /// A state overrules what was set before it.
    pub fn forget(&self) {
        if let Ok(mut set) = self.set.lock() {
            set.values.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_until_a_block_or_a_state() {
        let pending = Pending::default();
        pending.keep(1, 0.25);
        pending.keep(2, 0.5);
        pending.keep(1, 0.75);
        assert_eq!(
            (pending.value(1), pending.value(2)),
            (Some(0.75), Some(0.5))
        );
        pending.block();
        assert_eq!((pending.value(1), pending.value(2)), (None, None));
        pending.keep(2, 1.0);
        assert_eq!((pending.value(1), pending.value(2)), (None, Some(1.0)));
        pending.forget();
        assert_eq!(pending.value(2), None);
    }
}
