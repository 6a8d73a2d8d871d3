//! Tables of a drum kit, piece by piece.

use super::ToneTable;
use super::check::table;
use crate::Name;
use serde::{Deserialize, Serialize};

/// What makes a piece: a drum in a room, or one of two families of drum machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Make {
    /// Skins, wood and metal.
    #[default]
    #[serde(rename = "acoustic")]
    Acoustic,
    /// The machine of ringing filters: bridged-T drums, six squares for metal.
    #[serde(rename = "808")]
    Ringing,
    /// The machine of swept oscillators: a knocking kick, coarse sampled metal.
    #[serde(rename = "909")]
    Swept,
}

table! {
    /// The room around the kit: first reflections and a short tail, on the drums' own lane.
    pub struct RoomTable {
        /// How much of it is heard.
        share: f32 = 0.25, 0.0..=1.5;
        /// Size as the time of the last early reflection, ms.
        size_ms: f32 = 26.0, 5.0..=60.0;
        /// Time to fall by 60 dB, ms.
        decay_ms: f32 = 320.0, 60.0..=2500.0;
        /// Where its walls begin to swallow, Hz.
        dark_hz: f32 = 6500.0, 800.0..=16000.0;
    }
}

table! {
    /// Bass drum: a body whose pitch falls, a click of the beater, a breath of air.
    pub struct KickTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Pitch at which the body settles, Hz.
        pitch_hz: f32 = 52.0, 25.0..=140.0;
        /// How far above it starts, as a factor.
        sweep: f32 = 3.0, 1.0..=16.0;
        /// How long the fall takes (to a third), ms.
        sweep_ms: f32 = 18.0, 2.0..=200.0;
        /// Time to fall by 60 dB, ms.
        decay_ms: f32 = 380.0, 40.0..=3000.0;
        /// Share of the beater.
        click: f32 = 0.4, 0.0..=1.0;
        /// Centre of the beater's knock, Hz.
        click_hz: f32 = 2800.0, 500.0..=9000.0;
        /// Share of the shell's second mode.
        shell: f32 = 0.25, 0.0..=1.0;
        /// Share of air noise.
        air: f32 = 0.15, 0.0..=1.0;
        /// Saturation of the body.
        drive: f32 = 0.1, 0.0..=1.0;
        /// How long the skin's upper modes ring against the lowest: 0 a blanket inside, 1 open.
        ring: f32 = 0.35, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// Snare: two modes of the shell and a noise of wires; played with brushes if asked.
    pub struct SnareTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Lower mode, Hz.
        pitch_hz: f32 = 185.0, 90.0..=450.0;
        /// Upper mode as a factor of the lower.
        overtone: f32 = 1.68, 1.1..=3.0;
        /// Share of the shell.
        shell: f32 = 0.6, 0.0..=1.0;
        /// Time for the shell to fall by 60 dB, ms.
        shell_ms: f32 = 180.0, 20.0..=1200.0;
        /// Share of the wires.
        wires: f32 = 0.7, 0.0..=1.0;
        /// Time for the wires to fall by 60 dB, ms.
        wires_ms: f32 = 220.0, 20.0..=1500.0;
        /// Where the wires rattle, Hz.
        wires_hz: f32 = 4200.0, 800.0..=12000.0;
        /// Share of the stick's attack.
        snap: f32 = 0.5, 0.0..=1.0;
        /// How much of the stroke is a sweep of brushes.
        brush: f32 = 0.0, 0.0..=1.0;
        /// Saturation.
        drive: f32 = 0.1, 0.0..=1.0;
        /// How long and loud the skin's upper modes ring: 0 damped, 1 open.
        ring: f32 = 0.4, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// A wooden or metal block with two modes: side stick, cowbell, claves.
    pub struct BlockTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Lower mode, Hz.
        pitch_hz: f32 = 540.0, 100.0..=5000.0;
        /// Upper mode as a factor of the lower.
        overtone: f32 = 1.5, 1.05..=6.0;
        /// Level of the upper mode against the lower.
        upper: f32 = 0.6, 0.0..=2.0;
        /// Time to fall by 60 dB, ms.
        decay_ms: f32 = 120.0, 10.0..=2000.0;
        /// Share of the stick's knock.
        knock: f32 = 0.3, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// Hands: bursts of noise close together, then the room.
    pub struct ClapTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Centre of the noise, Hz.
        tone_hz: f32 = 1150.0, 400.0..=4000.0;
        /// How narrow the noise is.
        focus: f32 = 0.5, 0.0..=1.0;
        /// Bursts before the last, longer one.
        bursts: u8 = 3, 1..=6;
        /// Time between bursts, ms.
        spread_ms: f32 = 10.0, 3.0..=30.0;
        /// Time for the last one to fall by 60 dB, ms.
        decay_ms: f32 = 260.0, 30.0..=1500.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// Hi-hat: one pair of cymbals, three ways to play it. Closed and pedal end the open one.
    pub struct HatTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Lowest partial of the metal, Hz.
        pitch_hz: f32 = 430.0, 150.0..=1200.0;
        /// Metal (1) against noise (0).
        metal: f32 = 0.5, 0.0..=1.0;
        /// Everything below is cut, Hz.
        high_pass_hz: f32 = 6500.0, 1500.0..=12000.0;
        /// Share of the stick.
        stick: f32 = 0.3, 0.0..=1.0;
        /// Time for a closed stroke to fall by 60 dB, ms.
        closed_ms: f32 = 110.0, 15.0..=600.0;
        /// The same for the pedal.
        pedal_ms: f32 = 90.0, 15.0..=600.0;
        /// The same for the open hat.
        open_ms: f32 = 900.0, 60.0..=4000.0;
        /// Share of the cymbals' low partials, the "chick".
        body: f32 = 0.4, 0.0..=1.0;
        /// How much the loose cymbals rattle on each other.
        sizzle: f32 = 0.3, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// A cymbal: a ping of partials over a wash of noise and metal.
    pub struct CymbalTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Lowest partial, Hz.
        pitch_hz: f32 = 320.0, 120.0..=1500.0;
        /// Share of the ping (and of the bell).
        ping: f32 = 0.5, 0.0..=1.0;
        /// Share of the wash.
        wash: f32 = 0.5, 0.0..=1.0;
        /// Everything below is cut from the wash, Hz.
        high_pass_hz: f32 = 3500.0, 800.0..=10000.0;
        /// Time for the wash to fall by 60 dB, ms.
        decay_ms: f32 = 2400.0, 150.0..=12000.0;
        /// How broken its edge is: 0 even, 1 a china.
        trash: f32 = 0.0, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// Three toms.
    pub struct TomTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// High tom, Hz.
        high_hz: f32 = 165.0, 60.0..=400.0;
        /// Middle tom, Hz.
        mid_hz: f32 = 120.0, 50.0..=300.0;
        /// Floor tom, Hz.
        low_hz: f32 = 84.0, 40.0..=250.0;
        /// How far above the pitch a stroke starts, as a factor.
        sweep: f32 = 1.35, 1.0..=6.0;
        /// Time for the middle tom to fall by 60 dB, ms.
        decay_ms: f32 = 620.0, 60.0..=4000.0;
        /// Share of the stick and the skin's noise.
        skin: f32 = 0.3, 0.0..=1.0;
        /// How long the upper modes ring: 0 damped, 1 open.
        ring: f32 = 0.4, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// Grains in a vessel or jingles in a frame: shaker, tambourine.
    pub struct ShakerTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// Centre of the grains, Hz.
        tone_hz: f32 = 6200.0, 1500.0..=14000.0;
        /// Rise of the stroke, ms.
        attack_ms: f32 = 14.0, 0.0..=80.0;
        /// Time to fall by 60 dB, ms.
        decay_ms: f32 = 110.0, 20.0..=1000.0;
        /// Jingles (1) against grains (0).
        jingle: f32 = 0.0, 0.0..=1.0;
    }
}

table! {
    /// A pair of hand drums.
    pub struct HandDrumTable {
        /// Level against the other pieces, dB.
        level_db: f32 = 0.0, -40.0..=12.0;
        /// High drum, Hz.
        high_hz: f32 = 240.0, 100.0..=700.0;
        /// Low drum, Hz.
        low_hz: f32 = 170.0, 70.0..=500.0;
        /// Time to fall by 60 dB, ms.
        decay_ms: f32 = 260.0, 30.0..=1500.0;
        /// Share of the slap.
        slap: f32 = 0.4, 0.0..=1.0;
        @plain {
            /// What makes it.
            make: Make = Make::Acoustic;
        }
    }
}

table! {
    /// A drum kit. Pieces that a file does not mention have sensible settings.
    pub struct KitTable {
        /// How wide the kit stands, 0 mono.
        width: f32 = 0.6, 0.0..=1.0;
        /// How much two strokes alike differ.
        variation: f32 = 0.5, 0.0..=1.0;
        /// How much the snare's wires answer to kick and toms.
        bleed: f32 = 0.25, 0.0..=1.0;
        /// How unsteady the tape runs that it was sampled from.
        wow: f32 = 0.0, 0.0..=1.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
            /// The room around it.
            room: RoomTable = RoomTable::default();
            /// Bass drum.
            kick: KickTable = KickTable::default();
            /// Snare.
            snare: SnareTable = SnareTable::default();
            /// Side stick.
            rim: BlockTable = BlockTable { level_db: 3.0, pitch_hz: 480.0, overtone: 3.5, upper: 0.7, decay_ms: 90.0, knock: 0.45, ..BlockTable::default() };
            /// Clap.
            clap: ClapTable = ClapTable::default();
            /// Hi-hat.
            hat: HatTable = HatTable::default();
            /// Ride and its bell.
            ride: CymbalTable = CymbalTable::default();
            /// Crash.
            crash: CymbalTable = CymbalTable { ping: 0.15, wash: 0.9, pitch_hz: 280.0, decay_ms: 2600.0, high_pass_hz: 2800.0, ..CymbalTable::default() };
            /// Splash.
            splash: CymbalTable = CymbalTable { ping: 0.15, wash: 0.9, pitch_hz: 520.0, decay_ms: 900.0, high_pass_hz: 4200.0, ..CymbalTable::default() };
            /// Toms.
            toms: TomTable = TomTable::default();
            /// Shaker.
            shaker: ShakerTable = ShakerTable::default();
            /// Tambourine.
            tambourine: ShakerTable = ShakerTable { level_db: -3.0, tone_hz: 8200.0, attack_ms: 2.0, decay_ms: 260.0, jingle: 1.0 };
            /// Cowbell.
            cowbell: BlockTable = BlockTable { level_db: -1.5, pitch_hz: 560.0, overtone: 1.51, upper: 0.9, decay_ms: 320.0, knock: 0.2, ..BlockTable::default() };
            /// Congas.
            congas: HandDrumTable = HandDrumTable::default();
            /// Claves.
            claves: BlockTable = BlockTable { pitch_hz: 2450.0, overtone: 2.7, upper: 0.15, decay_ms: 90.0, knock: 0.2, ..BlockTable::default() };
            /// Bongos.
            bongos: HandDrumTable = HandDrumTable { high_hz: 400.0, low_hz: 290.0, decay_ms: 170.0, slap: 0.5, ..HandDrumTable::default() };
        }
    }
}
