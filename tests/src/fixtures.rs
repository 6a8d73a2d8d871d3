//! What most host tests begin with.

use crate::clap_rig::ClapRig;
use crate::paths;
use crate::saved;
use crate::script::{self, Script, Take};

/// A new instance of the plug-in under test.
///
/// # Panics
/// When it cannot be loaded.
pub fn rig() -> ClapRig {
    ClapRig::load(&paths::clap_under_test()).expect("the plug-in loads")
}

/// A new instance with parameters set by text.
///
/// # Panics
/// When it does not take one of them.
pub fn rig_with(set: &[(&str, &str)]) -> ClapRig {
    let mut rig = rig();
    for (id, text) in set {
        rig.set(id, text)
            .unwrap_or_else(|e| panic!("{id}={text}: {e:#}"));
    }
    rig
}

/// Changes the song in the plug-in's state.
///
/// # Panics
/// When the state cannot be read or given back.
pub fn edit_song(rig: &mut ClapRig, edit: impl FnOnce(&mut serde_json::Value)) {
    let state = rig.save().expect("the state is saved");
    let mut song = saved::field(&state, "song").expect("the state holds a song");
    edit(&mut song);
    let state = saved::with_field(&state, "song", &song).expect("the state is JSON");
    rig.restore(&state).expect("the state is taken back");
}

/// Activates, plays, stops the transport and deactivates.
///
/// # Panics
/// When a block fails.
pub fn take(rig: &mut ClapRig, script: &Script) -> Take {
    rig.activate(script.rate_hz, script.block)
        .expect("it activates");
    let mut take = script::roll(rig, script).expect("it plays");
    script::stop(rig, script, &mut take).expect("it stops");
    rig.deactivate();
    take
}

/// A take of a new instance.
///
/// # Panics
/// As [`take`].
pub fn fresh_take(set: &[(&str, &str)], script: &Script) -> Take {
    take(&mut rig_with(set), script)
}

/// Says where two lists differ first; nothing when they are equal.
pub fn first_difference<T: PartialEq + std::fmt::Debug>(a: &[T], b: &[T]) -> Option<String> {
    let at = a
        .iter()
        .zip(b)
        .position(|(x, y)| x != y)
        .or((a.len() != b.len()).then_some(a.len().min(b.len())))?;
    let near = |list: &[T]| {
        format!(
            "{:?}",
            &list[at.saturating_sub(1)..(at + 3).min(list.len())]
        )
    };
    Some(format!(
        "at {at} of {} and {}: {} against {}",
        a.len(),
        b.len(),
        near(a),
        near(b)
    ))
}
