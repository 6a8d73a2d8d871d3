//! A style heard before it is chosen: while the song stands still, on Main alone.
//!
//! A performer of its own plays the song as it would be in that style, by a clock of its own. Its events reach the
//! player and nothing else: no MIDI out, no stems. The moment the song moves, the host renders offline or the plug-in
//! is bypassed, it ends, and the player starts from silence as if nothing had been heard: a recording or a bounce
//! holds none of it.

use engines::performer::{Output, Performer, Span};
use engines::view;
use music::controls::Controls;
use music::time::Tick;

use super::MuseAroo;
use crate::block::Place;
use crate::handoff::AudioEnd;
use crate::handoff::Preview as Asked;

/// What a block does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There is none.
    None,
    /// It plays.
    Plays,
    /// It has just ended.
    Ends,
}

/// The performer and its clock.
#[derive(Default)]
pub struct Preview {
    performer: Performer,
    /// What it plays in this block.
    pub output: Output,
    plays: Option<Asked>,
    position: f64,
    sample_rate_hz: f64,
    /// The host renders faster than it plays.
    offline: bool,
}

impl Preview {
    /// Before the first block.
    pub fn prepare(&mut self, sample_rate_hz: f64, offline: bool) {
        self.sample_rate_hz = sample_rate_hz;
        self.offline = offline;
        self.plays = None;
    }
    /// The song or its styles were changed.
    pub fn song_changed(&mut self) {
        self.performer.song_changed();
    }
    /// Ends it, and says nothing of it.
    pub fn stop(&mut self) {
        self.plays = None;
    }
    /// Slot of what plays.
    pub fn slot(&self) -> Option<u8> {
        self.plays.map(|asked| asked.slot)
    }

    /// Plays a block of what is `asked` for into its own output, if the song `rests`.
    ///
    /// # Realtime
    /// As the band itself: bounded, no allocation.
    pub fn play(
        &mut self,
        asked: Option<Asked>,
        rests: bool,
        material: view::Material<'_>,
        controls: &Controls,
        place: &Place,
        frames: u32,
    ) -> Turn {
        self.output.clear();
        let asked = asked.filter(|_| rests && !self.offline);
        let starts = asked != self.plays;
        let Some(asked) = asked else {
            let ended = self.plays.take().is_some();
            return if ended { Turn::Ends } else { Turn::None };
        };
        let meter = place.meter;
        if starts {
            self.plays = Some(asked);
            self.performer.release_later();
            self.position = f64::from(asked.bar) * meter.bar_ticks() as f64;
        }
        let material = view::Material {
            take: None,
            ..material
        };
        let mut controls = Controls {
            style: asked.slot,
            blend: 0,
            keys: music::controls::Keys::Off,
            ..*controls
        };
        for lane in &mut controls.lanes {
            lane.blend = 0;
        }
        let (low, _, high) = material.styles.get(asked.slot).tempo;
        // At the song's own tempo, as far as the style goes along with it.
        let tempo_bpm = place
            .tempo_bpm
            .clamp(f64::from(low), f64::from(high.max(low)));
        let ticks_per_frame = tempo_bpm / 60.0 * 960.0 / self.sample_rate_hz;
        let bar_index = (self.position / meter.bar_ticks() as f64).floor() as i32;
        let span = Span {
            offset: 0,
            frames,
            playing: true,
            position: self.position,
            ticks_per_frame,
            tempo_mbpm: (tempo_bpm * 1000.0).round() as u32,
            meter,
            bar_index,
            bar_start: Tick(i64::from(bar_index) * meter.bar_ticks()),
            cycle: None,
            jumped: starts,
        };
        self.performer
            .play(material, &controls, &span, &[], &mut self.output);
        self.position += f64::from(frames) * ticks_per_frame;
        Turn::Plays
    }
}

impl MuseAroo {
    /// The preview's block, while the song rests.
    #[inline(never)]
    pub(super) fn hear_preview(
        &mut self,
        controls: &Controls,
        bypassed: bool,
        frames: u32,
    ) -> Turn {
        let band = &mut *self.band;
        let place = band.cursor.place();
        // What ends in this block has the player to itself.
        let rests = !place.playing && !bypassed && band.output.events.is_empty();
        let material = self.audio.as_ref().map(AudioEnd::current);
        let Some(material) = material.and_then(|material| material.as_engines()) else {
            return Turn::None;
        };
        let asked = self.shared.asked.previewed();
        band.preview
            .play(asked, rests, material, controls, &place, frames)
    }
}
