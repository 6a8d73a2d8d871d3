//! A preview in the song's place on Main, and on Main alone.
//!
//! The song plays on underneath: its notes, its stems and its own Main are worked out as ever, and what comes here
//! only fades from one sound to the other at the very end. While the host records, or renders faster than it plays,
//! there is no preview at all, not even one that fades.

use dsp::Meters;
use engines::performer::Span;
use music::controls::Controls;
use nice_plug::prelude::{Buffer, ProcessMode};

use super::MuseAroo;
use crate::handoff::AudioEnd;
use crate::preview::{Basis, Preview, PreviewsEnd};
use crate::rendering;

/// Length of a fade. Taste: no click, and on the beat all the same.
const FADE_S: f32 = 0.006;
/// Spans of a block that a preview goes along with. Taste: a host's loop turns once or twice in a block.
const MAX_SPANS: usize = 64;

/// Where previews play.
pub struct Booth {
    plays: Option<Box<Preview>>,
    next: Option<Box<Preview>>,
    /// Where the song was in the block.
    spans: Vec<Span>,
    /// Gains on main, 0–1: of the song, and of the preview.
    song: f32,
    preview: f32,
    /// What a gain moves in a sample.
    step: f32,
    basis: Option<Basis>,
    is_offline: bool,
    is_recording: bool,
    /// The song moved in the block before.
    rolled: bool,
    /// It was heard, and has to go.
    is_over: bool,
}

impl Default for Booth {
    fn default() -> Self {
        Booth {
            plays: None,
            next: None,
            spans: Vec::with_capacity(MAX_SPANS),
            song: 1.0,
            preview: 0.0,
            step: 1.0,
            basis: None,
            is_offline: false,
            is_recording: false,
            rolled: false,
            is_over: false,
        }
    }
}

impl Booth {
    /// Before the first block.
    pub fn prepare(&mut self, basis: Basis, mode: ProcessMode) {
        self.basis = Some(basis);
        self.is_offline = mode == ProcessMode::Offline;
        self.step = 1.0 / (FADE_S * basis.rate_hz).max(1.0);
    }
    /// A block begins.
    pub fn start(&mut self, is_recording: bool) {
        self.spans.clear();
        self.is_recording = is_recording;
    }
    /// The song goes along here.
    ///
    /// # Realtime
    /// There is room for the spans of every block that is music; the others are left out.
    pub fn note(&mut self, span: &Span) {
        if self.spans.len() < MAX_SPANS {
            self.spans.push(*span);
        }
    }
    /// Ends whatever is heard, at once.
    pub fn cut(&mut self, end: &mut PreviewsEnd) {
        for preview in [self.plays.take(), self.next.take()].into_iter().flatten() {
            end.give_back(preview);
        }
        while let Ok(preview) = end.coming.pop() {
            end.give_back(preview);
        }
        (self.song, self.preview, self.is_over) = (1.0, 0.0, false);
    }
    /// Number of what is heard.
    pub fn number(&self) -> u64 {
        self.plays.as_ref().map_or(0, |preview| preview.number)
    }
    /// What meters say: main shows what is heard, all else is the song's.
    pub fn metered(&mut self, mut song: Meters) -> Meters {
        if let Some(preview) = &mut self.plays {
            let heard = preview.take_meters();
            song.peaks[0] = heard.peaks[0];
            song.buses[0] = heard.buses[0];
            song.lufs_momentary = heard.lufs_momentary;
        }
        song
    }
    /// The host says that it records.
    pub const fn is_recording(&self) -> bool {
        self.is_recording
    }

    /// Takes what comes, and sends away what has faded. Says whether there is anything to hear.
    fn turn(&mut self, end: &mut PreviewsEnd, may: bool) -> bool {
        let wanted = if may { end.wanted() } else { 0 };
        while let Ok(preview) = end.coming.pop() {
            // Made before the host changed its mind, or passed over.
            if preview.number != wanted || Some(preview.basis()) != self.basis {
                end.give_back(preview);
            } else if let Some(older) = self.next.replace(preview) {
                end.give_back(older);
            }
        }
        if self.next.as_ref().is_some_and(|next| next.number != wanted) {
            self.next
                .take()
                .into_iter()
                .for_each(|next| end.give_back(next));
        }
        let rolls = self.spans.iter().any(|span| span.playing);
        let rolled = std::mem::replace(&mut self.rolled, rolls);
        let starts = rolls && !rolled;
        if let Some(plays) = &self.plays {
            self.is_over |= plays.number != wanted || starts && plays.rests;
            if self.is_over && self.preview == 0.0 {
                self.plays
                    .take()
                    .into_iter()
                    .for_each(|gone| end.give_back(gone));
            }
        }
        if self.plays.is_none() {
            self.plays = self.next.take();
            self.is_over = false;
        }
        self.plays.is_some() || self.song < 1.0
    }

    /// Fades main, which holds the song, to what is heard.
    fn mix(&mut self, main: &mut [&mut [f32]], frames: usize) {
        let stays = !self.is_over && self.plays.is_some();
        let song_to = if stays || self.next.is_some() {
            0.0
        } else {
            1.0
        };
        let preview_to = if stays { 1.0 } else { 0.0 };
        let heard = self.plays.as_ref().map(|preview| preview.main());
        for frame in 0..frames {
            self.song = towards(self.song, song_to, self.step);
            self.preview = towards(self.preview, preview_to, self.step);
            for (side, channel) in main.iter_mut().take(2).enumerate() {
                let own = heard.and_then(|sides| sides[side].get(frame).copied());
                let Some(sample) = channel.get_mut(frame) else {
                    continue;
                };
                *sample = *sample * self.song + own.unwrap_or(0.0) * self.preview;
            }
        }
    }
}

fn towards(from: f32, to: f32, step: f32) -> f32 {
    from + (to - from).clamp(-step, step)
}

impl MuseAroo {
    /// What is heard in the song's place.
    #[inline(never)]
    pub(super) fn hear_preview(&mut self, main: &mut Buffer, controls: &Controls, bypassed: bool) {
        let booth = &mut self.band.booth;
        let Some(AudioEnd { previews, .. }) = &mut self.audio else {
            return;
        };
        if booth.is_offline || booth.is_recording || rendering::is_offline() {
            return booth.cut(previews);
        }
        let frames = main.samples();
        let fits = booth.basis.is_some_and(|basis| frames <= basis.max_frames);
        if !booth.turn(previews, !bypassed && fits) {
            return;
        }
        if let Some(preview) = booth.plays.as_mut().filter(|_| fits) {
            let faders = self.params.faders();
            preview.play(&booth.spans, frames, controls, &faders);
        }
        booth.mix(main.as_slice(), frames);
    }

    /// As [`Booth::cut`], where a step went wrong or the host starts anew.
    pub(super) fn cut_preview(&mut self) {
        if let Some(audio) = &mut self.audio {
            self.band.booth.cut(&mut audio.previews);
        }
    }
}
