use std::time::{Duration, Instant};

use super::*;
use crate::speech::SpeechEnd;

struct Scene {
    shared: Arc<Shared>,
    dictator: Dictator,
    listen: SpeechEnd,
}

impl Scene {
    fn new(find: fn() -> Option<Recogniser>) -> Scene {
        let shared = Shared::new();
        let listen = shared.take_audio_end().expect("there is one").speech;
        let dictator = Dictator {
            find,
            ..Dictator::new(&shared)
        };
        Scene {
            shared,
            dictator,
            listen,
        }
    }
    /// Seconds of a tone on the Listen input, while the worker looks around as it does.
    fn sound(&mut self, seconds: f32, level: f32) {
        for block in 0..(seconds * 100.0) as usize {
            let mut wave: [f32; 480] =
                core::array::from_fn(|n| level * ((block * 480 + n) as f32 * 0.05).sin());
            let mut other = wave;
            self.listen
                .pass_on(&self.shared.speech, &[&mut wave, &mut other], 48_000.0);
            self.dictator.listen();
        }
    }
    fn heard(&self) -> Heard {
        let begun = Instant::now();
        loop {
            if let Some(heard) = self.shared.speech.take_heard() {
                assert_eq!(self.shared.speech.shown(), Dictation::Rests);
                return heard;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "no answer");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn deaf() -> Option<Recogniser> {
    Some(Recogniser::without_program())
}

#[test]
fn what_is_missing_is_said_at_once_in_words_that_help() {
    let mut scene = Scene::new(|| None);
    scene.dictator.obey(true);
    let why = scene.heard().expect_err("there is no recogniser");
    assert!(why.contains("pocketsphinx-en-us"), "{why}");
    assert!(scene.shared.log().contains(&why));
    // Nothing was asked of the audio thread.
    scene.sound(0.1, 0.5);
    assert!(!scene.dictator.listens && scene.dictator.said.is_empty());
}

#[test]
fn silence_a_slip_and_a_host_at_rest_are_each_said() {
    let mut scene = Scene::new(deaf);
    scene.dictator.obey(true);
    scene.dictator.obey(false);
    assert!(scene.heard().is_err_and(|why| why.contains("no audio")));
    scene.dictator.obey(true);
    scene.sound(0.1, 0.5);
    scene.dictator.obey(false);
    assert!(
        scene
            .heard()
            .is_err_and(|why| why.contains("Hold the button"))
    );
    scene.dictator.obey(true);
    scene.sound(1.0, 0.0005);
    scene.dictator.obey(false);
    assert!(scene.heard().is_err_and(|why| why.contains("Listen input")));
}

#[test]
fn the_level_is_shown_while_the_button_is_held() {
    let mut scene = Scene::new(deaf);
    scene.sound(0.5, 0.9);
    scene.dictator.obey(true);
    assert_eq!(
        scene.shared.speech.shown(),
        Dictation::Listens { peak: 0.0 }
    );
    scene.sound(0.5, 0.25);
    let Dictation::Listens { peak } = scene.shared.speech.shown() else {
        panic!("it listens");
    };
    assert!((0.2..0.26).contains(&peak), "{peak}");
    assert!(
        (0.4..0.6).contains(&scene.dictator.seconds()),
        "what came before does not count"
    );
    scene.dictator.obey(false);
    // It was loud and long enough: only the program was missing.
    assert!(
        scene
            .heard()
            .is_err_and(|why| why.contains("does not start"))
    );
}

#[test]
fn a_button_that_is_never_let_go_ends_by_itself() {
    let mut scene = Scene::new(deaf);
    scene.dictator.obey(true);
    scene.sound(LONGEST_S + 1.0, 0.25);
    assert!(!scene.dictator.listens);
    assert!(scene.heard().is_err());
    // Letting go later does nothing.
    scene.dictator.obey(false);
    assert_eq!(scene.shared.speech.take_heard(), None);
}
