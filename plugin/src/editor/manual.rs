//! Pages of the manual in a drawer: one a DAW. The text is that of `docs/manual`, laid out line by line.

use egui::{Rect, RichText, ScrollArea, Ui, vec2};

use super::desk::{Desk, Drawer};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::text;
use super::{drawer, space, theme};

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

/// The same names where there is little room.
const SHORT: [&str; PAGES.len()] = [
    "Any DAW",
    "Live",
    "Ardour",
    "Bitwig",
    "Cubase",
    "FL Studio",
    "REAPER",
];

/// Words that hosts call themselves by, in small letters, and the name of their page.
const HOSTS: [(&str, &str); 9] = [
    ("ableton", "Ableton Live"),
    ("live", "Ableton Live"),
    ("ardour", "Ardour"),
    ("bitwig", "Bitwig Studio"),
    ("cubase", "Cubase"),
    ("nuendo", "Cubase"),
    ("fl studio", "FL Studio"),
    ("fruity", "FL Studio"),
    ("reaper", "REAPER"),
];

/// The page of a host, if it has one of its own. Its name counts by whole words, and a number ends a word: "Ardour8".
pub fn page_of(host: &str) -> Option<usize> {
    let host = host.to_lowercase();
    let words: Vec<&str> = host.split(|c: char| !c.is_alphabetic()).collect();
    let says = |name: &str| {
        let name: Vec<&str> = name.split(' ').collect();
        words.windows(name.len()).any(|some| some == name)
    };
    let (_, page) = HOSTS.iter().find(|(name, _)| says(name))?;
    PAGES.iter().position(|(name, _)| name == page)
}

/// A button a page, that of the host in which MuseAroo is first in weight.
pub fn links(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let mut row = rect;
    let words = row.cut_left(124.0, 8.0);
    let title = "MuseAroo in your DAW";
    text::words(ui, words, title, theme::SMALL + 0.5, theme::text());
    for (at, cell) in space::apart(row, PAGES.len(), 4.0).enumerate() {
        let name = PAGES[at].0;
        let (weight, hint) = match desk.home == Some(at) {
            true => (Weight::Main, "You are here: how to record and route it."),
            false => (Weight::Plain, "How to record its MIDI and route its sound."),
        };
        let label = format!("Manual: {name}");
        let response = button::button(ui, cell, &label, SHORT[at], weight);
        if response.on_hover_text(hint).clicked() {
            desk.page = at;
            open(desk);
        }
    }
}

/// Opens the drawer.
pub fn open(desk: &mut Desk) {
    desk.drawer = Drawer::Manual;
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let mut inner = rect.shrink(14.0);
    let page = desk.page.min(PAGES.len() - 1);
    let names = ("MuseAroo in your DAW", "Close manual");
    drawer::head_with(ui, &mut inner, names, desk, |ui, mut head, desk| {
        let groups = || {
            let pages = PAGES.iter().enumerate();
            vec![Group {
                title: String::new(),
                entries: pages
                    .map(|(i, (name, _))| (i, (*name).to_owned()))
                    .collect(),
            }]
        };
        let choose = head.cut_right(150.0, 0.0);
        let (name, shown) = ("Page of the manual", PAGES[page].0);
        if let Some(at) = picker::picker(ui, choose, name, shown, Some(page), 1, groups) {
            desk.page = at;
        }
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ScrollArea::vertical()
            .id_salt(page)
            .auto_shrink(false)
            .show(ui, |ui| {
                for part in parts(PAGES[page].1) {
                    part.show(ui);
                }
                ui.add_space(12.0);
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
    fn a_host_has_its_page_and_a_stranger_has_none() {
        let page = |host| page_of(host).map(|at| PAGES[at].0);
        assert_eq!(page("REAPER"), Some("REAPER"));
        assert_eq!(page("Ableton Live 12 Suite"), Some("Ableton Live"));
        assert_eq!(page("Bitwig Studio"), Some("Bitwig Studio"));
        assert_eq!(page("Nuendo"), Some("Cubase"));
        assert_eq!(page("FL Studio 2024"), Some("FL Studio"));
        assert_eq!(page("Ableton"), Some("Ableton Live"));
        assert_eq!(page("Ardour8"), Some("Ardour"));
        for stranger in ["another", "Olive", "LiveProfessor", "FL", "a studio", ""] {
            assert_eq!(page(stranger), None, "{stranger}");
        }
        for (_, name) in HOSTS {
            assert!(PAGES.iter().any(|(page, _)| *page == name), "{name}");
        }
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
