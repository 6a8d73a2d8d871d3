//! What a phrase says: which motif each of its two-bar units states, how it is developed, how it closes.
//!
//! Units pair up as question and answer: a unit that ends open is answered by one that closes. The plan
//! hashes the section's kind and the unit's place in the section.

use music::plan::SectionKind;
use music::style::{FormStyle, Ornament, Style};

use super::develop::Technique;
use crate::dice::{Dice, Purpose};

/// Who tells a tune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A singer, or who plays like one: says what must be remembered again and again.
    Sung,
    /// A jazz player: says it once and goes on.
    Played,
}

impl Voice {
    /// The voice of a style's tunes: where jazz players solo, they state the head too.
    pub fn of(style: &Style) -> Voice {
        let solos = |form: &FormStyle| form.template.iter().any(|s| s.kind == SectionKind::Solo);
        match style.melody.ornament {
            Ornament::Jazz if solos(&style.form) => Voice::Played,
            _ => Voice::Sung,
        }
    }
}

/// Which motif of the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// The first.
    A,
    /// The second.
    B,
}

/// A unit of the tune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it states; `None` is a rest.
    pub theme: Option<Theme>,
    /// How it is developed.
    pub technique: Technique,
    /// It ends at home: a consequent.
    pub closes: bool,
}

const fn says(theme: Theme, technique: Technique) -> Unit {
    Unit {
        theme: Some(theme),
        technique,
        closes: false,
    }
}

const fn ends(theme: Theme, technique: Technique) -> Unit {
    Unit {
        theme: Some(theme),
        technique,
        closes: true,
    }
}

const REST: Unit = Unit {
    theme: None,
    technique: Technique::Repeat,
    closes: false,
};

use Technique::{Augment, Diminish, Fragment, Invert, Liquidate, Repeat, Retrograde, Sequence};
use Theme::{A, B};

/// Periods and sentences of four units, the commonest more than once. Taste, after common forms: aaba, aaab,
/// abab', aab c, and sentences that wear their idea down before the cadence; a song says most things more than once as they are.
const TELLING: [[Unit; 4]; 12] = [
    [
        says(A, Repeat),
        ends(B, Repeat),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Repeat),
        says(B, Repeat),
        ends(A, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Repeat),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        ends(A, Repeat),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Sequence(1)),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Repeat),
        ends(B, Invert),
    ],
    [
        says(A, Repeat),
        ends(A, Repeat),
        says(A, Sequence(2)),
        ends(A, Repeat),
    ],
    [
        says(A, Repeat),
        ends(A, Invert),
        says(A, Repeat),
        ends(B, Retrograde),
    ],
    [
        says(A, Repeat),
        says(A, Sequence(-1)),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Repeat),
        says(A, Augment),
        ends(B, Diminish),
    ],
    [
        says(A, Repeat),
        says(A, Repeat),
        says(A, Liquidate),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        ends(B, Repeat),
        says(A, Liquidate),
        ends(B, Repeat),
    ],
];
/// What is heard once and must be grasped: two lines that say the same. Taste.
const PASSING_BY: [[Unit; 4]; 4] = [
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        ends(A, Repeat),
        says(A, Repeat),
        ends(A, Repeat),
    ],
    [
        says(A, Repeat),
        ends(B, Repeat),
        says(A, Repeat),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Sequence(1)),
        says(A, Repeat),
        ends(A, Sequence(1)),
    ],
];

/// Heads that are played rather than sung: an idea is said once, at most twice, as it is, then moved, worn down or
/// answered, so that eight bars are one line of thought. Taste, after common eight-bar strains.
const HEADS: [[Unit; 4]; 6] = [
    [
        says(A, Repeat),
        says(A, Sequence(1)),
        says(B, Repeat),
        ends(A, Invert),
    ],
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Sequence(-1)),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Repeat),
        ends(B, Invert),
    ],
    [
        says(A, Repeat),
        says(A, Sequence(2)),
        says(A, Liquidate),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(A, Sequence(-1)),
        says(A, Sequence(-2)),
        ends(B, Repeat),
    ],
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Fragment),
        ends(B, Retrograde),
    ],
];
/// What is passed by where there is room for one line only: it is said and answered by itself. Taste.
const IN_PASSING: [[Unit; 4]; 3] = [
    [says(A, Repeat), ends(A, Repeat), REST, REST],
    [says(A, Repeat), ends(A, Sequence(1)), REST, REST],
    [says(A, Repeat), ends(A, Sequence(-1)), REST, REST],
];
/// Units that rise and stay open. Taste.
const LEADING: [[Unit; 4]; 3] = [
    [
        says(A, Repeat),
        says(A, Sequence(1)),
        says(A, Fragment),
        says(A, Fragment),
    ],
    [
        says(A, Fragment),
        says(A, Repeat),
        says(A, Sequence(2)),
        says(B, Fragment),
    ],
    [
        says(A, Repeat),
        says(B, Repeat),
        says(A, Sequence(1)),
        says(B, Sequence(2)),
    ],
];
/// Sparse openings and endings. Taste.
const SPARSE: [[Unit; 4]; 4] = [
    [REST, says(A, Repeat), REST, ends(A, Repeat)],
    [says(A, Augment), REST, says(A, Augment), ends(B, Repeat)],
    [REST, REST, says(A, Repeat), ends(A, Augment)],
    [says(A, Repeat), REST, ends(A, Repeat), REST],
];

/// The unit at a place of the section (counted in units), where `count` units make the section.
pub fn unit(kind: SectionKind, voice: Voice, dice: Dice, place: u32, count: u32) -> Unit {
    let round = place / 4;
    let sparse = matches!(
        kind,
        SectionKind::Intro | SectionKind::Outro | SectionKind::Breakdown
    );
    let leading = matches!(kind, SectionKind::PreChorus | SectionKind::Build);
    let table: &[[Unit; 4]] = if sparse {
        &SPARSE
    } else if leading {
        &LEADING
    } else if kind == SectionKind::Bridge && count <= 2 {
        &IN_PASSING
    } else if kind == SectionKind::Bridge {
        &PASSING_BY
    } else if voice == Voice::Played {
        &HEADS
    } else {
        &TELLING
    };
    // A kind keeps its form; every other round of four may take another.
    let form = if round % 2 == 1 && dice.chance(Purpose::Development, 1, 20) {
        1
    } else {
        0
    };
    let chosen = dice.throw(Purpose::Development, 8 + form, table.len() as u32);
    let mut unit = table[chosen as usize][place as usize % 4];
    // A section that stops in mid-form still comes home.
    if place + 1 == count && !leading {
        unit.closes = true;
        if kind == SectionKind::Outro && unit.theme.is_none() {
            unit = ends(A, Augment);
        }
    }
    unit
}

/// The unit as it is told again: the second verse says its first half as before and goes on otherwise, the third
/// comes back to what the first said. `statement` is how often the section's kind was heard before.
pub fn retold(unit: Unit, kind: SectionKind, statement: u8, dice: Dice, place: u32) -> Unit {
    let tells = matches!(
        kind,
        SectionKind::Verse | SectionKind::PreChorus | SectionKind::Breakdown
    );
    let half = place % 4;
    if statement.is_multiple_of(2) || !tells || half < 2 || unit.theme.is_none() {
        return unit;
    }
    // Taste: in one song of four; mostly it says the other thing that it has to say.
    let key = 300 + 8 * statement as u32 + half;
    if !dice.chance(Purpose::Development, key, 14) {
        return unit;
    }
    let other = match unit.theme {
        Some(A) => Some(B),
        _ => Some(A),
    };
    match dice.throw(Purpose::Development, 64 + key, 5) {
        0 => Unit {
            technique: Sequence(1),
            ..unit
        },
        1 => Unit {
            technique: Fragment,
            ..unit
        },
        _ => Unit {
            theme: other,
            technique: Repeat,
            ..unit
        },
    }
}

#[cfg(test)]
mod tests;
