//! Who plays, in running order.

use crate::bass::BassaRoo;
use crate::drums::DrummaRoo;
use crate::harmony::HarmonyRoo;
use crate::melody::MelodyRoo;
use crate::texture::TextureRoo;
use crate::view::Engine;

/// Every engine that plays a lane.
pub const ENGINES: [&dyn Engine; 5] = [&DrummaRoo, &BassaRoo, &HarmonyRoo, &TextureRoo, &MelodyRoo];
