//! Numbers and what they count: meters, lengths, tempos, seeds, values of knobs.

use super::Parser;
use crate::prompt::numbers;
use crate::prompt::slots::{self, Length};
use crate::prompt::words::{Knob, Meaning, Unit};

impl Parser<'_> {
    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let half = |used: usize| {
            let words = ["and", "a", "half"];
            let said = (0..3).all(|i| self.low(at + used + i) == Some(words[i]));
            if said { (0.5, used + 3) } else { (0.0, used) }
        };
        if let Some(n) = self.tokens.get(at).and_then(|t| numbers::number(&t.raw)) {
            let (more, used) = half(1);
            return Some((n + more, used));
        }
        match (self.low(at), self.low(at + 1), self.meaning(at)) {
            (_, _, Some((Meaning::Number(n), used))) => {
                let (more, used) = half(used);
                Some((n as f64 + more, used))
            }
            (Some("half"), Some("a"), _) => Some((0.5, 2)),
            (Some("a" | "an"), Some(_), _) => Some((1.0, 1)),
            _ => None,
        }
    }

    fn typed_digits(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|t| t.raw.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Meters, lengths, tempos and seeds.
    pub(super) fn number_phrase(&mut self) -> usize {
        let here = self.at;
        let Some(token) = self.tokens.get(here).cloned() else {
            return 0;
        };
        if token.raw.contains('/') {
            return match numbers::meter(&token.raw) {
                Some(meter) => {
                    self.slots.meter = Some(meter);
                    1
                }
                None => self.refuse(1, "no meter that a bar can hold"),
            };
        }
        if let Some(seconds) = numbers::clock(&token.raw) {
            self.slots.length = Some(Length::Seconds(seconds));
            return 1;
        }
        if let Some((unit @ (Unit::Tempo | Unit::Seed), used)) = self.unit(here)
            && let Some((n, more)) = self.number(here + used)
            && (unit == Unit::Seed || self.typed_digits(here + used))
        {
            let after = self.unit(here + used + more);
            let own_unit = matches!(after, Some((Unit::Bpm, _)));
            if unit == Unit::Seed {
                return match slots::seed(n) {
                    Some(seed) => {
                        self.slots.seed = Some(seed);
                        used + more
                    }
                    None => self.refuse(used + more, "seeds go from 0 to 9999"),
                };
            }
            let other = matches!(after, Some((Unit::Bars | Unit::Minutes | Unit::Seconds, _)));
            if !other {
                let count = used
                    + more
                    + if own_unit {
                        after.map_or(0, |(_, n)| n)
                    } else {
                        0
                    };
                return self.set_tempo(n, count);
            }
        }
        let Some((n, used)) = self.number(here) else {
            return 0;
        };
        let Some((unit, more)) = self.unit(here + used) else {
            return 0;
        };
        let count = used + more;
        match unit {
            Unit::Bpm => self.set_tempo(n, count),
            Unit::Bars => match slots::bars(n) {
                Some(bars) => {
                    self.slots.length = Some(Length::Bars(bars));
                    count
                }
                None => self.refuse(count, "a song has 4 to 400 bars"),
            },
            Unit::Minutes => {
                let mut seconds = n * 60.0;
                let mut count = count;
                let join = usize::from(self.low(here + count) == Some("and"));
                if let Some((n, used)) = self.number(here + count + join)
                    && let Some((Unit::Seconds, more)) = self.unit(here + count + join + used)
                {
                    seconds += n;
                    count += join + used + more;
                }
                self.slots.length = Some(Length::Seconds(seconds));
                count
            }
            Unit::Seconds => {
                self.slots.length = Some(Length::Seconds(n));
                count
            }
            Unit::Tempo | Unit::Seed | Unit::Key => 0,
        }
    }

    fn set_tempo(&mut self, bpm: f64, count: usize) -> usize {
        match slots::tempo(bpm) {
            Some(bpm) => {
                self.slots.tempo_bpm = Some(bpm);
                count
            }
            None => self.refuse(count, "tempos go from 20 to 300 BPM"),
        }
    }

    /// "energy 80 %", "drums density 40".
    pub(super) fn knob_number(&mut self) -> usize {
        let here = self.at;
        let player = self.player(here);
        let (lane, skip) = player
            .as_ref()
            .map_or((None, 0), |p| (Some(p.lane), p.used));
        let word = self.low(here + skip);
        let Some(knob) = Knob::ALL.into_iter().find(|k| Some(k.word()) == word) else {
            return 0;
        };
        let Some(n) = self
            .tokens
            .get(here + skip + 1)
            .and_then(|t| numbers::number(&t.raw))
        else {
            return 0;
        };
        let unit = usize::from(matches!(self.low(here + skip + 2), Some("%" | "percent")));
        let count = skip + 2 + unit;
        if !slots::fits(lane, knob, n) {
            return self.refuse(count, "out of range");
        }
        self.slots.fixed.insert((lane, knob), n);
        if let Some(player) = &player {
            self.take_instrument(player);
        }
        count
    }
}
