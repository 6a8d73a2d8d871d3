//! Which variants are ever heard, and in which sections: one at a time is replaced by a marker that plays what
//! it does not, and the style's form is performed under seed after seed until something differs.
//!
//! Other grooves of a style colour the one that plays, so a groove that makes way for the marker stays in
//! the style as a copy that no section may choose.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use music::chord::Quality;
use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Scale;
use music::plan::{Section, SectionKind};
use music::roman::Roman;
use music::style::{
    BassTechnique, DrumFill, DrumLine, Kinds, Pattern, ProgressionChord, Step, Style,
    TextureTechnique,
};
use music::technique::Rhythm;

use super::Findings;
use super::stage::Stage;

/// A kind that no section has.
const NOWHERE: Kinds = Kinds(1 << 15);
/// Grooves that a kind of section should have to choose from.
const ENOUGH_GROOVES: usize = 3;

/// Plays on every step where `own` is silent at the usual density, and nowhere else.
fn marker(own: &Pattern) -> Pattern {
    let opposite = |step: &Step| Step {
        priority: if step.priority < 4 { 9 } else { 0 },
        span: 1,
        ..Step::default()
    };
    Pattern {
        steps: own.steps.iter().map(opposite).collect(),
        cycles: own.cycles,
    }
}

/// One piece on every step from `first` on.
fn marker_lines<const N: usize>(first: usize) -> heapless::Vec<DrumLine, N> {
    let mut pattern = Pattern::default();
    for step in pattern.steps.iter_mut().skip(first) {
        step.priority = 9;
    }
    let piece = Piece::Claves;
    [DrumLine { piece, pattern }].into_iter().collect()
}

/// What a stage plays under its seed, as a number.
type Ask = dyn Fn(&mut Stage) -> u64;

/// Compares changed styles with one that was left alone.
struct Probe<'a> {
    base: Stage,
    seen: BTreeMap<u16, u64>,
    ask: &'a Ask,
    seeds: u16,
}

impl<'a> Probe<'a> {
    fn new(style: &Style, ask: &'a Ask, seeds: u16) -> Probe<'a> {
        Probe {
            base: Stage::new(style.clone()),
            seen: BTreeMap::new(),
            ask,
            seeds,
        }
    }
    fn scale(mut self, scale: Scale) -> Self {
        self.base.controls.scale = scale;
        self
    }
    /// Whether any seed plays the changed style otherwise.
    fn differs(&mut self, changed: Style) -> bool {
        let mut stage = Stage::new(changed);
        stage.controls.scale = self.base.controls.scale;
        (1..=self.seeds).any(|seed| {
            let (base, ask) = (&mut self.base, self.ask);
            let before = *self.seen.entry(seed).or_insert_with(|| {
                base.controls.seed = seed;
                ask(base)
            });
            stage.controls.seed = seed;
            before != ask(&mut stage)
        })
    }
}

/// The first section of a kind.
fn first_of(stage: &mut Stage, kind: SectionKind) -> Option<Section> {
    let form = stage.form();
    form.sections.iter().find(|s| s.kind == kind).copied()
}

fn hash_bars(stage: &mut Stage, lane: Lane, bars: impl Iterator<Item = u16>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for bar in bars {
        stage.perform(bar);
        for note in stage.heard(lane) {
            (note.onset, note.pitch).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// A lane's first bars in a kind of section.
fn opening(kind: SectionKind, lane: Lane, bars: u16) -> impl Fn(&mut Stage) -> u64 {
    move |stage| match first_of(stage, kind) {
        Some(section) => {
            let first = section.first_bar;
            hash_bars(stage, lane, first..first + section.bars.min(bars))
        }
        None => 0,
    }
}

/// The kinds of sections that the form has, and where a lane plays in them.
fn kinds(style: &Style, lane: Option<Lane>) -> Vec<SectionKind> {
    let mut out = Vec::new();
    for step in &style.form.template {
        let lanes = style.form.lanes[step.kind as usize];
        let plays = lane.is_none_or(|lane| lanes.0 == 0 || lanes.has(lane));
        if plays && !out.contains(&step.kind) {
            out.push(step.kind);
        }
    }
    out
}

/// Where a variant is meant to be heard and the form has it.
fn meant(own: Kinds, all: &[SectionKind]) -> Vec<SectionKind> {
    all.iter().copied().filter(|k| own.suits(*k)).collect()
}

/// Sections that a form takes in when a song is longer than it.
const LONGER: [SectionKind; 3] = [
    SectionKind::Bridge,
    SectionKind::Solo,
    SectionKind::Breakdown,
];

/// Whether a variant is for a section that only longer songs have, which is not measured.
fn later(style: &Style, own: Kinds, lane: Option<Lane>) -> bool {
    let absent = |kind: &&SectionKind| style.form.template.iter().all(|s| s.kind != **kind);
    let plays = |kind: SectionKind| {
        let lanes = style.form.lanes[kind as usize];
        lane.is_none_or(|lane| lanes.0 == 0 || lanes.has(lane))
    };
    LONGER
        .iter()
        .filter(absent)
        .any(|k| own.0 != 0 && own.suits(*k) && plays(*k))
}

fn words(kinds: &[SectionKind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|k| k.word()).collect();
    words.join(" ")
}

pub fn check(style: &Style, seeds: u16, found: &mut Findings) {
    grooves(style, seeds, found);
    fills(style, seeds, found);
    patterns(style, seeds, found);
    progressions(style, seeds, found);
    cells(style, seeds, found);
}

/// Says that a variant is never heard, and why as far as is known.
fn unheard(found: &mut Findings, key: &str, index: usize, where_meant: &[SectionKind]) {
    let why = if where_meant.is_empty() {
        "never heard: no section of the form that it is for lets it play".to_string()
    } else {
        format!(
            "never heard: others come before it in {}",
            words(where_meant)
        )
    };
    found.note(key, Some(index), why);
}

fn grooves(style: &Style, seeds: u16, found: &mut Findings) {
    let all = kinds(style, Some(Lane::Drums));
    let count = style.drums.grooves.len();
    // The copy and the marker need room in the list.
    let measured = count < style.drums.grooves.capacity();
    let mut heard: Vec<Vec<SectionKind>> = vec![Vec::new(); count];
    for &kind in &all {
        let ask = opening(kind, Lane::Drums, 2);
        let mut probe = Probe::new(style, &ask, seeds);
        for (index, groove) in style.drums.grooves.iter().enumerate() {
            if !groove.kinds.suits(kind) {
                continue;
            }
            let mut changed = style.clone();
            let mut copy = groove.clone();
            copy.kinds = NOWHERE;
            let _ = changed.drums.grooves.push(copy);
            changed.drums.grooves[index].lines = marker_lines(0);
            if !measured || probe.differs(changed) {
                heard[index].push(kind);
            }
        }
        let choice = heard.iter().filter(|h| h.contains(&kind)).count();
        if choice < ENOUGH_GROOVES {
            let key = format!("form.{}", kind.word());
            let message =
                format!("hears {choice} of the grooves; {ENOUGH_GROOVES} keep songs apart");
            found.note(&key, None, message);
        }
    }
    for (index, groove) in style.drums.grooves.iter().enumerate() {
        if heard[index].is_empty() && !later(style, groove.kinds, Some(Lane::Drums)) {
            unheard(found, "drums.groove", index, &meant(groove.kinds, &all));
        }
    }
}

pub(super) fn fills(style: &Style, seeds: u16, found: &mut Findings) {
    let ends = |stage: &mut Stage| {
        let form = stage.form();
        let bars = form.sections.iter().flat_map(|s| {
            let inside = (0..s.bars).filter(|b| b % 4 == 3 || b + 1 == s.bars);
            inside.map(|b| s.first_bar + b)
        });
        hash_bars(stage, Lane::Drums, bars)
    };
    let mut probe = Probe::new(style, &ends, seeds);
    for (index, fill) in style.drums.fills.iter().enumerate() {
        let first = 16 - fill.beats.clamp(1, 4) as usize * 4;
        let mut changed = style.clone();
        changed.drums.fills[index].lines = marker_lines(first);
        if !probe.differs(changed) {
            let message = "never heard: no section or phrase ends at its energy";
            found.note("drums.fill", Some(index), message.to_string());
        } else if fill.beats > 1 && begins(fill, first) {
            let mut changed = style.clone();
            for line in &mut changed.drums.fills[index].lines {
                for step in line.pattern.steps.iter_mut().skip(first).take(4) {
                    *step = Step::default();
                }
            }
            if !probe.differs(changed) {
                let message =
                    "its first beat is never heard: no section is strong enough for its length";
                found.note("drums.fill", Some(index), message.to_string());
            }
        }
    }
}

/// Whether a fill has strokes in its first beat; one that lets the groove go on has none to hear.
fn begins(fill: &DrumFill, first: usize) -> bool {
    let mut steps = fill
        .lines
        .iter()
        .flat_map(|l| l.pattern.steps.iter().skip(first).take(4));
    steps.any(|s| s.priority > 0)
}

fn patterns(style: &Style, seeds: u16, found: &mut Findings) {
    let own = |lane: Lane| style.rhythms[lane.index()] == Rhythm::Style;
    let written = style.bass.technique == BassTechnique::Pattern && own(Lane::Bass);
    let figured = style.texture.technique != TextureTechnique::Pad && own(Lane::Texture);
    for (lane, key, used) in [
        (Lane::Bass, "bass.pattern", written),
        (Lane::Harmony, "harmony.pattern", own(Lane::Harmony)),
        (Lane::Texture, "texture.pattern", figured),
    ] {
        let list = |s: &Style| match lane {
            Lane::Bass => s.bass.patterns.to_vec(),
            Lane::Harmony => s.harmony.patterns.to_vec(),
            _ => s.texture.patterns.to_vec(),
        };
        let all = kinds(style, Some(lane));
        for (index, pattern) in list(style).iter().enumerate() {
            let meant = meant(pattern.kinds, &all);
            let heard = meant.iter().any(|kind| {
                let mut changed = style.clone();
                let to = match lane {
                    Lane::Bass => &mut changed.bass.patterns[..],
                    Lane::Harmony => &mut changed.harmony.patterns[..],
                    _ => &mut changed.texture.patterns[..],
                };
                to[index].pattern = marker(&pattern.pattern);
                let ask = opening(*kind, lane, 4);
                Probe::new(style, &ask, seeds).differs(changed)
            });
            if used && !heard && !later(style, pattern.kinds, Some(lane)) {
                unheard(found, key, index, &meant);
            }
        }
    }
}

fn progressions(style: &Style, seeds: u16, found: &mut Findings) {
    let all = kinds(style, None);
    for (index, progression) in style.harmony.progressions.iter().enumerate() {
        let meant = meant(progression.kinds, &all);
        let mut changed = style.clone();
        let strange = Roman {
            degree: 1,
            accidental: -1,
            borrowed: true,
            quality: Some(Quality::Augmented),
            ..Roman::default()
        };
        for chord in &mut changed.harmony.progressions[index].chords {
            *chord = ProgressionChord {
                roman: strange,
                ..*chord
            };
        }
        let scale = if progression.minor {
            Scale::Minor
        } else {
            Scale::Major
        };
        let heard = meant.iter().any(|&kind| {
            let chords = move |stage: &mut Stage| {
                let mut hasher = DefaultHasher::new();
                if let Some(section) = first_of(stage, kind)
                    && let Some(phrase) = stage.phrase(section.first_bar)
                {
                    for span in &phrase.chords {
                        (span.bar, span.step, span.chord).hash(&mut hasher);
                    }
                }
                hasher.finish()
            };
            let mut probe = Probe::new(style, &chords, seeds).scale(scale);
            probe.differs(changed.clone())
        });
        if !heard && !later(style, progression.kinds, None) {
            unheard(found, "harmony.progression", index, &meant);
        }
    }
}

fn cells(style: &Style, seeds: u16, found: &mut Findings) {
    let sung = kinds(style, Some(Lane::Melody));
    let tunes = move |stage: &mut Stage| {
        let mut hasher = DefaultHasher::new();
        for kind in &sung {
            if let Some(section) = first_of(stage, *kind)
                && let Some(phrase) = stage.phrase(section.first_bar)
            {
                for note in &phrase.tune {
                    (note.bar, note.tick).hash(&mut hasher);
                }
            }
        }
        hasher.finish()
    };
    let mut probe = Probe::new(style, &tunes, seeds);
    for (index, cell) in style.melody.cells.iter().enumerate() {
        let mut changed = style.clone();
        changed.melody.cells[index].pattern = marker(&cell.pattern);
        if !probe.differs(changed) {
            found.note("melody.cell", Some(index), "never heard".to_string());
        }
    }
}
