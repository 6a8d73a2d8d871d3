//! A progress bar on standard error: a moving one on a terminal, a line every quarter elsewhere.

use std::io::{IsTerminal, Write};
use std::time::Instant;

/// A bar with a label.
pub struct Bar {
    label: String,
    begun: Instant,
    shown: i32,
    moving: bool,
    quiet: bool,
}

impl Bar {
    /// A new bar.
    pub fn new(label: &str) -> Bar {
        let moving = std::io::stderr().is_terminal();
        Bar {
            label: label.to_owned(),
            begun: Instant::now(),
            shown: -1,
            moving,
            quiet: false,
        }
    }
    /// A bar that shows nothing.
    pub fn quiet() -> Bar {
        Bar {
            quiet: true,
            ..Bar::new("")
        }
    }
    /// Shows a share, 0–1.
    pub fn set(&mut self, share: f64) {
        let percent = (share.clamp(0.0, 1.0) * 100.0) as i32;
        let step = if self.moving { 1 } else { 25 };
        if self.quiet || percent / step == self.shown / step && self.shown >= 0 {
            return;
        }
        self.shown = percent;
        let filled = (percent / 4) as usize;
        let line = format!(
            "{:>10} [{}{}] {percent:>3} %  {:.0} s",
            self.label,
            "=".repeat(filled),
            " ".repeat(25 - filled),
            self.begun.elapsed().as_secs_f64()
        );
        let mut err = std::io::stderr();
        let _ = if self.moving {
            write!(err, "\r{line}")
        } else {
            writeln!(err, "{line}")
        };
        if self.moving && percent == 100 {
            let _ = writeln!(err);
        }
        let _ = err.flush();
    }
}
