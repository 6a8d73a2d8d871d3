//! Pages of eight for hardware controllers (CLAP remote controls).

use nice_plug::prelude::{RemoteControlsContext, RemoteControlsPage, RemoteControlsSection};

use super::{LaneParams, LaneTechniques, MuseParams};

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
        section.add_page("Run", |page| {
            page.add_param(&band.run);
            page.add_param(&band.tempo);
            page.add_param(&band.keys);
            page.add_param(&params.band_techniques.pace);
        });
    });
    for (name, lane, more) in lanes(params) {
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

fn lanes(params: &MuseParams) -> [(&'static str, &LaneParams, &LaneTechniques); 5] {
    [
        ("Drums", &params.drums.lane, &params.drums_techniques),
        ("Bass", &params.bass, &params.bass_techniques.lane),
        ("Harmony", &params.harmony, &params.harmony_techniques),
        ("Texture", &params.texture, &params.texture_techniques),
        ("Melody", &params.melody, &params.melody_techniques.lane),
    ]
}
