//! A raw VST3 host: hands the plug-in exactly the pointers that a test wants, as clumsy hosts do.

mod objects;

use std::cell::RefCell;
use std::ffi::c_void;
use std::path::{Path, PathBuf};
use std::ptr::null_mut;

use objects::{Application, Changes, Events, Handler, Queue, Stream};
use vst3::Steinberg::Vst::*;
use vst3::Steinberg::*;
use vst3::{ComPtr, ComWrapper, Interface};

/// What the host gives for buses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of them.
    Whole,
    /// One output; the rest is not mentioned.
    MainOnly,
    /// Stems with no channels.
    EmptyStems,
    /// Stems and input with channels whose pointers are null.
    NullChannels,
    /// No inputs.
    NoInputs,
    /// A main output with no channels: parameters are flushed.
    Flush,
}

/// Stands in an output that was not written.
pub const SENTINEL: f32 = 9.0e9;

/// A note event: (frame in the take, on, channel 1–16, key, velocity 1–127).
pub type Note = (u64, bool, u8, u8, u8);

/// What a take gave.
#[derive(Default)]
pub struct Take {
    /// In order.
    pub notes: Vec<Note>,
    /// `[bus][frame]`, left channel.
    pub sound: Vec<Vec<f32>>,
}

/// A loaded instance.
pub struct Vst3Rig {
    component: ComPtr<IComponent>,
    processor: ComPtr<IAudioProcessor>,
    pub controller: ComPtr<IEditController>,
    pub inputs: usize,
    pub outputs: usize,
    // Dropped after the interfaces, which point into it.
    _application: ComPtr<FUnknown>,
    _handler: ComPtr<IComponentHandler>,
    library: Option<libloading::Library>,
}

/// The library in a bundle.
fn library(bundle: &Path) -> PathBuf {
    let place = bundle
        .join("Contents")
        .join(format!("{}-linux", std::env::consts::ARCH));
    std::fs::read_dir(&place)
        .unwrap()
        .flatten()
        .next()
        .expect("the bundle holds a library")
        .path()
}

impl Vst3Rig {
    pub fn load(bundle: &Path) -> Vst3Rig {
        Vst3Rig::load_in("T", bundle)
    }
    /// The same in a host of a name.
    pub fn load_in(host: &str, bundle: &Path) -> Vst3Rig {
        // SAFETY: all calls follow the VST3 life cycle; the library stays loaded while pointers live.
        unsafe {
            let library = libloading::Library::new(library(bundle)).expect("the library loads");
            if let Ok(entry) =
                library.get::<unsafe extern "C" fn(*mut c_void) -> bool>(b"ModuleEntry")
            {
                assert!(entry(std::ptr::dangling_mut::<c_void>()));
            }
            let factory = library
                .get::<unsafe extern "system" fn() -> *mut IPluginFactory>(b"GetPluginFactory")
                .expect("an entry")();
            let factory = ComPtr::from_raw(factory).expect("a factory");
            let mut class: PClassInfo = std::mem::zeroed();
            assert_eq!(factory.getClassInfo(0, &mut class), kResultOk);
            let mut object = null_mut();
            let made = factory.createInstance(
                class.cid.as_ptr() as _,
                IComponent::IID.as_ptr() as _,
                &mut object,
            );
            assert_eq!(made, kResultOk);
            let component = ComPtr::from_raw(object as *mut IComponent).expect("a component");
            let application = ComWrapper::new(Application(host.to_owned()))
                .to_com_ptr::<FUnknown>()
                .unwrap();
            assert_eq!(component.initialize(application.as_ptr()), kResultOk);
            let controller: ComPtr<IEditController> = component.cast().expect("a controller");
            let handler = ComWrapper::new(Handler)
                .to_com_ptr::<IComponentHandler>()
                .unwrap();
            controller.setComponentHandler(handler.as_ptr());
            Vst3Rig {
                processor: component.cast().expect("a processor"),
                controller,
                inputs: component.getBusCount(0, 0) as usize,
                outputs: component.getBusCount(0, 1) as usize,
                component,
                _application: application,
                _handler: handler,
                library: Some(library),
            }
        }
    }
    /// Id of the parameter with a title.
    pub fn param(&self, title: &str) -> u32 {
        let all = self.params();
        all.iter()
            .find(|p| p.1 == title)
            .unwrap_or_else(|| panic!("no parameter {title} among {all:?}"))
            .0
    }
    /// (id, title, unit) of every parameter.
    pub fn params(&self) -> Vec<(u32, String, i32)> {
        // SAFETY: the controller lives; info is filled by it.
        unsafe {
            (0..self.controller.getParameterCount())
                .map(|index| {
                    let mut info: ParameterInfo = std::mem::zeroed();
                    assert_eq!(
                        self.controller.getParameterInfo(index, &mut info),
                        kResultOk
                    );
                    let title = String::from_utf16_lossy(&info.title);
                    (
                        info.id,
                        title.trim_end_matches('\0').to_owned(),
                        info.unitId,
                    )
                })
                .collect()
        }
    }
    pub fn normalised(&self, id: u32) -> f64 {
        // SAFETY: the controller lives.
        unsafe { self.controller.getParamNormalized(id) }
    }
    /// Groups.
    pub fn units(&self) -> i32 {
        let units: Option<ComPtr<IUnitInfo>> = self.component.cast();
        // SAFETY: the component lives.
        units.map_or(0, |u| unsafe { u.getUnitCount() })
    }
    /// Asks for arrangements: `outputs[i]` channels as a bit mask of speakers.
    pub fn arrange(&self, mut inputs: Vec<u64>, mut outputs: Vec<u64>) -> bool {
        // SAFETY: both lists live through the call.
        unsafe {
            let (i, o) = (inputs.len() as i32, outputs.len() as i32);
            self.processor
                .setBusArrangements(inputs.as_mut_ptr(), i, outputs.as_mut_ptr(), o)
                == kResultOk
        }
    }
    pub fn save(&self) -> Vec<u8> {
        let stream = ComWrapper::new(Stream(RefCell::new((Vec::new(), 0))));
        // SAFETY: the stream lives through the call.
        unsafe {
            let pointer = stream.as_com_ref::<IBStream>().unwrap().as_ptr();
            assert_eq!(self.component.getState(pointer), kResultOk);
        }
        stream.0.borrow().0.clone()
    }
    pub fn restore(&self, state: &[u8]) -> bool {
        let stream = ComWrapper::new(Stream(RefCell::new((state.to_vec(), 0))));
        // SAFETY: the stream lives through the calls.
        unsafe {
            let pointer = stream.as_com_ref::<IBStream>().unwrap().as_ptr();
            let first = self.component.setState(pointer);
            stream.0.borrow_mut().1 = 0;
            self.controller.setComponentState(pointer);
            first == kResultOk
        }
    }
    /// Plays from the song's start at 120 BPM and 48 kHz. `automation`: (frame, id, normalised value).
    pub fn play(
        &self,
        shape: Shape,
        block: usize,
        frames: u64,
        offline: bool,
        automation: &[(u64, u32, f64)],
    ) -> Take {
        // SAFETY: the life cycle is set up, active, process, inactive; buffers live through each call.
        unsafe {
            for bus in 0..self.inputs {
                self.component.activateBus(0, 0, bus as i32, 1);
            }
            for bus in 0..self.outputs {
                let connected = bus == 0 || matches!(shape, Shape::Whole | Shape::NoInputs);
                self.component
                    .activateBus(0, 1, bus as i32, connected as u8);
            }
            self.component.activateBus(1, 1, 0, 1);
            let mut setup = ProcessSetup {
                processMode: if offline { 2 } else { 0 },
                symbolicSampleSize: 0,
                maxSamplesPerBlock: block as i32,
                sampleRate: 48_000.0,
            };
            assert_eq!(self.processor.setupProcessing(&mut setup), kResultOk);
            assert_eq!(self.component.setActive(1), kResultOk);
            self.processor.setProcessing(1);
            let mut take = Take {
                sound: vec![Vec::new(); self.outputs],
                ..Take::default()
            };
            let mut frame = 0;
            while frame < frames {
                let count = (block as u64).min(frames - frame) as usize;
                let due: Vec<_> = automation
                    .iter()
                    .filter(|a| (frame..frame + count as u64).contains(&a.0))
                    .collect();
                self.one_block(shape, &setup, frame, count, &due, &mut take);
                frame += count as u64;
            }
            self.processor.setProcessing(0);
            self.component.setActive(0);
            take
        }
    }
    unsafe fn one_block(
        &self,
        shape: Shape,
        setup: &ProcessSetup,
        frame: u64,
        count: usize,
        due: &[&(u64, u32, f64)],
        take: &mut Take,
    ) {
        let planes = |buses: usize, fill: f32| vec![[vec![fill; count], vec![fill; count]]; buses];
        let (mut inputs, mut outputs) = (planes(self.inputs, 0.0), planes(self.outputs, SENTINEL));
        let pointers = |buses: &mut Vec<[Vec<f32>; 2]>, null_from: usize| -> Vec<[*mut f32; 2]> {
            let one = |(bus, planes): (usize, &mut [Vec<f32>; 2])| {
                planes.each_mut().map(|p| {
                    if bus >= null_from {
                        null_mut()
                    } else {
                        p.as_mut_ptr()
                    }
                })
            };
            buses.iter_mut().enumerate().map(one).collect()
        };
        let null = shape == Shape::NullChannels;
        let mut in_pointers = pointers(&mut inputs, if null { 0 } else { usize::MAX });
        let mut out_pointers = pointers(&mut outputs, if null { 1 } else { usize::MAX });
        let buses =
            |pointers: &mut Vec<[*mut f32; 2]>, empty_from: usize| -> Vec<AudioBusBuffers> {
                let one = |(bus, p): (usize, &mut [*mut f32; 2])| AudioBusBuffers {
                    numChannels: if bus >= empty_from { 0 } else { 2 },
                    silenceFlags: 0,
                    __field0: AudioBusBuffers__type0 {
                        channelBuffers32: if bus >= empty_from {
                            null_mut()
                        } else {
                            p.as_mut_ptr()
                        },
                    },
                };
                pointers.iter_mut().enumerate().map(one).collect()
            };
        let (empty_in, empty_out) = match shape {
            Shape::EmptyStems => (0, 1),
            Shape::Flush => (usize::MAX, 0),
            _ => (usize::MAX, usize::MAX),
        };
        let mut in_buses = buses(&mut in_pointers, empty_in);
        let mut out_buses = buses(&mut out_pointers, empty_out);
        let mut queues: Vec<ComWrapper<Queue>> = Vec::new();
        let mut ids: Vec<u32> = due.iter().map(|d| d.1).collect();
        ids.dedup();
        for id in ids {
            let points = due
                .iter()
                .filter(|d| d.1 == id)
                .map(|d| ((d.0 - frame) as i32, d.2))
                .collect();
            queues.push(ComWrapper::new(Queue(id, points)));
        }
        let changes = ComWrapper::new(Changes(queues));
        let events = ComWrapper::new(Events(RefCell::new(Vec::new())));
        // SAFETY: a context of zeros is a valid one.
        let mut context: ProcessContext = unsafe { std::mem::zeroed() };
        // Playing; project time in quarters, tempo and meter are valid.
        context.state = 1 << 1 | 1 << 9 | 1 << 10 | 1 << 13;
        context.sampleRate = 48_000.0;
        context.tempo = 120.0;
        context.timeSigNumerator = 4;
        context.timeSigDenominator = 4;
        context.projectTimeSamples = frame as i64;
        context.projectTimeMusic = frame as f64 / 24_000.0;
        let no_inputs = matches!(shape, Shape::NoInputs | Shape::MainOnly);
        let mut data = ProcessData {
            processMode: setup.processMode,
            symbolicSampleSize: 0,
            numSamples: count as i32,
            numInputs: if no_inputs { 0 } else { self.inputs as i32 },
            numOutputs: if shape == Shape::MainOnly {
                1
            } else {
                self.outputs as i32
            },
            inputs: if no_inputs {
                null_mut()
            } else {
                in_buses.as_mut_ptr()
            },
            outputs: out_buses.as_mut_ptr(),
            inputParameterChanges: changes.as_com_ref::<IParameterChanges>().unwrap().as_ptr(),
            outputParameterChanges: null_mut(),
            inputEvents: null_mut(),
            outputEvents: events.as_com_ref::<IEventList>().unwrap().as_ptr(),
            processContext: &mut context,
        };
        // SAFETY: everything that `data` points to lives here.
        let result = unsafe { self.processor.process(&mut data) };
        assert_eq!(result, kResultOk, "{shape:?} at frame {frame}");
        for event in events.0.borrow().iter() {
            take.notes.extend(note(event, frame));
        }
        for (bus, planes) in outputs.iter().enumerate() {
            take.sound[bus].extend_from_slice(&planes[0]);
        }
    }
}

fn note(event: &Event, frame: u64) -> Option<Note> {
    let at = frame + event.sampleOffset as u64;
    // SAFETY: the type says which member is meant.
    unsafe {
        match event.r#type as u32 {
            0 => {
                let on = event.__field0.noteOn;
                Some((
                    at,
                    true,
                    on.channel as u8 + 1,
                    on.pitch as u8,
                    (on.velocity * 127.0).round() as u8,
                ))
            }
            1 => {
                let off = event.__field0.noteOff;
                Some((at, false, off.channel as u8 + 1, off.pitch as u8, 0))
            }
            _ => None,
        }
    }
}

impl Drop for Vst3Rig {
    fn drop(&mut self) {
        // SAFETY: the last call of the life cycle.
        unsafe { self.component.terminate() };
        // The interfaces are released after this: the library must stay for as long as the process.
        std::mem::forget(self.library.take());
    }
}
