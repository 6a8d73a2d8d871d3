//! Gives every declared channel a buffer: the host's own, or silence of ours where the host left one out.
//!
//! Hosts leave out buses that nobody listens to: fewer buses than declared, buses without channels, null
//! pointers. The framework would skip the whole block then, notes included. Both entries hand it buses that
//! are always complete. Storage is reserved when the host activates; filling allocates nothing.

use std::cell::Cell;
use std::num::NonZeroU32;

thread_local! {
    /// Bit `n`: the host gave output bus `n` in the call that runs on this thread.
    static GIVEN: Cell<u32> = const { Cell::new(0) };
}

/// Says which output buses the host gave, before the block is processed on the same thread.
pub fn set_given(buses: u32) {
    GIVEN.set(buses);
}

/// Whether the host gave output bus `index` in this call. The framework has no word for it.
pub fn is_given(index: usize) -> bool {
    GIVEN.get() >> index & 1 == 1
}

/// One bus.
pub struct Bus {
    channels: usize,
    reserved_frames: usize,
    store: Vec<f32>,
    pointers: Vec<*mut f32>,
}

// SAFETY: `pointers` is scratch of one call, written before it is read; nothing is shared through it.
unsafe impl Send for Bus {}

impl Bus {
    /// A bus without storage yet.
    pub fn new(channels: usize) -> Bus {
        Bus {
            channels,
            reserved_frames: 0,
            store: Vec::new(),
            pointers: vec![std::ptr::null_mut(); channels],
        }
    }
    /// The buses of one direction of a layout.
    pub fn side(main: Option<NonZeroU32>, aux: &[NonZeroU32]) -> Vec<Bus> {
        main.iter()
            .chain(aux)
            .map(|channels| Bus::new(channels.get() as usize))
            .collect()
    }
    /// Declared channels.
    pub const fn channels(&self) -> usize {
        self.channels
    }
    /// Makes room for blocks of up to `frames`.
    pub fn reserve(&mut self, frames: usize) {
        self.reserved_frames = frames;
        self.store = vec![0.0; self.channels * frames];
    }
    /// Points every declared channel at the host's buffer or at silence, and gives the pointers.
    ///
    /// # Realtime
    /// Allocates nothing; clears `frames` samples for each missing channel.
    ///
    /// # Safety
    /// `host` is null or points to `host_channels` pointers, each null or good for `frames` samples.
    pub unsafe fn point(
        &mut self,
        host: *mut *mut f32,
        host_channels: usize,
        frames: usize,
    ) -> *mut *mut f32 {
        let frames = frames.min(self.reserved_frames);
        for channel in 0..self.channels {
            let given = if host.is_null() || channel >= host_channels {
                std::ptr::null_mut()
            } else {
                // SAFETY: `channel` is below `host_channels`.
                unsafe { *host.add(channel) }
            };
            self.pointers[channel] = if given.is_null() {
                let first = channel * self.reserved_frames;
                let silence = &mut self.store[first..first + frames];
                silence.fill(0.0);
                silence.as_mut_ptr()
            } else {
                given
            };
        }
        self.pointers.as_mut_ptr()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed(
        bus: &mut Bus,
        host: *mut *mut f32,
        channels: usize,
        frames: usize,
    ) -> Vec<*mut f32> {
        // SAFETY: the tests below give what `point` asks for.
        let pointers = unsafe { bus.point(host, channels, frames) };
        // SAFETY: `point` gives one pointer a channel.
        unsafe { std::slice::from_raw_parts(pointers, bus.channels()) }.to_vec()
    }

    #[test]
    fn missing_channels_are_silent_and_given_ones_are_the_hosts() {
        let mut bus = Bus::new(2);
        bus.reserve(8);
        let mut left = [1.0f32; 8];
        let mut given = [left.as_mut_ptr(), std::ptr::null_mut()];
        for (host, channels) in [(given.as_mut_ptr(), 2), (given.as_mut_ptr(), 1)] {
            let got = pointed(&mut bus, host, channels, 8);
            assert_eq!(got[0], left.as_mut_ptr());
            assert!(!got[1].is_null() && got[1] != got[0]);
            // SAFETY: the spare channel has 8 samples.
            assert_eq!(unsafe { std::slice::from_raw_parts(got[1], 8) }, [0.0; 8]);
        }
        for (host, channels) in [
            (std::ptr::null_mut(), 0),
            (std::ptr::null_mut(), 2),
            (given.as_mut_ptr(), 0),
        ] {
            let got = pointed(&mut bus, host, channels, 8);
            assert!(got.iter().all(|p| !p.is_null() && *p != left.as_mut_ptr()));
        }
    }

    #[test]
    fn silence_is_cleared_again() {
        let mut bus = Bus::new(1);
        bus.reserve(4);
        let got = pointed(&mut bus, std::ptr::null_mut(), 0, 4);
        // SAFETY: the spare channel has 4 samples.
        unsafe { std::slice::from_raw_parts_mut(got[0], 4) }.fill(0.7);
        let again = pointed(&mut bus, std::ptr::null_mut(), 0, 4);
        // SAFETY: the same.
        assert_eq!(unsafe { std::slice::from_raw_parts(again[0], 4) }, [0.0; 4]);
    }
}
