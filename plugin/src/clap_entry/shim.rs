//! A `clap_plugin` in front of nice-plug's: same data pointer, so that every extension works unchanged;
//! `activate`, `process`, `destroy` and the loading of states are ours, and the word of
//! offline rendering passes by.

use std::ffi::{CStr, c_char, c_void};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use clap_sys::audio_buffer::clap_audio_buffer;
use clap_sys::ext::render::CLAP_EXT_RENDER;
use clap_sys::ext::state::{CLAP_EXT_STATE, clap_plugin_state};
use clap_sys::plugin::clap_plugin;
use clap_sys::process::{CLAP_PROCESS_ERROR, clap_process, clap_process_status};
use clap_sys::stream::{clap_istream, clap_ostream};
use nice_plug::prelude::AudioIOLayout;

use super::ordered::Ordered;
use super::render::RENDER;
use super::stream;
use crate::buses::Bus;

/// What the host holds; `clap` comes first, so that its address is the shim's.
#[repr(C)]
pub struct Shim {
    clap: clap_plugin,
    pub(super) inner: *const clap_plugin,
    /// The host said so since it last said otherwise.
    pub(super) is_offline: AtomicBool,
    buses: Mutex<Buses>,
}

struct Buses {
    max_frames: usize,
    ins: Side,
    outs: Side,
}

struct Side {
    buses: Vec<Bus>,
    raw: Vec<clap_audio_buffer>,
}

static STATE: clap_plugin_state = clap_plugin_state {
    save: Some(save),
    load: Some(load),
};

impl Shim {
    /// Puts a shim in front of `inner`; the host's `destroy` frees both.
    pub fn around(inner: *const clap_plugin, layout: &AudioIOLayout) -> *const clap_plugin {
        // SAFETY: `inner` is a complete plug-in structure.
        let original = unsafe { *inner };
        let shim = Shim {
            clap: clap_plugin {
                destroy: Some(destroy),
                activate: Some(activate),
                process: Some(process),
                get_extension: Some(get_extension),
                ..original
            },
            inner,
            is_offline: AtomicBool::new(false),
            buses: Mutex::new(Buses {
                max_frames: 0,
                ins: Side::new(Bus::side(
                    layout.main_input_channels,
                    layout.aux_input_ports,
                )),
                outs: Side::new(Bus::side(
                    layout.main_output_channels,
                    layout.aux_output_ports,
                )),
            }),
        };
        Box::into_raw(Box::new(shim)).cast_const().cast()
    }

    /// The shim that the host means.
    ///
    /// # Safety
    /// `plugin` came from [`Shim::around`] and was not destroyed.
    pub(super) unsafe fn of<'a>(plugin: *const clap_plugin) -> &'a Shim {
        // SAFETY: `clap` is the first member of a `repr(C)` structure.
        unsafe { &*plugin.cast::<Shim>() }
    }
    /// nice-plug's own extension.
    ///
    /// # Safety
    /// The extension is of type `T`.
    pub(super) unsafe fn inner_extension<T>(&self, id: &CStr) -> Option<&'static T> {
        // SAFETY: `inner` is alive, and so are its extensions.
        unsafe {
            let found = ((*self.inner).get_extension?)(self.inner, id.as_ptr());
            found.cast::<T>().as_ref()
        }
    }
}

impl Side {
    fn new(buses: Vec<Bus>) -> Side {
        let silent = clap_audio_buffer {
            data32: std::ptr::null_mut(),
            data64: std::ptr::null_mut(),
            channel_count: 0,
            latency: 0,
            constant_mask: 0,
        };
        Side {
            raw: vec![silent; buses.len()],
            buses,
        }
    }
    /// Completes what the host gave, and says which buses that was, a bit each.
    ///
    /// # Safety
    /// `host` is null or points to `count` buffers that are good for `frames` samples.
    unsafe fn complete(
        &mut self,
        host: *const clap_audio_buffer,
        count: usize,
        frames: usize,
    ) -> u32 {
        let mut whole_buses = 0;
        for (index, (bus, raw)) in self.buses.iter_mut().zip(&mut self.raw).enumerate() {
            // SAFETY: `index` is below `count`.
            let given = (!host.is_null() && index < count).then(|| unsafe { &*host.add(index) });
            let (data, channels) = given.map_or((std::ptr::null_mut(), 0), |g| {
                (g.data32, g.channel_count as usize)
            });
            if !data.is_null() && channels > 0 {
                whole_buses |= 1 << index;
            }
            raw.channel_count = bus.channels() as u32;
            raw.latency = given.map_or(0, |g| g.latency);
            // SAFETY: as promised by the caller.
            raw.data32 = unsafe { bus.point(data, channels, frames) };
        }
        whole_buses
    }
}

unsafe extern "C" fn destroy(plugin: *const clap_plugin) {
    if plugin.is_null() {
        return;
    }
    // SAFETY: the host destroys once; the box was made by `around`.
    let shim = unsafe { Box::from_raw(plugin.cast_mut().cast::<Shim>()) };
    // SAFETY: `inner` lives until its own `destroy`.
    unsafe {
        if let Some(destroy) = (*shim.inner).destroy {
            destroy(shim.inner);
        }
    }
}

unsafe extern "C" fn activate(plugin: *const clap_plugin, rate: f64, min: u32, max: u32) -> bool {
    // SAFETY: the host passes our pointer.
    let shim = unsafe { Shim::of(plugin) };
    if let Ok(mut buses) = shim.buses.lock() {
        let buses = &mut *buses;
        buses.max_frames = max as usize;
        for bus in buses.ins.buses.iter_mut().chain(&mut buses.outs.buses) {
            bus.reserve(max as usize);
        }
    }
    // SAFETY: `inner` is alive.
    unsafe {
        (*shim.inner)
            .activate
            .is_some_and(|activate| activate(shim.inner, rate, min, max))
    }
}

unsafe extern "C" fn process(
    plugin: *const clap_plugin,
    process: *const clap_process,
) -> clap_process_status {
    if process.is_null() {
        return CLAP_PROCESS_ERROR;
    }
    // SAFETY: the host passes our pointer and a complete structure.
    let (shim, mut whole) = unsafe { (Shim::of(plugin), *process) };
    // Only a host that activates and processes at once would be waited for: it gets an error instead.
    let Ok(mut buses) = shim.buses.try_lock() else {
        return CLAP_PROCESS_ERROR;
    };
    let frames = whole.frames_count as usize;
    if frames > buses.max_frames {
        return CLAP_PROCESS_ERROR;
    }
    // SAFETY: the host's buffers are good for the block.
    unsafe {
        buses.ins.complete(
            whole.audio_inputs,
            whole.audio_inputs_count as usize,
            frames,
        );
        let given = buses.outs.complete(
            whole.audio_outputs,
            whole.audio_outputs_count as usize,
            frames,
        );
        crate::buses::set_given(given);
    }
    crate::rendering::set_offline(shim.is_offline.load(Ordering::Acquire));
    let (host, count) = (whole.audio_outputs, whole.audio_outputs_count as usize);
    whole.audio_inputs = buses.ins.raw.as_ptr();
    whole.audio_inputs_count = buses.ins.raw.len() as u32;
    whole.audio_outputs = buses.outs.raw.as_mut_ptr();
    whole.audio_outputs_count = buses.outs.raw.len() as u32;
    let ordered = Ordered::new(whole.out_events);
    let events = ordered.list();
    if !whole.out_events.is_null() {
        whole.out_events = &raw const events;
    }
    // SAFETY: `inner` is alive and `whole` complete.
    let status = unsafe {
        (*shim.inner)
            .process
            .map_or(CLAP_PROCESS_ERROR, |run| run(shim.inner, &whole))
    };
    if !host.is_null() {
        for index in 0..count.min(buses.outs.raw.len()) {
            // SAFETY: `index` is below the host's count.
            unsafe { (*host.add(index)).constant_mask = 0 };
        }
    }
    status
}

unsafe extern "C" fn get_extension(plugin: *const clap_plugin, id: *const c_char) -> *const c_void {
    // SAFETY: the host passes a C string or null.
    let named = (!id.is_null()).then(|| unsafe { CStr::from_ptr(id) });
    if named == Some(CLAP_EXT_STATE) {
        return (&raw const STATE).cast();
    }
    if named == Some(CLAP_EXT_RENDER) {
        return (&raw const RENDER).cast();
    }
    // SAFETY: the host passes our pointer; `inner` is alive.
    unsafe {
        let inner = Shim::of(plugin).inner;
        (*inner)
            .get_extension
            .map_or(std::ptr::null(), |get| get(inner, id))
    }
}

/// nice-plug's own state extension.
unsafe fn inner_state(shim: &Shim) -> Option<&'static clap_plugin_state> {
    // SAFETY: that is the extension's type.
    unsafe { shim.inner_extension(CLAP_EXT_STATE) }
}

unsafe extern "C" fn save(plugin: *const clap_plugin, stream: *const clap_ostream) -> bool {
    // SAFETY: the host passes our pointer and a stream.
    unsafe {
        let shim = Shim::of(plugin);
        match inner_state(shim).and_then(|state| state.save) {
            Some(save) => save(shim.inner, stream),
            None => false,
        }
    }
}

unsafe extern "C" fn load(plugin: *const clap_plugin, stream: *const clap_istream) -> bool {
    if stream.is_null() {
        return false;
    }
    // SAFETY: the host passes our pointer and a stream.
    unsafe {
        let shim = Shim::of(plugin);
        let Some(load) = inner_state(shim).and_then(|state| state.load) else {
            return false;
        };
        let Some(bytes) = stream::read_all(&*stream) else {
            return false;
        };
        let mended = crate::state::mend::mend(stream::without_length(&bytes));
        let mut whole = stream::Memory::with_length(&mended.json);
        // Defaults are loaded and the editor says so; the host hears that nothing was restored.
        load(shim.inner, &whole.as_stream()) && mended.ours
    }
}
