//! The host's list of output events, kept in order of time as CLAP asks.
//!
//! nice-plug 0.4.2 puts a parameter that the editor turned at the start of its block, even after notes that
//! lie later in it. Such an event is told at the time of the one before it; nothing is held back. On the
//! audio thread, on the stack, for one block.

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

use clap_sys::events::{clap_event_header, clap_output_events};

/// Room for the largest event that nice-plug sends, in words of eight bytes.
const WORDS: usize = 16;

/// A list that hands events on in order.
pub struct Ordered {
    host: *const clap_output_events,
    last: Cell<u32>,
}

impl Ordered {
    /// In front of the host's list.
    pub const fn new(host: *const clap_output_events) -> Ordered {
        Ordered {
            host,
            last: Cell::new(0),
        }
    }
    /// The list to give to nice-plug; good for as long as `self` stays in its place.
    pub fn list(&self) -> clap_output_events {
        clap_output_events {
            ctx: ptr::from_ref(self).cast_mut().cast::<c_void>(),
            try_push: Some(try_push),
        }
    }
}

unsafe extern "C" fn try_push(
    list: *const clap_output_events,
    event: *const clap_event_header,
) -> bool {
    // SAFETY: `ctx` is the `Ordered` that made the list, and the event is whole.
    let (ordered, header) = unsafe { (&*(*list).ctx.cast::<Ordered>(), &*event) };
    // SAFETY: the host's list is good for the block.
    let push = |event| unsafe {
        (*ordered.host)
            .try_push
            .is_some_and(|push| push(ordered.host, event))
    };
    let size = header.size as usize;
    if header.time >= ordered.last.get() || size > WORDS * size_of::<u64>() {
        ordered.last.set(ordered.last.get().max(header.time));
        return push(event);
    }
    let mut copy = [0_u64; WORDS];
    // SAFETY: `size` bytes are the event's and fit into `copy`, which is aligned for every event.
    let late = unsafe {
        ptr::copy_nonoverlapping(event.cast::<u8>(), copy.as_mut_ptr().cast::<u8>(), size);
        let late = copy.as_mut_ptr().cast::<clap_event_header>();
        (*late).time = ordered.last.get();
        late
    };
    push(late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap_sys::events::{CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_PARAM_VALUE};

    unsafe extern "C" fn note_time(
        list: *const clap_output_events,
        event: *const clap_event_header,
    ) -> bool {
        // SAFETY: `ctx` is the test's own list.
        unsafe { (*(*list).ctx.cast::<Vec<u32>>()).push((*event).time) };
        true
    }

    #[test]
    fn a_late_event_is_told_at_the_time_of_the_one_before_it() {
        let mut heard: Vec<u32> = Vec::new();
        let host = clap_output_events {
            ctx: (&raw mut heard).cast(),
            try_push: Some(note_time),
        };
        let ordered = Ordered::new(&raw const host);
        let list = ordered.list();
        for time in [10, 313, 0, 0, 400] {
            let event = clap_event_header {
                size: size_of::<clap_event_header>() as u32,
                time,
                space_id: CLAP_CORE_EVENT_SPACE_ID,
                type_: CLAP_EVENT_PARAM_VALUE,
                flags: 0,
            };
            // SAFETY: both are whole and alive.
            assert!(unsafe { try_push(&raw const list, &raw const event) });
        }
        assert_eq!(heard, [10, 313, 313, 313, 400]);
    }
}
