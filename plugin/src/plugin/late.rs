//! MIDI out as late as the sound: where the limiter looks ahead, notes wait as long as the buses do.

use engines::performer::{Event, MAX_EVENTS, Output};
use heapless::Deque;

/// Events that wait at most: two full blocks.
const WAITING: usize = 2 * MAX_EVENTS;

/// A line of events that wait.
#[derive(Default)]
pub struct Late {
    /// Frames since it was made, and when each event is due.
    waiting: Deque<(u64, Event), WAITING>,
    now: u64,
}

impl Late {
    /// Everything that waits is due at the next block's start: time was broken off.
    pub fn break_off(&mut self) {
        for (due, _) in self.waiting.iter_mut() {
            *due = self.now;
        }
    }
    /// Takes a block's events and gives those that are due in it, each with its frame.
    ///
    /// # Realtime
    /// Bounded, no allocation. Out of room, what has waited longest goes out early: no note-off is lost.
    pub fn pass(
        &mut self,
        output: &Output,
        frames: u32,
        latency_samples: u32,
        mut send: impl FnMut(u32, &Event),
    ) {
        if latency_samples == 0 && self.waiting.is_empty() {
            for event in output.events.iter().filter(|e| is_midi(e)) {
                send(event.frame(), event);
            }
            self.now += u64::from(frames);
            return;
        }
        let frame = |due: u64, now: u64| due.saturating_sub(now).min(u64::from(frames)) as u32;
        for event in output.events.iter().filter(|e| is_midi(e)) {
            if self.waiting.is_full()
                && let Some((_, oldest)) = self.waiting.pop_front()
            {
                send(0, &oldest);
            }
            let due = self.now + u64::from(event.frame()) + u64::from(latency_samples);
            let _ = self.waiting.push_back((due, *event));
        }
        let end = self.now + u64::from(frames.max(1));
        while let Some((due, event)) = self.waiting.front().copied() {
            if due >= end {
                break;
            }
            send(frame(due, self.now).min(frames.saturating_sub(1)), &event);
            let _ = self.waiting.pop_front();
        }
        self.now += u64::from(frames);
    }
}

const fn is_midi(event: &Event) -> bool {
    matches!(event, Event::MidiOn { .. } | Event::MidiOff { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use music::pitch::Pitch;

    fn on(frame: u32) -> Event {
        Event::MidiOn {
            frame,
            channel: 1,
            key: Pitch(60),
            velocity: 100,
        }
    }

    fn block(events: &[Event]) -> Output {
        let mut output = Output::default();
        for event in events {
            output.events.push(*event).unwrap();
        }
        output
    }

    /// Absolute frames at which events come out, at a latency and a block size.
    fn out(at: &[u32], latency: u32, frames: u32) -> Vec<u32> {
        let mut late = Box::<Late>::default();
        let mut came = Vec::new();
        for start in (0..2000).step_by(frames as usize) {
            let events: Vec<Event> = at
                .iter()
                .filter(|f| (start..start + frames).contains(*f))
                .map(|f| on(f - start))
                .collect();
            late.pass(&block(&events), frames, latency, |frame, _| {
                came.push(start + frame);
            });
        }
        came
    }

    #[test]
    fn every_event_comes_as_late_as_the_sound_at_any_block_size() {
        let at = [0, 5, 100, 127, 128, 600];
        for frames in [1, 7, 64, 512] {
            assert_eq!(out(&at, 0, frames), at);
            let late: Vec<u32> = at.iter().map(|f| f + 130).collect();
            assert_eq!(out(&at, 130, frames), late, "blocks of {frames}");
        }
    }

    #[test]
    fn what_waits_when_time_breaks_off_comes_at_once() {
        let mut late = Box::<Late>::default();
        late.pass(&block(&[on(3)]), 64, 500, |_, _| panic!("not yet"));
        late.break_off();
        let mut came = Vec::new();
        late.pass(&block(&[]), 64, 500, |frame, _| came.push(frame));
        assert_eq!(came, [0]);
    }

    #[test]
    fn out_of_room_nothing_is_lost() {
        let mut late = Box::<Late>::default();
        let full: Vec<Event> = (0..MAX_EVENTS as u32).map(|_| on(0)).collect();
        let mut came = 0;
        for _ in 0..4 {
            late.pass(&block(&full), 16, 1000, |_, _| came += 1);
        }
        for _ in 0..100 {
            late.pass(&block(&[]), 16, 1000, |_, _| came += 1);
        }
        assert_eq!(came, 4 * MAX_EVENTS);
    }
}
