//! Notes as they start and end: which are tied, which make room, what a stroke on a kit ends.

use music::drum::Piece;
use music::lane::Lane;
use music::patch::{Patch, ToneTable};
use music::pitch::Pitch;

use super::Player;
use crate::instruments::{Hit, drums};
use crate::voices::Voices;

/// How long a note may have been over for the next one to be tied to it.
const TIE_S: f32 = 0.03;
/// Four notes alike are 6 dB louder than one.
const TUNE_DB: f32 = 6.0;

/// How long a string may have been left for a finger to hammer the next note on it: notes that players mean
/// to be apart are.
const TOUCH_S: f32 = 0.002;

/// Whether a note is struck, so that one that is tied to it is hammered.
const fn plucked(patch: &Patch) -> bool {
    matches!(patch, Patch::String(_))
}

/// Gains of left and right for a place between −1 and 1, of equal power.
fn gains_of(place: f32) -> [f32; 2] {
    let angle = core::f32::consts::FRAC_PI_4 * (1.0 + place);
    [angle.cos(), angle.sin()].map(|g| g * core::f32::consts::SQRT_2)
}

/// Where a key stands on an instrument that is as wide as it is long, low keys to the left.
///
/// Taste: as it is recorded, by a pair of microphones: bars and strings side by side; a suitcase of tines nearly
/// from one place. What plays one note at a time stands still.
fn place_of_key(patch: &Patch, pitch: u8) -> f32 {
    let reach = match patch {
        Patch::Mallet(_) => 0.5,
        Patch::String(t) if !t.mono => 0.3,
        Patch::Tine(_) => 0.12,
        _ => 0.0,
    };
    reach * ((f32::from(pitch) - 64.0) / 30.0).clamp(-1.0, 1.0)
}

impl Player {
    /// Starts a note at the next rendered sample. `patch` counts in the bank (the last stands in for one
    /// that is missing); `phase` comes from Dice. Velocity 0 is ignored.
    pub fn note_on(&mut self, lane: Lane, pitch: Pitch, velocity: u8, patch: u8, phase: u32) {
        if velocity == 0 {
            return;
        }
        let patch = &self.bank[usize::from(patch).min(self.bank.len() - 1)];
        let index = lane.index() as u8;
        let hit = Hit {
            pitch: pitch.0.min(127),
            velocity: f32::from(velocity.min(127)) / 127.0,
            phase,
            rate: self.rate,
            macros: self.macros[lane.index()],
        };
        if self.fonts.plays(lane.index()) {
            if lane == Lane::Drums && drums::piece_of(hit.pitch) == Some(Piece::Kick) {
                self.mixer.kick();
            }
            self.inserts.set_none(lane.index());
            self.mixer
                .set_tone(lane.index(), &ToneTable::default(), 0.0);
            return self
                .fonts
                .note_on(lane.index(), hit.pitch, velocity.min(127));
        }
        let pan;
        match patch {
            Patch::Kit(kit) => {
                let Some(piece) = drums::piece_of(hit.pitch) else {
                    return;
                };
                pan = gains_of(kit.width * drums::place_of(piece));
                Self::choke(&mut self.voices, index, hit.pitch, piece, self.rate);
                if lane == Lane::Drums {
                    self.room.set(&kit.room);
                    if piece == Piece::Kick {
                        self.mixer.kick();
                    }
                }
            }
            pitched => {
                if Self::make_room(&mut self.voices, index, &hit, pitched, self.rate) {
                    return;
                }
                pan = gains_of(place_of_key(pitched, hit.pitch));
            }
        }
        // Keys and guitars are balanced as chords; a tune alone on them stands up to other leads.
        let alone = lane == Lane::Melody
            && !matches!(patch, Patch::Kit(_) | Patch::Wind(_))
            && !patch.is_mono();
        let extra_db = if alone { TUNE_DB } else { 0.0 };
        self.inserts
            .set(lane.index(), patch, &self.macros[lane.index()]);
        self.mixer.set_tone(lane.index(), patch.tone(), extra_db);
        self.voices.start(patch, index, &hit, pan);
    }
    /// Ends what a stroke on a kit ends: a closed or pedal stroke the open hat, and the oldest of too many
    /// strokes on one piece.
    fn choke(voices: &mut Voices, lane: u8, pitch: u8, piece: Piece, rate: f32) {
        let closes = matches!(piece, Piece::HatClosed | Piece::HatPedal | Piece::HatOpen);
        let (mut alike, mut oldest) = (0, u64::MAX);
        for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
            if closes && drums::piece_of(voice.pitch) == Some(Piece::HatOpen) {
                // Taste: cymbals meet within some 20 ms.
                voice.leave(0.025, rate);
            } else if voice.pitch == pitch {
                alike += 1;
                oldest = oldest.min(voice.order);
            }
        }
        // Taste: metal and a beater's skin are one body that the next stroke takes over; a cymbal's wash dies
        // under the new one's.
        let (most, fade_s) = match piece {
            Piece::Ride | Piece::RideBell | Piece::Crash | Piece::Splash => (1, 0.3),
            Piece::HatClosed | Piece::HatPedal | Piece::Kick => (1, 0.06),
            _ => (2, 0.03),
        };
        if alike >= most {
            for voice in voices.iter_mut().filter(|v| v.order == oldest) {
                voice.leave(fade_s, rate);
            }
        }
    }
    /// Ties a new note of a mono patch to the one before, where they touch, or lets go what it replaces: any
    /// note of a mono patch, a released one of the same key. `true`: it is tied and needs no voice of its own.
    fn make_room(voices: &mut Voices, lane: u8, hit: &Hit, patch: &Patch, rate: f32) -> bool {
        let mono = patch.is_mono();
        let (tie, touch) = ((TIE_S * rate) as u64, (TOUCH_S * rate) as u64);
        // A bass says itself where it slides, and strings know a finger from a pick.
        let touches = plucked(patch) || lane == Lane::Bass.index() as u8;
        if mono {
            let mut last: Option<(u64, u8, u64)> = None;
            for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
                let silent = if voice.held { 0 } else { voice.released_age };
                if silent <= tie && last.is_none_or(|(order, _, _)| voice.order > order) {
                    last = Some((voice.order, voice.pitch, silent));
                }
            }
            // A key struck again is a new stroke.
            if let Some((order, pitch, silent)) = last
                && pitch != hit.pitch
                && silent <= if touches { touch } else { tie }
                && voices.tie(patch, hit, order)
            {
                return true;
            }
        }
        for voice in voices.iter_mut().filter(|v| v.lane == lane && !v.leaving) {
            if mono {
                voice.leave(0.014, rate);
            } else if voice.pitch == hit.pitch && !voice.held {
                voice.leave(0.03, rate);
            }
        }
        false
    }
    /// Releases the oldest held note of that lane and pitch.
    pub fn note_off(&mut self, lane: Lane, pitch: Pitch) {
        self.voices.release(lane.index() as u8, pitch.0.min(127));
        self.fonts.note_off(lane.index(), pitch.0.min(127));
    }
}
