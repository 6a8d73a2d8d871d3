//! Any MIDI file as what was played: every track and channel apart, in ticks of ours, with the tempo and the
//! meter at each place.
//!
//! [`super::SongFile`] is what we write; this is what others send. Type 0 and type 1, any resolution; notes
//! that never end stop with their track, meters that no bar here can hold are left out.

use std::path::Path;

use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEventKind};
use music::pitch::Pitch;
use music::time::{Meter, TICKS_PER_QUARTER, Tick};

use super::{FileNote, rewrite};
use crate::error::FileError;

/// Microseconds a quarter where a file says nothing. Reference: Standard MIDI Files 1.0, 120 BPM.
const USUAL_TEMPO: u32 = 500_000;

/// What one track plays on one channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyTrack {
    /// Name of the track; empty where it has none.
    pub name: String,
    /// Which track of the file it is, from 0.
    pub source: usize,
    /// MIDI channel, 1–16; drums are on 10.
    pub channel: u8,
    /// General MIDI program, 0–127, as it was last set before the first note.
    pub program: Option<u8>,
    /// By rising onset.
    pub notes: Vec<FileNote>,
}

/// A bar of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileBar {
    /// Where it starts.
    pub start: Tick,
    /// Its meter.
    pub meter: Meter,
}

/// A MIDI file, whoever wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyFile {
    /// Tempo changes, microseconds a quarter, by rising place; the first at 0.
    pub tempi: Vec<(Tick, u32)>,
    /// Meter changes by rising place; the first at 0.
    pub meters: Vec<(Tick, Meter)>,
    /// Sharps (positive) or flats (negative), and whether the key is minor.
    pub signature: Option<(i8, bool)>,
    /// Markers and cue points by rising place.
    pub markers: Vec<(Tick, String)>,
    /// Tracks with notes, in the order of the file, then by channel.
    pub tracks: Vec<AnyTrack>,
    /// Where the last track ends.
    pub end: Tick,
}

impl AnyFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file or it is not MIDI.
    pub fn read(path: &Path) -> Result<AnyFile, FileError> {
        let bytes = std::fs::read(path).map_err(FileError::io(path))?;
        AnyFile::from_bytes(&bytes).map_err(FileError::format(path))
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn from_bytes(bytes: &[u8]) -> Result<AnyFile, String> {
        let smf = Smf::parse(bytes).map_err(|e| format!("is no MIDI file: {e}"))?;
        let Timing::Metrical(division) = smf.header.timing else {
            return Err("counts in timecode, not in musical time".into());
        };
        let division = division.as_int().max(1) as i64;
        let scale = |at: i64| Tick((at * TICKS_PER_QUARTER + division / 2) / division);
        let mut out = AnyFile::default();
        for (source, track) in smf.tracks.iter().enumerate() {
            read_track(track, source, &scale, &mut out);
        }
        out.tempi.sort_by_key(|t| t.0);
        out.meters.sort_by_key(|m| m.0);
        out.markers.sort_by_key(|m| m.0);
        if out.tempi.first().is_none_or(|t| t.0.0 > 0) {
            out.tempi.insert(0, (Tick(0), USUAL_TEMPO));
        }
        if out.meters.first().is_none_or(|m| m.0.0 > 0) {
            out.meters.insert(0, (Tick(0), Meter::default()));
        }
        Ok(out)
    }

    /// The bytes of the file that `bytes` holds with the notes as they are here, at 960 pulses a quarter;
    /// controllers, names, tempo and everything else stay where they were.
    ///
    /// # Errors
    /// When `bytes` is not MIDI.
    pub fn with_notes(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        rewrite::with_notes(self, bytes)
    }

    /// Microseconds a quarter at a place.
    pub fn tempo_at(&self, at: Tick) -> u32 {
        let after = self.tempi.partition_point(|t| t.0 <= at);
        after
            .checked_sub(1)
            .and_then(|i| self.tempi.get(i))
            .map_or(USUAL_TEMPO, |t| t.1)
            .max(1)
    }

    /// Every bar from the file's start to its last note. A meter that changes within a bar cuts it there.
    pub fn bars(&self) -> Vec<FileBar> {
        let last = |t: &AnyTrack| t.notes.last().map_or(0, |n| n.onset.0 + 1);
        let end = self.tracks.iter().map(last).max().unwrap_or(0);
        let mut bars = Vec::new();
        for (index, &(from, meter)) in self.meters.iter().enumerate() {
            let to = self.meters.get(index + 1).map_or(end, |m| m.0.0.min(end));
            let mut start = from.0;
            while start < to {
                bars.push(FileBar {
                    start: Tick(start),
                    meter,
                });
                start += meter.bar_ticks();
            }
        }
        bars
    }
}

fn read_track(
    track: &[midly::TrackEvent],
    source: usize,
    scale: &dyn Fn(i64) -> Tick,
    out: &mut AnyFile,
) {
    let mut at = 0i64;
    let mut name = String::new();
    let mut programs = [None; 16];
    let mut channels: [AnyTrack; 16] = Default::default();
    let mut open: Vec<(u8, u8, i64, u8)> = Vec::new();
    for event in track {
        at += event.delta.as_int() as i64;
        match event.kind {
            TrackEventKind::Meta(MetaMessage::TrackName(text)) => {
                name = String::from_utf8_lossy(text).trim().to_owned();
            }
            TrackEventKind::Meta(MetaMessage::Tempo(micros)) => {
                out.tempi.push((scale(at), micros.as_int().max(1)));
            }
            TrackEventKind::Meta(MetaMessage::TimeSignature(numerator, power, ..)) => {
                let denominator = 1u8.checked_shl(power as u32).unwrap_or(0);
                out.meters
                    .extend(Meter::new(numerator, denominator).map(|m| (scale(at), m)));
            }
            TrackEventKind::Meta(MetaMessage::Marker(text) | MetaMessage::CuePoint(text)) => {
                let text = String::from_utf8_lossy(text).trim().to_owned();
                out.markers.push((scale(at), text));
            }
            TrackEventKind::Meta(MetaMessage::KeySignature(sharps, minor)) => {
                out.signature.get_or_insert((sharps, minor));
            }
            TrackEventKind::Midi { channel, message } => {
                let channel = channel.as_int();
                let (key, velocity) = match message {
                    MidiMessage::NoteOn { key, vel } => (key.as_int(), vel.as_int()),
                    MidiMessage::NoteOff { key, .. } => (key.as_int(), 0),
                    MidiMessage::ProgramChange { program } => {
                        if channels[channel as usize].notes.is_empty() {
                            programs[channel as usize] = Some(program.as_int());
                        }
                        continue;
                    }
                    _ => continue,
                };
                if velocity > 0 {
                    open.push((channel, key, at, velocity));
                } else if let Some(found) = open.iter().position(|o| (o.0, o.1) == (channel, key)) {
                    let note = open.remove(found);
                    close(&mut channels, note, at, scale);
                }
            }
            _ => {}
        }
    }
    for note in open {
        close(&mut channels, note, at, scale);
    }
    out.end = out.end.max(scale(at));
    for (index, mut part) in channels.into_iter().enumerate() {
        if !part.notes.is_empty() {
            part.notes.sort();
            part.name.clone_from(&name);
            part.source = source;
            part.channel = index as u8 + 1;
            part.program = programs[index];
            out.tracks.push(part);
        }
    }
}

fn close(
    channels: &mut [AnyTrack; 16],
    (channel, key, start, velocity): (u8, u8, i64, u8),
    end: i64,
    scale: &dyn Fn(i64) -> Tick,
) {
    channels[channel as usize & 15].notes.push(FileNote {
        onset: scale(start),
        pitch: Pitch(key),
        velocity,
        duration: (scale(end).0 - scale(start).0).max(1),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use midly::num::{u4, u7, u15, u24, u28};
    use midly::{Format, Header, TrackEvent};

    fn event(delta: u32, channel: u8, message: MidiMessage) -> TrackEvent<'static> {
        TrackEvent {
            delta: u28::new(delta),
            kind: TrackEventKind::Midi {
                channel: u4::new(channel),
                message,
            },
        }
    }

    fn on(key: u8, vel: u8) -> MidiMessage {
        MidiMessage::NoteOn {
            key: u7::new(key),
            vel: u7::new(vel),
        }
    }

    fn bytes(format: Format, ppq: u16, tracks: Vec<Vec<TrackEvent<'static>>>) -> Vec<u8> {
        let mut smf = Smf::new(Header::new(format, Timing::Metrical(u15::new(ppq))));
        smf.tracks = tracks;
        let mut out = Vec::new();
        smf.write_std(&mut out).unwrap();
        out
    }

    #[test]
    fn one_track_of_several_channels_comes_apart() {
        let meta = |delta, m| TrackEvent {
            delta: u28::new(delta),
            kind: TrackEventKind::Meta(m),
        };
        let track = vec![
            meta(0, MetaMessage::TimeSignature(3, 2, 24, 8)),
            event(0, 9, on(36, 100)),
            event(0, 1, on(40, 80)),
            event(48, 9, on(36, 0)),
            meta(0, MetaMessage::Tempo(u24::new(400_000))),
            event(48, 1, on(40, 0)),
            event(192, 9, on(38, 90)),
            meta(10, MetaMessage::EndOfTrack),
        ];
        let file = AnyFile::from_bytes(&bytes(Format::SingleTrack, 96, vec![track])).unwrap();
        let channels: Vec<u8> = file.tracks.iter().map(|t| t.channel).collect();
        assert_eq!(channels, [2, 10]);
        assert_eq!(file.tracks[0].notes[0].duration, 960);
        // A note that never ends stops with its track.
        assert_eq!(file.tracks[1].notes[1].onset, Tick(2880));
        assert_eq!(file.tracks[1].notes[1].duration, 100);
        assert_eq!(file.tempo_at(Tick(479)), 500_000);
        assert_eq!(file.tempo_at(Tick(480)), 400_000);
        let bars: Vec<i64> = file.bars().iter().map(|b| b.start.0).collect();
        assert_eq!(bars, [0, 2880]);
    }

    #[test]
    fn notes_move_and_the_rest_stays() {
        let pedal = MidiMessage::Controller {
            controller: u7::new(64),
            value: u7::new(127),
        };
        let track = vec![
            event(
                0,
                0,
                MidiMessage::ProgramChange {
                    program: u7::new(33),
                },
            ),
            event(24, 0, pedal),
            event(0, 0, on(40, 100)),
            event(48, 0, on(40, 0)),
            TrackEvent {
                delta: u28::new(0),
                kind: TrackEventKind::Meta(MetaMessage::EndOfTrack),
            },
        ];
        let bytes = bytes(Format::SingleTrack, 96, vec![track]);
        let mut file = AnyFile::from_bytes(&bytes).unwrap();
        file.tracks[0].notes[0].onset = Tick(251);
        let moved = file.with_notes(&bytes).unwrap();
        let again = AnyFile::from_bytes(&moved).unwrap();
        assert_eq!(again.tracks, file.tracks);
        assert_eq!(again.tracks[0].program, Some(33));
        let smf = Smf::parse(&moved).unwrap();
        let kept = smf.tracks[0]
            .iter()
            .any(|e| matches!(e.kind, TrackEventKind::Midi { message, .. } if message == pedal));
        assert!(kept && smf.tracks[0][1].delta.as_int() == 240);
    }

    #[test]
    fn what_is_no_midi_is_said_in_words() {
        for bytes in [
            &b"RIFFxxxx"[..],
            b"",
            b"MThd\0\0\0\x06\0\x01\0\x01\xe7\x28MTrk",
        ] {
            let said = AnyFile::from_bytes(bytes).unwrap_err();
            assert!(said.contains("MIDI") || said.contains("timecode"), "{said}");
        }
    }
}
