//! Whether a mix was decided for the song as it stands: a number that changes with whatever is heard.

use music::controls::Controls;
use music::song::Song;

/// Of a song, its controls and its tempo. The mix itself and the seed of nothing heard do not count.
pub fn fingerprint(song: &Song, controls: &Controls, tempo_mbpm: u32) -> u64 {
    let heard = (
        &song.form,
        &song.chords,
        &song.instruments,
        song.bars,
        song.meter,
        song.lanes,
        controls,
        // Half a BPM more or less is the same song.
        (tempo_mbpm + 500) / 1000,
    );
    // Serialised bytes: the same on every machine and in every version that saves alike.
    let bytes = postcard::to_allocvec(&heard).unwrap_or_default();
    let (low, high) = bytes.split_at(bytes.len() / 2);
    u64::from(crc32fast::hash(low)) << 32 | u64::from(crc32fast::hash(high))
}
