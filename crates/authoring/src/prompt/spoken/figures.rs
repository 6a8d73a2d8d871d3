//! Numbers that were said in words.

use crate::prompt::Words;

/// A line as it was said, with its numbers in figures: "rock at one hundred and twenty" is "rock at 120".
pub fn in_figures(words: &Words, line: &str) -> String {
    let (ones, tens) = words.cardinals();
    let value = |word: &str| {
        let one = ones.iter().position(|w| w == word).map(|n| n as u32 + 1);
        let ten = tens.iter().position(|w| w == word);
        one.or(ten.map(|n| 10 * (n as u32 + 2)))
    };
    let said: Vec<&str> = line.split_whitespace().collect();
    let mut out: Vec<String> = Vec::new();
    let mut i = 0;
    while i < said.len() {
        let (number, used) = number(&said[i..], &value);
        // "Four four" is a meter, and "one drop" a beat: small numbers stay words.
        match number {
            Some(n) if n > 9 => out.push(n.to_string()),
            _ => out.extend(said[i..i + used].iter().map(|w| (*w).to_owned())),
        }
        i += used;
    }
    out.join(" ")
}

/// The number that a run of words begins with, and how many words it takes; without one, one word.
fn number(said: &[&str], value: &impl Fn(&str) -> Option<u32>) -> (Option<u32>, usize) {
    let at = |i: usize| said.get(i).and_then(|word| value(word));
    let below = |i: usize| match (at(i), at(i + 1)) {
        (Some(ten), Some(one)) if ten >= 20 && one < 10 => Some((ten + one, i + 2)),
        (Some(n), _) => Some((n, i + 1)),
        (None, _) => None,
    };
    let hundreds = match (said[0], at(0)) {
        ("a", _) => Some(1),
        (_, Some(n)) if n < 10 => Some(n),
        _ => None,
    };
    if let Some(hundreds) = hundreds
        && said.get(1) == Some(&"hundred")
    {
        let joined = said.get(2) == Some(&"and");
        return match below(2 + usize::from(joined)) {
            Some((rest, used)) if rest < 100 => (Some(100 * hundreds + rest), used),
            _ => (Some(100 * hundreds), 2),
        };
    }
    below(0).map_or((None, 1), |(n, used)| (Some(n), used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Library;

    #[test]
    fn numbers_are_read_in_figures_where_a_prompt_wants_them() {
        let words = &Library::load(None).words;
        for (said, read) in [
            ("rock at one hundred and twenty", "rock at 120"),
            ("funk at ninety six", "funk at 96"),
            ("a hundred beats", "100 beats"),
            ("thirty two bars", "32 bars"),
            ("house at one hundred twenty eight", "house at 128"),
            ("four four time and one drop", "four four time and one drop"),
            ("a waltz in d minor", "a waltz in d minor"),
            ("twelve bar blues at seventy", "12 bar blues at 70"),
            ("two hundred", "200"),
            ("", ""),
        ] {
            assert_eq!(in_figures(words, said), read);
        }
    }
}
