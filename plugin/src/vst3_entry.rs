//! VST3 entry point: nice-plug's own wrapper behind a shim that completes the buses and mends the state.
//!
//! nice-plug 0.4.2's VST3 wrapper checks a listen input without a main input with the wrong index, makes
//! slices of null channel pointers, skips a whole block when one stem is missing, and forgets the process
//! mode that it is told. Its [`Wrapper`](nice_plug::wrapper::vst3::Wrapper) is public: the [`shim`] owns one,
//! overrides the calls that need it ([`processor`], and loading a state) and forwards the rest ([`forward`]).
//! Exactly one bus layout is declared.

mod factory;
mod forward;
mod pending;
mod processor;
mod shim;
mod stream;

pub use factory::Factory;

/// Exports the symbols of a VST3 module.
#[macro_export]
macro_rules! export_vst3 {
    ($plugin:ty) => {
        /// Gives the host the class factory.
        #[unsafe(no_mangle)]
        pub extern "system" fn GetPluginFactory() -> *mut ::std::ffi::c_void {
            if $crate::machine::suits() {
                $crate::vst3_entry::Factory::<$plugin>::raw()
            } else {
                ::std::ptr::null_mut()
            }
        }
        /// Called by a Linux host once the library is loaded.
        #[cfg(all(target_family = "unix", not(target_os = "macos")))]
        #[unsafe(no_mangle)]
        pub extern "C" fn ModuleEntry(_library: *mut ::std::ffi::c_void) -> bool {
            let suits = $crate::machine::suits();
            if suits {
                ::nice_plug::wrapper::setup_logger::<$plugin>();
            }
            suits
        }
        /// Called by a Linux host before it unloads the library.
        #[cfg(all(target_family = "unix", not(target_os = "macos")))]
        #[unsafe(no_mangle)]
        pub extern "C" fn ModuleExit() -> bool {
            true
        }
        /// Called by a macOS host once the bundle is loaded.
        #[cfg(target_os = "macos")]
        #[unsafe(no_mangle)]
        pub extern "C" fn bundleEntry(_bundle: *mut ::std::ffi::c_void) -> bool {
            let suits = $crate::machine::suits();
            if suits {
                ::nice_plug::wrapper::setup_logger::<$plugin>();
            }
            suits
        }
        /// Called by a macOS host before it unloads the bundle.
        #[cfg(target_os = "macos")]
        #[unsafe(no_mangle)]
        pub extern "C" fn bundleExit() -> bool {
            true
        }
        /// Called by a Windows host once the library is loaded.
        #[cfg(target_os = "windows")]
        #[unsafe(no_mangle)]
        pub extern "system" fn InitDll() -> bool {
            let suits = $crate::machine::suits();
            if suits {
                ::nice_plug::wrapper::setup_logger::<$plugin>();
            }
            suits
        }
        /// Called by a Windows host before it unloads the library.
        #[cfg(target_os = "windows")]
        #[unsafe(no_mangle)]
        pub extern "system" fn ExitDll() -> bool {
            true
        }
    };
}
