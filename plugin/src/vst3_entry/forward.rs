//! What the shim leaves to the wrapper: every call of every interface but those in [`super::processor`], and
//! the loading of a state, which is mended first.

use nice_plug::prelude::Vst3Plugin;
use nice_plug::wrapper::vst3::Wrapper;
use nice_plug::wrapper::vst3::vst3::Steinberg::{self, Vst::*, *};
use nice_plug::wrapper::vst3::vst3::{ComRef, ComWrapper};

use super::shim::Shim;
use super::stream;

/// Methods of a trait that call the wrapper's.
macro_rules! forward { ($tr:path; $($f:ident($($a:ident: $t:ty),*) $(-> $r:ty)?;)*) => { $(
    #[allow(non_snake_case)] unsafe fn $f(&self $(, $a: $t)*) $(-> $r)? {
        // SAFETY: passed on as the host gave it.
        unsafe { <Wrapper<P> as $tr>::$f(&self.wrapper $(, $a)*) }
     }
)* } }
impl<P: Vst3Plugin> IPluginBaseTrait for Shim<P> {
    forward! { IPluginBaseTrait; initialize(c: *mut FUnknown) -> tresult; terminate() -> tresult; }
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
        // SAFETY: the stream lives until the end of this call.
        unsafe { <Wrapper<P> as IComponentTrait>::setState(&self.wrapper, stream.as_ptr()) }
    }
}
impl<P: Vst3Plugin> IEditControllerTrait for Shim<P> {
    forward! { IEditControllerTrait;
        setComponentState(a: *mut IBStream) -> tresult; setState(a: *mut IBStream) -> tresult; getState(a: *mut IBStream) -> tresult;
        getParameterCount() -> int32; getParameterInfo(a: int32, b: *mut ParameterInfo) -> tresult;
        getParamStringByValue(a: ParamID, b: ParamValue, c: *mut String128) -> tresult; getParamValueByString(a: ParamID, b: *mut TChar, c: *mut ParamValue) -> tresult;
        normalizedParamToPlain(a: ParamID, b: ParamValue) -> ParamValue; plainParamToNormalized(a: ParamID, b: ParamValue) -> ParamValue;
        getParamNormalized(a: ParamID) -> ParamValue; setParamNormalized(a: ParamID, b: ParamValue) -> tresult;
        setComponentHandler(a: *mut IComponentHandler) -> tresult; createView(a: FIDString) -> *mut IPlugView;
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

pub(super) use forward;
