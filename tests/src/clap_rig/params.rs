//! Parameters by the words that name them, set and read as the text that a host shows.

use std::ffi::CString;

use anyhow::{Context, Result, anyhow};
use clack_extensions::params::{ParamInfoBuffer, PluginParams};
use clack_host::events::event_types::ParamValueEvent;
use clack_host::events::{Pckn, io::EventBuffer};
use clack_host::utils::ClapId;

use super::ClapRig;
use crate::saved;

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its word: `drums_density`.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// Group.
    pub module: String,
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Value of a new instance.
    pub default: f64,
    pub(super) clap_id: ClapId,
}

/// The number that the plug-in's framework gives to a parameter's word.
fn clap_id(word: &str) -> u32 {
    word.bytes().fold(0u32, |hash, byte| {
        hash.wrapping_mul(31).wrapping_add(byte as u32)
    }) & !(1 << 31)
}

pub(super) fn all(rig: &mut ClapRig) -> Result<Vec<Param>> {
    // CLAP has numbers only; the words are the keys of a saved state.
    let words = saved::param_ids(&rig.save()?)?;
    let handle = rig.instance.plugin_handle();
    let params: PluginParams = handle.get_extension().context("no parameters")?;
    let mut buffer = ParamInfoBuffer::new();
    (0..params.count(&handle))
        .map(|index| {
            let info = params
                .get_info(&handle, index, &mut buffer)
                .context("no such parameter")?;
            let id = words
                .iter()
                .find(|w| clap_id(w) == info.id.get())
                .ok_or_else(|| {
                    anyhow!(
                        "parameter {} is not saved",
                        String::from_utf8_lossy(info.name)
                    )
                })?;
            Ok(Param {
                id: id.clone(),
                name: String::from_utf8_lossy(info.name).into_owned(),
                module: String::from_utf8_lossy(info.module).into_owned(),
                min: info.min_value,
                max: info.max_value,
                default: info.default_value,
                clap_id: info.id,
            })
        })
        .collect()
}

impl ClapRig {
    /// Every parameter in the plug-in's order.
    pub fn params(&self) -> &[Param] {
        &self.params
    }
    /// One parameter.
    ///
    /// # Errors
    /// When there is none of that word.
    pub fn param(&self, id: &str) -> Result<&Param> {
        self.params
            .iter()
            .find(|p| p.id == id)
            .ok_or_else(|| anyhow!("no parameter {id}"))
    }
    /// The value that a text stands for.
    ///
    /// # Errors
    /// When the plug-in does not understand it.
    pub fn value_of(&mut self, id: &str, text: &str) -> Result<f64> {
        let clap_id = self.param(id)?.clap_id;
        let handle = self.instance.plugin_handle();
        let params: PluginParams = handle.get_extension().context("no parameters")?;
        params
            .text_to_value(&handle, clap_id, &CString::new(text)?)
            .ok_or_else(|| anyhow!("{id} does not understand \"{text}\""))
    }
    /// The text that the plug-in shows for a value.
    ///
    /// # Errors
    /// When there is no such parameter or value.
    pub fn text_of(&mut self, id: &str, value: f64) -> Result<String> {
        let clap_id = self.param(id)?.clap_id;
        let handle = self.instance.plugin_handle();
        let params: PluginParams = handle.get_extension().context("no parameters")?;
        let mut buffer = [0u8; 256];
        let text = params
            .value_to_text(&handle, clap_id, value, &mut buffer)
            .map_err(|_| anyhow!("{id} shows no text for {value}"))?;
        Ok(String::from_utf8_lossy(text)
            .trim_end_matches('\0')
            .to_owned())
    }
    /// The value that stands.
    ///
    /// # Errors
    /// When there is no such parameter.
    pub fn value(&mut self, id: &str) -> Result<f64> {
        let clap_id = self.param(id)?.clap_id;
        let handle = self.instance.plugin_handle();
        let params: PluginParams = handle.get_extension().context("no parameters")?;
        params
            .get_value(&handle, clap_id)
            .ok_or_else(|| anyhow!("{id} has no value"))
    }
    /// The text of the value that stands.
    ///
    /// # Errors
    /// When there is no such parameter.
    pub fn text(&mut self, id: &str) -> Result<String> {
        let value = self.value(id)?;
        self.text_of(id, value)
    }
    /// Sets a parameter by text while the plug-in is not active.
    ///
    /// # Errors
    /// When the plug-in does not know the parameter or understand the text.
    pub fn set(&mut self, id: &str, text: &str) -> Result<()> {
        let value = self.value_of(id, text)?;
        self.set_value(id, value)
    }
    /// Sets a parameter by value while the plug-in is not active.
    ///
    /// # Errors
    /// When there is no such parameter, or the plug-in is active.
    pub fn set_value(&mut self, id: &str, value: f64) -> Result<()> {
        let clap_id = self.param(id)?.clap_id;
        let mut events = EventBuffer::new();
        events.push(&param_event(0, clap_id, value));
        let mut out = EventBuffer::new();
        let mut handle = self
            .instance
            .inactive_plugin_handle()
            .context("the plug-in is active")?;
        let params: PluginParams = handle.get_extension().context("no parameters")?;
        params.flush(&mut handle, &events.as_input(), &mut out.as_output());
        Ok(())
    }
}

pub(super) fn param_event(at: u32, id: ClapId, value: f64) -> ParamValueEvent {
    ParamValueEvent::new(at, id, Pckn::match_all(), value)
}
