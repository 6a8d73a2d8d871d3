//! The object that a VST3 host holds.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, OnceLock};

use nice_plug::prelude::{AudioIOLayout, Vst3Plugin};
use nice_plug::wrapper::vst3::Wrapper;
use nice_plug::wrapper::vst3::vst3::Class;
use nice_plug::wrapper::vst3::vst3::Steinberg::Vst::{
    AudioBusBuffers, AudioBusBuffers__type0, ChannelContext, IAudioProcessor, IComponent,
    IEditController, IMidiMapping, INoteExpressionController, IProcessContextRequirements,
    IUnitInfo,
};

use super::pending::Pending;
use crate::buses::Bus;
use crate::project::Project;

/// One instance: the wrapper, and complete buses for it.
pub struct Shim<P: Vst3Plugin> {
    pub(super) wrapper: Wrapper<P>,
    pub(super) buses: Mutex<Buses>,
    pub(super) pending: Pending,
    /// Steps of each parameter by id, read once on the host's main thread.
    pub(super) steps: OnceLock<HashMap<u32, i32>>,
    pub(super) project: Arc<Project>,
}

/// Both directions, ready for blocks of up to `max_frames`.
pub struct Buses {
    pub(super) max_frames: usize,
    pub(super) ins: Side,
    pub(super) outs: Side,
}

/// The buses of one direction.
pub struct Side {
    pub(super) buses: Vec<Bus>,
    pub(super) raw: Vec<AudioBusBuffers>,
}

// SAFETY: `raw` is scratch of one call, written before it is read.
unsafe impl Send for Side {}

impl Side {
    /// Silence in every bus of a direction.
    pub fn new(main: Option<NonZeroU32>, aux: &[NonZeroU32]) -> Side {
        let buses = Bus::side(main, aux);
        let none = || AudioBusBuffers {
            numChannels: 0,
            silenceFlags: 0,
            __field0: AudioBusBuffers__type0 {
                channelBuffers32: std::ptr::null_mut(),
            },
        };
        Side {
            raw: buses.iter().map(|_| none()).collect(),
            buses,
        }
    }
    /// Makes room.
    pub fn reserve(&mut self, frames: usize) {
        for bus in &mut self.buses {
            bus.reserve(frames);
        }
    }
    /// Completes what the host gave; gives which buses that was, a bit each.
    ///
    /// # Realtime
    /// Allocates nothing.
    ///
    /// # Safety
    /// `host` is null or points to `count` buses that are good for `frames` samples.
    pub unsafe fn complete(
        &mut self,
        host: *mut AudioBusBuffers,
        count: i32,
        frames: usize,
    ) -> u32 {
        let mut given_buses = 0;
        for (index, (bus, raw)) in self.buses.iter_mut().zip(&mut self.raw).enumerate() {
            // SAFETY: `index` is below `count`.
            let given =
                (!host.is_null() && (index as i32) < count).then(|| unsafe { &*host.add(index) });
            let (data, channels) = given.map_or((std::ptr::null_mut(), 0), |bus| {
                // SAFETY: only 32-bit samples are supported, which the host was told.
                (
                    unsafe { bus.__field0.channelBuffers32 },
                    bus.numChannels.max(0) as usize,
                )
            });
            if !data.is_null() && channels > 0 {
                given_buses |= 1 << index;
            }
            *raw = AudioBusBuffers {
                numChannels: bus.channels() as i32,
                silenceFlags: given.map_or(0, |bus| bus.silenceFlags),
                __field0: AudioBusBuffers__type0 {
                    // SAFETY: as promised by the caller.
                    channelBuffers32: unsafe { bus.point(data, channels, frames) },
                },
            };
        }
        given_buses
    }
}

impl<P: Vst3Plugin> Shim<P> {
    /// The one layout.
    pub(super) const LAYOUT: AudioIOLayout = {
        assert!(P::AUDIO_IO_LAYOUTS.len() == 1, "the shim knows one layout");
        P::AUDIO_IO_LAYOUTS[0]
    };

    /// A new instance.
    pub fn new() -> Self {
        let layout = Self::LAYOUT;
        let project = Arc::new(Project::default());
        Shim {
            wrapper: project.around(Wrapper::new),
            project,
            pending: Pending::default(),
            steps: OnceLock::new(),
            buses: Mutex::new(Buses {
                max_frames: 0,
                ins: Side::new(layout.main_input_channels, layout.aux_input_ports),
                outs: Side::new(layout.main_output_channels, layout.aux_output_ports),
            }),
        }
    }
}

impl<P: Vst3Plugin> Class for Shim<P> {
    type Interfaces = (
        IComponent,
        IEditController,
        IAudioProcessor,
        IMidiMapping,
        INoteExpressionController,
        IProcessContextRequirements,
        IUnitInfo,
        ChannelContext::IInfoListener,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEREO: NonZeroU32 = NonZeroU32::new(2).unwrap();

    fn given(host: &mut [AudioBusBuffers], count: i32) -> (u32, Vec<[*mut f32; 2]>) {
        let mut side = Side::new(Some(STEREO), &[STEREO; 2]);
        side.reserve(4);
        let host = if host.is_empty() {
            std::ptr::null_mut()
        } else {
            host.as_mut_ptr()
        };
        // SAFETY: the tests give `count` buses of 4 samples.
        let bits = unsafe { side.complete(host, count, 4) };
        assert!(side.raw.iter().all(|bus| bus.numChannels == 2));
        // SAFETY: every bus has two channels.
        let pointers = side.raw.iter().map(|b| unsafe {
            [
                *b.__field0.channelBuffers32,
                *b.__field0.channelBuffers32.add(1),
            ]
        });
        (bits, pointers.collect())
    }

    #[test]
    fn every_declared_bus_is_complete_whatever_the_host_gives() {
        let mut samples = [[0.0f32; 4]; 4];
        let [a, b, c, d] = &mut samples;
        let mut main = [a.as_mut_ptr(), b.as_mut_ptr()];
        let mut stem = [c.as_mut_ptr(), d.as_mut_ptr()];
        let bus = |channels: i32, pointers: *mut *mut f32| AudioBusBuffers {
            numChannels: channels,
            silenceFlags: 0,
            __field0: AudioBusBuffers__type0 {
                channelBuffers32: pointers,
            },
        };
        // No buses at all; fewer than declared; empty; null pointers; more than declared.
        assert_eq!(given(&mut [], 0).0, 0);
        assert_eq!(given(&mut [], 3).0, 0);
        let (bits, pointers) = given(&mut [bus(2, main.as_mut_ptr())], 1);
        assert_eq!((bits, pointers[0]), (1, main));
        assert!(
            pointers[1..]
                .iter()
                .flatten()
                .all(|p| !p.is_null() && !main.contains(p))
        );
        let (bits, pointers) = given(
            &mut [
                bus(2, main.as_mut_ptr()),
                bus(0, std::ptr::null_mut()),
                bus(2, stem.as_mut_ptr()),
            ],
            3,
        );
        assert_eq!((bits, pointers[2]), (0b101, stem));
        assert!(pointers[1].iter().all(|p| !p.is_null()));
        let mut nulls = [std::ptr::null_mut(); 2];
        let (_, pointers) = given(&mut [bus(2, nulls.as_mut_ptr())], 1);
        assert!(pointers.iter().flatten().all(|p| !p.is_null()));
        let many = &mut [main, main, main, main].map(|mut m| bus(2, m.as_mut_ptr()))[..1];
        assert_eq!(given(many, 1).1.len(), 3);
    }
}
