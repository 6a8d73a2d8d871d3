//! The factory of one plug-in: its descriptor, and instances behind their shims.

use std::ffi::{CStr, c_char, c_void};
use std::sync::{Arc, OnceLock};

use clap_sys::ext::state::{CLAP_EXT_STATE, clap_host_state};
use nice_plug::wrapper::clap::{
    CLAP_PLUGIN_FACTORY_ID, ClapPlugin, PluginDescriptor, Wrapper, clap_host, clap_plugin,
    clap_plugin_descriptor, clap_plugin_factory,
};
use nice_plug::wrapper::setup_logger;

use super::shim::Shim;
use crate::project::Project;

/// What the factory of the exported plug-in knows; set by [`init`].
struct Exported {
    descriptor: PluginDescriptor,
    create: fn(*const clap_host) -> *const clap_plugin,
}

static EXPORTED: OnceLock<Exported> = OnceLock::new();

static FACTORY: clap_plugin_factory = clap_plugin_factory {
    get_plugin_count: Some(get_plugin_count),
    get_plugin_descriptor: Some(get_plugin_descriptor),
    create_plugin: Some(create_plugin),
};

/// Called by the host once the library is loaded.
pub extern "C" fn init<P: ClapPlugin>(_path: *const c_char) -> bool {
    if !crate::machine::suits() {
        return false;
    }
    setup_logger::<P>();
    EXPORTED.get_or_init(|| Exported {
        descriptor: PluginDescriptor::for_plugin::<P>(),
        create: create::<P>,
    });
    true
}

/// Called by the host before it unloads the library.
pub extern "C" fn deinit() {}

/// Gives the host the plug-in factory.
///
/// # Safety
/// `id` is null or a C string.
pub unsafe extern "C" fn get_factory(id: *const c_char) -> *const c_void {
    // SAFETY: as promised by the caller.
    if !id.is_null() && unsafe { CStr::from_ptr(id) } == CLAP_PLUGIN_FACTORY_ID {
        (&raw const FACTORY).cast()
    } else {
        std::ptr::null()
    }
}

unsafe extern "C" fn get_plugin_count(_: *const clap_plugin_factory) -> u32 {
    u32::from(EXPORTED.get().is_some())
}

unsafe extern "C" fn get_plugin_descriptor(
    _: *const clap_plugin_factory,
    index: u32,
) -> *const clap_plugin_descriptor {
    match EXPORTED.get() {
        Some(exported) if index == 0 => exported.descriptor.clap_plugin_descriptor(),
        _ => std::ptr::null(),
    }
}

unsafe extern "C" fn create_plugin(
    _: *const clap_plugin_factory,
    host: *const clap_host,
    id: *const c_char,
) -> *const clap_plugin {
    let Some(exported) = EXPORTED.get() else {
        return std::ptr::null();
    };
    // SAFETY: the host passes a C string or null.
    if host.is_null()
        || id.is_null()
        || unsafe { CStr::from_ptr(id) } != exported.descriptor.clap_id()
    {
        return std::ptr::null();
    }
    // SAFETY: the host's own structure, with a name that is a C string or null.
    let name = unsafe { (*host).name };
    if !name.is_null() {
        // SAFETY: see above.
        crate::daw::told(&unsafe { CStr::from_ptr(name) }.to_string_lossy());
    }
    (exported.create)(host)
}

fn create<P: ClapPlugin>(host: *const clap_host) -> *const clap_plugin {
    const { assert!(P::AUDIO_IO_LAYOUTS.len() == 1, "the shim knows one layout") };
    let project = Arc::new(Project::default());
    let marked = Host(host);
    project.set_mark(Some(Box::new(move || marked.mark_dirty())));
    // The wrapper's own `destroy` turns this pointer back into an `Arc`.
    // SAFETY: the pointer comes from a live `Arc` and its plug-in structure lives as long.
    let inner = unsafe {
        (*Arc::into_raw(project.around(|| Wrapper::<P>::new(host))))
            .clap_plugin
            .as_ptr()
    };
    Shim::around(inner, &P::AUDIO_IO_LAYOUTS[0])
}

/// The host of an instance; it outlives the instance.
struct Host(*const clap_host);

// SAFETY: only called on the host's main thread, see `Project::tell`.
unsafe impl Send for Host {}

impl Host {
    /// Marks the host's project as changed, if it has a word for that.
    fn mark_dirty(&self) {
        // SAFETY: the host is alive and gives a complete structure or null.
        unsafe {
            let Some(get) = (*self.0).get_extension else {
                return;
            };
            let state = get(self.0, CLAP_EXT_STATE.as_ptr()).cast::<clap_host_state>();
            if let Some(mark) = state.as_ref().and_then(|state| state.mark_dirty) {
                mark(self.0);
            }
        }
    }
}
