//! A style as text for a project: so that a project plays the same where the style's file is missing.

use music::style::Style;

/// The style's tables as JSON. Instruments go by name; see [`super::Library::resolve`].
pub fn style_to_json(style: &Style) -> String {
    // Plain tables of numbers and texts; there is nothing in them that JSON cannot hold.
    serde_json::to_string(style).unwrap_or_default()
}

/// The style of a project.
///
/// # Errors
/// Says what does not fit: the text is damaged or of another version.
pub fn style_from_json(text: &str) -> Result<Box<Style>, String> {
    serde_json::from_str(text).map_err(|e| format!("the project's style cannot be read: {e}"))
}
