//! States the units of a phrase: rhythm and contour of the whole phrase, before pitch.

use music::plan::{Phrase, SectionKind};

use super::bank::{Bank, Idea};
use super::draft::{Draft, Drafts};
use super::motif::{MOTIF_BARS, Motif, Tone};
use super::plan::{self, Theme, Unit, Voice};
use super::solo::{self, Says};
use super::{breath, contour, endings, kind_dice, pickup};
use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};
use crate::placement::density_gate;
use crate::schillinger::expansion::expanded;

/// Furthest that the climax is lifted, in scale steps. Taste: still the same tune.
const MOST_LIFT: i32 = 2;
/// Share of songs whose verses have other pick-ups each time, percent. Taste.
const OTHER_LEAD_INS: u32 = 6;
/// Scale steps by which a final section's climax rises over what it was. Taste.
const FINAL_RISE: i8 = 1;

/// Scale steps from the anchor of the hook.
#[derive(Clone, Copy, Debug)]
pub struct Heights {
    /// The lowest and highest that a section has, and the highest of this one, which may be the last.
    pub range: (i32, i32),
    /// See `range`.
    pub top: i32,
    /// Where the verse's ideas are sung.
    pub tale: i32,
    /// Where the bridge's is.
    pub away: i32,
    /// An octave.
    pub octave: i32,
}

impl Heights {
    /// Where an idea is sung: its usual place, or as near to it as its own reach leaves room for a climax.
    fn of(&self, idea: Idea, motif: &Motif) -> i32 {
        let usual = match idea {
            Idea::Hook | Idea::Answer => 0,
            Idea::Tale | Idea::Reply | Idea::Lead => self.tale,
            Idea::Away => self.away,
        };
        let sung = motif
            .tones
            .iter()
            .filter(|t| t.priority >= contour::TUNE_PRIORITY)
            .map(|t| t.degree as i32);
        let (low, high) = sung.fold((0, 0), |(a, b), d| (a.min(d), b.max(d)));
        let most = self.range.1 - 1 - high;
        usual.max(self.range.0 - low).min(most)
    }
    /// The same an octave up, where the range leaves room for it.
    fn aloft(&self, idea: Idea, motif: &Motif) -> i32 {
        let usual = self.of(idea, motif);
        let high = motif.tones.iter().map(|t| t.degree as i32).max();
        let fits = usual + self.octave + high.unwrap_or(0) < self.range.1;
        usual + if fits { self.octave } else { 0 }
    }
}

/// The ideas of a section at hand while its units are stated: each is made once.
struct Speaker<'a> {
    seat: &'a PhraseSeat<'a>,
    bank: &'a Bank<'a>,
    themes: [Motif; 2],
    dice: Dice,
    heights: Heights,
    /// Units in the section.
    count: u32,
}

/// What a unit says, and the key under which its tones are known wherever it is said again.
struct Said {
    unit: Unit,
    motif: Motif,
    key: u16,
    /// Scale steps from the anchor at which it is sung.
    height: i32,
    /// Share of silent second bars, percent.
    rests: u8,
    is_line: bool,
}

impl Speaker<'_> {
    fn say(&self, place: u32, bars: u8) -> Option<Said> {
        match self.seat.section.kind {
            SectionKind::Solo => self.solo(place, bars),
            kind => self.sung(kind, self.dice, place, bars),
        }
    }

    /// What is sung at a place of a kind of section.
    fn sung(&self, kind: SectionKind, dice: Dice, place: u32, bars: u8) -> Option<Said> {
        let bank = self.bank;
        let unit = self.unit(kind, dice, place);
        let theme = unit.theme?;
        let idea = Idea::of(kind, theme);
        let mut motif = unit
            .technique
            .apply(&self.themes[theme as usize], bank.measure, bars);
        if bars == MOTIF_BARS {
            let period = [0, 1, 2, 3].map(|n| self.unit(kind, dice, place / 4 * 4 + n));
            let ending = endings::of(kind, period, place, dice);
            ending.apply(&mut motif, bank.measure);
        }
        Some(Said {
            unit,
            motif,
            key: idea as u16 * 64,
            height: self.heights.of(idea, &self.themes[theme as usize]),
            rests: breath::share(self.seat.style.melody.rests, kind, place),
            is_line: false,
        })
    }

    /// The unit at a place of a section that is no solo.
    fn unit(&self, kind: SectionKind, dice: Dice, place: u32) -> Unit {
        let voice = Voice::of(self.seat.style);
        let unit = plan::unit(kind, voice, dice, place, self.count);
        plan::retold(unit, kind, self.seat.section.statement, dice, place)
    }

    /// A unit of a solo.
    fn solo(&self, place: u32, bars: u8) -> Option<Said> {
        let (bank, style) = (self.bank, self.seat.style);
        let (unit, says) = solo::turn(&style.melody, self.dice, place, self.count);
        if says == Says::Tune && solo::sings(style.melody.ornament) {
            // Over the chorus's changes, as the chorus has it.
            let chorus = SectionKind::Chorus;
            return self.sung(chorus, kind_dice(self.seat, chorus), place, bars);
        }
        let theme = unit.theme?;
        let idea = Idea::of(SectionKind::Solo, theme);
        let tune = &self.themes[theme as usize];
        let fresh;
        let (motif, key) = match says {
            Says::Tune => (tune, idea as u16),
            // One idea for the whole solo.
            Says::Own if solo::sings(style.melody.ornament) => {
                fresh = bank.idea(Idea::Tale);
                (&fresh, Idea::Tale as u16)
            }
            Says::Own => {
                fresh = bank.fresh(self.dice.at(0x100));
                (&fresh, 16)
            }
            Says::Line => {
                let pace = solo::pace(style, &style.melody);
                fresh = solo::line(bank.measure, pace, self.dice.at(0x200 + place));
                (&fresh, 32 + place as u16 % 256)
            }
        };
        let rests = match says {
            Says::Line => 0,
            Says::Own => style.melody.rests / 2 + solo::school(style.melody.ornament).air,
            Says::Tune => style.melody.rests / 2,
        };
        let height = if key == Idea::Tale as u16 {
            self.heights.aloft(Idea::Tale, motif)
        } else {
            self.heights.of(idea, motif)
        };
        Some(Said {
            unit,
            motif: unit.technique.apply(motif, bank.measure, bars),
            key: key * 64,
            height,
            rests,
            is_line: says == Says::Line,
        })
    }
}

/// States the phrase's units.
pub fn state(seat: &PhraseSeat, phrase: &Phrase, bank: &Bank, heights: Heights) -> Drafts {
    let kind = seat.section.kind;
    let bar = bank.measure.bar as u16;
    let count = seat.section.bars.div_ceil(2) as u32;
    let dice = kind_dice(seat, kind);
    let themes = [Theme::A, Theme::B].map(|theme| bank.idea(Idea::of(kind, theme)));
    let speaker = Speaker {
        seat,
        bank,
        themes,
        dice,
        heights,
        count,
    };
    let peak = match kind {
        // What is heard once climbs to its end.
        SectionKind::Bridge | SectionKind::Solo => count.saturating_sub(1),
        _ => count * (55 + dice.throw(Purpose::MotifContour, 700, 31)) / 100,
    };
    let mut drafts = Drafts::new();
    let units = phrase.bars.div_ceil(2);
    // One more than the phrase has: where the section goes on, its pick-up lies in this phrase.
    for index in 0..=units {
        let first = (2 * index).min(phrase.bars);
        let place = phrase.first_in_section as u32 / 2 + index as u32;
        let follows = index == units;
        if place >= count {
            break;
        }
        let bars = if follows {
            2
        } else {
            (phrase.bars - first).min(2) as u8
        };
        let Some(mut said) = speaker.say(place, bars) else {
            continue;
        };
        said.motif
            .tones
            .retain(|t| (t.at as u16) < bars as u16 * bar);
        let last_of_phrase = first + bars as u16 >= phrase.bars;
        let ends = said.unit.closes || last_of_phrase;
        // What is said again breathes alike.
        let way = said.key as u32 / 4 + place % 4 * (ends as u32);
        let unit = breath::Unit {
            bars,
            ends,
            rests: said.rests,
            place: way,
            comes_home: place + 1 == count,
        };
        breath::breathe(&mut said.motif, bank.measure, &unit, bank.dice);
        let ending = kind == SectionKind::Outro && last_of_phrase && place + 1 >= count;
        if ending {
            end_on_the_bar(&mut said.motif, bars, bank.measure.bar);
        }
        for tone in &mut said.motif.tones {
            let wide = expanded(tone.degree as i32, seat.latch.expansion);
            tone.degree = (wide + said.height).clamp(-99, 99) as i8;
        }
        let draft = |number: usize, tone: &Tone| {
            let strength = if tone.late > 0 {
                0
            } else {
                bank.measure.strength(tone.at)
            };
            Draft {
                at: first * bar + tone.at as u16,
                late: tone.late,
                length: tone.length as u16,
                degree: tone.degree,
                strength,
                priority: tone.priority,
                velocity: tone.velocity,
                unit: index as u8,
                key: said.key + number as u16,
                closes: said.unit.closes,
                opens: !said.unit.closes && last_of_phrase,
                is_line: said.is_line,
                threshold: density_gate(tone.priority, strength),
                ..Draft::default()
            }
        };
        let goal = said
            .motif
            .tones
            .iter()
            .enumerate()
            .find(|(_, t)| t.priority >= contour::TUNE_PRIORITY);
        if let Some((number, tone)) = goal.filter(|_| !ending) {
            // Some verses come in otherwise each time, what is sung by heart does not.
            let again = match kind {
                SectionKind::Verse if dice.chance(Purpose::Approach, 60, OTHER_LEAD_INS) => {
                    seat.section.statement as u32
                }
                SectionKind::Solo => seat.section.statement as u32,
                _ => 0,
            };
            let dice = bank.dice.at(0x6000 + said.key as u32 + again);
            let goal = draft(number, tone);
            pickup::lead_in(&mut drafts, &goal, first * bar, bank.measure, dice);
        }
        if follows {
            break;
        }
        let from = drafts.len();
        for (number, tone) in said.motif.tones.iter().enumerate() {
            let _ = drafts.push(draft(number, tone));
        }
        mark(
            &mut drafts[from..],
            Some(heights.top).filter(|_| place == peak && !ending),
            seat.section.is_final,
        );
    }
    drafts
}

/// The song's last bar holds one tone.
fn end_on_the_bar(motif: &mut Motif, bars: u8, bar: u8) {
    let line = (bars - 1) * bar;
    motif.tones.retain(|t| t.at < line);
    let degree = motif.tones.last().map_or(0, |t| t.degree);
    let _ = motif.tones.push(Tone {
        at: line,
        length: bar,
        degree,
        priority: 9,
        ..Tone::default()
    });
}

/// Marks a unit's last tone. `rise` is how high the unit of the climax may reach: its highest tone is lifted so
/// that it is the section's, and the last time it goes higher still. The rest of the unit stays as it is known.
fn mark(unit: &mut [Draft], rise: Option<i32>, last_time: bool) {
    let tune = |d: &&mut Draft| d.priority >= contour::TUNE_PRIORITY;
    if let Some(last) = unit.iter_mut().rev().find(tune) {
        last.is_last = true;
    }
    let Some(top) = rise else { return };
    if let Some(peak) = unit
        .iter_mut()
        .filter(tune)
        .max_by_key(|d| (d.degree, d.strength))
    {
        let lift = (top - peak.degree as i32).clamp(0, MOST_LIFT) as i8;
        peak.degree += lift + if last_time { FINAL_RISE } else { 0 };
        peak.soars = true;
        peak.is_peak = true;
        // A climax goes where it must.
        peak.opens = false;
        peak.priority = peak.priority.max(8);
        peak.threshold = peak.threshold.min(20);
    }
}
