//! Other notes in somebody's file: note events are taken out and put in anew, all other events stay.

use midly::num::{u4, u7, u15, u28};
use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEvent, TrackEventKind};
use music::time::TICKS_PER_QUARTER;

use super::AnyFile;

pub(super) fn with_notes(file: &AnyFile, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut smf = Smf::parse(bytes).map_err(|e| format!("is no MIDI file: {e}"))?;
    let Timing::Metrical(division) = smf.header.timing else {
        return Err("counts in timecode, not in musical time".into());
    };
    let division = division.as_int().max(1) as i64;
    smf.header.timing = Timing::Metrical(u15::new(TICKS_PER_QUARTER as u16));
    for (source, track) in smf.tracks.iter_mut().enumerate() {
        // Place, order at one place (note-offs, other events, note-ons, end) and event.
        let mut events: Vec<(i64, u8, TrackEventKind)> = Vec::new();
        let mut at = 0i64;
        for event in track.iter() {
            at += event.delta.as_int() as i64;
            let place = (at * TICKS_PER_QUARTER + division / 2) / division;
            match event.kind {
                TrackEventKind::Midi {
                    message: MidiMessage::NoteOn { .. } | MidiMessage::NoteOff { .. },
                    ..
                } => {}
                TrackEventKind::Meta(MetaMessage::EndOfTrack) => {
                    events.push((place, 3, event.kind))
                }
                kind => events.push((place, 1, kind)),
            }
        }
        for part in file.tracks.iter().filter(|t| t.source == source) {
            let channel = u4::new(part.channel.clamp(1, 16) - 1);
            for note in &part.notes {
                let key = u7::new(note.pitch.0.min(127));
                let (on, off) = (
                    MidiMessage::NoteOn {
                        key,
                        vel: u7::new(note.velocity.clamp(1, 127)),
                    },
                    MidiMessage::NoteOff {
                        key,
                        vel: u7::new(64),
                    },
                );
                let start = note.onset.0.max(0);
                let mut put = |at, rank, message| {
                    events.push((at, rank, TrackEventKind::Midi { channel, message }));
                };
                put(start, 2, on);
                put(start + note.duration.max(1), 0, off);
            }
        }
        let last = events.iter().map(|e| e.0).max().unwrap_or(0);
        for event in events.iter_mut().filter(|e| e.1 == 3) {
            event.0 = last;
        }
        events.sort_by_key(|e| (e.0, e.1));
        let mut before = 0;
        *track = events
            .into_iter()
            .map(|(at, _, kind)| {
                let delta = u28::new((at - before).clamp(0, 0x0fff_ffff) as u32);
                before = at;
                TrackEvent { delta, kind }
            })
            .collect();
    }
    let mut out = Vec::new();
    smf.write_std(&mut out).map_err(|e| e.to_string())?;
    Ok(out)
}
