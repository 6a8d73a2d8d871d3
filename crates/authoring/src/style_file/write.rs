//! A [`Style`] as the file that gives it again: what learning writes, and what a musician then edits.
//!
//! Accents are written where the style has them; their digits are nine rungs, so a force that came from
//! elsewhere goes to the nearest.

use std::fmt::Write;

use music::groove::SwingUnit;
use music::lane::{Lane, LaneSet};
use music::pitch::Scale;
use music::plan::SectionKind;
use music::style::{
    BassRole, BassTechnique, CompTechnique, DrumLine, Kinds, LanePattern, Ornament, Pattern,
    Progression, Step, Style, TextureTechnique,
};
use music::technique::Rhythm;

use crate::writing::{comment, quoted};

/// Writes a style. `groove` is the stem of its groove file, `comments` stand on top, and those of `notes`
/// before the table that they name.
pub fn write(style: &Style, groove: &str, comments: &[String], notes: &[(&str, String)]) -> String {
    let mut out = String::new();
    for line in comments {
        out.push_str(&comment(line));
    }
    let mut file = File { out, notes };
    file.head(style, groove);
    file.form(style);
    file.drums(style);
    file.bass(style);
    file.harmony(style);
    file.texture(style);
    file.melody(style);
    file.mix(style);
    file.out
}

struct File<'a> {
    out: String,
    notes: &'a [(&'a str, String)],
}

impl File<'_> {
    fn key(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{key} = {value}");
    }
    fn table(&mut self, name: &str) {
        self.out.push('\n');
        for (_, note) in self.notes.iter().filter(|(at, _)| *at == name) {
            self.out.push_str(&comment(note));
        }
        let _ = writeln!(self.out, "[{name}]");
    }
    fn item(&mut self, name: &str, kinds: Kinds, weight: u8) {
        let _ = writeln!(self.out, "\n[[{name}]]");
        let words: Vec<&str> = SectionKind::ALL
            .into_iter()
            .filter(|k| kinds.0 != 0 && kinds.suits(*k))
            .map(SectionKind::word)
            .collect();
        if !words.is_empty() {
            self.key("for", quoted(&words.join(" ")));
        }
        self.key("weight", weight.clamp(1, 9));
    }
    fn rhythm(&mut self, style: &Style, lane: Lane) {
        let rhythm = style.rhythms[lane.index()];
        if rhythm != Rhythm::Style {
            self.key("rhythm", quoted(&rhythm.name()));
        }
    }
    /// A line of the steps, four a beat.
    fn line(&mut self, key: &str, steps: &[Step], sign: impl Fn(usize, &Step) -> char) {
        let beats: Vec<String> = steps
            .chunks(4)
            .enumerate()
            .map(|(b, beat)| {
                let signs = beat.iter().enumerate();
                signs.map(|(i, s)| sign(b * 4 + i, s)).collect()
            })
            .collect();
        let _ = writeln!(self.out, "{key} = \"{}\"", beats.join("|"));
    }
    /// A line over the steps, left out where it says nothing.
    fn over(&mut self, key: &str, steps: &[Step], digit: impl Fn(&Step) -> u8) {
        if steps.iter().any(|s| s.priority > 0 && digit(s) > 0) {
            self.line(key, steps, |_, s| match digit(s) {
                d @ 1..=9 if s.priority > 0 => (b'0' + d) as char,
                _ => '.',
            });
        }
    }

    fn head(&mut self, style: &Style, groove: &str) {
        self.out.push('\n');
        self.key("name", quoted(&style.name));
        self.key("genre", quoted(&style.genre));
        self.key("slot", style.slot);
        if !style.reference.is_empty() {
            self.key("reference", quoted(&style.reference));
        }
        self.key("mode", quoted(mode(style.minor)));
        self.key("groove", quoted(groove));
        let (low, usual, high) = style.tempo;
        self.key(
            "tempo",
            format!("{{ low = {low}, usual = {usual}, high = {high} }}"),
        );
        if !style.swing.points.is_empty() {
            self.table("swing");
            let unit = match style.swing.unit {
                SwingUnit::Eighth => "eighth",
                SwingUnit::Sixteenth => "sixteenth",
            };
            self.key("unit", quoted(unit));
            let rows = style.swing.points.iter();
            let rows: Vec<String> = rows
                .map(|(bpm, ratio)| format!("[{bpm}, {:.3}]", *ratio as f64 / 1000.0))
                .collect();
            self.key("ratio", format!("[{}]", rows.join(", ")));
        }
    }

    fn form(&mut self, style: &Style) {
        let form = &style.form;
        self.table("form");
        let steps = form.template.iter();
        let order: Vec<String> = steps
            .map(|s| format!("{} {}", s.kind.word(), s.bars))
            .collect();
        self.key("order", quoted(&order.join(" | ")));
        self.key("modulation", form.modulation);
        for kind in SectionKind::ALL {
            self.table(&format!("form.{}", kind.word()));
            self.key("energy", form.energy[kind as usize]);
            let lanes = form.lanes[kind as usize];
            if lanes == LaneSet::ALL {
                self.key("lanes", "\"all\"");
            } else if lanes.0 != 0 {
                let own = Lane::ALL.into_iter().filter(|l| lanes.has(*l));
                let words: Vec<&str> = own.map(Lane::id).collect();
                self.key("lanes", quoted(&words.join(" ")));
            }
        }
    }

    fn drums(&mut self, style: &Style) {
        let drums = &style.drums;
        self.table("drums");
        self.key("players", drums.players);
        self.key("crash", drums.crash);
        self.key("ghosts", drums.ghosts);
        if drums.time > 0 {
            self.key("time", drums.time);
        }
        let (strokes, beats) = drums.polyrhythm;
        if beats > 0 {
            self.key("polyrhythm", format!("\"{strokes}:{beats}\""));
        }
        self.rhythm(style, Lane::Drums);
        for groove in &drums.grooves {
            self.item("drums.groove", groove.kinds, groove.weight);
            let cycling = groove.lines.iter().filter(|l| l.pattern.cycles);
            let words: Vec<&str> = cycling.map(|l| l.piece.word()).collect();
            if !words.is_empty() {
                self.key("cycle", quoted(&words.join(" ")));
            }
            self.lines(&groove.lines, 0);
        }
        for fill in &drums.fills {
            self.out.push_str("\n[[drums.fill]]\n");
            self.key("beats", fill.beats);
            self.key("energy", fill.energy);
            self.lines(&fill.lines, 16 - fill.beats.clamp(1, 4) as usize * 4);
        }
    }

    fn lines(&mut self, lines: &[DrumLine], first: usize) {
        for line in lines {
            let steps = line.pattern.steps.get(first..).unwrap_or_default();
            let word = line.piece.word();
            self.line(word, steps, |_, s| priority(s));
            self.over(&format!("{word}-accent"), steps, accent);
            self.over(&format!("{word}-roll"), steps, |s| match s.span {
                2..=4 => s.span,
                _ => 0,
            });
        }
    }

    fn pattern(&mut self, name: &str, own: &LanePattern, sign: impl Fn(&Step) -> char) {
        self.item(name, own.kinds, own.weight);
        if own.pattern.cycles {
            self.key("cycle", true);
        }
        self.held("play", &own.pattern, sign);
    }

    /// A line in which `-` holds for as long as a step spans.
    fn held(&mut self, key: &str, pattern: &Pattern, sign: impl Fn(&Step) -> char) {
        let steps = &pattern.steps;
        self.line(key, steps, |i, step| {
            if step.priority > 0 {
                return sign(step);
            }
            let before = steps[..i].iter().rposition(|s| s.priority > 0);
            match before {
                Some(from) if from + (steps[from].span as usize) > i => '-',
                _ => '.',
            }
        });
    }

    fn bass(&mut self, style: &Style) {
        let bass = &style.bass;
        self.table("bass");
        let technique = match bass.technique {
            BassTechnique::Pattern => "pattern",
            BassTechnique::Walking => "walking",
            BassTechnique::Sub => "sub",
        };
        self.key("technique", quoted(technique));
        self.range(bass.range);
        self.key("lock", bass.lock);
        self.key("approach", bass.approach);
        self.key("slide", bass.slide);
        self.rhythm(style, Lane::Bass);
        for pattern in &bass.patterns {
            self.pattern("bass.pattern", pattern, |s| role(BassRole::from_tag(s.tag)));
            let steps = &pattern.pattern.steps;
            self.line("priority", steps, |_, s| priority(s));
            self.over("accent", steps, accent);
        }
    }

    fn range(&mut self, range: (u8, u8)) {
        self.key("range", format!("[{}, {}]", range.0, range.1));
    }

    fn harmony(&mut self, style: &Style) {
        let harmony = &style.harmony;
        self.table("harmony");
        let technique = match harmony.technique {
            CompTechnique::Block => "block",
            CompTechnique::Strum => "strum",
            CompTechnique::Broken => "broken",
        };
        self.key("technique", quoted(technique));
        self.key("voices", harmony.voices);
        self.range(harmony.range);
        self.key("sevenths", harmony.sevenths);
        self.key("extensions", harmony.extensions);
        self.key("borrowed", harmony.borrowed);
        self.key("secondary", harmony.secondary);
        self.key("cadences", harmony.cadences);
        self.key("rootless", harmony.rootless);
        self.key("converses", harmony.converses);
        self.rhythm(style, Lane::Harmony);
        for progression in &harmony.progressions {
            self.item("harmony.progression", progression.kinds, progression.weight);
            self.key("mode", quoted(mode(progression.minor)));
            self.key("chords", quoted(&chords(progression)));
        }
        for pattern in &harmony.patterns {
            self.figure("harmony.pattern", pattern);
        }
    }

    fn figure(&mut self, name: &str, pattern: &LanePattern) {
        self.pattern(name, pattern, priority);
        let steps = &pattern.pattern.steps;
        self.over("voices", steps, |s| s.tag);
        self.over("accent", steps, accent);
    }

    fn texture(&mut self, style: &Style) {
        let texture = &style.texture;
        self.table("texture");
        let technique = match texture.technique {
            TextureTechnique::Pad => "pad",
            TextureTechnique::Arpeggio => "arpeggio",
            TextureTechnique::CounterLine => "counter-line",
        };
        self.key("technique", quoted(technique));
        self.range(texture.range);
        self.key("voices", texture.voices);
        self.rhythm(style, Lane::Texture);
        for pattern in &texture.patterns {
            self.figure("texture.pattern", pattern);
        }
    }

    fn melody(&mut self, style: &Style) {
        let melody = &style.melody;
        self.table("melody");
        self.range(melody.range);
        self.key("steps", melody.steps);
        self.key("repeats", melody.repeats);
        self.key("rests", melody.rests);
        self.key("ornaments", melody.ornaments);
        let ornament = match melody.ornament {
            Ornament::Pop => "pop",
            Ornament::Blues => "blues",
            Ornament::Jazz => "jazz",
            Ornament::Latin => "latin",
            Ornament::Folk => "folk",
        };
        self.key("ornament", quoted(ornament));
        self.rhythm(style, Lane::Melody);
        for cell in &melody.cells {
            self.item("melody.cell", Kinds::default(), cell.weight);
            self.held("play", &cell.pattern, priority);
            self.over("accent", &cell.pattern.steps, accent);
        }
    }

    fn mix(&mut self, style: &Style) {
        let mix = &style.mix;
        self.table("mix");
        if !mix.profile.is_empty() {
            self.key("profile", quoted(&mix.profile));
        }
        self.key("duck_db", format!("{:.2}", mix.duck_db));
        self.key("reverb_s", format!("{:.2}", mix.reverb_s));
        self.key("delay_steps", mix.delay_steps.clamp(1, 16));
        for lane in Lane::PLAYED {
            self.table(&format!("mix.{}", lane.id()));
            let strip = &mix.strips[lane.index()];
            self.key("instrument", quoted(&mix.instruments[lane.index()]));
            self.key("level_db", format!("{:.2}", strip.level_db));
            self.key("pan", format!("{:.2}", strip.pan));
            self.key("reverb", format!("{:.2}", strip.reverb));
            self.key("delay", format!("{:.2}", strip.delay));
        }
    }
}

const fn mode(minor: bool) -> &'static str {
    if minor { "minor" } else { "major" }
}

fn priority(step: &Step) -> char {
    match step.priority {
        0 => '.',
        p => (b'0' + p.min(9)) as char,
    }
}

/// The rung nearest to a force; 0 where the players choose.
pub(crate) fn accent(step: &Step) -> u8 {
    match step.velocity {
        0 => 0,
        v => ((v as u16 + 6) / 14).clamp(1, 9) as u8,
    }
}

const fn role(role: BassRole) -> char {
    match role {
        BassRole::Root => 'R',
        BassRole::Third => '3',
        BassRole::Fifth => '5',
        BassRole::Seventh => '7',
        BassRole::Octave => '8',
        BassRole::Approach => 'a',
        BassRole::LowFifth => 'f',
        BassRole::Passing => 'p',
        BassRole::Dead => 'x',
    }
}

/// Bars of one or two numerals each; what lasts longer than its bar is held by `%`.
fn chords(progression: &Progression) -> String {
    let scale = if progression.minor {
        Scale::Minor
    } else {
        Scale::Major
    };
    let mut halves: Vec<String> = Vec::new();
    for chord in &progression.chords {
        for half in 0..chord.half_bars {
            halves.push(match half {
                0 => chord.roman.text(scale).to_string(),
                _ => "%".to_string(),
            });
        }
    }
    let bars: Vec<String> = halves
        .chunks(2)
        .map(|bar| match bar {
            [one] => one.clone(),
            [one, two] if two == "%" => one.clone(),
            [one, two] => format!("{one} {two}"),
            _ => String::new(),
        })
        .collect();
    bars.join(" | ")
}
