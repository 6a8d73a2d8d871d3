//! The top bar: whose window this is, where the music stands, what the host says, who drives, what it costs.

use egui::{Align2, Rect, Ui, vec2};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::theme;
use super::widgets::button::{self, Weight};
use super::widgets::{number, picker, text};
use crate::snapshot::Command;

/// Draws the bar.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut row = rect.shrink2(vec2(theme::PAD, 0.0));
    let wide = row.width() > 1080.0;
    logo(ui, row.cut_left(if wide { 96.0 } else { 84.0 }, 8.0));
    transport(
        ui,
        row.cut_left(if wide { 286.0 } else { 254.0 }, 10.0),
        view,
    );

    // Places from the right edge in; drawn from the left on, which is the way that Tab goes.
    let pick = |wide_as: f32, narrow_as: f32| if wide { wide_as } else { narrow_as };
    let mut place = |width: f32, gap: f32| row.cut_right(width, gap);
    let settings = place(pick(76.0, 66.0), 4.0).middle(theme::CONTROL_HEIGHT);
    let help = place(26.0, 4.0).middle(theme::CONTROL_HEIGHT);
    let panic = place(pick(52.0, 26.0), 8.0).middle(theme::CONTROL_HEIGHT);
    let costs = wide.then(|| place(74.0, 12.0));
    let tempo = place(pick(78.0, 72.0), 4.0).middle(theme::CONTROL_HEIGHT);
    let modes = place(pick(186.0, 164.0), 8.0).middle(theme::CONTROL_HEIGHT);
    let keys = place(pick(118.0, 72.0), 6.0);

    host_line(ui, row, view);
    labelled_keys(ui, keys, wide, view, out);
    run(ui, modes, tempo, view, out);
    if let Some(costs) = costs {
        cost(ui, costs, view);
    }
    let words = if wide { "Panic" } else { "!" };
    let hint = "Every note ends at once, here and on MIDI out.";
    let response = button::button(ui, panic, "Panic", words, Weight::Plain);
    if response.on_hover_text(hint).clicked() {
        out.command(Command::Panic);
    }
    opener(ui, help, ("Help", "?"), Drawer::Help, desk);
    let names = ("Settings", "Settings");
    opener(ui, settings, names, Drawer::Settings, desk);
}

/// Whose transport plays the song, and the tempo of MuseAroo's own.
fn run(ui: &mut Ui, modes: Rect, tempo: Rect, view: &View, out: &mut Outbox) {
    let run = view.params.step("run");
    let hints = [
        "The host's transport plays the song.",
        "The song plays at once, by its own clock.",
        "A held note starts the song, its release stops it.",
    ];
    let names = ["Host", "Internal", "Trigger"];
    if let Some(step) = button::choices(ui, modes, "Run", &names, &hints, run) {
        out.change("run", view.params.value_of_step("run", step));
    }
    if run != 0 {
        let hint = "Tempo of the internal clock.";
        return number::number(ui, tempo, "tempo", "Tempo", hint, view.params, out);
    }
    // The host's tempo counts: the field keeps its place, so that nothing jumps.
    theme::waiting(ui.painter(), tempo);
    let font = theme::font(theme::SMALL);
    text::line(
        ui.painter(),
        tempo,
        Align2::CENTER_CENTER,
        "host tempo",
        font,
        theme::text_faint(),
    );
}

/// A button that opens a drawer, and closes it.
fn opener(ui: &mut Ui, rect: Rect, (name, words): (&str, &str), drawer: Drawer, desk: &mut Desk) {
    let open =
        desk.drawer == drawer || (drawer == Drawer::Settings && desk.drawer == Drawer::Learn);
    let weight = if open { Weight::Chosen } else { Weight::Plain };
    if button::button(ui, rect, name, words, weight).clicked() {
        desk.drawer = if open { Drawer::Closed } else { drawer };
    }
}

/// What the plug-in takes of its time.
fn cost(ui: &Ui, rect: Rect, view: &View) {
    let pulse = view.pulse;
    let mut rect = rect.middle(30.0);
    let first = rect.cut_top(15.0, 0.0);
    let font = theme::font(theme::SMALL);
    let ink = match pulse.worst_block {
        share if share >= 0.9 => theme::error(),
        share if share >= 0.6 => theme::warning(),
        _ => theme::text_dim(),
    };
    let lines = [
        (
            first,
            format!("CPU {:.0} %", 100.0 * pulse.load),
            theme::text_dim(),
        ),
        (
            rect,
            format!("worst {:.0} %", 100.0 * pulse.worst_block),
            ink,
        ),
    ];
    for (place, words, ink) in lines {
        text::line(
            ui.painter(),
            place,
            Align2::RIGHT_CENTER,
            &words,
            font.clone(),
            ink,
        );
    }
    let id = ui.scope_id().with("cost");
    ui.interact(first.union(rect), id, egui::Sense::hover()).on_hover_text(
        "Share of its time that MuseAroo takes: the mean of the last second, and its worst stretch. At 100 % the sound breaks up; a longer buffer in the host helps.",
    );
}

const OFFLINE: &str =
    "Everything you hear is made on this computer: MuseAroo asks no server, and none is linked.";

/// Name, version, and whether anything is linked: nothing can be.
fn logo(ui: &Ui, rect: Rect) {
    let painter = ui.painter();
    let mut rect = rect.middle(34.0);
    let name = rect.cut_top(20.0, 0.0);
    let placed = text::line(
        painter,
        name,
        Align2::LEFT_CENTER,
        "Muse",
        theme::font(18.0),
        theme::text(),
    );
    let rest = Rect::from_min_max(egui::pos2(placed.max.x, name.min.y), name.max);
    text::line(
        painter,
        rest,
        Align2::LEFT_CENTER,
        "Aroo",
        theme::font(18.0),
        theme::accent(),
    );
    let state = concat!(env!("CARGO_PKG_VERSION"), " \u{00b7} offline");
    text::line(
        painter,
        rect,
        Align2::LEFT_CENTER,
        state,
        theme::font(10.5),
        theme::text_faint(),
    );
    let response = ui.interact(rect, ui.scope_id().with("state"), egui::Sense::hover());
    let words = concat!("MuseAroo ", env!("CARGO_PKG_VERSION"), ", offline");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    response.on_hover_text(OFFLINE);
}

fn transport(ui: &Ui, rect: Rect, view: &View) {
    let pulse = view.pulse;
    let painter = ui.painter();
    let mut well = rect.middle(36.0);
    let (words, _, odd) = host_words(view);
    let id = ui.scope_id().with("transport");
    ui.interact(well, id, egui::Sense::hover())
        .on_hover_text(words.join("\n"));
    theme::control(painter, well, theme::well());
    let sign = well.cut_left(34.0, 0.0).center();
    if pulse.playing {
        let tip = [
            sign + vec2(-5.0, -7.0),
            sign + vec2(7.0, 0.0),
            sign + vec2(-5.0, 7.0),
        ];
        painter.add(egui::Shape::convex_polygon(
            tip.to_vec(),
            theme::playing(),
            egui::Stroke::NONE,
        ));
    } else {
        let square = Rect::from_center_size(sign, vec2(11.0, 11.0));
        let ink = if odd {
            theme::warning()
        } else {
            theme::text_faint()
        };
        painter.rect_filled(square, 2, ink);
    }
    let ink = if pulse.playing {
        theme::text()
    } else {
        theme::text_dim()
    };
    let place = well.cut_left(78.0, 2.0);
    text::line(
        painter,
        place,
        Align2::LEFT_CENTER,
        &position_text(view),
        theme::figures(19.0),
        ink,
    );
    let bars = well.cut_left(34.0, 4.0);
    text::line(
        painter,
        bars.translate(vec2(0.0, 2.0)),
        Align2::LEFT_CENTER,
        &bars_text(view.score.form.bars()),
        theme::font(theme::SMALL),
        theme::text_faint(),
    );
    let tempo = well.cut_left(if well.width() > 110.0 { 82.0 } else { 72.0 }, 0.0);
    let words = match pulse.tempo_bpm > 0.0 {
        true => format!("{:.1} BPM", pulse.tempo_bpm),
        // Nobody has told one yet.
        false => "\u{2014} BPM".to_owned(),
    };
    text::line(
        painter,
        tempo,
        Align2::LEFT_CENTER,
        &words,
        theme::font(theme::BODY),
        ink,
    );
    let meter = format!("{}/{}", pulse.meter.numerator, pulse.meter.denominator);
    text::line(
        painter,
        well,
        Align2::LEFT_CENTER,
        &meter,
        theme::font(theme::BODY),
        ink,
    );
}

/// Bar and beat as musicians count, from 1; bars before the song count below 1.
fn position_text(view: &View) -> String {
    let pulse = view.pulse;
    let beat_ticks = (pulse.meter.bar_ticks() / i64::from(pulse.meter.numerator.max(1))).max(1);
    let inside = (pulse.position - pulse.bar_start.0 as f64).max(0.0) as i64;
    let beat = (inside / beat_ticks).min(i64::from(pulse.meter.numerator) - 1) + 1;
    format!("{:>3}.{}", pulse.bar_index + 1, beat)
}

/// Of how many bars; nothing before there is a song.
fn bars_text(bars: u16) -> String {
    match bars {
        0 => String::new(),
        bars => format!("/ {bars}"),
    }
}

fn labelled_keys(ui: &mut Ui, rect: Rect, wide: bool, view: &View, out: &mut Outbox) {
    let mut field = rect.middle(theme::CONTROL_HEIGHT);
    let label = field.cut_left(if wide { 32.0 } else { 0.0 }, 0.0);
    text::line(
        ui.painter(),
        label,
        Align2::LEFT_CENTER,
        if wide { "Keys" } else { "" },
        theme::font(theme::SMALL + 0.5),
        theme::text_dim(),
    );
    picker::steps(ui, field, "keys", "Keys", 1, view.params, out);
}

/// What the host says, or that it says nothing: two lines, the same where there is little room, and whether that
/// wants a look.
fn host_words(view: &View) -> ([&'static str; 2], [&'static str; 2], bool) {
    let pulse = view.pulse;
    let run = view.params.step("run");
    let (long, short) = match (pulse.blocks, run, pulse.host_transport, pulse.playing) {
        (0, ..) => (
            ["No audio yet", "The host has not called"],
            ["No audio yet", "Host is silent"],
        ),
        (_, 1, ..) => (
            ["Internal clock", "The host's transport does not count"],
            ["Internal clock", "own transport"],
        ),
        (_, 2, ..) => (
            ["Trigger", "Hold a note to play"],
            ["Trigger", "Hold a note"],
        ),
        (_, _, false, _) => (
            [
                "Host tells no transport",
                "Run = Internal plays without one",
            ],
            ["No transport", "Run = Internal"],
        ),
        (_, _, true, true) => (
            ["Follows the host", "Tempo and position come from it"],
            ["Follows host", "Tempo, position"],
        ),
        (_, _, true, false) => (
            ["Host is stopped", "Press play there"],
            ["Host stopped", "Press play there"],
        ),
    };
    let odd = pulse.blocks == 0 || (run == 0 && !pulse.host_transport);
    (long, short, odd)
}

/// Width from which the long words have room, points.
const LONG: f32 = 180.0;

fn host_line(ui: &Ui, rect: Rect, view: &View) {
    // A narrow bar leaves the words to the transport's hint.
    if rect.width() < 80.0 {
        return;
    }
    let (long, short, odd) = host_words(view);
    let [above, below] = if rect.width() < LONG { short } else { long };
    let ink = if odd {
        theme::warning()
    } else {
        theme::text_dim()
    };
    let mut rect = rect.middle(32.0);
    let first = rect.cut_top(16.0, 0.0);
    text::words(ui, first, above, theme::SMALL + 0.5, ink);
    text::words(ui, rect, below, theme::SMALL, theme::text_faint());
}
