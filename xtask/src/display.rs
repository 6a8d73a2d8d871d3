//! A screen in memory for as long as it is needed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// A running Xvfb.
pub struct Display {
    /// What goes into `DISPLAY`.
    pub name: String,
    server: Child,
}

impl Display {
    /// Starts one on a free number.
    pub fn start() -> Result<Display> {
        // -noreset: without it the server forgets everything when its last client leaves.
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "3200x2000x24",
                "-noreset",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run Xvfb")?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().context("no output of Xvfb")?)
            .read_line(&mut number)?;
        if number.trim().is_empty() {
            let _ = server.kill();
            let _ = server.wait();
            bail!("Xvfb did not start");
        }
        Ok(Display {
            name: format!(":{}", number.trim()),
            server,
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
