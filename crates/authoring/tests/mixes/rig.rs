//! A style's song through the mixer without a plug-in: engines, player and the style's own mix.

use authoring::Library;
use authoring::mastering::{Likeness, Measure};
use dsp::{BUSES, Faders, Mix, Player, Sources};
use engines::band::Band;
use engines::performer::{Event, Output, Performer, Span, StyleTurn};
use engines::view::Material;
use music::controls::Controls;
use music::lane::LANES;
use music::pitch::Scale;
use music::plan::{LeadMark, SectionKind};
use music::song::{AfterEnd, Song};
use music::style::{Style, StyleBook};
use music::time::{Meter, TICKS_PER_QUARTER, Tick};

/// Enough for what is measured, up to 10 kHz.
const RATE_HZ: u32 = 24_000;
const FRAMES: usize = 512;
/// Bars of the song, of which so many are heard from its first full section on.
const BARS: u16 = 32;
const HEARD: i64 = 4;

/// What a style sounds like.
pub struct Heard {
    /// Behind the master.
    pub main: Likeness,
    /// The stems by `Lane::index`; `None`: silent.
    pub lanes: Vec<Option<Likeness>>,
}

/// Plays a style's first bars with its own mix and measures main and stems.
pub fn hear(library: &Library, style: &Style) -> Heard {
    let scale = if style.minor {
        Scale::Minor
    } else {
        Scale::Major
    };
    let controls = Controls {
        style: style.slot,
        scale,
        seed: 1,
        ..Controls::default()
    };
    let song = Song {
        bars: BARS,
        after_end: AfterEnd::Stop,
        ..Song::default()
    };
    let material = Material {
        song: &song,
        styles: StyleBook::new(&library.styles).expect("there are styles"),
        take: None,
    };
    let meter = Meter::default();
    let tempo_bpm = f64::from(style.tempo.1);
    let ticks_per_frame = tempo_bpm / 60.0 * TICKS_PER_QUARTER as f64 / f64::from(RATE_HZ);
    let first = full_bar(material, &controls, meter);
    let length = (HEARD * meter.bar_ticks()) as f64 / ticks_per_frame;

    let mut performer = Box::<Performer>::default();
    let mut output = Box::<Output>::default();
    let mut player = Player::new(&library.patches, RATE_HZ as f32, FRAMES);
    player.reset();
    let mut measures: Vec<Measure> = (0..=LANES)
        .map(|_| Measure::new(RATE_HZ).expect("a usual rate"))
        .collect();
    let mut audio: Vec<[Vec<f32>; 2]> = (0..BUSES)
        .map(|_| [vec![0.0; FRAMES], vec![0.0; FRAMES]])
        .collect();
    for start in (0..length as usize).step_by(FRAMES) {
        let position = (first * meter.bar_ticks()) as f64 + start as f64 * ticks_per_frame;
        let bar = (position / meter.bar_ticks() as f64) as i64;
        let span = Span {
            offset: 0,
            frames: FRAMES as u32,
            playing: true,
            position,
            ticks_per_frame,
            tempo_mbpm: (tempo_bpm * 1000.0) as u32,
            meter,
            bar_index: bar as i32,
            bar_start: Tick(bar * meter.bar_ticks()),
            cycle: None,
            jumped: start == 0,
        };
        output.clear();
        performer.play(material, &controls, &span, &[], &mut output);
        block(library, &mut player, &mut audio, &output, tempo_bpm);
        for (measure, [left, right]) in measures.iter_mut().zip(&audio) {
            measure.add(left, right).expect("equally long");
        }
    }
    let mut heard = measures
        .into_iter()
        .map(|m| m.finish().expect("the meter can say"));
    Heard {
        main: heard.next().expect("main comes first"),
        lanes: heard.map(|l| (!l.is_silent()).then_some(l)).collect(),
    }
}

/// The bar at which the first chorus or drop begins; a song without one is heard from its fifth bar on.
fn full_bar(material: Material<'_>, controls: &Controls, meter: Meter) -> i64 {
    let mut band = Box::<Band>::default();
    let mut found = None;
    band.marks(material, &controls.latch(), meter, &mut |mark| {
        if let LeadMark::Section(SectionKind::Chorus | SectionKind::Drop) = mark.mark {
            found.get_or_insert(mark.at.0 / meter.bar_ticks());
        }
    });
    found.unwrap_or(4)
}

/// One block of events into the buses, every style turn with its mix.
fn block(
    library: &Library,
    player: &mut Player,
    audio: &mut [[Vec<f32>; 2]],
    output: &Output,
    tempo_bpm: f64,
) {
    let mut parts: Vec<[&mut [f32]; 2]> = audio
        .iter_mut()
        .map(|[left, right]| [&mut left[..], &mut right[..]])
        .collect();
    let buses: &mut [[&mut [f32]; 2]; BUSES] = parts.as_mut_slice().try_into().expect("all buses");
    let mut done = 0;
    let mut to = |player: &mut Player, frame: usize| {
        let frame = frame.min(FRAMES);
        if frame > done {
            player.render(buses, done..frame);
            done = frame;
        }
    };
    let mut turns = output.styles.iter().peekable();
    for event in &output.events {
        let frame = match event {
            Event::LaneOn { frame, .. } | Event::LaneOff { frame, .. } => *frame,
            Event::MidiOn { .. } | Event::MidiOff { .. } => continue,
        };
        while let Some(turn) = turns.next_if(|turn| turn.frame <= frame) {
            to(player, turn.frame as usize);
            player.set_mix(&mix(library, turn, tempo_bpm));
        }
        to(player, frame as usize);
        match *event {
            Event::LaneOn {
                lane,
                pitch,
                velocity,
                patch,
                phase,
                ..
            } => player.note_on(lane, pitch, velocity, patch, phase),
            Event::LaneOff { lane, pitch, .. } => player.note_off(lane, pitch),
            Event::MidiOn { .. } | Event::MidiOff { .. } => {}
        }
    }
    for turn in turns {
        to(player, turn.frame as usize);
        player.set_mix(&mix(library, turn, tempo_bpm));
    }
    to(player, FRAMES);
}

fn mix(library: &Library, turn: &StyleTurn, tempo_bpm: f64) -> Mix {
    let book = StyleBook::new(&library.styles).expect("there are styles");
    let styles = turn.styles.map(|slot| book.get(slot));
    let profiles = styles.map(|s| library.mix_profile(s).expect("there are mixes"));
    let sources = Sources {
        profiles,
        styles: styles.map(|style| &style.mix),
        decisions: None,
        section: turn.section,
        tempo_bpm,
    };
    Mix::merge(&sources, &Faders::default())
}
