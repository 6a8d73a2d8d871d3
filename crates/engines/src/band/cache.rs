//! A few phrases, found again by everything that they follow from.

use core::hash::{Hash, Hasher};

use music::controls::Latch;
use music::plan::{Phrase, Section};
use music::time::Meter;

use crate::view::Material;

/// Phrases kept: the one that plays, its neighbours, and one across a jump.
const KEPT: usize = 4;

/// Everything that a form follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormKey {
    /// [`fingerprint`] of song and styles.
    pub song: u64,
    /// Style slot.
    pub style: u8,
    /// Seed.
    pub seed: u16,
    /// How readily the key changes.
    pub modulation: u8,
    /// Whether it is a take's.
    pub taken: bool,
}

/// Everything that a phrase follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseKey {
    /// [`fingerprint`] of song and styles.
    pub song: u64,
    /// What latched, as composers are shown it.
    pub latch: Latch,
    /// Its section.
    pub section: Section,
    /// Meter.
    pub meter: Meter,
    /// First bar in the section.
    pub first_in_section: u16,
}

/// The kept phrases; the one longest unused gives way.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    keys: [Option<PhraseKey>; KEPT],
    used: [u64; KEPT],
    clock: u64,
    phrases: [Phrase; KEPT],
}

impl Phrases {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.keys = [None; KEPT];
    }
    /// Where a phrase is kept.
    pub fn find(&mut self, key: &PhraseKey) -> Option<usize> {
        let index = self.keys.iter().position(|k| k.as_ref() == Some(key))?;
        self.clock += 1;
        self.used[index] = self.clock;
        Some(index)
    }
    /// Makes room for a phrase.
    pub fn take(&mut self, key: PhraseKey) -> (usize, &mut Phrase) {
        let index = (0..KEPT)
            .min_by_key(|i| (self.keys[*i].is_some(), self.used[*i]))
            .unwrap_or(0);
        self.clock += 1;
        self.used[index] = self.clock;
        self.keys[index] = Some(key);
        (index, &mut self.phrases[index])
    }
    /// A kept phrase.
    pub fn get(&self, index: usize) -> &Phrase {
        &self.phrases[index.min(KEPT - 1)]
    }
}

/// FNV-1a over 64-bit words: cheap, and only the cache reads it.
/// Reference: Fowler, Noll & Vo, draft-eastlake-fnv.
struct Words(u64);

impl Hasher for Words {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0u64, |w, b| w << 8 | *b as u64);
            self.write_u64(word);
        }
    }
    fn write_u8(&mut self, i: u8) {
        self.write_u64(i as u64);
    }
    fn write_u16(&mut self, i: u16) {
        self.write_u64(i as u64);
    }
    fn write_isize(&mut self, i: isize) {
        self.write_u64(i as u64);
    }
    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
    fn write_u64(&mut self, i: u64) {
        self.0 = (self.0 ^ i)
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(23);
    }
}

/// A number that changes when what phrases are made of does: length, sections and chords of the song, and
/// which book of styles lies open.
pub fn fingerprint(material: Material) -> u64 {
    let song = material.song;
    let mut words = Words(0xcbf2_9ce4_8422_2325);
    let styles = material.styles.all();
    words.write_usize(styles.as_ptr() as usize);
    words.write_usize(styles.len());
    words.write_u16(song.bars);
    words.write_usize(song.form.len());
    for s in &song.form {
        let lanes = s.lanes.map_or(0xff, |l| l.0);
        let energy = s.energy.map_or(0xff, |e| e);
        let place = (s.id as u64) << 48 | (s.bars as u64) << 32 | (s.kind as u64) << 16;
        words.write_u64(place | (lanes as u64) << 8 | energy as u64);
        let keys = (s.transpose as u8 as u64) << 8 | s.leads_to as u8 as u64;
        let told = (s.statement as u64) << 16 | (s.is_final as u64) << 8 | s.modulation as u64;
        words.write_u64(keys << 32 | told);
        let end = s.energy_end.map_or(0xff, |e| e as u64);
        let own = |n: Option<u16>| n.map_or(0x1_ffff, |n| n as u64);
        words.write_u64(end << 40 | own(s.chance_of) << 20 | own(s.seed));
        words.write(&s.turns);
    }
    words.write_usize(song.chords.len());
    for c in &song.chords {
        words.write_u64((c.bar as u64) << 8 | c.step as u64);
        c.chord.hash(&mut words);
    }
    words.finish()
}
