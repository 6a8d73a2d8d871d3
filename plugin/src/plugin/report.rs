//! What a block says to the editor: place, meters, faults, and the share of its time that it took.

use std::time::Instant;

use dsp::Meters;
use music::chord::Chord;

use crate::block::Place;
use crate::snapshot::{BUSES, Fault, Pulse};

/// Shortest stretch over which the time taken is compared with the time there was: automation cuts blocks
/// down to one sample, whose share would say nothing.
const MIN_FRAMES: u32 = 256;
/// Time for a shown peak to fall to a third, seconds: the editor looks less often than blocks come.
const PEAK_FALL_S: f32 = 0.3;

/// Gathers the pulse.
pub struct Report {
    sample_rate_hz: f32,
    started: Instant,
    busy_s: f64,
    frames: u32,
    worst: f32,
    worst_now: f32,
    worst_frames: u32,
    /// Seconds that blocks took in this second, and their share of the last.
    busy_all_s: f64,
    load: f32,
    peaks: [[f32; 2]; BUSES],
    faults: u32,
    blocks: u64,
    has_material: bool,
    /// Highest true peak since the song began to play, dBTP.
    true_peak_dbtp: f32,
    was_playing: bool,
}

impl Default for Report {
    fn default() -> Self {
        Report {
            sample_rate_hz: 48_000.0,
            started: Instant::now(),
            busy_s: 0.0,
            frames: 0,
            worst: 0.0,
            worst_now: 0.0,
            worst_frames: 0,
            busy_all_s: 0.0,
            load: 0.0,
            peaks: [[0.0; 2]; BUSES],
            faults: 0,
            blocks: 0,
            has_material: false,
            true_peak_dbtp: -120.0,
            was_playing: false,
        }
    }
}

/// The faults of a block as bits.
pub fn faults(bad_transport: bool, events_lost: bool, our_bug: bool) -> u32 {
    let bit = |set: bool, fault: Fault| if set { fault as u32 } else { 0 };
    bit(bad_transport, Fault::BadTransport)
        | bit(events_lost, Fault::EventsLost)
        | bit(our_bug, Fault::OurBug)
}

impl Report {
    /// Takes the sample rate.
    pub fn prepare(&mut self, sample_rate_hz: f32) {
        self.sample_rate_hz = sample_rate_hz.max(1.0);
    }
    /// Whether the performer was given its material once.
    pub const fn has_material(&self) -> bool {
        self.has_material
    }
    /// The performer has its material.
    pub fn took_material(&mut self) {
        self.has_material = true;
    }
    /// A block begins.
    pub fn start(&mut self) {
        self.started = Instant::now();
    }
    /// The pulse at a block's end.
    pub fn pulse(
        &mut self,
        place: Place,
        held: Option<Chord>,
        meters: &Meters,
        faults: u32,
        frames: u32,
    ) -> Pulse {
        self.blocks += 1;
        self.faults |= faults;
        if meters.voices_stolen > 0 {
            self.faults |= Fault::VoicesStolen as u32;
        }
        if meters.not_a_number {
            self.faults |= Fault::NotANumber as u32;
        }
        let fall = (-(frames as f32) / (PEAK_FALL_S * self.sample_rate_hz)).exp();
        for (shown, new) in self
            .peaks
            .iter_mut()
            .flatten()
            .zip(meters.peaks.iter().flatten())
        {
            *shown = (*shown * fall).max(*new);
        }
        if place.playing && !self.was_playing {
            self.true_peak_dbtp = -120.0;
        }
        self.was_playing = place.playing;
        self.true_peak_dbtp = self.true_peak_dbtp.max(meters.true_peak_dbtp);
        self.time(frames);
        Pulse {
            playing: place.playing,
            host_transport: place.host_transport,
            tempo_bpm: place.tempo_bpm,
            meter: place.meter,
            position: place.position,
            bar_index: place.bar_index,
            bar_start: place.bar_start,
            held_chord: held,
            peaks: self.peaks,
            rms: meters.buses.map(|bus| bus.mean_power.map(f32::sqrt)),
            lufs_momentary: meters.lufs_momentary,
            lufs_short: meters.loudness.short_term,
            lufs_integrated: meters.loudness.integrated,
            true_peak_dbtp: self.true_peak_dbtp,
            correlation: meters.buses[0].correlation,
            glue_db: meters.glue_db,
            strip_db: meters.strip_db,
            strip_level_db: meters.strip_level_db,
            spectrum: meters.spectra[0],
            reduction_db: meters.reduction_db,
            faults: self.faults,
            blocks: self.blocks,
            worst_block: self.worst,
            load: self.load,
            preview: 0,
            recording: false,
        }
    }

    /// Compares the time taken with the time there was; the worst stretch of a second is shown for the next.
    fn time(&mut self, frames: u32) {
        self.busy_s += self.started.elapsed().as_secs_f64();
        self.frames += frames;
        if self.frames < MIN_FRAMES {
            return;
        }
        let share = self.busy_s * f64::from(self.sample_rate_hz) / f64::from(self.frames);
        self.worst_now = self.worst_now.max(share as f32);
        self.worst_frames += self.frames;
        self.busy_all_s += self.busy_s;
        (self.busy_s, self.frames) = (0.0, 0);
        if self.worst_frames as f32 >= self.sample_rate_hz {
            let second = f64::from(self.worst_frames) / f64::from(self.sample_rate_hz);
            self.load = (self.busy_all_s / second) as f32;
            self.busy_all_s = 0.0;
            (self.worst, self.worst_now, self.worst_frames) = (self.worst_now, 0.0, 0);
        }
        self.worst = self.worst.max(self.worst_now);
    }
}
