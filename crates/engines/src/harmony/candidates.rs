//! What may stand in a chord's place: others of its function, and what leads to the chord behind it.

use heapless::Vec;
use music::chord::{Chord, Quality};
use music::pitch::{Key, PitchClass, Scale};
use music::roman::{Function, Reading, Roman, Sense, is_dominant_kind, read, seventh, triad};

/// Most candidates of a place.
pub const MOST: usize = 12;

/// Why a chord may stand in another's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the chord itself.
    Written,
    /// The same chord without its colour.
    Plainer,
    /// What the key has on that root.
    InKey,
    /// Another chord of the key that does the same.
    SameFunction(Function),
    /// Does the same, from the parallel key.
    Borrowed(Function),
    /// The key's dominant, more or less coloured.
    Dominant,
    /// Stands a tritone from the dominant and leads down by a semitone.
    TritoneSubstitute,
    /// The dominant's minor cousin: comes home from a tone below.
    BackDoor,
    /// The chord a semitone above home.
    Neapolitan,
    /// The dominant of the chord behind it.
    LeadsOn,
    /// A diminished chord that pulls up into the chord behind it.
    PullsUp,
}

impl Why {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Why::Written => "as it stands",
            Why::Plainer => "the same chord, plainer",
            Why::InKey => "the key's own chord on this root",
            Why::SameFunction(Function::Tonic) => "rests like home, from the key",
            Why::SameFunction(Function::Subdominant) => {
                "moves away like the subdominant, from the key"
            }
            Why::SameFunction(Function::Dominant) => "wants home like the dominant, from the key",
            Why::Borrowed(Function::Tonic) => "rests, borrowed from the parallel key",
            Why::Borrowed(Function::Subdominant) => "moves away, borrowed from the parallel key",
            Why::Borrowed(Function::Dominant) => "wants home, borrowed from the parallel key",
            Why::Dominant => "the key's dominant, wants home",
            Why::TritoneSubstitute => "tritone substitute, slips down a semitone",
            Why::BackDoor => "the back door, home from a tone below",
            Why::Neapolitan => "the Neapolitan, a semitone above home",
            Why::LeadsOn => "dominant of the next chord",
            Why::PullsUp => "diminished, pulls up into the next chord",
        }
    }
}

/// A chord that may stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The chord.
    pub chord: Chord,
    /// How far it reaches, from 0 (a plain triad of the key) to 100.
    pub far: i32,
    /// What it does.
    pub function: Function,
    /// What it costs that it does something else than the chord in whose place it stands.
    pub turns: i32,
    /// The root that it must go to.
    pub leads_to: Option<PitchClass>,
    /// Tones outside the scale.
    pub strange: i32,
    /// Why it may stand there.
    pub why: Why,
}

/// A place's candidates; the first is the chord as written.
pub type Candidates = Vec<Candidate, MOST>;

/// How far a chord reaches in a key. Taste.
pub fn reach(chord: Chord, reading: Reading) -> i32 {
    let sense = match reading.sense {
        Sense::Diatonic => match reading.roman.degree {
            0 | 3 | 4 => 0,
            6 => 24,
            _ => 10,
        },
        Sense::Secondary => 48,
        Sense::Borrowed => 54,
        Sense::Neapolitan | Sense::Symmetric => 66,
        Sense::AugmentedSixth => 70,
        Sense::TritoneSubstitute => 80,
        Sense::Chromatic => 86,
    };
    let colour = match chord.quality.intervals().len() {
        ..=3 => 0,
        4 => 5,
        _ => 12,
    };
    let altered = matches!(
        chord.quality,
        Quality::Dominant7Flat9 | Quality::Dominant7Sharp9 | Quality::Augmented7
    );
    sense + colour + if altered { 18 } else { 0 }
}

/// The candidates of a place. `next` is the chord behind it where something may lead there.
pub fn candidates(chord: Chord, next: Option<Chord>, key: Key, scale: Scale) -> Candidates {
    let reading = read(chord, key, scale);
    let mut list = List {
        key,
        scale,
        rich: chord.quality.intervals().len() > 3,
        out: Candidates::new(),
    };
    let goal = leads(chord, key, reading);
    list.push(
        chord,
        0,
        goal.filter(|g| next.is_some_and(|n| n.root == *g)),
        Why::Written,
    );
    plainer(&mut list, chord, reading);
    // Seventh chords of the blues are home and its neighbour, unless they go where they would lead.
    let resolves = goal.is_some_and(|g| next.is_some_and(|n| n.root == g));
    let function = match key.to(chord.root) {
        0 if !resolves => Function::Tonic,
        5 if !resolves => Function::Subdominant,
        _ => reading.function,
    };
    of_function(&mut list, function);
    if let Some(next) = next.filter(|n| n.root != chord.root) {
        toward(&mut list, next);
    }
    list.out
}

struct List {
    key: Key,
    scale: Scale,
    /// The written chord has a seventh.
    rich: bool,
    out: Candidates,
}

impl List {
    fn push(&mut self, chord: Chord, turns: i32, leads_to: Option<PitchClass>, why: Why) {
        if self.out.iter().any(|c| c.chord == chord) {
            return;
        }
        let reading = read(chord, self.key, self.scale);
        let far = reach(chord, reading);
        let parent = self.scale.harmonic_parent();
        let outside = |t: &&PitchClass| !parent.contains(self.key, **t);
        let strange = chord.tones().iter().filter(outside).count() as i32;
        let _ = self.out.push(Candidate {
            chord,
            far,
            function: reading.function,
            turns,
            leads_to,
            strange,
            why,
        });
    }
    /// The scale's own chord on a degree, as rich as the written one.
    fn degree(&mut self, degree: i32, turns: i32, why: Why) {
        let parent = self.scale.harmonic_parent();
        let quality = triad(parent, degree);
        if !matches!(quality, Quality::Major | Quality::Minor) {
            return;
        }
        let quality = if self.rich {
            seventh(parent, degree)
        } else {
            quality
        };
        self.push(
            Chord::new(self.key.up(parent.degree(degree)), quality),
            turns,
            None,
            why,
        );
    }
    fn above(&mut self, semitones: i32, quality: Quality, turns: i32, why: Why) {
        self.push(
            Chord::new(self.key.up(semitones), quality),
            turns,
            None,
            why,
        );
    }
}

/// Where a chord wants to go.
fn leads(chord: Chord, key: Key, reading: Reading) -> Option<PitchClass> {
    match reading.sense {
        Sense::Secondary if is_dominant_kind(chord.quality) => Some(chord.root.up(5)),
        Sense::TritoneSubstitute => Some(chord.root.up(-1)),
        Sense::Diatonic if reading.roman.degree == 4 && is_dominant_kind(chord.quality) => {
            Some(key)
        }
        _ => None,
    }
}

/// The chord without its colour, and the scale's own chord on its root.
fn plainer(list: &mut List, chord: Chord, reading: Reading) {
    let bare = Chord {
        quality: bare(chord.quality),
        ..chord
    };
    list.push(bare, 0, None, Why::Plainer);
    if reading.sense != Sense::Diatonic {
        let parent = list.scale.harmonic_parent();
        let plain = Roman {
            degree: reading.roman.degree,
            ..Roman::default()
        };
        let above = list.key.to(chord.root) as i32;
        let own = (0..7).find(|d| parent.degree(*d) == above);
        match (reading.roman.applied_to, own) {
            (None, _) => list.push(plain.resolve(list.key, parent), 20, None, Why::InKey),
            (_, Some(degree)) => list.degree(degree, 4, Why::InKey),
            _ => {}
        }
    }
}

/// A chord's triad.
pub fn bare(quality: Quality) -> Quality {
    use Quality::*;
    match quality {
        Minor7 | MinorMajor7 | MinorSixth | Minor9 | MinorAdd9 | Minor11 => Minor,
        HalfDiminished | Diminished7 => Diminished,
        Dominant7Sus4 => Sus4,
        Augmented7 => Augmented,
        Diminished | Augmented | Sus2 | Sus4 | Power | Minor => quality,
        _ => Major,
    }
}

/// Chords that do the same.
fn of_function(list: &mut List, function: Function) {
    let minor = list.scale.is_minor();
    let rich = list.rich;
    let kind = |plain, seventh| if rich { seventh } else { plain };
    let (same, borrowed) = (Why::SameFunction(function), Why::Borrowed(function));
    use Quality::*;
    match function {
        Function::Tonic => {
            for degree in [0, 5, 2] {
                list.degree(degree, 0, same);
            }
            if !minor {
                list.above(8, kind(Major, Major7), 12, borrowed);
                list.above(3, kind(Major, Major7), 16, borrowed);
            }
        }
        Function::Subdominant => {
            for degree in [3, 1, 5] {
                list.degree(degree, if degree == 5 { 20 } else { 0 }, same);
            }
            if minor {
                list.above(5, kind(Major, Dominant7), 8, borrowed);
                list.above(2, HalfDiminished, 0, same);
            } else {
                list.above(5, kind(Minor, MinorSixth), 0, borrowed);
                list.above(2, HalfDiminished, 6, borrowed);
            }
            list.above(1, kind(Major, Major7), 8, Why::Neapolitan);
        }
        Function::Dominant => {
            let home = Some(list.key);
            list.above(7, kind(Major, Dominant7), 0, Why::Dominant);
            list.push(
                Chord::new(list.key.up(7), Dominant7Flat9),
                0,
                home,
                Why::Dominant,
            );
            list.push(
                Chord::new(list.key.up(7), Augmented7),
                4,
                home,
                Why::Dominant,
            );
            list.push(
                Chord::new(list.key.up(1), Dominant7),
                0,
                home,
                Why::TritoneSubstitute,
            );
            list.push(
                Chord::new(list.key.up(10), Dominant9),
                4,
                home,
                Why::BackDoor,
            );
        }
    }
}

/// Chords that lead to the one behind.
fn toward(list: &mut List, next: Chord) {
    use Quality::*;
    let stable = matches!(bare(next.quality), Major | Minor);
    if !stable {
        return;
    }
    let goal = Some(next.root);
    let small = bare(next.quality) == Minor;
    let fifth = if small { Dominant7Flat9 } else { Dominant9 };
    list.push(
        Chord::new(next.root.up(7), Dominant7),
        22,
        goal,
        Why::LeadsOn,
    );
    list.push(Chord::new(next.root.up(7), fifth), 26, goal, Why::LeadsOn);
    list.push(
        Chord::new(next.root.up(1), Dominant7),
        26,
        goal,
        Why::TritoneSubstitute,
    );
    list.push(
        Chord::new(next.root.up(-1), Diminished7),
        24,
        goal,
        Why::PullsUp,
    );
}
