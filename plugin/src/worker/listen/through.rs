//! A song played through from its first bar to its last, block by block, without a host.

use std::collections::VecDeque;
use std::ops::Range;

use dsp::{BUSES, Faders, Latency, Mix, Player};
use engines::band::Band;
use engines::performer::{Output, Performer};
use music::controls::Controls;
use music::lane::LANES;
use music::mix::Decisions;
use music::plan::{Section, SectionKind};
use music::song::Song;
use music::time::TICKS_PER_QUARTER;

use super::task::Task;
use crate::block::{Cursor, HostTransport, Settings};
use crate::large;
use crate::material::{self, Material};
use crate::params::Run;
use crate::plugin::mix::mix;
use crate::plugin::playing::{Playing, play};
use crate::state::lead_sheet;

/// Frames of a block.
const FRAMES: usize = 512;
/// How long the last notes ring, seconds.
const TAIL_S: f64 = 2.0;

/// The way through a song.
pub struct Through {
    material: Material,
    controls: Controls,
    faders: Faders,
    settings: Settings,
    performer: Box<Performer>,
    cursor: Box<Cursor>,
    output: Box<Output>,
    player: Player,
    playing: Playing,
    buffers: Vec<[Vec<f32>; 2]>,
    form: Vec<Section>,
    rate_hz: f64,
    /// Frames of the form, and with what rings after it.
    length: u64,
    done: u64,
}

/// What sounds in a block.
pub struct Block<'a> {
    buses: &'a [[Vec<f32>; 2]],
    frames: usize,
    /// The section in it.
    pub section: Option<SectionKind>,
    /// How much of the song is done, 0–1.
    pub share: f32,
}

impl Block<'_> {
    /// Left and right of a bus: main, lanes, returns.
    pub fn bus(&self, index: usize) -> [&[f32]; 2] {
        self.buses[index]
            .each_ref()
            .map(|side| &side[..self.frames])
    }
}

impl Through {
    /// At the start of the song, mixed with the decisions and faders given.
    pub fn new(
        task: &Task,
        decisions: Option<&Decisions>,
        faders: &Faders,
        rate_hz: f32,
    ) -> Result<Through, String> {
        let song = Song {
            mix: decisions.cloned(),
            after_end: music::song::AfterEnd::Stop,
            start_bar: 1,
            ..task.material.song.clone()
        };
        let material = task.material.with_song(song);
        let meter = material.song.meter;
        let form = large::with_room(|| {
            let mut band: Box<Band> = large::made();
            let (form, _) = lead_sheet::marks(&mut band, &material, &task.controls, meter);
            form.sections.to_vec()
        })
        .unwrap_or_default();
        let bars: u64 = form.iter().map(|s| u64::from(s.bars)).sum();
        let tempo_bpm = f64::from(task.tempo_mbpm) / 1000.0;
        let seconds =
            bars as f64 * meter.bar_ticks() as f64 / TICKS_PER_QUARTER as f64 * 60.0 / tempo_bpm;
        let bank = &material::library().patches;
        let mut player = Player::with_latency(bank, rate_hz, FRAMES, Latency::LookAhead);
        for (lane, font) in task.shared.fonts.make(rate_hz) {
            // A new player has room for one font a lane.
            let _ = player.set_font(lane, font);
        }
        player.reset();
        let mut cursor: Box<Cursor> = large::made();
        cursor.prepare(f64::from(rate_hz), FRAMES as u32);
        Ok(Through {
            settings: Settings {
                run: Run::Internal,
                tempo_bpm,
                start_bar: 1,
                meter,
            },
            controls: task.controls,
            faders: *faders,
            performer: large::made(),
            cursor,
            output: large::made(),
            player,
            playing: Playing::default(),
            buffers: (0..BUSES)
                .map(|_| [(); 2].map(|()| vec![0.0; FRAMES]))
                .collect(),
            form,
            rate_hz: f64::from(rate_hz),
            length: ((seconds + TAIL_S) * f64::from(rate_hz)) as u64,
            done: 0,
            material,
        })
    }
    /// Where bars of the song sound, in frames from its start.
    pub fn frames_of(&self, bars: &Range<u16>) -> Range<u64> {
        let quarters = self.settings.meter.bar_ticks() as f64 / TICKS_PER_QUARTER as f64;
        let bar_s = quarters * 60.0 / self.settings.tempo_bpm;
        let late = self.player.latency_samples() as u64;
        let frame = |bar: u16| (f64::from(bar) * bar_s * self.rate_hz).round() as u64 + late;
        frame(bars.start)..frame(bars.end)
    }
    /// The form's sections.
    pub fn form(&self) -> &[Section] {
        &self.form
    }
    /// Where the lanes stand as they are mixed now.
    pub fn pans(&self) -> [f32; LANES] {
        let tempo_bpm = self.settings.tempo_bpm;
        mix(&self.material, &self.faders, &self.playing, tempo_bpm)
            .map_or([0.0; LANES], |mix| mix.lanes.map(|lane| lane.pan))
    }
    /// The next block; `None` at the end.
    pub fn next(&mut self) -> Option<Block<'_>> {
        let frames = (self.length - self.done).min(FRAMES as u64) as usize;
        if frames == 0 {
            return None;
        }
        let Through {
            material,
            controls,
            faders,
            settings,
            performer,
            cursor,
            output,
            player,
            playing,
            buffers,
            ..
        } = self;
        output.clear();
        let engines_material = material.as_engines()?;
        let silent_host = HostTransport::default();
        cursor.follow(&silent_host, settings, &[], frames as u32, |span| {
            performer.play(engines_material, controls, span, &[], output);
        });
        let tempo_bpm = settings.tempo_bpm;
        let mix_of =
            |playing: &Playing| -> Option<Mix> { mix(material, faders, playing, tempo_bpm) };
        if self.done == 0 {
            if let Some(first) = output.styles.first() {
                *playing = Playing::of(first);
            }
            if let Some(mix) = mix_of(playing) {
                player.set_mix(&mix);
            }
        }
        let mut parts: VecDeque<[&mut [f32]; 2]> = buffers
            .iter_mut()
            .map(|bus| bus.each_mut().map(|side| &mut side[..frames]))
            .collect();
        let mut buses: [[&mut [f32]; 2]; BUSES] =
            std::array::from_fn(|_| parts.pop_front().unwrap_or_default());
        play(
            player,
            &mut buses,
            output,
            frames,
            playing,
            &material.patches,
            mix_of,
        );
        self.done += frames as u64;
        Some(Block {
            buses: &self.buffers,
            frames,
            section: self.playing.section,
            share: self.done as f32 / self.length as f32,
        })
    }
}
