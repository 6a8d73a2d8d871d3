//! The groove architect: what a song makes of its style's grooves.
//!
//! A style writes a handful of grooves; a song has its own. By seed and section kind the architect redraws
//! kicks and soft snares from what the style plays in sections alike, lets another cymbal keep time in another
//! rhythm, and says who enters first in an intro. What makes the style stays: the bar line, the backbeat, a
//! kick on every beat, the sounds of a machine. Sections of a kind agree, so a chorus comes back as itself;
//! within four bars a scheme of like and unlike bars (AABA, ABAC …) keeps it alive, and four bars
//! answer four. When a kind returns its unlike bars are new, more of its colours play, and a last chorus lifts.

mod additions;
mod identity;
#[cfg(test)]
mod tests;
mod time;

use music::drum::Piece;
use music::lane::Lane;
use music::plan::SectionKind;
use music::style::{DrumGroove, DrumLine, Step};

use super::skeleton;
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

pub use additions::Addition;
pub use time::{Timekeeper, is_swung, is_timekeeper};

/// Which bars of four are alike. Taste.
const SCHEMES: [[u32; 4]; 5] = [
    [0, 0, 0, 1],
    [0, 1, 0, 1],
    [0, 1, 0, 2],
    [0, 0, 1, 0],
    [0, 1, 2, 1],
];

/// Who plays in an intro. Taste: a song fades its drums in one way or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entrance {
    /// Everything from the start.
    Full,
    /// No backbeat.
    WithoutSnare,
    /// The timekeeper and a kick on the bar line; the rest but the backbeat half-way.
    TimeAndOne,
    /// The timekeeper alone for the first half, then everything.
    Late,
}

/// What a machine's backbeat is struck on. Taste: one sound of the style, or its sounds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Backbeat {
    /// As written.
    Written,
    /// All of it on one sound.
    On(Piece),
}

/// A step of a written line.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// What the line strikes.
    pub piece: Piece,
    /// What is written there.
    pub written: Step,
    /// Step of the pattern bar, 0–15.
    pub step: u8,
    /// Bar of the pattern.
    pub bar: u16,
    /// The line plays a step before or after.
    pub beside: bool,
}

/// What the architect decided for the section's kind.
#[derive(Clone, Copy, Debug)]
pub struct Blueprint {
    dice: Dice,
    /// Letters of four bars and of the four that answer them.
    schemes: [[u32; 4]; 2],
    backbeat: Backbeat,
    /// The second time that a kind is heard, and later.
    returns: bool,
    /// What joins in when the section returns or lifts.
    pub addition: Option<Addition>,
    /// Who keeps time, where it is not as written.
    pub time: Option<Timekeeper>,
    /// The written timekeeper stays as it is.
    keeps_time: bool,
    entrance: Entrance,
    four_on_the_floor: bool,
    rim: bool,
    free: bool,
    swung: bool,
    /// Players, not a machine.
    hands: bool,
}

impl Blueprint {
    /// Decides for the bar's section; `groove` is its written groove.
    pub fn new(view: &BarView, groove: &DrumGroove) -> Blueprint {
        let dice = view.kind_dice.lane(Lane::Drums);
        let players = view.style.drums.players;
        let quiet = matches!(
            view.section.kind,
            SectionKind::Intro | SectionKind::Verse | SectionKind::Breakdown
        );
        let time = time::choose(view, groove, dice);
        let snared = groove.lines.iter().any(|l| l.piece == Piece::Snare);
        Blueprint {
            dice,
            schemes: schemes(dice),
            backbeat: backbeat(view, groove),
            returns: view.section.statement > 0,
            addition: additions::choose(view, groove, dice, time),
            time,
            keeps_time: time::is_kept(view),
            entrance: entrance(view, groove, dice),
            four_on_the_floor: is_four_on_the_floor(groove),
            // Taste: a quiet section, now and then, is played on the side stick.
            rim: players > 0 && quiet && snared && dice.chance(Purpose::Variant, 2, 16),
            free: !dice.chance(Purpose::Variant, 3, 8),
            swung: is_swung(view),
            hands: players > 0,
        }
    }

    /// Which of the unlike bars a pattern bar is: four bars ask, four answer.
    pub fn letter(&self, pattern_bar: u16) -> u32 {
        let bar = pattern_bar as usize % 8;
        self.schemes[bar / 4][bar % 4]
    }

    /// The piece that a written line is played on; `None` where it is silent.
    pub fn voice(&self, view: &BarView, line: &DrumLine) -> Option<Piece> {
        let keeps_time = is_timekeeper(line.piece);
        let body = matches!(line.piece, Piece::Snare | Piece::Clap | Piece::Rim);
        let first_half = view.bar_in_section * 2 < view.section.bars;
        let silent = match self.entrance {
            Entrance::Full => false,
            Entrance::WithoutSnare => body,
            Entrance::TimeAndOne if first_half => !keeps_time && line.piece != Piece::Kick,
            Entrance::TimeAndOne => body,
            Entrance::Late => first_half && !keeps_time,
        };
        // Colours that are not always there come in two songs of three. Taste.
        let colour = !keeps_time && !body && line.piece != Piece::Kick;
        let wanted = line.pattern.steps.iter().any(|s| s.priority >= 9);
        let place = 30 + line.piece as u32;
        // A section that returns has its colours, and a machine chooses among all that is not its beat.
        let machine = view.style.drums.players == 0;
        let seldom = if self.returns { 12 } else { 33 };
        let left_out =
            colour && (!wanted || machine) && self.dice.chance(Purpose::Variant, place, seldom);
        // The architect's own timekeeper takes the place of all that are written.
        if silent || left_out || (keeps_time && self.time.is_some()) {
            return None;
        }
        Some(match (self.backbeat, line.piece) {
            _ if self.rim && line.piece == Piece::Snare => Piece::Rim,
            (Backbeat::On(piece), Piece::Snare | Piece::Clap) if is_backbeat(line) => piece,
            (_, piece) => piece,
        })
    }

    /// What chance has for a place in bars of a letter, 0–99.
    fn throw(&self, purpose: u32, place: Place, letter: u32) -> u32 {
        let at = place.step as u32 + 16 * letter + 1000 * place.piece as u32;
        self.dice.throw(Purpose::Variant, purpose + at, 100)
    }

    /// Whether a song leaves a step of a busy line out: hands that play sixteenths play them in a figure. The
    /// accents always stay.
    fn thinned(&self, place: Place) -> bool {
        let Place {
            piece,
            written,
            step,
            ..
        } = place;
        let place = 70 + piece as u32;
        let figure = self.dice.throw(Purpose::Variant, place, 10);
        if piece == Piece::HatPedal {
            // Taste: the foot keeps two and four in every second song, only four in some, and rests in others.
            return match figure {
                0..5 => false,
                5..7 => step < 8,
                _ => true,
            };
        }
        // Taste: three in ten as written; else without the second, the fourth, or both sixteenths of the beat.
        let silent = match figure {
            0..3 => false,
            3..6 => step % 4 == 1,
            6..8 => step % 4 == 3,
            8 => step % 2 == 1,
            _ => step % 8 == 3 || step % 8 == 5,
        };
        silent && (written.velocity < 90 || written.priority < 7)
    }

    /// What percussion plays at a step: its figure without a stroke or two, with some that the style's other grooves
    /// know.
    fn coloured(&self, view: &BarView, place: Place) -> Step {
        if self.thinned(place) {
            return Step::default();
        }
        let written = place.written;
        let throw = self.throw(500, place, self.letter(place.bar));
        // Taste: what is always wanted stays; of the rest one stroke in nine goes.
        if written.priority > 0 {
            let goes = written.priority < 9 && throw < 11;
            return if goes { Step::default() } else { written };
        }
        // Taste: one in four of what other grooves play, a little softer.
        if throw >= 25 || self.swung && place.step % 2 == 1 {
            return written;
        }
        let usual = vocabulary(view, place.piece, place.step, place.bar);
        if usual < 5 {
            return written;
        }
        Step {
            priority: usual.min(7),
            ..written
        }
    }

    /// What a line plays at a place.
    pub fn redraw(&self, view: &BarView, place: Place) -> Step {
        let Place {
            piece,
            written,
            step,
            ..
        } = place;
        let first_half = view.bar_in_section * 2 < view.section.bars;
        if self.entrance == Entrance::TimeAndOne && first_half && piece == Piece::Kick {
            return if step == 0 { written } else { Step::default() };
        }
        if !matches!(piece, Piece::Kick | Piece::Snare | Piece::Clap) {
            let keeps = is_timekeeper(piece);
            if !keeps && piece != Piece::HatPedal {
                return self.coloured(view, place);
            }
            return if !(keeps && self.keeps_time) && self.thinned(place) {
                Step::default()
            } else {
                written
            };
        }
        let fixed = match piece {
            Piece::Kick => {
                step == 0 && written.priority >= 7
                    || self.four_on_the_floor && written.priority >= if self.hands { 9 } else { 8 }
            }
            Piece::Snare => written.priority >= if step.is_multiple_of(4) { 7 } else { 8 },
            _ => true,
        };
        if fixed || !self.free {
            return written;
        }
        // Soft strokes that fill every sixteenth are played in a figure, too.
        let soft = piece == Piece::Snare && (1..76).contains(&written.velocity);
        if soft && self.thinned(place) {
            return Step::default();
        }
        // The first bar of the scheme and the others differ by their letter.
        // Bars unlike the first are new when the section returns: the second verse answers in its own way.
        let letter = self.letter(place.bar);
        let again = u32::from(letter > 0 && self.returns) * 4;
        let throw = self.throw(100, place, letter + again);
        if written.priority > 0 {
            // Taste: the more it is wanted, the likelier it stays.
            let stays = throw < 17 + 5 * written.priority as u32;
            return if stays { written } else { Step::default() };
        }
        if throw >= 8 * 9 {
            return Step::default();
        }
        if self.swung && step % 2 == 1 {
            return Step::default();
        }
        // Of two sixteenths only one may be new, so that no run of them comes about by chance.
        let pair = 900 + (step as u32) / 2 + 16 * letter;
        if self.dice.throw(Purpose::Variant, pair, 2) != step as u32 % 2 && !self.swung {
            return Step::default();
        }
        let usual = vocabulary(view, piece, step, place.bar);
        // The backbeat stays where the groove has it: what another groove strikes hard on a beat is not borrowed,
        // what it strikes hard elsewhere comes softly.
        let soft = piece == Piece::Snare;
        if soft && step.is_multiple_of(4) && usual >= 7 {
            return Step::default();
        }
        let usual = if soft { usual.min(6) } else { usual };
        // Taste: what other grooves of the style play here comes often, anything else seldom.
        let chance = match piece {
            Piece::Kick if usual == 0 => 6,
            // Next to a written kick there is little room.
            Piece::Kick if place.beside => 2 + usual as u32,
            Piece::Kick => 6 + 4 * usual as u32,
            _ => 5 * usual as u32,
        };
        // One of two sixteenths may be new: what is lost so is half given back.
        let chance = if self.swung { chance } else { chance * 3 / 2 };
        if throw >= chance {
            return Step::default();
        }
        let priority = usual.clamp(4, 7);
        Step {
            priority,
            // Taste: from a ghost to a medium stroke.
            velocity: if soft { 24 + 6 * priority } else { 0 },
            ..Step::default()
        }
    }
}

/// Which bars are alike: the answering four keep the scheme and close in another way, or have one of their own.
fn schemes(dice: Dice) -> [[u32; 4]; 2] {
    let asks = SCHEMES[dice.throw(Purpose::Variant, 1, 5) as usize];
    let mut answers = asks;
    match dice.throw(Purpose::Variant, 5, 4) {
        0 => {}
        1 => answers = SCHEMES[dice.throw(Purpose::Variant, 6, 5) as usize],
        _ => answers[3] = 2,
    }
    [asks, answers]
}

/// Whether a line is struck on a backbeat, so that it may change its sound.
fn is_backbeat(line: &DrumLine) -> bool {
    let mut beats = line.pattern.steps.iter().step_by(4);
    beats.any(|s| s.priority >= 7)
}

/// What a song's machine strikes its backbeats on: sounds that the style knows.
fn backbeat(view: &BarView, groove: &DrumGroove) -> Backbeat {
    if view.style.drums.players > 0 {
        return Backbeat::Written;
    }
    let known = |piece| {
        let lines = view.style.drums.grooves.iter().flat_map(|g| &g.lines);
        lines.into_iter().any(|l| l.piece == piece)
    };
    let snared = groove.lines.iter().any(|l| l.piece == Piece::Snare);
    let sound = Dice::song(view.latch.seed).lane(Lane::Drums);
    // Taste: half of the songs keep what is written; a clap alone stands for claps, a rim for small beats.
    match sound.throw(Purpose::Variant, 7, 10) {
        0..2 if known(Piece::Clap) => Backbeat::On(Piece::Clap),
        2..4 if known(Piece::Snare) || snared => Backbeat::On(Piece::Snare),
        4 if known(Piece::Rim) => Backbeat::On(Piece::Rim),
        _ => Backbeat::Written,
    }
}

/// The priority that the grooves for the section's kind and those played alike give a step, at most.
pub fn vocabulary(view: &BarView, piece: Piece, step: u8, pattern_bar: u16) -> u8 {
    let grooves = view.style.drums.grooves.iter();
    let kin = skeleton::family(view.section.kind);
    let lines = grooves
        .filter(|g| g.kinds.suits_any(kin))
        .flat_map(|g| &g.lines)
        .filter(|l| l.piece == piece);
    let at = |line: &DrumLine| {
        let bar = pattern_bar as usize % line.pattern.bars();
        line.pattern
            .steps
            .get(bar * 16 + step as usize)
            .map_or(0, |s| s.priority)
    };
    lines.map(at).max().unwrap_or(0)
}

/// Whether a kick stands on every beat.
fn is_four_on_the_floor(groove: &DrumGroove) -> bool {
    let kick = groove.lines.iter().find(|l| l.piece == Piece::Kick);
    kick.is_some_and(|l| l.pattern.steps.iter().step_by(4).all(|s| s.priority >= 7))
}

fn entrance(view: &BarView, groove: &DrumGroove, dice: Dice) -> Entrance {
    let timed = groove.lines.iter().any(|l| is_timekeeper(l.piece));
    if view.section.kind != SectionKind::Intro || !timed {
        return Entrance::Full;
    }
    match dice.throw(Purpose::Variant, 4, 10) {
        0..2 => Entrance::Full,
        2..5 => Entrance::WithoutSnare,
        5..7 => Entrance::TimeAndOne,
        _ => Entrance::Late,
    }
}
