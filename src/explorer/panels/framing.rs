//! Framings in words.

use flipscope_image::lesion::Framing;
use flipscope_language::text;

/// What a framing does, in one word.
pub(crate) fn in_words(framing: Framing) -> &'static str {
    match framing {
        Framing::Crop => text!("framing-crop"),
        Framing::Squash => text!("framing-squash"),
    }
}
