//! Cuts a prompt into words, numbers and signs.

/// A word of the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As typed.
    pub raw: String,
    /// As it is looked up: lower case.
    pub low: String,
    /// A sentence mark stood before it.
    pub fresh: bool,
}

/// Longest prompt that is read, in characters. Taste: a paragraph.
const MAX_CHARS: usize = 600;

/// Cuts a prompt. Hyphens part words ("lo-fi", "16-bar"), letters part from digits ("92bpm"), `&` is "and";
/// "7/8", "2:30", "F#" and "92.5" stay whole.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut fresh = true;
    let chars: Vec<char> = text.chars().take(MAX_CHARS).collect();
    let mut word = String::new();
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    for (i, &c) in chars.iter().enumerate() {
        let before = if i == 0 { ' ' } else { at(i - 1) };
        let between_digits = before.is_ascii_digit() && at(i + 1).is_ascii_digit();
        let stays = match c {
            '.' | '/' | ':' | ',' => between_digits,
            '#' | '♯' | '♭' => !word.is_empty(),
            '\'' | '’' => {
                continue;
            }
            c => c.is_alphanumeric(),
        };
        let parts = (before.is_ascii_digit() && c.is_alphabetic()) && !word.is_empty();
        if parts || !stays {
            push(&mut out, &mut word, &mut fresh);
        }
        if stays {
            word.push(if c == ',' { '.' } else { c });
        } else if matches!(c, '&' | '+') {
            word.push_str("and");
            push(&mut out, &mut word, &mut fresh);
        } else if matches!(c, '%') {
            word.push(c);
            push(&mut out, &mut word, &mut fresh);
        } else if matches!(c, '.' | ',' | ';' | '!' | '?' | '(' | ')' | '\n') {
            fresh = true;
        }
    }
    push(&mut out, &mut word, &mut fresh);
    out
}

fn push(out: &mut Vec<Token>, word: &mut String, fresh: &mut bool) {
    if !word.is_empty() {
        let low = word.to_lowercase();
        out.push(Token {
            raw: std::mem::take(word),
            low,
            fresh: std::mem::take(fresh),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs_part() {
        let cut = |text: &str| tokens(text).into_iter().map(|t| t.raw).collect::<Vec<_>>();
        assert_eq!(
            cut("Lo-fi, 92bpm in F#m!"),
            ["Lo", "fi", "92", "bpm", "in", "F#m"]
        );
        assert_eq!(cut("7/8 at 92.5; 2:30"), ["7/8", "at", "92.5", "2:30"]);
        assert_eq!(
            cut("bass&keys 16-bar 40%"),
            ["bass", "and", "keys", "16", "bar", "40", "%"]
        );
        assert_eq!(
            cut("rock 'n' roll, 1,5 minutes"),
            ["rock", "n", "roll", "1.5", "minutes"]
        );
        assert_eq!(cut("  ,.! "), Vec::<String>::new());
    }
}
