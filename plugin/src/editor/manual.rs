//! Pages of the manual in a drawer: one a DAW. The text is that of `docs/manual`, laid out line by line.

use egui::{Align2, Rect, RichText, ScrollArea, Ui, vec2};

use super::desk::{Desk, Drawer};
use super::space::Cut;
use super::theme;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::text;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(520.0, 520.0);

/// Name and text of every page.
pub const PAGES: [(&str, &str); 7] = [
    ("Any DAW", include_str!("../../../docs/manual/README.md")),
    ("Ableton Live", include_str!("../../../docs/manual/live.md")),
    ("Ardour", include_str!("../../../docs/manual/ardour.md")),
    (
        "Bitwig Studio",
        include_str!("../../../docs/manual/bitwig.md"),
    ),
    ("Cubase", include_str!("../../../docs/manual/cubase.md")),
    (
        "FL Studio",
        include_str!("../../../docs/manual/fl-studio.md"),
    ),
    ("REAPER", include_str!("../../../docs/manual/reaper.md")),
];

/// Opens the drawer.
pub fn open(desk: &mut Desk) {
    desk.drawer = Drawer::Manual;
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let mut inner = rect.shrink(14.0);
    let mut head = inner.cut_top(26.0, 10.0);
    let close = head.cut_right(58.0, 10.0);
    if button::button(ui, close, "Close manual", "Close", Weight::Plain).clicked() {
        desk.drawer = Drawer::Closed;
    }
    let choose = head.cut_right(150.0, 10.0);
    let font = theme::font(theme::TITLE);
    let words = "MuseAroo in your DAW";
    text::line(
        ui.painter(),
        head,
        Align2::LEFT_CENTER,
        words,
        font,
        theme::text(),
    );
    let page = desk.page.min(PAGES.len() - 1);
    let groups = || {
        let pages = PAGES.iter().enumerate();
        vec![Group {
            title: String::new(),
            entries: pages
                .map(|(i, (name, _))| (i, (*name).to_owned()))
                .collect(),
        }]
    };
    let (name, shown) = ("Page of the manual", PAGES[page].0);
    if let Some(at) = picker::picker(ui, choose, name, shown, Some(page), 1, groups) {
        desk.page = at;
    }
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ScrollArea::vertical()
            .id_salt(page)
            .auto_shrink(false)
            .show(ui, |ui| {
                for part in parts(PAGES[page].1) {
                    part.show(ui);
                }
            });
    });
}

/// A part of a page, over as many lines as it takes.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Title(String),
    Heading(String),
    Paragraph(String),
    /// Mark and words.
    Entry(String, String),
}

impl Part {
    fn show(&self, ui: &mut Ui) {
        match self {
            Part::Title(words) => {
                ui.label(RichText::new(words).size(theme::TITLE).color(theme::text()));
            }
            Part::Heading(words) => {
                ui.add_space(8.0);
                ui.label(
                    RichText::new(words)
                        .size(theme::BODY)
                        .color(theme::accent()),
                );
            }
            Part::Paragraph(words) => {
                ui.label(
                    RichText::new(words)
                        .size(theme::BODY)
                        .color(theme::text_dim()),
                );
            }
            Part::Entry(mark, words) => {
                ui.horizontal_top(|ui| {
                    ui.add_space(6.0);
                    let width = vec2(18.0, 14.0);
                    let mark = RichText::new(mark)
                        .size(theme::BODY)
                        .color(theme::text_faint());
                    ui.add_sized(width, egui::Label::new(mark));
                    let words = RichText::new(words).size(theme::BODY).color(theme::text());
                    ui.add(egui::Label::new(words).wrap());
                });
            }
        }
    }
}

/// The little of Markdown that the pages use: `#` and `##`, paragraphs, lists with numbers or dashes.
fn parts(page: &str) -> Vec<Part> {
    let mut all: Vec<Part> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        let words = plain(line.trim());
        if words.is_empty() {
            open = false;
            continue;
        }
        let number = words.split_once(". ");
        let number = number.filter(|(mark, _)| mark.parse::<u8>().is_ok());
        let new = if let Some(rest) = words.strip_prefix("## ") {
            Part::Heading(rest.to_owned())
        } else if let Some(rest) = words.strip_prefix("# ") {
            Part::Title(rest.to_owned())
        } else if let Some(rest) = words.strip_prefix("- ") {
            Part::Entry("\u{2022}".to_owned(), rest.to_owned())
        } else if let Some((mark, rest)) = number {
            Part::Entry(format!("{mark}."), rest.to_owned())
        } else if let Some(Part::Paragraph(before) | Part::Entry(_, before)) =
            all.last_mut().filter(|_| open)
        {
            before.push(' ');
            before.push_str(&words);
            continue;
        } else {
            Part::Paragraph(words)
        };
        open = matches!(new, Part::Paragraph(_) | Part::Entry(..));
        all.push(new);
    }
    all
}

/// Without marks for bold, code and links.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after
            .split_once("](")
            .and_then(|(name, tail)| Some((name, tail.split_once(')')?.1)))
        {
            Some((name, tail)) => {
                out.push_str(name);
                rest = tail;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_part_by_part() {
        let page = "# Live\n\nOne\nparagraph, **bold**.\n\n## Record\n\n1. First\n   goes on\n2. `Second`\n\n- a [link](b.md) too\n";
        let entry = |mark: &str, words: &str| Part::Entry(mark.into(), words.into());
        let want = [
            Part::Title("Live".into()),
            Part::Paragraph("One paragraph, bold.".into()),
            Part::Heading("Record".into()),
            entry("1.", "First goes on"),
            entry("2.", "Second"),
            entry("\u{2022}", "a link too"),
        ];
        assert_eq!(parts(page), want);
    }

    #[test]
    fn every_page_says_what_was_tried_and_how_to_record_route_and_listen() {
        for (name, page) in PAGES {
            for word in ["## Record", "## Stems", "## Listen", "## Tried"] {
                assert!(page.contains(word), "{name}: {word}");
            }
        }
    }
}
