//! What the audio thread has heard from the host, as numbers that everyone may read.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use music::time::Meter;

/// What the audio thread has heard from the host, one number at a time.
pub struct Heard {
    meter: AtomicU32,
    tempo_mbpm: AtomicU32,
    styles: [AtomicU64; 4],
}

impl Default for Heard {
    fn default() -> Self {
        Heard {
            meter: AtomicU32::new(0),
            tempo_mbpm: AtomicU32::new(120_000),
            styles: [const { AtomicU64::new(0) }; 4],
        }
    }
}

impl Heard {
    /// Notes where the song is played, and in which style.
    ///
    /// # Realtime
    /// Three atomics.
    pub fn note(&self, meter: Meter, tempo_mbpm: u32, style: u8) {
        self.meter.store(
            u32::from(meter.numerator) << 8 | u32::from(meter.denominator),
            Ordering::Relaxed,
        );
        self.tempo_mbpm.store(tempo_mbpm, Ordering::Relaxed);
        self.note_style(style);
    }
    /// Notes that a style was used.
    pub fn note_style(&self, style: u8) {
        self.styles[usize::from(style >> 6)].fetch_or(1 << (style & 63), Ordering::Relaxed);
    }
    /// The last meter heard, if the host has told one.
    pub fn meter(&self) -> Option<Meter> {
        let word = self.meter.load(Ordering::Relaxed);
        Meter::new((word >> 8) as u8, word as u8)
    }
    /// The last tempo heard.
    pub fn tempo_mbpm(&self) -> u32 {
        self.tempo_mbpm.load(Ordering::Relaxed)
    }
    /// Whether a style slot was used since load.
    pub fn has_style(&self, slot: u8) -> bool {
        self.styles[usize::from(slot >> 6)].load(Ordering::Relaxed) & (1 << (slot & 63)) != 0
    }
    /// Forgets the styles: another project is loaded.
    pub fn forget_styles(&self) {
        for word in &self.styles {
            word.store(0, Ordering::Relaxed);
        }
    }
}
