//! A net under the audio thread: a panic in an engine is our bug, and must not take the host with it.
//!
//! Costs nothing while nothing panics. What was caught is shown as a fault; after a few of them the step is
//! left out until the next reset, since a log line a block would be worse than silence.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Panics after which a step is left out.
const ENOUGH: u32 = 3;

/// Counts what it caught.
#[derive(Clone, Copy, Debug, Default)]
pub struct Net {
    caught: u32,
}

impl Net {
    /// Does `step`; says whether it came to its end.
    pub fn over(&mut self, step: impl FnOnce()) -> bool {
        if self.caught >= ENOUGH {
            return false;
        }
        let whole = catch_unwind(AssertUnwindSafe(step)).is_ok();
        self.caught += u32::from(!whole);
        whole
    }
    /// Tries again.
    pub fn reset(&mut self) {
        self.caught = 0;
    }
    /// Whether anything was caught since the last reset.
    pub const fn caught(&self) -> bool {
        self.caught > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_panics_is_left_out_after_a_while_and_tried_again_after_a_reset() {
        let (mut net, mut tries) = (Net::default(), 0);
        for _ in 0..10 {
            assert!(!net.over(|| {
                tries += 1;
                panic!("on purpose");
            }));
        }
        assert_eq!(tries, ENOUGH);
        assert!(net.caught() && !net.over(|| {}));
        net.reset();
        assert!(!net.caught() && net.over(|| {}));
    }
}
