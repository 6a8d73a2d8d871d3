//! Where things lie in the work tree.

use std::path::{Path, PathBuf};

/// The repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The library inside a `.clap`: the file itself, or the one in a macOS bundle.
pub fn clap_library(bundle: &Path) -> PathBuf {
    let inside = bundle
        .join("Contents/MacOS")
        .join(bundle.file_stem().unwrap_or_default());
    if inside.is_file() {
        inside
    } else {
        bundle.to_owned()
    }
}

/// The `.clap` under test: the one that `MUSEAROO_CLAP` names, or that `cargo xtask test` built.
pub fn clap_under_test() -> PathBuf {
    under_test("MUSEAROO_CLAP", "MuseAroo.clap")
}

/// The `.vst3` under test: the one that `MUSEAROO_VST3` names, or that `cargo xtask test` built.
pub fn vst3_under_test() -> PathBuf {
    under_test("MUSEAROO_VST3", "MuseAroo.vst3")
}

fn under_test(variable: &str, name: &str) -> PathBuf {
    let path = std::env::var_os(variable)
        .map_or_else(|| target().join("bundled-test").join(name), PathBuf::from);
    assert!(
        path.exists(),
        "{} is not built: run `cargo xtask test`, or name a bundle in {variable}",
        path.display()
    );
    path
}
