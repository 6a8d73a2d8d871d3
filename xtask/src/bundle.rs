//! Bundles as hosts look for them, on each system.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::{Usage, paths};

/// File name of the bundles, without ending.
pub const NAME: &str = "MuseAroo";

/// The two bundles.
#[derive(Clone, Debug)]
pub struct Bundles {
    /// `MuseAroo.clap`
    pub clap: PathBuf,
    /// `MuseAroo.vst3`
    pub vst3: PathBuf,
}

/// `cargo xtask bundle`
pub fn command(words: &[String]) -> Result<()> {
    let profile = match words {
        [] => Profile::Quick,
        [word] if word == "--release" => Profile::Release,
        _ => bail!(Usage(format!(
            "unknown option \"{}\", nearest is \"--release\"",
            words.join(" ")
        ))),
    };
    let bundles = make(profile)?;
    println!(
        "{}\n{}",
        paths::shown(&bundles.clap),
        paths::shown(&bundles.vst3)
    );
    Ok(())
}

/// Builds the plug-in and bundles it into target/bundled/.
pub fn make(profile: Profile) -> Result<Bundles> {
    build::run(
        "building",
        &[
            "build",
            "--profile",
            profile.name(),
            "-p",
            "musearoo",
            "--lib",
        ],
    )?;
    from_library(profile, "bundled")
}

/// Bundles the library that a profile built.
pub fn from_library(profile: Profile, folder: &str) -> Result<Bundles> {
    let library = profile.folder().join(library_name());
    let folder = paths::target().join(folder);
    let bundles = Bundles {
        clap: folder.join(format!("{NAME}.clap")),
        vst3: folder.join(format!("{NAME}.vst3")),
    };
    for bundle in [&bundles.clap, &bundles.vst3] {
        remove(bundle)?;
    }
    copy(&library, &clap_place(&bundles.clap))?;
    copy(&library, &vst3_place(&bundles.vst3))?;
    if cfg!(target_os = "macos") {
        for bundle in [&bundles.clap, &bundles.vst3] {
            mac_property_list(bundle)?;
        }
    }
    Ok(bundles)
}

fn library_name() -> String {
    format!(
        "{}musearoo{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

/// A `.clap` is the library itself, on macOS a folder.
fn clap_place(bundle: &Path) -> PathBuf {
    if cfg!(target_os = "macos") {
        bundle.join("Contents/MacOS").join(NAME)
    } else {
        bundle.to_owned()
    }
}

/// Where the library lies in a `.vst3`.
/// Reference: Steinberg, "VST 3 Developer Portal", Plug-in Format Structure.
fn vst3_place(bundle: &Path) -> PathBuf {
    let arch = std::env::consts::ARCH;
    let contents = bundle.join("Contents");
    if cfg!(target_os = "macos") {
        contents.join("MacOS").join(NAME)
    } else if cfg!(target_os = "windows") {
        let arch = if arch == "aarch64" {
            "arm64-win"
        } else {
            "x86_64-win"
        };
        contents.join(arch).join(format!("{NAME}.vst3"))
    } else {
        contents
            .join(format!("{arch}-linux"))
            .join(format!("{NAME}.so"))
    }
}

/// What macOS wants to know of a bundle.
fn mac_property_list(bundle: &Path) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let kind = bundle.extension().unwrap_or_default().to_string_lossy();
    let entries = [
        ("CFBundleExecutable", NAME),
        ("CFBundleIdentifier", &format!("audio.musearoo.{kind}")),
        ("CFBundleName", NAME),
        ("CFBundlePackageType", "BNDL"),
        ("CFBundleSignature", "????"),
        ("CFBundleShortVersionString", version),
        ("CFBundleVersion", version),
        ("CFBundleDevelopmentRegion", "English"),
    ];
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\"><dict>\n",
    );
    for (key, value) in entries {
        text += &format!("  <key>{key}</key><string>{value}</string>\n");
    }
    text += "  <key>NSHighResolutionCapable</key><true/>\n</dict></plist>\n";
    let contents = bundle.join("Contents");
    fs::write(contents.join("Info.plist"), text).context("cannot write Info.plist")?;
    fs::write(contents.join("PkgInfo"), "BNDL????").context("cannot write PkgInfo")
}

/// Removes a bundle, file or folder, if it is there.
pub fn remove(bundle: &Path) -> Result<()> {
    let gone = if bundle.is_dir() {
        fs::remove_dir_all(bundle)
    } else if bundle.exists() {
        fs::remove_file(bundle)
    } else {
        Ok(())
    };
    gone.with_context(|| format!("cannot replace {}; is a host using it?", bundle.display()))
}

/// Copies a file, making its folders.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::copy(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
