//! Ranges of patch tables: declared once beside each field, used by the documentation and the check.

use core::fmt::Write;

/// Why a patch is refused; fit to be shown to whoever edits the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchError(heapless::String<100>);

impl PatchError {
    /// The message.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for PatchError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for PatchError {}

/// Collects the first fault of a patch.
#[derive(Clone, Debug)]
pub struct Checker {
    kind: &'static str,
    fault: Option<heapless::String<100>>,
}

impl Checker {
    pub(super) fn new(kind: &'static str, name: &str) -> Checker {
        let mut checker = Checker { kind, fault: None };
        if name.is_empty() {
            checker.say(format_args!("[{kind}] needs a name"));
        }
        checker
    }
    fn say(&mut self, text: core::fmt::Arguments<'_>) {
        if self.fault.is_none() {
            let mut message = heapless::String::new();
            // A message that does not fit is cut; every one here fits.
            let _ = message.write_fmt(text);
            self.fault = Some(message);
        }
    }
    pub(super) fn number(&mut self, field: &str, value: f32, low: f32, high: f32) {
        if !(value >= low && value <= high) {
            let kind = self.kind;
            self.say(format_args!(
                "[{kind}] {field} = {value}: expected {low} to {high}"
            ));
        }
    }
    pub(super) fn finish(self) -> Result<(), PatchError> {
        self.fault
            .map_or(Ok(()), |message| Err(PatchError(message)))
    }
}

/// A value that may stand in a patch table.
pub(super) trait Checked {
    fn checked(&self, field: &str, low: f32, high: f32, checker: &mut Checker);
}

impl Checked for f32 {
    fn checked(&self, field: &str, low: f32, high: f32, checker: &mut Checker) {
        checker.number(field, *self, low, high);
    }
}

impl Checked for u8 {
    fn checked(&self, field: &str, low: f32, high: f32, checker: &mut Checker) {
        checker.number(field, *self as f32, low, high);
    }
}

impl<const N: usize> Checked for [f32; N] {
    fn checked(&self, field: &str, low: f32, high: f32, checker: &mut Checker) {
        for value in self {
            checker.number(field, *value, low, high);
        }
    }
}

/// Declares a patch table: numbers with default and range; then other fields with their default;
/// then tables inside it with theirs.
macro_rules! table {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$nmeta:meta])* $number:ident : $ntype:ty = $ndefault:expr, $low:literal ..= $high:literal;)*
            $(@plain { $($(#[$fmeta:meta])* $field:ident : $ftype:ty = $fdefault:expr;)* })?
            $(@tables { $($(#[$tmeta:meta])* $table:ident : $ttype:ty = $tdefault:expr;)* })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $($($(#[$fmeta])* pub $field: $ftype,)*)?
            $(
                $(#[$nmeta])*
                #[doc = concat!("\n\n# Range\n", stringify!($low), " to ", stringify!($high))]
                pub $number: $ntype,
            )*
            $($($(#[$tmeta])* pub $table: $ttype,)*)?
        }

        impl Default for $name {
            fn default() -> Self {
                $name {
                    $($($field: $fdefault,)*)?
                    $($number: $ndefault,)*
                    $($($table: $tdefault,)*)?
                }
            }
        }

        impl $name {
            pub(super) fn check(&self, checker: &mut $crate::patch::check::Checker) {
                use $crate::patch::check::Checked;
                $(self.$number.checked(stringify!($number), $low as f32, $high as f32, checker);)*
                $($(self.$table.check(checker);)*)?
                let _ = checker;
            }
        }
    };
}
pub(super) use table;
