//! One span, event by event: bar lines, keys, onsets and ends in the order of their frames.

use music::chord::Chord;
use music::controls::{Controls, Keys, Latch};
use music::drum::DrumMap;
use music::lane::{LANES, Lane};
use music::plan::SectionKind;
use music::time::Tick;

use super::bars::Bars;
use super::chase::{Sounds, chase};
use super::decide::{decide, plays};
use super::keys::HeldKeys;
use super::memory::Recent;
use super::output::{Output, StyleTurn};
use super::ruler::Ruler;
use super::seat::Offer;
use super::sounding::{Frames, Sounding};
use super::stroke::{Scene, by_hand, from_offer};
use super::timeline::{Mark, Situation, Timeline};
use super::{KeyEvent, Span};
use crate::view::Material;

/// The performer but for the band.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    timeline: Timeline,
    sounding: Sounding,
    keys: HeldKeys,
    keys_mode: Keys,
    recent: Recent,
    drum_map: DrumMap,
    /// Frames played since it was made.
    elapsed: u64,
    /// Song time moved in the span before.
    rolling: bool,
    /// The host told of a loop in the span before.
    loop_told: bool,
    jump_owed: bool,
    release_owed: bool,
    /// The styles whose mix counts, by lane, and the section.
    mixed: Option<([u8; LANES], Option<SectionKind>)>,
}

impl Stage {
    pub fn play(
        &mut self,
        bars: &mut impl Bars,
        material: Material,
        controls: &Controls,
        span: &Span,
        keys: &[KeyEvent],
        out: &mut Output,
    ) {
        let frames = Frames {
            elapsed: self.elapsed,
            offset: span.offset,
        };
        let scene = Scene {
            material,
            controls,
            span,
            keys,
            frames,
        };
        if core::mem::take(&mut self.release_owed) {
            self.release_all(span.offset, out);
        }
        self.enter(&scene, span.offset, out);
        self.jump_owed |= span.jumped;
        let Some(ruler) = Ruler::new(span) else {
            if span.frames > 0 || !span.playing {
                self.stop(span.offset, out);
                self.turn_styles(&controls.latch(), span.offset, out);
            }
            for key in scene.keys() {
                self.key(&scene, key, key.frame, out);
            }
            self.elapsed += span.frames as u64;
            return;
        };
        let now = Situation {
            material,
            latch: controls.latch(),
            bar_index: span.bar_index,
            bar_start: span.bar_start,
            meter: span.meter,
            tempo_mbpm: span.tempo_mbpm,
            cycle: span.cycle,
        };
        if core::mem::take(&mut self.jump_owed) || !self.rolling {
            self.jump(bars, &scene, &now, ruler.first_tick(), out);
        } else {
            self.timeline.follow(bars, &now);
        }
        self.roll(bars, &scene, &now, &ruler, out);
        self.rolling = true;
        self.loop_told = span.cycle.is_some();
        self.elapsed += span.frames as u64;
        out.overflow |= core::mem::take(&mut self.timeline.overflow);
    }

    /// Notes that the controls of the span forbid end at its start.
    fn enter(&mut self, scene: &Scene, frame: u32, out: &mut Output) {
        let Scene {
            material, controls, ..
        } = *scene;
        self.keys_mode = controls.keys;
        self.sounding
            .end_those(frame, out, |lane, _, by_hand| match by_hand {
                true => controls.keys != Keys::Lane(lane),
                false => !plays(controls, material.song.lanes, lane),
            });
        self.sounding
            .follow_channels(frame, out, |lane| controls.lane(lane).channel);
    }

    /// The song goes on from another place.
    fn jump(
        &mut self,
        bars: &mut impl Bars,
        scene: &Scene,
        now: &Situation,
        at: Tick,
        out: &mut Output,
    ) {
        let frame = scene.frames.offset;
        self.sounding
            .end_those(frame, out, |_, _, by_hand| !by_hand);
        // A loop that the host tells of holds back what belongs behind its end, so nothing can repeat.
        if self.rolling && !(self.loop_told && scene.span.jumped) {
            self.recent.jump(self.timeline.watermark, now.reach());
        } else {
            self.recent.clear();
        }
        self.timeline.jump(bars, now, at);
        self.turn_styles(&now.latch, frame, out);
        let Stage {
            timeline,
            sounding,
            keys,
            drum_map,
            keys_mode,
            ..
        } = self;
        let held = held(keys, *keys_mode);
        chase(timeline, bars, now, at, |offer, sounds| {
            let Some(heard) = decide(offer, scene.controls, now.material.song.lanes, held) else {
                return false;
            };
            if sounds == Sounds::Start {
                let stroke = from_offer(offer, &heard, scene, drum_map);
                sounding.start(&stroke, frame, scene.frames, out);
            }
            true
        });
    }

    /// Walks the span.
    fn roll(
        &mut self,
        bars: &mut impl Bars,
        scene: &Scene,
        now: &Situation,
        ruler: &Ruler,
        out: &mut Output,
    ) {
        let span = scene.span;
        let end = ruler.end_tick();
        let mut keys = scene.keys().peekable();
        let mut at_frame = span.offset;
        loop {
            let mark = self.timeline.next_mark(now, end);
            let onset = self
                .timeline
                .next_onset(now, mark.map_or(end, |(tick, _)| tick));
            let on_ruler = |tick: Tick| span.offset + ruler.frame_inside(tick);
            let song_frame = onset
                .or(mark.map(|(tick, _)| tick))
                .map_or(u32::MAX, on_ruler);
            let key_frame = keys.peek().map_or(u32::MAX, |key| key.frame);
            let off_frame = self
                .sounding
                .next_end(ruler, scene.frames, span.frames)
                .unwrap_or(u32::MAX);
            let frame = song_frame.min(key_frame).min(off_frame);
            if frame == u32::MAX {
                break;
            }
            at_frame = at_frame.max(frame);
            if off_frame == frame {
                self.sounding.end_due(at_frame, ruler, scene.frames, out);
            } else if key_frame == frame {
                if let Some(key) = keys.next() {
                    self.key(scene, key, at_frame, out);
                }
            } else if onset.is_some() {
                if let Some(offer) = self.timeline.take() {
                    self.offer(scene, &offer, at_frame, out);
                }
            } else if let Some((tick, mark)) = mark {
                self.timeline.pass(bars, now, mark, tick);
                if mark == Mark::BarLine {
                    self.turn_styles(&now.latch, at_frame, out);
                }
            }
        }
        self.timeline.watermark = self.timeline.watermark.max(end);
    }

    /// Decides a candidate whose moment has come.
    fn offer(&mut self, scene: &Scene, offer: &Offer, frame: u32, out: &mut Output) {
        let held = held(&self.keys, self.keys_mode);
        let Some(heard) = decide(offer, scene.controls, scene.material.song.lanes, held) else {
            return;
        };
        let lane = offer.candidate.lane;
        if offer.clamped_by_jump && self.recent.sounded_before_jump(lane, heard.pitch) {
            return;
        }
        let stroke = from_offer(offer, &heard, scene, &self.drum_map);
        if self.sounding.start(&stroke, frame, scene.frames, out) {
            self.timeline.played(offer);
            self.recent.add(lane, heard.pitch, offer.due);
        }
    }

    /// The mix of what latched counts from a frame on.
    fn turn_styles(&mut self, latch: &Latch, frame: u32, out: &mut Output) {
        let turn = StyleTurn {
            frame,
            styles: Lane::ALL.map(|lane| latch.style_of(lane)),
            section: self.timeline.section(),
        };
        let mixed = Some((turn.styles, turn.section));
        if self.mixed != mixed {
            self.mixed = mixed;
            out.turn_styles(turn);
        }
    }

    /// A key goes down or up.
    fn key(&mut self, scene: &Scene, key: &KeyEvent, frame: u32, out: &mut Output) {
        self.keys.set(key.pitch, key.velocity > 0);
        let Keys::Lane(lane) = scene.controls.keys else {
            return;
        };
        if key.velocity == 0 {
            self.sounding.end_those(frame, out, |_, pitch, by_hand| {
                by_hand && pitch == key.pitch
            });
            return;
        }
        let stroke = by_hand(lane, key, scene, &self.drum_map);
        self.sounding.start(&stroke, frame, scene.frames, out);
    }

    /// Song time stands still.
    fn stop(&mut self, frame: u32, out: &mut Output) {
        if self.rolling {
            self.sounding
                .end_those(frame, out, |_, _, by_hand| !by_hand);
            self.timeline.stop();
            self.rolling = false;
        }
    }

    pub fn release_all(&mut self, frame: u32, out: &mut Output) {
        self.sounding.end_those(frame, out, |_, _, _| true);
        self.timeline.stop();
        self.rolling = false;
        self.release_owed = false;
    }
    pub fn release_later(&mut self) {
        self.release_owed = true;
        self.rolling = false;
        // Whoever lets go of them meanwhile is not heard.
        self.keys.clear();
    }
    pub fn song_changed(&mut self) {
        self.jump_owed = true;
    }
    pub fn set_drum_map(&mut self, map: &DrumMap) {
        self.drum_map.keys = map.keys;
    }
    pub fn held_chord(&self) -> Option<&Chord> {
        held(&self.keys, self.keys_mode)
    }
    pub fn sounding(&self) -> usize {
        self.sounding.len()
    }
}

fn held(keys: &HeldKeys, mode: Keys) -> Option<&Chord> {
    if mode == Keys::Chords {
        keys.chord()
    } else {
        None
    }
}
