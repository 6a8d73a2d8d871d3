//! The standalone window: the same plug-in over JACK, ALSA, CoreAudio or WASAPI, or over a dummy backend
//! for tests (`--backend dummy`).

fn main() {
    nice_plug::prelude::nice_export_standalone::<musearoo::MuseAroo>();
}
