//! The built-in presets are part of the crate: a file that is added or removed rebuilds it.
fn main() {
    println!("cargo:rerun-if-changed=../../presets");
}
