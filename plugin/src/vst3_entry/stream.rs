//! States as bytes: reads a host's stream to its end, and offers bytes as a stream.

use std::ffi::c_void;
use std::sync::Mutex;

use nice_plug::wrapper::vst3::vst3::Steinberg::IBStream_::IStreamSeekMode_;
use nice_plug::wrapper::vst3::vst3::Steinberg::{
    IBStream, IBStreamTrait, int32, int64, kInvalidArgument, kResultFalse, kResultOk, tresult,
};
use nice_plug::wrapper::vst3::vst3::{Class, ComRef};

/// Longest state that is read; a longer one is foreign.
const MAX_BYTES: usize = 64 << 20;

/// What is left in a host's stream.
pub fn read_all(stream: ComRef<'_, IBStream>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chunk = [0u8; 4096];
    loop {
        let mut got: int32 = 0;
        // SAFETY: the chunk is as long as said. Some hosts say false at the end: the count decides.
        unsafe { stream.read(chunk.as_mut_ptr().cast(), chunk.len() as int32, &mut got) };
        if got <= 0 || bytes.len() >= MAX_BYTES {
            return bytes;
        }
        bytes.extend_from_slice(&chunk[..(got as usize).min(chunk.len())]);
    }
}

/// Bytes to be read as a stream.
pub struct Memory {
    bytes: Vec<u8>,
    at: Mutex<usize>,
}

impl Memory {
    /// From the first byte on.
    pub fn new(bytes: Vec<u8>) -> Memory {
        Memory {
            bytes,
            at: Mutex::new(0),
        }
    }
}

impl Class for Memory {
    type Interfaces = (IBStream,);
}

impl IBStreamTrait for Memory {
    unsafe fn read(&self, buffer: *mut c_void, wanted: int32, read: *mut int32) -> tresult {
        let Ok(mut at) = self.at.lock() else {
            return kResultFalse;
        };
        let left = &self.bytes[(*at).min(self.bytes.len())..];
        let count = left.len().min(wanted.max(0) as usize);
        // SAFETY: the caller gives a buffer of `wanted` bytes and a place for the count, or null.
        unsafe {
            std::ptr::copy_nonoverlapping(left.as_ptr(), buffer.cast(), count);
            if let Some(read) = read.as_mut() {
                *read = count as int32;
            }
        }
        *at += count;
        kResultOk
    }
    unsafe fn write(&self, _: *mut c_void, _: int32, _: *mut int32) -> tresult {
        kResultFalse
    }
    // The constants are signed on Windows and unsigned elsewhere.
    #[allow(clippy::unnecessary_cast)]
    unsafe fn seek(&self, to: int64, mode: int32, result: *mut int64) -> tresult {
        let Ok(mut at) = self.at.lock() else {
            return kResultFalse;
        };
        let from = match mode as u32 {
            mode if mode == IStreamSeekMode_::kIBSeekSet as u32 => 0,
            mode if mode == IStreamSeekMode_::kIBSeekCur as u32 => *at as int64,
            mode if mode == IStreamSeekMode_::kIBSeekEnd as u32 => self.bytes.len() as int64,
            _ => return kInvalidArgument,
        };
        *at = (from.saturating_add(to)).clamp(0, self.bytes.len() as int64) as usize;
        // SAFETY: the caller gives a place for the position, or null.
        if let Some(result) = unsafe { result.as_mut() } {
            *result = *at as int64;
        }
        kResultOk
    }
    unsafe fn tell(&self, position: *mut int64) -> tresult {
        let Ok(at) = self.at.lock() else {
            return kResultFalse;
        };
        // SAFETY: the caller gives a place for the position, or null.
        match unsafe { position.as_mut() } {
            Some(position) => {
                *position = *at as int64;
                kResultOk
            }
            None => kInvalidArgument,
        }
    }
}

#[cfg(test)]
mod tests {
    use nice_plug::wrapper::vst3::vst3::ComWrapper;

    use super::*;

    #[test]
    fn a_stream_gives_back_what_went_in() {
        let bytes: Vec<u8> = (0..10_000u32).map(|i| i as u8).collect();
        let memory = ComWrapper::new(Memory::new(bytes.clone()));
        let stream = memory.as_com_ref::<IBStream>().unwrap();
        let mut end = 0;
        // SAFETY: a place for the position is given.
        unsafe {
            assert_eq!(
                stream.seek(0, IStreamSeekMode_::kIBSeekEnd as int32, &mut end),
                kResultOk
            );
            assert_eq!(end, 10_000);
            stream.seek(
                0,
                IStreamSeekMode_::kIBSeekSet as int32,
                std::ptr::null_mut(),
            );
        }
        assert_eq!(read_all(stream), bytes);
        assert_eq!(read_all(stream), [0u8; 0]);
    }
}
