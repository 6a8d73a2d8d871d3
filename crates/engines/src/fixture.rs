//! A small rock style and a funk one, written by hand, for the tests of this crate.

use std::boxed::Box;
use std::vec::Vec as Heap;

use music::controls::{Controls, Latch};
use music::drum::Piece;
use music::lane::Lane;
use music::note::Candidate;
use music::plan::{BarPlace, SectionKind};
use music::song::Song;
use music::style::{
    BassTechnique, DrumFill, DrumGroove, DrumLine, FormStep, Kinds, LanePattern, Pattern, Step,
    Style, StyleBook,
};
use music::time::{Meter, Tick};

use crate::band::{Band, BarNotes};
use crate::view::Material;

/// Steps from digits: a character is a step's priority, anything else silence; blanks do not count.
pub fn pattern(text: &str) -> Pattern {
    let mut pattern = Pattern::default();
    pattern.steps.clear();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let priority = c.to_digit(10).unwrap_or(0) as u8;
        let _ = pattern.steps.push(Step {
            priority,
            ..Step::default()
        });
    }
    pattern
}

/// A pattern whose steps carry tags, given as a second line of digits.
pub fn tagged(text: &str, tags: &str) -> Pattern {
    let mut pattern = pattern(text);
    let tags = tags.chars().filter(|c| !c.is_whitespace());
    for (step, tag) in pattern.steps.iter_mut().zip(tags) {
        step.tag = tag.to_digit(10).unwrap_or(0) as u8;
    }
    pattern
}

fn line(piece: Piece, text: &str) -> DrumLine {
    DrumLine {
        piece,
        pattern: pattern(text),
    }
}

fn groove(kinds: Kinds, lines: &[(Piece, &str)]) -> DrumGroove {
    DrumGroove {
        kinds,
        weight: 5,
        lines: lines.iter().map(|(p, t)| line(*p, t)).collect(),
    }
}

fn fill(beats: u8, energy: u8, lines: &[(Piece, &str)]) -> DrumFill {
    DrumFill {
        beats,
        energy,
        lines: lines.iter().map(|(p, t)| line(*p, t)).collect(),
    }
}

/// Slot 0: rock for one drummer.
pub fn rock() -> Style {
    let mut style = Style {
        slot: 0,
        stem: music::name("rock"),
        name: music::name("Rock"),
        ..Style::default()
    };
    style.tempo = (90, 120, 170);
    let form = [
        (SectionKind::Intro, 4),
        (SectionKind::Verse, 8),
        (SectionKind::PreChorus, 4),
        (SectionKind::Chorus, 8),
        (SectionKind::Verse, 8),
        (SectionKind::PreChorus, 4),
        (SectionKind::Chorus, 8),
        (SectionKind::Bridge, 8),
        (SectionKind::Chorus, 8),
        (SectionKind::Outro, 4),
    ];
    style.form.template = form
        .iter()
        .map(|(kind, bars)| FormStep {
            kind: *kind,
            bars: *bars,
        })
        .collect();
    let verse = Kinds::default();
    let chorus = Kinds::default().with(SectionKind::Chorus);
    style.drums.players = 1;
    style.drums.crash = 60;
    style.drums.ghosts = 40;
    style.drums.polyrhythm = (3, 2);
    style.drums.grooves = [
        groove(
            verse,
            &[
                (Piece::Kick, "9... ..5. 8.6. ...3"),
                (Piece::Snare, ".... 9..2 .2.. 9..2"),
                (Piece::HatClosed, "8.7. 8.7. 8.7. 8.71"),
            ],
        ),
        groove(
            chorus,
            &[
                (Piece::Kick, "9..5 ..6. 8.7. ..4."),
                (Piece::Snare, ".... 9... .... 9..2"),
                (Piece::Ride, "8.7. 8.7. 8.7. 8.7."),
            ],
        ),
    ]
    .into_iter()
    .collect();
    style.drums.grooves[0].lines[2].pattern.steps[15].span = 2;
    style.drums.fills = [
        fill(
            4,
            8,
            &[
                (Piece::Snare, "9797 ....  .... ...."),
                (Piece::TomHigh, ".... 9786 .... 8..."),
                (Piece::TomLow, ".... .... 9688 .889"),
            ],
        ),
        fill(
            2,
            5,
            &[
                (Piece::Snare, ".... .... 9.78 9797"),
                (Piece::Kick, ".... .... ..8. ...."),
            ],
        ),
        fill(1, 2, &[(Piece::Snare, ".... .... .... 9.79")]),
        fill(
            2,
            7,
            &[
                (Piece::TomHigh, ".... .... 987. ...."),
                (Piece::TomLow, ".... .... .... 9877"),
            ],
        ),
    ]
    .into_iter()
    .collect();
    style.bass.range = (28, 52);
    style.bass.lock = 80;
    style.bass.approach = 50;
    style.bass.patterns = [LanePattern {
        kinds: Kinds::default(),
        weight: 5,
        pattern: tagged("9.6. 7.6. 8.6. 7.56", "0000 0000 0000 0045"),
    }]
    .into_iter()
    .collect();
    for (p, piece) in style.groove.pieces.iter_mut().enumerate() {
        for (s, step) in piece.iter_mut().enumerate() {
            step.offset_us = ((p * 7 + s * 5) % 13) as i16 * 1000 - 6000;
            step.velocity = if p == Piece::Snare as usize && s % 8 == 4 {
                108
            } else {
                60 + (s % 4 == 0) as u8 * 25
            };
            step.velocity_sd = 25;
        }
    }
    style
}

/// Slot 128: swung, walking, two-handed percussion.
pub fn jazz() -> Style {
    let mut style = rock();
    style.slot = 128;
    style.tempo = (80, 140, 260);
    style.bass.technique = BassTechnique::Walking;
    style.swing.points = [(80, 2000), (200, 1500)].into_iter().collect();
    style.drums.grooves = [groove(
        Kinds::default(),
        &[
            (Piece::Ride, "9... 9.7. 9... 9.7."),
            (Piece::HatPedal, ".... 9... .... 9..."),
            (Piece::Snare, "..3. ...2 ..4. .3.."),
            (Piece::Kick, "5... 5.2. 5..3 5..."),
        ],
    )]
    .into_iter()
    .collect();
    style
}

/// Both styles.
pub fn styles() -> Heap<Style> {
    Heap::from([rock(), jazz()])
}

/// A song, styles and a band to ask.
pub struct Stage {
    pub song: Song,
    pub styles: Heap<Style>,
    pub controls: Controls,
    pub meter: Meter,
    pub tempo_mbpm: u32,
    pub band: Box<Band>,
}

impl Stage {
    pub fn new(style: u8, n: u8, d: u8) -> Stage {
        let controls = Controls {
            style,
            ..Controls::default()
        };
        let meter = Meter::new(n, d).unwrap();
        Stage {
            song: Song::default(),
            styles: styles(),
            controls,
            meter,
            tempo_mbpm: 120_000,
            band: Box::default(),
        }
    }
    pub fn latch(&self) -> Latch {
        self.controls.latch()
    }
    pub fn material(&self) -> Material<'_> {
        Material {
            song: &self.song,
            styles: StyleBook::new(&self.styles).unwrap(),
            take: None,
        }
    }
    pub fn place(&self, bar: i32) -> BarPlace {
        let start = Tick(bar as i64 * self.meter.bar_ticks());
        BarPlace {
            bar_index: bar,
            start,
            meter: self.meter,
            tempo_mbpm: self.tempo_mbpm,
        }
    }
    pub fn bar(&mut self, bar: i32) -> Box<BarNotes> {
        let mut out: Box<BarNotes> = Box::default();
        let (latch, place) = (self.latch(), self.place(bar));
        let styles = StyleBook::new(&self.styles).unwrap();
        self.band.bar(
            Material {
                song: &self.song,
                styles,
                take: None,
            },
            &latch,
            &place,
            &mut out,
        );
        out
    }
    pub fn lane(&mut self, bar: i32, lane: Lane) -> Heap<Candidate> {
        self.bar(bar).lane(lane).iter().copied().collect()
    }
    pub fn phrase(&mut self, bar: u16) -> music::plan::Phrase {
        let (latch, meter) = (self.latch(), self.meter);
        let styles = StyleBook::new(&self.styles).unwrap();
        let material = Material {
            song: &self.song,
            styles,
            take: None,
        };
        self.band.phrase(material, &latch, meter, bar).clone()
    }
    pub fn form(&mut self) -> music::plan::Form {
        let latch = self.latch();
        let styles = StyleBook::new(&self.styles).unwrap();
        self.band
            .form(
                Material {
                    song: &self.song,
                    styles,
                    take: None,
                },
                &latch,
            )
            .clone()
    }
}
