//! Tones that only a dense tune has: between two tones of the tune, so that neither needs them.
//!
//! A gap is filled by step towards the next tone; where the tune stands still a neighbour goes and comes
//! back; over a dissonance the resolution is anticipated.

use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::ear::Ear;
use super::pitching::next_of_tune;

/// Gives the filling tones their pitches; the tune's own stand.
pub fn fill_in(drafts: &mut Drafts, ear: &Ear) {
    for index in (0..drafts.len()).rev() {
        if drafts[index].priority >= TUNE_PRIORITY {
            continue;
        }
        let draft = drafts[index];
        let before = drafts[..index]
            .iter()
            .rev()
            .find(|d| d.priority >= TUNE_PRIORITY)
            .copied();
        let after = next_of_tune(drafts, index).map(|n| drafts[n]);
        // The tone that sounds next when all are heard.
        let next = drafts.get(index + 1).copied();
        let (Some(before), Some(after), Some(next)) = (before, after, next) else {
            drafts[index].pitch = before.or(after).map_or(ear.pitch(0), |d| d.pitch);
            continue;
        };
        let leans = !ear.is_chord_tone(before.pitch, before.hears);
        let gap = after.pitch as i32 - before.pitch as i32;
        let mut pitch = if leans || before.unit != after.unit {
            next.pitch
        } else if gap.abs() > 2 {
            ear.stepped(next.pitch, -gap.signum())
        } else if gap == 0 {
            ear.stepped(next.pitch, -1)
        } else {
            before.pitch
        };
        if let Some(span) = ear.chord(draft.at) {
            let fitted = ear.scale_tone(pitch, &span.chord);
            let steps_on = (1..=2).contains(&fitted.abs_diff(next.pitch));
            pitch = if span.chord.has_core(music::pitch::Pitch(fitted).class()) || steps_on {
                fitted
            } else {
                next.pitch
            };
        }
        drafts[index].pitch = pitch.clamp(ear.range.0, ear.range.1);
        if !ear.is_chord_tone(drafts[index].pitch, draft.at) {
            drafts[index].threshold = draft.threshold.max(next.threshold);
        }
    }
}
