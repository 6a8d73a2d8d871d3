//! Moods and names: "very busy drums", "not too fast", styles, scales, meters.

use music::lane::Lane;

use super::Parser;
use crate::prompt::words::{Meaning, Mood};

impl Parser<'_> {
    /// "dark", "very busy drums", "less dense".
    pub(super) fn mood(&mut self) -> usize {
        let (mut times, mut used) = (1.0, 0);
        if let Some((Meaning::Degree(degree), n)) = self.meaning(self.at) {
            (times, used) = (degree, n);
        }
        let Some((Meaning::Mood(mood), more)) = self.meaning(self.at + used) else {
            return 0;
        };
        used += more;
        let player = self
            .player(self.at + used)
            .filter(|_| !self.ends(self.at + used));
        self.turn(&mood, times, player.as_ref().map(|player| player.lane));
        if let Some(player) = &player {
            self.take_instrument(player);
        }
        used + player.map_or(0, |player| player.used)
    }

    fn turn(&mut self, mood: &Mood, times: f64, lane: Option<Lane>) {
        if let Some(scale) = mood.scale
            && times > 0.0
            && lane.is_none()
        {
            self.slots.mood_scale = Some(scale);
        }
        for &(knob, amount) in &mood.moves {
            self.slots.turn(lane, knob, amount * times);
        }
    }

    /// Styles, scales, meters and tempo words.
    pub(super) fn named(&mut self) -> usize {
        let Some((meaning, used)) = self.meaning(self.at) else {
            return 0;
        };
        match meaning {
            Meaning::Style(stem) => {
                if self.library.style(&stem).is_err() {
                    return self.refuse(used, "this style is not installed");
                }
                match &self.slots.style {
                    Some(own) if *own != stem => {
                        return self.refuse(used, "one style at a time");
                    }
                    _ => self.slots.style = Some(stem),
                }
            }
            Meaning::Scale(scale) => self.slots.scale = Some(scale),
            Meaning::Meter(meter) => self.slots.meter = Some(meter),
            Meaning::Tempo(place) => self.slots.tempo_place = Some(place),
            Meaning::Degree(_) => {
                // "not too fast" and the like: a degree of a word that is not a mood.
                return match self.meaning(self.at + used) {
                    Some((Meaning::Tempo(place), more)) => {
                        self.slots.tempo_place = Some(0.5 + (0.5 - place) * 0.3);
                        used + more
                    }
                    _ => 0,
                };
            }
            _ => return 0,
        }
        used
    }
}
