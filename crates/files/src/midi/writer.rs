//! Song to bytes.

use midly::num::{u4, u7, u15, u24, u28};
use midly::{Format, Header, MetaMessage, MidiMessage, Smf, Timing, TrackEvent, TrackEventKind};
use music::time::{TICKS_PER_QUARTER, Tick};

use super::{SongFile, Track};

/// An event at its place; `rank` orders events of one place (note-offs before note-ons).
struct Placed<'a> {
    at: i64,
    rank: u8,
    kind: TrackEventKind<'a>,
}

pub(super) fn bytes(song: &SongFile) -> Vec<u8> {
    let marks: Vec<(Tick, String)> = song.marks.iter().map(|(at, m)| (*at, m.text())).collect();
    let mut smf = Smf::new(Header::new(
        Format::Parallel,
        Timing::Metrical(u15::new(TICKS_PER_QUARTER as u16)),
    ));
    smf.tracks.push(deltas(conductor(song, &marks), song.end));
    for track in &song.tracks {
        smf.tracks.push(deltas(lane(track), song.end));
    }
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = smf.write_std(&mut out);
    out
}

fn conductor<'a>(song: &'a SongFile, marks: &'a [(Tick, String)]) -> Vec<Placed<'a>> {
    let mut events = vec![meta(0, 0, MetaMessage::TrackName(song.title.as_bytes()))];
    for (at, micros) in &song.tempi {
        events.push(meta(
            at.0,
            1,
            MetaMessage::Tempo(u24::new((*micros).min(0xff_ffff))),
        ));
    }
    for (at, meter) in &song.meters {
        let power = meter.denominator.max(1).trailing_zeros() as u8;
        events.push(meta(
            at.0,
            2,
            MetaMessage::TimeSignature(meter.numerator, power, 24, 8),
        ));
    }
    if let Some((sharps, minor)) = song.signature {
        events.push(meta(0, 3, MetaMessage::KeySignature(sharps, minor)));
    }
    for (at, text) in marks {
        events.push(meta(at.0, 4, MetaMessage::Marker(text.as_bytes())));
    }
    events
}

fn lane(track: &Track) -> Vec<Placed<'static>> {
    let channel = u4::new((track.channel.clamp(1, 16)) - 1);
    let mut events = vec![meta(
        0,
        0,
        MetaMessage::TrackName(track.lane.name().as_bytes()),
    )];
    for note in &track.notes {
        let key = u7::new(note.pitch.0.min(127));
        let vel = u7::new(note.velocity.clamp(1, 127));
        let start = note.onset.0.max(0);
        let end = start + note.duration.max(1);
        let on = MidiMessage::NoteOn { key, vel };
        let off = MidiMessage::NoteOff {
            key,
            vel: u7::new(64),
        };
        events.push(Placed {
            at: start,
            rank: 6,
            kind: TrackEventKind::Midi {
                channel,
                message: on,
            },
        });
        events.push(Placed {
            at: end,
            rank: 5,
            kind: TrackEventKind::Midi {
                channel,
                message: off,
            },
        });
    }
    events
}

fn meta(at: i64, rank: u8, message: MetaMessage) -> Placed {
    Placed {
        at: at.max(0),
        rank,
        kind: TrackEventKind::Meta(message),
    }
}

fn deltas(mut events: Vec<Placed>, end: Tick) -> Vec<TrackEvent> {
    events.sort_by_key(|e| (e.at, e.rank));
    let last = events.last().map_or(0, |e| e.at).max(end.0);
    events.push(Placed {
        at: last,
        rank: 7,
        kind: TrackEventKind::Meta(MetaMessage::EndOfTrack),
    });
    let mut before = 0;
    events
        .into_iter()
        .map(|event| {
            let delta = u28::new((event.at - before) as u32);
            before = event.at;
            TrackEvent {
                delta,
                kind: event.kind,
            }
        })
        .collect()
}
