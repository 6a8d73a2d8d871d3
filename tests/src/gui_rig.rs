//! The editor in a real embedded window: an X11 host that rolls the transport and takes a picture.

mod watch;

pub use watch::threads;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clack_extensions::gui::{GuiApiType, GuiConfiguration, GuiSize, PluginGui, Window};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConfigureWindowAux, ConnectionExt, CreateWindowAux, EventMask, ImageFormat, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::clap_rig::{Buses, ClapRig, OutEvent, Transport};
use crate::render::arguments::usage;

const EMBEDDED_X11: GuiConfiguration = GuiConfiguration {
    api_type: GuiApiType::X11,
    is_floating: false,
};

/// Colours that an editor has at least: a bare window has one or two.
pub const DRAWN: usize = 50;

/// An editor open in a window of ours.
pub struct GuiRig {
    /// The instance behind it.
    pub rig: ClapRig,
    connection: RustConnection,
    window: u32,
    scale: f64,
    /// Physical size.
    pub size: (u16, u16),
    /// Key codes that reached the host's window.
    pub keys: Vec<u8>,
    /// What the plug-in sent that is no note: its CLAP types.
    pub sent: Vec<u16>,
    begun: Instant,
    frames: u64,
    /// Threads of the process before the window opened.
    threads: usize,
    /// Times that the window was drawn, while that is counted.
    drawn: Option<u32>,
    /// When the display last told of something drawn.
    noticed: Instant,
    /// Whether the host's transport moves.
    rolls: bool,
    /// The host is quitting: it closes the window and destroys the instance without a pause.
    pub hurries: bool,
}

/// Longest that a closed window's thread is waited for.
const CLOSING: Duration = Duration::from_millis(400);

impl GuiRig {
    /// Opens the editor on the display that `DISPLAY` names, at a scale of 1.0 or 2.0.
    ///
    /// # Errors
    /// When there is no display or the plug-in has no editor for it.
    pub fn open(rig: ClapRig, scale: f64) -> Result<GuiRig> {
        GuiRig::open_and_show_after(rig, scale, Duration::ZERO)
    }
    /// The same for a host that takes its time between making the window and showing it.
    ///
    /// # Errors
    /// As [`GuiRig::open`].
    pub fn open_and_show_after(mut rig: ClapRig, scale: f64, pause: Duration) -> Result<GuiRig> {
        rig.activate(48_000.0, 512)?;
        let (connection, _) = x11rb::connect(None).context("no X display")?;
        let threads = threads().len();
        let (window, size) = embed(&mut rig, &connection, scale, pause)?;
        Ok(GuiRig {
            rig,
            connection,
            window,
            scale,
            size,
            keys: Vec::new(),
            sent: Vec::new(),
            begun: Instant::now(),
            frames: 0,
            threads,
            drawn: None,
            noticed: Instant::now(),
            rolls: true,
            hurries: false,
        })
    }
    /// Closes the window and opens another one over the same instance.
    ///
    /// # Errors
    /// As [`GuiRig::open`].
    pub fn reopen(&mut self) -> Result<()> {
        self.close();
        self.threads = threads().len();
        (self.window, self.size) =
            embed(&mut self.rig, &self.connection, self.scale, Duration::ZERO)?;
        Ok(())
    }
    fn close(&mut self) {
        let handle = self.rig.instance.plugin_handle();
        if let Some(gui) = handle.get_extension::<PluginGui>() {
            let _ = gui.hide(&handle);
            gui.destroy(&handle);
        }
        if self.hurries {
            return;
        }
        // The framework does not wait for its window's thread, which takes its own window away.
        let until = Instant::now() + CLOSING;
        while threads().len() > self.threads && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = self.connection.destroy_window(self.window);
        let _ = self.connection.sync();
    }
    /// Plays for some seconds in real time, so that the editor has something to show.
    ///
    /// # Errors
    /// When a block fails.
    pub fn play(&mut self, seconds: f64) -> Result<()> {
        let until = self.begun.elapsed().as_secs_f64() + seconds;
        while self.begun.elapsed().as_secs_f64() < until {
            while let Some(event) = self.connection.poll_for_event()? {
                match event {
                    Event::KeyPress(key) => self.keys.push(key.detail),
                    Event::DamageNotify(damage) => self.note_drawn(damage.damage)?,
                    _ => {}
                }
            }
            // A slow machine falls behind; it must not be kept from the clock by that.
            for _ in 0..8 {
                if self.frames as f64 >= self.begun.elapsed().as_secs_f64() * 48_000.0 {
                    break;
                }
                let beats = if self.rolls {
                    self.frames as f64 / 24_000.0
                } else {
                    0.0
                };
                let transport = Transport {
                    tempo_bpm: 120.0,
                    playing: self.rolls,
                    beats,
                    seconds: self.frames as f64 / 48_000.0,
                    cycle: None,
                    meter: (4, 4),
                    bar_start: (beats / 4.0).floor() * 4.0,
                    bar_number: (beats / 4.0).floor() as i32,
                };
                let block = self.rig.block(512, Some(&transport), &[], Buses::All)?;
                self.sent
                    .extend(block.events.iter().filter_map(|(_, event)| match event {
                        OutEvent::Other(kind) => Some(*kind),
                        _ => None,
                    }));
                self.frames += 512;
            }
            self.rig.pump();
            std::thread::sleep(Duration::from_millis(4));
        }
        Ok(())
    }
    /// Plays until the editor shows something, for a minute at most.
    ///
    /// # Errors
    /// When a block fails or nothing is drawn.
    pub fn wait_until_drawn(&mut self) -> Result<()> {
        for _ in 0..240 {
            self.play(0.25)?;
            if colours(&self.picture()?) > DRAWN {
                return Ok(());
            }
        }
        bail!("the editor drew nothing")
    }
    /// Asks for another size, as a host does when its window is dragged.
    ///
    /// # Errors
    /// When the editor refuses.
    pub fn resize(&mut self, width: u16, height: u16) -> Result<()> {
        let handle = self.rig.instance.plugin_handle();
        let gui: PluginGui = handle.get_extension().context("no editor")?;
        let wanted = GuiSize {
            width: width as u32,
            height: height as u32,
        };
        let size = gui.adjust_size(&handle, wanted).unwrap_or(wanted);
        gui.set_size(&handle, size)?;
        self.size = (size.width as u16, size.height as u16);
        let place = ConfigureWindowAux::new()
            .width(size.width)
            .height(size.height);
        self.connection.configure_window(self.window, &place)?;
        self.connection.sync()?;
        Ok(())
    }
    /// The pixels of the window with what is embedded in it, three bytes each.
    ///
    /// # Errors
    /// When the display refuses.
    pub fn picture(&self) -> Result<Vec<u8>> {
        picture(&self.connection, self.size)
    }
}

impl Drop for GuiRig {
    fn drop(&mut self) {
        self.close();
        // Graphics drivers keep threads and exit handlers of their own, and fall over when the library that
        // opened them is unloaded at the end of a process: it stays for as long as the process does.
        std::mem::forget(self.rig.instance.entry().clone());
    }
}

/// Opens the editor of an instance in a new window; gives the window and its size.
fn embed(
    rig: &mut ClapRig,
    connection: &RustConnection,
    scale: f64,
    pause: Duration,
) -> Result<(u32, (u16, u16))> {
    let handle = rig.instance.plugin_handle();
    let gui: PluginGui = handle.get_extension().context("no editor")?;
    if !gui.is_api_supported(&handle, EMBEDDED_X11) {
        bail!("the editor cannot be embedded in X11");
    }
    gui.create(&handle, EMBEDDED_X11)?;
    let _ = gui.set_scale(&handle, scale);
    let size = gui.get_size(&handle).context("the editor has no size")?;
    let size = (size.width as u16, size.height as u16);
    let window = window(connection, size)?;
    // SAFETY: the window outlives the editor: the rig destroys it after the editor.
    unsafe { gui.set_parent(&handle, Window::from_x11_handle(window as _))? };
    std::thread::sleep(pause);
    gui.show(&handle)?;
    Ok((window, size))
}

/// A host's window in the upper left corner of the screen.
///
/// # Errors
/// When the display refuses.
pub fn window(connection: &RustConnection, (width, height): (u16, u16)) -> Result<u32> {
    let screen = &connection.setup().roots[0];
    let window = connection.generate_id()?;
    connection.create_window(
        screen.root_depth,
        window,
        screen.root,
        0,
        0,
        width,
        height,
        0,
        WindowClass::INPUT_OUTPUT,
        screen.root_visual,
        &CreateWindowAux::new()
            .background_pixel(screen.black_pixel)
            .event_mask(EventMask::STRUCTURE_NOTIFY | EventMask::KEY_PRESS),
    )?;
    connection.map_window(window)?;
    connection.sync()?;
    Ok(window)
}

/// What is on screen there, three bytes a pixel.
///
/// # Errors
/// When the display refuses.
pub fn picture(connection: &RustConnection, (width, height): (u16, u16)) -> Result<Vec<u8>> {
    let root = connection.setup().roots[0].root;
    // The root window's pixels hold what is on screen, children included.
    let reply = connection
        .get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, !0)?
        .reply()?;
    if reply.data.len() < width as usize * height as usize * 4 {
        bail!("the display has {} bits a pixel, not 24 or 32", reply.depth);
    }
    Ok(reply
        .data
        .chunks_exact(4)
        .flat_map(|p| [p[2], p[1], p[0]])
        .collect())
}

/// How many different colours a picture holds: an editor that draws nothing has one or two.
pub fn colours(rgb: &[u8]) -> usize {
    rgb.chunks_exact(3)
        .map(|p| [p[0], p[1], p[2]])
        .collect::<std::collections::HashSet<_>>()
        .len()
}

/// A place given as `X,Y`, in points of the editor.
fn place(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.split_once(',')?;
    Some((x.parse().ok()?, y.parse().ok()?))
}

/// The command: `--out F.png [--scale 2] [--set PARAM_ID=VALUE] [--click X,Y]...`. Clicks are in points of the
/// editor, one after the other, and need `xdotool`.
///
/// # Errors
/// Unknown options; no display; an editor that stays empty.
pub fn command(bundle: &Path, words: &[String]) -> Result<()> {
    let (mut out, mut scale, mut set, mut clicks) = (PathBuf::new(), 1.0, Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words
            .next()
            .ok_or_else(|| usage(format!("{word} needs a value")))?;
        match word.as_str() {
            "--out" => out = PathBuf::from(value),
            "--scale" => {
                scale = value
                    .parse::<f64>()
                    .ok()
                    .filter(|s| (0.5..=4.0).contains(s))
                    .ok_or_else(|| {
                        usage(format!(
                            "--scale takes a number from 0.5 to 4, not \"{value}\""
                        ))
                    })?;
            }
            "--set" => set.push(
                value
                    .split_once('=')
                    .ok_or_else(|| usage("--set takes PARAM_ID=VALUE"))?,
            ),
            "--click" => clicks.push(
                place(value).ok_or_else(|| usage(format!("--click takes X,Y, not \"{value}\"")))?,
            ),
            other => {
                let known = ["--out", "--scale", "--set", "--click"];
                bail!(usage(authoring::problem::unknown("option", other, &known)))
            }
        }
    }
    if out.as_os_str().is_empty() {
        bail!(usage("shot needs --out FILE.png"));
    }
    let mut rig = ClapRig::load(bundle)?;
    for (id, text) in set {
        rig.set(id, text)?;
    }
    let mut gui = GuiRig::open(rig, scale)?;
    gui.wait_until_drawn()?;
    for (x, y) in clicks {
        let [x, y] = [x, y].map(|v| (v * scale).round().to_string());
        let status = std::process::Command::new("xdotool")
            .args(["mousemove", &x, &y, "click", "1"])
            .status()
            .context("--click needs xdotool")?;
        if !status.success() {
            bail!("xdotool could not click at {x},{y}");
        }
        gui.play(0.7)?;
    }
    gui.play(3.0)?;
    let rgb = gui.picture()?;
    let file =
        std::fs::File::create(&out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut png = png::Encoder::new(
        std::io::BufWriter::new(file),
        gui.size.0 as u32,
        gui.size.1 as u32,
    );
    png.set_color(png::ColorType::Rgb);
    png.set_depth(png::BitDepth::Eight);
    png.write_header()?.write_image_data(&rgb)?;
    println!("{} ({} x {})", out.display(), gui.size.0, gui.size.1);
    Ok(())
}
