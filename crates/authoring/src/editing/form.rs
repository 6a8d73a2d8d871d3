//! Sections moved, copied, resized, dropped, and sent back for another take.
//!
//! The first change writes the composed form down as it stands ([`written_down`]), so that everything else plays on
//! unchanged; from then on the form is the user's.

use heapless::Vec;
use music::chord::Chord;
use music::lane::LaneSet;
use music::plan::Form;
use music::song::{FORM_BARS, MAX_TYPED_CHORDS, SectionSpec, Song, TypedChord};

/// The song with its form written down, if it was not yet.
pub fn written_down(song: &Song, form: &Form) -> Song {
    let mut out = song.clone();
    if out.form.is_empty() {
        out.form = form.sections.iter().map(SectionSpec::of).collect();
    }
    out
}

/// The form is composed again; chords and edits stay.
pub fn given_back(song: &Song) -> Song {
    Song {
        form: Vec::new(),
        ..song.clone()
    }
}

/// Section `from` stands at `to` afterwards.
pub fn moved(song: &Song, form: &Form, from: usize, to: usize) -> Option<Song> {
    let song = written_down(song, form);
    let mut order: Sources = (0..song.form.len()).collect();
    if from >= order.len() || to >= order.len() {
        return None;
    }
    let section = order.remove(from);
    order.insert(to, section).ok()?;
    Some(laid_out(&song, &order))
}

/// A copy of a section behind it, with the same music.
pub fn copied(song: &Song, form: &Form, index: usize) -> Option<Song> {
    let song = written_down(song, form);
    let mut order: Sources = (0..song.form.len()).collect();
    order.get(index)?;
    order.insert(index + 1, index).ok()?;
    let mut out = laid_out(&song, &order);
    let key = free_key(&song)?;
    let original = song.form[index].id;
    let copy = &mut out.form[index + 1];
    copy.chance_of = Some(copy.chance_of.unwrap_or(original));
    copy.id = key;
    let own = song.edits.iter().filter(|edit| edit.section == original);
    for edit in own {
        let mut edit = *edit;
        edit.section = key;
        out.edits.push(edit).ok()?;
    }
    out.edits.sort_by_key(music::edit::Edit::place);
    let takes = song.retakes.iter().filter(|own| own.section == original);
    for retake in takes {
        let mut retake = *retake;
        retake.section = key;
        out.retakes.push(retake).ok()?;
    }
    out.retakes.sort_by_key(music::retake::Retake::place);
    Some(out)
}

/// Without a section. The last one stays.
pub fn dropped(song: &Song, form: &Form, index: usize) -> Option<Song> {
    let song = written_down(song, form);
    let mut order: Sources = (0..song.form.len()).collect();
    if order.len() < 2 || index >= order.len() {
        return None;
    }
    order.remove(index);
    let mut out = laid_out(&song, &order);
    let key = song.form[index].id;
    out.edits.retain(|edit| edit.section != key);
    out.retakes.retain(|retake| retake.section != key);
    Some(out)
}

/// A section `bars` long.
pub fn resized(song: &Song, form: &Form, index: usize, bars: u16) -> Option<Song> {
    let mut song = written_down(song, form);
    let bars = bars.clamp(1, *FORM_BARS.end());
    let old = song.form.get(index)?.bars;
    let others: u32 = song.form.iter().map(|s| u32::from(s.bars)).sum::<u32>() - u32::from(old);
    if others + u32::from(bars) > u32::from(*FORM_BARS.end()) {
        return None;
    }
    let chords = carried(&song, &(0..song.form.len()).collect(), |i, own| {
        if i == index { bars } else { own }
    });
    song.form[index].bars = bars;
    song.chords = chords;
    let key = song.form[index].id;
    song.edits
        .retain(|edit| edit.section != key || edit.bar < bars);
    song.retakes
        .retain(|retake| retake.section != key || retake.bar < bars);
    Some(song)
}

/// Energy of a section at its start and end, percent; `None` leaves it.
pub fn energy(
    song: &Song,
    form: &Form,
    index: usize,
    start: Option<u8>,
    end: Option<u8>,
) -> Option<Song> {
    changed(song, form, index, |spec| {
        spec.energy = start.map(|e| e.min(100)).or(spec.energy);
        spec.energy_end = end.map(|e| e.min(100)).or(spec.energy_end);
    })
}

/// Who plays in a section.
pub fn lanes(song: &Song, form: &Form, index: usize, lanes: LaneSet) -> Option<Song> {
    changed(song, form, index, |spec| spec.lanes = Some(lanes))
}

/// A section by a seed of its own, or by the song's again: the first take of every lane.
pub fn seeded(song: &Song, form: &Form, index: usize, seed: Option<u16>) -> Option<Song> {
    let mut new = changed(song, form, index, |spec| {
        spec.seed = seed;
        spec.turns = Default::default();
    })?;
    let key = new.form[index].id;
    new.retakes.retain(|retake| retake.section != key);
    Some(new)
}

fn changed(
    song: &Song,
    form: &Form,
    index: usize,
    change: impl FnOnce(&mut SectionSpec),
) -> Option<Song> {
    let mut song = written_down(song, form);
    change(song.form.get_mut(index)?);
    Some(song)
}

/// Which old section each new one is.
type Sources = Vec<usize, { music::song::MAX_SECTIONS }>;

/// The song with its sections in another order, their chords with them.
fn laid_out(song: &Song, order: &Sources) -> Song {
    Song {
        form: order.iter().map(|i| song.form[*i].clone()).collect(),
        chords: carried(song, order, |_, own| own),
        ..song.clone()
    }
}

/// The typed chords as their sections carry them along; `bars` says how long each is afterwards.
///
/// A typed chord counts until the next typed place: what sounds at a section's start is typed there, unless it
/// would sound there anyway.
fn carried(
    song: &Song,
    order: &Sources,
    bars: impl Fn(usize, u16) -> u16,
) -> Vec<TypedChord, MAX_TYPED_CHORDS> {
    let mut out = Vec::new();
    if song.chords.is_empty() {
        return out;
    }
    let starts: std::vec::Vec<u32> = song
        .form
        .iter()
        .scan(0, |bar, spec| {
            let first = *bar;
            *bar += u32::from(spec.bars);
            Some(first)
        })
        .collect();
    let (mut first, mut sounding): (u32, Option<Chord>) = (0, None);
    for index in order {
        let (start, spec) = (starts[*index], &song.form[*index]);
        let long = bars(*index, spec.bars);
        let old_end = start + u32::from(spec.bars.min(long));
        let before = song.chords.iter().take_while(|c| u32::from(c.bar) < start);
        let at_start = before.last().and_then(|c| c.chord);
        let own = song.chords.iter();
        let own = own.filter(|c| (start..old_end).contains(&u32::from(c.bar)));
        let mut own = own.peekable();
        let opens = own
            .peek()
            .is_some_and(|c| u32::from(c.bar) == start && c.step == 0);
        if !opens && at_start != sounding {
            let bar = first as u16;
            let _ = out.push(TypedChord {
                bar,
                step: 0,
                chord: at_start,
            });
            sounding = at_start;
        }
        for chord in own {
            let bar = (u32::from(chord.bar) - start + first) as u16;
            let _ = out.push(TypedChord { bar, ..*chord });
            sounding = chord.chord;
        }
        first += u32::from(long);
    }
    out
}

/// A key that no section has.
fn free_key(song: &Song) -> Option<u16> {
    let used = |key: u16| {
        let own = |s: &SectionSpec| s.id == key || s.chance_of == Some(key);
        song.form.iter().any(own)
            || song.edits.iter().any(|edit| edit.section == key)
            || song.retakes.iter().any(|retake| retake.section == key)
    };
    (0..=u16::MAX).find(|key| !used(*key))
}

#[cfg(test)]
mod tests;
