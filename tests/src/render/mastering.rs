//! The song is mixed before it is rendered: the plug-in listens to it on its own thread, and the host waits.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use music::mix::Decisions;
use serde_json::{Value, json};

use super::arguments::usage;
use super::{Choices, round};
use crate::clap_rig::ClapRig;
use crate::saved;
use crate::script::{self, Script};

/// How long a mix may take.
const PATIENCE: Duration = Duration::from_secs(900);
/// Blocks that tell the plug-in tempo and meter.
const BLOCKS: u64 = 8;

/// The settings of the plug-in for a render.
pub(super) fn setup(choices: &Choices) -> Value {
    json!({
        "look_ahead": choices.listens,
        "renew_mix": choices.listens,
        "reference": choices.reference,
    })
}

/// Lets the plug-in hear the tempo, and waits until it has decided the mix. The rig must not be active.
pub(super) fn listen(rig: &mut ClapRig, script: &Script) -> Result<()> {
    rig.activate(script.rate_hz, script.block)?;
    let told = Script {
        frames: BLOCKS * script.block as u64,
        keep_sound: false,
        ..script.clone()
    };
    let mut take = script::roll_with(rig, &told, &mut |_| ())?;
    script::stop(rig, &told, &mut take)?;
    rig.deactivate();
    let begun = Instant::now();
    // The worker looks around every 40 ms.
    std::thread::sleep(Duration::from_millis(400));
    loop {
        let setup = saved::field(&rig.save()?, "setup")?;
        let problem = setup["problem"].as_str().unwrap_or_default();
        if !problem.is_empty() {
            bail!(usage(format!("the song was not mixed: {problem}")));
        }
        if setup["mix_is_fresh"] == json!(true) && setup["mixing"] != json!(true) {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            bail!("the song was not mixed within {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What was decided, for the report.
pub(super) fn report(rig: &mut ClapRig) -> Result<Value> {
    let song = saved::field(&rig.save()?, "song")?;
    let Ok(Some(mix)) = serde_json::from_value::<Option<Decisions>>(song["mix"].clone()) else {
        return Ok(Value::Null);
    };
    let master = &mix.master;
    Ok(json!({
        "target_lufs": round(f64::from(master.target_lufs), 2),
        "ceiling_dbtp": round(f64::from(master.ceiling_dbtp), 2),
        "gain_db": round(f64::from(master.gain_db), 2),
        "match_width_db": round(f64::from(master.match_width_db), 2),
        "match_db": master.match_db.map(|db| round(f64::from(db), 2)),
        "decisions": mix.decisions.iter().map(ToString::to_string).collect::<Vec<_>>(),
    }))
}
