//! The languages that employees' pages speak.

/// Tag and own name of each.
pub(crate) fn known() -> Vec<(String, String)> {
    [
        ("en", "English"),
        ("es", "Espa\u{f1}ol"),
        ("ar", "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}"),
    ]
    .map(|(tag, name)| (tag.to_owned(), name.to_owned()))
    .to_vec()
}
