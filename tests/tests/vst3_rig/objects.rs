//! The host's objects that a VST3 plug-in calls: parameter queues, event lists, streams, handlers.

use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::null_mut;

use vst3::Steinberg::Vst::*;
use vst3::Steinberg::*;
use vst3::{Class, ComWrapper};

/// Points of one parameter in a block: (frame, normalised value).
pub struct Queue(pub u32, pub Vec<(i32, f64)>);

impl Class for Queue {
    type Interfaces = (IParamValueQueue,);
}

impl IParamValueQueueTrait for Queue {
    unsafe fn getParameterId(&self) -> u32 {
        self.0
    }
    unsafe fn getPointCount(&self) -> i32 {
        self.1.len() as i32
    }
    unsafe fn getPoint(&self, index: i32, offset: *mut i32, value: *mut f64) -> tresult {
        let Some(point) = self.1.get(index as usize) else {
            return kInvalidArgument;
        };
        // SAFETY: the plug-in gives places for both.
        unsafe {
            *offset = point.0;
            *value = point.1;
        }
        kResultOk
    }
    unsafe fn addPoint(&self, _: i32, _: f64, _: *mut i32) -> tresult {
        kResultFalse
    }
}

/// Changes of a block.
pub struct Changes(pub Vec<ComWrapper<Queue>>);

impl Class for Changes {
    type Interfaces = (IParameterChanges,);
}

impl IParameterChangesTrait for Changes {
    unsafe fn getParameterCount(&self) -> i32 {
        self.0.len() as i32
    }
    unsafe fn getParameterData(&self, index: i32) -> *mut IParamValueQueue {
        let queue = self
            .0
            .get(index as usize)
            .and_then(|q| q.as_com_ref::<IParamValueQueue>());
        queue.map_or(null_mut(), |q| q.as_ptr())
    }
    unsafe fn addParameterData(&self, _: *const u32, _: *mut i32) -> *mut IParamValueQueue {
        null_mut()
    }
}

/// Events of a block.
pub struct Events(pub RefCell<Vec<Event>>);

impl Class for Events {
    type Interfaces = (IEventList,);
}

impl IEventListTrait for Events {
    unsafe fn getEventCount(&self) -> i32 {
        self.0.borrow().len() as i32
    }
    unsafe fn getEvent(&self, index: i32, event: *mut Event) -> tresult {
        let Some(found) = self.0.borrow().get(index as usize).copied() else {
            return kInvalidArgument;
        };
        // SAFETY: the plug-in gives a place for it.
        unsafe { *event = found };
        kResultOk
    }
    unsafe fn addEvent(&self, event: *mut Event) -> tresult {
        // SAFETY: the plug-in gives an event.
        self.0.borrow_mut().push(unsafe { *event });
        kResultOk
    }
}

/// Bytes and a place in them.
pub struct Stream(pub RefCell<(Vec<u8>, usize)>);

impl Class for Stream {
    type Interfaces = (IBStream,);
}

impl IBStreamTrait for Stream {
    unsafe fn read(&self, buffer: *mut c_void, count: i32, done: *mut i32) -> tresult {
        let mut own = self.0.borrow_mut();
        let (bytes, at) = &mut *own;
        let size = (bytes.len() - *at).min(count.max(0) as usize);
        // SAFETY: the plug-in's buffer holds `count` bytes.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr().add(*at), buffer as *mut u8, size);
            if !done.is_null() {
                *done = size as i32;
            }
        }
        *at += size;
        kResultOk
    }
    unsafe fn write(&self, buffer: *mut c_void, count: i32, done: *mut i32) -> tresult {
        let mut own = self.0.borrow_mut();
        // SAFETY: the plug-in's buffer holds `count` bytes.
        unsafe {
            own.0.extend_from_slice(std::slice::from_raw_parts(
                buffer as *const u8,
                count.max(0) as usize,
            ));
            if !done.is_null() {
                *done = count;
            }
        }
        own.1 = own.0.len();
        kResultOk
    }
    unsafe fn seek(&self, position: i64, mode: i32, result: *mut i64) -> tresult {
        let mut own = self.0.borrow_mut();
        let from = [0, own.1 as i64, own.0.len() as i64][mode.clamp(0, 2) as usize];
        own.1 = (from + position).clamp(0, own.0.len() as i64) as usize;
        if !result.is_null() {
            // SAFETY: checked.
            unsafe { *result = own.1 as i64 };
        }
        kResultOk
    }
    unsafe fn tell(&self, position: *mut i64) -> tresult {
        // SAFETY: the plug-in gives a place for it.
        unsafe { *position = self.0.borrow().1 as i64 };
        kResultOk
    }
}

/// Hears of edits.
pub struct Handler;

impl Class for Handler {
    type Interfaces = (IComponentHandler,);
}

impl IComponentHandlerTrait for Handler {
    unsafe fn beginEdit(&self, _: u32) -> tresult {
        kResultOk
    }
    unsafe fn performEdit(&self, _: u32, _: f64) -> tresult {
        kResultOk
    }
    unsafe fn endEdit(&self, _: u32) -> tresult {
        kResultOk
    }
    unsafe fn restartComponent(&self, _: i32) -> tresult {
        kResultOk
    }
}

/// Says who hosts: its name.
pub struct Application(pub String);

impl Class for Application {
    type Interfaces = (IHostApplication,);
}

impl IHostApplicationTrait for Application {
    unsafe fn getName(&self, name: *mut String128) -> tresult {
        // SAFETY: the plug-in gives a place for it.
        let place = unsafe { &mut *name };
        place.fill(0);
        // The last unit stays 0: it ends the name.
        let room = place.len() - 1;
        for (unit, letter) in place[..room].iter_mut().zip(self.0.encode_utf16()) {
            *unit = letter;
        }
        kResultOk
    }
    unsafe fn createInstance(&self, _: *mut TUID, _: *mut TUID, _: *mut *mut c_void) -> tresult {
        kResultFalse
    }
}
