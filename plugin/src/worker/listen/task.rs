//! One listening, from the first pass to the numbers.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authoring::mastering::{Errors, Likeness, Measure, towards};
use authoring::mixing::{Heard, SectionHeard, decide};
use dsp::{Faders, band_gains};
use files::decode::Decoder;
use music::controls::Controls;
use music::lane::{LANES, Lane};
use music::mix::{Decision, Decisions, Reason, What};
use music::plan::SectionKind;
use music::song::Song;

use super::through::Through;
use super::{Wish, fingerprint};
use crate::handoff::Shared;
use crate::material::Material;
use crate::params::MuseParams;
use crate::snapshot::Mixing;

/// Sample rate that is listened at. What is decided holds at any other.
const RATE_HZ: f32 = 48_000.0;
/// The loudness is found to this, LU.
const LOUDNESS_LU: f32 = 0.04;
/// Times that the song is played through the master at most.
const MOST_PASSES: usize = 6;
/// Times that the way to a reference is corrected at most, and errors of spectrum and width, dB, that end it. The
/// width answers by less than what is asked for, since the lowest frequencies keep theirs.
const MATCH_PASSES: usize = 5;
const NEAR_DB: (f32, f32) = (0.2, 0.08);
/// Gains of the master that are tried, dB.
const GAINS_DB: core::ops::RangeInclusive<f32> = -24.0..=36.0;

/// A reference longer than this is no song, seconds.
const MOST_SECONDS: f64 = 3600.0;

/// One listening.
pub struct Task {
    /// Song and styles.
    pub material: Arc<Material>,
    /// As they stood.
    pub controls: Controls,
    /// The user's mix.
    pub faders: Faders,
    /// Tempo that is listened at.
    pub tempo_mbpm: u32,
    /// What is asked for.
    pub wish: Wish,
    /// Where it is shown and put.
    pub shared: Arc<Shared>,
    /// The user has had enough.
    pub cancel: Arc<AtomicBool>,
}

impl Task {
    /// The song as it stands, with the user's mix; main is the mix, whatever is on stems.
    pub fn new(shared: &Arc<Shared>, params: &MuseParams, cancel: Arc<AtomicBool>) -> Task {
        Task {
            material: shared.material(),
            controls: params.controls(),
            faders: Faders {
                main_carries_rest: false,
                ..params.faders()
            },
            tempo_mbpm: shared.heard.tempo_mbpm(),
            wish: Wish::default(),
            shared: shared.clone(),
            cancel,
        }
    }
    /// Listens and decides; `None` if it was cancelled.
    pub fn listen(&self) -> Result<Option<Decisions>, String> {
        let reference = match self.wish.reference.trim() {
            "" => None,
            path => match self.measure_file(PathBuf::from(path))? {
                Some(likeness) => Some(likeness),
                None => return Ok(None),
            },
        };
        let Some(heard) = self.hear()? else {
            return Ok(None);
        };
        if heard.mix.lufs <= -70.0 {
            return Err("the song is silent".to_owned());
        }
        let profile = self.profile().ok_or("there is no style at all")?;
        let mut decisions = decide(&heard, &profile);
        decisions.fingerprint = fingerprint(&self.material.song, &self.controls, self.tempo_mbpm);
        decisions.master.ceiling_dbtp = self
            .faders
            .ceiling_dbtp
            .unwrap_or(profile.master.ceiling_dbtp);
        decisions.master.target_lufs = match &reference {
            Some(reference) => reference.lufs,
            None => self
                .faders
                .target_lufs
                .unwrap_or(profile.master.target_lufs),
        };
        // A guess to begin with: as much as is missing without the master.
        decisions.master.gain_db = profile.master.gain_db;
        if let Some(reference) = &reference
            && !self.approach(&mut decisions, reference)?
        {
            return Ok(None);
        }
        if !self.find_gain(&mut decisions)? {
            return Ok(None);
        }
        let gain = decisions.master.gain_db - profile.master.gain_db;
        let _ = decisions.decisions.push(Decision {
            what: What::MasterGain,
            amount: gain,
            why: Reason::Loudness(decisions.master.target_lufs),
        });
        Ok(Some(decisions))
    }

    /// Every stem, and the mix without its master, mixed as the styles say.
    fn hear(&self) -> Result<Option<Heard>, String> {
        let faders = Faders {
            macros: self.faders.macros,
            master_on: false,
            ..Faders::default()
        };
        let mut through = Through::new(self, None, &faders, RATE_HZ)?;
        let mut lanes = Vec::new();
        for _ in 0..LANES {
            lanes.push(Measure::new(RATE_HZ as u32)?);
        }
        let mut mix = Measure::new(RATE_HZ as u32)?;
        let mut sections: Vec<(SectionKind, Measure)> = Vec::new();
        while let Some(block) = through.next() {
            if !self.goes_on(0.5 * block.share, "listening to the parts") {
                return Ok(None);
            }
            mix.add(block.bus(0)[0], block.bus(0)[1])?;
            for (lane, measure) in lanes.iter_mut().enumerate() {
                measure.add(block.bus(1 + lane)[0], block.bus(1 + lane)[1])?;
            }
            if let Some(kind) = block.section {
                let slot = match sections.iter().position(|(k, _)| *k == kind) {
                    Some(slot) => slot,
                    None => {
                        sections.push((kind, Measure::new(RATE_HZ as u32)?));
                        sections.len() - 1
                    }
                };
                sections[slot].1.add(block.bus(0)[0], block.bus(0)[1])?;
            }
        }
        let pans = through.pans();
        let form = through.form();
        let mut heard = Heard {
            lanes: Default::default(),
            mix: mix.finish()?,
            pans,
            sections: Vec::new(),
        };
        for (slot, measure) in heard.lanes.iter_mut().zip(lanes) {
            let likeness: Likeness = measure.finish()?;
            *slot = (!likeness.is_silent()).then_some(likeness);
        }
        for (kind, measure) in sections {
            let (bars, energy) =
                form.iter()
                    .filter(|s| s.kind == kind)
                    .fold((0.0, 0.0), |(bars, energy), s| {
                        let middle = 0.5 * (f32::from(s.energy) + f32::from(s.energy_end));
                        (
                            bars + f32::from(s.bars),
                            energy + f32::from(s.bars) * middle,
                        )
                    });
            let likeness = measure.finish()?;
            heard.sections.push(SectionHeard {
                kind,
                energy: energy / f32::max(bars, 1.0),
                seconds: likeness.seconds as f32,
                lufs: likeness.lufs,
            });
        }
        Ok(Some(heard))
    }

    /// Plays through the master until the gain gives the loudness that is wanted. `false`: cancelled.
    fn find_gain(&self, decisions: &mut Decisions) -> Result<bool, String> {
        let target = decisions.master.target_lufs;
        // Gain, and the loudness or its distance from the target.
        let mut last: Option<(f32, f32)> = None;
        let mut best: Option<(f32, f32)> = None;
        for pass in 0..MOST_PASSES {
            let gain = decisions.master.gain_db;
            let words = "finding the loudness";
            let Some(lufs) = self.loudness(decisions, 0.6 + 0.06 * pass as f32, words)? else {
                return Ok(false);
            };
            let away = target - lufs;
            if best.is_none_or(|(_, least)| away.abs() < least) {
                best = Some((gain, away.abs()));
            }
            if away.abs() <= LOUDNESS_LU {
                break;
            }
            // A limiter gives back less than was put in: the slope of the last two passes.
            let slope = match last {
                Some((g, l)) if (gain - g).abs() > 0.01 => {
                    ((lufs - l) / (gain - g)).clamp(0.15, 1.2)
                }
                _ => 1.0,
            };
            last = Some((gain, lufs));
            let step = (away / slope).clamp(-18.0, 18.0);
            decisions.master.gain_db = (gain + step).clamp(*GAINS_DB.start(), *GAINS_DB.end());
            if decisions.master.gain_db == gain {
                break;
            }
        }
        if let Some((gain, _)) = best {
            decisions.master.gain_db = gain;
        }
        Ok(true)
    }

    /// Integrated loudness behind the master, LUFS; `None`: cancelled.
    pub fn loudness(
        &self,
        decisions: &Decisions,
        share: f32,
        words: &str,
    ) -> Result<Option<f32>, String> {
        let mut through = Through::new(self, Some(decisions), &self.loud_faders(), RATE_HZ)?;
        let mut measure = Measure::new(RATE_HZ as u32)?;
        while let Some(block) = through.next() {
            if !self.goes_on(share + 0.06 * block.share, words) {
                return Ok(None);
            }
            measure.add(block.bus(0)[0], block.bus(0)[1])?;
        }
        Ok(Some(measure.finish()?.lufs))
    }

    /// Moves the master's graphic equaliser and width towards a reference. `false`: cancelled.
    fn approach(&self, decisions: &mut Decisions, reference: &Likeness) -> Result<bool, String> {
        let mut wanted = [0.0; authoring::mastering::BANDS];
        for pass in 0..MATCH_PASSES {
            let mut through = Through::new(self, Some(decisions), &self.loud_faders(), RATE_HZ)?;
            let mut measure = Measure::new(RATE_HZ as u32)?;
            while let Some(block) = through.next() {
                let share = 0.5 + 0.02 * (pass as f32 + block.share);
                if !self.goes_on(share, "comparing with the reference") {
                    return Ok(false);
                }
                measure.add(block.bus(0)[0], block.bus(0)[1])?;
            }
            let own = measure.finish()?;
            let way = towards(&own, reference);
            for (wanted, more) in wanted.iter_mut().zip(way.eq_db) {
                *wanted = (*wanted + more).clamp(-18.0, 18.0);
            }
            let master = &mut decisions.master;
            master.match_db = band_gains(&wanted, RATE_HZ);
            master.match_width_db = (master.match_width_db + way.width_db).clamp(-12.0, 12.0);
            let louder = way.lufs - own.lufs;
            master.gain_db = (master.gain_db + louder).clamp(*GAINS_DB.start(), *GAINS_DB.end());
            let away = Errors::between(&own, reference);
            if away.spectrum_db <= NEAR_DB.0 && away.width_db.abs() <= NEAR_DB.1 {
                break;
            }
        }
        Ok(true)
    }

    /// The user's mix; the target and the ceiling are the decisions' own.
    fn loud_faders(&self) -> Faders {
        Faders {
            master_on: true,
            master_db: 0.0,
            target_lufs: None,
            ..self.faders
        }
    }

    /// Measures a file. `None`: cancelled.
    fn measure_file(&self, path: PathBuf) -> Result<Option<Likeness>, String> {
        let mut decoder = Decoder::open(&path).map_err(|error| error.to_string())?;
        let mut measure = Measure::new(decoder.rate_hz())?;
        let (seconds, rate) = (decoder.seconds(), decoder.rate_hz());
        let long = || format!("{} is longer than an hour", path.display());
        if seconds.is_some_and(|all| all > MOST_SECONDS) {
            return Err(long());
        }
        let mut piece = [Vec::new(), Vec::new()];
        let mut frames = 0u64;
        while decoder
            .next(&mut piece)
            .map_err(|error| error.to_string())?
        {
            measure.add(&piece[0], &piece[1])?;
            frames += piece[0].len() as u64;
            let done = frames as f64 / f64::from(rate);
            if done > MOST_SECONDS {
                return Err(long());
            }
            let share = seconds.map_or(0.0, |all| (done / all.max(1.0)).min(1.0)) as f32;
            if !self.goes_on(0.1 * share, "listening to the reference") {
                return Ok(None);
            }
        }
        let likeness = measure.finish()?;
        if likeness.is_silent() {
            return Err(format!("{} is silent", path.display()));
        }
        Ok(Some(likeness))
    }

    /// The profile of the harmony's style, which masters the song.
    fn profile(&self) -> Option<music::mix::MixProfile> {
        let slot = self.controls.latch().style_of(Lane::Harmony);
        let style = self.material.style(slot)?;
        crate::material::library().mix_profile(style).cloned()
    }

    /// Shows how far it is; `false`: the user has had enough.
    fn goes_on(&self, share: f32, what: &str) -> bool {
        let share = share.clamp(0.0, 1.0);
        let seen = self.shared.mixing();
        // A step that shows: blocks come by the thousand.
        if seen.is_none_or(|seen| (share - seen.share).abs() >= 0.01 || seen.what != what) {
            self.shared.show_mixing(Some(Mixing {
                share,
                what: what.to_owned(),
            }));
        }
        !self.cancel.load(Ordering::Acquire)
    }

    /// The decisions go into the song as it stands.
    pub fn put_in_place(&self, decisions: Decisions) {
        let words: Vec<String> = decisions
            .decisions
            .iter()
            .take(4)
            .map(ToString::to_string)
            .collect();
        let count = decisions.decisions.len();
        let song = Song {
            mix: Some(decisions),
            ..self.shared.material().song.clone()
        };
        self.shared.edit_song("", song);
        self.shared
            .say(format!("Mixed, {count} decisions: {}.", words.join("; ")));
    }
}
