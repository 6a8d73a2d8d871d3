//! Ranges of parameters that have no home in `music`, in whole units.

use music::controls::Range;

/// A band of the equaliser, in whole dB.
pub const EQ: Range = Range {
    min: -12,
    max: 12,
    default: 0,
    unit: " dB",
};
/// Loudness, in whole LUFS.
pub const LOUDNESS: Range = Range {
    min: -30,
    max: -6,
    default: -14,
    unit: " LUFS",
};
/// Ceiling, in whole dBTP.
pub const CEILING: Range = Range {
    min: -6,
    max: 0,
    default: -1,
    unit: " dBTP",
};
/// A level.
pub const LEVEL: Range = Range {
    min: -60,
    max: 12,
    default: 0,
    unit: " dB",
};
/// A place between the speakers.
pub const PAN: Range = Range {
    min: -100,
    max: 100,
    default: 0,
    unit: " %",
};
