//! Where notes lie in the bars of a file: bar, slot and distance from it.

use engines::feel::warp;
use engines::placement::{BarGrid, Slot, TimeScale};
use files::midi::{AnyFile, FileBar, FileNote};
use music::drum::Piece;
use music::groove::{GrooveSwing, SwingUnit};
use music::time::{Meter, TICKS_PER_STEP, Tick};

/// A note against its bar.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number of its bar.
    pub bar: usize,
    /// Whose row it belongs to.
    pub piece: Piece,
    /// The slot before which or on which it falls, by an even grid.
    pub slot: Slot,
    /// The slots beside it, if the bar has them.
    pub beside: [Option<Slot>; 2],
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Where the bar starts.
    pub bar_start: Tick,
    /// Microseconds a tick lasts, times 960.
    pub tempo: u32,
    /// How hard it is struck.
    pub velocity: u8,
    /// Which note of the list it is.
    pub note: usize,
}

impl Place {
    /// The slot that it plays under a swing, and how many ticks it is late.
    pub fn read(&self, swing: GrooveSwing) -> (Slot, i64) {
        let all = [Some(self.slot), self.beside[0], self.beside[1]];
        let late = |slot: &Slot| self.tick - swung(slot, swing);
        let nearest = all.into_iter().flatten().min_by_key(|s| late(s).abs());
        let slot = nearest.unwrap_or(self.slot);
        (slot, late(&slot))
    }
    /// Ticks as microseconds at its tempo.
    pub fn micros(&self, ticks: i64) -> i64 {
        ticks * self.tempo as i64 / (4 * TICKS_PER_STEP)
    }
    /// Microseconds as ticks at its tempo.
    pub fn ticks(&self, micros: i64) -> i64 {
        let tempo = self.tempo as i64;
        (micros * 4 * TICKS_PER_STEP + micros.signum() * tempo / 2) / tempo
    }
}

/// Where a slot falls under a swing, in ticks from the bar's start.
pub fn swung(slot: &Slot, swing: GrooveSwing) -> i64 {
    let (first, pair) = match swing.unit {
        SwingUnit::Eighth if slot.beat_steps == 4 => (0, 4),
        SwingUnit::Sixteenth if (slot.in_beat & !1) + 2 <= slot.beat_steps => {
            (slot.in_beat & !1, 2)
        }
        _ => return slot.tick,
    };
    let inside = (slot.in_beat - first) as i64 * TICKS_PER_STEP;
    slot.tick - inside + warp(inside, pair * TICKS_PER_STEP, swing.ratio as i64)
}

/// Every note that has a row, in its bar. What comes up to half a step early belongs to the bar it leads into.
pub fn places(
    file: &AnyFile,
    notes: &[FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
) -> Vec<Place> {
    let mut bars = file.bars();
    if let Some(last) = bars.last().copied() {
        bars.push(FileBar {
            start: last.start.plus(last.meter.bar_ticks()),
            ..last
        });
    }
    let mut grid = BarGrid::default();
    let mut laid: Option<Meter> = None;
    let mut out = Vec::new();
    for (index, note) in notes.iter().enumerate() {
        let Some(piece) = row(note) else { continue };
        let at = note.onset.plus(TICKS_PER_STEP / 2);
        let Some(bar) = bars.partition_point(|b| b.start <= at).checked_sub(1) else {
            continue;
        };
        let FileBar { start, meter } = bars[bar];
        if laid != Some(meter) {
            grid.lay(meter, TimeScale::Plain, 0);
            laid = Some(meter);
        }
        let tick = note.onset.since(start);
        let Some((place, slot)) = grid.slot_at(tick + TICKS_PER_STEP / 2) else {
            continue;
        };
        let neighbour = |i: Option<usize>| i.and_then(|i| grid.slots.get(i)).copied();
        out.push(Place {
            bar,
            piece,
            slot: *slot,
            beside: [neighbour(place.checked_sub(1)), neighbour(Some(place + 1))],
            tick,
            bar_start: start,
            tempo: file.tempo_at(note.onset),
            velocity: note.velocity,
            note: index,
        });
    }
    out
}
