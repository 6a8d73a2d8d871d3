//! The command line of `render`: every mistake gets one line that names the nearest valid word.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Result, bail};
use authoring::problem;
use music::controls;
use music::song::FORM_BARS;
use music::time::Meter;

/// What the user can mend; the program ends with code 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// An error that the user can mend.
pub fn usage(text: impl Into<String>) -> anyhow::Error {
    Usage(text.into()).into()
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// Folder for the files.
    pub out: PathBuf,
    /// Style file's stem.
    pub style: Option<String>,
    /// Words.
    pub prompt: Option<String>,
    /// `D minor`.
    pub key: Option<String>,
    /// Quarter notes a minute.
    pub tempo_bpm: Option<f64>,
    /// Meter.
    pub meter: Option<Meter>,
    /// Length.
    pub bars: Option<u16>,
    /// Seed.
    pub seed: Option<u16>,
    /// (parameter, text as a host shows it).
    pub set: Vec<(String, String)>,
    /// Samples a second.
    pub rate_hz: Option<f64>,
    /// Frames a block.
    pub block: Option<usize>,
    /// How many songs, with seeds counting up.
    pub count: Option<u32>,
    /// Notes only.
    pub no_audio: bool,
    /// What the mix and its master are asked for.
    pub mastering: Mastering,
}

/// What the mix and its master are asked for. Anything but `off` lets MixAroo listen first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mastering {
    /// Integrated loudness, LUFS.
    pub loudness_lufs: Option<f64>,
    /// Highest true peak, dBTP.
    pub ceiling_dbtp: Option<f64>,
    /// Whether the master works.
    pub master: Option<bool>,
    /// An audio file to sound like.
    pub reference: Option<PathBuf>,
    /// How far, percent.
    pub amount: Option<u32>,
}

impl Mastering {
    /// Whether MixAroo has to listen to the song before it is rendered.
    pub fn listens(&self) -> bool {
        self.master != Some(false)
            && (self.loudness_lufs.is_some()
                || self.ceiling_dbtp.is_some()
                || self.master.is_some()
                || self.reference.is_some())
    }
    /// As parameters of the plug-in.
    pub fn parameters(&self) -> Vec<(String, String)> {
        let mut set = Vec::new();
        let mut put = |id: &str, text: String| set.push((id.to_owned(), text));
        if let Some(lufs) = self.loudness_lufs {
            put("loudness", "Custom".to_owned());
            put("loudness_custom", format!("{lufs} LUFS"));
        }
        if let Some(dbtp) = self.ceiling_dbtp {
            put("ceiling", format!("{dbtp} dBTP"));
        }
        if let Some(on) = self.master {
            put("master", if on { "On" } else { "Off" }.to_owned());
        }
        if let Some(percent) = self.amount {
            put("match", format!("{percent} %"));
        }
        set
    }
}

const OPTIONS: [&str; 18] = [
    "--out",
    "--style",
    "--prompt",
    "--key",
    "--tempo",
    "--meter",
    "--bars",
    "--seed",
    "--set",
    "--rate",
    "--block",
    "--count",
    "--no-audio",
    "--loudness",
    "--ceiling",
    "--master",
    "--reference",
    "--amount",
];

impl Arguments {
    /// Reads a command line.
    ///
    /// # Errors
    /// [`Usage`].
    pub fn parse(words: &[String]) -> Result<Arguments> {
        let mut arguments = Arguments::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .map(String::as_str)
                    .ok_or_else(|| usage(format!("{word} needs a value")))
            };
            match word.as_str() {
                "--out" => arguments.out = PathBuf::from(value()?),
                "--style" => arguments.style = Some(value()?.to_owned()),
                "--prompt" => arguments.prompt = Some(value()?.to_owned()),
                "--key" => arguments.key = Some(value()?.to_owned()),
                "--tempo" => {
                    let range = controls::TEMPO;
                    arguments.tempo_bpm =
                        Some(number(word, value()?, range.min as f64, range.max as f64)?);
                }
                "--meter" => arguments.meter = Some(meter(value()?)?),
                "--bars" => {
                    let (low, high) = (*FORM_BARS.start() as f64, *FORM_BARS.end() as f64);
                    arguments.bars = Some(number(word, value()?, low, high)? as u16);
                }
                "--seed" => {
                    let range = controls::SEED;
                    arguments.seed =
                        Some(number(word, value()?, range.min as f64, range.max as f64)? as u16);
                }
                "--set" => match value()?.split_once('=') {
                    Some((id, text)) => arguments
                        .set
                        .push((id.trim().to_owned(), text.trim().to_owned())),
                    None => bail!(usage(
                        "--set takes PARAM_ID=VALUE, for example \"drums_density=80 %\""
                    )),
                },
                "--rate" => arguments.rate_hz = Some(number(word, value()?, 22_050.0, 192_000.0)?),
                "--block" => arguments.block = Some(number(word, value()?, 1.0, 8192.0)? as usize),
                "--count" => arguments.count = Some(number(word, value()?, 1.0, 9999.0)? as u32),
                "--no-audio" => arguments.no_audio = true,
                "--loudness" => {
                    let (low, high) = ends(&controls::LOUDNESS_LUFS);
                    arguments.mastering.loudness_lufs = Some(number(word, value()?, low, high)?);
                }
                "--ceiling" => {
                    let (low, high) = ends(&controls::CEILING_DBTP);
                    arguments.mastering.ceiling_dbtp = Some(number(word, value()?, low, high)?);
                }
                "--master" => match value()? {
                    "on" => arguments.mastering.master = Some(true),
                    "off" => arguments.mastering.master = Some(false),
                    other => bail!(usage(problem::unknown("--master", other, &["on", "off"]))),
                },
                "--reference" => arguments.mastering.reference = Some(PathBuf::from(value()?)),
                "--amount" => {
                    arguments.mastering.amount =
                        Some(number(word, value()?, 0.0, 100.0)?.round() as u32);
                }
                other => bail!(usage(problem::unknown("option", other, &OPTIONS))),
            }
        }
        if arguments.out.as_os_str().is_empty() {
            bail!(usage("render needs --out DIR"));
        }
        Ok(arguments)
    }
}

fn ends(range: &std::ops::RangeInclusive<f32>) -> (f64, f64) {
    // To a tenth: what is written in decimals is not what a float holds.
    let tenth = |x: f32| (f64::from(x) * 10.0).round() / 10.0;
    (tenth(*range.start()), tenth(*range.end()))
}

fn number(option: &str, text: &str, low: f64, high: f64) -> Result<f64> {
    match text.parse::<f64>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        Ok(value) if value.is_finite() => {
            bail!(usage(format!(
                "{option} {text}: nearest valid is {}",
                value.clamp(low, high)
            )))
        }
        _ => bail!(usage(format!(
            "{option} takes a number from {low} to {high}, not \"{text}\""
        ))),
    }
}

/// Reads `7/8`, or `7/8=3+2+2` with its grouping.
///
/// # Errors
/// [`Usage`], with the nearest meter.
pub fn meter(text: &str) -> Result<Meter> {
    if let Some(meter) = Meter::parse(text) {
        return Ok(meter);
    }
    let written = text.split_once('=').map_or(text, |(written, _)| written);
    let parts = written
        .split_once('/')
        .and_then(|(n, d)| Some((n.trim().parse().ok()?, d.trim().parse().ok()?)));
    let Some((numerator, denominator)) = parts else {
        bail!(usage(format!(
            "unknown meter \"{text}\", nearest is \"4/4\""
        )));
    };
    if Meter::new(numerator, denominator).is_some() {
        bail!(usage(format!(
            "the groups of \"{text}\" must make {numerator}, as in \"{written}={numerator}\""
        )));
    }
    let distance = |m: &Meter| {
        m.numerator.abs_diff(numerator) as u32 + 4 * m.denominator.abs_diff(denominator) as u32
    };
    let all = [1, 2, 4, 8, 16]
        .into_iter()
        .flat_map(|d| (1..=32).filter_map(move |n| Meter::new(n, d)));
    let nearest = all.min_by_key(distance).unwrap_or_default();
    bail!(usage(format!(
        "unknown meter \"{text}\", nearest is \"{}/{}\"",
        nearest.numerator, nearest.denominator
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|w| w.to_string()).collect();
        let error = Arguments::parse(&words).unwrap_err();
        assert!(error.is::<Usage>(), "{error}");
        error.to_string()
    }

    #[test]
    fn mistakes_name_the_nearest_valid_word() {
        assert_eq!(
            error(&["--out", "x", "--meter", "7/9"]),
            "unknown meter \"7/9\", nearest is \"7/8\""
        );
        assert_eq!(
            error(&["--out", "x", "--meter", "seven"]),
            "unknown meter \"seven\", nearest is \"4/4\""
        );
        assert_eq!(
            error(&["--out", "x", "--stlye", "rock"]),
            "unknown option \"--stlye\", nearest is \"--style\""
        );
        assert_eq!(
            error(&["--out", "x", "--bars", "2"]),
            "--bars 2: nearest valid is 4"
        );
        assert_eq!(
            error(&["--out", "x", "--tempo", "fast"]),
            "--tempo takes a number from 20 to 300, not \"fast\""
        );
        assert_eq!(error(&["--style", "rock"]), "render needs --out DIR");
        assert_eq!(error(&["--out"]), "--out needs a value");
    }

    #[test]
    fn a_whole_line_is_read() {
        let line =
            "--out d --style lofi --meter 7/8 --bars 32 --seed 7 --set drums_density=80 --no-audio";
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let arguments = Arguments::parse(&words).unwrap();
        assert_eq!(arguments.meter, Meter::new(7, 8));
        assert_eq!((arguments.bars, arguments.seed), (Some(32), Some(7)));
        assert_eq!(
            arguments.set,
            [("drums_density".to_owned(), "80".to_owned())]
        );
        assert!(arguments.no_audio);
        assert!(!arguments.mastering.listens());
    }

    #[test]
    fn the_master_is_asked_for_in_numbers() {
        let line = "--out d --loudness -14 --ceiling -1 --master on --reference a.flac --amount 60";
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let mastering = Arguments::parse(&words).unwrap().mastering;
        assert!(mastering.listens());
        let texts: Vec<String> = mastering
            .parameters()
            .into_iter()
            .map(|(id, text)| format!("{id}={text}"))
            .collect();
        assert_eq!(
            texts,
            [
                "loudness=Custom",
                "loudness_custom=-14 LUFS",
                "ceiling=-1 dBTP",
                "master=On",
                "match=60 %"
            ]
        );
        let off = Mastering {
            master: Some(false),
            ..mastering
        };
        assert!(!off.listens());
        assert_eq!(
            error(&["--out", "x", "--loudness", "3"]),
            "--loudness 3: nearest valid is -6"
        );
        assert_eq!(
            error(&["--out", "x", "--master", "onn"]),
            "unknown --master \"onn\", nearest is \"on\""
        );
    }
}
