//! How the plug-in introduces itself: ids that never change, buses that never change, words for browsers.

use nice_plug::prelude::*;

use super::MuseAroo;

/// Stereo, as every bus is.
pub const STEREO: NonZeroU32 = new_nonzero_u32(2);

/// Fixed: a project that was saved with other buses would lose its routing.
pub const BUSES: &[AudioIOLayout] = &[AudioIOLayout {
    main_input_channels: None,
    main_output_channels: Some(STEREO),
    aux_input_ports: &[STEREO],
    aux_output_ports: &[STEREO; 7],
    names: PortNames {
        layout: Some("Band with stems"),
        // There is no main input; nice-plug 0.4.2 names the main output after it.
        main_input: Some("Main"),
        main_output: Some("Main"),
        aux_inputs: &["Listen"],
        aux_outputs: &[
            "Drums", "Bass", "Harmony", "Texture", "Melody", "Vocal", "Returns",
        ],
    },
}];

impl ClapPlugin for MuseAroo {
    const CLAP_ID: &'static str = "org.musearoo.musearoo";
    const CLAP_DESCRIPTION: Option<&'static str> =
        Some("A band that writes and plays drums, bass, harmony, texture and melody");
    const CLAP_MANUAL_URL: Option<&'static str> = None;
    const CLAP_SUPPORT_URL: Option<&'static str> = None;
    const CLAP_FEATURES: &'static [ClapFeature] = &[
        ClapFeature::Instrument,
        ClapFeature::NoteEffect,
        ClapFeature::DrumMachine,
        ClapFeature::Synthesizer,
        ClapFeature::Stereo,
    ];

    fn remote_controls(&self, context: &mut impl RemoteControlsContext) {
        crate::params::remote_controls(&self.params, context);
    }
}

impl Vst3Plugin for MuseAroo {
    const VST3_CLASS_ID: [u8; 16] = *b"MuseArooBandRoo1";
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] = &[
        Vst3SubCategory::Instrument,
        Vst3SubCategory::Synth,
        Vst3SubCategory::Drum,
    ];
}
