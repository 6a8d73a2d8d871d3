use super::*;

#[test]
fn buses_are_the_fixed_eight() {
    let layout = MuseAroo::AUDIO_IO_LAYOUTS[0];
    assert_eq!(MuseAroo::AUDIO_IO_LAYOUTS.len(), 1);
    assert_eq!(layout.main_output_channels, Some(STEREO));
    assert_eq!(layout.main_input_channels, None);
    assert_eq!(layout.aux_output_ports.len() + 1, dsp::BUSES);
    assert_eq!(layout.aux_input_ports.len(), 1);
    let stems: Vec<&str> = music::lane::Lane::ALL
        .iter()
        .map(|lane| lane.name())
        .chain(["Returns"])
        .collect();
    assert_eq!(layout.names.aux_outputs, stems);
}

#[test]
fn an_instance_comes_and_goes() {
    for _ in 0..3 {
        let plugin = MuseAroo::default();
        assert!(plugin.audio.is_some() && plugin.worker.is_some());
    }
}
