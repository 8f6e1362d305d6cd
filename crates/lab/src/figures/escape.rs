//! Text within SVG and HTML.

use flipscope_base::untrusted::printable;

/// Text of an element, or of an attribute between double quotes.
pub(crate) fn escaped(text: &str) -> String {
    escaped_element(text).replace('"', "&quot;")
}

/// Text of an element, with double quotes unchanged.
pub(crate) fn escaped_element(text: &str) -> String {
    let text = printable(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}
