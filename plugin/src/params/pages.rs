//! Pages of eight for hardware controllers (CLAP remote controls).

use nice_plug::prelude::{RemoteControlsContext, RemoteControlsPage, RemoteControlsSection};

use super::{LaneParams, MuseParams};

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
        section.add_page("Run", |page| {
            page.add_param(&band.run);
            page.add_param(&band.tempo);
            page.add_param(&band.keys);
        });
    });
    for (name, lane) in lanes(params) {
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
        });
    }
}

fn lanes(params: &MuseParams) -> [(&'static str, &LaneParams); 5] {
    [
        ("Drums", &params.drums.lane),
        ("Bass", &params.bass),
        ("Harmony", &params.harmony),
        ("Texture", &params.texture),
        ("Melody", &params.melody),
    ]
}
