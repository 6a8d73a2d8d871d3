#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::material;

/// A folder as an installed recogniser has it, whose program is a script of ours.
struct Installed(PathBuf);

impl Installed {
    fn new(name: &str, program: &str, script: &str) -> Installed {
        let root = env::temp_dir().join(format!("musearoo-{name}-{}", std::process::id()));
        let model = root.join("share/pocketsphinx/model/en-us");
        fs::create_dir_all(model.join("en-us")).expect("it is ours");
        fs::create_dir_all(root.join("bin")).expect("it is ours");
        let words = "funk F AH NG K\nat AE T\nninety N AY N T IY\nsix S IH K S\nzebra Z IY\n";
        fs::write(model.join("cmudict-en-us.dict"), words).expect("it is ours");
        let program = root.join("bin").join(program);
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("it is ours");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
        Installed(root)
    }
    fn find(&self) -> Recogniser {
        find_in(&[self.0.join("bin")]).expect("it is there")
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read(recogniser: &Recogniser) -> Heard {
    let speech: Vec<f32> = (0..RATE_HZ).map(|n| 0.1 * (n as f32 * 0.3).sin()).collect();
    let cancel = AtomicBool::new(false);
    recogniser.read(&speech, &material::library().words, &cancel)
}

#[test]
fn the_program_is_given_our_words_and_one_channel_of_its_rate() {
    // It says what it was given: the dictionary has "funk" and no "zebra", the model begins as such do, the sound is
    // mono (byte 22) at 16,000 a second (bytes 24 and 25: 0x80, 0x3e).
    let script = "while [ $# -gt 1 ]; do case $1 in -dict) d=$2;; -lm) l=$2;; -infile) s=$2;; esac; shift; done
grep -q '^funk ' $d && ! grep -q zebra $d && grep -q ngram $l && \
[ \"$(od -An -tx1 -j22 -N4 $s | tr -d ' \\n')\" = 0100803e ] && echo 'funk at' && echo 'ninety six'";
    let installed = Installed::new("sphinx-08", "pocketsphinx_continuous", script);
    assert_eq!(read(&installed.find()), Ok("funk at 96".to_owned()));
}

#[test]
fn version_5_answers_in_json() {
    let script = r#"echo '{"b":0.0,"d":1.2,"p":1.0,"t":"funk at"}'; echo '{"t":"ninety six"}'"#;
    let installed = Installed::new("sphinx-5", "pocketsphinx", script);
    assert_eq!(read(&installed.find()), Ok("funk at 96".to_owned()));
}

#[test]
fn a_program_that_fails_or_says_nothing_is_said() {
    let failing = Installed::new("sphinx-bad", "pocketsphinx_continuous", "exit 3");
    let why = read(&failing.find()).expect_err("it failed");
    assert!(
        why.contains("could not be read") && why.contains('3'),
        "{why}"
    );
    let silent = Installed::new("sphinx-mute", "pocketsphinx_continuous", "true");
    let why = read(&silent.find()).expect_err("nothing was read");
    assert!(why.contains("Nothing of it"), "{why}");
}

#[test]
fn what_was_said_is_for_nobody_else_and_gone_afterwards() {
    let folder = Folder::new().expect("it can be made");
    let path = folder.0.clone();
    fs::write(path.join("speech.wav"), "words").expect("it is ours");
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0, "others may not look: {mode:o}");
    drop(folder);
    assert!(!path.exists());
}

#[test]
fn reading_ends_when_nobody_wants_it_any_more() {
    let slow = Installed::new("sphinx-slow", "pocketsphinx_continuous", "sleep 60");
    let cancel = AtomicBool::new(true);
    let begun = Instant::now();
    let heard = slow
        .find()
        .read(&[0.1; 1600], &material::library().words, &cancel);
    assert!(heard.is_err() && begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn without_a_model_no_program_is_found() {
    let bin = env::temp_dir().join(format!("musearoo-nosphinx-{}", std::process::id()));
    fs::create_dir_all(&bin).expect("it is ours");
    assert!(find_in(std::slice::from_ref(&bin)).is_none());
    let _ = fs::remove_dir_all(&bin);
}

#[test]
fn a_prompt_that_a_voice_speaks_is_read() {
    let voice = ["/usr/bin/flite", "/usr/local/bin/flite"];
    let voice = voice.iter().find(|path| Path::new(path).is_file());
    let (Some(recogniser), Some(voice)) = (find(), voice) else {
        println!("NOT RUN: PocketSphinx and flite, which speaks, are not both installed");
        return;
    };
    let wav = env::temp_dir().join(format!("musearoo-voice-{}.wav", std::process::id()));
    let mut right = 0;
    for (said, read) in [
        ("funk in d minor", "funk in d minor"),
        (
            "dark trap in f minor no melody",
            "dark trap in f minor no melody",
        ),
        ("slow jazz waltz in g major", "slow jazz waltz in g major"),
        (
            "disco at one hundred twenty without vocals",
            "disco at 120 without vocals",
        ),
    ] {
        let spoken = Command::new(voice)
            .args(["-voice", "rms", "-t", said, "-o"])
            .arg(&wav)
            .status();
        assert!(spoken.is_ok_and(|status| status.success()));
        let audio = files::wav::read(&wav).expect("it was written");
        let speech = super::super::resample::to(RATE_HZ, &audio.channels[0], audio.rate_hz);
        let cancel = AtomicBool::new(false);
        let heard = recogniser.read(&speech, &material::library().words, &cancel);
        println!("{said}: {heard:?}");
        right += u32::from(heard.as_deref() == Ok(read));
    }
    let _ = fs::remove_file(&wav);
    // Recognisers mishear; one that hears half is not broken.
    assert!(right >= 2, "{right} of 4");
}
