//! The render extension: nice-plug's own, and a note of what was said for the block that comes.

use std::sync::atomic::Ordering;

use clap_sys::ext::render::{
    CLAP_EXT_RENDER, CLAP_RENDER_OFFLINE, clap_plugin_render, clap_plugin_render_mode,
};
use clap_sys::plugin::clap_plugin;

use super::shim::Shim;

/// What the host is given.
pub static RENDER: clap_plugin_render = clap_plugin_render {
    has_hard_realtime_requirement: Some(has_hard_realtime_requirement),
    set: Some(set),
};

unsafe extern "C" fn has_hard_realtime_requirement(plugin: *const clap_plugin) -> bool {
    // SAFETY: the host passes our pointer; the extension is of this type.
    unsafe {
        let shim = Shim::of(plugin);
        let inner = shim.inner_extension::<clap_plugin_render>(CLAP_EXT_RENDER);
        let ask = inner.and_then(|render| render.has_hard_realtime_requirement);
        ask.is_some_and(|ask| ask(shim.inner))
    }
}

unsafe extern "C" fn set(plugin: *const clap_plugin, mode: clap_plugin_render_mode) -> bool {
    // SAFETY: the host passes our pointer; the extension is of this type.
    unsafe {
        let shim = Shim::of(plugin);
        let is_offline = mode == CLAP_RENDER_OFFLINE;
        shim.is_offline.store(is_offline, Ordering::Release);
        let inner = shim.inner_extension::<clap_plugin_render>(CLAP_EXT_RENDER);
        let set = inner.and_then(|render| render.set);
        set.is_some_and(|set| set(shim.inner, mode))
    }
}
