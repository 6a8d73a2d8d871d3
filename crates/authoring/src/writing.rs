//! Texts as TOML holds them.

/// A text in quotes: what TOML would take for a sign is escaped, control characters become blanks.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A comment line, kept to one line.
pub fn comment(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("# {plain}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_text_survives_toml() {
        for text in ["plain", "a \"b\" \\ c", "tab\there", "schön \u{200b}x"] {
            let line = format!("{}key = {}\n", super::comment(text), super::quoted(text));
            let table: toml::Table = line.parse().unwrap();
            let wanted = text.replace('\t', " ");
            assert_eq!(table["key"].as_str(), Some(wanted.as_str()));
        }
    }
}
