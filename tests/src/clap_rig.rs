//! A CLAP host without a window: one instance of the built plug-in, called by hand.
//!
//! Runs everything on the calling thread. It checks what it can on the way: every output is prefilled with
//! a sentinel, events must lie inside their block and rise.

mod block;
mod handlers;
mod params;

use std::ffi::CString;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result, anyhow, bail};
use clack_extensions::audio_ports::{AudioPortInfoBuffer, PluginAudioPorts};
use clack_extensions::latency::PluginLatency;
use clack_extensions::render::{PluginRender, RenderMode};
use clack_extensions::state::PluginState;
use clack_host::prelude::*;

pub use block::{Block, Buses, HostEvent, OutEvent, Transport};
pub use handlers::{Counters, RigHost};
pub use params::Param;

use crate::paths;

/// Name of a bus and its channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bus {
    /// As the plug-in names it.
    pub name: String,
    /// 2 for stereo.
    pub channels: usize,
}

/// A loaded instance.
pub struct ClapRig {
    pub(crate) instance: PluginInstance<RigHost>,
    processor: Option<PluginAudioProcessor<RigHost>>,
    /// What the plug-in asked of the host.
    pub counters: Arc<Counters>,
    /// Input buses.
    pub inputs: Vec<Bus>,
    /// Output buses.
    pub outputs: Vec<Bus>,
    params: Vec<Param>,
    scratch: block::Scratch,
    steady: u64,
}

impl ClapRig {
    /// Loads the first plug-in of a `.clap`.
    ///
    /// # Errors
    /// When the file is no CLAP or its plug-in cannot be made.
    pub fn load(bundle: &Path) -> Result<ClapRig> {
        ClapRig::load_in("MuseAroo test host", bundle)
    }
    /// The same in a host of another name.
    ///
    /// # Errors
    /// As [`ClapRig::load`].
    pub fn load_in(host: &str, bundle: &Path) -> Result<ClapRig> {
        let library = paths::clap_library(bundle);
        let info = HostInfo::new(host, "MuseAroo", "https://musearoo.example", "0.1")?;
        // SAFETY: loading runs the library's constructors; it is the plug-in built from this tree.
        let entry = unsafe { PluginEntry::load(&library) }
            .with_context(|| format!("{} cannot be loaded", library.display()))?;
        let id: CString = entry
            .get_plugin_factory()
            .and_then(|f| {
                f.plugin_descriptors()
                    .next()
                    .and_then(|d| d.id().map(CString::from))
            })
            .ok_or_else(|| anyhow!("{} holds no plug-in", library.display()))?;
        let counters = Arc::new(Counters::default());
        let (shared, main_thread) = (counters.clone(), counters.clone());
        let instance = PluginInstance::<RigHost>::new(
            move |_| handlers::RigShared::new(shared),
            move |_| handlers::RigMainThread::new(main_thread),
            &entry,
            &id,
            &info,
        )?;
        let mut rig = ClapRig {
            instance,
            processor: None,
            counters,
            inputs: Vec::new(),
            outputs: Vec::new(),
            params: Vec::new(),
            scratch: block::Scratch::default(),
            steady: 0,
        };
        rig.inputs = rig.buses(true)?;
        rig.outputs = rig.buses(false)?;
        rig.params = params::all(&mut rig)?;
        Ok(rig)
    }
    fn buses(&mut self, input: bool) -> Result<Vec<Bus>> {
        let handle = self.instance.plugin_handle();
        let ports: PluginAudioPorts = handle.get_extension().context("no audio ports")?;
        let mut buffer = AudioPortInfoBuffer::new();
        (0..ports.count(&handle, input))
            .map(|index| {
                let port = ports
                    .get(&handle, index, input, &mut buffer)
                    .context("no such port")?;
                Ok(Bus {
                    name: String::from_utf8_lossy(port.name).into_owned(),
                    channels: port.channel_count as usize,
                })
            })
            .collect()
    }
    /// Makes it ready to play blocks of up to `max_frames`.
    ///
    /// # Errors
    /// When the plug-in refuses.
    pub fn activate(&mut self, rate_hz: f64, max_frames: usize) -> Result<()> {
        if self.processor.is_some() {
            bail!("active already");
        }
        let stopped = self.instance.activate(
            |_, _| (),
            PluginAudioConfiguration {
                sample_rate: rate_hz,
                min_frames_count: 1,
                max_frames_count: max_frames as u32,
            },
        )?;
        self.processor = Some(stopped.into());
        self.steady = 0;
        Ok(())
    }
    /// How many samples late the plug-in says that it is.
    ///
    /// # Errors
    /// When it says nothing of the kind.
    pub fn latency_samples(&mut self) -> Result<u32> {
        let handle = self.instance.plugin_handle();
        let latency: PluginLatency = handle.get_extension().context("no latency")?;
        Ok(latency.get(&handle))
    }
    /// Ends playing; notes still owed their end get it in the first block after the next activation.
    pub fn deactivate(&mut self) {
        if let Some(processor) = self.processor.take() {
            self.instance.deactivate(processor.into_stopped());
        }
    }
    /// Tells that rendering may run faster than real time.
    pub fn set_offline(&mut self, offline: bool) {
        let handle = self.instance.plugin_handle();
        if let Some(render) = handle.get_extension::<PluginRender>() {
            let mode = if offline {
                RenderMode::Offline
            } else {
                RenderMode::Realtime
            };
            let _ = render.set(&handle, mode);
        }
    }
    /// The plug-in's state as the host's project would keep it.
    ///
    /// # Errors
    /// When the plug-in cannot save.
    pub fn save(&mut self) -> Result<Vec<u8>> {
        let handle = self.instance.plugin_handle();
        let state: PluginState = handle.get_extension().context("no state")?;
        let mut bytes = Vec::new();
        state.save(&handle, &mut bytes)?;
        Ok(bytes)
    }
    /// Gives the plug-in a state.
    ///
    /// # Errors
    /// When the plug-in says that it could not load it.
    pub fn restore(&mut self, state: &[u8]) -> Result<()> {
        let handle = self.instance.plugin_handle();
        let extension: PluginState = handle.get_extension().context("no state")?;
        extension.load(&handle, &mut std::io::Cursor::new(state))?;
        self.pump();
        Ok(())
    }
    /// Calls the plug-in back on the main thread if it asked for it.
    pub fn pump(&mut self) {
        if self.counters.callback.swap(0, Ordering::SeqCst) > 0 {
            self.instance.call_on_main_thread_callback();
        }
    }
    /// Lets the plug-in's own threads settle: a state becomes a song on the worker.
    pub fn settle(&mut self, millis: u64) {
        for _ in 0..millis.div_ceil(5) {
            self.pump();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

impl Drop for ClapRig {
    fn drop(&mut self) {
        self.deactivate();
    }
}
