//! The class factory of one plug-in.

use std::ffi::c_void;
use std::marker::PhantomData;

use nice_plug::prelude::Vst3Plugin;
use nice_plug::wrapper::vst3::PluginInfo;
use nice_plug::wrapper::vst3::vst3::Steinberg::*;
use nice_plug::wrapper::vst3::vst3::{Class, ComWrapper};

use super::shim::Shim;

/// Lists one class and makes instances of it.
pub struct Factory<P: Vst3Plugin>(PluginInfo, PhantomData<fn() -> P>);
impl<P: Vst3Plugin> Class for Factory<P> {
    type Interfaces = (IPluginFactory, IPluginFactory2, IPluginFactory3);
}
impl<P: Vst3Plugin> Factory<P> {
    /// A new factory that the host owns; null would mean that a factory is none, which it is.
    pub fn raw() -> *mut c_void {
        ComWrapper::new(Self(PluginInfo::for_plugin::<P>(), PhantomData))
            .to_com_ptr::<IPluginFactory>()
            .map_or(std::ptr::null_mut(), |factory| factory.into_raw().cast())
    }
}
/// Fills in the host's structure for the one class.
macro_rules! put {
    ($i:expr, $p:expr, $v:expr) => {
        if $i != 0 || $p.is_null() {
            kInvalidArgument
        } else {
            // SAFETY: not null, and the host's to be filled.
            unsafe {
                *$p = $v;
            }
            kResultOk
        }
    };
}
#[allow(non_snake_case)]
impl<P: Vst3Plugin> IPluginFactoryTrait for Factory<P> {
    unsafe fn getFactoryInfo(&self, p: *mut PFactoryInfo) -> tresult {
        put!(0, p, self.0.create_factory_info())
    }
    unsafe fn countClasses(&self) -> int32 {
        1
    }
    unsafe fn getClassInfo(&self, i: int32, p: *mut PClassInfo) -> tresult {
        put!(i, p, self.0.create_class_info())
    }
    unsafe fn createInstance(
        &self,
        cid: FIDString,
        iid: FIDString,
        obj: *mut *mut c_void,
    ) -> tresult {
        // SAFETY: the host gives ids of 16 bytes and a place for the object, or null.
        unsafe {
            if cid.is_null() || obj.is_null() || *(cid as *const [u8; 16]) != *self.0.cid {
                return kInvalidArgument;
            }
            let instance = ComWrapper::new(Shim::<P>::new());
            let Some(unknown) = instance.as_com_ref::<FUnknown>() else {
                return kResultFalse;
            };
            let unknown = unknown.as_ptr();
            ((*(*unknown).vtbl).queryInterface)(unknown, iid as *const TUID, obj)
        }
    }
}
#[allow(non_snake_case)]
impl<P: Vst3Plugin> IPluginFactory2Trait for Factory<P> {
    unsafe fn getClassInfo2(&self, i: int32, p: *mut PClassInfo2) -> tresult {
        put!(i, p, self.0.create_class_info_2())
    }
}
#[allow(non_snake_case)]
impl<P: Vst3Plugin> IPluginFactory3Trait for Factory<P> {
    unsafe fn getClassInfoUnicode(&self, i: int32, p: *mut PClassInfoW) -> tresult {
        put!(i, p, self.0.create_class_info_unicode())
    }
    unsafe fn setHostContext(&self, _c: *mut FUnknown) -> tresult {
        kResultOk
    }
}
