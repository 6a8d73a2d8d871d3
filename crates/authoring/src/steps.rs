//! Tab lines: `"9..5|9...|9..5|9.3."` to steps of a pattern.
//!
//! A beat is four characters, beats stand between `|`, two bars may stand in one line. Spaces do not count.

use music::style::{BassRole, Pattern, Step};

/// Beats of a line of one bar or two.
pub const BARS: [usize; 2] = [4, 8];
/// Beats of a line that goes round in its own length.
pub const ANY_BEATS: [usize; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// The characters of a tab line, checked for its length in beats.
///
/// # Errors
/// Says which beat has too many or too few steps, or that the number of beats is none of `beats`.
pub fn cells(text: &str, beats: &[usize]) -> Result<Vec<char>, String> {
    let mut out = Vec::new();
    let mut beat = 0;
    for group in text.split('|') {
        let group: Vec<char> = group.chars().filter(|c| !c.is_whitespace()).collect();
        if group.is_empty() {
            continue;
        }
        beat += 1;
        if group.len() != 4 {
            return Err(format!(
                "beat {beat} has {} steps, must have 4 between \"|\"",
                group.len()
            ));
        }
        out.extend(group);
    }
    if !beats.contains(&beat) {
        let wanted = match beats {
            [first, .., last] if beats.len() > 2 => format!("{first} to {last}"),
            _ => {
                let wanted: Vec<String> = beats.iter().map(usize::to_string).collect();
                wanted.join(" or ")
            }
        };
        return Err(format!("has {beat} beats, must have {wanted}"));
    }
    Ok(out)
}

/// `beat 2 step 3` of a place in a line.
fn place(index: usize) -> String {
    format!("beat {} step {}", index / 4 + 1, index % 4 + 1)
}

fn digit(c: char, index: usize, range: std::ops::RangeInclusive<u8>) -> Result<u8, String> {
    match c.to_digit(10) {
        Some(d) if range.contains(&(d as u8)) => Ok(d as u8),
        _ => Err(format!(
            "\"{c}\" at {} must be {} to {} or \".\"",
            place(index),
            range.start(),
            range.end()
        )),
    }
}

/// Velocity of an accent digit. Taste: nine even rungs up to full force; 1 to 3 are ghosts.
pub const fn accent(digit: u8) -> u8 {
    14 * digit + 1
}

/// A line of priorities: `9` always … `1` only when dense, `.` silent. With `holds`, a digit sounds for
/// as many steps as `-` follow it and one more.
pub fn priorities(text: &str, beats: &[usize], holds: bool) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    let mut held: Option<usize> = None;
    for (i, c) in cells(text, beats)?.into_iter().enumerate() {
        let mut step = Step::default();
        match c {
            '.' => held = None,
            '-' if holds => match held {
                Some(from) => steps[from].span += 1,
                None => return Err(format!("\"-\" at {} holds nothing", place(i))),
            },
            c => {
                step.priority = digit(c, i, 1..=9)?;
                step.span = u8::from(holds);
                held = Some(i);
            }
        }
        steps.push(step);
    }
    Ok(steps)
}

/// A line of bass roles: `R 3 5 7 8` chord tones, `f` fifth below, `a` approach, `p` passing, `x` dead,
/// `-` holds. Priorities come from their own line.
pub fn bass_roles(text: &str, beats: &[usize]) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    let mut held: Option<usize> = None;
    for (i, c) in cells(text, beats)?.into_iter().enumerate() {
        let mut step = Step::default();
        let role = match c {
            '.' => {
                held = None;
                None
            }
            '-' => {
                match held {
                    Some(from) => steps[from].span += 1,
                    None => return Err(format!("\"-\" at {} holds nothing", place(i))),
                }
                None
            }
            'R' | 'r' => Some(BassRole::Root),
            '3' => Some(BassRole::Third),
            '5' => Some(BassRole::Fifth),
            '7' => Some(BassRole::Seventh),
            '8' => Some(BassRole::Octave),
            'a' => Some(BassRole::Approach),
            'f' => Some(BassRole::LowFifth),
            'p' => Some(BassRole::Passing),
            'x' => Some(BassRole::Dead),
            c => {
                return Err(format!(
                    "\"{c}\" at {} must be one of R 3 5 7 8 f a p x, \"-\" or \".\"",
                    place(i)
                ));
            }
        };
        if let Some(role) = role {
            step = Step {
                priority: 7,
                span: 1,
                tag: role as u8,
                ..step
            };
            held = Some(i);
        }
        steps.push(step);
    }
    Ok(steps)
}

/// Lays a second line over the steps of a first: each digit goes where something sounds.
///
/// # Errors
/// A digit where nothing sounds, a digit outside `range`, another length.
pub fn overlay(
    steps: &mut [Step],
    text: &str,
    range: std::ops::RangeInclusive<u8>,
    mut set: impl FnMut(&mut Step, u8),
) -> Result<(), String> {
    let cells = cells(text, &[steps.len() / 4])?;
    for (i, (c, step)) in cells.into_iter().zip(steps.iter_mut()).enumerate() {
        if matches!(c, '.' | '-') {
            continue;
        }
        let d = digit(c, i, range.clone())?;
        if step.priority == 0 {
            return Err(format!(
                "\"{c}\" at {} stands where nothing sounds",
                place(i)
            ));
        }
        set(step, d);
    }
    Ok(())
}

/// A pattern of steps that were read; `cycles`: it goes round in its own length.
pub fn pattern(steps: &[Step], cycles: bool) -> Pattern {
    Pattern {
        steps: steps.iter().copied().collect(),
        cycles,
    }
}
