//! What differs between two songs, member by member, so that a step is small: of a list only the stretch that
//! differs.

use music::song::Song;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A member of the song before and after a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    name: String,
    /// Where a stretch of a list starts; `None`: the member as a whole.
    #[serde(default)]
    at: Option<usize>,
    before: Value,
    after: Value,
}

impl Member {
    /// About how many bytes it takes when written out.
    pub fn bytes(&self) -> usize {
        let of = |value: &Value| match value {
            Value::Null => 4,
            other => other.to_string().len(),
        };
        self.name.len() + of(&self.before) + of(&self.after) + 40
    }
}

/// Which way a step is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Taken back.
    Back,
    /// Done again.
    On,
}

/// What differs between two songs.
pub fn between(before: &Song, after: &Song) -> Vec<Member> {
    let (Some(before), Some(after)) = (members(before), members(after)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (name, new) in after {
        let old = before.get(&name).cloned().unwrap_or(Value::Null);
        if old != new {
            all.push(member(name, old, new));
        }
    }
    all
}

/// The song with a patch walked over it. `None` where it is not the song that the patch was made of.
pub fn walk(song: &Song, patch: &[Member], way: Way) -> Option<Song> {
    let mut all = members(song)?;
    for member in patch {
        let (from, to) = match way {
            Way::Back => (&member.after, &member.before),
            Way::On => (&member.before, &member.after),
        };
        let stands = all.get_mut(&member.name)?;
        match member.at {
            None if same(stands, from) => *stands = to.clone(),
            Some(at) => {
                let (list, from, to) = (stands.as_array_mut()?, from.as_array()?, to.as_array()?);
                let end = at.checked_add(from.len())?;
                let stand = list.get(at..end)?;
                if !stand.iter().zip(from).all(|(a, b)| same(a, b)) {
                    return None;
                }
                list.splice(at..end, to.iter().cloned());
            }
            None => return None,
        }
    }
    serde_json::from_value(Value::Object(all)).ok()
}

/// Whether two values are one; numbers that went through a file may differ in their last digit.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1.0e-9 * a.abs().max(b.abs()),
            _ => a == b,
        },
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn members(song: &Song) -> Option<Map<String, Value>> {
    match serde_json::to_value(song).ok()? {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn member(name: String, before: Value, after: Value) -> Member {
    let (Value::Array(old), Value::Array(new)) = (&before, &after) else {
        return Member {
            name,
            at: None,
            before,
            after,
        };
    };
    let at = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - at;
    let ends = old.iter().rev().zip(new.iter().rev());
    let same_end = ends.take(most).take_while(|(a, b)| a == b).count();
    Member {
        name,
        at: Some(at),
        before: old[at..old.len() - same_end].to_vec().into(),
        after: new[at..new.len() - same_end].to_vec().into(),
    }
}
