//! Pages of eight for hardware controllers (CLAP remote controls).

use nice_plug::prelude::{RemoteControlsContext, RemoteControlsPage, RemoteControlsSection};

use super::{LaneParams, LaneSound, LaneTechniques, MuseParams};

/// Lays the pages out: the band, then what is played and how it sounds, lane by lane.
pub fn remote_controls(params: &MuseParams, context: &mut impl RemoteControlsContext) {
    let band = &params.band;
    context.add_section("Band", |section| {
        section.add_page("Band", |page| {
            page.add_param(&band.style);
            page.add_param(&band.key);
            page.add_param(&band.scale);
            page.add_param(&band.seed);
            page.add_param(&band.energy);
            page.add_param(&band.swing);
            page.add_param(&band.humanize);
            page.add_param(&band.master_level);
        });
        section.add_page("Mixer", |page| {
            for lane in lanes(params) {
                page.add_param(&lane.1.level);
            }
            page.add_param(&band.master_level);
            page.add_param(&band.main_carries);
        });
        let more = &params.band_techniques;
        section.add_page("Blend and harmony", |page| {
            page.add_param(&more.style_b);
            page.add_param(&more.blend);
            page.add_param(&more.tension);
            page.add_param(&more.reharmonise);
            page.add_param(&more.modulation);
            page.add_param(&more.root_cycle);
            page.add_param(&more.voice_leading);
            page.add_param(&more.groove);
        });
        section.add_page("Master", |page| {
            page.add_param(&params.master.on);
            page.add_param(&params.master.loudness);
            page.add_param(&params.master.custom);
            page.add_param(&params.master.ceiling);
            page.add_param(&params.master.auto_mix);
            page.add_param(&params.master.matching);
            page.add_param(&band.master_level);
            page.add_param(&band.main_carries);
        });
        section.add_page("Run", |page| {
            page.add_param(&band.run);
            page.add_param(&band.tempo);
            page.add_param(&band.keys);
            page.add_param(&params.band_techniques.pace);
        });
    });
    for (name, lane, more, sound) in lanes(params) {
        context.add_section(name, |section| {
            section.add_page(format!("{name} playing"), |page| {
                page.add_param(&lane.density);
                page.add_param(&lane.complexity);
                page.add_param(&lane.syncopation);
                page.add_param(&lane.energy);
                page.add_param(&lane.variation);
                if name == "Drums" {
                    page.add_param(&params.drums.fills);
                } else {
                    page.add_spacer();
                }
                page.add_param(&lane.register);
                page.add_param(&lane.on);
            });
            section.add_page(format!("{name} feel and mix"), |page| {
                page.add_param(&lane.swing);
                page.add_param(&lane.humanize);
                page.add_param(&lane.push);
                page.add_spacer();
                page.add_param(&lane.level);
                page.add_param(&lane.pan);
                page.add_param(&lane.channel);
            });
            section.add_page(format!("{name} sound"), |page| {
                page.add_param(&sound.tone);
                page.add_param(&sound.attack);
                page.add_param(&sound.body);
                page.add_param(&sound.drive);
                page.add_param(&sound.space);
                page.add_param(&sound.reverb);
                page.add_param(&sound.delay);
                page.add_param(&sound.width);
            });
            section.add_page(format!("{name} strip"), |page| {
                page.add_param(&sound.eq_low);
                page.add_param(&sound.eq_low_mid);
                page.add_param(&sound.eq_high_mid);
                page.add_param(&sound.eq_high);
                page.add_param(&sound.compression);
                page.add_param(&lane.level);
                page.add_param(&sound.mute);
                page.add_param(&sound.solo);
            });
            section.add_page(format!("{name} techniques"), |page| {
                page.add_param(&more.blend);
                page.add_param(&more.groove);
                page.add_param(&more.rhythm);
                match name {
                    "Bass" => page.add_param(&params.bass_techniques.lock),
                    "Melody" => page.add_param(&params.melody_techniques.expansion),
                    _ => {}
                }
            });
        });
    }
}

/// A lane's name and its three sets of parameters.
type Set<'a> = (
    &'static str,
    &'a LaneParams,
    &'a LaneTechniques,
    &'a LaneSound,
);

fn lanes(params: &MuseParams) -> [Set<'_>; 5] {
    let p = params;
    [
        ("Drums", &p.drums.lane, &p.drums_techniques, &p.drums_sound),
        ("Bass", &p.bass, &p.bass_techniques.lane, &p.bass_sound),
        (
            "Harmony",
            &p.harmony,
            &p.harmony_techniques,
            &p.harmony_sound,
        ),
        (
            "Texture",
            &p.texture,
            &p.texture_techniques,
            &p.texture_sound,
        ),
        (
            "Melody",
            &p.melody,
            &p.melody_techniques.lane,
            &p.melody_sound,
        ),
    ]
}
