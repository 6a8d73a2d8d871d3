//! What the browser lists, and what a click on an entry asks for.

use music::lane::Lane;
use music::song::Song;

use super::{Browse, Kind};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::preview::Heard;
use crate::snapshot::Command;

/// Swing from which a style is called swung, thousandths of short. Taste: less is human timing.
const SWUNG: u16 = 1150;

/// An entry of a list.
pub struct Entry {
    /// What it is found by.
    pub stem: String,
    /// Name on screen.
    pub name: String,
    /// What stands beside it.
    pub aside: String,
    /// At the right, in figures.
    pub figures: String,
    /// Headings that it stands under.
    pub headings: Vec<String>,
    /// It is what plays.
    pub chosen: bool,
    /// A favourite.
    pub starred: bool,
    /// What is wrong with it, in words; empty if nothing is.
    pub problem: String,
    /// It is a song that the user saved, and can be renamed and deleted.
    pub own: bool,
    /// What the mouse over it lets be heard.
    pub hears: Option<Heard>,
    /// It swings, as far as that can be said of it.
    swung: Option<bool>,
    /// A lane's instrument, with the song that has it.
    instead: Option<(String, Box<Song>)>,
}

impl Entry {
    /// Whether it is looked for.
    pub fn fits(&self, browse: &Browse) -> bool {
        let under = browse.heading.is_empty() || self.headings.contains(&browse.heading);
        let text =
            format!("{} {} {}", self.name, self.aside, self.headings.join(" ")).to_lowercase();
        let found = browse.search.to_lowercase();
        let found = found.split_whitespace().all(|word| text.contains(word));
        let feels = match (browse.feel, self.swung) {
            (1, Some(swung)) => !swung,
            (2, Some(swung)) => swung,
            _ => true,
        };
        under && found && feels && (self.starred || !browse.favourites)
    }
}

/// Everything of the kind that is looked through.
pub fn entries(view: &View, desk: &Desk) -> Vec<Entry> {
    match desk.browse.kind {
        Kind::Styles => styles(view, desk),
        Kind::Songs => songs(view, desk),
        Kind::Instruments => {
            let lane = match desk.lane() {
                Lane::Drums | Lane::Vocal => Lane::Harmony,
                lane => lane,
            };
            instruments(view, desk, lane)
        }
        Kind::Kits => instruments(view, desk, Lane::Drums),
    }
}

fn styles(view: &View, desk: &Desk) -> Vec<Entry> {
    let now = view.params.step("style");
    let of = |style: &crate::editor::desk::StyleChoice| Entry {
        stem: style.stem.clone(),
        name: style.name.clone(),
        aside: style.genre.clone(),
        figures: match style.swing >= SWUNG {
            true => format!("swung, {}–{} BPM", style.tempo.0, style.tempo.2),
            false => format!("{}–{} BPM", style.tempo.0, style.tempo.2),
        },
        swung: Some(style.swing >= SWUNG),
        headings: vec![style.genre.clone()],
        chosen: usize::from(style.slot) == now,
        starred: desk.likes.styles.contains(&style.stem),
        problem: String::new(),
        own: false,
        hears: Some(Heard::Style(style.slot)),
        instead: None,
    };
    view.library.styles.iter().map(of).collect()
}

fn songs(view: &View, desk: &Desk) -> Vec<Entry> {
    let of = |song: &crate::songs::SongChoice| {
        let mut headings = song.tags.clone();
        if song.own {
            headings.push(" Your own".into());
        }
        Entry {
            stem: song.stem.clone(),
            name: song.name.clone(),
            aside: match song.problem.as_str() {
                "" => song.tags.join(", "),
                why => why.to_owned(),
            },
            figures: String::new(),
            headings,
            chosen: view.song.title.as_str() == song.name,
            starred: desk.likes.songs.contains(&song.stem),
            problem: song.problem.clone(),
            own: song.own,
            hears: song
                .problem
                .is_empty()
                .then(|| Heard::Song(song.stem.clone())),
            swung: None,
            instead: None,
        }
    };
    view.songs.iter().map(of).collect()
}

fn instruments(view: &View, desk: &Desk, lane: Lane) -> Vec<Entry> {
    let index = lane.index();
    let plays = view.instrument(lane);
    let of = |choice: &crate::editor::desk::InstrumentChoice| {
        let mut song = view.song.clone();
        song.instruments[index] = music::name(&choice.stem);
        Entry {
            stem: choice.stem.clone(),
            name: choice.name.clone(),
            aside: choice.family.clone(),
            figures: String::new(),
            headings: vec![choice.family.clone()],
            chosen: choice.stem == plays,
            starred: desk.likes.instruments.contains(&choice.stem),
            problem: String::new(),
            own: false,
            hears: Some(Heard::Instrument(lane, choice.stem.clone())),
            swung: None,
            instead: Some((format!("{}: {}", lane.name(), choice.name), Box::new(song))),
        }
    };
    view.library.instruments[index].iter().map(of).collect()
}

/// Chooses an entry.
pub fn choose(entry: &Entry, desk: &mut Desk, out: &mut Outbox) {
    match (desk.browse.kind, &entry.hears, &entry.instead) {
        (Kind::Styles, Some(Heard::Style(slot)), _) => {
            out.change("style", f32::from(*slot) / 255.0);
        }
        (Kind::Songs, ..) => out.command(Command::LoadSong(entry.stem.clone())),
        (_, _, Some((words, song))) => out.command(Command::Edit(words.clone(), song.clone())),
        _ => {}
    }
}

/// Makes a favourite, or makes it none.
pub fn star(entry: &Entry, desk: &mut Desk) {
    let list = match desk.browse.kind {
        Kind::Styles => &mut desk.likes.styles,
        Kind::Songs => &mut desk.likes.songs,
        Kind::Instruments | Kind::Kits => &mut desk.likes.instruments,
    };
    match list.iter().position(|stem| *stem == entry.stem) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(entry.stem.clone()),
    }
}
