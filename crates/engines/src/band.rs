//! A bar of the whole band: form, phrase, engines; with a cache that changes nothing but the cost.
//!
//! The band decides which bar of the form a bar of the song is, at which pace the style runs there, and asks
//! the engines in the order of the registry. What it keeps (the form, a few phrases) is found again by
//! everything that it follows from, so two bands answer alike, whatever either was asked before.
//!
//! Runs in the audio callback; never allocates, never asks the performer or a live control.

mod blend;
mod cache;
mod edits;
mod marks;
pub(crate) mod take;
#[cfg(test)]
mod tests;

use music::controls::Latch;
use music::lane::{LANES, Lane};
use music::note::{Candidate, Candidates};
use music::pitch::Pitch;
use music::plan::{BarPlace, Form, Phrase, Section, SectionKind};
use music::retake::turn_of;
use music::song::AfterEnd;
use music::style::Style;
use music::time::{Meter, Tick};

use crate::arrangement::phrases::phrase_at;
use crate::dice::Dice;
use crate::feel;
use crate::placement::{BarGrid, TimeScale};
use crate::registry::ENGINES;
use crate::view::{BarView, LaneSeat, Material};

pub use marks::PlacedMark;

use blend::PlanStyles;
use cache::{FormKey, PhraseKey, Phrases};

/// What a phrase is composed from. Its dice are of (seed); composers add section kind or id as they need:
/// what must return (a chorus's tune) hashes the kind, what must differ hashes the id.
#[derive(Clone, Copy, Debug)]
pub struct PhraseSeat<'a> {
    /// Song and styles.
    pub material: Material<'a>,
    /// The style that the composer asked takes its vocabulary from.
    pub style: &'a Style,
    /// The style of the Texture lane, whose voices are led with the chords.
    pub texture_style: &'a Style,
    /// What latched, as far as a plan follows from it; its key is the section's.
    pub latch: &'a Latch,
    /// The section.
    pub section: &'a Section,
    /// Meter of its bars.
    pub meter: Meter,
    /// Dice of the song.
    pub dice: Dice,
}

/// Candidates of one bar, by lane.
#[derive(Clone, Debug)]
pub struct BarNotes {
    /// By [`Lane::index`]; empty for lanes that the section leaves out.
    pub lanes: [Candidates; LANES],
    /// Section's energy at this bar, percent.
    pub energy: u8,
    /// Semitones that the section's key lies above the song's.
    pub transpose: i8,
    /// What section it is; `None` outside of the form.
    pub section: Option<SectionKind>,
}

impl Default for BarNotes {
    fn default() -> Self {
        BarNotes {
            lanes: [const { Candidates::new() }; LANES],
            energy: 50,
            transpose: 0,
            section: None,
        }
    }
}

impl BarNotes {
    /// One lane's.
    pub fn lane(&self, lane: Lane) -> &Candidates {
        &self.lanes[lane.index()]
    }
    fn clear(&mut self) {
        for lane in &mut self.lanes {
            lane.clear();
        }
        self.energy = 50;
        self.transpose = 0;
        self.section = None;
    }
}

/// The band with its cached plan. Large: keep it boxed. Two bands given the same questions answer the
/// same, whatever either was asked before.
#[derive(Clone, Debug, Default)]
pub struct Band {
    form: Form,
    form_key: Option<FormKey>,
    phrases: Phrases,
    /// The bar as the first style runs in it, and as the second does.
    grids: [BarGrid; 2],
}

impl Band {
    /// Forgets what was composed: call it when the song or the styles were swapped. The cache notices most
    /// changes of a song by itself; a style that was edited under its old slot it cannot see.
    pub fn invalidate(&mut self) {
        self.form_key = None;
        self.phrases.clear();
    }

    /// The form under what is latched.
    pub fn form(&mut self, material: Material, latch: &Latch) -> &Form {
        let key = FormKey {
            song: cache::fingerprint(material),
            style: latch.style,
            seed: latch.seed,
            modulation: latch.modulation,
            taken: take::of(material, latch).is_some(),
        };
        if self.form_key != Some(key) {
            match take::of(material, latch) {
                Some(take) => self.form.clone_from(take.form),
                None => crate::arrangement::compose(material, latch, &mut self.form),
            }
            self.form_key = Some(key);
        }
        &self.form
    }

    /// The phrase that a bar of the form (0-based, within the form) belongs to, composed on demand. Past the
    /// form's end: the last one.
    pub fn phrase(
        &mut self,
        material: Material,
        latch: &Latch,
        meter: Meter,
        form_bar: u16,
    ) -> &Phrase {
        self.form(material, latch);
        let index = self.find_phrase(material, latch, meter, form_bar);
        self.phrases.get(index)
    }

    /// Composes the phrase if it is not kept, and says where it is kept. The form stands.
    fn find_phrase(
        &mut self,
        material: Material,
        latch: &Latch,
        meter: Meter,
        form_bar: u16,
    ) -> usize {
        let bar = form_bar.min(self.form.bars().saturating_sub(1));
        let Some((_, section)) = self.form.section_at(bar) else {
            return 0;
        };
        let section = *section;
        self.phrase_of(material, latch, meter, bar, &section)
    }

    /// The same of a section as somebody would have it, in its place of the form.
    fn phrase_of(
        &mut self,
        material: Material,
        latch: &Latch,
        meter: Meter,
        bar: u16,
        section: &Section,
    ) -> usize {
        let section_index = self.form.section_at(bar).map_or(0, |(index, _)| index);
        let plan = section_latch(&latch.of_plan(), section);
        let styles = PlanStyles::new(material.styles, &plan);
        let span = phrase_at(styles.harmony, section, bar - section.first_bar);
        let key = PhraseKey {
            song: cache::fingerprint(material),
            latch: plan,
            section: *section,
            meter,
            first_in_section: span.first,
        };
        self.phrases.find(&key).unwrap_or_else(|| {
            let seat = PhraseSeat {
                material,
                style: styles.harmony,
                texture_style: styles.texture,
                latch: &plan,
                section,
                meter,
                dice: Dice::song(plan.seed),
            };
            let (index, phrase) = self.phrases.take(key);
            phrase.section_index = section_index as u16;
            phrase.first_bar = section.first_bar + span.first;
            phrase.first_in_section = span.first;
            phrase.bars = span.bars;
            phrase.meter = meter;
            phrase.chords.clear();
            phrase.tune.clear();
            let hand = crate::harmony::compose(&seat, phrase);
            let sung = PhraseSeat {
                style: styles.melody,
                dice: again(seat.dice, section, Lane::Melody),
                ..seat
            };
            crate::melody::compose(&sung, phrase);
            crate::harmony::retell(&seat, phrase, hand);
            crate::harmony::settle(phrase);
            index
        })
    }

    /// The bar of the form that a bar of the song is; `None` where the song is silent.
    fn form_bar(&self, after_end: AfterEnd, bar_index: i32) -> Option<u16> {
        let (bars, bar) = (self.form.bars() as u32, u32::try_from(bar_index).ok()?);
        match after_end {
            _ if bar < bars => Some(bar as u16),
            AfterEnd::Repeat if bars > 0 => Some((bar % bars) as u16),
            _ => None,
        }
    }

    /// Writes the candidates of a bar into `out`: sorted by onset and pitch, silent before the song,
    /// after a form that stops, and on lanes that do not play.
    ///
    /// # Realtime
    /// Bounded; composes at most one phrase, and a second one where another take of the tune plays.
    pub fn bar(&mut self, material: Material, latch: &Latch, place: &BarPlace, out: &mut BarNotes) {
        out.clear();
        self.form(material, latch);
        let Some(form_bar) = self.form_bar(material.song.after_end, place.bar_index) else {
            return;
        };
        out.section = self
            .form
            .section_at(form_bar)
            .map(|(_, section)| section.kind);
        if let Some(take) = take::of_meter(material, latch, place.meter) {
            take::write(&take, material.song.lanes, form_bar, place, out);
            if let Some((_, section)) = self.form.section_at(form_bar) {
                let bar = form_bar - section.first_bar;
                edits::lay(material.song, section.key, bar, place, out);
            }
            return;
        }
        let kept = self.find_phrase(material, latch, place.meter, form_bar);
        let Some((_, section)) = self.form.section_at(form_bar) else {
            return;
        };
        let (section, bar_in_section) = (*section, form_bar - section.first_bar);
        let retake = |lane| turn_of(&material.song.retakes, section.key, bar_in_section, lane);
        // The tune of another take, over the chords as they are.
        let sung = match retake(Lane::Melody) {
            Some(turn) => {
                let own = section.with_turn(Lane::Melody, turn);
                self.phrase_of(material, latch, place.meter, form_bar, &own)
            }
            None => kept,
        };
        let section = &section;
        let phrase = self.phrases.get(kept);
        let song_dice = Dice::song(section.seed.unwrap_or(latch.seed));
        let section_dice = song_dice.at(section.id as u32);
        let plan = PlanStyles::new(material.styles, latch);
        let phrase_index = phrase_at(plan.harmony, section, bar_in_section).index;
        let styles = [latch.style, latch.style_b].map(|slot| material.styles.get(slot));
        let paces =
            styles.map(|style| TimeScale::chosen(latch.pace, style.tempo, place.tempo_mbpm));
        let two_paces = paces[0] != paces[1];
        for (grid, pace) in self
            .grids
            .iter_mut()
            .zip(paces)
            .take(1 + two_paces as usize)
        {
            grid.lay(place.meter, pace, bar_in_section);
            feel::drift(
                grid,
                section_dice,
                bar_in_section as i64 * place.meter.bar_ticks(),
            );
        }
        let dice = [
            section_dice.at(bar_in_section as u32),
            section_dice,
            song_dice.at(KIND_DICE + section.kind as u32),
        ];
        let seats = Lane::ALL.map(|lane| {
            let share = latch.blend[lane.index()];
            let turned = blend::is_turned(share, bar_in_section);
            let grid = &self.grids[(turned && two_paces) as usize];
            LaneSeat {
                style: styles[turned as usize],
                grid,
                dice: dice.map(|dice| again(dice, section, lane)),
                groove: feel::Groove::new(
                    (styles[0], styles[1]),
                    share,
                    material.styles.groove(latch.groove[lane.index()]),
                    grid.scale.felt_tempo(place.tempo_mbpm),
                ),
            }
        });
        let latch = section_latch(latch, section);
        let view = BarView {
            lane: Lane::Drums,
            style: seats[0].style,
            phrase,
            section,
            bar_in_section,
            bar_in_phrase: (bar_in_section - phrase.first_in_section) as u8,
            phrase_index,
            place: *place,
            latch: &latch,
            grid: seats[0].grid,
            seats: &seats,
            dice: seats[0].dice[0],
            section_dice: seats[0].dice[1],
            kind_dice: seats[0].dice[2],
        };
        out.energy = view.energy();
        out.transpose = section.transpose;
        for engine in ENGINES {
            let lane = engine.lane();
            if material.song.lanes.has(lane) && section.lanes.has(lane) {
                let notes = &mut out.lanes[lane.index()];
                match retake(lane) {
                    None => engine.perform(&view.of(lane), notes),
                    // Others who listen to the lane hear what they heard before.
                    Some(turn) => {
                        let mut seats = seats;
                        let own = section.with_turn(lane, turn);
                        seats[lane.index()].dice = dice.map(|dice| again(dice, &own, lane));
                        let view = BarView {
                            phrase: match lane {
                                Lane::Melody => self.phrases.get(sung),
                                _ => phrase,
                            },
                            seats: &seats,
                            ..view
                        };
                        engine.perform(&view.of(lane), notes);
                    }
                }
                notes.sort_unstable_by_key(order);
            }
        }
        edits::lay(material.song, section.key, bar_in_section, place, out);
    }
}

/// How a bar's candidates are ordered.
fn order(note: &Candidate) -> (Tick, Pitch, Tick, u8, u8) {
    let gate = note.gate.density;
    (note.onset, note.pitch, note.grid, note.velocity, gate)
}

/// A latch as a section has it: in its own key, by its own seed.
fn section_latch(latch: &Latch, section: &Section) -> Latch {
    Latch {
        key: latch.key.up(section.transpose as i32),
        seed: section.seed.unwrap_or(latch.seed),
        ..*latch
    }
}

/// Dice of a lane that was sent back for another take of a section.
fn again(dice: Dice, section: &Section, lane: Lane) -> Dice {
    match section.turns[lane.index()] {
        0 => dice,
        turn => dice.at(TURN_DICE + turn as u32),
    }
}

/// Keeps kinds apart from section ids in the hash.
const KIND_DICE: u32 = 0x1_0000;
/// Keeps further takes apart from both.
const TURN_DICE: u32 = 0x2_0000;
