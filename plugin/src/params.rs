//! Host parameters: ids, names, units, groups and text of every control, and what they say as
//! [`Controls`] for the engines.
//!
//! Meaning, range and default come from [`music::controls`]; only level, pan and the ways of running are
//! at home here. Ids are words, appended to and never changed. Groups become CLAP modules and VST3 units.
//! Reading happens on the audio thread and in the worker, a few dozen atomics at a time; text is made on
//! the main thread only.

mod drums;
mod global;
mod knobs;
mod lane;
mod pages;
mod sound;
mod techniques;
pub mod text;

use std::sync::Arc;

use dsp::Faders;
use music::controls::{Controls, Keys};
use music::lane::Lane;
use music::pitch::{PitchClass, Scale};
use nice_plug::prelude::Params;

pub use drums::DrumsParams;
pub use global::{BandParams, RUN_NAMES, Run};
pub use knobs::{Knobs, Plain};
pub use lane::LaneParams;
pub use pages::remote_controls;
pub use sound::{LOUDNESS_NAMES, LaneSound, MasterParams};
pub use techniques::{BandTechniques, BassTechniques, LaneTechniques, MelodyTechniques};

use crate::handoff::Shared;
use crate::state::fields::{
    EditorField, EnginesField, FontsField, HistoryField, LeadSheetField, SaidField, SetupField,
    SongField, StylesField, TakeField, VariationsField,
};

/// Every parameter and every persisted field of an instance.
#[derive(Params)]
pub struct MuseParams {
    /// The whole band.
    #[nested(group = "Band")]
    pub band: BandParams,
    /// Drums.
    #[nested(id_prefix = "drums", group = "Drums")]
    pub drums: DrumsParams,
    /// Bass.
    #[nested(id_prefix = "bass", group = "Bass")]
    pub bass: LaneParams,
    /// Harmony.
    #[nested(id_prefix = "harmony", group = "Harmony")]
    pub harmony: LaneParams,
    /// Texture.
    #[nested(id_prefix = "texture", group = "Texture")]
    pub texture: LaneParams,
    /// Melody.
    #[nested(id_prefix = "melody", group = "Melody")]
    pub melody: LaneParams,
    /// The band's techniques.
    #[nested(group = "Band")]
    pub band_techniques: BandTechniques,
    /// The drums' techniques.
    #[nested(id_prefix = "drums", group = "Drums")]
    pub drums_techniques: LaneTechniques,
    /// The bass's techniques.
    #[nested(id_prefix = "bass", group = "Bass")]
    pub bass_techniques: BassTechniques,
    /// The harmony's techniques.
    #[nested(id_prefix = "harmony", group = "Harmony")]
    pub harmony_techniques: LaneTechniques,
    /// The texture's techniques.
    #[nested(id_prefix = "texture", group = "Texture")]
    pub texture_techniques: LaneTechniques,
    /// The melody's techniques.
    #[nested(id_prefix = "melody", group = "Melody")]
    pub melody_techniques: MelodyTechniques,

    /// How the drums sound.
    #[nested(id_prefix = "drums", group = "Drums")]
    pub drums_sound: LaneSound,
    /// How the bass sounds.
    #[nested(id_prefix = "bass", group = "Bass")]
    pub bass_sound: LaneSound,
    /// How the harmony sounds.
    #[nested(id_prefix = "harmony", group = "Harmony")]
    pub harmony_sound: LaneSound,
    /// How the texture sounds.
    #[nested(id_prefix = "texture", group = "Texture")]
    pub texture_sound: LaneSound,
    /// How the melody sounds.
    #[nested(id_prefix = "melody", group = "Melody")]
    pub melody_sound: LaneSound,
    /// The master.
    #[nested(group = "Band")]
    pub master: MasterParams,

    /// What the user decided.
    #[persist = "song"]
    pub song: SongField,
    /// The styles that the project uses.
    #[persist = "styles"]
    pub styles: StylesField,
    /// Revisions of state and engines.
    #[persist = "engines"]
    pub engines: EnginesField,
    /// What was played, for engines that come after these.
    #[persist = "take"]
    pub take: TakeField,
    /// SoundFonts in place of instruments.
    #[persist = "fonts"]
    pub fonts: FontsField,
    /// Latency, renewal of the mix, reference.
    #[persist = "setup"]
    pub setup: SetupField,
    /// What the user did, to be taken back.
    #[persist = "history"]
    pub history: HistoryField,
    /// Takes that were kept before.
    #[persist = "variations"]
    pub variations: VariationsField,
    /// Size and zoom of the editor.
    #[persist = "editor"]
    pub editor: EditorField,
    /// Form and chords as they stand, for markers; written, never read back.
    #[persist = "lead_sheet"]
    pub lead_sheet: LeadSheetField,
    /// What loading had to mend, in words; read, never kept.
    #[persist = "said"]
    pub said: SaidField,
}

impl MuseParams {
    /// A new instance's parameters, with its styles' names from `shared`.
    pub fn new(shared: &Arc<Shared>) -> Arc<MuseParams> {
        let params = Arc::new(MuseParams {
            band: BandParams::new(shared),
            drums: DrumsParams::new(),
            bass: LaneParams::new(Lane::Bass),
            harmony: LaneParams::new(Lane::Harmony),
            texture: LaneParams::new(Lane::Texture),
            melody: LaneParams::new(Lane::Melody),
            band_techniques: BandTechniques::new(shared),
            drums_techniques: LaneTechniques::new(Lane::Drums),
            bass_techniques: BassTechniques::new(),
            harmony_techniques: LaneTechniques::new(Lane::Harmony),
            texture_techniques: LaneTechniques::new(Lane::Texture),
            melody_techniques: MelodyTechniques::new(),
            drums_sound: LaneSound::new(Lane::Drums),
            bass_sound: LaneSound::new(Lane::Bass),
            harmony_sound: LaneSound::new(Lane::Harmony),
            texture_sound: LaneSound::new(Lane::Texture),
            melody_sound: LaneSound::new(Lane::Melody),
            master: MasterParams::new(),
            song: SongField(shared.clone()),
            styles: StylesField::new(shared),
            engines: EnginesField(shared.clone()),
            take: TakeField::new(shared),
            fonts: FontsField(shared.clone()),
            setup: SetupField(shared.clone()),
            history: HistoryField(shared.clone()),
            variations: VariationsField(shared.clone()),
            editor: EditorField::default(),
            lead_sheet: LeadSheetField::new(shared),
            said: SaidField(shared.clone()),
        });
        params.styles.bind(&params);
        params.lead_sheet.bind(&params);
        params.take.bind(&params);
        params
    }

    /// The parameters of a lane; `None` for the lane that has no engine yet.
    pub const fn lane(&self, lane: Lane) -> Option<&LaneParams> {
        match lane {
            Lane::Drums => Some(&self.drums.lane),
            Lane::Bass => Some(&self.bass),
            Lane::Harmony => Some(&self.harmony),
            Lane::Texture => Some(&self.texture),
            Lane::Melody => Some(&self.melody),
            Lane::Vocal => None,
        }
    }

    /// The techniques of a lane; `None` for the lane that has no engine yet.
    pub const fn techniques(&self, lane: Lane) -> Option<&LaneTechniques> {
        match lane {
            Lane::Drums => Some(&self.drums_techniques),
            Lane::Bass => Some(&self.bass_techniques.lane),
            Lane::Harmony => Some(&self.harmony_techniques),
            Lane::Texture => Some(&self.texture_techniques),
            Lane::Melody => Some(&self.melody_techniques.lane),
            Lane::Vocal => None,
        }
    }

    /// How a lane sounds; `None` for the lane that has no engine yet.
    pub const fn sound(&self, lane: Lane) -> Option<&LaneSound> {
        match lane {
            Lane::Drums => Some(&self.drums_sound),
            Lane::Bass => Some(&self.bass_sound),
            Lane::Harmony => Some(&self.harmony_sound),
            Lane::Texture => Some(&self.texture_sound),
            Lane::Melody => Some(&self.melody_sound),
            Lane::Vocal => None,
        }
    }

    /// The mixer's knobs as they stand.
    ///
    /// # Realtime
    /// Atomics only.
    pub fn faders(&self) -> Faders {
        let mut faders = Faders {
            master_db: self.band.master_level.value(),
            main_carries_rest: self.band.main_is_rest(),
            ..Faders::default()
        };
        for lane in Lane::ALL {
            if let (Some(user), Some(sound)) = (self.lane(lane), self.sound(lane)) {
                faders.level_db[lane.index()] = user.level.value();
                faders.pan[lane.index()] = user.pan.value();
                sound.write(lane, &mut faders);
            }
        }
        self.master.write(&mut faders);
        faders
    }

    /// The controls as they stand.
    ///
    /// # Realtime
    /// Atomics only.
    pub fn controls(&self) -> Controls {
        let band = &self.band;
        let mut controls = Controls {
            style: band.style.value().clamp(0, 255) as u8,
            key: PitchClass(band.key.value().clamp(0, 11) as u8),
            scale: Scale::ALL[band.scale.value().clamp(0, Scale::ALL.len() as i32 - 1) as usize],
            seed: band.seed.value().clamp(0, i32::from(u16::MAX)) as u16,
            energy: band.energy.value().clamp(0, 100) as u8,
            swing: band.swing.value().clamp(-100, 100) as i8,
            humanize: band.humanize.value().clamp(0, 100) as u8,
            keys: KEYS[band.keys.value().clamp(0, KEYS.len() as i32 - 1) as usize],
            ..Controls::default()
        };
        for lane in Lane::ALL {
            if let Some(params) = self.lane(lane) {
                controls.lanes[lane.index()] = params.controls(lane);
            }
            if let Some(techniques) = self.techniques(lane) {
                techniques.write(&mut controls.lanes[lane.index()]);
            }
        }
        self.band_techniques.write(&mut controls);
        controls.lanes[Lane::Bass.index()].lock =
            self.bass_techniques.lock.value().clamp(0, 100) as u8;
        controls.lanes[Lane::Melody.index()].expansion =
            self.melody_techniques.expansion.value().clamp(0, 3) as u8;
        controls.lanes[Lane::Drums.index()].fills = self.drums.fills.value().clamp(0, 100) as u8;
        controls
    }
}

/// What each value of the parameter `keys` means. Frozen order.
pub const KEYS: [Keys; 7] = [
    Keys::Off,
    Keys::Chords,
    Keys::Lane(Lane::Drums),
    Keys::Lane(Lane::Bass),
    Keys::Lane(Lane::Harmony),
    Keys::Lane(Lane::Texture),
    Keys::Lane(Lane::Melody),
];

/// Every parameter's id in the order that hosts list them. Frozen: ids are only ever appended.
pub fn param_ids() -> Vec<String> {
    MuseParams::new(&Shared::new())
        .param_map()
        .into_iter()
        .map(|(id, _, _)| id)
        .collect()
}

#[cfg(test)]
mod tests;
