//! Reads one TOML file table by table and remembers which keys were asked for, so that every key that
//! nobody knows is named with its line and the nearest one that is known.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problem, unknown};

/// A file that is being read, and what was found wrong with it so far.
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Source<'a> {
    /// A file with its path as it shall be named.
    pub fn new(file: &'a str, text: &'a str) -> Source<'a> {
        Source {
            file,
            text,
            problems: RefCell::default(),
        }
    }
    /// Parses the file; a syntax error is noted and `None` given.
    pub fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let line = error.span().map_or(0, |span| self.line(span.start));
                self.note(
                    line,
                    "",
                    error.message().lines().collect::<Vec<_>>().join(", "),
                );
                None
            }
        }
    }
    /// Everything found wrong.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|p| p.line);
        problems
    }
    fn line(&self, offset: usize) -> usize {
        1 + self
            .text
            .as_bytes()
            .iter()
            .take(offset)
            .filter(|b| **b == b'\n')
            .count()
    }
    fn note(&self, line: usize, key: &str, message: String) {
        self.problems.borrow_mut().push(Problem {
            file: self.file.to_string(),
            line,
            key: key.to_string(),
            message,
        });
    }
}

/// A value's place: what a message about it needs.
#[derive(Clone)]
pub struct Place<'a> {
    source: &'a Source<'a>,
    line: usize,
    key: String,
}

impl Place<'_> {
    /// Notes what is wrong here.
    pub fn wrong(&self, message: impl Into<String>) {
        self.source.note(self.line, &self.key, message.into());
    }
    /// The value, or a note of why there is none.
    pub fn check<T>(&self, result: Result<T, String>) -> Option<T> {
        result.map_err(|message| self.wrong(message)).ok()
    }
}

/// One table of the file.
pub struct Reader<'a> {
    table: &'a DeTable<'a>,
    place: Place<'a>,
    asked: Vec<String>,
}

impl<'a> Reader<'a> {
    /// The file's own table.
    pub fn root(source: &'a Source<'a>, table: &'a Spanned<DeTable<'a>>) -> Reader<'a> {
        let place = Place {
            source,
            line: 1,
            key: String::new(),
        };
        Reader {
            table: table.get_ref(),
            place,
            asked: Vec::new(),
        }
    }
    /// Where the table stands.
    pub fn place(&self) -> &Place<'a> {
        &self.place
    }
    fn path(&self, key: &str) -> String {
        if self.place.key.is_empty() {
            key.to_string()
        } else {
            format!("{}.{key}", self.place.key)
        }
    }
    fn value(&mut self, key: &str) -> Option<(&'a DeValue<'a>, Place<'a>)> {
        self.asked.push(key.to_string());
        let value = self.table.get(key)?;
        let place = Place {
            source: self.place.source,
            line: self.place.source.line(value.span().start),
            key: self.path(key),
        };
        Some((value.get_ref(), place))
    }
    /// Notes that a needed key is missing.
    pub fn missing(&self, key: &str) {
        self.place
            .source
            .note(self.place.line, &self.path(key), "is missing".to_string());
    }
    /// A text, if it is there.
    pub fn text(&mut self, key: &str) -> Option<(&'a str, Place<'a>)> {
        let (value, place) = self.value(key)?;
        match value.as_str() {
            Some(text) => Some((text, place)),
            None => {
                place.wrong(format!("must be a text in quotes, not {}", kind(value)));
                None
            }
        }
    }
    /// A text that must be there.
    pub fn need_text(&mut self, key: &str) -> Option<(&'a str, Place<'a>)> {
        if !self.table.contains_key(key) {
            self.asked.push(key.to_string());
            self.missing(key);
            return None;
        }
        self.text(key)
    }
    /// A number in a range; `default` where it is not given.
    pub fn number(&mut self, key: &str, range: RangeInclusive<f64>, default: f64) -> f64 {
        let Some((value, place)) = self.value(key) else {
            return default;
        };
        match number(value) {
            Some(n) if range.contains(&n) => n,
            Some(n) => {
                place.wrong(format!(
                    "{n} is outside {} to {}",
                    range.start(),
                    range.end()
                ));
                default
            }
            None => {
                place.wrong(format!("must be a number, not {}", kind(value)));
                default
            }
        }
    }
    /// A whole number in a range; `default` where it is not given.
    pub fn whole(&mut self, key: &str, range: RangeInclusive<u8>, default: u8) -> u8 {
        let (low, high) = (*range.start() as f64, *range.end() as f64);
        let n = self.number(key, low..=high, default as f64);
        if n.fract() != 0.0 {
            let line = self
                .table
                .get(key)
                .map_or(0, |v| self.place.source.line(v.span().start));
            self.place
                .source
                .note(line, &self.path(key), format!("{n} must be a whole number"));
        }
        n as u8
    }
    /// A whole number that must be there.
    pub fn need_whole(&mut self, key: &str, range: RangeInclusive<u8>) -> u8 {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        let low = *range.start();
        self.whole(key, range, low)
    }
    /// Yes or no; `false` where it is not given.
    pub fn flag(&mut self, key: &str) -> bool {
        let Some((value, place)) = self.value(key) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|| {
            place.wrong(format!("must be true or false, not {}", kind(value)));
            false
        })
    }
    /// A list of numbers, if it is there.
    pub fn numbers(&mut self, key: &str) -> Option<(Vec<f64>, Place<'a>)> {
        let (value, place) = self.value(key)?;
        let list: Option<Vec<f64>> = value
            .as_array()
            .and_then(|list| list.iter().map(|v| number(v.get_ref())).collect());
        if list.is_none() {
            place.wrong("must be a list of numbers in [ ]");
        }
        list.map(|list| (list, place))
    }
    /// A list of lists of numbers, if it is there.
    pub fn number_rows(&mut self, key: &str) -> Option<(Vec<Vec<f64>>, Place<'a>)> {
        let (value, place) = self.value(key)?;
        let row = |v: &DeValue<'_>| -> Option<Vec<f64>> {
            v.as_array()?.iter().map(|v| number(v.get_ref())).collect()
        };
        let rows: Option<Vec<Vec<f64>>> = value
            .as_array()
            .and_then(|list| list.iter().map(|v| row(v.get_ref())).collect());
        if rows.is_none() {
            place.wrong("must be a list of lists of numbers, [[a, b], [c, d]]");
        }
        rows.map(|rows| (rows, place))
    }
    /// A list of texts, if it is there.
    pub fn texts(&mut self, key: &str) -> Option<(Vec<&'a str>, Place<'a>)> {
        let (value, place) = self.value(key)?;
        let list: Option<Vec<&str>> = value
            .as_array()
            .and_then(|list| list.iter().map(|v| v.get_ref().as_str()).collect());
        if list.is_none() {
            place.wrong("must be a list of texts in [ ]");
        }
        list.map(|list| (list, place))
    }
    /// A table, if it is there: `[key]`.
    pub fn table(&mut self, key: &str) -> Option<Reader<'a>> {
        let (value, place) = self.value(key)?;
        match value.as_table() {
            Some(table) => Some(Reader {
                table,
                place,
                asked: Vec::new(),
            }),
            None => {
                place.wrong(format!(
                    "must be a table [{}], not {}",
                    place.key,
                    kind(value)
                ));
                None
            }
        }
    }
    /// A table that must be there.
    pub fn need_table(&mut self, key: &str) -> Option<Reader<'a>> {
        if !self.table.contains_key(key) {
            self.asked.push(key.to_string());
            self.missing(key);
            return None;
        }
        self.table(key)
    }
    /// Every table of a list `[[key]]`.
    pub fn tables(&mut self, key: &str) -> Vec<Reader<'a>> {
        let Some((value, place)) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.as_array() else {
            place.wrong(format!(
                "must be a list of tables [[{}]], not {}",
                place.key,
                kind(value)
            ));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in list.iter() {
            let mut place = place.clone();
            place.line = self.place.source.line(item.span().start);
            match item.get_ref().as_table() {
                Some(table) => out.push(Reader {
                    table,
                    place,
                    asked: Vec::new(),
                }),
                None => place.wrong(format!("must be a list of tables [[{}]]", place.key)),
            }
        }
        out
    }
    /// Every key of the table, in the order of the file.
    pub fn keys(&self) -> Vec<&'a str> {
        let mut keys: Vec<_> = self
            .table
            .iter()
            .map(|(key, _)| (key.span().start, key.get_ref()))
            .collect();
        keys.sort_by_key(|(at, _)| *at);
        keys.into_iter().map(|(_, key)| key.as_ref()).collect()
    }
    /// Notes every key that nobody asked for.
    pub fn finish(self) {
        let known: Vec<&str> = self.asked.iter().map(String::as_str).collect();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let line = self.place.source.line(key.span().start);
                self.place
                    .source
                    .note(line, &self.path(name), unknown("key", name, &known));
            }
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    if let Some(n) = value.as_integer() {
        return i64::from_str_radix(n.as_str(), n.radix())
            .ok()
            .map(|n| n as f64);
    }
    value
        .as_float()
        .and_then(|n| n.as_str().parse::<f64>().ok())
        .filter(|n| n.is_finite())
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value.type_str() {
        "integer" | "float" => "a number",
        "string" => "a text",
        "boolean" => "true or false",
        "array" => "a list",
        "table" => "a table",
        _ => "a date",
    }
}
