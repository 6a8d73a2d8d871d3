//! Whether the machine can run what was built: `cargo xtask` builds for processors with AVX2 and FMA where the machine
//! that builds has both, and on one without the first such instruction would end the host. The entries ask here first
//! and refuse, before anything else of the plug-in runs.

use std::io::Write;

/// What a refusal says where somebody may read it. Hosts only say that the plug-in did not load.
const REFUSAL: &[u8] =
    b"MuseAroo needs a processor with AVX2 and FMA (Intel since 2013, AMD since 2015).\n";

/// Whether this processor has the instructions that were built for. Says so on the error stream if not.
#[inline(never)]
pub fn suits() -> bool {
    let built_for = cfg!(any(target_feature = "avx2", target_feature = "fma"));
    let suits = !built_for || has_both();
    if !suits {
        // No formatting: that would be built for them too.
        let _ = std::io::stderr().write_all(REFUSAL);
    }
    suits
}

/// Asks the processor itself: the standard library's question is answered by the compiler in such a build.
#[cfg(target_arch = "x86_64")]
fn has_both() -> bool {
    use std::arch::x86_64::{__cpuid, __cpuid_count};
    if __cpuid(0).eax < 7 {
        return false;
    }
    says_both(__cpuid(1).ecx, __cpuid_count(7, 0).ebx)
}

#[cfg(not(target_arch = "x86_64"))]
const fn has_both() -> bool {
    true
}

/// From what leaves 1 and 7 say: the system saves the wide registers, and there are AVX, AVX2 and FMA.
///
/// Reference: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, CPUID.
#[cfg(target_arch = "x86_64")]
const fn says_both(ecx_1: u32, ebx_7: u32) -> bool {
    const SAVED_AVX_AND_FMA: u32 = 1 << 27 | 1 << 28 | 1 << 12;
    const AVX2: u32 = 1 << 5;
    ecx_1 & SAVED_AVX_AND_FMA == SAVED_AVX_AND_FMA && ebx_7 & AVX2 != 0
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    #[test]
    fn all_four_must_be_there() {
        assert!(says_both(u32::MAX, u32::MAX));
        assert!(!says_both(!(1 << 27), u32::MAX));
        assert!(!says_both(!(1 << 28), u32::MAX));
        assert!(!says_both(!(1 << 12), u32::MAX));
        assert!(!says_both(u32::MAX, !(1 << 5)));
    }

    #[test]
    fn the_processor_is_asked_as_the_standard_library_asks() {
        let both = [
            std::arch::is_x86_feature_detected!("avx2"),
            std::arch::is_x86_feature_detected!("fma"),
        ];
        assert_eq!(has_both(), both == [true; 2]);
        assert!(suits());
    }
}
