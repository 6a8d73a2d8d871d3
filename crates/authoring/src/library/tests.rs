use super::*;

#[test]
fn every_preset_file_is_read() {
    let library = Library::load(None);
    let problems: Vec<String> = library.problems.iter().map(|p| p.to_string()).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(!library.styles.is_empty());
}
