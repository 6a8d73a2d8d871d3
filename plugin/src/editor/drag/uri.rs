//! Paths as dragged text: `text/uri-list`, one `file://` address a line. Reference: RFC 2483 and RFC 8089.

use std::path::{Path, PathBuf};

/// One file as a list.
pub fn write(path: &Path) -> String {
    let mut out = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into());
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.push_str("\r\n");
    out
}

/// The first file of a list; `None` if it names none on this machine.
pub fn first(list: &[u8]) -> Option<PathBuf> {
    let text = String::from_utf8_lossy(list);
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.starts_with('#')).find_map(path)
}

fn path(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let bytes = rest.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%').then(|| rest.get(at + 1..at + 3)).flatten();
        match coded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    let path = String::from_utf8(out).ok()?;
    path.starts_with('/').then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_whatever_it_is_called() {
        for name in ["/tmp/a b.mid", "/home/zoë/100 %/#1 (x).mid", "/a"] {
            let list = write(Path::new(name));
            assert!(list.is_ascii() && list.ends_with("\r\n"), "{list}");
            assert_eq!(first(list.as_bytes()), Some(PathBuf::from(name)));
        }
    }

    #[test]
    fn comments_and_other_addresses_are_passed_over() {
        let list =
            b"# from a browser\r\nhttps://example.org/a.mid\r\nfile://localhost/b%20c.mid\r\n";
        assert_eq!(first(list), Some(PathBuf::from("/b c.mid")));
        assert_eq!(first(b"https://example.org/a.mid"), None);
        assert_eq!(first(b"file://elsewhere/a.mid"), None);
        assert_eq!(first(b"file:///a%zz.mid"), Some(PathBuf::from("/a%zz.mid")));
    }
}
