//! What was played lately: so that an onset that came early is not played again when its bar is performed
//! under another latch, or when the song jumps back to it.

use heapless::Vec;
use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidate;
use music::pitch::Pitch;
use music::time::Tick;

/// Most onsets remembered. Notes of all lanes within the largest push: far fewer.
const LATELY: usize = 96;

/// Onsets at the start of a bar that were played before its bar line or soon after it: what must not be
/// played again when the bar is performed anew.
#[derive(Clone, Debug, Default)]
pub(super) struct EarlyOnsets {
    played: Vec<(Candidate, Latch), LATELY>,
}

impl EarlyOnsets {
    /// Remembers one.
    pub fn add(&mut self, candidate: &Candidate, latch: &Latch) {
        if self.played.is_full() {
            self.played.remove(0);
        }
        let _ = self.played.push((*candidate, *latch));
    }
    /// Whether a candidate performed under `latch` repeats one of them. Under the same music it is the
    /// same pitch at the same place; under another style, key, scale or seed a pitched lane repeats at the
    /// same place whatever its pitch.
    pub fn repeats(&self, candidate: &Candidate, latch: &Latch) -> bool {
        self.played.iter().any(|(played, under)| {
            let by_pitch = candidate.lane == Lane::Drums || under.is_same_music(latch);
            played.lane == candidate.lane
                && played.grid == candidate.grid
                && (!by_pitch || played.pitch == candidate.pitch)
        })
    }
    /// Forgets what lies before a bar line.
    pub fn forget_before(&mut self, line: Tick) {
        self.played.retain(|(played, _)| played.grid >= line);
    }
    /// Forgets them.
    pub fn clear(&mut self) {
        self.played.clear();
    }
}

/// Lanes and pitches that sounded lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    started: Vec<(Lane, Pitch, Tick), LATELY>,
    before_jump: Vec<(Lane, Pitch), LATELY>,
}

impl Recent {
    /// Remembers a start.
    pub fn add(&mut self, lane: Lane, pitch: Pitch, at: Tick) {
        if self.started.is_full() {
            self.started.remove(0);
        }
        let _ = self.started.push((lane, pitch, at));
    }
    /// The song jumps from `from`: keeps what started at most `reach` ticks before.
    pub fn jump(&mut self, from: Tick, reach: i64) {
        self.before_jump.clear();
        for (lane, pitch, at) in &self.started {
            if from.since(*at) <= reach {
                let _ = self.before_jump.push((*lane, *pitch));
            }
        }
        self.started.clear();
    }
    /// Whether it sounded just before the last jump.
    pub fn sounded_before_jump(&self, lane: Lane, pitch: Pitch) -> bool {
        self.before_jump.contains(&(lane, pitch))
    }
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.started.clear();
        self.before_jump.clear();
    }
}
