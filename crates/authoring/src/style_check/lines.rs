//! Where in a style file a table of a list or a key stands.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// Lines of every key and every table of a list, by dotted path.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    of: BTreeMap<(String, usize), usize>,
}

impl Lines {
    /// Reads a file; one that does not parse has no lines.
    pub fn new(text: &str) -> Lines {
        let mut out = Lines::default();
        if let Ok(table) = DeTable::parse(text) {
            out.walk(text, "", table.get_ref());
        }
        out
    }

    fn walk(&mut self, text: &str, path: &str, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let name: &str = key.get_ref();
            let path = if path.is_empty() {
                name.to_string()
            } else {
                format!("{path}.{name}")
            };
            self.of
                .insert((path.clone(), 0), line(text, key.span().start));
            match value.get_ref() {
                DeValue::Table(inner) => self.walk(text, &path, inner),
                DeValue::Array(list) => {
                    for (index, item) in list.iter().enumerate() {
                        if item.get_ref().is_table() {
                            let at = line(text, item.span().start);
                            self.of.insert((path.clone(), index + 1), at);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The line of a key, or of the `index`-th table of a list; 0 where it is not written.
    pub fn of(&self, key: &str, index: Option<usize>) -> usize {
        let place = (key.to_string(), index.map_or(0, |i| i + 1));
        self.of.get(&place).copied().unwrap_or(0)
    }
}

fn line(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|b| **b == b'\n').count()
}
