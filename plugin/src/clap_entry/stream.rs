//! States as bytes: reads a host's stream to its end, and offers bytes as a stream.
//!
//! nice-plug writes a CLAP state as its length in eight bytes, then JSON.

use std::ffi::c_void;

use clap_sys::stream::clap_istream;

/// Longest state that is read; a longer one is foreign.
const MAX_BYTES: usize = 64 << 20;

/// Everything in a host's stream; `None` when the host says that reading failed.
pub fn read_all(stream: &clap_istream) -> Option<Vec<u8>> {
    let read = stream.read?;
    let mut bytes = Vec::new();
    let mut chunk = [0u8; 4096];
    loop {
        // SAFETY: the chunk is as long as said.
        let got = unsafe { read(stream, chunk.as_mut_ptr().cast(), chunk.len() as u64) };
        match got {
            0 => return Some(bytes),
            1.. if bytes.len() < MAX_BYTES => {
                bytes.extend_from_slice(&chunk[..(got as usize).min(chunk.len())]);
            }
            1.. => return Some(bytes),
            _ => return None,
        }
    }
}

/// What follows the length, as far as it is there.
pub fn without_length(bytes: &[u8]) -> &[u8] {
    let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
        return bytes;
    };
    // A length may well begin as text does; but its top is a nought, which text never holds.
    if bytes.first() == Some(&b'{') && length[7] != 0 {
        return bytes;
    }
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    &rest[..length.min(rest.len())]
}

/// Bytes to be read as a stream.
pub struct Memory {
    bytes: Vec<u8>,
    at: usize,
}

impl Memory {
    /// `json` behind its length.
    pub fn with_length(json: &[u8]) -> Memory {
        let mut bytes = (json.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(json);
        Memory { bytes, at: 0 }
    }
    /// The stream; good as long as the memory is neither moved nor dropped.
    pub fn as_stream(&mut self) -> clap_istream {
        clap_istream {
            ctx: (&raw mut *self).cast(),
            read: Some(read_memory),
        }
    }
}

unsafe extern "C" fn read_memory(
    stream: *const clap_istream,
    buffer: *mut c_void,
    size: u64,
) -> i64 {
    // SAFETY: `ctx` is the memory that made the stream; `buffer` has `size` bytes.
    unsafe {
        let memory = &mut *(*stream).ctx.cast::<Memory>();
        let left = &memory.bytes[memory.at..];
        let count = left.len().min(usize::try_from(size).unwrap_or(usize::MAX));
        std::ptr::copy_nonoverlapping(left.as_ptr(), buffer.cast(), count);
        memory.at += count;
        count as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_back_what_went_in() {
        let json: Vec<u8> = (0..10_000u32).map(|i| i as u8).collect();
        let mut memory = Memory::with_length(&json);
        let bytes = read_all(&memory.as_stream()).unwrap();
        assert_eq!(without_length(&bytes), json);
    }

    #[test]
    fn a_length_that_begins_like_text_is_a_length() {
        // 123 is an opening brace.
        for length in [123, 379, 123 + 256 * 4000] {
            let json = vec![b'x'; length];
            let mut memory = Memory::with_length(&json);
            let bytes = read_all(&memory.as_stream()).unwrap();
            assert_eq!(without_length(&bytes).len(), length);
        }
    }

    #[test]
    fn lengths_that_lie_are_not_believed() {
        assert_eq!(without_length(b"{\"params\":{}}"), b"{\"params\":{}}");
        assert_eq!(without_length(&[255; 12]), [255; 4]);
        assert_eq!(without_length(&[1, 2, 3]), [1, 2, 3]);
        assert_eq!(without_length(&[]), [0u8; 0]);
        let mut long = 100u64.to_le_bytes().to_vec();
        long.extend_from_slice(b"{\"a\"");
        assert_eq!(without_length(&long), b"{\"a\"");
    }
}
