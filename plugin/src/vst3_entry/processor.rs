//! The calls about buses and blocks that the wrapper gets wrong.

use std::num::NonZeroU32;

use nice_plug::prelude::Vst3Plugin;
use nice_plug::wrapper::vst3::Wrapper;
use nice_plug::wrapper::vst3::vst3::Steinberg::Vst::*;
use nice_plug::wrapper::vst3::vst3::Steinberg::*;

use super::forward::forward;
use super::shim::Shim;

#[allow(non_snake_case)]
impl<P: Vst3Plugin> IAudioProcessorTrait for Shim<P> {
    forward! { IAudioProcessorTrait;
        getBusArrangement(a: BusDirection, b: int32, c: *mut SpeakerArrangement) -> tresult;
        canProcessSampleSize(a: int32) -> tresult;
        getLatencySamples() -> uint32;
        setProcessing(a: TBool) -> tresult;
        getTailSamples() -> uint32;
    }

    /// Takes the declared layout, with any stem left without channels.
    unsafe fn setBusArrangements(
        &self,
        ins: *mut SpeakerArrangement,
        n_in: int32,
        outs: *mut SpeakerArrangement,
        n_out: int32,
    ) -> tresult {
        let layout = Self::LAYOUT;
        // SAFETY: the host gives as many arrangements as it says.
        let fits = unsafe {
            takes(
                ins,
                n_in,
                layout.main_input_channels,
                layout.aux_input_ports,
            ) && takes(
                outs,
                n_out,
                layout.main_output_channels,
                layout.aux_output_ports,
            )
        };
        if fits { kResultOk } else { kResultFalse }
    }

    /// Makes room for the longest block.
    unsafe fn setupProcessing(&self, setup: *mut ProcessSetup) -> tresult {
        if setup.is_null() {
            return kInvalidArgument;
        }
        // SAFETY: not null, and the host's for the length of the call.
        unsafe {
            if let Ok(mut buses) = self.buses.lock() {
                buses.max_frames = (*setup).maxSamplesPerBlock.max(0) as usize;
                let frames = buses.max_frames;
                buses.ins.reserve(frames);
                buses.outs.reserve(frames);
            }
            // nice-plug 0.4.2 stores the mode after it builds the setting that the mode belongs in: the
            // second call sees it.
            <Wrapper<P> as IAudioProcessorTrait>::setupProcessing(&self.wrapper, setup);
            <Wrapper<P> as IAudioProcessorTrait>::setupProcessing(&self.wrapper, setup)
        }
    }

    /// Runs a block with complete buses; a call without samples or without outputs only carries parameters.
    unsafe fn process(&self, data: *mut ProcessData) -> tresult {
        if data.is_null() {
            return kInvalidArgument;
        }
        self.pending.block();
        // Only a host that sets up and processes at once would be waited for: it gets an error instead.
        let Ok(mut buses) = self.buses.try_lock() else {
            return kResultFalse;
        };
        // SAFETY: not null, and the host's for the length of the call.
        let mut whole = unsafe { *data };
        let frames = whole.numSamples.max(0) as usize;
        if frames > buses.max_frames {
            return kInvalidArgument;
        }
        if frames == 0 || whole.numOutputs < 1 || whole.outputs.is_null() {
            (whole.numOutputs, whole.outputs) = (0, std::ptr::null_mut());
            (whole.numInputs, whole.inputs) = (0, std::ptr::null_mut());
            // SAFETY: as the host gave it, without buses.
            return unsafe {
                <Wrapper<P> as IAudioProcessorTrait>::process(&self.wrapper, &mut whole)
            };
        }
        crate::rendering::set_offline(whole.processMode == ProcessModes_::kOffline as int32);
        let (host, count) = (whole.outputs, whole.numOutputs);
        // SAFETY: the host's buses are good for the block.
        unsafe {
            buses.ins.complete(whole.inputs, whole.numInputs, frames);
            let given = buses.outs.complete(host, count, frames);
            crate::buses::set_given(given);
        }
        whole.inputs = buses.ins.raw.as_mut_ptr();
        whole.numInputs = buses.ins.raw.len() as i32;
        whole.outputs = buses.outs.raw.as_mut_ptr();
        whole.numOutputs = buses.outs.raw.len() as i32;
        // SAFETY: complete buses, and the rest as the host gave it.
        let result =
            unsafe { <Wrapper<P> as IAudioProcessorTrait>::process(&self.wrapper, &mut whole) };
        for index in 0..(count as usize).min(buses.outs.raw.len()) {
            // SAFETY: `index` is below the host's count.
            unsafe { (*host.add(index)).silenceFlags = buses.outs.raw[index].silenceFlags };
        }
        result
    }
}

/// Whether a host's arrangements are the declared ones, where an auxiliary bus may be left empty.
///
/// # Safety
/// `arrangements` is null or points to `count` of them.
unsafe fn takes(
    arrangements: *const SpeakerArrangement,
    count: int32,
    main: Option<NonZeroU32>,
    aux: &[NonZeroU32],
) -> bool {
    let declared = main
        .iter()
        .map(|c| (c, true))
        .chain(aux.iter().map(|c| (c, false)));
    if count as usize != main.iter().count() + aux.len() || (count > 0 && arrangements.is_null()) {
        return false;
    }
    declared.enumerate().all(|(index, (channels, is_main))| {
        // SAFETY: `index` is below `count`.
        let given = unsafe { *arrangements.add(index) }.count_ones();
        given == channels.get() || (!is_main && given == 0)
    })
}
