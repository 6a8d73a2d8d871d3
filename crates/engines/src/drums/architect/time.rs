//! Who keeps time, and in which rhythm: the strokes that tell the style stay ([`identity`]), the others are
//! the song's own.

use music::drum::Piece;
use music::groove::SwingUnit;
use music::lane::Lane;
use music::plan::SectionKind;
use music::style::{DrumGroove, Step};

use super::identity::{self, Identity};
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

/// A cymbal (or floor tom) with its rhythm, in place of the written ones.
#[derive(Clone, Copy, Debug)]
pub struct Timekeeper {
    /// What is struck.
    pub piece: Piece,
    /// By letter of the scheme.
    rhythms: [[u8; 16]; 3],
    /// Now and then a step is divided, as the written line's are.
    rolls: bool,
    /// What tells the style by its time, which every song keeps.
    identity: Identity,
    dice: Dice,
}

/// Rhythms of straight time, as priorities by sixteenth. Taste: common ways to keep time.
const STRAIGHT: [&[u8; 16]; 8] = [
    b"9.7.9.7.9.7.9.7.",
    b"9...9...9...9.5.",
    b"9576957695769576",
    b"..9...9...9...9.",
    b"9.769.769.769.76",
    b"9.7.9.769.7.9..7",
    b"9..8..9.9..8..9.",
    b"9.7.9..79.7..79.",
];
/// Rhythms that swing, by eighths: around the ride pattern of jazz.
const SWUNG: [&[u8; 16]; 11] = [
    b"9...9.8.9...9.8.",
    b"9.6.9.8.9...9.8.",
    b"9...9...9...9.7.",
    b"9.8.9...9.8.9...",
    b"9...9.8.9.7.9.8.",
    b"9.7...8.9.7...8.",
    b"..8.9.8...8.9.8.",
    b"9.8...9.8...9.8.",
    b"9...9.8...7.9.8.",
    b"..8.9...9.8...8.",
    b"9.8.....9.8.9...",
];
/// Rhythms of a machine's open hat, which rings too long to tick. Taste: off the beat, or across it.
const RINGING: [&[u8; 16]; 4] = [
    b"..9...9...9...9.",
    b"..9...9...9..79.",
    b"..9..9....9..9..",
    b"......9.......9.",
];
/// Weights of the straight rhythms for hands at a moderate tempo.
const WEIGHTS: [u8; 8] = [7, 6, 6, 4, 4, 5, 5, 5];
/// The same for machines, which play sixteenths at any tempo.
const MACHINE_WEIGHTS: [u8; 8] = [5, 3, 6, 4, 5, 6, 6, 6];
/// Fastest tempo at which a hand plays sixteenths in time, thousandths of a BPM. Taste.
const SIXTEENTHS_UP_TO: u32 = 112_000;

impl Timekeeper {
    /// What it strikes at a step, and with what.
    pub fn stroke(&self, pattern_step: u8, letter: u32) -> (Piece, Step) {
        match self.identity.step(pattern_step) {
            Some(step) => (self.identity.piece, step),
            None => (self.piece, self.free(pattern_step, letter)),
        }
    }

    /// The step that it plays where the style leaves it free.
    fn free(&self, pattern_step: u8, letter: u32) -> Step {
        let digit = self.rhythms[letter as usize % 3][pattern_step as usize % 16];
        let place = 200 + 16 * letter + pattern_step as u32;
        // Taste: one step in eight, in two to four strokes.
        let rolled = self.rolls && self.dice.chance(Purpose::Variant, place, 12);
        Step {
            // A dot lies below the digits: silence.
            priority: digit.saturating_sub(b'0'),
            span: if rolled {
                2 + self.dice.throw(Purpose::Variant, 100 + place, 3) as u8
            } else {
                0
            },
            ..Step::default()
        }
    }
}

/// Whether a piece keeps time.
pub const fn is_timekeeper(piece: Piece) -> bool {
    matches!(
        piece,
        Piece::HatClosed | Piece::HatOpen | Piece::Ride | Piece::RideBell | Piece::Shaker
    )
}

/// The line that keeps time in the written groove: the one with most strokes.
fn written(groove: &DrumGroove) -> Option<(Piece, usize)> {
    let lines = groove.lines.iter().filter(|l| is_timekeeper(l.piece));
    let count =
        |l: &music::style::DrumLine| l.pattern.steps.iter().filter(|s| s.priority >= 5).count();
    lines
        .map(|l| (l.piece, count(l) / l.pattern.bars()))
        .max_by_key(|(piece, count)| (*count, *piece as u8))
}

/// Whether eighths swing, so that nothing falls between them. Taste: a ratio of 1.3 is heard as swing.
pub fn is_swung(view: &BarView) -> bool {
    let swing = &view.style.swing;
    swing.unit == SwingUnit::Eighth && swing.points.iter().any(|p| p.1 > 1300)
}

/// Whether the song keeps time as its style writes it, in every section.
pub fn is_kept(view: &BarView) -> bool {
    let song = Dice::song(view.latch.seed).lane(Lane::Drums);
    song.chance(Purpose::Variant, 9, view.style.drums.time.into())
}

/// Another timekeeper than the written, or `None` to leave it.
pub fn choose(view: &BarView, groove: &DrumGroove, dice: Dice) -> Option<Timekeeper> {
    let (own, strokes) = written(groove)?;
    let machine = view.style.drums.players == 0;
    let lifts = view.section.is_final && is_loud(view.section.kind);
    // Taste: of all other songs a tenth of the sections as written.
    if is_kept(view) || dice.chance(Purpose::Variant, 10, 10) || strokes < 2 {
        return None;
    }
    let piece = if machine {
        machine_voice(view, own, dice)
    } else {
        revoiced(view, own, dice)
    };
    let rhythms = if is_swung(view) {
        // Jazz varies its ride from bar to bar.
        [0, 1, 2].map(|k| match dice.chance(Purpose::Variant, 25 + k, 55) {
            true => broken(dice.at(k)),
            false => *SWUNG[dice.throw(Purpose::Variant, 20 + k, SWUNG.len() as u32) as usize],
        })
    } else if machine && piece == Piece::HatOpen && own != piece {
        [*RINGING[dice.throw(Purpose::Variant, 19, RINGING.len() as u32) as usize]; 3]
    } else if machine && dice.chance(Purpose::Variant, 15, 80) {
        let even = spread(view, strokes, dice);
        let mut turned = even;
        // Taste: the bar that closes a four doubles its last beat.
        turned[13] = b'6';
        turned[15] = b'7';
        [even, even, turned]
    } else {
        [*STRAIGHT[straight(view, groove, piece, strokes, dice)]; 3]
    };
    let rolls = groove
        .lines
        .iter()
        .any(|l| l.piece == own && l.pattern.steps.iter().any(|s| s.span > 1));
    let piece = if lifts && !machine {
        lifted(piece)
    } else {
        piece
    };
    Some(Timekeeper {
        piece,
        rhythms,
        rolls,
        identity: identity::choose(view, groove, (own, piece), dice),
        dice,
    })
}

const fn is_loud(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::Chorus | SectionKind::Solo | SectionKind::Drop
    )
}

/// The fuller sound of a last chorus.
const fn lifted(piece: Piece) -> Piece {
    match piece {
        Piece::HatClosed => Piece::HatOpen,
        Piece::HatOpen => Piece::Ride,
        Piece::Ride => Piece::RideBell,
        Piece::RideBell => Piece::Crash,
        other => other,
    }
}

/// Strokes spread over the bar as evenly as sixteenths allow, begun anywhere: a machine's own pulse.
///
/// Reference: G. Toussaint, "The Euclidean Algorithm Generates Traditional Musical Rhythms", BRIDGES 2005.
fn spread(view: &BarView, strokes: usize, dice: Dice) -> [u8; 16] {
    // Taste: as many as the style writes, give or take.
    let count = (strokes as u32 + dice.throw(Purpose::Variant, 16, 7)).saturating_sub(3);
    let count = count.clamp(5, 13);
    let turn = dice.throw(Purpose::Variant, 17, 16);
    let mut steps = [b'.'; 16];
    for (step, sign) in steps.iter_mut().enumerate() {
        let place = (step as u32 + turn) * count % 16;
        if place < count {
            *sign = if step % 4 == 0 {
                b'9'
            } else if step % 2 == 0 {
                b'8'
            } else {
                b'7'
            };
        }
    }
    let felt = view.grid.scale.felt_tempo(view.place.tempo_mbpm);
    // Taste: above 160 BPM even a machine leaves single sixteenths out.
    if felt > 160_000 {
        for sign in steps.iter_mut().skip(1).step_by(2) {
            *sign = b'.';
        }
    }
    steps
}

/// Time kept freely over swung eighths: a beat now and then left to the foot, skips before any beat. Taste: skips
/// come twice as often before one and three.
fn broken(dice: Dice) -> [u8; 16] {
    let mut steps = [b'.'; 16];
    for beat in 0..4u32 {
        if !dice.chance(Purpose::Variant, beat, 18) {
            steps[beat as usize * 4] = b'9';
        }
        let skips = if beat % 2 == 1 { 62 } else { 32 };
        if dice.chance(Purpose::Variant, 8 + beat, skips) {
            steps[beat as usize * 4 + 2] = b'8';
        }
    }
    steps
}

/// What a machine ticks on: its own sound most often, else another that the style knows.
fn machine_voice(view: &BarView, own: Piece, dice: Dice) -> Piece {
    let pieces = [
        own,
        Piece::HatClosed,
        Piece::Shaker,
        Piece::Ride,
        Piece::HatOpen,
    ];
    let weights: [u8; 5] = core::array::from_fn(|k| match k {
        0 => 5,
        _ if knows(view, pieces[k]) => 4,
        1 => 1,
        _ => 0,
    });
    pieces[dice.pick(Purpose::Variant, 18, &weights).unwrap_or(0)]
}

/// Whether any groove of the style plays a piece.
pub fn knows(view: &BarView, piece: Piece) -> bool {
    let grooves = &view.style.drums.grooves;
    grooves
        .iter()
        .any(|g| g.lines.iter().any(|l| l.piece == piece))
}

/// How readily a style's players take a way to keep time, 1 or 3. Players of one style have habits in common that
/// nothing in its grooves tells; they follow from its slot. Taste: two ways in five are theirs.
fn habit(view: &BarView, way: u32) -> u32 {
    let players = Dice::song(0).at(view.style.slot as u32);
    if players.chance(Purpose::Variant, way, 40) {
        3
    } else {
        1
    }
}

/// Whether the written timekeepers strike between the eighths.
fn has_sixteenths(groove: &DrumGroove) -> bool {
    let mut lines = groove.lines.iter().filter(|l| is_timekeeper(l.piece));
    lines.any(|l| {
        let mut between = l.pattern.steps.iter().skip(1).step_by(2);
        between.any(|s| s.priority >= 5)
    })
}

/// How much a rhythm is like the style's own ways to keep time, 0–16.
fn likeness(groove: &DrumGroove, rhythm: &[u8; 16]) -> u32 {
    let mut steps = [false; 16];
    for line in groove.lines.iter().filter(|l| is_timekeeper(l.piece)) {
        for (struck, step) in steps.iter_mut().zip(&line.pattern.steps) {
            *struck |= step.priority >= 5;
        }
    }
    steps
        .iter()
        .zip(rhythm)
        .map(|(own, sign)| u32::from(*own == (*sign > b'4')))
        .sum()
}

/// A straight rhythm, as dense as the piece and the tempo allow, the likelier the more it is like what is written.
fn straight(
    view: &BarView,
    groove: &DrumGroove,
    piece: Piece,
    strokes: usize,
    dice: Dice,
) -> usize {
    let machine = view.style.drums.players == 0;
    let mut weights = if machine { MACHINE_WEIGHTS } else { WEIGHTS };
    if matches!(piece, Piece::Crash | Piece::TomLow) {
        weights = [4, 6, 0, 1, 0, 0, 3, 0];
    } else if strokes >= 8 {
        // Taste: a style whose time is dense seldom keeps it in quarters.
        (weights[1], weights[3]) = (weights[1] / 3, weights[3] / 3);
    }
    // Taste: hands that keep time in eighths seldom set a sixteenth alone before a beat.
    if !machine && !has_sixteenths(groove) {
        for weight in &mut weights[5..] {
            *weight /= 3;
        }
    }
    for (place, (weight, rhythm)) in weights.iter_mut().zip(STRAIGHT).enumerate() {
        // Taste: half as likely again where most steps agree.
        let alike = likeness(groove, rhythm);
        let habit = habit(view, place as u32);
        *weight = (*weight as u32 * habit * (12 + alike.saturating_sub(8)) / 12) as u8;
    }
    let picked = dice.pick(Purpose::Variant, 12, &weights).unwrap_or(0);
    let fast = view.grid.scale.felt_tempo(view.place.tempo_mbpm) > SIXTEENTHS_UP_TO;
    // One hand plays eighths where it cannot play sixteenths.
    if fast && !machine && matches!(picked, 2 | 4) {
        0
    } else {
        picked
    }
}

/// The cymbal that takes over. Taste: loud sections open up, quiet ones stay on the hat.
fn revoiced(view: &BarView, own: Piece, dice: Dice) -> Piece {
    use Piece::{Crash, HatClosed, HatOpen, Ride, RideBell, Shaker, TomLow};
    if own == Shaker {
        return [Shaker, HatClosed, Ride][dice.throw(Purpose::Variant, 13, 3) as usize];
    }
    let loud = is_loud(view.section.kind);
    let jazz = own == Ride && !loud;
    let choices: [(Piece, u8); 6] = match (loud, jazz) {
        (_, true) => [
            (Ride, 8),
            (HatClosed, 7),
            (RideBell, 2),
            (HatOpen, 1),
            (TomLow, 0),
            (Crash, 0),
        ],
        (true, _) => [
            (HatOpen, 5),
            (Ride, 6),
            (Crash, 2),
            (HatClosed, 4),
            (RideBell, 2),
            (TomLow, 1),
        ],
        _ => [
            (HatClosed, 8),
            (Ride, 5),
            (HatOpen, 2),
            (TomLow, 2),
            (RideBell, 1),
            (Crash, 0),
        ],
    };
    // Taste: sounds that the style's grooves use come twice as often.
    let weights = choices.map(|(piece, weight)| {
        let known = if knows(view, piece) { 2 } else { 1 };
        // In jazz the ride leads anyway, and a bell is no habit.
        let habit = if jazz || piece == RideBell {
            1
        } else {
            habit(view, 20 + piece as u32) as u8
        };
        weight * known * habit
    });
    let picked = dice.pick(Purpose::Variant, 14, &weights);
    choices[picked.unwrap_or(0)].0
}
