//! Who plays: "no drums", "just bass and keys", "drums only".

use music::lane::{Lane, LaneSet};

use super::Parser;
use crate::prompt::words::{Knob, Meaning};

impl Parser<'_> {
    /// A lane here, past an article.
    fn lane(&self, at: usize) -> Option<(Lane, usize)> {
        let skip = usize::from(matches!(
            self.low(at),
            Some("the" | "a" | "an" | "any" | "some")
        ));
        match self.meaning(at + skip) {
            Some((Meaning::Lane(lane), used)) => Some((lane, skip + used)),
            _ => None,
        }
    }

    /// Lanes in a row: "drums, bass and keys".
    fn lanes(&self, at: usize) -> Option<(LaneSet, usize)> {
        let (first, mut used) = self.lane(at)?;
        let mut set = LaneSet::default().with(first);
        loop {
            let join = usize::from(self.low(at + used).is_some_and(|w| self.words.joins(w)));
            let listed = join > 0 || self.tokens.get(at + used).is_some_and(|t| t.fresh);
            match self.lane(at + used + join) {
                Some((lane, more)) if listed => {
                    set = set.with(lane);
                    used += join + more;
                }
                _ => return Some((set, used)),
            }
        }
    }

    /// "no drums", "just bass and keys", "with pads", "drums only".
    pub(super) fn lane_list(&mut self) -> usize {
        let before = self.slots.lanes.unwrap_or(LaneSet::ALL);
        let (join, used) = match self.meaning(self.at) {
            Some((join @ (Meaning::Without | Meaning::Only | Meaning::With), used)) => (join, used),
            Some((Meaning::Lane(_), _)) => {
                let Some((set, used)) = self.lanes(self.at) else {
                    return 0;
                };
                return match self.meaning(self.at + used) {
                    Some((Meaning::Only, more)) => {
                        self.slots.lanes = Some(set);
                        used + more
                    }
                    // Which instrument plays is the style's choice; whether it plays is the user's.
                    _ if !self.knob_follows() => self.refuse(used, "say with, no or only"),
                    _ => 0,
                };
            }
            _ => return 0,
        };
        let Some((set, more)) = self.lanes(self.at + used) else {
            return 0;
        };
        let lanes = match join {
            Meaning::Without => LaneSet(before.0 & !set.0),
            Meaning::Only => set,
            _ => LaneSet(before.0 | set.0),
        };
        if lanes.0 & !LaneSet::default().with(Lane::Vocal).0 == 0 {
            return 0;
        }
        self.slots.lanes = Some(lanes);
        used + more
    }

    /// "drums density 40": the lane belongs to a number.
    fn knob_follows(&self) -> bool {
        let Some((Meaning::Lane(_), used)) = self.meaning(self.at) else {
            return false;
        };
        let word = self.low(self.at + used);
        Knob::ALL.into_iter().any(|k| Some(k.word()) == word)
    }
}
