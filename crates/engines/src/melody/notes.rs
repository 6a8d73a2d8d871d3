//! From drafts to notes.

use music::note::{Gate, Role};
use music::pitch::Pitch;
use music::plan::TuneNote;
use music::time::TICKS_PER_STEP;

use super::Tune;
use super::draft::{Draft, Drafts};
use super::ear::Ear;
use super::motif::Measure;

/// Velocity by strength of the place, where a cell leaves it open. Taste.
const VELOCITY: [u8; 5] = [70, 74, 82, 86, 90];

/// The note that a draft becomes; its place is written later.
pub fn note(draft: &Draft, role: Role, louder: i32) -> TuneNote {
    let asked = if draft.velocity > 0 {
        draft.velocity
    } else {
        VELOCITY[draft.strength.min(4) as usize]
    };
    let shape = louder + draft.degree.clamp(-3, 4) as i32 + if draft.is_peak { 6 } else { 0 };
    TuneNote {
        bar: 0,
        tick: 0,
        duration: (draft.length as i64 * TICKS_PER_STEP).min(u16::MAX as i64) as u16,
        pitch: Pitch(draft.pitch),
        velocity: (asked as i32 + shape).clamp(1, 127) as u8,
        gate: Gate::density(draft.threshold),
        role,
    }
}

/// What a tone does among its neighbours.
pub fn role(drafts: &Drafts, index: usize, ear: &Ear) -> Role {
    let draft = &drafts[index];
    if let Some(span) = ear.chord(draft.hears) {
        let tones = span.chord.tones();
        let class = Pitch(draft.pitch).class();
        if let Some(n) = tones
            .iter()
            .position(|t| *t == class)
            .filter(|_| span.chord.has_core(class))
        {
            return Role::ChordTone(n as u8);
        }
        if (draft.is_strong() || draft.length >= 4) && ear.is_mild(draft.pitch, span) {
            return Role::ScaleTone;
        }
    }
    let before = index.checked_sub(1).map(|i| drafts[i].pitch as i32);
    let after = drafts.get(index + 1).map(|d| d.pitch as i32);
    match (before, after) {
        (Some(a), Some(b)) if a == b => Role::Neighbour,
        (Some(a), Some(b))
            if (draft.pitch as i32 - a).signum() == (b - draft.pitch as i32).signum() =>
        {
            Role::Passing
        }
        _ => Role::ScaleTone,
    }
}

/// Appends a note at a tick of the phrase.
pub fn write(tune: &mut Tune, measure: &Measure, tick: i64, note: TuneNote) {
    let bar_ticks = measure.bar as i64 * TICKS_PER_STEP;
    if tick >= 0 {
        let _ = tune.push(TuneNote {
            bar: (tick / bar_ticks) as u8,
            tick: (tick % bar_ticks) as u16,
            ..note
        });
    }
}
