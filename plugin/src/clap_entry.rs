//! CLAP entry point: nice-plug's own plug-in behind a shim that completes the buses and mends the state.
//!
//! nice-plug 0.4.2 skips a block in which any output bus is missing or empty, reads one bus past the end
//! when a host gives fewer than declared, and refuses a whole state for one wrong byte. The [`shim`] hands
//! it complete buses and readable states; everything else goes straight through.

mod factory;
mod ordered;
mod render;
mod shim;
mod stream;

pub use factory::{deinit, get_factory, init};

/// Exports the symbol `clap_entry`.
#[macro_export]
macro_rules! export_clap {
    ($plugin:ty) => {
        /// The CLAP entry point.
        #[unsafe(no_mangle)]
        #[used]
        pub static clap_entry: ::nice_plug::wrapper::clap::clap_plugin_entry =
            ::nice_plug::wrapper::clap::clap_plugin_entry {
                clap_version: ::nice_plug::wrapper::clap::CLAP_VERSION,
                init: Some($crate::clap_entry::init::<$plugin>),
                deinit: Some($crate::clap_entry::deinit),
                get_factory: Some($crate::clap_entry::get_factory),
            };
    };
}
