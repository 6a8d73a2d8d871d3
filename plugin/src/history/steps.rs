//! Walking the log: how a step gets into it, back out of it, and over to the other version.

use std::sync::Arc;

use music::song::Song;

use super::patch::{self, Way};
use super::{History, Log, Step, Turn, Version};
use crate::handoff::Shared;
use crate::params::{Knobs, MuseParams};

/// Parameters that say who drives and where it goes, not what is played: two versions share them.
const SHARED_BY_VERSIONS: [&str; 4] = ["bypass", "run", "keys", "main_carries"];

impl Shared {
    /// For the editor.
    pub fn history(&self) -> Arc<Log> {
        self.history.shown()
    }
    /// As saved; another project's takes its place.
    pub fn set_history(&self, history: History) {
        self.history.change(|own| *own = history);
    }
    /// Notes a change of the song that has just been put in place.
    pub(crate) fn note_song(
        &self,
        words: &str,
        before: &Song,
        take: Option<Arc<crate::take::Take>>,
    ) {
        let after = &self.material().song;
        let step = Step {
            words: words.to_owned(),
            song: patch::between(before, after),
            take,
            ..Step::default()
        };
        self.history.change(|history| history.push(step));
    }
    /// Notes that the present engines took over from a take.
    pub(crate) fn note_engines(&self, take: Arc<crate::take::Take>) {
        let step = Step {
            words: "Update engines".to_owned(),
            take: Some(take),
            ..Step::default()
        };
        self.history.change(|history| history.push(step));
    }
    /// Notes what was turned by hand; `soon` after the same hand's last turn.
    pub fn note_turns(&self, words: &str, turns: Vec<Turn>, soon: bool) {
        if !turns.is_empty() {
            self.history
                .change(|history| history.turned(words, turns, soon));
        }
    }
    /// Walks to where `done` steps are done. Parameters are asked of the editor.
    pub fn walk_history(&self, done: usize) {
        let mut blocked = false;
        self.history.change(|history| {
            let done = done.min(history.steps.len());
            while history.done != done && !blocked {
                let way = if done < history.done {
                    Way::Back
                } else {
                    Way::On
                };
                let at = match way {
                    Way::Back => history.done - 1,
                    Way::On => history.done,
                };
                let step = history.steps[at].clone();
                blocked = !self.walk(&step, way);
                if !blocked {
                    history.is_b ^= step.compares;
                    history.done = if way == Way::Back { at } else { at + 1 };
                }
                if step.compares && !blocked {
                    // The version that stops playing is the one to go back to.
                    swap_version(history, &self.material().song, &step, way);
                }
            }
            if blocked {
                history.steps.clear();
                history.done = 0;
            }
        });
        if blocked {
            self.say("The song is not the one that these steps were made in; the list of steps starts anew.");
        }
        self.project.changed();
        self.repaint.request_repaint();
    }
    /// Goes over to the other version; the first time both are the same.
    pub fn compare(&self, params: &MuseParams) {
        let now = Version {
            song: serde_json::to_value(&self.material().song).unwrap_or_default(),
            turned: turned(params),
        };
        let other = self.history.read(|history| history.other.clone());
        let other = other.unwrap_or_else(|| now.clone());
        let is_b = self.history.read(|history| history.is_b);
        let Ok(song) = serde_json::from_value::<Song>(other.song.clone()) else {
            self.history.change(|history| history.other = None);
            return;
        };
        let turn = |(id, before): &(String, f32)| {
            let after = other.turned.iter().find(|(own, _)| own == id)?.1;
            let before = *before;
            let id = id.clone();
            (before != after).then_some(Turn { id, before, after })
        };
        let material = self.material();
        let step = Step {
            words: format!("Compare: {}", if is_b { "A" } else { "B" }),
            song: patch::between(&material.song, &song),
            turns: now.turned.iter().filter_map(turn).collect(),
            take: material
                .take
                .clone()
                .filter(|_| !material.shares_take(&song)),
            compares: true,
        };
        self.walk(&step, Way::On);
        self.history.change(|history| {
            history.push(step);
            history.other = Some(now);
            history.is_b = !is_b;
        });
        self.project.changed();
        self.repaint.request_repaint();
    }
    /// Puts another song with its knobs in place, as one step that `words` name; a knob that `turned` does not know
    /// goes to its default.
    pub fn put_version(
        &self,
        words: &str,
        song: &Song,
        knobs: &std::collections::BTreeMap<String, f32>,
        params: &MuseParams,
    ) {
        let material = self.material();
        let all = Knobs::of(params);
        let turn = |(id, before): (String, f32)| {
            let rest = all.default(&id).unwrap_or(before);
            let after = knobs.get(&id).copied().unwrap_or(rest);
            (before != after).then_some(Turn { id, before, after })
        };
        let step = Step {
            words: words.to_owned(),
            song: patch::between(&material.song, song),
            turns: turned(params).into_iter().filter_map(turn).collect(),
            take: material
                .take
                .clone()
                .filter(|_| !material.shares_take(song)),
            compares: false,
        };
        if step.song.is_empty() && step.turns.is_empty() {
            return;
        }
        self.walk(&step, Way::On);
        self.history.change(|history| history.push(step));
        self.project.changed();
        self.repaint.request_repaint();
    }
    /// Puts what a step changed in place. `false` where the song is another one.
    fn walk(&self, step: &Step, way: Way) -> bool {
        let Some(song) = patch::walk(&self.material().song, &step.song, way) else {
            return false;
        };
        if step.take.is_some() && way == Way::On {
            self.set_take(None);
        }
        if !step.song.is_empty() {
            self.set_song(song);
        }
        if way == Way::Back && step.take.is_some() {
            self.set_take(step.take.clone());
        }
        for turn in &step.turns {
            let value = if way == Way::Back {
                turn.before
            } else {
                turn.after
            };
            self.ask_turn(&turn.id, value);
        }
        true
    }
}

/// Every parameter that belongs to a version, 0–1.
pub(crate) fn turned(params: &MuseParams) -> Vec<(String, f32)> {
    let knobs = Knobs::of(params);
    let own = |id: &&String| !SHARED_BY_VERSIONS.contains(&id.as_str());
    let all = knobs.ids().filter(own);
    all.filter_map(|id| Some((id.clone(), knobs.value(id)?)))
        .collect()
}

/// After a step from one version to the other was walked, the one left behind is the one to compare with.
fn swap_version(history: &mut History, song: &Song, step: &Step, way: Way) {
    let back = match way {
        Way::Back => Way::On,
        Way::On => Way::Back,
    };
    let Some(left) = patch::walk(song, &step.song, back) else {
        return;
    };
    let Some(mut other) = history.other.take() else {
        return;
    };
    other.song = serde_json::to_value(&left).unwrap_or_default();
    for (id, value) in &mut other.turned {
        if let Some(turn) = step.turns.iter().find(|turn| turn.id == *id) {
            *value = if way == Way::Back {
                turn.after
            } else {
                turn.before
            };
        }
    }
    history.other = Some(other);
}
