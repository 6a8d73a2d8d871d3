//! What every style plays is written down in tests/golden/. `cargo xtask bless` rewrites the tables; the commit says
//! what changed and why.

use tests::fixtures::first_difference;
use tests::golden;

/// What differs from a table, in words.
fn difference(stem: &str, seed: u16) -> Option<String> {
    let path = golden::path(stem, seed);
    let want = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let have = golden::table(stem, seed);
    let (want, have): (Vec<&str>, Vec<&str>) = (want.lines().collect(), have.lines().collect());
    let difference = first_difference(&want, &have)?;
    Some(format!(
        "{stem} with seed {seed} plays something else {difference}"
    ))
}

#[test]
fn every_style_plays_what_is_written_down() {
    let all = golden::tables();
    let found: Vec<String> = all
        .iter()
        .filter_map(|(stem, seed)| difference(stem, *seed))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_style_has_a_table_and_every_table_a_style() {
    let tables: Vec<String> = golden::tables()
        .iter()
        .map(|(stem, seed)| format!("{stem}-{seed}.txt"))
        .collect();
    let folder = golden::path("x", 0);
    let folder = folder.parent().expect("a folder");
    let mut found = 0;
    for file in std::fs::read_dir(folder).expect("the tables") {
        let name = file
            .expect("a file")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(tables.contains(&name), "{name} belongs to no style");
        found += 1;
    }
    assert_eq!(found, tables.len());
}
