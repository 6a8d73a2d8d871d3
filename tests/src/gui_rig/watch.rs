//! What a window costs while it is open: how often it is drawn, and what its threads take of a processor.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use x11rb::connection::Connection as _;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};

use super::GuiRig;

/// Ticks of the processor's clock a second. Reference: proc(5); Linux has had 100 since 2.6 wherever user space asks.
const TICKS_HZ: f64 = 100.0;

/// A window that draws nothing for so long, while its host plays, stands still. Taste: a busy machine draws late.
const STILL: Duration = Duration::from_secs(30);

/// A picture comes in pieces, each of which the display tells of; what follows so soon is of the same one. Taste: half
/// the time between two pictures of the fastest editor.
const PICTURE: Duration = Duration::from_millis(8);

/// Pictures after which what the display told of before was taken in.
const HEEDED: u32 = 4;

/// Names of this process's threads, in the order of the alphabet.
pub fn threads() -> Vec<String> {
    let tasks = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    let mut names: Vec<String> = names.map(|name| name.trim_end().to_owned()).collect();
    names.sort();
    names
}

/// Seconds of a processor that every thread but this one has taken.
fn taken_s() -> f64 {
    let own = fs::read_link("/proc/thread-self").unwrap_or_default();
    let tasks = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let others = tasks.filter(|task| own.file_name() != Some(&task.file_name()));
    let ticks = others.filter_map(|task| {
        let stat = fs::read_to_string(task.path().join("stat")).ok()?;
        // The name may hold spaces: fields count from the bracket behind it.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
    });
    ticks.sum::<f64>() / TICKS_HZ
}

/// What a stretch of time cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Times a second that the window was drawn.
    pub drawn_hz: f64,
    /// Share of one core that the plug-in's own threads took: the window's, the worker's, the graphics driver's. The
    /// host's, on which blocks are played, is not in it.
    pub core: f64,
}

impl GuiRig {
    /// The host's transport stands, or moves again.
    pub fn roll(&mut self, rolls: bool) {
        self.rolls = rolls;
    }
    /// Plays for some seconds, and says what the window cost meanwhile.
    ///
    /// # Errors
    /// When a block fails, or the display cannot tell what is drawn.
    pub fn cost(&mut self, seconds: f64) -> Result<Cost> {
        let damage = self.count_drawn()?;
        let (begun, before) = (Instant::now(), taken_s());
        self.play(seconds)?;
        let (took, after) = (begun.elapsed().as_secs_f64(), taken_s());
        let drawn = self.end_count(damage)?;
        Ok(Cost {
            drawn_hz: f64::from(drawn) / took,
            core: (after - before) / took,
        })
    }
    /// Plays until the editor has taken in what the display told it before: for some more pictures, since one may be
    /// under way and the next be drawn before the mouse is asked. The host's transport has to move.
    ///
    /// # Errors
    /// When a block fails, or the window stands still.
    pub fn heed(&mut self) -> Result<()> {
        let damage = self.count_drawn()?;
        let begun = Instant::now();
        while self.drawn < Some(HEEDED) && begun.elapsed() < STILL {
            self.play(0.01)?;
        }
        match self.end_count(damage)? {
            drawn if drawn < HEEDED => bail!("the window stands still"),
            _ => Ok(()),
        }
    }
    fn count_drawn(&mut self) -> Result<u32> {
        let connection = &self.connection;
        connection
            .damage_query_version(1, 1)?
            .reply()
            .context("no damage extension")?;
        let damage = connection.generate_id()?;
        connection
            .damage_create(damage, self.window, ReportLevel::NON_EMPTY)?
            .check()?;
        self.drawn = Some(0);
        Ok(damage)
    }
    fn end_count(&mut self, damage: u32) -> Result<u32> {
        self.connection.damage_destroy(damage)?.check()?;
        Ok(self.drawn.take().unwrap_or(0))
    }
    /// A picture arrived; the next one is told of again.
    pub(super) fn note_drawn(&mut self, damage: u32) -> Result<()> {
        if let Some(drawn) = &mut self.drawn {
            *drawn += u32::from(self.noticed.elapsed() > PICTURE);
            self.noticed = Instant::now();
            self.connection
                .damage_subtract(damage, x11rb::NONE, x11rb::NONE)?;
            self.connection.flush()?;
        }
        Ok(())
    }
}
