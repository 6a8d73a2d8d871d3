//! Learning a style from a folder of MIDI files: on a thread of its own, so that prompts and scores do not wait.
//!
//! A style that was learnt is stored in the user's folder under a name that is still free, put beside the
//! styles at hand, and chosen through the editor as a prompt would choose it. Dropping the [`Learner`] stops
//! after the file in hand and waits for the thread, so that nothing of ours runs once the plug-in is unloaded.

mod store;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authoring::Library;
use authoring::learn::{LearnError, Learnt, from_folder};

use super::job::Job;
use crate::handoff::Shared;
use crate::material;
use crate::snapshot::{Learning, Reply};

/// Files that were left out and are named, at most. Taste: what still reads as one message.
const NAMED: usize = 4;

/// One learning at a time.
pub struct Learner {
    shared: Arc<Shared>,
    user_folder: Option<PathBuf>,
    job: Job,
}

impl Learner {
    /// Stores what it learns in `user_folder`.
    pub fn new(shared: &Arc<Shared>, user_folder: Option<PathBuf>) -> Learner {
        Learner {
            shared: shared.clone(),
            user_folder,
            job: Job::default(),
        }
    }

    /// Begins to learn from a folder. Says why if that cannot be.
    pub fn start(&mut self, folder: &str, name: &str) {
        if self.shared.learning().is_some() {
            self.shared
                .say("A style is being learnt already; wait for it or cancel it.");
            return;
        }
        let begun = store::folder(folder).and_then(|folder| {
            let user_folder = self.user_folder.clone();
            let user_folder = user_folder
                .ok_or("the system names no folder for an application's data".to_owned())?;
            self.spawn(folder, name.trim().to_owned(), user_folder)
        });
        if let Err(why) = begun {
            nothing_learnt(&self.shared, &why);
        }
    }

    fn spawn(&mut self, from: PathBuf, name: String, user_folder: PathBuf) -> Result<(), String> {
        self.shared.show_learning(Some(Learning {
            done: 0,
            total: 0,
            what: "looking for files".to_owned(),
        }));
        let (shared, cancel) = (self.shared.clone(), self.job.renew());
        let run = move || {
            let all = || learn(&shared, &from, &name, &user_folder, &cancel);
            let end = catch_unwind(AssertUnwindSafe(all));
            shared.show_learning(None);
            match end {
                Ok(Ok(Some((learnt, path)))) => put_in_place(&shared, learnt, &path),
                Ok(Ok(None)) => shared.say("Learning was cancelled; nothing was stored."),
                Ok(Err(why)) => nothing_learnt(&shared, &why),
                Err(_) => nothing_learnt(&shared, "that is a bug in MuseAroo"),
            }
        };
        self.job
            .run("learner", run)
            .inspect_err(|_| self.shared.show_learning(None))
    }

    /// Stops after the file in hand.
    pub fn cancel(&mut self) {
        self.job.cancel();
    }
}

fn nothing_learnt(shared: &Shared, why: &str) {
    shared.say(format!("No style was learnt: {why}."));
}

/// Learns and stores; `None` if it was cancelled before anything was stored.
fn learn(
    shared: &Shared,
    from: &Path,
    name: &str,
    user_folder: &Path,
    cancel: &AtomicBool,
) -> Result<Option<(Learnt, PathBuf)>, String> {
    // Read anew: other instances may have stored styles since this process started.
    let mut known = Library::load(Some(user_folder));
    for own in shared.material().styles.iter() {
        if known.styles.iter().all(|style| style.slot != own.slot) {
            known.styles.push(own.clone());
        }
    }
    let name = match (name, from.file_name()) {
        ("", Some(folder)) => folder.to_string_lossy().into_owned(),
        ("", None) => "My style".to_owned(),
        _ => name.to_owned(),
    };
    let wish = store::free(&name, user_folder, &known);
    let mut tell = |progress: &authoring::learn::Progress| {
        shared.show_learning(Some(Learning {
            done: progress.done,
            total: progress.total,
            what: progress.what.clone(),
        }));
        !cancel.load(Ordering::Acquire)
    };
    let mut learnt = match from_folder(from, &wish, &known, &mut tell) {
        Ok(learnt) => learnt,
        Err(LearnError::Cancelled) => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    if cancel.load(Ordering::Acquire) {
        return Ok(None);
    }
    let path = store::write(user_folder, &wish.stem, &learnt.text)?;
    // Patches are counted in this process's own library.
    material::library().resolve(&mut learnt.style);
    Ok(Some((learnt, path)))
}

/// Puts the style in place and says what it was learnt from.
fn put_in_place(shared: &Shared, learnt: Learnt, path: &Path) {
    let (name, slot) = (learnt.style.name.clone(), learnt.style.slot);
    let files = match learnt.files {
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    };
    if !learnt.skipped.is_empty() {
        shared.say(left_out(&learnt.skipped));
    }
    if !learnt.missing.is_empty() {
        shared.say(format!(
            "Nobody played {}: as in the style \u{201c}{}\u{201d}.",
            learnt.missing.join(", "),
            learnt.template
        ));
    }
    let (bars, template) = (learnt.bars, &learnt.template);
    let what = format!(
        "Learnt the style \u{201c}{name}\u{201d} from {files} with {bars} bars; form and mix as in \
         \u{201c}{template}\u{201d}. It is stored in {}",
        path.display()
    );
    if shared.add_style(*learnt.style) {
        shared.say(format!("{what} and plays as style {slot}."));
        shared.answer(Reply {
            set: vec![("style".to_owned(), slot.to_string())],
            understood: format!("the style \u{201c}{name}\u{201d}, learnt from {files}"),
            ..Reply::default()
        });
    } else {
        shared.say(format!(
            "{what}; this project has another style {slot}, so it can be chosen in a new one."
        ));
    }
}

fn left_out(skipped: &[(String, String)]) -> String {
    let named: Vec<String> = skipped
        .iter()
        .take(NAMED)
        .map(|(file, why)| format!("{file} ({why})"))
        .collect();
    let rest = match skipped.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "Left out of learning, {}: {}{rest}.",
        match skipped.len() {
            1 => "1 file".to_owned(),
            many => format!("{many} files"),
        },
        named.join(", ")
    )
}
