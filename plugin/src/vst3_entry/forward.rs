//! What the shim leaves to the wrapper: every call of every interface but those in [`super::processor`], and
//! the loading of a state, which is mended first; the host's handler is also asked how to mark a project.

use nice_plug::prelude::Vst3Plugin;
use nice_plug::wrapper::vst3::Wrapper;
use nice_plug::wrapper::vst3::vst3::Steinberg::{self, Vst::*, *};
use nice_plug::wrapper::vst3::vst3::{ComRef, ComWrapper};

use super::shim::Shim;
use super::stream;
use crate::project::Mark;

/// Methods of a trait that call the wrapper's.
macro_rules! forward { ($tr:path; $($f:ident($($a:ident: $t:ty),*) $(-> $r:ty)?;)*) => { $(
    #[allow(non_snake_case)] unsafe fn $f(&self $(, $a: $t)*) $(-> $r)? {
        // SAFETY: passed on as the host gave it.
        unsafe { <Wrapper<P> as $tr>::$f(&self.wrapper $(, $a)*) }
     }
)* } }
impl<P: Vst3Plugin> IPluginBaseTrait for Shim<P> {
    forward! { IPluginBaseTrait; terminate() -> tresult; }
    unsafe fn initialize(&self, context: *mut FUnknown) -> tresult {
        // SAFETY: the host gives an object or null, and the name's room lives through the call.
        unsafe {
            let host = ComRef::from_raw(context).and_then(|host| host.cast::<IHostApplication>());
            let mut name: String128 = [0; 128];
            if host.is_some_and(|host| host.getName(&mut name) == kResultOk) {
                let letters = name.iter().copied();
                let letters: Vec<u16> = letters.take_while(|unit| *unit != 0).collect();
                crate::daw::told(&String::from_utf16_lossy(&letters));
            }
            <Wrapper<P> as IPluginBaseTrait>::initialize(&self.wrapper, context)
        }
    }
}
impl<P: Vst3Plugin> IComponentTrait for Shim<P> {
    forward! { IComponentTrait;
        getControllerClassId(a: *mut TUID) -> tresult; setIoMode(a: IoMode) -> tresult; getBusCount(a: MediaType, b: BusDirection) -> int32;
        getBusInfo(a: MediaType, b: BusDirection, c: int32, d: *mut BusInfo) -> tresult; getRoutingInfo(a: *mut RoutingInfo, b: *mut RoutingInfo) -> tresult;
        activateBus(a: MediaType, b: BusDirection, c: int32, d: TBool) -> tresult; setActive(a: TBool) -> tresult;
        getState(a: *mut IBStream) -> tresult;
    }
    #[allow(non_snake_case)]
    unsafe fn setState(&self, state: *mut IBStream) -> tresult {
        // SAFETY: the host gives a stream or null.
        let Some(host) = (unsafe { ComRef::from_raw(state) }) else {
            return kInvalidArgument;
        };
        let mended = crate::state::mend::mend(&stream::read_all(host));
        let memory = ComWrapper::new(stream::Memory::new(mended.json));
        let Some(stream) = memory.as_com_ref::<IBStream>() else {
            return kResultFalse;
        };
        self.pending.forget();
        // SAFETY: the stream lives until the end of this call.
        unsafe { <Wrapper<P> as IComponentTrait>::setState(&self.wrapper, stream.as_ptr()) }
    }
}
impl<P: Vst3Plugin> Shim<P> {
    /// Steps of a parameter; 0 for one that moves smoothly.
    fn steps(&self, id: ParamID) -> i32 {
        let all = self.steps.get_or_init(|| {
            // SAFETY: plain data that the wrapper fills; the index is in range.
            let one = |index| unsafe {
                let mut info: ParameterInfo = std::mem::zeroed();
                self.wrapper.getParameterInfo(index, &mut info);
                (info.id, info.stepCount)
            };
            // SAFETY: asks for a number only.
            (0..unsafe { self.wrapper.getParameterCount() })
                .map(one)
                .collect()
        });
        all.get(&id).copied().unwrap_or(0)
    }
}
impl<P: Vst3Plugin> IEditControllerTrait for Shim<P> {
    forward! { IEditControllerTrait;
        setComponentState(a: *mut IBStream) -> tresult; setState(a: *mut IBStream) -> tresult; getState(a: *mut IBStream) -> tresult;
        getParameterCount() -> int32; getParameterInfo(a: int32, b: *mut ParameterInfo) -> tresult;
        getParamStringByValue(a: ParamID, b: ParamValue, c: *mut String128) -> tresult; getParamValueByString(a: ParamID, b: *mut TChar, c: *mut ParamValue) -> tresult;
        normalizedParamToPlain(a: ParamID, b: ParamValue) -> ParamValue; plainParamToNormalized(a: ParamID, b: ParamValue) -> ParamValue;
        createView(a: FIDString) -> *mut IPlugView;
    }
    /// Reads what was set last, also while blocks run.
    #[allow(non_snake_case)]
    unsafe fn getParamNormalized(&self, id: ParamID) -> ParamValue {
        self.pending
            .value(id)
            // SAFETY: passed on as the host gave it.
            .unwrap_or_else(|| unsafe { self.wrapper.getParamNormalized(id) })
    }
    #[allow(non_snake_case)]
    unsafe fn setParamNormalized(&self, id: ParamID, value: ParamValue) -> tresult {
        // SAFETY: passed on as the host gave it.
        unsafe {
            let result = self.wrapper.setParamNormalized(id, value);
            let value = match self.steps(id) {
                0 => value,
                steps => (value * f64::from(steps)).round() / f64::from(steps),
            };
            if result == kResultOk && self.wrapper.getParamNormalized(id) != value {
                self.pending.keep(id, value);
            }
            result
        }
    }
    #[allow(non_snake_case)]
    unsafe fn setComponentHandler(&self, handler: *mut IComponentHandler) -> tresult {
        // SAFETY: the host gives a handler or null.
        self.project
            .set_mark(unsafe { ComRef::from_raw(handler) }.and_then(mark));
        // SAFETY: passed on as the host gave it.
        unsafe { <Wrapper<P> as IEditControllerTrait>::setComponentHandler(&self.wrapper, handler) }
    }
}
impl<P: Vst3Plugin> IMidiMappingTrait for Shim<P> {
    forward! { IMidiMappingTrait; getMidiControllerAssignment(a: int32, b: int16, c: CtrlNumber, d: *mut ParamID) -> tresult; }
}
impl<P: Vst3Plugin> INoteExpressionControllerTrait for Shim<P> {
    forward! { INoteExpressionControllerTrait;
        getNoteExpressionCount(a: int32, b: int16) -> int32; getNoteExpressionInfo(a: int32, b: int16, c: int32, d: *mut NoteExpressionTypeInfo) -> tresult;
        getNoteExpressionStringByValue(a: int32, b: int16, c: NoteExpressionTypeID, d: NoteExpressionValue, e: *mut String128) -> tresult;
        getNoteExpressionValueByString(a: int32, b: int16, c: NoteExpressionTypeID, d: *const TChar, e: *mut NoteExpressionValue) -> tresult;
    }
}
impl<P: Vst3Plugin> IProcessContextRequirementsTrait for Shim<P> {
    forward! { IProcessContextRequirementsTrait; getProcessContextRequirements() -> uint32; }
}
impl<P: Vst3Plugin> IUnitInfoTrait for Shim<P> {
    forward! { IUnitInfoTrait;
        getUnitCount() -> int32; getUnitInfo(a: int32, b: *mut UnitInfo) -> tresult; getProgramListCount() -> int32; getProgramListInfo(a: int32, b: *mut ProgramListInfo) -> tresult;
        getProgramName(a: ProgramListID, b: int32, c: *mut String128) -> tresult; getProgramInfo(a: ProgramListID, b: int32, c: Steinberg::Vst::CString, d: *mut String128) -> tresult;
        hasProgramPitchNames(a: ProgramListID, b: int32) -> tresult; getProgramPitchName(a: ProgramListID, b: int32, c: int16, d: *mut String128) -> tresult;
        getSelectedUnit() -> UnitID; selectUnit(a: UnitID) -> tresult; getUnitByBus(a: MediaType, b: BusDirection, c: int32, d: int32, e: *mut UnitID) -> tresult;
        setUnitProgramData(a: int32, b: int32, c: *mut IBStream) -> tresult;
    }
}
impl<P: Vst3Plugin> ChannelContext::IInfoListenerTrait for Shim<P> {
    forward! { ChannelContext::IInfoListenerTrait; setChannelContextInfos(a: *mut IAttributeList) -> tresult; }
}

/// How a host marks its project as changed; hosts of the first VST3 have no word for it.
fn mark(handler: ComRef<'_, IComponentHandler>) -> Option<Mark> {
    let handler = handler.cast::<IComponentHandler2>()?;
    Some(Box::new(move || {
        // SAFETY: a counted reference; on the host's main thread, see `Project::tell`.
        unsafe { handler.setDirty(1) };
    }))
}

pub(super) use forward;

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use nice_plug::wrapper::vst3::vst3::Class;

    use super::*;

    struct Handler(Arc<AtomicU32>);
    impl Class for Handler {
        type Interfaces = (IComponentHandler, IComponentHandler2);
    }
    #[allow(non_snake_case)]
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
    #[allow(non_snake_case)]
    impl IComponentHandler2Trait for Handler {
        unsafe fn setDirty(&self, state: TBool) -> tresult {
            self.0.fetch_add(u32::from(state != 0), Ordering::Relaxed);
            kResultOk
        }
        unsafe fn requestOpenEditor(&self, _: FIDString) -> tresult {
            kResultFalse
        }
        unsafe fn startGroupEdit(&self) -> tresult {
            kResultFalse
        }
        unsafe fn finishGroupEdit(&self) -> tresult {
            kResultFalse
        }
    }

    #[test]
    fn a_changed_song_makes_the_hosts_project_dirty_until_the_handler_goes() {
        let dirty = Arc::new(AtomicU32::new(0));
        let handler = ComWrapper::new(Handler(dirty.clone()));
        let shim = Shim::<crate::MuseAroo>::new();
        let pointer = handler.to_com_ptr::<IComponentHandler>().unwrap();
        // SAFETY: the handler lives until the end of the test.
        unsafe { shim.setComponentHandler(pointer.as_ptr()) };
        shim.project.tell();
        assert_eq!(dirty.load(Ordering::Relaxed), 0);
        shim.project.changed();
        shim.project.tell();
        assert_eq!(dirty.load(Ordering::Relaxed), 1);
        // SAFETY: null takes the handler away.
        unsafe { shim.setComponentHandler(std::ptr::null_mut()) };
        shim.project.changed();
        shim.project.tell();
        assert_eq!(dirty.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_a_host_sets_while_blocks_run_is_read_back_at_once_in_steps() {
        let shim = Shim::<crate::MuseAroo>::new();
        // SAFETY: every pointer lives through its call.
        unsafe {
            let mut info: ParameterInfo = std::mem::zeroed();
            assert_eq!(shim.getParameterInfo(0, &mut info), kResultOk);
            assert_eq!(info.stepCount, 1, "bypass comes first");
            shim.setProcessing(1);
            assert_eq!(shim.setParamNormalized(info.id, 0.9), kResultOk);
            assert_eq!(shim.getParamNormalized(info.id), 1.0);
            // No block brought it.
            shim.pending.block();
            assert_eq!(shim.getParamNormalized(info.id), 0.0);
        }
    }
}
