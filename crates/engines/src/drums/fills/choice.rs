//! Which fill ends a section or a phrase.
//!
//! The seed deals a style's fills into three hands: two for the ends of sections, which sections take in turn
//! by their number, and a gentle one for the ends of phrases. A section then takes what suits its own energy
//! and kind from its hand. Its neighbour takes from the other, so no fill comes twice running although
//! nothing looks at what stands beside it.

use heapless::Vec;
use music::lane::Lane;
use music::plan::SectionKind;
use music::style::{DrumFill, Style};

use crate::arrangement::usual_energy;
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

/// Most fills of a style.
const MOST: usize = 16;

/// Fills as places in the style's list.
type Hand = Vec<u8, MOST>;

/// Deals the fills: ends of sections with even and odd numbers, ends of phrases.
fn deal(fills: &[DrumFill], dice: Dice) -> [Hand; 3] {
    let mut order: Hand = (0..fills.len().min(MOST) as u8).collect();
    order.sort_unstable_by_key(|i| (fills[*i as usize].energy, fills[*i as usize].beats, *i));
    if order.len() < 3 {
        return [order.clone(), order.clone(), order];
    }
    // Phrases take one or more of the gentle half, any of the short ones by seed; the others join the sections'.
    let half = order.len() / 2;
    let key = |i: &u8| {
        let long = u32::from(fills[*i as usize].beats > 2) * 1000;
        long + dice.throw(Purpose::Fill, 40 + u32::from(*i), 1000)
    };
    let mut gentle: Hand = order.iter().take(half).copied().collect();
    gentle.sort_unstable_by_key(key);
    gentle.truncate(half.div_ceil(2));
    order.retain(|i| !gentle.contains(i));
    // Neighbours by energy part, so that both hands hold gentle and hard ones.
    let mut hands = [Hand::new(), Hand::new(), gentle];
    for (pair, both) in order.chunks(2).enumerate() {
        let first = dice.throw(Purpose::Fill, 60 + pair as u32, 2) as usize;
        for (k, fill) in both.iter().enumerate() {
            let _ = hands[(first + k) % 2].push(*fill);
        }
    }
    hands
}

/// What kinds of sections that are filled hear the drums, as coolest and hottest energy.
fn span(style: &Style) -> (i32, i32) {
    let (mut cool, mut hot) = (100, 0);
    for step in &style.form.template {
        let lanes = style.form.lanes[step.kind as usize];
        let silent = lanes.0 != 0 && !lanes.has(Lane::Drums);
        if silent || step.kind == SectionKind::Outro {
            continue;
        }
        let energy = usual_energy(&style.form, step.kind) as i32;
        (cool, hot) = (energy.min(cool), energy.max(hot));
    }
    if cool <= hot { (cool, hot) } else { (30, 80) }
}

/// Whether a kind is there to lead into something greater. Taste.
const fn leads(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::PreChorus | SectionKind::Build | SectionKind::Bridge
    )
}

/// How strong the bar is within its style, percent: 0 in its coolest sections, 100 in its hottest.
fn strength(view: &BarView) -> i32 {
    let (cool, hot) = span(view.style);
    // Taste: a form without contrast is in the middle throughout.
    let (cool, hot) = match hot - cool {
        0..16 => (cool - 8, hot + 8),
        _ => (cool, hot),
    };
    ((view.energy() as i32 - cool) * 100 / (hot - cool)).clamp(0, 100)
}

/// How well each fill of a hand suits the end of the section. Taste throughout.
fn suits(view: &BarView, hand: &Hand) -> Vec<u8, MOST> {
    let fills = &view.style.drums.fills;
    let energies = || fills.iter().map(|f| f.energy as i32 * 10);
    let (low, high) = (energies().min().unwrap_or(0), energies().max().unwrap_or(0));
    let (strength, kind) = (strength(view), view.section.kind);
    let lifted = if leads(kind) { 12 } else { 0 };
    let wanted = low + (high - low) * strength / 100 + lifted;
    // Gentle sections breathe with short fills; whatever leads on may take the whole bar.
    let room = match strength {
        _ if view.section.bars < 3 => 2,
        _ if leads(kind) => 4,
        0..25 => 2,
        25..50 => 3,
        _ => 4,
    };
    let weight = |place: &u8| {
        let fill = &fills[*place as usize];
        let near = match (fill.energy as i32 * 10 - wanted).abs() {
            0..=9 => 27,
            10..=18 => 18,
            19..=28 => 8,
            29..=42 => 3,
            _ => 1,
        };
        if fill.beats > room { near / 3 } else { near }.max(1)
    };
    hand.iter().map(weight).collect()
}

/// What a bar's end is filled with.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// As it is written.
    pub fill: &'a DrumFill,
    /// Its beats, as many as there is room for.
    pub beats: usize,
    /// How often fills were chosen before, about: what changes from one to the next.
    pub turn: usize,
}

/// The fill of a section's end (`strong`) or a phrase's end.
pub fn choose<'a>(view: &BarView<'a>, strong: bool) -> Option<Choice<'a>> {
    let fills = &view.style.drums.fills;
    let hands = deal(fills, Dice::song(view.latch.seed).lane(Lane::Drums));
    let number = view.section.id as usize;
    let phrase = view.phrase_index as usize;
    let turn = if strong { number } else { number * 3 + phrase };
    let place = if strong {
        let hand = &hands[number % 2];
        let weights = suits(view, hand);
        let dice = view.section_dice.lane(Lane::Drums);
        match fills.len() {
            0..3 => *hand.get(turn % hand.len().max(1))?,
            _ => *hand.get(dice.pick(Purpose::Fill, 80, &weights)?)?,
        }
    } else if phrase % 2 == 1 && fills.len() >= 3 {
        // The gentlest of the other hand, so that phrase after phrase differs too.
        *hands[(number + 1) % 2].first()?
    } else {
        let hand = &hands[2];
        *hand.get(turn % hand.len().max(1))?
    };
    let fill = fills.get(place as usize)?;
    let most = match (strong, strength(view)) {
        (true, _) if view.section.bars < 2 => 2,
        (true, _) => 4,
        (false, 0..60) => 1,
        (false, _) => 2,
    };
    Some(Choice {
        fill,
        beats: fill.beats.clamp(1, most) as usize,
        turn,
    })
}
