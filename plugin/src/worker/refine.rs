//! Other takes of bars of a lane: tried beside the song, shown as what would differ, and put in place if they are
//! kept.
//!
//! The song hears nothing of a proposal; a preview may ([`hear`]). A take that is kept names bars of one lane ([`music::retake`]), so that
//! nothing else can change.

mod diff;
mod hear;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use authoring::editing::notes::{Spot, is_own};
use authoring::editing::takes;
use music::controls::Controls;
use music::lane::Lane;
use music::plan::Form;
use music::song::Song;
use music::time::{Meter, Tick};

use self::diff::Bars;
use self::hear::Hearing;
use super::score::Writer;
use crate::handoff::Shared;
use crate::material::Material;
use crate::refine::{Picture, Proposal, Refine, Refining};
use crate::snapshot::Score;

/// How many takes are tried before one is believed to have no other. Taste: chance that plays a bar alike twice
/// does not do so this often.
const TRIES: usize = 24;
/// Most takes of one question that do not come again.
const MOST_SEEN: usize = 32;

/// What a take is written out from.
pub struct Scene {
    /// Song and styles.
    pub material: Arc<Material>,
    /// As they stand.
    pub controls: Controls,
    /// Of the bars.
    pub meter: Meter,
    /// Thousandths of BPM.
    pub tempo_mbpm: u32,
}

/// Keeps what is proposed.
#[derive(Default)]
pub struct Refiner {
    writer: Writer,
    trial: Option<Trial>,
    looked_at: Option<(u16, Lane)>,
    heard: Option<Hearing>,
}

/// A take that is being tried.
struct Trial {
    lane: Lane,
    spots: Vec<Spot>,
    turn: u8,
    /// Takes that were refused.
    seen: Vec<Bars>,
}

impl Refiner {
    /// Obeys, and shows what came of it.
    pub fn obey(&mut self, shared: &Shared, scene: &Scene, order: Refine) {
        match order {
            Refine::Propose(lane, bars) => self.propose(shared, scene, lane, bars),
            Refine::Another => self.another(shared, scene),
            Refine::Discard => self.trial = None,
            Refine::Hear(true) => self.hear(shared, scene),
            Refine::Hear(false) => self.hush(shared),
            Refine::Keep => {
                self.hush(shared);
                if let Some(trial) = self.trial.take() {
                    let form = self.form(scene);
                    let words = format!("Regenerate {}", words(&form, trial.lane, &trial.spots));
                    let takes = trial.spots.iter().map(|spot| (*spot, trial.turn));
                    keep(shared, scene, &form, &words, takes.collect());
                }
                return;
            }
            Refine::Look(section, lane) => self.looked_at = Some((section, lane)),
            Refine::Back(section, lane, turns) => {
                let form = self.form(scene);
                let spot = |bar: usize| Spot {
                    section,
                    bar: bar as u16,
                    lane,
                };
                let all = turns.iter().enumerate().map(|(bar, t)| (spot(bar), *t));
                let all: Vec<(Spot, u8)> = all.collect();
                let spots: Vec<Spot> = all.iter().map(|(spot, _)| *spot).collect();
                let words = format!("Earlier take of {}", words(&form, lane, &spots));
                keep(shared, scene, &form, &words, all);
                return;
            }
        }
        self.show(shared, scene);
    }

    /// Shows proposal and pictures as song and controls stand.
    pub fn show(&mut self, shared: &Shared, scene: &Scene) {
        let form = self.form(scene);
        let proposal = self.proposal(scene, &form);
        self.hear_on(shared, scene);
        let refining = Refining {
            proposal,
            heard: self.heard.as_ref().map_or(0, |heard| heard.number),
            of: self.looked_at,
            earlier: self.pictures(shared, scene, &form),
        };
        if shared.variations.show(refining) {
            shared.repaint.request_repaint();
        }
    }

    fn form(&mut self, scene: &Scene) -> Form {
        self.writer.form(&scene.material, &scene.controls)
    }

    fn propose(&mut self, shared: &Shared, scene: &Scene, lane: Lane, bars: Range<u16>) {
        let form = self.form(scene);
        let song = &scene.material.song;
        let spots: Vec<Spot> = bars
            .filter_map(|bar| spot(&form, bar, lane))
            .filter(|spot| !is_own(song, *spot))
            .collect();
        self.trial = None;
        if spots.is_empty() {
            shared.say(format!("{}: every bar of it is locked.", lane.name()));
            return;
        }
        let turn = spots.iter().map(|spot| takes::playing(song, &form, *spot));
        self.trial = Some(Trial {
            lane,
            turn: turn.max().unwrap_or(0),
            spots,
            seen: Vec::new(),
        });
        self.another(shared, scene);
    }

    /// Goes on to the next take that differs from what plays and from those that were seen.
    fn another(&mut self, shared: &Shared, scene: &Scene) {
        let Some(mut trial) = self.trial.take() else {
            return;
        };
        let form = self.form(scene);
        let playing = self.heard(&scene.material, scene, &form, &trial);
        if trial.seen.len() >= MOST_SEEN {
            trial.seen.clear();
        }
        trial.seen.push(playing.notes());
        for _ in 0..TRIES {
            trial.turn = trial.turn.checked_add(1).unwrap_or(1);
            let Some(material) = tried(scene, &form, &trial) else {
                break;
            };
            let heard = self.heard(&material, scene, &form, &trial).notes();
            if !trial.seen.contains(&heard) {
                trial.seen.push(heard);
                self.trial = Some(trial);
                return;
            }
        }
        let words = words(&form, trial.lane, &trial.spots);
        shared.say(format!("{words}: no other take plays anything else there."));
    }

    /// What plays from a trial's first bar to its last, locked bars between them included.
    fn heard(&mut self, material: &Material, scene: &Scene, form: &Form, trial: &Trial) -> Heard {
        let (lane, bars) = (trial.lane, bars(form, &trial.spots));
        Heard {
            spots: bars
                .clone()
                .filter_map(|bar| spot(form, bar, lane))
                .collect(),
            score: self.written(material, scene, form, bars),
            lane,
        }
    }

    fn written(
        &mut self,
        material: &Material,
        scene: &Scene,
        form: &Form,
        bars: Range<u16>,
    ) -> Score {
        let mut score = Score {
            meter: scene.meter,
            ..Score::default()
        };
        let from = (material, &scene.controls, scene.tempo_mbpm);
        self.writer.stretch(from, form, bars, &mut score);
        score
    }

    fn proposal(&mut self, scene: &Scene, form: &Form) -> Option<Proposal> {
        let mut trial = self.trial.take()?;
        let song = &scene.material.song;
        let stands = |spot: &Spot| {
            let section = form.sections.iter().find(|s| s.key == spot.section);
            section.is_some_and(|s| spot.bar < s.bars) && !is_own(song, *spot)
        };
        trial.spots.retain(stands);
        if trial.spots.is_empty() {
            return None;
        }
        let material = tried(scene, form, &trial)?;
        let before = self.heard(&scene.material, scene, form, &trial);
        let after = self.heard(&material, scene, form, &trial);
        let proposal = Proposal {
            lane: trial.lane,
            bars: bars(form, &trial.spots),
            words: words(form, trial.lane, &trial.spots),
            notes: diff::diff(&before, &after),
        };
        self.trial = Some(trial);
        Some(proposal)
    }

    fn pictures(&mut self, shared: &Shared, scene: &Scene, form: &Form) -> Vec<Picture> {
        let Some((key, lane)) = self.looked_at else {
            return Vec::new();
        };
        let Some(section) = form.sections.iter().find(|s| s.key == key) else {
            return Vec::new();
        };
        let song = &scene.material.song;
        let playing = takes::of_bars(song, form, key, lane);
        let mut all: Vec<Vec<u8>> = shared
            .variations
            .read(|all| all.of(key, lane).map(<[u8]>::to_vec).collect());
        if !all.contains(&playing) {
            all.push(playing.clone());
        }
        let start = i64::from(section.first_bar) * scene.meter.bar_ticks();
        let bars = section.first_bar..section.first_bar + section.bars;
        let mut picture = |turns: Vec<u8>| {
            let spot = |bar: u16| Spot {
                section: key,
                bar,
                lane,
            };
            let takes: Vec<(Spot, u8)> = (0..section.bars)
                .map(spot)
                .zip(turns.iter().copied())
                .collect();
            let song = takes::chosen(song, form, &takes)?;
            let material = scene.material.with_song(song);
            let mut score = self.written(&material, scene, form, bars.clone());
            let mut notes = std::mem::take(&mut score.notes[lane.index()]);
            for note in &mut notes {
                note.onset = Tick(note.onset.0 - start);
            }
            Some(Picture {
                plays: turns == playing,
                turns,
                notes,
            })
        };
        all.into_iter().filter_map(&mut picture).collect()
    }
}

/// What bars of a lane play.
struct Heard {
    score: Score,
    lane: Lane,
    spots: Vec<Spot>,
}

/// The material with a trial's take in place.
fn tried(scene: &Scene, form: &Form, trial: &Trial) -> Option<Material> {
    let takes: Vec<(Spot, u8)> = trial.spots.iter().map(|s| (*s, trial.turn)).collect();
    let song = takes::chosen(&scene.material.song, form, &takes)?;
    Some(scene.material.with_song(song))
}

fn keep(shared: &Shared, scene: &Scene, form: &Form, words: &str, all: Vec<(Spot, u8)>) {
    let song: Option<Song> = takes::chosen(&scene.material.song, form, &all);
    match song {
        Some(song) => shared.edit_song(words, song),
        None => shared.say(format!("{words}: there is no room for it.")),
    }
}

/// A bar of a lane by its section, where the lane plays.
fn spot(form: &Form, bar: u16, lane: Lane) -> Option<Spot> {
    let (_, section) = form.section_at(bar)?;
    section.lanes.has(lane).then_some(Spot {
        section: section.key,
        bar: bar - section.first_bar,
        lane,
    })
}

/// Bars of the form from the first to the last of some places.
fn bars(form: &Form, spots: &[Spot]) -> Range<u16> {
    let bar = |spot: &Spot| {
        let section = form.sections.iter().find(|s| s.key == spot.section)?;
        Some(section.first_bar + spot.bar)
    };
    let all = || spots.iter().filter_map(bar);
    all().min().unwrap_or(0)..all().max().map_or(0, |last| last + 1)
}

/// `Bass, bars 5–8`; `Bass in Verse` where it is a whole section.
fn words(form: &Form, lane: Lane, spots: &[Spot]) -> String {
    let (bars, name) = (bars(form, spots), lane.name());
    let whole = form.sections.iter();
    let mut whole = whole.filter(|s| (s.first_bar, s.first_bar + s.bars) == (bars.start, bars.end));
    match (whole.next_back(), bars.len()) {
        (Some(section), count) if count == spots.len() => {
            format!("{name} in {}", section.kind.title())
        }
        (_, 1) => format!("{name}, bar {}", bars.end),
        _ => format!("{name}, bars {}\u{2013}{}", bars.start + 1, bars.end),
    }
}
