//! Who plays, and on what: "no drums", "just bass and keys", "drums only", "piano", "flute melody".

use music::lane::{Lane, LaneSet};

use super::Parser;
use crate::prompt::words::{Knob, Meaning};

/// Why an instrument without a file is not played.
const MISSING: &str = "no such instrument here";

/// A part of the band, or an instrument and the part that it plays.
pub(super) struct Player {
    pub lane: Lane,
    /// Stems that the word stands for, a space between.
    stems: Option<String>,
    from: usize,
    pub used: usize,
}

/// Players in a row.
#[derive(Default)]
struct Players {
    all: Vec<Player>,
    used: usize,
}

impl Players {
    fn lanes(&self) -> LaneSet {
        let add = |set: LaneSet, player: &Player| set.with(player.lane);
        self.all.iter().fold(LaneSet::default(), add)
    }
}

impl Parser<'_> {
    /// A lane or an instrument exactly here.
    pub(super) fn player(&self, at: usize) -> Option<Player> {
        let (lane, stems, used) = match self.meaning(at)? {
            (Meaning::Lane(lane), used) => (lane, None, used),
            (Meaning::Instrument(lane, stems), used) => {
                // "flute melody", "organ bass": the word after it says what it plays.
                match self.meaning(at + used) {
                    Some((Meaning::Lane(named), more)) if !self.ends(at + used) => {
                        (named, Some(stems), used + more)
                    }
                    _ => (lane, Some(stems), used),
                }
            }
            _ => return None,
        };
        Some(Player {
            lane,
            stems,
            from: at,
            used,
        })
    }

    /// Takes a player's instrument, if it was named; what cannot be had is said.
    pub(super) fn take_instrument(&mut self, player: &Player) {
        let Some(stems) = &player.stems else { return };
        let fits = |stem: &str| self.library.instrument(player.lane, stem).is_some();
        let why = match self.slots.instruments.get(&player.lane) {
            _ if self.is_missing(player) => MISSING,
            _ if !stems.split(' ').any(fits) => "cannot play that part",
            Some(other) if other != stems => "one instrument a part",
            _ => {
                self.slots.instruments.insert(player.lane, stems.clone());
                return;
            }
        };
        self.say_not(player, why);
    }

    /// Whether it is an instrument that has no file here.
    fn is_missing(&self, player: &Player) -> bool {
        let known = |stem: &str| self.library.patch_stems.iter().any(|s| s == stem);
        let stems = player.stems.as_deref();
        stems.is_some_and(|stems| !stems.split(' ').any(known))
    }

    fn say_not(&mut self, player: &Player, why: &str) {
        let here = std::mem::replace(&mut self.at, player.from);
        self.give_up(player.used, why);
        self.at = here;
    }

    /// A player here, past an article.
    fn lane(&self, at: usize) -> Option<Player> {
        let skip = usize::from(matches!(
            self.low(at),
            Some("the" | "a" | "an" | "any" | "some")
        ));
        self.player(at + skip)
    }

    /// Players in a row: "drums, bass and piano".
    fn lanes(&self, at: usize) -> Option<Players> {
        let mut players = Players::default();
        let mut next = self.lane(at)?;
        loop {
            let after = next.from + next.used;
            players.used = after - at;
            players.all.push(next);
            let join = usize::from(self.low(after).is_some_and(|w| self.words.joins(w)));
            let listed = join > 0 || self.tokens.get(after).is_some_and(|t| t.fresh);
            match self.lane(after + join) {
                Some(player) if listed => next = player,
                _ => return Some(players),
            }
        }
    }

    /// "no drums", "just bass and keys", "with pads", "drums only", "piano".
    pub(super) fn lane_list(&mut self) -> usize {
        let before = self.slots.lanes.unwrap_or(LaneSet::ALL);
        let (join, used) = match self.meaning(self.at) {
            Some((join @ (Meaning::Without | Meaning::Only | Meaning::With), used)) => (join, used),
            Some((Meaning::Lane(_) | Meaning::Instrument(..), _)) => return self.bare_list(),
            _ => return 0,
        };
        let Some(mut players) = self.lanes(self.at + used) else {
            return 0;
        };
        let count = used + players.used;
        // What is missing here is said to be, and moves no other player.
        let (missing, here) = players.all.into_iter().partition(|p| self.is_missing(p));
        players.all = here;
        let missing: Vec<Player> = missing;
        for player in &missing {
            self.say_not(player, MISSING);
        }
        if players.all.is_empty() {
            return count;
        }
        let lanes = match join {
            Meaning::Without => LaneSet(before.0 & !players.lanes().0),
            Meaning::Only => players.lanes(),
            _ => LaneSet(before.0 | players.lanes().0),
        };
        if lanes.0 & !LaneSet::default().with(Lane::Vocal).0 == 0 {
            return 0;
        }
        self.slots.lanes = Some(lanes);
        if join != Meaning::Without {
            for player in &players.all {
                self.take_instrument(player);
            }
        }
        count
    }

    /// Players with no word before them: an instrument is chosen; a part of the band says too little.
    fn bare_list(&mut self) -> usize {
        let Some(mut players) = self.lanes(self.at) else {
            return 0;
        };
        if let Some((Meaning::Only, more)) = self.meaning(self.at + players.used) {
            self.slots.lanes = Some(players.lanes());
            for player in &players.all {
                self.take_instrument(player);
            }
            return players.used + more;
        }
        if self.knob_follows() {
            return 0;
        }
        let first = players.all.remove(0);
        if first.stems.is_some() {
            self.take_instrument(&first);
            return first.from + first.used - self.at;
        }
        // Whether a part plays is the user's choice: with or without it?
        let mut end = first.from + first.used;
        for player in players.all.iter().take_while(|p| p.stems.is_none()) {
            end = player.from + player.used;
        }
        self.refuse(end - self.at, "say with, no or only")
    }

    /// "drums density 40": the player belongs to a number.
    fn knob_follows(&self) -> bool {
        let Some(player) = self.player(self.at) else {
            return false;
        };
        let word = self.low(self.at + player.used);
        Knob::ALL.into_iter().any(|k| Some(k.word()) == word)
    }
}
