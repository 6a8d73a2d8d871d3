//! PocketSphinx, where it is installed: a recogniser that works offline, as a program of its own.
//!
//! It is given our words alone, how they sound and what follows what ([`authoring::prompt::spoken`]); with a model of
//! general English it reads few prompts. It runs as another process: whatever happens there cannot touch the host.
//! Both of its programs are known: `pocketsphinx_continuous` of version 0.8, which Debian has, and `pocketsphinx` of
//! version 5.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use authoring::prompt::{Words, spoken};

use crate::speech::Heard;

/// What its acoustic model was trained for.
pub const RATE_HZ: u32 = 16_000;
/// What is said where there is none.
pub const MISSING: &str = "Spoken prompts need PocketSphinx, a free recogniser that works offline, and it is not \
    installed: on Debian and Ubuntu the packages pocketsphinx and pocketsphinx-en-us, with Homebrew cmu-pocketsphinx.";
/// Longest it may take. Taste: nobody waits longer.
const PATIENCE: Duration = Duration::from_secs(20);
/// Silence before and after what was said, seconds: it listens for where speech begins.
const MARGIN_S: f32 = 0.4;

/// Where programs and models are looked for beside the search path, which is short in a program with a window.
const PLACES: [&str; 4] = ["/usr", "/usr/local", "/opt/homebrew", "/opt/local"];

/// A recogniser that was found.
#[derive(Clone, Debug)]
pub struct Recogniser {
    program: PathBuf,
    /// Version 5 takes the file behind a word, and answers in JSON.
    five: bool,
    /// Folder with the acoustic model and the dictionary.
    model: PathBuf,
}

/// The one that is installed.
pub fn find() -> Option<Recogniser> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path)
        .chain(PLACES.iter().map(|place| Path::new(place).join("bin")))
        .collect();
    find_in(&folders)
}

fn find_in(folders: &[PathBuf]) -> Option<Recogniser> {
    [("pocketsphinx", true), ("pocketsphinx_continuous", false)]
        .into_iter()
        .find_map(|(name, five)| {
            let name = format!("{name}{}", env::consts::EXE_SUFFIX);
            let folder = folders.iter().find(|folder| folder.join(&name).is_file())?;
            let model = model_beside(folder)?;
            let program = folder.join(&name);
            Some(Recogniser {
                program,
                five,
                model,
            })
        })
}

/// The English model that belongs to programs in a folder.
fn model_beside(bin: &Path) -> Option<PathBuf> {
    let own = bin.parent().map(Path::to_path_buf);
    own.into_iter()
        .chain(PLACES.iter().map(PathBuf::from))
        .map(|place| place.join("share/pocketsphinx/model/en-us"))
        .find(|model| model.join("cmudict-en-us.dict").is_file() && model.join("en-us").is_dir())
}

impl Recogniser {
    /// One whose program is gone, with a model that is there.
    #[cfg(test)]
    pub fn without_program() -> Recogniser {
        let model = env::temp_dir().join(format!("musearoo-model-{}", std::process::id()));
        let _ = fs::create_dir_all(&model);
        let _ = fs::write(model.join("cmudict-en-us.dict"), "funk F AH NG K\n");
        Recogniser {
            program: model.join("gone"),
            five: false,
            model,
        }
    }
    /// Reads speech of [`RATE_HZ`]. Looks at `cancel` while it waits.
    pub fn read(&self, speech: &[f32], words: &Words, cancel: &AtomicBool) -> Heard {
        let said = |why: String| format!("What you said could not be read: {why}.");
        let base = fs::read_to_string(self.model.join("cmudict-en-us.dict"))
            .map_err(|why| said(why.to_string()))?;
        let given = spoken::of(words, &base);
        let folder = Folder::new().map_err(|why| said(why.to_string()))?;
        let put = |name: &str, text: &str| {
            let path = folder.0.join(name);
            fs::write(&path, text)
                .map(|()| path)
                .map_err(|why| said(why.to_string()))
        };
        let (model, dictionary) = (
            put("words.lm", &given.model)?,
            put("words.dict", &given.dictionary)?,
        );
        let sound = folder.0.join("speech.wav");
        let margin = vec![0.0; (MARGIN_S * RATE_HZ as f32) as usize];
        let samples = [&margin, speech, &margin].concat();
        files::wav::write_mono(&sound, RATE_HZ, &level(&samples))
            .map_err(|why| said(why.to_string()))?;
        let mut command = Command::new(&self.program);
        command
            .arg("-hmm")
            .arg(self.model.join("en-us"))
            .arg("-lm")
            .arg(&model)
            .arg("-dict")
            .arg(&dictionary);
        if self.five {
            command.arg("single").arg(&sound);
        } else {
            command.args(["-logfn", null()]).arg("-infile").arg(&sound);
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| said(format!("{} does not start: {why}", self.program.display())))?;
        let out = wait(child, cancel).map_err(said)?;
        let line = if self.five {
            of_json(&out)
        } else {
            out.replace('\n', " ")
        };
        match spoken::in_figures(words, &line).as_str() {
            "" => Err("Nothing of it could be read: speak nearer to the microphone, in words of the prompt.".into()),
            line => Ok(line.to_owned()),
        }
    }
}

/// As loud as a recogniser is used to: its highest sample at half of full scale.
fn level(samples: &[f32]) -> Vec<f32> {
    let peak = super::peak(samples);
    let gain = if peak > 0.0 { 0.5 / peak } else { 1.0 };
    samples.iter().map(|sample| gain * sample).collect()
}

const fn null() -> &'static str {
    if cfg!(windows) { "NUL" } else { "/dev/null" }
}

/// The text of version 5's answer, a line of JSON for each utterance.
fn of_json(out: &str) -> String {
    let texts = out.lines().filter_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        value.get("t")?.as_str().map(str::to_owned)
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// What a program says, when it is done; it is ended when it takes too long or nobody wants it any more.
fn wait(mut child: Child, cancel: &AtomicBool) -> Result<String, String> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(Some(status)) => return Err(format!("the recogniser ended with {status}")),
            Ok(None) if cancel.load(Ordering::Acquire) || begun.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("it took too long".to_owned());
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(20)),
            Err(why) => return Err(why.to_string()),
        }
    }
    let mut text = String::new();
    if let Some(mut out) = child.stdout.take() {
        std::io::Read::read_to_string(&mut out, &mut text).map_err(|why| why.to_string())?;
    }
    Ok(text)
}

/// A folder for what the recogniser reads; gone with all that is in it when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Folder> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("musearoo-speech-{}-{count}", std::process::id()));
        let mut folder = fs::DirBuilder::new();
        // What somebody said is nobody else's business.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests;
