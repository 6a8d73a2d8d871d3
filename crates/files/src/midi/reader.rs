//! Bytes to song: any division, notes by track name.

use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEventKind};
use music::lane::Lane;
use music::pitch::Pitch;
use music::time::{Meter, TICKS_PER_QUARTER, Tick};

use super::{FileNote, Mark, SongFile, Track};

pub(super) fn song(bytes: &[u8]) -> Result<SongFile, String> {
    let smf = Smf::parse(bytes).map_err(|e| e.to_string())?;
    let Timing::Metrical(division) = smf.header.timing else {
        return Err("timecode division is not musical time".into());
    };
    let scale = |at: i64| Tick(at * TICKS_PER_QUARTER / division.as_int().max(1) as i64);
    let mut song = SongFile::default();
    for (index, track) in smf.tracks.iter().enumerate() {
        let mut at = 0;
        let mut lane = None;
        let mut channel_used = 1;
        let mut open: Vec<(u8, u8, i64, u8)> = Vec::new();
        let mut notes = Vec::new();
        for event in track {
            at += event.delta.as_int() as i64;
            match event.kind {
                TrackEventKind::Meta(message) => match message {
                    MetaMessage::TrackName(name) => {
                        let name = String::from_utf8_lossy(name).into_owned();
                        lane = Lane::ALL
                            .into_iter()
                            .find(|l| l.name().eq_ignore_ascii_case(&name));
                        if index == 0 {
                            song.title = name;
                        }
                    }
                    MetaMessage::Tempo(micros) => song.tempi.push((scale(at), micros.as_int())),
                    MetaMessage::TimeSignature(numerator, power, ..) => {
                        let meter =
                            Meter::new(numerator, 1u8.checked_shl(power as u32).unwrap_or(0));
                        let meter = meter.ok_or_else(|| format!("meter {numerator}/2^{power}"))?;
                        song.meters.push((scale(at), meter));
                    }
                    MetaMessage::KeySignature(sharps, minor) => {
                        song.signature = Some((sharps, minor))
                    }
                    MetaMessage::Marker(text) => {
                        song.marks.extend(
                            Mark::parse(&String::from_utf8_lossy(text)).map(|m| (scale(at), m)),
                        );
                    }
                    _ => {}
                },
                TrackEventKind::Midi { channel, message } => {
                    let channel = channel.as_int();
                    let (key, velocity) = match message {
                        MidiMessage::NoteOn { key, vel } => (key.as_int(), vel.as_int()),
                        MidiMessage::NoteOff { key, .. } => (key.as_int(), 0),
                        _ => continue,
                    };
                    if velocity > 0 {
                        channel_used = channel + 1;
                        open.push((channel, key, at, velocity));
                    } else if let Some(found) =
                        open.iter().position(|o| (o.0, o.1) == (channel, key))
                    {
                        let (_, key, start, velocity) = open.remove(found);
                        notes.push(FileNote {
                            onset: scale(start),
                            pitch: Pitch(key),
                            velocity,
                            duration: (scale(at).0 - scale(start).0).max(1),
                        });
                    }
                }
                _ => {}
            }
        }
        song.end = song.end.max(scale(at));
        if let Some(lane) = lane {
            notes.sort();
            song.tracks.push(Track {
                lane,
                channel: channel_used,
                notes,
            });
        }
    }
    Ok(song)
}
