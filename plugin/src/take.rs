//! The project's take of itself: recorded when the host saves, played when engines of another revision load it.
//!
//! Made and read on the main thread; the audio thread only reads the finished tables. Small enough for a state: the
//! lists are packed ([postcard](https://docs.rs/postcard)) and deflated, and written anew only when what they
//! follow from has changed.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use engines::band::{Band, BarNotes};
use music::chord::Chord;
use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidate;
use music::plan::{BarPlace, Form};
use music::take::{TakeBar, TakeView};
use music::time::{Meter, Tick};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::large;
use crate::material::Material;

/// Most bytes that the lists of a take may have when unpacked: 400 of the busiest bars are a tenth of it.
const MOST_BYTES: usize = 64 << 20;
/// How hard the packer tries, 1 to 10. Taste: hosts save often, so speed counts.
const EFFORT: u8 = 3;

/// The first engines that tie notes.
const TYING_ENGINES: u32 = 5;

/// A take with its tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// Revision of the engines that played it.
    pub engines: u32,
    /// Version of the program that saved it.
    pub program: String,
    /// The user has chosen to keep it, and is not asked again.
    pub is_chosen: bool,
    /// Tempo that it was recorded at, thousandths of a BPM.
    pub tempo_mbpm: u32,
    latch: Latch,
    meter: Meter,
    form: Form,
    lists: Lists,
}

/// What is packed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Lists {
    bars: Vec<TakeBar>,
    candidates: Vec<Candidate>,
    chords: Vec<(u8, Chord)>,
}

/// What stands beside the packed lists.
#[derive(Serialize, Deserialize)]
struct Head {
    engines: u32,
    program: String,
    #[serde(default)]
    is_chosen: bool,
    tempo_mbpm: u32,
    latch: Latch,
    meter: Meter,
    form: Form,
}

impl Take {
    /// Plays the whole form into a take. `None` where nothing can be played, which is a build without its presets.
    pub fn record(
        material: &Material,
        latch: &Latch,
        meter: Meter,
        tempo_mbpm: u32,
    ) -> Option<Take> {
        large::with_room(|| record(material, latch, meter, tempo_mbpm)).flatten()
    }
    /// As the engines read it.
    pub fn view(&self) -> TakeView<'_> {
        TakeView {
            latch: &self.latch,
            meter: self.meter,
            ties: self.engines >= TYING_ENGINES,
            form: &self.form,
            bars: &self.lists.bars,
            candidates: &self.lists.candidates,
            chords: &self.lists.chords,
        }
    }
    /// As it is saved.
    pub fn to_json(&self) -> Value {
        let head = Head {
            engines: self.engines,
            program: self.program.clone(),
            is_chosen: self.is_chosen,
            tempo_mbpm: self.tempo_mbpm,
            latch: self.latch,
            meter: self.meter,
            form: self.form.clone(),
        };
        let (Ok(mut json), Ok(lists)) = (
            serde_json::to_value(&head),
            postcard::to_allocvec(&self.lists),
        ) else {
            return Value::Null;
        };
        let packed = miniz_oxide::deflate::compress_to_vec(&lists, EFFORT);
        json["lists"] = json!(STANDARD.encode(packed));
        json
    }
    /// Reads [`Take::to_json`]; `None` of anything else.
    pub fn from_json(json: &Value) -> Option<Take> {
        let head: Head = serde_json::from_value(json.clone()).ok()?;
        let packed = STANDARD.decode(json["lists"].as_str()?).ok()?;
        let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, MOST_BYTES).ok()?;
        let mut lists: Lists = postcard::from_bytes(&bytes).ok()?;
        lists.mend(head.meter);
        Some(Take {
            engines: head.engines,
            program: head.program,
            is_chosen: head.is_chosen,
            tempo_mbpm: head.tempo_mbpm,
            latch: head.latch,
            meter: head.meter,
            form: head.form,
            lists,
        })
    }
    /// The same take, which the user has chosen to keep.
    pub fn chosen(&self) -> Arc<Take> {
        Arc::new(Take {
            is_chosen: true,
            ..self.clone()
        })
    }
}

impl Lists {
    /// Leaves nothing in the lists that the performer could not play, whoever wrote them.
    fn mend(&mut self, meter: Meter) {
        let (bar_ticks, most) = (meter.bar_ticks(), i32::MAX / 4);
        for candidate in &mut self.candidates {
            let early = -i64::from(music::time::TICKS_PER_QUARTER as i32);
            candidate.grid.0 = candidate.grid.0.clamp(0, bar_ticks - 1);
            candidate.onset.0 = candidate.onset.0.clamp(early, bar_ticks + bar_ticks / 2);
            candidate.duration = candidate.duration.clamp(1, most);
            candidate.velocity = candidate.velocity.clamp(1, 127);
            candidate.pitch.0 = candidate.pitch.0.min(127);
        }
        let all = self.candidates.len();
        for bar in &mut self.bars {
            let mut from = (bar.first as usize).min(all);
            bar.first = from as u32;
            for count in &mut bar.counts {
                let most = (all - from).min(music::note::BAR_CANDIDATES);
                *count = (*count).min(most as u16);
                let to = from + usize::from(*count);
                self.candidates[from..to].sort_by_key(|c| (c.onset, c.pitch));
                from = to;
            }
        }
    }
}

fn record(material: &Material, latch: &Latch, meter: Meter, tempo_mbpm: u32) -> Option<Take> {
    let engines_material = engines::view::Material {
        take: None,
        ..material.as_engines()?
    };
    let (mut band, mut notes) = (Box::<Band>::default(), Box::<BarNotes>::default());
    let form = band.form(engines_material, latch).clone();
    let mut lists = Lists::default();
    for bar in 0..form.bars() {
        let place = BarPlace {
            bar_index: i32::from(bar),
            start: Tick(0),
            meter,
            tempo_mbpm,
        };
        band.bar(engines_material, latch, &place, &mut notes);
        let mut kept = TakeBar {
            first: lists.candidates.len() as u32,
            first_chord: lists.chords.len() as u32,
            energy: notes.energy,
            transpose: notes.transpose,
            ..TakeBar::default()
        };
        for lane in Lane::ALL {
            kept.counts[lane.index()] = notes.lane(lane).len() as u16;
            lists.candidates.extend_from_slice(notes.lane(lane));
        }
        let phrase = band.phrase(engines_material, latch, meter, bar);
        kept.into_phrase = bar.saturating_sub(phrase.first_bar) as u8;
        let first = phrase.chord_at(kept.into_phrase, 0);
        lists.chords.extend(first.map(|(_, span)| (0, span.chord)));
        let later = phrase
            .chords
            .iter()
            .filter(|span| span.bar == kept.into_phrase && span.step > 0);
        lists
            .chords
            .extend(later.map(|span| (span.step, span.chord)));
        kept.chords = (lists.chords.len() - kept.first_chord as usize) as u8;
        lists.bars.push(kept);
    }
    Some(Take {
        engines: engines::REVISION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        is_chosen: false,
        tempo_mbpm,
        latch: *latch,
        meter,
        form,
        lists,
    })
}

#[cfg(test)]
mod tests {
    use music::controls::Controls;

    use super::*;

    fn take() -> Take {
        let material = Material::new();
        Take::record(
            &material,
            &Controls::default().latch(),
            Meter::default(),
            120_000,
        )
        .expect("there are presets")
    }

    #[test]
    fn a_take_survives_saving() {
        let take = take();
        assert!(take.lists.candidates.len() > 1000);
        let json = take.to_json();
        assert_eq!(Take::from_json(&json), Some(take));
        // A project must not grow by megabytes for it.
        assert!(
            json.to_string().len() < 400_000,
            "{}",
            json.to_string().len()
        );
    }

    #[test]
    fn a_damaged_take_is_none_or_harmless() {
        let json = take().to_json();
        assert_eq!(Take::from_json(&Value::Null), None);
        let mut cut = json.clone();
        let lists = json["lists"].as_str().unwrap_or_default();
        cut["lists"] = json!(lists[..lists.len() / 2]);
        assert_eq!(Take::from_json(&cut), None);
        let mut lists = take().lists;
        lists.bars[3].first = u32::MAX;
        lists.bars[4].counts = [u16::MAX; 6];
        lists.candidates[0].duration = -5;
        lists.mend(Meter::default());
        let mut odd = take();
        odd.lists = lists;
        let view = odd.view();
        for bar in view.bars {
            for lane in Lane::ALL {
                assert!(view.candidates(bar, lane).len() <= music::note::BAR_CANDIDATES);
            }
        }
        assert_eq!(view.candidates[0].duration, 1);
    }

    #[test]
    fn the_user_keeps_or_updates() {
        let shared = crate::handoff::Shared::new();
        let old = Arc::new(Take {
            engines: 0,
            ..take()
        });
        shared.set_take(Some(old.clone()));
        shared.choose_engines(false);
        let kept = shared.material().take.clone().expect("it is kept");
        assert!(kept.is_chosen && kept.lists == old.lists);
        let song = |bars| music::song::Song {
            bars,
            ..music::song::Song::default()
        };
        shared.edit_song(
            "",
            music::song::Song {
                start_bar: 5,
                ..song(64)
            },
        );
        assert!(
            shared.material().take.is_some(),
            "where it lies is no change of music"
        );
        shared.edit_song("", song(32));
        assert!(
            shared.material().take.is_none(),
            "another form was never played"
        );
        shared.set_take(Some(old));
        shared.choose_engines(true);
        assert!(shared.material().take.is_none());
    }

    #[test]
    fn the_band_plays_the_take_and_not_itself() {
        let mut take = take();
        for candidate in &mut take.lists.candidates {
            candidate.velocity = 77;
        }
        let material = Material {
            take: Some(Arc::new(take)),
            ..Material::new()
        };
        let mut band = Box::<Band>::default();
        let mut notes = Box::<BarNotes>::default();
        let place = |meter| BarPlace {
            bar_index: 9,
            start: Tick(9 * 3840),
            meter,
            tempo_mbpm: 120_000,
        };
        let mut velocities = |controls: &Controls, meter| {
            let latch = controls.latch();
            let engines_material = material.as_engines().expect("there are presets");
            band.bar(engines_material, &latch, &place(meter), &mut notes);
            let all: std::collections::BTreeSet<u8> =
                notes.lanes.iter().flatten().map(|c| c.velocity).collect();
            all
        };
        let four = Meter::default();
        let mut controls = Controls::default();
        assert_eq!(
            velocities(&controls, four).into_iter().collect::<Vec<_>>(),
            [77]
        );
        controls.humanize = 3;
        assert_eq!(velocities(&controls, four).len(), 1, "feel is in the take");
        assert!(velocities(&controls, Meter::new(7, 8).expect("a meter")).len() > 1);
        controls.seed += 1;
        assert!(
            velocities(&controls, four).len() > 1,
            "another seed was never played"
        );
    }
}
