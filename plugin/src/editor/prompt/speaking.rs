//! The button that is held to speak a prompt. What was said is put into the line for the user to look at; it does
//! nothing before it is composed.

use egui::{Align2, Rect, Response, Sense, Stroke, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::{button::focus_ring, meter, text};
use crate::snapshot::Command;
use crate::speech::{Dictation, Heard};

const HINT: &str = "Hold to speak a prompt: the microphone comes in by MuseAroo's Listen input. From the keyboard, \
    press once to begin and once to end.";

/// What the button stands at.
#[derive(Clone, Debug, Default)]
pub struct Speaking {
    /// The worker was told that somebody speaks.
    on: bool,
    /// By a mouse that has not let go yet.
    held: bool,
    /// What became of the last one.
    last: Option<Heard>,
}

/// Draws the button and says when it goes down and up.
pub fn button(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let response = ui.interact(rect, ui.scope_id().with("speak"), Sense::click());
    let listens = matches!(view.dictation, Dictation::Listens { .. });
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, desk.speaking.on, "Speak a prompt")
    });
    let state = &mut desk.speaking;
    let down = response.is_pointer_button_down_on();
    let turned = if down || state.held {
        let turned = down != state.held;
        state.held = down;
        turned.then_some(down)
    } else if response.clicked() {
        Some(!state.on)
    } else {
        None
    };
    if let Some(on) = turned {
        state.on = on;
        if on {
            state.last = None;
            desk.reply = None;
        }
        out.command(Command::Speak(on));
    }
    draw(ui, &response, listens || desk.speaking.on);
    response.on_hover_text(HINT);
}

/// A microphone: capsule, yoke and stand.
fn draw(ui: &Ui, response: &Response, live: bool) {
    let (fill, ink) = match (live, response.hovered()) {
        (true, _) => (
            theme::mix(theme::raised(), theme::error(), 0.35),
            theme::error(),
        ),
        (false, true) => (theme::hovered(), theme::text()),
        (false, false) => (theme::raised(), theme::text_dim()),
    };
    let painter = ui.painter();
    theme::control(painter, response.rect, fill);
    let at = response.rect.center();
    let stroke = Stroke::new(1.5, ink);
    let capsule = Rect::from_center_size(at - vec2(0.0, 3.0), vec2(6.0, 10.0));
    painter.rect_filled(capsule, 3, ink);
    // The lower half of a circle about the capsule.
    let yoke = (0..=8).map(|n| {
        let angle = core::f32::consts::PI * n as f32 / 8.0;
        at + vec2(5.5 * angle.cos(), 5.0 * angle.sin() - 1.0)
    });
    painter.add(egui::Shape::line(yoke.collect(), stroke));
    painter.line_segment([pos2(at.x, at.y + 4.0), pos2(at.x, at.y + 8.0)], stroke);
    focus_ring(ui, response);
}

/// What the line under the prompt says of it; says whether it said anything.
pub fn show(ui: &Ui, rect: Rect, view: &View, desk: &Desk) -> bool {
    let mut rest = rect;
    let painter = ui.painter();
    let font = theme::font(theme::SMALL + 0.5);
    let say = |rest: Rect, words: &str, ink| {
        text::line(painter, rest, Align2::LEFT_CENTER, words, font.clone(), ink);
    };
    match (view.dictation, &desk.speaking.last) {
        (Dictation::Listens { peak }, _) => {
            let bar = rest.cut_left(90.0, 10.0).middle(5.0);
            meter::lying(painter, bar, peak, theme::playing());
            say(
                rest,
                "Listening: style, mood, key, tempo, length, instruments.",
                theme::text_dim(),
            );
        }
        (Dictation::Reads, _) => say(rest, "Reading what you said…", theme::text_dim()),
        (Dictation::Rests, Some(Err(why))) => say(rest, why, theme::warning()),
        (Dictation::Rests, Some(Ok(_))) if desk.reply.is_none() && !desk.waiting => {
            say(
                rest,
                "This was heard: press Enter to compose it, or change it first.",
                theme::text_dim(),
            );
        }
        _ => return false,
    }
    true
}

/// Puts what was heard into the line, with the keyboard on it.
pub fn heard(desk: &mut Desk, heard: Option<Heard>) {
    let Some(heard) = heard else { return };
    if let Ok(line) = &heard {
        desk.prompt.clone_from(line);
        desk.to_prompt = true;
    }
    desk.reply = None;
    desk.speaking = Speaking {
        last: Some(heard),
        ..Speaking::default()
    };
}
